"""An indicator is to come to a number, or stay at it: 煤炭消费比重降至40%以下, 提高到不低于57%, 占比为20%."""

from pipelines.reading.context import NumberContext
from pipelines.reading.forms.form import Decision, Example
from pipelines.reading.forms.related import named, related

NAME = "reaches"
EXAMPLES = (
    Example(
        "全市煤炭占能源消费总量的比重下降至30%以内", "煤炭占能源消费总量的比重", 30, "percent", "<=", "level"
    ),
    Example("重点工程减排量达到1.6万吨", "重点工程减排量", 16000, "tonne", "=", "level"),
    Example(
        "开展自愿性清洁化诊断企业累计达到800家", "自愿性清洁化诊断企业", 800, "establishment", "=", "level"
    ),
    Example("功率半导体产能达到15万片/月", "功率半导体产能", 150000, "stretch-per-month", "=", "level"),
    Example(
        "工业用地产出强度提升至85亿元/平方公里",
        "工业用地产出强度",
        8.5e9,
        "yuan-per-square-kilometre",
        "=",
        "level",
    ),
    Example("森林覆盖率提高到不低于57%", "森林覆盖率", 57, "percent", ">=", "level"),
)
COUNTER_EXAMPLES = (("森林覆盖率提高57%", "moves"), ("森林覆盖率提高到57%开外", "left-over"))
# Forms tried before this one, each with a line that it reads otherwise
FOLLOWS = {
    "lasts": "建设期为3到5年",
    "of-part": "城市污泥无害化处置率达100%、县级城市达70%",
}


def read(number: NumberContext) -> Decision:
    """indicator + 达到, 降至 … + number."""
    relation = number.relation
    if relation is None or relation.change != "level" or not relation.changed or not (at := named(number)):
        return None
    return related(number, at)
