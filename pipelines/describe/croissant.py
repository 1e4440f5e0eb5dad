"""Describes the dataset in Croissant 1.1, from which machine-learning tools load the tables."""

import json
from collections.abc import Iterator, Mapping

from pipelines.describe.citation import bibtex
from pipelines.describe.facts import Facts, PublishedFile
from pipelines.schema import Field, TableSchema

VERSION = "http://mlcommons.org/croissant/1.1"
CHINESE = "zh-Hans"
DATA_TYPES: Mapping[str, str] = {
    "string": "sc:Text",
    "integer": "sc:Integer",
    "number": "sc:Float",
    "boolean": "sc:Boolean",
    "date": "sc:Date",
}
# The name by which Croissant's readers know a Parquet file; the registered one they do not.
PARQUET = "application/x-parquet"

# The context of Croissant 1.1, as its specification prints it.
CONTEXT: Mapping[str, object] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "arrayShape": "cr:arrayShape",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "containedIn": "cr:containedIn",
    "cr": "http://mlcommons.org/croissant/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "description": {"@container": "@language"},
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileObject": "cr:fileObject",
    "fileProperty": "cr:fileProperty",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isArray": "cr:isArray",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "name": {"@container": "@language"},
    "parentField": "cr:parentField",
    "path": "cr:path",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}


def croissant(facts: Facts) -> str:
    """The description: every file with its checksum, a record set for each table and one for each list of codes.

    The addresses of files are their paths from the root of the package, beside whose datapackage.json it belongs.
    The record sets read the Parquet files: from a CSV file mlcroissant takes a code of digits for a number, and
    the division code 000000 comes out as 0. Only coded columns carry a reference, to their list of codes; one for
    each foreign key would be joined when a table is read, and mlcroissant 1.1 fails on keys that form a circle
    (plans, documents) or stand in a row without a value.
    """
    described = {
        "@context": dict(CONTEXT),
        "@type": "sc:Dataset",
        "name": _both(facts.title, facts.title_zh),
        "description": _both(facts.description, facts.description_zh),
        "conformsTo": VERSION,
        "citeAs": bibtex(facts),
        **({"datePublished": facts.released} if facts.released else {}),
        **({"url": facts.homepage} if facts.homepage else {}),
        "license": facts.licence.path,
        "version": facts.version,
        "creator": [{"@type": "sc:Organization", "name": creator} for creator in facts.creators],
        "keywords": list(facts.keywords),
        "inLanguage": [CHINESE, "en"],
        "distribution": [_file_object(file) for file in facts.files],
        "recordSet": [*_code_lists(facts), *_record_sets(facts)],
    }
    return json.dumps(described, ensure_ascii=False, indent=2) + "\n"


def _file_object(file: PublishedFile) -> dict[str, object]:
    return {
        "@type": "cr:FileObject",
        "@id": file.path,
        "name": file.path.rpartition("/")[2],
        "description": _both(file.description, file.description_zh),
        "contentUrl": file.path,
        "contentSize": f"{file.size_bytes} B",
        "encodingFormat": PARQUET if file.is_parquet else file.media_type,
        "sha256": file.sha256,
    }


def _record_sets(facts: Facts) -> Iterator[dict[str, object]]:
    paths = {file.table: file.path for file in facts.files if file.is_parquet}
    for schema in facts.schemas:
        keys = [{"@id": f"{schema.name}/{name}"} for name in schema.primary_key]
        yield {
            "@type": "cr:RecordSet",
            "@id": schema.name,
            "name": _both(schema.name, schema.title_zh),
            "description": _both(schema.description, schema.description_zh),
            "key": keys[0] if len(keys) == 1 else keys,
            "field": [_field(schema, field, paths[schema.name]) for field in schema.fields],
        }


def _field(schema: TableSchema, field: Field, path: str) -> dict[str, object]:
    described: dict[str, object] = {
        "@type": "cr:Field",
        "@id": f"{schema.name}/{field.name}",
        "name": _both(field.name, field.title_zh),
        "description": _both(field.description, field.description_zh),
        "dataType": DATA_TYPES[field.type],
        "source": {"fileObject": {"@id": path}, "extract": {"column": field.name}},
    }
    if field.categories:
        described["references"] = {"field": {"@id": f"{_code_list(schema, field)}/code"}}
    return described


def _code_lists(facts: Facts) -> Iterator[dict[str, object]]:
    """A record set with its rows inside for each coded column: the codes with their labels."""
    for schema in facts.schemas:
        for field in schema.fields:
            if not field.categories:
                continue
            name = _code_list(schema, field)
            columns = ("code", "label", "label_zh")
            yield {
                "@type": "cr:RecordSet",
                "@id": name,
                "name": _both(name, f"{schema.title_zh}：{field.title_zh}"),
                "description": _both(field.description, field.description_zh),
                "dataType": "sc:Enumeration",
                "key": {"@id": f"{name}/code"},
                "field": [
                    {"@type": "cr:Field", "@id": f"{name}/{column}", "name": column, "dataType": "sc:Text"}
                    for column in columns
                ],
                "data": [
                    {
                        f"{name}/code": category.value,
                        f"{name}/label": category.label,
                        f"{name}/label_zh": category.label_zh,
                    }
                    for category in field.categories
                ],
            }


def _code_list(schema: TableSchema, field: Field) -> str:
    return f"codes-{schema.name}-{field.name}"


def _both(english: str, chinese: str) -> dict[str, str]:
    return {"en": english, CHINESE: chinese}
