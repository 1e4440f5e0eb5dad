"""The schemas and the rows of a package in; for every column the faults that its type and constraints allow, out."""

import itertools
from collections.abc import Iterator
from datetime import date, timedelta

from pipelines.faults.faults import Draft, Place, TableFault
from pipelines.faults.witnesses import SCHEMA, named, witnesses
from pipelines.faults.world import World, cell_fault, choose
from pipelines.schema import Field, TableSchema

# A code of the column that no schema refuses, and that has a check of its own.
OWN_CHECK = {
    ("numbers", "disposition", "undecided"): "decided",
    ("issues", "severity", "error"): "nothing-grave",
}


def cell_faults(world: World) -> Iterator[TableFault]:
    """Faults in single cells, for every column of every table."""
    for table, schema in world.schemas.items():
        for field in schema.fields:
            yield from _blanked(world, schema, field)
            yield from _filled(world, schema, field)
            yield from _refused(world, schema, field)
            yield from _recoded(world, schema, field)
            yield from _changed(world, schema, field)
            yield from _swapped(world, table, field)
        yield from _keys(world, schema)


def _full(world: World, table: str, column: str) -> list[int]:
    return [line for line, row in enumerate(world.rows[table]) if row[column] is not None]


def _blanked(world: World, schema: TableSchema, field: Field) -> Iterator[TableFault]:
    """A cell emptied: a required one breaks the schema, any other says that the plan does not state it."""
    table, column = schema.name, field.name
    full = _full(world, table, column)
    if field.required:
        for line in choose(full, 1, "blank", table, column):
            yield cell_fault(world, "required cell blank", table, line, column, None, named(table, SCHEMA))
    else:
        for line in choose(full, 3, "blank", table, column):
            yield cell_fault(world, "value lost", table, line, column, None, witnesses(table, column))


def _filled(world: World, schema: TableSchema, field: Field) -> Iterator[TableFault]:
    """A cell filled with the value of another row, where the plan states none."""
    table, column = schema.name, field.name
    rows = world.rows[table]
    empty = [line for line, row in enumerate(rows) if row[column] is None]
    full = _full(world, table, column)
    values = [rows[line][column] for line in full] or _invented(field)
    for line, value in zip(
        choose(empty, 2, "filled", table, column), choose(values, 2, "filling", table, column), strict=False
    ):
        yield cell_fault(world, "value invented", table, line, column, value, witnesses(table, column))


def _invented(field: Field) -> list[object]:
    """A value for a column that is empty in every row."""
    values: dict[str, list[object]] = {"string": ["invented"], "integer": [1]}
    return values.get(field.type, []) if not field.enum else []


def _refused(world: World, schema: TableSchema, field: Field) -> Iterator[TableFault]:
    """A value that a constraint of the schema refuses."""
    table, column = schema.name, field.name
    rows, full = world.rows[table], _full(world, table, column)
    refused: list[tuple[str, object]] = []
    if field.enum:
        refused.append(("out of enum", "other"))
    if field.minimum is not None:
        refused.append(("out of range", _whole(field, field.minimum - 1)))
    if field.maximum is not None:
        refused.append(("out of range", _whole(field, field.maximum + 1)))
    for kind, value in refused:
        for line in choose(full, 1, kind, table, column, str(value)):
            yield cell_fault(world, kind, table, line, column, value, named(table, SCHEMA))
    if field.pattern is not None:
        for line in choose(full, 1, "pattern", table, column):
            value = f"{rows[line][column]} !"
            yield cell_fault(world, "pattern broken", table, line, column, value, named(table, SCHEMA))
    if field.unique or schema.primary_key == (column,):
        for line in choose(full[1:], 1, "unique", table, column):
            value = rows[line - 1][column]
            yield cell_fault(world, "key not unique", table, line, column, value, named(table, SCHEMA))


def _whole(field: Field, number: float) -> object:
    return int(number) if field.type == "integer" else float(number)


def _recoded(world: World, schema: TableSchema, field: Field) -> Iterator[TableFault]:
    """Every code of a coded column turned into every other code."""
    table, column = schema.name, field.name
    rows = world.rows[table]
    for old in field.enum:
        lines = [line for line, row in enumerate(rows) if row[column] == old]
        for new in field.enum:
            if new == old:
                continue
            meant = witnesses(table, column)
            if own := OWN_CHECK.get((table, column, new)):
                meant = named(table, own)
            for line in choose(lines, 1, "code", table, column, old, new):
                yield cell_fault(world, "other code", table, line, column, new, meant)


def _changed(world: World, schema: TableSchema, field: Field) -> Iterator[TableFault]:
    """A value of the right type that is not the right one."""
    if field.enum:
        return
    table, column = schema.name, field.name
    rows, full = world.rows[table], _full(world, table, column)
    meant = witnesses(table, column)
    if field.name in {name for key in schema.foreign_keys for name in key.fields}:
        return
    for line in choose(full, 2, "changed", table, column):
        for kind, value in _variants(field, rows[line][column]):
            yield cell_fault(world, kind, table, line, column, value, meant)


def _variants(field: Field, value: object) -> Iterator[tuple[str, object]]:
    if isinstance(value, bool):
        yield "truth reversed", not value
    elif isinstance(value, int):
        yield "off by one", value + 1
        if field.minimum is None or value > field.minimum:
            yield "off by one", value - 1
    elif isinstance(value, float):
        yield "off by 10,000", value * 10_000 if value else 10_000.0
        yield "off by one", value + 1
        yield "decimal point lost", value * 10 if value else 10.0
    elif isinstance(value, date):
        yield "a year off", _years(value, 1)
        yield "a year off", _years(value, -1)
        yield "a month off", value - timedelta(days=31)
        yield "a day off", value - timedelta(days=1)
    elif isinstance(value, str) and field.pattern is None:
        middle = len(value) // 2
        other = "甲" if value[middle] != "甲" else "乙"
        yield "character altered", f"{value[:middle]}{other}{value[middle + 1 :]}"
        yield "character added", f"{value}{'的' if not value.isascii() else 's'}"
        if len(value) > 1:
            yield "character lost", value[:-1]
            yield "character lost", value[1:]
    elif isinstance(value, str):
        altered = value[:-1] + ("1" if value[-1] != "1" else "2")
        yield "identifier altered", altered


def _years(day: date, years: int) -> date:
    return day.replace(year=day.year + years, day=min(day.day, 28) if day.month == 2 else day.day)


def _swapped(world: World, table: str, field: Field) -> Iterator[TableFault]:
    """The values of two rows in each other's place; rows with equal values are left alone.

    So are rows that are alike but for this value and their keys: 化肥、农药利用率均达到43% states two targets, and
    which comes first does not matter.
    """
    column, rows = field.name, world.rows[table]
    full = _full(world, table, column)
    aside = {column, "position", *world.schemas[table].primary_key}
    if column not in ("position", *world.schemas[table].primary_key):
        alike = [tuple(value for name, value in row.items() if name not in aside) for row in rows]
    else:
        alike = [(line,) for line in range(len(rows))]
    pairs = [
        (one, two)
        for one, two in itertools.pairwise(full)
        if rows[one][column] != rows[two][column] and alike[one] != alike[two]
    ]
    for one, two in choose(pairs, 2, "swapped", table, column):

        def change(draft: Draft, one: int = one, two: int = two) -> None:
            changed = draft.rows(table)
            changed[one][column], changed[two][column] = changed[two][column], changed[one][column]

        place = Place(
            table, world.key(table, rows[one]), column, str(rows[one][column]), str(rows[two][column])
        )
        yield TableFault("values swapped", place, witnesses(table, column), change)


def _keys(world: World, schema: TableSchema) -> Iterator[TableFault]:
    """A foreign key that names no row, and one that names another row than it should."""
    table = schema.name
    for key in schema.foreign_keys:
        column = key.fields[0]
        parent = world.rows[key.table or table]
        full = _full(world, table, column)
        known = sorted({str(row[key.reference_fields[0]]) for row in parent})
        for line in choose(full, 1, "dangling", table, column):
            value = _unknown(str(world.rows[table][line][column]), known)
            yield cell_fault(world, "dangling foreign key", table, line, column, value, named(table, SCHEMA))
        for line in choose(full, 2, "another", table, column):
            others = [name for name in known if name != world.rows[table][line][column]]
            for value in choose(others, 2, "another", table, column, str(line)):
                yield cell_fault(
                    world, "key of another row", table, line, column, value, witnesses(table, column)
                )


def _unknown(name: str, known: list[str]) -> str:
    """A key of the same form that no row has."""
    head, slash, tail = name.rpartition("/")
    letter, digits = tail[:1], tail[1:]
    if "." in tail:
        return f"{head}{slash}99.9"
    if slash and digits.isdigit():
        return f"{head}{slash}{letter}999"
    found = f"{name}-9"
    assert found not in known
    return found
