"""The cells of a table's body gathered by rows, in the order of the text: where each row begins and what its cells are.

A row is an indicator, perhaps its unit, the values of its columns, and an attribute before or behind them. Its end is the attribute if that
stands last, else the next row's number or its first words.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from pipelines.document.cells import INTEGER, Cell, CellForms, is_open

DIGITS = re.compile(r"\d+")
# 较2015年|下降20%左右, 稳定保持在|70%以上: a value over two cells
TO_BE_BOUND = re.compile(r"[较比]20\d\d年?(?P<change>.{0,4})$|[在至到于过]$")
LONE_DIGIT = re.compile(r"\d|[\[［]\d[\]］]")
# （一）环境治理, 二、应对气候变化
GROUP_LABEL = re.compile(r"（?[一二三四五六七八九十]{1,3}[）、]")
BRACKET_AT_END = re.compile(r"（([^（）]{1,12})）[*＊※☆]*$")
NARROW = 6  # characters on a line of a group's cell
NOTHING = Cell(0, 0, "", "")  # behind the last cell
LATEST = 2  # by which a row's number may be later than is due


@dataclass(frozen=True, slots=True)
class Layout:
    """What the heading says of the rows: how many value columns, which others; `duties`: how the names of those responsible end."""

    width: int
    has_ordinals: bool = False
    has_units: bool = False
    has_groups: bool = False
    duties: tuple[str, ...] = ()


@dataclass(slots=True)
class OpenRow:
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


class _Gatherer:
    """Puts cells, taken in the order of the text, together into rows."""

    def __init__(self, layout: Layout, forms: CellForms, *, is_last: bool) -> None:
        self.layout, self.forms, self.is_last = layout, forms, is_last
        self.closed: list[OpenRow] = []
        self.row = OpenRow()
        self.due = 0

    @property
    def is_full(self) -> bool:
        return len(self.row.values) >= self.layout.width

    def take(self, cell: Cell, following: Cell) -> None:
        """Takes the next cell; `following` is the one behind it."""
        if self.row.attribute is not None and self.is_last:
            names = "".join(name.string for name in self.row.duty)
            if cell.kind == "text" and self.layout.duties and not names.endswith(self.layout.duties):
                self.row.duty.append(cell)  # those responsible, behind the attribute
                return
            self.close()
        if self._goes_inside(cell):
            return
        number = self._number(cell, following)
        is_sure = cell.kind == "number" or (self.layout.has_ordinals and following.kind == "text")
        if number and (not self.row.values or self.is_full or is_sure):
            self._open_numbered(cell, number)
        elif cell.kind == "attribute":
            if self.row.label or self.row.values:  # else it is printed apart from its row
                self.row.attribute = cell
        elif cell.kind in ("value", "dash"):
            self._value(cell)
        elif cell.kind == "number":
            if self.row.values:
                self.close()
            self.row.label.append(cell)
        elif not self.row.values:
            self._word_of_indicator(cell)
        else:
            self._word_of_value(cell, following)

    def close(self) -> None:
        """Closes the row."""
        self.closed.append(self.row)
        self.row = OpenRow()

    def _goes_inside(self, cell: Cell) -> bool:
        """Adds a cell to the one before it where that is not whole: its bracket is open, it is to be bound, or this is but a mark."""
        row = self.row
        if row.values:
            last = row.values[-1]
            # 878.43|（新增150）
            is_remark = self.is_full and cell.kind == "value" and cell.string.startswith("（")
            is_part = cell.kind == "mark" or is_remark or is_open(last.string)
            if is_part or _is_to_be_bound(last, cell, self.forms):
                row.values[-1] = last.joined(cell)
                return True
        elif row.label and cell.kind == "mark":
            row.label[-1] = row.label[-1].joined(cell)
        elif row.label and is_open(row.words):
            row.label.append(cell)
            return True
        return cell.kind == "mark"

    def _number(self, cell: Cell, following: Cell) -> int | None:
        """The number of the row that a cell opens, if it is the one that is due, or, where a row must begin, one soon after it."""
        layout, due = self.layout, self.due
        if cell.kind == "number":
            number = int(DIGITS.findall(cell.string)[0])
            is_first = number == 1 or layout.has_ordinals or len(cell.string) > len(str(number))
            return number if (is_first and not due) or due <= number <= due + LATEST else None
        if not INTEGER.fullmatch(cell.string):
            return None
        number = int(cell.string)
        opens = following.kind in ("text", "aim", "mark")
        if self.row.values and self.is_last and not opens:
            return None  # a value, or the number of a note
        if not layout.has_ordinals and any(len(part.string) > NARROW for part in self.row.label):
            return None  # 重点建设用地安全利用|1: a note
        if not due:
            return number if number == 1 or (layout.has_ordinals and opens and not self.row.values) else None
        if following.kind and cell.string + following.string == str(due):
            return due
        is_late = not self.row.values and opens and due < number <= due + LATEST
        return number if number == due or is_late else None

    def _open_numbered(self, cell: Cell, number: int) -> None:
        """Opens the row of a number; what stands before it is the cell of its group."""
        is_whole = self.row.unit is not None and self.row.label and self.row.ordinal is not None
        if self.row.values or is_whole:
            self.close()
        group = [*self.row.group, *self.row.label]
        self.row = OpenRow(ordinal=cell, group=[*group, self.row.unit] if self.row.unit else group)
        self.due = number + 1

    def _value(self, cell: Cell) -> None:
        row = self.row
        if row.label and cell.kind == "dash" and self.layout.has_units and not row.unit and not row.values:
            row.unit = cell
        elif row.label or row.unit:
            row.values.append(cell)

    def _word_of_indicator(self, cell: Cell) -> None:
        """Words before the values: of the indicator, its unit, or a first value that is no number."""
        row = self.row
        if cell.kind == "unit" and self.layout.has_units and row.unit is None:
            row.unit = cell
        elif cell.kind == "aim" and row.label and _is_whole(row):
            row.values.append(cell)
        elif row.unit is not None and row.unit.kind == "unit":
            row.unit = row.unit.joined(cell)
        else:
            row.label.append(cell)

    def _word_of_value(self, cell: Cell, following: Cell) -> None:
        """Words behind a value: they go on with it, are the next value, or open the next row."""
        values = self.row.values
        if self.is_full and self.is_last and cell.kind == "aim" and (mark := footnote(values)) is not None:
            values.remove(mark)
        if self._opens_row(cell, following):
            self.close()
            self.row.label.append(cell)
        elif self._goes_on(cell):
            kind = values[-1].kind if cell.string.startswith("（") else "aim"
            values[-1] = values[-1].joined(cell, kind)
        elif not self.is_full:
            values.append(replace(cell, kind="aim"))
        else:
            self.close()
            self.row.label.append(cell)

    def _opens_row(self, cell: Cell, following: Cell) -> bool:
        """Whether words behind a value are an indicator: a unit stands in them or behind them, or they head a group."""
        if GROUP_LABEL.match(cell.string):
            return True
        has_unit = self.layout.has_units and following.kind == "unit"
        return cell.kind == "text" and (has_unit or ends_with_unit([cell], self.forms))

    def _goes_on(self, cell: Cell) -> bool:
        """Whether words go on with the value before them: 完成国家|下达任务; 100|（2个断面）."""
        last = self.row.values[-1]
        if cell.string.startswith("（") or last.string.endswith("、"):
            return True
        if last.kind != "aim" or (cell.kind == "aim" and not self.is_full):
            return False
        return self.is_last or not self.forms.whole_aim.fullmatch(last.string)


def gathered(found: Sequence[Cell], layout: Layout, forms: CellForms, *, is_last: bool) -> list[OpenRow]:
    """The cells by rows."""
    gatherer = _Gatherer(layout, forms, is_last=is_last)
    for index, cell in enumerate(found):
        gatherer.take(cell, found[index + 1] if index + 1 < len(found) else NOTHING)
    if gatherer.row.values:
        gatherer.close()
    return gatherer.closed


def attribute_is_last(found: Sequence[Cell]) -> bool:
    """Whether attributes stand behind the values: in a third of the rows or more, right behind a number."""
    before = [one.kind for one, other in pairwise(found) if other.kind == "attribute"]
    return bool(before) and sum(kind in ("value", "dash", "aim") for kind in before) * 3 >= len(before)


def _is_to_be_bound(last: Cell, cell: Cell, forms: CellForms) -> bool:
    """Whether a number goes on with the words before it."""
    match = TO_BE_BOUND.search(last.string) if last.kind == "aim" and cell.kind != "attribute" else None
    return match is not None and (not match["change"] or forms.measure.search(match["change"]) is not None)


def _is_whole(row: OpenRow) -> bool:
    """Whether the indicator so far can be the whole: its unit stands, or its words are many."""
    return row.unit is not None or bool(BRACKET_AT_END.search(row.words)) or len(row.words) > NARROW


def footnote(values: Sequence[Cell | None]) -> Cell | None:
    """The first value that is but the number of a note, behind the indicator or a dash: 重点建设用地安全利用|1|—|有效保障; or the only
    one that can be: 9.91|3."""
    can_be = [value for value in values if value is not None and (LONE_DIGIT.fullmatch(value.string))]
    before = "text"
    for value in values:
        if before in ("text", "dash") and value in can_be:
            return value
        before = value.kind if value is not None else "text"
    return can_be[0] if len(can_be) == 1 else None


def ends_with_unit(label: Sequence[Cell], forms: CellForms) -> bool:
    """Whether cells end with a unit in brackets: 排放总量减少（万吨）."""
    match = BRACKET_AT_END.search("".join(cell.string for cell in label))
    return match is not None and forms.unit.fullmatch(match[1]) is not None
