"""A folder with a published package in; its descriptor, tables, texts and seeds in memory out."""

import csv
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.errors import PipelineError
from pipelines.package.swap import recover

Tables = Mapping[str, pd.DataFrame]


@dataclass(frozen=True)
class Seeds:
    """The raw texts by document_id, what sources.csv says of each document, and the rows of errata.csv for it."""

    texts: Mapping[str, str]
    digests: Mapping[str, str]
    sizes: Mapping[str, int]
    sources: Mapping[str, Mapping[str, str]]
    errata: Mapping[str, Sequence[Mapping[str, str]]]


@dataclass(frozen=True)
class Package:
    """A package in memory. Frames hold Python values (str, int, float, bool, date) or None, in object columns.

    `unreadable` says of a table why it could not be read; such a table is not in `tables`.
    """

    root: Path
    descriptor: Mapping[str, object]
    tables: Tables
    texts: Mapping[str, str]
    seeds: Seeds | None
    unreadable: Mapping[str, str]

    @property
    def version(self) -> str:
        """The version that the descriptor states."""
        return str(self.descriptor.get("version", ""))

    @property
    def resources(self) -> list[Mapping[str, object]]:
        """The resources of the descriptor."""
        listed = self.descriptor.get("resources")
        return [each for each in listed if isinstance(each, dict)] if isinstance(listed, list) else []

    def with_tables(self, changed: Tables) -> "Package":
        """The same package with some tables replaced."""
        return replace(self, tables={**self.tables, **changed})


def read_package(root: Path, seeds: Path | None = None) -> Package:
    """The package in a folder; `seeds` is the folder of raw texts, by default `root`/seeds if it is there.

    What a killed build left between the old package and the new is healed first. Raises PipelineError if there
    is no descriptor that can be read. A table that cannot be read is noted.
    """
    recover(root)
    descriptor = read_descriptor(root)
    folder = seeds if seeds is not None else root / "seeds"
    package = Package(root, descriptor, {}, {}, None, {})
    tables, texts, unreadable = read_files(root, package.resources)
    found = read_seeds(folder, tables.get("documents"))
    return replace(package, tables=tables, texts=texts, seeds=found, unreadable=unreadable)


def read_files(
    root: Path, resources: Iterable[Mapping[str, object]]
) -> tuple[dict[str, pd.DataFrame], dict[str, str], dict[str, str]]:
    """The tables and the texts of some resources, and of those that cannot be read, why."""
    tables: dict[str, pd.DataFrame] = {}
    unreadable: dict[str, str] = {}
    texts: dict[str, str] = {}
    for resource in resources:
        path = inside(root, resource.get("path"))
        name = str(resource.get("name"))
        if path is None:
            unreadable[name] = f"the path {resource.get('path')!r} leads out of the package"
        elif resource.get("format") == "parquet":
            table = str(resource.get("table", name.removesuffix("-parquet")))
            try:
                tables[table] = frame_of(pq.read_table(path))
            except (OSError, pa.ArrowException, ValueError) as error:
                unreadable[table] = f"{path.name} cannot be read: {_first_line(error)}"
        elif resource.get("format") == "txt":
            try:
                texts[path.stem] = path.read_bytes().decode("utf-8")
            except (OSError, UnicodeDecodeError) as error:
                unreadable[path.stem] = f"{path.name} cannot be read: {_first_line(error)}"
    return tables, texts, unreadable


def read_descriptor(root: Path) -> dict[str, object]:
    """The descriptor of the package in a folder; raises PipelineError if there is none."""
    path = root / "datapackage.json"
    try:
        descriptor = json.loads(path.read_bytes().decode("utf-8"))
    except (OSError, ValueError) as error:
        raise PipelineError(
            file=path,
            place="",
            found=f"no descriptor that can be read ({_first_line(error)})",
            expected="the descriptor of a data package, a JSON object in UTF-8",
            remedy="name the folder of a whole package, or build it again",
        ) from None
    if not isinstance(descriptor, dict) or not isinstance(descriptor.get("resources"), list):
        raise PipelineError(
            file=path,
            place="resources",
            found="no list of resources",
            expected="the descriptor of a data package, which lists its files",
            remedy="name the folder of a whole package, or build it again",
        )
    return descriptor


def frame_of(table: pa.Table) -> pd.DataFrame:
    """An Arrow table as a frame of Python values, None where a cell is empty."""
    return pd.DataFrame(
        {name: pd.Series(table.column(name).to_pylist(), dtype=object) for name in table.column_names}
    )


def read_seeds(folder: Path, documents: pd.DataFrame | None) -> Seeds | None:
    """The raw texts that the table documents names, as far as they are there; None without the folder.

    The texts are decoded as UTF-8 and otherwise untouched: a file that is not UTF-8 counts as absent.
    """
    if documents is None or not (folder / "sources.csv").is_file():
        return None
    texts, digests, sizes = {}, {}, {}
    rows = documents.to_dict("records") if {"document_id", "path"} <= set(documents.columns) else []
    for row in rows:
        path = inside(folder, row["path"])
        try:
            data = path.read_bytes() if path is not None else None
            if data is not None:
                texts[str(row["document_id"])] = data.decode("utf-8")
        except (OSError, UnicodeDecodeError):
            continue
        if data is not None:
            digests[str(row["document_id"])] = hashlib.sha256(data).hexdigest()
            sizes[str(row["document_id"])] = len(data)
    with (folder / "sources.csv").open(encoding="utf-8-sig", newline="") as stream:
        sources = {row.get("document_id") or "": row for row in csv.DictReader(stream)}
    return Seeds(texts, digests, sizes, sources, _read_errata(folder))


def _read_errata(folder: Path) -> dict[str, list[Mapping[str, str]]]:
    """The hand repairs of each document; none where the folder has no errata.csv."""
    found: dict[str, list[Mapping[str, str]]] = {}
    if (folder / "errata.csv").is_file():
        with (folder / "errata.csv").open(encoding="utf-8-sig", newline="") as stream:
            for row in csv.DictReader(stream):
                found.setdefault(row.get("document_id") or "", []).append(row)
    return found


def inside(root: Path, path: object) -> Path | None:
    """A path of the descriptor as a file below `root`; None if it is absolute, goes up, or is no path."""
    if not isinstance(path, str) or not path or "\\" in path or "\0" in path:
        return None
    relative = Path(path)
    return None if relative.is_absolute() or ".." in relative.parts else root / relative


def _first_line(error: Exception) -> str:
    return str(error).strip().split("\n")[0][:200]
