"""A ratio of two numbers is no number that a column could hold, and an issue: 车桩比达到2:1."""

import re

from pipelines.reading.context import NumberContext

NAME = "ratio-of-two"
EXAMPLES = ("车桩比达到2:1",)
COUNTER_EXAMPLES = (("清洁取暖率达到21%", "reaches"),)

BEHIND = re.compile(r"[:：∶]\d")
BEFORE = re.compile(r"\d[:：∶]$")


def read(number: NumberContext) -> str | None:
    """A number with a colon and another beside it."""
    string, quantity = number.string, number.quantity
    is_ratio = BEHIND.match(string, quantity.end) or BEFORE.search(
        string, max(0, quantity.start - 4), quantity.start
    )
    return "count" if is_ratio else None
