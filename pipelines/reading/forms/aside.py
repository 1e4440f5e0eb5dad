"""What comes of an action, or whom it serves, is bounded and not promised: 满足超过30万辆电动汽车充电需求."""

from pipelines.reading.context import NumberContext

NAME = "aside"
EXAMPLES = ("满足超过30万辆电动汽车充电需求",)
COUNTER_EXAMPLES = (("电动汽车保有量超过30万辆", "bounded"),)


def read(number: NumberContext) -> str | None:
    """A word of what comes of it + bound + number."""
    if number.relation is None or number.grammar.metric.search(number.related.indicator):
        return None
    return "count" if number.grammar.aside.fullmatch(number.related.indicator) else None
