"""What a form of sentence is: a module with a name, examples and a function that reads a number; and what forms share."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from pipelines.reading.commitment import Commitment
from pipelines.reading.context import NumberContext
from pipelines.reading.grammar import Grammar
from pipelines.reading.indicators import IndicatorSpan, split_indicator

# The commitments that a number gives, or what else it is (threshold, count …); None where the form does not fit.
Decision = list[Commitment] | str | None
# Counters of the plan's own parts: 12项任务
GENERAL_COUNTERS = frozenset({"thing", "project", "line", "case", ""})


@dataclass(frozen=True, slots=True)
class Example:
    """A line of a plan, and what the form reads in its last number."""

    text: str
    indicator: str
    value: float
    unit: str
    comparator: str
    change: str


class Form(Protocol):
    """A form of sentence: a module of this folder, whose docstring describes it.

    NAME stands in the column `rule`. EXAMPLES are read by it; COUNTER_EXAMPLES look like it and are read by the form, or
    by the rule of the ledger, that is named beside them. A form that commits to nothing has lines of text as examples.
    """

    @property
    def NAME(self) -> str: ...  # noqa: N802

    @property
    def EXAMPLES(self) -> Sequence[Example | str]: ...  # noqa: N802

    @property
    def COUNTER_EXAMPLES(self) -> Sequence[tuple[str, str]]: ...  # noqa: N802

    def read(self, number: NumberContext, /) -> Decision:
        """What the number is, if the form fits."""


def committed(
    number: NumberContext,
    at: IndicatorSpan,
    change: str,
    changed: str = "",
    *,
    comparator: str = "",
    bound: str = "",
    end: int | None = None,
) -> list[Commitment]:
    """The commitments of a number, one for each indicator that it covers.

    changed and bound are the words that gave the change and the comparator; `end` is where the quotation ends, if not
    behind the number.
    """
    quantity, grammar, last = number.quantity, number.grammar, number.last
    # A hedge stands beside the relation or the number: 约 in 网约车 and 节约 is none.
    hedges = [
        match[0]
        for match in grammar.hedge.finditer(number.relation.inner if number.relation else number.left)
    ]
    if not number.relation:
        hedges = [hedge for hedge in hedges[-1:] if number.left.endswith(hedge)]
    if quantity.comparator == "~":
        hedges.append(number.tail)
    if not comparator:
        comparator, bound = quantity.comparator, quantity.bound
    if not comparator and (ahead := grammar.ahead.search(number.left)):
        comparator, bound = ">=", ahead[0]
    if not comparator and (about := [hedge for hedge in hedges if hedge in grammar.about]):
        comparator, bound = "~", about[0]
    indicator = grammar.called_task.sub("", at.indicator)
    if not indicator:
        return []
    # Each number of a 分别 is given its own indicator once all of them are read.
    indicators = (
        [indicator]
        if "分别" in number.left
        else split_indicator(indicator, bool(grammar.distributes.search(number.left)), grammar)
    )
    strive = grammar.strive.search(number.left)
    return [
        Commitment(
            quantity=quantity,
            start=at.begin,
            end=end or quantity.end,
            indicator=one,
            scope=at.scope,
            comparator=comparator or "=",
            comparator_as_written=bound,
            change=change,
            change_as_written=changed,
            baseline_year=at.baseline_year,
            hedge="、".join(dict.fromkeys(hedge for hedge in hedges if hedge)),
            strength_as_written=strive[0] if strive else last.strength_as_written if last else "",
            rule="",
        )
        for one in indicators
    ]


def with_object(
    number: NumberContext, at: IndicatorSpan, indicator: str, verb: str, *, change: str = "add"
) -> list[Commitment]:
    """The commitments of a number whose quotation goes on to the end of the object behind it."""
    end = number.quantity.end + len(number.object_behind)
    return committed(number, replace(at, indicator=indicator), change, verb, end=end)


def is_of_plan(number: NumberContext, what: str) -> bool:
    """Whether what is counted are the plan's own tasks and measures (统筹推进12项重点任务); counted in a unit of its own, it is a
    action (完成238台燃气锅炉低氮燃烧改造任务)."""
    if number.quantity.unit not in GENERAL_COUNTERS or not number.grammar.of_plan.search(what):
        return False
    called = number.grammar.called.sub("", what)
    return not (called != what and number.quantity.unit != "project" and number.grammar.kept.search(called))


def of_ratio(at: IndicatorSpan, grammar: Grammar) -> IndicatorSpan:
    """The span of a ratio, whose opening words belong to it (新增大宗固废…率) unless they say how it moves."""
    match = grammar.raise_.match(at.indicator)
    return replace(at, indicator=at.indicator[match.end() :]) if match else at


def verb_at_end(number: NumberContext, indicator: str) -> str:
    """The verb that is all there is before a number, or stands right before it."""
    if match := number.grammar.verb_at_end.search(indicator):
        return match["verb"]
    return indicator if indicator in number.grammar.verbs else ""
