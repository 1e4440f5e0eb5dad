"""The tables of a package in, their rows by what the frames of other tables ask for out."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from functools import cached_property

from pipelines.guard.lookups import Lookups
from pipelines.guard.reading import Edits
from pipelines.package.dataset import Dataset

Row = dict[str, object]
Added = Mapping[str, Sequence[object]]
# The parts of an index that several frames ask for, with the tables that they are made of.
PARTS: Mapping[str, tuple[str, ...]] = {
    **{name: (name,) for name in ("plans", "documents", "clauses", "places", "agencies", "issues")},
    "clause_order": ("clauses",),
    "places_below": ("places",),
    "edits": ("repairs", "documents"),
    "by_document": ("repairs",),
    "documents_of": ("documents",),
}


class Index:
    """The rows of a package's tables by what other tables ask for; each part is made when it is first asked for."""

    def __init__(self, package: Dataset, lookups: Lookups | None) -> None:
        self.package = package
        self.lookups = lookups
        self._rows: dict[str, list[Row]] = {}

    def share(self, other: "Index", changed: Collection[str]) -> None:
        """Takes over what another index holds of tables that are the same in both packages, all but `changed`."""
        self._rows |= {table: other.rows(table) for table in other.package.frames if table not in changed}
        for part, tables in PARTS.items():
            if not set(tables).intersection(changed):
                self.__dict__[part] = getattr(other, part)

    def rows(self, table: str) -> list[Row]:
        """The rows of a table in their order."""
        if table not in self._rows:
            found = self.package.frames[table]
            names = [str(name) for name in found.columns]
            columns = [found[name].tolist() for name in found.columns]
            self._rows[table] = [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]
        return self._rows[table]

    def by(self, table: str, *columns: str) -> dict[object, list[Row]]:
        """The rows of a table by the values of some of its columns (of one: by the value itself)."""
        found: dict[object, list[Row]] = defaultdict(list)
        for row in self.rows(table):
            found[row[columns[0]] if len(columns) == 1 else tuple(row[column] for column in columns)].append(
                row
            )
        return found

    def one(self, table: str, key: str) -> dict[object, Row]:
        """The rows of a table by a key; of two with the same, the first."""
        found: dict[object, Row] = {}
        for row in self.rows(table):
            found.setdefault(row[key], row)
        return found

    @cached_property
    def plans(self) -> dict[object, Row]:
        return self.one("plans", "plan_id")

    @cached_property
    def documents(self) -> dict[object, Row]:
        return self.one("documents", "document_id")

    @cached_property
    def clauses(self) -> dict[object, Row]:
        return self.one("clauses", "clause_id")

    @cached_property
    def places(self) -> dict[object, Row]:
        return self.one("places", "place_id")

    @cached_property
    def places_below(self) -> dict[object, list[object]]:
        """The places of each province."""
        return {
            province: [row["place_id"] for row in rows]
            for province, rows in self.by("places", "province").items()
        }

    @cached_property
    def agencies(self) -> dict[object, Row]:
        return self.one("agencies", "agency_id")

    @cached_property
    def clause_order(self) -> dict[object, int]:
        return {row["clause_id"]: place for place, row in enumerate(self.rows("clauses"))}

    @cached_property
    def edits(self) -> dict[object, Edits]:
        """The repairs of each document."""
        rows = self.by_document
        return {
            document: Edits.of(
                [
                    (row["source_start"], row["source_end"], str(row["after"] or ""))
                    for row in rows.get(document, [])
                    if isinstance(row["source_start"], int) and isinstance(row["source_end"], int)
                ]
            )
            for document in self.documents
        }

    @cached_property
    def issues(self) -> dict[object, set[object]]:
        """The kinds of issues by clause, and by document for those of no clause."""
        found: dict[object, set[object]] = defaultdict(set)
        for row in self.rows("issues"):
            found[row["clause_id"] or row["document_id"]].add(row["kind"])
        return found

    @cached_property
    def by_document(self) -> dict[object, list[Row]]:
        return self.by("repairs", "document_id")

    @cached_property
    def documents_of(self) -> dict[object, list[Row]]:
        return self.by("documents", "plan_id")

    def published(self, document: object) -> str | None:
        """The repaired text of a document, as published."""
        return self.package.texts.get(str(document))

    def place(self, document: object, raw_place: object) -> int | None:
        """Where a place of a seed stands in its repaired text; None if a repair goes over it or nothing is known."""
        edits = self.edits.get(document)
        return edits.place(raw_place) if edits is not None and isinstance(raw_place, int) else None

    def repaired(self, document: object, start: object, end: object) -> str | None:
        """`raw[start:end]` of a seed with its repairs; None without seeds, a sentence where there is no such text."""
        seeds = self.package.seeds
        if seeds is None:
            return None
        raw, edits = seeds.texts.get(str(document)), self.edits.get(document)
        if raw is None or edits is None or not isinstance(start, int) or not isinstance(end, int):
            return "(no seed)"
        found = edits.repaired(raw, start, end)
        return "(a repair lies across the edge, or the range leaves the seed)" if found is None else found

    def slice_of(self, document: object, start: object, end: object) -> str | None:
        """The same from the published text: without seeds, and without trusting the text of the row."""
        text = self.published(document)
        first, last = self.place(document, start), self.place(document, end)
        return None if text is None or first is None or last is None else text[first:last]

    def clause_text(self, clause: Row | None) -> str:
        return str(clause["text"] or "") if clause is not None else ""

    def offset(self, clause: Row | None, raw_place: object) -> int | None:
        """Where a place of the seed stands in the text of a clause."""
        if clause is None:
            return None
        base = self.place(clause["document_id"], clause["source_start"])
        place = self.place(clause["document_id"], raw_place)
        return None if base is None or place is None else place - base

    def unit_labels(self) -> Mapping[object, tuple[str, ...]]:
        """The words that stand for each unit; without the vocabulary of the code, the label alone."""
        if self.lookups is not None:
            return self.lookups.unit_labels
        return {row["unit_id"]: (str(row["label"]),) for row in self.rows("units")}

    def labels_of(self, row: Mapping[str, object]) -> tuple[str, ...]:
        """The full and the short name of the place of a plan or an agency."""
        label = self.places.get(row.get("place"), {}).get("label")
        short = self.lookups.short_places.get(row.get("place")) if self.lookups is not None else None
        return tuple(str(each) for each in (label, short) if each)

    def agency_rows(self, name: str, row: Row) -> list[Mapping[str, str]]:
        """What the vocabulary has for a printed name of an agency of a plan's or an agency's place."""
        return self.lookups.agency_rows(name, self.labels_of(row)) if self.lookups is not None else []

    def places_of_plan(self, plan: Row) -> tuple[object, ...]:
        """The places whose agencies a plan may name: its own, its province, those of its province plan."""
        own = plan.get("place")
        return (own, plan.get("province"), *(self.places_below.get(own, ()) if own is not None else ()))

    def issued_on(self, plan_id: object) -> object:
        plan = self.plans.get(plan_id)
        return plan["issued_on"] if plan is not None else None
