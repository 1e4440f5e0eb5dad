"""An indicator of which so much more is to be: 可再生能源建筑应用面积新增500万平方米, 重点工程减排量完成1.6万吨."""

from pipelines.reading.context import NumberContext
from pipelines.reading.forms.form import Decision, Example
from pipelines.reading.forms.related import named, related

NAME = "adds"
EXAMPLES = (
    Example(
        "可再生能源建筑应用面积新增500万平方米", "可再生能源建筑应用面积", 5e6, "square-metre", "=", "add"
    ),
    Example("重点工程减排量完成1.6万吨", "重点工程减排量", 16000, "tonne", "=", "add"),
)
COUNTER_EXAMPLES = (("新增可再生能源建筑应用面积500万平方米", "after-object"),)
# Forms tried before this one, each with a line that it reads otherwise
FOLLOWS = {
    "past": "第二轮中央生态环境保护督察反馈问题已完成13项",
}


def read(number: NumberContext) -> Decision:
    """indicator + 新增, 完成 … + number."""
    relation = number.relation
    if relation is None or relation.change != "add" or not (at := named(number)):
        return None
    return related(number, at)
