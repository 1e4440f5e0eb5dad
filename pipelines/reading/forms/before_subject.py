"""A share or a count of things that are to be in a state, or to do something: 80%以上县级及以上党政机关建成节约型机关,
1500家企业完成源头替代."""

from dataclasses import replace

from pipelines.reading.context import NumberContext
from pipelines.reading.forms.form import Decision, Example, committed
from pipelines.reading.indicators import object_of

NAME = "before-subject"
EXAMPLES = (
    Example(
        "完成全省70%以上的县级党政机关建成节约型机关的目标",
        "县级党政机关建成节约型机关",
        70,
        "percent",
        ">=",
        "level",
    ),
    Example(
        "力争80%以上县级及以上党政机关建成节约型机关",
        "县级及以上党政机关建成节约型机关",
        80,
        "percent",
        ">=",
        "level",
    ),
    Example(
        "制鞋等重点行业1500家企业完成源头替代",
        "制鞋等重点行业企业完成源头替代",
        1500,
        "establishment",
        "=",
        "add",
    ),
)
COUNTER_EXAMPLES = (("完成1500家企业源头替代", "before-object"),)
# Forms tried before this one, each with a line that it reads otherwise
FOLLOWS = {
    "after-metric": "设区市建成区面积25%、县级市建成区面积20%",
    "before-object": "组织13945家排污单位完成登记",
}


def read(number: NumberContext) -> Decision:
    """number + subject + what it is to be or do."""
    grammar = number.grammar
    counted = number.is_counted and number.quantity.unit in grammar.counting_units
    attained = grammar.attained.match(number.right) if counted else None
    if not (number.is_ratio and grammar.state.match(number.right)) and not attained:
        return None
    at = number.span
    if attained and at.indicator in grammar.verbs:
        at = replace(at, indicator="")  # 支持2个以上县（市、区）创建示范区
    elif attained and (grammar.verb.match(at.indicator) or at.indicator.endswith("、")):
        return None
    elif grammar.scope.fullmatch(what := object_of(at.indicator, grammar)[1]):
        at = replace(at, indicator="", scope=what)  # 完成全省70%以上的…的目标
    end = number.quantity.end + len(number.right)
    behind = grammar.goal_behind.sub("", number.right).removeprefix("的")
    at = replace(at, indicator=at.indicator + behind)
    return committed(
        number, at, "add" if attained else "level", attained["attains"] if attained else "", end=end
    )
