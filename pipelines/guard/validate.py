"""A folder with a package in, the report of every guard on it out."""

import csv
import io
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pandas as pd

from pipelines.guard.files import check_descriptor, check_files
from pipelines.guard.frames import NEEDS_SEEDS, NEEDS_VOCABULARY, READS, Index, frame
from pipelines.guard.lookups import load_lookups
from pipelines.guard.parity import check_parity, check_types
from pipelines.guard.report import Check, Report
from pipelines.guard.tabular import check_tabular
from pipelines.package.dataset import Dataset, read_dataset
from pipelines.schema import load_package, load_schemas

Tables = Mapping[str, pd.DataFrame]

__all__ = ["Guards", "validate"]


def validate(package: Path, *, seeds: Path | None = None, other_version: bool = False) -> Report:
    """Every guard on the package in a folder.

    `seeds` is the folder with the raw texts; by default the folder seeds beside the descriptor, if there is one.
    Without seeds the checks against the raw texts are reported as not run. So are, for a package of another version
    than the code, those against schemas and vocabularies; and it fails, unless `other_version` says that it may be of
    another. Raises PipelineError if there is no descriptor to read, or if a suite of expectations is broken.
    """
    read = read_dataset(package, seeds)
    guards = Guards(read)
    checks = [
        *check_files(read),
        *check_descriptor(read, guards.schemas if guards.is_current else None, other_version=other_version),
        *check_tabular(read.resources, package),
        *check_parity(read),
        *guards.expectations(read),
    ]
    rows = {name: len(table) for name, table in read.frames.items()}
    return Report(str(package), read.version, rows, tuple(checks))


class Guards:
    """The guards on one package, loaded once: for `validate`, and for whoever plants faults in its tables.

    `is_current` says whether the package is of the version of the code. Only then the schemas and vocabularies of
    the code bind it.
    """

    def __init__(self, package: Dataset) -> None:
        from pipelines.guard.expectations import Runner, load_suites  # GX takes seconds to import

        self.package = package
        self.schemas = load_schemas()
        self.is_current = package.version == str(load_package().get("version"))
        self.lookups = load_lookups() if self.is_current else None
        self.suites = load_suites(self.schemas)
        self._runner = Runner()
        self._folder: tempfile.TemporaryDirectory[str] | None = None

    def expectations(self, package: Dataset, tables: Iterable[str] | None = None) -> list[Check]:
        """The checks of the suites of some tables (all of them, if none are named) on a package."""
        index = Index(package, self.lookups)
        checks: list[Check] = []
        sound = {name: self._why_unsound(package, name) for name in self.schemas}
        for name in tables if tables is not None else self.schemas:
            suite = self.suites[name]
            why = next((sound[each] for each in READS[name] if sound[each]), "")
            if why:
                checks += [
                    Check("expectations", name, each.name, each.reason, not_run=why)
                    for each in suite.expectations
                ]
                continue
            found = self._runner.run(suite, frame(package, name, self.lookups, index), self.schemas[name])
            checks += [
                replace(check, failed=0, failures=(), not_run=self._why_blind(package, name, each.columns))
                if self._why_blind(package, name, each.columns)
                else check
                for each, check in zip(suite.expectations, found, strict=True)
            ]
        return checks

    def changed(self, tables: Tables, *, thorough: bool = False) -> Report:
        """What the guards say of the package with some tables replaced in memory, in a fraction of a second.

        The frames hold Python values or None in object columns, as those of `read_dataset` do. Runs only guards
        that can see the change, nearest first: types, Frictionless and the suites of the tables replaced; then
        Frictionless on the tables whose keys refer to them, and the suites whose frames are made of them. Stops
        after the first of the two steps if that one found something, unless it is to be thorough.
        """
        package = self.package.with_tables(tables)
        resources = {str(each.get("name")): each for each in package.resources if each.get("format") == "csv"}
        own = [name for name in self.schemas if name in tables]
        others = [name for name in self.schemas if name not in tables]
        checks = [check_types(name, resources[name], tables[name]) for name in own]
        with self._written(package, tables) as (listed, folder):
            checks += check_tabular(listed, folder, own)
            checks += self.expectations(package, own)
            if thorough or all(check.ok for check in checks):
                referring = [
                    n for n in others if any(key.table in tables for key in self.schemas[n].foreign_keys)
                ]
                checks += check_tabular(listed, folder, referring)
                checks += self.expectations(
                    package, [name for name in others if set(READS[name]) & set(tables)]
                )
        rows = {name: len(each) for name, each in package.frames.items()}
        return Report(str(package.root), package.version, rows, tuple(checks))

    def close(self) -> None:
        """Removes the folder of our own, if there was need of one."""
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None

    @contextmanager
    def _written(self, package: Dataset, changed: Tables) -> Iterator[tuple[list[dict[str, object]], Path]]:
        """The tables as CSV files in a folder of our own, which keeps those that do not change, and resources for them."""
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="guards-")
            for name, table in self.package.frames.items():
                (Path(self._folder.name) / f"{name}.csv").write_bytes(_csv(table))
        folder = Path(self._folder.name)
        resources = [
            {
                **{key: value for key, value in each.items() if key not in ("hash", "bytes")},
                "path": f"{each['name']}.csv",
                "rows": len(package.frames[str(each["name"])]),
            }
            for each in package.resources
            if each.get("format") == "csv"
        ]
        for name, table in changed.items():
            (folder / f"{name}.csv").write_bytes(_csv(table))
        try:
            yield resources, folder
        finally:
            for name in changed:
                (folder / f"{name}.csv").write_bytes(_csv(self.package.frames[name]))

    def _why_unsound(self, package: Dataset, name: str) -> str:
        """Why a table cannot be held against expectations: it is not there, or not as its schema says."""
        table, schema = package.frames.get(name), self.schemas[name]
        if table is None:
            return f"the table {name} cannot be read"
        if list(table.columns) != list(schema.columns):
            return f"the table {name} has other columns than its schema"
        if not check_types(name, {"schema": schema.descriptor}, table).ok:
            return f"the table {name} holds values of other types than its schema"
        return ""

    def _why_blind(self, package: Dataset, name: str, columns: Iterable[str]) -> str:
        """Why an expectation cannot see what it looks for: there are no seeds, or the vocabularies do not bind."""
        if package.seeds is None and NEEDS_SEEDS.get(name, frozenset()) & set(columns):
            return "no seeds: name their folder to hold the tables against the raw texts"
        if self.lookups is None and NEEDS_VOCABULARY & set(columns):
            return f"the package is of version {package.version}, the vocabularies here are of another"
        return ""


def _csv(table: pd.DataFrame) -> bytes:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(table.columns)
    columns = [[_cell(value) for value in table[name].tolist()] for name in table.columns]
    writer.writerows(zip(*columns, strict=True))
    return stream.getvalue().encode("utf-8", "surrogatepass")


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return format(Decimal(repr(value)), "f").removesuffix(".0")
    return value.isoformat() if isinstance(value, date) else str(value)
