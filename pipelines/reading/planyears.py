"""Reads from a plan's title, number and date which years are its own."""

import re
from dataclasses import dataclass
from datetime import date

from pipelines.text.numerals import chinese_number

# 2022年推动碳达峰碳中和工作计划; not 2021-2023年, 2030年前, 2035年远景目标
ONE_YEAR = re.compile(r"(?<![-—–~～至到\d])(20\d\d)年(?![-—–―~～至前]|远景)")
SPAN = re.compile(r"(20\d\d)年?[-—–―~～至到]+20\d\d")
PERIOD = re.compile(r"(二?十[一二三四五六七八九]?)五”?|第(二?十[一二三四五六七八九]?)个五年")
NUMBERED = re.compile(r"[〔\[](20\d\d)[〕\]]\d+号")


@dataclass(frozen=True, slots=True)
class PlanYears:
    """A plan's date, the first day that is not past to it, and the year of a plan for one year."""

    issued_on: date | None = None
    begins: date | None = None
    year: int | None = None


NO_YEARS = PlanYears()


def plan_years(
    title: str, document_number: str = "", issued_on: date | None = None, text: str = ""
) -> PlanYears:
    """The years of a plan. One without a date is no older than the youngest document that its text cites (〔2021〕).

    >>> plan_years("江苏省2022年推动碳达峰碳中和工作计划").year
    2022
    >>> plan_years("重庆市绿色建筑“十四五”规划（2021—2025年）")
    PlanYears(issued_on=None, begins=datetime.date(2021, 1, 1), year=None)
    >>> plan_years("碳达峰实施方案", "皖政〔2022〕83号").begins
    datetime.date(2022, 1, 1)
    """
    years = [int(year) for year in ONE_YEAR.findall(title)]
    year = years[0] if len(set(years)) == 1 and not SPAN.search(title) and not PERIOD.search(title) else None
    return PlanYears(issued_on, issued_on or _first_day(title, document_number, year, text), year)


def _first_day(title: str, document_number: str, year: int | None, text: str) -> date | None:
    if match := NUMBERED.search(document_number):
        return date(int(match[1]), 1, 1)
    if year is not None:
        return date(year, 1, 1)
    years = [int(cited) for cited in NUMBERED.findall(text)]
    if match := SPAN.search(title):
        years.append(int(match[1]))
    if (match := PERIOD.search(title)) and (ordinal := chinese_number(match[1] or match[2])) is not None:
        years.append(2021 + 5 * (int(ordinal) - 14))
    return date(max(years), 1, 1) if years else None
