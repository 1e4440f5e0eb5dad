"""Finds wording that measures of two plans share, and how much of each measure it is.

Two measures are parallel where a part of one (what stands between two marks) is alike to a part of the other: of LONG
characters or more, with a Jaccard index of their shingles of SHINGLE characters of ALIKE or more. MinHash and locality-
sensitive hashing (Broder 1997; Indyk and Motwani 1998; library datasketch) find such parts without holding each
against each: with BANDS bands of ROWS hashes a pair at the very threshold is missed twice in a hundred times.
"""

import re
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import combinations

from rapidfuzz.distance import Indel

from pipelines.linking.plans import PlanRows, Row
from pipelines.text.provenance import Text
from pipelines.vocabulary import Vocabulary

PART = re.compile(r"[^，、：；。（）“”\s]+")
LONG, SHINGLE, ALIKE = 12, 3, 0.6
BANDS, ROWS = 16, 3
RUN = 4  # characters that stand in a row in both measures to count as shared
WHOLE = 0.95  # of a measure
THIRD = 1 / 3
MARKS = "，、：；。（）“”"
MOST = 5  # parallels of a measure: the most alike
LEVELS = ("national", "provincial", "municipal", "county")


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure with its text and its plan; `rank` orders plans by their level, then by their id."""

    measure_id: str
    rank: tuple[int, str]
    text: Text


@dataclass(frozen=True, slots=True)
class Shared:
    """What two texts share: the longest run by its place in each, and the share of each that stands in the other."""

    start: int
    other_start: int
    length: int
    share: float
    other_share: float


def kind_of(share: float, other_share: float) -> str:
    """How a measure stands to another by what each shares: the same, within it, around it, or adapted.

    >>> kind_of(1.0, 0.95), kind_of(1.0, 0.4), kind_of(0.4, 1.0), kind_of(0.6, 0.5)
    ('same', 'within', 'around', 'adapted')
    """
    if share >= WHOLE:
        return "same" if other_share >= WHOLE else "within"
    return "around" if other_share >= WHOLE else "adapted"


def parallels(plans: Sequence[PlanRows], _: Vocabulary) -> Iterator[Row]:
    """The rows of the table: each pair of parallel measures once, the measure of the lower level first."""
    measures = [each for plan in plans for each in _measures(plan)]
    texts, ranks = [each.text.string for each in measures], [each.rank for each in measures]
    like: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for one, other in pairs(texts, ranks):
        first, second = (other, one) if ranks[one] < ranks[other] else (one, other)
        like[first].append((-round(Indel.normalized_similarity(texts[first], texts[second]), 2), second))
    for first in sorted(like):
        for position, (similarity, second) in enumerate(sorted(like[first])[:MOST], start=1):
            found = shared(texts[first], texts[second])
            yield _row(position, measures[first], measures[second], -similarity, found)


def _measures(plan: PlanRows) -> Iterator[Measure]:
    level = plan.rows["plans"][0]["level"]
    rank = LEVELS.index(level) if level in LEVELS else len(LEVELS)
    for read in plan.facts.clauses:
        for position, measure in enumerate(read.facts.measures, start=1):
            text = read.clause.text[measure.part.start : measure.part.end]
            yield Measure(f"{read.clause.clause_id}/m{position}", (rank, plan.facts.identity.plan_id), text)


def pairs(texts: Sequence[str], owners: Sequence[object]) -> list[tuple[int, int]]:
    """The pairs of parallel texts of two owners, as places in the list: parts alike make up a THIRD of the shorter one."""
    if len(set(owners)) < 2:
        return []
    from datasketch import MinHash, MinHashLSH  # it takes as long to import as a plan to read

    holders = _parts(texts)
    parts = list(holders)
    shingled = [shingles(part) for part in parts]
    alike: dict[tuple[int, int], int] = defaultdict(int)

    def meet(part: str, other: str) -> None:
        length = min(len(part), len(other))
        for one in holders[part]:
            for two in holders[other]:
                if owners[one] != owners[two] and (part != other or one < two):
                    alike[min(one, two), max(one, two)] += length

    index = MinHashLSH(num_perm=BANDS * ROWS, params=(BANDS, ROWS))
    encoded = ([each.encode() for each in one] for one in shingled)
    for number, minhash in enumerate(MinHash.generator(encoded, num_perm=BANDS * ROWS, hashfunc=zlib.crc32)):
        meet(parts[number], parts[number])
        index.insert(number, minhash, check_duplication=False)
    buckets = (table.get(key) for table in index.hashtables for key in table)
    met = {pair for bucket in buckets if len(bucket) > 1 for pair in combinations(sorted(bucket), 2)}
    for one, other in met:
        if _jaccard(shingled[one], shingled[other]) >= ALIKE:
            meet(parts[one], parts[other])
    return [
        pair for pair, length in alike.items() if length >= THIRD * min(len(texts[each]) for each in pair)
    ]


def _parts(texts: Iterable[str]) -> dict[str, list[int]]:
    holders: dict[str, list[int]] = {}
    for number, text in enumerate(texts):
        for part in dict.fromkeys(PART.findall(text)):
            if len(part) >= LONG:
                holders.setdefault(part, []).append(number)
    return holders


def shingles(part: str) -> frozenset[str]:
    """The runs of SHINGLE characters of a part.

    >>> sorted(shingles("减污降碳"))
    ['减污降', '污降碳']
    """
    return frozenset(part[at : at + SHINGLE] for at in range(len(part) - SHINGLE + 1))


def _jaccard(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other)


def shared(text: str, other: str) -> Shared:
    """What two measures share.

    >>> found = shared("推进绿色建筑发展，到2025年达到70%", "大力推进绿色建筑发展，")
    >>> found.start, found.other_start, found.length, found.share, found.other_share
    (0, 2, 8, 0.45, 0.82)
    """
    matcher = SequenceMatcher(None, text, other, autojunk=False)
    start, other_start, length = matcher.find_longest_match()
    run = text[start : start + length]
    before = length - len(run.lstrip(MARKS))
    equal = (each for each in Indel.opcodes(text, other) if each.tag == "equal")
    held = sum(each.src_end - each.src_start for each in equal if each.src_end - each.src_start >= RUN)
    return Shared(
        start + before,
        other_start + before,
        len(run.strip(MARKS)),
        round(held / len(text), 2),
        round(held / len(other), 2),
    )


def _row(position: int, one: Measure, other: Measure, similarity: float, found: Shared) -> Row:
    passage = one.text[found.start : found.start + found.length]
    other_passage = other.text[found.other_start : found.other_start + found.length]
    return {
        "parallel_id": f"{one.measure_id}/p{position}",
        "measure_id": one.measure_id,
        "plan_id": one.rank[1],
        "other_measure_id": other.measure_id,
        "other_plan_id": other.rank[1],
        "kind": kind_of(found.share, found.other_share),
        "similarity": similarity,
        "share": found.share,
        "other_share": found.other_share,
        "shared_text": passage.string,
        "source_start": passage.span[0],
        "source_end": passage.span[1],
        "other_source_start": other_passage.span[0],
        "other_source_end": other_passage.span[1],
    }
