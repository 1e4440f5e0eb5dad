"""Finds every number of a clause, with its unit, its comparator and its value in base units."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from pipelines.reading.grammar import Grammar
from pipelines.text.numerals import MULTIPLIERS

# A number begins with a run of digits, which is found sooner than the number.
DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number at `[start, end)` of a clause's text, from its digits to its comparator (3万台以上).

    number_end is where the comparator begins; value is in base units; written is what stands for the value;
    comparator is empty where none is printed behind the unit, bound is the word that gives it (以上). A range (10%–15%)
    is one number, whose value is the lower.
    """

    start: int
    end: int
    number_end: int
    value: float
    written: str
    unit: str
    comparator: str
    bound: str = ""


def quantities(string: str, grammar: Grammar, taken: list[tuple[int, int]]) -> list[Quantity]:
    """Every number of a text with its unit, in order, but for those inside the ranges `taken`.

    >>> from pipelines.reading.grammar import grammar
    >>> from pipelines.vocabulary import load_vocabulary
    >>> words = grammar(load_vocabulary())
    >>> [(q.value, q.written, q.comparator) for q in quantities("建设充电基础设施3万台以上", words, [])]
    [(30000.0, '3万台', '>=')]
    >>> [(q.value, q.written, q.comparator) for q in quantities("建设1至2个绿色生态城区", words, [])]
    [(1.0, '1至2个', '')]
    """
    found = []
    covered = coverage(len(string), taken)
    done = 0
    for digits in DIGITS.finditer(string):
        match = grammar.quantity.match(string, digits.start()) if digits.start() >= done else None
        if match is None:
            continue
        done = match.end()
        if 1 in covered[match.start() : match.end()]:
            continue
        unit = grammar.units.get(match["unit"] or match["scaled"] or "")
        number_end = match.start("comparator") if match["comparator"] else match.end()
        bound = match["comparator"] or ""
        found.append(
            Quantity(
                match.start(),
                match.end(),
                number_end,
                _value(match["number"], MULTIPLIERS[match["own"] or match["multiplier"] or ""]),
                string[match.start() : number_end],
                unit.unit_id if unit else "",
                grammar.bound_behind[bound] if bound else "",
                bound,
            )
        )
    return found


def coverage(length: int, ranges: Iterable[tuple[int, int]]) -> bytearray:
    """A mask of a text: 1 at each place that one of the ranges covers."""
    covered = bytearray(length)
    for start, end in ranges:
        covered[start:end] = b"\x01" * (end - start)
    return covered


def _value(number: str, scale: int) -> float:
    """A printed number in base units, exact in decimals.

    >>> _value("2.8", 10**8), _value("1,100", 10**4)
    (280000000.0, 11000000.0)
    """
    whole, _, fraction = number.replace(",", "").partition(".")
    return int(whole + fraction) * scale / float(10 ** len(fraction))
