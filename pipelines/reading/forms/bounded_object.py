"""A bound without an indicator before it bounds what stands behind the number: 推动不少于5家企业创建绿色工厂. The bound may be the
action: 每年突破5种关键材料."""

from dataclasses import replace

from pipelines.reading.context import NumberContext
from pipelines.reading.forms.form import Decision, Example, committed, is_of_plan, verb_at_end

NAME = "bounded-object"
EXAMPLES = (Example("推动不少于5家企业创建绿色工厂", "企业创建绿色工厂", 5, "establishment", ">=", "add"),)
COUNTER_EXAMPLES = (("推动绿色工厂不少于5家", "bounded"),)
# Forms tried before this one, each with a line that it reads otherwise
FOLLOWS = {
    "delimits": "“十四五”期间各旗县区每年建成不少于500亩的碳汇示范林",
}


def read(number: NumberContext) -> Decision:
    """verb + bound + number + object."""
    relation, at, what = number.relation, number.related, number.object_behind
    if relation is None or relation.changed or not what or not number.is_counted or not number.is_amount:
        return None
    verbs = number.grammar.verbs
    verb = verb_at_end(number, at.indicator)
    if is_of_plan(number, what) or (at.indicator and not verb):
        return None
    verb = verb or relation.bound
    if verb not in verbs or not verbs[verb].is_counting:
        return None
    end = number.quantity.end + len(what)
    at = replace(at, indicator=what)
    return committed(number, at, "add", verb, comparator=relation.comparator, bound=relation.bound, end=end)
