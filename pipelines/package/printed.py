"""The tables of a package as its own descriptor describes them and its CSV files print them, whatever its version."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pipelines.errors import PipelineError
from pipelines.package.dataset import Dataset
from pipelines.package.files import DESCRIPTOR, Files

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


def printed_tables(dataset: Dataset) -> dict[str, Table]:
    """Every table of a package that has a CSV file, in the order of the descriptor."""
    read = {}
    for resource in dataset.resources:
        try:
            if resource.get("format") == "csv" and "schema" in resource:
                table = _table(dataset.files, resource)
                read[table.name] = table
        except (LookupError, TypeError, AttributeError) as error:
            raise PipelineError(
                file=dataset.root,
                place=DESCRIPTOR,
                found=f"a resource that does not describe a table ({error!r}): {str(resource)[:80]}",
                expected="name, path, and a schema with fields",
                remedy="fetch or build the package again",
            ) from error
    return read


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
        return PipelineError(files.path, where, found, expected, remedy)

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
