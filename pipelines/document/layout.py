"""The lines of a text in, out: where the plan's own text stands in it, and which line breaks are none of its own."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from pipelines.errors import PipelineError
from pipelines.text.numerals import chinese_number
from pipelines.text.provenance import Text

# `一、总体要求`, `十一、保障措施`
CHAPTER = re.compile(r"([一二三四五六七八九十]{1,3})[、．.][ ]*(?=\S)")
# `（七）推进工业领域协同增效。`, `(六) 高效能推进`
CLAUSE = re.compile(r"（([一二三四五六七八九十]{1,4})）[ ]*")
# `（1）`, `（壹）`, `（a）`: a paragraph of its own too
SUBITEM = re.compile(r"（(?:\d{1,2}|[壹贰叁肆伍陆柒捌玖拾]{1,3}|[A-Za-z])）")
# `1．完善绿色建筑法规保障体系。`, `2.提升能力`, `2.2024年底前完成`; not `1.5万亩`
ITEM = re.compile(r"(\d{1,2})[．.、][ ]*(?:(?![\d\s])|(?=20\d\d年|[45]G))")
# A title stands alone on its line or on two or three lines, and ends with the kind of document that it is.
TITLE_END = re.compile(
    r"(?:方案|计划|规划|纲要|意见|办法|措施|要点|决定)(?:[（〔][^（）〔〕\n]{1,12}[）〕])?$"
)
# The announcement that the text itself follows, after an explainer or a summary.
ANNOUNCEMENT = re.compile(r"(?:原文|全文|文件|方案|通知)(?:内容)?如下[↓：:。]?$")
SENTENCE_END = "。；！？"
SENTENCE_MARK = re.compile(r"[。；！？]")
CLOSINGS = "）”》’〉"
FOOT = re.compile(
    r"原标题|附件|附表|附：|抄送|抄报|分送|主办|主送|联系人|（?此件|主动公开|依申请公开|不予公开|.*印发$|\d{4}[ ]?年[ ]?\d{1,2}[ ]?月[ ]?\d{1,2}[ ]?日"
    r"|[\u4e00-\u9fff]{2,30}(?:政府|委员会|办公室|办公厅|[局厅部委院])$"
)
# Whom a document is sent to, behind its last clause
COPIED_TO = re.compile(r"(?:抄送|抄报|分送|主送)(?:机关|单位)?[：:]")
ANNEX = re.compile(r"附件|附表|附：|附录")
# How the bracket ends that ends a clause: `（市生态环境局负责）`; not `（此件公开发布）`
LAST_WORDS = re.compile(r"(?:负责|落实|牵头|配合|分工|[局委办厅部府位等])[^（）]{0,6}$")
# Below a title, before the text: `苏委发〔2022〕7号`, `（2022年3月17日）`, the names of those who issue the plan
FRONT_MATTER = re.compile(
    r"（?(?:[\u4e00-\u9fff]{1,12}[ ]?[〔\[【（]20\d\d[〕\]】）][ ]?第?\d{1,4}[ ]?号"
    r"|20\d\d[ ]?年[ ]?\d{1,2}[ ]?月[ ]?\d{1,2}[ ]?日"
    r"|(?:[\u4e00-\u9fff]{3,30}(?:政府|委员会|办公室|办公厅|[局厅部委院])[ ]*){1,4})）?$"
)
LONGEST_BRACKET = 2000  # characters
WHOLE_LINES = 60  # characters: a line longer than this is a paragraph, not a line of a printed page
SHORT_LINE = 40


@dataclass(frozen=True, slots=True)
class Region:
    """Where a plan's own text stands in a Text: `[start, end)`, the title being `[start, title_end)`."""

    start: int
    title_end: int
    end: int

    def less(self, removed: Iterable[tuple[int, int]]) -> "Region":
        """The same region once the given ranges have been taken out of the text."""

        def moved(place: int, spans: list[tuple[int, int]]) -> int:
            return place - sum(min(end, place) - start for start, end in spans if start < place)

        spans = list(removed)
        return Region(moved(self.start, spans), moved(self.title_end, spans), moved(self.end, spans))


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a text that is not empty: `[start, end)` and its characters."""

    start: int
    end: int
    string: str


def lines_of(string: str, start: int = 0, end: int | None = None) -> list[Line]:
    """The lines of `string[start:end]` that are not empty.

    >>> [line.string for line in lines_of("一、总体要求\\n\\n以结构调整为关键")]
    ['一、总体要求', '以结构调整为关键']
    """
    stop = len(string) if end is None else end
    lines = []
    place = start
    for part in string[start:stop].split("\n"):
        if part.strip():
            lines.append(Line(place, place + len(part), part))
        place += len(part) + 1
    return lines


def locate(text: Text, file: Path) -> Region:
    """Where the plan's own text begins and ends; raises PipelineError if there is none, or no whole one.

    It begins with the last title line before a chapter 一、 that stands after an announcement such as 原文如下,
    if there is one, and ends with the last line that closes a sentence.
    """
    lines = lines_of(text.string)
    if not any("\u4e00" <= character <= "\u9fff" for character in text.string):
        raise _no_plan(file, "no Chinese text")
    chapters = [index for index, line in enumerate(lines) if _chapter_number(line.string) == 1]
    if not chapters:
        raise _no_plan(file, "no chapter that begins with 一、")
    starts = _starts(lines, chapters)
    if not starts:
        raise _no_plan(file, "no title line (…方案, …计划, …意见) before the chapter 一、")
    if len(starts) > 1:
        second = lines[starts[1][0]]
        raise PipelineError(
            file=file,
            place=f"offset {text[second.start : second.end].span[0]}",
            found=f"a second plan, “{second.string[:40]}”",
            expected="one plan in each seed",
            remedy="put the plans into files of their own, each with a row in sources.csv",
        )
    begin, title_last, chapter = starts[0]
    last = _last_line(lines, chapter, text, file)
    return Region(lines[begin].start, lines[title_last].end, lines[last].end)


def _starts(lines: list[Line], chapters: list[int]) -> list[tuple[int, int, int]]:
    """First and last line of the title, and line of the chapter 一、, of each plan in a text.

    Where a title and a chapter 一、 follow an announcement (原文如下), what precedes the last such one is none.
    """
    announcements = [index for index, line in enumerate(lines) if ANNOUNCEMENT.search(line.string)]
    starts = []
    done = 0
    for chapter in chapters:
        title = _title_before(lines, done, chapter)
        if title is not None:
            starts.append((*title, chapter))
        done = chapter + 1
    announced = [start for start in starts if announcements and start[0] > announcements[0]]
    for announcement in reversed(announcements):
        if after := [start for start in announced if start[0] > announcement]:
            return after
    return starts


def front_end(string: str, region: Region) -> int:
    """Where the lines below a plan's title end that are not yet its text: its number, its date, its issuers.

    >>> text = "关于做好碳达峰工作的意见\\n苏委发〔2022〕7号\\n（2022年3月17日）\\n为落实部署，制定本意见。"
    >>> text[front_end(text, Region(0, 12, len(text))) :].strip()
    '为落实部署，制定本意见。'
    """
    end = place = region.title_end
    while place < region.end:
        stop = string.find("\n", place, region.end)
        stop = region.end if stop < 0 else stop
        line = string[place:stop]
        if line.strip() and not FRONT_MATTER.fullmatch(line):
            break
        end, place = stop if line.strip() else end, stop + 1
    return end


def line_joins(text: Text, region: Region) -> list[tuple[int, int]]:
    """The ranges of line breaks inside the plan's paragraphs, to be taken out.

    Two kinds of copies have them: pages whose breaks cut a paragraph in two, and printed lines of one width.
    """
    lines = lines_of(text.string, front_end(text.string, region), region.end)
    width = _line_width(lines)
    joins = []
    due = _Due()
    paragraph = _Paragraph()
    for index, line in enumerate(lines):
        if index and _goes_on(lines[index - 1], line, paragraph, due, width):
            joins.append((lines[index - 1].end, line.start))
        else:
            due.pass_by(line.string)
            paragraph = _Paragraph()
        paragraph.add(line.string)
    title = lines_of(text.string, region.start, region.title_end)
    return [(one.end, two.start) for one, two in pairwise(title)] + joins


@dataclass(slots=True)
class _Paragraph:
    """What must be known of a paragraph while its lines are gathered, whatever its length."""

    head: str = ""
    tail: str = ""
    length: int = 0
    brackets: int = 0
    quotes: int = 0
    has_mark: bool = False

    def add(self, string: str) -> None:
        self.head = self.head or string[: SHORT_LINE + 1]
        if 0 < self.length <= SHORT_LINE:
            self.head = (self.head + string)[: SHORT_LINE + 1]
        self.tail = (self.tail + string)[-LONGEST_BRACKET:]
        self.length += len(string)
        self.brackets += string.count("（") - string.count("）")
        self.quotes += string.count("“") - string.count("”")
        self.has_mark = self.has_mark or any(mark in string for mark in "，。、；")

    @property
    def is_balanced(self) -> bool:
        return self.brackets <= 0 and self.quotes <= 0

    @property
    def is_heading(self) -> bool:
        return self.length <= SHORT_LINE and _is_heading(self.head)


@dataclass(slots=True)
class _Due:
    """The numbers that the next chapter, clause and item are to have."""

    chapter: int = 1
    clause: int = 1
    item: int = 1

    def pass_by(self, string: str) -> None:
        if (number := _chapter_number(string)) is not None and number >= self.chapter:
            self.chapter, self.item = number + 1, 1
        elif match := CLAUSE.match(string):
            self.clause, self.item = (chinese_number(match[1]) or 0) + 1, 1
        elif match := ITEM.match(string):
            self.item = int(match[1]) + 1


def _goes_on(before: Line, line: Line, paragraph: _Paragraph, due: _Due, width: int | None) -> bool:
    """Whether a line goes on with the paragraph so far, of which `before` is the last line."""
    if _is_structural(line.string, due):
        return False
    if line.string[0] == "（" and not CLAUSE.match(line.string):
        # The bracket of those responsible; the heading of a chapter has none.
        return not (paragraph.is_heading and CHAPTER.match(paragraph.head))
    if not paragraph.is_balanced:
        return True
    full = width is not None and len(before.string) >= width - 2
    if paragraph.is_heading and not full:
        return False
    end = before.string[-1]
    if end in SENTENCE_END:
        # A sentence that fills its line may end the paragraph or not; a new time opens a new one.
        return full and not line.string.startswith(("到", "“十"))
    if end in CLOSINGS and (width is None or ends_with_bracket(paragraph.tail)):
        return False
    return full or paragraph.length > SHORT_LINE or paragraph.has_mark


def _is_structural(string: str, due: _Due) -> bool:
    """Whether a line opens a chapter, clause or item; its number must be one that can stand here.

    `一、二星级评价标识的项目` inside chapter 三 is the rest of a sentence, so a chapter is never lower than due.
    """
    if (number := _chapter_number(string)) is not None:
        return due.chapter <= number <= due.chapter + 3
    if match := CLAUSE.match(string):
        number = chinese_number(match[1]) or 0
        return number == 1 or due.clause - 3 <= number <= due.clause + 5
    if match := ITEM.match(string):
        return int(match[1]) in (1, due.item)
    return SUBITEM.match(string) is not None


def ends_with_bracket(string: str) -> bool:
    """Whether a text ends with the bracket of those responsible; a bracket inside it may stand there.

    >>> ends_with_bracket("推进建设。（市发改委、各区人民政府（含开发区）等按职责分工负责）")
    True
    >>> ends_with_bracket("推进屋顶光伏（分布式）"), ends_with_bracket("特此通知。（此件公开发布）")
    (False, False)
    """
    if not string.endswith("）"):
        return False
    depth = 0
    for place in range(len(string) - 1, max(-1, len(string) - 1 - LONGEST_BRACKET), -1):
        if string[place] == "）":
            depth += 1
        elif string[place] == "（":
            depth -= 1
            if depth == 0:
                inner = string[place + 1 : -1]
                return (
                    string[:place].rstrip(" ").endswith(("。", "；", "”", "！", "）"))
                    and LAST_WORDS.search(inner) is not None
                )
    return False


def _chapter_number(string: str) -> int | None:
    match = CHAPTER.match(string)
    return chinese_number(match[1]) if match else None


def _is_heading(string: str) -> bool:
    if CHAPTER.match(string) or CLAUSE.match(string) or ITEM.match(string):
        return len(string) <= SHORT_LINE and not SENTENCE_MARK.search(string)
    return False


def _line_width(lines: list[Line]) -> int | None:
    """The width in characters of a page whose lines all end at one margin, or None if lines are paragraphs."""
    lengths = sorted(len(line.string) for line in lines)
    if len(lengths) < 8 or lengths[-1] > WHOLE_LINES:
        return None
    width = lengths[len(lengths) * 3 // 4]
    near = sum(1 for length in lengths if width - 4 <= length <= width + 4)
    return width if near * 2 > len(lengths) else None


def _title_before(lines: list[Line], first: int, chapter: int) -> tuple[int, int] | None:
    """The first and last line of the title that stands nearest before a chapter line."""
    for last in range(chapter - 1, first - 1, -1):
        string = lines[last].string
        if SENTENCE_MARK.search(string) or not TITLE_END.search(string) or len(string) > WHOLE_LINES:
            continue
        begin = last
        while begin > first and len(lines[begin].string) <= SHORT_LINE and last - begin < 3:
            if _is_title_start("".join(line.string for line in lines[begin : last + 1])):
                break
            above = lines[begin - 1].string
            if SENTENCE_MARK.search(above) or above[-1] in "：）日" or len(above) > WHOLE_LINES:
                break
            begin -= 1
        title = "".join(line.string for line in lines[begin : last + 1])
        if ("《" in title and "》" not in title) or title.startswith(("附件", "解读")) or "《" in title[:1]:
            continue
        return begin, last
    return None


def _is_title_start(title: str) -> bool:
    """Whether a line can be the whole title, that is, names a place or begins with 关于.

    >>> _is_title_start("武汉市减污降碳协同增效实施方案"), _is_title_start("循环发展经济体系实施方案")
    (True, False)
    """
    return bool(re.match(r"关于|.{1,9}?(?:省|市|县|区|州|盟|旗)(?!场|政)|减污降碳", title)) and len(title) > 8


def _last_line(lines: list[Line], chapter: int, text: Text, file: Path) -> int:
    """The last line of the plan: what follows is a page's foot; raises PipelineError for a text cut off."""
    last = len(lines) - 1
    for index, line in enumerate(lines):
        if index > chapter and COPIED_TO.match(line.string):
            last = index - 1
            break
    while last > chapter and not _ends_clause(lines, chapter, last):
        last -= 1
    broken = [line for line in lines[last + 1 :] if _is_broken(line.string)]
    if broken:
        raise _cut_off(file, text, broken[-1])
    if last == chapter and not _ends_clause(lines, chapter, chapter):
        raise _no_plan(file, "a title and the heading of a chapter, but no sentence")
    for line in reversed(lines[chapter : last + 1]):
        if CLAUSE.match(line.string) or CHAPTER.match(line.string):
            rest = text.string[line.start : lines[last].end]
            if rest.count("（") > rest.count("）") or rest.count("“") > rest.count("”"):
                raise _cut_off(file, text, line)
            break
    return last


def _is_broken(string: str) -> bool:
    """Whether a line after the last whole clause is the plan's own, and not a page's foot."""
    if CLAUSE.match(string) or CHAPTER.match(string) or ITEM.match(string):
        return True
    is_sentence = "，" in string and len(string) > SHORT_LINE and not FOOT.match(string)
    return is_sentence or string.count("（") > string.count("）")


def lines_after(text: Text, region: Region) -> tuple[list[Line], list[Line]]:
    """The lines after a plan's last clause: those that no rule knows for a page's foot, and those of an annex."""
    lines = lines_of(text.string, region.end)
    annex = next((index for index, line in enumerate(lines) if ANNEX.match(line.string)), len(lines))
    return [line for line in lines[:annex] if not FOOT.match(line.string)], lines[annex:]


def _ends_clause(lines: list[Line], chapter: int, index: int) -> bool:
    """Whether a line ends a sentence, or closes the bracket of those responsible, which may begin lines above."""
    string = lines[index].string
    if string[-1] in SENTENCE_END:
        return True
    if string[-1] not in CLOSINGS or FOOT.match(string):
        return False
    above = "".join(line.string[-LONGEST_BRACKET:] for line in lines[max(chapter, index - 12) : index + 1])
    return ends_with_bracket(above)


def _cut_off(file: Path, text: Text, line: Line) -> PipelineError:
    return PipelineError(
        file=file,
        place=f"offset {text[line.start : line.end].span[1]}",
        found=f"a text that stops inside a sentence, a bracket or a quotation: “…{line.string[-30:]}”",
        expected="a last clause that ends with 。 or with the bracket of those responsible",
        remedy="fetch the whole text; if the line is a page's foot, add its pattern to chrome.csv",
    )


def _no_plan(file: Path, found: str) -> PipelineError:
    return PipelineError(
        file=file,
        place="whole file",
        found=found,
        expected="a plan: its title on a line of its own, then chapters 一、 二、 …",
        remedy="check that the seed is the text of a plan, with its line breaks and without the tags of a web page",
    )
