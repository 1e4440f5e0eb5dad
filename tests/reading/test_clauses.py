"""Times that govern beyond their sentence, and times that govern nothing, by the targets of one clause."""

from datetime import date

import pytest

from tests.samples import TITLE, plan_of


def targets(*lines: str) -> list[tuple[str, str]]:
    """What each target of a clause measures, or the milestone itself, and its deadline."""
    plan = plan_of("\n".join([TITLE, "为落实部署，制定本方案。", "一、重点任务", *lines]) + "\n")
    (*_, read) = plan.clauses
    text = read.clause.text.string
    measured = [
        (each.indicator, str(each.time.end_date) if each.time else "") for each in read.facts.commitments
    ]
    reached = [(text[each.start : each.end], str(each.time.end_date)) for each in read.facts.milestones]
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


def test_a_time_without_its_year_takes_that_of_its_sentence() -> None:
    found = targets("（一）淘汰。2024年6月底前，淘汰老旧车辆3000辆；年底前，建成充电桩500个。")
    assert found == [("淘汰老旧车辆", "2024-06-30"), ("充电桩", "2024-12-31")]


def test_behind_a_time_that_nothing_gives_a_year_no_time_governs() -> None:
    found = targets("（一）淘汰。“十四五”期间，淘汰老旧车辆3000辆；9月底前，建成充电桩500个。")
    assert found == [("淘汰老旧车辆", "2025-12-31"), ("充电桩", "")]


BASES = {
    "its sentence": ("（一）目标。到2025年，利用率达到60%。", "sentence"),
    "the head of the paragraph": ("（一）目标。到2025年，格局基本形成。利用率达到60%。", "paragraph"),
    "the bracket of those responsible": (
        "（一）目标。推进综合利用，利用率达到60%。（市生态环境局负责，完成时限：2025年底）推进改造。",
        "bracket",
    ),
    "nothing": ("（一）目标。利用率达到60%。到2025年，格局基本形成。", ""),
}


@pytest.mark.parametrize(("text", "basis"), BASES.values(), ids=BASES)
def test_where_the_governing_time_stands(text: str, basis: str) -> None:
    (*_, read) = plan_of(f"{TITLE}\n为落实部署，制定本方案。\n一、任务\n{text}" + "\n").clauses
    (target,) = read.facts.commitments
    assert target.deadline_basis == basis
    assert (target.time.end_date == date(2025, 12, 31)) if target.time else not basis


def test_the_year_of_a_plan_for_one_year() -> None:
    title = "武汉市2022年减污降碳协同增效工作要点"
    (*_, read) = plan_of(
        f"{title}\n为落实部署，制定本要点。\n一、任务\n（一）建设。建成充电桩500个。6月底前，淘汰车辆30辆。\n"
    ).clauses
    found = [(each.deadline_basis, each.time and each.time.end_date) for each in read.facts.commitments]
    assert found == [("plan", date(2022, 12, 31)), ("plan", date(2022, 6, 30))]


def test_a_deadline_in_a_bracket_makes_milestones_of_what_stands_before_it() -> None:
    found = targets(
        "（一）评估。制定方案。开展评估；总结经验。（市生态环境局负责，完成时限：2023年6月底）推进改造。"
    )
    assert found == [(text, "2023-06-30") for text in ("制定方案", "开展评估", "总结经验")]


def test_the_time_of_a_list_whose_items_are_clauses() -> None:
    lines = (
        "一、总体要求",
        "到2025年，主要目标是：",
        "——能源。非化石能源消费比重达到24%。",
        "——空气。PM2.5浓度降至25微克/立方米。",
    )
    plan = plan_of("\n".join([TITLE, "为落实部署，制定本方案。", *lines]) + "\n")
    times = [each.time for read in plan.clauses for each in read.facts.commitments]
    opens = plan.clauses[1].clause.clause_id
    assert [(time.end_date, time.stands_in) for time in times if time] == [
        (date(2025, 12, 31), f"{opens}/d1")
    ] * 2


def test_aims_and_descriptions() -> None:
    aims = ("一、总体要求", "展望2035年，绿色生产生活方式蔚然成风。")
    stand = ("一、面临形势", "我国力争2030年前实现碳达峰。")
    found = []
    for lines in (aims, stand):
        (preface, read) = plan_of(
            "\n".join([TITLE, "2030年前实现碳达峰是部署，制定本方案。", *lines]) + "\n"
        ).clauses
        assert preface.facts.deadlines == ()
        found.append(([time.end_date for time in read.facts.deadlines], len(read.facts.milestones)))
    assert found == [([date(2035, 12, 31)], 1), ([date(2030, 12, 31)], 0)]


def test_a_time_that_opens_a_paragraph_is_an_aim_wherever_it_stands() -> None:
    plan = plan_of(f"{TITLE}\n到2025年，格局基本形成。\n一、任务\n（一）推进。开展改造。" + "\n")
    assert [time.end_date for time in plan.clauses[0].facts.deadlines] == [date(2025, 12, 31)]


def test_a_sentence_with_a_number_is_no_heading_of_its_item() -> None:
    lines = ("（一）监测。", "1.建成监测站点3个。（市气象局负责）", "2.2024年底前完成清单编制。推进整治。")
    assert targets(*lines) == [("监测站点", ""), ("2024年底前完成清单编制", "2024-12-31")]


def test_whom_a_document_is_copied_to_is_no_measure() -> None:
    assert targets("（一）监测。到2025年，建成监测站点3个。", "抄送：省生态环境厅，市委办、市人大办。") == [
        ("监测站点", "2025-12-31")
    ]
