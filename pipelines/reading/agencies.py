"""Names of agencies as plans print them in, agencies as entities out."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from pypinyin import lazy_pinyin

from pipelines.vocabulary import AgencyName, Place, Vocabulary

# The level word that a list carries on: 市生态环境局、自然资源局 are both of the city.
LEVEL_WORD = re.compile(r"(?:自治区|国家|市|省|州|盟|区|县)")
# 中共苏州市委 is 苏州市委
PARTY = "中共"
GROUP = re.compile(
    r"^(?:各|有关|相关|市级|市直|省级|省直|区直|州直|其他|设区市|县（)|有关(?:部门|单位|县|区|园区)|相关(?:部门|单位)|(?:部门|单位)$"
)
COUNTY = re.compile(r"(?<!设)区|县|旗")
GOVERNMENT = re.compile(r"政府|管委会|县|区|市$")
LOCAL_GOVERNMENT, RELEVANT_DEPARTMENTS = "local-government", "relevant-departments"
# Bodies that are of no level of government.
NOT_OF_A_LEVEL = frozenset(
    ("schools", "enterprises", "research-institute", "financial-institutions", "local-government")
)
LEVEL_BELOW = {"national": "provincial", "provincial": "municipal", "municipal": "county", "county": "county"}
# 平阳县人民政府, and 鹿城区 before it in a list; not 各区人民政府 or 市政府
OF_PLACE = re.compile(r"(?![各有相县市区])[\u4e00-\u9fff]{1,5}[市县区旗](?P<government>(?:人民)?政府)?")
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


class Registry:
    """The agencies that one plan names: the same one for each printing of a name.

    `stated` are names that the plan prints in full, as its signature block does; such a name outranks the
    vocabulary's.
    """

    def __init__(self, place: Place, vocabulary: Vocabulary, stated: Iterable[str] = ()) -> None:
        self.place = place
        self.vocabulary = vocabulary
        self.stated = frozenset(stated)
        self.agencies: dict[str, Agency] = {}
        self._by_name: dict[str, str] = {}

    def restored(self, names: Iterable[str]) -> list[str]:
        """A list of names as printed, each with the level word that the list carries on.

        The word is restored only before names that stand for a department: 市财政局、发改委、人民银行三明中心支行
        carries 市 to 发改委 alone; 市场监管局 and 市政公用局 begin with a 市 of another kind.
        """
        carried, restored = "", []
        for name in _with_government(list(names)):
            match = LEVEL_WORD.match(name)
            entry = self.vocabulary.name_of.get(name)
            if entry is not None:
                restored.append(carried + name if _takes_level_word(name, entry) else name)
            else:
                if match:
                    carried = match[0]
                restored.append(name)
        return restored

    def agency(self, name: str) -> Agency:
        """The agency of a name whose level word is restored.

        Of the full names that different printings of one agency give, the stated one stands, or else the longest;
        its short name is the shortest printing.
        """
        agency_id = self._by_name.get(name)
        if agency_id is None:
            agency = self._made(name)
            agency_id = self._by_name[name] = agency.agency_id
            known = self.agencies.setdefault(agency_id, agency)
            fuller = max(known, agency, key=lambda one: (one.name_basis == "stated", len(one.name)))
            shorter = min(known.short_name, name, key=len)
            self.agencies[agency_id] = replace(fuller, short_name=shorter)
        return self.agencies[agency_id]

    def _made(self, name: str) -> Agency:
        rest, place = self._less_place(name.removeprefix(PARTY))
        names = self.vocabulary.name_of
        if name in names:
            return self._from_entry(name, rest, place, names[name], names[name].full_name)
        found = self._patterned(name, rest)
        if found is not None and found[1] is not None:
            # 梧州银保监分局: the star is a place, so this is its branch of a vertical body.
            return self._from_pattern(name, *found)
        if rest in names:
            return self._from_entry(name, rest, place, names[rest], names[rest].full_name)
        return self._from_pattern(name, *found) if found is not None else self._unlisted(name, rest, place)

    def _patterned(self, name: str, rest: str) -> tuple[AgencyName, Place | None, str] | None:
        """The vocabulary's pattern that a name fits, the place that the star of it names, and the star."""
        fits = self.vocabulary.any_name_pattern.fullmatch
        if not fits(name) and not fits(rest):
            return None
        for pattern, entry in self.vocabulary.name_patterns:
            if (match := pattern.fullmatch(name)) or (match := pattern.fullmatch(rest)):
                place = self.vocabulary.place_of.get(match[1])
                return entry, place, match[1]
        return None

    def _from_pattern(self, name: str, entry: AgencyName, at: Place | None, star: str) -> Agency:
        at = at or self.vocabulary.place_named(star)
        own = at is None or at.place_id in (self.place.place_id, self.place.province)
        full = entry.full_name.replace("*", star).removeprefix("=")
        place = self.place if own or at is None else at
        agency = self._from_entry(name, full, place, entry, f"={full}")
        if at is None or at is place or place.short in full:
            return agency
        # 中国人民银行辽宁省分行营业管理部 serves Shenyang and is named after its province.
        return replace(agency, name_en=f"{at.label_en} {entry.name_en}")

    def _less_place(self, name: str) -> tuple[str, Place]:
        """A name without its place or level word, and the place that it belongs to."""
        place = self.vocabulary.place_named(name)
        if place is not None:
            for printed in (place.label, place.short):
                rest = name[len(printed) :]
                if name.startswith(printed) and (len(rest) > 1 or rest in self.vocabulary.name_of):
                    if (
                        printed == place.short
                        and (match := LEVEL_WORD.match(rest))
                        and match.end() < len(rest) - 1
                    ):
                        rest = rest if rest in self.vocabulary.name_of else rest[match.end() :]
                    return rest, place
        if name in self.vocabulary.name_of:
            return name, self.place
        match = LEVEL_WORD.match(name)
        return (name[match.end() :] if match and match.end() < len(name) - 1 else name), self.place

    def _from_entry(self, name: str, rest: str, place: Place, entry: AgencyName, full_name: str) -> Agency:
        if full_name.startswith("="):
            full = full_name[1:]
            if "*" not in entry.as_printed and entry.level in ("central", "national"):
                place = self.vocabulary.place_of.get("中国") or self.vocabulary.place_coded("000000") or place
        elif f"{place.label}{rest}" in self.stated:
            full = f"{place.label}{rest}"
        elif "{" in full_name:
            # 中共{label}委宣传部, 国家税务总局{label}税务局: the place stands inside the name.
            full = full_name.format(label=place.label, short=place.short)
        elif entry.as_printed == full_name and name.startswith(place.label):
            full = name
        else:
            full = f"{place.label}{full_name}" if place.level != "national" else full_name
        is_group = bool(GROUP.search(name))
        return Agency(
            agency_id=f"{place.place_id}/{entry.slug}",
            name=full,
            short_name=name,
            name_en=entry.name_en if place.level == "national" else f"{place.label_en} {entry.name_en}",
            place=place,
            function_id=entry.function_id,
            level=self._level(name, entry, place, is_group),
            is_group=is_group,
            name_basis="stated" if full in self.stated or full == name else "curated",
            is_known=True,
        )

    def _level(self, name: str, entry: AgencyName | None, place: Place, is_group: bool) -> str:
        if entry is not None and entry.level:
            return "central" if entry.level == "national" else entry.level
        if (
            entry is None
            and (match := OF_PLACE.fullmatch(name))
            and match["government"]
            and name not in self.stated
        ):
            return "county" if place.level in ("municipal", "county") else LEVEL_BELOW[place.level]
        if is_group and (entry is None or entry.function_id == LOCAL_GOVERNMENT):
            return "county" if COUNTY.search(name) else LEVEL_BELOW[place.level]
        return "central" if place.level == "national" else place.level

    def _unlisted(self, name: str, rest: str, place: Place) -> Agency:
        """A name that no vocabulary row knows: known by its ending (管委会), as a group, or not at all."""
        is_group = bool(GROUP.search(name))
        functions = self.vocabulary.suffix_functions
        function_id = next((functions[suffix] for suffix in functions if name.endswith(suffix)), "")
        if is_group and not function_id:
            function_id = LOCAL_GOVERNMENT if GOVERNMENT.search(name) else RELEVANT_DEPARTMENTS
        full = name if name.startswith(place.label) else f"{place.label}{rest}"
        spelled = " ".join(NOT_SPELLED.sub(" ", " ".join(lazy_pinyin(rest))).split())
        slug = SLUG_SEPARATOR.sub("-", spelled.lower()).strip("-") or "agency"
        return Agency(
            agency_id=f"{place.place_id}/{slug}",
            name=full,
            short_name=name,
            name_en=f"{place.label_en}: {spelled}",
            place=place,
            function_id=function_id,
            level=self._level(name, None, place, is_group),
            is_group=is_group,
            name_basis="stated" if full == name else "curated",
            is_known=bool(function_id),
        )


def _with_government(names: list[str]) -> list[str]:
    """鹿城区、乐清市、平阳县人民政府: the government that the last of them prints is meant of each.

    >>> _with_government(["市生态环境局", "鹿城区", "乐清市", "平阳县人民政府"])
    ['市生态环境局', '鹿城区人民政府', '乐清市人民政府', '平阳县人民政府']
    """
    carried = ""
    found = []
    for name in reversed(names):
        if match := OF_PLACE.fullmatch(name):
            carried = match["government"] or carried
            name = name if match["government"] else f"{name}{carried}"
        else:
            carried = ""
        found.append(name)
    return found[::-1]


def _takes_level_word(name: str, entry: AgencyName) -> bool:
    """Whether a carried 市 stands before a name: not before 人民银行, 团省委, 各区 or a company."""
    whole = entry.full_name.startswith("=") or "*" in entry.full_name
    has_own = LEVEL_WORD.search(name[:3]) is not None and not name.startswith(
        ("市场", "市政", "市容", "城市")
    )
    return not whole and not has_own and not GROUP.search(name) and entry.function_id not in NOT_OF_A_LEVEL
