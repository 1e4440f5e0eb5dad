"""The cells of a table's body put together into rows, by the order in which a table's columns are read.

A row is an indicator, perhaps its unit, the values of its columns, and an attribute before or behind them. Its end is the attribute if that
stands last, else the next row's number or its first words:

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

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from pipelines.document.cells import INTEGER, Cell, CellForms, is_open

DIGITS = re.compile(r"\d+")
# 较2015年|下降20%左右, 稳定保持在|70%以上: a value over two cells
TO_BE_BOUND = re.compile(r"(?:[较比]20\d\d年?(?:下降|降低|减少|增长|提高)?|[在至到于过])$")
BARE_BRACKET = re.compile(r"[\[［]\d[\]］]")
# （一）环境治理, 二、应对气候变化
GROUP_LABEL = re.compile(r"（?[一二三四五六七八九十]{1,3}[）、]")
BRACKET_AT_END = re.compile(r"（([^（）]{1,12})）[*＊※☆]*$")
NARROW, NARROWER = (
    6,
    4,
)  # characters on a line of a group's cell, where the heading has such a column and where not
WIDE_ENOUGH = 2  # characters by which the first line of an indicator is longer
LONGEST_PART = 14  # characters of what names a part of what the row above measures
LATEST = 2  # by which a row's number may be later than is due


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


@dataclass(slots=True)
class _Open:
    """A row while its cells are gathered."""

    ordinal: Cell | None = None
    group: list[Cell] = field(default_factory=list)
    label: list[Cell] = field(default_factory=list)
    unit: Cell | None = None
    values: list[Cell] = field(default_factory=list)
    attribute: Cell | None = None
    duty: list[Cell] = field(default_factory=list)
    whole: list[Cell] = field(default_factory=list)

    @property
    def words(self) -> str:
        return "".join(cell.string for cell in self.label)


@dataclass(frozen=True, slots=True)
class Layout:
    """What the heading says of the rows: how many value columns, which others; `duties`: how the names of those responsible end."""

    width: int
    has_ordinals: bool = False
    has_units: bool = False
    has_groups: bool = False
    duties: tuple[str, ...] = ()


def rows(
    found: Sequence[Cell], layout: Layout, forms: CellForms, gaps: frozenset[int] = frozenset()
) -> list[Row]:
    """The rows of a body of cells. gaps: where cells begin that an empty line precedes."""
    is_last = attribute_is_last(found)
    gathered = _with_wholes(list(_gathered(found, layout, forms, is_last)), forms)
    closed: list[Row] = []
    for row in gathered:
        closed.append(_closed(row, layout, forms, gaps, closed[-1] if closed else None))
    kept = list(_with_parents(_regrouped(closed)))
    while is_last and kept and kept[-1].attribute is None and _is_doubtful(kept[-1]):
        kept.pop()
    return kept


def _is_doubtful(row: Row) -> bool:
    """Whether a row behind the last attribute is none: not all of its cells are numbers."""
    return not row.values or any(value is None or value.kind == "aim" for value in row.values)


def _gathered(found: Sequence[Cell], layout: Layout, forms: CellForms, is_last: bool) -> Iterator[_Open]:
    """The cells by rows."""
    row, due = _Open(), 0
    for index, cell in enumerate(found):
        following = found[index + 1] if index + 1 < len(found) else None
        if row.attribute is not None and is_last:
            # behind the attribute: those responsible, or the next row
            names = "".join(name.string for name in row.duty)
            if cell.kind == "text" and layout.duties and not names.endswith(layout.duties):
                row.duty.append(cell)
                continue
            yield row
            row = _Open()
        number = _ordinal(row, cell, following, due, layout, is_last)
        is_full = len(row.values) >= layout.width
        if is_full and is_last and cell.kind == "aim" and (mark := _footnote(row.values)) is not None:
            row.values.remove(mark)
            is_full = False
        if cell.kind == "mark":
            if row.values:
                row.values[-1] = row.values[-1].joined(cell)
            elif row.label:
                row.label[-1] = row.label[-1].joined(cell)
        elif row.label and not row.values and is_open(row.words):
            row.label.append(cell)
        elif row.values and (is_open(row.values[-1].string) or _is_to_be_bound(row.values[-1], cell)):
            row.values[-1] = row.values[-1].joined(cell)
        elif cell.kind == "attribute":
            if row.label or row.values:  # else it is printed apart from its row
                row.attribute = cell
        elif number and (not row.values or is_full or cell.kind == "number"):
            if row.values or row.unit is not None and row.label and row.ordinal is not None:
                yield row
                row = _Open()
            row.group, row.label, row.ordinal, due = row.group + row.label, [], cell, number + 1
            row.group += [row.unit] if row.unit else []
            row.unit = None
        elif cell.kind == "number":
            if row.values:
                yield row
                row = _Open()
            row.label.append(cell)
        elif cell.kind in ("value", "dash"):
            if is_full and row.values and cell.string.startswith("（"):
                row.values[-1] = row.values[-1].joined(cell)  # 878.43|（新增150）
            elif row.label and cell.kind == "dash" and layout.has_units and not row.unit and not row.values:
                row.unit = cell
            elif row.label or row.unit:
                row.values.append(cell)
        elif cell.kind == "unit" and layout.has_units and row.unit is None and not row.values:
            row.unit = cell
        elif not row.values:
            if cell.kind == "aim" and row.label and _is_whole(row):
                row.values.append(cell)
            elif row.unit is not None and row.unit.kind == "unit":
                row.unit = row.unit.joined(cell)
            else:
                row.label.append(cell)
        elif _opens_row(cell, following, layout, forms):
            yield row
            row = _Open(label=[cell])
        elif _goes_on(row, cell, layout.width, forms, is_last):
            kind = row.values[-1].kind if cell.string.startswith("（") else "aim"
            row.values[-1] = row.values[-1].joined(cell, kind)
        elif not is_full:
            row.values.append(replace(cell, kind="aim"))
        else:
            yield row
            row = _Open(label=[cell])
    if row.values:
        yield row


def _is_to_be_bound(last: Cell, cell: Cell) -> bool:
    """Whether a number goes on with the words before it."""
    return last.kind == "aim" and TO_BE_BOUND.search(last.string) is not None and cell.kind != "attribute"


def _opens_row(cell: Cell, following: Cell | None, layout: Layout, forms: CellForms) -> bool:
    """Whether words behind a value are an indicator: a unit stands in them or behind them, or they head a group."""
    if GROUP_LABEL.match(cell.string):
        return True
    has_unit = layout.has_units and following is not None and following.kind == "unit"
    return cell.kind == "text" and (has_unit or _ends_with_unit([cell], forms))


def attribute_is_last(found: Sequence[Cell]) -> bool:
    """Whether attributes stand behind the values: in a third of the rows or more, right behind a number."""
    before = [one.kind for one, other in pairwise(found) if other.kind == "attribute"]
    return bool(before) and sum(kind in ("value", "dash", "aim") for kind in before) * 3 >= len(before)


def _ordinal(
    row: _Open, cell: Cell, following: Cell | None, due: int, layout: Layout, is_last: bool
) -> int | None:
    """The number of the row that a cell opens, if it is the one that is due, or, where a row must begin, one soon after it."""
    if cell.kind == "number":
        match = DIGITS.search(cell.string)
        number = int(match[0]) if match else 0
        is_first = not due and (number == 1 or layout.has_ordinals or len(cell.string) > len(str(number)))
        return number if is_first or due <= number <= due + LATEST and due else None
    if not INTEGER.fullmatch(cell.string):
        return None
    number = int(cell.string)
    opens = following is not None and following.kind in ("text", "aim", "mark")
    if row.values and is_last and not opens:
        return None  # a value, or the number of a note
    if not layout.has_ordinals and any(len(part.string) > NARROW for part in row.label):
        return None  # 重点建设用地安全利用|1: a note
    if not due:
        return number if number == 1 or (layout.has_ordinals and opens and not row.values) else None
    if following is not None and cell.string + following.string == str(due):
        return due
    is_late = not row.values and opens and due < number <= due + LATEST
    return number if number == due or is_late else None


def _is_whole(row: _Open) -> bool:
    """Whether the indicator so far can be the whole: its unit stands, or its words are many."""
    return row.unit is not None or bool(BRACKET_AT_END.search(row.words)) or len(row.words) > NARROW


def _goes_on(row: _Open, cell: Cell, width: int, forms: CellForms, is_last: bool) -> bool:
    """Whether a cell of words goes on with the value before it: 完成国家|下达任务; 100|（2个断面）."""
    last = row.values[-1]
    if cell.string.startswith("（") or last.string.endswith("、"):
        return True
    if last.kind != "aim":
        return False
    if cell.kind == "aim" and len(row.values) < width:
        return False
    return is_last or not forms.whole_aim.fullmatch(last.string)


def _closed(row: _Open, layout: Layout, forms: CellForms, gaps: frozenset[int], above: Row | None) -> Row:
    """A row from its cells: values without the marks of notes, the group apart from the indicator."""
    values: list[Cell | None] = list(row.values)
    while len(values) > layout.width and (mark := _footnote(values)) is not None:
        values.remove(mark)
    if len(values) < layout.width:
        values = _with_empty(row, values, layout.width, gaps)
    group, label = list(row.group), list(row.label)
    if label and (row.ordinal is None or not group):
        narrow = _narrow(label, NARROW if layout.has_groups else NARROWER)
        group, label = group + label[:narrow], label[narrow:]
    ends = [place + 1 for place in range(len(label)) if _ends_with_unit(label[: place + 1], forms)]
    parent = ends[0] if ends and ends[0] < len(label) and not label[ends[0]].string.startswith("（") else 0
    if len(ends) > 1 and ends[0] < len(label):
        values = []  # several indicators before their values
    whole = _one(row.whole) if row.whole else _one(label[:parent]) if parent else None
    if not label[parent:]:
        assert above is not None  # 煤炭消费量及比重|万吨|…, then %|…
        label, parent = [above.label], 0
    cells = [*label, *(value for value in values if value)]
    cells += [cell for cell in (row.unit, row.attribute) if cell]
    return Row(
        start=label[0].start,
        end=max(cell.end for cell in cells),
        label=_one(label[parent:]),
        values=tuple(values),
        ordinal=row.ordinal,
        group=_one(group) if group else None,
        parent=whole,
        unit=row.unit if row.unit and row.unit.kind == "unit" else None,
        attribute=row.attribute,
        duty=_one(row.duty) if row.duty else None,
    )


def _one(cells: Sequence[Cell]) -> Cell:
    return Cell(cells[0].start, cells[-1].end, "".join(cell.string for cell in cells))


def _footnote(values: Sequence[Cell | None]) -> Cell | None:
    """The first value that is but the number of a note, behind the indicator or a dash: 重点建设用地安全利用|1|—|有效保障; or the only
    one that can be: 9.91|3."""
    can_be = [
        value
        for value in values
        if value is not None
        and (
            BARE_BRACKET.fullmatch(value.string) or INTEGER.fullmatch(value.string) and len(value.string) == 1
        )
    ]
    before = "text"
    for value in values:
        if before in ("text", "dash") and value in can_be:
            return value
        before = value.kind if value is not None else "text"
    return can_be[0] if len(can_be) == 1 else None


def _with_empty(row: _Open, values: list[Cell | None], width: int, gaps: frozenset[int]) -> list[Cell | None]:
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
    widest = max((len(cell.string) for cell in label[:count]), default=0)
    while count and len(label[count].string) < max(widest + WIDE_ENOUGH, NARROW):
        count -= 1
        widest = max((len(cell.string) for cell in label[:count]), default=0)
    if GROUP_LABEL.match(label[0].string) and count == 0 and len(label) > 1:
        return 1
    return count


def _ends_with_unit(label: Sequence[Cell], forms: CellForms) -> bool:
    match = BRACKET_AT_END.search("".join(cell.string for cell in label))
    return match is not None and forms.unit.fullmatch(match[1]) is not None


def _regrouped(found: list[Row]) -> Iterator[Row]:
    """The rows, with what was taken for a group given back where the rest alone does not tell it from its neighbour:
    氮氧化物|重点工程减排量（吨）, 氨氮|重点工程减排量（吨）."""
    for index, row in enumerate(found):
        beside = found[max(0, index - 1) : index] + found[index + 1 : index + 2]
        is_split = (
            row.group is not None
            and row.group.end <= row.label.start
            and (row.ordinal is None or row.ordinal.start < row.group.start)
        )
        if (
            is_split
            and row.group is not None
            and any(row.label.string == other.label.string for other in beside)
        ):
            yield replace(row, start=row.group.start, label=row.group.joined(row.label), group=None)
        else:
            yield row


def _with_wholes(found: list[_Open], forms: CellForms) -> list[_Open]:
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
