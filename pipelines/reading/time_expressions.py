"""Finds the time expressions of a clause's text and the part that each plays there.

An expression is a year (到2025年, 2024年6月底前), years (2021—2025年), a Five-Year Plan period (“十四五”期间), or a part
of a year without the year (6月底前, 全年), which then comes from the time before it in its sentence, from the one that
opens its paragraph, or from the title of a plan for one year. The words that decide are rows of times.csv.
"""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from pipelines.reading.dates import (
    JOINT,
    LONGEST_LEAD,
    TimePatterns,
    dates_of,
    is_pointed,
    period_of,
    year_of,
)
from pipelines.reading.dates import TimeExpression as TimeExpression
from pipelines.reading.planyears import NO_YEARS, PlanYears
from pipelines.reading.timecontext import LONGEST_RUN, TimeContext
from pipelines.reading.timewords import TimeWords

LISTED = re.compile(rf"{JOINT.pattern}|，")
CENTURY_END = date(2050, 12, 31)  # as the state's plans use the words


def time_expressions(
    string: str, words: TimeWords, years: PlanYears = NO_YEARS, is_description: bool = False
) -> list[TimeExpression]:
    """Every time expression of a text, in order.

    is_description says that the text describes the state of things (面临形势): only a time that a label introduces is a
    deadline in it.

    >>> from pipelines.reading.grammar import grammar
    >>> from pipelines.vocabulary import load_vocabulary
    >>> words = grammar(load_vocabulary()).times
    >>> [(m.role, m.end_date) for m in time_expressions("到2025年，用水量较2020年下降12%", words)]
    [('deadline', datetime.date(2025, 12, 31)), ('baseline', None)]
    >>> [(m.role, m.end_date, m.basis) for m in time_expressions("6月底前完成评估", words, PlanYears(year=2022))]
    [('deadline', datetime.date(2022, 6, 30), 'plan')]
    """
    found: list[TimeExpression] = []
    context = TimeContext(string, words, years, is_description, found)
    for name, match in _expressions(string, words.patterns):
        time = READERS[name](match, context)
        if time is not None:
            found.append(time)
    return _joined(string, found)


def _expressions(string: str, patterns: TimePatterns) -> Iterator[tuple[str, re.Match[str]]]:
    """The expressions in order, with the name of the pattern of each, sought only round the hints."""
    done = 0
    for hint in patterns.hint.finditer(string):
        for start in range(max(done, hint.start() - LONGEST_LEAD), hint.start() + 1):
            tried = ((name, each.match(string, start)) for name, each in patterns.readable.items())
            found = next(((name, match) for name, match in tried if match), None)
            if found is not None:
                yield found
                done = found[1].end()
                break


def _point(match: re.Match[str], context: TimeContext) -> TimeExpression | None:
    """The role of a year, or of a part of a year that is named."""
    string, words = context.string, context.words
    (start, end), core = match.span(), match.start("year")
    year = year_of(match["year"])
    if year is None:
        return None
    before = string[max(0, core - 8) : core]
    is_labelled = bool(words.label_before.search(before))
    role = context.role_beside(match, is_labelled)
    start_date, last_day, precision = dates_of(match, year)
    if role is not None and role != "goal":
        is_day = role == "date" and match["month"]
        return TimeExpression(core, end, role, year, None, *((last_day, precision) if is_day else (None, "")))
    if context.is_over(match, last_day):
        return TimeExpression(start, end, "background", year)
    if role or (context.is_description and context.is_goal(match)):
        return TimeExpression(start, end, "goal", year, None, last_day, precision)
    pointed = is_pointed(match)
    if context.is_description and not is_labelled:
        return TimeExpression(start, end, "background", year)
    if not pointed and not is_labelled and not context.is_adverbial(core, end):
        return TimeExpression(core, end, "name", year)
    if pointed or is_labelled or words.up_to_before.search(before):
        start_date = None
    return TimeExpression(start, end, "deadline", year, start_date, last_day, precision)


def _yearless(match: re.Match[str], context: TimeContext) -> TimeExpression | None:
    """A part of a year whose year stands elsewhere; None for what is no time by which something is to be done."""
    string, words = context.string, context.words
    start, end = match.span()
    before = string[max(0, start - 10) : start]
    is_labelled = words.label_before.search(before)
    is_bare = match["month"] and not (match["before"] or match["month_part"] or match["lead"] or is_labelled)
    if is_bare or (match["lead"] and before.endswith(("月", "日"))):  # 5月至9月
        return _bare(match, context)
    if words.recurrent_before.search(before):
        return TimeExpression(start, end, "frequency", 0, names_year=False)
    if before.endswith("年") or words.relative_before.search(before) or context.is_quoted(start):
        return None
    if not is_pointed(match) and not is_labelled and not context.is_adverbial(start, end):
        return None
    year, basis = _year_elsewhere(match, context)
    if year is None:
        return TimeExpression(start, end, "yearless", 0, names_year=False)
    start_date, last_day, precision = dates_of(match, year)
    if is_labelled:
        start_date = None
    return TimeExpression(
        start, end, "deadline", year, start_date, last_day, precision, basis, names_year=False
    )


def _bare(match: re.Match[str], context: TimeContext) -> TimeExpression | None:
    """2022年4月10日、7月10日: what is listed behind a day is alike and of its year; any other day is a name, a month none."""
    span, last = match.span(), _listed_behind(match, context)
    if last is not None:
        _, last_day, precision = dates_of(match, last.year)
        if precision == last.precision:
            return replace(
                last, start=span[0], end=span[1], start_date=None, end_date=last_day, names_year=False
            )
    return TimeExpression(*span, "name", 0, names_year=False) if match["day"] else None


def _listed_behind(match: re.Match[str], context: TimeContext) -> TimeExpression | None:
    """The day or month before a part of a year that only a mark parts from it."""
    last = context.found[-1] if context.found else None
    if last is None or not LISTED.fullmatch(context.string, last.end, match.start()):
        return None
    return last if match["month"] and last.precision in ("day", "month") else None


def _year_elsewhere(match: re.Match[str], context: TimeContext) -> tuple[int | None, str]:
    """The year of the time before in the sentence, of the one before in the paragraph, of the plan; and which."""
    years = context.years
    if match["this"]:
        issued = years.issued_on.year if years.issued_on else years.year
        return (issued + (match["this"] == "明") if issued else None), "plan"
    if (last := _listed_behind(match, context)) is not None:
        return last.year, "sentence"
    sentence = max(context.string.rfind(mark, 0, match.start()) for mark in "。\n")
    paragraph = context.string.rfind("\n", 0, match.start())
    for time in reversed(context.found):
        if time.start < paragraph:
            break
        if time.role == "deadline" and time.precision != "period":
            return time.year, "sentence" if time.start > sentence else "paragraph"
    return years.year, "plan"


def _span(match: re.Match[str], context: TimeContext) -> TimeExpression | None:
    """The role of years from … to …."""
    string = context.string
    first, last = year_of(match["first"]), year_of(match["last"])
    if first is None or last is None:
        return None
    start, end = match.span()
    bracketed = string[start - 1 : start] in ("（", "(") and string[end : end + 1] in ("）", ")")
    is_term = context.words.term.search(
        string, max(string.rfind("。", 0, start), start - LONGEST_RUN, 0), start
    )
    if last < first or bracketed or context.is_quoted(start) or is_term:
        return TimeExpression(start, end, "name", last)
    last_day = date(last, 12, 31)
    if context.is_description or context.is_past(last_day):
        return TimeExpression(start, end, "background", last)
    if not context.is_adverbial(start, end):
        return TimeExpression(start, end, "name", last)
    return TimeExpression(start, end, "deadline", last, date(first, 1, 1), last_day, "period")


def _months(match: re.Match[str], context: TimeContext) -> TimeExpression | None:
    """The role of months from … to …: a phase of the plan, in the bracket behind its heading or before what is done."""
    first, last = year_of(match["first"]), year_of(match["last"] or match["first"])
    if first is None or last is None:
        return None
    start, end = match.span()
    until = int(match["until"])
    begins, last_day = date(first, int(match["month"]), 1), date(last, until, monthrange(last, until)[1])
    if last_day < begins or context.is_past(last_day) or context.is_quoted(start):
        return TimeExpression(start, end, "background", last)
    phase = context.run_before(start)[:1] == "（" and context.string.startswith("）", end)
    if not phase and not context.is_adverbial(start, end):
        return TimeExpression(start, end, "name", last)
    return TimeExpression(start, end, "deadline", last, begins, last_day, "month")


def _period(match: re.Match[str], context: TimeContext) -> TimeExpression | None:
    """The role of a Five-Year Plan period: 十四五 is 2021 to 2025, and so on in fives."""
    string, words = context.string, context.words
    tail = match["tail"]
    if not match["open"] and not match["close"] and not tail:
        return None
    first, last = period_of(match["tens"])
    start, end = match.span()
    if match["open"] and not match["close"]:
        # “十四五规划”: the quotation holds more than the period.
        start = match.start("tens")
    bare = (match.start("tens"), match.start("tens") + len(match["tens"]) + 1)
    if match["since"]:
        return TimeExpression(*bare, "background", last)
    if tail and (context.is_description or context.is_past(date(last, 12, 31))):
        return TimeExpression(start, end, "background", last)
    before = context.run_before(start)
    follows = before in ("", *"，。；：、\n）")
    is_acting = bool(match["lead"]) or (follows and words.action_verb.match(string, end))
    if (not tail and not is_acting) or context.is_quoted(start):
        return TimeExpression(*bare, "period", last)
    if context.is_baseline(start, end):
        return TimeExpression(start, end, "baseline", last)
    is_end = match["closing"] or (not tail and match["lead"])
    if not is_end and (
        words.describes.match(string, end)
        or words.situation.match(string, end)
        or words.attribute_before.search(before)
        or context.is_title(end)
    ):
        return TimeExpression(start, end, "background", last)
    begins: date | None = date(first, 1, 1)
    until = last
    if match["opening"]:
        until = first + 1
    elif match["middle"]:
        begins, until = None, first + 2
    elif is_end or match["lead"]:
        begins = None
    return TimeExpression(start, end, "deadline", last, begins, date(until, 12, 31), "period")


def _century(match: re.Match[str], _: TimeContext) -> TimeExpression:
    return TimeExpression(*match.span(), "deadline", CENTURY_END.year, None, CENTURY_END, "period")


READERS = {
    "months": _months,
    "span": _span,
    "point": _point,
    "period": _period,
    "century": _century,
    "yearless": _yearless,
}


def _joined(string: str, found: list[TimeExpression]) -> list[TimeExpression]:
    """Times named together are alike: 2023年、2025年底 are two ends, “十四五”“十五五”期间 two periods."""
    for index in range(len(found) - 2, -1, -1):
        time, following = found[index], found[index + 1]
        between = string[time.end : following.start].strip("“”")
        if following.role != "deadline" or (between and not LISTED.fullmatch(between)):
            continue
        if time.role == "date" and time.precision == following.precision and following.kind == "by":
            time = found[index] = replace(time, role="deadline")  # 2022年4月10日、7月10日前
        if between == "，":
            continue
        if time.role == "deadline" and time.precision == "year" and following.kind == "by":
            found[index] = replace(time, start_date=None)
        elif time.role == "period" and following.precision == "period" and following.start_date is not None:
            first, last_day = date(time.year - 4, 1, 1), date(time.year, 12, 31)
            found[index] = replace(
                time, role="deadline", start_date=first, end_date=last_day, precision="period"
            )
    for index in range(1, len(found)):
        before, time = found[index - 1], found[index]
        together = JOINT.fullmatch(string[before.end : time.start]) and before.role == time.role == "deadline"
        if together and before.kind == "by" and time.precision == "year":
            found[index] = replace(time, start_date=None)
    return found
