"""The numbers of a sentence in, those that commit the plan to something out, with what they commit it to.

A number is read by the first of these forms that fits (docs/method has them with their examples):

    a threshold         65蒸吨/小时以上 的燃煤锅炉                  commits to nothing
    the past            已 建成20个                                 commits to nothing
    related             煤炭消费比重 降至 40%以下; 用水量较2020年 下降 12%
    a share of a whole  新能源汽车新车销售量 达到汽车新车销售总量的 20%以上
    repeated            分别提升至15%、20%以上
    again               高标准农田25万亩，其中 新建 8万亩
    after a metric      清洁取暖率 100%
    after an object     抚育 森林 40万亩; 建设 充电基础设施 3万台以上
    before an object    开展 30个 乡村电气化试点
    enumerated          人工造林1万亩、 退化林修复 20万亩
    continued           新建绿道100公里， 口袋公园 20个
    before a subject    80%以上 党政机关建成节约型机关
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from pipelines.reading.grammar import Grammar, Relation
from pipelines.reading.indicators import BRACKETED, Frame, frame, graded, object_of, split_indicator
from pipelines.reading.moments import Moment
from pipelines.reading.quantities import Quantity

RATIOS = ("percent", "percentage-point")
LEFT_MARK = re.compile(r"[，；。：！？\n（）〈〉“”《》]")
RIGHT_MARK = re.compile(r"[，；。：！？\n（）〈〉]")
ENUMERATION = re.compile(r"[）〉]?(?:、|以及|和|及|与)")
# 65蒸吨/小时以上的燃煤锅炉, 年产值超10亿元的企业, 3吨以下（含）: the number delimits a class of things.
DELIMITS = re.compile(r"的(?!目标|任务|要求|水平|指标)|[（(]含[）)]|(?:限制|限值|上限|下限)(?![在到])")
# 新建居住建筑75%节能标准执行率
STANDARD = re.compile(r"(?:建筑)?(?:节能|能效|排放)(?:设计)?标准")
# 建设100万千瓦风电项目: what is measured of a project describes it.
OF_A_PROJECT = re.compile(
    r"[^，；。、\d]{0,30}(?:项目|工程|机组|基地|中心|装置|生产线|电站|电厂)(?:[一二三四]期)?(?:项目|工程)?(?:建设|任务|前期工作)*$"
)
# 由38微克/立方米下降到31微克/立方米, 在86.8%的基础上: what a change starts from
STARTS_FROM = re.compile(r"(?:由|从)(?:(?:20\d\d年|目前|当前|现在|现状|原来)的?)?$")
STARTED_FROM = re.compile(r"的?基础上")
BASIS_YEAR = re.compile(r"在?(?P<year>20\d\d)年(?:底|末)?的?")
SHARE_OF = re.compile(r"(?P<indicator>.{2,40}?)(?:达到|达|占到|占)(?P<whole>[^，、]{2,20}?)的$")
# What follows a count that only describes the plan itself: 统筹推进12项重点任务. Counted in a unit of its own, it is
# a deed: 完成238台燃气锅炉低氮燃烧改造任务.
OF_THE_PLAN = re.compile(r"(?:任务|措施|举措|政策|方面|要求|制度|原则)$")
GENERAL_COUNTERS = frozenset({"thing", "project", "line", "case", ""})
CALLED_TASK = re.compile(r"(?<=..)任务$")
# What the deed is called, behind what is done: 清洁取暖改造任务
CALLED = re.compile(r"(?<=..)(?:任务|工作)$")
# 完成城六区剩余2.3万户清洁取暖改造, 形成年处理5万吨废旧电池能力: an attribute before the number, what it is of behind it
REMAINING = re.compile(
    r"(?:剩余|其余|余下|现有|存量|清单内|名单内|辖区内|范围内|区域内)$|^[年日](?:处理|处置|生产|加工|消纳|回收|利用)$"
)
# What stands behind a number as its object, also with attributes side by side: 30个特色鲜明、差异化发展的试点城市
OBJECT = re.compile(
    r"[^，；。、（）\d]{2,30}(?<![和与及])(?:、[^，；。、（）\d]{2,12}的[^，；。、（）\d]{2,20})?(?:（[^，；。、（）\d]{1,3}）)?"
)
STATE = re.compile(
    r"的?[^，；。]{0,40}?(?:建成|达到|具备|实现|完成|实施|纳入|采用|使用|配备|通过|执行|创建|开展|为)"
)
# VOCs排放量2倍削减替代
REPLACES = re.compile(r"(?:削减|减量|替代|置换)")
# 车桩比达到2:1 is no number that a column could hold, and an issue.
RATIO_OF_TWO = re.compile(r"[:：∶]\d")
RATIO_BEFORE = re.compile(r"\d[:：∶]$")
DISTRIBUTES = re.compile(r"(?<!平)(?<!年)均|都|各(?=达|提|下|降|增|不)|分别")
DRIVEN = re.compile(r"(?P<verb>推[进动])[^，]{0,2}$")
KINDS = frozenset({"kind", "class", "project"})
BEHIND = re.compile(
    r"(?<=..)(?:(?P<verb>淘汰|报废|退出|关停|完成)(?<!完成)|(?P<done>完成)(?:(?:综合)?(?:整治|治理)|修复|清洁生产审核|风险管控|验收|销号"
    r"|(?:超低排放|节能|提标|清洁)?(?:升级)?改造))$"
)
# Characters: what stands further from a number than this does not say what it is.
LONGEST_RUN = 300
LONGEST_DEED = 60  # of who, what is done, and to what


@dataclass(frozen=True, slots=True)
class Commitment:
    """A number that commits the plan to something: what is measured and how the number bounds it.

    `[start, end)` is the shortest run of the clause's text that holds indicator, relation, number and unit. What is
    `_as_written` are the words that gave the code, empty where it is the default (=, level, firm); rule is the form
    by which the number was read.
    """

    quantity: Quantity
    start: int
    end: int
    indicator: str
    scope: str
    comparator: str
    comparator_as_written: str
    change: str
    change_as_written: str
    baseline_year: int | None
    hedge: str
    strength_as_written: str
    rule: str
    moment: Moment | None = None
    deadline_basis: str = ""
    located_in: str = "text"
    attribute: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """The commitments of a sentence, and what some of its other numbers are, by the places where they stand:
    threshold (delimits a class of things), baseline (a change starts from it), background (is past); with the rule
    that says so."""

    commitments: tuple[Commitment, ...]
    others: dict[int, tuple[str, str]]


@dataclass(frozen=True)
class _Site:
    """A number and what stands round it: from the last comma, time or number before it to the next comma.

    tail is the comparator as printed (以上, 左右); right is what follows it. follows says that only a comma parts the
    site from the commitment before it; is_factor marks the 2 and the 66 of 2×66万千瓦机组; basis is what the sentence named before without a number of its own
    (在…基础上, 截至2022年底…, 绿色运输比例，2023年达到60%); doing what the run before does (实施清洁生产审核，完成80家).
    """

    grammar: Grammar
    quantity: Quantity
    begin: int
    left: str
    tail: str
    right: str
    relation: re.Match[str] | None
    done: Sequence[Commitment]
    in_enumeration: bool
    follows: bool
    is_past: bool
    is_factor: bool
    basis: Frame | None
    doing: str

    @property
    def is_ratio(self) -> bool:
        return self.quantity.unit in RATIOS

    @property
    def is_amount(self) -> bool:
        return self.quantity.unit in self.grammar.amount_units

    @property
    def is_counted(self) -> bool:
        return bool(self.quantity.unit) and not self.is_ratio

    @property
    def last(self) -> Commitment | None:
        return self.done[-1] if self.done and self.in_enumeration else None

    @cached_property
    def _whole(self) -> Frame:
        return frame(self.left, self.begin, self.grammar)

    def frame(self, left: str | None = None) -> Frame:
        return self._whole if left is None else frame(left, self.begin, self.grammar)


Rule = Callable[[_Site], list[Commitment] | None]


def commitments(
    string: str, start: int, end: int, found: list[Quantity], times: list[Moment], grammar: Grammar
) -> Reading:
    """The commitments among the numbers `found` of the sentence `string[start:end]`."""
    done: list[Commitment] = []
    others: dict[int, tuple[str, str]] = {}
    basis: Frame | None = None
    for quantity in found:
        if quantity.is_upper:
            if done and done[-1].quantity.end == quantity.end:
                done.append(
                    replace(
                        done[-1],
                        quantity=quantity,
                        comparator=quantity.comparator,
                        comparator_as_written=quantity.bound,
                    )
                )
            continue
        site = _site(string, start, end, quantity, done, times, grammar, basis)
        if RATIO_OF_TWO.match(string, quantity.end) or RATIO_BEFORE.search(
            string, max(0, quantity.start - 4), quantity.start
        ):
            others[quantity.start] = ("count", "ratio-of-two")
        elif STARTS_FROM.search(site.left) or STARTED_FROM.match(site.right):
            others[quantity.start] = ("baseline", "starts-from")
            basis = _basis(site)
        elif _delimits(site):
            others[quantity.start] = ("threshold", "delimits")
        elif site.is_past:
            others[quantity.start] = ("background", "past")
            basis = site.frame(site.left[: site.relation.start()] if site.relation else None)
        else:
            for name, rule in RULES.items():
                if (made := rule(site)) is not None:
                    done += [replace(one, rule=name) for one in made]
                    break
    return Reading(tuple(_paired(string, done, grammar)), others)


def _basis(site: _Site) -> Frame:
    """What a change starts from: 在2022年空气质量优良天数比率86.8%的基础上."""
    if match := BASIS_YEAR.match(site.left):
        at = frame(site.left[match.end() :], site.begin + match.end(), site.grammar)
        return replace(at, baseline_year=int(match["year"]))
    return site.frame()


def _delimits(site: _Site) -> bool:
    """Whether a number delimits a class of things: 65蒸吨/小时以上的燃煤锅炉, 3吨以下叉车.

    Counted things may follow their bound (建设3万台以上充电桩); measured ones may not.
    """
    quantity = site.quantity
    if (
        site.is_factor
        or STANDARD.match(site.right)
        or (quantity.unit == "times" and REPLACES.match(site.right))
    ):
        return True
    if site.is_ratio and not site.relation and (STATE.match(site.right) or site.left.endswith("具备")):
        return False
    if DELIMITS.match(site.right):
        return bool(quantity.unit)
    measured = site.is_counted and quantity.unit not in site.grammar.counting_units
    if measured and not site.relation and OF_A_PROJECT.match(BRACKETED.sub("", site.right)):
        return True
    if not quantity.comparator or quantity.comparator == "~" or site.relation:
        return False
    return measured and bool(OBJECT.match(site.right))


def _related(site: _Site) -> list[Commitment] | None:
    """indicator + relation + number; without an indicator, that of the number before it."""
    if site.relation is None:
        return None
    relation = site.grammar.relations[site.relation["relation"]]
    at = site.frame(site.left[: site.relation.start()])
    if site.grammar.aside.fullmatch(at.indicator) and not site.grammar.metric.search(at.indicator):
        return []  # 满足超过30万辆电动汽车充电需求
    does = at.indicator if at.indicator in site.grammar.verbs else ""
    if relation.comparator != "=" and (verb := site.grammar.verb_at_end.search(at.indicator)):
        does = verb["verb"]
    if not at.indicator or does:
        if bounded := _bounded_object(site, at):
            return bounded
        if site.done:
            at = replace(at, indicator=site.done[-1].indicator)
        elif does and site.doing:
            at = replace(at, indicator=site.doing)
        elif site.basis is not None and site.basis.indicator:
            # What starts a change has a baseline of its own; the year of the change itself is none.
            baseline_year = site.basis.baseline_year or at.baseline_year
            at = replace(at, indicator=site.basis.indicator, baseline_year=baseline_year)
        else:
            return []
    change, changed, at = _change(site, relation, at, does)
    comparator = relation.comparator if relation.comparator != "=" else ""
    if comparator == "better":
        comparator = "<=" if site.quantity.unit in site.grammar.concentration_units else ">="
    bound = site.quantity.bound or (relation.relation if comparator else "")
    return _made(site, at, change, changed, comparator=site.quantity.comparator or comparator, bound=bound)


def _change(site: _Site, relation: Relation, at: Frame, does: str) -> tuple[str, str, Frame]:
    """What a related number does to its indicator, the word that says so, and the frame without its verbs."""
    if not site.is_amount:
        return relation.change, relation.relation, _of_ratio(at, site.grammar)
    opened, what = object_of(at.indicator, site.grammar)
    is_metric = site.grammar.metric.search(at.indicator)
    made_by = opened or _newly(at.indicator, site.grammar) or does
    if (
        not made_by
        and not is_metric
        and relation.comparator != "="
        and site.last
        and site.last.change == "add"
    ):
        made_by = site.last.change_as_written
    at = replace(at, indicator=what)
    if relation.change == "level" and made_by:
        return "add", made_by, at
    if relation.change == "increase" and not is_metric:
        return "add", relation.relation, at
    return relation.change, relation.relation, at


def _newly(indicator: str, grammar: Grammar) -> str:
    """The word in an indicator that makes its number an amount to be done: 新改建 in 港口新改建岸电泊位超过250个."""
    match = grammar.newly.search(indicator) or grammar.done.search(indicator)
    return match[0] if match else ""


def _bounded_object(site: _Site, at: Frame) -> list[Commitment] | None:
    """A bound without an indicator before it bounds what stands behind it: 推动不少于5家企业创建绿色工厂."""
    match = OBJECT.match(site.right) if site.is_counted and site.is_amount and site.relation else None
    if match is None or site.relation is None or _is_of_the_plan(site, match[0]):
        return None
    relation = site.grammar.relations[site.relation["relation"]]
    if relation.change != "level" or relation.comparator == "=":
        return None
    verb = at.indicator if at.indicator in site.grammar.verbs else ""
    if verb_at_end := site.grammar.verb_at_end.search(at.indicator):
        verb = verb_at_end["verb"]
    return _made(
        site,
        replace(at, indicator=match[0]),
        "add",
        verb,
        comparator=relation.comparator,
        bound=relation.relation,
        end=site.quantity.end + match.end(),
    )


def _is_of_the_plan(site: _Site, what: str) -> bool:
    """Whether what is counted are the plan's own tasks and measures."""
    return bool(OF_THE_PLAN.search(what)) and site.quantity.unit in GENERAL_COUNTERS


def _of_ratio(at: Frame, grammar: Grammar) -> Frame:
    """The frame of a ratio, whose opening words belong to it (新增大宗固废…率) unless they say how it moves."""
    match = grammar.raise_.match(at.indicator)
    return replace(at, indicator=at.indicator[match.end() :]) if match else at


def _share_of_whole(site: _Site) -> list[Commitment] | None:
    match = SHARE_OF.match(site.left) if site.is_ratio else None
    return _made(site, site.frame(match["indicator"]), "level") if match else None


def _repeated(site: _Site) -> list[Commitment] | None:
    """A number that only 、 parts from the one before it has the relation and the indicator of that.

    If an object stands behind the number before it, one stands behind this too: 建成50个标杆项目、10个近零碳园区.
    """
    last, quantity = site.last, site.quantity
    if last is None or site.left.strip("、和及与"):
        return None
    if last.end > last.quantity.end:
        match = OBJECT.match(site.right)
        if match is None or not quantity.unit or site.is_ratio:
            return []
        at = Frame(quantity.start, match[0], "", None)
        return _made(site, at, last.change, last.change_as_written, end=quantity.end + match.end())
    comparator = quantity.comparator or last.comparator
    bound = quantity.bound or last.comparator_as_written
    return [
        replace(last, quantity=quantity, end=quantity.end, comparator=comparator, comparator_as_written=bound)
    ]


def _after_metric(site: _Site) -> list[Commitment] | None:
    at = site.frame()
    if not site.grammar.metric.search(at.indicator):
        return None
    if site.is_amount and object_of(at.indicator, site.grammar)[0]:
        return None
    done = site.grammar.done.search(at.indicator) if site.is_amount else None
    return _made(site, _of_ratio(at, site.grammar), "add" if done else "level", done[0] if done else "")


def _after_object(site: _Site) -> list[Commitment] | None:
    at = site.frame()
    opened, what = object_of(at.indicator, site.grammar)
    deed = None
    if not opened and len(at.indicator) <= LONGEST_DEED:
        deed = site.grammar.deed.match(at.indicator)
    if not site.right and (driven := DRIVEN.search(site.left[: site.left.find(at.indicator)])):
        opened = driven["verb"]  # 推进光伏开发试点5个
    elif (
        deed
        and not site.right
        and not BEHIND.search(at.indicator)
        and not site.grammar.metric.search(at.indicator)
        and site.is_amount
    ):
        # 农村地区新建充电桩1000个: who or where is kept in the quotation
        kept = site.grammar.verbs[deed["verb"]].object_kept == "yes"
        opened, what = deed["verb"], f"{deed['verb']}{deed['object']}" if kept else deed["object"]
    if (
        not opened
        or len(what) < 2
        or what in site.grammar.verbs
        or what.endswith(("的", "、", "等"))
        or not site.is_counted
    ):
        return None
    if _is_of_the_plan(site, what):
        return []
    if REMAINING.search(what) and (match := OBJECT.match(site.right)):
        at = replace(at, indicator=what + CALLED.sub("", match[0]))
        return _made(site, at, "add", opened, end=site.quantity.end + match.end())
    return _made(site, replace(at, indicator=CALLED.sub("", what)), "add", opened)


def _before_object(site: _Site) -> list[Commitment] | None:
    """verb + number + object, the subject of the verb left out: 每个设区市至少建成1个近零碳园区."""
    match = OBJECT.match(site.right)
    if match is None or _is_of_the_plan(site, match[0]):
        return None
    at = site.frame()
    verb = site.grammar.verb_at_end.search(at.indicator)
    if at.indicator.endswith("等"):
        # 推广绿色出行等8类低碳场景 counts what is listed; 完成花溪、白云等5座污水处理厂改造 what is done.
        done = site.is_counted and site.quantity.unit not in KINDS
        if done and (opening := site.grammar.verb.match(at.indicator)):
            return _made(
                site,
                replace(at, indicator=CALLED.sub("", match[0])),
                "add",
                opening[0],
                end=site.quantity.end + match.end(),
            )
        verb = None
    if verb is None:
        return None
    if not site.is_counted:
        if not (site.is_ratio and verb["verb"] == "具备" and match[0].startswith("的")):
            return None
        at = replace(at, indicator=match[0].removeprefix("的"))
        return _made(site, at, "level", end=site.quantity.end + match.end())
    kept = site.grammar.verbs[verb["verb"]].object_kept == "yes"
    what = CALLED.sub("", match[0])
    indicator = f"{verb['verb']}{what}" if kept else what
    begin = at.begin + verb.start()
    end = site.quantity.end + match.end()
    return _made(site, replace(at, begin=begin, indicator=indicator), "add", verb["verb"], end=end)


def _enumerated(site: _Site) -> list[Commitment] | None:
    """A number of an enumeration whose first has the verb: 实施人工造林1万亩、退化林修复20万亩."""
    at = site.frame()
    if site.last is None or not at.indicator or not site.is_counted:
        return None
    at = replace(at, indicator=graded(at.indicator, site.last.indicator))
    return _made(site, at, site.last.change, site.last.change_as_written)


def _deed_behind(site: _Site) -> list[Commitment] | None:
    """What is done stands behind what it is done to: 国五及以下重型柴油货车淘汰1万辆以上, 农村黑臭水体完成整治35条."""
    at = site.frame()
    behind = BEHIND.search(at.indicator)
    if site.right or not site.is_counted or site.relation or not behind:
        return None
    return _made(site, at, "add", behind["verb"] or behind["done"])


def _part_of(site: _Site) -> list[Commitment] | None:
    """A part and its share behind that of the whole: 绿色出行比例达到75%，其中中心城区80%以上."""
    last = site.last
    if (
        last is None
        or site.relation
        or not site.is_ratio
        or site.right
        or last.quantity.unit != site.quantity.unit
    ):
        return None
    return _made(site, site.frame(), last.change, last.change_as_written)


def _continued(site: _Site) -> list[Commitment] | None:
    """A noun and its number alone between commas go on with what is done before: 新建绿道100公里，口袋公园20个."""
    if not (site.follows and site.is_counted and site.is_amount) or site.relation or site.right:
        return None
    at = site.frame()
    last = site.done[-1]
    is_noun = (
        len(at.indicator) > 1
        and at.indicator not in site.grammar.verbs
        and not site.grammar.aside.match(at.indicator)
    )
    return _made(site, at, "add", last.change_as_written) if last.change == "add" and is_noun else None


def _before_subject(site: _Site) -> list[Commitment] | None:
    """A share or a count of things that are to be in a state: 80%以上县级及以上党政机关建成节约型机关."""
    counted = site.is_counted and site.quantity.unit in site.grammar.counting_units
    attained = site.grammar.attained.match(site.right) if counted else None
    if not (site.is_ratio and STATE.match(site.right)) and not attained:
        return None
    at = site.frame()
    if counted and at.indicator in site.grammar.verbs:
        at = replace(at, indicator="")  # 支持2个以上县（市、区）创建示范区
    elif counted and (site.grammar.verb.match(at.indicator) or at.indicator.endswith("、")):
        return None
    end = site.quantity.end + len(site.right)
    subject = at.indicator + site.right.removeprefix("的")
    at = replace(at, indicator=subject)
    return _made(site, at, "add" if attained else "level", attained["attains"] if attained else "", end=end)


def _again(site: _Site) -> list[Commitment] | None:
    """A verb alone takes up what was done before: 建设高标准农田25万亩，其中新建8万亩、改造提升17万亩."""
    at = site.frame()
    if not site.done or not site.is_counted or site.relation or (site.right and site.right[0] != "、"):
        return None
    if not site.grammar.verbs_alone.fullmatch(at.indicator):
        return None
    verb = site.grammar.verb.match(at.indicator)
    deed = verb[0] if verb else at.indicator
    if site.quantity.unit == site.done[-1].quantity.unit:
        return _made(site, replace(at, indicator=site.done[-1].indicator), "add", deed)
    return _made(site, at, "add", deed) if object_of(at.indicator, site.grammar)[1] == at.indicator else None


RULES: dict[str, Rule] = {
    "related": _related,
    "share-of-whole": _share_of_whole,
    "repeated": _repeated,
    "again": _again,
    "after-metric": _after_metric,
    "after-object": _after_object,
    "before-object": _before_object,
    "enumerated": _enumerated,
    "deed-behind": _deed_behind,
    "part-of": _part_of,
    "continued": _continued,
    "before-subject": _before_subject,
}


def _made(
    site: _Site,
    at: Frame,
    change: str,
    changed: str = "",
    *,
    comparator: str = "",
    bound: str = "",
    end: int | None = None,
) -> list[Commitment]:
    """The commitments of a number, one for each indicator that it covers.

    changed and bound are the words that gave the change and the comparator.
    """
    quantity = site.quantity
    # A hedge stands beside the relation or the number: 约 in 网约车 and 节约 is none.
    beside = site.relation[0] if site.relation else site.left
    hedges = [match[0] for match in site.grammar.hedge.finditer(beside)]
    if not site.relation:
        hedges = [hedge for hedge in hedges[-1:] if site.left.endswith(hedge)]
    if quantity.comparator == "~":
        hedges.append(site.tail)
    if not comparator:
        comparator, bound = quantity.comparator, quantity.bound
    if not comparator and (least := site.grammar.least.search(site.left)):
        comparator, bound = ">=", least[0]
    if not comparator and (about := [hedge for hedge in hedges if hedge in site.grammar.about]):
        comparator, bound = "~", about[0]
    if not at.indicator:
        return []
    at = replace(at, indicator=CALLED_TASK.sub("", at.indicator))
    indicators = split_indicator(at.indicator, bool(DISTRIBUTES.search(site.left)), site.grammar)
    if "分别" in site.left:
        # Each number of a 分别 is given its own indicator once all of them are read.
        indicators = [at.indicator]
    strive = site.grammar.strive.search(site.left)
    return [
        Commitment(
            quantity=quantity,
            start=at.begin,
            end=end or quantity.end,
            indicator=indicator,
            scope=at.scope,
            comparator=comparator or "=",
            comparator_as_written=bound,
            change=change,
            change_as_written=changed,
            baseline_year=at.baseline_year,
            hedge="、".join(dict.fromkeys(hedge for hedge in hedges if hedge)),
            strength_as_written=strive[0] if strive else site.last.strength_as_written if site.last else "",
            rule="",
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
        if "分别" in string[first.start : first.quantity.start]:
            last = group[-1]
            if len(group) > 1:
                group = [replace(one, end=last.end) for one in group]
            indicators = split_indicator(first.indicator, True, grammar, len(group) if len(group) > 1 else 0)
            if last.quantity.comparator and not any(one.quantity.comparator for one in group[:-1]):
                # What stands behind the last number alone holds for all: 分别达到15%、20%以上.
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
                group = [replace(one, indicator=own) for one, own in zip(group, indicators, strict=True)]
            elif len(group) == 1:
                group = [replace(first, indicator=own) for own in indicators]
        paired += group
        index += len(group)
    return paired


def _site(
    string: str,
    start: int,
    end: int,
    quantity: Quantity,
    done: list[Commitment],
    times: list[Moment],
    grammar: Grammar,
    basis: Frame | None,
) -> _Site:
    begin, opens_bracket = _left_begin(string, start, quantity.start)
    in_enumeration, follows = False, False
    if done:
        # A commitment before this number in the same run: what lies between belongs to this one.
        last = done[-1]
        if last.quantity.end > begin:
            match = ENUMERATION.match(string, last.end if last.end < quantity.start else last.quantity.end)
            in_enumeration = match is not None and match.end() <= quantity.start
            begin = match.end() if match and in_enumeration else last.quantity.end
        else:
            beside = begin - 1 == last.end
            follows = beside and string[begin - 1] == "，"
            in_enumeration = beside and (opens_bracket or string.startswith("其中", begin))
            closed = (
                ENUMERATION.match(string, begin - 1) if string[begin - 1 : begin] in ("）", "〉") else None
            )
            if closed:
                begin, in_enumeration = closed.end(), True
    is_past = False
    until: int | None = None
    named = ""
    nearest = _nearest(times, start, quantity.start)
    if nearest is not None:
        is_past = nearest.role == "background"
        if begin <= nearest.start:
            # 由2020年的8%提高到2025年的13%: the time stands between the relation and its number.
            within = string[nearest.end : quantity.start] == "的"
            until = (
                nearest.start if within and grammar.relation.search(string[begin : nearest.start]) else None
            )
            if until is None:
                named = _named_before(string, begin, quantity.start, times, nearest, grammar)
                begin = begin if named else nearest.end
    begin = min(begin, quantity.start)
    left = named or string[begin : until if until is not None else quantity.start]
    right = string[quantity.end : _right_end(string, quantity.end, end)]
    relation = grammar.relation.search(left)
    if relation and _is_verb_alone(relation, left, grammar):
        relation = None
    tail = string[quantity.number_end : quantity.end]
    is_past = is_past or bool(grammar.past.search(left))
    is_factor = string[quantity.start - 1 : quantity.start] == "×" or string.startswith("×", quantity.end)
    if basis is None and not done and nearest is not None and begin == nearest.end:
        first = max(start, nearest.start - LONGEST_RUN)
        basis = _topic(string[first : nearest.start], first, grammar)
    doing = ""
    if not done and begin > start and string[begin - 1] == "，":
        doing = _object_before(string[max(start, begin - LONGEST_RUN) : begin - 1], grammar)
    return _Site(
        grammar,
        quantity,
        begin,
        left,
        tail,
        right,
        relation,
        done,
        in_enumeration,
        follows,
        is_past,
        is_factor,
        basis,
        doing,
    )


def _object_before(before: str, grammar: Grammar) -> str:
    """What the run before a number does, if it has no number of its own: 实施强制性清洁生产审核，每年完成不少于80家."""
    opened, what = object_of(frame(before[before.rfind("，") + 1 :], 0, grammar).indicator, grammar)
    has_number = any(character.isdigit() for character in what)
    return what if opened and len(what) > 1 and not has_number else ""


def _named_before(
    string: str, begin: int, place: int, times: list[Moment], nearest: Moment, grammar: Grammar
) -> str:
    """新能源比例2025年达到95%: what stands before a number without the time between indicator and relation.

    Empty unless nothing but a relation stands behind the time.
    """
    behind = string[nearest.end : place].removeprefix("，")
    relation = grammar.relation.search(behind)
    if relation is None or frame(behind[: relation.start()], 0, grammar).indicator:
        return ""
    first = nearest.start
    for index in range(bisect_right(times, first, key=lambda time: time.start) - 2, -1, -1):
        time = times[index]
        if time.start < begin or string[time.end : first] not in ("、", "和", "及", "与"):
            break
        first = time.start
    noun = string[begin:first]
    names = frame(noun, begin, grammar).indicator and not grammar.lead.fullmatch(noun) and "，" not in noun
    return noun + behind if names else ""


def _topic(before: str, start: int, grammar: Grammar) -> Frame | None:
    """What a sentence measures, named before the first of its times: 绿色运输方式比例，2023年达到60%，2024年达到70%."""
    if not before.endswith("，"):
        return None
    begin = before.rfind("，", 0, -1) + 1
    topic = before[begin:-1]
    return frame(topic, start + begin, grammar) if grammar.metric.search(topic) else None


def _nearest(times: list[Moment], start: int, place: int) -> Moment | None:
    """The last deadline or background time between the beginning of a sentence and a place in it."""
    for index in range(bisect_right(times, place, key=lambda time: time.end) - 1, -1, -1):
        time = times[index]
        if time.start < start:
            return None
        if time.role in ("deadline", "background"):
            return time
    return None


def _is_verb_alone(relation: re.Match[str], left: str, grammar: Grammar) -> bool:
    """Whether the word before a number is a verb without an indicator: 完成120家企业改造."""
    adds = grammar.relations[relation["relation"]].change == "add"
    return adds and not frame(left[: relation.start()], 0, grammar).indicator


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
