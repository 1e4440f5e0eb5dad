"""What stands before a number in, what is measured by it out: the indicator, its scope, its baseline."""

import re
from dataclasses import dataclass

from pipelines.extract.grammar import Grammar

# 比2020年, 较2020年, 与2020年相比, 在2020年基础上, at the end of what stands before a relation
BASELINE = re.compile(
    r"(?:比|较|与|和|在|相比|相较|以)?(?:于)?(?P<year>20\d\d)年(?:底|末)?(?:同期|水平|相比|为基准|的?基础上)*[^，。；]{0,6}$"
)
# What may stand between an indicator and its relation without belonging to it.
TAIL = re.compile(r"(?:分别|均|都|各|全部|力争|争取|基本|原则上|总共|共|要|将|应|可|年均|累计|累积|平均)+$")
JOINT = re.compile(r"[、 ，]+|(?:和|及|其中)(?=全)")
COORDINATION = re.compile(r"、|以及|(?<=[率量比重])和")
# 等主要污染物重点工程减排量: what follows 等 sums the items up, and the metric is what is left.
SUMMED_UP = re.compile(r"等(?:主要污染物|重点行业|[^、]{0,8}?(?=重点工程))?")
# The metric that coordinated nouns share: 化肥、农药[利用率], 绿色防控、统防统治[覆盖率]
SHARED = re.compile(
    r"(?P<metric>(?:重点工程|综合利用|资源化利用|无害化处[理置]|集中处理|单位[^、]{2,24}|新能源汽车|清洁能源)?"
    r"(?:(?:利用|使用|施用|回收|覆盖|处理|处置|安装|配套|普及|达标|减排|排放|消费|生产)?(?:率|量|比例|比重|占比|强度|浓度))?)$"
)
TOTAL = re.compile(r"总(?:量|装机|面积|规模|产|数|能力|体)|合计|共计")


@dataclass(frozen=True, slots=True)
class Frame:
    """The indicator before a number, its scope (全市) and baseline year, and where the quotation of it begins."""

    begin: int
    indicator: str
    scope: str
    baseline_year: int | None


def frame(left: str, begin: int, grammar: Grammar) -> Frame:
    """The frame of `left`, which stands at `begin` of the clause's text, its relation already taken off.

    >>> from pipelines.extract.grammar import grammar
    >>> from pipelines.vocabulary import load_vocabulary
    >>> frame("力争全市化肥使用量比2020年", 0, grammar(load_vocabulary()))
    Frame(begin=2, indicator='化肥使用量', scope='全市', baseline_year=2020)
    """
    baseline_year = None
    if match := BASELINE.search(left):
        baseline_year = int(match["year"])
        left = left[: match.start()]
    scope, place, scope_place = "", 0, None
    while place < len(left):
        if match := JOINT.match(left, place) or grammar.lead.match(left, place):
            # A lead that is all there is opens the indicator itself: 年均浓度, 累计装机.
            if match.end() >= len(left) - 1:
                break
        elif not scope and (match := grammar.scope.match(left, place)):
            scope, scope_place = match[0], place
        else:
            break
        place = match.end()
    indicator = TAIL.sub("", left[place:])
    return Frame(begin + (place if scope_place is None else scope_place), indicator, scope, baseline_year)


def opening_verbs(indicator: str, grammar: Grammar) -> tuple[str, str, bool]:
    """The verbs that open an indicator, what follows them, and whether they belong to it.

    >>> from pipelines.extract.grammar import grammar
    >>> from pipelines.vocabulary import load_vocabulary
    >>> words = grammar(load_vocabulary())
    >>> opening_verbs("抚育森林", words)
    ('抚育', '森林', True)
    >>> opening_verbs("新建改造市县污水收集管网", words)[:2]
    ('新建改造', '市县污水收集管网')
    """
    verbs, rest, kept = "", indicator, True
    while match := grammar.verb.match(rest):
        if match.end() == len(rest) and verbs:
            break
        kept = kept and grammar.verbs[match[0]].object_kept
        verbs += match[0]
        rest = rest[match.end() :].removeprefix("、")
        adverb = grammar.lead.match(rest)
        if adverb and grammar.verb.match(rest, adverb.end()):
            rest = rest[adverb.end() :]
    return verbs, rest, kept and bool(verbs)


def split_indicator(indicator: str, distributes: bool, grammar: Grammar) -> list[str]:
    """The indicators that one number covers.

    Whole metrics stand side by side; with 均 or 分别, or where two nouns share a metric, each noun takes it, and
    the words before the first noun hold for the second. A total of several things is one indicator.

    >>> from pipelines.extract.grammar import grammar
    >>> from pipelines.vocabulary import load_vocabulary
    >>> words = grammar(load_vocabulary())
    >>> split_indicator("三大粮食作物化肥、农药利用率", True, words)
    ['三大粮食作物化肥利用率', '三大粮食作物农药利用率']
    >>> split_indicator("城镇污水集中处理率、污泥无害化处置率", True, words)
    ['城镇污水集中处理率', '污泥无害化处置率']
    >>> split_indicator("风电、太阳能发电总装机容量", False, words)
    ['风电、太阳能发电总装机容量']
    """
    parts = COORDINATION.split(indicator)
    if len(parts) < 2 or TOTAL.search(parts[-1]):
        return [indicator]
    if all(len(part) > 2 and grammar.metric.search(part) for part in parts):
        return parts
    last = SUMMED_UP.sub("", parts[-1])
    match = SHARED.search(last)
    if match is None or not match["metric"] or not match.start():
        return [indicator]
    noun, metric = last[: match.start()], match["metric"]
    if not distributes and not (len(parts) == 2 and len(noun) == 2 and last == parts[-1]):
        return [indicator]
    nouns = [*parts[:-1], noun]
    if len(parts) == 2 and len(parts[0]) > len(noun) + 1:
        nouns[1] = parts[0][: len(parts[0]) - len(noun)] + noun
    return [noun + metric for noun in nouns]
