"""Checks types, constraints and keys of a package's CSV files with Frictionless, and reports in our words."""

import io
from collections.abc import Container, Iterable, Mapping
from contextlib import redirect_stderr
from pathlib import Path

import pandas as pd
from frictionless import Package as FrictionlessPackage
from frictionless import system
from frictionless.errors import ForeignKeyError
from frictionless.exception import FrictionlessException

from pipelines.guard.files import fields_of
from pipelines.guard.report import Check, Failure, checked
from pipelines.schema import TableSchema

REASON = "Types, constraints, primary and foreign keys are what the Table Schema of the table promises."
MESSAGES: Mapping[str, str] = {
    "constraint-error": "the schema does not allow this value",
    "type-error": "the value is not of the column's type",
    "primary-key": "the primary key is empty, or stands more than once",
    "foreign-key": "no row has the key that it refers to",
    "unique-error": "the value stands more than once",
    "missing-cell": "the row has too few cells",
    "extra-cell": "the row has too many cells",
    "blank-row": "the row is empty",
    "incorrect-label": "the column has another name than in the schema",
    "missing-label": "a column of the schema is missing",
    "extra-label": "the column is not in the schema",
    "blank-label": "a column has no name",
    "duplicate-label": "two columns have this name",
    "hash-count": "the checksum is not the one stated",
    "byte-count": "the size is not the one stated",
    "encoding-error": "the file is not UTF-8",
    "source-error": "the file cannot be read",
    "scheme-error": "the file cannot be read",
    "format-error": "the file is no CSV",
}


def check_tabular(
    resources: Iterable[Mapping[str, object]], root: Path, only: Container[str] | None = None
) -> list[Check]:
    """A check for each CSV resource (of those named) of a package in a folder."""
    csv = [dict(each) for each in resources if each.get("format") == "csv"]
    names = [str(each.get("name")) for each in csv]
    return _checks(csv, [name for name in names if only is None or name in only], root)


def check_frames(
    frames: Mapping[str, pd.DataFrame], schemas: Mapping[str, TableSchema], only: Iterable[str]
) -> list[Check]:
    """A check for each of some tables in memory, with the tables that their keys refer to."""
    wanted = [name for name in only if name in frames]
    referred = {key.table for name in wanted for key in schemas[name].foreign_keys}
    resources: list[dict[str, object]] = [
        {
            "name": name,
            "data": [list(frames[name].columns), *frames[name].to_numpy(dtype=object).tolist()],
            "schema": dict(schemas[name].descriptor),
        }
        for name in dict.fromkeys([*wanted, *sorted(referred)])
        if name in frames
    ]
    return _checks(resources, wanted, None)


def _checks(resources: list[dict[str, object]], wanted: Iterable[str], root: Path | None) -> list[Check]:
    primary = {str(each.get("name")): _primary_key(each) for each in resources}
    columns = {
        str(each.get("name")): [str(field.get("name")) for field in fields_of(each)] for each in resources
    }
    try:
        with system.use_context(trusted=False), redirect_stderr(io.StringIO()):
            package = FrictionlessPackage.from_descriptor(
                {"name": "package", "resources": resources}, basepath=str(root) if root else None
            )
            reports = {name: package.get_resource(name).validate() for name in wanted}
    except FrictionlessException as error:
        message = "; ".join(each.message for each in (error.error, *error.reasons))[:500]
        failures = [Failure((), "", "", f"Frictionless refuses the descriptor: {message}")]
        return [checked("frictionless", "package", "table-schema", REASON, failures)]
    checks = []
    for name, report in reports.items():
        failures = [
            _failure(each, columns[name], primary[name]) for task in report.tasks for each in task.errors
        ]
        failures += [Failure((), "", "", each.message) for each in report.errors]
        rows = sum(int(task.stats.get("rows") or 0) for task in report.tasks)
        checks.append(checked("frictionless", name, "table-schema", REASON, failures, rows))
    return checks


def _primary_key(resource: Mapping[str, object]) -> list[str]:
    schema = resource.get("schema")
    key = schema.get("primaryKey") if isinstance(schema, dict) else None
    return [str(each) for each in key] if isinstance(key, list) else []


def _failure(error: object, columns: list[str], primary_key: list[str]) -> Failure:
    kind = str(getattr(error, "type", ""))
    cells = getattr(error, "cells", None) or []
    number = getattr(error, "row_number", None)
    named = dict(zip(columns, cells, strict=False))
    key: tuple[tuple[str, str], ...] = tuple(
        (name, str(named[name])) for name in primary_key if name in named
    )
    if not key and number is not None:
        key = (("line", str(number)),)
    column = str(getattr(error, "field_name", "") or getattr(error, "label", "") or "")
    value = str(getattr(error, "cell", "") or "")
    if isinstance(error, ForeignKeyError):
        column = ", ".join(error.field_names)
        value = ", ".join(str(cell) for cell in error.field_cells)
    note = str(getattr(error, "note", "") or "").strip()
    message = MESSAGES.get(kind, kind.replace("-", " "))
    return Failure(key, column, value, f"{message} ({note[:200]})" if note else message)
