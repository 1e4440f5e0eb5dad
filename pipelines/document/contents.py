"""Finds the tables of contents among the lines of a document."""

import re
from collections.abc import Sequence

from pipelines.document.lines import SENTENCE_MARK, SHORT_LINE, Line
from pipelines.document.styles import Styles

HEADING = re.compile(r"目 {0,8}[录次]|CONTENTS|Contents")
# `第一节 工作回顾……6`, `指导思想 12`: dot leaders, whatever they are printed with, and a page number
# The blank of a form, ______项目, is none.
LEADER = re.compile(r"[.．·•…‥﹒∙⋯\uf000-\uf0ff]{3,}|_{3,}(?=[ ]?\d|$)|(?:\. ){3,}|…{2,}")
PAGE = re.compile(r"(?<=[^\d.年第至到-])[ ]*-?\d{1,3}-?$")
ONLY_PAGE = re.compile(r"[.．·•…‥ —－-]*\d{0,3}[.．·•…‥ —－-]*$|[IVXivx]{1,5}$")
FEWEST = 4  # entries
LONGEST = 600  # lines
KEY = 8  # characters of a title by which it is known again


def contents_ranges(lines: Sequence[Line], skipped: set[int], styles: Styles) -> list[tuple[int, int]]:
    """Where tables of contents stand, as `[first, after)` of the lines; `skipped` are lines of no account.

    One begins with 目录 and ends before the line that repeats its first entry; or it is a run of lines with leaders.
    """
    ranges: list[tuple[int, int]] = []
    index = 0
    while index < len(lines):
        heading = _heading_at(lines, index)
        after = index
        if heading:
            after = _end(lines, index + heading, skipped, styles)
        elif LEADER.search(lines[index].string):
            after = _leaders(lines, index)
        if after - index >= FEWEST:
            ranges.append((index, after))
        index = max(index + 1, after)
    return ranges


def _heading_at(lines: Sequence[Line], index: int) -> int:
    """How many lines a heading 目录 takes here: 0 if there is none."""
    string = lines[index].string
    if len(string) <= 12 and HEADING.fullmatch(string):
        return 1
    if string == "目" and index + 1 < len(lines) and lines[index + 1].string in ("录", "次"):
        return 2
    return 0


def _key(string: str) -> str:
    """What an entry and its heading in the text have in common.

    >>> _key("第一节 工作回顾……6"), _key("第一节工作回顾")
    ('第一节工作回顾', '第一节工作回顾')
    """
    return PAGE.sub("", LEADER.split(string, maxsplit=1)[0]).replace(" ", "")[:KEY]


def _is_entry(string: str, styles: Styles) -> bool:
    if LEADER.search(string) or ONLY_PAGE.fullmatch(string):
        return True
    if SENTENCE_MARK.search(string) or len(string) > SHORT_LINE:
        return False
    return styles.label(string) is not None or PAGE.search(string) is not None


def _is_label(string: str, styles: Styles) -> bool:
    """Whether a line is nothing but a label, the words of its heading standing on the next."""
    return (label := styles.label(string)) is not None and label.end == len(string)


def _end(lines: Sequence[Line], first: int, skipped: set[int], styles: Styles) -> int:
    """The line after the last entry of a table of contents that begins at a line."""
    stop = min(len(lines), first + LONGEST)
    seen: dict[str, int] = {}
    again = stop
    for index in range(first, stop):
        string = lines[index].string
        if index in skipped or ONLY_PAGE.fullmatch(string):
            continue
        key = _key(string)
        if len(key) < 2 or (len(seen) > 2 and len(key) < 4) or _is_label(string, styles):
            continue
        if key in seen and index - seen[key] >= FEWEST - 1:
            again = index
            while again > first and _is_label(lines[again - 1].string, styles):
                again -= 1  # 第一章 on the line above its words
            break
        if len(seen) < FEWEST:
            seen.setdefault(key, index)
    last, strange = first - 1, 0
    for index in range(first, again):
        if index in skipped:
            continue
        string = lines[index].string
        if _is_entry(string, styles):
            last, strange = index, 0
        elif SENTENCE_MARK.search(string) or (again == stop and (strange := strange + 1) > 2):
            break
    return last + 1


def _leaders(lines: Sequence[Line], first: int) -> int:
    last = first
    for index in range(first, min(len(lines), first + LONGEST)):
        string = lines[index].string
        if LEADER.search(string) or ONLY_PAGE.fullmatch(string):
            last = index
        elif index - last > 2:
            break
    return last + 1
