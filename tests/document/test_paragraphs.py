"""Which lines of a plan are one paragraph."""

import pytest

from pipelines.document.lines import lines_of
from tests.samples import TITLE, text_of


def joined(*lines: str) -> list[str]:
    """The paragraphs that the lines of a plan's chapter make."""
    text = text_of(f"{TITLE}\n\n一、总体要求\n\n" + "\n".join(lines) + "\n")
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
    "a page number inside a sentence": (
        ["推进工业炉窑", "— 12 —", "综合整治。"],
        ["推进工业炉窑", "综合整治。"],
    ),
    "numbers of a table of which no heading is known": (
        ["城市空气质量良好以上天数比例", "%", "69", "66.4", "68.9*", "—", "≥80", "是"],
        ["城市空气质量良好以上天数比例", "%", "69", "66.4", "68.9*", "—", "≥80", "是"],
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
    "a label and its words on two lines": (
        ["二、重点任务", "（一）", "推进工业节能", "推广设备。"],
        ["二、重点任务", "（一）推进工业节能", "推广设备。"],
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


def test_a_heading_that_fills_its_line_stands_above_a_paragraph_printed_further_in() -> None:
    body = [
        "坚持减量化、资源化和无害化的原则，强化固废源头减",
        "量化和安全处置，提高固废综合利用率，建立健全从产生到",
        "安全处置利用的全过程监管机制，逐步完善各项配套的政策",
        "措施。",
    ]
    headings = [
        f"（{number}）推进{what}治理"
        for number, what in zip("一二三四", ("大气", "土壤", "噪声", "农村"), strict=True)
    ]
    full = "（五）加大固体废物污染防治，提高安全处置利用水平"
    lines = [line for heading in [*headings, full] for line in (heading, *body)]
    paragraph = "".join(body)
    assert joined(*lines) == [line for heading in [*headings, full] for line in (heading, paragraph)]
