"""A verb, its object and the number: 建设充电基础设施3万台以上, 抚育森林40万亩, 农村地区新建充电桩1000个. The object may go on behind the
number (完成城六区剩余2.3万户清洁取暖改造任务)."""

from dataclasses import replace

from pipelines.reading.context import NumberContext
from pipelines.reading.forms.form import Decision, Example, committed, is_of_plan, with_object
from pipelines.reading.indicators import object_of

NAME = "after-object"
EXAMPLES = (
    Example("建设充电基础设施3万台以上", "充电基础设施", 30000, "machine", ">=", "add"),
    Example("抚育森林40万亩", "抚育森林", 400000, "mu", "=", "add"),
    Example("农村地区新建充电桩1000个", "充电桩", 1000, "thing", "=", "add"),
    Example(
        "完成城六区剩余2.3万户清洁取暖改造任务", "城六区剩余清洁取暖改造", 23000, "household", "=", "add"
    ),
    Example("完成全市216.5公里雨污合流管网改造", "雨污合流管网改造", 216.5, "kilometre", "=", "add"),
    Example("淘汰煤电落后产能13台机组", "淘汰煤电落后产能机组", 13, "machine", "=", "add"),
    Example("累计建设充电桩300个", "充电桩", 300, "thing", "=", "level"),
    Example("新增电池产能2万套/年", "电池产能", 20000, "set-per-year", "=", "add"),
    Example("新增污泥处置能力600吨/日", "污泥处置能力", 600, "tonne-per-day", "=", "add"),
)
COUNTER_EXAMPLES = (
    ("国五及以下重型柴油货车淘汰1万辆以上", "verb-behind"),
    ("统筹推进重点任务12项", "after-object"),
    ("推动实施第一批5个领域改造项目计划", "after-object"),
)
# Forms tried before this one, each with a line that it reads otherwise
FOLLOWS = {
    "forbidden": "严禁在长江干流岸线3公里",
    "bounded-object": "开展不少于2次执法检查",
    "bounded": "发表高水平论文≥10篇",
    "reaches": "开展自愿性清洁化诊断企业累计达到800家",
    "taken-up": "实施强制性清洁生产审核，每年完成不少于80家",
}
LONGEST_ACTION = 60  # characters of who, what is done, and to what


def read(number: NumberContext) -> Decision:
    """verb + object + number."""
    at, grammar = number.span, number.grammar
    verb, what = _action(number)
    scope = grammar.scope.match(what) if verb and not at.scope else None
    if scope:  # 完成全市60条农村黑臭水体治理
        at, what = replace(at, scope=scope[0]), what[scope.end() :]
    if (
        not verb
        or (len(what) < 2 and not scope)
        or what in grammar.verbs
        or what.endswith(("的", "、", "等"))
        or not number.is_counted
    ):
        return None
    if is_of_plan(number, what):
        return "count"
    # 加强…3个储备库建设 says what is there; an action is done to so many.
    does = verb in grammar.verbs and (grammar.verbs[verb].acts or grammar.verbs[verb].object_kept == "yes")
    counts = not number.is_measured or (scope and not what)
    goes_on = does and number.is_open and counts and not number.quantity.comparator
    if goes_on and is_of_plan(number, number.object_behind):
        return "count"
    if number.object_behind and (grammar.remaining.search(what) or goes_on):
        return with_object(number, at, what + grammar.called.sub("", number.object_behind), verb)
    if number.is_open or not what:
        return None
    at = replace(at, indicator=grammar.called.sub("", what))
    # 累计创建150家 is how many there are to be; 累计新增, 累计完成 how many more.
    if grammar.in_all.search(number.left) and not grammar.more.fullmatch(verb):
        return committed(number, at, "level")
    return committed(number, at, "add", verb)


def _action(number: NumberContext) -> tuple[str, str]:
    """The verb that acts before the number, and what it acts on; empty where none does."""
    at, grammar = number.span, number.grammar
    verb, what = object_of(at.indicator, grammar)
    driven = grammar.driven.search(number.opening)
    if not number.right and driven:
        return driven["verb"], what  # 推进光伏开发试点5个
    acting = None
    if not verb and len(at.indicator) <= LONGEST_ACTION and not number.right and number.is_amount:
        acting = grammar.action_verb.match(at.indicator)
    if acting and not grammar.verb_behind.search(at.indicator) and not grammar.metric.search(at.indicator):
        # who or where is kept in the quotation
        kept = grammar.verbs[acting["verb"]].object_kept == "yes"
        return acting["verb"], f"{acting['verb']}{acting['object']}" if kept else acting["object"]
    return verb, what
