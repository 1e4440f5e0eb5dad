"""Measures of two plans that share wording are found, whatever the number of plans, with what they share."""

from itertools import combinations, takewhile
from pathlib import Path

import pytest

from pipelines.linking.parallels import ALIKE, LONG, PART, THIRD, kind_of, pairs, shared, shingles
from pipelines.package.dataset import read_dataset

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/method/parallels.md").read_text(encoding="utf-8").splitlines()
EXAMPLES = [
    tuple(cell.strip() for cell in line.strip("|").split("|"))
    for line in takewhile(lambda line: line.startswith("|"), PAGE[PAGE.index("|---|---|---|") + 1 :])
]


@pytest.mark.parametrize(("measure", "other", "kind"), EXAMPLES, ids=[kind for *_, kind in EXAMPLES])
def test_examples_of_the_page(measure: str, other: str, kind: str) -> None:
    found = shared(measure, other)
    is_pair = pairs([measure, other], ["one", "two"]) == [(0, 1)]
    assert (kind_of(found.share, found.other_share) if is_pair else "none") == kind


def test_measures_of_one_plan_are_no_pair() -> None:
    assert pairs(["推广优良品种和绿色高效栽培技术"] * 2, ["one", "one"]) == []


def test_shared_words_have_no_marks_at_their_ends() -> None:
    one, other = "统筹资金，做好减污降碳相关经费保障", "加大支持，做好减污降碳相关经费保障"
    found = shared(one, other)
    assert one[found.start : found.start + found.length] == "做好减污降碳相关经费保障"
    assert other[found.other_start : found.other_start + found.length] == "做好减污降碳相关经费保障"


def test_nothing_is_missed_or_added_against_every_pair_of_the_published_plans() -> None:
    """Recall of at least .98 against holding every measure against every other, and no pair too many."""
    measures = read_dataset(ROOT).rows("measures")
    texts, plans = [row["text"] for row in measures], [row["plan_id"] for row in measures]
    parts = [{part: shingles(part) for part in PART.findall(text) if len(part) >= LONG} for text in texts]

    def is_pair(one: int, other: int) -> bool:
        length = sum(
            min(len(part), len(second))
            for part, runs in parts[one].items()
            for second, others in parts[other].items()
            if len(runs & others) / len(runs | others) >= ALIKE
        )
        return length > 0 and length >= THIRD * min(len(texts[one]), len(texts[other]))

    wanted = {
        (one, other)
        for one, other in combinations(range(len(texts)), 2)
        if plans[one] != plans[other] and is_pair(one, other)
    }
    found = set(pairs(texts, plans))
    assert len(wanted) > 50
    assert found - wanted == set()
    assert len(found) >= 0.98 * len(wanted)
