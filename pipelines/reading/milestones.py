"""Reads the milestones of a sentence: what it commits to without a number, by a time that governs it."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from pipelines.document.clauses import Part
from pipelines.reading.governing import OPENS_LIST, Governing, between, joined, reach, striving
from pipelines.reading.grammar import Grammar
from pipelines.reading.time_expressions import TimeExpression
from pipelines.reading.verbs import verb_of

MARK = re.compile(r"[，：（）“”《》〈〉]")
OPENING, CLOSING = "（“《〈", "）”》〉"
ENDS = "，、：； "
ON_WHAT_BASIS = "基础上"  # 在能源消费总量有所增长的基础上


@dataclass(frozen=True, slots=True)
class Milestone:
    """A commitment without a number, `[start, end)` of the clause's text, the time that governs it and where that
    stands, its hedges."""

    start: int
    end: int
    time: TimeExpression
    strength_as_written: str
    hedge: str
    deadline_basis: str
    attribute: str = ""


def milestones(
    string: str,
    sentence: list[Part],
    times: list[TimeExpression],
    numbered: list[tuple[int, int]],
    words: Grammar,
    outside: Governing | None,
) -> list[Milestone]:
    """The milestones of a sentence whose parts ； divides, given its times and where it states numbers (of a
    commitment, from its first word to its number), in the order of their ends.

    Each part that a time governs is one; where it also commits to numbers, each run between commas that does not. From
    outside only a deadline in the bracket of those responsible makes milestones; a paragraph's or a plan's would make
    one of every sentence.
    """
    found: list[Milestone] = []
    bracketed = outside.time if outside is not None and outside.basis == "bracket" else None
    carried: TimeExpression | None = None
    for rank, part in enumerate(sentence):
        if OPENS_LIST.search(string, part.end - 1, part.end + 1):
            continue
        its_times = between(times, part.start, part.end)
        inside = [
            time for time in its_times if time.role == "deadline" and reach(string, time, part.start) >= part.end
        ]  # fmt: skip
        if inside:
            for group, begin, end in _stretches(string, part, joined(string, inside)):
                for start, stop in _unnumbered(string, begin, end, group, numbered, words):
                    found += _milestone(string, start, stop, group, words)
        elif not its_times and (governing := carried or bracketed) is not None:
            for start, stop in _unnumbered(string, part.start, part.end, [], numbered, words):
                found += _milestone(string, start, stop, [governing], words)
        if inside:
            opens = not words.before_time.sub("", string[part.start : inside[0].start])
            following = sentence[rank + 1] if rank + 1 < len(sentence) else None
            completes = following is not None and words.times.completion.match(string, following.start)
            carried = inside[-1] if opens or completes else None
    return found


def _stretches(
    string: str, part: Part, groups: list[list[TimeExpression]]
) -> Iterator[tuple[list[TimeExpression], int, int]]:
    """Each group of times with the stretch of the part that it governs, from the comma before it to the next group.

    “十四五”时期…增长、“十五五”时期逐步减少: each time has the run up to the next.
    """
    marks = [match.end() for match in re.finditer("[，：]", string[part.start : part.end])]
    marks = [part.start + mark for mark in marks]
    for index, group in enumerate(groups):
        begin = _run_begin(marks, part.start, group[0].start)
        if index and begin < groups[index - 1][-1].end:
            begin = group[0].start
        end = part.end
        if index + 1 < len(groups):
            end = groups[index + 1][0].start
            beginning = _run_begin(marks, group[-1].end, end)
            end = beginning if beginning > group[-1].end else end
        yield group, begin, end


def _run_begin(marks: list[int], start: int, place: int) -> int:
    """Where the run between commas that holds a place begins; marks are where runs end, in order."""
    index = bisect_right(marks, place)
    return max(start, marks[index - 1]) if index else start


def _unnumbered(
    string: str,
    begin: int,
    end: int,
    group: list[TimeExpression],
    numbered: list[tuple[int, int]],
    words: Grammar,
) -> Iterator[tuple[int, int]]:
    """The stretch whole if it states no number, else each run of it between numbers that states an action or a state.

    到2025年，…综合利用率达到60%，存量大宗固废有序减少: the second is due by then too.
    """
    behind = group[-1].end if group else begin
    inside = bisect_right(numbered, behind, key=_end), bisect_right(numbered, end, key=_end)
    numbered = numbered[slice(*inside)]
    runs = [(begin, end)]
    if numbered:
        runs = list(_bare_runs(string, begin, end, behind, numbered, words))
    for start, stop in runs:
        while stop > start and string[stop - 1] in ENDS:
            stop -= 1
        if stop - max(start, behind) >= 2 and not string.endswith(ON_WHAT_BASIS, start, stop):
            yield start, stop


def _end(span: tuple[int, int]) -> int:
    return span[1]


def _bare_runs(
    string: str, begin: int, end: int, behind: int, numbered: list[tuple[int, int]], words: Grammar
) -> Iterator[tuple[int, int]]:
    """Runs of comma-parts without numbers: no purpose, and no subject of the number that follows it."""
    parts = [part for part in _comma_parts(string, begin, end) if part[1] > behind + 1]
    is_numbered = [any(first < stop and start < last for first, last in numbered) for start, stop in parts]
    run: tuple[int, int] | None = None
    for index, (start, stop) in enumerate(parts):
        stated = string[max(start, behind) : stop].strip(ENDS)
        opens_number = index + 1 < len(parts) and is_numbered[index + 1]
        if is_numbered[index] or not (states(stated, words) if opens_number else _commits(stated, words)):
            if run is not None:
                yield run
            run = None
        elif run is None:
            # 到2025年， belongs to the run behind it
            run = (begin if not string[behind:start].strip(ENDS) else start, stop)
        else:
            run = (run[0], stop)
    if run is not None:
        yield run


def states(run: str, words: Grammar) -> bool:
    """Whether a run between commas states an action or a state: neither a purpose nor how, nor a bare subject.

    >>> from pipelines.reading.grammar import grammar
    >>> from pipelines.vocabulary import load_vocabulary
    >>> words = grammar(load_vocabulary())
    >>> states("设施装备基本配套", words), states("通过产能置换和节能改造", words)
    (True, False)
    """
    opened = words.times.attributive.match(run)
    if words.times.manner.match(run):
        return False
    verb = verb_of(run[opened.end() :] if opened else run, words)
    return _commits(run, words) and bool(verb or words.times.state.search(run))


def _commits(run: str, words: Grammar) -> bool:
    """Whether a run says more than for what purpose (为实现碳达峰奠定坚实基础)."""
    return bool(run) and words.times.purpose.match(run) is None


def _comma_parts(string: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretches that commas outside brackets and quotations divide."""
    start, depth = begin, 0
    for mark in MARK.finditer(string, begin, end):
        if mark[0] in OPENING:
            depth += 1
        elif mark[0] in CLOSING:
            depth = max(0, depth - 1)
        elif not depth:
            yield start, mark.end()
            start = mark.end()
    if start < end:
        yield start, end


def _milestone(
    string: str, start: int, end: int, group: list[TimeExpression], words: Grammar
) -> list[Milestone]:
    """A milestone for each of the times that govern a run together."""
    # 到2030年，场内车辆装备等力争全面实现电动化: in the first run behind its time
    first = group[-1].end if start <= group[-1].end <= end else start
    first += string[first : first + 1] == "，"
    stop = string.find("，", first, end)
    within = words.strive.search(string, first, end if stop < 0 else stop)
    before = next((word for time in group if (word := striving(string, time, words))), "")
    striven = before or (within[0] if within else "")
    hedges = "、".join(
        dict.fromkeys(match["hedge"] for match in words.hedged_verb.finditer(string, start, end))
    )
    is_inside = start <= group[-1].start < end or group[-1].end <= start
    basis = group[-1].basis if is_inside else "bracket"
    return [Milestone(start, end, time, striven, hedges, basis) for time in group]
