"""The text of a clause in, every expression of a year or a period in it out, with the part it plays there."""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from pipelines.text.numerals import chinese_number

MONTH = r"(?:(?P<month>1[0-2]|0?[1-9])月(?P<day>(?:[12]\d|3[01]|0?[1-9])日)?)"
WITHIN = r"(?P<within>年?底|年?末|上半年|下半年|第?[一二三四]季度末?|内)"
YEAR = rf"(?P<year>20\d\d)年(?:{MONTH}(?P<month_end>底|末|中旬|上旬|下旬)?|{WITHIN})?"
# 提高到2025年的13%: the 到 of a change is none of a time.
# `到2025年`, `2023年底之前`, `至2023年底`, `截至2025年6月30日`, `2030年前`, `到2025年和2030年` (two)
YEAR_POINT = rf"(?P<lead>截至|截止到|截止|[到至](?<![高升降低少加长大减缩].))?{YEAR}(?P<before>之前|以前|前)?"
# `2023-2025年`, `2023年至2025年期间`
YEAR_SPAN = r"(?P<first>20\d\d)年?[-—–~～至到](?P<last>20\d\d)年(?P<span_tail>期间)?"
# `“十四五”期间`, `“十五五”时期`, `到“十四五”末`; bare `“十四五”` is the name of a period
PLAN_PERIOD = (
    r"(?P<period_lead>截至|到|至)?(?P<open>“?)(?<![一二三四五六七八九十])(?P<tens>二?十[一二三四五六七八九]?)五(?P<close>”?)"
    r"(?P<period_tail>规划期间|规划时期|规划期末|规划期内|规划期|时期|期间|期末|末期|末|以来)?"
)
# What every such expression has in it, found sooner than the expression.
HINT = re.compile(r"20\d\d|十[一二三四五六七八九]?五")
MOMENT = re.compile(f"{YEAR_SPAN}|{YEAR_POINT}|{PLAN_PERIOD}")
LONGEST_LEAD = 4  # characters of an expression before its hint: 截至“二

# What stands before a baseline (比2020年下降) and behind one (在2020年基础上, 与2020年相比).
BASELINE_BEFORE = re.compile(r"(?:比|较|与|和|同|以|相对|相比|基于|对照)$")
# 由2020年的8%提高到13%
STARTS_FROM = re.compile(r"(?:由|从)$")
# 在2022年优良天数比率86.8%的基础上
BASIS_AFTER = re.compile(r"[^，；。]{0,24}基础上")
BASELINE_AFTER = re.compile(r"(?:相比|为基准|为基期|基础上|的基础上|基准|水平的?基础)")
COMPARISON_BEFORE = re.compile(r"(?:比|较|相对|相比)$")
# 2030年可持续发展议程, 2025年度, 2023年工作要点, 2020年版: names, not times by which something is to be done
NAME_AFTER = re.compile(r"(?:全球)?可持续发展(?:目标|议程)|度|版|修订|的?(?:工作要点|统计|数据|普查)|[-—]")
SINCE_BEFORE = re.compile(r"(?:自|从|于)$")
SINCE_AFTER = re.compile(r"(?:起|开始|以来|以后|之后|后)")
QUARTER = {"一": 3, "二": 6, "三": 9, "四": 12}
# 年底前 and 今年底前 behind a time of their own; 2025年底前 names its year, 每年底前 comes round every year
YEARLESS = (
    r"(?<![\d每次当逐一二三四五六七八九十两几])(?:年底(?:之|以)?前|年内)(?!完成率)"
    r"|(?:今|明|后|本)年(?:内|年?底(?:之|以)?前)"
    r"|(?<![\d年])\d{1,2}月(?:\d{1,2}日|底|末)?(?:之|以)?前|(?<![年第])[一二三四]季度[底末]?(?:之|以)?前"
)
# “十四五”累计替代电量…, “十五五”新增…: a bare period is a time where a deed follows
DEED_AFTER = re.compile(
    r"累计|新增|完成|建成|建设|力争|实现|改造|年均|全市|全省|全区|我市|争取|每年|新建|推广|淘汰|创建"
)
LONGEST_TITLE = 200  # characters


@dataclass(frozen=True, slots=True)
class Moment:
    """A time expression at `[start, end)` of a clause's text and the part it plays.

    role: deadline (by when or in which period something is to be done), baseline (比2020年), date (of a document
    or of coming into force), period (the bare name of a Five-Year Plan period), name or background.
    For a deadline, start_date is None unless it names a period, and kind and precision are set.
    """

    start: int
    end: int
    role: str
    year: int
    start_date: date | None = None
    end_date: date | None = None
    kind: str = ""
    precision: str = ""


def moments(string: str, issued_on: date | None = None, is_background: bool = False) -> list[Moment]:
    """Every time expression of a text, in order.

    issued_on is the plan's date: what ends before it is background, not a deadline. is_background says that the
    text describes the state of things, where a bare year (2022年全市…) is no deadline.

    >>> [(m.role, m.end_date) for m in moments("到2025年，用水量较2020年下降12%")]
    [('deadline', datetime.date(2025, 12, 31)), ('baseline', None)]
    >>> [(m.kind, m.precision, m.start_date) for m in moments("“十四五”规划期间积极创建省级森林城镇6个以上")]
    [('during', 'period', datetime.date(2021, 1, 1))]
    """
    found = []
    for match in _expressions(string):
        moment = _moment(match, string, issued_on, is_background)
        if moment is not None:
            found.append(moment)
    return found


def _expressions(string: str) -> Iterator[re.Match[str]]:
    """What `MOMENT.finditer` finds, sought only round the hints."""
    done = 0
    for hint in HINT.finditer(string):
        for start in range(max(done, hint.start() - LONGEST_LEAD), hint.start() + 1):
            if match := MOMENT.match(string, start):
                yield match
                done = match.end()
                break


def _moment(match: re.Match[str], string: str, issued_on: date | None, is_background: bool) -> Moment | None:
    if match["tens"] is not None:
        return _plan_period(match, string, issued_on)
    if match["first"] is not None:
        return _year_span(match, string)
    start, end = match.span()
    year = int(match["year"])
    core = match.start("year")
    before, after = string[max(0, core - 4) : core], string[end : end + 10]
    starts_from = (STARTS_FROM.search(before) and after.startswith("的")) or (
        before.endswith("在") and BASIS_AFTER.match(string, end)
    )
    if (
        starts_from
        or BASELINE_AFTER.match(after)
        or (BASELINE_BEFORE.search(before) and _is_compared(before, string, end))
    ):
        return Moment(core, end, "baseline", year)
    if _is_quoted_title(string, start):
        return Moment(core, end, "name", year)
    pointed = match["lead"] or match["within"] or match["before"] or match["month_end"]
    if match["day"] and not match["lead"] and not match["before"]:
        return Moment(core, end, "date", year)
    if SINCE_BEFORE.search(string[max(0, start - 1) : start]) and SINCE_AFTER.match(after):
        return Moment(core, end, "date", year)
    if not match["before"] and (NAME_AFTER.match(after) or SINCE_AFTER.match(after)):
        return Moment(core, end, "name" if NAME_AFTER.match(after) else "background", year)
    start_date, end_date, precision = _year_point(match, year)
    if (issued_on is not None and end_date < issued_on) or (is_background and not pointed):
        return Moment(start, end, "background", year)
    kind = "by" if start_date is None else "during"
    return Moment(start, end, "deadline", year, start_date, end_date, kind, precision)


def _is_compared(before: str, string: str, end: int) -> bool:
    """Whether 比/较/与… before a year makes it a baseline: 与 and 和 do so only with 相比 behind the year."""
    return bool(COMPARISON_BEFORE.search(before)) or "相比" in string[end : end + 6] or before[-1:] == "以"


def _is_quoted_title(string: str, place: int) -> bool:
    """Whether a place lies inside 《》, that is, in the title of a document."""
    opened = string.rfind("《", max(0, place - LONGEST_TITLE), place)
    return opened >= 0 and string.find("》", opened, place) < 0


def _year_point(match: re.Match[str], year: int) -> tuple[date | None, date, str]:
    """The first day if the expression names a part of the year or all of it, the last day, the precision."""
    if match["day"]:
        month, day = int(match["month"]), int(match["day"][:-1])
        return None, date(year, month, min(day, monthrange(year, month)[1])), "day"
    if match["month"]:
        month = int(match["month"])
        return None, date(year, month, monthrange(year, month)[1]), "month"
    within = match["within"] or ""
    is_point = bool(match["lead"] or match["before"] or within.endswith("末"))
    if within in ("上半年", "下半年"):
        first = 1 if within == "上半年" else 7
        last = date(year, first + 5, 30 if first == 1 else 31)
        return (None if is_point else date(year, first, 1)), last, "half"
    if "季度" in within:
        month = QUARTER[within.removeprefix("第")[0]]
        last = date(year, month, monthrange(year, month)[1])
        return (None if is_point else date(year, month - 2, 1)), last, "quarter"
    return (date(year, 1, 1) if within == "内" else None), date(year, 12, 31), "year"


def _year_span(match: re.Match[str], string: str) -> Moment:
    first, last = int(match["first"]), int(match["last"])
    if _is_quoted_title(string, match.start()) or last < first:
        return Moment(match.start(), match.end(), "name", last)
    return Moment(
        match.start(),
        match.end(),
        "deadline",
        last,
        date(first, 1, 1),
        date(last, 12, 31),
        "during",
        "period",
    )


def _plan_period(match: re.Match[str], string: str, issued_on: date | None) -> Moment | None:
    """A Five-Year Plan period: 十四五 is 2021 to 2025, and so on in fives."""
    ordinal = chinese_number(match["tens"])
    if ordinal is None or (not match["open"] and not match["close"] and not match["period_tail"]):
        return None
    first = 2021 + 5 * (ordinal - 14)
    start, end = match.span()
    if match["open"] and not match["close"]:
        # “十四五规划”: the quotation holds more than the period.
        start = match.start("tens")
    tail = match["period_tail"]
    if tail == "以来":
        return Moment(
            match.start("tens"), match.start("tens") + len(match["tens"]) + 1, "background", first + 4
        )
    if tail and issued_on is not None and date(first + 4, 12, 31) < issued_on:
        return Moment(start, end, "background", first + 4)
    deed = (
        tail is None
        and DEED_AFTER.match(string, end)
        and string[max(0, start - 1) : start] in ("", *"，。；：、\n）")
    )
    if (tail is None and not deed) or _is_quoted_title(string, start):
        return Moment(match.start("tens"), match.start("tens") + len(match["tens"]) + 1, "period", first + 4)
    if BASELINE_BEFORE.search(string[max(0, start - 1) : start]) and "相比" in string[end : end + 4]:
        return Moment(start, end, "baseline", first + 4)
    last_day = date(first + 4, 12, 31)
    if (tail or "").endswith("末") or match["period_lead"]:
        return Moment(start, end, "deadline", first + 4, None, last_day, "by", "period")
    return Moment(start, end, "deadline", first + 4, date(first, 1, 1), last_day, "during", "period")
