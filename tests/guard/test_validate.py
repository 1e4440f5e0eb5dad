"""The published package passes; planted faults are found by the check that is meant for them."""

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
from pipelines.guard.alarms import alarms
from pipelines.guard.files import check_descriptor, check_files
from pipelines.guard.guards import Guards
from pipelines.guard.parity import check_parity
from pipelines.guard.report import Report, print_report
from pipelines.guard.validate import validate
from pipelines.package.build import build
from pipelines.package.dataset import read_dataset
from tests.guard.packages import ROOT, Row, cell, changed, copied, found, guards, package, report_of, sound
from tests.test_method import package_of_examples

COAL = "wuhan-synergy/2.4/t1"


def test_the_published_package_passes() -> None:
    assert found(sound()) == set()
    assert sound().not_run == ()
    assert {check.guard for check in sound().checks} == {
        "files",
        "descriptor",
        "frictionless",
        "parity",
        "expectations",
        "reread",
    }
    assert sound().rows["plans"] == 4


# Table, key, column, value: what the seeds, read again, say otherwise.
CELLS: list[tuple[str, str, str, object]] = [
    ("targets", COAL, "indicator", "煤炭消费比重"),
    ("targets", COAL, "hedge", "基本"),
    ("numbers", "wuhan-synergy/2.4/n2", "disposition", "ordinal"),
    ("responsibilities", "wuhan-synergy/2.4/r1", "role", "lead"),
    ("clauses", "wuhan-synergy/2.4", "sector_id", "water"),
    ("clauses", "wuhan-synergy/2.4", "responsibility_open_ended", True),
    ("repairs", "wuhan-official/f1", "rule", "chrome"),
    ("documents", "wuhan-official", "script", "Hant"),
    ("agencies", "wuhan/water", "is_group", True),
    ("issues", "sanming-official/i1", "message", "Nobody is responsible"),
    ("places", "wuhan", "label_en", "Wuchang"),
]


@pytest.mark.parametrize(
    ("table", "key", "column", "value"), CELLS, ids=[f"{row[0]}-{row[2]}" for row in CELLS]
)
def test_a_cell_that_the_seeds_do_not_give_is_named(table: str, key: str, column: str, value: object) -> None:
    (check, _) = guards().reread(package().with_tables({table: cell(table, key, column, value)}), [table])
    (failure,) = check.failures
    assert (check.guard, check.table, failure.row, failure.column) == ("reread", table, key, column)
    assert failure.value == str(value)
    assert failure.message.startswith("the seeds give ")


def test_rows_that_are_lost_invented_twice_there_or_out_of_order_are_named() -> None:
    def says(change: Callable[[list[Row]], object]) -> list[str]:
        (check, _) = guards().reread(package().with_tables({"issues": changed("issues", change)}), ["issues"])
        return [failure.message for failure in check.failures]

    assert says(lambda rows: rows.pop(3)) == ["the seeds give this row, and it is not there"]
    assert says(lambda rows: rows[3].update(issue_id="wuhan-official/i99"))[0] == "the seeds give no such row"
    assert says(lambda rows: rows.append(dict(rows[3]))) == ["rows stand more than once"]
    assert says(lambda rows: rows.reverse()) == ["the seeds give the rows in another order"]


def test_a_sentence_taken_away_by_a_repair_with_every_row_following_is_found(tmp_path: Path) -> None:
    """The rows of repairs are not believed: a repair is right only if its own rule, run again on the seed, makes it."""
    seeds = shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    with (seeds / "errata.csv").open("a", encoding="utf-8") as stream:
        target = "，天然气用气量达到 40 亿立方米以上。"
        stream.write(f"wuhan-official,{target},。,lost,x,Lost character,Nobody\n")
    published = tmp_path / "package"
    published.mkdir()
    build(seeds, published, strict=False)
    shutil.copytree(ROOT / "seeds", published / "seeds")
    report = validate(published)
    assert not report.is_sound
    assert {("repairs", "rows-as-read"), ("package", "texts-as-read")} <= found(report)


def test_a_changed_table_is_looked_at_in_memory_by_whatever_reads_it() -> None:
    report = report_of({"targets": cell("targets", COAL, "value", 300000.0)})
    assert found(report) == {
        ("targets", "value-of-words"),
        ("targets", "counted"),
        ("numbers", "accounted"),
        ("comparisons", "compared"),
        ("targets_wide", "told-by-tables"),
        ("targets", "rows-as-read"),
    }
    dangling = report_of({"targets": cell("targets", COAL, "deadline_id", "wuhan-synergy/2.4/d9")})
    assert ("targets", "table-schema") in found(dangling)
    mistyped = report_of({"targets": cell("targets", COAL, "value", "thirty")})
    assert ("targets", "typed-values") in found(mistyped)
    orphaned = report_of({"agencies": changed("agencies", lambda rows: rows.pop())})
    assert ("responsibilities", "table-schema") in found(orphaned) or ("issuers", "table-schema") in found(
        orphaned
    )


def test_what_is_found_in_a_plan_does_not_condemn_what_its_seeds_give(tmp_path: Path) -> None:
    texts = tmp_path / "texts"
    texts.mkdir()
    body = (ROOT / "seeds" / "sanming-official.txt").read_text(encoding="utf-8")
    (texts / "one.txt").write_text(body.replace("“十四五”", "十四五”", 1), encoding="utf-8")
    report = alarms(texts.glob("*.txt"), tmp_path / "scratch")
    assert {check.severity for check in report.failed} == {"plan"}
    assert report.is_sound
    assert not report.ok
    assert list(report.plans) == ["one-plan"] or list(report.plans) == ["done-plan"]
    assert "the package is what its seeds give" in printed(report)
    unread = validate(tmp_path / "scratch" / "package")
    assert not unread.is_sound, "without its seeds nothing shows that the package is sound"


def test_without_seeds_the_published_texts_are_the_witness(tmp_path: Path) -> None:
    target = copied(tmp_path / "package", seeds=False)
    before = sorted(path.relative_to(target) for path in target.rglob("*"))
    report = validate(target)
    assert report.ok
    assert {check.not_run for check in report.not_run} == {
        "no seeds: name their folder to hold the tables against the raw texts"
    }
    assert sorted(path.relative_to(target) for path in target.rglob("*")) == before, "a file was left behind"


def test_seeds_from_elsewhere(tmp_path: Path) -> None:
    published = read_dataset(copied(tmp_path / "package", seeds=False), ROOT / "seeds")
    checks = Guards(published).reread(published)
    assert all(check.ok and not check.not_run for check in checks)


def test_a_plan_of_all_examples_of_the_method_passes(tmp_path: Path) -> None:
    read = package_of_examples(tmp_path)
    assert [
        (check.name, check.failures) for check in validate(read.root, seeds=tmp_path / "seeds").failed
    ] == []


def test_a_changed_seed_is_found(tmp_path: Path) -> None:
    target = copied(tmp_path / "package")
    seed = target / "seeds" / "wuhan-official.txt"
    seed.write_text(seed.read_text(encoding="utf-8").replace("30%", "31%"), encoding="utf-8")
    assert {("documents", "as-in-sources"), ("documents", "from-the-seed")} <= found(validate(target))


def test_a_package_of_another_version_is_refused_or_held_against_itself(tmp_path: Path) -> None:
    from typer.testing import CliRunner

    from pipelines.cli import app

    target = copied(tmp_path / "package")
    descriptor = json.loads((target / "datapackage.json").read_text(encoding="utf-8"))
    (target / "datapackage.json").write_text(json.dumps(descriptor | {"version": "9.9.9"}), encoding="utf-8")
    assert CliRunner().invoke(app, ["validate", str(target), "--other-version"]).exit_code == 0
    read = read_dataset(target)
    guards_of_it = Guards(read)
    refused, as_schemas, *_ = check_descriptor(read, None)
    assert "git checkout v9.9.9" in refused.failures[0].message
    assert "--other-version" in refused.failures[0].message
    assert as_schemas.not_run
    assert guards_of_it.vocabulary is None
    assert all(check.not_run for check in guards_of_it.reread(read))


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
        *guards().expectations(read, lambda table, _: table in suites),
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
        (edit_text, ("documents", "from-the-seed"), "wuhan-official"),
        (damage, ("measures", "csv-equals-parquet"), "invalid UTF8"),
        (stale_sha, ("package", "sha256"), "data/targets.csv"),
        (rename_column, ("package", "as-the-schemas"), "amount"),
        (rename_column, ("package", "as-the-parquet"), "amount"),
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
    report = report_of({"targets": cell("targets", COAL, "value", 300000.0)})
    text = printed(report)
    assert "targets  value-of-words" in text
    assert f"{COAL}  value: 300000.0" in text
    assert "the words say 30" in text
    assert "a lost 万 is an error" in text


def test_control_characters_of_the_data_do_not_reach_the_terminal() -> None:
    text = printed(report_of({"measures": cell("measures", "wuhan-synergy/2.4/m1", "text", "\x1b[31m红")}))
    assert "\x1b" not in text
    assert "\\x1b[31m红" in text


def test_the_published_tables_stay_as_they_are() -> None:
    before = package().frames["targets"].copy()
    report_of({"targets": cell("targets", COAL, "value", 1.0)})
    pd.testing.assert_frame_equal(before, package().frames["targets"])
