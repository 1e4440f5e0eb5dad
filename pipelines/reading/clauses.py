"""A clause in, everything that the tables hold of it out: measures, deadlines, targets, numbers."""

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from datetime import date

from pipelines.document.clauses import Clause, Part
from pipelines.reading.commitments import Commitment, commitments
from pipelines.reading.governing import governed, since_baseline
from pipelines.reading.grammar import Grammar, grammar
from pipelines.reading.ledger import Entry, ledger
from pipelines.reading.milestones import OPENS_LIST, Milestone, milestones
from pipelines.reading.moments import Moment, moments
from pipelines.reading.quantities import Quantity, quantities
from pipelines.reading.verbs import verb_of
from pipelines.vocabulary import Vocabulary

DIGIT = re.compile(r"\d")
# how an item of a list begins that 到2025年，主要目标如下： opens
LISTED = re.compile(r"\s*(?:\d{1,2}[．.、]|（\d{1,2}）|[①-⑳]|—|[一二三四五六七八九十]是)")


@dataclass(frozen=True, slots=True)
class Measure:
    """A sentence of an acting clause: what is to be done, by which verb, how binding."""

    part: Part
    verb: str
    bindingness: str


@dataclass(frozen=True, slots=True)
class ClauseFacts:
    """What was read in a clause; the offsets in it are those of the clause's text."""

    measures: tuple[Measure, ...]
    deadlines: tuple[Moment, ...]
    commitments: tuple[Commitment, ...]
    milestones: tuple[Milestone, ...]
    entries: tuple[Entry, ...]


def read_clause(clause: Clause, vocabulary: Vocabulary, issued_on: date | None) -> ClauseFacts:
    """The facts of one clause. issued_on is the plan's date: what ends before it is no deadline."""
    words = grammar(vocabulary)
    string = clause.text.string
    is_background = clause.role in ("context", "principle")
    times = _outside(moments(string, issued_on, is_background), clause.brackets)
    deadlines = [time for time in times if time.role == "deadline"]
    found: list[Quantity] = []
    if DIGIT.search(string):
        taken = [(time.start, time.end) for time in times] + [
            (part.start, part.end) for part in clause.brackets
        ]
        found = quantities(string, words, taken)
    committed: list[Commitment] = []
    reached: list[Milestone] = []
    others: dict[int, tuple[str, str]] = {}
    if found or deadlines:
        opened: Moment | None = None
        before: Moment | None = None
        for sentence in _whole_sentences(clause):
            start, end = sentence[0].start, sentence[-1].end
            first = bisect_left(found, start, key=lambda number: number.start)
            after = bisect_left(found, end, key=lambda number: number.start)
            inside = [number for number in found[first:after] if not _is_name(string, number)]
            its_times = _between(times, start, end)
            its_deadlines = _between(deadlines, start, end)
            if OPENS_LIST.search(string, end - 1, end + 1):
                # 到2025年，格局基本形成。具体目标如下：
                opened = its_deadlines[-1] if its_deadlines else before
            before = its_deadlines[-1] if its_deadlines else None
            line = string.rfind("\n", 0, start) + 1 if opened is not None else 0
            listed = opened if not its_deadlines and LISTED.match(string, line) else None
            own: list[Commitment] = []
            if inside:
                reading = commitments(string, start, end, inside, times, words)
                others |= reading.others
                own = [
                    since_baseline(commitment, its_times, string, start)
                    for commitment in governed(
                        string, reading.commitments, its_deadlines, sentence, words, listed
                    )
                ]
                if is_background:
                    own = [commitment for commitment in own if commitment.moment is not None]
                committed += own
            if its_deadlines:
                reached += milestones(string, sentence, its_deadlines, own, words)
    entries = ledger(clause, times, found, committed, others)
    measures = tuple(_measure(part, string, words) for part in clause.sentences) if clause.is_acting else ()
    return ClauseFacts(measures, tuple(deadlines), tuple(committed), tuple(reached), tuple(entries))


def _between(times: list[Moment], start: int, end: int) -> list[Moment]:
    """The times that begin in `[start, end)`; they are in order."""
    first = bisect_left(times, start, key=lambda time: time.start)
    return times[first : bisect_left(times, end, lo=first, key=lambda time: time.start)]


def _outside(times: list[Moment], brackets: tuple[Part, ...]) -> list[Moment]:
    """Time expressions inside a responsibility bracket say nothing of a commitment."""
    if not brackets:
        return times
    return [
        replace(time, role="name")
        if time.role == "deadline" and any(part.start <= time.start < part.end for part in brackets)
        else time
        for time in times
    ]


def _is_name(string: str, number: Quantity) -> bool:
    """Whether a number is part of a name: PM2.5 and 5G have letters beside it, “433” is quoted alone."""
    before, after = string[number.start - 1 : number.start], string[number.end : number.end + 1]
    if not number.unit and (after.isascii() and after.isalpha()):
        return True
    return before == "“" and after == "”"


def _whole_sentences(clause: Clause) -> list[list[Part]]:
    """The sentences of a clause as they stand between full stops: parts that ； alone divides stay together."""
    string = clause.text.string
    sentences: list[list[Part]] = []
    for part in clause.sentences:
        if sentences and string[sentences[-1][-1].end : sentences[-1][-1].end + 1] == "；":
            sentences[-1].append(part)
        else:
            sentences.append([part])
    return sentences


def _measure(part: Part, string: str, words: Grammar) -> Measure:
    """The measure of a sentence. A sentence without a verb of the vocabulary states what is to be: require."""
    verb = verb_of(string[part.start : part.end], words)
    return Measure(part, verb, words.verbs[verb].bindingness if verb else "require")
