"""Each row of indicator_words.csv names its example and not its counter-example; what has no row is an issue."""

from pathlib import Path

import pytest

from pipelines.linking.indicators import named
from pipelines.vocabulary import load_vocabulary
from pipelines.vocabulary.indicators import IndicatorWord
from tests.samples import TITLE, rows_of, write_seeds

VOCABULARY = load_vocabulary()
UNITS = {unit.unit_id: unit for unit in VOCABULARY.units}


def named_as(indicator: str, row: IndicatorWord) -> tuple[str, str]:
    """What names an indicator of the usual unit of a row's: its id, and the words."""
    unit = VOCABULARY.indicator_ids[row.indicator_id].unit_id
    found = named(indicator, unit, "level", VOCABULARY)
    return (found.indicator_id, found.words) if found else ("", "")


@pytest.mark.parametrize(
    "row", VOCABULARY.indicator_words, ids=lambda row: f"{row.indicator_id} {row.words}"[:60]
)
def test_words_name_their_example(row: IndicatorWord) -> None:
    indicator, words = named_as(row.example, row)
    assert indicator == row.indicator_id
    assert words == "、".join(dict.fromkeys(row.found_in(row.example) or []))
    assert named_as(row.counter_example, row)[0] != row.indicator_id


@pytest.mark.parametrize(
    ("indicator", "unit", "change", "expected"),
    [
        # in any order
        ("煤炭占能源消费总量的比重", "percent", "level", "coal-share"),
        ("能源消费总量中煤炭占比", "percent", "level", "coal-share"),
        # the dimension parts an amount from a share
        ("垃圾焚烧处理能力", "tonne-per-day", "level", "waste-capacity"),
        ("垃圾焚烧处理能力占比", "percent", "level", "waste-incineration"),
        # percent is how much an amount moves, not its level
        ("煤炭消费总量", "percent", "decrease", "coal-use"),
        ("煤炭消费总量", "percent", "level", None),
        ("单位地区生产总值能耗降低率", "percent", "level", "energy-intensity"),
        # a table may print no unit; what is counted has one
        ("细颗粒物（PM2.5）浓度", "", "level", "pm25-concentration"),
        ("绿色工厂", "", "level", None),
        # what is counted is the last word
        ("土壤污染源头管控项目", "project", "add", "projects"),
        ("某某指数率", "percent", "level", None),
    ],
)
def test_named(indicator: str, unit: str, change: str, expected: str | None) -> None:
    found = named(indicator, unit, change, VOCABULARY)
    assert (found.indicator_id if found else None) == expected


def test_every_indicator_has_words_and_the_dimension_of_its_unit() -> None:
    assert {row.indicator_id for row in VOCABULARY.indicator_words} == set(VOCABULARY.indicator_ids)
    for row in VOCABULARY.indicators:
        unit = UNITS[row.unit_id].dimension if row.unit_id else "number"
        assert row.dimension[0] == unit, row.indicator_id
        assert set(row.dimension) <= {unit.dimension for unit in UNITS.values()} | {"number"}, (
            row.indicator_id
        )


def test_an_indicator_that_no_row_names_is_an_issue(tmp_path: Path) -> None:
    text = f"{TITLE}\n为落实部署，制定本方案。\n一、重点任务\n（一）推进协同。煤炭消费比重降至30%，某某指数率达到40%。\n"
    rows = rows_of(write_seeds(tmp_path, {"wuhan": text}))
    cells = [(row["indicator_id"], row["indicator_words"]) for row in rows["targets"]]
    assert cells == [("coal-share", "煤炭、比重"), (None, None)]
    (issue,) = [row for row in rows["issues"] if row["kind"] == "no-indicator"]
    assert issue["severity"] == "info"
    assert (
        text[int(str(issue["source_start"])) : int(str(issue["source_end"]))] == rows["targets"][1]["quote"]
    )
