"""Reads what is measured from the words before a number: the indicator, its scope, its baseline."""

import re
from dataclasses import dataclass

from pipelines.reading.grammar import Grammar

# PM2.5浓度由38微克/立方米下降到31微克/立方米: what the change starts from
STARTS_FROM = re.compile(r"(?:由|从)(?:(?P<year>20\d\d)年的?)?[^，；]{0,8}\d[^，；]{0,16}$")
# Between runs, or before the first: 一是建成…, （1）建成…
JOINT = re.compile(
    r"[、 ，—]+|在(?=全)|(?:和|及|其中)(?=全)|分别(?=.)|[一二三四五六七八九十]是(?=.)|（[\d一二三四五六七八九十]{1,3}）|[①-⑳]"
    r"|^\d{1,2}[．.、](?!\d)|或(?=.)"
    # a time without its year: 9月底前完成80%
    r"|(?:\d{1,2}月(?:\d{1,2}日|底|末)?|[一二三四]季度[底末]?|年底)(?:之|以)?前"
)
# Where as many numbers follow as there are items, whatever joins them parts them.
EVERY_JOINT = re.compile(r"、|以及|(?<=..)[和及](?=..)")
LATIN = re.compile(r"[A-Za-z][A-Za-z0-9.]*")
# 国家级绿色工厂5家、省级10家: a grade alone grades what was named before it.
GRADE = re.compile(r"国家级?|[省市州盟县区]级")
AND_ABOVE = re.compile(r"^(?:及)?以上")
# 一、二星级评价标识: two grades, each with its number
GRADES = re.compile(r"(?P<one>[一二三四五六])、(?P<two>[一二三四五六])(?P<what>星级|级|类)")
# 主导或参与制定
ALSO = re.compile(r"[、或并和及]")
BRACKETED = re.compile(r"（[^（）]*）")


@dataclass(frozen=True, slots=True)
class IndicatorSpan:
    """The indicator before a number, its scope (全市) and baseline year, and where the quotation of it begins."""

    begin: int
    indicator: str
    scope: str
    baseline_year: int | None


def indicator_span(left: str, begin: int, grammar: Grammar) -> IndicatorSpan:
    """The span of `left`, which stands at `begin` of the clause's text, its relation already taken off.

    >>> from pipelines.reading.grammar import grammar
    >>> from pipelines.vocabulary import load_vocabulary
    >>> indicator_span("力争全市化肥使用量比2020年", 0, grammar(load_vocabulary()))
    IndicatorSpan(begin=2, indicator='化肥使用量', scope='全市', baseline_year=2020)
    """
    baseline_year = None
    if match := STARTS_FROM.search(left):
        baseline_year = int(match["year"]) if match["year"] else None
        left = left[: match.start()]
    if match := grammar.baseline.search(left):
        baseline_year = int(match["year"]) if match["year"] else None
        left = left[: match.start()]
    scope, place, scope_place = "", 0, None
    while place < len(left):
        if match := JOINT.match(left, place) or grammar.lead.match(left, place):
            # A lead that is all there is opens the indicator itself: 年均浓度, 累计装机.
            if match.end() >= len(left) - 1 and match[0] != "或":
                break
        elif not scope and (match := grammar.scope.match(left, place)):
            scope, scope_place = match[0], place
        else:
            break
        place = match.end()
    indicator = grammar.tail.sub("", left[place:].rstrip())
    return IndicatorSpan(
        begin + (place if scope_place is None else scope_place), indicator, scope, baseline_year
    )


def object_of(indicator: str, grammar: Grammar) -> tuple[str, str]:
    """The first verb that opens an indicator, if any, and what is left of it without those that only say that it is done.

    A verb that is the action itself stays: 抚育森林 is measured, not 森林.

    >>> from pipelines.reading.grammar import grammar
    >>> from pipelines.vocabulary import load_vocabulary
    >>> words = grammar(load_vocabulary())
    >>> object_of("抚育森林", words), object_of("积极创建省级森林城镇", words), object_of("森林乡村", words)
    (('抚育', '抚育森林'), ('创建', '省级森林城镇'), ('', '森林乡村'))
    """
    opened, rest = "", indicator
    while True:
        adverb = grammar.lead.match(rest)
        start = adverb.end() if adverb else 0
        match = grammar.verb.match(rest, start)
        joined = opened and ALSO.match(rest)
        if joined and (second := grammar.verb.match(rest, joined.end())) and second.end() < len(rest) - 1:
            # 新增和改造管网, 新建或改造口袋公园: what two verbs do
            rest = rest[second.end() :]
            continue
        if match is None or (opened and match.end() == len(rest)) or rest.startswith("性", match.end()):
            return opened, rest  # 强制性清洁生产审核
        opened = opened or match[0]
        if match[0] in grammar.verbs and grammar.verbs[match[0]].object_kept == "yes":
            return opened, rest[start:]
        rest = rest[match.end() :].removeprefix("、")


def split_indicator(indicator: str, distributes: bool, grammar: Grammar, count: int = 0) -> list[str]:
    """The indicators that one number covers, or among which `count` numbers are shared out (分别).

    Whole metrics stand side by side; with 均 or 分别, or where two nouns share a metric, each noun takes it, and
    the words before the first noun hold for the second. A total of several things is one indicator.

    >>> from pipelines.reading.grammar import grammar
    >>> from pipelines.vocabulary import load_vocabulary
    >>> words = grammar(load_vocabulary())
    >>> split_indicator("三大粮食作物化肥、农药利用率", True, words)
    ['三大粮食作物化肥利用率', '三大粮食作物农药利用率']
    >>> split_indicator("城镇污水集中处理率、污泥无害化处置率", True, words)
    ['城镇污水集中处理率', '污泥无害化处置率']
    >>> split_indicator("风电、太阳能发电总装机容量", False, words)
    ['风电、太阳能发电总装机容量']
    >>> split_indicator("新建公共机构建筑、新建厂房屋顶光伏覆盖率", False, words)
    ['新建公共机构建筑屋顶光伏覆盖率', '新建厂房屋顶光伏覆盖率']
    >>> split_indicator("公交车、出租汽车（含网约车）新能源汽车", True, words)
    ['公交车新能源汽车', '出租汽车（含网约车）新能源汽车']
    >>> split_indicator("二氧化硫（SO2）、氮氧化物（NOX）和挥发性有机物（VOCs）等主要污染物排放总量", True, words, 3)
    ['二氧化硫（SO2）排放总量', '氮氧化物（NOX）排放总量', '挥发性有机物（VOCs）排放总量']
    >>> split_indicator("城市、县城污泥无害化处置率", True, words), split_indicator("PM2.5、PM10年均浓度", True, words)
    (['城市污泥无害化处置率', '县城污泥无害化处置率'], ['PM2.5年均浓度', 'PM10年均浓度'])
    >>> split_indicator("城镇新建建筑设计阶段、竣工阶段绿色建筑占比", True, words)
    ['城镇新建建筑设计阶段绿色建筑占比', '城镇新建建筑竣工阶段绿色建筑占比']
    >>> split_indicator("一、二星级评价标识的建筑项目中绿色建材比例", True, words)
    ['一星级评价标识的建筑项目中绿色建材比例', '二星级评价标识的建筑项目中绿色建材比例']
    >>> split_indicator("重点行业产能和数据中心达到能效标杆水平的比例", False, words)
    ['重点行业产能达到能效标杆水平的比例', '数据中心达到能效标杆水平的比例']
    """
    if distributes and (match := GRADES.search(indicator)):
        return [
            f"{indicator[: match.start()]}{one}{match['what']}{indicator[match.end() :]}"
            for one in match.group("one", "two")
        ]
    if match := grammar.share_of_two.fullmatch(indicator):
        return [match["one"] + match["share"], match["other"] + match["share"]]
    parts = grammar.coordination.split(indicator)
    if (
        distributes
        and len(parts) != (count or 2)
        and len(every := EVERY_JOINT.split(indicator)) == (count or 2)
    ):
        parts = every
    if distributes and not count and any(re.search("[和及]", part) for part in parts):
        every = EVERY_JOINT.split(indicator)
        parts = every if len(every) > len(parts) and all(len(part) <= 6 for part in every[:-1]) else parts
    if len(parts) < 2 or (grammar.total.search(parts[-1]) and len(parts) != count):
        return [indicator]
    whole = [len(part) > 2 and grammar.metric.search(part) is not None for part in parts]
    last_whole = len(parts) == count or (distributes and parts[-1].endswith("排放"))
    if all(whole) or (last_whole and all(whole[:-1])):
        return parts
    if not distributes and len(parts) != 2:
        return [indicator]
    shared = _shared(parts, grammar) if distributes else _shared_by_two(parts, grammar)
    if shared is None:
        return [indicator]
    noun, metric = shared
    nouns = [*parts[:-1], noun]
    if (
        len(parts) == 2
        and len(parts[0]) > len(noun) + 1
        and parts[0][0] != noun[0]
        and parts[0][-1] != noun[-1]
        and not grammar.place_end.search(noun)
    ) or (
        len(parts) == 2
        and len(parts[0]) > len(noun) > 2
        and parts[0][-2:] == noun[-2:] in grammar.nouns("stage")
    ):
        nouns[1] = parts[0][: len(parts[0]) - len(noun)] + noun
    return [noun + metric for noun in nouns]


def _shared_by_two(parts: list[str], grammar: Grammar) -> tuple[str, str] | None:
    """The last noun and the metric that two nouns share without a word that says so: 化肥、农药使用量.

    Both have two characters or begin alike (新建公共建筑、新建厂房屋顶光伏覆盖率); nothing sums them up.
    """
    match = grammar.shared.search(parts[-1])
    if match is None or not match["metric"] or not match.start() or grammar.summed_up.search(parts[-1]):
        return None
    noun, metric = parts[-1][: match.start()], match["metric"]
    alike = len(noun) == 2 or parts[0][:2] == noun[:2]
    return (noun, metric) if alike and len(BRACKETED.sub("", noun)) <= len(parts[0]) + 2 else None


def _shared(parts: list[str], grammar: Grammar) -> tuple[str, str] | None:
    """The last noun of a list and what all of its nouns share: 县城 and 污泥无害化处置率 of 城市、县城污泥无害化处置率.

    Where the noun ends is told, in this order, by Latin letters (PM2.5、PM10年均浓度), by how the first noun ends
    (设计阶段、竣工阶段绿色建筑占比), by the length that the nouns before it have (words have two characters), by the
    metrics that nouns are known to share.
    """
    last = grammar.summed_up.sub("", parts[-1])
    first, size = parts[0], len(parts[0])
    if LATIN.fullmatch(first) and (match := LATIN.match(last)):
        return last[: match.end()], last[match.end() :]
    if (latin := LATIN.search(last)) and latin.start() > 1 and not LATIN.search(first):
        begin = latin.start() - (last[latin.start() - 1] in "低高无含")  # 低VOCs含量
        return last[:begin].removesuffix("的"), last[begin:]  # 汾渭平原PM2.5浓度
    places = grammar.nouns("place")
    if first in places and last[:2] in places:
        return last[:2], last[2:]
    match = grammar.shared.search(last)
    known = match is not None and bool(match["metric"]) and match.start() > 0
    if not known and not grammar.metric.search(last):
        return None
    end = match.start() if match is not None and known else len(last) - 1
    alike = last.find(first[-2:], 0, end) if size > 2 else -1
    if alike > 0 and alike + 2 < end:
        return last[: alike + 2], last[alike + 2 :]
    if (noun := grammar.article.match(last)) and noun.end() <= end:
        return last[: noun.end()], last[noun.end() :]
    rest = len(BRACKETED.sub("", last[:end])) - size
    # 风电、光伏发电装机容量: both nouns end alike, so nothing between them is shared.
    even = rest > 0 and rest % 2 == 0 and (size <= 2 or rest <= 4) and last[end - 1] != first[-1]
    if all(len(part) == size for part in parts[:-1]) and (even if known else size <= 4 and rest > 0):
        return last[:size], last[size:]
    if not known or len(BRACKETED.sub("", last[:end])) > size + 4:
        return None
    return last[:end], last[end:]


def graded(indicator: str, before: str) -> str:
    """The indicator of a number that has only a grade before it: that of the number before, so graded.

    >>> graded("省级", "国家级绿色工厂"), graded("省级绿色园区", "国家级绿色工厂")
    ('省级绿色工厂', '省级绿色园区')
    >>> graded("国家级", "绿色工厂")
    '国家级绿色工厂'
    """
    if not GRADE.fullmatch(indicator):
        return indicator
    grades = list(GRADE.finditer(before))
    return indicator + AND_ABOVE.sub("", before[grades[-1].end() if grades else 0 :])
