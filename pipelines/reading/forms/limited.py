"""A ceiling on what may be added is never an amount to be added: 严控新增钢铁产能100万吨, 严格控制新增化工产能不超过50万吨."""

from dataclasses import replace

from pipelines.reading.context import NumberContext
from pipelines.reading.forms.form import Decision, Example, committed

NAME = "limited"
EXAMPLES = (
    "严控新增钢铁产能100万吨",
    Example("严格控制新增化工产能不超过50万吨", "新增化工产能", 500000, "tonne", "<=", "level"),
)
COUNTER_EXAMPLES = (("新增钢铁产能100万吨", "after-object"), ("煤炭消费量严格控制在100万吨以内", "reaches"))


def read(number: NumberContext) -> Decision:
    """控制, 限制 + 新增 … + number: a level where a bound is printed, else a threshold."""
    at, relation = number.related, number.relation
    match = number.grammar.limiting.search(number.left)
    if match is None or number.is_ratio:
        return None
    bound, word = number.quantity.comparator, number.quantity.bound
    if not bound and relation is not None:
        bound, word = relation.comparator, relation.bound
    place = at.indicator.find(match[0])
    if bound != "<=" or place < 0 or number.is_open:
        return "threshold"
    at = replace(at, indicator=at.indicator[place + len(match[0]) :])
    return committed(number, at, "level", comparator=bound, bound=word)
