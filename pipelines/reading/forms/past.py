"""What has been done is background: 已建成20个, 截至2022年底达到30%."""

from pipelines.reading.context import NumberContext

NAME = "past"
EXAMPLES = ("已建成充电桩20个",)
COUNTER_EXAMPLES = (
    ("建成充电桩20个", "after-object"),
    ("充电桩已安装到位的停车位占比不低于10%", "bounded"),
)
# Forms tried before this one, each with a line that it reads otherwise
FOLLOWS = {
    "quoted": "已落实《25家园区治理方案》",
    "parameter": "缺省值已达到25",
    "conditional": "已有3个断面未达到100%",
    "delimits": "已形成由500千伏肥西变",
}


def read(number: NumberContext) -> str | None:
    """A number behind 已, or governed by a time that is over."""
    return "background" if number.is_past else None
