"""The words that say what a measure is about, and the finding of them in one pass."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar, Literal, NamedTuple

from pipelines.vocabulary.rows import Row


@dataclass(frozen=True)
class TopicCode(Row):
    """What a measure may be about: an instrument, a pollutant, a fuel, a technology or a place of action."""

    code: str
    vocabulary: Literal["instrument", "pollutant", "fuel", "technology", "place"]
    label: str
    label_en: str
    instrument_class: Literal["", "command-and-control", "market-based", "voluntary-informational"]
    eea_pam: str
    capmf: str
    formula: str
    definition_en: str


@dataclass(frozen=True)
class TopicWord(Row):
    """Words that give a code, and longer ones that hold one of them and do not: 煤 gives coal, 煤山雀 does not."""

    KEY: ClassVar[int] = 2
    code: str
    words: tuple[str, ...]
    without: tuple[str, ...]
    example: str
    counter_example: str


class TopicFound(NamedTuple):
    """A code, and where in a text stand the words that give it."""

    code: str
    start: int
    end: int


@dataclass(frozen=True, eq=False)
class TopicWords:
    """The words of all codes: what each gives, alone and inside longer words."""

    rows: Sequence[TopicWord]

    def found(self, text: str) -> list[TopicFound]:
        """Each code that a text gives, once, with the first of its words, in the order of the text.

        >>> from pipelines.vocabulary import load_vocabulary
        >>> [code for code, _, _ in load_vocabulary().topics.found("控制煤炭消费，保护煤山雀")]
        ['coal']
        """
        first: dict[str, TopicFound] = {}
        place, within, lengths = 0, self._within, self._lengths
        while place < len(text):
            for length in lengths.get(text[place : place + 2], ()):
                if (word := text[place : place + length]) in within:
                    for code, start, end in within[word]:
                        first.setdefault(code, TopicFound(code, place + start, place + end))
                    place += length - 1
                    break
            place += 1
        return sorted(first.values(), key=lambda found: (found.start, found.end, found.code))

    @cached_property
    def codes_of(self) -> dict[str, frozenset[str]]:
        """The codes of each word."""
        codes: dict[str, set[str]] = {}
        for row in self.rows:
            for word in row.words:
                codes.setdefault(word, set()).add(row.code)
        return {word: frozenset(own) for word, own in codes.items()}

    @cached_property
    def _within(self) -> dict[str, tuple[TopicFound, ...]]:
        """What each word gives: its own codes, and those of the words inside it (污水处理厂: the plant and the sewage)."""
        without = {(row.code, word) for row in self.rows for word in row.without}
        phrases = {*self.codes_of, *(word for _, word in without)}
        return {phrase: tuple(self._given(phrase, without)) for phrase in phrases}

    def _given(self, phrase: str, without: set[tuple[str, str]]) -> Iterator[TopicFound]:
        length = len(phrase)
        parts = [(start, end) for start in range(length) for end in range(length, start, -1)]
        for start, end in parts:
            for code in self.codes_of.get(phrase[start:end], ()):
                around = (phrase[a:b] for a, b in parts if a <= start and end <= b)
                if not any((code, outer) in without for outer in around):
                    yield TopicFound(code, start, end)

    @cached_property
    def _lengths(self) -> dict[str, tuple[int, ...]]:
        """By the two characters that words begin with, how long these words are, the longest first."""
        lengths: dict[str, set[int]] = {}
        for word in self._within:
            lengths.setdefault(word[:2], set()).add(len(word))
        return {pair: tuple(sorted(own, reverse=True)) for pair, own in lengths.items()}
