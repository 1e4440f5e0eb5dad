"""Rows as an Arrow table of a schema: typed, and refused where a cell is not what its column holds."""

import datetime
import math
import re
from collections.abc import Callable, Iterable, Mapping

import pyarrow as pa

from pipelines.errors import PipelineError
from pipelines.schema import Field, TableSchema

SURROGATE = re.compile("[\ud800-\udfff]")


def to_arrow(schema: TableSchema, rows: Iterable[Mapping[str, object]]) -> pa.Table:
    """The rows, in the order given, as an Arrow table of `schema.arrow`.

    Each row maps every column of the table to str, int, float, bool, datetime.date or None. Refuses a missing
    or an extra column, None in a required one, an empty text (None is what says nothing), a value of another
    type or beyond it, and a code that the column does not know.
    """
    columns: list[list[object]] = [[] for _ in schema.fields]
    names = frozenset(schema.columns)
    work = [(field, _reader(field), column) for field, column in zip(schema.fields, columns, strict=True)]
    for number, row in enumerate(rows, start=1):
        if row.keys() != names:
            raise _wrong_columns(schema, row, number)
        for field, read, column in work:
            value = row[field.name]
            if value is not None:
                value, expected = read(value)
            else:
                expected = "a value, for the column is required" if field.required else ""
            if expected:
                raise _wrong_cell(schema, row, number, field, expected)
            column.append(value)
    arrays = [pa.array(column, type=field.type) for column, field in zip(columns, schema.arrow, strict=True)]
    return pa.Table.from_arrays(arrays, schema=schema.arrow)


# Each gives the value to store and "", or anything and what was expected instead.
Reader = Callable[[object], tuple[object, str]]


def _reader(field: Field) -> Reader:
    """How the values of a column are read, None apart."""
    if not field.categories:
        return READERS[field.type]
    codes = frozenset(field.enum)

    def code(value: object) -> tuple[object, str]:
        return value, "" if isinstance(value, str) and value in codes else f"one of {', '.join(field.enum)}"

    return code


def _string(value: object) -> tuple[object, str]:
    if not isinstance(value, str):
        return value, "text"
    if not value:
        return value, "text of at least one character, or None where nothing is stated"
    if not value.isascii() and SURROGATE.search(value):
        return value, "text without lone surrogates, which UTF-8 cannot hold"
    return value, ""


def _integer(value: object) -> tuple[object, str]:
    fits = isinstance(value, int) and not isinstance(value, bool) and -(2**63) <= value < 2**63
    return value, "" if fits else "an integer of 64 bits"


def _number(value: object) -> tuple[object, str]:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value, "a number"
    try:
        stored = float(value)
    except OverflowError:
        stored = math.inf
    if not math.isfinite(stored) or stored != value:
        return value, "a finite number that 64 bits hold exactly"
    return stored + 0.0, ""  # -0.0 becomes 0.0


def _boolean(value: object) -> tuple[object, str]:
    return value, "" if isinstance(value, bool) else "True or False"


def _date(value: object) -> tuple[object, str]:
    fits = isinstance(value, datetime.date) and not isinstance(value, datetime.datetime)
    return value, "" if fits else "a datetime.date"


READERS: Mapping[str, Reader] = {
    "string": _string,
    "integer": _integer,
    "number": _number,
    "boolean": _boolean,
    "date": _date,
}


def _wrong_columns(schema: TableSchema, row: Mapping[str, object], number: int) -> PipelineError:
    missing = [name for name in schema.columns if name not in row]
    extra = [name for name in row if name not in schema.columns]
    return PipelineError(
        file=f"table {schema.name}",
        place=_row_name(schema, row, number),
        found=f"missing columns: {', '.join(missing) or 'none'}; extra ones: {', '.join(extra) or 'none'}",
        expected=f"exactly {', '.join(schema.columns)}",
        remedy=f"make the row agree with schemas/tables/{schema.name}.json",
    )


def _wrong_cell(
    schema: TableSchema, row: Mapping[str, object], number: int, field: Field, expected: str
) -> PipelineError:
    found = repr(row[field.name])
    return PipelineError(
        file=f"table {schema.name}",
        place=f"{_row_name(schema, row, number)}, column {field.name}",
        found=found if len(found) <= 200 else f"{found[:200]}…",
        expected=expected,
        remedy="correct the rule or the vocabulary that the row comes from",
    )


def _row_name(schema: TableSchema, row: Mapping[str, object], number: int) -> str:
    key = ", ".join(f"{name} {row.get(name)!r}" for name in schema.primary_key)
    return f"row {number} with {key}"
