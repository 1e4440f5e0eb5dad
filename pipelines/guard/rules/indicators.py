"""An indicator and the quote that it was taken from in, what is cut off from it or does not belong to it out."""

import re

from pipelines.guard import reading

# What an indicator cannot end with: its relation to the number.
RELATION_AT_END = re.compile(
    r"(?:达到?|下降|降低|减少|削减|提[高升][到至]?|不低于|不少于|不超过|超过|突破|分别|均|各|新增|保持在?|稳定在?|控制在)$"
)
# 化肥使用量[比2020年下降]10%: where a relation stands between the two, all that is before it is the indicator.
RELATION = re.compile(
    r"(?:（[^（）]*）|(?:比|较|与|和|以|在)?20\d\d年(?:同期|水平|相比|的?基础上|底)?|分别|均|都|各|基本|原则上|力争|争取|累计|年均|，|为)*"
    r"(?:达|到|提|下降|降|减|增|上升|保持|维持|稳定|控制|占(?!比)|具备)"
)
# What may stand between an indicator and its number.
BETWEEN = re.compile(
    r"（[^（）]*）|平均|(?:由|从)[^，。；]{1,16}?\d[^，。；到至为]{0,12}|(?:20\d\d年)?的|(?:比|较|与|和|以|在)?20\d\d年(?:同期|水平|相比|的?基础上|底)?|分别|均|都|各|基本|原则上|力争|争取|努力|累[计积]|年均"
    r"|(?:稳定|总体)?(?:达到?|到达|提[升高][至到]?|提升|下降[至到为]?|降[至到为]|降低[至到]?|减少[至到]?|削减|压减|压缩|增长|增加[至到]?|增至|上升[至到]?|扩大[至到]|发展到)"
    r"|保[持有]在?|维持在?|稳定在?|控制在|优于|新增|完成|实现|占(?!比)|为|是|在|至|到|有|约|近|大约|了|不?[高低少大小多]于|不?超过|突破|超|总计|共|"
    r"应当?|须|每年|和|及|与|[：，、]|\d+(?:\.\d+)?[-—–~～至]"
)
# What may stand between a number and what it counts: 30个[乡村电气化试点], 80%以上的[党政机关…]
COUNTING = re.compile(r"(?:[-—–~～至]\d+(?:个|家)?|及?以[上下内]|左右|的|个|家)*")
# What a deed is called: 清洁取暖改造任务
CALLED = re.compile(r"(?:任务|工作)$")
# Behind these a further indicator, or the whole that it is a share of, can begin.
JOINED = re.compile(r"(?:[、，和及与）的]|分别|占|其中|以及|每年|力争|累计|年均)$")


def indicator_whole(
    indicator: str | None, quote: str | None, value_as_written: str | None, lead: int | None
) -> str:
    """The indicator is all that is measured and no more: no scope at its head, no relation at its end, nothing cut off.

    `lead` is where the quote goes on behind its scope and the verbs that open it.

    >>> quote = "全市化肥使用总量下降1%"
    >>> indicator_whole("化肥使用总量", quote, "1%", 2)
    ''
    >>> indicator_whole("全市化肥使用总量", quote, "1%", 2), indicator_whole("化肥使用总量下降", quote, "1%", 2)
    ('it begins with a scope', 'it ends with a relation')
    >>> indicator_whole("化肥使用总", quote, "1%", 2), indicator_whole("使用总量", quote, "1%", 2)
    ('between it and its number stands “量下降”', 'before it stands “全市化肥”')
    """
    if indicator is None or quote is None or value_as_written is None or lead is None:
        return ""
    if re.match(r"(?:全|我|本)(?:市|省|区|县|州)", indicator):
        return "it begins with a scope"
    if RELATION_AT_END.search(indicator):
        return "it ends with a relation"
    is_printed = indicator in quote
    starts = [
        match.start() for match in re.finditer(re.escape(indicator if is_printed else indicator[:2]), quote)
    ]
    if not starts:
        return ""  # the quote goes on from another that names it
    if re.match(r"(?:国家|[省市州盟县区])级(?=\d)", quote):
        return ""  # 省级10家: a grade alone, of what was named before
    if indicator in quote.replace(value_as_written, "", 1) and not is_printed:
        return ""  # 城六区剩余2.3万户清洁取暖改造: round its number
    place = next(iter(reversed(reading.places_of(value_as_written, quote))), 0)
    tail = re.escape(indicator if is_printed else indicator[-2:])
    if place < starts[0]:
        between = quote[place + len(value_as_written) : starts[0]]
        whole = CALLED.sub("", quote).endswith(indicator[-2:]) and COUNTING.fullmatch(between)
        return "" if whole else "it is not all that the number counts"
    return _between(quote, [match.end() for match in re.finditer(tail, quote)], place, indicator) or _before(
        quote,
        starts,
        [match.end() for match in re.finditer(tail, quote) if match.end() <= place],
        place,
        lead,
    )


def _between(quote: str, ends: list[int], place: int, indicator: str) -> str:
    """What stands between the end of an indicator and its number and should not."""
    behind = [quote[end:place] for end in ends if end <= place]
    if not behind:
        return (
            "" if quote.endswith(indicator[-2:]) else f"the quote does not print its end “{indicator[-2:]}”"
        )
    if not behind[-1] or any(BETWEEN.match(rest) for rest in behind):
        return ""
    return f"between it and its number stands “{behind[-1]}”"


def _before(quote: str, starts: list[int], ends: list[int], place: int, lead: int) -> str:
    """What stands before the beginning of an indicator and belongs to it."""
    scope = reading.SCOPE.match(quote)
    first = scope.end() if scope else 0
    last = first if ends and RELATION.match(quote[ends[-1] : place]) else lead
    fits = any(start == 0 or first <= start <= last or JOINED.search(quote[:start]) for start in starts)
    return "" if fits or not ends else f"before it stands “{quote[: starts[0]]}”"
