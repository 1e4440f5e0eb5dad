"""Frames are made of the tables that they say they are made of: what runs after a change rests on that."""

import pytest

from pipelines.guard.frames import FRAMES, NEEDS_SEEDS, READS, Index, frame
from tests.guard.packages import guards, package

# Read only without the vocabulary of the code, and only for a kind of issue that these plans do not have.
SOMETIMES = {"targets": {"units"}, "issues": {"measures"}}


class Watched(Index):
    """An index that notes which tables it is asked for."""

    def __init__(self) -> None:
        super().__init__(package(), guards().lookups)
        self.seen: set[str] = set()

    def rows(self, table: str) -> list[dict[str, object]]:
        self.seen.add(table)
        return super().rows(table)


@pytest.mark.parametrize("table", FRAMES)
def test_a_frame_reads_the_tables_it_names(table: str) -> None:
    index = Watched()
    frame(package(), table, guards().lookups, index)
    assert index.seen <= set(READS[table])
    assert set(READS[table]) - index.seen - {table} <= SOMETIMES.get(table, set())


@pytest.mark.parametrize("table", FRAMES)
def test_every_column_that_a_suite_names_is_there_and_every_added_one_is_named(table: str) -> None:
    made = frame(package(), table, guards().lookups)
    named = {column for each in guards().suites[table].expectations for column in each.columns}
    assert named <= set(made.columns)
    assert NEEDS_SEEDS.get(table, frozenset()) <= set(made.columns)


@pytest.mark.parametrize("table", FRAMES)
def test_a_frame_of_an_empty_package_is_empty(table: str) -> None:
    empty = package().with_tables({name: each.iloc[:0] for name, each in package().frames.items()})
    assert len(frame(empty, table, guards().lookups)) == 0
