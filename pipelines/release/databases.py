"""Writes the tables of a package as a DuckDB and a SQLite file, with types, keys, descriptions and views."""

import re
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from pipelines.errors import PipelineError
from pipelines.package.dataset import Dataset
from pipelines.schema import Field, ForeignKey, TableSchema, load_schemas

SQL = Path(__file__).parent
DUCKDB_TYPES = {
    "string": "VARCHAR",
    "integer": "BIGINT",
    "number": "DOUBLE",
    "boolean": "BOOLEAN",
    "date": "DATE",
}
# Names that SQLite keeps in its schema and other programs understand; dates are ISO text, booleans 0 and 1.
SQLITE_TYPES = {
    "string": "TEXT",
    "integer": "INTEGER",
    "number": "REAL",
    "boolean": "BOOLEAN",
    "date": "DATE",
}
# The smallest block that DuckDB knows: a file of many small tables is a tenth of what it is by default.
BLOCK_BYTES = 16_384
# The places of the SQLite header that hold a count of writes and the version of the library that wrote it.
CHANGE_COUNTER, VALID_FOR, LIBRARY = slice(24, 28), slice(92, 96), slice(96, 100)
FIXED_LIBRARY = (3_040_000).to_bytes(4, "big")

# views.sql is written for SQLite, which lists rows in the order in which they come; DuckDB wants to be told.
ORDERED_LIST = re.compile(r"group_concat\((\w+), ('[^']+')\)")

Tables = Mapping[str, pa.Table]
Schemas = Mapping[str, TableSchema]


@dataclass(frozen=True)
class View:
    """A ready view, as its comment describes it."""

    name: str
    title: str
    title_zh: str
    description: str
    description_zh: str


VIEWS = (
    View(
        "targets_in_context",
        "Targets in context",
        "目标及其背景",
        "Each target with the title of its plan, its place, the label of its unit, and the agencies responsible for"
        " its clause, or for its numbered item, in the order of the plan.",
        "每个目标连同其方案标题、地区、单位名称，以及该条款（或该分项）的责任单位，按原文次序。",
    ),
    View(
        "responsibilities_by_deadline",
        "Responsibilities by deadline",
        "按期限排列的责任",
        "Who is responsible for what by when: each deadline with each agency responsible for its clause, or for its"
        " numbered item; the agency is empty where the plan names none.",
        "谁负责何事、何时完成：每个期限与该条款（或该分项）的每个责任单位；方案未写明时责任单位为空。",
    ),
    View(
        "due_as_of",
        "Due as of a day",
        "截至某日到期的目标",
        "The targets whose deadline has come. That one is due says nothing of its outcome, which this dataset does"
        " not record. DuckDB: FROM due_as_of('2025-12-31'). SQLite: ... FROM due_as_of WHERE due_on <= '2025-12-31'.",
        "期限已到的目标。到期不表示完成与否，本数据集不记录结果。",
    ),
)


def write_sqlite(tables: Tables, schemas: Schemas, facts: Mapping[str, str], path: Path) -> None:
    """A new SQLite file at `path`: the same input gives the same bytes, whatever the version of the library.

    `facts` are what the package says of itself (name, version, licence). The tables _package, _tables and
    _columns hold those and the descriptions, in both languages. Raises PipelineError for a broken key.
    """
    if path.exists():
        raise FileExistsError(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.executescript(
            "PRAGMA page_size = 4096; PRAGMA encoding = 'UTF-8'; PRAGMA journal_mode = OFF;"
        )
        connection.execute("BEGIN")
        for schema in schemas.values():
            connection.execute(_create(schema, schema.foreign_keys, SQLITE_TYPES))
            for key in schema.foreign_keys:
                columns = _list(key.fields)
                index = _quoted(f"{schema.name}_by_{'_'.join(key.fields)}")
                connection.execute(f"CREATE INDEX {index} ON {_quoted(schema.name)} ({columns})")
        for name, schema in schemas.items():
            marks = ", ".join("?" * len(schema.fields))
            rows = zip(*(_sqlite_cells(column) for column in tables[name].columns), strict=True)
            connection.executemany(f"INSERT INTO {_quoted(name)} VALUES ({marks})", rows)
        connection.execute("COMMIT")
        for statement in (*_statements("views.sql"), *_statements("due.sqlite.sql")):
            connection.execute(statement)
        _describe(connection, schemas, facts)
        _check_keys(connection, path)
        connection.execute("VACUUM")
    _fix_header(path)


def write_duckdb(tables: Tables, schemas: Schemas, facts: Mapping[str, str], path: Path) -> None:
    """A new DuckDB file at `path`, with COMMENT ON each table and column.

    DuckDB gives each file an identity of its own and leaves traces of memory in it, so that two files of the
    same tables differ in some bytes; `duckdb_content` says whether they hold the same. DuckDB knows no key
    that points at a table made later or, row by row, at itself: it has one of the two keys between plans and
    documents, and none from places to their provinces. SQLite has them all.
    """
    if path.exists():
        raise FileExistsError(path)
    with duckdb.connect(str(path), config={"threads": 1, "default_block_size": BLOCK_BYTES}) as connection:
        made: set[str] = set()
        for schema in _parents_first(schemas):
            keys = [key for key in schema.foreign_keys if key.table in made]
            made.add(schema.name)
            connection.execute(_create(schema, keys, DUCKDB_TYPES))
            connection.register("_rows", tables[schema.name])
            connection.execute(f"INSERT INTO {_quoted(schema.name)} SELECT * FROM _rows")
            connection.unregister("_rows")
            connection.execute(f"COMMENT ON TABLE {_quoted(schema.name)} IS {_literal(_words(schema))}")
            for field in schema.fields:
                place = f"{_quoted(schema.name)}.{_quoted(field.name)}"
                connection.execute(f"COMMENT ON COLUMN {place} IS {_literal(_words(field))}")
        connection.execute("CREATE TABLE _package (fact VARCHAR PRIMARY KEY, value VARCHAR NOT NULL)")
        connection.executemany("INSERT INTO _package VALUES (?, ?)", [list(pair) for pair in facts.items()])
        for statement in _statements("views.sql"):
            connection.execute(ORDERED_LIST.sub(r"string_agg(\1, \2 ORDER BY position)", statement))
        for statement in _statements("due.duckdb.sql"):
            connection.execute(statement)
        for view in VIEWS:
            kind = "MACRO TABLE" if view.name == "due_as_of" else "VIEW"
            words = f"{view.title}: {view.description} {view.title_zh}：{view.description_zh}"
            connection.execute(f"COMMENT ON {kind} {_quoted(view.name)} IS {_literal(words)}")
        connection.execute("CHECKPOINT")


def duckdb_content(path: Path) -> list[tuple[Any, ...]]:
    """All that a DuckDB file holds, to compare two by: its statements, its comments, its rows in order."""
    with duckdb.connect(str(path), read_only=True) as connection:
        content: list[tuple[Any, ...]] = []
        for query in (
            "SELECT table_name, sql, comment FROM duckdb_tables() ORDER BY ALL",
            "SELECT table_name, column_name, data_type, comment FROM duckdb_columns() WHERE NOT internal ORDER BY ALL",
            "SELECT view_name, sql, comment FROM duckdb_views() WHERE NOT internal ORDER BY ALL",
            "SELECT function_name, macro_definition, comment FROM duckdb_functions() WHERE NOT internal ORDER BY ALL",
        ):
            content += connection.execute(query).fetchall()
        names = connection.execute("SELECT table_name FROM duckdb_tables() ORDER BY table_name").fetchall()
        for (name,) in names:
            content += connection.execute(f"FROM {_quoted(name)}").fetchall()
        return content


def _create(schema: TableSchema, keys: Sequence[ForeignKey], types: Mapping[str, str]) -> str:
    lines = [_column(field, types) for field in schema.fields]
    lines.append(f"PRIMARY KEY ({_list(schema.primary_key)})")
    lines += [
        f"FOREIGN KEY ({_list(key.fields)}) REFERENCES {_quoted(key.table)} ({_list(key.reference_fields)})"
        for key in keys
    ]
    body = ",\n  ".join(lines)
    return f"CREATE TABLE {_quoted(schema.name)} (\n  {body}\n)"


def _column(field: Field, types: Mapping[str, str]) -> str:
    name = _quoted(field.name)
    parts = [name, types[field.type]]
    if field.required:
        parts.append("NOT NULL")
    if field.unique:
        parts.append("UNIQUE")
    if field.enum:
        parts.append(f"CHECK ({name} IN ({', '.join(_literal(code) for code in field.enum)}))")
    if field.minimum is not None:
        parts.append(f"CHECK ({name} >= {field.minimum!r})")
    if field.maximum is not None:
        parts.append(f"CHECK ({name} <= {field.maximum!r})")
    return " ".join(parts)


def _describe(connection: sqlite3.Connection, schemas: Schemas, facts: Mapping[str, str]) -> None:
    """SQLite knows no comments: what they would say stands in three tables."""
    for statement in _statements("descriptions.sqlite.sql"):
        connection.execute(statement)
    connection.executemany("INSERT INTO _package VALUES (?, ?)", facts.items())
    described: tuple[TableSchema | View, ...] = (*schemas.values(), *VIEWS)
    connection.executemany(
        "INSERT INTO _tables VALUES (?, ?, ?, ?, ?)",
        ((each.name, each.title, each.title_zh, each.description, each.description_zh) for each in described),
    )
    connection.executemany(
        "INSERT INTO _columns VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (
                schema.name,
                position,
                field.name,
                field.type,
                field.title,
                field.title_zh,
                _with_codes(field, "label", field.description),
                _with_codes(field, "label_zh", field.description_zh),
            )
            for schema in schemas.values()
            for position, field in enumerate(schema.fields, start=1)
        ),
    )


def _check_keys(connection: sqlite3.Connection, path: Path) -> None:
    broken = connection.execute("PRAGMA foreign_key_check").fetchall()
    if broken:
        table, row, parent, _ = broken[0]
        raise PipelineError(
            file=path.name,
            place=f"table {table}, row {row}",
            found=f"a key that names no row of {parent} ({len(broken)} such rows)",
            expected="every key to name a row",
            remedy="build and validate the package",
        )


def _sqlite_cells(column: pa.ChunkedArray) -> list[Any]:
    if pa.types.is_date(column.type):
        column = column.cast(pa.string())
    return [int(cell) if isinstance(cell, bool) else cell for cell in column.to_pylist()]


def _fix_header(path: Path) -> None:
    """The header as if one and the same library had written the file, at its first change."""
    with path.open("r+b") as stream:
        header = bytearray(stream.read(100))
        header[CHANGE_COUNTER] = header[VALID_FOR] = (1).to_bytes(4, "big")
        header[LIBRARY] = FIXED_LIBRARY
        stream.seek(0)
        stream.write(header)


def _parents_first(schemas: Schemas) -> Iterator[TableSchema]:
    """The tables so that those that a key names come before it, as far as keys do not run in a circle."""
    left = dict(schemas)
    while left:
        free = [
            schema
            for schema in left.values()
            if not any(key.table in left and key.table != schema.name for key in schema.foreign_keys)
        ]
        for schema in free or [next(iter(left.values()))]:
            del left[schema.name]
            yield schema


def _words(described: TableSchema | Field) -> str:
    text = f"{described.title}: {described.description} {described.title_zh}：{described.description_zh}"
    return _with_codes(described, "label", text) if isinstance(described, Field) else text


def _with_codes(field: Field, label: str, text: str) -> str:
    """A description with the meaning of the codes of the column."""
    if not field.categories:
        return text
    codes = "; ".join(f"{category.value}: {getattr(category, label)}" for category in field.categories)
    return f"{text} ({codes})"


def _statements(name: str) -> Iterator[str]:
    """The statements of an SQL file beside this one."""
    text = (SQL / name).read_text(encoding="utf-8")
    return (each.strip() for each in text.split(";\n") if each.strip())


def _list(names: Sequence[str]) -> str:
    return ", ".join(_quoted(name) for name in names)


def _quoted(name: str) -> str:
    """
    >>> _quoted("unit")
    '"unit"'
    """
    return '"' + name.replace('"', '""') + '"'


def _literal(text: str) -> str:
    """
    >>> print(_literal("the plan's own text"))
    'the plan''s own text'
    """
    return "'" + text.replace("'", "''") + "'"


Writer = Callable[[Tables, Schemas, Mapping[str, str], Path], None]
WRITERS: Mapping[str, Writer] = {"duckdb": write_duckdb, "sqlite": write_sqlite}


def write_databases(dataset: Dataset, folder: Path, version: str) -> list[Path]:
    """New database files of a package in `folder`, named after it; `version` is what they say of themselves."""
    package, schemas = dataset.descriptor, load_schemas()
    licences = ", ".join(str(each["name"]) for each in package.get("licenses", []))
    name = str(package["name"])
    facts = {"name": name, "title": str(package["title"]), "version": version, "licence": licences}
    tables = {each: dataset.table(each) for each in schemas}
    paths = [folder / f"{name}.{kind}" for kind in WRITERS]
    for path, write in zip(paths, WRITERS.values(), strict=True):
        write(tables, schemas, facts, path)
    return paths
