"""The ledger: every number of a clause and what it is."""

import re

import pytest

from tests.samples import facts_of

NUMERAL = re.compile(r"[0-9〇零一二三四五六七八九十百千万亿两]")


def dispositions(sentence: str, role: str = "task") -> list[tuple[str, str]]:
    facts = facts_of(sentence, role)
    return [(sentence[entry.start : entry.end], entry.disposition) for entry in facts.entries]


CASES = [
    ("采用“替、引、扩、并、改”5项工作措施", [("5项", "count")]),
    ("推动3吨以下叉车采用新能源", [("3吨", "threshold")]),
    ("65蒸吨/小时以上的燃煤锅炉", [("65蒸吨/小时", "threshold")]),
    ("围绕“433”产业新体系", [("433", "name")]),
    ("提升PM2.5和O3协同监测能力", [("PM2.5", "name"), ("O3", "name")]),
    ("（环综合〔2022〕42号）", [("〔2022〕42号", "document")]),
    ("四大支柱产业", [("四", "count")]),
    ("推行一水多用和一体化监管", [("一", "word"), ("一", "word")]),
    ("单位GDP能源消耗比2020年下降15%以上", [("2020年", "baseline"), ("15%", "target")]),
    ("到2025年，森林覆盖率提高至57%以上", [("到2025年", "deadline"), ("57%", "target")]),
    ("深入贯彻党的二十大精神", [("二十", "name")]),
    (
        "PM2.5浓度由38微克/立方米下降到31微克/立方米",
        [("PM2.5", "name"), ("38微克/立方米", "baseline"), ("31微克/立方米", "target")],
    ),
]


@pytest.mark.parametrize(("sentence", "expected"), CASES)
def test_disposition(sentence: str, expected: list[tuple[str, str]]) -> None:
    assert dispositions(sentence) == expected


def test_background_figure_of_a_context_paragraph() -> None:
    assert dispositions("已建成公园120个，占比达到86%", "context") == [
        ("120个", "background"),
        ("86%", "background"),
    ]


@pytest.mark.parametrize("sentence", [sentence for sentence, _ in CASES])
def test_every_numeral_is_covered_once(sentence: str) -> None:
    facts = facts_of(sentence)
    covered = [place for entry in facts.entries for place in range(entry.start, entry.end)]
    assert len(covered) == len(set(covered))
    assert {match.start() for match in NUMERAL.finditer(sentence)} <= set(covered)
