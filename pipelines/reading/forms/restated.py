"""The same amount in another unit, in a bracket behind the number, is no second promise: 完成退化林修复20万公顷（300万亩）."""

from math import isclose

from pipelines.reading.context import NumberContext

NAME = "restated"
EXAMPLES = ("完成退化林修复20万公顷（300万亩）",)
COUNTER_EXAMPLES = (("建设高标准农田25万亩（其中新建8万亩）", "again"),)

ROUNDED = 0.05  # how far the two may be apart
BETWEEN = ("（", "（约", "（合", "（约合", "（折合")


def read(number: NumberContext) -> str | None:
    """A number that only a bracket parts from the one before it, of the same size in another unit."""
    last = number.done[-1].quantity if number.done else None
    if last is None or number.string[last.end : number.quantity.start] not in BETWEEN:
        return None
    units = number.grammar.vocabulary.unit_ids
    unit, own = units.get(last.unit), units.get(number.quantity.unit)
    if unit is None or own is None or unit == own or unit.dimension != own.dimension:
        return None
    size, again = last.value * (unit.factor or 0), number.quantity.value * (own.factor or 0)
    return "count" if size and isclose(size, again, rel_tol=ROUNDED) else None
