"""Chapters, clauses, sentences and responsibility brackets of a plan; nothing that stands in it is lost."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.document.clauses import Clause, clauses_of
from pipelines.document.document import PlanText
from pipelines.issues import Issue
from pipelines.vocabulary import load_vocabulary
from tests.samples import PLAN, TITLE, text_of


def read(*lines: str) -> tuple[tuple[Clause, ...], tuple[Issue, ...]]:
    return clauses_of(plan(*lines), load_vocabulary())


def plan(*lines: str) -> PlanText:
    return text_of("\n".join([TITLE, *lines]) + "\n")


def clauses(*lines: str) -> tuple[Clause, ...]:
    return read(*lines)[0]


def numbering(*lines: str) -> list[str]:
    return [issue.message for issue in read(*lines)[1]]


def parts(clause: Clause) -> list[str]:
    return [clause.text.string[part.start : part.end] for part in clause.sentences]


def brackets(clause: Clause) -> list[str]:
    return [clause.text.string[part.start : part.end] for part in clause.brackets]


TASK = "（一）强化生态环境分区管控。落实负面清单要求。依法关闭退出。（市生态环境局、市发改委按职责分工落实）"


def test_a_clause_from_its_number_to_its_bracket() -> None:
    (clause,) = clauses("一、重点任务", TASK)
    assert clause.clause_id == "wuhan-synergy/1.1"
    assert (clause.number, clause.title, clause.role) == (1, "强化生态环境分区管控", "task")
    assert clause.text.string == TASK
    assert parts(clause) == ["落实负面清单要求", "依法关闭退出"]
    assert brackets(clause) == ["市生态环境局、市发改委按职责分工落实"]


def test_chapters_and_paragraphs_without_a_number() -> None:
    found, _ = clauses_of(text_of(PLAN), load_vocabulary())
    assert [
        (clause.clause_id.partition("/")[2], clause.number, clause.chapter_title, clause.role)
        for clause in found
    ] == [
        ("0.1", None, "", "context"),
        ("1.1", None, "总体要求", "objective"),
        ("2.1", 1, "深入推进绿色低碳发展转型", "task"),
        ("2.2", 2, "深入推进绿色低碳发展转型", "task"),
        ("3.1", 3, "保障措施", "assurance"),
    ]


SENTENCES = {
    "a full stop in a quotation": ("推广“替、引；扩”措施；建设工程。", ["推广“替、引；扩”措施", "建设工程"]),
    "a semicolon in a bracket": ("建设（一期；二期）工程。推进。", ["建设（一期；二期）工程", "推进"]),
    "an exclamation and a question": ("全面推进！加快建设？落实。", ["全面推进", "加快建设", "落实"]),
    "nothing is cut in a bracket that never closes": (
        "建设（一期；工程。\n推进。",
        ["建设（一期；工程。推进。"],
    ),
}


@pytest.mark.parametrize(("text", "sentences"), SENTENCES.values(), ids=SENTENCES)
def test_sentences(text: str, sentences: list[str]) -> None:
    (clause, *_) = clauses("一、重点任务", f"（一）节能。\n{text}", "（二）降碳。推进降碳工作。")
    assert parts(clause) == sentences


BRACKETS = {
    "a predicate": ("推进建设。（市发改委、市经信局按职责分工负责）", ["市发改委、市经信局按职责分工负责"]),
    "a bracket inside": (
        "推进建设。（各区人民政府（含开发区、长江新区）落实）",
        ["各区人民政府（含开发区、长江新区）落实"],
    ),
    "a label": ("推进建设。（责任单位：市发改委、经信局）", ["责任单位：市发改委、经信局"]),
    "a bare list": ("推进建设。（市生态环境局、市财政局）", ["市生态环境局、市财政局"]),
    "half-width": ("推进建设。(市生态环境局负责)", ["市生态环境局负责"]),
    "corner brackets": ("推进建设。【市生态环境局负责】", ["市生态环境局负责"]),
    "a full stop behind it": ("推进建设。（市生态环境局负责）。", ["市生态环境局负责"]),
    "a label without a bracket": (
        "推进建设。\n责任单位：市生态环境局、市财政局。",
        ["责任单位：市生态环境局、市财政局"],
    ),
    "hexagonal brackets": (
        "推进建设。〔市生态环境局牵头，市经信局参与〕",
        ["市生态环境局牵头，市经信局参与"],
    ),
    "between two sentences": (
        "编制清单。〔市生态环境局负责，以下各项工作均需各县、区人民政府（管委会）落实，不再列出。〕推进改造。（市经信局负责）",
        [
            "市生态环境局负责，以下各项工作均需各县、区人民政府（管委会）落实，不再列出。",
            "市经信局负责",
        ],
    ),
    "short labels": (
        "推进建设。（牵头：市交通运输局；配合：市公安局）",
        ["牵头：市交通运输局；配合：市公安局"],
    ),
    "a list that ends with a group": (
        "推进建设。（市发展改革委，江北新区管委会，各板块）",
        ["市发展改革委，江北新区管委会，各板块"],
    ),
    "who is meant": ("推进节能。（包括机关、事业单位、社会团体和市属国有企业）", []),
    "a note between two sentences": ("推广新能源车辆。（含运渣车）推进改造。", []),
    "an abbreviation": ("落实生态环境分区管控要求（以下简称“三线一单”）", []),
    "a note": ("推广使用新能源车辆（含运渣车）", []),
}


@pytest.mark.parametrize(("text", "found"), BRACKETS.values(), ids=BRACKETS)
def test_responsibility_brackets(text: str, found: list[str]) -> None:
    (clause, *_) = clauses("一、重点任务", f"（一）节能。{text}", "（二）降碳。推进降碳工作。")
    assert brackets(clause) == found


def test_a_bracket_between_sentences_is_no_part_of_either() -> None:
    (clause,) = clauses(
        "一、重点任务", "（一）节能。编制清单。（市生态环境局负责）推进改造；淘汰落后设备。（市经信局负责）"
    )
    assert parts(clause) == ["编制清单", "推进改造", "淘汰落后设备"]


def test_a_bracket_behind_a_heading() -> None:
    (clause,) = clauses(
        "一、重点任务",
        "（一）优化产业布局（市发展改革局、市工业和信息化局负责）",
        "动态更新“三线一单”成果。",
    )
    assert clause.title == "优化产业布局"
    assert brackets(clause) == ["市发展改革局、市工业和信息化局负责"]
    assert parts(clause) == ["动态更新“三线一单”成果"]


def test_a_dash_that_opens_an_item_is_no_part_of_its_sentence() -> None:
    (clause,) = clauses("一、重点任务", "（一）节能。\n——推进改造。\n——淘汰落后设备。")
    assert parts(clause) == ["推进改造", "淘汰落后设备"]


def test_number_date_and_issuers_below_a_title_are_no_clause() -> None:
    found = clauses(
        "武环〔2023〕22号",
        "（2023年3月17日）",
        "武汉市生态环境局",
        "为落实部署，制定本方案。",
        "一、总体要求",
        "节能。",
    )
    assert [clause.text.string for clause in found] == ["为落实部署，制定本方案。", "节能。"]


def test_blanks_in_the_number_of_a_heading() -> None:
    found = clauses("一 、重点任务", "( 一)节能。 推进改造。", "二、 保障措施", "加强领导。")
    assert [(clause.chapter_title, clause.number) for clause in found] == [
        ("重点任务", 1),
        ("保障措施", None),
    ]


NUMBERING = {
    "a gap between clauses": (["（一）节能。推进。", "（四）降碳。推进。"], ["clause 4 follows clause 1"]),
    "a clause twice": (
        ["（七）节能。推进。", "（七）降碳。推进。"],
        ["clause 7 follows clause 0", "clause 7 stands twice in chapter 1"],
    ),
    "a chapter left out": (["节能。", "三、保障措施", "降碳。"], ["chapter 3 follows chapter 1"]),
    "chapters out of order": (
        ["节能。", "三、保障措施", "降碳。", "二、重点任务", "扩绿。"],
        ["chapter 3 follows chapter 1", "chapter 2 follows chapter 3"],
    ),
    "a chapter twice": (["节能。", "一、保障措施", "降碳。"], ["chapter 1 follows chapter 1"]),
    "a chapter without a text": (
        ["节能。", "二、重点任务", "三、保障措施", "降碳。"],
        ["chapter 2 has no text"],
    ),
    "clauses that begin anew in each chapter": (
        ["（一）节能。推进。", "二、保障措施", "（一）降碳。推进。"],
        [],
    ),
    "clauses numbered through": (["（一）节能。推进。", "二、保障措施", "（二）降碳。推进。"], []),
}


@pytest.mark.parametrize(("lines", "messages"), NUMBERING.values(), ids=NUMBERING)
def test_what_is_odd_in_the_numbering_is_an_issue(lines: list[str], messages: list[str]) -> None:
    assert numbering("一、总体要求", *lines) == messages


def test_a_chapter_out_of_order_keeps_its_clauses() -> None:
    found = clauses(
        "一、总体要求", "节能。", "三、保障措施", "（一）降碳。推进。", "二、重点任务", "（二）扩绿。推进。"
    )
    assert [(clause.chapter_number, clause.chapter_title) for clause in found] == [
        (1, "总体要求"),
        (3, "保障措施"),
        (2, "重点任务"),
    ]
    assert len({clause.clause_id for clause in found}) == 3


def test_a_heading_with_its_text_on_one_line() -> None:
    (*_, clause) = clauses(
        "一、总体要求", "节能。", "二、组织实施。各区要加强领导。压实责任。（市生态环境局负责）"
    )
    assert clause.chapter_title == "组织实施"
    assert parts(clause) == ["各区要加强领导", "压实责任"]
    assert brackets(clause) == ["市生态环境局负责"]


def test_a_chapter_that_is_one_sentence() -> None:
    (*_, clause) = clauses("一、总体要求", "节能。", "二、本方案自2023年10月8日起实施，有效期5年。")
    assert clause.text.string == "二、本方案自2023年10月8日起实施，有效期5年。"


def test_items_of_a_clause() -> None:
    (clause,) = clauses(
        "一、重点任务",
        "（一）推进协同增效。",
        "1．工业领域。推广设备。（市经信局负责）",
        "2．建筑领域。推进改造。（市城建局负责）",
    )
    assert [
        (clause.text.string[part.start : part.end], part.item)
        for part in (*clause.sentences, *clause.brackets)
    ] == [
        ("推广设备", 1),
        ("推进改造", 2),
        ("市经信局负责", 1),
        ("市城建局负责", 2),
    ]


@given(
    st.lists(
        st.sampled_from(
            [
                "一、总体要求",
                "二、重点任务",
                "三、保障措施。加强领导。",
                "五、附则",
                "（一）节能。推进节能。",
                "（二）降碳",
                "（七）扩绿。（市林业局负责）",
                "（1）工业。推广。",
                "1．建筑。推进改造。",
                "①交通。推进。",
                "到2025年，持续改善。",
                "（市生态环境局、市发改委按职责分工负责）",
                "责任单位：市经信局",
                "推进工业、建筑、交通等领域",
                "指标 2020年 2025年",
                "（未完",
            ]
        ),
        max_size=12,
    )
)
def test_every_line_stands_in_a_clause_or_is_a_heading(lines: list[str]) -> None:
    """However the lines of a plan follow each other, none of them is lost."""
    text = plan("一、总体要求", *lines, "全面落实。")
    found, _ = clauses_of(text, load_vocabulary())
    body = text.text.string[text.title_end : text.end]
    headings = re.compile(r"[一二三五]、(?:总体要求|重点任务|保障措施|附则)。?")
    kept = "".join(clause.text.string for clause in found)
    assert re.sub(r"\s", "", headings.sub("", body)) == re.sub(r"\s", "", headings.sub("", kept))


def test_a_place_among_the_cells_of_a_table_stands_in_it_and_not_in_the_annex() -> None:
    (clause,) = clauses("一、重点任务", "推进绿色发展，强化管控。")
    annex = replace(clause, tabular=((0, 4),), is_annex=True)
    assert [annex.located_in(place) for place in (0, 3, 4)] == ["table", "table", "annex"]
