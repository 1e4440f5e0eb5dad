"""Finds the plans of a document among its lines: where the title of each stands, where its text begins and ends."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.document.brackets import CLOSERS, OPENERS, bracket_in_heading
from pipelines.document.heads import ANNEX_MARK, first_title, title_before
from pipelines.document.lines import CLOSINGS, SENTENCE_END, SHORT_LINE, Line
from pipelines.document.styles import Styles
from pipelines.document.titles import BLANKS, carried, is_beside_title
from pipelines.document.words import line_words
from pipelines.vocabulary import Vocabulary

# Whom a document is sent to, in its first line: `各区人民政府，市政府有关部门：`
ADDRESSEES = re.compile(r"[^。；]{0,200}[各有].{1,400}[：:]$")
ANNEX = re.compile(r"附 ?(?:件|表|录|图)|附：")
LONGEST_BRACKET = 2000  # characters
LONGEST_LETTER = 3000  # characters, of a covering letter
LONGEST_TITLE = 120  # characters


@dataclass(frozen=True, slots=True)
class PlanLines:
    """Where a plan stands among the lines: title `[start, title_end)`, front matter up to `body`, text up to `end`."""

    start: int
    title_end: int
    body: int
    end: int


def plans_in(
    lines: Sequence[Line], passed: set[int], styles: Styles, vocabulary: Vocabulary
) -> list[PlanLines]:
    """The plans of a document, in order; `passed` are lines of no account: running ones, contents pages, tables.

    A plan begins with the last title before its first heading. Where an announcement such as 原文如下 comes before, what
    precedes the last one is none; a notice before a plan is its covering letter.
    """
    ones = _first_headings(lines, passed, styles)
    words = line_words(vocabulary)
    announcements = [index for index, line in enumerate(lines) if words.announcement.search(line.string)]
    starts: list[tuple[int, int, int]] = []
    done = 0
    for one in ones:
        title = title_before(lines, done, one, passed, styles, vocabulary, is_main=not starts)
        if title is not None:
            starts.append((*title, one))
        done = one + 1
    for announcement in reversed(announcements):
        if announced := [start for start in starts if start[0] > announcement]:
            starts = announced
            break
    if len(starts) > 1 and _is_letter(lines, starts[0], vocabulary):
        starts = starts[1:]
    before = starts[0][0] if starts else len(lines)
    length = sum(len(lines[index].string) for index in range(before) if index not in passed)
    if not starts or (length > LONGEST_LETTER and not announcements):
        # A document without headings, or one that is no letter before the first title above a heading.
        heading = next((one for one in ones if one < before), before)
        first, last = first_title(lines, heading, passed, styles, vocabulary)
        starts.insert(0, (first, last, heading if heading > last else before))
    plans = []
    for rank, (start, last, heading) in enumerate(starts):
        if len(lines[last].string) > LONGEST_TITLE:
            # All on one line: its beginning has to stand for a title.
            plans.append(PlanLines(start, last + 1, last, len(lines)))
            continue
        stop = starts[rank + 1][0] if rank + 1 < len(starts) else len(lines)
        while stop > heading + 1 and rank + 1 < len(starts) and ANNEX_MARK.fullmatch(lines[stop - 1].string):
            stop -= 1
        body = _body(lines, last + 1, heading, passed, vocabulary)
        plans.append(
            PlanLines(start, last + 1, body, _end(lines, body, heading, stop, passed, styles, vocabulary))
        )
    return plans


def _is_letter(lines: Sequence[Line], start: tuple[int, int, int], vocabulary: Vocabulary) -> bool:
    """Whether what begins with a title is a notice that carries the document behind it: 关于印发…的通知."""
    title = BLANKS.sub("", "".join(line.string for line in lines[start[0] : start[1] + 1]))
    return carried(title, vocabulary) is not None


def _first_headings(lines: Sequence[Line], passed: set[int], styles: Styles) -> list[int]:
    """The lines that have the first number of the style that opens the document's parts."""
    firsts: dict[str, list[int]] = {}
    for index, line in enumerate(lines):
        if index in passed:
            continue
        label = styles.label(line.string)
        if label is not None and set(label.number) == {1}:
            firsts.setdefault(label.style.style, []).append(index)
    for opens in ("chapter", "clause", "item"):
        for name, indexes in firsts.items():
            if styles.by_name[name].opens == opens:
                return indexes
    return []


def _body(lines: Sequence[Line], first: int, heading: int, passed: set[int], vocabulary: Vocabulary) -> int:
    """The line after a plan's title and front matter: its number, its date, its issuers, whom it is sent to, its contents."""
    index = body = first
    while index < min(heading, len(lines)):
        string = lines[index].string
        is_front = is_beside_title(BLANKS.sub("", string), vocabulary) or ADDRESSEES.fullmatch(string)
        is_front = is_front or line_words(vocabulary).names.fullmatch(string)
        if index not in passed and not is_front:
            break
        index += 1
        body = index
    return body


def _end(
    lines: Sequence[Line],
    body: int,
    heading: int,
    stop: int,
    passed: set[int],
    styles: Styles,
    vocabulary: Vocabulary,
) -> int:
    """The line after the last one of a plan: what follows is a page's foot or an annex."""
    words = line_words(vocabulary)
    first = heading if heading < stop else body
    for index in range(first + 1, stop):
        if words.copied_to.match(lines[index].string) and not _goes_on_behind(lines, index, stop, styles):
            stop = index
            break
    last = stop - 1
    while last > first and (
        last in passed
        or not (
            _ends_clause(lines, first, last, vocabulary) or _is_own(lines[last].string, styles, vocabulary)
        )
    ):
        last -= 1
    if last == heading:
        # Nothing that ends a sentence: all that is no foot is the text.
        last = next(
            (index for index in range(stop - 1, heading, -1) if not words.foot.match(lines[index].string)),
            last,
        )
    return last + 1


def _goes_on_behind(lines: Sequence[Line], index: int, stop: int, styles: Styles) -> bool:
    """Whether the plan goes on behind its address block, as the reading order of a page may have it."""
    behind = [line.string for line in lines[index + 1 : stop]]
    return sum(string[-1] == "。" for string in behind) > 3 and any(styles.label(string) for string in behind)


def _is_own(string: str, styles: Styles, vocabulary: Vocabulary) -> bool:
    """Whether a line after the last whole clause is the plan's own, and not a page's foot."""
    if line_words(vocabulary).foot.match(string):
        return False
    label = styles.label(string)
    if label is not None and label.style.style in ("chapter", "section", "comma", "bracket", "point"):
        return True
    opened, closed = (sum(map(string.count, marks)) for marks in (OPENERS, CLOSERS))
    return ("，" in string and len(string) > SHORT_LINE) or opened != closed


def _ends_clause(lines: Sequence[Line], first: int, index: int, vocabulary: Vocabulary) -> bool:
    """Whether a line ends a sentence, or closes the bracket of those responsible, which may begin lines above."""
    string = lines[index].string
    if string[-1] in SENTENCE_END:
        return True
    if string[-1] not in CLOSINGS + CLOSERS or line_words(vocabulary).foot.match(string):
        return False
    return ends_with_bracket(
        "".join(line.string[-LONGEST_BRACKET:] for line in lines[max(first, index - 12) : index + 1]),
        vocabulary,
    )


def ends_with_bracket(string: str, vocabulary: Vocabulary) -> bool:
    """Whether a text ends with the bracket of those responsible; a bracket inside it may stand there.

    >>> from pipelines.vocabulary import load_vocabulary
    >>> words = load_vocabulary()
    >>> ends_with_bracket("推进建设。（市发改委、各区人民政府（含开发区）等按职责分工负责）", words)
    True
    >>> from pipelines.vocabulary import load_vocabulary
    >>> words = load_vocabulary()
    >>> ends_with_bracket("推进屋顶光伏（分布式）", words), ends_with_bracket("特此通知。（此件公开发布）", words)
    (False, False)
    """
    tail = string[-LONGEST_BRACKET:]
    found = bracket_in_heading(tail, vocabulary) if tail.endswith("）") else None
    return found is not None and tail[: found.opening].rstrip(" ").endswith(("。", "；", "”", "！", "）"))
