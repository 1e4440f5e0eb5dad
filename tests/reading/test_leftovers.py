"""What the words of the vocabulary decide: without its row, what a word decided is an issue and not another reading."""

from dataclasses import replace
from functools import cache

import pytest

from pipelines.document.clauses import Clause, clauses_of
from pipelines.package.build import document_plans
from pipelines.reading.clauses import ClauseFacts, read_clause
from pipelines.reading.commitment import Commitment
from pipelines.seeds.sources import read_errata, read_source, read_sources
from pipelines.vocabulary import Vocabulary, load_vocabulary
from pipelines.vocabulary.rows import Change, Comparator, Hedge
from tests.samples import SEEDS, facts_of

WORDS = load_vocabulary()
RELATIONS = ("reaches", "moves", "bounded", "adds", "taken-up", "of-part", "share-of-whole")
ROWS = (*WORDS.comparators, *WORDS.changes, *WORDS.hedges)


def without(row: Comparator | Change | Hedge) -> Vocabulary:
    """The vocabulary without a row."""
    name = {Comparator: "comparators", Change: "changes", Hedge: "hedges"}[type(row)]
    return replace(WORDS, **{name: tuple(other for other in getattr(WORDS, name) if other is not row)})


def decided(one: Commitment, row: Comparator | Change | Hedge) -> bool:
    """Whether a row decided a code of a commitment."""
    if isinstance(row, Hedge):
        return row.word in one.hedge.split("、")
    if isinstance(row, Comparator) and row.stands == "between":
        return row.word in one.quantity.written
    if isinstance(row, Comparator):
        return row.word == one.comparator_as_written
    # 提升慢行交通设施146公里: before its object a word of change is a verb, with a row of its own.
    return row.word == one.change_as_written and one.rule in RELATIONS


def undecided(facts: ClauseFacts, place: int) -> bool:
    """Whether the number at a place is an issue: nothing is committed by it and no rule says what it is."""
    at = [entry for entry in facts.entries if entry.start <= place < entry.end]
    return [entry.disposition for entry in at] == ["undecided"]


@cache
def clauses() -> tuple[tuple[Clause, ClauseFacts], ...]:
    """The clauses of the four plans, and what is read in them."""
    sources = read_sources(SEEDS)
    errata = read_errata(SEEDS, sources)
    found: list[Clause] = []
    for source in sources:
        if source.is_base:
            (plan,) = document_plans(read_source(SEEDS, source, errata[source.document_id]), WORDS, SEEDS)
            found += clauses_of(plan, WORDS)[0]
    return tuple((clause, read_clause(clause, WORDS)) for clause in found)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.word} {getattr(row, 'stands', '')}")
def test_without_its_row_what_a_word_decides_is_an_issue(row: Comparator | Change | Hedge) -> None:
    """In the example of the row, and wherever the four plans print the word."""
    reduced = without(row)
    example = row.example.partition(":")[0]
    by_row = [one for one in facts_of(example).commitments if decided(one, row)]
    assert by_row, example
    less = facts_of(example, vocabulary=reduced)
    assert all(undecided(less, one.quantity.start) for one in by_row), [
        (one.indicator, one.comparator, one.change, one.rule) for one in less.commitments
    ]
    for clause, facts in clauses():
        places = {one.quantity.start for one in facts.commitments if decided(one, row)}
        if places:
            less = read_clause(clause, reduced)
            assert all(undecided(less, place) for place in places), clause.text.string


@pytest.mark.parametrize(
    ("row", "text", "comparator"),
    [
        (Comparator("开外", "behind", ">=", ""), "森林覆盖率提高到57%开外", ">="),
        (Comparator("不得逾越", "before", "<=", ""), "煤炭消费比重不得逾越40%", "<="),
        (Comparator("无论如何须", "ahead", ">=", ""), "每个设区市无论如何须建成1个近零碳园区", ">="),
    ],
)
def test_a_word_is_added_as_one_row_and_nothing_else(row: Comparator, text: str, comparator: str) -> None:
    if row.stands == "ahead":
        assert [one.comparator for one in facts_of(text).commitments] == ["="]
    else:
        assert undecided(facts_of(text), text.index("%") - 2)
    (one,) = facts_of(text, vocabulary=replace(WORDS, comparators=(*WORDS.comparators, row))).commitments
    assert (one.comparator, one.comparator_as_written) == (comparator, row.word)


BOUNDS = {row.word for row in WORDS.comparators if row.word.isalpha()} | {row.word for row in WORDS.hedges}
BOUNDS -= {"突破"}  # an action too
UNKNOWN_BEHIND = ("开外", "之多", "之谱", "有余", "许", "光景", "不止")


@pytest.mark.parametrize("behind", sorted({*UNKNOWN_BEHIND, *BOUNDS}))
@pytest.mark.parametrize(
    "line",
    ["建成园区50个", "新建充电桩3万台", "建设公共加氢站20座", "完成造林10万亩", "农村地区新建充电桩1000个"],
)
def test_a_word_behind_a_counted_unit_is_read_by_its_row_or_is_an_issue(line: str, behind: str) -> None:
    """It is no part of the name of what stands before the number."""
    facts = facts_of(line + behind)
    (plain,) = facts_of(line).commitments
    known = {row.word for row in WORDS.comparators if row.stands == "behind"}
    if behind in known:
        assert [(one.indicator, one.comparator_as_written) for one in facts.commitments] == [
            (plain.indicator, behind)
        ]
    else:
        assert undecided(facts, plain.quantity.start), facts.commitments


@pytest.mark.parametrize("line", ["淘汰煤电落后产能13台机组", "新建黔东北、黔东南、黔西南3个植物园"])
def test_what_goes_on_behind_its_number_is_known_by_how_it_ends(line: str) -> None:
    assert len(facts_of(line).commitments) == 1


@pytest.mark.parametrize(
    "line", ["管道天然气覆盖66%以上旗县", "知名品牌等10个以上", "品牌达10个以上，知名品牌10个以上"]
)
def test_a_printed_bound_that_no_form_reads_is_an_issue(line: str) -> None:
    """It bounds something; that it only delimits is for a form to say."""
    facts = facts_of(line)
    assert (facts.entries[-1].disposition, facts.entries[-1].rule) == ("undecided", "left-over")


def test_an_amount_at_the_end_of_what_is_done_is_no_mere_count() -> None:
    assert undecided(facts_of("既有居住建筑节能改造1000万平米"), 10)
