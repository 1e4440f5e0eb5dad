"""Time expressions: what is a deadline, what a baseline, a date or a name."""

from datetime import date

import pytest

from pipelines.reading.moments import moments

DEADLINES = [
    # text, as written, start, end, kind, precision
    ("到2025年，全市煤炭占比下降", "到2025年", None, date(2025, 12, 31), "by", "year"),
    (
        "2023年底之前基本完成武汉钢铁有限公司等改造任务",
        "2023年底之前",
        None,
        date(2023, 12, 31),
        "by",
        "year",
    ),
    ("至2023年底实现原生生活垃圾零填埋", "至2023年底", None, date(2023, 12, 31), "by", "year"),
    ("力争2024年底前全市钢铁企业完成超低排放改造", "2024年底前", None, date(2024, 12, 31), "by", "year"),
    ("截至2025年6月30日前完成", "截至2025年6月30日前", None, date(2025, 6, 30), "by", "day"),
    ("2024年6月底前完成整改", "2024年6月底前", None, date(2024, 6, 30), "by", "month"),
    ("2024年上半年完成整改", "2024年上半年", date(2024, 1, 1), date(2024, 6, 30), "during", "half"),
    ("2024年第三季度完成整改", "2024年第三季度", date(2024, 7, 1), date(2024, 9, 30), "during", "quarter"),
    ("2024年三季度末前完成整改", "2024年三季度末前", None, date(2024, 9, 30), "by", "quarter"),
    ("确保2030年前实现碳达峰", "2030年前", None, date(2030, 12, 31), "by", "year"),
    ("“十四五”期间抚育森林40万亩", "“十四五”期间", date(2021, 1, 1), date(2025, 12, 31), "during", "period"),
    (
        "“十四五”规划期间积极创建省级森林城镇6个以上",
        "“十四五”规划期间",
        date(2021, 1, 1),
        date(2025, 12, 31),
        "during",
        "period",
    ),
    ("实现“十五五”时期逐步减少", "“十五五”时期", date(2026, 1, 1), date(2030, 12, 31), "during", "period"),
    ("到“十四五”末建成", "到“十四五”末", None, date(2025, 12, 31), "by", "period"),
    ("2023—2025年，每年完成造林", "2023—2025年", date(2023, 1, 1), date(2025, 12, 31), "during", "period"),
]


@pytest.mark.parametrize(("text", "written", "start", "end", "kind", "precision"), DEADLINES)
def test_deadline(text: str, written: str, start: date | None, end: date, kind: str, precision: str) -> None:
    (moment,) = [moment for moment in moments(text) if moment.role == "deadline"]
    assert text[moment.start : moment.end] == written
    assert (moment.start_date, moment.end_date, moment.kind, moment.precision) == (
        start,
        end,
        kind,
        precision,
    )


OTHERS = [
    ("单位GDP能源消耗比2020年下降15%以上", "2020年", "baseline"),
    ("万元工业增加值用水量较2020年下降12%", "2020年", "baseline"),
    ("在2020年基础上下降10%", "2020年", "baseline"),
    ("与2020年相比下降10%", "2020年", "baseline"),
    ("2023年8月18日印发", "2023年8月18日", "date"),
    ("自2021年10月8日起实施", "2021年10月8日", "date"),
    ("落实“十四五”节能减排目标", "十四五", "period"),
    ("根据《“十四五”节能减排综合工作方案》", "十四五", "period"),
    ("为实现2030年全球可持续发展目标贡献中国智慧", "2030年", "name"),
]


@pytest.mark.parametrize(("text", "written", "role"), OTHERS)
def test_no_deadline(text: str, written: str, role: str) -> None:
    (moment,) = moments(text)
    assert (text[moment.start : moment.end], moment.role) == (written, role)


def test_two_years_joined_are_two_deadlines() -> None:
    text = "到2025年和2030年，短流程炼钢占比达到省上要求。"
    found = [(text[m.start : m.end], m.end_date) for m in moments(text) if m.role == "deadline"]
    assert found == [("到2025年", date(2025, 12, 31)), ("2030年", date(2030, 12, 31))]


def test_what_ends_before_the_plan_is_background() -> None:
    (moment,) = moments("截至2021年底，全市建成充电桩", issued_on=date(2022, 12, 13))
    assert moment.role == "background"


def test_clause_number_fifteen_is_no_period() -> None:
    assert moments("（十五）推进固体废物污染防治协同控制。") == []
