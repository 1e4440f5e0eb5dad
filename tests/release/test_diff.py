"""What changed between two packages: schemas first, rows by key and cell, each with its cause, and the version it needs."""

import csv
import io
import json
import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from pipelines.errors import PipelineError
from pipelines.package.dataset import read_dataset
from pipelines.release.archive import write_archive
from pipelines.release.changes import Cell
from pipelines.release.diff import as_json, as_markdown, faults, print_diff
from pipelines.release.versions import Step
from pipelines.schema import load_schemas
from tests.release.packages import ROOT, changed, difference, package, redescribed, table

ERRATUM = {
    "repair_id": "wuhan-official/f99",
    "document_id": "wuhan-official",
    "before": "栾",
    "after": "栎",
    "rule": "misprint",
    "reason": "Misprint",
}


def test_same_package(tmp_path: Path) -> None:
    same = difference(package(tmp_path / "old"), package(tmp_path / "new"))
    assert (same.schema, same.rows, same.needed, faults(same)) == ((), (), Step.NONE, [])
    assert same.nothing
    assert "Nothing: the same tables, the same rows, the same files." in as_markdown(same)


def test_changed_cell(tmp_path: Path) -> None:
    new = package(tmp_path / "new", targets=changed("targets", 0, value=40, value_as_written="40%"))
    (change,) = difference(package(tmp_path / "old"), new).rows
    assert (change.table, change.key, change.what) == ("targets", ("wuhan-synergy/2.4/t1",), "changed")
    assert change.cells == (Cell("value", "30", "40"), Cell("value_as_written", "30%", "40%"))
    assert (change.cause, change.step) == ("rules", Step.PATCH)


def test_rows_added_and_removed(tmp_path: Path) -> None:
    old = package(tmp_path / "old", targets=table("targets")[:1])
    new = package(tmp_path / "new", targets=table("targets")[1:], numbers=[])
    found = [(change.table, change.what, change.key[0], change.step) for change in difference(old, new).rows]
    assert found == [
        ("targets", "added", "wuhan-synergy/2.4/t2", Step.MINOR),
        ("targets", "removed", "wuhan-synergy/2.4/t1", Step.MAJOR),
        ("numbers", "removed", "wuhan-synergy/2.4/n1", Step.PATCH),
    ]


@pytest.mark.parametrize(
    ("name", "needed"),
    [("clauses", Step.MAJOR), ("deadlines", Step.MAJOR), ("responsibilities", Step.PATCH), ("numbers", Step.PATCH)],
)  # fmt: skip
def test_row_that_goes_is_breaking_if_another_table_names_it(tmp_path: Path, name: str, needed: Step) -> None:
    removed = difference(
        package(tmp_path / "old"), package(tmp_path / "new", "1.0.0", **{name: table(name)[1:]})
    )
    assert [(change.what, change.step) for change in removed.rows] == [("removed", needed)]


def test_cell_that_follows_a_vocabulary_is_more_than_a_correction(tmp_path: Path) -> None:
    """After the recipe: data changed to reflect changes in referenced data."""
    renamed = [
        row | {"unit_id": "per-cent"} if row["unit_id"] == "percent" else row for row in table("units")
    ]
    new = package(tmp_path / "new", units=renamed, targets=changed("targets", 0, unit="per-cent"))
    steps = {
        change.table: change.step
        for change in difference(package(tmp_path / "old"), new).rows
        if change.what == "changed"
    }
    assert steps == {"targets": Step.MINOR}


def test_agency_described_in_other_words_is_a_correction(tmp_path: Path) -> None:
    new = package(tmp_path / "new", agencies=changed("agencies", 0, name_en="Commission"))
    (change,) = difference(package(tmp_path / "old"), new).rows
    assert (change.cause, change.step) == ("vocabulary", Step.PATCH)


def test_added_row_says_what_it_holds(tmp_path: Path) -> None:
    old = package(tmp_path / "old", targets=table("targets")[:1])
    (change,) = difference(old, package(tmp_path / "new")).rows
    assert Cell("value", None, "4000000000") in change.cells
    assert all(cell.new for cell in change.cells)


OTHER_SEED = changed("documents", 0, sha256="1" * 64)


@pytest.mark.parametrize(
    ("cells", "cause"),
    [
        ({"quote": "全市煤炭占能源消费总量的比重下降至40%以内", "value": 40}, "seed"),
        ({"source_start": 31, "source_end": 52}, "seed"),
        ({"value": 31}, "rules"),
        ({"value": 31, "source_start": 31, "source_end": 52}, "rules"),
        ({"comparator": ">="}, "rules"),
    ],
    ids=["other words", "the same words elsewhere", "other value", "other value elsewhere", "other comparator"],
)  # fmt: skip
def test_cause_seed(tmp_path: Path, cells: dict[str, Any], cause: str) -> None:
    """The seed brought what changed only if the words of the row, their place, or those around them changed."""
    new = package(tmp_path / "new", documents=OTHER_SEED, targets=changed("targets", 0, **cells))
    causes = {change.table: change.cause for change in difference(package(tmp_path / "old"), new).rows}
    assert causes == {"documents": "seed", "targets": cause}


@pytest.mark.parametrize(
    ("name", "cells"),
    [("clauses", {"text": "（四）到2026年。"}), ("deadlines", {"as_written": "到2026年"})],
    ids=["clause", "deadline"],
)
def test_cause_seed_by_way_of_a_row_named(tmp_path: Path, name: str, cells: dict[str, Any]) -> None:
    """A value comes from the seed where its clause, or the deadline that it names, has other words."""
    targets = changed("targets", 0, baseline_year=2020)
    new = package(
        tmp_path / "new", "1.0.0", documents=OTHER_SEED, targets=targets, **{name: changed(name, 0, **cells)}
    )
    causes = {change.table: change.cause for change in difference(package(tmp_path / "old"), new).rows}
    assert causes == {"documents": "seed", name: "seed", "targets": "seed"}


def test_row_more_from_the_same_clause_is_of_the_rules(tmp_path: Path) -> None:
    old = package(tmp_path / "old", targets=table("targets")[:1])
    (added,) = [
        each
        for each in difference(old, package(tmp_path / "new", documents=OTHER_SEED)).rows
        if each.table == "targets"
    ]
    assert (added.what, added.cause) == ("added", "rules")


def test_cause_seed_of_a_new_plan(tmp_path: Path) -> None:
    """A plan that was not there before brings its document, its clauses and its agencies."""
    plans = [
        *table("plans"),
        table("plans")[0] | {"plan_id": "xian-synergy", "base_document_id": "xian-official"},
    ]
    documents = [
        *table("documents"),
        table("documents")[0]
        | {"document_id": "xian-official", "plan_id": "xian-synergy", "path": "xian.txt"},
    ]
    place = {"plan_id": "xian-synergy", "clause_id": "xian-synergy/1.1"}
    clauses = [*table("clauses"), table("clauses")[0] | place | {"document_id": "xian-official"}]
    agencies = [*table("agencies"), table("agencies")[0] | {"agency_id": "xian/finance"}]
    named = {"responsibility_id": "xian-synergy/1.1/r1", "agency_id": "xian/finance"}
    responsibilities = [*table("responsibilities"), table("responsibilities")[0] | place | named]
    new = package(
        tmp_path / "new",
        plans=plans,
        documents=documents,
        clauses=clauses,
        agencies=agencies,
        responsibilities=responsibilities,
    )
    found = difference(package(tmp_path / "old"), new)
    assert {change.cause for change in found.rows} == {"seed"}
    assert {change.table for change in found.rows} == {
        "plans",
        "documents",
        "clauses",
        "agencies",
        "responsibilities",
    }
    assert found.needed is Step.MINOR


@pytest.mark.parametrize(
    ("start", "end", "cause"),
    [(26, 28, "errata"), (300, 301, "rules")],
    ids=["inside the clause", "far from it"],
)
def test_cause_errata(tmp_path: Path, start: int, end: int, cause: str) -> None:
    repairs = [*table("repairs"), ERRATUM | {"source_start": start, "source_end": end}]
    new = package(tmp_path / "new", repairs=repairs, targets=changed("targets", 0, scope=None))
    causes = {change.table: change.cause for change in difference(package(tmp_path / "old"), new).rows}
    assert causes == {"targets": cause, "repairs": "errata"}


def test_cause_vocabulary(tmp_path: Path) -> None:
    """The unit of one target was renamed: its row of units and the cell that names it have one cause."""
    units = changed("units", 1, unit_id="cubic-meter")
    new = package(tmp_path / "new", units=units, targets=changed("targets", 1, unit="cubic-meter"))
    found = difference(package(tmp_path / "old"), new)
    assert [(change.table, change.what, change.cause) for change in found.rows] == [
        ("targets", "changed", "vocabulary"),
        ("units", "added", "vocabulary"),
        ("units", "removed", "vocabulary"),
    ]
    assert found.needed is Step.MAJOR


def test_cause_vocabulary_only_of_what_names_it(tmp_path: Path) -> None:
    units = changed("units", 0, label_en="per cent")
    new = package(tmp_path / "new", units=units, targets=changed("targets", 0, value=40))
    causes = {change.table: change.cause for change in difference(package(tmp_path / "old"), new).rows}
    assert causes == {"targets": "rules", "units": "vocabulary"}


def test_cause_of_an_agency_described_anew(tmp_path: Path) -> None:
    new = package(tmp_path / "new", agencies=changed("agencies", 0, name_en="Wuhan DRC"))
    (change,) = difference(package(tmp_path / "old"), new).rows
    assert (change.table, change.cause) == ("agencies", "vocabulary")


def test_cause_not_told(tmp_path: Path) -> None:
    """An issue of no document, in a release that changed a seed as well: nobody can say which of the two made it."""
    issue = {"issue_id": "package/i1", "severity": "info", "kind": "note", "message": "The ledger is long"}
    documents = changed("documents", 0, sha256="1" * 64)
    new = package(tmp_path / "new", version="1.1.0", documents=documents, issues=[issue])
    found = difference(package(tmp_path / "old"), new)
    assert [change.key for change in found.unlabelled] == [("package/i1",)]
    assert "cause of 1 changed rows cannot be told, such as issues package/i1" in faults(found)[0]


def test_issue_of_no_document_where_only_rules_changed(tmp_path: Path) -> None:
    issue = {"issue_id": "package/i1", "severity": "info", "kind": "note", "message": "The ledger is long"}
    (change,) = difference(package(tmp_path / "old"), package(tmp_path / "new", issues=[issue])).rows
    assert change.cause == "rules"


def _drop(column: str) -> Callable[[dict[str, Any]], None]:
    def change(resource: dict[str, Any]) -> None:
        fields = resource["schema"]["fields"]
        resource["schema"]["fields"] = [field for field in fields if field["name"] != column]

    return change


def _constrain(column: str, **constraints: Any) -> Callable[[dict[str, Any]], None]:
    def change(resource: dict[str, Any]) -> None:
        field = next(field for field in resource["schema"]["fields"] if field["name"] == column)
        field["constraints"] = field.get("constraints", {}) | constraints

    return change


def _retype(column: str, to: str) -> Callable[[dict[str, Any]], None]:
    def change(resource: dict[str, Any]) -> None:
        next(field for field in resource["schema"]["fields"] if field["name"] == column)["type"] = to

    return change


def _reword(resource: dict[str, Any]) -> None:
    resource["schema"]["fields"][0]["description"] = "Said better."


def _unkey(resource: dict[str, Any]) -> None:
    resource["schema"]["foreignKeys"] = [
        key for key in resource["schema"]["foreignKeys"] if key["fields"] != ["unit"]
    ]


STRENGTH = ["firm", "strive"]


@pytest.mark.parametrize(
    ("change", "place", "what", "needed", "back"),
    [
        (_retype("value", "integer"), "targets.value", "retyped", Step.MAJOR, Step.MAJOR),
        (_constrain("strength", enum=[*STRENGTH, "hoped"]), "targets.strength", "codes added", Step.MINOR, Step.MAJOR),
        (_constrain("value", maximum=100), "targets.value", "constraint maximum changed", Step.MAJOR, Step.MINOR),
        (_constrain("scope", required=True), "targets.scope", "constraint required changed", Step.MAJOR, Step.MINOR),
        (_constrain("source_start", minimum=-1), "targets.source_start", "constraint minimum changed", Step.MINOR, Step.MAJOR),
        (_constrain("quote", pattern="."), "targets.quote", "constraint pattern changed", Step.MAJOR, Step.MINOR),
        (_reword, "targets.target_id", "reworded", Step.PATCH, Step.PATCH),
        (_unkey, "targets", "foreign key removed", Step.MINOR, Step.MAJOR),
    ],
)  # fmt: skip
def test_change_of_a_schema(
    tmp_path: Path, change: Callable[[dict[str, Any]], None], place: str, what: str, needed: Step, back: Step
) -> None:
    old, new = package(tmp_path / "old"), redescribed(package(tmp_path / "new"), "targets", change)
    (found,) = difference(old, new).schema
    assert (found.place, found.what, found.step) == (place, what, needed)
    assert difference(new, old).needed is back


def test_column_removed_and_added(tmp_path: Path) -> None:
    old, new = package(tmp_path / "old"), package(tmp_path / "new")
    redescribed(new, "targets", _drop("hedge"))
    path = new / "data/targets.csv"
    lines = [line.split(",") for line in path.read_text(encoding="utf-8").splitlines()]
    at = lines[0].index("hedge")
    path.write_text(
        "\n".join(",".join(line[:at] + line[at + 1 :]) for line in lines) + "\n", encoding="utf-8"
    )
    removed, added = difference(old, new), difference(new, old)
    assert [(each.place, each.what, each.step) for each in removed.schema] == [
        ("targets.hedge", "column removed", Step.MAJOR)
    ]
    assert [(each.place, each.what, each.step) for each in added.schema] == [
        ("targets.hedge", "column added", Step.MINOR)
    ]
    assert (removed.rows, added.rows) == ((), ())


def test_columns_moved(tmp_path: Path) -> None:
    old, new = package(tmp_path / "old"), package(tmp_path / "new")
    redescribed(new, "functions", lambda resource: resource["schema"]["fields"].reverse())
    path = new / "data/functions.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join(",".join(reversed(line.split(","))) for line in lines) + "\n", encoding="utf-8")
    found = difference(old, new)
    assert [(each.place, each.what, each.step) for each in found.schema] == [
        ("functions", "columns moved", Step.MAJOR)
    ]
    assert found.rows == ()


def test_table_removed_and_added(tmp_path: Path) -> None:
    old, new = package(tmp_path / "old"), package(tmp_path / "new")
    path = new / "datapackage.json"
    descriptor = json.loads(path.read_text(encoding="utf-8"))
    descriptor["resources"] = [each for each in descriptor["resources"] if each["name"] != "repairs"]
    path.write_text(json.dumps(descriptor), encoding="utf-8")
    assert [(each.what, each.step) for each in difference(old, new).schema] == [("table removed", Step.MAJOR)]
    assert [(each.what, each.step) for each in difference(new, old).schema] == [("table added", Step.MINOR)]


def test_plan_that_goes_is_breaking(tmp_path: Path) -> None:
    assert difference(package(tmp_path / "old"), package(tmp_path / "new", plans=[])).needed is Step.MAJOR


@pytest.mark.parametrize(
    ("version", "stops"),
    [("1.0.0", True), ("1.0.1", True), ("1.1.0", False), ("2.0.0", False), ("0.9.0", True)],
)
def test_version_that_added_rows_need(tmp_path: Path, version: str, stops: bool) -> None:
    old = package(tmp_path / "old", targets=table("targets")[:1])
    found = faults(difference(old, package(tmp_path / "new", version=version)))
    assert bool(found) is stops


def test_message_names_the_version(tmp_path: Path) -> None:
    old = package(tmp_path / "old", targets=table("targets")[:1])
    (fault,) = faults(difference(old, package(tmp_path / "new", version="1.0.1")))
    assert fault == "these changes need a minor version: 1.1.0 or higher after 1.0.0, not 1.0.1"


def test_folder_and_archive_read_alike(tmp_path: Path) -> None:
    old, new = package(tmp_path / "old"), package(tmp_path / "new", targets=changed("targets", 0, value=40))
    files = read_dataset(new).files
    write_archive({name: files.read(name) for name in files.all()}, tmp_path / "new.zip")
    assert difference(old, tmp_path / "new.zip") == difference(old, new)


def test_archive_made_again_by_another_program(tmp_path: Path) -> None:
    """Folders have entries of their own in it, as `zip -r` writes them."""
    old = package(tmp_path / "old")
    with zipfile.ZipFile(tmp_path / "new.zip", "w") as archive:
        for path in sorted(old.rglob("*")):
            archive.write(path, path.relative_to(old).as_posix())
        assert "data/text/" in archive.namelist()
    assert difference(old, tmp_path / "new.zip").nothing


def _appended(path: Path, line: bytes) -> None:
    path.write_bytes(path.read_bytes() + line)


@pytest.mark.parametrize(
    ("path", "line", "cause"),
    [
        ("data/text/wuhan-official.txt", "又一行\n".encode(), "rules"),
        ("data/units.parquet", b"x", "format"),
        ("seeds/wuhan-official.txt", "又一行\n".encode(), "seed"),
        ("seeds/errata.csv", b"x\n", "errata"),
    ],
)  # fmt: skip
def test_file_with_other_bytes(tmp_path: Path, path: str, line: bytes, cause: str) -> None:
    """What stands in no table is compared too, and needs a version of its own."""
    old, new = package(tmp_path / "old"), package(tmp_path / "new")
    for folder in (old, new):
        (folder / "seeds").mkdir()
        for name in ("wuhan-official.txt", "errata.csv", "README.md"):
            shutil.copyfile(ROOT / "seeds" / name, folder / "seeds" / name)
    assert difference(old, new).nothing
    _appended(new / "seeds/README.md", b"x")
    assert difference(old, new).nothing
    _appended(new / path, line)
    found = difference(old, new)
    assert [(each.path, each.what, each.cause, each.step) for each in found.files] == [
        (path, "changed", cause, Step.PATCH)
    ]
    assert faults(found) == ["these changes need a patch version: 1.0.1 or higher after 1.0.0, not 1.0.0"]
    assert f"| `{path}` | changed | {cause} | patch |" in as_markdown(found)
    assert json.loads(as_json(found))["files"] == [
        {"path": path, "what": "changed", "cause": cause, "needed": "patch"}
    ]
    console = Console(file=io.StringIO(), width=200)
    assert not print_diff(old, new, console=console)
    assert isinstance(console.file, io.StringIO)
    assert f"patch  {path}: changed, cause {cause}" in console.file.getvalue()


def test_text_mended_or_read_from_another_seed(tmp_path: Path) -> None:
    """The repaired text has the cause that its document has."""
    old = package(tmp_path / "old")
    erratum = ERRATUM | {"source_start": 26, "source_end": 28}
    for name, tables, cause in (
        ("seed", {"documents": OTHER_SEED}, "seed"),
        ("errata", {"repairs": [*table("repairs"), erratum]}, "errata"),
    ):
        new = package(tmp_path / name, "1.0.0", **tables)
        _appended(new / "data/text/wuhan-official.txt", b"\n")
        (file,) = difference(old, new).files
        assert (file.path, file.cause) == ("data/text/wuhan-official.txt", cause)


def test_files_of_a_table_that_is_told_of_are_not_told_again(tmp_path: Path) -> None:
    new = package(tmp_path / "new", targets=changed("targets", 0, value=40))
    assert difference(package(tmp_path / "old"), new).files == ()


def test_texts_that_come_and_go(tmp_path: Path) -> None:
    """A text needs what a table needs: whoever reads it by its path finds it, or does not."""
    old, new = package(tmp_path / "old"), package(tmp_path / "new")
    path = new / "datapackage.json"
    descriptor = json.loads(path.read_text(encoding="utf-8"))
    descriptor["resources"] = [
        each for each in descriptor["resources"] if each["name"] != "text-wuhan-official"
    ]
    path.write_text(json.dumps(descriptor), encoding="utf-8")
    assert [(each.what, each.step) for each in difference(old, new).files] == [("removed", Step.MAJOR)]
    assert [(each.what, each.step) for each in difference(new, old).files] == [("added", Step.MINOR)]


def test_another_date_under_the_same_version(tmp_path: Path) -> None:
    old, new, next_one = (
        package(tmp_path / name, version)
        for name, version in (("a", "1.0.0"), ("b", "1.0.0"), ("c", "1.0.1"))
    )
    for folder in (new, next_one):
        path = folder / "datapackage.json"
        descriptor = json.loads(path.read_text(encoding="utf-8")) | {"created": "2030-01-01T00:00:00Z"}
        path.write_text(json.dumps(descriptor), encoding="utf-8")
    assert [each.what for each in difference(old, new).schema] == ["dated otherwise"]
    assert difference(old, next_one).nothing


def test_printed_and_written(tmp_path: Path) -> None:
    new = package(
        tmp_path / "new", version="1.0.1", targets=changed("targets", 0, quote="煤|炭*占比*下降至30%以内")
    )
    console = Console(file=io.StringIO(), width=100)
    markdown, document = tmp_path / "out/changes.md", tmp_path / "out/changes.json"
    assert print_diff(package(tmp_path / "old"), new, markdown, document, console)
    text = markdown.read_text(encoding="utf-8")
    assert "| `wuhan-synergy/2.4/t1` | `quote` |" in text
    assert r"煤\|炭\*占比\*下降至30%以内 | rules |" in text
    read = json.loads(document.read_text(encoding="utf-8"))
    assert (read["needed"], read["faults"]) == ("patch", [])
    assert read["rows"][0]["cells"][0]["new"] == "煤|炭*占比*下降至30%以内"
    assert read["counts"] == [{"table": "targets", "what": "changed", "cause": "rules", "rows": 1}]


def test_breaking_change_stops(tmp_path: Path) -> None:
    new = redescribed(package(tmp_path / "new", version="1.5.0"), "targets", _retype("value", "integer"))
    console = Console(file=io.StringIO(), width=200)
    assert not print_diff(package(tmp_path / "old"), new, console=console)
    assert isinstance(console.file, io.StringIO)
    assert (
        "stop: these changes need a major version: 2.0.0 or higher after 1.0.0, not 1.5.0"
        in console.file.getvalue()
    )


@pytest.mark.parametrize("before", [0, 20, 119, 120, 500])
def test_long_cell_shows_its_difference(tmp_path: Path, before: int) -> None:
    """A window round the first difference, not the same first characters on both sides."""
    words = "煤" * before + "{}" + "炭" * 300
    old = package(tmp_path / "old", targets=changed("targets", 0, quote=words.format("甲")))
    new = package(tmp_path / "new", targets=changed("targets", 0, quote=words.format("乙")))
    (line,) = re.findall(r"^\| `wuhan.*$", as_markdown(difference(old, new)), re.MULTILINE)
    _, _, _, was, became, *_ = line.split("|")
    assert "甲" in was
    assert was.replace("甲", "乙") == became
    assert len(was) < 130
    assert was.startswith(" …") == (before > 30)


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [("一\n二", "一 二", r"| 一\\n二 | 一 二 |"), ("一 二", "一  二", "| 一 二 | 一 ␣二 |"), ("a\u3000b", "ab", r"| a\\u3000b | ab |")],
    ids=["line feed", "two blanks", "wide blank"],
)  # fmt: skip
def test_blanks_are_seen(tmp_path: Path, old: str, new: str, shown: str) -> None:
    before = package(tmp_path / "old", targets=changed("targets", 0, quote=old))
    after = package(tmp_path / "new", targets=changed("targets", 0, quote=new))
    assert shown in as_markdown(difference(before, after))


def test_long_list_is_cut_in_the_notes_and_whole_in_the_json(tmp_path: Path) -> None:
    many = [table("targets")[0] | {"target_id": f"wuhan-synergy/2.4/t{number}"} for number in range(1, 101)]
    old = package(tmp_path / "old", targets=[])
    found = difference(old, package(tmp_path / "new", targets=many))
    assert "… and 60 more, all of them in the JSON file." in as_markdown(found)
    assert len(json.loads(as_json(found))["rows"]) == 100


def test_every_cell_of_every_table(tmp_path: Path) -> None:
    """Another word in any cell is found as that one cell, and has a cause."""
    old, new = package(tmp_path / "old"), package(tmp_path / "new")
    cells = 0
    for name, schema in load_schemas().items():
        path = new / f"data/{name}.csv"
        published = path.read_bytes().decode("utf-8")
        found = list(csv.reader(io.StringIO(published, newline="")))
        for at, column in enumerate(found[0]):
            if len(found) == 1 or column in schema.primary_key:
                continue
            changed_row = [*found[1][:at], "9", *found[1][at + 1 :]]
            with path.open("w", encoding="utf-8", newline="") as file:
                writer = csv.writer(file, lineterminator="\n", quoting=csv.QUOTE_ALL)
                writer.writerows([found[0], changed_row, *found[2:]])
            (change,) = difference(old, new).rows
            assert (change.table, [cell.column for cell in change.cells], change.cells[0].new) == (
                name,
                [column],
                "9",
            )
            assert change.cause
            cells += 1
        path.write_text(published, encoding="utf-8", newline="")
    assert cells > 100


def test_path_that_leads_out_of_a_folder(tmp_path: Path) -> None:
    (tmp_path / "secret.csv").write_text("a\n", encoding="utf-8")
    new = package(tmp_path / "new")
    redescribed(new, "units", lambda resource: resource.update(path="../secret.csv"))
    with pytest.raises(PipelineError, match="a path that may lead out of the package"):
        difference(new, new)


def test_resource_that_is_no_table(tmp_path: Path) -> None:
    new = redescribed(package(tmp_path / "new"), "units", lambda resource: resource["schema"].pop("fields"))
    with pytest.raises(PipelineError, match="a resource that does not describe a table"):
        difference(new, new)


def test_no_package(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "text.zip").write_text("no archive", encoding="utf-8")
    for path, message in (
        (tmp_path / "empty", "found no datapackage.json"),
        (tmp_path / "text.zip", "found no package"),
        (tmp_path / "nothing", "found no package"),
    ):
        with pytest.raises(PipelineError, match=message):
            read_dataset(path)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda text: text.replace(",kind,", ",sort,"), "line 1: found the columns"),
        (lambda text: text + "a,b\n", "line 4: found 2 cells"),
        (lambda text: text + text.splitlines()[1] + "\n", "line 4: found the key wuhan-synergy/2.4/t1 twice"),
        (lambda text: text + '"', "malformed CSV"),
    ],
)
def test_damaged_table(tmp_path: Path, change: Callable[[str], str], message: str) -> None:
    old, new = package(tmp_path / "old"), package(tmp_path / "new")
    path = new / "data/targets.csv"
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")
    with pytest.raises(PipelineError, match=message):
        difference(old, new)
