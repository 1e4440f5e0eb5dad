"""Planted faults: the catalogue is whole and always the same, each fault changes something, and the guards see it."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipelines.errors import PipelineError
from pipelines.faults.catalogue import COLUMNS, load_kinds
from pipelines.faults.faults import Draft, Fault, FileFault, Scratch, TableFault
from pipelines.faults.page import guards_page
from pipelines.faults.results import Outcome, published, read_published, results
from pipelines.faults.run import Loaded, names_of_checks
from pipelines.faults.watch import Watch
from tests.guard.packages import sound

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def loaded() -> Iterator[Loaded]:
    loaded = Loaded(ROOT, names_of_checks(sound()))
    yield loaded
    loaded.watch.close()


@pytest.fixture(scope="module")
def watch(loaded: Loaded) -> Watch:
    return loaded.watch


def of_kind(loaded: Loaded, kind: str, table: str = "") -> Fault:
    return next(fault for fault in loaded.faults if fault.kind == kind and table in ("", fault.place.table))


def test_thousands_of_faults_of_every_kind(loaded: Loaded) -> None:
    assert len(loaded.faults) > 4000
    assert {fault.kind for fault in loaded.faults} == {kind.kind for kind in load_kinds()}


def test_every_fault_is_meant_for_a_check_and_every_check_for_a_fault(loaded: Loaded) -> None:
    assert [fault.place for fault in loaded.faults if not fault.meant] == []
    assert names_of_checks(sound()) == {name for fault in loaded.faults for name in fault.meant}


def test_every_column_of_every_table_gets_a_wrong_value(loaded: Loaded) -> None:
    reached = {(fault.place.table, fault.place.column) for fault in loaded.faults}
    rows = {name: loaded.watch.package.rows(name) for name in loaded.watch.guards.schemas}
    for name, schema in loaded.watch.guards.schemas.items():
        for field in schema.fields:
            if len({row[field.name] for row in rows[name]}) > 1:
                assert (name, field.name) in reached


def test_no_fault_in_tables_leaves_them_as_they_are(loaded: Loaded) -> None:
    for fault in loaded.faults[::11]:
        if isinstance(fault, TableFault):
            draft = Draft(loaded.watch.package)
            fault.change(draft)
            assert draft.touched, fault


def test_one_fault_of_each_kind_is_caught_by_a_check_meant_for_it(loaded: Loaded) -> None:
    first = {fault.kind: fault for fault in reversed(loaded.faults)}
    assert [str(fault.place) for fault in first.values() if not loaded.watch.failed(fault)] == []


def test_a_sentence_that_a_repair_takes_away_is_seen(loaded: Loaded) -> None:
    """The row of the repair, the text, the clause and all that hangs on the sentence agree: only the seed tells."""
    fault = of_kind(loaded, "sentence taken away by a repair")
    assert isinstance(fault, TableFault)
    draft = Draft(loaded.watch.package)
    fault.change(draft)
    assert {"repairs", "clauses", "measures"} <= set(draft.touched)
    assert "measures.rows-as-read" in loaded.watch.failed(fault)


def test_a_scratch_copy_is_put_right_again(watch: Watch, loaded: Loaded) -> None:
    for kind in ("file missing", "file that nobody names", "column renamed"):
        assert watch.failed(of_kind(loaded, kind))
    assert (
        watch.failed(
            FileFault("none", of_kind(loaded, "file missing").place, names_of_checks(sound()), lambda _: None)
        )
        == []
    )


def test_the_catalogue_is_the_same_under_another_hash_seed(loaded: Loaded) -> None:
    code = "import sys; from pathlib import Path; from pipelines.faults.run import Loaded; print(*(f'{f.kind} {f.place}' for f in Loaded(Path('.'), frozenset(sys.argv[1:])).faults), sep='\\0', end='')"
    told = subprocess.run(
        [sys.executable, "-c", code, *names_of_checks(sound())],
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": "1"},
        capture_output=True,
        check=True,
    ).stdout
    assert told.decode().split("\0") == [f"{fault.kind} {fault.place}" for fault in loaded.faults]


def test_a_row_of_the_catalogue_that_cannot_be_done_is_one_message(tmp_path: Path) -> None:
    path = tmp_path / "faults.csv"
    path.write_text(f"{','.join(COLUMNS)}\nrow lost,lose,*,,,3,rows-as-read\n", encoding="utf-8")
    with pytest.raises(PipelineError, match="line 2: found operation 'lose'"):
        load_kinds(path)


def test_what_is_published_says_what_survived(loaded: Loaded, tmp_path: Path) -> None:
    fault = of_kind(loaded, "comparator reversed")
    meant = tuple(sorted(fault.meant))
    outcomes = [
        Outcome(0, fault.kind, fault.place, meant, ("targets.code-of-words", "targets.rows-as-read")),
        Outcome(1, fault.kind, fault.place, meant, ("targets.rows-as-read",)),
        Outcome(2, fault.kind, fault.place, meant, ()),
    ]
    found = results(outcomes, sound())
    assert (found.planted, found.caught, found.at_sight) == (3, 2, 1)
    assert len(found.survivors) == 1
    assert "caught by no check, meant for targets.code-of-words or targets.rows-as-read" in found.survivors[0]
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "guards.json").write_text(published(found), encoding="utf-8")
    assert read_published(tmp_path) == found
    assert "**3 faults of 1 kinds planted, 2 caught**" in guards_page(tmp_path)


def test_the_published_page_is_that_of_the_published_counts() -> None:
    counts = json.loads((ROOT / "docs" / "guards.json").read_text(encoding="utf-8"))
    assert counts["survivors"] == []
    assert (ROOT / "docs" / "guards.md").read_text(encoding="utf-8") == guards_page(ROOT)


def test_a_file_is_replaced_in_the_scratch_copy_alone(tmp_path: Path) -> None:
    before = (ROOT / "data" / "plans.csv").read_bytes()
    scratch = Scratch(ROOT, tmp_path)
    scratch.write("data/plans.csv", b"")
    assert (ROOT / "data" / "plans.csv").read_bytes() == before
    scratch.restore()
    assert scratch.read("data/plans.csv") == before
