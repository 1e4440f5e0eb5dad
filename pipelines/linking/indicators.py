"""Finds the indicator of the vocabulary, shared by all plans, for the indicator of a target as printed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from pipelines.issues import Issue
from pipelines.linking.plans import Row
from pipelines.vocabulary import Vocabulary
from pipelines.vocabulary.indicators import Indicator, IndicatorWord

RATES = ("increase", "decrease")


@dataclass(frozen=True, slots=True)
class Named:
    """An indicator, and the words that named it, as printed, joined by 、."""

    indicator_id: str
    words: str


@lru_cache(maxsize=65_536)
def named(indicator: str, unit: str, change: str, vocabulary: Vocabulary) -> Named | None:
    """The indicator that the first row of indicator_words.csv gives whose words stand and whose dimension fits.

    >>> from pipelines.vocabulary import load_vocabulary
    >>> named("煤炭占能源消费总量的比重", "percent", "level", load_vocabulary())
    Named(indicator_id='coal-share', words='煤炭、比重')
    >>> named("煤炭消费总量", "percent", "decrease", load_vocabulary())
    Named(indicator_id='coal-use', words='煤炭、消费')
    """
    dimension = vocabulary.unit_ids[unit].dimension if unit else ""
    for row in _rows(dimension, _is_rate(indicator, change, vocabulary), vocabulary):
        if (found := row.found_in(indicator)) is not None:
            return Named(row.indicator_id, "、".join(dict.fromkeys(found)))
    return None


def _is_rate(indicator: str, change: str, vocabulary: Vocabulary) -> bool:
    """Whether a number says by how much something moves: 能耗下降15%, 能耗下降率15%."""
    return change in RATES or any(row.word in indicator for row in vocabulary.changes if row.change in RATES)


@lru_cache(maxsize=256)
def _rows(dimension: str, is_rate: bool, vocabulary: Vocabulary) -> tuple[IndicatorWord, ...]:
    """The rows whose indicator a number of a dimension can measure: its level, its rate of change, or without a unit."""

    def fits(indicator: Indicator) -> bool:
        if dimension in indicator.dimension:
            return True
        return indicator.dimension[0] != "count" and (not dimension or (dimension == "ratio" and is_rate))

    words = vocabulary.indicator_words
    return tuple(row for row in words if fits(vocabulary.indicator_ids[row.indicator_id]))


def unnamed(targets: Iterable[Row], document_id: str) -> Iterator[Issue]:
    """The quantified targets of a plan whose indicator the vocabulary does not know."""
    for row in targets:
        if row["kind"] == "quantified" and row["indicator_id"] is None:
            message = f"No row of indicator_words.csv names the indicator “{row['indicator']}”"
            place = int(str(row["source_start"])), int(str(row["source_end"]))
            yield Issue("info", "no-indicator", message, document_id, str(row["clause_id"]), *place)
