"""Finds the rows of a package that differ from those that its seeds, read again, give.

The reading is that of the build, in this process: a row, a repair or an issue is right only if the code, run again on
the seeds, makes it. The tables of the vocabularies need no seeds.
"""

import tempfile
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from pipelines.errors import PipelineError
from pipelines.guard.files import is_of_this_code
from pipelines.guard.report import Check, Failure, checked
from pipelines.package.build import read_tables
from pipelines.package.dataset import Dataset
from pipelines.package.files import SEEDS
from pipelines.schema import TableSchema

REASON = "Read again by the code of this version, the seeds give these very rows: nothing was added, lost or changed since."
TEXTS = "The texts published are those that the seeds, read again, give."
NO_SEEDS = "no seeds: name their folder to hold the tables against the raw texts"
Rows = dict[tuple[str, ...], int]


@dataclass(frozen=True)
class Reading:
    """What the seeds give: the columns of each table as lists of Python values, and the texts."""

    columns: Mapping[str, Mapping[str, list[Any]]]
    texts: Mapping[str, str]


class Reread:
    """The seeds of a package, read again when first asked for, against any version of its tables."""

    def __init__(self, package: Dataset, schemas: Mapping[str, TableSchema]) -> None:
        self._package = package
        self._schemas = schemas

    @cached_property
    def _reading(self) -> Reading | PipelineError:
        files = self._package.files
        try:
            if not files.is_archive:
                return _read(files.where(f"{SEEDS}sources.csv").parent)
            with tempfile.TemporaryDirectory(prefix="seeds-") as folder:
                for name in files.under(SEEDS.rstrip("/")):
                    (Path(folder) / name).parent.mkdir(parents=True, exist_ok=True)
                    (Path(folder) / name).write_bytes(files.read(name))
                return _read(Path(folder) / SEEDS)
        except PipelineError as error:
            return error

    def checks(self, package: Dataset, tables: Container[str] | None = None) -> list[Check]:
        """A check for each table, of those named, and for the texts of a version of the package."""
        names = [name for name in self._schemas if tables is None or name in tables]
        if why_not := self._why_not():
            return [
                *(Check("reread", name, "rows-as-read", REASON, not_run=why_not) for name in names),
                Check("reread", "package", "texts-as-read", TEXTS, not_run=why_not),
            ]
        reading = self._reading
        if isinstance(reading, PipelineError):
            failure = Failure((), "", "", f"the seeds cannot be read: {reading}")
            return [checked("reread", "package", "rows-as-read", REASON, [failure])]
        checks = [
            checked(
                "reread",
                name,
                "rows-as-read",
                REASON,
                _differences(self._schemas[name], reading.columns[name], package.frames[name]),
                len(package.frames[name]),
            )
            for name in names
            if name in package.frames
        ]
        return [
            *checks,
            checked("reread", "package", "texts-as-read", TEXTS, _texts(reading.texts, package.texts)),
        ]

    def _why_not(self) -> str:
        """Why the seeds cannot tell: they are read by another code than the package was, or are not there."""
        if not is_of_this_code(self._package):
            return f"the package is of version {self._package.version}, the code of another"
        return NO_SEEDS if self._package.seeds is None else ""


def _read(seeds: Path) -> Reading:
    made = read_tables(seeds, strict=False)
    columns = {
        name: {column: table.column(column).to_pylist() for column in table.column_names}
        for name, table in made.tables.items()
    }
    return Reading(columns, made.texts)


def _differences(
    schema: TableSchema, wanted: Mapping[str, list[Any]], frame: pd.DataFrame
) -> Iterator[Failure]:
    """The rows that are only in one of the two, and the cells that differ, by primary key."""
    found = {str(name): frame[name].tolist() for name in frame.columns}
    if found == wanted:
        return
    if list(found) != list(wanted):
        yield Failure((), "", ", ".join(found), f"the seeds give the columns {', '.join(wanted)}")
        return
    keys = schema.primary_key
    own, other = _by_key(found, keys), _by_key(wanted, keys)
    for key in own.keys() - other.keys():
        yield Failure(tuple(zip(keys, key, strict=True)), keys[0], key[0], "the seeds give no such row")
    for key in other.keys() - own.keys():
        yield Failure(
            tuple(zip(keys, key, strict=True)), keys[0], "", "the seeds give this row, and it is not there"
        )
    for key in own.keys() & other.keys():
        for column, cells in found.items():
            cell, read = cells[own[key]], wanted[column][other[key]]
            if cell != read or type(cell) is not type(read):
                value = "" if cell is None else str(cell)
                expected = "nothing" if read is None else f"“{read}”"
                yield Failure(tuple(zip(keys, key, strict=True)), column, value, f"the seeds give {expected}")
    if len(own) == len(other) == len(frame) and list(own) != list(other):
        yield Failure((), keys[0], "", "the seeds give the rows in another order")
    if len(own) < len(frame):
        yield Failure((), keys[0], "", "rows stand more than once")


def _by_key(columns: Mapping[str, list[Any]], keys: tuple[str, ...]) -> Rows:
    rows = zip(*(columns[key] for key in keys), strict=True)
    return {tuple(map(str, key)): row for row, key in enumerate(rows)}


def _texts(wanted: Mapping[str, str], found: Mapping[str, str]) -> Iterator[Failure]:
    for document in sorted({*wanted, *found}):
        if wanted.get(document) != found.get(document):
            what = "the seeds give another text" if document in found else "the seeds give this text"
            yield Failure((("document_id", document),), "", "", what)
