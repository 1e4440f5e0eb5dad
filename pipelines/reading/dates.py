"""The patterns of time expressions, the days that they name, and what is said of one (`TimeExpression`)."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

NUMERALS = "〇○零一二三四五六七八九"
YEAR = rf"(?:20\d\d|二[〇○零][{NUMERALS}]{{2}})"
MONTH = (
    r"(?P<month>1[0-2]|0?[1-9])月(?P<day>(?:[12]\d|3[01]|0?[1-9])日)?(?P<month_end>底|末|中旬|上旬|下旬|份)?"
)
# 底, 上半年, 三季度末: of a year
PART = r"(?P<part>年?底|年?末|年?中(?=前|之前)|上半年|下半年|第?[一二三四]季度末?|内|全年)"
BEFORE = r"(?P<before>之前|以前|前)?"
# 提高到2025年的13%: the 到 of a change is none of a time.
LEAD = r"(?P<lead>截至|截止到|截止至|截止|[到至](?<![高升降低少加长大减缩延].))?"
# `到2025年`, `2023年底之前`, `截至2025年6月30日`, `2030年前`; two in `到2025年和2030年`
POINT = re.compile(rf"{LEAD}(?P<year>{YEAR})年(?:{MONTH}|{PART})?{BEFORE}")
# `2023-2025年`, `2023年至2025年期间`
SPAN = re.compile(rf"(?P<first>{YEAR})年?[-—–―~～－至到]+(?P<last>{YEAR})年(?:期间)?")
# `“十四五”期间`, `到“十四五”末`, `十五五初期`; bare `“十四五”` is the name of a period
# `2020年11月—2022年10月`, `2022年1-3月`: the months of a phase
MONTHS = re.compile(
    rf"(?P<first>{YEAR})年(?P<month>1[0-2]|0?[1-9])月?[-—–―~～－至到]+(?:(?P<last>{YEAR})年)?(?P<until>1[0-2]|0?[1-9])月(?!\d)"
)
PERIOD = re.compile(
    r"(?P<lead>截至|到|至)?(?P<open>“?)(?<![一二三四五六七八九十])(?P<tens>二?十[一二三四五六七八九]?)五(?P<close>”?)"
    r"(?P<tail>规划期间|规划时期|规划期末|规划期内|规划期|时期末|时期|期间|期末|期内|初期|前期|中期|末期|后期|末|以来)?"
)
# `6月底前`, `年底前`, `今年上半年`, `第三季度`, `全年`
YEARLESS = re.compile(
    rf"{LEAD}(?<![\d一二两三四五六七八九十几第—–―~～－-])(?:(?P<this>[今明本])(?:年(?=[\d上下第一二三四年]))?)?"
    rf"(?:{MONTH}|(?P<part>年底|年末|年中(?=前|之前)|年内|上半年|下半年|第?[一二三四]季度末?|全年|(?<=[今明本])年(?!度))){BEFORE}"
)
CENTURY = re.compile(r"(?P<lead>到|至)?本世纪中叶")
# What every expression has in it, found sooner than the expression, and how many characters may stand before that.
HINT = re.compile(
    rf"{YEAR}|十[一二三四五六七八九]?五|年[底末内中]|全年|[今明本]年|[上下]半年|[一二三四]季度|\d月|(?<=[一二三四五六七八九十])月|本世纪中叶"
)
LONGEST_LEAD = 5
QUARTER = {"一": 3, "二": 6, "三": 9, "四": 12}
JOINT = re.compile(r"[、和及与]|以及")


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A time expression at `[start, end)` of a clause's text and the part it plays.

    role: deadline (by when or in which period something is to be done), goal (a deadline too, but of a goal that is only
    cited, and governs nothing: 围绕2030年前碳达峰目标), baseline (比2020年), date (of a document
    or of coming into force), period (the bare name of a Five-Year Plan period), frequency (每年12月底前), yearless
    (6月底前 where nothing gives the year), name or background.
    For a deadline, start_date is None unless it names a period, precision is set, and basis says where the
    year comes from: sentence, paragraph or plan. Of a time that stands in another clause, stands_in is the deadline_id, and
    start and end are -1. names_year is false of a part of a year (6月底前).
    """

    start: int
    end: int
    role: str
    year: int
    start_date: date | None = None
    end_date: date | None = None
    precision: str = ""
    basis: str = "sentence"
    stands_in: str = ""
    names_year: bool = True

    @property
    def kind(self) -> str:
        """Of a deadline: by when, or during which period something is to be done."""
        return "by" if self.start_date is None else "during"


def year_of(written: str) -> int | None:
    """The year of four digits, Arabic or Chinese.

    >>> year_of("2025"), year_of("二〇三五")
    (2025, 2035)
    """
    digits = "".join(
        str(max(0, NUMERALS.find(digit) - 2)) if digit in NUMERALS else digit for digit in written
    )
    return int(digits) if digits.isdigit() else None


def dates_of(match: re.Match[str], year: int) -> tuple[date | None, date, str]:
    """The first day if the expression names a part of the year or all of it, the last day, the precision."""
    if match["month"]:
        month, last = int(match["month"]), monthrange(year, int(match["month"]))[1]
        if match["day"]:
            return None, date(year, month, min(int(match["day"][:-1]), last)), "day"
        return None, date(year, month, last), "month"
    part = match["part"] or ""
    is_point = bool(match["lead"] or match["before"] or part.endswith(("底", "末")))
    if part.endswith("半年"):
        first = 1 if part.startswith("上") else 7
        return (
            (None if is_point else date(year, first, 1)),
            date(year, first + 5, 30 if first == 1 else 31),
            "half",
        )
    if "季度" in part:
        month = QUARTER[part.removeprefix("第")[0]]
        last_day = date(year, month, monthrange(year, month)[1])
        return (None if is_point else date(year, month - 2, 1)), last_day, "quarter"
    if part.startswith("年中"):
        return None, date(year, 6, 30), "half"
    return (None if is_point else date(year, 1, 1)), date(year, 12, 31), "year"
