"""A fault in, the checks that fail on the package with it out: those of `make validate`, as far as they can see it.

Left out is only what cannot change its answer. An expectation is a function of the columns that it lists, in the
frame of its table; where these columns are what they were, so is its answer, which was that all is well; and where
it looks at each row for itself, it lets pass again the cells that it let pass before. The same
holds for Frictionless on a table whose rows, and whose parents' keys, are what they were, and for parity and
checksums of files that nobody touched.
"""

import tempfile
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import great_expectations as gx
import pandas as pd

from pipelines.faults.faults import Draft, Fault, Scratch, TableFault
from pipelines.guard.expectations import CELLS, ROWS, Expectation, Suite
from pipelines.guard.files import check_descriptor, check_files
from pipelines.guard.frames import READS, Index, frame
from pipelines.guard.parity import check_parity, check_types
from pipelines.guard.report import Check
from pipelines.guard.tabular import check_tabular
from pipelines.guard.validate import Guards, _csv
from pipelines.package.dataset import Dataset, read_dataset

# Expectations that look at each row for itself.
ROW_BY_ROW = frozenset(
    {
        ROWS,
        CELLS,
        "expect_column_values_to_be_between",
        "expect_column_values_to_be_in_set",
        "expect_column_values_to_not_be_in_set",
        "expect_column_values_to_be_null",
        "expect_column_values_to_not_be_null",
        "expect_column_pair_values_a_to_be_greater_than_b",
    }
)
BARE = ("name", "type", "constraints", "trueValues", "falseValues")


class NarrowGuards(Guards):
    """The guards on one sound package, loaded once; `failed` says what they make of it with a fault in it."""

    def __init__(self, package: Dataset) -> None:
        super().__init__(package)
        self._copy = tempfile.TemporaryDirectory(prefix="mutants-")
        self._scratch = Scratch(package.root, Path(self._copy.name))
        self._resources = {str(each["name"]): each for each in package.resources}
        self._index = Index(package, self.lookups)
        self._frames = {name: frame(package, name, self.lookups, self._index) for name in self.schemas}
        self._passed: dict[tuple[str, tuple[str, ...]], frozenset[tuple[object, ...]]] = {}
        self._suites: dict[tuple[str, ...], Suite] = {}

    def failed(self, fault: Fault) -> list[str]:
        """The names of the checks that fail, in the order in which they run."""
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
        return list(dict.fromkeys(checks))

    def close(self) -> None:
        """Removes the scratch copy."""
        super().close()
        self._copy.cleanup()

    # --- faults in tables -------------------------------------------------------------------------------------------

    def _check_tables(self, package: Dataset) -> list[str]:
        changed = [name for name, table in package.frames.items() if table is not self.package.frames[name]]
        types = _failed(check_types(name, self._resources[name], package.frames[name]) for name in changed)
        if types:
            return types
        return [*self._check_tabular(package, changed), *self._failing(package, changed)]

    def _check_tabular(self, package: Dataset, changed: list[str]) -> list[str]:
        """Frictionless on the changed tables as CSV files, and on those that refer to keys that changed."""
        keys = {name: self._keys_in_doubt(package, name) for name in self.schemas}
        wanted = [
            name
            for name in self.schemas
            if keys[name] or (name in changed and self._is_constrained(package, name))
        ]
        if not wanted:
            return []
        parents = {parent for name in wanted for parent in keys[name].values()}
        listed = []
        for name in self.schemas:
            if name in parents or name in wanted:
                rows = package.frames[name]
                if name not in parents and self._is_row_by_row(package, name):
                    rows = self._changed_rows(package, name)
                if rows is not self.package.frames[name]:
                    self._scratch.write(f"data/{name}.csv", _csv(rows))
                listed.append(_bare(self._resources[name], keys[name]) | {"rows": len(rows)})
        try:
            return _failed(check_tabular(listed, self._scratch.folder, wanted))
        finally:
            self._scratch.restore()

    def _is_row_by_row(self, package: Dataset, name: str) -> bool:
        """Whether a schema can only refuse a changed row: the keys, and those referred to, are what they were."""
        schema = self.schemas[name]
        whole = [(name, column) for column in schema.primary_key]
        whole += [(name, field.name) for field in schema.fields if field.unique]
        whole += [(key.table or name, key.reference_fields[0]) for key in schema.foreign_keys]
        same_count = len(package.frames[name]) == len(self.package.frames[name])
        return same_count and not any(self._differs(package, table, column) for table, column in whole)

    def _changed_rows(self, package: Dataset, name: str) -> pd.DataFrame:
        old, new = self.package.frames[name], package.frames[name]
        pairs = zip(*(zip(old[column], new[column], strict=True) for column in new.columns), strict=True)
        return new[[any(one != other for one, other in row) for row in pairs]]

    def _keys_in_doubt(self, package: Dataset, name: str) -> dict[str, str]:
        """The foreign keys of a table, with the tables they refer to, of which either end changed."""
        return {
            key.fields[0]: key.table or name
            for key in self.schemas[name].foreign_keys
            if self._differs(package, name, key.fields[0])
            or self._differs(package, key.table or name, key.reference_fields[0])
        }

    def _differs(self, package: Dataset, name: str, column: str) -> bool:
        old, new = self.package.frames[name], package.frames[name]
        return old is not new and bool(old[column].tolist() != new[column].tolist())

    def _is_constrained(self, package: Dataset, name: str) -> bool:
        """Whether a schema can refuse what changed: not where only texts changed that need no more than be there."""
        schema, old, new = self.schemas[name], self.package.frames[name], package.frames[name]
        if len(old) != len(new):
            return True
        for field in schema.fields:
            free = not (field.enum or field.pattern or field.unique or field.name in schema.primary_key)
            free = free and field.minimum is None and field.maximum is None
            filled = not field.required or None not in new[field.name].tolist()
            if not (free and filled) and self._differs(package, name, field.name):
                return True
        return False

    def _failing(self, package: Dataset, changed: Iterable[str]) -> list[str]:
        seen = set(changed)
        if package.texts != self.package.texts:
            seen |= {"documents", "plans", "clauses"}  # whoever reads a text reads documents
        index = self._index_of(package, seen)
        failing: list[str] = []
        for name in self.schemas:
            if not seen.intersection(READS[name]):
                continue
            found = frame(package, name, self.lookups, index)
            wanted = self._touched(name, found)
            if wanted:
                suite = self._suite(name, wanted)
                columns = [
                    column for column in found.columns if any(column in each.columns for each in wanted)
                ]
                failing += [
                    f"{name}.{each.name}" for each in self._runner.failing(suite, found[columns or ["_line"]])
                ]
        return failing

    def _index_of(self, package: Dataset, changed: set[str]) -> Index:
        """An index of a package that shares with that of the sound one what does not depend on what changed."""
        index = Index(package, self.lookups)
        index.share(self._index, changed)
        return index

    def _touched(self, name: str, found: pd.DataFrame) -> list[Expectation]:
        """The expectations of a table that see a difference between its frame and what it was."""
        before = self._frames[name]
        if found.empty:
            return [each for each in self.suites[name].expectations if each.type not in ROW_BY_ROW]
        moved = len(before) != len(found)
        differs = {
            str(column): moved or before[column].tolist() != found[column].tolist()
            for column in found.columns
        }
        return [
            each
            for each in self.suites[name].expectations
            if (each.type not in ROW_BY_ROW and (moved or any(differs[column] for column in each.columns)))
            or (
                each.type in ROW_BY_ROW
                and any(differs[column] for column in each.columns)
                and not self._seen(name, each, found)
            )
        ]

    def _seen(self, name: str, expectation: Expectation, found: pd.DataFrame) -> bool:
        """Whether every row of a frame has, in the columns of an expectation, the cells of some row that it let pass."""
        key = (name, expectation.columns)
        try:
            if key not in self._passed:
                self._passed[key] = frozenset(_cells(self._frames[name], expectation.columns))
            return self._passed[key].issuperset(_cells(found, expectation.columns))
        except TypeError:  # a cell that cannot be hashed
            return False

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

    def _check_files(self, touched: frozenset[str]) -> list[str]:
        package = self._reread(touched)
        tables = self._differing(package, touched)
        is_current = package.version == self.package.version
        described = check_descriptor(package, self.schemas if is_current else None)
        failed = _failed([*check_files(package), *described])
        listed = [
            each for each in package.resources if each.get("format") != "csv" or each.get("name") in tables
        ]
        failed += _failed(
            check_parity(replace(package, descriptor={**package.descriptor, "resources": listed}))
        )
        if tables:
            failed += _failed(check_tabular(package.resources, package.root, tables))
        if package.texts != self.package.texts:
            failed += self._failing(package, ())
        return failed

    def _differing(self, package: Dataset, touched: frozenset[str]) -> list[str]:
        """The tables whose CSV or Parquet file, or whose place in the descriptor, is not what it was."""
        found = []
        for each in package.resources:
            name = str(each.get("name"))
            if each.get("format") == "csv" and (
                each != self._resources.get(name) or {f"data/{name}.csv", f"data/{name}.parquet"} & touched
            ):
                found.append(name)
        return found

    def _reread(self, touched: frozenset[str]) -> Dataset:
        """The package in the scratch folder; files that nobody touched are not read again."""
        fresh = read_dataset(self._scratch.folder)
        same = {
            str(each["path"])
            for each in fresh.resources
            if each["path"] not in touched and each in self.package.resources
        }
        return replace(
            fresh.with_tables(
                {
                    name: frame
                    for name, frame in self.package.frames.items()
                    if f"data/{name}.parquet" in same
                },
                {name: text for name, text in self.package.texts.items() if f"data/text/{name}.txt" in same},
            ),
            read_seeds=self.package.read_seeds,
        )


def _cells(found: pd.DataFrame, columns: tuple[str, ...]) -> Iterator[tuple[object, ...]]:
    """The cells of some columns, row by row; 1, 1.0 and True are told apart."""
    listed = [found[column].tolist() for column in columns]
    return ((*row, *map(type, row)) for row in zip(*listed, strict=True))


def _failed(checks: Iterable[Check]) -> list[str]:
    return [f"{check.table}.{check.name}" for check in checks if not check.ok]


def _bare(resource: Mapping[str, object], keys: Container[str]) -> dict[str, object]:
    """A resource without what differs for a changed table, the descriptions of its columns, and keys out of doubt."""
    schema = resource["schema"]
    assert isinstance(schema, dict)
    fields = [{key: field[key] for key in BARE if key in field} for field in schema["fields"]]
    kept = {key: resource[key] for key in ("name", "path", "format", "mediatype", "encoding")}
    return {
        **kept,
        "schema": {
            "fields": fields,
            "missingValues": schema["missingValues"],
            "primaryKey": schema["primaryKey"],
            "foreignKeys": [key for key in schema.get("foreignKeys", ()) if key["fields"][0] in keys],
        },
    }
