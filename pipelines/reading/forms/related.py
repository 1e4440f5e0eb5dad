"""An indicator, the words that relate it to a number, and the number: 煤炭消费比重降至40%以下. Without an indicator of its own a
number has that of the one before it, of the run before it, or of what the change starts from."""

from dataclasses import replace

from pipelines.reading.commitment import Commitment
from pipelines.reading.context import NumberContext, RelationSpan
from pipelines.reading.forms.form import Decision, Example, committed, is_of_plan, of_ratio, verb_at_end
from pipelines.reading.grammar import Grammar
from pipelines.reading.indicators import IndicatorSpan, object_of

NAME = "related"
EXAMPLES = (
    Example(
        "全市煤炭占能源消费总量的比重下降至30%以内", "煤炭占能源消费总量的比重", 30, "percent", "<=", "level"
    ),
    Example(
        "规模以上工业单位增加值能耗降低14.5%以上",
        "规模以上工业单位增加值能耗",
        14.5,
        "percent",
        ">=",
        "decrease",
    ),
    Example(
        "PM2.5年均浓度优于33微克/立方米", "PM2.5年均浓度", 33, "microgram-per-cubic-metre", "<=", "level"
    ),
    Example("港口新改建岸电泊位超过250个", "港口新改建岸电泊位", 250, "thing", ">=", "add"),
    Example("推动不少于5家企业创建绿色工厂", "企业创建绿色工厂", 5, "establishment", ">=", "add"),
    Example("重点工程减排量达到1.6万吨", "重点工程减排量", 16000, "tonne", "=", "level"),
    Example(
        "开展自愿性清洁化诊断企业累计达到800家", "自愿性清洁化诊断企业", 800, "establishment", "=", "level"
    ),
    Example("绿色建筑比例达到40%，其中济南、青岛2市达到50%", "绿色建筑比例", 50, "percent", "=", "level"),
    Example("功率半导体产能达到15万片/月", "功率半导体产能", 150000, "stretch-per-month", "=", "level"),
    Example(
        "工业用地产出强度提升至85亿元/平方公里",
        "工业用地产出强度",
        8_500_000_000,
        "yuan-per-square-kilometre",
        "=",
        "level",
    ),
    Example("森林覆盖率提高到不低于57%", "森林覆盖率", 57, "percent", ">=", "level"),
)
COUNTER_EXAMPLES = (
    ("完成120家企业改造", "before-object"),
    ("满足超过30万辆电动汽车充电需求", "related"),
    ("森林覆盖率提高到57%开外", "left-over"),
)


def read(number: NumberContext) -> Decision:
    """indicator + relation + number."""
    relation = number.relation
    if relation is None:
        return None
    at, grammar = number.span_of(number.left[: relation.start]), number.grammar
    if grammar.aside.fullmatch(at.indicator) and not grammar.metric.search(at.indicator):
        return "count"  # 满足超过30万辆电动汽车充电需求
    does = verb_at_end(number, at.indicator) if relation.bound else at.indicator
    does = does if does in grammar.verbs else ""
    if not at.indicator or does:
        if bounded := _bounded_object(number, at, relation):
            return bounded
        found = _named_elsewhere(number, at, does)
        if found is None:
            return None
        at = found
    elif number.last and "其中" in number.left and number.is_ratio and grammar.place_end.search(at.indicator):
        at = replace(at, indicator=number.last.indicator, scope=at.indicator)
    if number.is_open:
        return None
    change, changed, at = _change(number, relation, at, does)
    comparator, bound = relation.comparator, relation.bound
    if number.quantity.comparator:
        comparator, bound = number.quantity.comparator, number.quantity.bound
    return committed(number, at, change, changed, comparator=comparator, bound=bound)


def _bounded_object(number: NumberContext, at: IndicatorSpan, relation: RelationSpan) -> list[Commitment]:
    """A bound without an indicator before it bounds what stands behind it: 推动不少于5家企业创建绿色工厂."""
    what = number.object_behind
    if (
        not what
        or not number.is_counted
        or not number.is_amount
        or is_of_plan(number, what)
        or relation.changed
    ):
        return []
    # 每年突破5种关键材料: the bound itself is the action.
    verb = verb_at_end(number, at.indicator) or relation.bound
    if verb not in number.grammar.verbs or not number.grammar.verbs[verb].is_counting:
        return []
    end = number.quantity.end + len(what)
    at = replace(at, indicator=what)
    return committed(number, at, "add", verb, comparator=relation.comparator, bound=relation.bound, end=end)


def _named_elsewhere(number: NumberContext, at: IndicatorSpan, does: str) -> IndicatorSpan | None:
    """The indicator that a relation alone takes up."""
    if number.done:
        return replace(at, indicator=number.done[-1].indicator)
    if does and number.doing:
        return replace(at, indicator=number.doing)
    if number.basis is not None and number.basis.indicator:
        # What starts a change has a baseline of its own; the year of the change itself is none.
        baseline_year = number.basis.baseline_year or at.baseline_year
        return replace(at, indicator=number.basis.indicator, baseline_year=baseline_year)
    return None


def _change(
    number: NumberContext, relation: RelationSpan, at: IndicatorSpan, does: str
) -> tuple[str, str, IndicatorSpan]:
    """What the number does to its indicator, the word that says so, and the span without its verbs."""
    if not number.is_amount:
        return relation.change, relation.changed, of_ratio(at, number.grammar)
    opened, what = object_of(at.indicator, number.grammar)
    is_metric = number.grammar.metric.search(at.indicator)
    made_by = opened or _newly(at.indicator, number.grammar) or does
    if not made_by and not is_metric and relation.bound and number.last and number.last.change == "add":
        made_by = number.last.change_as_written
    at = replace(at, indicator=what)
    # 开展诊断企业累计达到800家 is how many there are to be.
    if relation.change == "level" and made_by and not number.grammar.in_all.search(relation.inner):
        return "add", made_by, at
    if relation.change == "increase" and not is_metric:
        return "add", relation.changed, at
    return relation.change, relation.changed, at


def _newly(indicator: str, grammar: Grammar) -> str:
    """The word in an indicator that makes its number an amount to be done: 新改建 in 港口新改建岸电泊位超过250个."""
    match = grammar.newly.search(indicator)
    return match[0] if match else ""
