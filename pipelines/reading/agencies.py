"""Resolves the names of agencies that a plan prints into agencies."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from pypinyin import lazy_pinyin

from pipelines.agency_names import NameKind, ResolvedName, kind_of, resolved_name
from pipelines.vocabulary import Vocabulary
from pipelines.vocabulary.rows import AgencyName, Place

COUNTY = re.compile(r"(?<!设)区|县|旗")
LOCAL_GOVERNMENT, RELEVANT_DEPARTMENTS = "local-government", "relevant-departments"
PROVINCE_WORDS, CITY_WORD = ("省", "自治区"), "市"
# Bodies that are of no level of government.
NOT_OF_A_LEVEL = frozenset(
    ("schools", "enterprises", "research-institute", "financial-institutions", "local-government")
)
LEVEL_BELOW = {"national": "provincial", "provincial": "municipal", "municipal": "county", "county": "county"}
# 平阳县人民政府, and 鹿城区 before it in a list; not 各区人民政府 or 市政府
OF_PLACE = re.compile(r"(?![各有相县市区])[\u4e00-\u9fff]{1,5}[市县区旗](?P<government>(?:人民)?政府)?")
# What is said of a name inside it, which is no part of it: 各市（含定州、辛集市，下同）相关主管部门
INNER_NOTE = re.compile(r"(?<=.)[（〔](?:不含|包?含|包括)[^（）〔〕]*[）〕]")
ONE_LEVEL = re.compile(r"[省市州盟区县旗]")
LEVELS_BELOW = {
    "national": "省市州盟区县旗",
    "provincial": "市州盟区县旗",
    "municipal": "区县旗",
    "county": "",
}
LEVEL_OF_PLACE = re.compile(r"自治区|[省市州盟区县旗]")
NOT_SPELLED = re.compile(r"[^\x00-\x7f]")
SLUG_SEPARATOR = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Agency:
    """An agency of a plan. short_name is the plan's shortest printing of it, with the level word restored."""

    agency_id: str
    name: str
    short_name: str
    name_en: str
    place: Place
    function_id: str
    level: str
    is_group: bool
    name_basis: str
    is_known: bool


@dataclass(frozen=True, slots=True)
class Restored:
    """A name with the level word that its list carries on, and the other place that the list has turned to, if any."""

    string: str
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Home:
    """What the names of a plan are read with: its place, the names that it prints in full, the vocabulary.

    A name printed in full, as the signature block does, outranks the vocabulary's.
    """

    place: Place
    stated: frozenset[str]
    vocabulary: Vocabulary


def restored(names: Iterable[str], home: Home) -> list[Restored]:
    """A list of names as printed, each with what the list carries on.

    The level word is restored only before names that stand for a department: 市财政局、发改委、人民银行三明中心支行
    carries 市 to 发改委 alone; 市场监管局 and 市政公用局 begin with a 市 of another kind. Where a list turns to another place,
    the place is carried too: 四川省能源局、省发展改革委、生态环境厅 are all of 四川省.
    """
    vocabulary = home.vocabulary
    carried, found = "", []
    other: Place | None = None
    for name in _with_government(
        _with_department([INNER_NOTE.sub("", name) for name in names], home), vocabulary
    ):
        entry = vocabulary.name_of.get(name)
        word = match[0] if (match := vocabulary.agencies.level.match(name)) else ""
        place = vocabulary.place_named(name)
        if entry is not None:
            is_bare = _takes_level_word(name, entry, vocabulary)
            found.append(Restored(carried + name, other) if is_bare else Restored(name))
            continue
        if place is not None and name.startswith(place.label):
            turns = place != home.place and LEVEL_OF_PLACE.search(place.label)
            other = place if turns else None
            carried = LEVEL_OF_PLACE.findall(place.label)[-1] if other else carried
        elif word:
            other = other if other and other.label.endswith(word) else None
            carried = word
        found.append(Restored(name, other if word else None))
    return found


def agencies_of(names: Iterable[Restored], home: Home) -> Mapping[Restored, Agency]:
    """The agency of each name of a plan, one for all printings of it.

    Of the full names that different printings give, the stated one stands, or else the longest; the short name is the
    shortest printing.
    """
    printed = {name: _agency(name, home) for name in dict.fromkeys(names)}
    whole: dict[str, Agency] = {}
    for name, agency in printed.items():
        known = whole.setdefault(agency.agency_id, agency)
        fuller = max(known, agency, key=lambda one: (one.name_basis == "stated", len(one.name)))
        shorter = min(known.short_name, name.string, key=len)
        whole[agency.agency_id] = replace(fuller, short_name=shorter)
    return {name: whole[agency.agency_id] for name, agency in printed.items()}


def _agency(printed: Restored, home: Home) -> Agency:
    name = printed.string
    found = resolved_name(name, home.vocabulary, home.place)
    place = found.place or printed.place or _place_of(name, home)
    if found.entry is None:
        return _unlisted(name, found.rest, place, home)
    if found.star:
        return _from_pattern(name, found.entry, found, home)
    return _from_entry(name, found.rest, place, found.entry, found.entry.full_name, home)


def _place_of(name: str, home: Home) -> Place:
    """The place whose level word a name begins with: 省发展改革委 in a city's plan, 市生态环境局 in a district's."""
    own, place_coded = home.place, home.vocabulary.place_coded
    match = home.vocabulary.agencies.level.match(name)
    word = match[0] if match and name not in home.vocabulary.name_of else ""
    above: Place | None = None
    if word in PROVINCE_WORDS and own.level in ("municipal", "county"):
        above = place_coded(f"{own.division_code[:2]}0000")
    elif word == CITY_WORD and own.level == "county" and not own.label.endswith(CITY_WORD):
        above = place_coded(f"{own.division_code[:4]}00") or place_coded(f"{own.division_code[:2]}0000")
    return above or own


def _from_pattern(name: str, entry: AgencyName, found: ResolvedName, home: Home) -> Agency:
    at = found.place or home.vocabulary.place_named(found.star)
    own = at is None or at.place_id in (home.place.place_id, home.place.province)
    full = entry.full_name.replace("*", found.star).removeprefix("=")
    place = home.place if own or at is None else at
    agency = _from_entry(name, full, place, entry, f"={full}", home)
    if at is None or at is place or place.short in full:
        return agency
    # 中国人民银行辽宁省分行营业管理部 serves Shenyang and is named after its province.
    return replace(agency, name_en=f"{at.label_en} {entry.name_en}")


def _from_entry(name: str, rest: str, place: Place, entry: AgencyName, full_name: str, home: Home) -> Agency:
    vocabulary, stated = home.vocabulary, home.stated
    if full_name.startswith("="):
        full = full_name[1:]
        if "*" not in entry.as_printed and entry.level in ("central", "national"):
            place = vocabulary.place_of.get("中国") or vocabulary.place_coded("000000") or place
    elif f"{place.label}{rest}" in stated:
        full = f"{place.label}{rest}"
    elif "{" in full_name:
        # 中共{label}委宣传部, 国家税务总局{label}税务局: the place stands inside the name.
        full = full_name.format(label=place.label, short=place.short)
    elif entry.as_printed == full_name and name.startswith(place.label):
        full = name
    else:
        full = f"{place.label}{full_name}" if place.level != "national" else full_name
    is_group = home.vocabulary.is_group(name)
    return Agency(
        agency_id=f"{place.place_id}/{entry.slug}",
        name=full,
        short_name=name,
        name_en=entry.name_en if place.level == "national" else f"{place.label_en} {entry.name_en}",
        place=place,
        function_id=entry.function_id,
        level=_level(name, entry, place, is_group, stated),
        is_group=is_group,
        name_basis="stated" if full in stated or full == name else "curated",
        is_known=True,
    )


def _level(name: str, entry: AgencyName | None, place: Place, is_group: bool, stated: frozenset[str]) -> str:
    if entry is not None and entry.level:
        return "central" if entry.level == "national" else entry.level
    if entry is None and (match := OF_PLACE.fullmatch(name)) and match["government"] and name not in stated:
        return "county" if place.level in ("municipal", "county") else LEVEL_BELOW[place.level]
    if is_group and (entry is None or entry.function_id == LOCAL_GOVERNMENT):
        return "county" if COUNTY.search(name) else LEVEL_BELOW[place.level]
    return "central" if place.level == "national" else place.level


def _unlisted(name: str, rest: str, place: Place, home: Home) -> Agency:
    """A name that no vocabulary row knows: known by its ending (管委会), as a group, or not at all."""
    kind = kind_of(rest, home.vocabulary) or NameKind("")
    if kind.is_central:
        rest, place = name, home.vocabulary.place_coded("000000") or place
    is_group = home.vocabulary.is_group(name)
    function_id = kind.function_id
    if is_group and not function_id:
        is_local = home.vocabulary.agencies.of_governments.search(name) is not None
        function_id = LOCAL_GOVERNMENT if is_local else RELEVANT_DEPARTMENTS
    full = name if name.startswith(place.label) or place.level == "national" else f"{place.label}{rest}"
    spelled = " ".join(NOT_SPELLED.sub(" ", " ".join(lazy_pinyin(rest))).split())
    slug = SLUG_SEPARATOR.sub("-", spelled.lower()).strip("-") or "agency"
    english = f"{place.label_en} {kind.name_en}" if kind.name_en else f"{place.label_en}: {spelled}"
    return Agency(
        agency_id=f"{place.place_id}/{slug}",
        name=full,
        short_name=name,
        name_en=kind.name_en if kind.name_en and place.level == "national" else english,
        place=place,
        function_id=function_id,
        level=_level(name, None, place, is_group, home.stated),
        is_group=is_group,
        name_basis="stated" if full == name else "curated",
        is_known=bool(function_id),
    )


def _with_department(names: list[str], home: Home) -> list[str]:
    """市、区机管局: the department that the last prints is meant of each; of a level below the plan's, that of all its places.

    >>> from pipelines.vocabulary import load_vocabulary
    >>> words = load_vocabulary()
    >>> _with_department(["市", "区机管局", "市财政局"], Home(words.place_of["上海市"], frozenset(), words))
    ['市机管局', '各区机管局', '市财政局']
    """
    found, department = [], ""
    for before, name in reversed(list(zip(["", *names], names, strict=False))):
        level = home.vocabulary.agencies.level.match(name)
        if ONE_LEVEL.fullmatch(name):
            name = f"{name}{department}"
        else:
            department = name[level.end() :] if level else ""
        is_below = name[:1] in LEVELS_BELOW[home.place.level] and not home.place.label.endswith(name[:1])
        found.append(f"各{name}" if is_below and ONE_LEVEL.fullmatch(before) else name)
    return found[::-1]


def _with_government(names: list[str], vocabulary: Vocabulary) -> list[str]:
    """鹿城区、乐清市、平阳县人民政府, 广州、深圳市政府: the government that the last of them prints is meant of each."""
    carried = ""
    found = []
    for name in reversed(names):
        if match := OF_PLACE.fullmatch(name):
            carried = match["government"] or carried
            name = name if match["government"] else f"{name}{carried}"
        elif carried and (place := vocabulary.place_of.get(name)) is not None:
            name = f"{place.label}{carried}"
        else:
            carried = ""
        found.append(name)
    return found[::-1]


def _takes_level_word(name: str, entry: AgencyName, vocabulary: Vocabulary) -> bool:
    """Whether a carried 市 stands before a name: not before 人民银行, 团省委, 各区 or a company."""
    whole = entry.full_name.startswith("=") or "*" in entry.full_name
    own = vocabulary.agencies.level.search(name)
    is_other = whole or vocabulary.is_group(name) or entry.function_id in NOT_OF_A_LEVEL
    return not is_other and (own is None or own.start() > 2)
