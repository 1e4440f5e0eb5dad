"""Gives what faults are made of: a sound package's rows, its seeds, and choices that are always the same."""

import random
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from pipelines.faults.faults import Draft, Row
from pipelines.guard.checks.provenance import WORDS
from pipelines.guard.checks.view import CHILDREN
from pipelines.package.dataset import Dataset
from pipelines.schema import Field, TableSchema
from pipelines.text.provenance import repaired

T = TypeVar("T")

# The tables whose rows hang on a clause, with the letter of their ids.
LETTERS = {table: letter for table, (letter, _) in CHILDREN.items()}


@dataclass(frozen=True)
class World:
    """A sound package with its seeds, and the schemas of its tables."""

    package: Dataset
    schemas: Mapping[str, TableSchema]

    @cached_property
    def rows(self) -> Mapping[str, Sequence[Row]]:
        """The rows of each table; nobody changes these."""
        draft = Draft(self.package)
        return {name: tuple(draft.rows(name)) for name in self.schemas}

    @cached_property
    def raw(self) -> Mapping[str, str]:
        """The raw texts by document."""
        seeds = self.package.seeds
        return {} if seeds is None else seeds.texts

    def key(self, table: str, row: Row) -> str:
        """The primary key of a row as one text."""
        return ", ".join(str(row[name]) for name in self.schemas[table].primary_key)

    def fields(self, table: str, wanted: str) -> list[Field]:
        """The columns of a table that a selector of the catalogue names: `*`, a type, a trait, or names joined by |."""
        schema = self.schemas[table]
        return [field for field in schema.fields if _fits(schema, field, wanted)]

    def document_of(self, row: Row) -> str:
        """The document in whose seed a row's range lies."""
        clause = row.get("inherited_from") or row.get("clause_id")
        home = row if row.get("document_id") else self.clauses[str(clause)]
        return str(home["document_id"])

    @cached_property
    def clauses(self) -> Mapping[str, Row]:
        """The clauses by their ids."""
        return {str(row["clause_id"]): row for row in self.rows["clauses"]}


def _fits(schema: TableSchema, field: Field, wanted: str) -> bool:
    referring = {name for key in schema.foreign_keys for name in key.fields}
    traits = {
        "*": True,
        "text": field.type == "string" and not field.enum and not field.pattern,
        "chinese": schema.name in WORDS and field.name == WORDS[schema.name],
        "english": field.name.endswith("_en"),
        "code": bool(field.enum),
        "pattern": field.pattern is not None,
        "required": field.required,
        "optional": not field.required,
        "bounded": field.minimum is not None,
        "key": (field.name,) == schema.primary_key,
        "reference": field.name in referring,
        "place": field.name in ("source_start", "source_end"),
    }
    return traits.get(wanted, wanted == field.type) or field.name in wanted.split("|")


class Edits:
    """The repairs of a document as a draft has them, and what they make of ranges of its seed."""

    def __init__(self, draft: Draft, document: str) -> None:
        self._edits = [
            (int(str(row["source_start"])), int(str(row["source_end"])), str(row["after"] or ""))
            for row in draft.rows("repairs")
            if row["document_id"] == document
        ]
        self._starts = [start for start, *_ in self._edits]

    def of(self, raw: str, start: int, end: int) -> str:
        """The repaired text of `raw[start:end]`."""
        first, after = bisect_left(self._starts, start), bisect_right(self._starts, end)
        return repaired(raw, start, end, self._edits[first:after])


def choose(items: Iterable[T], count: int, *about: str) -> list[T]:
    """At most `count` of the items, in their order: always the same for the same words that say what for.

    >>> choose(range(100), 3, "row dropped", "plans") == choose(range(100), 3, "row dropped", "plans")
    True
    >>> choose("abc", 5, "anything")
    ['a', 'b', 'c']
    """
    listed = list(items)
    if len(listed) <= count:
        return listed
    chosen = random.Random("/".join(about)).sample(range(len(listed)), count)
    return [listed[index] for index in sorted(chosen)]
