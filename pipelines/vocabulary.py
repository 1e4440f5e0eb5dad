"""The lookup tables of schemas/vocabularies in, typed and indexed for the steps that use them, out."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, TypeVar

from pipelines.duty_words import POSITIONS, DutyWord, DutyWords
from pipelines.duty_words import ROLES as DUTY_ROLES
from pipelines.errors import PipelineError
from pipelines.inputs import read_table

FOLDER = Path(__file__).parent.parent / "schemas" / "vocabularies"

FUNCTION_COLUMNS = ("function_id", "label", "label_en", "national_counterpart", "national_counterpart_en")
NAME_COLUMNS = ("as_printed", "full_name", "slug", "function_id", "name_en", "level")
UNIT_COLUMNS = ("unit_id", "label", "label_en", "dimension", "ucum", "factor", "variants")
SECTOR_COLUMNS = ("sector_id", "label", "label_en", "eea_pam", "ipcc", "keywords", "priority")
PLACE_COLUMNS = ("place_id", "label", "label_en", "division_code", "province", "level", "short")
TITLE_COLUMNS = ("ending", "title_en", "genre")
GENRE_COLUMNS = ("genre", "label", "label_en")
VERB_COLUMNS = ("verb", "bindingness", "object_kept", "note")
ROLES = ("context", "objective", "principle", "task", "assurance")
BINDINGNESS = ("prohibit", "require", "promote", "encourage", "explore")
T = TypeVar("T")
R = TypeVar("R", bound=tuple[Any, ...])
MODIFIERS = (
    "raise", "hedge", "strive", "scope", "distribute", "pair", "past", "lead", "adverb",
    "opening", "preposition", "adjunct_end", "compound", "aside", "deed",
)  # fmt: skip
TIME_WORDS = ("completion", "purpose", "attributive", "degree")
TABLE_WORDS = (
    "ordinal", "group", "indicator", "unit", "attribute", "remark", "state", "aim", "cumulated", "growth", "outlook",
    "done", "task", "shared", "lead", "support", "deadline", "attribute_value", "aim_value", "aim_end", "note",
)  # fmt: skip
LEVELS = ("national", "central", "provincial", "municipal", "county")


@dataclass(frozen=True, slots=True)
class Function:
    """What a department does, with its national counterpart."""

    function_id: str
    label: str
    label_en: str
    national_counterpart: str
    national_counterpart_en: str


@dataclass(frozen=True, slots=True)
class AgencyName:
    """A way in which plans print an agency, without place and level, and the formal name it stands for."""

    as_printed: str
    full_name: str
    slug: str
    function_id: str
    name_en: str
    level: str


@dataclass(frozen=True, slots=True)
class NamePart:
    """A part of which names of agencies are made: a field (生态环境), a qualifier (管理) or an ending (局)."""

    kind: str
    function_id: str
    name_en: str


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measurement or a measure word."""

    unit_id: str
    label: str
    label_en: str
    dimension: str
    ucum: str
    factor: float | None
    variants: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sector:
    """A sector, with the words in a clause's title that place it there."""

    sector_id: str
    label: str
    label_en: str
    eea_pam: str
    ipcc: str
    pattern: re.Pattern[str]
    priority: int


@dataclass(frozen=True, slots=True)
class Place:
    """A province, prefecture, city, county or district, or China."""

    place_id: str
    label: str
    label_en: str
    division_code: str
    province: str
    level: str
    short: str

    @property
    def is_of_city(self) -> bool:
        """Whether it is a county or district of a city, not one directly under a province (济源市, code 419001)."""
        return self.level == "county" and self.division_code[2:4] != "90"

    def is_in(self, other: "Place") -> bool:
        """Whether it is another place or lies in it: 繁昌区 in 芜湖市 and in 安徽省."""
        code = self.division_code
        outer = {"national": "", "provincial": code[:2], "municipal": code[:4]}.get(other.level, code)
        return other.division_code.startswith(outer) and (outer != code or self == other)


@dataclass(frozen=True, slots=True)
class Role:
    """A pattern in the title of a clause or chapter that tells the role of the text below it."""

    place: str
    pattern: re.Pattern[str]
    role: str


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb that opens measures: how binding it is, and whether an indicator keeps it (yes, no, or empty where
    it opens nothing that is counted)."""

    verb: str
    bindingness: str
    object_kept: str

    @property
    def is_counting(self) -> bool:
        """Whether it opens what is counted: 建设充电桩3万台."""
        return bool(self.object_kept)


@dataclass(frozen=True, slots=True)
class Relation:
    """Words between an indicator and its number: the comparator and the change that they mean."""

    relation: str
    comparator: str
    change: str


@dataclass(frozen=True, slots=True)
class Comparator:
    """A word beside a number that bounds it: its code (range: the lower bound >=, the upper <=) and where it stands
    (before or behind the number, or between the two of a range)."""

    word: str
    comparator: str
    stands: str


@dataclass(frozen=True, slots=True)
class Change:
    """A word that says what a number does to its indicator, inside the indicator or behind the number."""

    word: str
    change: str
    stands: str


@dataclass(frozen=True, slots=True)
class Metric:
    """What an indicator may end with: a ratio, an amount, or an amount of something done (减排量)."""

    ending: str
    kind: str


@dataclass(frozen=True)
class Vocabulary:
    """All lookup tables."""

    functions: tuple[Function, ...]
    names: tuple[AgencyName, ...]
    suffixes: tuple[str, ...]
    suffix_functions: dict[str, str]
    units: tuple[Unit, ...]
    sectors: tuple[Sector, ...]
    places: tuple[Place, ...]
    roles: tuple[Role, ...]
    verbs: tuple[Verb, ...]
    relations: tuple[Relation, ...]
    comparator_words: tuple[Comparator, ...]
    change_words: tuple[Change, ...]
    modifiers: tuple[tuple[str, str], ...]
    metrics: tuple[Metric, ...]
    times: tuple[tuple[str, str], ...]
    titles: tuple[tuple[str, str, str], ...]
    title_subjects: tuple[tuple[str, str], ...]
    self_references: tuple[tuple[str, frozenset[str]], ...]
    zones: tuple[tuple[str, Place], ...]
    chrome: re.Pattern[str]
    duty_words: DutyWords
    name_parts: dict[str, tuple[NamePart, ...]]
    table_words: dict[str, tuple[str, ...]]  # by kind
    name_of: dict[str, AgencyName] = field(default_factory=dict)
    name_patterns: tuple[tuple[re.Pattern[str], AgencyName], ...] = ()
    any_name_pattern: re.Pattern[str] = re.compile("(?!)")  # whether one of them fits, asked at once
    unit_of: dict[str, Unit] = field(default_factory=dict)
    place_of: dict[str, Place] = field(default_factory=dict)
    counties_of: dict[str, tuple[Place, ...]] = field(default_factory=dict)
    verb_of: dict[str, Verb] = field(default_factory=dict)

    @cached_property
    def comparators(self) -> dict[str, frozenset[str]]:
        """The codes of targets.comparator that a word may give: 以上 >=, 约 ~, 至 >= or <= (the bounds of a range).

        >>> words = load_vocabulary().comparators
        >>> sorted(words["以上"]), sorted(words["1至2"[1]])
        (['>='], ['<=', '=', '>='])
        """
        relations = [(r.relation, r.comparator) for r in self.relations]
        opposed = [(r.relation, "<=") for r in self.relations if r.relation == "优于"]  # of a concentration
        bounds = {"range": (">=", "<=")}
        words = [
            (c.word, code)
            for c in self.comparator_words
            for code in bounds.get(c.comparator, (c.comparator,))
        ]
        return _codes([*relations, *opposed, *words])

    @cached_property
    def changes(self) -> dict[str, frozenset[str]]:
        """The codes of targets.change that a word may give: 下降 decrease, 下降至 level, 新建 add.

        >>> sorted(load_vocabulary().changes["下降至"]), sorted(load_vocabulary().changes["减排量"])
        (['level'], ['add'])
        """
        relations = [(r.relation, r.change) for r in self.relations]
        rising = [(r.relation, "add") for r in self.relations if r.change == "increase"]  # of an amount
        words = [(c.word, c.change) for c in self.change_words]
        verbs = [(v.verb, "add") for v in self.verbs if v.is_counting]
        done = [(m.ending, "add") for m in self.metrics if m.kind == "done"]
        return _codes([*relations, *rising, *words, *verbs, *done])

    @cached_property
    def strengths(self) -> dict[str, str]:
        """The code of targets.strength of each word: 力争 strive."""
        return {word: "strive" for word, kind in self.modifiers if kind == "strive"}

    @cached_property
    def bindingness(self) -> dict[str, str]:
        """The code of measures.bindingness of each verb: 禁止 prohibit."""
        return {verb.verb: verb.bindingness for verb in self.verbs}

    def place_named(self, string: str) -> Place | None:
        """The province, city or county directly under a province whose name a string begins with, the longest such name.

        A title may also begin with the place's short name, or with its province's: 湖北省武汉市….
        """
        return self._named(string)[0]

    def place_at(self, string: str, home: Place | None = None) -> Place | None:
        """The place that a string begins with, down to the county: 芜湖市繁昌区…, 徐汇区…, 两江新区….

        A county's name that several counties bear is that of the one in `home`, or of none.
        """
        for zone, at in self.zones:
            if string.startswith(zone):
                return at
        place, length = self._named(string)
        rest = string[length:]
        for end in range(min(len(rest), 16), 2 if place is None else 1, -1):
            counties = self.counties_of.get(rest[:end], ())
            inner = [county for county in counties if county.is_in(place or home or county)]
            if len(inner) == 1:
                return inner[0]
        return place

    def _named(self, string: str) -> tuple[Place | None, int]:
        """The place down to the city that a string begins with, and how many of its characters name it."""
        for length in range(min(len(string), 16), 1, -1):
            if (place := self.place_of.get(string[:length])) is None:
                continue
            city, more = self._named(string[length:]) if place.level == "provincial" else (None, 0)
            if city is not None and city.province == place.place_id:
                return city, length + more
            return place, length
        return None, 0

    @property
    def country(self) -> Place:
        """China: the place of what is of the whole country."""
        return next(place for place in self.places if place.level == "national")

    def place_coded(self, division_code: str) -> Place | None:
        """The place of a GB/T 2260 code."""
        return next((place for place in self.places if place.division_code == division_code), None)


@lru_cache(maxsize=4)
def load_vocabulary(folder: Path = FOLDER) -> Vocabulary:
    """All vocabularies of a folder, checked: columns, keys, codes that other tables use.

    Raises PipelineError naming file, line and cell.
    """
    functions = tuple(
        Function(**row) for _, row in _rows(folder, "functions", FUNCTION_COLUMNS, "function_id")
    )
    function_ids = {function.function_id for function in functions}
    names = []
    for place, row in _rows(folder, "agency_names", NAME_COLUMNS, "as_printed"):
        _known(folder, "agency_names", place, "function_id", row["function_id"], function_ids)
        _known(folder, "agency_names", place, "level", row["level"], {"", *LEVELS})
        names.append(AgencyName(**row))
    units = tuple(
        Unit(
            row["unit_id"],
            row["label"],
            row["label_en"],
            row["dimension"],
            row["ucum"],
            _number(folder, "units", place, "factor", row["factor"]),
            _split(row["variants"]),
        )
        for place, row in _rows(folder, "units", UNIT_COLUMNS, "unit_id")
    )
    sectors = tuple(
        Sector(
            row["sector_id"],
            row["label"],
            row["label_en"],
            row["eea_pam"],
            row["ipcc"],
            re.compile("|".join(re.escape(word) for word in _split(row["keywords"])) or r"\Z(?!\Z)"),
            int(_number(folder, "sectors", place, "priority", row["priority"]) or 0),
        )
        for place, row in _rows(folder, "sectors", SECTOR_COLUMNS, "sector_id")
    )
    places = tuple(Place(**row) for _, row in _rows(folder, "places", PLACE_COLUMNS, "place_id"))
    place_ids = {place.place_id for place in places}
    for one in places:
        _known(folder, "places", f"place_id {one.place_id}", "province", one.province, {"", *place_ids})
        _known(folder, "places", f"place_id {one.place_id}", "level", one.level, set(LEVELS))
    roles = []
    for where, row in _rows(folder, "roles", ("place", "pattern", "role", "note"), None):
        _known(folder, "roles", where, "place", row["place"], {"title", "chapter"})
        _known(folder, "roles", where, "role", row["role"], set(ROLES))
        roles.append(Role(row["place"], _pattern(folder, "roles", where, row["pattern"]), row["role"]))
    verbs = []
    for where, row in _rows(folder, "verbs", VERB_COLUMNS, "verb"):
        _known(folder, "verbs", where, "bindingness", row["bindingness"], set(BINDINGNESS))
        _known(folder, "verbs", where, "object_kept", row["object_kept"], {"yes", "no", ""})
        verbs.append(Verb(row["verb"], row["bindingness"], row["object_kept"]))
    relations = []
    for where, row in _rows(folder, "relations", ("relation", "comparator", "change", "note"), "relation"):
        _known(folder, "relations", where, "comparator", row["comparator"], {">=", "<=", "=", "~"})
        _known(folder, "relations", where, "change", row["change"], {"level", "increase", "decrease", "add"})
        relations.append(Relation(row["relation"], row["comparator"], row["change"]))
    comparators = []
    for where, row in _rows(folder, "comparators", ("word", "comparator", "stands", "example"), "word"):
        _known(folder, "comparators", where, "comparator", row["comparator"], {">=", "<=", "=", "~", "range"})
        _known(folder, "comparators", where, "stands", row["stands"], {"before", "behind", "between"})
        comparators.append(Comparator(row["word"], row["comparator"], row["stands"]))
    changes = []
    for where, row in _rows(folder, "changes", ("word", "change", "stands", "example"), "word"):
        _known(folder, "changes", where, "change", row["change"], {"level", "increase", "decrease", "add"})
        _known(folder, "changes", where, "stands", row["stands"], {"inside", "behind"})
        changes.append(Change(row["word"], row["change"], row["stands"]))
    modifiers = []
    for where, row in _rows(folder, "modifiers", ("word", "kind", "note"), "word"):
        _known(folder, "modifiers", where, "kind", row["kind"], set(MODIFIERS))
        modifiers.append((row["word"], row["kind"]))
    metrics = []
    for where, row in _rows(folder, "metrics", ("ending", "kind", "note"), "ending"):
        _known(folder, "metrics", where, "kind", row["kind"], {"ratio", "amount", "done"})
        metrics.append(Metric(row["ending"], row["kind"]))
    times = []
    for where, row in _rows(folder, "times", ("word", "kind", "note"), None):
        _known(folder, "times", where, "kind", row["kind"], set(TIME_WORDS))
        times.append((row["word"], row["kind"]))
    chrome = [
        _pattern(folder, "chrome", where, row["pattern"]).pattern
        for where, row in _rows(folder, "chrome", ("pattern", "note"), "pattern")
    ]
    suffixes = {}
    for where, row in _rows(folder, "agency_suffixes", ("suffix", "function_id", "note"), "suffix"):
        _known(folder, "agency_suffixes", where, "function_id", row["function_id"], {"", *function_ids})
        suffixes[row["suffix"]] = row["function_id"]
    return Vocabulary(
        functions=functions,
        names=tuple(names),
        suffix_functions={
            suffix: suffixes[suffix] for suffix in sorted(suffixes, key=len, reverse=True) if suffixes[suffix]
        },
        suffixes=tuple(sorted(suffixes, key=lambda suffix: (-len(suffix), suffix))),
        units=units,
        sectors=tuple(sorted(sectors, key=lambda sector: (sector.priority, sector.sector_id))),
        places=places,
        roles=tuple(roles),
        verbs=tuple(verbs),
        relations=tuple(relations),
        comparator_words=tuple(comparators),
        change_words=tuple(changes),
        modifiers=tuple(modifiers),
        metrics=tuple(metrics),
        times=tuple(times),
        titles=_titles(folder),
        title_subjects=_subjects(folder),
        self_references=_self_references(folder),
        zones=_zones(folder, places),
        chrome=re.compile(rf"(?m)^(?:{'|'.join(chrome)})$"),
        duty_words=_duty_words(folder),
        name_parts=_name_parts(folder, function_ids),
        table_words=_table_words(folder),
        name_of={name.as_printed: name for name in names if "*" not in name.as_printed},
        name_patterns=tuple(
            (re.compile(re.escape(name.as_printed).replace(r"\*", "([\u4e00-\u9fff]{2,9})")), name)
            for name in sorted(names, key=lambda name: (-len(name.as_printed), name.as_printed))
            if "*" in name.as_printed
        ),
        any_name_pattern=re.compile(
            "|".join(
                re.escape(name.as_printed).replace(r"\*", "[\u4e00-\u9fff]{2,9}")
                for name in names
                if "*" in name.as_printed
            )
        ),
        unit_of={printed: unit for unit in units for printed in (unit.label, *unit.variants)},
        place_of=_place_names(places),
        counties_of=_counties(places),
        verb_of={verb.verb: verb for verb in verbs},
    )


def _codes(pairs: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    codes: dict[str, set[str]] = {}
    for word, code in pairs:
        codes.setdefault(word, set()).add(code)
    return {word: frozenset(of_word) for word, of_word in codes.items()}


def _titles(folder: Path) -> tuple[tuple[str, str, str], ...]:
    """What titles end with, in English, and the genre that it tells."""
    genres = {row["genre"] for _, row in _rows(folder, "genres", GENRE_COLUMNS, "genre")}
    titles = []
    for where, row in _rows(folder, "titles", TITLE_COLUMNS, "ending"):
        _known(folder, "titles", where, "genre", row["genre"], genres)
        titles.append((row["ending"], row["title_en"], row["genre"]))
    return _longest_first(titles)


def _subjects(folder: Path) -> tuple[tuple[str, str], ...]:
    """What plans are about, as titles print it, in English."""
    rows = _rows(folder, "title_subjects", ("subject", "subject_en"), "subject")
    return _longest_first((row["subject"], row["subject_en"]) for _, row in rows)


def _self_references(folder: Path) -> tuple[tuple[str, frozenset[str]], ...]:
    """The words by which a plan speaks of its own place (全市), with the levels that it may then be of."""
    references = []
    for where, row in _rows(folder, "self_references", ("word", "levels", "note"), "word"):
        for level in _split(row["levels"]):
            _known(folder, "self_references", where, "levels", level, set(LEVELS))
        references.append((row["word"], frozenset(_split(row["levels"]))))
    return tuple(references)


def _zones(folder: Path, places: Iterable[Place]) -> tuple[tuple[str, Place], ...]:
    """Zones that have no code of their own, and words that stand for the country, with the place they are of."""
    known = {place.place_id: place for place in places}
    zones = []
    for where, row in _rows(folder, "zones", ("zone", "place_id", "note"), "zone"):
        _known(folder, "zones", where, "place_id", row["place_id"], set(known))
        zones.append((row["zone"], known[row["place_id"]]))
    return _longest_first(zones)


def _longest_first(rows: Iterable[R]) -> tuple[R, ...]:
    """Rows that begin with the words they are found by, the longest words first."""
    return tuple(sorted(rows, key=lambda row: (-len(row[0]), row[0])))


def _duty_words(folder: Path) -> DutyWords:
    words = []
    for where, row in _rows(folder, "duty_words", ("word", "position", "role", "example"), None):
        _known(folder, "duty_words", where, "position", row["position"], set(POSITIONS))
        _known(folder, "duty_words", where, "role", row["role"], set(DUTY_ROLES))
        words.append(DutyWord(row["word"], row["position"], row["role"]))
    return DutyWords(tuple(words))


def _name_parts(folder: Path, function_ids: set[str]) -> dict[str, tuple[NamePart, ...]]:
    parts: dict[str, tuple[NamePart, ...]] = {}
    for where, row in _rows(folder, "agency_parts", ("part", "kind", "function_id", "name_en"), None):
        _known(folder, "agency_parts", where, "kind", row["kind"], {"field", "qualifier", "ending"})
        _known(folder, "agency_parts", where, "function_id", row["function_id"], {"", *function_ids})
        part = NamePart(row["kind"], row["function_id"], row["name_en"])
        parts[row["part"]] = (*parts.get(row["part"], ()), part)
    return parts


def _table_words(folder: Path) -> dict[str, tuple[str, ...]]:
    """The words of the headings, cells and notes of tables, by kind."""
    words: dict[str, tuple[str, ...]] = dict.fromkeys(TABLE_WORDS, ())
    for where, row in _rows(folder, "table_words", ("word", "kind", "note"), None):
        _known(folder, "table_words", where, "kind", row["kind"], set(TABLE_WORDS))
        words[row["kind"]] += (row["word"],)
    return words


def _place_names(places: Iterable[Place]) -> dict[str, Place]:
    """Places by full and by short name; where a short name is also a province's, the city has it (吉林)."""
    known = [place for place in places if not place.is_of_city]
    ordered = sorted(known, key=lambda place: (place.level != "provincial", place.place_id))
    return {place.short: place for place in ordered if len(place.short) > 1} | {
        place.label: place for place in ordered
    }


def _counties(places: Iterable[Place]) -> dict[str, tuple[Place, ...]]:
    """The counties and districts of cities by their names, of which several may bear one (鼓楼区)."""
    found: dict[str, tuple[Place, ...]] = {}
    for place in places:
        if place.is_of_city:
            found[place.label] = (*found.get(place.label, ()), place)
    return found


def _rows(
    folder: Path, name: str, columns: tuple[str, ...], key: str | None
) -> Iterable[tuple[str, dict[str, str]]]:
    path = folder / f"{name}.csv"
    seen: set[str] = set()
    for place, row in read_table(path, columns):
        if key is not None:
            if not row[key] or row[key] in seen:
                raise PipelineError(
                    file=path,
                    place=f"{place}, {key}",
                    found=f"{row[key]!r} {'a second time' if row[key] else '(empty)'}",
                    expected=f"each {key} once, and none empty",
                    remedy="remove or rename one of the rows",
                )
            seen.add(row[key])
        yield place, dict(row)


def _known(folder: Path, name: str, place: str, column: str, value: str, codes: set[str]) -> None:
    if value not in codes:
        shown = sorted(code for code in codes if code)
        raise PipelineError(
            file=folder / f"{name}.csv",
            place=f"{place}, {column}",
            found=f"the unknown code {value!r}",
            expected=f"one of {', '.join(shown[:12])}{' …' if len(shown) > 12 else ''}",
            remedy="correct the code, or add it to the vocabulary that defines it",
        )


def _converted(
    convert: Callable[[str], T], folder: Path, name: str, place: str, column: str, value: str, what: str
) -> T:
    try:
        return convert(value)
    except (ValueError, re.error):
        raise PipelineError(
            file=folder / f"{name}.csv",
            place=f"{place}, {column}",
            found=repr(value),
            expected=what,
            remedy="correct the cell",
        ) from None


def _number(folder: Path, name: str, place: str, column: str, value: str) -> float | None:
    return _converted(float, folder, name, place, column, value, "a number") if value else None


def _pattern(folder: Path, name: str, place: str, value: str) -> re.Pattern[str]:
    return _converted(re.compile, folder, name, place, "pattern", value, "a regular expression")


def _split(value: str) -> tuple[str, ...]:
    return tuple(part for part in value.split("|") if part)
