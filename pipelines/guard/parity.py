"""Checks that the CSV and Parquet files of a package hold the same values, in the types of the schema."""

from codecs import BOM_UTF8
from collections.abc import Container, Iterator, Mapping
from datetime import date
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from pipelines.errors import PipelineError
from pipelines.guard.files import fields_of
from pipelines.guard.report import Check, Failure, checked
from pipelines.package.dataset import Dataset
from pipelines.schema import ARROW_TYPES

SAME = "Whoever reads the Parquet file must find what a reader of the CSV file finds, value for value."
TYPED = "A value of another type than its column's breaks whoever reads the Parquet file by its schema."
PYTHON_TYPES: Mapping[str, type] = {
    "string": str,
    "integer": int,
    "number": float,
    "boolean": bool,
    "date": date,
}


def check_parity(package: Dataset, only: Container[str] | None = None) -> list[Check]:
    """Two checks for each table (of those named): that its two files hold the same, in values of its types."""
    checks = []
    for resource in package.resources:
        name = str(resource.get("name"))
        if resource.get("format") != "csv" or (only is not None and name not in only):
            continue
        if name not in package.tables:
            why = package.unreadable.get(name, "there is no Parquet file")
            checks.append(checked("parity", name, "csv-equals-parquet", SAME, [Failure((), "", "", why)]))
            continue
        table = package.tables[name]
        differences = _differences(package, resource, table)
        checks.append(checked("parity", name, "csv-equals-parquet", SAME, differences, table.num_rows))
        checks.append(check_types(name, resource, package.frames[name]))
    return checks


def check_types(name: str, resource: Mapping[str, object], frame: pd.DataFrame) -> Check:
    """That a frame has the columns of a CSV resource, and in each cell a value of its type or nothing."""
    return checked("parity", name, "typed-values", TYPED, _mistyped(resource, frame), len(frame))


def _mistyped(resource: Mapping[str, object], frame: pd.DataFrame) -> Iterator[Failure]:
    fields = fields_of(resource)
    names = [str(field.get("name")) for field in fields]
    if names != list(frame.columns):
        yield Failure((), "", ", ".join(map(str, frame.columns)), f"expected the columns {', '.join(names)}")
        return
    for field, name in zip(fields, names, strict=True):
        wanted = PYTHON_TYPES.get(str(field.get("type")), object)
        cells = frame[name].tolist()
        if {type(cell) for cell in cells} <= {wanted, type(None)}:
            continue
        for row, cell in enumerate(cells):
            if cell is not None and type(cell) is not wanted:
                message = f"expected a value of the type {field.get('type')}, not {type(cell).__name__}"
                yield Failure(_key(resource, frame, row), name, str(cell), message)


def _key(resource: Mapping[str, object], frame: pd.DataFrame, row: int) -> tuple[tuple[str, str], ...]:
    schema = resource.get("schema")
    primary = schema.get("primaryKey", []) if isinstance(schema, dict) else []
    return tuple((str(name), str(frame[name].iloc[row])) for name in primary if name in frame.columns)


def _differences(package: Dataset, resource: Mapping[str, Any], table: pa.Table) -> Iterator[Failure]:
    """The cells in which the CSV file, read with the types of the descriptor, and the Parquet table differ."""
    types = {str(field.get("name")): ARROW_TYPES.get(str(field.get("type"))) for field in fields_of(resource)}
    convert = csv.ConvertOptions(
        column_types={name: type_ for name, type_ in types.items() if type_ is not None},
        null_values=[""],
        true_values=["true"],
        false_values=["false"],
        strings_can_be_null=True,
    )
    try:
        data = package.files.read(str(resource.get("path")))
        if data.startswith(BOM_UTF8):  # readers take it for a part of the first column's name
            yield Failure((), "", str(resource.get("path")), "begins with a byte-order mark")
        source = pa.BufferReader(data)
        found = csv.read_csv(
            source, convert_options=convert, parse_options=csv.ParseOptions(newlines_in_values=True)
        )
    except (PipelineError, OSError, ValueError, pa.ArrowException) as error:
        said = error.found if isinstance(error, PipelineError) else str(error).splitlines()[0][:200]
        yield Failure((), "", str(resource.get("path")), f"cannot be read as CSV: {said}")
        return
    if found.column_names != table.column_names:
        yield Failure(
            (), "", ", ".join(found.column_names), f"Parquet has the columns {', '.join(table.column_names)}"
        )
        return
    if found.num_rows != table.num_rows:
        yield Failure((), "", str(found.num_rows), f"Parquet has {table.num_rows} rows")
        return
    for name in table.column_names:
        cells, stored = found.column(name), table.column(name)
        if not cells.type.equals(stored.type):
            yield Failure((), name, str(cells.type), f"Parquet has values of the type {stored.type}")
            continue
        same = pc.fill_null(pc.equal(cells, stored), False)
        both_empty = pc.and_(pc.is_null(cells), pc.is_null(stored))
        for row in pc.indices_nonzero(pc.invert(pc.or_(same, both_empty))).to_pylist():
            cell, value = cells[row].as_py(), stored[row].as_py()
            shown = "nothing" if value is None else repr(value)
            key = _key(resource, package.frames[str(resource.get("name"))], row)
            yield Failure(key, name, "" if cell is None else str(cell), f"Parquet has {shown}")
