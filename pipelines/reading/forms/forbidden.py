"""A number of what is forbidden commits to no such amount: 严禁新增钢铁产能100万吨. A bound that is printed so is one: 不得超过30%."""

from pipelines.reading.context import NumberContext

NAME = "forbidden"
EXAMPLES = ("严禁新增钢铁产能100万吨", "不再新建燃煤机组30万千瓦")
# Characters that a word of a bound may have behind 不得: 不得大于. What is forbidden takes more.
LONGEST_BOUND = 3
COUNTER_EXAMPLES = (("煤炭消费比重不得超过30%", "bounded"), ("新增钢铁产能100万吨", "after-object"))
# Forms tried before this one, each with a line that it reads otherwise
FOLLOWS = {
    "past": "该市已不再新建燃煤机组30万千瓦",
}


def read(number: NumberContext) -> str | None:
    """A number behind a verb that forbids, in the same run."""
    before = number.left[: number.relation.start] if number.relation else number.left
    match = number.grammar.forbidding.search(before)
    return "threshold" if match and len(before) - match.end() > LONGEST_BOUND else None
