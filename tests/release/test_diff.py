"""What changed between two packages: schemas first, rows by key and cell, each with its cause, and the version it needs."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from pipelines.errors import PipelineError
from pipelines.release.archive import write_archive
from pipelines.release.changes import Cell
from pipelines.release.diff import as_json, as_markdown, faults, print_diff
from pipelines.release.reading import opened
from pipelines.release.versions import Step
from pipelines.schema import load_schemas
from tests.release.packages import changed, difference, package, redescribed, table

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
    assert "Nothing: the same tables, the same rows." in as_markdown(same)


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
        ("targets", "removed", "wuhan-synergy/2.4/t1", Step.PATCH),
        ("numbers", "removed", "wuhan-synergy/2.4/n1", Step.PATCH),
    ]


def test_added_row_says_what_it_holds(tmp_path: Path) -> None:
    old = package(tmp_path / "old", targets=table("targets")[:1])
    (change,) = difference(old, package(tmp_path / "new")).rows
    assert Cell("value", None, "4000000000") in change.cells
    assert all(cell.new for cell in change.cells)


def test_cause_seed(tmp_path: Path) -> None:
    documents = changed("documents", 0, sha256="1" * 64)
    new = package(tmp_path / "new", documents=documents, targets=changed("targets", 0, value=40))
    causes = {change.table: change.cause for change in difference(package(tmp_path / "old"), new).rows}
    assert causes == {"documents": "seed", "targets": "seed"}


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
    with opened(new) as files:
        write_archive({name: files.read(name) for name in files.all()}, tmp_path / "new.zip")
    assert difference(old, tmp_path / "new.zip") == difference(old, new)


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
        with pytest.raises(PipelineError, match=message), opened(path):
            pass


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
