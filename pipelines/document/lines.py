"""The lines of a text, and what their characters tell of them."""

import re
from dataclasses import dataclass

SENTENCE_END = "。；！？"
SENTENCE_MARK = re.compile(r"[。；！？]")
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


def width_of(string: str) -> int:
    """How wide a line is printed, in halves of a Chinese character: a Latin letter or digit takes one.

    >>> width_of("到2025年，"), width_of("一、总体要求")
    (10, 12)
    """
    return len(string.encode("gb18030", "replace"))
