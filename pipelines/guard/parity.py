"""The CSV and Parquet files of a package in; that both hold the same values, in the types of the schema, out."""

import csv
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from itertools import zip_longest
from pathlib import Path

import pandas as pd

from pipelines.guard.files import fields_of
from pipelines.guard.report import Check, Failure, checked
from pipelines.package.dataset import Dataset

SAME = "Whoever reads the Parquet file must find what a reader of the CSV file finds, value for value."
TYPED = "A value of another type than its column's breaks whoever reads the Parquet file by its schema."
PYTHON_TYPES: Mapping[str, type] = {
    "string": str,
    "integer": int,
    "number": float,
    "boolean": bool,
    "date": date,
}
READ: Mapping[str, Callable[[str], object]] = {
    "string": str,
    "integer": int,
    "number": float,
    "boolean": {"true": True, "false": False}.__getitem__,
    "date": date.fromisoformat,
}


def check_parity(package: Dataset) -> list[Check]:
    """A check for each table of the descriptor."""
    checks = []
    for resource in package.resources:
        name = str(resource.get("name"))
        path = package.files.located(resource)
        if resource.get("format") != "csv" or path is None:
            continue
        if name not in package.frames:
            why = package.unreadable.get(name, "there is no Parquet file")
            failures = [Failure((("table", name),), "", "", why)]
            checks.append(checked("parity", name, "csv-equals-parquet", SAME, failures))
            continue
        frame = package.frames[name]
        checks.append(
            checked(
                "parity", name, "csv-equals-parquet", SAME, _differences(resource, path, frame), len(frame)
            )
        )
        checks.append(check_types(name, resource, frame))
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
    keys = _keys(resource, frame)
    for field in fields:
        wanted = PYTHON_TYPES.get(str(field.get("type")), object)
        for place, value in enumerate(frame[field["name"]].tolist()):
            if value is not None and type(value) is not wanted:
                message = f"expected a value of the type {field.get('type')}, not {type(value).__name__}"
                yield Failure(keys(place), str(field["name"]), str(value), message)


def _keys(
    resource: Mapping[str, object], frame: pd.DataFrame
) -> Callable[[int], tuple[tuple[str, str], ...]]:
    schema = resource.get("schema")
    primary = schema.get("primaryKey", []) if isinstance(schema, dict) else []
    names = [str(name) for name in primary if name in frame.columns] if isinstance(primary, list) else []
    return lambda place: tuple((name, str(frame[name].iloc[place])) for name in names)


def _differences(resource: Mapping[str, object], path: Path, frame: pd.DataFrame) -> Iterator[Failure]:
    types = {str(field.get("name")): str(field.get("type")) for field in fields_of(resource)}
    keys = _keys(resource, frame)
    columns = [str(column) for column in frame.columns]
    stored = zip(*(frame[column].tolist() for column in frame.columns), strict=True)
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            reader = csv.reader(stream, strict=True)
            header = next(reader, [])
            if header != columns:
                yield Failure((), "", ", ".join(header), f"Parquet has the columns {', '.join(columns)}")
                return
            reads = [READ.get(types.get(column, ""), str) for column in columns]
            for place, (cells, row) in enumerate(zip_longest(reader, stored)):
                if cells is None or row is None:
                    rows = "more rows in Parquet" if cells is None else "more rows in CSV"
                    yield Failure((("row", str(place + 1)),), "", "", f"there are {rows}")
                    return
                if len(cells) != len(columns):
                    yield Failure(keys(place), "", ",".join(cells)[:200], f"expected {len(columns)} cells")
                    continue
                for column, cell, read, value in zip(columns, cells, reads, row, strict=True):
                    if not _same(cell, read, value):
                        yield Failure(
                            keys(place),
                            column,
                            cell,
                            f"Parquet has {'nothing' if value is None else repr(value)}",
                        )
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        yield Failure((), "", path.name, f"cannot be read as CSV in UTF-8: {error}")


def _same(cell: str, read: Callable[[str], object], value: object) -> bool:
    if cell == "" or value is None:
        return cell == "" and value is None
    try:
        found = read(cell)
    except (ValueError, KeyError):
        return False
    return found == value and type(found) is type(value)
