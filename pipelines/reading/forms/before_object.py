"""A verb, the number and its object, the subject of the verb left out: 每个设区市至少建成1个近零碳园区. 推广绿色出行等8类低碳场景 counts what is
listed; 完成花溪、白云等5座污水处理厂改造 what is done."""

import re
from dataclasses import replace

from pipelines.reading.context import NumberContext
from pipelines.reading.forms.form import Decision, Example, is_of_plan, with_object

NAME = "before-object"
EXAMPLES = (
    Example(
        "开展1次以“企业主体、政府主导”为主题的环境应急综合演练",
        "环境应急综合演练",
        1,
        "occurrence",
        "=",
        "add",
    ),
    Example("开展30个乡村电气化试点", "乡村电气化试点", 30, "thing", "=", "add"),
    Example("推进60个以上的合同能源管理项目", "合同能源管理项目", 60, "thing", ">=", "add"),
    Example("每个设区市至少建成1个近零碳园区", "近零碳园区", 1, "thing", ">=", "add"),
    Example("建成5个以上“美丽河段”", "“美丽河段”", 5, "thing", ">=", "add"),
    Example("完成238台燃气锅炉低氮燃烧改造任务", "燃气锅炉低氮燃烧改造", 238, "machine", "=", "add"),
    Example(
        "推进广元开发区等8个工业园区污水管网排查整治", "工业园区污水管网排查整治", 8, "thing", "=", "add"
    ),
    Example("完成花溪、白云等5座污水处理厂节能改造", "污水处理厂节能改造", 5, "facility", "=", "add"),
)
COUNTER_EXAMPLES = (
    ("统筹推进12项重点任务", "before-object"),
    ("推广绿色出行等8类低碳场景", "counted"),
)
# Forms tried before this one, each with a line that it reads otherwise
FOLLOWS = {
    "repeated": "完成2541家重点行业企业用地信息采集和548个地块调查任务",
    "after-object": "完成节能改造90台机组",
}
# 以“企业主体、政府主导”为主题的环境应急演练
THEMED = re.compile("以“[^”]*”为[^，；。]{0,4}的")
# Units of kinds of things, which are listed and not done
KINDS = frozenset({"kind", "class", "project"})


def read(number: NumberContext) -> Decision:
    """verb + number + object."""
    what = number.object_behind
    if not what:
        return None
    if is_of_plan(number, what):
        return "count"
    at, grammar = number.span, number.grammar
    called = THEMED.sub("", grammar.called.sub("", what.removeprefix("的")))
    if at.indicator.endswith("等"):
        acts = grammar.verb.match(at.indicator)
        if acts is None and grammar.driven.search(number.opening):
            acts = grammar.kept_at_end.search(called)
        done = number.is_counted and number.quantity.unit not in KINDS
        return with_object(number, at, called, acts[0]) if done and acts else None
    verb = grammar.verb_at_end.search(at.indicator)
    if verb is None:
        return None
    if not number.is_counted:
        # 具备15%的调峰能力, 实现100%可再生能源供热; not 覆盖率达到57%有余
        reaches = number.relation is not None and number.relation.change != "add"
        has = number.is_ratio and not reaches and grammar.verbs[verb["verb"]].bindingness == "require"
        return with_object(number, at, what.removeprefix("的"), "", change="level") if has else None
    kept = grammar.verbs[verb["verb"]].object_kept == "yes"
    at = replace(at, begin=at.begin + verb.start())
    return with_object(number, at, f"{verb['verb']}{called}" if kept else called, verb["verb"])
