"""A relation and its number alone take up what was named before: by the number before it, by the run before it, or by what the
change starts from."""

from dataclasses import replace

from pipelines.reading.context import NumberContext
from pipelines.reading.forms.form import Decision, Example, verb_at_end
from pipelines.reading.forms.related import named, related
from pipelines.reading.indicators import IndicatorSpan

NAME = "taken-up"
EXAMPLES = (
    Example("全社会用电量达到1620亿千瓦时，年均增长6.4%", "全社会用电量", 6.4, "percent", "=", "increase"),
    Example(
        "实施强制性清洁生产审核，每年完成不少于80家", "强制性清洁生产审核", 80, "establishment", ">=", "add"
    ),
    Example(
        "在2022年优良天数比率86.8%的基础上，提高2个百分点以上",
        "优良天数比率",
        2,
        "percentage-point",
        ">=",
        "increase",
    ),
)
COUNTER_EXAMPLES = (("完成120家企业改造", "before-object"),)
# Forms tried before this one, each with a line that it reads otherwise
FOLLOWS = {
    "lasts": "优良天数比例94.0%，比2015年增加38天",
}


def read(number: NumberContext) -> Decision:
    """relation + number, with nothing but a verb before it."""
    if number.relation is None or named(number) is not None:
        return None
    does = number.related.indicator
    does = verb_at_end(number, does) if number.relation.bound else does
    at = _elsewhere(number, does if does in number.grammar.verbs else "")
    return None if at is None else related(number, at, does)


def _elsewhere(number: NumberContext, does: str) -> IndicatorSpan | None:
    """The indicator that a relation alone takes up."""
    at, basis = number.related, number.basis
    if number.done:
        return replace(at, indicator=number.done[-1].indicator)
    if does and number.doing:
        return replace(at, indicator=number.doing)
    if basis is None or not basis.indicator:
        return None
    # What starts a change has a baseline of its own; the year of the change itself is none.
    return replace(at, indicator=basis.indicator, baseline_year=basis.baseline_year or at.baseline_year)
