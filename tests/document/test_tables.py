"""What is a table in lines of real plans, and how its rows are read from lines that cells share or are broken over."""

import pytest

from pipelines.document.lines import lines_of
from pipelines.document.rows import Row
from pipelines.document.table import Table
from pipelines.document.tables import find_tables
from pipelines.seeds.sources import read_source, read_sources
from pipelines.text.repair import repair
from pipelines.vocabulary import load_vocabulary
from tests.samples import SEEDS

VOCABULARY = load_vocabulary()


def tables(text: str) -> list[Table]:
    return find_tables(lines_of(text), VOCABULARY)


def read(table: Table) -> list[list[str]]:
    return [row_read(row) for row in table.rows]


def row_read(row: Row) -> list[str]:
    cells = (row.parent, row.label, row.unit, *row.values, row.attribute)
    return [cell.string if cell else "" for cell in cells]


def test_cells_of_their_own_lines_and_broken_ones() -> None:
    (table,) = tables(
        "专栏2：“十四五”生态环境保护主要指标\n指标\n类别\n序\n号\n指 标 名 称\n指标\n属性\n2020年\n(现状)\n2025年\n(目标)\n环境\n治理\n1\n"
        "空气质量优良天数比率(%)\n①\n约束性\n93.7\n93.8\n2\n细颗粒物(PM2.5)浓度(ug/m\n3)\n①\n约束性\n26\n25\n3\n城市黑臭水体比例(%)\n预期性\n0\n"
        "完成国家\n下达目标\n应对\n气候\n变化\n4\n单位地区生产总值能源消耗降低(%)\n约束性\n[14]\n[13]\n"
        "注:①均指地级及以上城市.\n[]内为五年累计完成值.\n第三章　统筹发展与保护,推进高质量发展\n"
    )
    assert table.caption is not None
    assert table.caption.string == "专栏2：“十四五”生态环境保护主要指标"
    assert read(table) == [
        ["", "空气质量优良天数比率（%）①", "", "93.7", "93.8", "约束性"],
        ["", "细颗粒物（PM2.5）浓度（ug/m3）①", "", "26", "25", "约束性"],
        ["", "城市黑臭水体比例（%）", "", "0", "完成国家下达目标", "预期性"],
        ["", "单位地区生产总值能源消耗降低（%）", "", "[14]", "[13]", "约束性"],
    ]
    assert [row.group.string if row.group else "" for row in table.rows] == [
        "环境治理",
        "",
        "",
        "应对气候变化",
    ]
    assert [note.string for note in table.notes] == ["注:①均指地级及以上城市.", "[]内为五年累计完成值."]


def test_several_cells_on_a_line() -> None:
    (table,) = tables(
        "表 四川省“十四五”农业农村生态环境保护主要指标\n序号\n指标名称\n单位 2020 年 2025 年 指标属性\n1\n行政村生活污水有效治理比例*\n%\n58.37\n≥75\n"
        "约束性\n4\n农村化肥施用量\n万吨 210.8\n≤210.8\n约束性\n10 林业有害生物成灾率\n‰\n≤4.5 ≤8\n预期性\n"
    )
    assert read(table) == [
        ["", "行政村生活污水有效治理比例*", "%", "58.37", "≥75", "约束性"],
        ["", "农村化肥施用量", "万吨", "210.8", "≤210.8", "约束性"],
        ["", "林业有害生物成灾率", "‰", "≤4.5", "≤8", "预期性"],
    ]


def test_words_broken_inside() -> None:
    (table,) = tables(
        "类\n别\n序\n号\n规划指标\n单\n位\n2020\n年\n2025\n年\n属\n性\n水\n安全保\n障\n1\n1-5 级堤防达标率\n%\n70\n80\n预\n期性\n2\n新增水库总库容\n"
        "亿\nm3\n-\n1.1\n预\n期性\n5\n万元GDP 用水量下\n降率\n%\n-\n2.4\n约\n束性\n"
    )
    assert read(table) == [
        ["", "1-5级堤防达标率", "%", "70", "80", "预期性"],
        ["", "新增水库总库容", "亿m3", "-", "1.1", "预期性"],
        ["", "万元GDP用水量下降率", "%", "-", "2.4", "约束性"],
    ]


def test_numbers_of_notes_are_no_values() -> None:
    (table,) = tables(
        "序号\n指标\n2020 年\n2025 年\n属性\n1\n地级城市PM10年均浓度（微克/立方\n米）\n1\n65\n70\n约束性\n2\n地表水国考断面水质达到或好于Ⅲ类水\n体比例（%）\n"
        "2\n93.3\n80\n约束性\n3\n氨氮\n重点工程减排量（吨）\n[687.4]\n1)\n22\n约束性\n"
    )
    assert [[value.string for value in row.values if value] for row in table.rows] == [
        ["65", "70"],
        ["93.3", "80"],
        ["[687.4]1）", "22"],
    ]


def test_a_part_of_what_the_row_above_measures() -> None:
    (table,) = tables(
        "序号\n指标名称\n2020 年\n2025 年\n属性\n7\n农村生活污水治理率（%）\n—\n40\n预期性\n8\n主要污染物重点工程\n减排量（吨）\n化学需氧量\n—\n10809\n"
        "[1]\n约束性\n氨氮\n—\n494\n[1]\n9\n单位国内生产总值二氧化碳排放降\n低（%）\n—\n完成省下达\n约束性\n"
    )
    assert read(table)[1:3] == [
        ["主要污染物重点工程减排量（吨）", "化学需氧量", "", "—", "10809", "约束性"],
        ["主要污染物重点工程减排量（吨）", "氨氮", "", "—", "494", ""],
    ]


def test_a_page_break_with_the_heading_repeated() -> None:
    (table,) = tables(
        "表1 莆田市“十四五”生态环境保护与建设规划指标\n领域\n序号\n指标\n现状值\n（2020 年）\n目标值\n（2025 年）\n类型\n美丽\n城市\n7\n"
        "重污染天气比率（%）\n0\n0\n约束性\n- 34 -\n领域\n序号\n指标\n现状值\n（2020 年）\n目标值\n（2025 年）\n类型\n乡村\n8\n森林覆盖率（%）\n60.21\n60%左右\n约束性\n"
        "第三章\n协同减污降碳，促进绿色循环低碳发展\n"
    )
    assert [row.label.string for row in table.rows] == ["重污染天气比率（%）", "森林覆盖率（%）"]
    assert len(table.skipped) == 2


def test_empty_cells_leave_empty_lines() -> None:
    (table,) = tables(
        "类别\n序号\n指标名称\n2025 年\n(目标)\n2020 年\n(现状)\n指标\n属性\n生态保\n护\n20\n生态质量指数（新EI）\n稳中向好\n\n预期性\n21\n森林覆盖率（%）\n16\n15.5\n约束性\n"
        "22\n农村生活污水治理率（%）\n40\n\n预期性\n"
    )
    assert read(table)[0][3:] == ["稳中向好", "", "预期性"]
    assert read(table)[2][3:] == ["40", "", "预期性"]


def test_merged_cells_are_not_guessed() -> None:
    (table,) = tables(
        "序号\n项目\n2020 年\n现状值\n“十四\n五”\n目标值\n指标\n类别\n10\n氮氧化物排放量(万吨)\n31.73\n完成国家\n下达任务\n约束性\n12\n化学需氧量排放量(万吨)\n20.13\n约束性\n"
        "16\n非化石能源占能源消费总量比重（%）\n10.9※\n15\n预期性\n"
    )
    assert [len(row.values) for row in table.rows] == [2, 1, 2]


def test_several_indicators_before_their_values_are_not_guessed() -> None:
    (table,) = tables(
        "指标\n2020年\n2025年\n属 性\n森林覆盖率(%)\n23.0\n23.5\n约束性\n草原综合植被盖度(%)\n45\n46\n约束性\n受污染耕地安全利用率(%)\n污染地块安全利用率(%)\n"
        "地下水质量Ⅴ类水体比例(%)\n98\n≥98\n预期性\n90以上\n≥92\n预期性\n17\n≤17\n预期性\n"
    )
    assert [row.values for row in table.rows][2:] == [()]


@pytest.mark.parametrize(
    "text",
    [
        "指标体系\n到2025年，建立环境质量指标、目标值和责任单位体系，指标15项。\n其中，2025年约束性指标10项，预期性指标5项。\n",
        "项目\n2025年\n附件\n2025年底前完成全部项目建设，序号和指标由市发展改革委确定。\n",
        "第三节\n目标指标\n到2025年，全市生态环境质量得到新提升。\n",
        "单位2020年\n2025年工作要点\n",
    ],
)
def test_running_text_is_no_table(text: str) -> None:
    assert tables(text) == []


def test_the_four_plans_have_no_table() -> None:
    for row in read_sources(SEEDS):
        document = repair(read_source(SEEDS, row, ()), VOCABULARY, SEEDS)
        assert tables(document.text.string) == []


def test_a_table_of_tasks() -> None:
    (table,) = tables(
        "附件：重点任务分工方案\n序号\n重点任务\n责任单位\n完成时限\n1\n开展原材料行业符合规范条件动态核\n查，引导石化、化工、有色、建材等行\n业规范发展。\n市工信局、市发展改\n革委\n2022 年6 月底前\n"
        "— 9 —\n2\n推进绿色园区建设。\n市工信局，各区人民政府\n持续推进\n一、保障措施\n"
    )
    assert table.kind == "task"
    assert [
        (
            task.text.string,
            [(kind, cell.string) for kind, cell in task.duties],
            task.deadline and task.deadline.string,
        )
        for task in table.tasks
    ] == [
        (
            "开展原材料行业符合规范条件动态核查，引导石化、化工、有色、建材等行业规范发展。",
            [("shared", "市工信局、市发展改革委")],
            "2022年6月底前",
        ),
        ("推进绿色园区建设。", [("shared", "市工信局，各区人民政府")], "持续推进"),
    ]


def test_those_who_lead_and_those_who_support_in_columns_of_their_own() -> None:
    (table,) = tables(
        "序号\n主要任务\n牵头单位\n配合单位\n1\n推进清洁生产审核。\n市生态环境局\n市发展改革委、\n市工信局\n2\n开展节能诊断。\n市工信局\n市发展改革委\n"
    )
    assert [[(kind, cell.string) for kind, cell in task.duties] for task in table.tasks] == [
        [("lead", "市生态环境局"), ("support", "市发展改革委、市工信局")],
        [("lead", "市工信局"), ("support", "市发展改革委")],
    ]


def test_cells_without_a_known_heading_are_no_table() -> None:
    assert not tables(
        "表1  2020 年度发电企业碳排放基准\n类型\n装机容量(万千瓦)/等级\n燃气\nF\n3.863\n3.9\n7.838\n燃煤\n100\n7.838\n60\n8.1\n8.2\n各企业应当按照基准核算排放量，并于每年三月报告。\n"
    )


def test_those_responsible_for_an_indicator() -> None:
    (table,) = tables(
        "类别\n序号\n指标\n单位\n2020 年\n2025 年规划\n目标\n指标\n类别\n牵头\n单位\n海洋环境\n质量\n1\n近岸海域优良（一、二类）水质\n面积比例\n%\n99.39\n＞99.39\n约束性\n"
        "市生态环\n境局\n海洋生物\n生态保护\n2\n自然岸线保有率\n%\n64.89\n≥63\n约束性\n市资规局\n"
    )
    assert [row.duty and row.duty.string for row in table.rows] == ["市生态环境局", "市资规局"]
    assert [row.group and row.group.string for row in table.rows] == ["海洋环境质量", "海洋生物生态保护"]
