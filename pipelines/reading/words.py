"""The words that the patterns of all extractors share, by what they do, and the patterns of verbs."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from pipelines.reading.timewords import TimeWords
from pipelines.vocabulary import Vocabulary
from pipelines.vocabulary.patterns import any_of
from pipelines.vocabulary.rows import Verb

# 到2025年, 2025年底前, “十四五”期间: a time before a verb.
YEAR = (
    r"(?:(?:到|至)?20\d\d年(?:\d{1,2}月)?(?:年?[底末初])?(?:之?前|起)?|“十[三四五六]五”(?:[时期][期间]|末)?)"
)


@dataclass(frozen=True, eq=False)
class Words:
    """Patterns by what they find, each compiled when it is first used, and the lists of words that they are made of."""

    vocabulary: Vocabulary

    # --- round numbers and verbs ------------------------------------------------------------------------------

    @cached_property
    def hedge(self) -> re.Pattern[str]:
        """A word that softens a number or an action."""
        return re.compile(any_of(self._hedges))

    @cached_property
    def about(self) -> frozenset[str]:
        """The hedges that say about how much."""
        return frozenset(row.word for row in self.vocabulary.comparators if row.comparator == "~")

    @cached_property
    def hedged_verb(self) -> re.Pattern[str]:
        """A hedge before a verb: 基本形成."""
        hedges = any_of(word for word in self._hedges if len(word) > 1)
        return re.compile(rf"(?P<hedge>{hedges})(?:{self._adverbs})*(?={any_of(self._verbs)})")

    @cached_property
    def distribute(self) -> re.Pattern[str]:
        """均, 都, 分别; 均 in 平均 and 年均 distributes nothing, that of 比2020年均 does."""
        return re.compile(rf"(?<!平)(?<![^\d]年)(?<!^年){any_of(self._words('distribute', 'pair'))}")

    @cached_property
    def strive(self) -> re.Pattern[str]:
        """力争, 争取, 努力."""
        return re.compile(any_of(row.word for row in self.vocabulary.strengths))

    @cached_property
    def past(self) -> re.Pattern[str]:
        """已, 已经: what was done."""
        return re.compile(any_of(self._words("past")))

    @cached_property
    def lead(self) -> re.Pattern[str]:
        """What opens an indicator without belonging to it; 共 before a verb (共改造300个), not in a noun (共享单车)."""
        opening = any_of([*self._words("lead", "adverb"), *self._strengths])
        noun = any_of(self._words("compound"))  # 重点建设用地
        return re.compile(
            rf"(?:{opening}|{any_of(self._words('count'))}(?={any_of(self._counting)})(?!{noun}))+"
        )

    @cached_property
    def scope(self) -> re.Pattern[str]:
        """全市, 全省."""
        return re.compile(any_of(self._words("scope")))

    @cached_property
    def raise_(self) -> re.Pattern[str]:
        """What says how a ratio is to move, and is no part of its name: 提高治理率."""
        return re.compile(any_of(self._words("raise")))

    # --- verbs ------------------------------------------------------------------------------------------------

    @cached_property
    def verbs(self) -> dict[str, Verb]:
        """Verbs by the word."""
        return self.vocabulary.verb_of

    @cached_property
    def verb(self) -> re.Pattern[str]:
        """A verb that opens what is counted."""
        return re.compile(any_of(self._counting))

    @cached_property
    def verb_at_end(self) -> re.Pattern[str]:
        """Such a verb right before a number."""
        return re.compile(f"(?P<verb>{any_of(verb for verb in self._counting if len(verb) > 1)})$")

    @cached_property
    def more(self) -> re.Pattern[str]:
        """A verb that adds to what there is, also 累计: 新增, 完成, 改造."""
        kept = [row.verb for row in self.vocabulary.verbs if row.object_kept == "yes"]
        return re.compile(any_of([*self._acting_as("newly"), *self._acting_as("behind"), *kept]))

    @cached_property
    def kept_at_end(self) -> re.Pattern[str]:
        """A verb that is the action itself, at the end of what is done: 行政村环境整治[任务]."""
        return re.compile(f"{any_of(row.verb for row in self.vocabulary.verbs if row.object_kept == 'yes')}$")

    @cached_property
    def goes_on(self) -> re.Pattern[str]:
        """What an object that goes on behind its number ends with: 淘汰煤电落后产能13台[机组], 新建3个[植物园]."""
        kinds = ("project", "works", "task", "plan", "place", "place_end", "part", "article", "carried")
        named = any_of([noun for kind in kinds for noun in self.nouns(kind)])
        return re.compile(rf"{named}$|{self.kept_at_end.pattern}")

    @cached_property
    def kept(self) -> re.Pattern[str]:
        """A verb that is the action itself, anywhere in what is done: 农村黑臭水体整治试点[任务]."""
        return re.compile(any_of(row.verb for row in self.vocabulary.verbs if row.object_kept == "yes"))

    @cached_property
    def verbs_alone(self) -> re.Pattern[str]:
        """Nothing but verbs before a number: 其中新建8万亩."""
        return re.compile(rf"(?:{any_of([*self._counting, *self._words('raise')])}|[、和或并])+")

    @cached_property
    def action_verb(self) -> re.Pattern[str]:
        """A verb that acts behind who or where: 农村地区新建充电桩1000个."""
        inside = any_of(self._acting_as("inside"))
        return re.compile(
            rf"(?P<subject>[^，。；]{{2,20}}?)(?P<verb>{inside})(?![区率量度])(?P<object>[^，。；]{{2,}})$"
        )

    @cached_property
    def verb_behind(self) -> re.Pattern[str]:
        """A verb behind what it is done to: 国五及以下重型柴油货车淘汰, 农村黑臭水体完成整治."""
        behind = self._acting_as("behind")
        alone = any_of(verb for verb in behind if self.verbs[verb].object_kept == "yes")
        kept = any_of(row.verb for row in self.vocabulary.verbs if row.object_kept == "yes")
        return re.compile(
            rf"(?<=..)(?:(?P<verb>{alone})|(?P<does>{any_of(behind)})[^，。；、]{{0,6}}{kept})$"
        )

    @cached_property
    def forbidding(self) -> re.Pattern[str]:
        """A verb that forbids."""
        forbids = any_of(row.verb for row in self.vocabulary.verbs if row.bindingness == "prohibit")
        return re.compile(rf"(?P<verb>{forbids})(?![类性区])")

    @cached_property
    def acting(self) -> re.Pattern[str]:
        """A run that acts: it opens with a verb, demands something of a subject (各部门要加强, 审批要严格落实), or says what is
        done behind where it is done (在重点行业开展)."""
        preposition, opened, acts = any_of(self._words("preposition")), self._opened, self._acts
        return re.compile(
            rf"{YEAR}?{opened}{acts}"
            rf"|[^，：；]*?(?<![主重需必只首相供对响效回])"
            rf"(?P<modal>要|应当|应(?!对)|必须|须)(?=(?:{opened})(?:{any_of(self._verbs)}|{preposition}))"
            rf"|{preposition}[^，：；]*?{any_of(self._words('adjunct_end'))}{opened}"
            + acts.replace("verb", "done")
        )

    @cached_property
    def inner_verb(self) -> re.Pattern[str]:
        """A verb inside a run that is no part of a noun."""
        return re.compile(rf"{self._long}(?![率量类性的、和与及等]|$)")

    @cached_property
    def last_verb(self) -> re.Pattern[str]:
        """A verb that ends a run: 占比进一步提升."""
        return re.compile(rf"{self._long}$")

    # --- milestones -------------------------------------------------------------------------------------------

    @cached_property
    def before_time(self) -> re.Pattern[str]:
        """What may stand before a time that opens a sentence."""
        return re.compile(rf"{self.strive.pattern}|，")

    @cached_property
    def times(self) -> TimeWords:
        """The words round time expressions."""
        return TimeWords(self.vocabulary)

    # --- words ------------------------------------------------------------------------------------------------

    def nouns(self, kind: str) -> list[str]:
        """The nouns of a kind."""
        return [row.word for row in self.vocabulary.nouns if row.kind == kind]

    def _words(self, *kinds: str) -> list[str]:
        return [row.word for row in self.vocabulary.modifiers if row.kind in kinds]

    def _bounds(self, stands: str) -> list[str]:
        return [row.word for row in self.vocabulary.comparators if row.stands == stands]

    def _acting_as(self, where: str) -> list[str]:
        return [row.verb for row in self.vocabulary.verbs if where in row.acts]

    def _units(self, wanted: Callable[[str], bool]) -> frozenset[str]:
        return frozenset(unit.unit_id for unit in self.vocabulary.unit_ids.values() if wanted(unit.dimension))

    @cached_property
    def _hedges(self) -> list[str]:
        return [*(row.word for row in self.vocabulary.hedges), *self.about]

    @cached_property
    def _strengths(self) -> list[str]:
        return [row.word for row in self.vocabulary.strengths]

    @cached_property
    def _adverbs(self) -> str:
        return any_of([*self._words("adverb", "past"), *self._strengths])

    @cached_property
    def _verbs(self) -> list[str]:
        return [row.verb for row in self.vocabulary.verbs if row.bindingness]

    @cached_property
    def _counting(self) -> list[str]:
        return [row.verb for row in self.vocabulary.verbs if row.is_counting]

    @cached_property
    def _opened(self) -> str:
        """What may stand before the verb of a run, and is no part of it: 严格 in 严格落实, not in 严格控制, which is a verb of its
        own. 加快完善 speeds up: what promotes is no adverb of what it promotes."""
        opening = self._words("opening")
        longer = any_of(
            verb for verb in self._verbs if any(verb != word and verb.startswith(word) for word in opening)
        )
        promoting = {row.verb for row in self.vocabulary.verbs if row.bindingness == "promote"}
        adverbs = [*self._words("adverb", "past"), *self._strengths]
        manner = any_of(word for word in adverbs if word not in promoting)
        return rf"(?:(?!{longer}){any_of([*opening, *self._words('scope')])}|{manner})*"

    @cached_property
    def _acts(self) -> str:
        """A verb that is no part of a noun: neither of a longer word (建设用地) nor before what makes it one (利用率)."""
        return rf"(?!{any_of(self._words('compound'))})(?P<verb>{any_of(self._verbs)})(?![率量类性的])"

    @cached_property
    def _long(self) -> str:
        """A verb of two characters or more that begins no compound; the pattern opens with characters, and so is found fast."""
        parts = []
        for verb in sorted(
            (verb for verb in self._verbs if len(verb) > 1), key=lambda verb: (-len(verb), verb)
        ):
            rest = [word[len(verb) :] for word in self._words("compound") if word.startswith(verb)]
            parts.append(re.escape(verb) + (f"(?!{any_of(rest)})" if rest else ""))
        return f"(?P<verb>{'|'.join(parts)})"
