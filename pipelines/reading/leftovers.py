"""The words round a number that no form has read: what looks like a bound, a change or a hedge, whether a row knows it or not.

A number that has such words beside it is neither read without them nor taken for a mere count: it is an issue.
"""

import re

from pipelines.reading.commitment import Commitment
from pipelines.reading.context import NumberContext
from pipelines.reading.grammar import BOUND_LIKE
from pipelines.reading.indicators import object_of

BEHIND = re.compile(BOUND_LIKE)
# Any mark, or 至, between the numbers of a range
TO = r"(?:[^\w\s，。；：、（）“”%×/+=]|[至到])"
# 不得高于, 不少于, 接近, 多达, ≥, 1至: at the end of what stands before a number
BEFORE = re.compile(
    r"[不未][^，；。不]{0,3}[于过超足达到]$|[于过超足达近约逾满至到≥≤＞＜><]$|[增减升降]$|[减提扩缩增压升][少高大小加长短]$"
    rf"|(?<![A-Za-z.\d])\d+{TO}?$"
)
RANGE = re.compile(rf"{TO}\d")
# 至少, 最多: ahead of the verb before a number
AHEAD = re.compile(r"[至最不][少多低高](?!污|碳|效|层|标|质|水)")
# 5. 4千米: a number that a blank cuts in two
CUT = re.compile(r"\d[.．] ?$")
CUT_BEHIND = re.compile(r"[.．] ?\d")
NUMBER_AT_END = re.compile(rf"(?<![A-Za-z.\d-])\d+{TO}?$")
LONGEST_TAIL = 4  # characters of such words behind a metric
# 开外, 之多: all there is behind a number
ALONE = re.compile(r"[^，；。、（）“”\d]{1,5}$")


def left_over(number: NumberContext) -> bool:
    """Whether a number that no form has read has words beside it that bound or move something.

    A count of things that the sentence only describes has none: 覆盖13个区县, 长江干流12条支流.
    """
    if (
        BEHIND.match(number.right)
        or CUT_BEHIND.match(number.right)
        or RANGE.match(number.right)
        or CUT.search(number.left)
        or BEFORE.search(number.left)
    ):
        return True
    if unknown_behind(number):
        return True
    grammar = number.grammar
    acted_on = grammar.kept_at_end.search(number.left) or object_of(number.span.indicator, grammar)[0]
    if number.is_measured and not number.right and not number.relation and acted_on:
        return True  # 既有居住建筑节能改造1000万平米: an amount at the end of what is done is no mere count
    if number.relation is not None:
        # 在3个城市, 为5家企业: a word of one character is no relation before what it governs
        return not (number.object_behind and len(number.relation.changed) == 1)
    return not number.right and behind_metric(number.left, number) != ""


def misread(number: NumberContext, one: Commitment) -> bool:
    """Whether a commitment would silently drop words that bound its number or stand between it and its indicator."""
    if (
        BEHIND.match(number.right)
        or CUT_BEHIND.match(number.right)
        or CUT.search(number.left)
        or NUMBER_AT_END.search(number.left)
        or NUMBER_AT_END.search(one.indicator)
    ):
        return True
    if (
        number.relation is None
        and one.end == number.quantity.end
        and BEFORE.search(number.grammar.tail.sub("", number.left))
    ):
        return one.rule != "repeated"
    if one.comparator == "=" and AHEAD.search(number.left):
        return True
    if unknown_behind(number):
        return True
    related = number.is_ratio and number.relation is not None and one.end == number.quantity.end
    return related and behind_metric(one.indicator, number) != ""


def unknown_behind(number: NumberContext) -> bool:
    """Whether no more than a few characters that no row knows follow a number whose object stands before it.

    建成园区50个开外 has such words; what goes on with the object has a name that a row knows, or a longer one: 淘汰13台机组.
    """
    if not number.is_counted or not number.is_open or number.relation or number.span.indicator.endswith("等"):
        return False
    grammar, indicator = number.grammar, number.span.indicator
    verb, what = object_of(indicator, grammar)
    alone = ALONE.match(number.right)
    if alone is None or not ((verb and len(what) > 1) or grammar.action_verb.match(indicator)):
        return False
    return not grammar.goes_on.search(alone[0]) and not grammar.metric.search(alone[0])


def behind_metric(string: str, number: NumberContext) -> str:
    """The few characters behind the last metric that a string holds: 基本 in 利用率基本, 维系 in 浓度维系; empty where it ends with
    one, or holds none."""
    grammar = number.grammar
    if grammar.metric.search(string):
        return ""
    for length in range(1, min(LONGEST_TAIL, len(string) - 2) + 1):
        if "的" not in string[-length:] and grammar.metric.search(string[:-length]):
            return string[-length:]
    return ""
