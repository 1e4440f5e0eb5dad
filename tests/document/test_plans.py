"""Where a plan begins and ends in a copy, and what stands round it."""

import pytest

from pipelines.document.blocks import leaves
from pipelines.document.doubts import doubts_of
from pipelines.document.parts import ends_with_bracket
from pipelines.vocabulary import load_vocabulary
from tests.samples import PLAN, TITLE, text_of, texts_of

VOCABULARY = load_vocabulary()

LETTER = """市生态环境局 市发改委关于印发武汉市减污降碳协同增效实施方案的通知

各区人民政府，各有关单位：

经市人民政府同意，现将《武汉市减污降碳协同增效实施方案》印发给你们，请认真贯彻落实。

武汉市生态环境局 武汉市发展和改革委员会

2023年5月11日

"""
EXPLAINER = """《武汉市减污降碳协同增效实施方案》解读

为贯彻实施国家和省碳达峰综合战略，武汉市编制印发了《武汉市减污降碳协同增效实施方案》。
一、编制背景
到2025年，煤炭占能源消费总量的比重下降至30%以内。

原文如下↓

"""
FOOT = "扫一扫在手机上查看当前页面\n抄送：市委办公厅\n2023年5月11日\n（此件公开发布）\n武汉市生态环境局\n"
OTHER = PLAN.replace(TITLE, "沈阳市节能减排综合工作方案")


def kinds(text: str) -> list[str]:
    return list(dict.fromkeys(block.kind for block in leaves(text_of(text).document.blocks)))


HEADS = {
    "nothing": "",
    "covering letter": LETTER,
    "explainer": EXPLAINER,
    "explainer and letter": EXPLAINER + LETTER,
    "head of a web page": "首页 > 政务公开\n发布时间：2023-05-11\n",
}


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS)
def test_what_precedes_the_title_is_none_of_the_plan(head: str) -> None:
    assert text_of(head + PLAN).plan.string == PLAN.rstrip()


@pytest.mark.parametrize("line", FOOT.splitlines()[1:])
def test_the_foot_of_a_page_is_none_of_the_plan(line: str) -> None:
    text = f"{PLAN}\n{line}\n"
    assert text_of(text).plan.string == PLAN.rstrip()
    assert "foot" in kinds(text)
    assert list(doubts_of(text_of(text), VOCABULARY)) == []


def test_what_stands_round_a_plan_is_known() -> None:
    assert kinds(LETTER + PLAN + FOOT) == ["letter", "front", "paragraph", "heading", "running", "foot"]


def test_lines_after_the_plan_that_no_rule_knows_are_named() -> None:
    text = text_of(f"{PLAN}\n各区要进一步\n附表\n指标 2025年\n")
    assert [(doubt.issue.kind, doubt.issue.message) for doubt in doubts_of(text, VOCABULARY)] == [
        ("text-after-plan", "Text after the last whole clause is not read: 6 characters from “各区要进一步”"),
        ("annex", "An annex after the last clause is not read: 10 characters from “附表”"),
    ]


def test_each_text_that_no_rule_knows_has_its_own_issue() -> None:
    text = text_of(f"{PLAN}\n各区要进一步\n{FOOT.splitlines()[1]}\n{OTHER}\n各部门要进一步\n")
    unknown = [block for block in text.document.blocks if block.kind == "unknown"]
    doubts = [doubt.issue for doubt in doubts_of(text, VOCABULARY) if doubt.issue.kind == "text-after-plan"]
    assert len(unknown) == 2
    assert [issue.start for issue in doubts] == [block.start for block in unknown]


def test_a_title_on_two_lines() -> None:
    text = PLAN.replace(TITLE, "湖南省长沙市人民政府关于推进\n绿色建筑发展的实施意见")
    assert text_of(text).title.string == "湖南省长沙市人民政府关于推进绿色建筑发展的实施意见"


@pytest.mark.parametrize(
    "announcement", ["特制定方案如下：", "现将有关事项通知如下：", "具体措施和方案如下："]
)
def test_an_announcement_that_no_title_follows_is_none(announcement: str) -> None:
    text = PLAN.replace("制定本实施方案。", announcement)
    assert text_of(text).plan.string == text.rstrip()


def test_two_plans_in_one_document_have_their_own_ids() -> None:
    first, second = texts_of(PLAN + OTHER)
    assert (first.plan_id, first.is_main, first.plan.string) == ("wuhan-synergy", True, PLAN.rstrip())
    assert (second.plan_id, second.is_main, second.plan.string) == ("wuhan-synergy-2", False, OTHER.rstrip())


def test_a_notice_with_chapters_of_its_own_is_the_letter_of_the_plan_behind_it() -> None:
    notice = LETTER.replace("经市人民政府同意", "一、提高认识。经市人民政府同意").replace(
        "实施方案的通知", "方案的通知"
    )
    (plan,) = texts_of(notice + PLAN)
    assert plan.plan.string == PLAN.rstrip()


@pytest.mark.parametrize("text", [PLAN.removeprefix(TITLE), f"{TITLE}\n为落实部署，制定本方案。\n"])
def test_a_plan_without_a_title_or_without_chapters_is_read(text: str) -> None:
    assert text_of(text).title.string
    assert text_of(text).passages


CUT = {
    "inside a sentence": "以改善生态环境质量为核心，统筹污染治理、生态保护、应对气候变化，协同推进降碳、减污、扩绿、增",
    "inside a responsibility bracket": "依法加快重污染企业搬迁改造。（市生态环境局、市发改委、市经",
    "inside a bracket in that bracket": "推进试点。（各区人民政府（含开发区、长江新区）",
    "inside a quotation": "坚持“减煤、稳气。",
    "after the number of a clause": "（四）",
    "after the heading of a chapter": "四、保障措施",
    "after the number of an item": "1．完善",
}


@pytest.mark.parametrize("end", CUT.values(), ids=CUT)
def test_a_text_that_is_cut_off_is_read_with_a_warning(end: str) -> None:
    text = text_of(f"{PLAN}\n{end}")
    assert text.plan.string.endswith(end)
    (doubt,) = doubts_of(text, VOCABULARY)
    assert (doubt.issue.severity, doubt.issue.kind) == ("warning", "cut-off")
    assert "stops inside a sentence, a bracket or a quotation" in doubt.found


@pytest.mark.parametrize(
    ("text", "does"),
    [
        ("推进建设。（市发改委、各区人民政府（含开发区）等按职责分工负责）", True),
        ("推进建设；（市生态环境局）", True),
        ("推进屋顶光伏（分布式）", False),
        ("推进建设。（以下简称“三线一单”）", False),
        ("推进建设。）市发改委负责）", False),
        ("推进建设。（市发改委负责", False),
        ("", False),
    ],
)
def test_the_bracket_that_ends_a_clause(text: str, does: bool) -> None:
    assert ends_with_bracket(text, VOCABULARY) == does


def test_ten_thousand_nested_brackets_are_looked_through_once() -> None:
    deep = "推进建设。" + "（" * 10_000 + "市发改委负责" + "）" * 10_000
    assert not ends_with_bracket(deep, VOCABULARY), "no bracket of a plan is that long"
    assert text_of(PLAN.replace("依法加快", deep + "。依法加快")).passages


TITLES = {
    # the lines before a plan's text, and the title that stands among them
    "over two lines": ("武汉市减污降碳协同\n增效实施方案", "武汉市减污降碳协同增效实施方案"),
    "whole before its last line": ("武汉市推广和规范\n碳中和方案\n", "武汉市推广和规范碳中和方案"),
    "with its version": ("武汉市碳普惠交易管理办法\n（试行）", "武汉市碳普惠交易管理办法（试行）"),
    "set upright": ("经济政策环境影响分析\n技\n术\n指\n南", "经济政策环境影响分析技术指南"),
    "printed twice": (
        "国务院关于加快建立循环发展经济体系的指导意见\n国务院关于加快建立循环发展经济体系的指导意见\n（国发〔2021〕4号）",
        "国务院关于加快建立循环发展经济体系的指导意见",
    ),
    "behind the paper and the number of a notice": (
        "武汉市人民政府文件\n武政〔2022〕11号\n市人民政府关于印发武汉市碳达峰实施\n方案的通知\n现将《武汉市碳达峰实施方案》印发给你们。\n武汉市人民政府\n2022年3月24日\n武汉市碳达峰实施方案",
        "武汉市碳达峰实施方案",
    ),
    "not one that a sentence cites": (
        "四川省林草碳汇发展推进方案\n为落实《关于大力推进林草碳汇高质量发展的意见》\n《四川林草碳汇行动方案》\n（川林发〔2021〕20号），制定本方案。",
        "四川省林草碳汇发展推进方案",
    ),
}


@pytest.mark.parametrize(("lines", "title"), TITLES.values(), ids=TITLES)
def test_titles(lines: str, title: str) -> None:
    found = text_of(f"{lines}\n一、总体要求\n推进节能。\n")
    assert "".join(found.title.string.split()) == title


def test_a_box_or_a_chapter_is_no_plan_of_its_own() -> None:
    part = "专栏6 低碳示范试点建设工程实施方案\n一、试点\n推进节能。\n保障措施\n一、组织\n加强领导。\n"
    assert len(texts_of(f"武汉市碳达峰实施方案\n一、总体要求\n推进节能。\n{part}")) == 1
