"""Checks the files of a package against its descriptor, and the descriptor itself."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa

from pipelines.guard.report import Check, Failure, checked
from pipelines.home import SCHEMAS
from pipelines.package.dataset import Dataset
from pipelines.package.descriptor import WrittenFile, package_descriptor
from pipelines.schema import ARROW_TYPES, DESCRIBED, TableSchema, load_package

Resource = Mapping[str, Any]
Listed = list[tuple[Resource, Path | None]]


def is_of_this_code(package: Dataset) -> bool:
    """Whether a package is of the version of the code: only then its schemas and vocabularies bind it."""
    return package.version == str(load_package().get("version"))


def check_files(package: Dataset) -> list[Check]:
    """That every file of the descriptor is there with its size and checksum, and that data/ holds no other."""
    listed = [(resource, package.files.located(resource)) for resource in package.resources]
    return [
        checked("files", "package", "present", "Every file that the descriptor names is there.", _absent(listed), len(listed)),
        checked("files", "package", "size", "A file of another size was cut off, or is of another build.", _sizes(listed), len(listed)),
        checked("files", "package", "sha256", "A checksum that differs says that the file is not the one that was published.", _digests(listed), len(listed)),
        checked("files", "package", "nothing-extra", "A file that the descriptor does not name was left over, or slipped in.", _extra(package.root, listed)),
    ]  # fmt: skip


def _failure(resource: Resource, column: str, value: object, message: str) -> Failure:
    return Failure((("path", str(resource.get("path"))),), column, str(value), message)


def _absent(listed: Listed) -> Iterator[Failure]:
    for resource, path in listed:
        if path is None:
            yield _failure(resource, "path", resource.get("path"), "the path leads out of the package")
        elif path.is_symlink() or not path.is_file():
            yield _failure(resource, "path", resource.get("path"), "there is no such file")


def _sizes(listed: Listed) -> Iterator[Failure]:
    for resource, path in listed:
        stated = resource.get("bytes", resource.get("size_bytes"))
        if path is not None and path.is_file() and path.stat().st_size != stated:
            yield _failure(resource, "bytes", path.stat().st_size, f"the descriptor states {stated} bytes")


def _digests(listed: Listed) -> Iterator[Failure]:
    for resource, path in listed:
        if path is None or not path.is_file():
            continue
        with path.open("rb") as stream:
            found = f"sha256:{hashlib.file_digest(stream, 'sha256').hexdigest()}"
        if resource.get("hash") != found:
            yield _failure(resource, "hash", found, f"the descriptor states {resource.get('hash')}")


def _extra(root: Path, listed: Listed) -> Iterator[Failure]:
    known = {path for _, path in listed if path is not None}
    known |= {folder for path in known for folder in path.parents}
    for path in sorted((root / "data").rglob("*")):
        if path not in known:
            name = str(path.relative_to(root))
            yield Failure((("path", name),), "path", name, "the descriptor names neither it nor a file in it")


def check_descriptor(
    package: Dataset, schemas: Mapping[str, TableSchema] | None, *, other_version: bool = False
) -> list[Check]:
    """That the descriptor says what the schemas of the code say, and what the Parquet files carry.

    `schemas` is None for a package of another version than the code: then only the Parquet files can tell, and the
    package is refused for its version, unless `other_version` says that it may have one.
    """
    version = str(load_package().get("version"))
    reason = "The descriptor is generated from schemas/; one that differs was edited, or its schema was changed without a build."
    if schemas is None:
        why = f"the package is of version {package.version}, the schemas here are of version {version}"
        as_schemas = Check("descriptor", "package", "as-the-schemas", reason, not_run=why)
    else:
        as_schemas = checked("descriptor", "package", "as-the-schemas", reason, _drift(package, schemas))
    columns = "CSV and Parquet of a table have the same columns, in the same order, of the same types, with the same descriptions."
    return [
        _check_version(package, version, other_version=other_version),
        as_schemas,
        checked("descriptor", "package", "as-the-parquet", columns, _unlike_parquet(package)),
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
    written: dict[str, dict[str, WrittenFile]] = {"csv": {}, "parquet": {}, "txt": {}}
    for resource in package.resources:
        size = resource.get("bytes", resource.get("size_bytes"))
        digest = str(resource.get("hash", "")).removeprefix("sha256:")
        name = str(resource.get("name")).removesuffix("-parquet").removeprefix("text-")
        file = WrittenFile(str(resource.get("path")), size if isinstance(size, int) else -1, digest)
        written.setdefault(str(resource.get("format")), {})[name] = file
    csv, parquet, texts = (written[kind] for kind in ("csv", "parquet", "txt"))
    documents = package.frames.get("documents")
    known = (
        set(map(str, documents["document_id"]))
        if documents is not None and "document_id" in documents
        else set()
    )
    wrong = {
        "the table, or one of its two files, is missing": [
            name for name in schemas if name not in csv or name not in parquet or name not in package.frames
        ],
        "no schema is there for it": [name for name in {**csv, **parquet} if name not in schemas],
        "documents and published texts differ": sorted(known ^ set(texts)),
    }
    for message, names in wrong.items():
        for name in names:
            yield Failure((("resource", name),), "", name, message)
    if any(wrong.values()):
        return
    try:
        wanted = package_descriptor(
            load_package(SCHEMAS),
            schemas,
            {name: package.tables[name] for name in schemas},
            {name: csv[name] for name in schemas},
            {name: parquet[name] for name in schemas},
            dict(sorted(texts.items())),
            package.version,
        )
    except (KeyError, pa.ArrowException) as error:
        yield Failure((), "", "", f"the tables lack what the descriptor is made from: {error}")
        return
    yield from _differences(json.loads(json.dumps(wanted, default=str)), package.descriptor, "")


def _differences(wanted: object, found: object, place: str) -> Iterator[Failure]:
    if isinstance(wanted, dict) and isinstance(found, dict):
        for key in [*wanted, *(key for key in found if key not in wanted)]:
            yield from _differences(wanted.get(key), found.get(key), f"{place}/{key}")
        if list(wanted) != list(found) and set(wanted) == set(found):
            message = f"expected the order {', '.join(wanted)}"
            yield Failure((("place", place or "/"),), "", ", ".join(found), message)
    elif isinstance(wanted, list) and isinstance(found, list) and len(wanted) == len(found):
        for number, (one, other) in enumerate(zip(wanted, found, strict=True)):
            name = one.get("name", number) if isinstance(one, dict) else number
            yield from _differences(one, other, f"{place}/{name}")
    elif wanted != found or type(wanted) is not type(found):
        shown = [json.dumps(each, ensure_ascii=False, default=str) for each in (found, wanted)]
        yield Failure((("place", place),), "", shown[0][:200], f"the schemas say {shown[1][:200]}")


def fields_of(resource: Resource) -> list[Resource]:
    """The fields of a resource's Table Schema."""
    schema = resource.get("schema")
    fields = schema.get("fields") if isinstance(schema, dict) else None
    return [each for each in fields if isinstance(each, dict)] if isinstance(fields, list) else []


def _unlike_parquet(package: Dataset) -> Iterator[Failure]:
    for resource in package.resources:
        if resource.get("format") != "csv":
            continue
        name = str(resource.get("name"))
        key = (("table", name),)
        if name not in package.tables:
            yield Failure(key, "", "", package.unreadable.get(name, "no Parquet file is named for it"))
            continue
        stored = {column.name: _of_column(column) for column in package.tables[name].schema}
        stated = {str(field.get("name")): _of_field(field) for field in fields_of(resource)}
        if list(stated) != list(stored):
            yield Failure(key, "", ", ".join(stored), f"the descriptor has {', '.join(stated)}")
            continue
        for column, said in stated.items():
            for what, value in said.items():
                if stored[column][what] != value:
                    yield Failure(
                        key, column, f"{what}: {stored[column][what]}", f"the descriptor has {value}"
                    )


def _of_field(field: Resource) -> dict[str, object]:
    """What the descriptor says of a column, as the Parquet file stores it."""
    constraints = field.get("constraints")
    required = isinstance(constraints, dict) and bool(constraints.get("required"))
    type_ = ARROW_TYPES.get(str(field.get("type")))
    return {"type": str(type_), "required": required, **{name: field.get(name) for name in DESCRIBED}}


def _of_column(column: pa.Field) -> dict[str, object]:
    stored = {name.decode("utf-8", "replace"): text for name, text in (column.metadata or {}).items()}
    said = {
        name: text.decode("utf-8", "replace") if (text := stored.get(name)) else None for name in DESCRIBED
    }
    return {"type": str(column.type), "required": not column.nullable, **said}


def _rows(package: Dataset) -> Iterator[Failure]:
    for resource in package.resources:
        name = str(resource.get("name"))
        if resource.get("format") == "csv" and name in package.tables:
            rows = package.tables[name].num_rows
            if resource.get("rows") != rows:
                yield Failure(
                    (("table", name),), "rows", str(rows), f"the descriptor states {resource.get('rows')}"
                )
