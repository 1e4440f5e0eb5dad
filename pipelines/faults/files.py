"""Plants faults in files of a published package: cut, damaged, stale, renamed or at odds with each other.

A fault whose argument ends in `restated` has its sizes and checksums put right, so that they do not give it away.
"""

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

import pyarrow as pa

from pipelines.faults.faults import Scratch, resources
from pipelines.faults.world import World, choose
from pipelines.schema import Field, TableSchema

RESTATED = "restated"


@dataclass(frozen=True, slots=True)
class FileChange:
    """A fault in files: where it is planted (row, column, what stood there), and how."""

    make: Callable[[Scratch], None]
    row: str = ""
    column: str = ""
    before: str = ""


Operation = Callable[[World, TableSchema | None, str], Iterator[FileChange]]


def _table(schema: TableSchema | None) -> TableSchema:
    assert schema is not None, "this operation is one on a table"
    return schema


# --- cells ------------------------------------------------------------------------------------------------------


def other_cell(world: World, schema: TableSchema | None, argument: str) -> Iterator[FileChange]:
    """A cell of one format that differs from the other's (`csv`, `parquet`), for each type of column."""
    table = _table(schema)
    for field in {field.type: field for field in reversed(table.fields)}.values():
        rows = world.rows[table.name]
        full = [line for line, row in enumerate(rows) if row[field.name] is not None]
        for line in choose(full, 1, argument, table.name, field.name):
            value = rows[line][field.name]
            make = _csv_cell if argument == "csv" else _parquet_cell
            yield FileChange(
                _then(partial(make, table.name, line, field.name, _another(value)), Scratch.restate),
                world.key(table.name, rows[line]),
                field.name,
                str(value),
            )


def other_type(_: World, schema: TableSchema | None, __: str) -> Iterator[FileChange]:
    """A column stored as another type that holds the same values: whole numbers as text, text as bytes."""
    table = _table(schema)
    for field in table.fields:
        make = _then(partial(_parquet_type, table.name, field), Scratch.restate)
        yield FileChange(make, column=field.name, before=field.type)


def _then(*steps: Callable[[Scratch], None]) -> Callable[[Scratch], None]:
    def make(scratch: Scratch) -> None:
        for step in steps:
            step(scratch)

    return make


def _another(value: object) -> object:
    if isinstance(value, bool):
        return not value
    if isinstance(value, (int, float)):
        return value + 1
    return value.replace(year=value.year + 1) if isinstance(value, date) else f"{value}x"


def _csv_rows(scratch: Scratch, table: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(scratch.read(f"data/{table}.csv").decode(), newline="")))


def _write_csv(scratch: Scratch, table: str, rows: Sequence[Sequence[str]]) -> None:
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator="\n").writerows(rows)
    scratch.write(f"data/{table}.csv", stream.getvalue().encode())


def _csv_cell(table: str, line: int, column: str, value: object, scratch: Scratch) -> None:
    rows = _csv_rows(scratch, table)
    rows[line + 1][rows[0].index(column)] = str(value).lower() if isinstance(value, bool) else str(value)
    _write_csv(scratch, table, rows)


def _parquet_cell(table: str, line: int, column: str, value: object, scratch: Scratch) -> None:
    stored = scratch.table(table)
    index = stored.column_names.index(column)
    cells = stored.column(index).to_pylist()
    cells[line] = value
    kept = stored.schema.field(index)
    scratch.write_table(table, stored.set_column(index, kept, pa.array(cells, type=kept.type)))


def _parquet_type(table: str, field: Field, scratch: Scratch) -> None:
    stored = scratch.table(table)
    index = stored.column_names.index(field.name)
    kept = stored.schema.field(index)
    other = {"string": pa.binary(), "integer": pa.int32()}.get(field.type, pa.string())
    column = stored.column(index).cast(other)
    changed = pa.field(kept.name, column.type, kept.nullable, kept.metadata)
    scratch.write_table(table, stored.set_column(index, changed, column))


# --- columns ----------------------------------------------------------------------------------------------------

# How each change makes of the names of the columns others, and from which old place each new column comes.
COLUMNS: Mapping[str, Callable[[list[str]], list[tuple[str, int | None]]]] = {
    "renamed": lambda names: [(f"{name}_1" if place == 1 else name, place) for place, name in enumerate(names)],
    "dropped": lambda names: [(name, place) for place, name in enumerate(names[:-1])],
    "added": lambda names: [*((name, place) for place, name in enumerate(names)), ("extra", None)],
    "moved": lambda names: [
        (names[0], 0), (names[-1], len(names) - 1), *((n, p) for p, n in enumerate(names) if 0 < p < len(names) - 1)
    ],
}  # fmt: skip


def columns(_: World, schema: TableSchema | None, argument: str) -> Iterator[FileChange]:
    """A column `renamed`, `dropped`, `added` or `moved`, in `csv`, `parquet`, `both` or `everywhere`: also described so."""
    table = _table(schema).name
    change, where = argument.split()
    steps: list[Callable[[Scratch], None]] = []
    if where != "parquet":
        steps.append(partial(_csv_columns, table, change))
    if where != "csv":
        steps.append(partial(_parquet_columns, table, change))
    if where == "everywhere":
        steps.append(partial(_described_columns, table, change))
    yield FileChange(_then(*steps, Scratch.restate))


def _csv_columns(table: str, change: str, scratch: Scratch) -> None:
    rows = _csv_rows(scratch, table)
    wanted = COLUMNS[change](rows[0])
    body = [["" if place is None else row[place] for _, place in wanted] for row in rows[1:]]
    _write_csv(scratch, table, [[name for name, _ in wanted], *body])


def _parquet_columns(table: str, change: str, scratch: Scratch) -> None:
    stored = scratch.table(table)
    arrays, fields = [], []
    for name, place in COLUMNS[change](list(stored.column_names)):
        if place is None:
            arrays.append(pa.chunked_array([pa.nulls(stored.num_rows, pa.string())]))
            fields.append(pa.field(name, pa.string()))
        else:
            arrays.append(stored.column(place))
            fields.append(stored.schema.field(place).with_name(name))
    changed = pa.schema(fields, metadata=stored.schema.metadata)
    scratch.write_table(table, pa.Table.from_arrays(arrays, schema=changed))


def _described_columns(table: str, change: str, scratch: Scratch) -> None:
    def edit(descriptor: dict[str, Any]) -> None:
        schema = _resource(descriptor, table)["schema"]
        wanted = COLUMNS[change]([field["name"] for field in schema["fields"]])
        schema["fields"] = [
            {"name": name, "type": "string"} if place is None else {**schema["fields"][place], "name": name}
            for name, place in wanted
        ]

    scratch.edit(edit)


# --- bytes ------------------------------------------------------------------------------------------------------

BYTES: Mapping[str, Callable[[bytes], bytes]] = {
    "cut": lambda data: data[: len(data) * 2 // 3],
    "less": lambda data: data.decode()[:-10].encode(),
    "flipped": lambda data: (
        data[: len(data) // 2] + bytes([data[len(data) // 2] ^ 1]) + data[len(data) // 2 + 1 :]
    ),
    "altered": lambda data: (
        f"{(text := data.decode())[: len(text) // 2]}甲{text[len(text) // 2 + 1 :]}".encode()
    ),
    "gb18030": lambda data: data.decode().encode("gb18030"),
    "utf-16": lambda data: data.decode().encode("utf-16"),
    "bom": lambda data: b"\xef\xbb\xbf" + data,
    "no-utf-8": lambda data: data[:-3] + b"\xff\xfe\n",
    "open-quote": lambda data: data + b'"',
}


def rewritten(world: World, schema: TableSchema | None, argument: str) -> Iterator[FileChange]:
    """`csv cut restated`: the file of a table (or, `txt`, each text) in other bytes, see BYTES."""
    ending, how, *rest = argument.split()
    for path in _paths(world, schema, ending):
        make = partial(_rewrite, path, BYTES[how])
        if (
            how != "gb18030" or not world.package.files.read(path).isascii()
        ):  # where it is ASCII, nothing is wrong
            yield FileChange(_then(make, Scratch.restate) if RESTATED in rest else make, before=path)


def missing(world: World, schema: TableSchema | None, argument: str) -> Iterator[FileChange]:
    """A file that is not there."""
    for path in _paths(world, schema, argument):
        yield FileChange(partial(_remove, path), before=path)


def _paths(world: World, schema: TableSchema | None, ending: str) -> list[str]:
    if ending != "txt":
        return [f"data/{_table(schema).name}.{ending}"]
    return [f"data/text/{row['document_id']}.txt" for row in world.rows["documents"]]


def _rewrite(path: str, change: Callable[[bytes], bytes], scratch: Scratch) -> None:
    scratch.write(path, change(scratch.read(path)))


def _remove(path: str, scratch: Scratch) -> None:
    scratch.remove(path)


# --- descriptor -------------------------------------------------------------------------------------------------

# What is said otherwise of the resource of a table.
DESCRIBED: Mapping[str, Callable[[dict[str, Any]], object]] = {
    "rows": lambda resource: resource.update(rows=1_000_000),
    "hash": lambda resource: resource.update(hash="sha256:" + "0" * 64),
    "size": lambda resource: resource.update({"bytes" if "bytes" in resource else "size_bytes": 1}),
    "title": lambda resource: resource.update(title="Another title"),
    "description_zh": lambda resource: resource.pop("description_zh"),
    "primaryKey": lambda resource: resource["schema"].pop("primaryKey"),
    "foreignKeys": lambda resource: resource["schema"].pop("foreignKeys"),
    "constraints": lambda resource: resource["schema"]["fields"][0].pop("constraints"),
    "type": lambda resource: resource["schema"]["fields"][-1].update(type="any"),
    "path": lambda resource: resource.update(path="../plans.csv"),
}


def described(_: World, schema: TableSchema | None, argument: str) -> Iterator[FileChange]:
    """`csv rows`: the resource of a table, in one format, described otherwise, see DESCRIBED."""
    ending, what = argument.split()
    table = _table(schema)
    if what != "foreignKeys" or table.foreign_keys:
        path = f"data/{table.name}.{ending}"
        yield FileChange(partial(_describe, path, DESCRIBED[what]), before=path)


def _describe(path: str, change: Callable[[dict[str, Any]], object], scratch: Scratch) -> None:
    def edit(descriptor: dict[str, Any]) -> None:
        change(next(each for each in resources(descriptor) if each["path"] == path))

    scratch.edit(edit)


def forgotten(_: World, schema: TableSchema | None, __: str) -> Iterator[FileChange]:
    """A table that the descriptor does not name."""
    table = _table(schema).name
    yield FileChange(
        lambda scratch: scratch.edit(lambda all_: resources(all_).remove(_resource(all_, table))),
        before="datapackage.json",
    )


def package(world: World, __: TableSchema | None, argument: str) -> Iterator[FileChange]:
    """`less KEY`, `version V`, `order`: the descriptor as a whole; `extra PATH`: a file or folder that nobody names."""
    what, _, rest = argument.partition(" ")
    if what == "less" and rest in world.package.descriptor:
        yield FileChange(lambda scratch: scratch.edit(lambda all_: all_.pop(rest)), before=rest)
    elif what == "version":
        yield FileChange(
            lambda scratch: scratch.edit(lambda all_: all_.update(version=rest)), before="version"
        )
    elif what == "order":
        yield FileChange(lambda scratch: scratch.edit(lambda all_: resources(all_).reverse()))
    elif what == "extra":
        make = (lambda s: s.write(rest, b"a\n")) if "." in rest else (lambda s: s.make_folder(rest))
        yield FileChange(make, before=rest)


def _resource(descriptor: dict[str, Any], name: str) -> dict[str, Any]:
    return next(each for each in resources(descriptor) if each["name"] == name)


OPERATIONS: Mapping[str, Operation] = {
    each.__name__: each
    for each in (other_cell, other_type, columns, rewritten, missing, described, forgotten, package)
}
