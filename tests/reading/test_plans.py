"""What a plan says of itself: its number, its date and who issues it, wherever a copy prints them."""

import time
from dataclasses import replace
from pathlib import Path

import pytest

from pipelines.package.build import document_plans
from pipelines.reading.plan import PlanFacts, read_plan
from pipelines.reading.plans import Identity, identity
from pipelines.vocabulary import load_vocabulary
from tests.samples import plan_of, source_of, texts_of

TITLE = "武汉市减污降碳协同增效实施方案"
LETTER = f"各区人民政府：\n《{TITLE}》已经市政府同意，现印发给你们，请认真贯彻落实。"
BODY = "为落实部署，制定本方案。\n一、总体要求\n推进节能。"


def itself(*parts: str) -> PlanFacts:
    return plan_of("\n".join(parts) + "\n")


HEADS = {
    # what stands before the text, and number, date and issuers that it gives
    "a covering letter that is signed": (
        (
            f"市生态环境局等部门关于印发《{TITLE}》的通知\n武环〔2023〕22号\n{LETTER}",
            "武汉市生态环境局　武汉市发展和改革委员会\n武汉市水务局\n2023年5月16日\n（此件公开发布）",
            TITLE,
        ),
        ("武环〔2023〕22号", "2023-05-16", ["武汉市生态环境局", "武汉市发展和改革委员会", "武汉市水务局"]),
    ),
    "a letter that nobody signs": (
        (f"武汉市人民政府关于印发{TITLE}的通知\n武政〔2023〕31号\n{LETTER}\n2023年8月21日", TITLE),
        ("武政〔2023〕31号", "2023-08-21", ["武汉市人民政府"]),
    ),
    "a heading that names one of several": (
        (f"武汉市生态环境局等部门关于印发《{TITLE}》的通知\n{LETTER}", TITLE),
        ("", "None", []),
    ),
    "names above a title, number and date below it": (
        (
            "中共武汉市委\n武汉市人民政府\n关于做好碳达峰碳中和工作的实施意见",
            "武发〔2022〕7 号\n(2022 年 3 月 17 日)",
        ),
        ("武发〔2022〕7号", "2022-03-17", ["中共武汉市委", "武汉市人民政府"]),
    ),
    "names below a title": (
        (TITLE, "武汉市生态环境局\n2022年3月17日"),
        ("", "2022-03-17", ["武汉市生态环境局"]),
    ),
}


@pytest.mark.parametrize(("head", "expected"), HEADS.values(), ids=HEADS)
def test_number_date_and_issuers(head: tuple[str, ...], expected: tuple[str, str, list[str]]) -> None:
    found = itself(*head, BODY)
    number, issued_on, issuers = expected
    assert found.identity.document_number == number
    assert str(found.identity.issued_on) == issued_on
    assert [issuer.text.string for issuer in found.identity.issuers] == issuers
    assert [read.clause.text.string for read in found.clauses] == ["为落实部署，制定本方案。", "推进节能。"]
    assert bool(issuers) == ("no-issuers" not in {issue.kind for issue in found.issues})


def test_the_party_committee_of_a_city_is_an_agency() -> None:
    found = itself("中共武汉市委\n武汉市人民政府\n关于做好碳达峰碳中和工作的实施意见", BODY)
    (agency,) = (one for one in found.agencies if one.short_name == "中共武汉市委")
    assert (agency.agency_id, agency.name) == ("wuhan/party-committee", "中共武汉市委员会")
    assert agency.is_known


def test_a_notice_gives_the_title_of_the_plan_that_it_carries() -> None:
    name = "2021年实施“数字·绿色”技术改造专项行动方案"
    found = itself(f"武汉市人民政府关于印发{name}的通知\n2021年2月16日", name, BODY).identity
    assert (found.title, found.genre) == (name, "plan")
    assert found.title_en == "2021 Special Action Plan of Wuhan"
    assert (found.place and found.place.label, found.place_basis) == ("武汉市", "issuer")


PLACES = {
    # the lines before the text, the place that they tell, and what tells it
    "a district with its city": ("芜湖市繁昌区节能降碳若干支持措施", "繁昌区", "title"),
    "a district alone": ("徐汇区节能减排降碳专项资金管理办法", "徐汇区", "title"),
    "a district of a name that several bear": ("鼓楼区绿色建筑实施方案", "", ""),
    "a year before the place": ("2022年山东省公共机构生态环境保护工作要点", "山东省", "title"),
    "a new area": ("江北新区绿色低碳发展实施方案", "南京市", "title"),
    "the country": ("国家适应气候变化实施方案", "中国", "title"),
    "a ministry": ("生态环境部关于促进应对气候变化投融资的指导意见", "中国", "issuer"),
    "ministries and others": ("国家发展改革委等部门关于推进共建绿色发展的意见", "中国", "title"),
    "the party committee of a province": ("中共四川省委关于推动绿色低碳产业发展的决定", "四川省", "title"),
    "a place inside the title": ("碳达峰碳中和林草碳汇（包头）试验区实施方案", "包头市", "text"),
}


def alone(title: str) -> Identity:
    """What a plan says of itself of which nothing is known but its text."""
    source = source_of(f"{title}\n{BODY}\n")
    source = replace(source, row=replace(source.row, division_code=""))
    return read_plan(
        [document_plans(source, load_vocabulary(), Path("seeds"))[0]], load_vocabulary()
    ).identity


@pytest.mark.parametrize(("title", "place", "basis"), PLACES.values(), ids=PLACES)
def test_whose_plan_it_is(title: str, place: str, basis: str) -> None:
    found = alone(title)
    assert (found.place.label if found.place else "", found.place_basis) == (place, basis)


def test_a_plan_whose_place_nothing_tells_is_read_and_doubted() -> None:
    source = source_of(f"鼓楼区绿色建筑实施方案\n{BODY}\n")
    source = replace(source, row=replace(source.row, division_code=""))
    found = read_plan([document_plans(source, load_vocabulary(), Path("seeds"))[0]], load_vocabulary())
    assert [issue.severity for issue in found.issues if issue.kind == "no-place"] == ["warning"]


def test_what_a_curator_gives_wins_and_is_marked() -> None:
    row = replace(
        source_of("").row,
        title="武汉市绿色建筑规划",
        issued_on="2022-06-01",
        document_number="武政〔2022〕1号",
    )
    source = replace(source_of(f"{TITLE}\n武发〔2021〕7号\n2021年3月17日\n{BODY}\n"), row=row)
    found = read_plan(
        [document_plans(source, load_vocabulary(), Path("seeds"))[0]], load_vocabulary()
    ).identity
    assert (found.title, found.genre, found.document_number) == (
        "武汉市绿色建筑规划",
        "programme",
        "武政〔2022〕1号",
    )
    assert str(found.issued_on) == "2022-06-01"
    assert found.curated == ("title", "document_number", "issued_on")


DATES = {
    "in Chinese numerals": ("（二〇二二年六月十一日）", "2022-06-11"),
    "of adoption": ("（2021年12月28日中国共产党武汉市第十三届委员会第十次全体会议通过）", "2021-12-28"),
    "without a day": ("2022年6月", "None"),
    "that no calendar has": ("2022年6月31日", "None"),
}


@pytest.mark.parametrize(("line", "expected"), DATES.values(), ids=DATES)
def test_dates(line: str, expected: str) -> None:
    assert str(itself(LETTER, line, TITLE, BODY).identity.issued_on) == expected


NUMBERS = {
    "on its line": ("武政办〔2022〕31 号", "武政办〔2022〕31号"),
    "in brackets": ("（武政办发[2022]31号）", "武政办发〔2022〕31号"),
    "behind a label": ("发文字号：武政〔2022〕31号", "武政〔2022〕31号"),
    "of an order": ("中华人民共和国生态环境部令\n（第19 号）", "中华人民共和国生态环境部令第19号"),
    "of an order, when it was made public": (
        "（2021 年12 月11 日生态环境部令第24 号公布 自2022年2月8日起施行）",
        "生态环境部令第24号",
    ),
    "of an announcement": (
        "国家发展和改革委员会公告\n（2022年第4号）",
        "国家发展和改革委员会公告2022年第4号",
    ),
    "an order cited": ("依据《政府投资条例》（国务院令第712号）制定的办法", ""),
    "cited": ("环综合〔2021〕4号）、《环境影响评价工作方案》，开展试点", ""),
}


@pytest.mark.parametrize(("line", "expected"), NUMBERS.values(), ids=NUMBERS)
def test_numbers(line: str, expected: str) -> None:
    assert itself(f"关于印发{TITLE}的通知", line, TITLE, BODY).identity.document_number == expected


SIGNATURES = {
    # the last lines of a covering letter, and the names that they give
    "spread over their lines": (
        "国家发展改革委\n生 态 环 境 部\n2022年4月9日",
        ["国家发展改革委", "生态环境部"],
    ),
    "parted by the number of a page": (
        "四川省生态环境厅　四川省文化和旅游厅\n— 2 —\n四川省林业和草原局\n2021年3月29日",
        ["四川省生态环境厅", "四川省文化和旅游厅", "四川省林业和草原局"],
    ),
    "one of which no row knows": (
        "国家发展改革委\n中直管理局\n2022年1月18日",
        ["国家发展改革委", "中直管理局"],
    ),
    "without a date": ("国家发展改革委\n外交部\n（此件公开发布）", ["国家发展改革委", "外交部"]),
    "with a seal": (
        "武汉市公共机构节能工作联席会议办公室\n（武汉市机关事务管理局代章）\n2022年1月14日",
        ["武汉市公共机构节能工作联席会议办公室"],
    ),
    "of a tax bureau named after two places": (
        "台州市财政局　国家税务总局台州市税务局\n2022年7月5日",
        ["台州市财政局", "国家税务总局台州市税务局"],
    ),
    "an office of a ministry": ("生态环境部办公厅\n2021年10月17日", ["生态环境部办公厅"]),
}


@pytest.mark.parametrize(("lines", "expected"), SIGNATURES.values(), ids=SIGNATURES)
def test_signatures(lines: str, expected: list[str]) -> None:
    found = itself(LETTER, lines, "促进绿色消费实施方案", BODY).identity
    assert [issuer.name for issuer in found.issuers] == expected


HEADINGS = {
    # a title that names who issues the document, and the names
    "one behind the other": (
        "中共武汉市委武汉市人民政府关于做好碳达峰碳中和工作的意见",
        ["中共武汉市委", "武汉市人民政府"],
    ),
    "the second without its place": ("浙江省委省政府关于做好碳达峰碳中和工作的意见", ["浙江省委", "省政府"]),
    "of the centre": ("中共中央、国务院关于深入打好污染防治攻坚战的意见", ["中共中央", "国务院"]),
    "without marks": (
        "工业和信息化部人民银行银保监会关于推动工业绿色发展的指导意见",
        ["工业和信息化部", "人民银行", "银保监会"],
    ),
}


@pytest.mark.parametrize(("title", "expected"), HEADINGS.values(), ids=HEADINGS)
def test_issuers_in_a_heading(title: str, expected: list[str]) -> None:
    assert [issuer.name for issuer in alone(title).issuers] == expected


def test_plans_that_one_letter_carries_have_its_number_date_and_issuers() -> None:
    first, second = "武汉市冶金行业节能降碳实施方案", "武汉市建材行业节能降碳实施方案"
    letter = f"武汉市人民政府\n武政〔2022〕7号\n各区人民政府：\n现将《{first}》《{second}》印发给你们。\n武汉市人民政府\n2022年3月7日\n"
    texts = texts_of(f"{letter}{first}\n{BODY}\n{second}\n{BODY}\n")
    found = [identity([text], load_vocabulary()) for text in texts]
    assert [each.title for each in found] == [first, second]
    assert {(each.document_number, str(each.issued_on)) for each in found} == {
        ("武政〔2022〕7号", "2022-03-07")
    }
    assert {issuer.name for each in found for issuer in each.issuers} == {"武汉市人民政府"}


HOSTILE = {
    "a name that never ends": "武汉市局国家局" * 30_000,
    "an unbroken line of kinds": "中华人民共和国标准" * 30_000,
    "a title in a thousand quotation marks": "《" * 5_000 + "方案" + "》" * 5_000,
    "brackets that never close": "关于印发（" * 30_000,
    "many names": "武汉市生态环境局\n" * 5_000,
    "many titles": "关于印发武汉市实施方案的通知\n" * 5_000,
}


@pytest.mark.parametrize("line", HOSTILE.values(), ids=HOSTILE)
def test_hostile_lines_take_no_more_than_their_time(line: str) -> None:
    begun = time.perf_counter()
    found = itself(LETTER, line, "2023年5月16日", TITLE, BODY).identity
    assert found.place is not None
    assert time.perf_counter() - begun < 20
