"""Gives wrong values for a cell: one small function for each way in which a value can be wrong."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import opencc

from pipelines.schema import Field

_traditional = opencc.OpenCC("s2t")


@dataclass(frozen=True, slots=True)
class Cell:
    """A value, its column, and the values of the column in the other rows, the nearest first."""

    value: object
    field: Field
    others: Sequence[object]


Operation = Callable[[Cell, str], Iterator[object]]


def blank(cell: Cell, _: str) -> Iterator[object]:
    """Nothing where a value stands."""
    if cell.value is not None:
        yield None


def invented(cell: Cell, argument: str) -> Iterator[object]:
    """What the argument says, or the value of another row, where none stands."""
    if cell.value is None:
        yield from [argument] if argument else [other for other in cell.others if other is not None][:1]


def of_another_row(cell: Cell, _: str) -> Iterator[object]:
    """The value of another row in place of its own."""
    if cell.value is not None:
        yield from [other for other in cell.others if other not in (None, cell.value)][:1]


def other_codes(cell: Cell, _: str) -> Iterator[object]:
    """Every other code that the column may hold."""
    if cell.value is not None:
        yield from (code for code in cell.field.enum if code != cell.value)


def replaced(_: Cell, argument: str) -> Iterator[object]:
    """What the argument says, whatever stood there."""
    yield argument


def altered(cell: Cell, _: str) -> Iterator[object]:
    """Another character in the middle."""
    if isinstance(cell.value, str) and cell.value:
        middle = len(cell.value) // 2
        other = "x" if cell.value[middle].isascii() else "甲"
        yield f"{cell.value[:middle]}{other}{cell.value[middle + 1 :]}"


def inserted(cell: Cell, argument: str) -> Iterator[object]:
    r"""`start X`, `middle X`, `end X`: a text put in there; `\u202e` and the like name characters that are not seen.

    >>> from pipelines.schema import load_schemas
    >>> cell = Cell("市财政局", load_schemas()["agencies"].fields[0], ())
    >>> list(inserted(cell, "middle 甲")), list(inserted(cell, r"end \u200b"))
    (['市财甲政局'], ['市财政局\u200b'])
    """
    if isinstance(cell.value, str) and cell.value:
        where, _, text = argument.partition(" ")
        text = text.encode("ascii", "backslashreplace").decode("unicode_escape")
        place = {"start": 0, "middle": len(cell.value) // 2, "end": len(cell.value)}[where]
        yield f"{cell.value[:place]}{text}{cell.value[place:]}"


def cut(cell: Cell, argument: str) -> Iterator[object]:
    """Less its `first` or its `last` character."""
    if isinstance(cell.value, str) and len(cell.value) > 1:
        yield cell.value[1:] if argument == "first" else cell.value[:-1]


def half_width(cell: Cell, _: str) -> Iterator[object]:
    """A half-width mark for a full-width one."""
    if isinstance(cell.value, str) and "，" in cell.value:
        yield cell.value.replace("，", ",", 1)


def traditional(cell: Cell, _: str) -> Iterator[object]:
    """In traditional characters."""
    if isinstance(cell.value, str) and (other := _traditional.convert(cell.value)) != cell.value:
        yield other


def off(cell: Cell, argument: str) -> Iterator[object]:
    """A number more or less; a date by as many years, months (`1m`) or days (`1d`)."""
    if isinstance(cell.value, bool) or cell.value is None:
        return
    if isinstance(cell.value, date):
        step, unit = int(argument.rstrip("md")), argument[-1]
        months = cell.value.year * 12 + cell.value.month - 1 + (step if unit == "m" else 0)
        year, month = divmod(months, 12)
        if unit == "d":
            yield date.fromordinal(cell.value.toordinal() + step)
        else:
            yield date(year + (step if unit.isdigit() else 0), month + 1, min(cell.value.day, 28))
    elif isinstance(cell.value, (int, float)) and argument[-1].isdigit():
        yield cell.value + int(argument)


def scaled(cell: Cell, argument: str) -> Iterator[object]:
    """A number as many times as large: 万 lost, a decimal point lost, the sign changed."""
    if isinstance(cell.value, (int, float)) and not isinstance(cell.value, bool) and cell.value:
        value = cell.value * float(argument)
        yield type(cell.value)(value)


def flipped(cell: Cell, _: str) -> Iterator[object]:
    """True for false."""
    if isinstance(cell.value, bool):
        yield not cell.value


OPERATIONS: Mapping[str, Operation] = {
    each.__name__: each
    for each in (
        blank, invented, of_another_row, other_codes, replaced, altered, inserted, cut, half_width, traditional, off,
        scaled, flipped,
    )
}  # fmt: skip
