"""A noun and its number alone in what a deadline governs say what there is to be by then: 到2025年，森林公园100处、湿地公园50处."""

import re
from dataclasses import replace

from pipelines.reading.context import NumberContext
from pipelines.reading.forms.form import Decision, Example, committed
from pipelines.reading.indicators import object_of

NAME = "dated"
EXAMPLES = (
    Example("到2025年，省级以上森林公园100处", "省级以上森林公园", 100, "site", "=", "level"),
    Example("到2025年，矿山恢复治理125处", "矿山恢复治理", 125, "site", "=", "add"),
    Example("到2025年，合肥市计划建设换电站100座左右", "换电站", 100, "facility", "~", "add"),
)
COUNTER_EXAMPLES = (
    ("省级以上森林公园100处", "counted"),
    ("到2025年，共设置约束性指标12项", "counted"),
    ("到2025年，改造老旧小区1200个，惠及居民10万户", "counted"),
)
# Forms tried before this one, each with a line that it reads otherwise
FOLLOWS = {
    "continued": "到2025年，力争新增国家森林城市2个，省级森林城市2个",
}

# Words, which do not end as if they went on: 市级以上森林公园
NOUN = re.compile(r"[^\d，。；、]{2,40}(?<![的等、和为])")


def read(number: NumberContext) -> Decision:
    """deadline + noun + number."""
    at, grammar = number.span, number.grammar
    if (
        not number.is_dated
        or not number.is_counted
        or not number.is_amount
        or number.is_open
        or number.relation
    ):
        return None
    what = at.indicator
    if not NOUN.fullmatch(what) or what in grammar.verbs or grammar.goal_at_end.search(what):
        return None
    if planned := grammar.planned.search(number.left):
        return committed(number, replace(at, indicator=planned["object"]), "add", planned["verb"])
    if grammar.aside.match(what) or grammar.estimated.search(number.left) or object_of(what, grammar)[0]:
        return None
    done = grammar.kept_at_end.search(what)
    return committed(number, at, "add" if done else "level", done[0] if done else "")
