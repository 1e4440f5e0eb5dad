"""Reads a clause: its measures, deadlines, targets, milestones and numbers."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipelines.document.clauses import Clause, Part
from pipelines.reading.commitment import Commitment
from pipelines.reading.governing import governing_from_outside
from pipelines.reading.grammar import Grammar, grammar
from pipelines.reading.ledger import Entry, figures, ledger
from pipelines.reading.milestones import Milestone
from pipelines.reading.planyears import NO_YEARS, PlanYears
from pipelines.reading.quantities import Quantity, quantities
from pipelines.reading.sentences import read_sentence, whole_sentences
from pipelines.reading.tables import read_tables
from pipelines.reading.time_expressions import TimeExpression, time_expressions
from pipelines.reading.unread import unread
from pipelines.reading.verbs import verb_of
from pipelines.vocabulary import Vocabulary

DIGIT = re.compile(r"\d")
NO_YEAR = "A time that names no year"
ROW = "A number of a table's row"
LONGEST_LABEL = 8  # characters
NUMERAL = re.compile(r"[\d一二三四五六七八九十]")


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
    deadlines: tuple[TimeExpression, ...]
    commitments: tuple[Commitment, ...]
    milestones: tuple[Milestone, ...]
    entries: tuple[Entry, ...]
    unread: tuple[tuple[int, int, str], ...]
    listed: TimeExpression | None


def read_clauses(clauses: Sequence[Clause], vocabulary: Vocabulary, years: PlanYears) -> list[ClauseFacts]:
    """The facts of each clause of a plan; the time of a list that one opens governs the items in the next."""
    found: list[ClauseFacts] = []
    listed: TimeExpression | None = None
    for clause in clauses:
        facts = read_clause(clause, vocabulary, years, listed)
        listed = facts.listed
        if listed is not None and not listed.stands_in:
            deadline_id = f"{clause.clause_id}/d{facts.deadlines.index(listed) + 1}"
            listed = replace(listed, start=-1, end=-1, stands_in=deadline_id)
        found.append(facts)
    return found


def read_clause(
    clause: Clause, vocabulary: Vocabulary, years: PlanYears = NO_YEARS, listed: TimeExpression | None = None
) -> ClauseFacts:
    """The facts of one clause.

    years says what lies before the plan, and its year if it is for one; listed is the time of a list that
    an earlier clause opens (到2025年，主要目标如下：) and whose items this one may be.
    """
    words = grammar(vocabulary)
    string = clause.text.string
    of_tables = read_tables(clause.tables, string, words, vocabulary, years.begins)
    in_tables = [(table.start, table.reach) for table in clause.tables if table.kind != "task"]
    in_tables += [(part.start, part.end) for part in clause.figures]
    times = _outside(
        time_expressions(string, words.times, years, _is_description(clause, words)), clause, words
    )
    times = [time for time in times if not _lies_in(time.start, in_tables)]
    deadlines = [time for time in times if time.role == "deadline"]
    stated = [replace(time, role="deadline") if time.role == "goal" else time for time in times]
    found: list[Quantity] = []
    if DIGIT.search(string):
        taken = [*in_tables, *((time.start, time.end) for time in times)]
        taken += [(part.start, part.end) for part in clause.brackets]
        found = quantities(string, words, taken)
    passages = [passage for passage in unread(string, vocabulary) if not _lies_in(passage[0], in_tables)]
    open_numbers = sorted((start, end) for start, end, _ in passages)
    passages += [(time.start, time.end, NO_YEAR) for time in times if time.role == "yearless"]
    passages += [(start, end, ROW) for start, end in of_tables.unread]
    committed: list[Commitment] = []
    reached: list[Milestone] = []
    others: dict[int, tuple[str, str]] = {}
    left_over: set[int] = set()
    sentences = whole_sentences(clause)
    outside, listed = governing_from_outside(clause, sentences, deadlines, words, years, listed)
    for sentence, governing in zip(sentences, outside, strict=True):
        facts = read_sentence(clause, sentence, found, times, open_numbers, words, governing)
        committed += facts.commitments
        reached += facts.milestones
        others |= facts.others
        left_over |= facts.left_over
    given = [
        entry if entry.commitment is None else replace(entry, commitment=entry.commitment + len(committed))
        for entry in of_tables.entries
    ]
    given += figures(clause)
    entries = ledger(
        clause, _with_numerals(stated, string), found, committed, others, frozenset(left_over), words, given
    )
    measures = tuple(_measure(part, string, words) for part in clause.sentences) if clause.is_acting else ()
    return ClauseFacts(
        measures,
        tuple(
            sorted(
                [*(time for time in stated if time.role == "deadline"), *of_tables.deadlines],
                key=lambda time: time.start,
            )
        ),
        (*committed, *of_tables.commitments),
        (*reached, *of_tables.milestones),
        tuple(entries),
        tuple(passages),
        listed,
    )


def _lies_in(place: int, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= place < end for start, end in spans)


def _is_description(clause: Clause, words: Grammar) -> bool:
    """Whether a clause says how things stand (面临形势); general requirements (总体要求) set aims too, and so does a
    paragraph that a time by when opens (到2025年，…), wherever it stands."""
    if clause.role != "context" or words.times.general.search(clause.role_as_written):
        return False
    opening = words.times.patterns.point.match(clause.text.string)
    return opening is None or not opening["lead"]


def _outside(times: list[TimeExpression], clause: Clause, words: Grammar) -> list[TimeExpression]:
    """The times of a clause; those inside a bracket of the responsible are deadlines only where they say by when, and
    what a preface cites is background."""
    if clause.role == "context" and not clause.role_as_written:
        times = [replace(time, role="background") if time.role == "goal" else time for time in times]
    if not clause.brackets:
        return times
    string = clause.text.string
    return [
        replace(time, role="name")
        if time.role == "deadline"
        and time.kind != "by"
        and any(part.start <= time.start < part.end for part in clause.brackets)
        and not words.times.label_before.search(string, max(0, time.start - LONGEST_LABEL), time.start)
        else time
        for time in times
    ]


def _with_numerals(times: list[TimeExpression], string: str) -> list[TimeExpression]:
    """The times that are entries of the ledger: deadlines, and others with a numeral; 6月底前 without a year is a date."""
    return [
        replace(time, role="date") if time.role == "yearless" else time
        for time in times
        if time.role == "deadline" or NUMERAL.search(string, time.start, time.end)
    ]


def _measure(part: Part, string: str, words: Grammar) -> Measure:
    """The measure of a sentence. A sentence without a verb of the vocabulary states what is to be: require."""
    verb = verb_of(string[part.start : part.end], words)
    return Measure(part, verb, words.verbs[verb].bindingness if verb else "require")
