"""A published folder or a release archive in; its files, its descriptor and its tables as they are printed out."""

import csv
import hashlib
import io
import json
import stat
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from pipelines.errors import PipelineError
from pipelines.package.swap import recover

DESCRIPTOR = "datapackage.json"
SUMS = "SHA256SUMS"
SEEDS = "seeds/"
# An archive that unpacks to more than this is not one of ours.
MOST_BYTES = 8 * 2**30

Row = tuple[str, ...]
Key = tuple[str, ...]


@dataclass(frozen=True)
class Column:
    """A column as a descriptor describes it; `words` are its titles, descriptions and labels of codes."""

    name: str
    type: str
    constraints: Mapping[str, Any]
    words: Mapping[str, Any]


@dataclass(frozen=True)
class Reference:
    """A foreign key: `columns` of a table name rows of `table` by its `other_columns`."""

    columns: tuple[str, ...]
    table: str
    other_columns: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A table as a descriptor describes it, with its rows as its CSV file prints them."""

    name: str
    columns: tuple[Column, ...]
    primary_key: tuple[str, ...]
    references: tuple[Reference, ...]
    words: Mapping[str, Any]
    rows: Mapping[Key, Mapping[str, str]] = field(repr=False)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns in order."""
        return tuple(column.name for column in self.columns)


class Files:
    """The files of a package, by their paths with slashes: of a folder, or of an archive as it lies on the disk.

    `seeds` is the folder of the raw texts, where that is not seeds/ beside the descriptor.
    """

    def __init__(self, path: Path, archive: zipfile.ZipFile | None, seeds: Path | None = None) -> None:
        self.path = path
        self._seeds = seeds
        self._archive = archive
        self._names = None if archive is None else frozenset(_safe_names(path, archive))

    def where(self, name: str) -> Path:
        """The path of a file; one in an archive has that of the archive before it."""
        if self._seeds is not None and name.startswith(SEEDS):
            return self._seeds / name.removeprefix(SEEDS)
        return self.path / name

    def __contains__(self, name: str) -> bool:
        if self._names is not None and self.where(name) == self.path / name:
            return name in self._names
        return is_safe(name) and self.where(name).is_file()

    def under(self, *tops: str) -> list[str]:
        """The names of all files that are, or are in a folder of, `tops`; sorted."""
        if self._names is not None:
            return sorted(name for name in self._names if name in tops or name.split("/")[0] in tops)
        found = []
        for top in tops:
            path = self.path / top
            paths = [path] if path.is_file() else path.rglob("*")
            found += [each.relative_to(self.path).as_posix() for each in paths if each.is_file()]
        return sorted(found)

    def all(self) -> list[str]:
        """The names of all files; sorted."""
        return (
            self.under(*(entry.name for entry in self.path.iterdir()))
            if self._names is None
            else sorted(self._names)
        )

    def read(self, name: str) -> bytes:
        """The bytes of a file; PipelineError where there is none, or it cannot be read."""
        try:
            if not is_safe(name):
                raise OSError("a path that may lead out of the package")
            if self._archive is not None and self.where(name) == self.path / name:
                return self._archive.read(name)
            return self.where(name).read_bytes()
        except (OSError, KeyError, RuntimeError, zipfile.BadZipFile) as error:
            raise PipelineError(
                file=self.path,
                place=name,
                found=f"no readable file ({error})",
                expected="a whole package",
                remedy="fetch or build the package again",
            ) from error


@contextmanager
def opened(path: Path, seeds: Path | None = None) -> Iterator[Files]:
    """The files of the package at `path`, a folder with datapackage.json or a release archive (.zip).

    `seeds` is the folder of its raw texts, where it does not hold them itself.

    Raises PipelineError for what is neither, and for an archive with a path that leads out of it, a link, or
    the same name twice.
    """
    if path.is_dir():
        recover(path)
        files = Files(path, None, seeds)
        _check_descriptor(files)
        yield files
        return
    try:
        archive = zipfile.ZipFile(path)
    except (OSError, zipfile.BadZipFile) as error:
        raise PipelineError(
            file=path,
            place="",
            found=f"no package ({error})",
            expected="a folder with datapackage.json, or a release archive (.zip)",
            remedy="name one of the two",
        ) from error
    with archive:
        files = Files(path, archive, seeds)
        _check_descriptor(files)
        yield files


def descriptor(files: Files) -> dict[str, Any]:
    """datapackage.json, parsed."""
    try:
        parsed = json.loads(files.read(DESCRIPTOR).decode("utf-8"))
        if isinstance(parsed, dict) and isinstance(parsed["resources"], list):
            return parsed
        raise ValueError("no resources")
    except (ValueError, LookupError) as error:
        raise PipelineError(
            file=files.path,
            place=DESCRIPTOR,
            found=f"no descriptor ({error})",
            expected="a JSON object with a list of resources",
            remedy="fetch or build the package again",
        ) from error


def tables(files: Files) -> dict[str, Table]:
    """Every table of a package that has a CSV file, in the order of the descriptor."""
    read = {}
    for resource in descriptor(files)["resources"]:
        try:
            if resource.get("format") == "csv" and "schema" in resource:
                table = _table(files, resource)
                read[table.name] = table
        except (LookupError, TypeError, AttributeError) as error:
            raise PipelineError(
                file=files.path,
                place=DESCRIPTOR,
                found=f"a resource that does not describe a table ({error!r}): {str(resource)[:80]}",
                expected="name, path, and a schema with fields",
                remedy="fetch or build the package again",
            ) from error
    return read


def digest(data: bytes) -> str:
    """The SHA-256 of some bytes, 64 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def read_sums(text: str) -> dict[str, str]:
    """The checksums by path of a file as sha256sum writes it.

    >>> read_sums("0a1b  data/plans.csv\\n")
    {'data/plans.csv': '0a1b'}
    """
    pairs = (line.partition("  ") for line in text.splitlines() if line.strip())
    return {name: value for value, _, name in pairs}


def write_sums(sums: Mapping[str, str]) -> str:
    """The same the other way round, sorted by path, as `sha256sum --check` reads it."""
    return "".join(f"{value}  {name}\n" for name, value in sorted(sums.items()))


def is_safe(name: str) -> bool:
    """Whether a path stays inside the folder that it is unpacked to, on every system.

    >>> [is_safe(name) for name in ("data/plans.csv", "../plans.csv", "/plans.csv", "C:/plans.csv", "a//b", "a\\\\b")]
    [True, False, False, False, False, False]
    """
    parts = name.split("/")
    return (
        not PurePosixPath(name).is_absolute()
        and all(part not in ("", ".", "..") for part in parts)
        and not any(character in name for character in '\\:\0*?"<>|')
        and name.isprintable()
    )


def _check_descriptor(files: Files) -> None:
    if DESCRIPTOR not in files:
        raise PipelineError(
            file=files.path,
            place="",
            found=f"no {DESCRIPTOR}",
            expected="a published package",
            remedy=f"name the folder or the archive that holds {DESCRIPTOR}",
        )


def _safe_names(path: Path, archive: zipfile.ZipFile) -> list[str]:
    """The names of the files; folders, which other programs give an entry of their own, hold nothing to read."""
    names = []
    for entry in archive.infolist():
        if entry.is_dir() and is_safe(entry.filename.removesuffix("/")):
            continue
        link = stat.S_ISLNK(entry.external_attr >> 16)
        if link or entry.is_dir() or not is_safe(entry.filename) or entry.filename in names:
            raise PipelineError(
                file=path,
                place=entry.filename,
                found="a link"
                if link
                else "a folder, a name twice, or a path that may lead out of the archive",
                expected="plain files, each once, with paths that stay inside",
                remedy="do not unpack this archive; fetch the release again",
            )
        names.append(entry.filename)
    if sum(entry.file_size for entry in archive.infolist()) > MOST_BYTES:
        raise PipelineError(
            file=path,
            place="",
            found=f"an archive that unpacks to more than {MOST_BYTES >> 30} GiB",
            expected="a release archive",
            remedy="do not unpack this archive; fetch the release again",
        )
    return names


def _table(files: Files, resource: Mapping[str, Any]) -> Table:
    schema = resource["schema"]
    name = str(resource["name"])
    columns = tuple(_column(each) for each in schema["fields"])
    primary_key = _names(schema.get("primaryKey", ()))
    references = tuple(
        Reference(
            _names(key["fields"]),
            key["reference"].get("resource") or name,
            _names(key["reference"]["fields"]),
        )
        for key in schema.get("foreignKeys", ())
    )
    words = {key: resource.get(key, "") for key in ("title", "title_zh", "description", "description_zh")}
    rows = _rows(files, str(resource["path"]), [column.name for column in columns], primary_key)
    return Table(name, columns, primary_key, references, words, rows)


def _column(each: Mapping[str, Any]) -> Column:
    words = {key: value for key, value in each.items() if key not in ("name", "type", "constraints")}
    return Column(str(each["name"]), str(each.get("type", "any")), each.get("constraints", {}), words)


def _rows(
    files: Files, path: str, names: Sequence[str], primary_key: Sequence[str]
) -> dict[Key, Mapping[str, str]]:
    def wrong(place: str, found: str, expected: str) -> PipelineError:
        remedy = "validate the package, and fetch or build it again"
        where = f"{path}, {place}" if place else path
        return PipelineError(file=files.path, place=where, found=found, expected=expected, remedy=remedy)

    try:
        text = files.read(path).decode("utf-8")
    except UnicodeDecodeError as error:
        raise wrong(f"byte {error.start}", "bytes that are not UTF-8", "a CSV file in UTF-8") from error
    csv.field_size_limit(2**31 - 1)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: dict[Key, Mapping[str, str]] = {}
    try:
        header = next(reader, [])
        if header != list(names):
            raise wrong(
                "line 1", f"the columns {', '.join(header)}", f"those of the schema: {', '.join(names)}"
            )
        for cells in reader:
            if len(cells) != len(names):
                raise wrong(f"line {reader.line_num}", f"{len(cells)} cells", f"{len(names)} cells")
            row = dict(zip(names, cells, strict=True))
            key = tuple(row[column] for column in primary_key) or tuple(cells)
            if key in rows:
                raise wrong(f"line {reader.line_num}", f"the key {', '.join(key)} twice", "each key once")
            rows[key] = row
    except csv.Error as error:
        raise wrong(f"line {reader.line_num}", f"malformed CSV ({error})", "RFC 4180") from error
    return rows


def _names(value: Any) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)
