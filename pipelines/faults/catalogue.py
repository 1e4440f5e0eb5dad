"""Lists every fault of schemas/faults.csv that is planted in a sound package, in an order that never changes.

A row of the catalogue names an operation, the tables and columns that it is done on, how many rows of each it takes,
and the checks that are there to catch it. Which rows are taken is chosen by a generator of random numbers that is
seeded with the names in the catalogue: the same package gives the same faults on every machine.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from pipelines.errors import PipelineError
from pipelines.faults import cells, files, rows
from pipelines.faults.faults import Draft, Fault, FileFault, Place, TableFault
from pipelines.faults.world import World, choose
from pipelines.home import SCHEMAS
from pipelines.inputs import read_table
from pipelines.package.dataset import Dataset
from pipelines.schema import TableSchema

CATALOGUE = SCHEMAS / "faults.csv"
COLUMNS = ("kind", "operation", "tables", "columns", "argument", "per", "caught_by")
TRIED = 8  # cells looked at for each that is taken
NEAREST = 6  # other rows whose values a cell may be given
FURTHEST = 400  # rows in which they are looked for
PACKAGE = "package"


@dataclass(frozen=True, slots=True)
class Kind:
    """A row of the catalogue."""

    kind: str
    operation: str
    tables: str
    columns: str
    argument: str
    per: int
    caught_by: tuple[str, ...]


def load_kinds(path: Path = CATALOGUE) -> tuple[Kind, ...]:
    """The rows of the catalogue; raises PipelineError for an operation or a number that is none."""
    found = []
    for place, row in read_table(path, COLUMNS):
        known = {**cells.OPERATIONS, **rows.OPERATIONS, **files.OPERATIONS}
        if row["operation"] not in known or not row["per"].isdecimal() or not row["caught_by"]:
            raise PipelineError(
                file=path,
                place=place,
                found=f"operation {row['operation']!r}, per {row['per']!r}, caught_by {row['caught_by']!r}",
                expected=f"one of {', '.join(known)}; how many rows of each column; the checks that are to catch it",
                remedy="correct the row",
            )
        cells_ = {name: row[name] for name in COLUMNS[:5]}
        found.append(Kind(**cells_, per=int(row["per"]), caught_by=tuple(row["caught_by"].split())))
    return tuple(found)


def catalogue(package: Dataset, schemas: Mapping[str, TableSchema], checks: frozenset[str]) -> list[Fault]:
    """Every fault, each once. The package must have its seeds; `checks` names those there are (`targets.whole-quote`)."""
    world = World(package, schemas)
    found: dict[str, Fault] = {}
    for kind in load_kinds():
        for fault in _faults(world, kind, checks):
            found.setdefault(f"{fault.kind}: {fault.place!r} {kind.argument}", fault)
    return list(found.values())


def _faults(world: World, kind: Kind, checks: frozenset[str]) -> Iterator[Fault]:
    listed = list(world.schemas) if kind.tables == "*" else [name for name in kind.tables.split("|") if name]
    for table in listed or [PACKAGE]:
        meant = frozenset(name if "." in name else f"{table}.{name}" for name in kind.caught_by) & checks
        if kind.operation in cells.OPERATIONS:
            yield from _in_cells(world, kind, table, meant)
        elif kind.operation in rows.OPERATIONS:
            for change in choose(
                rows.OPERATIONS[kind.operation](world, table, kind.argument), kind.per, *_about(kind, table)
            ):
                place = Place(
                    table,
                    world.key(table, change.row),
                    change.column,
                    _text(change.before),
                    _text(change.after),
                )
                yield TableFault(kind.kind, place, meant, change.make)
        else:
            schema = world.schemas.get(table)
            for made in files.OPERATIONS[kind.operation](world, schema, kind.argument):
                place = Place(table, made.row, made.column, made.before, kind.argument)
                yield FileFault(kind.kind, place, meant, made.make)


def _in_cells(world: World, kind: Kind, table: str, meant: frozenset[str]) -> Iterator[Fault]:
    """The faults of an operation on cells; a fault gives a cell another value than it has."""
    of_table = world.rows[table]
    operation = cells.OPERATIONS[kind.operation]
    for field in world.fields(table, kind.columns):
        values = [row[field.name] for row in of_table]
        stated = [
            line for line, value in enumerate(values) if (value is None) == (operation is cells.invented)
        ]
        made = (
            (line, value)
            for line in choose(stated, TRIED * kind.per, *_about(kind, table), field.name)
            for value in operation(cells.Cell(values[line], field, _others(values, line)), kind.argument)
            if value != values[line]
        )
        for line, value in choose(made, kind.per, *_about(kind, table), field.name):
            place = Place(
                table, world.key(table, of_table[line]), field.name, _text(values[line]), _text(value)
            )
            yield TableFault(
                kind.kind, place, meant, partial(_put, table=table, line=line, column=field.name, value=value)
            )


def _others(values: list[object], line: int) -> list[object]:
    """The values of other rows, from the next on, each once."""
    found: list[object] = []
    for step in range(1, min(len(values), FURTHEST)):
        other = values[(line + step) % len(values)]
        if other not in found:
            found.append(other)
        if len(found) == NEAREST:
            break
    return found


def _put(draft: Draft, table: str, line: int, column: str, value: object) -> None:
    draft.rows(table)[line][column] = value


def _about(kind: Kind, table: str) -> tuple[str, ...]:
    return kind.kind, kind.operation, kind.argument, table


def _text(value: object) -> str:
    return "" if value is None else str(value)
