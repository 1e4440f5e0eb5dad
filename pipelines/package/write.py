"""Writes Arrow tables and repaired texts as a whole data package into an empty folder."""

import hashlib
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import pyarrow as pa

from pipelines.errors import PipelineError
from pipelines.home import SCHEMAS
from pipelines.package.csv import csv_chunks
from pipelines.package.descriptor import WrittenFile, descriptor_bytes, package_descriptor
from pipelines.package.parquet import write_parquet
from pipelines.schema import TableSchema, load_package, load_schemas

# What may stand in a file name: no dot, no slash, nothing that a file system folds together.
DOCUMENT_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def write_package(
    tables: Mapping[str, pa.Table],
    texts: Mapping[str, str],
    out: Path,
    *,
    version: str,
    schemas_folder: Path = SCHEMAS,
) -> None:
    """Writes datapackage.json, data/<table>.csv and .parquet, and data/text/<document_id>.txt into `out`.

    `tables` holds every table of the schemas, each as `to_arrow` made it; `texts` the repaired text of every
    document of the table documents, with LF. `out` must exist and be empty. The same input gives the same
    bytes. The descriptor is written last: a folder without it is not whole.
    """
    schemas = load_schemas(schemas_folder)
    _check_tables(schemas, tables)
    _check_texts(tables["documents"], texts)
    _check_empty(out)
    with _explained(out):
        (out / "data" / "text").mkdir(parents=True)
    csv_files: dict[str, WrittenFile] = {}
    parquet_files: dict[str, WrittenFile] = {}
    text_files: dict[str, WrittenFile] = {}
    for name in schemas:
        with _new_file(out / "data" / f"{name}.csv") as stream:
            stream.writelines(csv_chunks(tables[name]))
        with _new_file(out / "data" / f"{name}.parquet") as stream:
            write_parquet(tables[name], stream)
        csv_files[name] = _written(out, f"data/{name}.csv")
        parquet_files[name] = _written(out, f"data/{name}.parquet")
    for document_id, text in texts.items():
        path = f"data/text/{document_id}.txt"
        with _new_file(out / path) as stream:
            stream.write(text.encode("utf-8"))
        text_files[document_id] = _written(out, path)
    descriptor = package_descriptor(
        load_package(schemas_folder), schemas, tables, csv_files, parquet_files, text_files, version
    )
    with _new_file(out / "datapackage.json") as stream:
        stream.write(descriptor_bytes(descriptor))


def _check_tables(schemas: Mapping[str, TableSchema], tables: Mapping[str, pa.Table]) -> None:
    if set(tables) != set(schemas):
        raise PipelineError(
            file="the tables to publish",
            place="",
            found=f"missing: {', '.join(sorted(set(schemas) - set(tables))) or 'none'}; "
            f"too many: {', '.join(sorted(set(tables) - set(schemas))) or 'none'}",
            expected="exactly the tables of schemas/package.json",
            remedy="give each table, an empty one where there are no rows",
        )
    for name, schema in schemas.items():
        if not tables[name].schema.equals(schema.arrow, check_metadata=True):
            raise PipelineError(
                file=f"table {name}",
                place="its Arrow schema",
                found=f"the columns {', '.join(tables[name].column_names)}",
                expected="the names, types, descriptions and order of schemas/tables",
                remedy="make the table with to_arrow",
            )


def _check_texts(documents: pa.Table, texts: Mapping[str, str]) -> None:
    known = set(documents.column("document_id").to_pylist())
    if known != set(texts):
        raise PipelineError(
            file="the texts to publish",
            place="",
            found=f"the document ids {', '.join(sorted(known ^ set(texts)))} on one side only",
            expected="one text for each row of the table documents, and no other",
            remedy="leave a document out of both, or of neither",
        )
    for document_id, text in texts.items():
        if not DOCUMENT_ID.fullmatch(document_id):
            raise PipelineError(
                file="the texts to publish",
                place=f"document {document_id!r}",
                found="a name that cannot be that of a file",
                expected="small letters and digits, in groups joined by hyphens",
                remedy="rename the document in sources.csv",
            )
        if "\r" in text:
            line = text.count("\n", 0, text.index("\r")) + 1
            raise PipelineError(
                file=f"data/text/{document_id}.txt",
                place=f"line {line}",
                found="a carriage return",
                expected="lines that end in a line feed",
                remedy="repair the ends of the lines before publishing",
            )


def _check_empty(out: Path) -> None:
    with _explained(out):
        found = sorted(entry.name for entry in out.iterdir())
    if found:
        raise PipelineError(
            file=out,
            place="",
            found=f"{len(found)} entries, such as {found[0]}",
            expected="an empty folder",
            remedy="build into a new folder; swap_in moves it into place",
        )


@contextmanager
def _new_file(path: Path) -> Iterator[BinaryIO]:
    with _explained(path), path.open("xb") as stream:
        yield stream


def _written(out: Path, path: str) -> WrittenFile:
    with _explained(out / path), (out / path).open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
        return WrittenFile(path, os.fstat(stream.fileno()).st_size, digest)


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    """Turns what the operating system refuses into an error that says what to do."""
    try:
        yield
    except OSError as error:
        raise PipelineError(
            file=path,
            place="",
            found=error.strerror or str(error),
            expected="a folder that can be written to, with room for the package",
            remedy="free some room or mend the permissions, and build again; what was published is as it was",
        ) from error
