"""Finds what changed each row that differs between two packages, where that can be told.

A row is made from the words of a seed, mended by errata, read by rules with the help of vocabularies. So, in this
order, the first that fits:

- schema: the row differs only in columns that were retyped or whose codes changed.
- seed: the sha256 of a document that the row was read from differs, or the document is in one package only, and
  so does what the row stands on: its words, its place, or the words of its clause and of the rows that it names.
- errata: a repair of the rule erratum differs inside the row's source range, or inside its clause.
- vocabulary: the row belongs to a vocabulary, or what differs names a row of one that differs.
- rules: the same seeds and repairs gave another result.

A row of no document can be told only if nothing but the rules changed; otherwise its cause stays empty.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from pipelines.package.printed import Key, Reference, Table
from pipelines.seeds.sources import HAND_REPAIRS

SCHEMA, SEED, ERRATA, VOCABULARY, RULES = CAUSES = ("schema", "seed", "errata", "vocabulary", "rules")
# Of a file alone: the same rows in other bytes.
FORMAT = "format"
DOCUMENTS, PLANS, CLAUSES, AGENCIES = "documents", "plans", "clauses", "agencies"
REPAIRS, ISSUES = "repairs", "issues"
# The columns that print words of a seed, and those that say where these stand; the others are what rules made of them.
WORDS = frozenset({"quote", "text", "as_written", "before", "after", "chapter_title", "responsibility_text"})
PLACES = frozenset({"source_start", "source_end", "position", "plan_start", "plan_end"})


class Mended(NamedTuple):
    """A range of a seed that an erratum mends."""

    document_id: str
    start: int
    end: int
    after: str


class Causes:
    """What two packages differ in at their roots: documents, errata, vocabularies, codes."""

    def __init__(self, old: Mapping[str, Table], new: Mapping[str, Table]) -> None:
        self._sides = (old, new)
        self._vocabularies = _vocabularies(old) | _vocabularies(new)
        self._seeds = _changed_seeds(old, new)
        self._errata = _errata(old) ^ _errata(new)
        self._entries = {name: _differing(old.get(name), new.get(name)) for name in self._vocabularies}
        self._recoded = set(_recoded(old, new))
        self._only_rules = not (self._seeds or self._errata or any(self._entries.values()))

    def is_vocabulary(self, table: str) -> bool:
        """Whether a table was read from no document."""
        return table in self._vocabularies

    def are_codes(self, table: str) -> bool:
        """Whether the keys of a table are codes that other tables use: a vocabulary, agencies apart."""
        return table in self._vocabularies and table != AGENCIES

    def of(self, table: str, key: Key, columns: Sequence[str]) -> str:
        """The cause of a change in these columns of a row; empty where it cannot be told."""
        if columns and all((table, column) in self._recoded for column in columns):
            return SCHEMA
        if table == AGENCIES:
            return self._of_agency(key)
        if table in self._vocabularies:
            return VOCABULARY
        documents = {each for side in self._sides for each in self._documents(side, table, key)}
        if documents & self._seeds and self._is_of_the_seed(table, key, columns):
            return SEED
        if documents and any(self._is_mended(side, table, key, documents) for side in self._sides):
            return ERRATA
        if self._names_changed_entry(table, key, columns):
            return VOCABULARY
        return RULES if documents or self._only_rules else ""

    def of_document(self, document_id: str) -> str:
        """The cause of a change in the repaired text of a document."""
        if document_id in self._seeds:
            return SEED
        return ERRATA if any(mended.document_id == document_id for mended in self._errata) else RULES

    def _is_of_the_seed(self, table: str, key: Key, columns: Sequence[str]) -> bool:
        """Whether another seed can have brought the change: what the row stands on is another in the two packages.

        The same words in the same clause that gave another value were read by other rules, whatever the seed
        says elsewhere. A row that is read from a document as a whole stands on all of it.
        """
        rows = [_row(side, table, key) for side in self._sides]
        there = [row for row in rows if row is not None]
        if len(there) < len(rows):
            clauses = {_clause_text(side, row) for side in self._sides for row in there}
            return len(clauses) > 1 or clauses <= {None}
        if not any(row.keys() & (WORDS | {"clause_id"}) for row in there):
            return True
        if WORDS & set(columns) or set(columns) <= PLACES:
            return True
        old, new = (self._words_named(side, table, key) for side in self._sides)
        return old != new

    def _words_named(self, side: Mapping[str, Table], table: str, key: Key) -> list[tuple[str, ...]]:
        """The words of the rows of plans that a row names: its clause, its measure, its deadline."""
        row, found = side[table].rows[key], []
        for reference in side[table].references:
            named = _row(side, reference.table, tuple(row[column] for column in reference.columns))
            if reference.table not in self._vocabularies and named is not None:
                found.append(tuple(named[column] for column in named if column in WORDS))
        return found

    def _is_mended(self, side: Mapping[str, Table], table: str, key: Key, documents: set[str]) -> bool:
        if not any(mended.document_id in documents for mended in self._errata):
            return False
        ranges = list(_ranges(side, table, key))
        return any(
            mended.document_id in documents and (mended.start < end and start < mended.end)
            for mended in self._errata
            for start, end in ranges
        )

    def _names_changed_entry(self, table: str, key: Key, columns: Sequence[str]) -> bool:
        """Whether one of the columns names, in either package, a row of a vocabulary that differs."""
        for side in self._sides:
            row = _row(side, table, key)
            if row is None:
                continue
            for reference in side[table].references:
                named = tuple(row[column] for column in reference.columns)
                if set(reference.columns) & set(columns) and named in self._entries.get(reference.table, ()):
                    return True
        return False

    def _of_agency(self, key: Key) -> str:
        """An agency that comes or goes with a plan is the seed's; one described in other words, the vocabulary's."""
        both = all(_row(side, AGENCIES, key) is not None for side in self._sides)
        if both:
            return VOCABULARY
        naming = {
            document
            for side in self._sides
            for name, table in side.items()
            for reference in table.references
            if reference.table == AGENCIES
            for row_key, row in table.rows.items()
            if tuple(row[column] for column in reference.columns) == key
            for document in self._documents(side, name, row_key)
        }
        return SEED if naming and naming <= self._seeds else VOCABULARY

    def _documents(self, side: Mapping[str, Table], name: str, key: Key) -> Iterator[str]:
        """The documents that a row was read from: those that it names, or those of the clause or plan it names."""
        row = _row(side, name, key)
        if row is None:
            return
        if name == DOCUMENTS:
            yield key[0]
        elif name == PLANS:
            copies = side[DOCUMENTS].rows.items() if DOCUMENTS in side else ()
            yield from (copy[0] for copy, each in copies if each.get("plan_id") == key[0])
        else:
            for reference in self._leading(side[name]):
                named = tuple(row[column] for column in reference.columns)
                if any(named):
                    yield from self._documents(side, reference.table, named)

    def _leading(self, table: Table) -> list[Reference]:
        """The keys that say best where a row comes from: to documents, else to what stands in a plan, else to plans."""
        found = [key for key in table.references if key.table not in self._vocabularies]
        for wanted in (
            [key for key in found if key.table == DOCUMENTS],
            [key for key in found if key.table not in (PLANS, table.name)],
            [key for key in found if key.table == PLANS],
        ):
            if wanted:
                return wanted
        return []


def _vocabularies(tables: Mapping[str, Table]) -> set[str]:
    """The tables that lead, through whatever keys, to no document."""
    reading = {DOCUMENTS, ISSUES}
    while True:
        more = {
            name
            for name, table in tables.items()
            if name not in reading and any(reference.table in reading for reference in table.references)
        }
        if not more:
            return set(tables) - reading
        reading |= more


def _changed_seeds(old: Mapping[str, Table], new: Mapping[str, Table]) -> set[str]:
    sums = [
        {key[0]: row.get("sha256") for key, row in side[DOCUMENTS].rows.items()} if DOCUMENTS in side else {}
        for side in (old, new)
    ]
    return {document for document in {*sums[0], *sums[1]} if sums[0].get(document) != sums[1].get(document)}


def _errata(tables: Mapping[str, Table]) -> set[Mended]:
    if REPAIRS not in tables:
        return set()
    return {
        Mended(row.get("document_id", ""), *(_range(row) or (0, 0)), row.get("after", ""))
        for row in tables[REPAIRS].rows.values()
        if row.get("rule") in HAND_REPAIRS
    }


def _differing(old: Table | None, new: Table | None) -> set[Key]:
    if old is None or new is None:
        return {key for table in (old, new) if table is not None for key in table.rows}
    shared = [column for column in new.names if column in old.names]
    return {
        key
        for key in {*old.rows, *new.rows}
        if key not in old.rows
        or key not in new.rows
        or any(old.rows[key][column] != new.rows[key][column] for column in shared)
    }


def _recoded(old: Mapping[str, Table], new: Mapping[str, Table]) -> Iterator[tuple[str, str]]:
    """The columns of another type, or with other codes."""
    for name in old.keys() & new.keys():
        before = {column.name: column for column in old[name].columns}
        for column in new[name].columns:
            was = before.get(column.name)
            if was is None:
                continue
            if was.type != column.type or was.constraints.get("enum") != column.constraints.get("enum"):
                yield name, column.name


def _ranges(tables: Mapping[str, Table], name: str, key: Key) -> Iterator[tuple[int, int]]:
    """The source range of a row and that of its clause; without either, the whole seed."""
    row = _row(tables, name, key)
    if row is None:
        return
    own = _range(row)
    clause = _row(tables, CLAUSES, (row["clause_id"],)) if row.get("clause_id") else None
    around = _range(clause) if clause is not None else None
    found = [each for each in (own, around) if each is not None]
    yield from found or [(0, 2**62)]


def _clause_text(tables: Mapping[str, Table], row: Mapping[str, str]) -> str | None:
    """The text of the clause that a row names; None for one that names none, or that is not there."""
    clause = _row(tables, CLAUSES, (row.get("clause_id", ""),))
    return clause["text"] if clause is not None else None


def _range(row: Mapping[str, str]) -> tuple[int, int] | None:
    start, end = row.get("source_start", ""), row.get("source_end", "")
    return (int(start), int(end)) if start and end else None


def _row(tables: Mapping[str, Table], name: str, key: Key) -> Mapping[str, str] | None:
    return tables[name].rows.get(key) if name in tables else None
