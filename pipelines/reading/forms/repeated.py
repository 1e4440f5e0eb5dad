"""A number that only 、 or 和 parts from the one before it has the relation and the indicator of that: 分别提升至15%、20%以上. If an
object stands behind the number before it, one stands behind this too, also behind a comma: 建成50个标杆项目、10个近零碳园区."""

from dataclasses import replace

from pipelines.reading.context import NumberContext
from pipelines.reading.forms.form import Decision, Example, committed
from pipelines.reading.indicators import IndicatorSpan

NAME = "repeated"
EXAMPLES = (
    Example(
        "秦州区建设10个镇区污水处理站，16个村生活污水处理站", "村生活污水处理站", 16, "thing", "=", "add"
    ),
    Example("建成50个标杆项目、10个近零碳园区", "近零碳园区", 10, "thing", "=", "add"),
    Example(
        "公共建筑太阳能光伏覆盖率、新建厂房屋顶光伏覆盖率分别达到40%、50%",
        "新建厂房屋顶光伏覆盖率",
        50,
        "percent",
        "=",
        "level",
    ),
)
COUNTER_EXAMPLES = (("实施人工造林1万亩、退化林修复20万亩", "enumerated"),)
# Forms tried before this one, each with a line that it reads otherwise
FOLLOWS = {
    "restated": "完成退化林修复20万公顷（300万亩）",
    "lasts": "全年空气优良天数突破300天（308天）",
}


def read(number: NumberContext) -> Decision:
    """A number beside the number before it."""
    quantity, beside = number.quantity, number.last
    last = beside or (number.done[-1] if number.follows else None)
    if last is None or number.left.strip("、和及与"):
        return None
    if last.end > last.quantity.end and (beside or last.change == "add"):
        what = number.object_behind
        if not what or not number.is_counted:
            return None
        at = IndicatorSpan(quantity.start, what, "", None)
        return committed(number, at, last.change, last.change_as_written, end=quantity.end + len(what))
    if number.is_open or not beside:
        return None
    comparator = quantity.comparator or last.comparator
    bound = quantity.bound or last.comparator_as_written
    return [
        replace(last, quantity=quantity, end=quantity.end, comparator=comparator, comparator_as_written=bound)
    ]
