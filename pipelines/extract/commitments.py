"""The numbers of a sentence in, those that commit the plan to something out, with what they commit it to.

A number is read by the first of these forms that fits (docs/method has them with their examples):

    a threshold         65蒸吨/小时以上 的燃煤锅炉                  commits to nothing
    the past            已 建成20个                                 commits to nothing
    related             煤炭消费比重 降至 40%以下; 用水量较2020年 下降 12%
    a share of a whole  新能源汽车新车销售量 达到汽车新车销售总量的 20%以上
    repeated            分别提升至15%、20%以上
    after a metric      清洁取暖率 100%
    after an object     抚育 森林 40万亩; 建设 充电基础设施 3万台以上
    before an object    开展 30个 乡村电气化试点
    enumerated          人工造林1万亩、 退化林修复 20万亩
    before a subject    80%以上 党政机关建成节约型机关
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from pipelines.extract.grammar import Grammar
from pipelines.extract.indicators import Frame, frame, opening_verbs, split_indicator
from pipelines.extract.moments import Moment
from pipelines.extract.quantities import Quantity

RATIOS = ("percent", "percentage-point")
LEFT_MARK = re.compile(r"[，；。：！？\n（）〈〉“”《》]")
RIGHT_MARK = re.compile(r"[，；。：！？\n（）〈〉]")
ENUMERATION = re.compile(r"(?:、|以及|和|及|与)")
# 65蒸吨/小时以上的燃煤锅炉, 3吨以下（含）: the number delimits a class of things.
DELIMITS = re.compile(r"的|[（(]含")
SHARE_OF = re.compile(r"(?P<indicator>.{2,40}?)(?:达到|达|占到|占)(?P<whole>[^，、]{2,20}?)的$")
OBJECT = re.compile(r"[^，；。、（）\d]{2,30}")
STATE = re.compile(
    r"[^，；。]{2,40}?(?:建成|达到|具备|实现|完成|实施|纳入|采用|使用|配备|通过|执行|创建|开展|为)"
)
# Words in an indicator that make its number an amount to be done: 港口新改建岸电泊位超过250个
NEWLY_MADE = re.compile(r"新建|新改建|改建|改扩建|扩建|新增(?=[^、]{0,12}(?:能力|面积|规模|装机))")
DISTRIBUTES = re.compile(r"(?<!平)(?<!年)均|都|各(?=达|提|下|降|增|不)|分别")
ABOUT = ("约", "大约", "近", "大致")


@dataclass(frozen=True, slots=True)
class Commitment:
    """A number that commits the plan to something: what is measured and how the number bounds it.

    `[start, end)` is the shortest run of the clause's text that holds indicator, relation, number and unit.
    """

    quantity: Quantity
    start: int
    end: int
    indicator: str
    scope: str
    comparator: str
    change: str
    baseline_year: int | None
    hedge: str
    is_striven: bool
    moment: Moment | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """The commitments of a sentence, and the places of the numbers that delimit a class of things."""

    commitments: tuple[Commitment, ...]
    thresholds: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Site:
    """A number and what stands round it: from the last comma, time or number before it to the next comma.

    tail is the comparator as printed (以上, 左右); right is what follows it.
    """

    grammar: Grammar
    quantity: Quantity
    begin: int
    left: str
    tail: str
    right: str
    relation: re.Match[str] | None
    done: tuple[Commitment, ...]
    in_enumeration: bool

    @property
    def is_ratio(self) -> bool:
        return self.quantity.unit in RATIOS

    @property
    def last(self) -> Commitment | None:
        return self.done[-1] if self.done and self.in_enumeration else None

    def frame(self, left: str | None = None) -> Frame:
        return frame(self.left if left is None else left, self.begin, self.grammar)


Rule = Callable[[_Site], list[Commitment] | None]


def commitments(
    string: str, start: int, end: int, found: list[Quantity], times: list[Moment], grammar: Grammar
) -> Reading:
    """The commitments among the numbers `found` of the sentence `string[start:end]`."""
    done: list[Commitment] = []
    thresholds: set[int] = set()
    previous: Quantity | None = None
    for quantity in found:
        if quantity.is_upper:
            if done and done[-1].quantity.end == quantity.end:
                done.append(replace(done[-1], quantity=quantity, comparator=quantity.comparator))
        else:
            site = _site(string, start, end, quantity, previous, tuple(done), times, grammar)
            if _delimits(site):
                thresholds.add(quantity.start)
            elif not grammar.past.search(site.left):
                done += next((made for rule in RULES if (made := rule(site)) is not None), [])
        previous = quantity
    return Reading(tuple(_paired(string, done, grammar)), frozenset(thresholds))


def _delimits(site: _Site) -> bool:
    return bool(site.quantity.comparator and not site.relation and DELIMITS.match(site.right))


def _related(site: _Site) -> list[Commitment] | None:
    """indicator + relation + number; without an indicator, that of the number before it."""
    if site.relation is None:
        return None
    relation = site.grammar.relations[site.relation["relation"]]
    at = site.frame(site.left[: site.relation.start()])
    if not at.indicator:
        if not site.done:
            return []
        at = replace(at, indicator=site.done[-1].indicator)
    verb, rest, kept = opening_verbs(at.indicator, site.grammar)
    change = relation.change
    if not site.is_ratio:
        newly = bool(verb or NEWLY_MADE.search(at.indicator) or site.grammar.done.search(at.indicator))
        if change == "level" and newly:
            change = "add"
        elif change == "increase" and not site.grammar.metric.search(at.indicator):
            change = "add"
    if verb and rest and not kept and not (site.is_ratio and NEWLY_MADE.match(verb + "能力")):
        at = replace(at, indicator=rest)
    comparator = relation.comparator if relation.comparator != "=" else ""
    return _made(site, at, change, comparator=site.quantity.comparator or comparator)


def _share_of_whole(site: _Site) -> list[Commitment] | None:
    match = SHARE_OF.match(site.left) if site.is_ratio else None
    return _made(site, site.frame(match["indicator"]), "level") if match else None


def _repeated(site: _Site) -> list[Commitment] | None:
    """A number that only 、 parts from the one before it has the relation and the indicator of that."""
    if site.last is None or site.left.strip("、和及与"):
        return None
    quantity = site.quantity
    return [
        replace(
            site.last,
            quantity=quantity,
            end=quantity.end,
            comparator=quantity.comparator or site.last.comparator,
        )
    ]


def _after_metric(site: _Site) -> list[Commitment] | None:
    at = site.frame()
    verb, rest, kept = opening_verbs(at.indicator, site.grammar)
    if not site.grammar.metric.search(at.indicator) or (verb and not site.is_ratio):
        return None
    if verb and rest and not kept and not NEWLY_MADE.match(verb + "能力"):
        at = replace(at, indicator=rest)
    return _made(site, at, "level")


def _after_object(site: _Site) -> list[Commitment] | None:
    at = site.frame()
    verb, rest, kept = opening_verbs(at.indicator, site.grammar)
    if not verb or not rest or rest.endswith("的") or not site.quantity.unit or site.is_ratio:
        return None
    return _made(site, at if kept else replace(at, indicator=rest), "add")


def _before_object(site: _Site) -> list[Commitment] | None:
    at = site.frame()
    verb, rest, kept = opening_verbs(at.indicator, site.grammar)
    match = OBJECT.match(site.right)
    if not verb or rest or match is None or not site.quantity.unit or site.is_ratio:
        return None
    indicator = f"{verb}{match[0]}" if kept else match[0]
    return _made(site, replace(at, indicator=indicator), "add", end=site.quantity.end + match.end())


def _enumerated(site: _Site) -> list[Commitment] | None:
    """A number of an enumeration whose first has the verb: 实施人工造林1万亩、退化林修复20万亩."""
    at = site.frame()
    if site.last is None or not at.indicator or not site.quantity.unit or site.is_ratio:
        return None
    return _made(site, at, site.last.change, is_striven=site.last.is_striven)


def _before_subject(site: _Site) -> list[Commitment] | None:
    """A share of things that are to be in a state: 80%以上县级及以上党政机关建成节约型机关."""
    at = site.frame()
    if not site.is_ratio or not STATE.match(site.right):
        return None
    end = site.quantity.end + len(site.right)
    return _made(site, replace(at, indicator=at.indicator + site.right), "level", end=end)


RULES: tuple[Rule, ...] = (
    _related,
    _share_of_whole,
    _repeated,
    _after_metric,
    _after_object,
    _before_object,
    _enumerated,
    _before_subject,
)


def _made(
    site: _Site,
    at: Frame,
    change: str,
    *,
    comparator: str = "",
    end: int | None = None,
    is_striven: bool = False,
) -> list[Commitment]:
    """The commitments of a number, one for each indicator that it covers."""
    quantity = site.quantity
    hedges = [match[0] for match in site.grammar.hedge.finditer(site.left)]
    if quantity.comparator == "~":
        hedges.append(site.tail)
    bound = comparator or quantity.comparator
    if not bound:
        bound = "~" if any(hedge in ABOUT for hedge in hedges) else "="
    indicators = split_indicator(at.indicator, bool(DISTRIBUTES.search(site.left)), site.grammar)
    if "分别" in site.left:
        # Each number of a 分别 is given its own indicator once all of them are read.
        indicators = [at.indicator]
    return [
        Commitment(
            quantity=quantity,
            start=at.begin,
            end=end or quantity.end,
            indicator=indicator,
            scope=at.scope,
            comparator=bound,
            change=change,
            baseline_year=at.baseline_year,
            hedge="、".join(dict.fromkeys(hedge for hedge in hedges if hedge)),
            is_striven=is_striven or bool(site.grammar.strive.search(site.left)),
        )
        for indicator in indicators
    ]


def _paired(string: str, done: list[Commitment], grammar: Grammar) -> list[Commitment]:
    """Each number of a 分别 with its own indicator: 绿色防控、统防统治覆盖率分别达到55%、45%."""
    paired: list[Commitment] = []
    index = 0
    while index < len(done):
        first = done[index]
        group = [first]
        while index + len(group) < len(done) and done[index + len(group)].start == first.start:
            group.append(done[index + len(group)])
        if len(group) > 1 and "分别" in string[first.start : first.quantity.start]:
            indicators = split_indicator(first.indicator, True, grammar)
            last = group[-1]
            group = [replace(one, comparator=last.comparator, end=last.end) for one in group]
            if len(indicators) == len(group):
                group = [replace(one, indicator=own) for one, own in zip(group, indicators, strict=True)]
        paired += group
        index += len(group)
    return paired


def _site(
    string: str,
    start: int,
    end: int,
    quantity: Quantity,
    previous: Quantity | None,
    done: tuple[Commitment, ...],
    times: list[Moment],
    grammar: Grammar,
) -> _Site:
    begin = _left_begin(string, start, quantity.start)
    in_enumeration = False
    if previous is not None and previous.end > begin:
        # A number before this one in the same run: what lies between belongs to this one.
        match = ENUMERATION.match(string, previous.end, quantity.start)
        in_enumeration = match is not None
        begin = match.end() if match else previous.end
    for time in times:
        if begin <= time.start and time.end <= quantity.start and time.role in ("deadline", "background"):
            begin = time.end
    begin = min(begin, quantity.start)
    left = string[begin : quantity.start]
    right = string[quantity.end : _right_end(string, quantity.end, end)]
    relation = grammar.relation.search(left)
    tail = string[quantity.number_end : quantity.end]
    return _Site(grammar, quantity, begin, left, tail, right, relation, done, in_enumeration)


def _left_begin(string: str, start: int, place: int) -> int:
    """Where the run between commas that holds a place begins; a bracket or quotation that closes is part of it."""
    depth = 0
    marks = list(LEFT_MARK.finditer(string, start, place))
    for match in reversed(marks):
        mark = match[0]
        if mark in "）〉”》":
            depth += 1
        elif mark in "（〈“《":
            if depth == 0 and mark in "（〈":
                return match.end()
            depth = max(0, depth - 1)
        elif depth == 0:
            return match.end()
    return start


def _right_end(string: str, place: int, end: int) -> int:
    """Where the run between commas that holds a place ends; a bracket that opens behind it is part of it."""
    depth = 0
    for match in RIGHT_MARK.finditer(string, place, end):
        if match[0] in "（〈":
            depth += 1
        elif match[0] in "）〉" and depth:
            depth -= 1
        elif not depth:
            return match.start()
    return end
