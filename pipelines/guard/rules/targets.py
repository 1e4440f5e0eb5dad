"""A target or a deadline in, what its own quote, read a second time, says against it out."""

import re
from collections.abc import Sequence
from datetime import date

from pipelines.guard import reading
from pipelines.guard.reading import HAN
from pipelines.guard.rules.words import close, outside_asides, shown

# 装机达到180万千瓦，其中…: what follows is a part of what is reached
PART_OF_REACHED = re.compile(r"(?:达到?|突破|超过)[^。；]*(?:其中|、|[和及与])[^，。；]*$")
# 与2015年相比, 在2022年优良天数比率86.8%的基础上: what is compared with, apart from what changes
APART = re.compile(r"(20\d\d)年[^。；]{0,30}(?:相比|为基准|基础上)")
RATIO_OF_TWO = re.compile(r"(?<!占)比$|指数$|系数$")
SHARES = ("percent", "percentage-point")
# A time that is striven for: 力争2024年底前, 到2025年，力争
STRIVEN_TIME = re.compile(
    r"(?:力争|争取|努力|力求)(?:在|到|于)?(?:20\d\d年|“?十[四五六七八九]五)|^[^，]{0,12}(?:年[底末]?(?:之?前)?|期间|时期)，?(?:力争|争取|努力|力求)"
)
# 力争到2025年，完成植树造林10万亩: the time right before it is striven for.
OPENED_BY_STRIVING = re.compile(r"(?:力争|争取|努力|力求)(?:在|到|于)?20\d\d年[^，。；]{0,6}，[^，；。]*$")
# Two metrics with one number: 集中处理率、无害化处置率; two nouns with one metric: 化肥、农药利用率
METRICS = re.compile(r"[率比]$")
ONE_METRIC = re.compile(
    rf"(?:^|.*[{HAN}])(?P<one>[{HAN}]{{2}})、[{HAN}]{{2}}(?:利用|使用|施用|回收|覆盖|处理|处置|排放|消费)(?:率|量|强度|比例)$"
    rf"|^(?P<begin>[{HAN}]{{2}})[{HAN}]*、(?P=begin)[{HAN}]*率$"
)
BOTH = re.compile(r"(?<![年平人])(?:均|都)(?=[达到提下降增不保实]|$)")
RELATION_WORDS = re.compile(
    r"年均|力争|分别|基本|累[计积]|达到?|到达|提[升高][至到]?|下降[至到]?|降低[至到]?|保持在?|稳定在?|不低于|超过|以上|以下|以内"
    r"|左右|约|[万亿]|平方米|立方米|千瓦时?|吨|个百分点|[个家座辆台亩项处]"
)


def target_whole(
    kind: str | None,
    indicator: str | None,
    value: float | None,
    value_as_written: str | None,
    comparator: str | None,
    change: str | None,
) -> str:
    """A quantified target has indicator, value, printed value, comparator and change.

    >>> target_whole("quantified", "森林覆盖率", 57.0, "57%", None, "level")
    'a quantified target has a comparator'
    """
    if kind != "quantified":
        return ""
    cells = {
        "n indicator": indicator,
        " value": value,
        " value as written": value_as_written,
        " comparator": comparator,
        " change": change,
    }
    missing = [name for name, cell in cells.items() if cell is None]
    return f"a quantified target has a{missing[0]}" if missing else ""


def milestone_bare(kind: str | None, *cells: object) -> str:
    """A milestone states no number: indicator, value, unit, comparator, change and baseline are empty.

    >>> milestone_bare("milestone", None, 30.0, None)
    'a milestone has none of these: 30.0'
    """
    full = [cell for cell in cells if cell is not None]
    return f"a milestone has none of these: {shown(full[0])}" if kind == "milestone" and full else ""


def milestone_timed(kind: str | None, deadline_id: str | None, deadline: date | None) -> str:
    """A milestone has the time that governs it.

    >>> milestone_timed("milestone", None, None)
    'a milestone has a deadline'
    """
    return (
        "a milestone has a deadline"
        if kind == "milestone" and (deadline_id is None or deadline is None)
        else ""
    )


def percentage(value: float | None, unit: str | None, change: str | None, indicator: str | None) -> str:
    """A share, and a fall in percent, lie between 0 and 100; a rise or a ratio of two things may be more than 100%.

    >>> percentage(157.0, "percent", "level", "森林覆盖率"), percentage(120.0, "percent", "increase", "产值")
    ('expected 0 to 100', '')
    >>> percentage(110.0, "percent", "level", "采暖季热电比")
    ''
    """
    if value is None or unit not in SHARES or change == "increase":
        return ""
    if RATIO_OF_TWO.search(indicator or "") and change == "level":
        return "" if 0 <= value < 1000 else "expected 0 to 1000"
    return "" if 0 <= value <= 100 else "expected 0 to 100"


def value_read(value: float | None, value_as_written: str | None, quote: str | None) -> str:
    """The value is the printed number with 万 and 亿 applied; the lower bound of a range has those of its upper one.

    >>> value_read(4000000000.0, "40亿立方米", None), value_read(430.0, "430万千瓦", None)
    ('', 'the words say 4300000')
    >>> value_read(1000000.0, "100", "建筑应用面积100—150万平方米")
    ''
    """
    if value is None and value_as_written is None:
        return ""
    read = reading.quantities(reading.with_scale_of_range(value_as_written or "", quote or ""))
    best = max((number for number, _ in read), default=None)
    # The largest: 万 belongs to the number wherever it can, but 千瓦 is a unit.
    if value is not None and any(
        close(value, number) for number, unit in read if not unit.startswith(("万", "亿", "百万"))
    ):
        return ""
    return f"the words say {best:.15g}" if best is not None else "the words say no number"


def unit_read(
    unit: str | None, value_as_written: str | None, quote: str | None, labels: Sequence[str], any_unit: bool
) -> str:
    """The unit is what the vocabulary calls the words behind the number; it is empty only where they name no unit.

    >>> unit_read("mu", "10万亩", "完成植树造林10万亩", ("亩",), True), unit_read("piece", "10万亩", "完成植树造林10万亩", ("个",), True)
    ('', 'the words do not say 个')
    """
    if value_as_written is None:
        return "" if unit is None else "there is no number that it could belong to"
    rests = [rest for _, rest in reading.quantities(value_as_written)]
    if unit is None:
        return "the words behind the number are a unit" if any_unit else ""
    for rest in rests:
        longer = [label for label in labels if len(label) > len(rest) and label.startswith(rest)]
        if rest in labels:
            printed = value_as_written.removesuffix(rest)
            cut = [label for label in longer if rest and printed + label in (quote or "")]
            return f"the words go on to {cut[0]}" if cut else ""
    if "" in rests:  # a range prints its unit once, behind its upper bound
        for place in reading.places_of(value_as_written, quote or ""):
            tail = re.sub(r"^[-—–~～至]?\d*[\d.]*[万亿]?", "", (quote or "")[place + len(value_as_written) :])
            if any(tail.startswith(label) for label in labels):
                return ""
    return f"the words do not say {' or '.join(labels[:3]) or unit}"


def comparator_read(comparator: str | None, quote: str | None, value_as_written: str | None) -> str:
    """The comparator is what the words of the quote say: 以上 is >=, 以内 is <=, 左右 is ~, none of them is =.

    >>> comparator_read("<=", "森林覆盖率提高至57%以上", "57%")
    'the words say >='
    """
    if comparator is None or quote is None or value_as_written is None:
        return ""
    said = reading.comparators(quote, value_as_written)
    return (
        "" if comparator in said else f"the words say {' or '.join(sorted(said)) or 'nothing of this number'}"
    )


def change_read(
    change: str | None, quote: str | None, value_as_written: str | None, before: str | None
) -> str:
    """The change is what the words before the number say: 下降 N is a decrease, 下降至 N a level.

    A part under what the whole reaches is reached too: 装机达到180万千瓦，其中风电60万千瓦.

    >>> change_read("decrease", "全市煤炭占能源消费总量的比重下降至30%以内", "30%", "")
    'the words say level'
    >>> change_read("level", "风电60万千瓦", "60万千瓦", "装机达到180万千瓦，其中"), change_read("level", "森林乡村20个", "20个", "")
    ('', 'the words say add')
    """
    if change is None or quote is None or value_as_written is None:
        return ""
    said = reading.changes(quote, value_as_written)
    if change == "level" and not reading.VERB_IN.search(quote) and PART_OF_REACHED.search(before or ""):
        return ""
    return "" if change in said else f"the words say {' or '.join(sorted(said)) or 'nothing of this number'}"


def baseline_read(baseline_year: int | None, quote: str | None, kind: str | None, before: str | None) -> str:
    """The baseline year is the one that the quote compares with (较2020年), and none where it compares with none.

    Where the quote names none, that which stands apart before it: 与2015年相比，…; 在2022年优良天数比率86.8%的基础上，….

    >>> baseline_read(2021, "用水量较2020年下降12%", "quantified", "")
    'the words say 2020'
    >>> baseline_read(2022, "提高2个百分点", "quantified", "在2022年优良天数比率86.8%的基础上，到2025年")
    ''
    """
    said = reading.baseline(quote or "") if kind == "quantified" else None
    if said is None and kind == "quantified" and (match := APART.search(before or "")):
        said = int(match[1]) if baseline_year == int(match[1]) else None
    return "" if baseline_year == said else f"the words say {shown(said)}"


def baseline_before(baseline_year: int | None, deadline: date | None) -> str:
    """The year that a target compares with lies before its deadline.

    >>> baseline_before(2026, date(2025, 12, 31))
    'the deadline is 2025-12-31'
    """
    if baseline_year is None or deadline is None:
        return ""
    return "" if baseline_year < deadline.year else f"the deadline is {deadline}"


def indicator_printed(indicator: str | None, quote: str | None, before: str | None) -> str:
    """The indicator stands in the quote, or before it in its sentence where the quote names none.

    Only what a list puts in between may be left out of it: 化肥、 before 农药利用率, 75%以上 before 泊位.

    >>> indicator_printed("三大食作物农药利用率", "三大粮食作物化肥、农药利用率均达到43%", "")
    'the quote does not print it'
    >>> indicator_printed("三大粮食作物农药利用率", "三大粮食作物化肥、农药利用率均达到43%", "")
    ''
    >>> indicator_printed("森林覆盖率", "森林蓄积量不低于2.8亿立方米", "森林覆盖率达到57%，")
    'the quote does not print it'
    >>> indicator_printed("省级绿色工厂", "省级10家", "创建国家级绿色工厂5家、")
    ''
    """
    if indicator is None:
        return ""
    if _in_pieces(indicator, quote or ""):
        return ""
    grade = re.match(r"(?:国家|[省市州盟县区])级(?=\d)", quote or "")
    if grade and indicator.startswith(grade[0]) and indicator[grade.end() :] in (before or ""):
        return ""
    names = RELATION_WORDS.sub("", (quote or "").split("%")[0])
    if len(re.sub(rf"[^{HAN}]", "", names)) < 3 and _in_pieces(indicator, (before or "") + (quote or "")):
        return ""
    return "the quote does not print it"


def _in_pieces(indicator: str, text: str, gaps: int = 2, *, right_here: bool = False) -> bool:
    """Whether a text prints an indicator, whole or in pieces: between them 、农药, 化肥、, 等主要污染物 or 75%以上.

    和挥发性有机物 stands between them only where 分别 shares numbers out. Behind a noun of a list that is not meant, the next piece stands `right_here`.
    """
    if text.startswith(indicator) if right_here else indicator in text:
        return True
    for size in range(len(indicator) - 1, 0, -1) if gaps else ():
        head, tail = indicator[:size], indicator[size:]
        places = [0] if right_here and text.startswith(head) else []
        if not right_here:
            places = [match.start() for match in re.finditer(re.escape(head), text)]
        for place in places:
            rest = text[place + size :]
            noun = re.match(r"[^、等\d][^、]*、", rest)
            if noun and _in_pieces(tail, rest[noun.end() :], gaps - 1, right_here=True):
                return True
            if re.match(r"[、等\d和及与]" if "分别" in rest else r"[、等\d]", rest) and _in_pieces(
                tail, rest[2:], gaps - 1
            ):
                return True
    return False


def whole_quote(
    quote: str | None, kind: str | None, value_as_written: str | None, before: str | None, behind: str | None
) -> str:
    """A quote is one part of a sentence, from comma to comma; a milestone may take several.

    >>> whole_quote("协同度得到提升", "milestone", None, "到2025年，格局基本形成；", "。")
    ''
    >>> whole_quote("度得到提升", "milestone", None, "到2025年，格局基本形成，协同", "。")
    'before it stands “同”'
    >>> whole_quote("到2025年，格局基本形成；协同度得到提升", "milestone", None, "", "。")
    'it holds the mark ；'
    >>> whole_quote("到2025年，格局基本形", "milestone", None, "", "成。")
    'behind it the text goes on with “成。”'
    >>> whole_quote("到2025年，森林覆盖率达到57%", "quantified", "57%", "", "。")
    'its part of the sentence begins behind “到2025年，”'
    """
    after = behind or ""
    if after and after[0] not in "。，、；：（）！\n或":
        return f"behind it the text goes on with “{after[:10]}”"
    if kind != "milestone":
        places = reading.places_of(value_as_written or "\0", quote or "")
        wide = re.match(r".*[，；。]", (quote or "")[: places[0]], re.DOTALL) if places else None
        return f"its part of the sentence begins behind “{wide[0]}”" if wide else ""
    mark = (before or "")[-1:]
    if mark and mark not in "。，、；：）—\n":
        return f"before it stands “{mark}”"
    if held := re.search("[。；]", outside_asides(quote or "")):
        return f"it holds the mark {held[0]}"
    return ""


def quote_opens(quote: str | None, kind: str | None, left_out: str | None) -> str:
    """A quote with a number begins with what is measured or done: before it stand no words of it.

    >>> quote_opens("充电基础设施3万台以上", "quantified", "建设"), quote_opens("建设充电基础设施3万台以上", "quantified", "")
    ('before it stands “建设”', '')
    """
    if kind != "quantified" or not left_out or quote is None:
        return ""
    return f"before it stands “{left_out}”"


def number_shared(
    _target_id: str | None, kind: str | None, quote: str | None, value_as_written: str | None, rows: int
) -> str:
    """A number that a quote gives to several indicators makes as many targets: 化肥、农药利用率均达到43% makes two.

    >>> number_shared("x/3.4/t1", "quantified", "三大粮食作物化肥、农药利用率均达到43%", "43%", 1)
    'the quote gives the number to 2 indicators, and 1 of them has a row'
    >>> number_shared("x/4.3/t1", "quantified", "风电、太阳能发电总装机容量达到430万千瓦", "430万千瓦", 1)
    ''
    """
    if kind != "quantified" or quote is None or value_as_written is None:
        return ""
    places = reading.places_of(value_as_written, quote)
    shared = _sharing(re.split("[，；]", quote[: places[0]])[-1]) if places else 1
    return (
        ""
        if rows >= shared
        else f"the quote gives the number to {shared} indicators, and {rows} of them has a row"
    )


def _sharing(words: str) -> int:
    """How many indicators the words before a number name, each of which has that number."""
    if "分别" in words:
        return 1
    both = BOTH.search(words)
    moves = both or re.search(
        r"(?:比|较)20\d\d年|年均|力争|争取|基本|原则上|达|下降|降|减|提|增|保持|稳定|不低于|超过", words
    )
    names = outside_asides(words[: moves.start()] if moves else words)
    parts = names.split("、")
    if len(parts) < 2 or re.search(r"总|等|合计|\d种", names):
        return 1
    each_metric = all(len(part) > 2 and METRICS.search(part) for part in parts)
    if both or each_metric:
        return len(parts)
    return 2 if len(parts) == 2 and ONE_METRIC.search(names) else 1


def scope_read(scope: str | None, quote: str | None, kind: str | None) -> str:
    """The scope is the 全市 or 全省 that opens the quote, and empty where none does.

    >>> scope_read(None, "全市化肥使用总量下降1%", "quantified")
    'the quote opens with 全市'
    """
    match = (
        re.match(r"(?:全|我|本)(?:自治区|市|省|区(?!域)|县|国|州|域|盟)", quote or "")
        if kind == "quantified"
        else None
    )
    printed = match[0] if match else None
    if scope == printed or (scope is not None and printed is None and scope in (quote or "")):
        return ""
    return f"the quote opens with {shown(printed)}"


def hedge_read(hedge: str | None, quote: str | None, kind: str | None, hedges: Sequence[str]) -> str:
    """A hedge stands in the quote; one with 基本, 左右 or 约 at its number, or 基本 before what is to be done, has one.

    >>> hedge_read(None, "建筑垃圾资源化利用率基本达到70%以上", "quantified", ("基本",))
    'the words hedge with 基本'
    >>> hedge_read(None, "协同推进格局基本形成，永久基本农田面积稳定", "milestone", ("基本",)), hedge_read("基本", "永久基本农田稳定", "milestone", ("基本",))
    ('the words hedge with 基本', 'no word of the quote hedges')
    """
    unknown = [word for word in (hedge or "").split("、") if word and hedges and word not in hedges]
    if unknown:
        return f"{unknown[0]} is no word that hedges"
    missing = [word for word in (hedge or "").split("、") if word and word not in (quote or "")]
    if missing:
        return f"the quote does not print {missing[0]}"
    if kind == "milestone":
        match = re.search(
            r"(基本|大致|大约|原则上)(?!农田|公共|民生|情况|原则|要求|制度|养老|医疗|面)", quote or ""
        )
        if hedge is None:
            return f"the words hedge with {match[1]}" if match else ""
        return "" if match else "no word of the quote hedges"
    if hedge is None:
        match = re.search(r"(基本|大约|约)(?:达|实|完|不|\d)|(?<=\d).{0,5}?(左右|上下)", quote or "")
        return f"the words hedge with {match[1] or match[2]}" if match else ""
    return ""


def strength_read(strength: str | None, kind: str | None, quote: str | None, before: str | None) -> str:
    """A target is striven for where 力争, 争取 or 努力 stands before its number, or with the time of a milestone.

    >>> strength_read("firm", "quantified", "完成植树造林10万亩", "到2025年，力争")
    'the words strive'
    >>> strength_read("strive", "quantified", "森林覆盖率达到57%", "到2025年，")
    'no word strives'
    """
    words = (before or "") + (quote or "")
    if strength == "strive":
        return "" if reading.STRIVING.search(words) else "no word strives"
    near = re.split(r"[，；。]", before or "")[-1] + (quote or "")
    strives = reading.STRIVING if kind == "quantified" else STRIVEN_TIME
    opened = kind == "quantified" and OPENED_BY_STRIVING.search(before or "")
    return "the words strive" if opened or strives.search(near) else ""


def governed(deadline_id: str | None, governing: Sequence[str]) -> str:
    """A target's time is the nearest one before its number in its sentence, or for a milestone the one in its quote.

    >>> governed("wuhan-synergy/3.5/d1", ("wuhan-synergy/3.5/d2",)), governed(None, ())
    ('its sentence gives it wuhan-synergy/3.5/d2', '')
    """
    if deadline_id in governing or (deadline_id is None and not governing):
        return ""
    return f"its sentence gives it {' or '.join(governing) or 'no time'}"


def number_counted(_target_id: str | None, kind: str | None, numbers: int) -> str:
    """The number of a quantified target has its row in numbers, inside the target's range, with the same value.

    >>> number_counted("wuhan-synergy/2.4/t1", "quantified", 0)
    'no row of numbers in its range states its value as a target'
    """
    if kind != "quantified" or numbers:
        return ""
    return "no row of numbers in its range states its value as a target"


def time_read(
    as_written: str | None, start: date | None, end: date | None, kind: str | None, precision: str | None
) -> str:
    """Start, end, kind and precision are what the words say: 到2025年 ends on 2025-12-31.

    >>> time_read("到2025年", None, date(2026, 12, 31), "by", "year")
    'the words end on 2025-12-31'
    """
    said = reading.time(as_written or "")
    if said is None:
        return "the words say no time"
    if end is None or said.end != end:
        return f"the words end on {said.end}"
    if start == date(end.year, 1, 1) and kind == "during" and re.fullmatch(r"20\d\d年", as_written or ""):
        return ""  # a bare year is a period, unless it is named together with an end (到2025年和2030年)
    if said.start != start:
        return f"the words start on {shown(said.start)}"
    if said.kind != kind:
        return f"the words mean {said.kind}"
    return "" if said.precision == precision else f"the words are exact to the {said.precision}"


def governs_something(_deadline_id: str, targets: int) -> str:
    """A time by which something is to be done governs a target.

    >>> governs_something("wuhan-synergy/1.2/d1", 0)
    'no target has it'
    """
    return "" if targets else "no target has it"


def deadline_counted(_deadline_id: str, numbers: int) -> str:
    """A deadline has exactly one row in numbers, over the same range.

    >>> deadline_counted("wuhan-synergy/1.2/d1", 0)
    'expected one row of numbers with its range, found 0'
    """
    return "" if numbers == 1 else f"expected one row of numbers with its range, found {numbers}"
