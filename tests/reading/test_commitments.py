"""Quantified targets: what one line of a plan commits to."""

import pytest

from pipelines.reading.commitment import Commitment
from pipelines.reading.commitments import commitments
from pipelines.reading.grammar import grammar
from pipelines.reading.quantities import quantities
from pipelines.reading.time_expressions import time_expressions
from pipelines.vocabulary import load_vocabulary


def read(text: str) -> tuple[Commitment, ...]:
    words = grammar(load_vocabulary())
    times = time_expressions(text, words.times)
    found = quantities(text, words, [(time.start, time.end) for time in times])
    return commitments(text, 0, len(text), found, times, words).commitments


TARGETS = [
    # text, indicator, value, unit, comparator, change
    ("全市煤炭占能源消费总量的比重下降至30%以内", "煤炭占能源消费总量的比重", 30, "percent", "<=", "level"),
    ("天然气用气量达到40亿立方米以上", "天然气用气量", 4e9, "cubic-metre", ">=", "level"),
    ("提升慢行交通设施146公里", "慢行交通设施", 146, "kilometre", "=", "add"),
    (
        "新增或者更新车辆中新能源公交车占比达100%",
        "新增或者更新车辆中新能源公交车占比",
        100,
        "percent",
        "=",
        "level",
    ),
    ("到2024年实现建筑垃圾资源化利用率基本达到70%以上", "建筑垃圾资源化利用率", 70, "percent", ">=", "level"),
    ("完成植树造林10万亩", "植树造林", 100000, "mu", "=", "add"),
    ("抚育森林40万亩", "抚育森林", 400000, "mu", "=", "add"),
    ("新增污泥处置能力600吨/日", "污泥处置能力", 600, "tonne-per-day", "=", "add"),
    (
        "规模以上工业单位增加值能耗降低14.5%以上",
        "规模以上工业单位增加值能耗",
        14.5,
        "percent",
        ">=",
        "decrease",
    ),
    ("港口新改建岸电泊位超过250个", "港口新改建岸电泊位", 250, "thing", ">=", "add"),
    ("可再生能源建筑应用面积新增500万平方米", "可再生能源建筑应用面积", 5e6, "square-metre", "=", "add"),
    ("森林蓄积量不低于2.8亿立方米", "森林蓄积量", 2.8e8, "cubic-metre", ">=", "level"),
    ("实现城区和县城地区清洁取暖率100%", "城区和县城地区清洁取暖率", 100, "percent", "=", "level"),
    ("煤炭消费比重降至40%以下", "煤炭消费比重", 40, "percent", "<=", "level"),
    (
        "风电、太阳能发电总装机容量达到430万千瓦以上",
        "风电、太阳能发电总装机容量",
        4300000,
        "kilowatt",
        ">=",
        "level",
    ),
    ("大宗固废综合利用量达到850万吨左右", "大宗固废综合利用量", 8500000, "tonne", "~", "level"),
    ("新增大宗固废综合利用率达到60%", "新增大宗固废综合利用率", 60, "percent", "=", "level"),
    (
        "非化石能源占能源消费总量比重力争比2020年提高4个百分点以上",
        "非化石能源占能源消费总量比重",
        4,
        "percentage-point",
        ">=",
        "increase",
    ),
    ("实施合同能源管理项目不少于30个", "合同能源管理项目", 30, "thing", ">=", "add"),
    ("开展30个乡村电气化试点", "乡村电气化试点", 30, "thing", "=", "add"),
    (
        "新能源汽车新车销售量达到汽车新车销售总量的20%以上",
        "新能源汽车新车销售量",
        20,
        "percent",
        ">=",
        "level",
    ),
    (
        "力争80%以上县级及以上党政机关建成节约型机关",
        "县级及以上党政机关建成节约型机关",
        80,
        "percent",
        ">=",
        "level",
    ),
]


TARGETS += [
    # who or where stands before the action
    ("农村地区新建充电桩1000个", "充电桩", 1000, "thing", "=", "add"),
    ("各县（市、区）新建充电站2座以上", "充电站", 2, "facility", ">=", "add"),
    # the action behind what it is done to
    ("国五及以下重型柴油货车淘汰1万辆以上", "国五及以下重型柴油货车淘汰", 10000, "vehicle", ">=", "add"),
    ("入河排污口完成整治120个", "入河排污口完成整治", 120, "thing", "=", "add"),
    # two actions
    ("新增和改造污水收集管网8万公里", "污水收集管网", 80000, "kilometre", "=", "add"),
    # named, and counted with 等
    ("完成花溪、白云等5座污水处理厂节能改造", "污水处理厂节能改造", 5, "facility", "=", "add"),
    ("完成辖区内200家餐饮企业油烟治理", "辖区内餐饮企业油烟治理", 200, "establishment", "=", "add"),
    (
        "支持2个以上县（市、区）创建国家生态文明建设示范区",
        "县（市、区）创建国家生态文明建设示范区",
        2,
        "thing",
        ">=",
        "add",
    ),
    # what a bracket counts in
    ("清洁取暖率达到90%以上（含县城）", "清洁取暖率", 90, "percent", ">=", "level"),
]


@pytest.mark.parametrize(("text", "indicator", "value", "unit", "comparator", "change"), TARGETS)
def test_target(text: str, indicator: str, value: float, unit: str, comparator: str, change: str) -> None:
    (commitment,) = read(text)
    assert (commitment.indicator, commitment.quantity.value, commitment.quantity.unit) == (
        indicator,
        value,
        unit,
    )
    assert (commitment.comparator, commitment.change) == (comparator, change)


NO_TARGETS = [
    "车桩比达到2:1",
    "推广绿色出行、旧衣回收等8类低碳场景",
    "满足超过30万辆电动汽车充电需求",
    "加快建设200万吨CCUS（碳捕集、利用与封存）示范项目一期工程",
    "加快建设2×66万千瓦热电联产机组",
    "统筹推进12项重点任务",
    "采用“替、引、扩、并、改”5项工作措施",
    "推动3吨以下叉车、园林机械采用新能源",
    "65蒸吨/小时以上的燃煤锅炉全面实现超低排放",
    "围绕“433”产业新体系",
    "完成30万千瓦及以上热电联产电厂周边燃煤锅炉改燃关停任务",
    "全面落实自治区支持梧州循环经济产业园区高质量发展的10条措施",
    "12条入海河流消劣成果巩固提升",
    "高耗能企业市场交易的燃煤发电上网电价不受上浮20%限制",
]


@pytest.mark.parametrize("text", NO_TARGETS)
def test_number_that_describes_or_delimits(text: str) -> None:
    assert read(text) == ()


def indicators(text: str) -> list[tuple[str, float]]:
    return [(commitment.indicator, commitment.quantity.value) for commitment in read(text)]


def test_number_that_covers_two_indicators() -> None:
    assert indicators("三大粮食作物化肥、农药利用率均达到43%") == [
        ("三大粮食作物化肥利用率", 43),
        ("三大粮食作物农药利用率", 43),
    ]


def test_two_nouns_that_share_a_metric() -> None:
    assert indicators("主要农作物化肥、农药使用量比2020年减少10%以上") == [
        ("主要农作物化肥使用量", 10),
        ("主要农作物农药使用量", 10),
    ]


def test_subjects_joined_without_a_distributing_word_are_one_indicator() -> None:
    found = read("钢铁、水泥、合成氨等重点行业产能和数据中心达到能效标杆水平的比例超过30%")
    assert [(each.indicator, each.quantity.value, each.comparator) for each in found] == [
        ("钢铁、水泥、合成氨等重点行业产能和数据中心达到能效标杆水平的比例", 30, ">="),
    ]


def test_a_grade_alone_grades_what_was_named_before_it() -> None:
    found = read("力争创建国家装配式建筑产业基地2家、市级4家")
    assert [(each.indicator, each.quantity.value) for each in found] == [
        ("国家装配式建筑产业基地", 2),
        ("市级装配式建筑产业基地", 4),
    ]


def test_a_grade_of_what_was_named_without_one() -> None:
    assert indicators("建成绿色工厂100家以上，其中国家级30家") == [("绿色工厂", 100), ("国家级绿色工厂", 30)]


def test_a_noun_and_its_number_alone_go_on_with_what_is_done() -> None:
    assert indicators("完成造林30万亩，森林抚育100万亩") == [("造林", 300000), ("森林抚育", 1000000)]
    assert indicators("改造老旧小区1200个，惠及居民10万户") == [("改造老旧小区", 1200)]


def test_what_a_change_starts_from() -> None:
    (commitment,) = read("非化石能源消费占比由2020年的8%提高到2025年的13%左右")
    assert (commitment.quantity.value, commitment.change, commitment.baseline_year) == (13, "level", 2020)
    (commitment,) = read("在2022年空气质量优良天数比率86.8%的基础上，到2025年提高2个百分点以上")
    assert (commitment.indicator, commitment.change, commitment.baseline_year) == (
        "空气质量优良天数比率",
        "increase",
        2022,
    )


def test_a_standard_that_a_number_names_is_part_of_what_is_measured() -> None:
    assert indicators("新建居住建筑75%节能标准执行率达到100%") == [("新建居住建筑75%节能标准执行率", 100)]


def test_what_is_measured_is_named_once_before_the_years() -> None:
    found = read("大宗货物绿色运输方式比例，2023年达到60%，2024年达到70%，2025年达到80%以上")
    assert [(each.indicator, each.quantity.value, each.comparator) for each in found] == [
        ("大宗货物绿色运输方式比例", 60, "="),
        ("大宗货物绿色运输方式比例", 70, "="),
        ("大宗货物绿色运输方式比例", 80, ">="),
    ]


def test_a_hedge_stands_beside_its_number() -> None:
    (saved,) = read("节约标准煤30万吨")
    (about,) = read("节约标准煤约30万吨")
    assert (saved.comparator, saved.hedge) == ("=", "")
    assert (about.comparator, about.hedge) == ("~", "约")


def test_who_pays_is_no_part_of_what_is_paid() -> None:
    assert indicators("市财政每年安排减污降碳专项资金不少于3000万元") == [("减污降碳专项资金", 30000000)]


RESPECTIVELY = {
    "two places": (
        "京津冀及周边地区、汾渭平原PM2.5浓度分别下降20%、15%",
        [("京津冀及周边地区PM2.5浓度", 20), ("汾渭平原PM2.5浓度", 15)],
    ),
    "nouns of two lengths": (
        "氨氮、化学需氧量减排量分别不低于420吨和0.86万吨",
        [("氨氮减排量", 420), ("化学需氧量减排量", 8600)],
    ),
    "one number for two": (
        "单位GDP能耗、单位GDP二氧化碳排放分别下降15%以上",
        [("单位GDP能耗", 15), ("单位GDP二氧化碳排放", 15)],
    ),
    "nouns of one length": (
        "城市、县城建成区绿地率分别达到40%和38%以上",
        [("城市建成区绿地率", 40), ("县城建成区绿地率", 38)],
    ),
    "nouns that end alike": (
        "风电、光伏发电装机容量分别达到4300万千瓦、5400万千瓦",
        [("风电装机容量", 43000000), ("光伏发电装机容量", 54000000)],
    ),
    "names in Latin letters": (
        "PM2.5、PM10年均浓度分别控制在29微克/立方米、65微克/立方米以下",
        [("PM2.5年均浓度", 29), ("PM10年均浓度", 65)],
    ),
    "whole metrics": (
        "公共机构单位建筑面积能耗、人均综合能耗和人均用水量比2020年分别下降5%、6%和7%",
        [("公共机构单位建筑面积能耗", 5), ("人均综合能耗", 6), ("人均用水量", 7)],
    ),
    "nouns that a total sums up": (
        "二氧化硫（SO2）、氮氧化物（NOX）和挥发性有机物（VOCs）等主要污染物排放总量比2015年分别下降15%、10%和26%",
        [
            ("二氧化硫（SO2）排放总量", 15),
            ("氮氧化物（NOX）排放总量", 10),
            ("挥发性有机物（VOCs）排放总量", 26),
        ],
    ),
    "nouns that share a metric": (
        "公交车、巡游出租车、环卫车新能源占比分别达到100%、80%、60%以上",
        [("公交车新能源占比", 100), ("巡游出租车新能源占比", 80), ("环卫车新能源占比", 60)],
    ),
}


@pytest.mark.parametrize(("text", "found"), RESPECTIVELY.values(), ids=RESPECTIVELY)
def test_each_number_has_its_own_indicator(text: str, found: list[tuple[str, float]]) -> None:
    assert indicators(text) == found


def test_a_bound_holds_for_all_only_where_it_alone_is_printed() -> None:
    found = read("化学需氧量、氨氮、氮氧化物、挥发性有机物排放总量比2020年分别下降8%、8%、10%以上、10%以上")
    assert [(each.quantity.value, each.comparator) for each in found] == [
        (8, "="),
        (8, "="),
        (10, ">="),
        (10, ">="),
    ]


def test_respectively() -> None:
    text = "化学需氧量、氨氮、氮氧化物、挥发性有机物等主要污染物重点工程减排量分别达到1.6万吨、0.04万吨、2.08万吨、0.99万吨"
    assert indicators(text) == [
        ("化学需氧量重点工程减排量", 16000),
        ("氨氮重点工程减排量", 400),
        ("氮氧化物重点工程减排量", 20800),
        ("挥发性有机物重点工程减排量", 9900),
    ]


def test_enumeration_keeps_the_verb_of_its_first() -> None:
    text = "实施人工造林1万亩、退化林修复20万亩、森林抚育2万亩，森林蓄积量达到1100万立方米"
    assert [(c.indicator, c.change) for c in read(text)] == [
        ("人工造林", "add"),
        ("退化林修复", "add"),
        ("森林抚育", "add"),
        ("森林蓄积量", "level"),
    ]


def test_range_is_one_target_of_its_lower_value() -> None:
    assert [
        (one.quantity.value, one.quantity.written, one.comparator)
        for one in read("建设1至2个绿色生态城区，能耗降低10%–15%，抚育森林5万—6万亩")
    ] == [(1, "1至2个", "="), (10, "10%–15%", "="), (50000, "5万—6万亩", "=")]


def test_scope_baseline_and_strength() -> None:
    (commitment,) = read("力争全市单位地区生产总值能源消耗比2020年下降14.5%")
    assert (commitment.scope, commitment.baseline_year, commitment.strength_as_written) == (
        "全市",
        2020,
        "力争",
    )
    assert commitment.indicator == "单位地区生产总值能源消耗"
