"""The rows of indicators.csv and indicator_words.csv, and the indicator that words name."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from pipelines.vocabulary.rows import Row

# What may stand behind the words of an indicator: 绿色制造体系建设项目. (
TAIL = " .．（(“"


@dataclass(frozen=True)
class Indicator(Row):
    """What several plans measure: 煤炭消费占比. `dimension` begins with that of its usual unit; `number` is of none.

    `national_lists` names the lists by which the state assesses: what the 14th five-year plans bind to, and the
    indicators of a beautiful China (2020). `climate_watch` is the sector of Climate Watch whose emissions it moves.
    """

    indicator_id: str
    label: str
    label_en: str
    definition_en: str
    dimension: tuple[str, ...]
    unit_id: str
    better: Literal["higher", "lower", ""]
    sector_id: str
    about: str
    parent: str
    sdg: str
    climate_watch: str
    national_lists: tuple[str, ...]


@dataclass(frozen=True)
class IndicatorWord(Row):
    """Words that name an indicator: one of each group must stand in it, in whatever order, and none of `without`.

    Groups are parted by a blank, the words of a group by |; a word with $ behind it must end the indicator.
    """

    KEY = 2
    indicator_id: str
    words: str
    without: tuple[str, ...]
    example: str
    counter_example: str

    @cached_property
    def groups(self) -> tuple[tuple[str, ...], ...]:
        """The words of each group."""
        return tuple(tuple(group.split("|")) for group in self.words.split())

    def found_in(self, indicator: str) -> Sequence[str] | None:
        """The words that stand in an indicator as printed, one of each group, or None where the row does not fit."""
        found = []
        for group in self.groups:
            word = next((word for word in group if _stands(word, indicator)), None)
            if word is None:
                return None
            found.append(word.removesuffix("$"))
        return None if any(_stands(word, indicator) for word in self.without) else found


@dataclass(frozen=True)
class ComparisonWord(Row):
    """A word in an indicator as printed that narrows it, so that it compares with none without the word.

    share: of what it is measured (新增, 一次能源); scope: of whom or where (规模养殖, 县城).
    """

    word: str
    word_en: str
    barrier: Literal["share", "scope"]
    example: str


@dataclass(frozen=True, eq=False)
class Indicators:
    """Indicators and the words that name them, as a vocabulary holds them."""

    indicators: tuple[Indicator, ...]
    indicator_words: tuple[IndicatorWord, ...]
    comparison_words: tuple[ComparisonWord, ...]

    @cached_property
    def indicator_ids(self) -> dict[str, Indicator]:
        """Indicators by their ids."""
        return {row.indicator_id: row for row in self.indicators}


def _stands(word: str, indicator: str) -> bool:
    return indicator.rstrip(TAIL).endswith(word[:-1]) if word.endswith("$") else word in indicator
