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
