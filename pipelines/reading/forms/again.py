"""A verb and its number alone take up what was done before: 建设高标准农田25万亩，其中新建8万亩、改造提升17万亩."""

from dataclasses import replace

from pipelines.reading.context import NumberContext
from pipelines.reading.forms.form import Decision, Example, committed
from pipelines.reading.indicators import object_of

NAME = "again"
EXAMPLES = (Example("建设高标准农田25万亩，其中新建8万亩", "高标准农田", 80000, "mu", "=", "add"),)
COUNTER_EXAMPLES = (("建设高标准农田25万亩，改造管网8公里", "after-object"),)


def read(number: NumberContext) -> Decision:
    """Nothing but verbs before the number."""
    at, grammar = number.span, number.grammar
    if (
        not number.done
        or not number.is_counted
        or number.relation
        or (number.right and number.right[0] != "、")
    ):
        return None
    if not grammar.verbs_alone.fullmatch(at.indicator):
        return None
    opening = grammar.verb.match(at.indicator)
    verb = opening[0] if opening else at.indicator
    if number.quantity.unit == number.done[-1].quantity.unit:
        return committed(number, replace(at, indicator=number.done[-1].indicator), "add", verb)
    return committed(number, at, "add", verb) if object_of(at.indicator, grammar)[1] == at.indicator else None
