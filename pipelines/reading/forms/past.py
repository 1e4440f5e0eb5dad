"""What has been done is background: 已建成20个, 截至2022年底达到30%."""

from pipelines.reading.context import NumberContext

NAME = "past"
EXAMPLES = ("已建成充电桩20个",)
COUNTER_EXAMPLES = (("建成充电桩20个", "after-object"),)


def read(number: NumberContext) -> str | None:
    """A number behind 已, or governed by a time that is past."""
    return "background" if number.is_past else None
