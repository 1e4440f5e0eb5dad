"""What a method lays down is no aim: 缺省值为25, 调节系数取值范围为0.9～1.03, 奖励上限为5%."""

from pipelines.reading.context import NumberContext

NAME = "parameter"
EXAMPLES = ("氧化亚氮的缺省值为298", "奖励上限为5%")
COUNTER_EXAMPLES = (("农田灌溉水有效利用系数提高到0.6", "reaches"),)


def read(number: NumberContext) -> str | None:
    """parameter + relation + number."""
    return "threshold" if number.grammar.parameter.search(number.related.indicator) else None
