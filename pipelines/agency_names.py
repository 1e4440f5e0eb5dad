"""Looks up a printed name of an agency in agency_names.csv: the one place where names are resolved."""

import re
from dataclasses import dataclass

from pipelines.vocabulary import AgencyName, Place, Vocabulary

# The level word that a list carries on: 市生态环境局、自然资源局 are both of the city.
LEVEL_WORD = re.compile(r"(?:自治区|国家|市|省|州|盟|区|县)")
# 中共苏州市委 is 苏州市委
PARTY = "中共"


@dataclass(frozen=True, slots=True)
class ResolvedName:
    """The row for a printed name; the place that the name itself gives, if any, and what stands behind that place.

    `star` is what a row with a star (人行*分行) leaves to the name; `entry` is None for a name that no row knows.
    """

    entry: AgencyName | None
    place: Place | None
    rest: str
    star: str = ""


def resolved_name(name: str, vocabulary: Vocabulary) -> ResolvedName:
    """What the vocabulary knows of a printed name, with or without its place or level word.

    A name that stands in the vocabulary as it is comes first, then one whose star is a place (梧州银保监分局: its branch of a
    vertical body), then one less its place, then any star.
    """
    rest, place = _less_place(name.removeprefix(PARTY), vocabulary)
    names = vocabulary.name_of
    if name in names:
        return ResolvedName(names[name], place, rest)
    starred = _starred(name, rest, vocabulary)
    if starred is not None and starred.place is not None:
        return starred
    if rest in names:
        return ResolvedName(names[rest], place, rest)
    return starred or ResolvedName(None, place, rest)


def _starred(name: str, rest: str, vocabulary: Vocabulary) -> ResolvedName | None:
    """The row with a star that a name fits, and the place that the star names, if it is one."""
    fits = vocabulary.any_name_pattern.fullmatch
    if not fits(name) and not fits(rest):
        return None
    for pattern, entry in vocabulary.name_patterns:
        if (match := pattern.fullmatch(name)) or (match := pattern.fullmatch(rest)):
            return ResolvedName(entry, vocabulary.place_of.get(match[1]), rest, match[1])
    return None


def _less_place(name: str, vocabulary: Vocabulary) -> tuple[str, Place | None]:
    """A name without its place or level word, and the place that it begins with."""
    place = vocabulary.place_named(name)
    if place is not None:
        for printed in (place.label, place.short):
            rest = name[len(printed) :]
            if name.startswith(printed) and (len(rest) > 1 or rest in vocabulary.name_of):
                if (
                    printed == place.short
                    and (match := LEVEL_WORD.match(rest))
                    and match.end() < len(rest) - 1
                ):
                    rest = rest if rest in vocabulary.name_of else rest[match.end() :]
                return rest, place
    if name in vocabulary.name_of:
        return name, None
    match = LEVEL_WORD.match(name)
    return (name[match.end() :] if match and match.end() < len(name) - 1 else name), None
