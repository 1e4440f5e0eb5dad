"""An indicator is to rise or fall by a number: 单位增加值能耗降低14.5%以上, 能源消费比重比2020年提高4个百分点."""

from pipelines.reading.context import NumberContext
from pipelines.reading.forms.form import Decision, Example
from pipelines.reading.forms.related import named, related

NAME = "moves"
EXAMPLES = (
    Example(
        "规模以上工业单位增加值能耗降低14.5%以上",
        "规模以上工业单位增加值能耗",
        14.5,
        "percent",
        ">=",
        "decrease",
    ),
    Example(
        "空气质量优良天数比例较2020年提高10个百分点",
        "空气质量优良天数比例",
        10,
        "percentage-point",
        "=",
        "increase",
    ),
)
COUNTER_EXAMPLES = (("规模以上工业单位增加值能耗降低到14.5%", "reaches"),)
# Forms tried before this one, each with a line that it reads otherwise
FOLLOWS = {
    "lasts": "较“十二五”末期增加了41天",
    "of-part": "市南区、市北区、李沧区、崂山区单位地区生产总值二氧化碳排放相对2020年降低20.5%，平度市、莱西市降低21.5%",
}


def read(number: NumberContext) -> Decision:
    """indicator + 下降, 提高 … + number."""
    relation = number.relation
    if relation is None or relation.change not in ("increase", "decrease") or not (at := named(number)):
        return None
    return related(number, at)
