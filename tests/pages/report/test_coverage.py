"""How much of a plan gave rows, counted from its text a second time."""

from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from pipelines.pages.report.coverage import NEEDED, PlanCoverage, Sentence, coverage, sentences

ROOT = Path(__file__).resolve().parents[3]
Tables = dict[str, list[dict[str, Any]]]


@pytest.fixture
def tables() -> Tables:
    return {name: pq.read_table(ROOT / "data" / f"{name}.parquet").to_pylist() for name in NEEDED}


def of(plan: str, tables: Tables) -> PlanCoverage:
    return next(each for each in coverage(tables) if each.plan_id == plan)


def where(missing: tuple[Sentence, ...]) -> list[str]:
    return [sentence.clause_id for sentence in missing]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("（七）推进交通运输协同增效。加快推进“公转铁”；优化结构。", ["（七）推进交通运输协同增效。", "加快推进“公转铁”；", "优化结构。"]),
        ("落实《方案。要求》（以下简称“一。二”）。", ["落实《方案。要求》（以下简称“一。二”）。"]),
        ("建成。\n（市生态环境局负责）", ["建成。", "（市生态环境局负责）"]),
        ("一个没有闭合的（括号\n到2025年，完成改造。", ["一个没有闭合的（括号", "到2025年，完成改造。"]),
        ("没有句号", ["没有句号"]),
        ("\n \n", []),
    ],
)  # fmt: skip
def test_sentences(text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in sentences(text)] == found


def test_every_sentence_that_says_what_to_do_is_a_measure(tables: Tables) -> None:
    for plan in coverage(tables):
        assert plan.measures.missing == ()
        assert plan.measures.rows == sum(row["plan_id"] == plan.plan_id for row in tables["measures"])


def test_what_gave_no_row_is_listed_with_what_the_number_is(tables: Tables) -> None:
    missing = {each.clause_id: each for each in of("chongqing-synergy", tables).numbers.missing}
    forklifts = missing["chongqing-synergy/3.2"]
    assert "3吨以下叉车" in forklifts.text
    assert ("3吨", True) in forklifts.pieces
    assert forklifts.kinds == ("threshold",)
    assert "".join(piece for piece, _ in forklifts.pieces) == forklifts.text


def test_clauses_that_name_nobody(tables: Tables) -> None:
    shares = of("sanming-synergy", tables).responsible
    assert (shares.rows, shares.cases) == (22, 26)
    assert where(shares.missing) == [f"sanming-synergy/8.{number}" for number in (1, 2, 3, 4)]


def test_a_year_of_comparison_is_no_deadline(tables: Tables) -> None:
    (sentence,) = of("shenyang-synergy", tables).dates.missing
    assert ("2020年", True) in sentence.pieces
    assert sentence.kinds == ("baseline",)


def test_agencies_in_running_text_give_no_row(tables: Tables) -> None:
    missing = of("chongqing-synergy", tables).agencies.missing
    assert [("市级有关部门", True) in sentence.pieces for sentence in missing] == [True, True]


@pytest.mark.parametrize(
    ("table", "kind"),
    [
        ("targets", "numbers"),
        ("deadlines", "dates"),
        ("responsibilities", "agencies"),
        ("measures", "measures"),
    ],
)
def test_a_row_that_the_extraction_passed_over_is_seen(tables: Tables, table: str, kind: str) -> None:
    lost = {**tables, table: [row for row in tables[table] if row["clause_id"] != "wuhan-synergy/2.4"]}
    before, after = (set(getattr(of("wuhan-synergy", each), kind).missing) for each in (tables, lost))
    passed_over = after - before
    assert passed_over
    assert {sentence.clause_id for sentence in passed_over} == {"wuhan-synergy/2.4"}


def test_a_digit_that_the_ledger_does_not_know_is_seen(tables: Tables) -> None:
    clause = "chongqing-synergy/3.2"
    lost = {**tables, "numbers": [row for row in tables["numbers"] if row["clause_id"] != clause]}
    sentence = next(
        each for each in of("chongqing-synergy", lost).numbers.missing if each.clause_id == clause
    )
    assert ("3", True) in sentence.pieces
    assert sentence.kinds == ()


def test_no_plan_no_row() -> None:
    assert coverage({name: [] for name in NEEDED}) == []
