"""Gathers the lines of a plan into paragraphs, each with the label that it begins with."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipelines.document.brackets import is_duty_line
from pipelines.document.lines import (
    ANNEX_MARK,
    CLOSINGS,
    SENTENCE_END,
    SENTENCE_MARK,
    SHORT_LINE,
    Line,
    width_of,
)
from pipelines.document.parts import LONGEST_BRACKET, ends_with_bracket
from pipelines.document.styles import Label, Numbering, Styles, styles_of
from pipelines.vocabulary import Vocabulary

CHINESE = re.compile("[\u4e00-\u9fff]")
COMMA = re.compile("[。；！？，]")
# What is no sentence that a line could go on with: the caption of a box or table, a note
CAPTION = re.compile(
    r"专 ?栏|[图表] ?\d|[图表] ?[一二三四五六七八九十]|注 ?[：:]|备注[：:]|附 ?[件表录图] ?\d"
)
BOX_ALONE = re.compile(r"专 ?栏 ?(?:\d{1,2}|[一二三四五六七八九十]{1,3})")
DASHES = re.compile("——|—(?!—)|[●•◆■▪○]")
# The number of a cell, or what stands for one
FIGURE = re.compile(r"[≥≤＞＜<>↑↓]?\d(?:[\d.,]{0,10}\d)?[*%‰]?|[%‰—－–/-]{1,2}")
NEAR = 8  # halves of a character, by which lines of one width differ
INDENT = 4  # halves of a character
FEWEST_LINES = 8


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that belong together, `[first, last]` of those given, and the label that opens them if one does."""

    first: int
    last: int
    label: Label | None


def paragraphs(lines: Sequence[Line], apart: set[int], vocabulary: Vocabulary) -> list[Paragraph]:
    """The paragraphs of a plan's lines, in order; the lines `apart` (of tables) stay by themselves.

    Two kinds of copies break paragraphs: pages whose ends cut them in two, and printed lines of one width.
    """
    styles, width = styles_of(vocabulary), line_width(lines)
    alone = _standing_alone(lines, width, styles)
    numbering, so_far = Numbering(), _SoFar()
    found: list[Paragraph] = []
    for index, line in enumerate(lines):
        before = lines[index - 1] if index else None
        opens = _opens(line.string, before, so_far, numbering, width, styles)
        if (
            opens is not None
            and index + 1 < len(lines)
            and _is_cell(line.string, opens, lines[index + 1].string)
        ):
            opens = None
        if ANNEX_MARK.fullmatch(line.string):
            numbering, so_far = Numbering(), _SoFar()
        joins = before is not None and not {index - 1, index} & apart
        joins = joins and not (FIGURE.fullmatch(line.string) and FIGURE.fullmatch(lines[index - 1].string))
        if (
            so_far.is_heading
            and so_far.label is not None
            and so_far.label.style.style in alone
            and not so_far.is_label
        ):
            joins = joins and not _stands_above(so_far, line.string, width)
        if before is not None and joins and _goes_on(before, line, so_far, opens, width, vocabulary):
            found[-1] = replace(found[-1], last=index)
        else:
            label = None if index in apart else opens
            found.append(Paragraph(index, index, label))
            so_far = _SoFar(label, is_duty_line(line.string, vocabulary))
            if label is not None:
                numbering.take(label)
        so_far.add(line.string)
    return found


@dataclass(slots=True)
class _SoFar:
    """What must be known of a paragraph while its lines are gathered, whatever its length."""

    label: Label | None = None
    is_duty: bool = False
    head: str = ""
    tail: str = ""
    length: int = 0
    brackets: int = 0
    quotes: int = 0
    has_mark: bool = False

    def add(self, string: str) -> None:
        self.head = (self.head + string)[: SHORT_LINE + 1] if self.length <= SHORT_LINE else self.head
        self.tail = (self.tail + string)[-LONGEST_BRACKET:]
        self.length += len(string)
        self.brackets += string.count("（") - string.count("）")
        self.quotes += string.count("“") + string.count("《") - string.count("”") - string.count("》")
        self.has_mark = self.has_mark or any(mark in string for mark in "，。、；")

    @property
    def opens(self) -> str:
        return self.label.style.opens if self.label else ""

    @property
    def is_balanced(self) -> bool:
        return self.brackets <= 0 and self.quotes <= 0

    @property
    def is_heading(self) -> bool:
        return self.label is not None and self.length <= SHORT_LINE and not SENTENCE_MARK.search(self.head)

    @property
    def is_label(self) -> bool:
        """Whether nothing but a label has been read yet, its words standing on the next line."""
        return self.label is not None and not self.head[self.label.end :].strip()


def _is_cell(string: str, label: Label, following: str) -> bool:
    """Whether a line with a label is the cell of a table, numbers standing in the next: 二、可再生能源 / 949.2."""
    is_chapter = label.style.opens == "chapter" and label.end < len(string)
    return is_chapter and following[0].isdigit() and not CHINESE.search(following)


def _opens(
    string: str, before: Line | None, so_far: _SoFar, numbering: Numbering, width: int | None, styles: Styles
) -> Label | None:
    """The label of a line that can open a paragraph: its number must be one that can stand here."""
    label = styles.label(string)
    if label is None:
        return None
    if label.end == len(string) and label.style.style == "comma":
        # A number alone on its line, without its mark
        return label if label.number[0] == numbering.due(label) else None
    if numbering.can_stand(label):
        return label
    # A number that cannot follow is taken for a misprint where the line is a heading by its looks.
    is_short = len(string) <= SHORT_LINE and not COMMA.search(string)
    looks = label.style.opens == "clause" or (label.style.opens == "chapter" and is_short)
    if before is None or not looks:
        return label if looks else None
    ends = so_far.is_heading or (before.string[-1] in SENTENCE_END + CLOSINGS and so_far.is_balanced)
    return label if ends and (width is None or width_of(before.string) < width - 4) else None


def _goes_on(
    before: Line, line: Line, so_far: _SoFar, opens: Label | None, width: int | None, vocabulary: Vocabulary
) -> bool:
    """Whether a line goes on with the paragraph so far, of which `before` is the last line."""
    string, end = line.string, before.string[-1]
    if opens is not None or ANNEX_MARK.fullmatch(string) or ANNEX_MARK.fullmatch(before.string):
        return False
    if so_far.is_label or (len(so_far.head) == so_far.length == len(string) == 1):
        return True
    if string[0] == "（":
        # The bracket of those responsible; the heading of a chapter has none.
        return not (so_far.is_heading and so_far.opens == "chapter")
    if _begins_anew(string, end, so_far):
        return False
    if not so_far.is_balanced and so_far.length < LONGEST_BRACKET:
        return True
    room = 0 if width is None else width - width_of(before.string)
    full = width is not None and room <= 4
    # The first line of a paragraph is printed two characters further in.
    indented = full or (width is not None and so_far.length == len(before.string) and room <= 4 + INDENT)
    if so_far.is_heading or CAPTION.match(so_far.head):
        if not (indented if so_far.opens == "item" else full):
            return False
    elif so_far.is_duty and not indented:
        return end in "、，；：:"
    if end in SENTENCE_END:
        # A sentence that fills its line to the brim hardly ends the paragraph.
        return width is not None and room <= 1
    if end in CLOSINGS and (width is None or ends_with_bracket(so_far.tail, vocabulary)):
        return False
    return indented or so_far.length > SHORT_LINE or so_far.has_mark


def _standing_alone(lines: Sequence[Line], width: int | None, styles: Styles) -> set[str]:
    """The styles whose headings stand on lines of their own, in lines of one width: far more often than a text goes on behind them.

    A line that is full tells nothing.
    """
    counts: Counter[tuple[str, bool]] = Counter()
    for line in lines:
        if width is None:
            break
        if width - width_of(line.string) > INDENT and (label := styles.label(line.string)) is not None:
            counts[label.style.style, SENTENCE_MARK.search(line.string) is None] += 1
        elif SENTENCE_MARK.search(line.string[:SHORT_LINE]) and (label := styles.label(line.string)):
            counts[label.style.style, False] += 1
    return {name for name, is_alone in counts if is_alone and counts[name, True] > 3 * counts[name, False]}


def _stands_above(so_far: _SoFar, string: str, width: int | None) -> bool:
    """Whether a heading that fills its line is whole: the next line is printed further in, as the first of a paragraph is, and
    with its sentence it would be too long for a heading."""
    is_indented = width is not None and INDENT - 1 <= width - width_of(string) <= INDENT + 2
    stop = string.find("。")
    length = so_far.length + (stop if stop >= 0 else len(string))
    return is_indented and so_far.is_balanced and length > SHORT_LINE and so_far.tail[-1] not in "、，："


def _begins_anew(string: str, end: str, so_far: _SoFar) -> bool:
    """Whether a line is the caption of a box or table, a note, or the item of a list."""
    if BOX_ALONE.fullmatch(string):
        return True
    is_caption = CAPTION.match(string) and len(string) <= SHORT_LINE and not SENTENCE_MARK.search(string)
    if is_caption and so_far.is_balanced:
        return True
    return DASHES.match(string) is not None and end in SENTENCE_END + "：" + CLOSINGS


def line_width(lines: Sequence[Line]) -> int | None:
    """The width, in halves of a character, of a page whose lines all end at one margin; None if lines are paragraphs.

    Lines much shorter are headings, ends of paragraphs and cells, and tell nothing.
    """
    widths = sorted(width_of(line.string) for line in lines)
    if len(widths) < FEWEST_LINES:
        return None
    width = widths[len(widths) * 3 // 4]
    long = [one for one in widths if one * 5 > width * 3]
    near = sum(1 for one in long if width - NEAR <= one <= width + NEAR)
    return width if near * 2 > len(long) and near > FEWEST_LINES else None
