"""Finds for each commitment of a sentence the time expression that governs it."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import replace

from pipelines.document.clauses import Part
from pipelines.reading.commitments import LONGEST_RUN, Commitment
from pipelines.reading.grammar import Grammar
from pipelines.reading.moments import YEARLESS, Moment

BRACKET = re.compile(r"[（〈]")
SET_APART = re.compile(r"(?:相比|为基准|的?基础上)[^，]{0,4}，")
WITHOUT_YEAR = re.compile(YEARLESS)
JOINED = re.compile(r"(?:、|和|及|以及|与)?")


def governed(
    string: str,
    found: Iterable[Commitment],
    deadlines: list[Moment],
    sentence: list[Part],
    words: Grammar,
    listed: Moment | None,
) -> list[Commitment]:
    """The commitments with the time that governs each: the nearest before it in its sentence, or that of its list."""
    governed = []
    start = sentence[0].start
    yearless = [match.start() for match in WITHOUT_YEAR.finditer(string, start, sentence[-1].end)]
    for commitment in found:
        moment = _governing(string, commitment.quantity.start, deadlines, start, yearless) or listed
        striven = commitment.strength_as_written or (striving(string, moment, words) if moment else "")
        governed.append(replace(commitment, moment=moment, strength_as_written=striven))
    return _each_its_time(string, governed, deadlines)


def _governing(
    string: str, place: int, deadlines: list[Moment], start: int, yearless: list[int]
) -> Moment | None:
    """The nearest deadline before a place in its sentence; one inside a bracket does not reach beyond it.

    Behind a time without its year (`yearless`: where they begin) no earlier time governs.
    """
    for index in range(bisect_right(deadlines, place, key=lambda time: time.end) - 1, -1, -1):
        time = deadlines[index]
        if time.start < start:
            return None
        if bisect_left(yearless, time.end) < bisect_left(yearless, place):
            # 2024年6月底前…；年底前…: the later time names no year, and is an issue.
            return None
        if place < reach(string, time, start):
            return time
    return None


def _each_its_time(string: str, governed: list[Commitment], deadlines: list[Moment]) -> list[Commitment]:
    """2025年和2030年…分别提升至15%、20%: as many times as numbers, each number its own."""
    together = {time: times for times in joined(string, deadlines) if len(times) > 1 for time in times}
    result: list[Commitment] = []
    index = 0
    while index < len(governed):
        first = governed[index]
        end = index + 1
        while end < len(governed) and _same(first, governed[end]):
            end += 1
        group = governed[index:end]
        times = together.get(first.moment, []) if first.moment is not None else []
        if len(group) > 1 and len(times) == len(group) and not any(one.quantity.is_upper for one in group):
            group = [replace(one, moment=time) for one, time in zip(group, times, strict=True)]
        result += group
        index = end
    return result


def _same(one: Commitment, other: Commitment) -> bool:
    return (one.start, one.indicator, one.moment) == (other.start, other.indicator, other.moment)


def since_baseline(commitment: Commitment, times: list[Moment], string: str, start: int) -> Commitment:
    """与2015年相比，到2025年，…下降40%: a baseline that stands apart holds for the changes behind it."""
    if commitment.baseline_year is not None or commitment.change not in ("increase", "decrease"):
        return commitment
    for time in times:
        apart = time.role == "baseline" and start <= time.start < commitment.start
        if apart and SET_APART.match(string, time.end):
            return replace(commitment, baseline_year=time.year)
    return commitment


def reach(string: str, time: Moment, start: int) -> int:
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


def striving(string: str, moment: Moment, words: Grammar) -> str:
    """The word before a time that says that what it governs is striven for (力争2024年底前…), if there is one."""
    match = words.strive.search(string, max(0, moment.start - 3), moment.start)
    return match[0] if match else ""


def joined(string: str, times: list[Moment]) -> list[list[Moment]]:
    """Times that govern together, as in 到2025年和2030年."""
    groups: list[list[Moment]] = []
    for time in times:
        if groups and JOINED.fullmatch(string[groups[-1][-1].end : time.start]):
            groups[-1].append(time)
        else:
            groups.append([time])
    return groups
