"""Things counted between 对 and what is done to them: 对20个老旧小区进行改造, 将50余座供水站予以更新改造."""

from dataclasses import replace

from pipelines.reading.context import NumberContext
from pipelines.reading.forms.form import Decision, Example, committed

NAME = "worked-on"
EXAMPLES = (
    Example("对50余座供水站进行更新改造", "供水站更新改造", 50, "facility", "=", "add"),
    Example("对确山县的竹沟水库、马楼水库5个水库开展实施清淤整治", "水库清淤整治", 5, "thing", "=", "add"),
)
COUNTER_EXAMPLES = (("对20个小区进行检查", "counted"), ("完成20个小区改造", "before-object"))
# Forms tried before this one, each with a line that it reads otherwise
FOLLOWS = {
    "past": "已对20个小区进行改造",
}


def read(number: NumberContext) -> Decision:
    """对 + number + things + 进行 + action."""
    if (
        not number.grammar.of_those.match(number.left.removeprefix("已"))
        or not number.is_counted
        or number.is_measured
        or number.relation
    ):
        return None
    match = number.grammar.worked_on.match(number.right)
    if match is None:
        return None
    at = replace(number.span, indicator=match["object"].removeprefix("的") + match["action"])
    return committed(number, at, "add", match["verb"], end=number.quantity.end + match.end())
