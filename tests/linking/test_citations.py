"""The documents that plans cite: each line of the page is read as it says, and short forms, the plan itself and other plans are told apart."""

from collections.abc import Mapping
from itertools import takewhile
from pathlib import Path

import pytest

from pipelines.linking.citation_words import citation_words
from pipelines.linking.citations import citations, key_of, national_documents
from pipelines.linking.citing import read_citations
from pipelines.package.build import read_plans
from pipelines.vocabulary import load_vocabulary
from pipelines.vocabulary.citations import CitationWord
from tests.samples import write_seeds

VOCABULARY = load_vocabulary()
WORDS = citation_words(VOCABULARY)
PAGE = (Path(__file__).parents[2] / "docs/method/citations.md").read_text(encoding="utf-8").splitlines()
EXAMPLES = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in takewhile(lambda line: line.startswith("|"), PAGE[PAGE.index("|---|---|---|---|---|") + 1 :])
]


@pytest.mark.parametrize("row", EXAMPLES, ids=lambda row: row[0])
def test_examples_of_the_page(row: list[str]) -> None:
    (found,) = read_citations(row[0], WORDS)
    if row[1] == "none":
        assert found.kind in ("", "none")
        assert not found.number
    else:
        assert [
            found.title,
            found.number,
            found.issuer,
            f"{found.relation} {found.relation_as_written}".strip(),
        ] == row[1:]


def test_one_verb_governs_a_list_and_another_ends_it() -> None:
    text = (
        "根据《中华人民共和国环境保护法》《浙江省生态环境保护“十四五”规划》和《绍兴市国民经济和社会发展第十四个五年规划和2035年远景目标纲要》"
        "等文件精神，制定《绍兴市生态环境保护“十四五”规划》，修订《绍兴市大气污染防治条例》。"
    )
    assert [one.relation for one in read_citations(text, WORDS)] == ["basis"] * 3 + ["mentions", "revises"]


def test_nested_titles_are_one_citation() -> None:
    (found,) = read_citations("按照《国家能源局关于印发《坚强局部电网规划建设实施方案》的通知》执行", WORDS)
    assert found.title == "国家能源局关于印发《坚强局部电网规划建设实施方案》的通知"
    assert found.issuer == "国家能源局"


def test_one_issuer_of_several_titles() -> None:
    text = "落实国务院《“十四五”节能减排综合工作方案》《2030年前碳达峰行动方案》和《湖北省碳达峰实施方案》"
    assert [one.issuer for one in read_citations(text, WORDS)] == ["国务院", "国务院", ""]


@pytest.mark.parametrize(
    ("title", "number", "issuer", "national"),
    [
        ("国务院关于印发2030年前碳达峰行动方案的通知", "", "国务院", "carbon-peak-action-plan-2021"),
        ("", "国发[2021]23号", "", "carbon-peak-action-plan-2021"),
        ("中共中央、国务院关于完整准确全面贯彻新发展理念做好碳达峰碳中和工作的意见", "", "", "carbon-peak-carbon-neutrality-opinions-2021"),
        ("关于完整准确全面贯彻新发展理念做好碳达峰碳中和工作的实施意见", "", "省委、省政府", ""),
        ("中华人民共和国国民经济和社会发展第十四个五年规划和二〇三五年远景目标纲要", "", "", "outline-14th-five-year-plan"),
        ("湖北省国民经济和社会发展第十四个五年规划和2035年远景目标纲要", "", "", ""),
        ("环境保护法", "", "", "environmental-protection-law"),
        ("关于发布<高耗能行业重点领域能效标杆水平和基准水平（2021年版）>的通知", "", "", "energy-efficiency-benchmarks-2021"),
        ("水十条", "", "", "water-action-plan-2015"),
    ],
)  # fmt: skip
def test_national_document(title: str, number: str, issuer: str, national: str) -> None:
    assert national_documents(VOCABULARY).named(title, number, issuer) == national


def test_national_documents_are_told_apart() -> None:
    rows = VOCABULARY.national_documents
    titles = [key_of(title, VOCABULARY) for row in rows for title in (row.title, *row.variants)]
    assert len(titles) == len(set(titles))


def rows_of(tmp_path: Path, texts: Mapping[str, str]) -> list[dict[str, object]]:
    plans, _, left_out = read_plans(
        write_seeds(tmp_path / "seeds", texts, division_code=""), VOCABULARY, strict=False
    )
    assert left_out == []
    return list(citations(plans, VOCABULARY))


def test_short_forms_and_the_plan_itself(tmp_path: Path) -> None:
    text = """武汉市减污降碳协同增效实施方案
根据《湖北省“十四五”节能减排规划》（以下简称《规划》），制定《武汉市减污降碳协同增效实施方案》（以下简称《实施方案》）。
一、重点任务
（一）落实责任。各部门要落实《规划》和《实施方案》。（责任单位：市生态环境局）
（二）强化考核。把《方案》实施情况纳入考核。（责任单位：市生态环境局）
"""
    found = rows_of(tmp_path, {"wuhan": text})
    assert [(row["title"], row["full_title"], row["relation"]) for row in found] == [
        ("湖北省“十四五”节能减排规划", None, "basis"),
        ("规划", "湖北省“十四五”节能减排规划", "implements"),
    ]


def test_a_plan_of_the_package_is_named(tmp_path: Path) -> None:
    plan = "{}减污降碳协同增效实施方案\n为{}，制定本方案。\n一、重点任务\n（一）推进协同。推广绿色建筑。（责任单位：市生态环境局）\n"
    found = rows_of(
        tmp_path,
        {
            "chongqing": plan.format("重庆市", "推进降碳"),
            "wuhan": plan.format(
                "武汉市", "参考《重庆市减污降碳协同增效实施方案》和《成都市减污降碳协同增效实施方案》"
            ),
        },
    )
    assert [row["cited_plan_id"] for row in found] == ["chongqing-synergy", None]


def test_what_no_row_knows_is_an_issue(tmp_path: Path) -> None:
    text = "武汉市减污降碳协同增效实施方案\n为推进降碳，制定本方案。\n一、重点任务\n（一）宣传。办好《汉丹清流》栏目。（责任单位：市生态环境局）\n"
    (plan,), _, _ = read_plans(write_seeds(tmp_path / "seeds", {"wuhan": text}), VOCABULARY, strict=True)
    assert ["《汉丹清流》" in issue.message for issue in plan.issues if issue.kind == "unread-title"] == [
        True
    ]


@pytest.mark.parametrize("row", VOCABULARY.citation_words, ids=lambda row: f"{row.kind} {row.word}")
def test_each_word_decides_its_example(row: CitationWord) -> None:
    found = read_citations(row.example if "《" in row.example else f"符合{row.example}", WORDS)
    match row.kind:
        case "relation" | "beside" | "behind":
            assert (found[0].relation, found[0].relation_as_written) == (row.code, row.word)
        case "ending":
            assert (found[0].kind, found[0].kind_as_written) == (row.code, row.word)
        case "standard":
            assert found[0].is_standard
            assert found[0].number.startswith(row.word)
        case "before_issuer":
            (name,) = row.example.partition("《")[0].split(row.word)[1:]
            assert found[0].issuer == name
        case "issuer":
            assert WORDS.agencies_at_end(row.example) == row.example
