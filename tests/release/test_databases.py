"""The DuckDB and the SQLite file: every row, type, key and description of the package, and views that answer."""

import csv
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipelines.errors import PipelineError
from pipelines.package.dataset import read_dataset
from pipelines.package.write import write_package
from pipelines.release.databases import duckdb_content, write_duckdb, write_sqlite
from pipelines.schema import load_schemas
from tests.package import rows

SCHEMAS = load_schemas()
FACTS = {"name": "china-synergy-plans", "version": "1.0.0"}


@pytest.fixture(scope="module")
def lite(dist: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(dist / "china-synergy-plans.sqlite")) as connection:
        yield connection


@pytest.fixture(scope="module")
def duck(dist: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(dist / "china-synergy-plans.duckdb"), read_only=True) as connection:
        yield connection


@pytest.mark.parametrize("name", SCHEMAS)
def test_rows_are_those_of_the_csv_file(
    name: str, root: Path, lite: sqlite3.Connection, duck: duckdb.DuckDBPyConnection
) -> None:
    with (root / f"data/{name}.csv").open(encoding="utf-8", newline="") as file:
        published = [tuple(row) for row in list(csv.reader(file))[1:]]
    assert [_printed(name, row) for row in lite.execute(f"SELECT * FROM {name} ORDER BY rowid")] == published
    assert [_printed(name, row) for row in duck.execute(f"FROM {name}").fetchall()] == published


@pytest.mark.parametrize("name", SCHEMAS)
def test_types(name: str, duck: duckdb.DuckDBPyConnection, lite: sqlite3.Connection) -> None:
    types = {
        "string": "VARCHAR",
        "integer": "BIGINT",
        "number": "DOUBLE",
        "boolean": "BOOLEAN",
        "date": "DATE",
    }
    expected = [(field.name, types[field.type]) for field in SCHEMAS[name].fields]
    assert [row[:2] for row in duck.execute(f"DESCRIBE {name}").fetchall()] == expected
    lite_types = types | {"string": "TEXT", "integer": "INTEGER", "number": "REAL"}
    expected = [(field.name, lite_types[field.type]) for field in SCHEMAS[name].fields]
    assert [row[1:3] for row in lite.execute(f"PRAGMA table_info({name})")] == expected


@pytest.mark.parametrize("name", SCHEMAS)
def test_keys(name: str, duck: duckdb.DuckDBPyConnection, lite: sqlite3.Connection) -> None:
    columns = sorted(
        (row for row in lite.execute(f"PRAGMA table_info({name})") if row[5]), key=lambda row: int(row[5])
    )
    assert tuple(row[1] for row in columns) == SCHEMAS[name].primary_key
    wanted = {(key.fields[0], key.table) for key in SCHEMAS[name].foreign_keys}
    assert {(row[3], row[2]) for row in lite.execute(f"PRAGMA foreign_key_list({name})")} == wanted
    query = "SELECT constraint_type, constraint_column_names, referenced_table FROM duckdb_constraints() WHERE table_name = ?"
    found = duck.execute(query, [name]).fetchall()
    assert [tuple(row[1]) for row in found if row[0] == "PRIMARY KEY"] == [SCHEMAS[name].primary_key]
    # What DuckDB cannot have: keys of plans and documents that run in a circle, and a key of a table to itself.
    circle = (
        {("base_document_id", "documents")} if name == "plans" else {key for key in wanted if key[1] == name}
    )
    assert {(row[1][0], row[2]) for row in found if row[0] == "FOREIGN KEY"} == wanted - circle


def test_sqlite_is_sound(lite: sqlite3.Connection) -> None:
    assert lite.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert lite.execute("PRAGMA foreign_key_check").fetchall() == []


def test_every_table_and_column_is_described(
    duck: duckdb.DuckDBPyConnection, lite: sqlite3.Connection
) -> None:
    for schema in SCHEMAS.values():
        comment = duck.execute(
            "SELECT comment FROM duckdb_tables() WHERE table_name = ?", [schema.name]
        ).fetchone()
        assert comment is not None
        assert schema.description in comment[0]
        assert schema.description_zh in comment[0]
        for field in schema.fields:
            query = "SELECT comment FROM duckdb_columns() WHERE table_name = ? AND column_name = ?"
            comment = duck.execute(query, [schema.name, field.name]).fetchone()
            assert comment is not None
            assert field.description in comment[0]
    described = {tuple(row) for row in lite.execute("SELECT table_name, column_name FROM _columns")}
    assert described == {(schema.name, field.name) for schema in SCHEMAS.values() for field in schema.fields}


def test_codes_are_explained(lite: sqlite3.Connection) -> None:
    query = "SELECT description, description_zh FROM _columns WHERE table_name = 'targets' AND column_name = 'strength'"
    english, chinese = lite.execute(query).fetchone()
    assert english.endswith("(firm: Firm commitment; strive: To be striven for)")
    assert "strive: 力争" in chinese


def test_every_view_is_described(duck: duckdb.DuckDBPyConnection, lite: sqlite3.Connection) -> None:
    views = {row[0] for row in lite.execute("SELECT name FROM sqlite_schema WHERE type = 'view'")}
    assert views == {"targets_in_context", "responsibilities_by_deadline", "due_as_of"}
    assert views <= {row[0] for row in lite.execute("SELECT table_name FROM _tables")}
    comments = duck.execute("SELECT comment FROM duckdb_views() WHERE NOT internal").fetchall()
    comments += duck.execute("SELECT comment FROM duckdb_functions() WHERE NOT internal").fetchall()
    assert len(comments) == 3
    assert all(comment for (comment,) in comments)


def test_facts_of_the_package(duck: duckdb.DuckDBPyConnection, lite: sqlite3.Connection) -> None:
    query = "SELECT fact, value FROM _package"
    facts = dict(lite.execute(query).fetchall())
    assert (facts["name"], facts["licence"]) == ("china-synergy-plans", "CC-BY-4.0")
    assert dict(duck.execute(query).fetchall()) == facts


@pytest.mark.parametrize("view", ["targets_in_context", "responsibilities_by_deadline"])
def test_views_say_the_same_in_both(
    view: str, duck: duckdb.DuckDBPyConnection, lite: sqlite3.Connection
) -> None:
    ours = sorted(tuple(map(str, row)) for row in lite.execute(f"SELECT * FROM {view}"))
    assert ours == sorted(tuple(map(str, row)) for row in duck.execute(f"FROM {view}").fetchall())
    assert len(ours) > 50


def test_target_with_its_agencies(lite: sqlite3.Connection) -> None:
    """Wuhan, clause （四）: 煤炭 … 下降至30%以内, （市发改委、市经信局、市生态环境局…）."""
    query = "SELECT place, plan, comparator, value, unit, deadline, agencies FROM targets_in_context WHERE target_id = ?"
    row = lite.execute(query, ["wuhan-synergy/2.4/t1"]).fetchone()
    assert row[:6] == ("武汉市", "武汉市减污降碳协同增效实施方案", "<=", 30.0, "%", "2025-12-31")
    assert row[6].startswith("武汉市发展和改革委员会、")


def test_every_target_once(lite: sqlite3.Connection) -> None:
    targets = lite.execute("SELECT target_id FROM targets ORDER BY target_id").fetchall()
    assert lite.execute("SELECT target_id FROM targets_in_context ORDER BY target_id").fetchall() == targets


def test_every_deadline_has_a_row(lite: sqlite3.Connection) -> None:
    missing = "SELECT deadline_id FROM deadlines EXCEPT SELECT deadline_id FROM responsibilities_by_deadline"
    assert lite.execute(missing).fetchall() == []


def test_due_as_of_a_day(duck: duckdb.DuckDBPyConnection, lite: sqlite3.Connection) -> None:
    macro = duck.execute("SELECT target_id, due_on, status FROM due_as_of('2025-12-31')").fetchall()
    view = "SELECT target_id, due_on, status_once_due FROM due_as_of WHERE due_on <= '2025-12-31'"
    assert [(row[0], str(row[1]), row[2]) for row in macro] == lite.execute(view).fetchall()
    assert {row[2] for row in macro} == {"due, outcome not recorded"}
    assert duck.execute("SELECT count(*) FROM due_as_of(DATE '1970-01-01')").fetchone() == (0,)


def test_nothing_says_missed() -> None:
    """That a deadline has passed is no statement about what came of it."""
    for path in Path("pipelines/release").glob("*.sql"):
        assert not re.search("missed|overdue|failed|fulfilled|逾期", path.read_text(encoding="utf-8"))


def test_agencies_of_an_item_only(tmp_path: Path) -> None:
    """A target in item 2 of a clause is no business of the agency named for item 1."""
    package = tmp_path / "package"
    package.mkdir()
    write_package(rows.tables(), rows.texts(), package, version="1.0.0")
    arrow = read_dataset(package).tables
    write_sqlite(arrow, SCHEMAS, FACTS, tmp_path / "x.sqlite")
    query = "SELECT target_id, agencies FROM targets_in_context WHERE target_id LIKE '%t1'"
    with closing(sqlite3.connect(tmp_path / "x.sqlite")) as connection:
        assert connection.execute(query).fetchall() == [("wuhan-synergy/2.4/t1", "武汉市发展和改革委员会")]
        connection.execute("UPDATE measures SET item = 2")
        connection.execute("UPDATE responsibilities SET item = 1")
        assert connection.execute(query).fetchall() == [("wuhan-synergy/2.4/t1", None)]


def test_made_twice(root: Path, dist: Path, tmp_path: Path) -> None:
    """SQLite gives the same bytes, DuckDB the same content in other bytes."""
    arrow = read_dataset(root).tables
    with closing(sqlite3.connect(dist / "china-synergy-plans.sqlite")) as connection:
        facts = dict(connection.execute("SELECT fact, value FROM _package").fetchall())
    write_sqlite(arrow, SCHEMAS, facts, tmp_path / "again.sqlite")
    assert (tmp_path / "again.sqlite").read_bytes() == (dist / "china-synergy-plans.sqlite").read_bytes()
    write_duckdb(arrow, SCHEMAS, facts, tmp_path / "again.duckdb")
    again = duckdb_content(tmp_path / "again.duckdb")
    assert again == duckdb_content(dist / "china-synergy-plans.duckdb")
    write_duckdb(arrow, SCHEMAS, facts | {"version": "9.9.9"}, tmp_path / "other.duckdb")
    assert duckdb_content(tmp_path / "other.duckdb") != again


def test_broken_key_is_refused(tmp_path: Path) -> None:
    arrow = rows.tables() | {"units": rows.tables()["units"].slice(0, 1)}
    with pytest.raises(PipelineError, match="table targets, row 2: found a key that names no row of units"):
        write_sqlite(arrow, SCHEMAS, FACTS, tmp_path / "x.sqlite")


def _printed(name: str, row: tuple[Any, ...]) -> tuple[str, ...]:
    return tuple(_cell(cell, field.type) for cell, field in zip(row, SCHEMAS[name].fields, strict=True))


def _cell(cell: Any, kind: str) -> str:
    if cell is None:
        return ""
    if kind == "boolean":
        return "true" if cell else "false"
    if kind == "number":
        return format(Decimal(repr(cell)), "f").removesuffix(".0")
    return cell.isoformat() if isinstance(cell, date) else str(cell)
