"""The patterns of time expressions, the days that they name, and what is said of one (`TimeExpression`)."""

import re
from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from pipelines.text.numerals import chinese_number
from pipelines.vocabulary.patterns import any_of

ZEROS, DIGITS = "〇○零OＯ", "一二三四五六七八九"
ARABIC = str.maketrans(ZEROS + DIGITS, "00000123456789")
YEAR = rf"(?:20\d\d|二[{ZEROS}][{ZEROS}{DIGITS}]{{2}})"
MONTH = "(?:1[0-2]|0?[1-9])"
TO = "[-—–―~～－至到]+"
# A year or a period as a sentence prints it: `2025年`, `2021-2025年`, `“十四五”`
DATE = re.compile(rf"20\d\d(?:{TO}20\d\d)?年|十[一二三四五六七八九]?五[”时期末规]")
# The ordinal of a Five-Year Plan period, less its last character: 十四 of 十四五.
TENS = "二?十[一二三四五六七八九]?"
PERIOD_NAME = re.compile(f"(?P<tens>{TENS})五")
JOINT = re.compile(r"[、和及与]|以及")
LONGEST_LEAD = 5  # characters before what every expression has in it
QUARTERS = "一二三四"

KINDS = (
    "until", "due", "month_part", "year_end", "mid_year", "first_half", "second_half", "within_year", "whole_year",
    "period", "period_opening", "period_middle", "period_end", "period_since",
)  # fmt: skip


class TimePatterns:
    """The patterns of time expressions, made of the words of times.csv by kind.

    `readable` holds those of expressions, by name, in the order in which they are tried; `hint` is what every expression
    has in it, found sooner than the expression.
    """

    def __init__(self, kinds: Mapping[str, Iterable[str]]) -> None:
        words = {kind: any_of(kinds[kind]) for kind in KINDS}
        month = (
            rf"(?P<month>{MONTH})月(?P<day>(?:[12]\d|3[01]|0?[1-9])日)?(?P<month_part>{words['month_part']})?"
        )

        def part(year: str) -> str:
            return (
                rf"{year}(?P<year_end>{words['year_end']})|{year}(?P<mid_year>{words['mid_year']})(?={words['due']})"
                rf"|(?P<first_half>{words['first_half']})|(?P<second_half>{words['second_half']})"
                rf"|第?(?P<quarter>[{QUARTERS}])季度(?P<quarter_end>末)?|{year}{words['within_year']}|{words['whole_year']}"
            )

        # 提高到2025年的13%: the 到 of a change is none of a time.
        lead = rf"(?P<lead>{words['until']}|[到至](?<![高升降低少加长大减缩延].))?"
        before = rf"(?P<before>{words['due']})?"
        # `到2025年`, `2023年底之前`, `截至2025年6月30日`, `2030年前`; two in `到2025年和2030年`
        self.point = re.compile(rf"{lead}(?P<year>{YEAR})年(?:{month}|(?P<part>{part('年?')}))?{before}")
        # `“十四五”期间`, `到“十四五”末`, `十五五初期`; bare `“十四五”` is the name of a period
        self.period = re.compile(
            rf"(?P<lead>{words['until']}|[到至])?(?P<open>“?)(?<![一二三四五六七八九十]){PERIOD_NAME.pattern}(?P<close>”?)"
            rf"(?P<tail>(?P<closing>{words['period_end']})|(?P<opening>{words['period_opening']})"
            rf"|(?P<middle>{words['period_middle']})|(?P<since>{words['period_since']})|{words['period']})?"
        )
        self.readable = {
            # `2020年11月—2022年10月`, `2022年1-3月`: the months of a phase
            "months": re.compile(
                rf"(?P<first>{YEAR})年(?P<month>{MONTH})月?{TO}(?:(?P<last>{YEAR})年)?(?P<until>{MONTH})月(?!\d)"
            ),
            # `2023-2025年`, `2023年至2025年期间`
            "span": re.compile(rf"(?P<first>{YEAR})年?{TO}(?P<last>{YEAR})年(?:期间)?"),
            "point": self.point,
            "period": self.period,
            "century": re.compile("[到至]?本世纪中叶"),
            # `6月底前`, `年底前`, `今年上半年`, `第三季度`, `全年`
            "yearless": re.compile(
                rf"{lead}(?<![\d一二两三四五六七八九十几第—–―~～－-])"
                rf"(?:(?P<this>[今明本])(?:年(?=[\d上下第一二三四年]))?)?"
                rf"(?:{month}|(?P<part>{part('年')}|(?<=[今明本])年(?!度))){before}"
            ),
        }
        self.hint = re.compile(
            rf"{YEAR}|十[一二三四五六七八九]?五|年(?:{words['year_end']}|{words['mid_year']}|{words['within_year']})"
            rf"|{words['whole_year']}|[今明本]年|{words['first_half']}|{words['second_half']}|[{QUARTERS}]季度|\d月"
            r"|(?<=[一二三四五六七八九十])月|本世纪中叶"
        )


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
    return int(written.translate(ARABIC)) if written else None


def period_of(tens: str) -> tuple[int, int]:
    """The first and the last year of a Five-Year Plan period, by its ordinal less 五.

    >>> period_of("十四"), period_of("二十")
    ((2021, 2025), (2051, 2055))
    """
    last = 1955 + 5 * int(chinese_number(tens) or 0)
    return last - 4, last


def is_pointed(match: re.Match[str]) -> bool:
    """Whether an expression says by when (到, 前, 底), and not only in which time."""
    return any(
        match[each] for each in ("lead", "before", "year_end", "mid_year", "quarter_end", "month_part")
    )


def dates_of(match: re.Match[str], year: int) -> tuple[date | None, date, str]:
    """The first day if the expression names a part of the year or all of it, the last day, the precision."""
    if match["month"]:
        last_day = _end_of(year, int(match["month"]))
        if match["day"]:
            return None, last_day.replace(day=min(int(match["day"][:-1]), last_day.day)), "day"
        return None, last_day, "month"
    if match["first_half"] or match["mid_year"]:
        first, last, precision = 1, 6, "half"
    elif match["second_half"]:
        first, last, precision = 7, 12, "half"
    elif match["quarter"]:
        last = 3 * (QUARTERS.index(match["quarter"]) + 1)
        first, precision = last - 2, "quarter"
    else:
        first, last, precision = 1, 12, "year"
    return None if is_pointed(match) else date(year, first, 1), _end_of(year, last), precision


def _end_of(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])
