"""A package in, what the catalogue chooses its faults from out: rows by table, and choices that are always the same."""

import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from pipelines.faults.faults import Draft, Place, Row, TableFault
from pipelines.faults.witnesses import named
from pipelines.package.dataset import Dataset
from pipelines.schema import TableSchema

T = TypeVar("T")


@dataclass(frozen=True)
class World:
    """A sound package, and the schemas of its tables."""

    package: Dataset
    schemas: Mapping[str, TableSchema]

    @cached_property
    def rows(self) -> Mapping[str, Sequence[Row]]:
        """The rows of each table; nobody changes these."""
        draft = Draft(self.package)
        return {name: tuple(draft.rows(name)) for name in self.schemas}

    def line(self, table: str, key: object) -> int:
        """Where a row stands in its table, by the first column of its primary key."""
        return self._lines[table][key]

    @cached_property
    def _lines(self) -> Mapping[str, Mapping[object, int]]:
        return {
            name: {row[self.schemas[name].primary_key[0]]: line for line, row in enumerate(rows)}
            for name, rows in self.rows.items()
        }

    def key(self, table: str, row: Row) -> str:
        """The primary key of a row as one text."""
        return ", ".join(str(row[name]) for name in self.schemas[table].primary_key)

    @cached_property
    def children(self) -> Mapping[tuple[str, object], Sequence[Row]]:
        """The rows that hang on a clause, by table and clause_id."""
        found: dict[tuple[str, object], list[Row]] = {}
        for table in CHILDREN:
            for row in self.rows[table]:
                found.setdefault((table, row["clause_id"]), []).append(row)
        return found


CHILDREN = ("measures", "targets", "deadlines", "responsibilities", "numbers")
LETTERS = {"measures": "m", "targets": "t", "deadlines": "d", "responsibilities": "r", "numbers": "n"}
# The column that holds the words which stand at the source range of a row.
WORDS = {
    "issuers": "as_written",
    "clauses": "text",
    "measures": "text",
    "targets": "quote",
    "deadlines": "as_written",
    "responsibilities": "as_written",
    "numbers": "as_written",
}


def choose(items: Iterable[T], count: int, *about: str) -> list[T]:
    """At most `count` of the items, in their order: always the same for the same words that say what for.

    >>> choose(range(100), 3, "row-dropped", "plans") == choose(range(100), 3, "row-dropped", "plans")
    True
    >>> choose("abc", 5, "anything")
    ['a', 'b', 'c']
    """
    listed = list(items)
    if len(listed) <= count:
        return listed
    chosen = random.Random("/".join(about)).sample(range(len(listed)), count)
    return [listed[index] for index in sorted(chosen)]


def cell_fault(
    world: World, kind: str, table: str, line: int, column: str, value: object, meant: frozenset[str]
) -> TableFault:
    """The fault that one cell holds another value than it should; the value must differ."""
    row = world.rows[table][line]
    if row[column] == value and type(row[column]) is type(value):
        raise ValueError(f"{kind}: {table} {world.key(table, row)} {column} is {value!r} anyway")

    def change(draft: Draft) -> None:
        draft.rows(table)[line][column] = value

    place = Place(table, world.key(table, row), column, shown(row[column]), shown(value))
    return TableFault(kind, place, meant, change)


def row_fault(
    world: World,
    kind: str,
    table: str,
    row: Row,
    meant: str | frozenset[str],
    change: Callable[[Draft], None],
    before: object = None,
    after: object = None,
    column: str = "",
) -> TableFault:
    """A fault that concerns a row, and perhaps others with it. `meant` may be names of checks, as `named` reads them."""
    names = named(table, meant) if isinstance(meant, str) else meant
    return TableFault(
        kind, Place(table, world.key(table, row), column, shown(before), shown(after)), names, change
    )


def shown(value: object) -> str:
    """A value as text; nothing as an empty one."""
    return "" if value is None else str(value)
