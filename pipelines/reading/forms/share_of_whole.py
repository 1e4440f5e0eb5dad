"""A share of a whole that stands between relation and number: 新能源汽车新车销售量达到汽车新车销售总量的20%以上."""

import re

from pipelines.reading.context import NumberContext
from pipelines.reading.forms.form import Decision, Example, committed

NAME = "share-of-whole"
EXAMPLES = (
    Example(
        "新能源汽车新车销售量达到汽车新车销售总量的20%以上",
        "新能源汽车新车销售量",
        20,
        "percent",
        ">=",
        "level",
    ),
)
COUNTER_EXAMPLES = (("非化石能源占能源消费总量的比重达到20%", "related"),)

SHARE_OF = re.compile(r"(?P<indicator>.{2,40}?)(?:[达占]到?)(?P<whole>[^，、]{2,20}?)的$")


def read(number: NumberContext) -> Decision:
    """indicator + 达到 or 占 + whole + 的 + share."""
    match = SHARE_OF.match(number.left) if number.is_ratio and not number.is_open else None
    return committed(number, number.span_of(match["indicator"]), "level") if match else None
