"""Copies of a plan are collated: each example of the page, the two copies of Wuhan, and what an exhaustive comparison finds."""

import random
from itertools import takewhile
from pathlib import Path

import numpy as np
import pytest

from pipelines.linking.variants import collated
from pipelines.package.dataset import read_dataset

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/method/variants.md").read_text(encoding="utf-8").splitlines()
EXAMPLES = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in takewhile(lambda line: line.startswith("|"), PAGE[PAGE.index("|---|---|---|---|---|") + 1 :])
]


@pytest.mark.parametrize("row", EXAMPLES, ids=lambda row: row[0])
def test_examples_of_the_page(row: list[str]) -> None:
    base, other, *expected = row
    (found,) = collated([base], [other])
    assert [base[slice(*found.base)], other[slice(*found.other)], found.kind] == expected


def test_the_two_copies_of_wuhan() -> None:
    """One word differs, a mark is lost, and two pairs of marks are of another form; what repair makes equal is no row."""
    rows = read_dataset(ROOT).rows("variants")
    assert [(row["kind"], row["base_text"], row["other_text"]) for row in rows] == [
        ("punctuation", "（", "〈"),
        ("punctuation", "）", "〉"),
        ("punctuation", "“", "‘"),
        ("punctuation", "”", "’"),
        ("punctuation", "“", None),
        ("wording", "栎", "栾"),
    ]
    seeds = {
        name: (ROOT / f"seeds/{name}.txt").read_text(encoding="utf-8")
        for name in ("wuhan-official", "wuhan-reprint")
    }
    last = rows[-1]
    assert seeds["wuhan-official"][last["base_start"] : last["base_end"]] == "栎"
    assert seeds["wuhan-reprint"][last["other_start"] : last["other_end"]] == "栾"


def test_a_moved_paragraph_is_one_row() -> None:
    one, two, three = "推动能源绿色低碳转型。", "推进工业领域协同增效。", "推进城乡建设协同增效。"
    found = collated([one, two, three], [two, three, one])
    assert [(each.kind, each.base, each.other) for each in found] == [("moved", (0, 11), (22, 33))]


def test_paragraphs_may_be_broken_otherwise() -> None:
    assert (
        collated(["推进工业领域协同增效。", "推广绿色建筑。"], ["推进工业领域协同增效。推广绿色建筑。"]) == []
    )


def distance(text: str, other: str) -> int:
    """The least number of characters to change, by comparing each with each."""
    codes = np.array([ord(mark) for mark in other])
    places = np.arange(len(other) + 1)
    row = places.copy()
    for number, mark in enumerate(text, start=1):
        best = np.minimum(row[1:] + 1, row[:-1] + (codes != ord(mark)))
        row = np.minimum.accumulate(np.concatenate(([number], best)) - places) + places
    return int(row[-1])


@pytest.mark.parametrize("seed", range(20))
def test_as_few_characters_as_an_exhaustive_comparison(seed: int) -> None:
    """The differences make one copy of the other, and are as small as any could be."""
    chance = random.Random(seed)
    clauses = [
        row["text"] for row in read_dataset(ROOT).rows("clauses") if row["plan_id"] == "wuhan-synergy"
    ][:12]
    other = ["".join(_damaged(mark, chance) for mark in text) for text in clauses]
    base_text, other_text = "".join(clauses), "".join(other)
    found = collated(clauses, other)
    made, done = "", 0
    for each in found:
        made += base_text[done : each.base[0]] + other_text[slice(*each.other)]
        done = each.base[1]
    assert made + base_text[done:] == other_text
    changed = sum(max(each.base[1] - each.base[0], each.other[1] - each.other[0]) for each in found)
    assert changed == distance(base_text, other_text)


def _damaged(mark: str, chance: random.Random) -> str:
    """A character, now and then lost, misprinted or with another behind it."""
    return chance.choice(["", "某", f"{mark}某"]) if chance.random() < 0.01 else mark
