"""Finds the passages of a paragraph that say who is responsible."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipelines.vocabulary import Vocabulary

# What a responsibility bracket may be printed with.
OPENERS, CLOSERS = "（【〔［", "）】〕］"
# A bracket that opens behind a whole sentence.
BETWEEN_SENTENCES = re.compile(r"[。；！？”] ?(?=[（【〔［])")
# `责任单位：市生态环境局、…`, `牵头单位：…；配合单位：…`
RESPONSIBILITY_LABEL = re.compile(
    r"(?:[省市区县州][级直])?(?:(?:责任|牵头|配合|主责|负责|落实|参与|主办|协办|参加)(?:责任)?(?:单位|部门|领导)|牵头|配合|主办|协办|参与)[：:]"
)
# `…按职责分工负责`, `…牵头负责`, `…等按职责分工`, `…落实，不再列出`
RESPONSIBILITY_PREDICATE = re.compile(
    r"(?:负责|落实|牵头|配合|分工|参与|组织实施|列出)(?:等)?[。；]?$|按职责|牵头[，；、]"
)
# What explains the words before it: （包括机关、事业单位）
EXPLAINS = re.compile(r"不?(?:包括|包含|含|限)|如|例如|其中|即|指|以下")


@dataclass(frozen=True, slots=True)
class Bracket:
    """A passage that says who is responsible: it opens at `opening`, says it in `[start, end)`, is over at `closing`."""

    opening: int
    start: int
    end: int
    closing: int


def brackets(string: str, start: int, end: int, vocabulary: Vocabulary) -> Iterator[Bracket]:
    """The responsibility brackets of a paragraph `string[start:end]`, in order.

    One ends the paragraph; others stand between its sentences: 编制清单。（市生态环境局负责）推进改造。（市经信局负责）
    """
    final = _final(string, start, end, vocabulary)
    last = end if final is None else final.opening
    place = start
    while (match := BETWEEN_SENTENCES.search(string, place, last)) is not None:
        opening = match.end()
        closing = _closing(string, opening, last)
        if closing is None:
            break
        place = closing
        if is_responsibility(string[opening + 1 : closing - 1], True, vocabulary):
            while place < last and string[place] in "。 ":
                place += 1
            yield Bracket(opening, opening + 1, closing - 1, place)
    if final is not None:
        yield final


def bracket_in_heading(heading: str, vocabulary: Vocabulary) -> Bracket | None:
    """The responsibility bracket that ends a heading: （二）优化产业布局（市发展改革局负责）."""
    length = len(heading)
    for place, mark in enumerate(heading):
        if mark in OPENERS and _closing(heading, place, length) == length:
            if place and is_responsibility(heading[place + 1 : -1], True, vocabulary):
                return Bracket(place, place + 1, length - 1, length)
            return None
    return None


def is_duty_line(string: str) -> bool:
    """Whether a line opens with a label of those responsible: 责任单位：市生态环境局."""
    return RESPONSIBILITY_LABEL.match(string) is not None


def _closing(string: str, opening: int, end: int) -> int | None:
    """Where the bracket that opens at a place has closed."""
    depth = 0
    for place in range(opening, end):
        if string[place] in OPENERS:
            depth += 1
        elif string[place] in CLOSERS:
            depth -= 1
            if depth == 0:
                return place + 1
    return None


def _final(string: str, start: int, end: int, vocabulary: Vocabulary) -> Bracket | None:
    """The responsibility bracket that ends a paragraph."""
    if match := RESPONSIBILITY_LABEL.match(string, start, end):
        return Bracket(start, match.start(), len(string[:end].rstrip("。 ")), end)
    last = end
    while last > start and string[last - 1] in "。 ":
        last -= 1
    if last == start or string[last - 1] not in CLOSERS:
        return _labelled(string, start, last, end)
    depth = 0
    for place in range(last - 1, start - 1, -1):
        if string[place] in CLOSERS:
            depth += 1
        elif string[place] in OPENERS:
            depth -= 1
            if depth == 0:
                inner = string[place + 1 : last - 1]
                stands_apart = place == start or string[place - 1] in "。；！？” \n）"
                if is_responsibility(inner, stands_apart, vocabulary):
                    return Bracket(place, place + 1, last - 1, end)
                return None
    return None


def _labelled(string: str, start: int, last: int, end: int) -> Bracket | None:
    """A label without a bracket in the last sentence of a paragraph: …。责任单位：市财政局、市科技局。"""
    begin = max(string.rfind("。", start, last), start - 1) + 1
    if begin < last and RESPONSIBILITY_LABEL.match(string, begin, last):
        return Bracket(begin, begin, last, end)
    return None


def is_responsibility(inner: str, stands_apart: bool, vocabulary: Vocabulary) -> bool:
    """Whether the inside of a bracket says who is responsible.

    It opens with a label (责任单位：), or ends with a predicate (按职责分工负责), or is a bare list of agencies
    after a full stop. （以下简称“三线一单”） and （含运渣车） are none.
    """
    if RESPONSIBILITY_LABEL.match(inner) or RESPONSIBILITY_PREDICATE.search(inner):
        return True
    if not stands_apart or EXPLAINS.match(inner):
        return False
    names = [name for name in re.split(r"[、，；]", inner.rstrip("等。")) if name]
    named = [name for name in names if len(name) > 2 and name.endswith(vocabulary.suffixes)]
    return bool(named) and all(name in named or name.startswith("各") for name in names)
