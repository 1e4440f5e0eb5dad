"""The vocabularies of schemas/vocabularies in, what guards look up in them out; read anew, apart from the extractors."""

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pipelines.guard.reading import ADDS, FALLS, FILLERS, MOMENT, REACHES, RISES, SCOPE
from pipelines.guard.verbs import VerbReading
from pipelines.schema import SCHEMAS
from pipelines.vocabulary import load_vocabulary

LEVEL_WORD = re.compile(r"(?:自治区|国家|市|省|州|盟|区|县)")
# What joins a quote to what stands before it, and says nothing of what is measured.
CONNECTIVES = (
    "共",
    "或",
    "分别",
    "实现",
    "确保",
    "其中",
    "同时",
    "并",
    "且",
    "以及",
    "和",
    "及",
    "与",
    "应",
    "要",
)
# 1.降低能耗, （1）建成…, 一是建成…, ——到2030年, “十四五”累计…: what opens an item says nothing of what is measured.
LIST_MARK = re.compile(
    r"^(?:\d{1,2}[．.、]|（\d{1,2}）|[①-⑳]|[一二三四五六七八九十]是|—+|“?二?十[一二三四五六七八九]?五”?)+"
)
# The relation right before a number: 达到, 下降至, 新增
MOVES = re.compile("|".join(pattern.pattern for pattern in (FALLS, RISES, REACHES, ADDS)))
BELOW = {"national": "provincial", "provincial": "municipal", "municipal": "county", "county": "county"}
KEYS = {"functions": "function_id", "units": "unit_id", "sectors": "sector_id", "places": "place_id"}
PUBLISHED = {
    "functions": ("label", "label_en", "national_counterpart", "national_counterpart_en"),
    "units": ("label", "label_en", "dimension", "ucum", "factor"),
    "sectors": ("label", "label_en", "eea_pam", "ipcc"),
    "places": ("label", "label_en", "division_code", "province", "level"),
}


@dataclass(frozen=True)
class Lookups:
    """The rows of the vocabularies by file, every cell as text."""

    files: Mapping[str, Sequence[Mapping[str, str]]]

    def published(self, table: str) -> dict[str, dict[str, object]]:
        """The rows of a published vocabulary by key, in the columns and types of its table."""
        return {
            row[KEYS[table]]: {
                column: float(row[column]) if column == "factor" and row[column] else row[column] or None
                for column in PUBLISHED[table]
            }
            for row in self.files[table]
        }

    @cached_property
    def unit_labels(self) -> dict[object, tuple[str, ...]]:
        """The words that stand for a unit, by unit_id."""
        return {row["unit_id"]: (row["label"], *_split(row["variants"])) for row in self.files["units"]}

    @cached_property
    def hedges(self) -> tuple[str, ...]:
        """The words that soften a commitment."""
        return tuple(row["word"] for row in self.files["modifiers"] if row["kind"] == "hedge")

    @cached_property
    def bindingness(self) -> dict[str, str]:
        """How binding a verb is."""
        return {row["verb"]: row["bindingness"] for row in self.files["verbs"]}

    def _words(self, *kinds: str) -> list[str]:
        return [row["word"] for row in self.files["modifiers"] if row["kind"] in kinds]

    @cached_property
    def opening_verb(self) -> re.Pattern[str]:
        """A verb that opens what is counted, at the beginning of a sentence, behind adverbs."""
        counting = [row["verb"] for row in self.files["verbs"] if row["object_kept"]]
        # 新改扩建, 新（扩）建: built anew or made larger.
        built = "新?（?(?:[改扩]、?)+）?建"
        return re.compile(
            rf"(?:{_any(self._words('adverb', 'strive', 'past'))}|共)*(?P<verb>{built}|{_any(counting)})"
        )

    @cached_property
    def _verbs(self) -> VerbReading:
        return VerbReading(self.files["verbs"], self._words)

    def verb(self, sentence: str) -> str | None:
        """The verb that a sentence acts with, by the rule of docs/method/text.md.

        >>> lookups = load_lookups()
        >>> lookups.verb("严格落实生态保护红线"), lookups.verb("全市森林覆盖率达到57%"), lookups.verb("处置率超标准")
        ('落实', '达到', None)
        >>> lookups.verb("依法依规推动小水电治理，禁止新建水电站"), lookups.verb("各部门要加强协同"), lookups.verb("在重点行业开展试点")
        ('禁止', '要', '开展')
        """
        return self._verbs.of(sentence)

    @cached_property
    def _sectors(self) -> list[tuple[str, re.Pattern[str]]]:
        rows = sorted(self.files["sectors"], key=lambda row: (int(row["priority"] or 0), row["sector_id"]))
        return [(row["sector_id"], re.compile(row["keywords"] or r"(?!)")) for row in rows]

    def sector(self, title: str, chapter_title: str) -> str:
        """The sector whose keyword the title of a clause holds, or that of its chapter; else the last."""
        for heading in (title, chapter_title):
            for sector, keywords in self._sectors:
                if keywords.search(heading):
                    return sector
        return self._sectors[-1][0]

    @cached_property
    def _kept(self) -> frozenset[str]:
        """Verbs that are the deed itself, and so belong to what is measured: 抚育森林."""
        return frozenset(row["verb"] for row in self.files["verbs"] if row["object_kept"] == "yes")

    def lead(self, quote: str) -> int:
        """Where a quote goes on behind its scope and the verbs that open it, but for those that are the deed itself.

        >>> load_lookups().lead("积极创建省级森林城镇6个以上"), load_lookups().lead("抚育森林40万亩"), load_lookups().lead("全市化肥使用总量")
        (4, 0, 2)
        """
        scope = SCOPE.match(quote)
        place = scope.end() if scope else 0
        while (match := self.opening_verb.match(quote, place)) and match["verb"] not in self._kept:
            place = match.end() + quote.startswith("、", match.end())
            if quote[place : place + 1] in ("和", "或", "及", "并") and self.opening_verb.match(
                quote, place + 1
            ):
                place += 1  # 新建和改造
        if place == (scope.end() if scope else 0) and (match := self._deed.match(quote, place)):
            # 农村地区新建充电桩: who or where stands before the deed
            place = match.start("verb") if match["verb"] in self._kept else match.end()
        return place

    @cached_property
    def _deed(self) -> re.Pattern[str]:
        """A deed behind who or where, with what is done behind it."""
        deeds = _any(self._words("deed"))
        return re.compile(rf"[^，。；\d]{{2,20}}?(?P<verb>{deeds})(?![区率量度])(?=[^，。；\d]{{2}})")

    def left_out(self, before: str, said: str) -> str:
        """What stands in the sentence right before a quote and belongs to it; "" if nothing does.

        What says when, how and how far is rightly left out, and so is 实现; a verb only where the quote, up to its
        number, acts without it.

        >>> words = load_lookups()
        >>> words.left_out("，到2025年，力争", "秸秆综合利用率达到"), words.left_out("，2024年实现", "清洁取暖率")
        ('', '')
        >>> words.left_out("，建设", "充电基础设施"), words.left_out("钢铁、", "水泥产能比例超过"), words.left_out("工厂5家、", "省级")
        ('建设', '钢铁、', '')
        """
        lead = re.split(r"[，。；：（\n]", re.sub(rf"(?<![比较与以])(?:{MOMENT})", "，", before))[-1]
        lead = re.sub(
            rf".*(?<![A-Za-z.\d])\d[^、]*?(?:、|[和及与并]|以及)({self._manner.pattern})$", r"\1", lead
        )
        lead = LIST_MARK.sub("", lead)
        if self._manner.fullmatch(lead):
            return ""
        opens = self._acting.match(said) is not None
        if opens or MOVES.search(FILLERS.sub("", said)):
            rest = self._acting.sub("", lead)
            if self._manner.fullmatch(rest) and (opens or not ADDS.search(lead)):
                return ""
        return lead

    @cached_property
    def _manner(self) -> re.Pattern[str]:
        """What may stand between a mark or a time and a quote: 力争, 累计, 实现, and 全市 before any of them."""
        manner = _any([*self._words("adverb", "strive", "past", "lead"), *CONNECTIVES])
        return re.compile(rf"(?:(?:{_any(self._words('scope'))})(?!$)|{manner})*")

    @cached_property
    def _acting(self) -> re.Pattern[str]:
        """A verb of the vocabulary."""
        return re.compile(_any(row["verb"] for row in self.files["verbs"]))

    @cached_property
    def _agencies(self) -> dict[str, list[Mapping[str, str]]]:
        found: dict[str, list[Mapping[str, str]]] = {}
        for row in self.files["agency_names"]:
            found.setdefault(row["as_printed"], []).append(row)
        return found

    @cached_property
    def _agency_patterns(self) -> list[tuple[re.Pattern[str], Mapping[str, str]]]:
        return [
            (re.compile(re.escape(row["as_printed"]).replace(r"\*", r"\w{2,}")), row)
            for row in self.files["agency_names"]
            if "*" in row["as_printed"]
        ]

    @cached_property
    def short_places(self) -> dict[object, str]:
        """The short name of each place: 宁夏 for 宁夏回族自治区."""
        return {row["place_id"]: row["short"] for row in self.files["places"]}

    @cached_property
    def _by_slug(self) -> dict[str, list[Mapping[str, str]]]:
        found: dict[str, list[Mapping[str, str]]] = {}
        for row in self.files["agency_names"]:
            found.setdefault(row["slug"], []).append(row)
        return found

    def agency_rows(self, name: str, places: Iterable[str]) -> list[Mapping[str, str]]:
        """The rows for a printed name, with or without its place or level word; patterns only if no row has it.

        >>> [row["slug"] for row in load_lookups().agency_rows("市发改委", ["武汉市"])]
        ['development-reform']
        """
        candidates = [name]
        labels = [label for place in places for label in (place, re.sub(r"[省市县区]$", "", place))]
        candidates += [name[len(label) :] for label in labels if label and name.startswith(label)]
        candidates += [each[match.end() :] for each in candidates if (match := LEVEL_WORD.match(each))]
        found = [row for each in dict.fromkeys(candidates) for row in self._agencies.get(each, [])]
        if not found:
            found = [row for pattern, row in self._agency_patterns if any(map(pattern.fullmatch, candidates))]
        return found

    @cached_property
    def agency_endings(self) -> tuple[str, ...]:
        """The characters that full names of agencies end with: 局, 会, 府 …"""
        return tuple(sorted({row["full_name"][-1] for row in self.files["agency_names"] if row["full_name"]}))

    def agency_kinds(self, slug: str) -> tuple[tuple[str, str], ...]:
        """The functions and English names that the vocabulary gives to a slug."""
        return tuple(sorted({(row["function_id"], row["name_en"]) for row in self.agency_rows_of(slug)}))

    def agency_rows_of(self, slug: str) -> Sequence[Mapping[str, str]]:
        """The rows of a slug."""
        return self._by_slug.get(slug, ())


def load_lookups(folder: Path = SCHEMAS / "vocabularies") -> Lookups:
    """The vocabularies of a folder; that they are sound is for pipelines.vocabulary to say."""
    names = ("functions", "units", "sectors", "places", "verbs", "modifiers", "agency_names", "titles")
    files = {}
    for name in names:
        with (folder / f"{name}.csv").open(encoding="utf-8-sig", newline="") as stream:
            files[name] = tuple(csv.DictReader(stream))
    words = load_vocabulary(folder)
    about = [row.word for row in words.comparators if row.comparator == "~"]
    kinds = {
        "hedge": [*(row.word for row in words.hedges), *about],
        "strive": [row.word for row in words.strengths],
        "deed": [row.verb for row in words.verbs if "inside" in row.acts],
    }
    files["modifiers"] += tuple({"word": word, "kind": kind} for kind in kinds for word in kinds[kind])
    files["verbs"] = tuple(row for row in files["verbs"] if row["bindingness"])
    return Lookups(files)


def _split(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split("|") if part)


def _any(words: Iterable[str]) -> str:
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(re.escape(word) for word in ordered) or "(?!)"
