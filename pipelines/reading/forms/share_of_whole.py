"""A share of a whole that stands between relation and number: 新能源汽车新车销售量达到汽车新车销售总量的20%以上. Without an indicator it is that of
the number before it: 可再生能源装机达到523万千瓦，占总装机规模的48%."""

from dataclasses import replace

from pipelines.reading.context import NumberContext
from pipelines.reading.forms.form import Decision, Example, committed

NAME = "share-of-whole"
EXAMPLES = (
    Example(
        "新能源汽车新车销售量达到汽车新车销售总量的20%以上",
        "新能源汽车新车销售量",
        20,
        "percent",
        ">=",
        "level",
    ),
    Example(
        "可再生能源和绿电使用比例不低于用电量的50%", "可再生能源和绿电使用比例", 50, "percent", ">=", "level"
    ),
    Example("可再生能源装机达到523万千瓦，占总装机规模的48%", "可再生能源装机", 48, "percent", "=", "level"),
)
COUNTER_EXAMPLES = (("非化石能源占能源消费总量的比重达到20%", "reaches"),)
# Forms tried before this one, each with a line that it reads otherwise
FOLLOWS = {
    "granted": "建设投资不少于项目总投资的50%",
    "forbidden": "抵销比例不得超过应清缴碳排放配额的5%",
}


def read(number: NumberContext) -> Decision:
    """indicator + relation + whole + 的 + share."""
    match = number.grammar.share_of.match(number.left) if number.is_ratio and not number.is_open else None
    if match is None:
        return None
    at = number.span_of(match["indicator"])
    if not at.indicator:
        if not number.done or not number.follows:
            return None
        at = replace(at, indicator=number.done[-1].indicator)
    relation = number.relation_of(match["relation"])
    change = relation.change if relation.change != "add" else "level"
    if number.quantity.comparator:
        return committed(number, at, change, relation.changed)
    return committed(
        number, at, change, relation.changed, comparator=relation.comparator, bound=relation.bound
    )
