"""What a method sets is no aim: 缺省值为25, 调节系数取值范围为0.9～1.03, 奖励上限为5%, 开展活动得3分."""

import re

from pipelines.reading.context import NumberContext

NAME = "parameter"
EXAMPLES = ("氧化亚氮的缺省值为298", "奖励上限为5%", "开展旧物交换等活动得3分", "依次扣减直至0分")
COUNTER_EXAMPLES = (("农田灌溉水有效利用系数提高到0.6", "reaches"), ("公众满意度达到90分", "reaches"))

# 得3分, 另加1分, 直至0分
SCORES = re.compile("[得加扣]$|直至$")


def read(number: NumberContext) -> str | None:
    """parameter + relation + number, or a score."""
    scored = number.quantity.unit == "score" and SCORES.search(number.left)
    return "threshold" if scored or number.grammar.parameter.search(number.related.indicator) else None
