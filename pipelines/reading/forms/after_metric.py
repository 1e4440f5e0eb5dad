"""A metric and its number, with nothing between them: 城区和县城地区清洁取暖率100%."""

from pipelines.reading.context import NumberContext
from pipelines.reading.forms.form import Decision, Example, committed, of_ratio
from pipelines.reading.indicators import object_of

NAME = "after-metric"
EXAMPLES = (
    Example("实现城区和县城地区清洁取暖率100%", "城区和县城地区清洁取暖率", 100, "percent", "=", "level"),
    Example("重点工程减排量1.6万吨", "重点工程减排量", 16000, "tonne", "=", "add"),
)
COUNTER_EXAMPLES = (
    ("新增污泥处置能力600吨/日", "after-object"),
    ("清洁取暖率维系100%", "left-over"),
)
# Forms tried before this one, each with a line that it reads otherwise
FOLLOWS = {
    "aside": "可减少碳排放量81万吨二氧化碳",
    "reaches": "比重由1.1%提高到1.2%",
    "moves": "城镇新建绿色建筑占新建建筑比例从“十三五”初期的53%增长到“十三五”末的98.0%",
}


def read(number: NumberContext) -> Decision:
    """metric + number."""
    at, grammar = number.span, number.grammar
    if not grammar.metric.search(at.indicator) or number.is_open:
        return None
    if number.is_amount and object_of(at.indicator, grammar)[0]:
        return None
    done = (
        (grammar.done.search(at.indicator) or grammar.newly.search(at.indicator))
        if number.is_amount
        else None
    )
    return committed(number, of_ratio(at, grammar), "add" if done else "level", done[0] if done else "")
