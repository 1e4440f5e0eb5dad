"""A part of what was measured before, and what it is to come to: 绿色建筑比例达到40%，其中济南、青岛2市达到50%;
新建数据中心电能利用效率降到1.3以下，国家枢纽节点进一步降到1.25以下."""

from dataclasses import replace

from pipelines.reading.context import NumberContext
from pipelines.reading.forms.form import Decision, Example
from pipelines.reading.forms.related import named, related

NAME = "of-part"
EXAMPLES = (
    Example("绿色建筑比例达到40%，其中济南、青岛2市达到50%", "绿色建筑比例", 50, "percent", "=", "level"),
    Example(
        "新建数据中心平均电能利用效率降到1.3以下，国家枢纽节点进一步降到1.25以下",
        "新建数据中心平均电能利用效率",
        1.25,
        "",
        "<=",
        "level",
    ),
)
COUNTER_EXAMPLES = (("绿色建筑比例达到40%，其中济南绿色建筑比例达到50%", "reaches"),)


def read(number: NumberContext) -> Decision:
    """part + relation + number, behind a number of the whole."""
    if not number.done or number.is_amount or number.relation is None or not (at := named(number)):
        return None
    whole, grammar = number.done[-1], number.grammar
    among = number.last is not None and "其中" in number.left and bool(grammar.place_end.search(at.indicator))
    same = whole.quantity.unit == number.quantity.unit and grammar.metric.search(whole.indicator)
    beside = (number.follows or number.last is not None) and same and grammar.part.fullmatch(at.indicator)
    if not among and not beside:
        return None
    return related(number, replace(at, indicator=whole.indicator, scope=at.indicator))
