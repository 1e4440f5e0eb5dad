"""The lookup tables of schemas/vocabularies, typed, checked and indexed for the steps that use them.

A new vocabulary is a class, in rows.py or beside what is made of its rows, and a field of `Vocabulary`, whose name is that of the file.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, get_args

from pipelines.errors import PipelineError
from pipelines.home import SCHEMAS
from pipelines.vocabulary import rows as row_types
from pipelines.vocabulary.agencies import AgencyWord, AgencyWords
from pipelines.vocabulary.citations import CitationWord, NationalDocument
from pipelines.vocabulary.duties import DutyWord, DutyWords
from pipelines.vocabulary.english import English
from pipelines.vocabulary.indicators import Indicators
from pipelines.vocabulary.places import Places
from pipelines.vocabulary.read import R, check, read_rows
from pipelines.vocabulary.topics import TopicCode, TopicWord, TopicWords
from pipelines.vocabulary.units import units_by_print

FOLDER = SCHEMAS / "vocabularies"
OWN = "vocabularies"  # a folder of this name beside somebody's seeds is laid over ours


@dataclass(frozen=True, eq=False)
class Vocabulary(Places, Indicators, English):
    """All lookup tables, each under the name of its file, and what is looked up in them."""

    functions: tuple[row_types.Function, ...]
    agency_names: tuple[row_types.AgencyName, ...]
    agency_suffixes: tuple[row_types.AgencySuffix, ...]
    agency_parts: tuple[row_types.AgencyPart, ...]
    units: tuple[row_types.Unit, ...]
    sectors: tuple[row_types.Sector, ...]
    number_marks: tuple[row_types.NumberMark, ...]
    self_references: tuple[row_types.SelfReference, ...]
    roles: tuple[row_types.Role, ...]
    genres: tuple[row_types.Genre, ...]
    titles: tuple[row_types.TitleEnding, ...]
    title_subjects: tuple[row_types.TitleSubject, ...]
    chrome: tuple[row_types.Chrome, ...]
    glyphs: tuple[row_types.Glyph, ...]
    outline_styles: tuple[row_types.OutlineStyle, ...]
    verbs: tuple[row_types.Verb, ...]
    comparators: tuple[row_types.Comparator, ...]
    changes: tuple[row_types.Change, ...]
    strengths: tuple[row_types.Strength, ...]
    hedges: tuple[row_types.Hedge, ...]
    modifiers: tuple[row_types.Modifier, ...]
    nouns: tuple[row_types.Noun, ...]
    number_rules: tuple[row_types.NumberRule, ...]
    unread_forms: tuple[row_types.UnreadForm, ...]
    metrics: tuple[row_types.Metric, ...]
    times: tuple[row_types.Time, ...]
    duty_words: tuple[DutyWord, ...]
    agency_words: tuple[AgencyWord, ...]
    table_words: tuple[row_types.TableWord, ...]
    line_words: tuple[row_types.LineWord, ...]
    topic_codes: tuple[TopicCode, ...]
    topic_words: tuple[TopicWord, ...]
    citation_words: tuple[CitationWord, ...]
    national_documents: tuple[NationalDocument, ...]
    own: tuple[str, ...] = field(default=(), metadata={"file": False})
    """The files that a user laid over ours, each with the number of its rows: comparators.csv (2 rows)."""

    # --- what a word means: for readers of a row, and for the guards -------------------------------------------

    @cached_property
    def comparator_of(self) -> dict[str, frozenset[str]]:
        """The codes of targets.comparator that a word may give: 以上 >=, 约 ~; 优于 >= or <=.

        >>> sorted(load_vocabulary().comparator_of["以上"]), sorted(load_vocabulary().comparator_of["优于"])
        (['>='], ['<=', '>='])
        """
        return _codes(
            (row.word, code)
            for row in self.comparators
            if row.comparator != "range"
            for code in ((">=", "<=") if row.comparator == "better" else (row.comparator,))
        )

    @cached_property
    def change_of(self) -> dict[str, frozenset[str]]:
        """The codes of targets.change that a word may give: 下降 decrease, 下降至 level, 新建 and 减排量 add.

        >>> sorted(load_vocabulary().change_of["下降至"]), sorted(load_vocabulary().change_of["减排量"])
        (['level'], ['add'])
        """
        words = [(row.word, row.change) for row in self.changes]
        rising = [(row.word, "add") for row in self.changes if row.change == "increase"]  # of an amount
        acting = (
            row
            for row in self.verbs
            if row.bindingness != "prohibit" and (row.is_counting or set(row.acts) - {"limits"})
        )
        verbs = [(row.verb, "add") for row in acting]
        done = [(row.ending, "add") for row in self.metrics if row.kind == "done"]
        bounds = [(row.word, "level") for row in self.comparators if row.stands == "before"]
        return _codes([*words, *rising, *verbs, *done, *bounds])

    @cached_property
    def strength_of(self) -> dict[str, frozenset[str]]:
        """The codes of targets.strength of each word: 力争 strive."""
        return _codes((row.word, row.strength) for row in self.strengths)

    @cached_property
    def bindingness_of(self) -> dict[str, frozenset[str]]:
        """The codes of measures.bindingness of each verb: 禁止 prohibit."""
        return _codes((row.verb, row.bindingness) for row in self.verbs if row.bindingness)

    @cached_property
    def relations(self) -> tuple[str, ...]:
        """The words that stand between an indicator and its number: 不低于, 达到, 下降."""
        bounds = (row.word for row in self.comparators if row.stands == "before" and row.comparator != "~")
        return (*bounds, *(row.word for row in self.changes))

    @cached_property
    def glyph_of(self) -> dict[int, str]:
        """What is printed for a character of a font of its own, by its code point."""
        return {int(row.character.removeprefix("U+"), 16): row.after for row in self.glyphs}

    @cached_property
    def glyph_pattern(self) -> re.Pattern[str]:
        """Finds such characters."""
        return re.compile(f"[{re.escape(''.join(map(chr, self.glyph_of)))}]")

    # --- words by what they do --------------------------------------------------------------------------------

    @cached_property
    def verb_of(self) -> dict[str, row_types.Verb]:
        """Verbs by the word."""
        return {verb.verb: verb for verb in self.verbs}

    @cached_property
    def unit_of(self) -> dict[str, row_types.Unit]:
        """Units by how they are printed, also those composed of two."""
        return units_by_print(self.units)

    @cached_property
    def unit_ids(self) -> dict[str, row_types.Unit]:
        """Units by their ids."""
        return {unit.unit_id: unit for unit in self.unit_of.values()}

    @cached_property
    def name_of(self) -> dict[str, row_types.AgencyName]:
        """Names of agencies as printed, but for those with a place inside."""
        return {row.as_printed: row for row in self.agency_names if "*" not in row.as_printed}

    @cached_property
    def starred_names(self) -> tuple[tuple[str, str, row_types.AgencyName], ...]:
        """Names of agencies with a place inside (* in the row): what stands before and behind it, the longest first."""
        rows = ((row, row.as_printed.partition("*")) for row in longest_first(self.agency_names))
        return tuple((before, behind, row) for row, (before, star, behind) in rows if star)

    @cached_property
    def any_starred(self) -> re.Pattern[str]:
        """Whether one of `starred_names` can fit, asked at once."""
        names = (f"{re.escape(before)}.+{re.escape(behind)}" for before, behind, _ in self.starred_names)
        return re.compile("|".join(names) or "(?!)")

    @cached_property
    def suffixes(self) -> tuple[str, ...]:
        """How names of agencies may end, the longest first."""
        return tuple(row.suffix for row in longest_first(self.agency_suffixes))

    @cached_property
    def suffix_functions(self) -> dict[str, str]:
        """The function that an ending alone gives."""
        return {row.suffix: row.function_id for row in longest_first(self.agency_suffixes) if row.function_id}

    @cached_property
    def name_parts(self) -> dict[str, tuple[row_types.AgencyPart, ...]]:
        """The parts of names of agencies, by the word, which may be of several kinds."""
        parts: dict[str, tuple[row_types.AgencyPart, ...]] = {}
        for row in self.agency_parts:
            parts[row.part] = (*parts.get(row.part, ()), row)
        return parts

    @cached_property
    def agencies(self) -> AgencyWords:
        """The words inside the names of agencies and the patterns made of them."""
        return AgencyWords(self.agency_words)

    def is_group(self, name: str) -> bool:
        """Whether the name of an agency is that of many: 各区人民政府, 市级有关部门."""
        return self.agencies.group.search(name) is not None

    @cached_property
    def words_of_tables(self) -> dict[str, tuple[str, ...]]:
        """The words of the headings, cells and notes of tables, by kind."""
        words: dict[str, tuple[str, ...]] = {}
        for row in self.table_words:
            words[row.kind] = (*words.get(row.kind, ()), row.word)
        return words

    @cached_property
    def duties(self) -> DutyWords:
        """The words of responsibility and the patterns made of them."""
        return DutyWords(self.duty_words)

    @cached_property
    def topics(self) -> TopicWords:
        """The words that say what a measure is about."""
        return TopicWords(self.topic_words)

    @cached_property
    def title_endings(self) -> dict[str, row_types.TitleEnding]:
        """The rows of titles.csv by what titles end with."""
        return {row.ending: row for row in self.titles}

    @cached_property
    def subjects(self) -> tuple[row_types.TitleSubject, ...]:
        """What titles are about, the longest subject first."""
        return longest_first(self.title_subjects)

    @cached_property
    def sectors_in_turn(self) -> tuple[row_types.Sector, ...]:
        """The sectors in the order in which they are tried."""
        return tuple(sorted(self.sectors, key=lambda sector: (sector.priority, sector.sector_id)))

    @cached_property
    def chrome_pattern(self) -> re.Pattern[str]:
        """A line of a web page's furniture."""
        return re.compile(rf"(?m)^(?:{'|'.join(row.pattern.pattern for row in self.chrome)})$")


@lru_cache(maxsize=8)
def load_vocabulary(folder: Path = FOLDER) -> Vocabulary:
    """All vocabularies of a folder, checked: columns, keys, codes. Raises PipelineError naming file, line and cell."""
    return _load(folder, None)


def vocabulary_beside(seeds: Path) -> Vocabulary:
    """Our vocabularies, with those laid over them that stand in the folder vocabularies/ beside somebody's seeds.

    A row of such a file (same columns) takes the place of the one with its key, or is a new one. Raises PipelineError
    also for a file that is named like none of ours.
    """
    own = seeds / OWN
    return _load(FOLDER, own) if own.is_dir() else load_vocabulary()


def _load(folder: Path, own: Path | None) -> Vocabulary:
    kinds = {
        each.name: get_args(each.type)[0] for each in fields(Vocabulary) if each.metadata.get("file", True)
    }
    laid = tuple(sorted(path.name for path in own.glob("*.csv"))) if own is not None else ()
    for name in laid:
        if name.removesuffix(".csv") not in kinds:
            raise PipelineError(
                file=(own or folder) / name,
                place="its name",
                found=repr(name),
                expected=f"one of {', '.join(f'{kind}.csv' for kind in sorted(kinds))}",
                remedy="rename the file after the vocabulary that it adds to, or take it away",
            )
    folders = (folder,) if own is None else (folder, own)
    rows: dict[str, tuple[Any, ...]] = {name: read_rows(kind, name, folders) for name, kind in kinds.items()}
    counted = tuple(
        f"{name} ({len(read_rows(kinds[name.removesuffix('.csv')], name.removesuffix('.csv'), [own or folder]))} rows)"
        for name in laid
    )
    vocabulary = Vocabulary(**rows, own=counted)
    functions = {row.function_id for row in vocabulary.functions}
    places = {row.place_id for row in vocabulary.places}
    check(folders, "agency_names", vocabulary.agency_names, "function_id", functions)
    check(folders, "agency_suffixes", vocabulary.agency_suffixes, "function_id", functions, empty=True)
    check(folders, "agency_parts", vocabulary.agency_parts, "function_id", functions, empty=True)
    indicators = {row.indicator_id for row in vocabulary.indicators}
    sectors = {row.sector_id for row in vocabulary.sectors}
    check(folders, "indicators", vocabulary.indicators, "parent", indicators, empty=True)
    check(folders, "indicators", vocabulary.indicators, "sector_id", sectors)
    check(folders, "indicators", vocabulary.indicators, "unit_id", vocabulary.unit_ids, empty=True)
    check(folders, "indicator_words", vocabulary.indicator_words, "indicator_id", indicators)
    check(folders, "actions", vocabulary.actions, "verb", vocabulary.verb_of)
    check(folders, "places", vocabulary.places, "province", places, empty=True)
    check(folders, "zones", vocabulary.zones, "place_id", places)
    check(folders, "number_marks", vocabulary.number_marks, "place_id", places)
    check(folders, "self_references", vocabulary.self_references, "levels", get_args(row_types.Level))
    check(folders, "titles", vocabulary.titles, "genre", {row.genre for row in vocabulary.genres})
    check(
        folders, "topic_words", vocabulary.topic_words, "code", {row.code for row in vocabulary.topic_codes}
    )
    check(
        folders,
        "verbs",
        vocabulary.verbs,
        "acts",
        ("inside", "behind", "newly", "attains", "apart", "limits"),
    )
    return vocabulary


def longest_first(rows: Iterable[R]) -> tuple[R, ...]:
    """Rows in the order in which the words of their first column are sought, the longest first."""

    def word(row: R) -> str:
        return str(getattr(row, fields(row)[0].name))

    return tuple(sorted(rows, key=lambda row: (-len(word(row)), word(row))))


def _codes(pairs: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    codes: dict[str, set[str]] = {}
    for word, code in pairs:
        codes.setdefault(word, set()).add(code)
    return {word: frozenset(of_word) for word, of_word in codes.items()}
