"""What a plan says of itself: its number, its date and who issues it, wherever a copy prints them."""

import pytest

from pipelines.reading.plan import PlanFacts
from tests.samples import plan_of

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
