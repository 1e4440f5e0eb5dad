"""The run over the catalogue: sound though narrow, and on a small part of it complete."""

import json
import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipelines.errors import PipelineError
from pipelines.faults.faults import Draft, Fault, FileFault, Place, Scratch, TableFault
from pipelines.faults.narrow import NarrowGuards
from pipelines.faults.page import guards_page
from pipelines.faults.results import (
    CheckResult,
    KindResult,
    Outcome,
    Results,
    published,
    read_published,
    results,
    survivor,
)
from pipelines.faults.run import plant_all
from pipelines.guard.report import Check, Report
from pipelines.guard.validate import Guards
from pipelines.package.dataset import Dataset

ROOT = Path(__file__).resolve().parents[2]


def one_of_each_kind(faults: list[Fault]) -> Iterator[Fault]:
    """One fault of each kind; which, is drawn anew for each kind, and always the same."""
    kinds: dict[str, list[Fault]] = {}
    for fault in faults:
        kinds.setdefault(fault.kind, []).append(fault)
    return (random.Random(kind).choice(found) for kind, found in kinds.items())


def test_one_fault_of_each_kind_is_caught_by_a_check_meant_for_it(
    faults: list[Fault], guards: NarrowGuards
) -> None:
    survivors = [
        f"{fault.kind}: {fault.place}"
        for fault in one_of_each_kind(faults)
        if fault.meant.isdisjoint(guards.failed(fault))
    ]
    assert survivors == []


@pytest.mark.parametrize("table", ["plans", "clauses", "targets", "responsibilities", "repairs", "units"])
def test_the_narrow_guards_say_what_the_whole_ones_say(
    faults: list[Fault], guards: NarrowGuards, package: Dataset, table: str
) -> None:
    of_table = [fault for fault in faults if isinstance(fault, TableFault) and fault.place.table == table]
    for fault in random.Random(table).sample(of_table, 3):
        draft = Draft(package)
        fault.change(draft)
        changed = draft.changed()
        tables = {name: each for name, each in changed.frames.items() if each is not package.frames[name]}
        if changed.texts != package.texts:
            continue  # Guards.changed takes tables only
        whole = Guards.changed(guards, tables, thorough=True)
        assert {f"{check.table}.{check.name}" for check in whole.failed} == set(guards.failed(fault)), fault


def test_a_fault_in_files_is_what_validate_finds_in_the_folder(
    faults: list[Fault], guards: NarrowGuards, tmp_path: Path
) -> None:
    from pipelines.guard.validate import validate

    kinds = (
        "column moved in both files",
        "text altered, checksum and all",
        "wrong type in the Parquet file",
        "version of another code",
        "folder that nobody names",
    )
    for number, kind in enumerate(kinds):
        fault = next(each for each in faults if each.kind == kind)
        assert isinstance(fault, FileFault)
        folder = tmp_path / str(number)
        folder.mkdir()
        fault.change(Scratch(ROOT, folder))
        found = {f"{check.table}.{check.name}" for check in validate(folder, seeds=ROOT / "seeds").failed}
        assert set(guards.failed(fault)) <= found
        assert not fault.meant.isdisjoint(found)


def test_two_processes_give_what_one_gives() -> None:
    chosen = [5, 900, 1400, 2500, 3100]
    one = plant_all(ROOT, chosen=lambda _: chosen, processes=1)
    assert [outcome.number for outcome in one] == chosen
    assert all(outcome.is_caught for outcome in one)


def test_a_package_that_is_not_sound_gets_no_faults(tmp_path: Path) -> None:
    from pipelines.faults.run import print_mutants

    for name in ("data", "seeds"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy2(ROOT / "datapackage.json", tmp_path)
    (tmp_path / "data" / "units.csv").write_bytes(b"")
    with pytest.raises(PipelineError, match="a sound package"):
        print_mutants(tmp_path)


def outcome(failed: tuple[str, ...]) -> Outcome:
    place = Place("targets", "wuhan-synergy/2.4/t1", "comparator", "<=", ">=")
    return Outcome(0, "comparator reversed", place, ("targets.comparator-read",), failed)


def test_a_survivor_is_named_with_its_fault_its_table_and_its_cell() -> None:
    assert survivor(outcome(())) == (
        "comparator reversed: targets  wuhan-synergy/2.4/t1  comparator: <= → >=; "
        "caught by no check, meant for targets.comparator-read"
    )


def test_a_fault_that_only_another_check_catches_counts_as_a_survivor() -> None:
    assert not outcome(("package.sha256",)).is_caught
    assert outcome(("package.sha256", "targets.comparator-read")).is_caught


def test_a_check_counts_only_faults_that_are_meant_for_it() -> None:
    checks = tuple(
        Check("expectations", "targets", name, "Because.") for name in ("comparator-read", "whole-quote")
    )
    beside = outcome(("targets.comparator-read", "targets.whole-quote"))
    found = results([beside], Report("", "", {}, checks))
    assert [check.killed for check in found.checks] == [1, 0]
    assert [check.name for check in found.idle] == ["whole-quote"]
    assert dict(found.kinds[0].checks) == {"targets.comparator-read": 1}


# --- what is published ------------------------------------------------------------------------------------------


def test_the_published_run_is_of_the_checks_that_are_there(guards: NarrowGuards) -> None:
    told = {
        (check.table, check.name): check.reason
        for check in read_published(ROOT).checks
        if check.guard == "expectations"
    }
    there = {
        (name, each.name): each.reason for name, suite in guards.suites.items() for each in suite.expectations
    }
    assert told == there, "run make mutants: the expectations have changed since the last run"


def test_the_published_run_is_of_the_faults_that_are_there(faults: list[Fault]) -> None:
    planted: dict[str, int] = {}
    for fault in faults:
        planted[fault.kind] = planted.get(fault.kind, 0) + 1
    told = {kind.kind: kind.planted for kind in read_published(ROOT).kinds}
    assert told == planted, "run make mutants: the faults have changed since the last run"


def test_every_check_has_a_reason_and_catches_a_fault() -> None:
    checks = read_published(ROOT).checks
    assert [check for check in checks if not check.reason or not check.killed] == []


def test_no_fault_survives() -> None:
    found = read_published(ROOT)
    assert found.survivors == ()
    assert found.caught == found.planted


def test_the_page_is_the_one_of_the_published_run() -> None:
    assert (ROOT / "docs" / "guards.md").read_text(encoding="utf-8") == guards_page(ROOT)


def test_the_page_shows_counts_checks_reasons_and_survivors() -> None:
    found = Results(
        (KindResult("comparator reversed", 2, 1, {"targets.comparator-read": 1}),),
        (CheckResult("expectations", "targets", "comparator-read", "以上 is not 以下 | ever", 1),),
        (survivor(outcome(())),),
    )
    page = guards_page(ROOT, found)
    assert "**2 faults of 1 kinds planted, 1 caught.**" in page
    assert "| comparator reversed | 2 | 1 | `targets.comparator-read` 1 |" in page
    assert "| `comparator-read` | 以上 is not 以下 \\| ever | 1 |" in page
    assert "wuhan-synergy/2.4/t1" in page
    assert json.loads(published(found))["caught"] == 1


def test_without_a_run_the_page_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(PipelineError, match="run make mutants"):
        guards_page(tmp_path)
