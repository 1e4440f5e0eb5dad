"""What the rows of indicator tables of real plans lay down."""

from datetime import date

from pipelines.document.lines import lines_of
from pipelines.document.table import joins
from pipelines.document.tables import find_tables
from pipelines.reading.grammar import grammar
from pipelines.reading.tables import TableFacts, read_tables
from pipelines.vocabulary import load_vocabulary

VOCABULARY = load_vocabulary()
CITY = (
    "表2 九江市“十四五”生态环境保护规划目标指标\n指  标\n2020 年\n(现状)\n2025 年\n（目标）\n五年累计\n目标\n指标\n属性\n（一）环境质量改善。\n"
    "1.细颗粒物（PM2.5）浓度（微克\n/立方米）\n中心城区\n38\n33.4\n/\n约束性\n县级城市\n30.7\n28.5\n/\n预期性\n（二）环境治理。\n2.主要污染物减排量（吨）\n"
    "化学需氧量\n—\n/\n[10031]\n约束性\n氨氮\n—\n/\n[658]\n约束性\n3.重点建设用地安全利用率（%）\n90\n有效保障\n/\n约束性\n"
)


def read(text: str, since: date | None = None) -> TableFacts:
    return read_tables(find_tables(lines_of(text), VOCABULARY), text, grammar(VOCABULARY), VOCABULARY, since)


def test_what_a_part_of_an_indicator_is_to_reach() -> None:
    facts = read(CITY)
    found = [(one.indicator, one.scope, one.quantity.value, one.change) for one in facts.commitments]
    assert found == [
        ("细颗粒物（PM2.5）浓度", "中心城区", 33.4, "level"),
        ("细颗粒物（PM2.5）浓度", "县级城市", 28.5, "level"),
        ("主要污染物减排量", "化学需氧量", 10031, "add"),
        ("主要污染物减排量", "氨氮", 658, "add"),
    ]
    assert [one.attribute for one in facts.commitments] == ["约束性", "预期性", "约束性", "约束性"]


def test_a_target_that_is_no_number_is_a_milestone() -> None:
    facts = read(CITY)
    (milestone,) = facts.milestones
    quote = CITY[milestone.start : milestone.end]
    assert quote.split("\n") == ["重点建设用地安全利用率（%）", "90", "有效保障", "/", "约束性"]
    assert milestone.time.end_date == date(2025, 12, 31)


def test_every_number_of_a_table_is_accounted_for() -> None:
    facts = read(CITY)
    found = {CITY[entry.start : entry.end]: entry.disposition for entry in facts.entries}
    assert found["33.4"] == "target"
    assert found["38"] == "baseline"
    assert found["2025 年"] == "deadline"
    assert found["2020"] == "baseline"
    assert found["2.5"] == "name"
    assert found["3"] == "ordinal"
    assert [e.start for e in facts.entries] == sorted({e.start for e in facts.entries})


def test_the_year_of_a_column_is_the_one_deadline_of_a_table() -> None:
    facts = read(CITY)
    (time,) = facts.deadlines
    assert CITY[time.start : time.end] == "2025 年"
    assert {one.time for one in facts.commitments} == {time}


def test_a_table_of_what_was_done_aims_at_nothing() -> None:
    text = (
        "表1 “十三五”规划主要指标完成情况\n序号\n指标名称\n“十三五”目标值\n2020 年完成值\n完成情况\n1\n单位GDP 二氧化碳排放降低\n18%\n18%\n完成\n2\n二氧化硫减排\n"
        "20%\n45.3%\n完成\n"
    )
    facts = read(text)
    assert facts.commitments == ()
    assert {entry.disposition for entry in facts.entries} == {"background", "ordinal", "baseline"}


def test_years_gone_by_are_no_deadlines() -> None:
    text = "指标\n2015 年\n2020 年\n年均增\n速\n属性\n总装机规模（亿千瓦）\n1.04\n1.46\n7.0%\n预期性\n风电（万千瓦）\n2425\n3785\n9.3%\n预期性\n"
    assert read(text, date(2022, 3, 1)).commitments == ()


def test_each_year_to_come_has_its_target() -> None:
    text = (
        "表3.1 新增建筑节能能力目标的年度分解\n项目\n2024 年2025 年 总计\n属性\n新增节能建筑\n（万平方米）\n2430\n2439\n12000 约束性\n新增建筑节能能力\n（万吨标准煤）\n"
        "40.80\n41.30\n200\n预期性\n"
    )
    found = [
        (one.quantity.value, one.time.year) for one in read(text, date(2021, 1, 1)).commitments if one.time
    ]
    assert found[:3] == [(24300000, 2024), (24390000, 2025), (120000000, 2025)]


def test_a_caption_gives_the_period_where_no_column_gives_a_year() -> None:
    text = (
        "专栏2  济南市“十四五”时期绿色建筑高质量发展主要指标\n序号\n指标\n计量单位\n发展目标\n指标类型\n1\n城镇新建民用建筑绿色建筑占比\n%\n100\n约束\n4\n实施既有居住建筑节能改造及绿色化\n"
        "改造\n万平方米\n≥500\n预期\n"
    )
    facts = read(text)
    (time,) = facts.deadlines
    assert (text[time.start : time.end], time.start_date) == ("“十四五”时期", date(2021, 1, 1))
    assert [(one.comparator, one.change_as_written) for one in facts.commitments] == [
        ("=", ""),
        (">=", "实施"),
    ]


def test_a_merged_target_set_by_others_is_a_milestone_of_each_row() -> None:
    text = (
        "指标\n2020 年\n2025 年\n指标属性\n9.氮氧化物排放总量减少（%）\n[28.6]\n完成省分解任务\n约束性\n10.挥发性有机物排放总量减少（%）\n/\n约束性\n"
        "11.化学需氧量排放总量减少（%）\n[14.5]\n约束性\n13.废旧农膜回收率（%）\n/\n≥91\n预期性\n"
    )
    facts = read(text)
    assert [one.quantity.value for one in facts.commitments] == [91]
    assert len(facts.milestones) == 3


def test_what_is_not_one_number_is_left_unread() -> None:
    text = "序号\n指标\n单位\n2020 年\n2025 年\n属性\n8\n湿地保有量/湿地保护率\n万亩\n/%\n1665/52\n1665/52 以上\n约束性\n9\n大陆自然岸线保有率\n%\n-\n≥35\n约束性\n"
    facts = read(text)
    assert [one.quantity.value for one in facts.commitments] == [35]
    assert len(facts.unread) == 1
    assert "undecided" in {entry.disposition for entry in facts.entries}


def test_a_row_becomes_a_line() -> None:
    (table,) = find_tables(lines_of(CITY), VOCABULARY)
    string = list(CITY)
    for start, end, after in reversed(joins(table, CITY)):
        string[start:end] = after
    assert "".join(string).split("\n")[1:5] == [
        "指  标 2020 年 (现状) 2025 年 （目标） 五年累计目标 指标属性",
        "（一）环境质量改善。 1.细颗粒物（PM2.5）浓度（微克/立方米） 中心城区 38 33.4 / 约束性 县级城市 30.7 28.5 / 预期性",
        "（二）环境治理。 2.主要污染物减排量（吨） 化学需氧量 — / [10031] 约束性 氨氮 — / [658] 约束性",
        "3.重点建设用地安全利用率（%） 90 有效保障 / 约束性",
    ]


def test_each_number_names_its_own_target_where_a_clause_has_two_tables() -> None:
    facts = read(f"{CITY}第二个表\n{CITY}")
    named = [entry for entry in facts.entries if entry.commitment is not None]
    assert len(named) == 8
    for entry in named:
        assert facts.commitments[entry.commitment or 0].quantity.start == entry.start
