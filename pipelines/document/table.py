"""A table of a document: its place, its heading, its rows and their cells, and how each row becomes a line."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, Literal, cast

from pipelines.document.cells import Cell
from pipelines.document.columns import Column
from pipelines.document.rows import Row
from pipelines.document.tasks import DUTIES, Task

LINE_BREAK = re.compile(r"\s*\n\s*")


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a document, at `[start, end)` of its text from the caption to the last row, the lines `[first, after)`.

    An indicator table has rows with values, a task table tasks with those responsible or deadlines.
    caption and unit (of all values) are None where none stands. heading: its words. notes, skipped: lines behind it, and those inside it
    that are none of its own (numbers of pages, the heading repeated).
    """

    kind: Literal["indicator", "task"]
    first: int
    after: int
    start: int
    end: int
    caption: Cell | None
    unit: Cell | None
    heading: tuple[Cell, ...]
    columns: tuple[Column, ...]
    rows: tuple[Row, ...] = ()
    tasks: tuple[Task, ...] = ()
    notes: tuple[Cell, ...] = ()
    skipped: tuple[Cell, ...] = ()

    @property
    def reach(self) -> int:
        """Where its notes end, or itself."""
        return self.notes[-1].end if self.notes else self.end

    def duties(self) -> Iterator[tuple[Cell, Column, int | None]]:
        """The cells of those responsible, each with its column and the number of its row."""
        columns = {column.kind: column for column in self.columns}
        for task in self.tasks:
            for kind, cell in task.duties:
                yield cell, columns[kind], int(task.ordinal.string)
        kind = next((kind for kind in DUTIES if kind in columns), "")
        for row in self.rows:
            if row.duty is not None:
                yield row.duty, columns[kind], None


def joins(table: Table, string: str) -> list[tuple[int, int, str]]:
    """The line breaks of a table that are not its rows': `[start, end)` of the text and what stands there instead.

    Nothing for one inside a cell, a blank for one between two cells of a row, so that each row stands on a line of its own.
    """
    opening = {cell.start for cell in table.heading[:1]}
    end = 0
    own: tuple[Row | Task, ...] = (*table.rows, *table.tasks)
    for row in own:
        if (first := min(cell.start for cell in _cells_in(row))) >= end:
            opening.add(first)  # else it goes on with the row above
        end = row.end
    found = []
    before: Cell | None = None
    for cell in sorted(_cells(table), key=lambda cell: cell.start):
        if before is not None and cell.start not in opening:
            found += [(*span, " ") for span in _breaks(string, before.end, cell.start)]
        found += [(*span, "") for span in _breaks(string, cell.start, cell.end)]
        before = cell if before is None or cell.end > before.end else before
    return sorted(set(found))


def inside_cell(table: Table, place: int) -> bool:
    """Whether a place of the text lies inside a cell, so that a blank there parts nothing."""
    return any(cell.start <= place < cell.end for cell in _cells(table))


def _breaks(string: str, start: int, end: int) -> list[tuple[int, int]]:
    return [match.span() for match in LINE_BREAK.finditer(string, start, end)]


def _cells(table: Table) -> list[Cell]:
    """All cells of a table: of its caption, its heading and its rows, each once."""
    of_rows = {cell.start: cell for cell in _cells_in((table.rows, table.tasks))}
    return [*_cells_in((table.caption, table.unit, table.heading)), *of_rows.values()]


def _cells_in(value: Any) -> Iterator[Cell]:
    """The cells of a row, a task or a part of one."""
    if isinstance(value, Cell):
        yield value
    elif isinstance(value, tuple):
        yield from (cell for each in value for cell in _cells_in(each))
    elif isinstance(value, Row | Task):
        yield from (cell for each in fields(value) for cell in _cells_in(getattr(value, each.name)))


def moved(table: Table, place: Callable[[int], int]) -> Table:
    """The same table in the places of a text of which parts were taken out."""
    return cast(Table, _moved(table, place))


def _moved(value: Any, place: Callable[[int], int]) -> Any:
    """A value with every `[start, end)` in it moved."""
    if isinstance(value, tuple):
        return tuple(_moved(each, place) for each in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    inner = {each.name: _moved(getattr(value, each.name), place) for each in fields(value)}
    if inner["end"]:
        inner |= {"start": place(inner["start"]), "end": place(inner["end"] - 1) + 1}
    return replace(value, **inner)
