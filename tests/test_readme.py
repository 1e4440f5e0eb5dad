"""What README.md shows and counts is what the data hold."""

import json
import re
from pathlib import Path

import pandas as pd
import pytest

from pipelines.guard.accuracy import accuracy

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def table(name: str) -> pd.DataFrame:
    return pd.read_parquet(ROOT / "data" / f"{name}.parquet")


def after(mark: str) -> str:
    return README.split(f"<!-- {mark}:", 1)[1].split("-->", 1)[1].strip().split("\n\n", 1)[0]


def cells(mark: str) -> list[list[str]]:
    rows = [line for line in after(mark).splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]


def test_rows_shown_are_rows_of_the_data() -> None:
    targets, units, plans = table("targets"), table("units"), table("plans")
    labels = dict(zip(units["unit_id"], units["label"], strict=True))
    titles = dict(zip(plans["plan_id"], plans["title"], strict=True))
    published = {
        (
            titles[row.plan_id][:2],
            row.indicator,
            f"{row.comparator} {row.value:.0f}",
            labels[row.unit],
            str(row.deadline),
            row.quote,
        )
        for row in targets[targets["kind"] == "quantified"].itertuples()
        if row.unit
    }
    for shown in cells("rows")[2:]:
        assert tuple(shown) in published


COUNTS = {
    "plans": lambda: len(table("plans")),
    "clauses": lambda: len(table("clauses")),
    "measures": lambda: len(table("measures")),
    "quantified targets": lambda: int((table("targets")["kind"] == "quantified").sum()),
    "milestones": lambda: int((table("targets")["kind"] == "milestone").sum()),
    "deadlines": lambda: len(table("deadlines")),
    "agencies": lambda: len(table("agencies")),
    "responsibilities": lambda: len(table("responsibilities")),
    "numbers": lambda: len(table("numbers")),
    "repairs": lambda: len(table("repairs")),
}


@pytest.mark.parametrize("what", COUNTS)
def test_counts(what: str) -> None:
    match = re.search(rf"([\d,]+) {what}\b", after("counts"))
    assert match is not None
    assert int(match[1].replace(",", "")) == COUNTS[what]()


def test_no_number_is_undecided() -> None:
    assert "none is undecided" in after("counts")
    assert not (table("numbers")["disposition"] == "undecided").any()


def test_accuracy_figures() -> None:
    golds = [ROOT / "tests" / "gold" / f"{plan}.json" for plan in ("wuhan", "chongqing")]
    together = [score for score in accuracy(ROOT / "data", golds) if score.plan == "together"]
    heading, _, figures = cells("accuracy")
    assert len(heading) == len(together)
    assert figures == [f"{score.f1:.3f}" for score in together]


def test_figures_of_plans_of_other_makes() -> None:
    """The rows are what was measured before anybody who writes rules had seen these plans; they never change."""
    measured = json.loads((ROOT / "tests/gold/flat/measured.json").read_text(encoding="utf-8"))["readers"]
    fields = "headings nesting responsibilities roles deadlines targets_found targets_strict target_indicators milestones"
    (_, *heading), _, *rows = cells("makes")
    assert len(heading) == len(fields.split())
    assert [row[1:] for row in rows] == [
        [f"{measured[reader][field]['f1']:.3f}" for field in fields.split()] for reader in ("first", "third")
    ]


def test_links_lead_somewhere() -> None:
    for target in re.findall(r"\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)", README):
        assert (ROOT / target).exists(), target
