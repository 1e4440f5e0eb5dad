"""How long something lasts or is used is a duration: 项目计入期不超过30年; a time that is itself measured (审批时限, 优良天数) may be an aim."""

from pipelines.reading.context import NumberContext

NAME = "lasts"
EXAMPLES = ("项目计入期不超过30年", "一个核算周期内原则上为5年")
COUNTER_EXAMPLES = (("空气质量优良天数达到300天", "reaches"), ("防洪标准达到20年一遇", "reaches"))
# Forms tried before this one, each with a line that it reads otherwise
FOLLOWS = {
    "past": "虽然已连续2年进入环境空气质量达标城市行列",
}

LONGEST_EVERY = 3  # characters


def read(number: NumberContext) -> str | None:
    """A number of days or years of what is no measure of time."""
    if number.dimension != "time" or number.grammar.duration.search(number.related.indicator):
        return None
    if number.left[-1:] == "+" or "每" in number.left[-LONGEST_EVERY:]:  # t+1年, 每5年
        return None
    return "duration"
