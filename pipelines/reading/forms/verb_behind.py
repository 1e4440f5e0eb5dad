"""What is done stands behind what it is done to: 国五及以下重型柴油货车淘汰1万辆以上, 农村黑臭水体完成整治35条."""

from pipelines.reading.context import NumberContext
from pipelines.reading.forms.form import Decision, Example, committed

NAME = "verb-behind"
EXAMPLES = (
    Example(
        "国五及以下重型柴油货车淘汰1万辆以上", "国五及以下重型柴油货车淘汰", 10000, "vehicle", ">=", "add"
    ),
    Example("入河排污口完成整治120个", "入河排污口完成整治", 120, "thing", "=", "add"),
)
COUNTER_EXAMPLES = (("淘汰国五及以下重型柴油货车1万辆以上", "after-object"),)
# Forms tried before this one, each with a line that it reads otherwise
FOLLOWS = {
    "continued": "实施渔业退养26.1万亩，矿业权退出12家",
}


def read(number: NumberContext) -> Decision:
    """object + verb + number."""
    at = number.span
    behind = number.grammar.verb_behind.search(at.indicator)
    if number.is_open or not number.is_counted or number.relation or not behind:
        return None
    return committed(number, at, "add", behind["verb"] or behind["does"])
