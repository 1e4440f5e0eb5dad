"""A part and its share behind that of the whole: 绿色出行比例达到75%，其中中心城区80%以上."""

from dataclasses import replace

from pipelines.reading.context import NumberContext
from pipelines.reading.forms.form import Decision, Example, committed

NAME = "part-of"
EXAMPLES = (
    Example("绿色出行比例达到75%，其中中心城区80%以上", "绿色出行比例", 80, "percent", ">=", "level"),
)
COUNTER_EXAMPLES = (("绿色出行比例达到75%，其中中心城区绿色出行比例80%以上", "after-metric"),)


def read(number: NumberContext) -> Decision:
    """其中 + part + share."""
    last = number.last
    if last is None or number.relation or not number.is_ratio or number.right:
        return None
    if last.quantity.unit != number.quantity.unit:
        return None
    at = replace(number.span, indicator=last.indicator, scope=number.span.indicator.removeprefix("其中"))
    return committed(number, at, last.change, last.change_as_written)
