"""What a reader gets: files that read back equal everywhere, and a descriptor that Frictionless accepts."""

import datetime
import hashlib
import json
import os
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import frictionless
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipelines.errors import PipelineError
from pipelines.package.arrow import to_arrow
from pipelines.package.write import write_package
from pipelines.schema import load_package, load_schemas
from tests.package import rows

TABLES = list(load_schemas())


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("package")
    write_package(rows.tables(), rows.texts(), out, version="0.1.0")
    return out


@pytest.fixture(scope="module")
def descriptor(package: Path) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((package / "datapackage.json").read_text(encoding="utf-8"))
    return read


def test_files(package: Path) -> None:
    found = {path.relative_to(package).as_posix() for path in package.rglob("*") if path.is_file()}
    expected = {f"data/{name}.{extension}" for name in TABLES for extension in ("csv", "parquet")}
    assert found == expected | {"datapackage.json", "data/text/wuhan-official.txt"}


def test_coal_target_as_a_line_of_csv(package: Path) -> None:
    content = (package / "data" / "targets.csv").read_bytes()
    assert not content.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in content
    header, coal, gas = content.decode("utf-8").splitlines()
    assert header.startswith("target_id,plan_id,clause_id,measure_id,kind,indicator,")
    assert (
        "煤炭占能源消费总量的比重,coal-share,煤炭、比重,全市,30,30%,percent,<=,以内,level,下降至,,wuhan-synergy/2.4/d1,,2025-12-31,sentence,text,firm,,,,reaches,"
        in coal
    )
    assert ",4000000000,40亿立方米,cubic-metre,>=," in gas


def test_empty_table_is_a_header(package: Path) -> None:
    assert (package / "data" / "issues.csv").read_text(encoding="utf-8").count("\n") == 1
    assert pq.read_table(package / "data" / "issues.parquet").num_rows == 0


def test_text_is_published_as_it_is(package: Path) -> None:
    content = (package / "data" / "text" / "wuhan-official.txt").read_bytes()
    assert content == rows.texts()["wuhan-official"].encode("utf-8")


@pytest.mark.parametrize("name", TABLES)
def test_parquet_reads_back_equal(package: Path, name: str) -> None:
    path = package / "data" / f"{name}.parquet"
    table = pq.read_table(path)
    assert table.schema.equals(load_schemas()[name].arrow, check_metadata=True)
    assert table.equals(rows.tables()[name])
    assert pq.ParquetFile(path).metadata.num_row_groups == 1
    assert b"pandas" not in (pq.read_metadata(path).metadata or {})


@pytest.mark.parametrize("name", TABLES)
def test_csv_reads_back_equal_with_pandas(package: Path, name: str) -> None:
    """Newlines in cells, quotes, blanks, NA as a text, a form feed and a NUL among them."""
    schema = load_schemas()[name].arrow
    frame = pd.read_csv(
        package / "data" / f"{name}.csv",
        dtype={field.name: pd.ArrowDtype(field.type) for field in schema if not pa.types.is_date(field.type)},
        keep_default_na=False,
        na_values=[""],
    )
    for field in schema:
        values = [None if pd.isna(value) else value for value in frame[field.name]]
        if pa.types.is_date(field.type):
            values = [None if value is None else datetime.date.fromisoformat(value) for value in values]
        assert values == rows.tables()[name].column(field.name).to_pylist(), field.name


@pytest.mark.parametrize("name", TABLES)
def test_csv_reads_back_equal_with_frictionless(package: Path, name: str) -> None:
    with frictionless.Package(str(package / "datapackage.json")).get_table_resource(name) as resource:
        read = [
            {
                key: float(value) if isinstance(value, Decimal) else value
                for key, value in row.to_dict().items()
            }
            for row in resource.row_stream
        ]
    assert read == rows.tables()[name].to_pylist()


@pytest.mark.parametrize("name", TABLES)
def test_csv_reads_back_equal_with_duckdb(package: Path, name: str) -> None:
    data = package / "data"
    columns = ", ".join(
        f"'{column.name}': 'VARCHAR'" for column in load_schemas()[name].arrow if column.type == pa.string()
    )
    with duckdb.connect() as database:
        read = database.execute(
            f"SELECT * FROM read_csv('{data}/{name}.csv', header = true, types = {{{columns}}})"
        ).fetchall()
        assert read == database.execute(f"SELECT * FROM '{data}/{name}.parquet'").fetchall()


def test_frictionless_accepts_the_package_without_a_network(
    package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("validation reached for the network")

    monkeypatch.setattr("socket.socket.connect", refuse)
    report = frictionless.validate(str(package / "datapackage.json"))
    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "message"])
    assert len(report.tasks) == 2 * len(TABLES) + 1


@pytest.mark.parametrize(
    ("path", "old", "new", "error"),
    [
        ("data/targets.csv", b",30,", b",31,", "hash-count"),
        ("data/targets.csv", b"firm", b"sure", "constraint-error"),
        ("data/targets.csv", b"/2.4/d1", b"/2.4/d2", "foreign-key"),
        ("data/targets.csv", b"2025-12-31", b"2025-13-31", "type-error"),
        ("data/targets.csv", b"comparator", b"comparison", "incorrect-label"),
        ("data/agencies.csv", b"false", b"FALSE", "type-error"),
        ("data/text/wuhan-official.txt", b"30%", b"31%", "hash-count"),
    ],
)
def test_frictionless_sees_what_is_changed(
    tmp_path: Path, path: str, old: bytes, new: bytes, error: str
) -> None:
    write_package(rows.tables(), rows.texts(), tmp_path, version="0.1.0")
    (tmp_path / path).write_bytes((tmp_path / path).read_bytes().replace(old, new, 1))
    report = frictionless.validate(str(tmp_path / "datapackage.json"))
    assert error in {each for (each,) in report.flatten(["type"])}


def test_descriptor(descriptor: dict[str, Any]) -> None:
    assert list(descriptor)[:2] == ["$schema", "name"]
    assert descriptor["name"] == "china-synergy-plans"
    assert descriptor["version"] == "0.1.0"
    assert descriptor["licenses"][0]["name"] == "CC-BY-4.0"
    assert descriptor["created"] == load_package()["created"], "the date of the release, never of the build"
    assert {"title", "title_zh", "description", "description_zh", "contributors", "keywords"} <= set(
        descriptor
    )
    assert descriptor["sources"][-1]["title"] == "《武汉市减污降碳协同增效实施方案》（武环〔2023〕55号）"
    names = [resource["name"] for resource in descriptor["resources"]]
    assert names == [*TABLES, *(f"{name}-parquet" for name in TABLES), "text-wuhan-official"]


def test_every_file_has_its_checksum(package: Path, descriptor: dict[str, Any]) -> None:
    described = {resource["path"]: resource for resource in descriptor["resources"]}
    files = {
        path.relative_to(package).as_posix(): path for path in (package / "data").rglob("*") if path.is_file()
    }
    assert described.keys() == files.keys()
    for name, path in files.items():
        resource = described[name]
        assert resource["hash"] == f"sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}"
        assert resource["size_bytes" if name.endswith(".parquet") else "bytes"] == path.stat().st_size


def test_schemas_stand_in_the_descriptor(descriptor: dict[str, Any]) -> None:
    for name, resource in zip(TABLES, descriptor["resources"], strict=False):
        schema = load_schemas()[name].descriptor
        for key in ("fields", "primaryKey", "foreignKeys", "missingValues"):
            assert resource["schema"].get(key) == schema.get(key)


WRITE = """
import sys
from decimal import Decimal
from pathlib import Path
from pipelines.package.write import write_package
from tests.package import rows
write_package(rows.tables(), dict(reversed(rows.texts().items())), Path(sys.argv[1]), version="0.1.0")
"""


def test_same_bytes_elsewhere(package: Path, tmp_path: Path) -> None:
    """Another process, hash seed, time zone and locale, a umask and one core less."""
    changed = {"PYTHONHASHSEED": "7", "TZ": "Pacific/Kiritimati", "LC_ALL": "C", "OMP_NUM_THREADS": "1"}
    subprocess.run(
        [sys.executable, "-c", WRITE, str(tmp_path)],
        check=True,
        umask=0o077,
        env={"PATH": os.environ["PATH"], **changed},
        cwd=Path(__file__).parents[2],
    )
    files = {path.relative_to(package): path.read_bytes() for path in package.rglob("*") if path.is_file()}
    again = {path.relative_to(tmp_path): path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert again == files


def test_missing_table_is_refused(tmp_path: Path) -> None:
    tables = rows.tables()
    tables["goals"] = tables.pop("targets")
    with pytest.raises(PipelineError, match="missing: targets; too many: goals"):
        write_package(tables, rows.texts(), tmp_path, version="0.1.0")
    assert not list(tmp_path.iterdir())


def test_untyped_table_is_refused(tmp_path: Path) -> None:
    tables = rows.tables()
    tables["targets"] = tables["targets"].replace_schema_metadata({})
    with pytest.raises(PipelineError, match="table targets, its Arrow schema"):
        write_package(tables, rows.texts(), tmp_path, version="0.1.0")


@pytest.mark.parametrize(
    ("texts", "message"),
    [
        ({}, "wuhan-official on one side only"),
        (rows.texts() | {"wuhan-reprint": "武汉"}, "wuhan-reprint on one side only"),
        ({"wuhan-official": "武汉市\n到2025年\r\n"}, "line 2: found a carriage return"),
    ],
)
def test_texts_are_those_of_the_documents(tmp_path: Path, texts: dict[str, str], message: str) -> None:
    with pytest.raises(PipelineError, match=message):
        write_package(rows.tables(), texts, tmp_path, version="0.1.0")


@pytest.mark.parametrize(
    "document_id", ["../escape", "/etc/passwd", "Wuhan", "wuhan official", "武汉", "a.b"]
)
def test_document_id_that_is_no_file_name_is_refused(tmp_path: Path, document_id: str) -> None:
    schema = load_schemas()["documents"]
    (row,) = rows.rows(schema)
    tables = rows.tables() | {"documents": to_arrow(schema, [row | {"document_id": document_id}])}
    with pytest.raises(PipelineError, match="a name that cannot be that of a file"):
        write_package(tables, {document_id: "武汉\n"}, tmp_path / "out", version="0.1.0")
    assert not list(tmp_path.iterdir())


def test_folder_must_be_empty(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    with pytest.raises(PipelineError, match="1 entries, such as data; expected an empty folder"):
        write_package(rows.tables(), rows.texts(), tmp_path, version="0.1.0")


def test_folder_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(PipelineError, match="No such file or directory"):
        write_package(rows.tables(), rows.texts(), tmp_path / "absent", version="0.1.0")


def test_full_disk_is_explained(tmp_path: Path) -> None:
    """A limit on the size of files stands in for a disk that fills up in the middle of the package."""
    limited = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))\n{WRITE}"
    run = subprocess.run(
        [sys.executable, "-c", limited, str(tmp_path)],
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
        check=False,
    )
    assert run.returncode == 1
    assert "pipelines.errors.PipelineError: " in run.stderr
    assert (
        "found File too large; expected a folder that can be written to, with room for the package"
        in run.stderr
    )
