"""A noun and its number in an enumeration whose first has the verb: 实施人工造林1万亩、退化林修复20万亩. A grade alone (国家级绿色工厂5家、
省级10家) grades what was named before it."""

from dataclasses import replace

from pipelines.reading.context import NumberContext
from pipelines.reading.forms.form import Decision, Example, committed
from pipelines.reading.indicators import graded

NAME = "enumerated"
EXAMPLES = (
    Example("实施人工造林1万亩、退化林修复20万亩", "退化林修复", 200000, "mu", "=", "add"),
    Example("实施森林经营5000万亩，其中：低产林改造1000万亩", "低产林改造", 10000000, "mu", "=", "add"),
    Example("创建国家级绿色工厂5家、省级10家", "省级绿色工厂", 10, "establishment", "=", "add"),
)
COUNTER_EXAMPLES = (("新建绿道100公里，口袋公园20个", "continued"),)
# Forms tried before this one, each with a line that it reads otherwise
FOLLOWS = {
    "again": "建设高标准农田25万亩，其中新建8万亩",
    "adds": "我市既有建筑绿色化改造面积新增500万平方米，其中，主城都市区完成400万平方米",
    "after-object": "共修复海岸线长度约7.4公里、种植珊瑚6350株",
}


def read(number: NumberContext) -> Decision:
    """、 + noun + number."""
    at, last = number.span, number.last
    if last is None or not at.indicator or not number.is_counted or number.is_open:
        return None
    at = replace(at, indicator=graded(at.indicator, last.indicator))
    return committed(number, at, last.change, last.change_as_written)
