"""Finds the words that a row which a check refuses came from, in their context."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipelines.guard.report import Failure
from pipelines.package.dataset import Dataset
from pipelines.text.provenance import repaired

AROUND = 60  # characters of a seed shown on each side
LONGEST = 400  # characters of the words themselves
# Where the words of a row stand that has no range, or whose range leads nowhere.
WORDS = ("quote", "as_written", "text")

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Passage:
    """The words of a row with what stands before and after them; `place` is the file with line and column."""

    place: str
    before: str
    quote: str
    after: str


class Passages:
    """Finds passages; holds up with tables that lack columns, and with ranges that lead out of the seed."""

    def __init__(self, package: Dataset) -> None:
        self._package = package
        self._rows: dict[tuple[str, tuple[str, ...]], dict[tuple[str, ...], Row]] = {}
        self._edits: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
        repairs = package.frames.get("repairs")
        for row in repairs.to_dict("records") if repairs is not None else []:
            start, end = row.get("source_start"), row.get("source_end")
            if isinstance(start, int) and isinstance(end, int) and start <= end:
                self._edits[str(row.get("document_id"))].append((start, end, str(row.get("after") or "")))
        for edits in self._edits.values():
            edits.sort()

    def of(self, table: str, failure: Failure) -> Passage | None:
        """The passage of the row that a failure names; None if there is no such row, or if it has no words."""
        row = self._row(table, failure.key)
        if row is None:
            return None
        document = self._document(row)
        raw = self._package.seeds.texts.get(document) if self._package.seeds is not None else None
        start, end = row.get("source_start"), row.get("source_end")
        if (
            raw is not None
            and isinstance(start, int)
            and isinstance(end, int)
            and 0 <= start < end <= len(raw)
        ):
            return self._in_seed(document, raw, start, end)
        return self._in_clause(row)

    def _in_seed(self, document: str, raw: str, start: int, end: int) -> Passage:
        edits = self._edits[document]
        line, column = raw.count("\n", 0, start) + 1, start - raw.rfind("\n", 0, start)

        def text(first: int, last: int) -> str:
            inside = edits[bisect_left(edits, (first,)) : bisect_right(edits, (last,))]
            return repaired(raw, first, last, inside)

        return Passage(
            f"seeds/{self._path(document)}:{line}:{column}",
            _flat(text(max(0, start - AROUND), start)),
            _flat(_short(text(start, end) or raw[start:end])),
            _flat(text(end, min(len(raw), end + AROUND))),
        )

    def _in_clause(self, row: Row) -> Passage | None:
        """Where there are no seeds: the words of the row, in the clause that it says it stands in."""
        words = next((str(row[name]) for name in WORDS if row.get(name)), "")
        if not words:
            return None
        clause_id = str(row.get("clause_id") or "")
        clause = self._row("clauses", (("clause_id", clause_id),))
        text = str(clause.get("text") or "") if clause is not None else ""
        place = text.find(words)
        if place < 0:
            return Passage(clause_id, "", _flat(_short(words)), "")
        end = place + len(words)
        return Passage(
            clause_id,
            _flat(text[max(0, place - AROUND) : place]),
            _flat(_short(words)),
            _flat(text[end : end + AROUND]),
        )

    def _row(self, table: str, key: Sequence[tuple[str, str]]) -> Row | None:
        frame = self._package.frames.get(table)
        names = tuple(name for name, _ in key)
        if frame is None or not names or not set(names) <= set(frame.columns):
            return None
        if (table, names) not in self._rows:
            self._rows[table, names] = {
                tuple(str(row[name]) for name in names): row for row in reversed(frame.to_dict("records"))
            }
        return self._rows[table, names].get(tuple(value for _, value in key))

    def _document(self, row: Row) -> str:
        if row.get("document_id"):
            return str(row["document_id"])
        plan = self._row("plans", (("plan_id", str(row.get("plan_id"))),))
        return str(plan.get("base_document_id")) if plan is not None else ""

    def _path(self, document: str) -> str:
        row = self._row("documents", (("document_id", document),))
        return str(row.get("path")) if row is not None else document


def _short(words: str) -> str:
    return words if len(words) <= LONGEST else f"{words[:LONGEST]}…"


def _flat(words: str) -> str:
    return words.replace("\n", " ⏎ ")
