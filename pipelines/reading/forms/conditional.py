"""What a number is a condition of, is what is spoken of and no promise: 对成活率在41%—85%的造林地块及时补植, 如果抽样精度小于90%, 每比上年下降1%."""

import re

from pipelines.reading.context import LONGEST_RUN, NumberContext

NAME = "conditional"
EXAMPLES = (
    "对成活率在41%—85%的造林地块及时补植",
    "对使用超过50年和材质落后的供水管网进行更新",
    "如果抽样精度小于90%",
    "PM2.5年均浓度每比上一年度下降1%",
    "断面优良比例未达到100%但较上年有提升的县",
    "实施支流治理工程（流域面积大于3000平方公里）",
    "开展典型种植（粮油生产大于100亩、经作生产大于50亩）调查",
)
COUNTER_EXAMPLES = (
    ("到2025年，当年城镇新建建筑中绿色建筑占比达到100%", "reaches"),
    ("对标先进，清洁取暖率达到90%", "reaches"),
    ("空气质量持续改善（优良天数比率不低于85%）", "bounded"),
)

# 未达到100%, 每下降1%
ENCLOSED = re.compile(r"（[^（）。]*$")
NOT_YET_OR_EACH = re.compile("[未每]$")


def read(number: NumberContext) -> str | None:
    """A word that opens a condition + relation + number, or a size alone in a bracket."""
    relation, grammar = number.relation, number.grammar
    if relation is None:
        return None
    if NOT_YET_OR_EACH.search(number.related.indicator) or grammar.condition.match(number.left):
        return "threshold"
    of_those = grammar.of_those.match(number.left) and re.search("[的（]", number.right)
    enclosed = ENCLOSED.search(number.string, max(0, number.begin - LONGEST_RUN), number.quantity.start)
    sized = enclosed and relation.bound.endswith("于") and not relation.bound.startswith("不")
    return "threshold" if of_those or sized else None
