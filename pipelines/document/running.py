"""Finds what is printed on every page and is none of the text: page numbers, page heads, the lines of a web page."""

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from pipelines.document.lines import SENTENCE_MARK, SHORT_LINE, Line
from pipelines.vocabulary import Vocabulary

DASH = "-—–－―一·•"
# `— 2 —`, `－4 －`, `-6 一`, `第 3 页 共 20 页`
PAGE_NUMBER = re.compile(
    rf"[{DASH}]{{1,2}} *(\d{{1,3}}|[IVXivx]{{1,5}}) *[{DASH}]{{1,2}}|第 ?\d{{1,3}} ?页(?:[，, ]*共 ?\d{{1,3}} ?页)?"
)
# What a page number is printed with when its dashes and digits stand on lines of their own.
PIECE = re.compile(rf"[{DASH}]|(?:\d ?){{1,3}} ?[{DASH}]?")
NEAREST, FARTHEST = 150, 4000  # characters from one page number to the next
SHORTEST_PAGE = 250  # characters, of half the pages at least
RARELY = 5  # a page head stands on one of so many pages at least
FEWEST_PAGES = 3
APART = 2  # line ends between a page head and the text
SHORTEST_HEAD = 5  # characters
PIECES = 6  # lines, that a page number in pieces has at most


def running_lines(lines: Sequence[Line], vocabulary: Vocabulary) -> set[int]:
    """The indexes of the lines that are no part of the text."""
    found = {index for index, line in enumerate(lines) if vocabulary.chrome_pattern.match(line.string)}
    numbers = _printed(lines)
    if len(numbers) < FEWEST_PAGES:
        numbers |= _counted(lines)
    return found | numbers | _heads(lines, numbers)


def _printed(lines: Sequence[Line]) -> set[int]:
    """Page numbers that are printed as such: — 2 —; also in pieces, one to a line."""
    found = set()
    for index, line in enumerate(lines):
        string = line.string
        if len(string) > 16:
            continue
        if PAGE_NUMBER.fullmatch(string):
            found.add(index)
        elif len(string) == 1 and string in DASH and index not in found:
            after = index + 1
            while after < len(lines) and after - index < PIECES and PIECE.fullmatch(lines[after].string):
                after += 1
            pieces = "".join(line.string for line in lines[index:after])
            if len(pieces) > 1 and pieces[-1] in DASH and any(map(str.isdigit, pieces)):
                found.update(range(index, after))
    return found


def _counted(lines: Sequence[Line]) -> set[int]:
    """Lone numbers that count the pages: each one more than the last, and about a page behind it."""
    # By value: where it stands, and the chain that ends with it
    longest: dict[int, tuple[int, list[int]]] = {}
    best: list[int] = []
    for index, line in enumerate(lines):
        if len(line.string) > 3 or not line.string.isdecimal():
            continue
        value = int(line.string)
        chain = [index]
        for before in (value - 1, value - 2):
            start, numbers = longest.get(before, (line.start, []))
            if NEAREST <= line.start - start <= FARTHEST * (value - before):
                chain = [*numbers, index]
                break
        if value not in longest or len(chain) >= len(longest[value][1]):
            longest[value] = (line.start, chain)
        if len(chain) > len(best):
            best = chain
    lengths = sorted(lines[two].start - lines[one].start for one, two in pairwise(best))
    is_page = len(best) >= FEWEST_PAGES and lengths[len(lengths) // 2] >= SHORTEST_PAGE
    return set(best) if is_page else set()


def _heads(lines: Sequence[Line], numbers: set[int]) -> set[int]:
    """Page heads: short lines that come again and again beside a page number, or apart from all others a page further on."""
    beside: dict[str, list[int]] = defaultdict(list)
    for number in numbers:
        for index in (number - 1, number + 1):
            if 0 <= index < len(lines) and index not in numbers:
                beside[lines[index].string].append(index)
    apart: dict[str, list[int]] = defaultdict(list)
    for index, (line, following) in enumerate(pairwise(lines)):
        if following.start - line.end > APART and len(line.string) > SHORTEST_HEAD:
            apart[line.string].append(index)
    found = set()
    for string, places in [*beside.items(), *apart.items()]:
        indexes = sorted(set(places))
        far = sorted(lines[two].start - lines[one].start for one, two in pairwise(indexes))
        often = (
            len(indexes) >= max(FEWEST_PAGES, len(numbers) // RARELY) and far[len(far) // 2] >= SHORTEST_PAGE
        )
        if often and len(string) <= SHORT_LINE and not SENTENCE_MARK.search(string):
            found.update(indexes)
    return found
