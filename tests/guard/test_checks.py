"""What each check of the rows finds: a fault planted in the published tables, the check meant for it, what it says.

The published rows pass every one of them (test_validate). A change is a cell, by key and column, or a function of rows.
"""

import datetime
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from pipelines.guard.checks import RULES, View
from pipelines.guard.guards import Guards
from pipelines.guard.suites import load_suites
from pipelines.package.build import build
from pipelines.package.dataset import read_dataset
from pipelines.schema import load_schemas
from tests.guard.packages import Row, cell, changed, guards, package
from tests.samples import PLAN, write_seeds

COAL = "wuhan-synergy/2.4/t1"  # 到2025年，全市煤炭占能源消费总量的比重下降至30%以内
COAL_NUMBER = "wuhan-synergy/2.4/n8"
MILESTONE = "chongqing-synergy/1.2/t1"  # 到2025年，全市减污降碳协同推进工作格局基本形成，…
HEADING = "wuhan-synergy/2.4/m1"  # 坚持“减煤、稳气、少油、强电、增绿”原则，…
CITED = "chongqing-synergy/0.1/c1"
PARALLEL = "shenyang-synergy/5.5/m10/p1"  # 加快…, also in Sanming and Chongqing
STRIVEN = "wuhan-synergy/3.5/t1"  # 力争2025年前，完成植树造林10万亩
SUPPORTED_ELSEWHERE = "shenyang-synergy/9.1/r1"  # 各区、县（市）政府配合 stands in 4.1
# 以习近平新时代…, the block of a whole clause without children
PARAGRAPH = next(
    str(block)
    for block, clause in package().frames["blocks"][["block_id", "clause_id"]].to_numpy()
    if clause == "wuhan-synergy/1.1"
)
Change = Callable[[list[Row]], None]


def by_key(rows: list[Row], key: str) -> Row:
    return next(row for row in rows if next(iter(row.values())) == key)


def set_cells(key: str, **cells: object) -> Change:
    return lambda rows: by_key(rows, key).update(cells)


def drop(key: str) -> Change:
    return lambda rows: rows.remove(by_key(rows, key))


def shift(key: str, start: int = 0, end: int = 0) -> Change:
    def change(rows: list[Row]) -> None:
        row = by_key(rows, key)
        row.update(source_start=row["source_start"] + start, source_end=row["source_end"] + end)

    return change


def repeat(key: str) -> Change:
    return lambda rows: rows.append(dict(by_key(rows, key)))


# The table and the name of a check, the table that is changed, how, and what the check says.
PLANTED: list[tuple[str, str, str, Change | tuple[str, str, object], str]] = [
    # cells
    ("measures", "no-formula", "measures", (HEADING, "text", "=1+1"), "a spreadsheet would read a formula"),
    ("agencies", "clean", "agencies", ("wuhan/water", "name", "武汉市水務局"), "the traditional 務 is 务"),
    ("clauses", "clean", "clauses", ("wuhan-synergy/2.4", "title", "推进清洁生产,能源资源节约"), "half-width ','"),
    ("targets", "clean", "targets", (COAL, "indicator", "煤炭占能源消费总量的 比重"), "a blank stands in"),
    ("targets", "clean", "targets", (COAL, "indicator", "煤炭(tàn)占能源消费总量的比重"), "is left of a broken copy"),
    ("targets", "clean", "targets", (COAL, "indicator", "煤炭\u200b占能源消费总量的比重"), "is left of a broken copy"),
    ("targets", "balanced", "targets", (COAL, "quote", "（全市煤炭"), "（ has no counterpart"),
    # provenance
    ("targets", "in-the-text", "targets", (COAL, "quote", "全市煤炭占能源消费总量的比重下降至31%以内"), "下降至30%以内"),
    ("targets", "in-the-text", "targets", shift(COAL, 1, 1), "at its place stands"),
    ("clauses", "in-the-text", "repairs", drop("wuhan-official/f3"), "at its place stands"),
    ("documents", "from-the-seed", "repairs", drop("wuhan-official/f3"), "the repairs make of the seed"),
    ("repairs", "before-of-seed", "repairs", ("wuhan-official/f1", "before", "甲"), "at its place stands"),
    ("targets", "in-turn", "targets", drop("wuhan-synergy/1.3/t2"), "expected wuhan-synergy/1.3/t2"),
    ("measures", "in-turn", "measures", (HEADING, "position", 2), "expected 1"),
    ("issues", "in-turn", "issues", drop("sanming-official/i2"), "expected sanming-official/i2"),
    ("clauses", "clause-in-turn", "clauses", drop("wuhan-synergy/2.4"), "expected wuhan-synergy/2.4"),
    ("clauses", "clause-in-turn", "clauses", ("wuhan-synergy/2.4", "position", 5), "its id says 4"),
    ("clauses", "clause-in-turn", "clauses", ("wuhan-synergy/2.4", "chapter_number", 3), "expected one that begins with wuhan-synergy/3."),
    ("targets", "in-its-clause", "targets", (COAL, "plan_id", "shenyang-synergy"), "its clause is of wuhan-synergy"),
    ("targets", "in-its-clause", "targets", (COAL, "source_start", 0), "the clause that it stands in goes from"),
    ("numbers", "in-order", "numbers", shift(COAL_NUMBER, -40), "the row before it goes on to"),
    ("issuers", "range-in-seed", "issuers", shift("chongqing-synergy", end=90_000), "expected a range in the"),
    # conservation
    ("documents", "partition", "blocks", drop(PARAGRAPH), "no block holds"),
    ("documents", "partition", "blocks", shift(PARAGRAPH, end=40), "two blocks hold"),
    ("blocks", "nested", "blocks", ("wuhan-official/b20", "parent_id", "wuhan-official/b40"), "its parent does not stand before it"),
    ("blocks", "in-a-clause", "clauses", drop("wuhan-synergy/7.3"), "there is no such clause"),
    ("blocks", "in-a-clause", "blocks", (PARAGRAPH, "clause_id", None), "no clause holds it"),
    ("blocks", "in-a-clause", "blocks", ("wuhan-official/b20", "clause_id", "wuhan-synergy/7.3"), "the clause goes from"),
    ("blocks", "known", "blocks", ("wuhan-official/b20", "kind", "unknown"), "expected none of"),
    ("clauses", "code-of-words", "clauses", ("wuhan-synergy/2.4", "sector_id", "water"), " means "),
    ("clauses", "words-printed", "clauses", ("wuhan-synergy/2.4", "sector_as_written", "水务"), "“水务” does not stand in"),
    ("clauses", "numerals-counted", "numbers", drop("wuhan-synergy/2.4/n9"), "no row of numbers for “40”"),
    ("clauses", "numerals-counted", "numbers", shift(COAL_NUMBER, end=15), "two rows of numbers for “40”"),
    ("clauses", "sentences-measured", "measures", drop("wuhan-synergy/2.4/m8"), "no measure for “推进重点行业"),
    ("clauses", "sentences-measured", "clauses", ("wuhan-synergy/2.4", "role", "objective"), "has no measures"),
    ("targets", "measure-here", "targets", (COAL, "measure_id", HEADING), "it stands in wuhan-synergy/2.4/m7"),
    ("targets", "located", "targets", (COAL, "located_in", "box"), "it stands in a text"),
    ("targets", "deadline-of-time", "targets", (COAL, "deadline_basis", None), "a deadline, and nothing else, has a basis"),
    ("numbers", "accounted", "numbers", (COAL_NUMBER, "disposition", "count"), "expected one where the disposition is target"),
    ("numbers", "accounted", "numbers", (COAL_NUMBER, "target_id", "wuhan-synergy/2.4/t2"), "the target is “40亿立方米”"),
    ("numbers", "accounted", "numbers", (COAL_NUMBER, "value", 31.0), "the row that it went into states 30.0"),
    ("targets", "counted", "numbers", drop(COAL_NUMBER), "no row of numbers in its range"),
    ("deadlines", "counted", "numbers", drop("wuhan-synergy/2.4/n7"), "expected one row of numbers over its range"),
    ("responsibilities", "inherited", "responsibilities", drop("shenyang-synergy/4.3/r8"), "lacks what shenyang-synergy/4.1"),
    ("responsibilities", "inherited", "responsibilities", ("shenyang-synergy/4.2/r4", "inherited_from", None), "names the clause"),
    ("responsibilities", "in-the-bracket", "responsibilities", ("wuhan-synergy/2.4/r1", "as_written", "市水务局"), "the bracket is"),
    ("clauses", "brackets-read", "clauses", ("wuhan-synergy/2.4", "responsibility_text", "市水务局负责"), "does not print"),
    # boundaries
    ("measures", "whole-sentence", "measures", shift(HEADING, end=-3), "behind it stands"),
    ("measures", "whole-sentence", "measures", (HEADING, "text", "坚持原则。制定方案"), "it holds the sentence mark 。"),
    ("targets", "whole-quote", "targets", shift(COAL, end=-3), "behind it the text goes on with “%以内"),
    ("targets", "whole-quote", "targets", shift(MILESTONE, start=3), "before it stands"),
    ("targets", "whole-quote", "targets", (MILESTONE, "quote", "格局基本形成；协同度有效提升"), "it holds the mark ；"),
    ("targets", "indicator-whole", "targets", (COAL, "indicator", "天然气消费比重"), "its sentence does not print it"),
    ("targets", "indicator-whole", "targets", (COAL, "indicator", "全市煤炭占能源消费总量的比重"), "it opens with the scope 全市"),
    ("targets", "indicator-whole", "targets", (COAL, "indicator", "煤炭占能源消费总量的比重下降至"), "it ends with 下降至"),
    ("numbers", "whole-number", "numbers", shift(COAL_NUMBER, start=1), "it stands between"),
    ("agencies", "whole-name", "agencies", ("wuhan/water", "name", "武汉市*水务局"), "'*' is not part of a name"),
    # evidence
    ("targets", "kind-whole", "targets", (COAL, "indicator", None), "a quantified target has one"),
    ("targets", "kind-whole", "targets", (MILESTONE, "value", 3.0), "a milestone has none"),
    ("targets", "kind-whole", "targets", (MILESTONE, "deadline", None), "a milestone has a deadline"),
    ("targets", "words-printed", "targets", (COAL, "hedge", "左右"), "“左右” does not stand in"),
    ("targets", "words-printed", "targets", (COAL, "comparator_as_written", "以上"), "“以上” does not stand in"),
    ("targets", "code-of-words", "targets", (COAL, "comparator", ">="), "“以内” means <="),
    ("targets", "code-of-words", "targets", (COAL, "change", "decrease"), "“下降至” means level"),
    ("targets", "code-of-words", "targets", (COAL, "strength", "strive"), "“” means firm"),
    ("targets", "words-used", "targets", set_cells(COAL, comparator="=", comparator_as_written=None), "“以内” stands at the number"),
    ("targets", "words-used", "targets", set_cells("chongqing-synergy/3.1/t1", change="level", change_as_written=None), "“降低” stands at the number"),
    ("targets", "words-used", "targets", set_cells(STRIVEN, strength="firm", strength_as_written=None), "“力争” stands at the number"),
    ("measures", "code-of-words", "measures", (HEADING, "bindingness", "explore"), "“坚持” means require"),
    ("targets", "indicator-named", "targets", (COAL, "indicator_id", "gas-share"), "names coal-share by 煤炭、比重"),
    ("targets", "indicator-named", "targets", (COAL, "indicator_words", "煤炭"), "names coal-share by 煤炭、比重"),
    ("issues", "still-true", "targets", set_cells(COAL, indicator_id=None, indicator_words=None), "there is no issue no-indicator"),
    ("comparisons", "compared", "comparisons", ("wuhan-synergy/2.4/t1", "value", 40.0), "the other tables say 30.0"),
    ("targets_wide", "told-by-tables", "targets_wide", (COAL, "indicator_en", "Gas in energy"), "the other tables say Coal"),
    ("measures_wide", "told-by-tables", "measures_wide", ("wuhan-synergy/2.4/m1", "named_agencies", "市财政局"), "the other tables say"),
    ("comparisons", "compared", "comparisons", ("wuhan-synergy/2.4/t1", "comparison_group", "coal-share/2"), "the other tables say coal-share/1"),
    ("comparisons", "compared", "comparisons", drop("wuhan-synergy/2.4/t1"), "there is no row of wuhan-synergy/2.4/t1"),
    ("targets", "value-of-words", "targets", (COAL, "value", 300000.0), "the words say 30%"),
    ("targets", "value-of-words", "targets", ("wuhan-synergy/2.4/t2", "value", 40.0), ""),
    ("targets", "value-of-words", "targets", (COAL, "unit", "mu"), "the words say percent"),
    ("numbers", "number-of-words", "numbers", ("wuhan-synergy/2.4/n4", "value", 1.0), "the words say 三"),
    ("deadlines", "date-of-words", "deadlines", ("wuhan-synergy/2.4/d1", "end_date", datetime.date(2026, 12, 31)), "the words end in 2025"),
    ("targets", "deadline-of-time", "targets", (COAL, "deadline", datetime.date(2026, 12, 31)), "its time, “到2025年”, ends on 2025-12-31"),
    ("targets", "deadline-of-time", "targets", (COAL, "deadline_id", None), "a deadline that stands in the plan has its row"),
    ("targets", "deadline-of-time", "targets", (COAL, "deadline_id", "wuhan-synergy/1.3/d1"), "its time"),
    ("targets", "deadline-of-time", "targets", (COAL, "baseline_year", 2026), "the deadline is 2025-12-31"),
    # identity
    ("plans", "of-its-place", "plans", ("wuhan-synergy", "level", "provincial"), "its place has municipal"),
    ("agencies", "of-its-place", "agencies", ("wuhan/water", "division_code", "210100"), "its place has 420100"),
    ("plans", "as-printed", "plans", ("wuhan-synergy", "issued_on", datetime.date(2023, 5, 12)), "no copy of the plan prints it"),
    ("plans", "as-printed", "plans", ("wuhan-synergy", "document_number", "武环〔2023〕56号"), "no copy of the plan prints it"),
    ("plans", "as-printed", "plans", ("wuhan-synergy", "title", "武汉市减污降碳实施方案"), "no copy of the plan prints it"),
    ("plans", "as-printed", "plans", ("wuhan-synergy", "base_document_id", "wuhan-reprint"), "the base copies are wuhan-official"),
    ("plans", "english-title", "plans", ("wuhan-synergy", "title_en", "Draft Plan of Wuhan"), "the vocabularies make of the title “Impl"),
    ("responsibilities", "agency-named", "responsibilities", ("wuhan-synergy/2.4/r1", "agency_id", "wuhan/finance"), "that of development-reform"),
    ("responsibilities", "code-of-words", "responsibilities", ("wuhan-synergy/2.4/r1", "role", "lead"), "means shared or sole"),
    ("responsibilities", "words-printed", "responsibilities", ("wuhan-synergy/2.4/r1", "role_as_written", "牵头会商"), "does not stand in"),
    ("responsibilities", "words-printed", "responsibilities", set_cells(SUPPORTED_ELSEWHERE, role="support", role_as_written="配合"), "“配合” does not stand in"),
    ("plans", "english-title-en", "plans", ("wuhan-synergy", "title_en", "\u202ePlan of Wuhan"), "in Latin letters"),
    ("documents", "as-in-sources", "documents", ("wuhan-official", "edition", "reprint"), "have official"),
    ("documents", "as-in-sources", "documents", ("wuhan-official", "sha256", "0" * 64), "sources.csv and the seed have"),
    ("agencies", "as-in-the-vocabulary", "agencies", ("wuhan/water", "function_id", "finance"), "expected water"),
    ("agencies", "as-in-the-vocabulary", "agencies", ("wuhan/water", "name_en", "Wuhan Finance Bureau"), "behind the name of a place"),
    ("agencies", "as-in-the-vocabulary", "agencies", ("wuhan/water", "name_en", "Former Wuhan Water Affairs Bureau"), "behind the name"),
    ("responsibilities", "agency-of-plan", "responsibilities", ("wuhan-synergy/2.4/r1", "agency_id", "shenyang/development-reform"), "it is of shenyang"),
    # linked
    ("parallels", "parallel-in-turn", "parallels", (PARALLEL, "similarity", 0.01), "the one before is less alike: 0.01"),
    ("parallels", "parallel-in-turn", "parallels", drop(PARALLEL), "expected shenyang-synergy/5.5/m10/p1"),
    ("parallels", "of-two-plans", "parallels", (PARALLEL, "plan_id", "wuhan-synergy"), "its measure is of shenyang-synergy"),
    ("parallels", "of-two-plans", "plans", ("shenyang-synergy", "level", "national"), "expected a plan before shenyang-synergy"),
    ("parallels", "shared-by-both", "parallels", shift(PARALLEL, 1, 1), "at its place stands"),
    ("parallels", "shared-by-both", "parallels", (PARALLEL, "other_measure_id", "sanming-synergy/4.4/m6"), "the measure does not hold the shared text"),
    ("parallels", "kind-of-shares", "parallels", (PARALLEL, "kind", "same"), "are adapted"),
    ("variants", "variant-in-turn", "variants", drop("wuhan-reprint/v2"), "expected wuhan-reprint/v2"),
    ("variants", "of-two-copies", "variants", ("wuhan-reprint/v6", "clause_id", "wuhan-synergy/3.4"), "it stands in wuhan-synergy/3.5"),
    ("variants", "of-two-copies", "variants", ("wuhan-reprint/v6", "other_document_id", "wuhan-official"), "the base document"),
    ("variants", "as-both-print", "variants", ("wuhan-reprint/v6", "other_text", "栎"), "at its place stands “栾”"),
    ("variants", "kind-of-texts", "variants", ("wuhan-reprint/v6", "kind", "punctuation"), "are wording"),
    ("topics", "topics-of-words", "topics", ("wuhan-synergy/2.4/s1", "code", "gas"), "the words of wuhan-synergy/2.4/m1 do not give it there"),
    ("topics", "topics-of-words", "topics", drop("wuhan-synergy/2.4/s1"), "wuhan-synergy/2.4/m1 gives coal too"),
    ("topics", "vocabulary-of-code", "topics", ("wuhan-synergy/2.4/s1", "vocabulary", "place"), "coal is of fuel"),
    ("topic_codes", "class-of-instrument", "topic_codes", ("coal", "instrument_class", "market-based"), "unexpected for coal"),
    ("topic_codes", "class-of-instrument", "topic_codes", ("permits", "eea_pam", None), "expected one"),
    ("citations", "named-by-words", "citations", (CITED, "document_number", "环综合〔2023〕42号"), "does not stand in"),
    ("citations", "named-by-words", "citations", set_cells(CITED, title=None, document_number=None), "neither a title nor a number"),
    ("citations", "cites-another", "citations", (CITED, "cited_plan_id", "wuhan-synergy"), "is not 武汉市"),
    ("citations", "national-by-words", "citations", (CITED, "national_document_id", "paris-agreement"), "the vocabulary has synergy-plan-2022"),
    ("citations", "code-of-words", "citations", (CITED, "relation", "revises"), "“根据” means basis"),
    ("citations", "code-of-words", "citations", (CITED, "kind", "law"), "“通知” means notice"),
    ("citations", "words-printed", "citations", (CITED, "relation_as_written", "落实到位"), "does not stand in"),
    # issues
    ("issues", "still-true", "blocks", ("wuhan-official/b2", "kind", "unknown"), "there is no issue text-after-plan of wuhan-official"),
    ("issues", "still-true", "issues", drop("sanming-official/i4"), "there is no issue no-responsibility of sanming-synergy/8.4"),
    ("issues", "still-true", "plans", ("wuhan-synergy", "issued_on", None), "there is no issue no-date of wuhan-official"),
    ("issues", "still-true", "issues", repeat("sanming-official/i4"), "it is said twice"),
    ("issues", "still-true", "issues", ("sanming-official/i4", "kind", "no-measure"), "the other tables say otherwise"),
    ("issues", "nothing-grave", "issues", ("sanming-official/i4", "severity", "error"), "expected none of ['error']"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("table", "name", "of", "change", "says"),
    PLANTED,
    ids=[f"{n}-{row[0]}-{row[1]}" for n, row in enumerate(PLANTED)],
)
def test_a_planted_fault_is_found(
    table: str, name: str, of: str, change: Change | tuple[str, str, object], says: str
) -> None:
    frame = cell(of, *change) if isinstance(change, tuple) else changed(of, change)
    check = guards().check(package().with_tables({of: frame}), table, name)
    assert check.failed, f"{table}.{name} finds nothing"
    assert any(says in failure.message for failure in check.failures), check.failures[:3]


def test_a_quote_without_its_verb_does_not_open_whole() -> None:
    """植树造林10万亩 is not 完成植树造林10万亩: the verb stands right before the quote."""
    frame = package().frames["targets"]
    row = next(each for each in frame.to_dict("records") if str(each["quote"]).startswith("完成"))
    shorter = changed(
        "targets",
        lambda rows: by_key(rows, row["target_id"]).update(
            quote=row["quote"][2:], source_start=row["source_start"] + 2
        ),
    )
    check = guards().check(package().with_tables({"targets": shorter}), "targets", "opens-whole")
    assert [failure.message for failure in check.failures] == ["before it stands “完成”"]


TABLE = (
    "表1 主要指标\n指标\n2020年\n2025年\n属性\n森林覆盖率（%）\n55.1\n57\n约束性\n"
    "化肥施用量（万吨）\n40.2\n38.5\n预期性\n"
)


def test_the_scale_of_a_number_in_a_table_is_that_of_its_row(tmp_path: Path) -> None:
    """万 stands in the row of 化肥施用量 alone: 57 of 森林覆盖率 is not 570,000."""
    seeds = write_seeds(tmp_path / "seeds", {"wuhan": PLAN.replace("三、保障措施", f"{TABLE}\n三、保障措施")})
    build(seeds, tmp_path, strict=False)
    read = read_dataset(tmp_path)
    rows = [row for row in read.rows("targets") if row["located_in"] == "table"]
    assert [(row["value_as_written"], row["value"]) for row in rows] == [("57", 57), ("38.5", 385000)]
    frame = read.frames["targets"].copy()
    assert Guards(read).check(read, "targets", "value-of-words").ok
    frame.loc[frame["value_as_written"] == "57", "value"] = 570000.0
    (failure,) = (
        Guards(read).check(read.with_tables({"targets": frame}), "targets", "value-of-words").failures
    )
    assert (failure.row, failure.message) == (rows[0]["target_id"], "the words say 57")


def test_every_check_is_in_a_suite_and_has_a_planted_fault() -> None:
    named = {each.name for suite in load_suites(load_schemas()).values() for each in suite}
    assert set(RULES) <= named
    assert set(RULES) <= {row[1] for row in PLANTED} | {"opens-whole"}


def test_an_empty_package_breaks_no_check() -> None:
    empty = {name: frame.iloc[:0] for name, frame in package().frames.items()}
    failed = [each for each in guards().expectations(package().with_tables(empty)) if not each.ok]
    assert not [each for each in failed for failure in each.failures if "broke" in failure.message]


@pytest.mark.parametrize("table", load_schemas())
def test_a_single_empty_table_breaks_no_check(table: str) -> None:
    view = View(package().with_tables({table: package().frames[table].iloc[:0]}), guards().vocabulary)
    for name, suite in guards().suites.items():
        rules = [each.rule for each in suite if each.rule and table in (name, *each.rule.reads)]
        assert all(isinstance(found, tuple) for rule in rules for found in rule.find(view, name))


def test_findings_are_told_by_plan() -> None:
    frame: pd.DataFrame = cell("targets", COAL, "value", 300000.0)
    check = guards().check(package().with_tables({"targets": frame}), "targets", "value-of-words")
    assert dict(check.plans) == {"wuhan-synergy": 1}
