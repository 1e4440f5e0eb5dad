"""Whose plan it is: finds the place in a plan's titles, in the names of those who issue it, or in its text."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipelines.agency_names import PARTY
from pipelines.document.titles import YEAR
from pipelines.document.words import line_words
from pipelines.vocabulary import Vocabulary
from pipelines.vocabulary.rows import Place

# 支持宁夏建设…先行区实施方案 is of the government above
SUPPORTED = re.compile("支持")
ENOUGH = 200_000  # characters of a text in which places are counted


@dataclass(frozen=True, slots=True)
class Located:
    """A place and where it was found: in the title, in the names of the issuers, in the text."""

    place: Place
    basis: str


def locate(
    title: str,
    headings: Sequence[str],
    issuers: Sequence[str],
    number: str,
    text: str,
    vocabulary: Vocabulary,
) -> Located | None:
    """The place of a plan, or None where nothing tells it.

    `headings` are the other titles in the document, such as that of the notice which carries the plan; `issuers`
    the names of those who issue it, in their order; `number` is the document number, "" if none is printed.
    """
    level_word = next(
        (match[0] for name in (*issuers, title) if (match := vocabulary.agencies.level.match(name))), ""
    )
    levels = frozenset(
        level for row in vocabulary.self_references if row.word == f"全{level_word}" for level in row.levels
    )
    evidence: tuple[tuple[str, Iterator[Place | None]], ...] = (
        ("title", iter([place_in_title(title, vocabulary)])),
        ("issuer", (place_of_agency(name, vocabulary) for name in issuers)),
        ("title", (place_in_title(heading, vocabulary) for heading in headings)),
        ("number", iter([_of_number(number, level_word, text, vocabulary)])),
        ("text", iter([_inside(title, vocabulary) or place_in_text(text, vocabulary, levels)])),
    )
    found = ((basis, next(filter(None, places), None)) for basis, places in evidence)
    return next((Located(place, basis) for basis, place in found if place is not None), None)


def place_in_title(title: str, vocabulary: Vocabulary) -> Place | None:
    """The place that a title begins with.

    >>> from pipelines.vocabulary import load_vocabulary
    >>> words = load_vocabulary()
    >>> place_in_title("支持宁夏建设黄河流域生态保护先行区实施方案", words).label
    '中国'
    >>> titles = ("关于开展徐汇区2021年绿色化改造", "2022年山东省林业工作要点", "中国（云南）自由贸易试验区管理办法", "促进绿色消费实施方案")
    >>> [place and place.label for title in titles if [place := place_in_title(title, words)]]
    ['徐汇区', '山东省', '云南省', None]
    """
    words = line_words(vocabulary).of("before_place")
    # 关于…, 2022年山东省…, 《…
    opening = re.sub(rf"^(?:[《〈“]|{words}|{YEAR.pattern[1:]}|度|{PARTY}(?!中央)|（)+", "", title)
    if (match := SUPPORTED.match(opening)) and (
        place := vocabulary.place_at(opening[match.end() :])
    ) is not None:
        above = [outer for outer in vocabulary.places if place != outer and place.is_in(outer)]
        return max(above, key=lambda outer: len(outer.division_code.rstrip("0")), default=None)
    return vocabulary.place_at(opening)


def place_of_agency(name: str, vocabulary: Vocabulary) -> Place | None:
    """The place of an agency that its name tells: 汕尾市人民政府, 中共四川省委; 生态环境部 is of the country.

    >>> from pipelines.vocabulary import load_vocabulary
    >>> [place and place.label for name in ("中共四川省委", "教育部办公厅", "省林业局") if [place := place_of_agency(name, load_vocabulary())]]
    ['四川省', '中国', None]
    """
    entry = vocabulary.name_of.get(name) or vocabulary.name_of.get(
        vocabulary.agencies.office_at_end.sub("", name)
    )
    if entry is not None and entry.level == "central" and entry.full_name.startswith("="):
        return vocabulary.country
    return vocabulary.place_at(name) or vocabulary.place_at(name.removeprefix(PARTY))


def place_in_text(text: str, vocabulary: Vocabulary, levels: frozenset[str] = frozenset()) -> Place | None:
    """The place that a text speaks of as its own: of the level that 全市 or 我省 says, the one it names most often.

    Where the names of the issuers say of which levels it can be, it is of one of them.

    >>> from pipelines.vocabulary import load_vocabulary
    >>> place_in_text("全省煤炭消费下降。推动我省转型，建设美丽江苏。支持苏州市试点。江苏要走在前列。", load_vocabulary()).label
    '江苏省'
    """
    text = text[:ENOUGH]
    if not levels:
        said: Counter[frozenset[str]] = Counter()
        for row in vocabulary.self_references:
            said[frozenset(row.levels)] += text.count(row.word)
        most = max(said, key=lambda of_levels: (said[of_levels], "national" in of_levels))
        levels = most if said[most] else levels
    if "national" in levels:
        return vocabulary.country
    return _most_named(levels, text, vocabulary)


def _of_number(number: str, level_word: str, text: str, vocabulary: Vocabulary) -> Place | None:
    """The province of a document number, if the issuer can be its (津… of 市发展改革委) or, unnamed, the text names it."""
    for row in vocabulary.number_marks:
        if number.startswith(row.mark):
            place = next(place for place in vocabulary.places if place.place_id == row.place_id)
            fits = place.label.endswith(level_word) if level_word else place.short in text
            return place if fits else None
    return None


def _most_named(levels: frozenset[str], text: str, vocabulary: Vocabulary) -> Place | None:
    """The place of some levels that a text names most often; of two counties of one name that whose city it names."""

    def named(place: Place) -> tuple[int, int, str]:
        if not place.is_of_city:
            return text.count(place.short), 0, place.place_id
        code, count = place.division_code, text.count(place.label)
        city = vocabulary.place_coded(f"{code[:4]}00") or vocabulary.place_coded(f"{code[:2]}0000")
        return count, text.count(city.short) if count and city else 0, place.place_id

    characters = set(text)
    possible = (
        place for place in vocabulary.places if place.level in levels and characters.issuperset(place.short)
    )
    most = max(possible, key=named, default=None)
    return most if most is not None and named(most)[0] else None


def _inside(title: str, vocabulary: Vocabulary) -> Place | None:
    """The one place that a title names inside: 碳达峰碳中和林草碳汇（包头）试验区实施方案."""
    named = {
        place
        for start in range(1, len(title))
        if (place := vocabulary.place_at(title[start:])) is not None and place.level != "national"
    }
    return named.pop() if len(named) == 1 else None
