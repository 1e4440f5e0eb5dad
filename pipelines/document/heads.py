"""Finds the title under which a plan stands, among the lines before its first heading."""

import re
from collections.abc import Collection, Sequence
from itertools import pairwise

from pipelines.document.lines import Line
from pipelines.document.styles import Styles
from pipelines.document.titles import BLANKS, Title, is_beside_title, title_at
from pipelines.vocabulary import Vocabulary

ANNEX_MARK = re.compile(
    r"附 ?(?:件|表|录) ?(?:\d{1,2}|[一二三四五六七八九十]{1,2})?(?:[-—]\d{1,2})? ?[：:]?$"
)
MOST_BETWEEN = 4  # lines of a page's foot and head between two lines of a title
MOST_LINES = 100  # of a title
# Not a plan of its own, but a part of one
PART = re.compile(r"(?:专栏|表|图) ?[\d一二三四五六七八九十]")


def title_before(
    lines: Sequence[Line],
    first: int,
    heading: int,
    passed: Collection[int],
    styles: Styles,
    vocabulary: Vocabulary,
    *,
    is_main: bool,
) -> tuple[int, int] | None:
    """The first and last line of the title that stands nearest before a heading, not before line `first`.

    A title in quotation marks is that of a document cited, unless a notice before it carries it. A plan behind another
    one is marked as an annex, or its title opens with a place below the country.
    """
    titles = _titles(lines, first, heading, passed, styles, vocabulary)
    carried = {title.name for _, _, title in titles if title.is_carrying}
    plain = [each for each in titles if not each[2].is_quoted or each[2].name in carried]
    for start, last, title in reversed(plain or (titles if is_main else [])):
        above = next((lines[index].string for index in range(start - 1, -1, -1) if index not in passed), "")
        place = vocabulary.place_at(title.string)
        opens = place is not None and place.level != "national" and not PART.match(above)
        if is_main or opens or ANNEX_MARK.fullmatch(above):
            return start, last
    return None


def first_title(
    lines: Sequence[Line], heading: int, passed: Collection[int], styles: Styles, vocabulary: Vocabulary
) -> tuple[int, int]:
    """The first and last line of the title of a document without one before its first heading: its first line, numbers,
    dates and page numbers apart."""
    own = [index for index in range(len(lines)) if index not in passed] or [0]
    titles = _titles(lines, 0, heading, passed, styles, vocabulary)
    if titles:
        return titles[0][:2]
    first = next(
        (index for index in own if not is_beside_title(BLANKS.sub("", lines[index].string), vocabulary)),
        own[0],
    )
    return first, first


def _titles(
    lines: Sequence[Line],
    first: int,
    after: int,
    passed: Collection[int],
    styles: Styles,
    vocabulary: Vocabulary,
) -> list[tuple[int, int, Title]]:
    """The titles among the lines `[first, after)`, with the first and last line of each; none runs over a contents page."""
    own = [index for index in range(first, after) if index not in passed]
    gaps = [at for at in range(1, len(own)) if own[at] - own[at - 1] > MOST_BETWEEN]
    found: list[tuple[int, int, Title]] = []
    for start, stop in pairwise([0, *gaps, len(own)]):
        shown = [lines[index] for index in own[start:stop]]
        at = 0
        while at < len(shown):
            string = shown[at].string
            is_label = styles.label(string) is not None or PART.match(string) is not None
            title = None if is_label else title_at(shown, at, vocabulary)
            if title is None:
                at += 1
                continue
            count = sum(line.start < title.end for line in shown[at : at + MOST_LINES])
            found.append((own[start + at], own[start + at + count - 1], title))
            at += count
    return found
