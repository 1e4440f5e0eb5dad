"""Tables and boxes of a plan, from the seed to the rows: what they lay down, where it stands, and that it stands in the seed."""

from pathlib import Path

import pytest

from tests.samples import PLAN, Rows, assert_quotes_stand_in_the_seed, rows_of, write_seeds

INDICATORS = """
表1 “十四五”减污降碳主要指标
类别
序号
指标
2020 年
2025 年
属性
环境
治理
1
细颗粒物（PM2.5）年均浓度（微克/立方
米）
37
≤35
约束性
— 2 —
2
城市黑臭水体比例（%）
—
基本
消除
预期性
注：[]内为五年累计值，比例为2020 年数据。

"""
TASKS = """
专栏1 能源重点工程

到2025年，建成绿色园区5个。

序号
重点任务
责任单位
完成时限
1
开展原材料行业符合规范条件动态核
查，引导建材等行业规范发展。
市经信局、市发展改
革委
2024 年6 月底前
2
推进绿色园区建设。
市经信局
2025年

"""
ANNEX = """
附件

绿色发展重点任务

一、能源

（一）推进清洁能源。到2025年，清洁能源比重达到30%。（责任单位：市经信局）
"""


@pytest.fixture(scope="module")
def raw() -> str:
    before, after = PLAN.split("\n二、")
    middle, last = after.split("\n三、")
    return f"{before}{INDICATORS}\n二、{middle}{TASKS}\n三、{last}{ANNEX}"


@pytest.fixture(scope="module")
def rows(raw: str, tmp_path_factory: pytest.TempPathFactory) -> Rows:
    folder: Path = write_seeds(tmp_path_factory.mktemp("tables"), {"wuhan": raw})
    return rows_of(folder)


def test_every_row_stands_in_the_seed(rows: Rows, raw: str) -> None:
    assert_quotes_stand_in_the_seed(rows, raw)


def test_a_row_is_quoted_on_one_line(rows: Rows) -> None:
    found = [
        (row["kind"], row["quote"], row["attribute"])
        for row in rows["targets"]
        if row["located_in"] == "table"
    ]
    assert found == [
        ("quantified", "细颗粒物（PM2.5）年均浓度（微克/立方米） 37 ≤35 约束性", "约束性"),
        ("milestone", "城市黑臭水体比例（%） — 基本消除 预期性", "预期性"),
    ]


def test_the_deadline_is_the_column_s(rows: Rows) -> None:
    columns = [
        row for row in rows["deadlines"] if row["located_in"] == "table" and row["as_written"] == "2025年"
    ]
    targets = [row for row in rows["targets"] if row["located_in"] == "table"]
    assert {row["deadline_basis"] for row in targets} == {"table"}
    assert {row["deadline_id"] for row in targets} == {columns[0]["deadline_id"]}


def test_a_task_is_a_measure_with_those_responsible(rows: Rows) -> None:
    tasks = [(row["item"], row["text"]) for row in rows["measures"] if row["item"] is not None]
    assert tasks == [
        (1, "开展原材料行业符合规范条件动态核查，引导建材等行业规范发展"),
        (2, "推进绿色园区建设"),
    ]
    found = [
        (row["item"], row["as_written"], row["role"], row["role_as_written"])
        for row in rows["responsibilities"]
        if row["item"] is not None
    ]
    assert found == [
        (1, "市经信局", "shared", "责任单位"),
        (1, "市发展改革委", "shared", "责任单位"),
        (2, "市经信局", "sole", "责任单位"),
    ]


def test_the_deadline_of_a_task_stands_in_the_table(rows: Rows) -> None:
    found = [
        (row["as_written"], str(row["end_date"])) for row in rows["deadlines"] if row["located_in"] == "table"
    ]
    assert ("2024年6月底前", "2024-06-30") in found


@pytest.mark.parametrize(("place", "value"), [("box", 5), ("annex", 30)])
def test_what_stands_in_a_box_or_an_annex_says_so(rows: Rows, place: str, value: int) -> None:
    (target,) = [row for row in rows["targets"] if row["located_in"] == place]
    assert (target["value"], target["deadline_basis"]) == (value, "sentence")


def test_no_number_of_a_table_is_undecided(rows: Rows) -> None:
    assert [row for row in rows["numbers"] if row["disposition"] == "undecided"] == []
    assert {str(row["rule"]) for row in rows["numbers"] if "table" in str(row["rule"])} == {
        "indicator-table",
        "task-table",
    }
