"""Reads a sentence of a clause: the numbers that commit the plan, with the time that governs each, and the milestones."""

from bisect import bisect_left
from dataclasses import dataclass

from pipelines.document.clauses import Clause, Part
from pipelines.reading.commitment import Commitment
from pipelines.reading.commitments import commitments
from pipelines.reading.governing import Governing, between, governed, since_baseline
from pipelines.reading.grammar import Grammar
from pipelines.reading.milestones import Milestone, milestones
from pipelines.reading.quantities import Quantity
from pipelines.reading.time_expressions import TimeExpression


@dataclass(frozen=True, slots=True)
class SentenceFacts:
    """What was read in a sentence; others and left_over say what its other numbers are (see `commitments`)."""

    commitments: list[Commitment]
    milestones: list[Milestone]
    others: dict[int, tuple[str, str]]
    left_over: frozenset[int]


def whole_sentences(clause: Clause) -> list[list[Part]]:
    """The sentences of a clause as they stand between full stops: parts that ； alone divides stay together."""
    string = clause.text.string
    sentences: list[list[Part]] = []
    for part in clause.sentences:
        if sentences and string[sentences[-1][-1].end : sentences[-1][-1].end + 1] == "；":
            sentences[-1].append(part)
        else:
            sentences.append([part])
    return sentences


def read_sentence(
    clause: Clause,
    sentence: list[Part],
    found: list[Quantity],
    times: list[TimeExpression],
    open_numbers: list[tuple[int, int]],
    words: Grammar,
    outside: Governing | None,
) -> SentenceFacts:
    """The facts of a sentence, given the quantities, the times and the unread numbers of its clause, in order.

    outside is the time that governs it where it has none of its own.
    """
    string = clause.text.string
    start, end = sentence[0].start, sentence[-1].end
    first = bisect_left(found, start, key=lambda number: number.start)
    after = bisect_left(found, end, lo=first, key=lambda number: number.start)
    inside = [number for number in found[first:after] if not _is_name(string, number)]
    its_times = between(times, start, end)
    due = [time for time in its_times if time.role in ("deadline", "yearless")]
    own: list[Commitment] = []
    others: dict[int, tuple[str, str]] = {}
    left_over: frozenset[int] = frozenset()
    if inside:
        reading = commitments(string, start, end, inside, times, words)
        others, left_over = reading.others, reading.left_over
        own = [
            since_baseline(commitment, its_times, string, start, words)
            for commitment in governed(string, reading.commitments, due, sentence, words, outside)
        ]
        if clause.role in ("context", "principle"):
            own = [commitment for commitment in own if commitment.time is not None]
    first, after = bisect_left(open_numbers, (start,)), bisect_left(open_numbers, (end,))
    numbered = [(one.start, one.quantity.end) for one in own] + open_numbers[first:after]
    for number in inside:
        is_measured = bool(number.unit) and number.unit not in words.counting_units
        # What the forms should have read: what stands round it is no milestone.
        if number.start in left_over or (is_measured and number.start not in others):
            numbered.append((number.start, number.end))
    numbered.sort(key=lambda span: span[1])
    return SentenceFacts(own, milestones(string, sentence, due, numbered, words, outside), others, left_over)


def _is_name(string: str, number: Quantity) -> bool:
    """Whether a number is part of a name: PM2.5 and 5G have letters beside it, “433” is quoted alone."""
    before, after = string[number.start - 1 : number.start], string[number.end : number.end + 1]
    if not number.unit and (after.isascii() and after.isalpha()):
        return True
    return before == "“" and after == "”"
