"""Reads who issues a plan: the names of its signature block, or those that its heading prints."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from pipelines.agency_names import PARTY
from pipelines.document.document import PlanText
from pipelines.document.lines import Line, lines_of
from pipelines.document.titles import BLANKS, is_beside_title, unbracketed
from pipelines.document.words import DATE, line_words
from pipelines.reading.places import place_of_agency
from pipelines.text.provenance import Text
from pipelines.vocabulary import Vocabulary

PRINTED = re.compile(rf"{DATE.pattern}印发")
# A name in a heading or a signature, between blanks and marks
NAME = re.compile(r"[^\s、，]+")
SEAL = re.compile(r"（.*代章）")
ONE_OF_SEVERAL = re.compile(r"等\d*[一二三四五六七八九十]*个?部门$|等$")
LIKE_NAME = re.compile(r"[\u4e00-\u9fff]{3,30}")
CENTRE = "中央"
MOST_NAMES = 400  # characters of names without a mark between them
LONGEST_NAME = 30  # characters
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Issuer:
    """An agency that issues a plan, and the document in which its name is printed."""

    text: Text
    document_id: str

    @property
    def name(self) -> str:
        return self.text.string


def first(found: Iterable[T | None]) -> T | None:
    """The first that is not empty."""
    return next(filter(None, found), None)


def issuers_of(
    document: PlanText, around: Iterable[Text], headings: Iterable[Text], vocabulary: Vocabulary
) -> tuple[Issuer, ...]:
    """The names of the signature block, which closes the covering letter or, where there is none, the plan.

    `around` is what stands round the plan's text. Where nobody signs, the headings tell: the names before 关于, or alone
    on the lines above and below the title.
    """
    names = (
        first(_signed(text, vocabulary) for text in around)
        or _alone(document, vocabulary)
        or first(_in_heading(heading, vocabulary) for heading in headings)
        or []
    )
    return tuple(Issuer(name, document.source.row.document_id) for name in names)


def _signed(text: Text, vocabulary: Vocabulary) -> list[Text]:
    """The names above the last date of a text, or in its last lines where it has none.

    A line in the block that is like a name is one too, if another is known as such; page numbers and seals may stand
    between them.
    """
    lines = lines_of(text.string)
    ends = [index for index, line in enumerate(lines) if DATE.fullmatch(unbracketed(line.string))]
    if not ends and not any(PRINTED.search(BLANKS.sub("", line.string)) for line in lines):
        ends = [len(lines)]
    return first(_names_above(text, lines[:end], vocabulary) for end in ends) or []


def _names_above(text: Text, lines: list[Line], vocabulary: Vocabulary) -> list[Text]:
    """The names on the last of some lines."""
    found: list[list[Text]] = []
    for line in reversed(lines):
        names = _words(text[line.start : line.end], vocabulary)
        if all(_is_like_name(name.string, vocabulary) for name in names):
            found.append(names)
        elif not (is_beside_title(line.string, vocabulary) or SEAL.fullmatch(line.string)):
            break
    while found and not any(_is_name(name.string, vocabulary) for name in found[-1]):
        found.pop()
    return [name for names in reversed(found) for name in names]


def _alone(document: PlanText, vocabulary: Vocabulary) -> list[Text]:
    """The names alone on the lines above a title that begins with 关于, and on those below any title."""
    above: list[Text] = []
    if document.plan.string.startswith("关于"):
        for line in reversed(lines_of(document.head.string)):
            if not (names := _names(document.head[line.start : line.end], vocabulary)):
                break
            above = names + above
    below = lines_of(document.front.string)
    return above + [
        name for line in below for name in _names(document.front[line.start : line.end], vocabulary)
    ]


def _in_heading(heading: Text, vocabulary: Vocabulary) -> list[Text]:
    """The names before 关于 or 印发; none of them where they are one of several (重庆市生态环境局等部门关于…)."""
    match = re.match(rf"[^《〈]+?(?=\s*{line_words(vocabulary).of('subject', 'carries')})", heading.string)
    if match is None or ONE_OF_SEVERAL.search(match[0]):
        return []
    return _names(heading[: match.end()], vocabulary)


def _names(line: Text, vocabulary: Vocabulary) -> list[Text]:
    """The names in a line, if it holds nothing but names of agencies."""
    names = _words(line, vocabulary)
    return names if all(_is_name(name.string, vocabulary) for name in names) else []


def _words(line: Text, vocabulary: Vocabulary) -> list[Text]:
    """The words of a line, which blanks or marks part, or the place that begins each of them."""
    words = [line[match.start() : match.end()] for match in NAME.finditer(line.string)]
    return [part for word in words for part in _parted(word, vocabulary)]


def _parted(names: Text, vocabulary: Vocabulary) -> Iterator[Text]:
    """Names printed one behind the other, each with its own place: 中共杭州市委杭州市人民政府, 浙江省委省政府.

    国家税务总局台州市税务局 is one: what stands behind is of another level.
    """
    string = names.string
    for end in range(2, len(string) - 1 if len(string) <= MOST_NAMES else 0):
        if not string[:end].endswith((*vocabulary.suffixes, CENTRE)) or not _is_name(
            string[:end], vocabulary
        ):
            continue
        rest = list(_parted(names[end:], vocabulary))
        own, other = (place_of_agency(name.string, vocabulary) for name in (names[:end], rest[0]))
        word = vocabulary.agencies.level.match(rest[0].string)
        short = word is not None and own is not None and own.label.endswith(word[0])
        if (short and _is_name(rest[0].string, vocabulary)) or (own and other and own.level == other.level):
            yield names[:end]
            yield from rest
            return
        if other is not None:
            break
    yield names


def _is_like_name(name: str, vocabulary: Vocabulary) -> bool:
    of_many = re.match(vocabulary.agencies.qualifier, name)
    return LIKE_NAME.fullmatch(name) is not None and not of_many and name.endswith(vocabulary.suffixes)


def _is_name(name: str, vocabulary: Vocabulary) -> bool:
    """Whether a word names an agency by itself: with its place or level word, or as one of the country does."""
    own = name.removeprefix(PARTY)
    if len(name) > LONGEST_NAME or not name.endswith((*vocabulary.suffixes, CENTRE)):
        return False
    level = vocabulary.agencies.level.match(own)
    less = own[level.end() :] if level else own
    place = place_of_agency(name, vocabulary)
    return less in vocabulary.name_of or (place is not None and own not in (place.label, place.short))
