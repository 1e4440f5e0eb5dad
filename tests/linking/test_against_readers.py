"""What two readers who saw no code named in two of the published plans, against the tables."""

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from pipelines.package.dataset import read_dataset

ROOT = Path(__file__).parents[2]
GOLD = ROOT / "tests" / "gold" / "links"
PLANS = ("sanming", "chongqing")


def bare(text: str | None) -> str:
    return re.sub(r"[\s《》〈〉“”（）()\[\]〔〕]", "", text or "")


def named(reader: str, what: str) -> Counter[tuple[str, str]]:
    found: Counter[tuple[str, str]] = Counter()
    for plan in PLANS:
        for each in json.loads((GOLD / reader / f"{plan}.json").read_text(encoding="utf-8"))[what]:
            named = (
                (each["indicator_id"] or "")
                if what == "indicators"
                else bare(each["title"] or each["number"])
            )
            found[plan, named] += 1
    return found


def in_tables(table: str) -> Counter[tuple[str, str]]:
    rows = [row for row in read_dataset(ROOT).rows(table) if row["plan_id"].removesuffix("-synergy") in PLANS]
    if table == "citations":
        return Counter(
            (row["plan_id"].removesuffix("-synergy"), bare(row["title"] or row["document_number"]))
            for row in rows
        )
    return Counter(
        (row["plan_id"].removesuffix("-synergy"), row["indicator_id"] or "")
        for row in rows
        if row["kind"] == "quantified"
    )


@pytest.mark.parametrize("reader", ["first", "second"])
def test_documents_cited_are_those_that_readers_name(reader: str) -> None:
    assert in_tables("citations") == named(reader, "citations")


@pytest.mark.parametrize(("reader", "agree", "annotated"), [("first", 23, 25), ("second", 25, 26)])
def test_indicators_are_those_that_readers_name(reader: str, agree: int, annotated: int) -> None:
    """One reader takes 化肥、农药使用量 for one indicator; 精准提升森林质量 is forest-quality, not forest-tending."""
    wanted = named(reader, "indicators")
    assert wanted.total() == annotated
    assert (wanted & in_tables("targets")).total() == agree
