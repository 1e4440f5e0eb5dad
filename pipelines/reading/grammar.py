"""The patterns that the extractors share, made of the rows of the vocabularies and compiled when they are first used."""

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from pipelines.reading.words import Words
from pipelines.text.numerals import MULTIPLIERS
from pipelines.vocabulary import Vocabulary
from pipelines.vocabulary.patterns import any_of
from pipelines.vocabulary.rows import Unit

# A run of more than fifteen digits is no quantity, and not exact as a number.
NUMERAL = r"(?:\d{1,3}(?:,\d{3}){1,4}|\d{1,15}(?:\.\d{1,9})?)(?!\d)"
# What can be newly made or done; a number of another dimension is a state (a ratio, a concentration).
AMOUNTS = frozenset(
    (
        *("count", "length", "area", "mass", "volume", "power", "apparent power", "energy", "money"),
        *("count flow", "mass flow", "volume flow", "energy flow"),
    )
)
NUMERALS = "〇零一二三四五六七八九十百千万亿两"
# What a word of change of two characters begins with: 降 of 降到, 持 of 保持在
HEAD_OF_CHANGE = "(?<![达提升降增减高低少加长大小缩短压控制稳定保持维展复整占])"
# What looks like a bound behind a unit, whether a row knows it or not: 以上, 之上, 及以下, 左右.
BOUND_LIKE = r"及?[以之][上下内外前后]|[左上前][右下后]"


@dataclass(frozen=True, slots=True)
class Relation:
    """A word between an indicator and its number: the comparator and the change that it means."""

    relation: str
    comparator: str
    change: str


@dataclass(frozen=True, eq=False)
class Grammar(Words):
    """The patterns of numbers and of what they measure."""

    # --- numbers ----------------------------------------------------------------------------------------------

    @cached_property
    def quantity(self) -> re.Pattern[str]:
        """A number with what stands at it: groups number, between, upper, unit or multiplier and scaled, comparator.

        VOCs2000吨 is an amount, PM2.5 a name. 千克标准煤 is a unit; in 40亿立方米 the 亿 is not of it.
        """
        units, multiplier = any_of(self.units), any_of(filter(None, MULTIPLIERS))
        return re.compile(
            rf"(?:(?<![\dA-Za-z.])|(?<=[sx])(?=\d[\d.]*[万千百]?吨))(?P<number>{NUMERAL})"
            rf"(?:(?P<own>{multiplier})?{units}?(?P<between>{any_of(self._bounds('between'))})(?P<upper>{NUMERAL}))?"
            rf"(?:(?:[多余]| (?=[A-Za-zμ]))?(?P<unit>{units})|(?P<multiplier>{multiplier})[多余]?(?P<scaled>{units})?)?"
            rf"(?P<comparator>{any_of(self.bound_behind)})?"
        )

    @cached_property
    def units(self) -> dict[str, Unit]:
        """Units by how they are printed."""
        return self.vocabulary.unit_of

    @cached_property
    def counting_units(self) -> frozenset[str]:
        """The units that count things."""
        return self._units(lambda dimension: dimension == "count")

    @cached_property
    def amount_units(self) -> frozenset[str]:
        """The units of what can be newly made or done."""
        return self._units(lambda dimension: dimension in AMOUNTS)

    @cached_property
    def concentration_units(self) -> frozenset[str]:
        """The units of concentrations, of which less is better."""
        return self._units(lambda dimension: dimension == "concentration")

    @cached_property
    def bound_behind(self) -> dict[str, str]:
        """The comparators of the words behind a unit: 以上 >=."""
        return {row.word: row.comparator for row in self.vocabulary.comparators if row.stands == "behind"}

    # --- between an indicator and its number --------------------------------------------------------------------

    @cached_property
    def relations(self) -> dict[str, Relation]:
        """The words between an indicator and its number."""
        bounds = {
            row.word: Relation(row.word, row.comparator, "level")
            for row in self.vocabulary.comparators
            if row.stands == "before" and row.comparator != "~"
        }
        return bounds | {row.word: Relation(row.word, "=", row.change) for row in self.vocabulary.changes}

    @cached_property
    def relation(self) -> re.Pattern[str]:
        """The words, at the end of what stands before a number, that relate it to its indicator: 力争达到, 提高到不低于."""
        loose = rf"{any_of(self._hedges)}|{self.distribute.pattern}"
        inner = rf"(?:{loose}|{self.strive.pattern})*"
        bounds = any_of(word for word, row in self.relations.items() if row.comparator != "=")
        moves = {word: row.change for word, row in self.relations.items() if row.comparator == "="}
        # No part of a longer word that no row knows: 低于 of 不得低于, 到 of 扩展到.
        alone = rf"{HEAD_OF_CHANGE}{any_of(word for word in moves if len(word) == 1)}"
        relation = rf"(?<![不未没得]){bounds}|{any_of(word for word in moves if len(word) > 1)}|{alone}"
        moved = any_of(word for word, change in moves.items() if change != "add" and len(word) > 1)
        return re.compile(
            rf"(?:{loose}|(?<!\d){self._adverbs}|平均)*"
            rf"(?:(?P<move>{moved})了?{inner}(?P<bound>{bounds})|(?P<relation>{relation})了?){inner}$"
        )

    @cached_property
    def share_of(self) -> re.Pattern[str]:
        """An indicator, its relation, and the whole of which the number is a share: 销售量 达到 销售总量 的."""
        relations = any_of(word for word in self.relations if len(word) > 1 or word in "占达")
        return re.compile(
            rf"(?P<indicator>[^，]{{0,40}}?)(?P<relation>{relations})(?P<whole>[^，、]{{2,20}}?)的$"
        )

    @cached_property
    def distributes(self) -> re.Pattern[str]:
        """What says that a number holds for each thing named before it; 各 before a verb does so too."""
        moves = any_of({word[0] for word in self.relations if len(word) > 1})
        return re.compile(rf"{self.distribute.pattern}|各(?={moves})")

    @cached_property
    def ahead(self) -> re.Pattern[str]:
        """What bounds a number from before its verb: 至少建成1个."""
        return re.compile(any_of(self._bounds("ahead")))

    # --- indicators -------------------------------------------------------------------------------------------

    @cached_property
    def tail(self) -> re.Pattern[str]:
        """What stands between an indicator and its relation without belonging to either."""
        words = [*self._words("tail", "distribute", "pair"), *self._strengths, *self._hedges]
        return re.compile(rf"{any_of(words)}+$")

    @cached_property
    def metric(self) -> re.Pattern[str]:
        """What an indicator ends with; 质量 is no amount."""
        return re.compile(f"{any_of(row.ending for row in self.vocabulary.metrics)}(?<!质量)$")

    @cached_property
    def done(self) -> re.Pattern[str]:
        """A metric of something done: 减排量."""
        return re.compile(f"{any_of(row.ending for row in self.vocabulary.metrics if row.kind == 'done')}$")

    @cached_property
    def newly(self) -> re.Pattern[str]:
        """What makes the amount of an indicator one to be newly made: 新改建岸电泊位, 新增装机规模."""
        inside = self._acting_as("newly")
        metric = any_of(row.ending for row in self.vocabulary.metrics if row.kind == "amount")
        plain = any_of(word for word in inside if not word.endswith("增"))
        return re.compile(
            rf"{plain}|{any_of(word for word in inside if word.endswith('增'))}(?=[^、]{{0,12}}{metric})"
        )

    @cached_property
    def baseline(self) -> re.Pattern[str]:
        """What a change is measured against, at the end of what stands before its relation: 比2020年, 在2020年基础上, 较峰值."""
        before, behind = any_of(self._words("compared")), any_of(self._words("comparing"))
        other = any_of(self._words("compared_with"))
        return re.compile(
            rf"(?:{before}?于?(?P<year>20\d\d)年[底末]?|{before}{other}|在[^，；。\d]{{2,16}}基础上){behind}*(?:{self.tail.pattern[:-1]})?$"
        )

    @cached_property
    def coordination(self) -> re.Pattern[str]:
        """What parts metrics that stand side by side: 集中处理率、处置率; 氮氧化物和挥发性有机物重点工程减排量."""
        shares = any_of([*self.nouns("metric_head"), *self.nouns("metric_action")])
        return re.compile(rf"、|以及|(?<=[率量比重耗度])和|(?<=[物氮])和(?=[^、]{{2,6}}{shares})")

    @cached_property
    def share_of_two(self) -> re.Pattern[str]:
        """Two things, and the share of each that is to do the same: 重点行业产能和数据中心[达到能效标杆水平的比例]."""
        attains = any_of(self._acting_as("attains"))
        shares = any_of(row.ending for row in self.vocabulary.metrics if row.kind == "ratio")
        return re.compile(
            rf"(?P<one>[^、和及与的]{{2,12}})[和及](?P<other>[^、和及与的]{{2,12}}?)(?P<share>{attains}[^、和及]{{2,20}}的{shares})"
        )

    @cached_property
    def total(self) -> re.Pattern[str]:
        """What sums several things up to one indicator: 总装机容量."""
        return re.compile(any_of(self.nouns("total")))

    @cached_property
    def summed_up(self) -> re.Pattern[str]:
        """等主要污染物[重点工程减排量]: what follows 等 sums the items up, and the metric is what is left."""
        return re.compile(
            rf"等(?:{any_of(self.nouns('summed'))}|[^、]{{0,8}}?(?={any_of(self.nouns('metric_head'))}))?"
        )

    @cached_property
    def article(self) -> re.Pattern[str]:
        """A product whose name has more than two characters, behind which what is shared begins."""
        return re.compile(any_of(self.nouns("article")))

    @cached_property
    def place_end(self) -> re.Pattern[str]:
        """京津冀及周边地区、汾渭平原: two places, of which neither lends the other its head."""
        return re.compile(rf"(?:{any_of(self.nouns('place_end'))}|[省市县])$")

    @cached_property
    def part(self) -> re.Pattern[str]:
        """What names a part of what was measured before it: 其他城市, 国家枢纽节点, 广州市."""
        ends = any_of([*self.nouns("part"), *self.nouns("place"), *self.nouns("place_end")])
        return re.compile(rf"[^，。；]{{0,16}}(?:{ends}|[省市县区州])")

    @cached_property
    def shared(self) -> re.Pattern[str]:
        """The metric that coordinated nouns share: 化肥、农药[利用率], 绿色防控、统防统治[覆盖率]."""
        heads, actions, amounts = (
            any_of(self.nouns(f"metric_{part}")) for part in ("head", "action", "amount")
        )
        unit = r"单位[^、]{2,24}"
        return re.compile(
            rf"(?P<metric>(?:{heads}|{unit})*(?:{actions}(?:总?量|比例|率|强度)|{amounts}|{unit}))$"
        )

    @cached_property
    def object(self) -> re.Pattern[str]:
        """What stands behind a number as its object, also with attributes side by side: 30个特色鲜明、差异化发展的试点城市."""
        return re.compile(
            rf"“[^“”\d]{{1,40}}”(?=[，；。]|$)|(?!{BOUND_LIKE}|[和及或并]|与(?![^，；。、\d]*的))(?:[^，；。、（）“”\d]|“[^“”\d]{{1,40}}”|（[^，；。（）\d]{{1,3}}）(?=[^，；。、（）\d])){{2,30}}(?<![和与及])"
            rf"(?:(?:、(?!{any_of(self._counting)})[^，；。、（）\d]{{2,20}})+(?=[，；。]|$))?(?:（[^，；。、（）\d]{{1,3}}）)?"
        )

    @cached_property
    def congress(self) -> re.Pattern[str]:
        """Congresses and plenary sessions, which are names: 党的二十大, 十九届历次全会, 二中、三中全会."""
        behind = any_of(self.nouns("congress"))
        return re.compile(
            rf"(?<=党的)[{NUMERALS}]+[大届]|(?<![{NUMERALS}])[{NUMERALS}]+"
            rf"(?:届(?=历次|[{NUMERALS}]*中)|(?=中全会|中、)|大(?={behind}|和[{NUMERALS}]))"
        )

    @cached_property
    def counter(self) -> re.Pattern[str]:
        """A word behind a numeral that makes it a count or a time: 四[大]支柱产业."""
        return re.compile(any_of(self.nouns("counter")))

    @cached_property
    def of_plan(self) -> re.Pattern[str]:
        """What a count that only describes the plan itself ends with: 统筹推进12项重点任务."""
        return re.compile(f"{any_of(self.nouns('plan'))}$")

    @cached_property
    def called(self) -> re.Pattern[str]:
        """What an action is called, behind what is done: 清洁取暖改造任务."""
        return re.compile(rf"(?<=..){any_of(self.nouns('task'))}$")

    @cached_property
    def called_task(self) -> re.Pattern[str]:
        """What an action and a part of the plan may both be called, and no indicator keeps: 任务."""
        return re.compile(rf"(?<=..){any_of({*self.nouns('task')} & {*self.nouns('plan')})}$")

    @cached_property
    def driven(self) -> re.Pattern[str]:
        """A verb that opens an indicator without belonging to it, and yet acts: 推进光伏开发试点5个."""
        drives = any_of(
            word
            for word in self._words("lead")
            if word in self.verbs and self.verbs[word].bindingness == "promote"
        )
        return re.compile(rf"(?P<verb>{drives})[^，]{{0,2}}$")

    @cached_property
    def of_project(self) -> re.Pattern[str]:
        """A project, which a measured number before it describes: 100万千瓦风电项目."""
        behind = rf"{any_of([noun for kind in ('project', 'works', 'task') for noun in self.nouns(kind)])}*"
        return re.compile(rf"[^，；。、\d]{{0,30}}{any_of(self.nouns('project'))}(?:[一二三四]期)?{behind}$")

    @cached_property
    def in_all(self) -> re.Pattern[str]:
        """What makes a number the sum of all there is, and not of what is newly made: 累计创建150家."""
        return re.compile(any_of(self._words("in_all")))

    @cached_property
    def remaining(self) -> re.Pattern[str]:
        """What belongs to what stands behind the number: 完成城六区剩余2.3万户…, 形成年处理5万吨…能力."""
        return re.compile(
            rf"{any_of(self.nouns('remaining'))}$|^[年日]{any_of(self.nouns('metric_action'))}$"
        )

    @cached_property
    def delimits(self) -> re.Pattern[str]:
        """What follows a number that delimits a class of things: 65蒸吨/小时以上的燃煤锅炉, 3吨以下（含）."""
        return re.compile(
            rf"的(?!{any_of(self.nouns('goal'))})|[（(]含[）)]|{any_of(self.nouns('limit'))}(?![在到])"
        )

    @cached_property
    def goal(self) -> re.Pattern[str]:
        """What a number itself is called: 达到15%的目标."""
        return re.compile(rf"的?{any_of(self.nouns('goal'))}")

    @cached_property
    def goal_behind(self) -> re.Pattern[str]:
        """What a state that is to be reached is called: 建成节约型机关的目标."""
        return re.compile(f"的{any_of(self.nouns('goal'))}$")

    @cached_property
    def goal_at_end(self) -> re.Pattern[str]:
        """What a number itself is called, or a part of the plan: 约束性指标12项."""
        return re.compile(rf"{any_of([*self.nouns('goal'), *self.nouns('plan')])}$")

    @cached_property
    def estimated(self) -> re.Pattern[str]:
        """What is expected to come of it, and is not promised: 预计减排, 折合标准煤."""
        return re.compile(any_of(self._words("estimate")))

    @cached_property
    def limiting(self) -> re.Pattern[str]:
        """What makes the amount behind it a ceiling, and not one to be added: 严控新增产能."""
        newly = any_of([*self._acting_as("newly"), "新"])
        return re.compile(rf"{any_of(self._acting_as('limits'))}(?=[^，；。]{{0,8}}?{newly})")

    @cached_property
    def grant(self) -> re.Pattern[str]:
        """What is granted: 补助, 奖励."""
        return re.compile(any_of(self.nouns("grant")))

    @cached_property
    def condition(self) -> re.Pattern[str]:
        """What opens a condition: 如果抽样精度小于90%; not 如期."""
        return re.compile(rf"{any_of(self._words('condition'))}(?!期|下)")

    @cached_property
    def of_those(self) -> re.Pattern[str]:
        """What opens those of which something holds: 对成活率在41%以下的地块."""
        return re.compile(any_of(self._words("of_those")))

    @cached_property
    def parameter(self) -> re.Pattern[str]:
        """What a method sets, at the end of an indicator: 缺省值, 取值范围."""
        return re.compile(f"{any_of(self.nouns('parameter'))}$")

    @cached_property
    def duration(self) -> re.Pattern[str]:
        """What a number of days or years can be an aim of, at the end of an indicator: 审批时限."""
        metrics = [row.ending for row in self.vocabulary.metrics]
        return re.compile(f"{any_of([*self.nouns('duration'), *metrics])}$")

    @cached_property
    def worked_on(self) -> re.Pattern[str]:
        """What is done to those counted: [对20个]小区进行改造."""
        done = any_of(row.verb for row in self.vocabulary.verbs if row.object_kept == "yes")
        means = any_of(self._words("means"))
        return re.compile(
            rf"(?P<object>[^，；。\d]{{2,30}}?)(?:{means})+(?P<action>[^，；。\d]{{0,12}}(?P<verb>{done}))"
        )

    @cached_property
    def planned(self) -> re.Pattern[str]:
        """What somebody plans to do: 全市计划建设换电站."""
        plans, acts = any_of(self._words("count")), any_of(self._counting)
        return re.compile(rf"{plans}(?P<verb>{acts})(?P<object>[^，。；]{{2,}})$")

    @cached_property
    def standard(self) -> re.Pattern[str]:
        """新建居住建筑75%节能标准执行率."""
        return re.compile(any_of(self.nouns("standard")))

    @cached_property
    def state(self) -> re.Pattern[str]:
        """What a share of things is to be: 80%以上党政机关建成节约型机关."""
        return re.compile(rf"的?[^，；。]{{0,40}}?{any_of(self._words('state'))}")

    @cached_property
    def attained(self) -> re.Pattern[str]:
        """What those counted are to do: 1500家企业完成低VOCs含量原辅材料替代, 2个以上县（市、区）列入试点名单."""
        attains = any_of(self._acting_as("attains"))
        return re.compile(
            rf"[^，；。、\d（）]{{1,12}}(?:（[^（）]{{1,6}}）)?(?P<attains>{attains})[^，；。\d]{{2,}}$"
        )

    @cached_property
    def aside(self) -> re.Pattern[str]:
        """What comes of an action and is none itself: 惠及居民10万户."""
        return re.compile(any_of(self._words("aside")))


@lru_cache(maxsize=64)
def grammar(vocabulary: Vocabulary) -> Grammar:
    """The grammar of a vocabulary; compiled once for each."""
    return Grammar(vocabulary)
