"""The second reading on lines of the five plans, and on forms that other plans print."""

from datetime import date

import pytest

from pipelines.guard import reading
from pipelines.guard.reading import Edits, Time


@pytest.mark.parametrize(
    ("written", "start", "end", "kind", "precision"),
    [
        ("到2025年", None, date(2025, 12, 31), "by", "year"),
        ("2023年底之前", None, date(2023, 12, 31), "by", "year"),
        ("至2023年底", None, date(2023, 12, 31), "by", "year"),
        ("2024年6月底前", None, date(2024, 6, 30), "by", "month"),
        ("截至2025年6月15日", None, date(2025, 6, 15), "by", "day"),
        ("2025年上半年", date(2025, 1, 1), date(2025, 6, 30), "during", "half"),
        ("到2025年上半年", None, date(2025, 6, 30), "by", "half"),
        ("2025年第三季度", date(2025, 7, 1), date(2025, 9, 30), "during", "quarter"),
        ("2025年三季度末前", None, date(2025, 9, 30), "by", "quarter"),
        ("“十四五”期间", date(2021, 1, 1), date(2025, 12, 31), "during", "period"),
        ("“十五五”时期", date(2026, 1, 1), date(2030, 12, 31), "during", "period"),
        ("到“十四五”末", None, date(2025, 12, 31), "by", "period"),
        ("2023-2025年", date(2023, 1, 1), date(2025, 12, 31), "during", "period"),
    ],
)
def test_time(written: str, start: date | None, end: date, kind: str, precision: str) -> None:
    assert reading.time(written) == Time(start, end, kind, precision)


def test_what_names_no_time() -> None:
    assert reading.time("近年来") is None


@pytest.mark.parametrize(
    ("quote", "written", "comparator", "change"),
    [
        ("全市煤炭占能源消费总量的比重下降至30%以内", "30%", "<=", "level"),
        ("天然气用气量达到40亿立方米以上", "40亿立方米", ">=", "level"),
        ("规模以上工业单位增加值能耗降低14.5%以上", "14.5%", ">=", "decrease"),
        ("港口新改建岸电泊位超过250个", "250个", ">=", "add"),
        ("可再生能源建筑应用面积新增500万平方米", "500万平方米", "=", "add"),
        ("全市森林蓄积量不低于2.8亿立方米", "2.8亿立方米", ">=", "level"),
        ("大宗固废综合利用量达到850万吨左右", "850万吨", "~", "level"),
        ("城区和县城地区清洁取暖率100%", "100%", "=", "level"),
        ("省级绿色制造企业达到200家", "200家", "=", "level"),
        ("完成植树造林10万亩", "10万亩", "=", "add"),
        ("用水量较2020年下降12%", "12%", "=", "decrease"),
        ("绿色防控、统防统治覆盖率分别达到55%、45%以上", "55%", ">=", "level"),
        ("营运车辆、船舶碳排放强度比2020年分别下降10%、5%", "5%", "=", "decrease"),
        ("建成5个—6个科技成果转化示范基地", "6个", "<=", "add"),
    ],
)
def test_comparator_and_change(quote: str, written: str, comparator: str, change: str) -> None:
    assert reading.comparators(quote, written) == {comparator}
    assert reading.changes(quote, written) == {change}


@pytest.mark.parametrize(
    ("bracket", "name", "agencies", "role"),
    [
        ("市发改委、市科技局等按职责分工落实，以下均需各区人民政府落实，不再列出", "市科技局", 2, "shared"),
        (
            "市生态环境局、市发展改革委按职责分工负责，各区、县、市人民政府配合",
            "各区、县、市人民政府",
            3,
            "support",
        ),
        ("市生态环境局、市发展改革委牵头负责，各区县人民政府分工负责", "各区县人民政府", 3, "shared"),
        ("责任单位：市委宣传部，市政府办，市发改委、生态环境局等按职责分工负责", "市政府办", 4, "shared"),
        ("市生态环境局负责", "市生态环境局", 1, "sole"),
        ("牵头单位：市发改委；配合单位：市财政局、市科技局", "市科技局", 3, "support"),
    ],
)
def test_role(bracket: str, name: str, agencies: int, role: str) -> None:
    assert reading.role(bracket, name, agencies) == {role}


def test_names_left_out_of_a_bracket() -> None:
    bracket = "责任单位：市生态环境局、自然资源局、发改委等按职责分工负责"
    assert reading.unnamed(bracket, ["市生态环境局", "自然资源局", "发改委"]) == ""
    assert reading.unnamed(bracket, ["市生态环境局", "发改委"]) == "自然资源局"


def test_numerals_that_nobody_counted() -> None:
    assert reading.uncounted("（十四）推进“一水多用”，到2025年", [(1, 3), (7, 8), (14, 20)]) == ([], [])
    assert reading.uncounted("（十四）推进“一水多用”", [(1, 3)]) == (["进“一水多用"], [])


def test_repairs_applied_and_places_carried_over() -> None:
    raw = "沈陽(yáng)市,科學(xué)治污"
    edits = Edits.of([(1, 2, "阳"), (2, 8, ""), (9, 10, "，"), (11, 12, "学"), (12, 17, "")])
    assert edits.repaired(raw, 0, len(raw)) == "沈阳市，科学治污"
    assert edits.repaired(raw, 10, 17) == "科学"
    assert edits.repaired(raw, 3, 9) is None
    assert edits.place(10) == 4
    assert edits.place(5) is None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("用水量较[2020年]减少", "2020年"),
        ("完善[5]项工作措施", "5项"),
        ("智能[、5G]通信", "5G"),
        ("（环综[合〔2022〕42号]）", "〔2022〕42号"),
        ("建成[5]个—6个示范区", "5"),
        ("建成5个—[6个]示范区", "6个"),
        ("力争[2024年]底前完成", "2024年底前"),
        ("[“十四五”规划期]间创建", "“十四五”规划期间"),
        ("印发“[十四]五”规划", "十四五"),
        ("符合[GB/T50378]-2019，", "GB/T50378-2019"),
        ("（[二]十一）加强", "二十一"),
        ("处理能力[600吨]/日。", "600吨/日"),
        ("处理能力[]，", None),
    ],
)
def test_a_number_is_read_as_long_as_it_is(text: str, number: str | None) -> None:
    start, end = text.index("["), text.index("]") - 1
    units = frozenset({"项", "个", "吨", "吨/日"})
    assert reading.number_at(text.replace("[", "").replace("]", ""), start, end, units) == number
