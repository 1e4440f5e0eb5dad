"""Where a plan begins and ends in a copy, and which of its lines are one paragraph."""

from pathlib import Path

import pytest

from pipelines.document.layout import ends_with_bracket, line_joins, lines_after, lines_of, locate
from pipelines.errors import PipelineError
from pipelines.text.provenance import Text
from tests.samples import PLAN, TITLE, repaired_of

FILE = Path("seeds/wuhan.txt")
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


def plan_in(text: str) -> str:
    region = locate(Text.of(text), FILE)
    return text[region.start : region.end]


def title_in(text: str) -> str:
    region = locate(Text.of(text), FILE)
    return text[region.start : region.title_end]


HEADS = {
    "nothing": "",
    "covering letter": LETTER,
    "explainer": EXPLAINER,
    "explainer and letter": EXPLAINER + LETTER,
    "head of a web page": "首页 > 政务公开\n发布时间：2023-05-11\n",
}


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS)
def test_what_precedes_the_title_is_none_of_the_plan(head: str) -> None:
    assert plan_in(head + PLAN) == PLAN.rstrip()


@pytest.mark.parametrize("line", FOOT.splitlines()[1:])
def test_the_foot_of_a_page_is_none_of_the_plan(line: str) -> None:
    region = locate(Text.of(f"{PLAN}\n{line}\n"), FILE)
    assert (PLAN + "\n" + line)[region.start : region.end] == PLAN.rstrip()
    assert lines_after(Text.of(f"{PLAN}\n{line}\n"), region) == ([], [])


def test_lines_after_the_plan_that_no_rule_knows_are_named() -> None:
    text = Text.of(f"{PLAN}\n各区要进一步\n附表\n指标 2025年\n")
    unknown, annex = lines_after(text, locate(text, FILE))
    assert [line.string for line in unknown] == ["各区要进一步"]
    assert [line.string for line in annex] == ["附表", "指标 2025年"]


def test_a_title_on_two_lines() -> None:
    text = PLAN.replace(TITLE, "湖南省长沙市人民政府关于推进\n绿色建筑发展的实施意见")
    assert title_in(text) == "湖南省长沙市人民政府关于推进\n绿色建筑发展的实施意见"


@pytest.mark.parametrize(
    "announcement", ["特制定方案如下：", "现将有关事项通知如下：", "具体措施和方案如下："]
)
def test_an_announcement_that_no_title_follows_is_none(announcement: str) -> None:
    text = PLAN.replace("制定本实施方案。", announcement)
    assert plan_in(text) == text.rstrip()


REFUSED = {
    "no Chinese text": "Action Plan of Wuhan\n\n1. Reduce emissions by 13.5% by 2025.\n",
    "no chapter that begins with 一、": PLAN.replace("一、", "1."),
    "no title line": PLAN.removeprefix(TITLE),
    "a second plan, “沈阳市节能减排综合工作方案”": PLAN + PLAN.replace(TITLE, "沈阳市节能减排综合工作方案"),
    "a title and the heading of a chapter, but no sentence": f"{TITLE}\n\n一、总体要求\n",
}


@pytest.mark.parametrize(("found", "text"), REFUSED.items(), ids=REFUSED)
def test_what_is_no_plan_is_refused(found: str, text: str) -> None:
    with pytest.raises(PipelineError, match=f"seeds/wuhan.txt, .*: found {found}"):
        locate(Text.of(text), FILE)


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
def test_a_text_that_is_cut_off_is_refused(end: str) -> None:
    with pytest.raises(
        PipelineError, match="found a text that stops inside a sentence, a bracket or a quotation"
    ):
        locate(Text.of(f"{PLAN}\n{end}"), FILE)


# --- Lines and paragraphs ----------------------------------------------------------------------------------------


def joined(*lines: str) -> list[str]:
    """The paragraphs that the lines of a plan's chapter make."""
    text = repaired_of(f"{TITLE}\n\n一、总体要求\n\n" + "\n".join(lines) + "\n")
    return [line.string for line in lines_of(text.plan.string)][2:]


PARAGRAPHS = {
    "a page break in a word": (
        ["落实国家、省有关区", "", "域和行业碳达峰行动方案等政策要求。"],
        ["落实国家、省有关区域和行业碳达峰行动方案等政策要求。"],
    ),
    "a page break in a bracket": (
        ["推进改造。（市发改委、市", "", "科技局按职责分工落实）"],
        ["推进改造。（市发改委、市科技局按职责分工落实）"],
    ),
    "a bracket on a line of its own": (
        ["（一）推进工业节能。推广设备。", "（市经信局负责）"],
        ["（一）推进工业节能。推广设备。（市经信局负责）"],
    ),
    "a bracket under the heading of a clause": (
        ["（一）推进工业节能", "（责任单位：市经信局）", "推广设备。"],
        ["（一）推进工业节能（责任单位：市经信局）", "推广设备。"],
    ),
    "two whole paragraphs": (["持续改善。", "到2030年，显著提升。"], ["持续改善。", "到2030年，显著提升。"]),
    "clauses": (["（一）节能。推广。", "（二）降碳。推进。"], ["（一）节能。推广。", "（二）降碳。推进。"]),
    "items": (
        ["（一）节能", "1．工业。推广。", "2．建筑。推进。"],
        ["（一）节能", "1．工业。推广。", "2．建筑。推进。"],
    ),
    "numbers in brackets": (
        ["二、重点任务", "（1）工业。推广。（市经信局负责）", "（2）建筑。推进。"],
        ["二、重点任务", "（1）工业。推广。（市经信局负责）", "（2）建筑。推进。"],
    ),
    "a chapter's heading and a bracket": (
        ["二、重点任务", "（市经信局负责）。"],
        ["二、重点任务", "（市经信局负责）。"],
    ),
    "the rest of a sentence that looks like a chapter": (
        ["二、绿色建筑", "推动新建建筑执行绿色建筑标准，推广获得", "一、二星级评价标识的项目。"],
        ["二、绿色建筑", "推动新建建筑执行绿色建筑标准，推广获得一、二星级评价标识的项目。"],
    ),
}


@pytest.mark.parametrize(("lines", "paragraphs"), PARAGRAPHS.values(), ids=PARAGRAPHS)
def test_lines_that_are_one_paragraph_are_joined(lines: list[str], paragraphs: list[str]) -> None:
    assert joined(*lines) == paragraphs


def test_lines_of_one_width_are_a_printed_page() -> None:
    sentence = "加快构建完善充换电基础设施体系，鼓励多功能综合一体站建设，重点推进一批条件成熟的集中式光伏和储能项目落地。"
    text = sentence * 6
    page = [text[start : start + 26] for start in range(0, len(text), 26)]
    assert joined(*page) == [text]


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
    assert ends_with_bracket(text) == does


def test_ten_thousand_nested_brackets_are_looked_through_once() -> None:
    deep = "推进建设。" + "（" * 10_000 + "市发改委负责" + "）" * 10_000
    assert not ends_with_bracket(deep), "no bracket of a plan is that long"
    text = Text.of(PLAN.replace("依法加快", deep + "。依法加快"))
    region = locate(text, FILE)
    assert line_joins(text, region) == []
