"""A number that delimits a class of things or names a size or a standard commits to nothing: 65蒸吨/小时以上的燃煤锅炉, 3吨以下叉车,
建设100万千瓦风电项目, 2×66万千瓦机组, 500千伏主网, 75%节能标准, 2倍削减替代, one of several conditions.
Counted things may follow their bound (建设3万台以上充电桩); measured ones may not."""

import re

from pipelines.reading.context import LONGEST_RUN, NumberContext
from pipelines.reading.forms.form import verb_at_end
from pipelines.reading.grammar import BOUND_LIKE
from pipelines.reading.indicators import BRACKETED

NAME = "delimits"
EXAMPLES = (
    "淘汰65蒸吨/小时以上的燃煤锅炉",
    "推进PUE值1.7以上存量数据中心提标改造",
    "推动3吨以下叉车采用新能源",
    "建设200万吨二氧化碳捕集示范项目",
    "推动12层以下居住建筑和医院、学校应用",
    "新建居住建筑执行75%节能标准",
    "加快500千伏主网改造升级",
    "对年节约能源量1000吨标准煤（等价值）以上的企业给予支持",
    "加强10兆瓦等级超导风力发电机组技术储备",
    "符合下列条件的，应当列入名录：（一）年度温室气体排放量达到2.6万吨",
)
COUNTER_EXAMPLES = (
    ("引导完成50万平方米以上的建筑调适示范项目", "before-object"),
    ("建设3万台以上充电桩", "before-object"),
    ("力争80%以上县级及以上党政机关建成节约型机关", "before-subject"),
    ("完成非化石能源消费比重20%的目标", "after-metric"),
)
# Forms tried before this one, each with a line that it reads otherwise
FOLLOWS = {
    "starts-from": "已形成由500千伏肥西变",
}

# 符合下列条件的，应当列入名录：（一）…；（二）…
CONDITION = re.compile(r"[下以][列下][^。；：]{0,4}条件[^。：]*：[^。]*$")
# 1000吨标准煤（等价值）以上
BOUNDED_BEHIND = re.compile(rf"（[^（）]*）(?:{BOUND_LIKE})")
# 10兆瓦等级风力发电机组
GRADED = re.compile("等?级|型")
# VOCs排放量2倍削减替代
REPLACES = re.compile(r"[削减置替][减量代换]")


def read(number: NumberContext) -> str | None:
    """A number before what it delimits."""
    return "threshold" if _delimits(number) else None


def _delimits(number: NumberContext) -> bool:
    quantity, grammar, string = number.quantity, number.grammar, number.string
    is_factor = string[quantity.start - 1 : quantity.start] == "×" or string.startswith("×", quantity.end)
    if is_factor or grammar.standard.match(number.right):
        return True
    if CONDITION.search(string, max(0, number.begin - LONGEST_RUN), number.begin):
        return True
    if quantity.unit == "times" and REPLACES.match(number.right):
        return True
    if number.dimension == "voltage" or GRADED.match(number.right):
        return True
    if (
        number.is_ratio
        and not number.relation
        and (grammar.state.match(number.right) or number.left.endswith("具备"))
    ):
        return False
    if grammar.delimits.match(number.right):
        # 推进60个以上的合同能源管理项目; 完成50万平方米以上的建筑调适项目
        verb = grammar.verb_at_end.search(number.left)
        reaches = number.relation is not None and number.relation.change != "add"
        done = number.dimension in ("area", "length") and not reaches
        counted = quantity.unit in grammar.counting_units
        required = verb is not None and grammar.verbs[verb["verb"]].bindingness in ("require", "")
        does = quantity.comparator != "<=" and ((counted and verb) or (done and required))
        return bool(quantity.unit or quantity.comparator) and not (does and number.right.startswith("的"))
    # PUE值1.7以上存量数据中心, 12层以下居住建筑: nobody promises fewer of what is done
    names = (quantity.comparator == ">=" and not quantity.unit) or (
        quantity.comparator == "<=" and not number.is_ratio
    )
    if names and number.object_behind and not number.relation:
        return True
    if not number.is_measured:
        return False
    if BOUNDED_BEHIND.match(number.right):
        return True
    if number.relation:
        # 对生活垃圾日清运量不足300吨地区…
        named = number.related.indicator
        return bool(number.relation.bound and number.object_behind and not verb_at_end(number, named))
    if grammar.of_project.match(BRACKETED.sub("", number.right)):
        return True
    return quantity.comparator in (">=", "<=") and bool(number.object_behind)
