"""A package folder and its descriptor in; checks of its files and of the descriptor itself out."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.guard.report import Check, Failure, checked
from pipelines.package.dataset import Dataset
from pipelines.package.descriptor import WrittenFile, package_descriptor
from pipelines.schema import ARROW_TYPES, DESCRIBED, SCHEMAS, TableSchema, load_package

BLOCK = 1 << 20


def check_files(package: Dataset) -> list[Check]:
    """That every file of the descriptor is there with its size and checksum, and that data/ holds no other."""
    listed = [(resource, package.files.located(resource)) for resource in package.resources]
    return [
        checked("files", "package", "present", "Every file that the descriptor names is there.", _absent(listed), len(listed)),
        checked("files", "package", "size", "A file of another size was cut off, or is of another build.", _sizes(listed), len(listed)),
        checked("files", "package", "sha256", "A checksum that differs says that the file is not the one that was published.", _digests(listed), len(listed)),
        checked("files", "package", "nothing-extra", "A file that the descriptor does not name was left over, or slipped in.", _extra(package.root, listed)),
    ]  # fmt: skip


def _failure(resource: Mapping[str, object], column: str, value: object, message: str) -> Failure:
    return Failure((("path", str(resource.get("path"))),), column, str(value), message)


Listed = list[tuple[Mapping[str, object], Path | None]]


def _absent(listed: Listed) -> Iterator[Failure]:
    for resource, path in listed:
        if path is None:
            yield _failure(resource, "path", resource.get("path"), "the path leads out of the package")
        elif path.is_symlink() or not path.is_file():
            yield _failure(resource, "path", resource.get("path"), "there is no such file")


def _present(listed: Listed) -> Iterator[tuple[Mapping[str, object], Path]]:
    return ((resource, path) for resource, path in listed if path is not None and path.is_file())


def _sizes(listed: Listed) -> Iterator[Failure]:
    for resource, path in _present(listed):
        stated = resource.get("bytes", resource.get("size_bytes"))
        found = path.stat().st_size
        if stated != found:
            yield _failure(resource, "bytes", found, f"the descriptor states {stated} bytes")


def _digests(listed: Listed) -> Iterator[Failure]:
    for resource, path in _present(listed):
        with path.open("rb") as stream:
            found = f"sha256:{hashlib.file_digest(stream, 'sha256').hexdigest()}"
        if resource.get("hash") != found:
            yield _failure(resource, "hash", found, f"the descriptor states {resource.get('hash')}")


def _extra(root: Path, listed: Listed) -> Iterator[Failure]:
    known = {path for _, path in listed if path is not None}
    folders = {folder for path in known for folder in path.parents}
    for path in sorted((root / "data").rglob("*")):
        name = str(path.relative_to(root))
        if path.is_dir() and not path.is_symlink():
            if path not in folders:
                yield Failure((("path", name),), "path", name, "the descriptor names no file in this folder")
        elif path not in known:
            yield Failure((("path", name),), "path", name, "the descriptor does not name it")


def check_descriptor(
    package: Dataset, schemas: Mapping[str, TableSchema] | None, *, other_version: bool = False
) -> list[Check]:
    """That the descriptor says what the schemas of the code say, and what the Parquet files carry.

    `schemas` is None for a package of another version than the code: then the Parquet files alone bear witness,
    and the package is refused for its version, unless `other_version` says that it may have one.
    """
    version = str(load_package().get("version"))
    reason = "The descriptor is generated from schemas/; one that differs was edited, or its schema was changed without a build."
    if schemas is None:
        why = f"the package is of version {package.version}, the schemas here are of version {version}"
        as_schemas = Check("descriptor", "package", "as-the-schemas", reason, not_run=why)
    else:
        as_schemas = checked("descriptor", "package", "as-the-schemas", reason, _drift(package, schemas))
    return [
        _check_version(package, version, other_version=other_version),
        as_schemas,
        checked(
            "descriptor",
            "package",
            "as-the-parquet",
            "CSV and Parquet of a table have the same columns, in the same order, of the same types, with the same descriptions.",
            _unlike_parquet(package),
        ),
        checked(
            "descriptor",
            "package",
            "as-the-csv",
            "The first line of a CSV file names the columns of the descriptor, in their order.",
            _unlike_csv(package),
        ),
        checked("descriptor", "package", "rows", "The number of rows stated is the number of rows there.", _rows(package)),
    ]  # fmt: skip


def _check_version(package: Dataset, version: str, *, other_version: bool) -> Check:
    reason = "A package of another version than the code cannot be held against its schemas and vocabularies, and what is wrong could pass."
    if package.version == version:
        return checked("descriptor", "package", "version-of-the-code", reason, ())
    if other_version:
        why = f"the package is of version {package.version}, the code of {version}, as was said to be right"
        return Check("descriptor", "package", "version-of-the-code", reason, not_run=why)
    message = (
        f"the code is of version {version}: validate with the code of the package's own version (git checkout "
        f"v{package.version}), or say --other-version to hold the package against itself alone"
    )
    failure = Failure((("descriptor", "datapackage.json"),), "version", package.version, message)
    return checked("descriptor", "package", "version-of-the-code", reason, (failure,))


def _drift(package: Dataset, schemas: Mapping[str, TableSchema]) -> Iterator[Failure]:
    """Where the descriptor differs from the one that the code would write for these files."""
    csv: dict[str, WrittenFile] = {}
    parquet: dict[str, WrittenFile] = {}
    text: dict[str, WrittenFile] = {}
    for resource in package.resources:
        stated = resource.get("bytes", resource.get("size_bytes"))
        written = WrittenFile(
            str(resource.get("path")),
            stated if isinstance(stated, int) else -1,
            str(resource.get("hash", "")).removeprefix("sha256:"),
        )
        name = str(resource.get("name"))
        {"csv": csv, "parquet": parquet}.get(str(resource.get("format")), text)[
            name.removesuffix("-parquet").removeprefix("text-")
        ] = written
    absent = [
        name for name in schemas if name not in csv or name not in parquet or name not in package.frames
    ]
    extra = [name for name in {**csv, **parquet} if name not in schemas]
    for name in absent:
        yield Failure((("resource", name),), "", name, "the table, or one of its two files, is missing")
    for name in extra:
        yield Failure((("resource", name),), "", name, "no schema is there for it")
    documents = package.frames.get("documents")
    known = (
        set(map(str, documents["document_id"]))
        if documents is not None and "document_id" in documents
        else set()
    )
    for name in sorted(known ^ set(text)):
        yield Failure((("resource", f"text-{name}"),), "", name, "documents and published texts differ")
    if absent or extra or known != set(text):
        return
    tables = {name: _untyped(package, name) for name in schemas}
    try:
        wanted = package_descriptor(
            load_package(SCHEMAS),
            schemas,
            tables,
            {name: csv[name] for name in schemas},
            {name: parquet[name] for name in schemas},
            dict(sorted(text.items())),
            package.version,
        )
    except (KeyError, pa.ArrowException) as error:
        yield Failure((), "", "", f"the tables lack what the descriptor is made from: {error}")
        return
    yield from _differences(json.loads(json.dumps(wanted, default=str)), package.descriptor, "")


def _untyped(package: Dataset, name: str) -> pa.Table:
    return pa.table({str(column): values.tolist() for column, values in package.frames[name].items()})


def _differences(wanted: object, found: object, place: str) -> Iterator[Failure]:
    if isinstance(wanted, dict) and isinstance(found, dict):
        for key in [*wanted, *(key for key in found if key not in wanted)]:
            yield from _differences(wanted.get(key), found.get(key), f"{place}/{key}")
        if list(wanted) != list(found) and set(wanted) == set(found):
            yield Failure(
                (("place", place or "/"),), "", ", ".join(found), f"expected the order {', '.join(wanted)}"
            )
    elif isinstance(wanted, list) and isinstance(found, list) and len(wanted) == len(found):
        for number, (one, other) in enumerate(zip(wanted, found, strict=True)):
            name = one.get("name", number) if isinstance(one, dict) else number
            yield from _differences(one, other, f"{place}/{name}")
    elif wanted != found or type(wanted) is not type(found):
        shown = [json.dumps(each, ensure_ascii=False, default=str) for each in (found, wanted)]
        yield Failure((("place", place),), "", shown[0][:200], f"the schemas say {shown[1][:200]}")


def _tables(package: Dataset) -> Iterator[tuple[str, Mapping[str, object], Path, Path | None]]:
    """Each table of the descriptor: name, CSV resource, CSV file, Parquet file."""
    parquet = {
        str(each.get("table", str(each.get("name")).removesuffix("-parquet"))): package.files.located(each)
        for each in package.resources
        if each.get("format") == "parquet"
    }
    for resource in package.resources:
        path = package.files.located(resource)
        if resource.get("format") == "csv" and path is not None:
            yield str(resource.get("name")), resource, path, parquet.get(str(resource.get("name")))


def fields_of(resource: Mapping[str, object]) -> list[Mapping[str, object]]:
    """The fields of a resource's Table Schema."""
    schema = resource.get("schema")
    fields = schema.get("fields") if isinstance(schema, dict) else None
    return [each for each in fields if isinstance(each, dict)] if isinstance(fields, list) else []


def _unlike_parquet(package: Dataset) -> Iterator[Failure]:
    for name, resource, _, parquet in _tables(package):
        if parquet is None:
            yield Failure((("table", name),), "", "", "the descriptor names no Parquet file for it")
            continue
        try:
            found = pq.read_schema(parquet)
        except (OSError, pa.ArrowException) as error:
            yield Failure(
                (("table", name),), "", parquet.name, f"cannot be read: {str(error).splitlines()[0]}"
            )
            continue
        fields = fields_of(resource)
        names = [str(field.get("name")) for field in fields]
        if names != found.names:
            yield Failure(
                (("table", name),), "", ", ".join(found.names), f"the descriptor has {', '.join(names)}"
            )
            continue
        for field, column in zip(fields, found, strict=True):
            yield from _unlike_field(name, field, column)


def _unlike_field(table: str, field: Mapping[str, object], column: pa.Field) -> Iterator[Failure]:
    wanted = ARROW_TYPES.get(str(field.get("type")))
    key = (("table", table),)
    if wanted is None or not column.type.equals(wanted):
        yield Failure(
            key, column.name, str(column.type), f"the type {field.get('type')} is stored as {wanted}"
        )
    constraints = field.get("constraints")
    required = bool(constraints.get("required")) if isinstance(constraints, dict) else False
    if column.nullable == required:
        yield Failure(
            key,
            column.name,
            "nullable" if column.nullable else "not nullable",
            "the descriptor says otherwise",
        )
    stored = {_text(name): _text(value) for name, value in (column.metadata or {}).items()}
    for described in DESCRIBED:
        if stored.get(described) != field.get(described):
            yield Failure(
                key,
                column.name,
                str(stored.get(described)),
                f"{described} of the descriptor is {field.get(described)}",
            )


def _text(stored: bytes) -> str:
    return stored.decode("utf-8", "replace")


def _unlike_csv(package: Dataset) -> Iterator[Failure]:
    for name, resource, path, _ in _tables(package):
        wanted = ",".join(str(field.get("name")) for field in fields_of(resource))
        try:
            with path.open("rb") as stream:
                found = stream.readline().decode("utf-8").rstrip("\n")
        except (OSError, UnicodeDecodeError) as error:
            yield Failure((("table", name),), "", path.name, f"cannot be read: {error}")
            continue
        if found != wanted:
            yield Failure((("table", name),), "", found[:200], f"the descriptor has {wanted}")


def _rows(package: Dataset) -> Iterator[Failure]:
    for name, resource, _, _ in _tables(package):
        if name in package.frames and resource.get("rows") != len(package.frames[name]):
            found = str(len(package.frames[name]))
            yield Failure((("table", name),), "rows", found, f"the descriptor states {resource.get('rows')}")
