"""Plants one fault in a package, in memory or in a scratch folder."""

import hashlib
import io
import json
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.package.dataset import Dataset
from pipelines.package.descriptor import descriptor_bytes
from pipelines.package.parquet import write_parquet

Row = dict[str, object]


class Draft:
    """The tables and texts of a package, to be changed in memory; what nobody asks for is not copied."""

    def __init__(self, package: Dataset) -> None:
        self.package = package
        self.texts: dict[str, str] = dict(package.texts)
        self._rows: dict[str, list[Row]] = {}

    def rows(self, table: str) -> list[Row]:
        """The rows of a table, to be changed, moved, added and removed in place."""
        if table not in self._rows:
            self._rows[table] = rows_of(self.package, table)
        return self._rows[table]

    @property
    def touched(self) -> list[str]:
        """The tables whose rows are not what they were."""
        return [table for table, rows in self._rows.items() if rows != rows_of(self.package, table)]

    def changed(self) -> Dataset:
        """The package as the draft has it."""
        tables = {table: self._frame(table, self._rows[table]) for table in self.touched}
        texts = {name: text for name, text in self.texts.items() if text != self.package.texts[name]}
        return self.package.with_tables(tables, texts)

    def _frame(self, table: str, rows: list[Row]) -> pd.DataFrame:
        columns = [str(name) for name in self.package.frames[table].columns]
        return pd.DataFrame({name: pd.Series([row[name] for row in rows], dtype=object) for name in columns})


def rows_of(package: Dataset, table: str) -> list[Row]:
    """The rows of a table, each a dictionary of its own."""
    frame = package.frames[table]
    names = [str(name) for name in frame.columns]
    cells = zip(*(frame[name].tolist() for name in names), strict=True)
    return [dict(zip(names, row, strict=True)) for row in cells]


class Scratch:
    """A copy of a published package in a folder, to be changed file by file and put right again."""

    def __init__(self, package: Path, folder: Path) -> None:
        self._original = package
        self.folder = folder
        shutil.copytree(package / "data", folder / "data")
        shutil.copy2(package / "datapackage.json", folder / "datapackage.json")
        self._touched: set[str] = set()

    def read(self, path: str) -> bytes:
        """The bytes of a file of the package."""
        return (self.folder / path).read_bytes()

    def write(self, path: str, data: bytes) -> None:
        """Replaces a file, or adds one."""
        self._touched.add(path)
        (self.folder / path).write_bytes(data)

    def make_folder(self, path: str) -> None:
        """Adds an empty folder."""
        self._touched.add(path)
        (self.folder / path).mkdir()

    def remove(self, path: str) -> None:
        """Removes a file."""
        self._touched.add(path)
        (self.folder / path).unlink()

    def descriptor(self) -> dict[str, Any]:
        """What datapackage.json says."""
        described: dict[str, Any] = json.loads(self.read("datapackage.json"))
        return described

    def edit(self, change: Callable[[dict[str, Any]], object]) -> None:
        """Changes what datapackage.json says."""
        descriptor = self.descriptor()
        change(descriptor)
        self.write("datapackage.json", descriptor_bytes(descriptor))

    def restate(self) -> None:
        """Makes sizes and checksums in datapackage.json those of the files as they are now: as if built so."""

        def restated(descriptor: dict[str, Any]) -> None:
            for resource in resources(descriptor):
                path = self.folder / str(resource["path"])
                if path.is_file():
                    data = path.read_bytes()
                    resource["bytes" if "bytes" in resource else "size_bytes"] = len(data)
                    resource["hash"] = f"sha256:{hashlib.sha256(data).hexdigest()}"

        self.edit(restated)

    def table(self, name: str) -> pa.Table:
        """A table as its Parquet file holds it."""
        return pq.read_table(self.folder / f"data/{name}.parquet")

    def write_table(self, name: str, table: pa.Table) -> None:
        """Replaces the Parquet file of a table."""
        stream = io.BytesIO()
        write_parquet(table, stream)
        self.write(f"data/{name}.parquet", stream.getvalue())

    @property
    def touched(self) -> frozenset[str]:
        """The paths of the files that were replaced, added or removed."""
        return frozenset(self._touched)

    def restore(self) -> None:
        """Makes every file what it is in the package again."""
        for path in self._touched:
            original = self._original / path
            if original.is_file():
                shutil.copy2(original, self.folder / path)
            elif (self.folder / path).is_dir():
                (self.folder / path).rmdir()
            else:
                (self.folder / path).unlink(missing_ok=True)
        self._touched.clear()


def resources(descriptor: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The resources of a descriptor, to be changed in place."""
    listed: list[dict[str, Any]] = descriptor["resources"]
    return listed


@dataclass(frozen=True, slots=True)
class Place:
    """Where a fault is planted: the table (or `package`), the primary key of the row, the column, what it changes."""

    table: str
    row: str = ""
    column: str = ""
    before: str = ""
    after: str = ""

    def __str__(self) -> str:
        where = "  ".join(part for part in (self.table, self.row, self.column) if part)
        change = f": {_short(self.before)} → {_short(self.after)}" if self.before or self.after else ""
        return f"{where}{change}"


@dataclass(frozen=True, slots=True)
class TableFault:
    """A fault in the values of tables or texts, as if the build had written them so, in every file alike.

    `meant` are the names of the checks that are there to catch it; one of them must.
    """

    kind: str
    place: Place
    meant: frozenset[str]
    change: Callable[[Draft], None]


@dataclass(frozen=True, slots=True)
class FileFault:
    """A fault in the files of a published package. `meant` as in `TableFault`."""

    kind: str
    place: Place
    meant: frozenset[str]
    change: Callable[[Scratch], None]


Fault = TableFault | FileFault


def _short(text: str) -> str:
    line = text.replace("\n", "⏎")
    return (line if len(line) <= 60 else f"{line[:60]}…") or "nothing"
