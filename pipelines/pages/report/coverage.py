"""Measures how much of each plan's text gave rows, and finds what did not, and why.

The text is read again here, sentence by sentence, with nothing but a few patterns, so that a sentence that the
extraction passed over is seen.
"""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from pipelines.reading.dates import DATE

Row = Mapping[str, Any]
Rows = Mapping[str, Sequence[Row]]
Range = tuple[int, int]
RangesOf = Callable[[Row], Sequence[Range]]

NEEDED = (
    "plans",
    "documents",
    "clauses",
    "measures",
    "targets",
    "deadlines",
    "agencies",
    "responsibilities",
    "numbers",
    "repairs",
)
ACTING = ("task", "assurance")
MARK = re.compile(r"[。；！？\n（）“”《》]")
OPENING, CLOSING = "（“《", "）”》"
DIGIT = re.compile(r"\d")
# Numerals that are no number of something: 一体, and the printed number of a clause or an item.
NO_NUMBER = ("word", "ordinal")


@dataclass(frozen=True, slots=True)
class Mark:
    """A passage `[start, end)` of a sentence that should have given a row, and what the ledger says it is.

    `kind` is a disposition of the table numbers; empty for an agency, or where the ledger has no such row.
    """

    start: int
    end: int
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a clause that holds a number, a date or an agency and gave no row of that kind."""

    clause_id: str
    text: str
    marks: tuple[Mark, ...]

    @property
    def pieces(self) -> list[tuple[str, bool]]:
        """The sentence cut at its marks, each piece with whether it is marked."""
        pieces, done = [], 0
        for mark in self.marks:
            pieces += [(self.text[done : mark.start], False), (self.text[mark.start : mark.end], True)]
            done = mark.end
        return [piece for piece in [*pieces, (self.text[done:], False)] if piece[0]]

    @property
    def kinds(self) -> tuple[str, ...]:
        """The dispositions of what is marked, each once."""
        return tuple(dict.fromkeys(mark.kind for mark in self.marks if mark.kind))


@dataclass(frozen=True, slots=True)
class Share:
    """Of `cases` sentences or clauses of one kind, `rows` gave rows; the others are in `missing`."""

    cases: int
    rows: int
    missing: tuple[Sentence, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanCoverage:
    """How much of one plan gave rows."""

    plan_id: str
    clauses: int
    sentences: int
    responsible: Share
    measures: Share
    numbers: Share
    dates: Share
    agencies: Share
    dispositions: Mapping[str, int]


def coverage(tables: Rows) -> list[PlanCoverage]:
    """The coverage of each plan, in the order of the table plans; needs the tables of `NEEDED`, whole."""
    places = _Places(tables["repairs"])
    ranges = {
        name: _by_clause(tables[name])
        for name in ("measures", "targets", "deadlines", "responsibilities", "numbers")
    }
    return [_of_plan(plan, tables, ranges, places) for plan in tables["plans"]]


def sentences(text: str) -> list[Range]:
    """Where the sentences of a text stand: cut at 。；！？ outside brackets and quotes, and at line breaks.

    >>> text = "（七）推进。加快“一水。多用”；到2025年，完成改造。\\n（市水务局负责）"
    >>> [text[start:end] for start, end in sentences(text)]
    ['（七）推进。', '加快“一水。多用”；', '到2025年，完成改造。', '（市水务局负责）']
    """
    found: list[Range] = []
    depth = done = 0
    for match in MARK.finditer(text):
        mark, place = match[0], match.start()
        if mark in OPENING:
            depth += 1
        elif mark in CLOSING:
            depth = max(0, depth - 1)
        elif depth == 0 or mark == "\n":
            found.append((done, place + (mark != "\n")))
            done = place + 1
            depth = 0 if mark == "\n" else depth
    found.append((done, len(text)))
    return [(start, end) for start, end in found if text[start:end].strip()]


@dataclass(frozen=True, slots=True)
class _Read:
    """A sentence of a clause with what was found in it, and the ranges of the clause that gave rows."""

    clause: Row
    start: int
    end: int

    @property
    def text(self) -> str:
        return str(self.clause["text"])[self.start : self.end]

    def holds(self, ranges: Iterable[Range]) -> bool:
        return any(start < self.end and end > self.start for start, end in ranges)


class _Places:
    """Where a place of a seed stands in the text of a clause: counted through the table repairs."""

    def __init__(self, repairs: Sequence[Row]) -> None:
        found: dict[object, list[Row]] = defaultdict(list)
        for row in repairs:
            found[row["document_id"]].append(row)
        self._starts: dict[object, list[int]] = {}
        self._growth: dict[object, list[int]] = {}
        for document, rows in found.items():
            rows.sort(key=lambda row: row["source_start"])
            self._starts[document] = [row["source_start"] for row in rows]
            self._growth[document] = [
                0,
                *accumulate(
                    len(row["after"] or "") - (row["source_end"] - row["source_start"]) for row in rows
                ),
            ]

    def inside(self, clause: Row, row: Row) -> Range:
        """The range of a row in the text of its clause."""
        return self._place(clause, row["source_start"]), self._place(clause, row["source_end"])

    def _place(self, clause: Row, place: int) -> int:
        starts = self._starts.get(clause["document_id"], [])
        growth = self._growth.get(clause["document_id"], [0])
        start = clause["source_start"]
        return int(place - start + growth[bisect_left(starts, place)] - growth[bisect_left(starts, start)])


def _by_clause(rows: Sequence[Row]) -> Mapping[object, list[Row]]:
    found: dict[object, list[Row]] = defaultdict(list)
    for row in rows:
        # An inherited responsibility is printed in another clause; a milestone is a commitment without a number.
        if row.get("basis") != "inherited" and row.get("kind") != "milestone":
            found[row["clause_id"]].append(row)
    return found


def _of_plan(
    plan: Row, tables: Rows, rows: Mapping[str, Mapping[object, list[Row]]], places: _Places
) -> PlanCoverage:
    plan_id = plan["plan_id"]
    clauses = [row for row in tables["clauses"] if row["plan_id"] == plan_id]
    names = _agency_names(plan_id, tables)
    ranges = {
        (table, clause["clause_id"]): [
            (*places.inside(clause, row), row) for row in rows[table].get(clause["clause_id"], ())
        ]
        for table in rows
        for clause in clauses
    }

    def of(table: str, clause: Row) -> list[Range]:
        return [(start, end) for start, end, _ in ranges[table, clause["clause_id"]]]

    read = [_Read(clause, *each) for clause in clauses for each in sentences(str(clause["text"]))]
    acting = [clause for clause in clauses if clause["role"] in ACTING]
    charged = {row["clause_id"] for row in tables["responsibilities"]}
    nobody = [clause for clause in acting if clause["clause_id"] not in charged]
    numbers, dates, agencies = [], [], []
    for sentence in read:
        ledger = [
            Mark(start - sentence.start, end - sentence.start, row["disposition"])
            for start, end, row in ranges["numbers", sentence.clause["clause_id"]]
            if row["disposition"] not in NO_NUMBER and sentence.start <= start < sentence.end
        ]
        times = _marks(DATE, sentence.text)
        if times:
            dates.append((sentence, [_ledgered(mark, ledger) for mark in times]))
        others = [mark for mark in _marked(DIGIT, sentence.text, ledger) if not _touches(mark, times)]
        if others:
            numbers.append((sentence, others))
        if names is not None and names.search(sentence.text):
            agencies.append((sentence, _marks(names, sentence.text)))
    return PlanCoverage(
        plan_id=str(plan_id),
        clauses=len(clauses),
        sentences=len(read),
        responsible=Share(
            len(acting),
            len(acting) - len(nobody),
            tuple(Sentence(str(clause["clause_id"]), str(clause["title"] or ""), ()) for clause in nobody),
        ),
        measures=_share(
            [(each, ()) for each in read if _is_to_act(each, of("responsibilities", each.clause))],
            lambda clause: of("measures", clause),
        ),
        numbers=_share(numbers, lambda clause: of("targets", clause)),
        dates=_share(dates, lambda clause: of("deadlines", clause)),
        agencies=_share(agencies, lambda clause: of("responsibilities", clause)),
        dispositions=Counter(row["disposition"] for row in tables["numbers"] if row["plan_id"] == plan_id),
    )


def _is_to_act(sentence: _Read, brackets: Sequence[Range]) -> bool:
    """Whether a sentence says what is to be done: it stands in an acting clause, and is no heading and no bracket."""
    title = sentence.clause["title"]
    is_heading = sentence.start == 0 and bool(title) and str(title) in sentence.text
    said = sentence.text.strip("（）。；\n")
    is_bracket = sentence.holds(brackets) and said in str(sentence.clause["responsibility_text"])
    return sentence.clause["role"] in ACTING and not is_heading and not is_bracket


def _share(found: Sequence[tuple[_Read, Sequence[Mark]]], rows: RangesOf) -> Share:
    missing = [(sentence, marks) for sentence, marks in found if not sentence.holds(rows(sentence.clause))]
    return Share(
        len(found),
        len(found) - len(missing),
        tuple(
            Sentence(str(sentence.clause["clause_id"]), sentence.text, tuple(marks))
            for sentence, marks in missing
        ),
    )


def _marks(pattern: re.Pattern[str], text: str) -> list[Mark]:
    return [Mark(match.start(), match.end()) for match in pattern.finditer(text)]


def _marked(pattern: re.Pattern[str], text: str, ledger: Sequence[Mark]) -> list[Mark]:
    """The numbers of the ledger in a sentence, and the digits that it does not know."""
    known = sorted(
        (Mark(each.start, min(each.end, len(text)), each.kind) for each in ledger),
        key=lambda mark: mark.start,
    )
    unknown = [mark for mark in _marks(pattern, text) if not _touches(mark, known)]
    return list(_apart(sorted([*known, *unknown], key=lambda mark: mark.start)))


def _apart(marks: Iterable[Mark]) -> Iterator[Mark]:
    done = 0
    for mark in marks:
        if mark.start >= done:
            yield mark
            done = mark.end


def _touches(mark: Mark, others: Iterable[Mark]) -> bool:
    return any(each.start < mark.end and each.end > mark.start for each in others)


def _ledgered(mark: Mark, ledger: Sequence[Mark]) -> Mark:
    kind = next((each.kind for each in ledger if _touches(each, [mark])), "")
    return Mark(mark.start, mark.end, kind)


def _agency_names(plan_id: object, tables: Rows) -> re.Pattern[str] | None:
    """Any name by which the tables know an agency of a plan: as a bracket prints it, in full and short."""
    own = [row for row in tables["responsibilities"] if row["plan_id"] == plan_id]
    ids = {row["agency_id"] for row in own}
    names = {str(row["as_written"]) for row in own}
    names |= {
        str(name)
        for row in tables["agencies"]
        if row["agency_id"] in ids
        for name in (row["name"], row["short_name"])
        if name
    }
    longest_first = sorted(names, key=lambda name: (-len(name), name))
    return re.compile("|".join(map(re.escape, longest_first))) if longest_first else None
