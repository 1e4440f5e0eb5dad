"""So much of an action is to be done: 完成历史遗留废弃矿山生态修复60%."""

from dataclasses import replace

from pipelines.reading.context import NumberContext
from pipelines.reading.forms.form import Decision, Example, committed
from pipelines.reading.indicators import object_of

NAME = "done-share"
EXAMPLES = (
    Example("完成历史遗留废弃矿山生态修复60%", "历史遗留废弃矿山生态修复", 60, "percent", "=", "level"),
)
COUNTER_EXAMPLES = (("完成清洁取暖率60%", "after-metric"), ("完成矿山生态修复60处", "after-object"))


def read(number: NumberContext) -> Decision:
    """verb + object + action + share."""
    if not number.is_ratio or number.relation or number.is_open:
        return None
    verb, what = object_of(number.span.indicator, number.grammar)
    if not verb or verb in what or not number.grammar.kept_at_end.search(what):
        return None
    return committed(number, replace(number.span, indicator=what), "level")
