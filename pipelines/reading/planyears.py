"""Reads from a plan's title, number and date which years are its own."""

import re
from dataclasses import dataclass
from datetime import date

from pipelines.reading.dates import TENS, TO, period_of
from pipelines.reading.timewords import TimeWords

# 2022年推动碳达峰碳中和工作计划; not 2021-2023年, 2030年前
ONE_YEAR = re.compile(r"(?<![-—–―~～－至到\d])(20\d\d)年(?![-—–―~～－至前])")
SPAN = re.compile(rf"(20\d\d)年?{TO}20\d\d")
PERIOD = re.compile(f"({TENS})五|第({TENS})个五年")
NUMBERED = re.compile(r"[〔\[](20\d\d)[〕\]]\d+号")


@dataclass(frozen=True, slots=True)
class PlanYears:
    """A plan's date, the first day that is not past to it, the one year that its title names, and whether the plan is
    for that year, so that it governs what has no other time."""

    issued_on: date | None = None
    begins: date | None = None
    year: int | None = None
    is_annual: bool = False


NO_YEARS = PlanYears()


def plan_years(
    title: str, words: TimeWords, document_number: str = "", issued_on: date | None = None, text: str = ""
) -> PlanYears:
    """The years of a plan. One without a date is no older than the youngest document that its text cites (〔2021〕).

    >>> from pipelines.reading.grammar import grammar
    >>> from pipelines.vocabulary import load_vocabulary
    >>> words = grammar(load_vocabulary()).times
    >>> plan_years("江苏省2022年推动碳达峰碳中和工作计划", words).is_annual
    True
    >>> plan_years("重庆市绿色建筑“十四五”规划（2021—2025年）", words)
    PlanYears(issued_on=None, begins=datetime.date(2021, 1, 1), year=None, is_annual=False)
    >>> plan_years("碳达峰实施方案", words, "皖政〔2022〕83号").begins
    datetime.date(2022, 1, 1)
    """
    named = {
        int(match[1]) for match in ONE_YEAR.finditer(title) if not words.edition.match(title, match.end())
    }
    is_one = len(named) == 1 and not SPAN.search(title) and not PERIOD.search(title)
    year = next(iter(named)) if is_one else None
    begins = issued_on or _first_day(title, document_number, year, text)
    return PlanYears(issued_on, begins, year, year is not None and bool(words.annual_end.search(title)))


def _first_day(title: str, document_number: str, year: int | None, text: str) -> date | None:
    if match := NUMBERED.search(document_number):
        return date(int(match[1]), 1, 1)
    if year is not None:
        return date(year, 1, 1)
    years = [int(cited) for cited in NUMBERED.findall(text)]
    if match := SPAN.search(title):
        years.append(int(match[1]))
    if match := PERIOD.search(title):
        years.append(period_of(match[1] or match[2])[0])
    return date(max(years), 1, 1) if years else None
