"""A number inside a title or a name in quotation marks is a part of it: 《关于25家园区治理方案的复函》, 爱国卫生“7个专项行动”."""

import re

from pipelines.reading.context import LONGEST_RUN, NumberContext

NAME = "quoted"
EXAMPLES = ("落实《关于同意魏县等25家园区第三方治理方案的复函》", "开展爱国卫生“7个专项行动”")
COUNTER_EXAMPLES = (("建设“无废园区”3个", "after-object"),)

TITLE = re.compile(r"《[^《》]*$")
LONGEST_NAME = 12  # characters


def read(number: NumberContext) -> str | None:
    """《 … number … 》, or “number … ”."""
    string, start, end = number.string, number.quantity.start, number.quantity.end
    if string[start - 1 : start] == "“" and string.find("”", end, end + LONGEST_NAME) >= 0:
        return "name"
    return (
        "name" if "》" in string[end:] and TITLE.search(string, max(0, start - LONGEST_RUN), start) else None
    )
