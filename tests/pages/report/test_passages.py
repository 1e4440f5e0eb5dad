"""The words of a failing row in their context."""

from dataclasses import replace

import pandas as pd
import pytest

from pipelines.guard.report import Failure
from pipelines.pages.report.findings import Findings
from pipelines.pages.report.passages import Passages

TARGET = Failure((("target_id", "wuhan-synergy/2.4/t1"),), "value", "300", "the quote says 30")


def test_the_quote_stands_in_its_context(findings: Findings) -> None:
    found = Passages(findings.package).of("targets", TARGET)
    assert found is not None
    assert found.place.startswith("seeds/wuhan-official.txt:")
    assert found.before.endswith("到2025年，")
    assert found.quote == "全市煤炭占能源消费总量的比重下降至30%以内"
    assert found.after.startswith("，天然气用气量达到40亿立方米以上")


def test_the_context_is_repaired_like_the_quote(findings: Findings) -> None:
    key = (("target_id", "shenyang-synergy/3.1/t1"),)
    found = Passages(findings.package).of("targets", Failure(key, "value", "", ""))
    assert found is not None
    assert found.place.startswith("seeds/shenyang-explained.txt:")
    assert "(" not in found.before + found.quote + found.after  # no pinyin


def test_without_seeds_the_clause_gives_the_context(findings: Findings) -> None:
    found = Passages(replace(findings.package, read_seeds=lambda: None)).of("targets", TARGET)
    assert found is not None
    assert (found.place, found.quote) == ("wuhan-synergy/2.4", "全市煤炭占能源消费总量的比重下降至30%以内")
    assert found.after.startswith("，天然气用气量")


@pytest.mark.parametrize(
    ("table", "failure"),
    [
        ("targets", Failure((("target_id", "wuhan-synergy/2.4/t99"),), "value", "", "no such row")),
        ("targets", Failure((("line", "12"),), "", "", "no column of this name")),
        ("targets", Failure((), "", "", "no key")),
        ("package", Failure((("path", "data/plans.csv"),), "hash", "", "no table")),
        ("units", Failure((("unit_id", "percent"),), "label", "%", "a row that came from no text")),
    ],
)
def test_where_there_are_no_words_there_is_no_passage(
    findings: Findings, table: str, failure: Failure
) -> None:
    assert Passages(findings.package).of(table, failure) is None


@pytest.mark.parametrize("place", [(-5, 10), (10, 10), (20, 10), (0, 10**9), (None, 5), ("1", "2")])
def test_a_range_that_leads_nowhere(findings: Findings, place: tuple[int | str | None, int | str]) -> None:
    targets = findings.package.frames["targets"].copy()
    for column, value in zip(("source_start", "source_end"), place, strict=True):
        targets[column] = pd.Series([value] * len(targets), dtype=object)
    found = Passages(findings.package.with_tables({"targets": targets})).of("targets", TARGET)
    assert found is not None
    assert found.place == "wuhan-synergy/2.4"


def test_a_table_without_its_columns(findings: Findings) -> None:
    targets = findings.package.frames["targets"][["target_id", "value"]]
    package = findings.package.with_tables({"targets": targets, "repairs": targets, "documents": targets})
    assert Passages(package).of("targets", TARGET) is None
