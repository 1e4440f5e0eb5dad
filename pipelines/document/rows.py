"""The rows of a table from the cells of its body: group and indicator apart, a value for each column, what a row is a part of.

>>> from pipelines.document.cells import cell_forms, cells
>>> from pipelines.vocabulary import load_vocabulary
>>> forms = cell_forms(load_vocabulary())
>>> lines = ["环境", "治理", "1", "细颗粒物（PM2.5）浓度（μg/m", "3）", "28", "27", "约束性", "2", "城市黑臭水体比例（%）", "-", "基本消", "除", "预期性"]
>>> found = [cell for place, line in enumerate(lines) for cell in cells(line, place * 20, forms)]
>>> for row in rows(found, Layout(2), forms):
...     print(row.group and row.group.string, row.label.string, [value and value.string for value in row.values])
环境治理 细颗粒物（PM2.5）浓度（μg/m3） ['28', '27']
None 城市黑臭水体比例（%） ['-', '基本消除']
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipelines.document.cells import Cell, CellForms, is_open, merged
from pipelines.document.gathering import (
    GROUP_LABEL,
    NARROW,
    Layout,
    OpenRow,
    attribute_is_last,
    ends_with_unit,
    footnote,
    gathered,
)

NARROWER = 4  # characters on a line of a group's cell where the heading has no column for it
BINDING = ("★", "☆")  # what a binding indicator may begin with
WIDE_ENOUGH = 2  # characters by which the first line of an indicator is longer
LONGEST_PART = 14  # characters of what names a part of what the row above measures


@dataclass(frozen=True, slots=True)
class Row:
    """A row: what is measured, of what part of it (the row above has the whole), in which unit, and a value for each column.

    A value is None where the cell is empty; `values` has fewer entries than the table has columns where cells are merged and it cannot be
    said which. `[start, end)` runs from the indicator to the last cell. duty names those responsible.
    """

    start: int
    end: int
    label: Cell
    values: tuple[Cell | None, ...]
    ordinal: Cell | None = None
    group: Cell | None = None
    parent: Cell | None = None
    unit: Cell | None = None
    attribute: Cell | None = None
    duty: Cell | None = None


def rows(
    found: Sequence[Cell], layout: Layout, forms: CellForms, gaps: frozenset[int] = frozenset()
) -> list[Row]:
    """The rows of a body of cells. gaps: where cells begin that an empty line precedes."""
    is_last = attribute_is_last(found)
    closed: list[Row] = []
    for row in _with_wholes(gathered(found, layout, forms, is_last=is_last), forms):
        closed.append(_closed(row, layout, forms, gaps, closed[-1] if closed else None))
    kept = list(_with_parents(_regrouped(closed)))
    while is_last and kept and kept[-1].attribute is None and _is_doubtful(kept[-1], layout.width):
        kept.pop()
    return kept


def _is_doubtful(row: Row, width: int) -> bool:
    """Whether a row behind the last attribute is none: a cell is missing or is no number."""
    return len(row.values) != width or any(value is None or value.kind == "aim" for value in row.values)


def _closed(row: OpenRow, layout: Layout, forms: CellForms, gaps: frozenset[int], above: Row | None) -> Row:
    """A row from its cells: values without the marks of notes, the group apart from the indicator."""
    values: list[Cell | None] = list(row.values)
    while len(values) > layout.width and (mark := footnote(values)) is not None:
        values.remove(mark)
    if len(values) < layout.width:
        values = _with_empty(row, values, layout.width, gaps)
    group, label = list(row.group), list(row.label)
    if label and (row.ordinal is None or not group):
        narrow = _narrow(label, NARROW if layout.has_groups else NARROWER)
        group, label = group + label[:narrow], label[narrow:]
    ends = [place + 1 for place in range(len(label)) if ends_with_unit(label[: place + 1], forms)]
    parent = ends[0] if ends and ends[0] < len(label) and not label[ends[0]].string.startswith("（") else 0
    if len(ends) > 1 and ends[0] < len(label):
        values = []  # several indicators before their values
    whole = merged(row.whole) if row.whole else merged(label[:parent]) if parent else None
    if not label[parent:]:
        assert above is not None  # 煤炭消费量及比重|万吨|…, then %|…
        label, parent = [above.label], 0
    cells = [*label, *(value for value in values if value)]
    cells += [cell for cell in (row.unit, row.attribute) if cell]
    return Row(
        start=label[0].start,
        end=max(cell.end for cell in cells),
        label=merged(label[parent:]),
        values=tuple(values),
        ordinal=row.ordinal,
        group=merged(group) if group else None,
        parent=whole,
        unit=row.unit if row.unit and row.unit.kind == "unit" else None,
        attribute=row.attribute,
        duty=merged(row.duty) if row.duty else None,
    )


def _with_empty(
    row: OpenRow, values: list[Cell | None], width: int, gaps: frozenset[int]
) -> list[Cell | None]:
    """The values with None where empty lines stand for empty cells, if there are as many as are missing."""
    filled: list[Cell | None] = []
    for value in values:
        filled += [None] * (value is not None and value.start in gaps)
        filled.append(value)
    if row.attribute is not None and row.attribute.start in gaps:
        filled.append(None)
    return filled if len(filled) == width else values


def _narrow(label: Sequence[Cell], most: int) -> int:
    """How many of the lines of an indicator are the narrow lines of a group's cell: 应对|气候|变化|单位GDP二氧化碳排放降低."""
    count = 0
    while count < len(label) - 1 and len(label[count].string) <= most and not is_open(label[count].string):
        count += 1
        if label[count].string.startswith(BINDING):
            return count
    widest = max((len(cell.string) for cell in label[:count]), default=0)
    while count and len(label[count].string) < max(widest + WIDE_ENOUGH, NARROW):
        count -= 1
        widest = max((len(cell.string) for cell in label[:count]), default=0)
    if GROUP_LABEL.match(label[0].string) and count == 0 and len(label) > 1:
        return 1
    return count


def _regrouped(found: list[Row]) -> Iterator[Row]:
    """The rows, with what was taken for a group given back where the rest alone does not tell it from its neighbour:
    氮氧化物|重点工程减排量（吨）, 氨氮|重点工程减排量（吨）."""
    for index, row in enumerate(found):
        beside = found[max(0, index - 1) : index] + found[index + 1 : index + 2]
        # 煤炭消费量及比重 has two rows
        is_alike = any(
            row.label.string == other.label.string and row.label.start != other.label.start
            for other in beside
        )
        group = row.group
        is_beside = group and group.end <= row.label.start
        if is_alike and group and is_beside and (row.ordinal is None or row.ordinal.start < group.start):
            row = replace(row, start=group.start, label=group.joined(row.label), group=None)
        yield row


def _with_wholes(found: list[OpenRow], forms: CellForms) -> list[OpenRow]:
    """The rows, with what a numbered one and those without numbers under it are parts of, where no unit in brackets says where that ends:
    重点工程减排量|挥发性有机物减排量, then 氮氧化物减排量."""
    for row, following in pairwise(found):
        is_whole = row.ordinal is None or following.ordinal is not None or following.group
        if is_whole or any("（" in cell.string for cell in row.label):
            continue
        for place in range(1, len(row.label)):
            if forms.measure.search("".join(cell.string for cell in row.label[:place])):
                row.whole, row.label = row.label[:place], row.label[place:]
                break
    return found


def _with_parents(found: Iterator[Row]) -> Iterator[Row]:
    """The rows, each that goes on with the numbered one above it (no number of its own, a part of what that measures) with its whole."""
    parent = None
    for row in found:
        if row.ordinal is not None or row.group is not None:
            parent = row.parent if row.ordinal is not None else None
        elif parent is not None and row.parent is None and len(row.label.string) <= LONGEST_PART:
            row = replace(row, parent=parent)
        yield row
