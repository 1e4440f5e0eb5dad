"""A noun and its number alone between commas go on with what is done before them: 新建绿道100公里，口袋公园20个; not what comes of a
action (惠及居民10万户)."""

from pipelines.reading.context import NumberContext
from pipelines.reading.forms.form import Decision, Example, committed

NAME = "continued"
EXAMPLES = (Example("新建绿道100公里，口袋公园20个", "口袋公园", 20, "thing", "=", "add"),)
COUNTER_EXAMPLES = (("改造老旧小区1200个，惠及居民10万户", "counted"),)
# Forms tried before this one, each with a line that it reads otherwise
FOLLOWS = {
    "enumerated": "创建水利风景区17处，其中国家级5处",
}


def read(number: NumberContext) -> Decision:
    """， + noun + number."""
    if not (number.follows and number.is_counted and number.is_amount) or number.relation or number.is_open:
        return None
    at, last = number.span, number.done[-1]
    is_noun = (
        len(at.indicator) > 1
        and at.indicator not in number.grammar.verbs
        and not number.grammar.aside.match(at.indicator)
    )
    if last.change != "add" or not is_noun:
        return None
    return committed(number, at, "add", last.change_as_written)
