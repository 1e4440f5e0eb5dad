"""A fault in, the checks that fail on the package with it out: those of `make validate`, as far as they can see it.

Left out is only what cannot change its answer. An expectation is a function of the columns that it lists, in the
frame of its table; where these columns are what they were, so is its answer, which was that all is well. The same
holds for Frictionless on a table whose rows, and whose parents' keys, are what they were, and for parity and
checksums of files that nobody touched.
"""

import csv
import io
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

import great_expectations as gx
import pandas as pd

from pipelines.guard.expectations import Expectation, Suite
from pipelines.guard.files import check_descriptor, check_files
from pipelines.guard.frames import READS, Index, frame
from pipelines.guard.package import Package, frame_of
from pipelines.guard.parity import check_parity, check_types
from pipelines.guard.report import Check
from pipelines.guard.tabular import check_tabular
from pipelines.guard.validate import Guards
from pipelines.mutants.faults import Draft, Fault, Scratch, TableFault


class NarrowGuards:
    """The guards on one sound package, loaded once; `failed` says what they make of it with a fault in it."""

    def __init__(self, package: Package) -> None:
        self.guards = Guards(package)
        self.package = package
        self._folder = tempfile.TemporaryDirectory(prefix="mutants-")
        self._scratch = Scratch(package.root, Path(self._folder.name))
        self._resources = {str(each["name"]): each for each in package.resources}
        self._frames = {name: self._frame(package, name) for name in self.guards.schemas}
        self._suites: dict[tuple[str, ...], Suite] = {}

    def failed(self, fault: Fault) -> list[Check]:
        """The checks that fail, in the order in which they run."""
        if isinstance(fault, TableFault):
            draft = Draft(self.package)
            fault.change(draft)
            checks = self._check_tables(draft.changed())
        else:
            try:
                fault.change(self._scratch)
                checks = self._check_files(self._scratch.touched)
            finally:
                self._scratch.restore()
        return [check for check in checks if not check.ok]

    def close(self) -> None:
        """Removes the scratch copy."""
        self._folder.cleanup()

    # --- faults in tables -------------------------------------------------------------------------------------------

    def _check_tables(self, package: Package) -> list[Check]:
        changed = [name for name, table in package.tables.items() if table is not self.package.tables[name]]
        checks = [check_types(name, self._resources[name], package.tables[name]) for name in changed]
        if all(check.ok for check in checks):
            checks += self._check_tabular(package, changed)
        return [*checks, *self._expectations(package, changed)]

    def _check_tabular(self, package: Package, changed: list[str]) -> list[Check]:
        """Frictionless on the changed tables as CSV files, and on those that refer to keys that changed."""
        for name in changed:
            self._scratch.write(f"data/{name}.csv", csv_bytes(package.tables[name]))
        resources = [
            {key: value for key, value in each.items() if key not in ("hash", "bytes")}
            for each in package.resources
            if each.get("format") == "csv"
        ]
        try:
            return check_tabular(resources, self._scratch.folder, [*changed, *self._referring(package, changed)])
        finally:
            self._scratch.restore()

    def _referring(self, package: Package, changed: list[str]) -> list[str]:
        moved = {
            name
            for name in changed
            for key in [list(self.guards.schemas[name].primary_key)]
            if not package.tables[name][key].equals(self.package.tables[name][key])
        }
        return [
            name
            for name, schema in self.guards.schemas.items()
            if name not in changed and any(key.table in moved for key in schema.foreign_keys)
        ]

    def _expectations(self, package: Package, changed: Iterable[str]) -> list[Check]:
        seen = set(changed)
        if package.texts != self.package.texts:
            seen |= {"documents", "plans", "clauses"}  # whoever reads a text reads documents
        index = Index(package, self.guards.lookups)
        checks: list[Check] = []
        for name in self.guards.schemas:
            if not seen.intersection(READS[name]):
                continue
            found = frame(package, name, self.guards.lookups, index)
            wanted = self._touched(name, found)
            if wanted:
                checks += self.guards.run(self._suite(name, wanted), found)
        return checks

    def _frame(self, package: Package, name: str) -> pd.DataFrame:
        return frame(package, name, self.guards.lookups)

    def _touched(self, name: str, found: pd.DataFrame) -> list[Expectation]:
        """The expectations of a table that see a difference between its frame and what it was."""
        before = self._frames[name]
        expectations = list(self.guards.suites[name].expectations)
        if len(before) != len(found):
            return expectations
        differs = {
            str(column): column not in before or before[column].tolist() != found[column].tolist()
            for column in found.columns
        }
        return [each for each in expectations if any(differs[column] for column in each.columns)]

    def _suite(self, name: str, wanted: list[Expectation]) -> Suite:
        key = (name, *(each.name for each in wanted))
        if key not in self._suites:
            loaded = gx.ExpectationSuite(
                name=name,
                expectations=[
                    {"type": each.type, "kwargs": dict(each.kwargs), "meta": {"notes": each.reason}}
                    for each in wanted
                ],
            )
            self._suites[key] = Suite(name, "", tuple(wanted), loaded)
        return self._suites[key]

    # --- faults in files --------------------------------------------------------------------------------------------

    def _check_files(self, touched: Iterable[str]) -> list[Check]:
        package = self._reread(frozenset(touched))
        tables = self._differing(package, frozenset(touched))
        checks = [*check_files(package), *check_descriptor(package, self.guards.schemas)]
        listed = [each for each in package.resources if each.get("format") != "csv" or each.get("name") in tables]
        checks += check_parity(replace(package, descriptor={**package.descriptor, "resources": listed}))
        if tables:
            checks += check_tabular(package.resources, package.root, tables)
        if package.texts != self.package.texts and all(check.name != "present" or check.ok for check in checks):
            checks += self._expectations(package, ())
        return checks

    def _differing(self, package: Package, touched: frozenset[str]) -> list[str]:
        """The tables whose CSV or Parquet file, or whose place in the descriptor, is not what it was."""
        found = []
        for each in package.resources:
            name = str(each.get("name"))
            if each.get("format") == "csv" and (
                each != self._resources.get(name)
                or {f"data/{name}.csv", f"data/{name}.parquet"} & touched
            ):
                found.append(name)
        return found

    def _reread(self, touched: frozenset[str]) -> Package:
        """The package in the scratch folder; files that nobody touched are not read again."""
        from pipelines.guard.package import read_files

        descriptor = self._scratch.descriptor()
        resources = [each for each in descriptor["resources"] if isinstance(each, dict)]  # type: ignore[attr-defined]
        fresh = [each for each in resources if each["path"] in touched or each not in self.package.resources]
        tables, texts, unreadable = read_files(self._scratch.folder, fresh)
        gone = set(unreadable)
        return Package(
            self._scratch.folder,
            descriptor,
            {name: tables.get(name, table) for name, table in self.package.tables.items() if name not in gone},
            {name: texts.get(name, text) for name, text in self.package.texts.items() if name not in gone},
            self.package.seeds,
            unreadable,
        )


def csv_bytes(table: pd.DataFrame) -> bytes:
    """A table of any values as a CSV file."""
    from pipelines.guard.validate import _csv

    return _csv(table)


__all__ = ["Mapping", "NarrowGuards", "csv", "frame_of", "io"]
