"""Finds the titles among the lines of a document and says what each is: a plan, opinions, a notice that carries a plan …"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from pipelines.document.lines import Line
from pipelines.document.words import DATE, DOCUMENT_NUMBER, line_words
from pipelines.text.numerals import chinese_number
from pipelines.vocabulary import Vocabulary
from pipelines.vocabulary.rows import Place, TitleEnding

MOST_LINES = 9  # that a title runs over; one set upright, a character or two on each, over more
UPRIGHT = 2  # characters
LONGEST = 400  # characters of a title, on however many lines
SHORTEST = 6
LONGEST_ENDING = 24
MORE = 12  # characters by which a line adds to what would be a title without it
LONGEST_NAME = 40

QUOTES = (("《", "》"), ("〈", "〉"), ("（", "）"), ("“", "”"))
BLANKS = re.compile(r"\s+")
QUOTED = re.compile(r"《[^》]*》|〈[^〉]*〉|“[^”]*”|（[^）]*）")
# `（试行）`, `（2022—2025年）`, `（征求意见稿）` behind a title, also inside the quotation marks that close it
TRAILING = re.compile(r"(?:（[^（）]{1,20}）|[》〉”])+$")
WRAPPED = re.compile(r"^[《〈](.+)[》〉]((?:（[^（）]{1,20}）)?)$")
ORDER_NUMBER = re.compile(r"(?:20\d\d年)?第[\d一二三四五六七八九十]+号")
NUMBERED = re.compile(
    r"^(?:第[一二三四五六七八九十]+[章节条]|[一二三四五六七八九十]{1,3}[、．.]|（[一二三四五六七八九十]+）|\d)"
)
ZONES = ("区", "县", "市")
PERIOD = re.compile(r"“?十([一二三四五六七八九])五”?")
YEARS = re.compile(r"(20\d\d)年?[-—–－―]{1,2}(20\d\d)年?(?=[^）]*）|[\u4e00-\u9fff])")
ONE_YEAR = re.compile(r"(20\d\d)年")
HAS_SUBJECT = re.compile(r" (?:for|on|of the) ")
ON_SUBJECT = ("opinion", "decision", "notice", "report")
YEAR = re.compile(r"^20\d\d(?:[-—–]20\d\d)?年(?:度)?")


@dataclass(frozen=True, slots=True)
class Title:
    """A title that stands at `[start, end)` of a text, up to the line `last`: without blanks, and the name of the document
    that it is of, which a notice (关于印发《…》的通知) carries."""

    start: int
    end: int
    last: int
    string: str
    name: str
    is_carrying: bool

    @property
    def is_quoted(self) -> bool:
        """Whether it stands in quotation marks: 《四川林草碳汇行动方案》."""
        return not self.is_carrying and self.name != self.string


def title_at(lines: Sequence[Line], first: int, vocabulary: Vocabulary) -> Title | None:
    """The title that begins with a line, over as many lines as it takes, or None where none does.

    A title is never a sentence, never goes on with one, and ends with the kind of document that it is.
    """
    words = line_words(vocabulary)
    if (first and _runs_on(lines[first - 1].string)) or words.continued.match(lines[first].string.lstrip()):
        return None
    whole, title, last = "", "", first
    most = MOST_LINES * 6 if _is_upright(lines, first) else MOST_LINES
    for index in range(first, min(len(lines), first + most)):
        if len(lines[index].string) > LONGEST:
            break
        part = BLANKS.sub("", lines[index].string)
        is_open = any(whole.count(a) > whole.count(b) for a, b in QUOTES)
        if len(part) <= UPRIGHT and not (
            is_open or _is_upright(lines, index) or is_title(whole + part, vocabulary)
        ):
            break
        if (not is_open and is_beside_title(part, vocabulary)) or (
            index > first and not _may_follow(whole, part, bool(title), vocabulary)
        ):
            break
        whole += part
        if len(whole) > LONGEST or words.sentence.search(QUOTED.sub("", whole)):
            break
        if is_title(whole, vocabulary):
            title, last = whole, index
    below = lines[last + 1].string.lstrip() if last + 1 < len(lines) else ""
    if not title or words.continued.match(below):
        return None
    name = carried(title, vocabulary)
    return Title(lines[first].start, lines[last].end, last, title, name or bare(title), name is not None)


def is_beside_title(string: str, vocabulary: Vocabulary) -> bool:
    """Whether a line is one of those that stand above and below a title.

    >>> from pipelines.vocabulary import load_vocabulary
    >>> lines = ("（国发〔2021〕4号）", "二〇二二年六月一日", "上海市人民政府文件", "—1—")
    >>> [is_beside_title(each, load_vocabulary()) for each in lines]
    [True, True, True, True]
    """
    if len(string) > LONGEST:
        return False
    inner = unbracketed(string)
    return line_words(vocabulary).no_title.fullmatch(BLANKS.sub("", string)) is not None or any(
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
    words = line_words(vocabulary)
    if (
        words.sentence.search(string)
        or "，" in QUOTED.sub("", string)
        or NUMBERED.match(YEAR.sub("", string))
    ):
        return False
    match = words.carrying.fullmatch(string)
    return match is None or match["kind"] is not None or match["what"][0] in "《〈"


def carried(title: str, vocabulary: Vocabulary) -> str | None:
    """The title of the document that a notice carries, without its quotation marks and its own issuers.

    >>> from pipelines.vocabulary import load_vocabulary
    >>> words = load_vocabulary()
    >>> carried("河北省发展和改革委员会等四部门印发《河北省重点领域严格能效约束推进节能降碳实施方案》的通知", words)
    '河北省重点领域严格能效约束推进节能降碳实施方案'
    >>> carried("国务院办公厅转发国家发展改革委等部门关于加快推进城镇环境基础设施建设指导意见的通知", words)
    '关于加快推进城镇环境基础设施建设指导意见'
    >>> carried("江西省人民政府印发关于加快建立健全绿色低碳循环发展经济体系的若干措施的通知", words)
    '关于加快建立健全绿色低碳循环发展经济体系的若干措施'
    >>> carried("关于做好全国碳市场第一个履约周期后续相关工作的通知", words) is None
    True
    """
    words = line_words(vocabulary)
    match = words.carrying.fullmatch(title)
    if match is None or (match["kind"] is None and match["what"][0] not in "《〈"):
        return None
    return bare(words.issuers.sub("", match["what"]))


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
    depths = accumulate((mark in "《〈") - (mark in "》〉") for mark in match[1])
    return match[1] + match[2] if min(depths) >= 0 else title


def ending_of(title: str, vocabulary: Vocabulary) -> TitleEnding | None:
    """The row of titles.csv with the longest ending that a title ends with, what follows in brackets apart."""
    stem = title
    while (less := TRAILING.sub("", stem)) != stem:
        stem = less
    endings = (stem[start:] for start in range(max(0, len(stem) - LONGEST_ENDING), len(stem)))
    return next(filter(None, map(vocabulary.title_endings.get, endings)), None)


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
    has_comma = "，" in QUOTED.sub("", line)
    return line.endswith(("，", "、", "《", "“")) or (has_comma and line[-1] not in "。：！？）”")


def _is_upright(lines: Sequence[Line], index: int) -> bool:
    """Whether a line is one of several of a character or two each."""
    beside = lines[max(0, index - 2) : index + 3]
    return sum(len(line.string.strip()) <= UPRIGHT for line in beside) > 2


def _may_follow(whole: str, part: str, is_whole: bool, vocabulary: Vocabulary) -> bool:
    """Whether a line can go on with a title so far."""
    words = line_words(vocabulary)
    if words.going_on.match(part):
        return True
    if NUMBERED.match(part) and not YEAR.match(part) and not part.startswith(("20", "5G")):
        return False
    if is_whole:
        # 四川省积极有序推广和规范 / 碳中和方案; 试点建设方案 / 编制指南
        opens = len(part) > MORE or words.opens_title.match(part) or vocabulary.place_at(part)
        return not opens and bool(ending_of(part, vocabulary)) and is_title(whole + part, vocabulary)
    is_agency = whole.endswith(vocabulary.suffixes) and not whole.endswith(ZONES)
    if not is_agency or vocabulary.place_named(whole) is None:
        return True
    # The names of those who issue it, each on its line; one that signs a letter stands alone.
    goes_on = words.behind_issuers.match(part) is not None or "关于" in part
    return goes_on or part.endswith(vocabulary.suffixes)
