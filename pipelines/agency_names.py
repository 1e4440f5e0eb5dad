"""Looks up a printed name of an agency in agency_names.csv: the one place where names are resolved."""

import re
from dataclasses import dataclass, replace

from pipelines.vocabulary import Vocabulary
from pipelines.vocabulary.rows import AgencyName, AgencyPart, Place

# 青浦区机管局: of a place that the vocabulary need not know
OF_COUNTY = re.compile(r"[\u4e00-\u9fff]{1,4}?[市县区旗镇](?=[\u4e00-\u9fff]{2})")
OF_GOVERNMENT = re.compile(r"(?:人民)?政府(?=[\u4e00-\u9fff]{2})")
# What a star of a row stands for
STAR = re.compile("[\u4e00-\u9fff]{2,9}")
STATE = "中华人民共和国"
CONNECTIVES = ("和", "与", "及", "、", "“", "”", "（", "）")
LONGEST_PART = 12
# What no name holds: a part of a sentence does.
NOT_IN_A_NAME = re.compile(r"[的要应将把等为或]|[^\u4e00-\u9fff（）“”·、]")
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


def resolved_name(name: str, vocabulary: Vocabulary, home: Place | None = None) -> ResolvedName:
    """What the vocabulary knows of a printed name, with or without its place or level word.

    A name that stands in the vocabulary as it is comes first, then one whose star is a place (梧州银保监分局: its branch of a
    vertical body), then one less its place, then any star. A county is known by its name where the plan is of it, or of its city.
    """
    name = name.removeprefix(STATE)
    rest, place = _less_place(name.removeprefix(PARTY), vocabulary, home)
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
    names = [each for each in (name, rest) if vocabulary.any_starred.fullmatch(each)]
    for before, behind, entry in vocabulary.starred_names if names else ():
        for each in names:
            star = each[len(before) : len(each) - len(behind)]
            if each.startswith(before) and each.endswith(behind) and STAR.fullmatch(star):
                return ResolvedName(entry, vocabulary.place_of.get(star), rest, star)
    return None


def _less_place(name: str, vocabulary: Vocabulary, home: Place | None) -> tuple[str, Place | None]:
    """A name without its place or level word, and the place that it begins with."""
    place = vocabulary.place_named(name)
    county = vocabulary.place_at(name, home)
    if county is not None and county.level == "county":
        before, _, rest = name.partition(county.label)
        if rest and (not before or place is not None):
            return rest, county
    if place is not None:
        for printed in (place.label, place.short):
            rest = name[len(printed) :]
            if name.startswith(printed) and (len(rest) > 1 or rest in vocabulary.name_of):
                if (
                    printed == place.short
                    and (match := vocabulary.agencies.level.match(rest))
                    and match.end() < len(rest) - 1
                ):
                    rest = rest if rest in vocabulary.name_of else rest[match.end() :]
                return rest, place
    if name in vocabulary.name_of:
        return name, None
    match = vocabulary.agencies.level.match(name)
    return (name[match.end() :] if match and match.end() < len(name) - 1 else name), None


@dataclass(frozen=True, slots=True)
class NameKind:
    """What a name that no row knows is by its parts or its ending: a function, and English words for it, if any."""

    function_id: str
    name_en: str = ""
    is_central: bool = False


def kind_of(rest: str, vocabulary: Vocabulary) -> NameKind | None:
    """What an agency whose name (less its place) no row knows is, or None where the name gives nothing to go by.

    By a row, less a place or level that no row knows (青浦区机管局); as an office of a body that a row knows (生态环境部办公厅);
    by the parts it is made of (海洋与渔业执法监察局); by an ending that tells enough (武汉经开区管委会).
    """
    if kind := _made(rest, vocabulary):
        return kind
    if (match := vocabulary.agencies.part_of_body.fullmatch(rest)) and (
        kind := _listed_or_made(match["whole"], vocabulary)
    ):
        return replace(kind, name_en=f"Office of the {kind.name_en}")
    for pattern in (OF_GOVERNMENT, OF_COUNTY):
        if (match := pattern.match(rest)) and (kind := _listed_or_made(rest[match.end() :], vocabulary)):
            return kind
    if NOT_IN_A_NAME.search(rest):
        return None
    functions = vocabulary.suffix_functions
    return next((NameKind(functions[suffix]) for suffix in functions if rest.endswith(suffix)), None)


def is_known(name: str, vocabulary: Vocabulary) -> bool:
    """Whether a printed name is that of a group or of an agency that a row or its parts tell."""
    found = resolved_name(name, vocabulary)
    return vocabulary.is_group(name) or found.entry is not None or kind_of(found.rest, vocabulary) is not None


def _listed_or_made(name: str, vocabulary: Vocabulary) -> NameKind | None:
    entry = vocabulary.name_of.get(name)
    if entry is None:
        return _made(name, vocabulary)
    return NameKind(entry.function_id, entry.name_en, entry.level in ("central", "national"))


def _made(name: str, vocabulary: Vocabulary) -> NameKind | None:
    """The kind of a name that is made of known parts from its first character to its ending.

    The function is that of its ending (公司), or else of its first field.
    """
    endings = [
        length for length in range(1, min(len(name), LONGEST_PART)) if name[-length:] in vocabulary.name_parts
    ]
    for length in reversed(endings):
        ending = next((part for part in vocabulary.name_parts[name[-length:]] if part.kind == "ending"), None)
        fields = _fields(name[:-length], vocabulary) if ending else None
        if ending and fields:
            own = [field for field in fields if field.function_id != "internal-offices"] or fields
            english = list(dict.fromkeys(field.name_en for field in fields))
            words = " and ".join([", ".join(english[:-1]), english[-1]] if english[1:] else english)
            return NameKind(ending.function_id or own[0].function_id, f"{words} {ending.name_en}")
    return None


def _fields(body: str, vocabulary: Vocabulary) -> list[AgencyPart] | None:
    """The fields of a name's body, where fewest parts cover it whole; None where none do."""
    covered: dict[int, list[AgencyPart]] = {0: []}
    count = {0: 0}
    for end in range(1, len(body) + 1):
        for start in range(max(0, end - LONGEST_PART), end):
            piece = body[start:end]
            if start not in covered or (piece not in CONNECTIVES and piece not in vocabulary.name_parts):
                continue
            if end in count and count[end] <= count[start] + 1:
                continue
            parts = vocabulary.name_parts.get(piece, ())
            if parts and all(part.kind == "ending" for part in parts):
                continue
            count[end] = count[start] + 1
            covered[end] = covered[start] + [part for part in parts if part.kind == "field"]
    return covered.get(len(body)) or None
