"""The published package passes; planted faults are found by the check that is meant for them."""

import datetime
import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from rich.console import Console

from pipelines.errors import PipelineError
from pipelines.guard.files import check_descriptor, check_files
from pipelines.guard.parity import check_parity
from pipelines.guard.report import Report, print_report
from pipelines.guard.validate import validate
from pipelines.package.dataset import read_dataset
from tests.guard.packages import ROOT, Row, cell, changed, copied, found, guards, package

COAL = "wuhan-synergy/2.4/t1"


def test_the_published_package_passes() -> None:
    report = validate(ROOT)
    assert found(report) == set()
    assert report.not_run == ()
    assert {check.guard for check in report.checks} == {
        "files",
        "descriptor",
        "frictionless",
        "parity",
        "expectations",
    }
    assert report.rows["plans"] == 4


# Table, key, column, value, the check that must find it.
CELLS: list[tuple[str, str, str, object, str]] = [
    ("targets", COAL, "value", 300000.0, "value-read"),
    ("targets", COAL, "value", 130.0, "percentage-in-range"),
    ("targets", COAL, "comparator", ">=", "comparator-read"),
    ("targets", COAL, "change", "decrease", "change-read"),
    ("targets", COAL, "unit", "mu", "unit-read"),
    ("targets", COAL, "deadline", datetime.date(2026, 12, 31), "deadline-of-time"),
    ("targets", COAL, "deadline", datetime.date(2020, 12, 31), "deadline-after-issue"),
    ("targets", COAL, "deadline_id", None, "governing-time"),
    ("targets", COAL, "baseline_year", 2026, "baseline-before-deadline"),
    ("targets", COAL, "strength", "strive", "strength-read"),
    ("targets", COAL, "scope", None, "scope-read"),
    ("targets", COAL, "indicator", "天然气用气量", "indicator-printed"),
    ("targets", COAL, "quote", "全市煤炭占能源消费总量的比重下降至31%以内", "from-the-seed"),
    ("targets", COAL, "plan_id", "shenyang-synergy", "plan-of-clause"),
    ("targets", COAL, "source_start", 0, "range-in-clause"),
    ("deadlines", "wuhan-synergy/2.4/d1", "end_date", datetime.date(2026, 12, 31), "time-read"),
    ("deadlines", "wuhan-synergy/2.4/d1", "kind", "during", "time-read"),
    ("clauses", "wuhan-synergy/2.4", "number", 5, "number-read"),
    ("clauses", "wuhan-synergy/2.4", "number", 5, "numbered-in-turn"),
    ("clauses", "wuhan-synergy/2.4", "responsibility_text", None, "bracket-printed"),
    ("clauses", "wuhan-synergy/2.4", "role", "objective", "role-read"),
    ("clauses", "wuhan-synergy/2.4", "sector_id", "water", "sector-read"),
    ("clauses", "wuhan-synergy/2.4", "title", "推进清洁生产,能源资源节约", "full-width"),
    ("measures", "wuhan-synergy/2.4/m1", "bindingness", "explore", "bindingness-of-verb"),
    ("measures", "wuhan-synergy/2.4/m1", "text", "=1+1", "no-formula"),
    ("responsibilities", "wuhan-synergy/2.4/r1", "role", "lead", "role-read"),
    ("responsibilities", "wuhan-synergy/2.4/r1", "agency_id", "wuhan/finance", "agency-named"),
    (
        "responsibilities",
        "wuhan-synergy/2.4/r1",
        "agency_id",
        "shenyang/development-reform",
        "agency-of-plan",
    ),
    ("responsibilities", "wuhan-synergy/2.4/r1", "agency_id", "wuhan/nobody", "table-schema"),
    ("numbers", "wuhan-synergy/2.4/n1", "disposition", "target", "linked"),
    ("numbers", "wuhan-synergy/2.4/n1", "value", 1.0, "value-read"),
    ("agencies", "wuhan/water", "name", "武汉市財政局", "simplified"),
    ("agencies", "wuhan/water", "function_id", None, "function-known"),
    ("documents", "wuhan-official", "sha256", "0" * 64, "sha256-of-seed"),
    ("documents", "wuhan-official", "edition", "reprint", "as-in-sources"),
    ("plans", "wuhan-synergy", "issued_on", datetime.date(2023, 5, 12), "date-printed"),
    ("plans", "wuhan-synergy", "document_number", "武环〔2023〕56号", "number-printed"),
    ("plans", "wuhan-synergy", "level", "provincial", "level-of-place"),
    ("repairs", "wuhan-official/f1", "before", "甲", "before-of-seed"),
    ("places", "wuhan", "label_en", "武汉", "as-in-the-vocabulary"),
    ("sectors", "water", "label_en", None, "table-schema"),
    ("issues", "sanming-official/i1", "severity", "error", "nothing-grave"),
]


@pytest.mark.parametrize(
    ("table", "key", "column", "value", "check"),
    CELLS,
    ids=[f"{n}-{each[4]}" for n, each in enumerate(CELLS)],
)
def test_a_planted_cell_is_found(table: str, key: str, column: str, value: object, check: str) -> None:
    report = guards().changed({table: cell(table, key, column, value)})
    assert (table, check) in found(report)
    failures = next(each for each in report.failed if each.name == check).failures
    assert any(failure.row.startswith(key) for failure in failures)


def drop(key: str) -> Callable[[list[Row]], None]:
    def change(rows: list[Row]) -> None:
        rows[:] = [row for row in rows if next(iter(row.values())) != key]

    return change


# Table, what is done to its rows, the tables and checks of which one must find it.
ROWS: list[tuple[str, Callable[[list[Row]], None], tuple[str, str]]] = [
    ("measures", drop("wuhan-synergy/2.4/m1"), ("measures", "id-in-turn")),
    ("measures", drop("wuhan-synergy/2.4/m8"), ("clauses", "sentences-measured")),
    ("targets", drop("wuhan-synergy/1.3/t3"), ("clauses", "commitments-kept")),
    ("responsibilities", drop("wuhan-synergy/7.3/r1"), ("clauses", "all-inherited")),
    ("responsibilities", drop("wuhan-synergy/6.5/r3"), ("responsibilities", "id-in-turn")),
    ("numbers", drop("wuhan-synergy/7.3/n1"), ("clauses", "numerals-counted")),
    ("clauses", drop("wuhan-synergy/7.3"), ("documents", "ends-with-last-clause")),
    ("issues", drop("sanming-official/i4"), ("clauses", "somebody-responsible")),
    ("repairs", drop("wuhan-official/f3"), ("documents", "text-from-the-seed")),
    ("places", drop("aba"), ("places", "nothing-missing")),
    ("plans", lambda rows: rows.clear(), ("plans", "has-rows")),
    ("targets", lambda rows: rows.insert(3, dict(rows[3])), ("targets", "table-schema")),
    ("agencies", lambda rows: rows.reverse(), ("agencies", "rows-in-order")),
]


@pytest.mark.parametrize(
    ("table", "change", "check"), ROWS, ids=[f"{n}-{each[2][1]}" for n, each in enumerate(ROWS)]
)
def test_a_planted_row_is_found(
    table: str, change: Callable[[list[Row]], None], check: tuple[str, str]
) -> None:
    assert check in found(guards().changed({table: changed(table, change)}, thorough=True))


def test_a_value_of_another_type_is_found_and_keeps_no_suite_from_running_that_does_not_read_it() -> None:
    report = guards().changed({"units": cell("units", "percent", "factor", "0.01")}, thorough=True)
    assert ("units", "typed-values") in found(report)
    assert {check.table for check in report.not_run} == {"units", "targets"}


def test_without_seeds_the_proof_against_the_raw_text_is_said_not_to_have_run(tmp_path: Path) -> None:
    report = validate(copied(tmp_path / "package", seeds=False))
    assert report.ok
    assert {check.name for check in report.not_run} >= {
        "from-the-seed",
        "sha256-of-seed",
        "text-from-the-seed",
    }
    assert {check.not_run for check in report.not_run} == {
        "no seeds: name their folder to hold the tables against the raw texts"
    }
    console = Console(width=200, record=True, file=io.StringIO())
    print_report(report, console)


def test_seeds_from_elsewhere(tmp_path: Path) -> None:
    report = validate(copied(tmp_path / "package", seeds=False), seeds=ROOT / "seeds")
    assert report.ok
    assert report.not_run == ()


def test_a_changed_seed_is_found(tmp_path: Path) -> None:
    target = copied(tmp_path / "package")
    seed = target / "seeds" / "wuhan-official.txt"
    seed.write_text(seed.read_text(encoding="utf-8").replace("30%", "31%"), encoding="utf-8")
    assert {("documents", "sha256-of-seed"), ("targets", "from-the-seed")} <= found(validate(target))


def test_a_package_of_another_version_is_held_against_itself(tmp_path: Path) -> None:
    target = copied(tmp_path / "package")
    descriptor = json.loads((target / "datapackage.json").read_text(encoding="utf-8"))
    descriptor["version"] = "0.0.1"
    (target / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    report = validate(target)
    assert found(report) == {("package", "version-of-the-code")}
    message = report.failed[0].failures[0].message
    assert "git checkout v0.0.1" in message
    assert "--other-version" in message
    report = validate(target, other_version=True)
    assert report.ok
    assert {"as-the-schemas", "version-of-the-code"} <= {check.name for check in report.not_run}


def test_the_command_refuses_another_version_unless_it_is_told_of_it(tmp_path: Path) -> None:
    from typer.testing import CliRunner

    from pipelines.cli import app

    target = copied(tmp_path / "package", seeds=False)
    descriptor = json.loads((target / "datapackage.json").read_text(encoding="utf-8"))
    (target / "datapackage.json").write_text(json.dumps(descriptor | {"version": "9.9.9"}), encoding="utf-8")
    assert CliRunner().invoke(app, ["validate", str(target)]).exit_code == 1
    assert CliRunner().invoke(app, ["validate", str(target), "--other-version"]).exit_code == 0


# What is done to a copy of the package, and the check that must find it.
def truncate(root: Path) -> None:
    path = root / "data" / "targets.csv"
    path.write_bytes(path.read_bytes()[:-200])


def remove(root: Path) -> None:
    (root / "data" / "targets.parquet").unlink()


def add(root: Path) -> None:
    (root / "data" / "targets.csv.bak").write_text("left over", encoding="utf-8")


def add_folder(root: Path) -> None:
    (root / "data" / "empty" / "deeper").mkdir(parents=True)


def edit(root: Path) -> None:
    path = root / "data" / "targets.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("30%", "31%"), encoding="utf-8")


def edit_text(root: Path) -> None:
    path = root / "data" / "text" / "wuhan-official.txt"
    path.write_text(path.read_text(encoding="utf-8").replace("30%", "31%"), encoding="utf-8")


def damage(root: Path) -> None:
    path = root / "data" / "measures.csv"
    path.write_bytes(path.read_bytes().decode("utf-8").encode("gb18030"))


def stale_sha(root: Path) -> None:
    _describe(root, lambda resource: resource.update(hash=f"sha256:{'0' * 64}"))


def rename_column(root: Path) -> None:
    _describe(root, lambda resource: resource["schema"]["fields"][8].update(name="amount"))


def retype_column(root: Path) -> None:
    path = root / "data" / "targets.parquet"
    table = pq.read_table(path)
    place = table.column_names.index("baseline_year")
    pq.write_table(table.set_column(place, "baseline_year", table["baseline_year"].cast(pa.float64())), path)


def another_value(root: Path) -> None:
    path = root / "data" / "targets.parquet"
    table = pq.read_table(path)
    place = table.column_names.index("value")
    values = [None if value is None else value + 1 for value in table["value"].to_pylist()]
    pq.write_table(table.set_column(place, table.schema.field("value"), pa.array(values, pa.float64())), path)


def _describe(root: Path, change: Callable[[dict[str, Any]], None]) -> None:
    path = root / "datapackage.json"
    descriptor = json.loads(path.read_text(encoding="utf-8"))
    change(next(each for each in descriptor["resources"] if each["name"] == "targets"))
    path.write_text(json.dumps(descriptor), encoding="utf-8")


def guarded(root: Path, *, suites: list[str]) -> Report:
    """What `validate` says of a copy of the package, but with the suites of some tables alone, to be quick."""
    read = read_dataset(root)
    checks = [
        *check_files(read),
        *check_descriptor(read, guards().schemas),
        *check_parity(read),
        *guards().expectations(read, suites),
    ]
    return Report(str(root), read.version, {}, tuple(checks))


@pytest.mark.parametrize(
    ("plant", "check", "says"),
    [
        (truncate, ("package", "size"), "data/targets.csv"),
        (truncate, ("package", "sha256"), "data/targets.csv"),
        (remove, ("package", "present"), "data/targets.parquet"),
        (remove, ("targets", "csv-equals-parquet"), "targets.parquet cannot be read"),
        (add, ("package", "nothing-extra"), "data/targets.csv.bak"),
        (add_folder, ("package", "nothing-extra"), "data/empty"),
        (edit, ("targets", "csv-equals-parquet"), COAL),
        (edit_text, ("documents", "text-from-the-seed"), "wuhan-official"),
        (damage, ("measures", "csv-equals-parquet"), "UTF-8"),
        (stale_sha, ("package", "sha256"), "data/targets.csv"),
        (rename_column, ("package", "as-the-schemas"), "amount"),
        (rename_column, ("package", "as-the-parquet"), "amount"),
        (rename_column, ("package", "as-the-csv"), "amount"),
        (retype_column, ("package", "as-the-parquet"), "baseline_year"),
        (another_value, ("targets", "csv-equals-parquet"), "31.0"),
    ],
)
def test_a_fault_in_the_files_is_named(
    tmp_path: Path, plant: Callable[[Path], None], check: tuple[str, str], says: str
) -> None:
    target = copied(tmp_path / "package")
    plant(target)
    report = guarded(target, suites=["documents"] if check[0] == "documents" else [])
    assert check in found(report)
    failures = next(each for each in report.failed if (each.table, each.name) == check).failures
    assert any(
        says in f"{failure.row} {failure.column} {failure.value} {failure.message}" for failure in failures
    )


def test_a_folder_without_a_package_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(PipelineError, match=r"no datapackage\.json"):
        validate(tmp_path)


@pytest.mark.parametrize("path", ["/etc/hostname", "../outside.csv", "data\\targets.csv"])
def test_a_path_out_of_the_package_is_never_read(tmp_path: Path, path: str) -> None:
    target = copied(tmp_path / "package")
    (tmp_path / "outside.csv").write_text("target_id\n", encoding="utf-8")
    _describe(target, lambda resource: resource.update(path=path))
    assert ("package", "present") in found(guarded(target, suites=[]))


def printed(report: Report) -> str:
    console = Console(width=200, record=True, file=io.StringIO())
    print_report(report, console)
    return console.export_text()


def test_what_fails_is_printed_with_table_key_column_value_and_reason() -> None:
    report = guards().changed({"targets": cell("targets", COAL, "value", 300000.0)})
    text = printed(report)
    assert "targets  value-read" in text
    assert f"{COAL}  value: 300000.0" in text
    assert "the words say 30" in text
    assert "A lost 万 is an error" in text or "a lost 万 is an error" in text


def test_control_characters_of_the_data_do_not_reach_the_terminal() -> None:
    text = printed(
        guards().changed({"measures": cell("measures", "wuhan-synergy/2.4/m1", "text", "\x1b[31m红")})
    )
    assert "\x1b" not in text
    assert "\\x1b[31m红" in text


def test_the_published_tables_stay_as_they_are() -> None:
    before = package().frames["targets"].copy()
    guards().changed({"targets": cell("targets", COAL, "value", 1.0)})
    pd.testing.assert_frame_equal(before, package().frames["targets"])


def test_no_file_is_left_behind(tmp_path: Path) -> None:
    target = copied(tmp_path / "package")
    before = sorted(path.relative_to(target) for path in target.rglob("*"))
    validate(target)
    assert sorted(path.relative_to(target) for path in target.rglob("*")) == before
    shutil.rmtree(target)
