"""Finds the numbers of a sentence that commit the plan to something, and what they commit it to.

A number is read by the first of the forms in pipelines/reading/forms that fits it.
"""

import re
from dataclasses import replace

from pipelines.reading.commitment import Commitment, Reading
from pipelines.reading.context import NumberContext, number_context
from pipelines.reading.forms import read_number
from pipelines.reading.grammar import Grammar
from pipelines.reading.indicators import IndicatorSpan, indicator_span, split_indicator
from pipelines.reading.leftovers import left_over, misread
from pipelines.reading.quantities import Quantity
from pipelines.reading.time_expressions import TimeExpression

BASIS_YEAR = re.compile(r"在?(?P<year>20\d\d)年[底末]?的?")


def commitments(
    string: str, start: int, end: int, found: list[Quantity], times: list[TimeExpression], grammar: Grammar
) -> Reading:
    """The commitments among the numbers `found` of the sentence `string[start:end]`."""
    done: list[Commitment] = []
    others: dict[int, tuple[str, str]] = {}
    open_: set[int] = set()
    basis: IndicatorSpan | None = None
    for quantity in found:
        number = number_context(string, start, end, quantity, done, times, grammar, basis)
        name, decision = read_number(number)
        if isinstance(decision, str):
            others[quantity.start] = (decision, name)
            if decision in ("baseline", "background"):
                basis = _basis(number)
        elif decision and not any(misread(number, one) for one in decision):
            done += [replace(one, rule=name) for one in decision]
        elif decision or left_over(number):
            open_.add(quantity.start)
    return Reading(tuple(_paired(string, done, grammar)), others, frozenset(open_))


def _basis(number: NumberContext) -> IndicatorSpan:
    """What a change starts from: 在2022年空气质量优良天数比率86.8%的基础上; what was before: 已建成20个."""
    if number.is_past:
        return number.related
    if match := BASIS_YEAR.match(number.left):
        at = indicator_span(number.left[match.end() :], number.begin + match.end(), number.grammar)
        return replace(at, baseline_year=int(match["year"]))
    return number.span


def _paired(string: str, done: list[Commitment], grammar: Grammar) -> list[Commitment]:
    """Each number of a 分别 with its own indicator: 绿色防控、统防统治覆盖率分别达到55%、45%."""
    paired: list[Commitment] = []
    index = 0
    while index < len(done):
        first = done[index]
        group = [first]
        while index + len(group) < len(done) and done[index + len(group)].start == first.start:
            group.append(done[index + len(group)])
        index += len(group)
        shared = "分别" in string[first.start : first.quantity.start] or _as_many(group, grammar)
        paired += _each_its_own(group, grammar) if shared else group
    return paired


def _as_many(group: list[Commitment], grammar: Grammar) -> bool:
    """Whether an indicator lists as many things as numbers follow it, three or more: 再生铜、再生铝、再生铅产量达到400万吨、1150万吨、290万吨."""
    if len(group) < 3 or len({one.indicator for one in group}) > 1:
        return False
    return len(split_indicator(group[0].indicator, True, grammar, len(group))) == len(group)


def _each_its_own(group: list[Commitment], grammar: Grammar) -> list[Commitment]:
    first, last = group[0], group[-1]
    if len(group) > 1:
        group = [replace(one, end=last.end) for one in group]
    count = len(group)
    if count == 1:  # 挥发性有机物、氮氧化物排放总量分别下降10%: a total of each
        count = 2 if len(grammar.coordination.split(first.indicator)) == 2 else 0
    indicators = split_indicator(first.indicator, True, grammar, count)
    bounds = last.quantity.comparator not in ("", "~")
    if bounds and not any(one.quantity.comparator for one in group[:-1]):
        # A bound behind the last number alone holds for all: 分别达到15%、20%以上; 左右 for the last.
        group = [
            replace(
                one,
                comparator=last.comparator,
                comparator_as_written=last.comparator_as_written,
                hedge=last.hedge or one.hedge,
            )
            for one in group
        ]
    if len(indicators) == len(group):
        return [replace(one, indicator=own) for one, own in zip(group, indicators, strict=True)]
    if len(group) == 1:
        return [replace(first, indicator=own) for own in indicators]
    return group
