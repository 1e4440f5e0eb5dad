"""The published package as the tests of the guards use it: read once, its rows changed in memory or in a copy."""

import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from pipelines.guard.guards import Guards
from pipelines.guard.parity import check_types
from pipelines.guard.report import Report
from pipelines.guard.tabular import check_frames
from pipelines.guard.validate import validate
from pipelines.package.dataset import Dataset, read_dataset

ROOT = Path(__file__).parent.parent.parent
Row = dict[str, Any]


@cache
def package() -> Dataset:
    return read_dataset(ROOT)


@cache
def guards() -> Guards:
    return Guards(package())


@cache
def sound() -> Report:
    return validate(ROOT)


def changed(table: str, change: Callable[[list[Row]], object]) -> pd.DataFrame:
    """A table of the package with its rows, in order, changed in place by `change`."""
    frame = package().frames[table]
    rows: list[Row] = [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]
    change(rows)
    return pd.DataFrame(
        {name: pd.Series([row[name] for row in rows], dtype=object) for name in frame.columns}
    )


def cell(table: str, key: str, column: str, value: object) -> pd.DataFrame:
    """A table with one cell changed, in the row whose first key column holds `key`."""

    def change(rows: list[Row]) -> None:
        row = next(row for row in rows if next(iter(row.values())) == key)
        assert row[column] != value
        row[column] = value

    return changed(table, change)


def found(report: Report) -> set[tuple[str, str]]:
    """What failed: tables and names of checks."""
    return {(check.table, check.name) for check in report.failed}


def report_of(tables: dict[str, pd.DataFrame]) -> Report:
    """What the guards say of the package with some tables changed in memory: those that can see the change."""
    changed_package, schemas = package().with_tables(tables), guards().schemas
    keys = {name: {key.table for key in schema.foreign_keys} for name, schema in schemas.items()}
    checks = [
        check_types(name, {"schema": schemas[name].descriptor}, frame) for name, frame in tables.items()
    ]
    seeing = [name for name in schemas if name in tables or keys[name] & set(tables)]
    checks += check_frames(changed_package.frames, schemas, seeing)
    checks += guards().expectations(
        changed_package,
        lambda table, each: table in tables or bool(each.rule and set(tables) & set(each.rule.reads)),
    )
    checks += guards().reread(changed_package, tables)
    return Report("", "", {}, tuple(checks))


def copied(target: Path, *, seeds: bool = True) -> Path:
    """A copy of the published package, with its seeds or without."""
    shutil.copytree(ROOT / "data", target / "data")
    shutil.copy(ROOT / "datapackage.json", target)
    if seeds:
        shutil.copytree(ROOT / "seeds", target / "seeds")
    return target
