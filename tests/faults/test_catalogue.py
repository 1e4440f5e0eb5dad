"""The catalogue of faults: that it leaves out no kind, no table and no column, and is always the same."""

import hashlib
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest

from pipelines.faults.faults import Draft, Fault, FileFault, TableFault
from pipelines.faults.narrow import NarrowGuards
from pipelines.faults.witnesses import WITNESSES
from pipelines.faults.world import World, cell_fault
from pipelines.package.dataset import Dataset

ROOT = Path(__file__).resolve().parents[2]

# What was asked for, and the kinds that answer it.
ASKED: Mapping[str, str] = {
    "drop a row": "row dropped",
    "repeat a row": "row repeated",
    "swap two rows' values": "values swapped",
    "blank a required cell": "required cell blank",
    "out of enum": "out of enum",
    "out of range": "out of range",
    "wrong type in Parquet only": "wrong type in the Parquet file",
    "CSV and Parquet differing in one cell": "CSV and Parquet differ in a cell",
    "dangling foreign key": "dangling foreign key",
    "orphaned parent": "orphaned parent",
    "id of another plan": "key of another row",
    "shifted source range by one": "range shifted by one",
    "to another place that holds the same text": "range of the same words, nearby",
    "quote altered by one character": "character altered",
    "traditional character slipped in": "traditional character",
    "half-width mark slipped in": "half-width mark",
    "a pinyin remnant": "reading left over",
    "value off by 10,000": "万 lost",
    "percent over 100": "percent over 100",
    "comparator reversed": "comparator reversed",
    "change level/decrease swapped": "level and change swapped",
    "deadline a year off against its own words": "deadline a year off its words",
    "deadline before issue date": "deadline before issue",
    "baseline after deadline": "baseline after deadline",
    "strength flipped": "strength flipped",
    "hedge dropped": "hedge dropped",
    "a role that contradicts the bracket": "role against the bracket",
    "an agency that the bracket does not name": "agency that the bracket does not name",
    "an agency of another city": "agency of another city",
    "an inherited responsibility dropped": "inherited responsibility dropped",
    "a clause number skipped": "clause skipped",
    "measures out of order": "facts out of order",
    "a number's disposition undone": "disposition undone",
    "a vocabulary label missing in one language": "label in one language",
    "a stale sha256": "checksum stale",
    "a column renamed": "column renamed in both files",
    "a column dropped": "column dropped in both files",
    "a column added": "column added in both files",
    "a column moved": "column moved in both files",
    "a file truncated": "file cut off, checksum and all",
    "an encoding damaged": "encoding damaged",
    "a whole table empty": "table empty",
    "a plan missing": "plan missing",
    "a formula-like cell": "formula in a cell",
    "a repair dropped": "repair never made",
    "issue row of severity error": "issue that stops a release",
    "text file altered": "text altered, checksum and all",
    "bindingness/verb contradicting": "verb that the sentence does not open with",
    "milestones given a value": "milestone with a number",
    "a target taken for a threshold": "target taken for something else",
    "a shared number with one target": "second target of a number missed",
    "a milestone beheaded": "milestone without its head",
    "a number's quote beheaded": "quote without its head",
    "milestones merged": "two milestones taken for one",
    "paragraphs merged": "two paragraphs taken for one",
    "a clause split": "one clause taken for two",
    "a number too short or too long": "number cut or run on",
    "a bureau for a commission": "agency of another rank",
    "another version declared": "version of another code",
    "an empty folder": "folder that nobody names",
}


@pytest.mark.parametrize("asked", ASKED)
def test_every_kind_that_was_asked_for_is_planted(faults: list[Fault], asked: str) -> None:
    assert any(fault.kind == ASKED[asked] for fault in faults)


def test_there_are_many_and_each_only_once(faults: list[Fault]) -> None:
    assert len(faults) >= 2000
    assert max(Counter((fault.kind, repr(fault.place)) for fault in faults).values()) == 1


def test_every_target_is_forgotten_in_every_way(faults: list[Fault], package: Dataset) -> None:
    kinds = {"target taken for something else", "second target of a number missed", "milestone missed"}
    forgotten = {fault.place.row for fault in faults if fault.kind in kinds}
    assert forgotten == set(package.frames["targets"]["target_id"])
    taken = Counter(fault.place.after for fault in faults if fault.kind == "target taken for something else")
    assert set(taken) == {"count", "threshold", "name", "background", "duration"}
    assert len(set(taken.values())) == 1


def test_every_expectation_has_a_fault_that_is_meant_for_it(
    faults: list[Fault], guards: NarrowGuards
) -> None:
    there = {f"{name}.{each.name}" for name, suite in guards.suites.items() for each in suite.expectations}
    assert there - {name for fault in faults for name in fault.meant} == set()


def test_no_table_and_no_column_is_left_out(faults: list[Fault], guards: NarrowGuards) -> None:
    planted = {(fault.place.table, fault.place.column) for fault in faults if isinstance(fault, TableFault)}
    columns = {(name, column) for name, schema in guards.schemas.items() for column in schema.columns}
    assert columns <= planted


def test_every_column_has_checks_that_read_it_a_second_time(guards: NarrowGuards) -> None:
    columns = {name: set(schema.columns) for name, schema in guards.schemas.items()}
    assert {name: set(of_table) for name, of_table in WITNESSES.items()} == columns


def test_every_check_that_is_meant_to_catch_something_is_there(
    faults: list[Fault], guards: NarrowGuards
) -> None:
    expectations = {
        f"{name}.{each.name}" for name, suite in guards.suites.items() for each in suite.expectations
    }
    files = {
        f"{name}.{check}"
        for name in guards.schemas
        for check in ("table-schema", "csv-equals-parquet", "typed-values")
    }
    whole = {
        "present",
        "size",
        "sha256",
        "nothing-extra",
        "version-of-the-code",
        "as-the-schemas",
        "as-the-parquet",
        "as-the-csv",
        "rows",
    }
    known = expectations | files | {f"package.{name}" for name in whole}
    assert {name for fault in faults for name in fault.meant} <= known
    assert all(fault.meant for fault in faults)


def test_the_catalogue_is_the_same_under_another_hash_seed(faults: list[Fault]) -> None:
    program = (
        "import hashlib; from pathlib import Path; from pipelines.package.dataset import read_dataset\n"
        "from pipelines.faults.catalogue import catalogue; from pipelines.schema import load_schemas\n"
        "found = catalogue(read_dataset(Path('.')), load_schemas())\n"
        "print(hashlib.sha256('\\n'.join(f'{f.kind} {f.place!r} {sorted(f.meant)}' for f in found).encode()).hexdigest())"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "4711", "TZ": "Asia/Shanghai"}
    found = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    lines = "\n".join(f"{fault.kind} {fault.place!r} {sorted(fault.meant)}" for fault in faults)
    assert found.stdout.strip() == hashlib.sha256(lines.encode()).hexdigest()


def test_no_fault_in_tables_leaves_them_as_they_are(faults: list[Fault], package: Dataset) -> None:
    for fault in faults:
        if isinstance(fault, TableFault) and fault.place.table != "repairs":  # thousands of rows: see below
            draft = Draft(package)
            fault.change(draft)
            changed = draft.changed()
            same = all(changed.frames[name] is table for name, table in package.frames.items())
            assert not same or changed.texts != package.texts, fault


def test_a_fault_that_would_change_nothing_is_refused(package: Dataset, guards: NarrowGuards) -> None:
    world = World(package, guards.schemas)
    right = world.rows["targets"][0]["kind"]
    with pytest.raises(ValueError, match="anyway"):
        cell_fault(world, "other code", "targets", 0, "kind", right, frozenset())


def test_nothing_is_written_to_the_package(faults: list[Fault], guards: NarrowGuards) -> None:
    def digests() -> dict[str, str]:
        files = [*(ROOT / "data").rglob("*"), ROOT / "datapackage.json"]
        return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in files if path.is_file()}

    before = digests()
    for kind in (
        "row dropped",
        "file cut off",
        "column moved in both files",
        "text missing",
        "file that nobody names",
    ):
        guards.failed(next(fault for fault in faults if fault.kind == kind))
    assert digests() == before


def test_a_scratch_copy_is_put_right_after_each_fault(faults: list[Fault], guards: NarrowGuards) -> None:
    of_files = [fault for fault in faults if isinstance(fault, FileFault)]
    missing = next(fault for fault in of_files if fault.kind == "file missing")
    stale = next(fault for fault in of_files if fault.kind == "size stale")
    assert guards.failed(missing) == guards.failed(missing)
    assert guards.failed(stale) == [
        "package.size",
        *(name for name in guards.failed(stale) if "schema" in name),
    ]
