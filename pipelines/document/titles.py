"""Finds the titles among the lines of a document and says what each is: a plan, opinions, a notice that carries a plan …"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from operator import le

from pipelines.document.lines import Line
from pipelines.text.numerals import chinese_number
from pipelines.vocabulary import Vocabulary
from pipelines.vocabulary.rows import Place, TitleEnding

MOST_LINES = (
    9  # that a title runs over, printed on a cover; a title set upright has a character or two on each
)
UPRIGHT = 2  # characters
LONGEST = 400  # characters of a title, on however many lines
SHORTEST = 6
LONGEST_ENDING = 24
MORE = 12  # characters by which a line adds to what would be a title without it
LONGEST_NAME = 40

QUOTES = (("《", "》"), ("〈", "〉"), ("（", "）"), ("“", "”"))
BLANKS = re.compile(r"\s+")
SENTENCE = re.compile(
    r"[。；！？：/=<>□_]|\.{3}|…|^(?:附件|附表|附录|目\s*录|为|现将|根据|按照|经(?!济)|各|[和与及](?=《)|原标题|本(?:规划|方案|办法|意见)|\d+$)"
)
QUOTED = re.compile(r"《[^》]*》|〈[^〉]*〉|“[^”]*”|（[^）]*）")
# `（试行）`, `（2022—2025年）`, `（征求意见稿）` behind a title, also inside the quotation marks that close it
TRAILING = re.compile(r"(?:（[^（）]{1,20}）|[》〉”])+$")
# `中共中央办公厅、国务院办公厅印发《…》`, `…关于印发…的通知`, `…转发…关于…意见的通知`, `关于《…》的公示`
CARRYING = re.compile(
    r"(?P<who>[^《〈]{0,100}?)(?:(?:关于)?(?:联合)?(?:印发|转发|下发|发布|公布|出台)|关于(?=[《〈]))(?P<what>.+?)(?:的(?P<kind>通知|公告|通告|公示|函))?$"
)
ITS_ISSUERS = re.compile(r"^[^《〈关]{2,60}(?:部门|[部委厅局会室行])(?=关于)")
WRAPPED = re.compile(r"^[《〈](.+)[》〉]((?:（[^（）]{1,20}）)?)$")
# What goes on with a title that would be whole without it: its version, its years, the end of a notice's
GOING_ON = re.compile(r"^(?:（[^（）〔号]{1,20}）?$|的(?:通知|公告|函|意见)|[》〉])")
# The lines above and below a title that are none of it: its number, its date, whose paper it is written on, a page
# number, `附件1`, `（此件公开发布）`
DOCUMENT_NUMBER = re.compile(
    r"(?P<issuer>[\u4e00-\u9fff]{1,12}?)\s?[〔\[【（(](?P<year>20\d\d)[〕\]】）)]\s?第?(?P<number>\d{1,4})\s?号"
)
DATE = re.compile(
    r"(?P<year>20\d\d|二[〇○零][一二三四五六七八九〇○零]{2})年(?P<month>\d{1,2}|[一二三四五六七八九十]{1,2})月"
    r"(?:(?P<day>\d{1,2}|[一二三四五六七八九十]{1,3})日)?"
)
ORDER_NUMBER = re.compile(r"(?:20\d\d年)?第[\d一二三四五六七八九十]+号")
NO_TITLE = re.compile(
    r".*文件|.*规章|.*如下[↓：:。]?|.*中华人民共和国.*标准|(?!.*关于).{4,30}(?:委员会|政府|[部局厅院])(?:公告|令)"
    r"|年\d{1,2}月\d{1,2}日|[-—－―–· \dIVX]+|附[件录表]\d*[：:]?|（(?:此件|本文)[^（）]*）|目录"
)
CONTINUED = re.compile(r"[，。；、》〉）局厅委部处]|的(?!通知|公告|函|意见)")
NUMBERED = re.compile(
    r"^(?:第[一二三四五六七八九十]+[章节条]|[一二三四五六七八九十]{1,3}[、．.]|（[一二三四五六七八九十]+）|\d)"
)
ZONES = ("区", "县", "市")
ADDS_NAMES = re.compile(r"^(?:关于|印发|转发|联合|等|贯彻|出台)")
PERIOD = re.compile(r"“?十([一二三四五六七八九])五”?")
YEARS = re.compile(r"(20\d\d)年?[-—–－―]{1,2}(20\d\d)年?(?=[^）]*）|[\u4e00-\u9fff])")
ONE_YEAR = re.compile(r"(20\d\d)年")
HAS_SUBJECT = re.compile(r" (?:for|on|of the) ")
ON_SUBJECT = ("opinion", "decision", "notice", "report")
YEAR = re.compile(r"^20\d\d(?:[-—–]20\d\d)?年(?:度)?")


@dataclass(frozen=True, slots=True)
class Title:
    """A title that stands at `[start, end)` of a text: on one line without blanks, and the name of the document that
    it is of, which a notice (关于印发《…》的通知) carries."""

    start: int
    end: int
    string: str
    name: str
    genre: str
    is_carrying: bool

    @property
    def is_quoted(self) -> bool:
        """Whether it stands in quotation marks: 《四川林草碳汇行动方案》."""
        return not self.is_carrying and self.name != self.string


def title_at(lines: Sequence[Line], first: int, vocabulary: Vocabulary) -> Title | None:
    """The title that begins with a line, over as many lines as it takes, or None where none does.

    A title is never a sentence, never goes on with one, and ends with the kind of document that it is.
    """
    if (first and _runs_on(lines[first - 1].string)) or CONTINUED.match(lines[first].string.lstrip()):
        return None
    whole, last = "", None
    most = MOST_LINES * 6 if _is_upright(lines, first) else MOST_LINES
    for index in range(first, min(len(lines), first + most)):
        if len(lines[index].string) > LONGEST:
            break
        part = BLANKS.sub("", lines[index].string)
        if len(part) <= UPRIGHT and not (_is_upright(lines, index) or is_title(whole + part, vocabulary)):
            break
        if is_beside_title(part) or (
            index > first and not _may_follow(whole, part, last is not None, vocabulary)
        ):
            break
        whole += part
        if len(whole) > LONGEST or SENTENCE.search(QUOTED.sub("", whole)):
            break
        if is_title(whole, vocabulary):
            last = index, whole
    if last is None or (last[0] + 1 < len(lines) and CONTINUED.match(lines[last[0] + 1].string.lstrip())):
        return None
    index, whole = last
    name = carried(whole)
    return Title(
        lines[first].start,
        lines[index].end,
        whole,
        name or bare(whole),
        genre_of(name or whole, vocabulary),
        name is not None,
    )


def is_beside_title(string: str) -> bool:
    """Whether a line, without blanks, is one of those that stand above and below a title.

    >>> [is_beside_title(each) for each in ("（国发〔2021〕4号）", "二〇二二年六月一日", "上海市人民政府文件", "—1—")]
    [True, True, True, True]
    """
    if len(string) > LONGEST:
        return False
    inner = unbracketed(string)
    return NO_TITLE.fullmatch(string) is not None or any(
        (match := pattern.match(inner)) and len(inner) - match.end() <= 8
        for pattern in (DOCUMENT_NUMBER, DATE, ORDER_NUMBER)
    )


def unbracketed(line: str) -> str:
    """A line without blanks and without the brackets round it."""
    return BLANKS.sub("", line).removeprefix("（").removesuffix("）")


def is_title(string: str, vocabulary: Vocabulary) -> bool:
    """Whether words on one line, without blanks, are a whole title.

    >>> from pipelines.vocabulary import load_vocabulary
    >>> words = load_vocabulary()
    >>> [is_title(each, words) for each in ("武汉市减污降碳协同增效实施方案", "关于印发《四川省积极有序推广和规范", "保障措施")]
    [True, False, False]
    >>> is_title("福州市人民政府关于印发2021年实施“数字·绿色”技术改造专项行动方案的通知", words)
    True
    >>> is_title("按照《2030年前碳达峰行动方案》统一部署，制定本方案", words), is_title("《方案》等文件精神", words)
    (False, False)
    """
    if len(string) < SHORTEST or ending_of(string, vocabulary) is None:
        return False
    if any(string.count(a) != string.count(b) or string.find(a) > string.find(b) for a, b in QUOTES):
        return False
    if string[0] == "《" and not WRAPPED.match(string) and not string.endswith("解读"):
        return False
    if SENTENCE.search(string) or "，" in QUOTED.sub("", string) or NUMBERED.match(YEAR.sub("", string)):
        return False
    match = CARRYING.fullmatch(string)
    return match is None or match["kind"] is not None or match["what"][0] in "《〈"


def carried(title: str) -> str | None:
    """The title of the document that a notice carries, without its quotation marks and its own issuers.

    >>> carried("河北省发展和改革委员会等四部门印发《河北省重点领域严格能效约束推进节能降碳实施方案》的通知")
    '河北省重点领域严格能效约束推进节能降碳实施方案'
    >>> carried("国务院办公厅转发国家发展改革委等部门关于加快推进城镇环境基础设施建设指导意见的通知")
    '关于加快推进城镇环境基础设施建设指导意见'
    >>> carried("江西省人民政府印发关于加快建立健全绿色低碳循环发展经济体系的若干措施的通知")
    '关于加快建立健全绿色低碳循环发展经济体系的若干措施'
    >>> carried("关于做好全国碳市场第一个履约周期后续相关工作的通知") is None
    True
    """
    match = CARRYING.fullmatch(title)
    if match is None:
        return None
    what = ITS_ISSUERS.sub("", match["what"])
    if match["kind"] is None and what[:1] not in ("《", "〈"):
        return None
    return bare(what)


def bare(title: str) -> str:
    """A title without the quotation marks that stand round the whole of it.

    >>> bare("〈大连市贯彻落实〈国务院指导意见〉实施方案〉"), bare("《规划》《方案》")
    ('大连市贯彻落实〈国务院指导意见〉实施方案', '《规划》《方案》')
    >>> bare("《阜阳市重点领域节能降碳技术改造总体实施方案》（试行）")
    '阜阳市重点领域节能降碳技术改造总体实施方案（试行）'
    """
    match = WRAPPED.match(title)
    if match is None:
        return title
    depth = [match[1][:end].count("《") + match[1][:end].count("〈") for end in range(len(match[1]) + 1)]
    closed = [match[1][:end].count("》") + match[1][:end].count("〉") for end in range(len(match[1]) + 1)]
    return match[1] + match[2] if all(map(le, closed, depth)) else title


def ending_of(title: str, vocabulary: Vocabulary) -> TitleEnding | None:
    """The row of titles.csv with the longest ending that a title ends with, what follows in brackets apart."""
    stem = title
    while (less := TRAILING.sub("", stem)) != stem:
        stem = less
    endings = (stem[start:] for start in range(max(0, len(stem) - LONGEST_ENDING), len(stem)))
    return next(
        (row for ending in endings if (row := vocabulary.title_endings.get(ending)) is not None), None
    )


def genre_of(title: str, vocabulary: Vocabulary) -> str:
    """The genre of a document, by its title.

    >>> from pipelines.vocabulary import load_vocabulary
    >>> [genre_of(each, load_vocabulary()) for each in ("上海市绿色建筑“十四五”规划（修订版）", "关于试行开展评价工作的通知", "新时代的中国")]
    ['programme', 'notice', 'other']
    """
    ending = ending_of(title, vocabulary)
    return ending.genre if ending else "other"


def title_in_english(title: str, place: Place | None, vocabulary: Vocabulary) -> str:
    """A title in English: the kind of plan, its subject, its place, its period.

    >>> from pipelines.vocabulary import load_vocabulary
    >>> words = load_vocabulary()
    >>> title_in_english("甘肃省“十四五”生态环境保护规划", words.place_named("甘肃省"), words)
    '14th Five-Year Programme for Ecological and Environmental Protection of Gansu'
    >>> title_in_english("工业能效提升行动计划", words.place_named("中国"), words)
    'Action Programme for Industrial Energy Efficiency'
    >>> title_in_english("湖南省制造业绿色低碳转型行动方案（2022-2025年）", words.place_named("湖南省"), words)
    'Action Plan for Green and Low-carbon Manufacturing of Hunan (2022–2025)'
    """
    row = ending_of(title, vocabulary)
    kind, genre = (row.title_en, row.genre) if row else ("Plan", "other")
    if not HAS_SUBJECT.search(kind):
        subject = next((row.subject_en for row in vocabulary.subjects if row.subject in title), "")
        kind += f" {'on' if genre in ON_SUBJECT else 'for'} {subject}" if subject else ""
    if match := PERIOD.search(title):
        kind = f"{10 + (chinese_number(match[1]) or 0)}th Five-Year {kind}"
    elif match := ONE_YEAR.match(title):
        kind = f"{match[1]} {kind}"
    place_en = f" of {place.label_en}" if place is not None and place.level != "national" else ""
    years = YEARS.search(title)
    return f"{kind}{place_en}" + (f" ({years[1]}–{years[2]})" if years else "")


def _runs_on(before: str) -> bool:
    """Whether a sentence goes on behind a line, so that what follows is no title."""
    line = before.rstrip()[-LONGEST:]
    return line.endswith(("，", "、", "《", "“")) or (
        "，" in QUOTED.sub("", line) and line[-1:] not in "。：！？）”"
    )


def _is_upright(lines: Sequence[Line], index: int) -> bool:
    """Whether a line is one of several of a character or two each."""
    beside = lines[max(0, index - 2) : index + 3]
    return sum(len(line.string.strip()) <= UPRIGHT for line in beside) > 2


def _may_follow(whole: str, part: str, is_whole: bool, vocabulary: Vocabulary) -> bool:
    """Whether a line can go on with a title so far."""
    if GOING_ON.match(part):
        return True
    if NUMBERED.match(part) and not YEAR.match(part) and not part.startswith(("20", "5G")):
        return False
    if is_whole:
        # 四川省积极有序推广和规范 / 碳中和方案; 试点建设方案 / 编制指南
        return (
            len(part) <= MORE
            and not opens_title(part, vocabulary)
            and ending_of(part, vocabulary) is not None
            and is_title(whole + part, vocabulary)
        )
    if (
        whole.endswith(vocabulary.suffixes)
        and not whole.endswith(ZONES)
        and vocabulary.place_named(whole) is not None
    ):
        # The names of those who issue it, each on its line; one that signs a letter stands alone.
        return ADDS_NAMES.match(part) is not None or part.endswith(vocabulary.suffixes) or "关于" in part
    return True


def opens_title(string: str, vocabulary: Vocabulary) -> bool:
    """Whether words open a title of their own: with a place, with 关于, with the year or the quotation mark."""
    return (
        string.startswith(("关于", "《", "中共"))
        or vocabulary.place_at(string) is not None
        or bool(YEAR.match(string))
    )
