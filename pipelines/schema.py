"""The Table Schemas of schemas/tables, read strictly: names, types, keys, codes and what everything means."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from pipelines.errors import PipelineError
from pipelines.home import SCHEMAS

ARROW_TYPES: Mapping[str, pa.DataType] = {
    "string": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
}

# All that a schema may say. Frictionless passes a misspelt key in silence; here it stops the build.
DESCRIBED = ("title", "title_zh", "description", "description_zh")
TABLE_KEYS = ("name", *DESCRIBED, "fields", "primaryKey", "foreignKeys", "missingValues")
FIELD_KEYS = ("name", "type", *DESCRIBED, "constraints", "categories", "trueValues", "falseValues")
CONSTRAINTS: Mapping[str, type | tuple[type, ...]] = {
    "required": bool,
    "unique": bool,
    "enum": list,
    "pattern": str,
    "minimum": (int, float),
    "maximum": (int, float),
}


@dataclass(frozen=True)
class Category:
    """One code of a coded column, with what it means."""

    value: str
    label: str
    label_zh: str


@dataclass(frozen=True)
class Field:
    """One column. `type` is a key of ARROW_TYPES; `categories` is empty unless the column is coded."""

    name: str
    type: str
    title: str
    title_zh: str
    description: str
    description_zh: str
    required: bool
    unique: bool
    pattern: str | None
    minimum: float | None
    maximum: float | None
    categories: tuple[Category, ...]

    @property
    def enum(self) -> tuple[str, ...]:
        """The codes that the column may hold."""
        return tuple(category.value for category in self.categories)


@dataclass(frozen=True)
class ForeignKey:
    """`fields` of this table name rows of `table` by its `reference_fields`, which are its primary key."""

    fields: tuple[str, ...]
    table: str
    reference_fields: tuple[str, ...]


@dataclass(frozen=True)
class TableSchema:
    """One table: columns in order, keys, Arrow schema; `descriptor` is the JSON that it was read from."""

    name: str
    title: str
    title_zh: str
    description: str
    description_zh: str
    fields: tuple[Field, ...]
    primary_key: tuple[str, ...]
    foreign_keys: tuple[ForeignKey, ...]
    arrow: pa.Schema
    descriptor: Mapping[str, object]

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns in order."""
        return tuple(field.name for field in self.fields)

    @property
    def coded(self) -> tuple[Field, ...]:
        """The columns that hold codes."""
        return tuple(field for field in self.fields if field.categories)


def load_schemas(folder: Path = SCHEMAS) -> dict[str, TableSchema]:
    """All table schemas of `folder`/tables, in the order of the list `tables` in `folder`/package.json.

    Refuses a table that is listed and absent, or present and not listed; a schema that lacks a title or a
    description in either language, has a key, a type or a constraint that the project does not know, or whose
    keys name a column or a table that is not there.
    """
    order = load_package(folder).get("tables")
    present = sorted(path.stem for path in (folder / "tables").glob("*.json"))
    if not isinstance(order, list) or sorted(map(str, order)) != present or not present:
        raise _wrong(
            folder / "package.json",
            "key tables",
            repr(order),
            f"the names of all files of tables/, each once, in order of publication: {', '.join(present)}",
        )
    schemas = {name: load_schema(folder / "tables" / f"{name}.json") for name in order}
    for schema in schemas.values():
        for key in schema.foreign_keys:
            if key.table not in schemas or schemas[key.table].primary_key != key.reference_fields:
                raise _wrong(
                    folder / "tables" / f"{schema.name}.json",
                    f"foreign key of {', '.join(key.fields)}",
                    f"a reference to {', '.join(key.reference_fields)} of {key.table}",
                    "the primary key of a table of the package",
                )
    return schemas


def load_package(folder: Path = SCHEMAS) -> dict[str, object]:
    """What `folder`/package.json says of the whole package: name, titles, licences, order of tables."""
    return _read_json(folder / "package.json")


def load_schema(path: Path) -> TableSchema:
    """The Table Schema in one file, checked as `load_schemas` says, references to other tables apart."""
    descriptor = _read_json(path)
    _check_keys(path, "the schema", descriptor, TABLE_KEYS)
    name = _text(path, "the schema", descriptor, "name")
    if name != path.stem:
        raise _wrong(path, "name", name, f"{path.stem}, as the file is named")
    if descriptor.get("missingValues") != [""]:
        found = repr(descriptor.get("missingValues"))
        raise _wrong(path, "missingValues", found, '[""], for only an empty cell says that nothing is stated')
    fields = tuple(_field(path, each) for each in _objects(path, "fields", descriptor.get("fields")))
    columns = [field.name for field in fields]
    if not columns or len(columns) != len(set(columns)):
        raise _wrong(path, "fields", f"the names {columns}", "at least one column, and no name twice")
    primary_key = _columns(path, "primaryKey", descriptor.get("primaryKey"), columns)
    for field in fields:
        if field.name in primary_key and not field.required:
            raise _wrong(path, f"field {field.name}", "a key that may be empty", "the constraint required")
    described = {key: _text(path, "the schema", descriptor, key) for key in DESCRIBED}
    return TableSchema(
        name=name,
        **described,
        fields=fields,
        primary_key=primary_key,
        foreign_keys=tuple(
            _foreign_key(path, name, each, columns)
            for each in _objects(path, "foreignKeys", descriptor.get("foreignKeys", []))
        ),
        arrow=pa.schema([_arrow_field(field) for field in fields], metadata=described),
        descriptor=descriptor,
    )


def _arrow_field(field: Field) -> pa.Field:
    return pa.field(
        field.name,
        ARROW_TYPES[field.type],
        nullable=not field.required,
        metadata={key: getattr(field, key) for key in DESCRIBED},
    )


def _field(path: Path, descriptor: Mapping[str, object]) -> Field:
    place = f"field {_text(path, 'fields', descriptor, 'name')}"
    _check_keys(path, place, descriptor, FIELD_KEYS)
    field_type = descriptor.get("type")
    if field_type not in ARROW_TYPES:
        raise _wrong(path, place, f"the type {field_type!r}", f"one of {', '.join(ARROW_TYPES)}")
    words = (descriptor.get("trueValues"), descriptor.get("falseValues"))
    if words != ((["true"], ["false"]) if field_type == "boolean" else (None, None)):
        expected = 'trueValues ["true"] and falseValues ["false"] for a boolean, and neither for another type'
        raise _wrong(path, place, f"{words[0]!r} and {words[1]!r}", expected)
    constraints = _constraints(path, place, descriptor.get("constraints", {}))
    categories = tuple(
        Category(
            _text(path, place, each, "value"),
            _text(path, place, each, "label"),
            _text(path, place, each, "label_zh"),
        )
        for each in _objects(path, place, descriptor.get("categories", []))
    )
    if constraints.get("enum", []) != [category.value for category in categories]:
        raise _wrong(
            path, place, "an enum that differs from categories", "the same codes, each with its labels"
        )
    return Field(
        name=_text(path, place, descriptor, "name"),
        type=_text(path, place, descriptor, "type"),
        title=_text(path, place, descriptor, "title"),
        title_zh=_text(path, place, descriptor, "title_zh"),
        description=_text(path, place, descriptor, "description"),
        description_zh=_text(path, place, descriptor, "description_zh"),
        required=constraints.get("required", False),
        unique=constraints.get("unique", False),
        pattern=constraints.get("pattern"),
        minimum=constraints.get("minimum"),
        maximum=constraints.get("maximum"),
        categories=categories,
    )


def _constraints(path: Path, place: str, value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _wrong(path, place, f"the constraints {value!r}", "an object")
    _check_keys(path, f"{place}, constraints", value, tuple(CONSTRAINTS))
    for name, each in value.items():
        if not isinstance(each, CONSTRAINTS[name]):
            raise _wrong(path, place, f"the constraint {name} {each!r}", f"a value of {CONSTRAINTS[name]}")
    try:
        re.compile(value.get("pattern", ""))
    except re.error as error:
        raise _wrong(
            path, place, f"the pattern {value['pattern']}", f"one that compiles ({error})"
        ) from error
    return value


def _foreign_key(path: Path, name: str, key: Mapping[str, object], columns: Sequence[str]) -> ForeignKey:
    _check_keys(path, "foreignKeys", key, ("fields", "reference"))
    reference = key.get("reference")
    if not isinstance(reference, dict):
        raise _wrong(path, "foreignKeys", f"the reference {reference!r}", "an object")
    _check_keys(path, "foreignKeys, reference", reference, ("resource", "fields"))
    return ForeignKey(
        fields=_columns(path, "foreignKeys", key.get("fields"), columns),
        table=str(reference.get("resource", name)),  # a reference to the table itself names none
        reference_fields=_columns(path, "foreignKeys, reference", reference.get("fields"), None),
    )


def _columns(path: Path, place: str, value: object, known: Sequence[str] | None) -> tuple[str, ...]:
    if not isinstance(value, list) or not value or (known is not None and not set(value) <= set(known)):
        raise _wrong(path, place, repr(value), "a list of columns of the table")
    return tuple(value)


def _text(path: Path, place: str, descriptor: Mapping[str, object], key: str) -> str:
    value = descriptor.get(key)
    if not isinstance(value, str) or not value.strip():
        raise _wrong(path, place, f"{value!r} as {key}", "a text")
    return value


def _objects(path: Path, place: str, value: object) -> list[dict[str, object]]:
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
        raise _wrong(path, place, repr(value)[:200], "a list of objects")
    return value


def _check_keys(path: Path, place: str, descriptor: Mapping[str, object], known: Sequence[str]) -> None:
    unknown = [key for key in descriptor if key not in known]
    if unknown:
        raise _wrong(path, place, f"the key {', '.join(unknown)}", f"none but {', '.join(known)}")


def _read_json(path: Path) -> dict[str, object]:
    try:
        parsed = json.loads(path.read_text(encoding="utf-8"), object_pairs_hook=_object)
    except (OSError, ValueError) as error:
        raise _wrong(path, "", str(error), "a JSON file in UTF-8") from error
    if not isinstance(parsed, dict):
        raise _wrong(path, "", f"a {type(parsed).__name__}", "a JSON object")
    return parsed


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    read = dict(pairs)
    if len(read) != len(pairs):
        raise ValueError(f"a key twice among {', '.join(key for key, _ in pairs)}")
    return read


def _wrong(path: Path, place: str, found: str, expected: str) -> PipelineError:
    return PipelineError(path, place, found, expected, f"correct {path.name}")
