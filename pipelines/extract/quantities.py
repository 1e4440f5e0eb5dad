"""The text of a clause in, every number with its unit out, and whether the words round it make it a commitment.

The grammar of a commitment, read from the number outwards (docs/method has the rules with their examples):

    indicator + relation + number            煤炭消费比重 降至 40%以下; 用水量较2020年 下降 12%
    indicator + number                       清洁取暖率 100%
    verb + object + number                   抚育 森林 40万亩; 建设 充电基础设施 3万台以上
    verb + number + object                   开展 30个 乡村电气化试点
    number + subject + state                 80%以上 党政机关建成节约型机关
    quantity of another number's enumeration 人工造林1万亩、退化林修复20万亩
"""

import re
from dataclasses import dataclass, field

from pipelines.extract.grammar import MULTIPLIERS, Grammar
from pipelines.extract.moments import Moment

# What an indicator ends with when no verb relates it to its number: 清洁取暖率100%.
METRIC = re.compile(
    r"(?:率|比例|比重|占比|比|量|面积|水平|能力|规模|浓度|强度|系数|指数|天数|容量|里程|数量|产值|总数|总量|覆盖|蓄积)$"
)
# Metrics whose number is a state, whatever verb stands before them.
RATIO = re.compile(r"(?:率|比例|比重|占比|浓度|强度|系数|指数)$")
# An amount of reduction is done, not reached: 重点工程减排量分别达到1.6万吨.
DONE = re.compile(
    r"(?:减排量|削减量|减少量|替代量|新增[^、，]{0,12}(?:能力|面积|规模|装机)|新建|新改建|改建|改扩建|扩建)"
)
RIGHT_MARK = re.compile(r"[，；。：！？\n（）〈〉]")
BASELINE = re.compile(r"(?:比|较|与|和|在)?(20\d\d)年(?:同期|水平|相比|的?基础上|底)?")
SHARE_OF = re.compile(r"(?P<indicator>.{2,40}?)(?:达到|达|占到|占)(?P<whole>[^，、]{2,20}?)的$")
THRESHOLD_AFTER = re.compile(r"的|[（(]含|(?:及)?(?:以上|以下|以内)")
STATE_AFTER = re.compile(
    r"[^，；。]{2,40}?(?:建成|达到|具备|实现|完成|实施|纳入|采用|使用|配备|通过|执行|创建|开展|为)"
)
LIST_MARK = re.compile(r"、|以及|和|及|与")
SEPARATOR = re.compile(r"(?:、|以及|和|及|与|或)$")
ANNUAL = re.compile(r"每年|年均|年度")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of a clause's text at `[start, end)`, digits to comparator; value is in base units."""

    start: int
    end: int
    number_end: int
    value: float
    written: str
    unit: str
    comparator: str
    is_upper: bool = False


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


@dataclass(slots=True)
class Reading:
    """What the numbers of a sentence turned out to be, while it is read from left to right."""

    string: str
    grammar: Grammar
    moments: list[Moment]
    commitments: list[Commitment] = field(default_factory=list)
    thresholds: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class _Frame:
    """What precedes a number in its segment: `[begin, start)` of the text, once times and leads are off."""

    begin: int
    indicator: str
    scope: str
    baseline_year: int | None


def quantities(string: str, grammar: Grammar, taken: list[tuple[int, int]]) -> list[Quantity]:
    """Every number of a text with its unit, in order, but for those inside the ranges `taken`.

    A range of numbers (建设1至2个绿色生态城区) gives two, its lower and its upper bound.
    """
    found = []
    for match in grammar.quantity.finditer(string):
        if any(start < match.end() and match.start() < end for start, end in taken):
            continue
        unit = grammar.units.get(match["unit"] or "")
        scale = MULTIPLIERS[match["multiplier"]] if match["multiplier"] else 1
        comparator = _comparator(match["comparator"] or "")
        numbers = [(match["number"], ">=" if match["upper"] else comparator)]
        if match["upper"]:
            numbers.append((match["upper"], "<="))
        number_end = (
            match.end("unit") if match["unit"] else match.end("upper" if match["upper"] else "number")
        )
        if match["multiplier"] and not match["unit"]:
            number_end = match.end("multiplier")
        for position, (number, bound) in enumerate(numbers):
            start = match.start("upper") if position else match.start()
            found.append(
                Quantity(
                    start,
                    match.end(),
                    number_end,
                    _value(number, scale),
                    number if len(numbers) > 1 else string[match.start() : number_end],
                    unit.unit_id if unit else "",
                    bound,
                    bool(position),
                )
            )
    return found


def _value(number: str, scale: int) -> float:
    """A printed number in base units, exact in decimals: 2.8 and 亿 make 280000000."""
    digits = number.replace(",", "")
    whole, _, fraction = digits.partition(".")
    return int(whole + fraction) * scale / 10 ** len(fraction)


def _comparator(words: str) -> str:
    if words.endswith("以上"):
        return ">="
    if words.endswith(("以内", "以下", "之内")):
        return "<="
    return "~" if words else ""


def commitments(
    string: str, start: int, end: int, found: list[Quantity], moments: list[Moment], grammar: Grammar
) -> Reading:
    """The commitments among the numbers `found` of the sentence `string[start:end]`."""
    reading = Reading(string, grammar, moments)
    previous: Quantity | None = None
    for index, quantity in enumerate(found):
        following = found[index + 1] if index + 1 < len(found) else None
        if quantity.is_upper:
            _upper(reading, quantity)
        else:
            _read(reading, start, end, quantity, previous, following)
        previous = quantity
    _pair(reading)
    return reading


def _upper(reading: Reading, quantity: Quantity) -> None:
    last = reading.commitments[-1] if reading.commitments else None
    if last is not None and last.quantity.end == quantity.end:
        reading.commitments.append(_with(last, quantity=quantity, comparator=quantity.comparator))


def _read(
    reading: Reading,
    start: int,
    end: int,
    quantity: Quantity,
    previous: Quantity | None,
    following: Quantity | None,
) -> None:
    string, grammar = reading.string, reading.grammar
    begin, in_enumeration = _segment_start(reading, start, quantity, previous)
    left = string[begin : quantity.start]
    right_end = _segment_end(string, quantity.end, end)
    right = string[quantity.end : right_end]
    relation = grammar.relation.search(left)
    last = reading.commitments[-1] if reading.commitments and in_enumeration else None
    if quantity.comparator and not relation and THRESHOLD_AFTER.match(right):
        reading.thresholds.add(quantity.start)
        return
    if grammar.past.search(left):
        return
    if relation:
        _related(reading, begin, left, relation, quantity, last)
    elif share := SHARE_OF.match(left) if quantity.unit in ("percent", "percentage-point") else None:
        frame = _frame(reading, begin, share["indicator"])
        _add(reading, frame, quantity, "", "level", left)
    elif not left.strip("、和及") and last is not None:
        # 分别提升至15%、20%以上: the relation and indicator are those of the number before.
        reading.commitments.append(
            _with(
                last, quantity=quantity, end=quantity.end, comparator=quantity.comparator or last.comparator
            )
        )
    else:
        _unrelated(reading, begin, left, right, quantity, last)


def _related(
    reading: Reading, begin: int, left: str, match: re.Match[str], quantity: Quantity, last: Commitment | None
) -> None:
    """indicator + relation + number; without an indicator, that of the number before it or outside a bracket."""
    relation = reading.grammar.relations[match["relation"]]
    frame = _frame(reading, begin, left[: match.start()])
    comparator = quantity.comparator or (relation.comparator if relation.comparator != "=" else "")
    if not frame.indicator:
        if reading.commitments:
            frame = _Frame(frame.begin, reading.commitments[-1].indicator, "", frame.baseline_year)
        else:
            return
    change = relation.change
    is_ratio = quantity.unit in ("percent", "percentage-point")
    verb, rest, kept = _verb(reading.grammar, frame.indicator)
    if change == "increase" and not is_ratio and not METRIC.search(frame.indicator):
        change = "add"
    if change == "level" and not is_ratio and (verb or DONE.search(frame.indicator)):
        change = "add"
    if verb and not kept and not RATIO.search(rest) and rest:
        frame = _Frame(frame.begin, rest, frame.scope, frame.baseline_year)
    elif verb and not kept and is_ratio and rest and verb not in ("新增", "新建"):
        frame = _Frame(frame.begin, rest, frame.scope, frame.baseline_year)
    if change == "level" and DONE.search(frame.indicator) and not is_ratio:
        change = "add"
    _add(reading, frame, quantity, comparator, change, left)


def _unrelated(
    reading: Reading, begin: int, left: str, right: str, quantity: Quantity, last: Commitment | None
) -> None:
    """A number without a relation before it: after a metric, after an object, before an object, or a share."""
    grammar = reading.grammar
    frame = _frame(reading, begin, left)
    is_ratio = quantity.unit in ("percent", "percentage-point")
    verb, rest, kept = _verb(grammar, frame.indicator)
    if frame.indicator and METRIC.search(frame.indicator) and (is_ratio or not verb):
        indicator = rest if verb and not kept and verb not in ("新增", "新建") else frame.indicator
        _add(
            reading,
            _Frame(frame.begin, indicator, frame.scope, frame.baseline_year),
            quantity,
            "",
            "level",
            left,
        )
    elif verb and rest and quantity.unit and not is_ratio and not rest.endswith("的"):
        indicator = frame.indicator if kept else rest
        _add(
            reading,
            _Frame(frame.begin, indicator, frame.scope, frame.baseline_year),
            quantity,
            "",
            "add",
            left,
        )
    elif verb and not rest and quantity.unit and not is_ratio and _object(right):
        object_ = _object(right)
        indicator = f"{verb}{object_}" if kept else object_
        _add(
            reading,
            _Frame(frame.begin, indicator, frame.scope, frame.baseline_year),
            quantity,
            "",
            "add",
            left,
            end=quantity.end + right.index(object_) + len(object_),
        )
    elif last is not None and frame.indicator and quantity.unit and last.change in ("add", "level"):
        # 人工造林1万亩、退化林修复20万亩: the verb of the first holds for all.
        _add(reading, frame, quantity, "", last.change, left, is_striven=last.is_striven)
    elif is_ratio and (match := STATE_AFTER.match(right)) and not RATIO.search(frame.indicator):
        subject = frame.indicator + right
        _add(
            reading,
            _Frame(frame.begin, subject, frame.scope, frame.baseline_year),
            quantity,
            "",
            "level",
            left,
            end=quantity.end + len(right),
        )


def _object(right: str) -> str:
    """The object behind a number: 乡村电气化试点 of 30个乡村电气化试点, or nothing."""
    match = re.match(r"[^，；。、（）\d]{2,30}", right)
    return match[0] if match else ""


def _segment_start(
    reading: Reading, start: int, quantity: Quantity, previous: Quantity | None
) -> tuple[int, bool]:
    """Where what belongs to a number begins, and whether it goes on with an enumeration of numbers."""
    string = reading.string
    begin = start
    depth = 0
    for place in range(quantity.start - 1, start - 1, -1):
        mark = string[place]
        if mark in "）〉”》":
            depth += 1
        elif mark in "（〈“《":
            if depth == 0 and mark in "（〈":
                begin = place + 1
                break
            depth -= 1
        elif mark in "，；。：！？\n" and depth <= 0:
            begin = place + 1
            break
    in_enumeration = False
    if previous is not None and previous.end > begin:
        between = string[previous.end : quantity.start]
        if between.startswith(("、", "和", "及", "以及", "与", "，")) or not between:
            begin = previous.end + (2 if between.startswith("以及") else 1)
            in_enumeration = True
        elif not any(
            moment.start >= previous.end and moment.end <= quantity.start for moment in reading.moments
        ):
            begin = previous.end
    elif previous is not None and begin == previous.end + 1 and string[previous.end] == "，":
        in_enumeration = False
    for moment in reading.moments:
        if (
            begin <= moment.start
            and moment.end <= quantity.start
            and moment.role in ("deadline", "background")
        ):
            begin = moment.end
    return min(begin, quantity.start), in_enumeration


def _segment_end(string: str, place: int, end: int) -> int:
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


def _frame(reading: Reading, begin: int, left: str) -> _Frame:
    """The indicator in what stands before a number: leads, scope and baseline taken off."""
    grammar = reading.grammar
    baseline_year = None
    for moment in reading.moments:
        if moment.role == "baseline" and begin <= moment.start and moment.end <= begin + len(left) + 12:
            baseline_year = moment.year
    if match := re.search(r"(?:比|较|与|和|在|相比)?(?:于)?20\d\d年.{0,6}$", left):
        left = left[: match.start()]
    scope = ""
    offset = 0
    while True:
        rest = left[offset:]
        if match := re.match(r"[、 ，]|(?:和|及|其中)(?=全)", rest):
            offset += match.end()
        elif match := grammar.lead.match(rest):
            if _is_part_of_indicator(match[0], rest):
                break
            offset += match.end()
        elif not scope and (match := grammar.scope.match(rest)):
            scope = match[0]
            offset += match.end()
        else:
            break
    indicator = left[offset:]
    indicator = re.sub(r"(?:分别|均|都|各|力争|基本|原则上|总共|共)+$", "", indicator)
    scope_start = begin + left.index(scope) if scope else begin + offset
    return _Frame(min(scope_start, begin + offset), indicator, scope, baseline_year)


def _is_part_of_indicator(lead: str, rest: str) -> bool:
    """Whether a lead word opens the indicator itself: 新增大宗固废…, 累计装机容量, 年均浓度."""
    return len(rest) - len(lead) < 2


def _verb(grammar: Grammar, indicator: str) -> tuple[str, str, bool]:
    """The verbs that open an indicator, what follows them, and whether they belong to it.

    >>> from pipelines.extract.grammar import grammar
    >>> from pipelines.vocabulary import load_vocabulary
    >>> _verb(grammar(load_vocabulary()), "抚育森林"), _verb(grammar(load_vocabulary()), "新建改造市县管网")[:2]
    (('抚育', '森林', True), ('新建改造', '市县管网'))
    """
    verbs, rest, kept = "", indicator, True
    while match := grammar.verb.match(rest):
        if len(rest) == match.end() and verbs:
            break
        kept = kept and grammar.verbs[match[0]].object_kept
        verbs += match[0]
        rest = rest[match.end() :]
        if adverb := grammar.lead.match(rest):
            if len(rest) - adverb.end() >= 2 and grammar.verb.match(rest, adverb.end()):
                rest = rest[adverb.end() :]
    return verbs, rest, kept and bool(verbs)


def _add(
    reading: Reading,
    frame: _Frame,
    quantity: Quantity,
    comparator: str,
    change: str,
    left: str,
    *,
    end: int | None = None,
    is_striven: bool = False,
) -> None:
    """Record a commitment, one for each indicator that the number covers."""
    grammar = reading.grammar
    hedges = [match[0] for match in grammar.hedge.finditer(left)]
    tail = reading.string[quantity.number_end : quantity.end]
    if tail in ("左右", "上下"):
        hedges.append(tail)
    bound = comparator or quantity.comparator or "="
    if not quantity.comparator and any(hedge in ("约", "大约", "近", "大致") for hedge in hedges):
        bound = "~"
    striven = is_striven or bool(grammar.strive.search(left))
    distributes = (
        bool(re.search(r"均|都|各(?=达|提|下|降|增|不)", left)) and "平均" not in left and "年均" not in left
    )
    pairs = "分别" in left
    indicators = split_indicator(frame.indicator, distributes or pairs)
    for indicator in indicators[:1] if pairs else indicators:
        reading.commitments.append(
            Commitment(
                quantity=quantity,
                start=frame.begin,
                end=end or quantity.end,
                indicator=indicator,
                scope=frame.scope,
                comparator=bound,
                change=change,
                baseline_year=frame.baseline_year,
                hedge="、".join(dict.fromkeys(hedges)),
                is_striven=striven,
            )
        )


def _pair(reading: Reading) -> None:
    """Give each number of a 分别 its own indicator: 绿色防控、统防统治覆盖率分别达到55%、45%."""
    done: list[Commitment] = []
    index = 0
    items = reading.commitments
    while index < len(items):
        first = items[index]
        group = [first]
        while index + len(group) < len(items) and items[index + len(group)].start == first.start:
            group.append(items[index + len(group)])
        phrase = reading.string[first.start : first.quantity.start]
        if len(group) > 1 and "分别" in phrase:
            before = phrase[: phrase.index("分别")]
            frame = _frame(reading, first.start, before)
            indicators = split_indicator(frame.indicator, True)
            comparator = group[-1].comparator
            last_end = group[-1].end
            for position, commitment in enumerate(group):
                if len(indicators) == len(group):
                    commitment = _with(commitment, indicator=indicators[position])
                done.append(_with(commitment, comparator=comparator, end=last_end))
        else:
            done += group
        index += len(group)
    reading.commitments = done


def split_indicator(indicator: str, distributes: bool) -> list[str]:
    """The indicators that one number covers.

    Whole metrics stand side by side (集中处理率、处置率); with 均 or 分别, or where two nouns of one length share
    a metric (化肥、农药使用量), each noun takes the metric. A total (风电、太阳能发电总装机容量) is one indicator.

    >>> split_indicator("三大粮食作物化肥、农药利用率", True)
    ['三大粮食作物化肥利用率', '三大粮食作物农药利用率']
    >>> split_indicator("城镇污水集中处理率、污泥无害化处置率", True)
    ['城镇污水集中处理率', '污泥无害化处置率']
    >>> split_indicator("风电、太阳能发电总装机容量", False)
    ['风电、太阳能发电总装机容量']
    """
    parts = re.split(r"、", indicator)
    if len(parts) < 2:
        return [indicator]
    if all(METRIC.search(part) and len(part) > 2 for part in parts):
        return parts
    head = _shared_head(parts)
    if head is None or "等" in parts[-1] and not distributes:
        return [indicator]
    last, metric = head
    if not distributes and not (
        len(parts) == 2 and len(last) == 2 and len(parts[0]) >= 2 and len(metric) <= 4
    ):
        return [indicator]
    nouns = [*parts[:-1], last]
    if len(parts) == 2 and len(parts[0]) > len(last) + 1:
        prefix = parts[0][: len(parts[0]) - len(last)]
        nouns = [parts[0], prefix + last]
    return [noun + metric for noun in nouns]


SHARED_METRIC = re.compile(
    r"(?P<metric>(?:重点工程|综合|资源化|无害化|集中|主要污染物|单位)?[^、，]{0,0}"
    r"(?:利用率|使用量|施用量|使用比例|使用率|回收率|覆盖率|处理率|处置率|安装率|减排量|排放量|排放总量|产量|消费量|用量|比例|比重|占比|率|量))$"
)


def _shared_head(parts: list[str]) -> tuple[str, str] | None:
    """The last noun of a coordination and the metric that it shares with the others."""
    last = re.sub(r"^(.+?)等(?:主要污染物|[^、，]{0,6}?)(?=重点工程|利用率|使用)", r"\1", parts[-1])
    match = SHARED_METRIC.search(last)
    if match is None or match.start() == 0 or "总" in match[0]:
        if match_unit := re.search(r"单位[^、，]+$", last):
            return (last[: match_unit.start()], match_unit[0]) if match_unit.start() else None
        return None
    noun = last[: match.start()]
    if noun.endswith("总"):
        return None
    return noun, match["metric"]


def _with(commitment: Commitment, **changes: object) -> Commitment:
    from dataclasses import replace

    return replace(commitment, **changes)  # type: ignore[arg-type]
