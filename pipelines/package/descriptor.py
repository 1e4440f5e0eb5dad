"""Makes datapackage.json from the schemas, the files written and the rows that name the plans."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa

from pipelines.schema import TableSchema

RESOURCE_PROFILE = "https://datapackage.org/profiles/2.0/dataresource.json"
SCHEMA_PROFILE = "https://datapackage.org/profiles/2.0/tableschema.json"


@dataclass(frozen=True)
class WrittenFile:
    """A file of the package: path from its root, size in bytes, SHA-256 in hexadecimal digits."""

    path: str
    size_bytes: int
    sha256: str


def package_descriptor(
    package: Mapping[str, object],
    schemas: Mapping[str, TableSchema],
    tables: Mapping[str, pa.Table],
    csv_files: Mapping[str, WrittenFile],
    parquet_files: Mapping[str, WrittenFile],
    text_files: Mapping[str, WrittenFile],
    version: str,
) -> dict[str, object]:
    """The descriptor (Data Package v2): one CSV and one Parquet resource per table, one per repaired text.

    `package` is schemas/package.json, `text_files` is by document_id. No moment of building stands in it.
    """
    resources = [
        *(_csv_resource(schemas[name], file, tables[name].num_rows) for name, file in csv_files.items()),
        *(_parquet_resource(schemas[name], file) for name, file in parquet_files.items()),
        *_text_resources(text_files, tables, package),
    ]
    descriptor = {
        key: value for key, value in package.items() if key not in ("tables", "sources", "resources")
    }
    descriptor["version"] = version
    issues = zip(tables["issues"]["kind"].to_pylist(), tables["issues"]["message"].to_pylist(), strict=True)
    if own := [message for kind, message in issues if kind == "own-vocabulary"]:
        descriptor["ownVocabularies"] = own
    descriptor["sources"] = [*_sources(package), *_plan_sources(tables)]
    descriptor["resources"] = resources
    return descriptor


def descriptor_bytes(descriptor: Mapping[str, object]) -> bytes:
    """The JSON text as it is published: keys in their order, indented by two, ending in a line feed."""
    return (json.dumps(descriptor, ensure_ascii=False, indent=2, allow_nan=False) + "\n").encode("utf-8")


def _csv_resource(schema: TableSchema, file: WrittenFile, rows: int) -> dict[str, object]:
    return {
        "$schema": RESOURCE_PROFILE,
        "name": schema.name,
        "type": "table",
        "path": file.path,
        **_described(schema),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": file.size_bytes,
        "hash": f"sha256:{file.sha256}",
        "rows": rows,
        "schema": {
            "$schema": SCHEMA_PROFILE,
            **{
                key: value
                for key, value in schema.descriptor.items()
                if key in ("fields", "primaryKey", "foreignKeys", "missingValues")
            },
        },
    }


def _parquet_resource(schema: TableSchema, file: WrittenFile) -> dict[str, object]:
    """A resource with the names and types that Frictionless finds in the file; the file carries the descriptions.

    Frictionless 5.21 reads Parquet by way of pandas, where a column of integers with an empty cell becomes
    one of floats: such a column is said to hold numbers. Without types it guesses them from the first rows, and
    takes a column that begins empty for dates. It counts no bytes of Parquet, so that the standard key `bytes`
    fails; the size stands in `size_bytes`. That both files of a table agree is for the guards to say.
    """
    return {
        "$schema": RESOURCE_PROFILE,
        "name": f"{schema.name}-parquet",
        "path": file.path,
        **_described(schema),
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "hash": f"sha256:{file.sha256}",
        "size_bytes": file.size_bytes,
        "table": schema.name,
        "schema": {
            "$schema": SCHEMA_PROFILE,
            "fields": [
                {
                    "name": field.name,
                    "type": "number" if field.type == "integer" and not field.required else field.type,
                }
                for field in schema.fields
            ],
        },
    }


def _described(schema: TableSchema) -> dict[str, str]:
    return {
        "title": schema.title,
        "title_zh": schema.title_zh,
        "description": schema.description,
        "description_zh": schema.description_zh,
    }


def _text_resources(
    files: Mapping[str, WrittenFile], tables: Mapping[str, pa.Table], package: Mapping[str, object]
) -> Iterable[dict[str, object]]:
    plans = {str(row["plan_id"]): row for row in _rows(tables["plans"], ("plan_id", "title", "title_en"))}
    for row in _rows(tables["documents"], ("document_id", "plan_id")):
        document_id = str(row["document_id"])
        plan = plans.get(str(row["plan_id"]), {"title": row["plan_id"], "title_en": row["plan_id"]})
        file = files[document_id]
        yield {
            "$schema": RESOURCE_PROFILE,
            "name": f"text-{document_id}",
            "path": file.path,
            "title": f"Repaired text of {document_id}: {plan['title_en']}",
            "title_zh": f"{document_id} 修复后的全文：{plan['title']}",
            "description": "The whole seed file after the repairs that the table repairs lists; UTF-8, LF.",
            "description_zh": "按 repairs 表修复后的原始文件全文，以换行符分行。",
            "format": "txt",
            "mediatype": "text/plain",
            "encoding": "utf-8",
            "bytes": file.size_bytes,
            "hash": f"sha256:{file.sha256}",
            **{key: package[key] for key in ("rights", "rights_zh") if key in package},
        }


def _sources(package: Mapping[str, object]) -> list[object]:
    sources = package.get("sources", [])
    return list(sources) if isinstance(sources, list) else []


def _plan_sources(tables: Mapping[str, pa.Table]) -> Iterable[dict[str, object]]:
    """One source per plan: who issued it, its title and its number, as far as it prints them."""
    issuers: dict[object, list[str]] = {}
    for row in _rows(tables["issuers"], ("plan_id", "as_written")):
        issuers.setdefault(row["plan_id"], []).append(str(row["as_written"]))
    for row in _rows(tables["plans"], ("plan_id", "title", "title_en", "document_number")):
        named = "、".join(issuers.get(row["plan_id"], []))
        number = f"（{row['document_number']}）" if row["document_number"] else ""
        yield {
            "title": f"{named}{'：' if named else ''}《{row['title']}》{number}",
            "title_en": row["title_en"],
        }


def _rows(table: pa.Table, columns: Sequence[str]) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = table.select(list(columns)).to_pylist()
    return rows
