"""The lines of a text in, out: where the plan's own text stands in it, and which line breaks are none of its own."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pipelines.errors import PipelineError
from pipelines.numerals import chinese_number
from pipelines.text import Text
from pipelines.vocabulary import Vocabulary

# `一、总体要求`, `十一、保障措施`
CHAPTER = re.compile(r"([一二三四五六七八九十]{1,3})[、．.][ ]*(?=\S)")
# `（七）推进工业领域协同增效。`, `(六) 高效能推进`
CLAUSE = re.compile(r"（([一二三四五六七八九十]{1,4})）[ ]*")
# `1．完善绿色建筑法规保障体系。`, `2.提升能力`; not `1.5万亩`
ITEM = re.compile(r"(\d{1,2})[．.、][ ]*(?![\d\s])")
# A title stands alone on its line or on two or three lines, and ends with the kind of document that it is.
TITLE_END = re.compile(
    r"(?:方案|计划|规划|纲要|意见|办法|措施|要点|决定)(?:[（〔][^（）〔〕\n]{1,12}[）〕])?$"
)
# The announcement that the text itself follows, after an explainer or a summary.
ANNOUNCEMENT = re.compile(r"(?:原文|全文|文件|方案|通知)(?:内容)?如下[↓：:。]?$")
SENTENCE_END = "。；！？"
SENTENCE_MARK = re.compile(r"[。；！？]")
CLOSINGS = "）”》’〉"
FOOT = re.compile(r"(?:原标题|附件|附表|附：|抄送|抄报|主办|联系人|印发$|.*印发$|\d{4}年\d{1,2}月\d{1,2}日)")
# The bracket that ends a plan: `（市生态环境局负责）`; not `（此件公开发布）`
LAST_BRACKET = re.compile(
    r"[。；”！）]（[^（）]*(?:（[^（）]*）[^（）]*)*(?:负责|落实|牵头|配合|分工|[局委办厅部府位等])(?:[^（）]{0,6})）$"
)
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


def locate(text: Text, vocabulary: Vocabulary, file: Path) -> Region:
    """Where the plan's own text begins and ends; raises PipelineError if there is none, or no whole one.

    It begins with the last title line before a chapter 一、 that stands after an announcement such as 原文如下,
    if there is one, and ends with the last line that closes a sentence.
    """
    lines = lines_of(text.string)
    if not any("\u4e00" <= character <= "\u9fff" for character in text.string):
        raise _no_plan(file, "no Chinese text")
    first = 0
    for index, line in enumerate(lines):
        if ANNOUNCEMENT.search(line.string):
            first = index + 1
    chapters = [index for index in range(first, len(lines)) if _chapter_number(lines[index].string) == 1]
    starts = []
    for chapter in chapters:
        title = _title_before(lines, first, chapter)
        if title is not None and (not starts or starts[-1][0] != title):
            starts.append((*title, chapter))
    starts = [
        (begin, end, chapter)
        for begin, end, chapter in starts
        if not any(begin < other[0] <= chapter for other in starts)
    ]
    if not chapters:
        raise _no_plan(file, "no chapter that begins with 一、")
    if not starts:
        raise _no_plan(file, "no title line (…方案, …计划, …意见) before the chapter 一、")
    if len({lines[begin].start for begin, _, _ in starts}) > 1:
        second = starts[1][0]
        raise PipelineError(
            file=file,
            place=f"offset {text[lines[second].start :].span[0]}",
            found=f"a second plan, “{lines[second].string[:40]}”",
            expected="one plan in each seed",
            remedy="put the plans into files of their own, each with a row in sources.csv",
        )
    begin, title_last, chapter = starts[0]
    last = _last_line(lines, chapter, text, file)
    return Region(lines[begin].start, lines[title_last].end, lines[last].end)


def line_joins(text: Text, region: Region) -> list[tuple[int, int]]:
    """The ranges of line breaks inside the plan's paragraphs, to be taken out.

    Two kinds of copies have them: pages whose breaks cut a paragraph in two, and printed lines of one width.
    """
    lines = lines_of(text.string, region.title_end, region.end)
    width = _line_width(lines)
    joins = []
    expected_chapter, expected_clause, expected_item = 1, 1, 1
    joined = lines[0].string if lines else ""
    for before, line in zip(lines, lines[1:], strict=False):
        if before is lines[0]:
            expected_chapter, expected_clause, expected_item = _after(
                before.string, expected_chapter, expected_clause, expected_item
            )
        structural = _is_structural(line.string, expected_chapter, expected_clause, expected_item)
        if _goes_on(before, line, joined, structural, width):
            joins.append((before.end, line.start))
            joined += line.string
        else:
            joined = line.string
            expected_chapter, expected_clause, expected_item = _after(
                line.string, expected_chapter, expected_clause, expected_item
            )
    title = lines_of(text.string, region.start, region.title_end)
    return [(one.end, two.start) for one, two in zip(title, title[1:], strict=False)] + joins


def _goes_on(before: Line, line: Line, joined: str, structural: bool, width: int | None) -> bool:
    """Whether a line goes on in the next one, given the paragraph so far."""
    full = width is not None and len(before.string) >= width - 2
    complete = joined[-1] in SENTENCE_END or (
        joined[-1] in CLOSINGS and (width is None or bool(LAST_BRACKET.search(joined)))
    )
    if structural:
        return False
    if line.string[0] == "（" and not CLAUSE.match(line.string):
        return True
    if not _is_balanced(joined):
        return True
    if _is_heading(joined) and not full:
        return False
    if complete:
        # A sentence that fills its line may end the paragraph or not; a new time opens a new one.
        return full and joined[-1] in SENTENCE_END and not line.string.startswith(("到", "“十"))
    return full or len(joined) > SHORT_LINE or any(mark in joined for mark in "，。、；")


def _is_structural(string: str, chapter: int, clause: int, item: int) -> bool:
    """Whether a line opens a chapter, clause or item; its number must be one that can stand here.

    `一、二星级评价标识的项目` inside chapter 三 is the rest of a sentence, so a chapter is never lower than due.
    """
    if (number := _chapter_number(string)) is not None:
        return number >= chapter and number <= chapter + 3
    if match := CLAUSE.match(string):
        number = chinese_number(match[1]) or 0
        return number == 1 or clause - 3 <= number <= clause + 5
    if match := ITEM.match(string):
        return int(match[1]) in (1, item)
    return False


def _after(string: str, chapter: int, clause: int, item: int) -> tuple[int, int, int]:
    """The numbers due after a line."""
    if (number := _chapter_number(string)) is not None and number >= chapter:
        return number + 1, clause, 1
    if match := CLAUSE.match(string):
        return chapter, (chinese_number(match[1]) or 0) + 1, 1
    if match := ITEM.match(string):
        return chapter, clause, int(match[1]) + 1
    return chapter, clause, item


def _chapter_number(string: str) -> int | None:
    match = CHAPTER.match(string)
    return chinese_number(match[1]) if match else None


def _is_heading(string: str) -> bool:
    if CHAPTER.match(string) or CLAUSE.match(string) or ITEM.match(string):
        return len(string) <= SHORT_LINE and not SENTENCE_MARK.search(string)
    return False


def _is_balanced(string: str) -> bool:
    return string.count("（") <= string.count("）") and string.count("“") <= string.count("”")


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
        if "《" in title and "》" not in title or title.startswith(("附件", "解读")) or "《" in title[:1]:
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
    while last > chapter and not _ends_clause(lines, chapter, last):
        last -= 1
    tail = lines[last + 1 :]
    body = "".join(line.string for line in lines[chapter : last + 1])
    for line in tail:
        opened = CLAUSE.match(line.string) or CHAPTER.match(line.string) or ITEM.match(line.string)
        sentence = "，" in line.string and len(line.string) > SHORT_LINE and not FOOT.match(line.string)
        if opened or sentence or line.string.count("（") > line.string.count("）"):
            raise _cut_off(file, text, line)
    for line in reversed(lines[chapter : last + 1]):
        if CLAUSE.match(line.string) or CHAPTER.match(line.string):
            start = line.start
            rest = text.string[start : lines[last].end]
            if rest.count("（") > rest.count("）") or rest.count("“") > rest.count("”"):
                raise _cut_off(file, text, line)
            break
    if not body:
        raise _no_plan(file, "a title without a text")
    return last


def _ends_clause(lines: list[Line], chapter: int, index: int) -> bool:
    """Whether a line ends a sentence, or closes the bracket of those responsible, which may begin lines above."""
    string = lines[index].string
    if string[-1] in SENTENCE_END:
        return True
    if string[-1] not in CLOSINGS or FOOT.match(string):
        return False
    above = "".join(line.string for line in lines[max(chapter, index - 12) : index + 1])
    return bool(LAST_BRACKET.search(above))


def _cut_off(file: Path, text: Text, line: Line) -> PipelineError:
    return PipelineError(
        file=file,
        place=f"offset {text[line.start : line.end].span[0]}",
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
        remedy="check that the seed is the text of a plan, with its line breaks",
    )
