"""What a change starts from is a baseline: 由2020年的8%提高到13%, 在2022年优良天数比率86.8%的基础上."""

import re

from pipelines.reading.context import NumberContext

NAME = "starts-from"
EXAMPLES = ("PM2.5浓度由38微克/立方米", "在2022年优良天数比率86.8%的基础上")
COUNTER_EXAMPLES = (("非化石能源消费占比由2020年的8%提高到2025年的13%左右", "reaches"),)
# Forms tried before this one, each with a line that it reads otherwise
FOLLOWS = {
    "ratio-of-two": "三次产业结构由2015年的8.9∶44.9∶46.2调整为7.3∶39.1∶53.6",
}

BEFORE = re.compile(r"(?:[由从])(?:(?:20\d\d年|[目当]前|现[在状]|原来)的?)?$")
BEHIND = re.compile(r"(?:[^，；。\d]*的)?基础上")


def read(number: NumberContext) -> str | None:
    """A number behind 由 or 从, or before 基础上."""
    starts = BEFORE.search(number.left) or BEHIND.match(number.right)
    return "baseline" if starts else None
