"""The files of a published package in; files that are cut, damaged, stale, renamed or at odds with each other, out."""

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from datetime import date

import pyarrow as pa

from pipelines.faults.faults import FileFault, Place, Scratch, resources
from pipelines.faults.witnesses import named
from pipelines.faults.world import World, choose, shown
from pipelines.schema import Field, TableSchema

PACKAGE = "package"


def file_faults(world: World) -> Iterator[FileFault]:
    """Faults in the files of every table, in the texts and in the descriptor."""
    for schema in world.schemas.values():
        yield from _cells(world, schema)
        yield from _columns(schema)
        yield from _bytes(world, schema)
        yield from _described(schema)
    yield from _texts(world)
    yield from _package(world)


def _fault(kind: str, place: Place, meant: str, *steps: Callable[[Scratch], None]) -> FileFault:
    def change(scratch: Scratch) -> None:
        for step in steps:
            step(scratch)

    return FileFault(kind, place, named(place.table, meant), change)


def _restated(scratch: Scratch) -> None:
    """Sizes and checksums put right, so that they do not give the fault away."""
    scratch.restate()


# --- cells ------------------------------------------------------------------------------------------------------


def _cells(world: World, schema: TableSchema) -> Iterator[FileFault]:
    """One cell that differs between CSV and Parquet, for each type of column, and one of a type not its own."""
    table = schema.name
    for field in schema.fields:
        rows = world.rows[table]
        full = [line for line, row in enumerate(rows) if row[field.name] is not None]
        for line in choose(full, 1, "csv-differs", table, field.name):
            value = rows[line][field.name]
            place = Place(table, world.key(table, rows[line]), field.name, shown(value))
            other = _another(value)
            if _first_of_type(schema, field):
                yield _fault(
                    "CSV and Parquet differ in a cell",
                    place,
                    "csv-equals-parquet",
                    _csv_cell(table, line, field.name, _as_csv(other)),
                    _restated,
                )
                yield _fault(
                    "Parquet and CSV differ in a cell",
                    place,
                    "csv-equals-parquet",
                    _parquet_cell(table, line, field, other),
                    _restated,
                )
                yield _fault(
                    "wrong type in the CSV file",
                    place,
                    "csv-equals-parquet table-schema",
                    _csv_cell(table, line, field.name, "?" if field.type != "string" else ""),
                    _restated,
                )
        yield _fault(
            "wrong type in the Parquet file",
            Place(table, "", field.name, field.type),
            "package.as-the-parquet",
            _parquet_type(table, field),
            _restated,
        )


def _missing(path: str) -> Callable[[Scratch], None]:
    def step(scratch: Scratch) -> None:
        scratch.remove(path)

    return step


def _less(key: str) -> Callable[[dict[str, object]], object]:
    def change(descriptor: dict[str, object]) -> object:
        return descriptor.pop(key)

    return change


def _stating(key: str, value: str) -> Callable[[dict[str, object]], object]:
    def change(descriptor: dict[str, object]) -> object:
        return descriptor.update({key: value})

    return change


def _less_resource(name: str) -> Callable[[dict[str, object]], object]:
    def change(descriptor: dict[str, object]) -> object:
        resources(descriptor).remove(_resource(descriptor, name))
        return None

    return change


def _first_of_type(schema: TableSchema, field: Field) -> bool:
    return next(each for each in schema.fields if each.type == field.type).name == field.name


def _another(value: object) -> object:
    if isinstance(value, bool):
        return not value
    if isinstance(value, (int, float)):
        return value + 1
    if isinstance(value, date):
        return value.replace(year=value.year + 1)
    return f"{value}x"


def _as_csv(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _csv_rows(scratch: Scratch, table: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(scratch.read(f"data/{table}.csv").decode(), newline="")))


def _write_csv(scratch: Scratch, table: str, rows: Sequence[Sequence[str]]) -> None:
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator="\n").writerows(rows)
    scratch.write(f"data/{table}.csv", stream.getvalue().encode())


def _csv_cell(table: str, line: int, column: str, cell: str) -> Callable[[Scratch], None]:
    def change(scratch: Scratch) -> None:
        rows = _csv_rows(scratch, table)
        rows[line + 1][rows[0].index(column)] = cell
        _write_csv(scratch, table, rows)

    return change


def _parquet_cell(table: str, line: int, field: Field, value: object) -> Callable[[Scratch], None]:
    def change(scratch: Scratch) -> None:
        stored = scratch.table(table)
        index = stored.column_names.index(field.name)
        cells = stored.column(index).to_pylist()
        cells[line] = value
        kept = stored.schema.field(index)
        scratch.write_table(table, stored.set_column(index, kept, pa.array(cells, type=kept.type)))

    return change


def _parquet_type(table: str, field: Field) -> Callable[[Scratch], None]:
    """Stores a column as another type that holds the same values: whole numbers as text, text as bytes."""

    def change(scratch: Scratch) -> None:
        stored = scratch.table(table)
        index = stored.column_names.index(field.name)
        kept = stored.schema.field(index)
        if field.type == "string":
            column = stored.column(index).cast(pa.binary())
        elif field.type == "integer":
            column = stored.column(index).cast(pa.int32())
        else:
            column = stored.column(index).cast(pa.string())
        changed = pa.field(kept.name, column.type, kept.nullable, kept.metadata)
        scratch.write_table(table, stored.set_column(index, changed, column))

    return change


# --- columns ----------------------------------------------------------------------------------------------------


def _columns(schema: TableSchema) -> Iterator[FileFault]:
    """A column renamed, dropped, added or moved: in the CSV file, in the Parquet file, or in both."""
    table, columns = schema.name, list(schema.columns)
    changes: list[tuple[str, str, Callable[[list[str]], list[str]]]] = [
        (
            "column renamed",
            columns[1],
            lambda names: [name if name != columns[1] else f"{name}_1" for name in names],
        ),
        ("column dropped", columns[-1], lambda names: names[:-1]),
        ("column added", "extra", lambda names: [*names, "extra"]),
        ("column moved", columns[-1], lambda names: [names[0], names[-1], *names[1:-1]]),
    ]
    for kind, column, rename in changes:
        place = Place(table, "", column)
        in_csv, in_parquet = _csv_columns(table, rename), _parquet_columns(table, rename)
        csv_meant = "package.as-the-csv table-schema csv-equals-parquet"
        parquet_meant = "package.as-the-parquet typed-values csv-equals-parquet"
        yield _fault(f"{kind} in the CSV file", place, csv_meant, in_csv, _restated)
        yield _fault(f"{kind} in the Parquet file", place, parquet_meant, in_parquet, _restated)
        both = "package.as-the-csv package.as-the-parquet"
        yield _fault(f"{kind} in both files", place, both, in_csv, in_parquet, _restated)
        everywhere = _described_columns(table, rename)
        yield _fault(
            f"{kind} in files and descriptor",
            place,
            "package.as-the-schemas",
            in_csv,
            in_parquet,
            everywhere,
            _restated,
        )


Rename = Callable[[list[str]], list[str]]


def _places(names: list[str], rename: Rename) -> list[int | None]:
    """Where each column of the changed table stood; None for a new one."""
    wanted = rename(names)
    if len(wanted) == len(names) and set(wanted) != set(names):
        return list(range(len(names)))
    return [names.index(name) if name in names else None for name in wanted]


def _csv_columns(table: str, rename: Rename) -> Callable[[Scratch], None]:
    def change(scratch: Scratch) -> None:
        rows = _csv_rows(scratch, table)
        places = _places(rows[0], rename)
        body = [["" if place is None else row[place] for place in places] for row in rows[1:]]
        _write_csv(scratch, table, [rename(rows[0]), *body])

    return change


def _parquet_columns(table: str, rename: Rename) -> Callable[[Scratch], None]:
    def change(scratch: Scratch) -> None:
        stored = scratch.table(table)
        names = list(stored.column_names)
        arrays, fields = [], []
        for name, place in zip(rename(names), _places(names, rename), strict=True):
            if place is None:
                arrays.append(pa.chunked_array([pa.nulls(stored.num_rows, pa.string())]))
                fields.append(pa.field(name, pa.string()))
            else:
                arrays.append(stored.column(place))
                fields.append(stored.schema.field(place).with_name(name))
        changed = pa.schema(fields, metadata=stored.schema.metadata)
        scratch.write_table(table, pa.Table.from_arrays(arrays, schema=changed))

    return change


def _described_columns(table: str, rename: Rename) -> Callable[[Scratch], None]:
    def change(scratch: Scratch) -> None:
        descriptor = scratch.descriptor()
        schema = _resource(descriptor, table)["schema"]
        assert isinstance(schema, dict)
        fields = schema["fields"]
        names = [field["name"] for field in fields]
        schema["fields"] = [
            {"name": name, "type": "string"} if place is None else {**fields[place], "name": name}
            for name, place in zip(rename(names), _places(names, rename), strict=True)
        ]
        scratch.describe(descriptor)

    return change


def _resource(descriptor: dict[str, object], name: str) -> dict[str, object]:
    return next(each for each in resources(descriptor) if each["name"] == name)


# --- bytes ------------------------------------------------------------------------------------------------------


def _bytes(world: World, schema: TableSchema) -> Iterator[FileFault]:
    """Files cut off, damaged, gone, or changed without their checksum."""
    table = schema.name
    for ending in ("csv", "parquet"):
        path = f"data/{table}.{ending}"
        place = Place(table, "", "", path)
        parity = f"{table}.csv-equals-parquet"
        yield _fault("file cut off", place, "package.size package.sha256", _cut(path))
        yield _fault(
            "file cut off, checksum and all", place, f"{parity} {table}.table-schema", _cut(path), _restated
        )
        yield _fault("byte changed", place, "package.sha256", _flip(path))
        yield _fault("file missing", place, "package.present", _missing(path))
        yield _fault("checksum stale", place, "package.sha256", _restate(path, "hash", "sha256:" + "0" * 64))
        size = "bytes" if ending == "csv" else "size_bytes"
        yield _fault("size stale", place, "package.size", _restate(path, size, 1))
    path = f"data/{table}.csv"
    place = Place(table, "", "", path)
    meant = "csv-equals-parquet table-schema package.as-the-csv"
    # A table in plain ASCII is the same in GB 18030: there is nothing wrong with it.
    ascii_only = all(str(value).isascii() for row in world.rows[table] for value in row.values())
    for kind, change in (
        *([] if ascii_only else [("encoding damaged", _recode("gb18030"))]),
        ("encoding damaged", _recode("utf-16")),
        ("byte-order mark", lambda data: b"\xef\xbb\xbf" + data),
        ("bytes that are no UTF-8", lambda data: data[:-3] + b"\xff\xfe\n"),
        ("quote left open", lambda data: data + b'"'),
    ):
        yield _fault(kind, place, meant, _rewrite(path, change), _restated)


def _cut(path: str) -> Callable[[Scratch], None]:
    return _rewrite(path, lambda data: data[: len(data) * 2 // 3])


def _flip(path: str) -> Callable[[Scratch], None]:
    def flip(data: bytes) -> bytes:
        middle = len(data) // 2
        return data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :]

    return _rewrite(path, flip)


def _recode(encoding: str) -> Callable[[bytes], bytes]:
    return lambda data: data.decode().encode(encoding)


def _rewrite(path: str, change: Callable[[bytes], bytes]) -> Callable[[Scratch], None]:
    return lambda scratch: scratch.write(path, change(scratch.read(path)))


def _restate(path: str, key: str, value: object) -> Callable[[Scratch], None]:
    def change(scratch: Scratch) -> None:
        descriptor = scratch.descriptor()
        next(each for each in resources(descriptor) if each["path"] == path)[key] = value
        scratch.describe(descriptor)

    return change


# --- descriptor -------------------------------------------------------------------------------------------------


def _described(schema: TableSchema) -> Iterator[FileFault]:
    """A table described otherwise than its schema says."""
    table = schema.name

    def edit(change: Callable[[dict[str, object], dict[str, object]], object]) -> Callable[[Scratch], None]:
        def step(scratch: Scratch) -> None:
            descriptor = scratch.descriptor()
            resource = _resource(descriptor, table)
            described = resource["schema"]
            assert isinstance(described, dict)
            change(resource, described)
            scratch.describe(descriptor)

        return step

    changes: list[tuple[str, str, Callable[[dict[str, object], dict[str, object]], object]]] = [
        ("number of rows stale", "package.rows", lambda resource, _: resource.update(rows=1_000_000)),
        (
            "title changed",
            "package.as-the-schemas",
            lambda resource, _: resource.update(title="Another title"),
        ),
        (
            "description in one language",
            "package.as-the-schemas",
            lambda resource, _: resource.pop("description_zh"),
        ),
        ("primary key dropped", "package.as-the-schemas", lambda _, described: described.pop("primaryKey")),
        ("constraint dropped", "package.as-the-schemas", _without_constraints),
        ("type of a column changed", "package.as-the-schemas package.as-the-parquet", _retyped),
    ]
    if schema.foreign_keys:
        changes.append(
            (
                "foreign key dropped",
                "package.as-the-schemas",
                lambda _, described: described.pop("foreignKeys"),
            )
        )
    for kind, meant, change in changes:
        yield _fault(kind, Place(table, "", "", "datapackage.json"), meant, edit(change))


def _without_constraints(_: dict[str, object], described: dict[str, object]) -> None:
    fields = described["fields"]
    assert isinstance(fields, list)
    del fields[0]["constraints"]


def _retyped(_: dict[str, object], described: dict[str, object]) -> None:
    fields = described["fields"]
    assert isinstance(fields, list)
    fields[-1]["type"] = "any"


# --- texts and the whole ----------------------------------------------------------------------------------------


def _texts(world: World) -> Iterator[FileFault]:
    for row in world.rows["documents"]:
        path = f"data/text/{row['document_id']}.txt"
        place = Place("documents", str(row["document_id"]), "", path)
        yield _fault("text altered", place, "package.sha256", _rewrite(path, _other_character))
        yield _fault(
            "text altered, checksum and all",
            place,
            "text-from-the-seed",
            _rewrite(path, _other_character),
            _restated,
        )
        yield _fault(
            "text cut off, checksum and all", place, "text-from-the-seed", _cut_text(path), _restated
        )
        meant = "text-published package.as-the-schemas"
        yield _fault("text in another encoding", place, meant, _rewrite(path, _recode("utf-16")), _restated)
        yield _fault("text missing", place, "package.present", _missing(path))


def _other_character(data: bytes) -> bytes:
    text = data.decode()
    middle = len(text) // 2
    return f"{text[:middle]}甲{text[middle + 1 :]}".encode()


def _cut_text(path: str) -> Callable[[Scratch], None]:
    return _rewrite(path, lambda data: data.decode()[:-10].encode())


def _package(world: World) -> Iterator[FileFault]:
    place = Place(PACKAGE, "", "", "datapackage.json")
    extra = Place(PACKAGE, "", "", "data/left-over.csv")
    yield _fault(
        "file that nobody names",
        extra,
        "nothing-extra",
        lambda scratch: scratch.write("data/left-over.csv", b"a\n"),
    )

    yield _fault(
        "folder that nobody names",
        Place(PACKAGE, "", "", "data/empty"),
        "nothing-extra",
        lambda scratch: scratch.make_folder("data/empty"),
    )

    def edit(change: Callable[[dict[str, object]], object]) -> Callable[[Scratch], None]:
        def step(scratch: Scratch) -> None:
            descriptor = scratch.descriptor()
            change(descriptor)
            scratch.describe(descriptor)

        return step

    def escaping(descriptor: dict[str, object]) -> None:
        resources(descriptor)[0]["path"] = "../plans.csv"

    def reordered(descriptor: dict[str, object]) -> None:
        resources(descriptor).reverse()

    for key in ("name", "title", "title_zh", "description", "licenses", "rights", "sources", "contributors"):
        if key in world.package.descriptor:
            yield _fault(f"no {key}", place, "as-the-schemas", edit(_less(key)))
    for version in ("9.9.9", ""):
        stated = Place(PACKAGE, "", "version", str(world.package.version), version)
        yield _fault(
            "version of another code",
            stated,
            "version-of-the-code",
            edit(_stating("version", version)),
        )
    yield _fault("path out of the package", place, "present", edit(escaping))
    yield _fault("resources in another order", place, "as-the-schemas", edit(reordered))
    for name in world.schemas:
        yield _fault(
            "table that the descriptor forgets",
            Place(name, "", "", "datapackage.json"),
            "package.as-the-schemas package.nothing-extra",
            edit(_less_resource(name)),
        )
