"""An indicator and a bound: PM2.5年均浓度优于33微克/立方米, 清洁取暖率不低于80%."""

from pipelines.reading.context import NumberContext
from pipelines.reading.forms.form import Decision, Example
from pipelines.reading.forms.related import named, related

NAME = "bounded"
EXAMPLES = (
    Example(
        "PM2.5年均浓度优于33微克/立方米", "PM2.5年均浓度", 33, "microgram-per-cubic-metre", "<=", "level"
    ),
    Example("港口新改建岸电泊位超过250个", "港口新改建岸电泊位", 250, "thing", ">=", "add"),
)
COUNTER_EXAMPLES = (
    ("森林覆盖率提高到不低于57%", "reaches"),
    ("推动不少于5家企业创建绿色工厂", "bounded-object"),
)
# Forms tried before this one, each with a line that it reads otherwise
FOLLOWS = {
    "granted": "补贴最高1000万元",
    "limited": "严格控制新增化工产能不超过50万吨",
    "lasts": "现场时间不能少于1天",
    "of-part": "银川市新增及更换的公交车中新能源车占比不低于80%，其他地级市不低于70%",
}


def read(number: NumberContext) -> Decision:
    """indicator + 不低于, 超过 … + number."""
    relation = number.relation
    if relation is None or not relation.bound or relation.changed or not (at := named(number)):
        return None
    return related(number, at)
