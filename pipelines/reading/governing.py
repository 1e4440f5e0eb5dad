"""Finds for each commitment of a clause the time expression that governs it, and says where that stands."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from pipelines.document.clauses import Clause, Part
from pipelines.reading.commitment import Commitment
from pipelines.reading.context import LONGEST_RUN
from pipelines.reading.dates import JOINT
from pipelines.reading.grammar import Grammar
from pipelines.reading.planyears import PlanYears
from pipelines.reading.time_expressions import TimeExpression

BRACKET = re.compile(r"[（〈]")
# 到2025年，主要目标如下： what opens a list, and how an item of it begins
OPENS_LIST = re.compile(r"[：:]\s*$")
LISTED = re.compile(r"\s*(?:\d{1,2}[．.、]|（\d{1,2}）|[①-⑳]|[—-]|[一二三四五六七八九十]是)")


@dataclass(frozen=True, slots=True)
class Governing:
    """The time that governs what has none in its sentence: it opens the paragraph or the list, stands in the bracket,
    or is the year of the plan; `basis` says which (paragraph, bracket, plan)."""

    time: TimeExpression
    basis: str


def governing_from_outside(
    clause: Clause,
    sentences: list[list[Part]],
    deadlines: list[TimeExpression],
    words: Grammar,
    years: PlanYears,
    listed: TimeExpression | None,
) -> tuple[list[Governing | None], TimeExpression | None]:
    """For each sentence the time that governs it from outside; and the time of the list that is open at the end.

    listed is the time of a list that an earlier clause opens and this one may go on with.
    """
    string = clause.text.string
    whole_plan = _year_of_plan(years) if clause.role not in ("context", "principle") else None
    found: list[Governing | None] = []
    opener: TimeExpression | None = None  # of the paragraph
    opened = listed  # of the list
    headed = next(iter(between(deadlines, 0, clause.title_end)), None)  # 推广阶段（2021年12月至2022年5月）
    last: TimeExpression | None = None
    line = -1
    for rank, sentence in enumerate(sentences):
        start, end = sentence[0].start, sentence[-1].end
        its_line = string.rfind("\n", 0, start) + 1
        own = between(deadlines, start, end)
        is_first, line = its_line != line, its_line
        is_listed = LISTED.match(string, its_line) is not None
        if is_first:
            opener = opened if is_listed and opened is not None else headed
        # A later line of a task may be the rest of a paragraph that a page divides.
        may_open = is_first and (rank == 0 or clause.role == "objective")
        if own and (may_open or opener is not None) and _opens(string, start, own[0], words):
            opener = joined(string, own)[0][-1]
        if OPENS_LIST.search(string, end - 1, end + 1):
            # 到2025年，格局基本形成。具体目标如下：
            opened = own[-1] if own else last
        elif is_first and not is_listed:
            opened = opener
        last = own[-1] if own else None
        if (bracketed := _of_bracket(clause, end, deadlines)) is not None:
            found.append(Governing(bracketed, "bracket"))
        elif opener is not None:
            found.append(Governing(opener, "paragraph"))
        else:
            found.append(whole_plan)
    return found, opened


def _year_of_plan(years: PlanYears) -> Governing | None:
    """The year of a plan for one year, as a time that stands nowhere in the clause."""
    if years.year is None or not years.is_annual:
        return None
    first, last = date(years.year, 1, 1), date(years.year, 12, 31)
    return Governing(TimeExpression(-1, -1, "deadline", years.year, first, last, "year", "plan"), "plan")


def _opens(string: str, start: int, time: TimeExpression, words: Grammar) -> bool:
    """Whether a time opens its sentence: 到2025年，…; 力争到2025年，…; 1.到2025年，…."""
    item = LISTED.match(string, start)
    return words.times.ahead.match(string[item.end() if item else start : time.start]) is not None


def _of_bracket(clause: Clause, end: int, deadlines: list[TimeExpression]) -> TimeExpression | None:
    """The deadline that the next bracket of those responsible behind a sentence states: （市气候处，完成时限：6月底）."""
    index = bisect_left(clause.brackets, end, key=lambda bracket: bracket.start)
    if index == len(clause.brackets):
        return None
    bracket = clause.brackets[index]
    return next(iter(between(deadlines, bracket.start, bracket.end)), None)


def between(times: list[TimeExpression], start: int, end: int) -> list[TimeExpression]:
    """The times that begin in `[start, end)`; they are in order."""
    first = bisect_left(times, start, key=lambda time: time.start)
    return times[first : bisect_left(times, end, lo=first, key=lambda time: time.start)]


def governed(
    string: str,
    found: Iterable[Commitment],
    times: list[TimeExpression],
    sentence: list[Part],
    words: Grammar,
    outside: Governing | None,
) -> list[Commitment]:
    """The commitments with the time that governs each: the nearest before it in its sentence, or one from outside.

    times are the deadlines of the sentence, and the times without a year, behind which no earlier time governs.
    """
    governed = []
    start = sentence[0].start
    deadlines = [time for time in times if time.role == "deadline"]
    for commitment in found:
        time = _nearest(string, commitment.quantity.start, times, start)
        basis = time.basis if time is not None else ""
        if time is None and outside is not None and len(deadlines) == len(times):
            time, basis = outside.time, outside.basis
        striven = commitment.strength_as_written or _carried(
            string, commitment.quantity.start, time, start, words
        )
        striven = striven or (striving(string, time, words) if time else "")
        if time is not None and time.role != "deadline":  # a time without a year
            time, basis = commitment.time, commitment.deadline_basis
        governed.append(replace(commitment, strength_as_written=striven, time=time, deadline_basis=basis))
    return _each_its_time(string, governed, deadlines)


def _nearest(string: str, place: int, times: list[TimeExpression], start: int) -> TimeExpression | None:
    """The nearest time before a place in its sentence; one inside a bracket does not reach beyond it."""
    for index in range(bisect_right(times, place, key=lambda time: time.end) - 1, -1, -1):
        time = times[index]
        if time.start < start:
            return None
        if place < reach(string, time, start):
            return time
    return None


def _carried(string: str, place: int, time: TimeExpression | None, start: int, words: Grammar) -> str:
    """力争产能达到50万吨，建成加氢站100座: the word of effort before a number, up to ；, a new time or 确保; 经过努力，… is none."""
    begin = max(start, string.rfind("；", start, place) + 1)
    urged = [
        each
        for each in words.times.urged.finditer(string, begin, place)
        if string[each.end()] not in "，、的下"
    ]
    if not urged or (time is not None and time.start > urged[-1].end() + 1):
        return ""
    return urged[-1][0] if words.strive.fullmatch(urged[-1][0]) else ""


def _each_its_time(
    string: str, governed: list[Commitment], deadlines: list[TimeExpression]
) -> list[Commitment]:
    """2025年和2030年…分别提升至15%、20%: as many times as numbers, each number its own."""
    together: dict[TimeExpression | None, list[TimeExpression]] = {
        time: times for times in joined(string, deadlines) if len(times) > 1 for time in times
    }
    result: list[Commitment] = []
    for _, same in groupby(governed, key=lambda one: (one.start, one.indicator, one.time)):
        group = list(same)
        times = together.get(group[0].time, [])
        if len(group) > 1 and len(times) == len(group):
            group = [replace(one, time=time) for one, time in zip(group, times, strict=True)]
        result += group
    return result


def since_baseline(
    commitment: Commitment, times: list[TimeExpression], string: str, start: int, words: Grammar
) -> Commitment:
    """与2015年相比，到2025年，…下降40%, 相比2020年，…: a baseline that stands apart holds for the changes behind it."""
    if commitment.baseline_year is not None or commitment.change not in ("increase", "decrease"):
        return commitment
    for time in times:
        apart = time.role == "baseline" and start <= time.start < commitment.start
        compared = string.startswith("，", time.end) and words.times.comparison_before.search(
            string, start, time.start
        )
        if apart and (compared or words.times.set_apart.match(string, time.end)):
            return replace(commitment, baseline_year=time.year)
    return commitment


def reach(string: str, time: TimeExpression, start: int) -> int:
    """How far a time expression governs: to the end of the bracket that it stands in, if it stands in one."""
    depth = 0
    if not BRACKET.search(string, max(start, time.start - LONGEST_RUN), time.start):
        return len(string)
    for place in range(time.start - 1, max(start, time.start - LONGEST_RUN) - 1, -1):
        if string[place] in "）〉":
            depth += 1
        elif string[place] in "（〈":
            if depth == 0:
                closing = string.find("）" if string[place] == "（" else "〉", time.end)
                return closing if closing >= 0 else len(string)
            depth -= 1
    return len(string)


def striving(string: str, time: TimeExpression, words: Grammar) -> str:
    """The word before a time that says that what it governs is striven for (力争2024年底前…), if there is one."""
    match = words.strive.search(string, max(0, time.start - 3), time.start)
    return match[0] if match else ""


def joined(string: str, times: list[TimeExpression]) -> list[list[TimeExpression]]:
    """Times that govern together, as in 到2025年和2030年."""
    groups: list[list[TimeExpression]] = []
    for time in times:
        between_times = string[groups[-1][-1].end : time.start] if groups else None
        if between_times is not None and (not between_times or JOINT.fullmatch(between_times)):
            groups[-1].append(time)
        else:
            groups.append([time])
    return groups
