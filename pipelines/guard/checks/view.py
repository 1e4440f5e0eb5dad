"""Gives checks the columns of a package, its rows by key, and where each row stands in the published text."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property
from itertools import repeat
from typing import Any

import numpy as np

from pipelines.package.dataset import Dataset
from pipelines.vocabulary import Vocabulary

Row = Mapping[str, Any]
# Where a row stands in the published text of its document: document_id, start, end.
Span = tuple[str, int, int]
# Tables whose rows stand in a clause, with the letter of their ids and the column that holds their words.
CHILDREN: Mapping[str, tuple[str, str]] = {
    "measures": ("m", "text"),
    "targets": ("t", "quote"),
    "topics": ("s", "as_written"),
    "deadlines": ("d", "as_written"),
    "responsibilities": ("r", "as_written"),
    "numbers": ("n", "as_written"),
    "citations": ("c", "as_written"),
}
# What a text holds at a place that no repair leaves whole.
NOWHERE = "(no such place)"


class View:
    """The tables of a package as checks read them; each part is made once, when it is first asked for.

    `vocabulary` is None for a package of another version than the code: its words do not bind it.
    """

    def __init__(self, package: Dataset, vocabulary: Vocabulary | None) -> None:
        self.package = package
        self.vocabulary = vocabulary
        self._rows: dict[str, list[Row]] = {}
        self._spans: dict[str, list[Span | None]] = {}
        self._by: dict[tuple[str, str], dict[Any, list[Row]]] = {}
        self._one: dict[str, dict[Any, Row]] = {}
        self._beside: dict[str, list[tuple[str, str]]] = {}

    def column(self, table: str, name: str) -> list[Any]:
        """The values of a column; nothing but None where the table has no such column."""
        frame = self.package.frames[table]
        return frame[name].tolist() if name in frame.columns else [None] * len(frame)

    def rows(self, table: str) -> list[Row]:
        """The rows of a table in their order."""
        if table not in self._rows:
            frame = self.package.frames[table]
            names = [str(name) for name in frame.columns]
            columns = [frame[name].tolist() for name in frame.columns]
            self._rows[table] = [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]
        return self._rows[table]

    def by(self, table: str, column: str) -> Mapping[Any, list[Row]]:
        """The rows of a table by the value of a column; asking for a value that no row has gives no rows."""
        if (table, column) not in self._by:
            found: dict[Any, list[Row]] = defaultdict(list)
            for row in self.rows(table):
                found[row[column]].append(row)
            self._by[table, column] = found
        return defaultdict(list, self._by[table, column])

    def one(self, table: str) -> Mapping[Any, Row]:
        """The rows of a table by its first column."""
        if table not in self._one:
            key = str(self.package.frames[table].columns[0])
            self._one[table] = {row[key]: row for row in reversed(self.rows(table))}
        return self._one[table]

    def home(self, row: Row) -> Row | None:
        """The clause whose text a row stands in: its own, or that which an inherited responsibility comes from."""
        return self.one("clauses").get(row.get("inherited_from") or row["clause_id"])

    def text(self, document_id: object) -> str:
        """The published text of a document."""
        return self.package.texts.get(str(document_id), "")

    def spans(self, table: str) -> list[Span | None]:
        """Where each row of a table stands in the published text; None where a repair lies across an end of its range."""
        if table not in self._spans:
            homes = (self.home(row) for row in self.rows(table)) if table in CHILDREN else self.rows(table)
            documents = [str(home["document_id"]) if home is not None else "" for home in homes]
            rounded = table == "blocks"  # which may end in the middle of blanks and marks that were taken out
            starts = self._places(documents, self.column(table, "source_start"), rounded=rounded)
            ends = self._places(documents, self.column(table, "source_end"), rounded=rounded)
            self._spans[table] = [
                (document, start, end) if start is not None and end is not None else None
                for document, start, end in zip(documents, starts, ends, strict=True)
            ]
        return self._spans[table]

    def words(self, table: str) -> list[str]:
        """What the published text holds where each row of a table stands."""
        return [
            self.text(span[0])[span[1] : span[2]] if span is not None else NOWHERE
            for span in self.spans(table)
        ]

    def words_at(self, documents: list[str], starts: list[Any], ends: list[Any]) -> list[str]:
        """What the published texts of documents hold between places of their seeds."""
        found = zip(documents, self._places(documents, starts), self._places(documents, ends), strict=True)
        return [
            self.text(document)[start:end] if start is not None and end is not None else NOWHERE
            for document, start, end in found
        ]

    @cached_property
    def _tables(self) -> Mapping[Any, list[tuple[Row, Span]]]:
        found: dict[Any, list[tuple[Row, Span]]] = defaultdict(list)
        for block, span in zip(self.rows("blocks"), self.spans("blocks"), strict=True):
            if block["kind"] == "table" and span is not None:
                found[block["document_id"]].append((block, span))
        return found

    def table_around(self, row: Row) -> Span | None:
        """Where the table stands, in the published text, that a row stands in; None for one that stands in none."""
        tables = self._tables[(self.home(row) or {}).get("document_id")]
        at = row["source_start"]
        return next(
            (span for block, span in tables if block["source_start"] <= at < block["source_end"]), None
        )

    @cached_property
    def clause_spans(self) -> Mapping[Any, Span | None]:
        """Where each clause stands in the published text."""
        return dict(zip(self.column("clauses", "clause_id"), self.spans("clauses"), strict=True))

    def inner_spans(
        self, table: str, which: Iterable[bool] = repeat(True)
    ) -> Mapping[Any, list[tuple[int, int]]]:
        """By clause, where its own rows of a table (of those that `which` takes) stand in its text, in their order."""
        found: dict[Any, list[tuple[int, int]]] = defaultdict(list)
        for clause_id, span, taken in zip(
            self.column(table, "clause_id"), self.spans(table), which, strict=False
        ):
            home = self.clause_spans.get(clause_id)
            if taken and span is not None and home is not None and home[1] <= span[1] and span[2] <= home[2]:
                found[clause_id].append((span[1] - home[1], span[2] - home[1]))
        return found

    def beside(self, table: str) -> list[tuple[str, str]]:
        """What stands in its clause before and behind each row of a table; nothing for one that stands in none."""
        if table not in self._beside:
            columns = (self.column("clauses", name) for name in ("clause_id", "text"))
            texts = dict(zip(*columns, strict=True))
            self._beside[table] = []
            for clause_id, span in zip(self.column(table, "clause_id"), self.spans(table), strict=True):
                home, text = self.clause_spans.get(clause_id), texts.get(clause_id) or ""
                inside = span is not None and home is not None and home[1] <= span[1] and span[2] <= home[2]
                at, to = (
                    (span[1] - home[1], span[2] - home[1]) if inside and span and home else (0, len(text))
                )
                self._beside[table].append((text[:at], text[to:]))
        return self._beside[table]

    @cached_property
    def _repairs(self) -> Mapping[str, tuple[Any, Any, Any]]:
        """By document: where its repairs start and end in the seed, and how far each moves what follows."""
        rows: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
        columns = ("document_id", "source_start", "source_end", "after")
        for document, start, end, after in zip(
            *(self.column("repairs", each) for each in columns), strict=True
        ):
            if isinstance(start, int) and isinstance(end, int):
                rows[str(document)].append((start, end, len(after or "") - (end - start)))
        return {
            document: (ordered[:, 0], ordered[:, 1], np.concatenate(([0], np.cumsum(ordered[:, 2]))))
            for document, edits in rows.items()
            for ordered in [np.array(sorted(edits), dtype=np.int64)]
        }

    def _places(self, documents: list[str], places: list[Any], *, rounded: bool = False) -> list[int | None]:
        """Where places of seeds stand in the published texts; None for what is no place.

        A place inside a repair is none either, or is rounded to where the repair begins.
        """
        found: list[int | None] = [None] * len(places)
        at: dict[str, list[int]] = defaultdict(list)
        for row, (document, place) in enumerate(zip(documents, places, strict=True)):
            if isinstance(place, int) and not isinstance(place, bool):
                at[document].append(row)
        for document, rows in at.items():
            raw = np.array([places[row] for row in rows], dtype=np.int64)
            if document not in self._repairs:
                moved, whole = raw, np.ones(len(raw), dtype=bool)
            else:
                starts, ends, shifts = self._repairs[document]
                count = np.searchsorted(starts, raw, side="left")  # repairs that begin before the place
                before = np.maximum(count - 1, 0)
                whole = (count == 0) | (ends[before] <= raw)
                moved = np.where(whole, raw + shifts[count], starts[before] + shifts[before])
            for row, place, is_whole in zip(rows, moved.tolist(), whole.tolist(), strict=True):
                found[row] = place if is_whole or rounded else None
        return found
