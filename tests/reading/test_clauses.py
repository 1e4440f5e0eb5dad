"""Times that govern beyond their sentence, and times that govern nothing: one clause in, its targets out."""

import pytest

from tests.samples import TITLE, plan_of


def targets(*lines: str) -> list[tuple[str, str]]:
    """What each target of a clause measures, or the milestone itself, and its deadline."""
    plan = plan_of("\n".join([TITLE, "为落实部署，制定本方案。", "一、重点任务", *lines]) + "\n")
    (*_, read) = plan.clauses
    text = read.clause.text.string
    measured = [
        (each.indicator, str(each.moment.end_date) if each.moment else "") for each in read.facts.commitments
    ]
    reached = [(text[each.start : each.end], str(each.moment.end_date)) for each in read.facts.milestones]
    return measured + reached


LISTS = {
    "a line that opens a list": (
        (
            "（一）主要目标。",
            "到2025年，主要目标如下：",
            "1.非化石能源消费比重达到24%；",
            "2.PM2.5浓度降至25微克/立方米。",
        ),
        [("非化石能源消费比重", "2025-12-31"), ("PM2.5浓度", "2025-12-31")],
    ),
    "the sentence before it": (
        (
            "（一）主要目标。",
            "到2025年，减污降碳协同推进的工作格局基本形成。具体目标如下：",
            "1.非化石能源消费比重达到24%。",
        ),
        [
            ("非化石能源消费比重", "2025-12-31"),
            ("到2025年，减污降碳协同推进的工作格局基本形成", "2025-12-31"),
        ],
    ),
    "an item with a time of its own": (
        ("（一）主要目标。", "到2025年，主要目标如下：", "1.到2027年，非化石能源消费比重达到26%。"),
        [("非化石能源消费比重", "2027-12-31")],
    ),
    "a paragraph that is no item": (
        ("（一）主要目标。", "到2025年，减污降碳协同度有效提升。", "非化石能源消费比重达到24%。"),
        [("非化石能源消费比重", ""), ("到2025年，减污降碳协同度有效提升", "2025-12-31")],
    ),
}


@pytest.mark.parametrize(("lines", "found"), LISTS.values(), ids=LISTS)
def test_time_of_a_list(lines: tuple[str, ...], found: list[tuple[str, str]]) -> None:
    assert targets(*lines) == found


BESIDE_NUMBERS = {
    "behind a number": (
        "到2025年，新增大宗固废综合利用率达到60%，存量大宗固废有序减少。",
        ["存量大宗固废有序减少"],
    ),
    "between numbers": (
        "到2025年，大宗固废利用率达到90%，生活垃圾分类体系基本健全，资源化利用率达到65%左右。",
        ["生活垃圾分类体系基本健全"],
    ),
    "before the first number, with its time": (
        "到2025年，减污降碳协同度有效提升，非化石能源消费比重达到25%。",
        ["到2025年，减污降碳协同度有效提升"],
    ),
    "several parts in a run": (
        "“十四五”时期，精准提升森林质量45万亩，实施绿化美化行动，持续增加森林面积和蓄积量。",
        ["实施绿化美化行动，持续增加森林面积和蓄积量"],
    ),
    "a purpose is none": ("到2025年，非化石能源消费比重达到25%，为实现碳达峰奠定坚实基础。", []),
    "a bare subject is none": ("到2025年，替代率达到8%，新建公共机构建筑，装配式建筑占比达到60%。", []),
    "what stands before the time is none": (
        "持续推进清洁取暖城市建设，到2025年，实现城区清洁取暖率100%。",
        [],
    ),
}


@pytest.mark.parametrize(("text", "found"), BESIDE_NUMBERS.values(), ids=BESIDE_NUMBERS)
def test_milestones_beside_numbers(text: str, found: list[str]) -> None:
    (*_, read) = plan_of(
        "\n".join([TITLE, "为落实部署，制定本方案。", "一、任务", f"（一）推进。{text}"]) + "\n"
    ).clauses
    string = read.clause.text.string
    assert [string[each.start : each.end] for each in read.facts.milestones] == found


def test_behind_a_time_without_its_year_no_earlier_time_governs() -> None:
    found = targets("（一）淘汰。2024年6月底前，淘汰老旧车辆3000辆；年底前，建成充电桩500个。")
    assert found == [("淘汰老旧车辆", "2024-06-30"), ("充电桩", "")]


def test_a_sentence_with_a_number_is_no_heading_of_its_item() -> None:
    lines = ("（一）监测。", "1.建成监测站点3个。（市气象局负责）", "2.2024年底前完成清单编制。推进整治。")
    assert targets(*lines) == [("监测站点", ""), ("2024年底前完成清单编制", "2024-12-31")]


def test_whom_a_document_is_copied_to_is_no_measure() -> None:
    assert targets("（一）监测。到2025年，建成监测站点3个。", "抄送：省生态环境厅，市委办、市人大办。") == [
        ("监测站点", "2025-12-31")
    ]
