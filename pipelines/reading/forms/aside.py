"""What comes of an action, or whom it serves, is no promise: 满足超过30万辆电动汽车充电需求, 相当于减少二氧化碳排放量5650万吨."""

from pipelines.reading.context import NumberContext

NAME = "aside"
EXAMPLES = ("满足超过30万辆电动汽车充电需求", "相当于减少二氧化碳排放量5650万吨")
COUNTER_EXAMPLES = (("电动汽车保有量超过30万辆", "bounded"), ("减少二氧化碳排放量5650万吨", "after-object"))
# Forms tried before this one, each with a line that it reads otherwise
FOLLOWS = {
    "past": "2012年以来单位国内生产总值能耗累计降低24.4%，相当于减少能源消费12.7亿吨标准煤",
}


def read(number: NumberContext) -> str | None:
    """A word of what comes of it + number."""
    indicator, grammar = number.related.indicator, number.grammar
    if number.relation is None:
        return "count" if grammar.estimated.match(indicator) else None
    if grammar.metric.search(indicator):
        return None
    return "count" if grammar.aside.fullmatch(indicator) else None
