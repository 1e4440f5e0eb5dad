"""What the forms share that read an indicator, the words that relate it to a number, and the number."""

from dataclasses import replace

from pipelines.reading.context import NumberContext
from pipelines.reading.forms.form import Decision, committed, of_ratio
from pipelines.reading.indicators import IndicatorSpan, object_of


def related(number: NumberContext, at: IndicatorSpan, does: str = "") -> Decision:
    """The commitments of a number that a relation binds to an indicator, unless words behind it are unread.

    does is a verb before the relation that is no part of the indicator: 完成不少于80家.
    """
    relation = number.relation
    if relation is None or number.is_open:
        return None
    change, changed, at = _change(number, at, does)
    comparator, bound = relation.comparator, relation.bound
    if number.quantity.comparator:
        comparator, bound = number.quantity.comparator, number.quantity.bound
    return committed(number, at, change, changed, comparator=comparator, bound=bound)


def named(number: NumberContext) -> IndicatorSpan | None:
    """The indicator that stands before the relation of a number; None where none does, or a verb alone."""
    if number.relation is None or number.related.indicator in ("", "或", *number.grammar.verbs):
        return None
    if number.relation.bound and number.grammar.verb_at_end.search(number.related.indicator):
        return None
    return number.related


def _change(number: NumberContext, at: IndicatorSpan, does: str) -> tuple[str, str, IndicatorSpan]:
    """What the number does to its indicator, the word that says so, and the span without its verbs."""
    relation, grammar = number.relation, number.grammar
    assert relation is not None
    if not number.is_amount:
        return relation.change, relation.changed, of_ratio(at, grammar)
    opened, what = object_of(at.indicator, grammar)
    is_metric = grammar.metric.search(at.indicator)
    newly = grammar.newly.search(at.indicator)
    # 港口新改建岸电泊位超过250个
    made_by = opened or (newly[0] if newly else "") or does
    if not made_by and not is_metric and relation.bound and number.last and number.last.change == "add":
        made_by = number.last.change_as_written
    at = replace(at, indicator=what)
    # 开展诊断企业累计达到800家 is how many there are to be.
    if relation.change == "level" and made_by and not grammar.in_all.search(relation.inner):
        return "add", made_by, at
    if relation.change == "increase" and not is_metric:
        return "add", relation.changed, at
    return relation.change, relation.changed, at
