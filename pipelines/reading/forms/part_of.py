"""A part and its share behind that of the whole: 绿色出行比例达到75%，其中中心城区80%以上."""

from dataclasses import replace

from pipelines.reading.context import NumberContext
from pipelines.reading.forms.form import Decision, Example, committed

NAME = "part-of"
EXAMPLES = (
    Example("绿色出行比例达到75%，其中中心城区80%以上", "绿色出行比例", 80, "percent", ">=", "level"),
)
COUNTER_EXAMPLES = (("绿色出行比例达到75%，其中中心城区绿色出行比例80%以上", "after-metric"),)
# Forms tried before this one, each with a line that it reads otherwise
FOLLOWS = {
    "share-of-whole": "电力需求侧响应能力达到最大负荷的3%～5%，其中华东、华中、南方等地区达到最大负荷的5%左右",
    "repeated": "能效水平分别提升30%、20%",
    "after-metric": "设区市建成区面积25%、县级市建成区面积20%",
}


def read(number: NumberContext) -> Decision:
    """其中 + part + share."""
    last = number.last
    if last is None or number.relation or not number.is_ratio or number.right:
        return None
    if last.quantity.unit != number.quantity.unit:
        return None
    at = replace(number.span, indicator=last.indicator, scope=number.span.indicator.removeprefix("其中"))
    return committed(number, at, last.change, last.change_as_written)
