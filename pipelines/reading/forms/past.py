"""What has been done is background: 已建成20个, 截至2022年底达到30%."""

from pipelines.reading.context import NumberContext

NAME = "past"
EXAMPLES = ("已建成充电桩20个",)
COUNTER_EXAMPLES = (("建成充电桩20个", "after-object"),)
# Forms tried before this one, each with a line that it reads otherwise
FOLLOWS = {
    "delimits": "严格落实国务院已批准的25度以上坡耕地",
}


def read(number: NumberContext) -> str | None:
    """A number behind 已, or governed by a time that is past."""
    return "background" if number.is_past else None
