"""The one reader of a package, a folder or a release archive: its descriptor, tables, texts and seeds.

Tables and texts are read when they are first asked for: as Arrow tables, as rows, or as frames of Python values.
`write.py` beside this file writes a package.
"""

import csv
import io
import json
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, TypeVar

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.errors import PipelineError
from pipelines.package.files import DESCRIPTOR, SEEDS, Files, digest

if TYPE_CHECKING:  # it takes longer to import than a package to read
    import pandas as pd

# A Parquet file that says one value of many rows takes hardly a byte for them: what is more is none of ours.
MOST_CELLS, MOST_CELLS_A_BYTE = 10_000_000, 100
# A row of a published table: its columns are the public interface, so their names serve here too.
Row = Mapping[str, Any]
T = TypeVar("T")


class UnreadableError(Exception):
    """A table or a text that the descriptor names and that cannot be read, in words."""


class Readable(Mapping[str, T]):
    """Values that are read from their files when first asked for; one that cannot be read is not there."""

    def __init__(self, paths: Mapping[str, str], read: Callable[[str], T]) -> None:
        self._paths = paths
        self._read = read
        self._known: dict[str, T] = {}
        self._reasons: dict[str, str] = {}

    def over(self, names: Container[str], read: Callable[[str], T]) -> "Readable[T]":
        """The same with some names read otherwise; the rest is read once for both."""
        return Readable(self._paths, lambda name: read(name) if name in names else self.of(name))

    def of(self, name: str) -> T:
        """A value; UnreadableError where it is not there."""
        if name not in self:
            raise UnreadableError(self._reasons.get(name, f"no file is named for {name}"))
        return self._known[name]

    @property
    def absent(self) -> Mapping[str, str]:
        """What cannot be read, and why."""
        return {name: self._reasons[name] for name in self._paths if name not in self}

    def __getitem__(self, name: str) -> T:
        if name in self._paths and name not in self._known and name not in self._reasons:
            try:
                self._known[name] = self._read(name)
            except UnreadableError as error:
                self._reasons[name] = str(error)
            except (PipelineError, ValueError, OSError, pa.ArrowException) as error:
                why = error.found if isinstance(error, PipelineError) else str(error).strip().split("\n")[0]
                self._reasons[name] = f"{PurePosixPath(self._paths[name]).name} cannot be read: {why[:200]}"
        return self._known[name]

    def __iter__(self) -> Iterator[str]:
        return (name for name in self._paths if name in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)


@dataclass(frozen=True)
class Seeds:
    """The raw texts by document_id, what sources.csv says of each document, and the rows of errata.csv for it."""

    texts: Mapping[str, str]
    digests: Mapping[str, str]
    sizes: Mapping[str, int]
    sources: Mapping[str, Mapping[str, str]]
    errata: Mapping[str, Sequence[Mapping[str, str]]]


@dataclass(frozen=True)
class Dataset:
    """A package. `tables` and `frames` hold every table that can be read, `texts` every repaired text.

    Frames hold Python values (str, int, float, bool, date) or None, in object columns.
    """

    files: Files
    descriptor: Mapping[str, Any]
    tables: Readable[pa.Table] = field(repr=False)
    frames: "Readable[pd.DataFrame]" = field(repr=False)
    texts: Readable[str] = field(repr=False)
    read_seeds: Callable[[], Seeds | None] = field(repr=False)

    @property
    def root(self) -> Path:
        """The folder of the package, or its archive."""
        return self.files.path

    @property
    def version(self) -> str:
        """The version that the descriptor states."""
        return str(self.descriptor.get("version", ""))

    @property
    def resources(self) -> list[Mapping[str, Any]]:
        """The resources of the descriptor."""
        return [each for each in self.descriptor["resources"] if isinstance(each, dict)]

    @property
    def seeds(self) -> Seeds | None:
        """The raw texts that the table documents names, as far as they are there; None where no seeds are."""
        return self.read_seeds()

    @property
    def unreadable(self) -> Mapping[str, str]:
        """The tables and texts that the descriptor names and that cannot be read, each with the reason."""
        return {**self.frames.absent, **self.texts.absent}

    def table(self, name: str) -> pa.Table:
        """A table; PipelineError where it cannot be read."""
        try:
            return self.tables.of(name)
        except UnreadableError as error:
            raise _wrong(self.root, f"table {name}", str(error), "every table of a whole package") from None

    def rows(self, name: str) -> tuple[Row, ...]:
        """The rows of a table, of Python values or None; PipelineError where it cannot be read."""
        return tuple(self.table(name).to_pylist())

    def with_tables(
        self, frames: "Mapping[str, pd.DataFrame]", texts: Mapping[str, str] | None = None
    ) -> "Dataset":
        """The same package with some tables, and texts, replaced in memory; the rest is read once for both."""
        texts = texts or {}
        return replace(
            self,
            tables=self.tables.over(frames, lambda name: _arrow(frames[name])),
            frames=self.frames.over(frames, frames.__getitem__),
            texts=self.texts.over(texts, texts.__getitem__),
        )


def read_dataset(path: Path, seeds: Path | None = None) -> Dataset:
    """The package at `path`, a folder with datapackage.json or a release archive (.zip).

    `seeds` is the folder of its raw texts, by default seeds/ beside the descriptor. Raises PipelineError for what
    is no package, and for an archive that could hurt who unpacks it.
    """
    files = Files(path, seeds)
    descriptor = _descriptor(files)
    listed = [each for each in descriptor["resources"] if isinstance(each, dict)]
    parquet = {
        str(each.get("table", str(each.get("name")).removesuffix("-parquet"))): str(each.get("path"))
        for each in listed
        if each.get("format") == "parquet"
    }
    text_paths = [str(each.get("path")) for each in listed if each.get("format") == "txt"]
    texts = {PurePosixPath(each).stem: each for each in text_paths}
    tables = Readable(parquet, lambda name: _read_parquet(files.read(parquet[name])))
    return Dataset(
        files,
        descriptor,
        tables,
        Readable(parquet, lambda name: _frame(tables.of(name))),
        Readable(texts, lambda name: files.read(texts[name]).decode("utf-8")),
        cache(lambda: _seeds(files, tables)),
    )


def _descriptor(files: Files) -> dict[str, Any]:
    try:
        descriptor = json.loads(files.read(DESCRIPTOR).decode("utf-8"))
    except (ValueError, RecursionError) as error:
        found = f"no descriptor that can be read ({error})"
        raise _wrong(files.path, DESCRIPTOR, found, "a JSON object in UTF-8") from None
    if not isinstance(descriptor, dict) or not isinstance(descriptor.get("resources"), list):
        expected = "the descriptor of a data package, which lists its files"
        raise _wrong(files.path, DESCRIPTOR, "no list of resources", expected)
    return descriptor


def _read_parquet(data: bytes) -> pa.Table:
    """A table from the bytes of a Parquet file; UnreadableError where few bytes say that they unpack to too many."""
    file = pq.ParquetFile(pa.BufferReader(data))
    groups = [file.metadata.row_group(number) for number in range(file.metadata.num_row_groups)]
    cells = sum(group.num_rows for group in groups) * file.metadata.num_columns
    if cells > MOST_CELLS + MOST_CELLS_A_BYTE * len(data):
        raise UnreadableError(f"{len(data):,} bytes of Parquet that unpack to {cells:,} cells")
    return file.read()


def _arrow(frame: "pd.DataFrame") -> pa.Table:
    return pa.table({str(name): cells.tolist() for name, cells in frame.items()})


def _frame(table: pa.Table) -> "pd.DataFrame":
    import pandas as pd

    columns = {name: table.column(name).to_pylist() for name in table.column_names}
    return pd.DataFrame({name: pd.Series(cells, dtype=object) for name, cells in columns.items()})


def _seeds(files: Files, tables: Mapping[str, pa.Table]) -> Seeds | None:
    """The seeds, decoded as UTF-8 and otherwise untouched; a file that is not UTF-8 counts as absent."""
    if f"{SEEDS}sources.csv" not in files or "documents" not in tables:
        return None
    texts, digests, sizes = {}, {}, {}
    for row in tables["documents"].to_pylist():
        name, document = f"{SEEDS}{row.get('path')}", str(row.get("document_id"))
        if name in files:
            data = files.read(name)
            with suppress(UnicodeDecodeError):
                texts[document] = data.decode("utf-8")
                digests[document], sizes[document] = digest(data), len(data)
    errata: dict[str, list[Mapping[str, str]]] = {}
    for each in _listed(files, "errata.csv"):
        errata.setdefault(each.get("document_id") or "", []).append(each)
    sources = {each.get("document_id") or "": each for each in _listed(files, "sources.csv")}
    return Seeds(texts, digests, sizes, sources, errata)


def _listed(files: Files, name: str) -> list[Mapping[str, str]]:
    """The rows of a list that curators keep beside the seeds; none where it is not there."""
    if SEEDS + name not in files:
        return []
    try:
        text = files.read(SEEDS + name).decode("utf-8-sig")
        return list(csv.DictReader(io.StringIO(text, newline="")))
    except (UnicodeDecodeError, csv.Error) as error:
        found = f"no list that can be read ({error})"
        raise _wrong(files.path, SEEDS + name, found, "a CSV file in UTF-8") from None


def _wrong(path: Path, place: str, found: str, expected: str) -> PipelineError:
    remedy = "name a whole package, or fetch or build it again"
    return PipelineError(path, place, found, expected, remedy)
