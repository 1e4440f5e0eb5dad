"""The examples of docs/method/comparisons.md are what is compared."""

import datetime
from pathlib import Path

import pytest

from pipelines.linking.comparisons import compared
from pipelines.linking.indicators import named
from pipelines.linking.plans import Row
from pipelines.vocabulary import load_vocabulary

VOCABULARY = load_vocabulary()
PAGE = Path(__file__).parents[2] / "docs" / "method" / "comparisons.md"
EXAMPLES = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in PAGE.read_text(encoding="utf-8").splitlines()
    if line.startswith("|")
][2:]


def target(
    serial: int,
    indicator: str,
    value: str,
    unit: str,
    change: str,
    deadline: str = "2025-12-31",
    **more: object,
) -> Row:
    """A quantified target as the table has it."""
    unit_id = VOCABULARY.unit_of[unit].unit_id if unit else None
    found = named(indicator, unit_id or "", change, VOCABULARY)
    return {
        "target_id": f"wuhan-synergy/1.1/t{serial}", "plan_id": "wuhan-synergy", "indicator": indicator, "unit": unit_id,
        "indicator_id": found.indicator_id if found else None, "indicator_words": found.words if found else None,
        "value": float(value), "change": change, "baseline_year": None, "deadline": datetime.date.fromisoformat(deadline),
    } | more  # fmt: skip


def test_examples_of_the_method() -> None:
    rows = [target(serial, *example[:5]) for serial, example in enumerate(EXAMPLES, 1)]
    found = [
        [
            row["change"],
            f"{row['value']:g}",
            row["unit"] or "",
            row["qualifiers"] or "",
            str(row["barriers"] or "").replace("|", ", "),
        ]
        for row in compared(rows, VOCABULARY)
    ]
    assert found == [example[5:] for example in EXAMPLES]


@pytest.mark.parametrize(
    ("value", "unit", "change", "indicator", "expected"),
    [
        ("4", "公顷", "add", "人工造林", (60.0, "mu", "add")),
        ("15", "%", "level", "单位地区生产总值能耗降低率", (15.0, "percent", "decrease-rate")),
        ("15", "%", "decrease", "单位地区生产总值能耗", (15.0, "percent", "decrease-rate")),
        ("3", "%", "decrease", "煤炭消费总量", (3.0, "percent", "decrease-rate")),
        ("3", "吨", "decrease", "煤炭消费总量", (3.0, "tonne", "decrease")),
    ],
)
def test_value_in_one_unit(
    value: str, unit: str, change: str, indicator: str, expected: tuple[object, ...]
) -> None:
    (row,) = compared([target(1, indicator, value, unit, change)], VOCABULARY)
    assert (row["value"], row["unit"], row["change"]) == expected


def test_baseline_keeps_changes_apart_and_the_largest_group_is_the_first() -> None:
    rows = [
        target(1, "单位GDP能耗", "15", "%", "decrease", baseline_year=2015),
        target(2, "单位GDP能耗", "13", "%", "decrease", baseline_year=2020),
        target(3, "单位GDP能耗", "14", "%", "decrease", baseline_year=2020),
    ]
    found = [(row["comparison_group"], row["barriers"]) for row in compared(rows, VOCABULARY)]
    assert found == [
        ("energy-intensity/2", "baseline"),
        ("energy-intensity/1", None),
        ("energy-intensity/1", None),
    ]


def test_a_target_without_an_indicator_is_not_compared() -> None:
    assert [*compared([target(1, "某某指数率", "15", "%", "level")], VOCABULARY)] == []


def test_each_word_stands_in_its_example_and_narrows_it() -> None:
    for word in VOCABULARY.comparison_words:
        assert word.word in word.example
