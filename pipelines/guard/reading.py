"""The words of a plan in, what they plainly say out: a second, simple reading that shares no code with the first.

The extractors read a text from its grammar; this module reads a quote that they already cut out, with a few
patterns for each question. Where the two disagree, one of them is wrong, and a guard says so.
"""

import re
from bisect import bisect_right
from calendar import monthrange
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache

HAN = "\u3400-\u9fff\uf900-\ufaff"
DIGIT_OF = {
    "〇": 0,
    "零": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
PLACE_OF = {"十": 10, "百": 100, "千": 1000}
NUMERALS = re.compile(r"[0-9]+|[〇零一二三四五六七八九十百千万亿两]+")
MULTIPLIERS = {
    "万亿": 10**12, "千亿": 10**11, "百亿": 10**10, "亿": 10**8, "千万": 10**7,
    "百万": 10**6, "十万": 10**5, "万": 10**4, "千": 10**3, "百": 100, "": 1,
}  # fmt: skip

# A whole number as plans print it: 〔2022〕42号; 到2025年底前, “十四五”规划期间; PM2.5, 5G, GB/T50378-2019; 3万台
SCALE = f"(?:{'|'.join(sorted(filter(None, MULTIPLIERS), key=len, reverse=True))})?"
REFERENCE = r"[〔\[（(]20\d\d[〕\])）]第?\d+号|第\d+号"
PERIOD = "二?十[一二三四五六七八九]?五"
MOMENT = (
    r"(?:截?[到至](?<![高升降低少加长大减缩].))?(?:20\d\d年?[-—–~～至到])?20\d\d年(?:\d{1,2}月(?:\d{1,2}日)?|[上下]半年|第?[一二三四1-4]季度)?"
    r"[底末初]?(?:[之以]?前)?"
    rf"|(?:截?[到至])?“{PERIOD}”(?:规划)?(?:时期|期间|[末初中后]期?)"
    # “十四五”累计替代…: a bare period is a time where a deed follows
    rf"|“{PERIOD}”(?=累计|新增|完成|建成|建设|力争|实现|改造|年均|全[市省区]|我市|争取|每年|新建|推广|淘汰|创建)"
    rf"|{PERIOD}(?=”)"
)
CODE = r"[A-Za-z][A-Za-z/]*\d(?:[A-Za-z0-9./-]*[A-Za-z0-9])?|\d+[A-Z](?![A-Za-z])"

# 十四五 (2021-2025), 十五五 (2026-2030)
FIVE_YEARS = re.compile(r"(二?十[一二三四五六七八九]?)五")
YEARS = re.compile(r"(20\d\d)年?[-—–~～至到](20\d\d)年")
YEAR = re.compile(r"(20\d\d)年(?:(\d{1,2})月(?:(\d{1,2})日)?|(上半年)|(下半年)|第?([一二三四1234])季度)?")
QUARTERS = {"一": 3, "二": 6, "三": 9, "四": 12, "1": 3, "2": 6, "3": 9, "4": 12}

# Behind a number, and right before it: which way it bounds.
BEHIND = (
    (re.compile(r"及?以上"), ">="),
    (re.compile(r"及?以[内下]|之内"), "<="),
    (re.compile("左右|上下"), "~"),
)
BEFORE = (
    (re.compile(r"(?:不低于|不少于|不小于|不弱于|(?<!不)(?:大于|高于|优于|多于|超过|突破|超)|≥)$"), ">="),
    (re.compile(r"(?:不超过|不高于|不大于|不多于|(?<!不)(?:小于|低于|少于)|≤)$"), "<="),
    (re.compile(r"(?:约|大约|大致|近)$"), "~"),
)
# What can stand behind the lower bound of a range: 5个—6个, 30%至40%
MEASURE = r"(?:%|[万亿]?[个家座辆台亩项处吨条所])?"
# Words between a relation and its number that do not change what the relation is.
FILLERS = re.compile(
    r"(?:了|约|大约|大致|近|均|都|分别|各|基本|原则上|累计|共|总共|力争|争取|不低于|不少于|不小于|超过|不超过|不高于|不大于)+$"
)
FALLS = re.compile(r"(?:下降|降低|减少|削减|压减|缩减|压缩|减排|减量)$")
RISES = re.compile(r"(?:提高|提升|增长|增加|上升|扩大)$")
ADDS = re.compile(r"(?:新增|净增|完成|新建|建成|建设|改造|创建|培育|打造|新改建|新建改造)$")
REACHES = re.compile(
    r"(?:达到?|到达|达标|至|到|为|是|在|占|保持|维持|保有|超过?|突破|[高低优多大小少]于|不超过|不低于)$"
)
# An amount that is done and not reached, though 达到 stands before it.
DONE = re.compile(
    r"新增|建成(?!区)|报废|封场|选[择取]|遴选|确定|推荐|攻克|营造(?!林)|种植|打造|更换|淘汰|关停|退出|整治|清理|推广|安排|制定|制修订|发布|新建|新改建|改建|扩建|减排量|削减量|减少量|替代量|完成|建设|改造|创建"
)
BASE = re.compile(r"(?:比|较|与|和|以|相对于?|在|由|从)(?:于)?(20\d\d)年")
# 改造后供电煤耗降至300克: reached, whatever is done for it
CHANGED_TO = re.compile(r"(?:下降|降低|[减降]少?|提[高升]|增[加长]?|上升|扩大)[至到为]$")
METRIC_END = re.compile(r"(?:(?<!质)量|能力|面积|规模|里程|容量|产值|总数|数量|水平)$")
VERB_IN = re.compile(r"[建改造新增完成创培打推广实施营抚育开展淘汰更换退出修复治理设赎栽提]")
# 推动不少于5家企业创建绿色工厂: a bound behind a verb alone bounds what stands behind the number.
BOUNDED_DEED = re.compile(
    r"(?:推[动进广]|支持|引导|安排|投入|组织|鼓励|培育|选[取择]|遴选|带动)(?:累计|每年|至少)*(?:不[少低小]于|超过|突破)"
)
# 全市, at the head of a quote, is its scope and no part of the indicator.
SCOPE = re.compile(r"(?:(?:全|我|本)(?:自治区|市|省|区(?!域)|县|国|州|域|盟))?的?")
STRIVING = re.compile(r"力争|争取|努力|力求")

LEADS = re.compile(r"牵头|主办|主责")
SUPPORTS = re.compile(r"配合|协同|协助|协办|参与|参加")
SHARES = re.compile(r"负责|落实|分工|职责|组织实施|抓好")
LABEL = re.compile(
    r"(?:[省市区县州][级直])?(?:(?:责任|牵头|配合|主责|负责|落实|参与|主办|协办|参加)(?:责任)?(?:单位|部门|领导)|牵头|配合|主办|协办|参与)[：:]"
)
# All that a bracket may hold beside the names: labels, predicates, marks, and what lays a duty on later clauses.
BETWEEN_NAMES = re.compile(
    r"以下[^，；。、]{0,10}?(?:均|都)(?:需要?|须|由|涉及)?|以下任务|(?:不再)(?:一一|逐一|分别|重复)?列[出举]"
    r"|按照?(?:各自)?(?:职责|职能|分工)+(?:分工)?|依[照据]?(?:各自)?(?:职责|职能)(?:分工)?|根据(?:各自)?(?:职责|职能)(?:分工)?"
    r"|(?:分别|共同|具体)?(?:牵头|配合|协同|协助|分工|负责|落实|参与|参加|会同|组织(?:实施|落实|推进|开展)|贯彻(?:落实|执行)|抓好|督导|督促|指导)"
    r"|等(?:有关|相关)?(?:(?:部门|单位)(?:[和、](?:部门|单位))?)?|以及|[、，；。：:和与及/ \n（）〈〉〔〕［］【】]"
)
# 各区、县、市人民政府: one name of many
GROUP = re.compile(r"各|有关|相关|[市省区州][级直]")
OPEN_LIST = re.compile(r"等(?:有关|相关)?(?:部门|单位)?(?=$|[，；。）\n]|按|分|负|落|配|牵|参|共|具|依|根)")


@dataclass(frozen=True, slots=True)
class Time:
    """What a time expression says: a first day or None, a last day, by or during, how exact it is."""

    start: date | None
    end: date
    kind: str
    precision: str


def numeral(written: str) -> int | None:
    """The value of a Chinese numeral or of a row of digits.

    >>> [numeral(written) for written in ("二十八", "十", "一百零三", "二〇二三", "433", "甲")]
    [28, 10, 103, 2023, 433, None]
    """
    if written.isascii() and written.isdigit():
        return int(written)
    if not written or any(
        each not in DIGIT_OF and each not in PLACE_OF and each not in "万亿" for each in written
    ):
        return None
    if all(each in DIGIT_OF for each in written):
        return int("".join(str(DIGIT_OF[each]) for each in written))
    whole = part = 0
    digit: int | None = None
    for each in written:
        if each in DIGIT_OF:
            digit = DIGIT_OF[each]
        elif each in PLACE_OF:
            part += (1 if digit is None else digit) * PLACE_OF[each]
            digit = None
        else:
            whole = (whole + part + (digit or 0)) * (10**4 if each == "万" else 10**8)
            part, digit = 0, None
    return whole + part + (digit or 0)


def time(written: str) -> Time | None:
    """What a time expression says, read from its words alone; None if they say no time.

    >>> time("到2025年")
    Time(start=None, end=datetime.date(2025, 12, 31), kind='by', precision='year')
    >>> time("“十四五”期间")
    Time(start=datetime.date(2021, 1, 1), end=datetime.date(2025, 12, 31), kind='during', precision='period')
    >>> time("2024年6月底前").end.isoformat(), time("2023年底之前").end.isoformat()
    ('2024-06-30', '2023-12-31')
    >>> time("2024年上半年").start.isoformat(), time("2025年内").kind
    ('2024-01-01', 'during')
    """
    if match := YEARS.search(written):
        return Time(date(int(match[1]), 1, 1), date(int(match[2]), 12, 31), "during", "period")
    if match := FIVE_YEARS.search(written):
        first = 2021 + 5 * ((numeral(match[1]) or 0) - 14)
        ends = bool(re.search(r"末", written[match.end() :])) or written.startswith(("到", "至", "截"))
        last = date(first + 4, 12, 31)
        return Time(None if ends else date(first, 1, 1), last, "by" if ends else "during", "period")
    if match := YEAR.search(written):
        last, _, precision = _end_of(match)
        if written.startswith(("到", "至", "截")) or written.endswith(("前", "末", "底")):
            return Time(None, last, "by", precision)
        months = {"half": 6, "quarter": 3}.get(precision, 12 if written.endswith("内") else 0)
        start = date(last.year, last.month - months + 1, 1) if months else None
        return Time(start, last, "during" if start else "by", precision)
    return None


def _end_of(match: re.Match[str]) -> tuple[date, str, str]:
    year, month, day, first_half, second_half, quarter = match.groups()
    if month:
        last = monthrange(int(year), int(month))[1]
        if day:
            return date(int(year), int(month), min(int(day), last)), "by", "day"
        return date(int(year), int(month), last), "by", "month"
    if first_half:
        return date(int(year), 6, 30), "by", "half"
    if quarter:
        at = QUARTERS[quarter]
        return date(int(year), at, monthrange(int(year), at)[1]), "by", "quarter"
    return date(int(year), 12, 31), "by", "half" if second_half else "year"


def year_of(written: str) -> int | None:
    """The last year that an expression names, or in which the period that it names ends.

    >>> year_of("“十四五”规划期间"), year_of("2020年"), year_of("到2025年和2030年")
    (2025, 2020, 2030)
    """
    if years := re.findall(r"20\d\d", written):
        return int(years[-1])
    if match := FIVE_YEARS.search(written):
        return 2025 + 5 * ((numeral(match[1]) or 0) - 14)
    return None


def number_at(text: str, start: int, end: int, units: Collection[str]) -> str | None:
    """The whole number, with its unit, of which a piece of a text is a part; None if there is none.

    >>> text = "用水量较2020年减少3万台，（环综合〔2022〕42号）提升PM2.5和O3"
    >>> number_at(text, 4, 8, ("台",)), number_at(text, 11, 13, ("台",)), number_at(text, 19, 27, ("台",))
    ('2020年', '3万台', '〔2022〕42号')
    >>> number_at(text, 28, 34, ()), number_at("到2025年底前，", 1, 6, ()), number_at("（二十）完善", 1, 2, ())
    ('PM2.5', '到2025年底前', '二十')
    """
    for first, last in _numbers(text, frozenset(units)):
        if first < end and start < last:
            return text[first:last]
    return None


@lru_cache(maxsize=256)
def _numbers(text: str, units: frozenset[str]) -> tuple[tuple[int, int], ...]:
    """Where the numbers of a text stand, each as long as it can be."""
    return tuple(match.span() for match in _number(units).finditer(text))


@cache
def _number(units: frozenset[str]) -> re.Pattern[str]:
    known = "|".join(re.escape(unit) for unit in sorted(units, key=lambda unit: (-len(unit), unit))) or "(?!)"
    digits, unit = r"\d+(?:,\d{3})*(?:\.\d+)?", rf"[多余]?{SCALE}[多余]?(?:{known})?"
    # The lower bound of a range is its digits alone: 5个—6个, 10%-20%.
    # 545千克标准煤: 千克标准煤 is a unit, and no thousand of grams.
    amount = rf"{digits}(?={unit}[-—–~～至到]\d)|{digits}(?:{known})|{digits}{unit}"
    return re.compile(f"{REFERENCE}|{MOMENT}|{CODE}|{amount}|{NUMERALS.pattern}")


def quantities(written: str) -> list[tuple[float, str]]:
    """The values, with the unit that is left over, that a printed number can mean.

    >>> quantities("40亿立方米")
    [(4000000000.0, '立方米'), (40.0, '亿立方米')]
    >>> quantities("14.5%")
    [(14.5, '%')]
    """
    match = re.match(r"\d+(?:,\d{3})+|\d+(?:\.\d+)?", written)
    if match is None:
        return []
    number, rest = (
        Decimal(match[0].replace(",", "")),
        written[match.end() :].removeprefix("多").removeprefix("余"),
    )
    return [
        (float(number * scale), rest[len(word) :].removeprefix("多").removeprefix("余"))
        for word, scale in MULTIPLIERS.items()
        if rest.startswith(word)
    ]


def with_scale_of_range(written: str, text: str) -> str:
    """The lower bound of a range with the 万 or 亿 that its upper bound prints: 100万 in 100—150万平方米.

    >>> with_scale_of_range("100", "应用面积100—150万平方米"), with_scale_of_range("5", "5—6个园区")
    ('100万', '5')
    """
    match = (
        re.search(rf"(?<![\d.]){re.escape(written)}[-—–~～至到]\d[\d.]*({SCALE})", text) if written else None
    )
    return written + match[1] if match and re.fullmatch(r"[\d.]+", written) else written


def places_of(written: str, quote: str) -> list[int]:
    """Where a printed number stands in a quote, and not as a part of another number.

    >>> places_of("5%", "下降15%，提高5%")
    [8]
    """
    return [
        match.start()
        for match in re.finditer(re.escape(written), quote)
        if not (match.start() and re.match(r"[\d.A-Za-z]", quote[match.start() - 1]))
    ]


def comparators(quote: str, written: str) -> set[str]:
    """Which way the words of a quote bound a number; several where the number stands in it more than once.

    >>> comparators("森林覆盖率提高至57%以上", "57%"), comparators("不低于2.8亿立方米", "2.8亿立方米")
    ({'>='}, {'>='})
    >>> comparators("下降至30%以内", "30%"), comparators("达到850万吨左右", "850万吨"), comparators("达到25%", "25%")
    ({'<='}, {'~'}, {'='})
    >>> comparators("PM2.5浓度不高于20微克/立方米", "20微克/立方米")
    {'<='}
    """
    return {_comparator(quote, place, place + len(written)) for place in places_of(written, quote)}


def _comparator(quote: str, start: int, end: int) -> str:
    if re.match(rf"{MEASURE}[-—–~～至]\d", quote[end:]):
        return ">="  # the lower bound of a range
    if re.search(rf"\d{MEASURE}[-—–~～至]$", quote[:start]):
        return "<="
    behind = _behind(quote[end:])
    if not behind and "分别" in quote[:start]:
        # 分别提升至15%、20%以上: what stands behind the last holds for all.
        last = [match.end() for match in re.finditer(r"\d[^，；。、]*?(?=以上|以内|以下|左右|$)", quote)]
        behind = _behind(quote[last[-1] :]) if last else ""
    if behind:
        return behind
    left = quote[:start]
    while "分别" in left and left != (
        left := re.sub(r"\d[\d.]*[^\d、，；。]{0,8}(?:、|和|及|与)$", "", left)
    ):
        pass  # 分别不低于420吨和0.86万吨: what bounds the first bounds all
    before = re.sub(r"(?:了|均|都|分别|各|基本|力争)+$", "", left)
    if before.endswith("优于") and re.search("[微毫]克", quote[start:end]):
        return "<="  # the better, the less
    return next((sign for pattern, sign in BEFORE if pattern.search(before)), "=")


def _behind(rest: str) -> str:
    return next((sign for pattern, sign in BEHIND if pattern.match(rest)), "")


def changes(quote: str, written: str) -> set[str]:
    """What kind of change the words before a number state; several where they leave it open.

    >>> changes("化肥使用总量下降1%", "1%"), changes("比重下降至30%以内", "30%"), changes("提高5个百分点", "5个百分点")
    ({'decrease'}, {'level'}, {'increase'})
    >>> changes("完成植树造林10万亩", "10万亩"), changes("省级绿色制造企业达到200家", "200家")
    ({'add'}, {'level'})
    """
    found: set[str] = set()
    for place in places_of(written, quote):
        found |= _changes(quote[:place], written)
    return found


def _changes(left: str, written: str) -> set[str]:
    is_share = written.endswith(("%", "百分点", "％", "‰"))
    while left != (left := re.sub(r"\d[\d.]*[^\d、，；。]{0,8}[、和及与]$", "", left)):
        pass  # 分别达到3250万千瓦、1750万千瓦: the words before the first number hold for all
    bare = FILLERS.sub("", left)
    if FALLS.search(bare):
        return {"decrease"}
    if RISES.search(bare):
        return {"increase"} if is_share else {"increase", "add"}
    if is_share:
        return {"level"}
    if BOUNDED_DEED.fullmatch(left):
        return {"add"}
    if CHANGED_TO.search(bare):
        return {"level"}
    if REACHES.search(left):
        return _reached(left, bare, written)
    if ADDS.search(bare) or DONE.search(left):
        return {"add"}
    return {"level", "add"} if METRIC_END.search(bare) else {"add"}


def _reached(left: str, bare: str, written: str) -> set[str]:
    """What 达到 and its like say: a state, unless a deed stands before them."""
    if re.fullmatch(r"[\d.]+", written):
        return {"level"}  # an index, such as PUE
    if re.match(r"(?:实施|开展|推广|组织|培育|发展|安装|配备|投放|新能源化)", left):
        return {"add", "level"}
    if DONE.search(left):
        return {"add"}
    # 新建绿道50公里以上、口袋公园不少于40个: a noun and a bound, of a list that may begin with a deed
    listed = re.search(r"(?:不[少低]于|超过)$", left) and not (
        VERB_IN.search(left) or METRIC_END.search(bare)
    )
    return {"level", "add"} if listed else {"level"}


def baseline(quote: str) -> int | None:
    """The year that a quote compares with.

    >>> baseline("用水量较2020年下降12%"), baseline("到2025年达到30%")
    (2020, None)
    """
    match = BASE.search(quote)
    return int(match[1]) if match else None


def role(bracket: str, name: str, agencies: int) -> set[str]:
    """The roles that a responsibility bracket gives to a name in it; `agencies` is how many it names for itself.

    >>> role("市生态环境局、市发展改革委牵头负责，各区县人民政府分工负责", "市发展改革委", 3)
    {'lead'}
    >>> role("市生态环境局负责", "市生态环境局", 1), role("牵头单位：市发改委；配合单位：市财政局", "市财政局", 2)
    ({'sole'}, {'support'})
    >>> role("市住房和城乡建设局等", "市住房和城乡建设局", 1)
    {'shared'}
    >>> role("责任单位：市发改委（牵头）、各区（县、市）政府", "市发改委", 2)
    {'lead'}
    >>> role("责任单位：市发改委（牵头）、各区（县、市）政府", "各区（县、市）政府", 2)
    {'shared'}
    """
    noted = re.search(rf"{re.escape(name)}（([^（）]*)）", bracket)
    if noted and (LEADS.search(noted[1]) or SUPPORTS.search(noted[1])):
        return {"lead" if LEADS.search(noted[1]) else "support"}
    statements = _statements(bracket)
    name = _without_asides(name)
    found = set()
    for index, statement in enumerate(statements):
        if name not in statement:
            continue
        if place := statement.find("会同"):
            if place > 0:
                found.add("lead" if statement.find(name) < place else "support")
                continue
        else:
            found.add("support")
            continue
        label = LABEL.match(statement)
        said = label[0] if label else _outside_names(statement)
        later = index
        while not label and not _is_predicate(said) and later + 1 < len(statements):
            later += 1
            said = _outside_names(statements[later])
        found.add(_role(said, statement, agencies))
    return found


def _role(said: str, statement: str, agencies: int) -> str:
    if LEADS.search(said):
        return "lead"
    if SUPPORTS.search(said):
        return "support"
    several = (
        statement.startswith(("以下", "其余", "其他"))
        or OPEN_LIST.search(statement)
        or GROUP.match(statement)
    )
    return "sole" if agencies == 1 and not several else "shared"


def _is_predicate(said: str) -> bool:
    return any(pattern.search(said) for pattern in (LEADS, SUPPORTS, SHARES))


def _statements(bracket: str) -> list[str]:
    """The statements of a bracket, cut at ，；。 outside the brackets nested in it, those left out."""
    return [part for part in re.split(r"[，；。\n]", _without_asides(bracket)) if part.strip()]


def _without_asides(text: str) -> str:
    """A text without the brackets in it: 各区政府 for 各区（县、市）政府."""
    while text != (text := re.sub(r"[（〈(][^（〈()〉）]*[)〉）]", "", text)):
        pass
    return text


def _outside_names(statement: str) -> str:
    """What a statement says of its names: the words behind the last 、, for a name may hold 配合 too."""
    return statement.rsplit("、", 1)[-1]


def unnamed(bracket: str, names: Sequence[str]) -> str:
    """What is left of a responsibility bracket without the names given and the words that join them.

    >>> unnamed("市发改委、市科技局等按职责分工落实，以下均需各区人民政府（含开发区）落实，不再列出", ["市发改委", "各区人民政府"])
    '市科技局'
    """
    rest = bracket
    for name in sorted({*names, *(each.removeprefix("各") for each in names)}, key=len, reverse=True):
        rest = rest.replace(name, "、")
    while rest != (rest := re.sub(r"[（〈(][^（〈()〉）]*[)〉）]", "", rest)):
        pass
    return BETWEEN_NAMES.sub("", LABEL.sub("", rest))


def inheritance(bracket: str) -> str:
    """What a bracket lays on all later clauses, with the names; "" if nothing.

    >>> inheritance("市发改委按职责分工落实，以下均需各区人民政府落实，不再列出")
    '以下均需各区人民政府落实，不再列出'
    >>> inheritance("自治区发展改革委负责，各地级市人民政府具体落实，以下任务不再列出")
    '各地级市人民政府具体落实，以下任务不再列出'
    """
    match = re.search(r"以下[^。\n]*?不再[^。\n]*?列[出举]", bracket)
    if match is None:
        return ""
    if re.search(r"[局委办厅部会府社门位]", match[0]):
        return match[0]
    before = re.split(r"[，；。]", bracket[: match.start()].rstrip("，；。"))[-1]
    return bracket[bracket.rfind(before, 0, match.start()) : match.end()]


def heading(text: str) -> tuple[int | None, str]:
    """The printed number of a clause and its title.

    >>> heading("（十四）推进固体废物污染防治协同控制。扎实推进“无废城市”建设。")
    (14, '推进固体废物污染防治协同控制')
    >>> heading("到2025年，减污降碳协同推进的工作格局基本形成")
    (None, '')
    """
    match = re.match(r"（([一二三四五六七八九十百]+)）\s*", text)
    if match is None:
        return None, ""
    printed = re.split(r"[。\n]", text[match.end() :], maxsplit=1)[0].strip()
    # （二）优化产业布局（市发展改革局负责）
    return numeral(match[1]), re.sub(
        rf"(?<=.)（[^（）]*(?:（[^（）]*）[^（）]*)*(?:{SHARES.pattern}|{LEADS.pattern})）$", "", printed
    )


def uncounted(text: str, spans: Sequence[tuple[int, int]]) -> tuple[list[str], list[str]]:
    """The numerals of a text that no span covers, and those that two cover, each in its surroundings.

    >>> uncounted("到2025年，建设3个园区", [(0, 6)])
    (['建设3个园区'], [])
    """
    covered = [0] * len(text)
    for start, end in spans:
        for place in range(max(0, start), min(end, len(text))):
            covered[place] += 1
    missed, doubled = [], []
    for match in NUMERALS.finditer(text):
        around = text[max(0, match.start() - 2) : match.end() + 3].replace("\n", "⏎")
        if any(covered[place] == 0 for place in range(*match.span())):
            missed.append(around)
        if any(covered[place] > 1 for place in range(*match.span())):
            doubled.append(around)
    return missed, doubled


@dataclass(frozen=True, slots=True)
class Edits:
    """The repairs of one document, in the order of the seed, for places before and after them."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]
    afters: tuple[str, ...]
    shifts: tuple[int, ...]

    @staticmethod
    def of(rows: Sequence[tuple[int, int, str]]) -> "Edits":
        """The edits `(start, end, after)`, in any order."""
        ordered = sorted(rows)
        shifts, total = [0], 0
        for start, end, after in ordered:
            total += len(after) - (end - start)
            shifts.append(total)
        return Edits(
            tuple(row[0] for row in ordered),
            tuple(row[1] for row in ordered),
            tuple(row[2] for row in ordered),
            tuple(shifts),
        )

    def place(self, raw_place: int) -> int | None:
        """Where a place of the seed stands in the repaired text; None if a repair goes over it.

        >>> edits = Edits.of([(2, 4, ""), (8, 10, "")])
        >>> edits.place(4), edits.place(10), edits.place(9)
        (2, 6, None)
        """
        count = bisect_right(self.starts, raw_place)
        if count and self.starts[count - 1] < raw_place < self.ends[count - 1]:
            return None
        if count and self.starts[count - 1] == raw_place:
            count -= 1
        return raw_place + self.shifts[count]

    def repaired(self, raw: str, start: int, end: int) -> str | None:
        """`raw[start:end]` with the repairs inside it; None if one lies across an edge of it.

        >>> Edits.of([(2, 4, ""), (8, 10, "")]).repaired("全市**2023**年底", 2, 12)
        '2023年底'
        """
        if not 0 <= start <= end <= len(raw) or self.place(start) is None or self.place(end) is None:
            return None
        first = bisect_right(self.ends, start)
        pieces, done = [], start
        for index in range(first, len(self.starts)):
            if self.starts[index] >= end:
                break
            pieces += [raw[done : self.starts[index]], self.afters[index]]
            done = self.ends[index]
        pieces.append(raw[done:end])
        return "".join(pieces)
