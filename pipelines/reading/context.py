"""A number and what stands round it in its sentence, as the forms of sentences ask for it."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from pipelines.reading.commitment import Commitment
from pipelines.reading.grammar import Grammar
from pipelines.reading.indicators import IndicatorSpan, indicator_span, object_of
from pipelines.reading.quantities import Quantity
from pipelines.reading.time_expressions import TimeExpression

RATIOS = ("percent", "percentage-point")
LEFT_MARK = re.compile(r"[，；。：！？\n（）〈〉“”《》]")
RIGHT_MARK = re.compile(r"[，；。：！？\n（）〈〉]")
ENUMERATION = re.compile(r"[）〉]?(?:、|以及|和|及|与)")
# 森林经营5000万亩，其中：低产林改造1000万亩
PARTS = re.compile(r"[，（](?:其中)?(?:包括)?[：，](?<=[中括].)")
# What may follow a number that has been read: another item, a bracket, what the number is called.
FOLLOWS = re.compile(r"[、和及与或并且（〈.]|/\d|以及|的?$")
# Characters: what stands further from a number than this does not say what it is.
LONGEST_RUN = 300


@dataclass(frozen=True, slots=True)
class RelationSpan:
    """The words that relate a number to its indicator, from `start` of what stands before it: what they say of its
    comparator and its change, and the words that say so. inner are the words from the relation on (基本达到)."""

    start: int
    inner: str
    comparator: str
    bound: str
    change: str
    changed: str


@dataclass(frozen=True)
class NumberContext:
    """A number and what stands round it: from the last comma, time or number before it to the next comma.

    tail is the comparator as printed (以上, 左右); right is what follows it. follows says that only a comma parts the
    number from the commitment before it. basis is what the sentence named before without a number of its own (在…基础上,
    绿色运输比例，2023年达到60%); doing is what the run before does (实施清洁生产审核，完成80家); is_dated says that a deadline
    governs.
    """

    string: str
    grammar: Grammar
    quantity: Quantity
    begin: int
    left: str
    right: str
    done: Sequence[Commitment]
    in_enumeration: bool
    follows: bool
    governed_by_past: bool
    is_dated: bool
    basis: IndicatorSpan | None
    doing: str

    @property
    def tail(self) -> str:
        """The comparator as printed behind the unit."""
        return self.string[self.quantity.number_end : self.quantity.end]

    @property
    def is_ratio(self) -> bool:
        """Whether it is a share."""
        return self.quantity.unit in RATIOS

    @property
    def is_amount(self) -> bool:
        """Whether it is an amount of something that can be newly made or done."""
        return self.quantity.unit in self.grammar.amount_units

    @property
    def opening(self) -> str:
        """What stands before the indicator: 推进, 到2025年."""
        return self.left[: self.left.find(self.span.indicator)]

    @property
    def dimension(self) -> str:
        """The dimension of its unit; empty where it has none."""
        unit = self.grammar.vocabulary.unit_ids.get(self.quantity.unit)
        return unit.dimension if unit else ""

    @property
    def is_counted(self) -> bool:
        """Whether it has a unit and is no share."""
        return bool(self.quantity.unit) and not self.is_ratio

    @property
    def is_measured(self) -> bool:
        """Whether it measures a thing (200万吨) and does not count things (3台)."""
        return self.is_counted and self.quantity.unit not in self.grammar.counting_units

    @property
    def last(self) -> Commitment | None:
        """The commitment before it in its enumeration."""
        return self.done[-1] if self.done and self.in_enumeration else None

    @cached_property
    def is_open(self) -> bool:
        """Whether words follow it that no form has read: 达到57%之上, where no row knows 之上."""
        right = self.right
        for skipped in (self.grammar.quantity, self.grammar.goal):
            # 7条300公里, 15%的目标
            if match := skipped.match(right):
                right = right[match.end() :]
        return bool(right) and not FOLLOWS.match(right)

    @cached_property
    def object_behind(self) -> str:
        """What stands behind it as its object: 30个[乡村电气化试点]."""
        match = self.grammar.object.match(self.right)
        return match[0] if match else ""

    @cached_property
    def span(self) -> IndicatorSpan:
        """What stands before it as an indicator."""
        return self.span_of(self.left)

    def span_of(self, left: str) -> IndicatorSpan:
        """The indicator in the beginning of what stands before it."""
        return indicator_span(left, self.begin, self.grammar)

    @cached_property
    def relation(self) -> RelationSpan | None:
        """The words right before it that relate it to its indicator; a verb without an indicator (完成120家) is none."""
        match = self.grammar.relation.search(self.left)
        if match is None:
            return None
        if match["bound"]:
            bound, move = self.grammar.relations[match["bound"]], self.grammar.relations[match["move"]]
            return RelationSpan(
                match.start(),
                match[0],
                self._bound(bound.comparator),
                bound.relation,
                move.change,
                move.relation,
            )
        relation = self.relation_of(match["relation"])
        if relation.change == "add" and not self.span_of(self.left[: match.start()]).indicator:
            return None
        return replace(relation, start=match.start(), inner=match[0])

    @cached_property
    def related(self) -> IndicatorSpan:
        """What stands before the relation as an indicator."""
        return self.span_of(self.left[: self.relation.start]) if self.relation else self.span

    @cached_property
    def is_past(self) -> bool:
        """Whether it says what was done: 已建成20个; not where 已 stands in an attribute of what is promised
        (已安装到位的停车位占比不低于10%)."""
        done = [match.end() for match in self.grammar.past.finditer(self.left)]
        if self.governed_by_past or not done or self.relation is None:
            return self.governed_by_past or bool(done)
        is_promised = self.is_dated or self.relation.comparator or self.quantity.comparator
        return not is_promised or self.left.find("的", done[-1], self.relation.start - 1) < 0

    def relation_of(self, word: str) -> RelationSpan:
        """What a word between indicator and number says."""
        relation = self.grammar.relations[word]
        if relation.comparator == "=":
            return RelationSpan(0, word, "", "", relation.change, relation.relation)
        return RelationSpan(0, word, self._bound(relation.comparator), relation.relation, "level", "")

    def _bound(self, comparator: str) -> str:
        """The code of a bound: better is less of a concentration (PM2.5浓度优于33微克/立方米), else more."""
        if comparator != "better":
            return comparator
        return "<=" if self.quantity.unit in self.grammar.concentration_units else ">="


def number_context(
    string: str,
    start: int,
    end: int,
    quantity: Quantity,
    done: list[Commitment],
    times: list[TimeExpression],
    grammar: Grammar,
    basis: IndicatorSpan | None,
) -> NumberContext:
    """The context of a number of the sentence `string[start:end]`; `done` are the commitments before it."""
    begin, opens_bracket = _left_begin(string, start, quantity.start)
    in_enumeration, follows = False, False
    if done:
        begin, in_enumeration, follows = _behind(string, begin, done[-1], quantity.start, opens_bracket)
    until: int | None = None
    named = ""
    nearest = _nearest(times, start, quantity.start)
    if nearest is not None and begin <= nearest.start:
        # 由2020年的8%提高到2025年的13%: the time stands between the relation and its number.
        within = string[nearest.end : quantity.start] == "的"
        until = nearest.start if within and grammar.relation.search(string[begin : nearest.start]) else None
        if until is None:
            named = _named_before(string, begin, quantity.start, times, nearest, grammar)
            begin = begin if named else nearest.end
    begin = min(begin, quantity.start)
    left = named or string[begin : until if until is not None else quantity.start]
    if basis is None and not done and nearest is not None and begin == nearest.end:
        first = max(start, nearest.start - LONGEST_RUN)
        basis = _topic(string[first : nearest.start], first, grammar)
    doing = ""
    if not done and begin > start and string[begin - 1] == "，":
        doing = _object_before(string[max(start, begin - LONGEST_RUN) : begin - 1], grammar)
    return NumberContext(
        string=string,
        grammar=grammar,
        quantity=quantity,
        begin=begin,
        left=left,
        right=string[quantity.end : _right_end(string, quantity.end, end)],
        done=done,
        in_enumeration=in_enumeration,
        follows=follows,
        governed_by_past=nearest is not None and nearest.role == "background",
        is_dated=nearest is not None and nearest.role == "deadline",
        basis=basis,
        doing=doing,
    )


def _behind(
    string: str, begin: int, last: Commitment, place: int, opens_bracket: bool
) -> tuple[int, bool, bool]:
    """Where what belongs to a number begins behind the commitment before it, whether the two stand in one enumeration, and
    whether only a comma parts them."""
    if last.quantity.end > begin:
        # A commitment before this number in the same run: what lies between belongs to this one.
        match = ENUMERATION.match(string, last.end if last.end < place else last.quantity.end)
        in_enumeration = match is not None and match.end() <= place
        return (match.end() if match and in_enumeration else last.quantity.end), in_enumeration, False
    if string[begin - 1 : begin] in ("）", "〉") and (closed := ENUMERATION.match(string, begin - 1)):
        return closed.end(), True, False
    beside = begin - 1 == last.end
    in_enumeration = beside and (opens_bracket or string.startswith("其中", begin))
    in_enumeration = in_enumeration or bool(PARTS.fullmatch(string, last.end, begin))
    return begin, in_enumeration, beside and string[begin - 1] == "，"


def _object_before(before: str, grammar: Grammar) -> str:
    """What the run before a number does, if it has no number of its own: 实施强制性清洁生产审核，每年完成不少于80家."""
    run = before[before.rfind("，") + 1 :]
    opened, what = object_of(indicator_span(run, 0, grammar).indicator, grammar)
    has_number = any(character.isdigit() for character in what)
    return what if opened and len(what) > 1 and not has_number else ""


def _named_before(
    string: str,
    begin: int,
    place: int,
    times: list[TimeExpression],
    nearest: TimeExpression,
    grammar: Grammar,
) -> str:
    """新能源比例2025年达到95%: what stands before a number without the time between indicator and relation.

    Empty unless nothing but a relation stands behind the time.
    """
    behind = string[nearest.end : place].removeprefix("，")
    relation = grammar.relation.search(behind)
    if relation is None or indicator_span(behind[: relation.start()], 0, grammar).indicator:
        return ""
    first = nearest.start
    for index in range(bisect_right(times, first, key=lambda time: time.start) - 2, -1, -1):
        time = times[index]
        if time.start < begin or string[time.end : first] not in ("、", "和", "及", "与"):
            break
        first = time.start
    noun = string[begin:first]
    names = indicator_span(noun, begin, grammar).indicator
    return noun + behind if names and not grammar.lead.fullmatch(noun) and "，" not in noun else ""


def _topic(before: str, start: int, grammar: Grammar) -> IndicatorSpan | None:
    """What a sentence measures, named before the first of its times: 绿色运输方式比例，2023年达到60%，2024年达到70%."""
    if not before.endswith("，"):
        return None
    begin = before.rfind("，", 0, -1) + 1
    topic = before[begin:-1]
    return indicator_span(topic, start + begin, grammar) if grammar.metric.search(topic) else None


def _nearest(times: list[TimeExpression], start: int, place: int) -> TimeExpression | None:
    """The last deadline or background time between the beginning of a sentence and a place in it."""
    for index in range(bisect_right(times, place, key=lambda time: time.end) - 1, -1, -1):
        time = times[index]
        if time.start < start:
            return None
        if time.role in ("deadline", "background"):
            return time
    return None


def _left_begin(string: str, start: int, place: int) -> tuple[int, bool]:
    """Where the run between commas that holds a place begins, and whether a bracket opens there.

    A bracket or quotation that closes before the place is part of the run.
    """
    depth = 0
    start = max(start, place - LONGEST_RUN)
    for match in reversed(list(LEFT_MARK.finditer(string, start, place))):
        mark = match[0]
        if mark in "）〉”》":
            depth += 1
        elif mark in "（〈“《":
            if depth == 0 and mark in "（〈":
                return match.end(), True
            depth = max(0, depth - 1)
        elif depth == 0:
            return match.end(), False
    return start, False


def _right_end(string: str, place: int, end: int) -> int:
    """Where the run between commas that holds a place ends; a bracket that opens behind it is part of it."""
    depth = 0
    end = min(end, place + LONGEST_RUN)
    for match in RIGHT_MARK.finditer(string, place, end):
        if match[0] in "（〈":
            depth += 1
        elif match[0] in "）〉" and depth:
            depth -= 1
        elif not depth:
            return match.start()
    return end
