"""What may be granted at most is no aim: 按购置费给予补助，最高不超过200万元; 补助总额不超过800万元."""

from pipelines.reading.context import RATIOS, NumberContext

NAME = "granted"
EXAMPLES = ("按照购置费给予补助，最高不超过200万元", "补助总额不超过800万元", "不超过项目总投资的30%")
COUNTER_EXAMPLES = (("能源消费总量不超过800万吨标准煤", "bounded"),)

REACH = 60  # characters before the number that may say what is granted


def read(number: NumberContext) -> str | None:
    """grant + upper bound + money or share."""
    relation = number.relation
    bound = number.quantity.comparator or (relation.bound and relation.comparator if relation else "")
    whole = number.grammar.share_of.match(number.left)
    if whole and number.grammar.grant.search(whole["whole"]):
        return "threshold"
    if bound != "<=" or not (number.dimension == "money" or number.quantity.unit in RATIOS):
        return None
    before = number.string[max(0, number.begin - REACH) : number.quantity.start]
    return "threshold" if number.grammar.grant.search(before) else None
