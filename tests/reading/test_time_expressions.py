"""Time expressions: what is a deadline, what a baseline, a date, a name or past, and where a year comes from."""

from datetime import date

import pytest

from pipelines.reading.grammar import grammar
from pipelines.reading.planyears import NO_YEARS, PlanYears, plan_years
from pipelines.reading.time_expressions import TimeExpression, time_expressions
from pipelines.vocabulary import load_vocabulary

WORDS = grammar(load_vocabulary()).times
PLAN_OF_2022 = PlanYears(date(2022, 3, 17), date(2022, 3, 17), 2022)


def read(text: str, years: PlanYears = NO_YEARS, *, is_description: bool = False) -> list[tuple[str, str]]:
    return [(text[m.start : m.end], m.role) for m in time_expressions(text, WORDS, years, is_description)]


def deadlines(text: str, years: PlanYears = NO_YEARS) -> list[TimeExpression]:
    return [time for time in time_expressions(text, WORDS, years) if time.role == "deadline"]


POINTS = [
    # text, as written, end, precision
    ("到2025年，全市煤炭占比下降", "到2025年", date(2025, 12, 31), "year"),
    ("2023年底之前基本完成武汉钢铁有限公司等改造任务", "2023年底之前", date(2023, 12, 31), "year"),
    ("至2023年底实现原生生活垃圾零填埋", "至2023年底", date(2023, 12, 31), "year"),
    ("力争2024年底前全市钢铁企业完成超低排放改造", "2024年底前", date(2024, 12, 31), "year"),
    ("2025年年底前，秸秆综合利用率达到96%以上", "2025年年底前", date(2025, 12, 31), "year"),
    ("截至2025年6月30日前完成", "截至2025年6月30日前", date(2025, 6, 30), "day"),
    ("2025年底能效低于基准水平的产能全面退出", "2025年底", date(2025, 12, 31), "year"),
    ("2024年6月底前完成整改", "2024年6月底前", date(2024, 6, 30), "month"),
    ("2022年12月前，全面开展披露工作", "2022年12月前", date(2022, 12, 31), "month"),
    ("2024年三季度末前完成整改", "2024年三季度末前", date(2024, 9, 30), "quarter"),
    ("确保2030年前实现碳达峰", "2030年前", date(2030, 12, 31), "year"),
    ("展望2035年，生态环境质量持续改善", "2035年", date(2035, 12, 31), "year"),
    ("展望二〇三五年，广泛形成绿色生产生活方式", "二〇三五年", date(2035, 12, 31), "year"),
    ("到“十四五”末，基本形成信息共享", "到“十四五”末", date(2025, 12, 31), "period"),
    ("至“十四五”期末，产业布局稳定", "至“十四五”期末", date(2025, 12, 31), "period"),
    ("到十四五末，基本建成", "到十四五末", date(2025, 12, 31), "period"),
    ("到本世纪中叶，建成现代化强国", "到本世纪中叶", date(2050, 12, 31), "period"),
]


@pytest.mark.parametrize(("text", "written", "end", "precision"), POINTS)
def test_by_when(text: str, written: str, end: date, precision: str) -> None:
    (time,) = deadlines(text)
    assert text[time.start : time.end] == written
    assert (time.kind, time.start_date, time.end_date, time.precision) == ("by", None, end, precision)


PERIODS = [
    # text, as written, start, end, precision
    ("2025年，全市实现全覆盖", "2025年", date(2025, 1, 1), date(2025, 12, 31), "year"),
    ("PM2.5浓度2025年控制在30微克/立方米", "2025年", date(2025, 1, 1), date(2025, 12, 31), "year"),
    ("确保2025年全省大陆自然岸线保有率达标", "2025年", date(2025, 1, 1), date(2025, 12, 31), "year"),
    ("确保2023年满足Ⅲ类水质目标", "2023年", date(2023, 1, 1), date(2023, 12, 31), "year"),
    ("2024年上半年完成整改", "2024年上半年", date(2024, 1, 1), date(2024, 6, 30), "half"),
    ("2024年第三季度完成整改", "2024年第三季度", date(2024, 7, 1), date(2024, 9, 30), "quarter"),
    ("“十四五”期间抚育森林40万亩", "“十四五”期间", date(2021, 1, 1), date(2025, 12, 31), "period"),
    ("“十四五”累计替代电量超过60亿千瓦时", "“十四五”", date(2021, 1, 1), date(2025, 12, 31), "period"),
    ("实现“十五五”时期逐步减少", "“十五五”时期", date(2026, 1, 1), date(2030, 12, 31), "period"),
    ("“十五五”初期，建成投产", "“十五五”初期", date(2026, 1, 1), date(2027, 12, 31), "period"),
    ("2023—2025年，每年完成造林", "2023—2025年", date(2023, 1, 1), date(2025, 12, 31), "period"),
    ("2021至2025年，要按照要求推进", "2021至2025年", date(2021, 1, 1), date(2025, 12, 31), "period"),
    ("制定计划（2020年10月—12月）", "2020年10月—12月", date(2020, 10, 1), date(2020, 12, 31), "month"),
]


@pytest.mark.parametrize(("text", "written", "start", "end", "precision"), PERIODS)
def test_in_which_period(text: str, written: str, start: date, end: date, precision: str) -> None:
    (time,) = deadlines(text)
    assert text[time.start : time.end] == written
    assert (time.kind, time.start_date, time.end_date, time.precision) == (
        "during",
        start,
        end,
        precision,
    )


OTHERS = [
    ("单位GDP能源消耗比2020年下降15%以上", "2020年", "baseline"),
    ("万元工业增加值用水量较2020年下降12%", "2020年", "baseline"),
    ("在2020年基础上下降10%", "2020年", "baseline"),
    ("与2020年相比下降10%", "2020年", "baseline"),
    ("2023年8月18日印发", "2023年8月18日", "date"),
    ("2020年6月，习近平总书记视察宁夏", "2020年6月", "date"),
    ("自2021年10月8日起实施", "2021年10月8日", "date"),
    ("落实“十四五”节能减排目标", "十四五", "period"),
    ("根据《“十四五”节能减排综合工作方案》", "十四五", "period"),
    ("为实现2030年全球可持续发展目标贡献中国智慧", "2030年", "name"),
    ("锚定2035年远景目标", "2035年", "name"),
    ("2022年能源工作指导意见", "2022年", "name"),
    ("发布2022年各省消纳责任权重", "2022年", "name"),
    ("2022年是全面推进之年", "2022年", "name"),
    ("为2030年前碳达峰奠定坚实基础", "2030年前", "name"),
    ("有序推进2060年前碳中和路径设计", "2060年前", "goal"),
    ("对2023年底能效仍在基准水平以下的产能，执行差别化政策", "2023年底", "name"),
    ("对我国2030年前实现碳达峰具有重要意义", "2030年前", "goal"),
    ("努力争取2060年前实现碳中和的总体要求", "2060年前", "goal"),
    ("推动“十四五”时期能源高质量发展", "“十四五”时期", "background"),
    ("规划期为2021—2025年", "2021—2025年", "name"),
    ("行动计划（2022—2025年）", "2022—2025年", "name"),
    ("“十四五”时期是重要机遇期", "“十四五”时期", "background"),
    ("“十四五”时期，我省仍处于关键期", "“十四五”时期", "background"),
    ("为“十四五”期间环境应急管理工作指明了方向", "“十四五”期间", "background"),
    ("截至2020年底，已建成充电桩20个", "截至2020年底", "background"),
    ("2022年起新建公共建筑执行标准", "2022年", "background"),
]


@pytest.mark.parametrize(("text", "written", "role"), OTHERS)
def test_no_deadline(text: str, written: str, role: str) -> None:
    assert read(text) == [(written, role)]


def test_times_named_together_are_alike() -> None:
    text = "到2025年和2030年，短流程炼钢占比达到省上要求。"
    assert [(text[m.start : m.end], m.kind) for m in deadlines(text)] == [
        ("到2025年", "by"),
        ("2030年", "by"),
    ]
    text = "在2023年、2025年底分别进行中期评估和总结评估"
    assert [(text[m.start : m.end], m.kind) for m in deadlines(text)] == [
        ("2023年", "by"),
        ("2025年底", "by"),
    ]
    text = "“十四五”“十五五”期间逐步推广"
    assert [m.end_date for m in deadlines(text)] == [date(2025, 12, 31), date(2030, 12, 31)]


YEAR_ELSEWHERE = [
    # text, as written, start, end, where the year comes from
    ("6月底前完成评估", "6月底前", None, date(2022, 6, 30), "plan"),
    ("力争年内举办博览会", "年内", date(2022, 1, 1), date(2022, 12, 31), "plan"),
    ("全年计划完成营造林175.5万亩", "全年", date(2022, 1, 1), date(2022, 12, 31), "plan"),
    ("第三季度完成验收", "第三季度", date(2022, 7, 1), date(2022, 9, 30), "plan"),
    ("力争今年省级龙头企业突破500家", "今年", date(2022, 1, 1), date(2022, 12, 31), "plan"),
    ("（责任部门：自然处，完成期限：12月底）", "12月底", None, date(2022, 12, 31), "plan"),
    ("2024年6月底前，淘汰车辆；年底前，建成充电桩", "年底前", None, date(2024, 12, 31), "sentence"),
    ("2024年3月底前启动。下半年完成验收", "下半年", date(2024, 7, 1), date(2024, 12, 31), "paragraph"),
]


@pytest.mark.parametrize(("text", "written", "start", "end", "basis"), YEAR_ELSEWHERE)
def test_a_time_without_its_year(text: str, written: str, start: date | None, end: date, basis: str) -> None:
    time = deadlines(text, PLAN_OF_2022)[-1]
    assert text[time.start : time.end] == written
    assert (time.start_date, time.end_date, time.basis) == (start, end, basis)


def test_where_nothing_gives_the_year_it_stays_open() -> None:
    assert read("年底前，至少完成1次排查") == [("年底前", "yearless")]


def test_what_comes_round_every_year_is_no_deadline() -> None:
    assert read("每年12月底前报送进展", PLAN_OF_2022) == [("12月底前", "frequency")]
    assert read("次年3月底前完成核查", PLAN_OF_2022) == []
    assert read("天然气全年总量，三年内完成", PLAN_OF_2022) == []


def test_what_ends_before_the_plan_is_description() -> None:
    years = PlanYears(date(2022, 12, 13), date(2022, 12, 13))
    assert read("截至2021年底，全市建成充电桩", years) == [("截至2021年底", "background")]
    assert read("2021年，全市森林覆盖率达到40%", years) == [("2021年", "background")]
    assert read("2021年底前完成整治", years) == [("2021年底前", "deadline")]


def test_a_goal_of_the_state_is_cited_in_a_description() -> None:
    cited = time_expressions("实现2030年前碳达峰、2060年前碳中和是重大战略部署", WORDS, is_description=True)
    assert [(time.role, time.end_date, time.precision) for time in cited] == [
        ("goal", date(2030, 12, 31), "year"),
        ("goal", date(2060, 12, 31), "year"),
    ]


def test_two_goals_cited_together() -> None:
    assert read("力争2030年前实现碳达峰，2060年前实现碳中和的重大战略决策") == [
        ("2030年前", "goal"),
        ("2060年前", "goal"),
    ]
    assert read("确保2030年前实现碳达峰，落实重大部署") == [("2030年前", "deadline")]


def test_a_bare_year_in_a_description_is_description() -> None:
    assert read("2025年，全市面临挑战", is_description=True) == [("2025年", "background")]


def test_clause_number_fifteen_is_no_period() -> None:
    assert read("（十五）推进固体废物污染防治协同控制。") == []


def test_years_of_a_plan() -> None:
    assert plan_years("湖北省2022年林业工作要点", WORDS).year == 2022
    assert plan_years("2021-2023年滚动实施方案", WORDS) == PlanYears(None, date(2021, 1, 1))
    assert plan_years("国家适应气候变化战略", WORDS, text="（国发〔2021〕4号）").begins == date(2021, 1, 1)


DAYS = "于2022年4月10日、7月10日、10月15日，2023年1月8日前报送"


@pytest.mark.parametrize(
    ("text", "days"),
    [
        (DAYS, [date(2022, 4, 10), date(2022, 7, 10), date(2022, 10, 15), date(2023, 1, 8)]),
        ("2022年4月、7月、10月底前完成", [date(2022, 4, 30), date(2022, 7, 31), date(2022, 10, 31)]),
        ("2022年4月10日、7月10日印发的通知", []),
        ("监测时间为1月1日至12月31日", []),
    ],
)
def test_days_in_a_list_take_the_year_before_them(text: str, days: list[date]) -> None:
    assert [time.end_date for time in deadlines(text)] == days


def test_a_day_of_a_month_is_no_duration() -> None:
    found = time_expressions("监测时间为1月1日至12月31日", WORDS)
    assert [(time.role, time.start, time.end) for time in found] == [("name", 5, 9), ("name", 9, 16)]
