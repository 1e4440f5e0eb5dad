"""The lines of a text, and what their characters tell of them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

SENTENCE_END = "。；！？"
# `…高质高效发展。  （三）提升服务业低碳发展水平。加快…`: a heading behind a sentence and a blank, its text behind it
CLAUSE_BEHIND = re.compile(r"[。；] +(?=（[一二三四五六七八九十]{1,3}）[^。；：，]{4,30}。)")
# `9 五、保障措施`, `5（四）农田固碳扩容。`: the number of a page before a heading
BEHIND_NUMBER = re.compile(r"\d{1,3} ?(?=[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）)")
# `…一条新路。  二、指导思想`, `…法律责任。第八章 附则`: a heading behind a sentence, to the end of its line
HEADING_BEHIND = re.compile(
    r"[。；](?: +(?=[一二三四五六七八九十]{1,3}、)| *(?=第[一二三四五六七八九十]{1,3}[章节]))([^。；，]{4,40})$"
)
SENTENCE_MARK = re.compile(r"[。；！？]")
ANNEX_MARK = re.compile(
    r"附 ?(?:件|表|录) ?(?:\d{1,2}|[一二三四五六七八九十]{1,2})?(?:[-—]\d{1,2})? ?[：:]?$"
)
CLOSINGS = "）”》’〉"
SHORT_LINE = 40  # characters: a heading is at most as long
WHOLE_LINES = 60  # characters: a line longer than this is a paragraph, not a line of a printed page


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


def with_headings_apart(lines: Sequence[Line]) -> list[Line]:
    """The lines with a heading that stands behind a sentence or a page's number on its line as a line of its own.

    >>> [line.string for line in with_headings_apart(lines_of("探索走出一条新路。  二、指导思想和发展目标"))]
    ['探索走出一条新路。', '二、指导思想和发展目标']
    >>> [line.string for line in with_headings_apart(lines_of("9 五、保障措施"))]
    ['9', '五、保障措施']
    """
    found: list[Line] = []
    for line in lines:
        string, begin = line.string, 0
        cuts = [(match.start() + 1, match.end()) for match in CLAUSE_BEHIND.finditer(string)]
        if match := BEHIND_NUMBER.match(string):
            cuts.insert(0, (len(match[0].rstrip()), match.end()))
        if match := HEADING_BEHIND.search(string):
            cuts.append((match.start() + 1, match.start(1)))
        for first, last in [*cuts, (len(string), len(string))]:
            found.append(Line(line.start + begin, line.start + first, string[begin:first]))
            begin = last
    return found


def width_of(string: str) -> int:
    """How wide a line is printed, in halves of a Chinese character: a Latin letter or digit takes one.

    >>> width_of("到2025年，"), width_of("一、总体要求")
    (10, 12)
    """
    return len(string.encode("gb18030", "replace"))
