"""A second number right behind the first, or behind its object, measures the same in another unit: 新建天然气长输管线7条300公里,
淘汰落后机组13台88.8万千瓦."""

from dataclasses import replace

from pipelines.reading.context import NumberContext
from pipelines.reading.forms.form import Decision, Example

NAME = "measured-too"
EXAMPLES = (
    Example("新建天然气长输管线7条300公里", "天然气长输管线", 300, "kilometre", "=", "add"),
    Example("淘汰落后机组13台88.8万千瓦", "淘汰落后机组", 888000, "kilowatt", "=", "add"),
)
COUNTER_EXAMPLES = (("建成50个标杆项目、10个近零碳园区", "repeated"),)
# Forms tried before this one, each with a line that it reads otherwise
FOLLOWS = {
    "parameter": "社区内设立1处以上节能灯发放点另加1分",
}


def read(number: NumberContext) -> Decision:
    """number + unit (+ object) + number + unit."""
    quantity = number.quantity
    last = number.done[-1] if number.done else None
    if last is None or not number.is_counted or number.is_open or number.relation:
        return None
    if quantity.start not in (last.end, last.quantity.end) or quantity.unit == last.quantity.unit:
        return None
    comparator, bound = quantity.comparator or "=", quantity.bound
    return [
        replace(last, quantity=quantity, end=quantity.end, comparator=comparator, comparator_as_written=bound)
    ]
