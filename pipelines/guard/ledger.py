"""A number and the words round it in, what it can be in the ledger of numbers out: a second, simple reading.

It shares no code with the extractors. Where the words leave it open (a count or a target, a date that is past or to
come), it names all that they allow.
"""

import re
from collections.abc import Set
from datetime import date

from pipelines.guard.reading import HAN, quantities, time

ACTING = ("objective", "task", "assurance")
# `2025年`, `2023-2025年`, `“十四五”期间`; not the year in 〔2022〕42号
TIME = re.compile(r"20\d\d年|20\d\d\s?[-—–~～至到]\s?20\d\d|二?十[一二三四五六七八九]?五")
BARE_PERIOD = re.compile(r"“?二?十[一二三四五六七八九]?五”?(?:规划)?")
POINTED = re.compile(r"^(?:到|至|截)|前$|底$|末$|内$|期间$|时期$|[-—–~～至到]20\d\d年?$|年[上下]半年$|季度$")
COMPARES = re.compile(r"(?:比|较|相对|相对于|相比|对照|以)$")
COMPARED = re.compile(r"[^，；。]{0,24}(?:相比|为基准|为基期|基础上|基准|水平的?基础)")
STARTS = re.compile(r"(?:由|从)(?:20\d\d年的?)?$")
NAMED_AFTER = re.compile(r"(?:全球)?可持续发展|度|版|修订|的?(?:工作要点|统计|数据|普查)")
SINCE = re.compile(r"起|开始|以来|以后|之后|后")
PAST = re.compile(r"已经?[^，。；]{0,12}$|以来，[^。；]{0,24}$")
# 截至2022年底，全市累计建成绿色工厂31家: what had been reached
UNTIL = re.compile(r"截[至止]20\d\d年[^。；]*$")
# 建设200万吨CCUS示范项目: what is measured of a project describes it
PROJECT = re.compile(r"[^，；。\d]{0,40}(?:项目|工程|机组|基地|中心|装置|生产线|电站|电厂)")

DOCUMENT = re.compile(r"[〔\[（(]20\d\d[〕\])）]\s?第?\d+\s?号?|第\d+号")
CONGRESS_BEFORE = re.compile(r"党的$|届$|[、和大]$")
CONGRESS_AFTER = re.compile(
    r"[大届](?:历次|和|精神|报告|以来|[二三四五六七八九]|[^A-Za-z]?中)|中(?:全会|、)|届"
)
NUMERAL = re.compile("[〇零一二三四五六七八九十百千万亿两]+")
NEVER_COUNTED = frozenset("一万千百亿零")
CLASSIFIERS = "个大项类种条家座所处级期批轮次倍方步省市县区院站套台辆口宗份名位户组场部科点层维流"
COUNTED = re.compile(rf"部门|方面|领域|行业|[{CLASSIFIERS}]")
SPAN = re.compile(r"年|个?月|天|日|小时|周")
SHARE = re.compile(r"%|％|‰|个?百分点$")
BOUND = re.compile(r"(?:及|（含）|\(含\))?以[上下内外]|[的级]|及以[上下]|左右|[（(]含")
BOUNDED = re.compile(r"(?:大于|小于|高于|低于|不足|超过?|突破|不超过|不低于|不少于|[≥≤<>])$")
PROMISED = re.compile(
    r"(?:达到?|提[高升][至到]?|[下上]降[至到]?|降低[至到]?|降至|增长|增加|新增|完成|创建|减少|超过|不低于|保持在?|稳定在?)$"
)
LETTERS = re.compile(r"[A-Za-z]+[\d.+]|\d+[A-Z]$|[A-Z]{2,}[/\d\s]")


def can_be(words: str, before: str, after: str, role: str, issued_on: date | None) -> Set[str]:
    """What a number can be, by its words, what stands before and after it in its clause, and the clause's role.

    >>> sorted(can_be("2020年", "用水量较", "下降12%", "task", None))
    ['baseline']
    >>> sorted(can_be("25%", "，非化石能源消费比重达到", "，为实现", "task", None))
    ['target']
    >>> sorted(can_be("三", "新一轮", "年攻坚计划", "task", None)), sorted(can_be("三", "“", "线一单”", "task", None))
    (['duration'], ['word'])
    >>> sorted(can_be("3吨", "机场车辆及", "以下叉车", "task", None)), sorted(can_be("5G", "、", "通信", "task", None))
    (['target', 'threshold'], ['name'])
    >>> sorted(can_be("3万台", "，建设充电基础设施", "以上，促进", "task", None))
    ['target']
    """
    left, right = before[-24:], re.sub(r"[ \n]", "", after[:40])
    if DOCUMENT.search(words):
        return {"document"}
    bracketed = before.endswith(("（", "(")) and right[:1] in ("）", ")")
    if re.search(r"(?:专栏|附?表|附?图|附件) ?$", before):
        return {"ordinal"}
    if before.endswith("第") or (bracketed and (NUMERAL.fullmatch(words) or words.isdigit())):
        return {"ordinal"}
    if TIME.search(words):
        return _time(words, before, right, role, issued_on)
    if words[:1] and words[0] in NUMERAL.pattern and NUMERAL.fullmatch(words):
        return _numeral(words, before, right)
    if LETTERS.match(words):
        return {"name"}
    if (not before or before.endswith("\n")) and right[:1] in ("．", ".", "、"):
        return {"ordinal"}
    found = _quantity(words, left, right, role)
    if UNTIL.search(before):
        found |= {"background"}
    describes = PROJECT.match(right) or re.match(r"(?:削减|减量|替代|置换)", right)
    return found | {"threshold"} if describes and "target" in found else found


def _time(words: str, before: str, right: str, role: str, issued_on: date | None) -> Set[str]:
    left = before[-12:]
    if COMPARES.search(left) or COMPARED.match(right) or (STARTS.search(left) and right.startswith("的")):
        return {"baseline"}
    titled = before.rfind("《") > before.rfind("》")
    if BARE_PERIOD.fullmatch(words):
        return {"background"} if right.lstrip("”").startswith("以来") else {"period", "deadline"}
    if titled or (NAMED_AFTER.match(right) and not POINTED.search(words)):
        return {"name"}
    if re.search(r"\d日$", words) and not POINTED.search(words):
        return {"date"}
    if SINCE.match(right) and not POINTED.search(words):
        return {"date", "background"}
    said = time(words)
    past = issued_on is not None and said is not None and said.end < issued_on
    if past or (role == "context" and not POINTED.search(words)):
        return {"background"}
    return {"deadline"}


def _numeral(words: str, before: str, right: str) -> Set[str]:
    if CONGRESS_BEFORE.search(before) and CONGRESS_AFTER.match(right):
        return {"name"}
    if words in NEVER_COUNTED:
        return {"word"}
    if SPAN.match(right):
        return {"duration"}
    return {"count"} if COUNTED.match(right) else {"word"}


def _quantity(words: str, left: str, right: str, role: str) -> Set[str]:
    if re.search(r"每(?!小时)年?[^，。]{0,3}$", left) and not PROMISED.search(left):
        return {"frequency"}
    if left.endswith(("“", "‘", "+", "-")) or right.startswith(("”", "’")):
        return {"name"}
    found = {"background"} if role == "context" or PAST.search(left) else set[str]()
    if STARTS.search(left) or re.match(r"的?基础上", right):
        found.add("baseline")
    if found:
        return found
    unit = quantities(words)[0][1] if quantities(words) else ""
    bound, bounded = BOUND.match(right), BOUNDED.search(left)
    # 3万台以上, promises, 3吨以下叉车 delimits: what counts is what stands behind the words that bound it.
    limits = (bound or bounded) and re.match(
        rf"[内的级含）)过]*[{HAN}]", right[bound.end() if bound else 0 :]
    )
    if re.match(r"限制|限值|上限|下限", right):
        return {"threshold"}
    if SHARE.search(words):
        return {"target", "threshold"} if limits and not PROMISED.search(left) else {"target"}
    if SPAN.fullmatch(unit):
        return {"duration", "target"} if bound or bounded else {"duration"}
    if bound or bounded:
        return {"target", "threshold"} if limits else {"target"}
    if PROMISED.search(left):
        return {"target"}
    if re.match(r"[-—–~～至]\d", right):
        return {"count", "target"}
    if not unit and not COUNTED.match(right):
        return {"name"}
    return {"count", "target"} if COUNTED.match(unit or right) or re.match(rf"[{HAN}]", right) else {"target"}
