"""Each kind of damage in the copies is mended by a rule with a name, and nothing else is touched."""

import dataclasses
import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipelines.document.document import PlanText
from pipelines.errors import PipelineError
from pipelines.package.build import document_plans
from pipelines.seeds.sources import Erratum, SourceRow, read_errata, read_source, read_sources
from pipelines.text.provenance import repaired
from pipelines.text.repair import simplified
from pipelines.text.residue import residue
from pipelines.vocabulary import load_vocabulary
from tests.samples import PLAN, SEEDS, TITLE, source_of, text_of

SOURCES = read_sources(SEEDS)


def document(body: str) -> PlanText:
    return text_of(f"{TITLE}\n\n一、总体要求\n\n{body}\n")


def mended(body: str) -> str:
    """What becomes of the text of a chapter."""
    made = document(body)
    return made.text.string[: made.end].partition("一、总体要求\n\n")[2]


def rules(body: str) -> list[tuple[str, str, str]]:
    return [(edit.rule, edit.before, edit.after) for edit in document(body).document.edits]


REPAIRS = {
    "blanks round digits": (
        "到 2025 年，减污降碳协同推进的工作格局基本形成。",
        "到2025年，减污降碳协同推进的工作格局基本形成。",
    ),
    "bold marks of Markdown": (
        "**2023**年底之前基本完成武汉钢铁有限公司等钢铁企业超低排放改造。",
        "2023年底之前基本完成武汉钢铁有限公司等钢铁企业超低排放改造。",
    ),
    "page break in a word": (
        "落实国家、省有关区\n\n域和行业碳达峰行动方案等政策要求。",
        "落实国家、省有关区域和行业碳达峰行动方案等政策要求。",
    ),
    "form feed in a word": (
        "落实国家、省有关区\f域和行业碳达峰行动方案等政策要求。",
        "落实国家、省有关区域和行业碳达峰行动方案等政策要求。",
    ),
    "half-width marks": (
        "到2025年,主要农作物化肥、农药使用量比2020年减少10%以上;畜禽粪污综合利用率达到93%。",
        "到2025年，主要农作物化肥、农药使用量比2020年减少10%以上；畜禽粪污综合利用率达到93%。",
    ),
    "half-width brackets round Latin letters in Chinese": (
        "加大氮氧化物、挥发性有机物(VOCs)以及温室气体协同减排力度。",
        "加大氮氧化物、挥发性有机物（VOCs）以及温室气体协同减排力度。",
    ),
    "a pair of which one half is full-width": ("（七)推进工业领域协同增效。", "（七）推进工业领域协同增效。"),
    "traditional characters with their readings": (
        "為貫徹實(shí)施國家和省碳達(dá)峰綜合戰(zhàn)略,強(qiáng)化減污降碳行動(dòng)舉措。",
        "为贯彻实施国家和省碳达峰综合战略，强化减污降碳行动举措。",
    ),
    "a bracket of letters that is no reading": (
        "強(qiáng)化檢測(cè)與強(qiáng)制維護(hù)制度(I/M制度)。",
        "强化检测与强制维护制度（I/M制度）。",
    ),
    "full-width digits, letters and percent signs": (
        "ＰＭ２．５浓度下降１３．５％。",
        "PM2.5浓度下降13.5%。",
    ),
    "straight quotes": ('推进"无废城市"建设。', "推进“无废城市”建设。"),
    "a quotation of two kinds of marks": (
        '“十四五"公共机构，开展“碳核查＂。',
        "“十四五”公共机构，开展“碳核查”。",
    ),
    "closing quotation marks printed as opening ones": (
        "完善“领跑者“制度和标准。推进“以竹代塑”。实施“百千万“工程。",
        "完善“领跑者”制度和标准。推进“以竹代塑”。实施“百千万”工程。",
    ),
    "marks of titles read as brackets": (
        "落实《控制温室气体排放工作方案)) ((节能减排工作方案》和《生活垃圾管理条例}。",
        "落实《控制温室气体排放工作方案》《节能减排工作方案》和《生活垃圾管理条例》。",
    ),
    "brackets of two kinds round a year": ("（国办发〔2021]118号）", "（国办发〔2021〕118号）"),
    "a decimal point in a font of its own at the end of a line": ("年均增速2\ue010\n3%。", "年均增速2.3%。"),
    "a power and a stroke that were lost": ("降至35μg/m?，低于50kgce\\t。", "降至35μg/m³，低于50kgce/t。"),
    "the cells of a table's row, each on a line of its own": (
        "推进改造。\n森林覆盖率\t%\t42.5\n推进建设。",
        "推进改造。\n森林覆盖率\n%\n42.5\n推进建设。",
    ),
    "ideographic and no-break spaces": ("\u3000\u3000到2025年，\u00a0持续改善。", "到2025年，持续改善。"),
    "characters nobody sees": ("减污\u200b降\u200d碳\ufeff协同\u00ad增效\ufe0f。", "减污降碳协同增效。"),
    "directions of writing": ("减污\u202e降碳\u202c协同增效。", "减污降碳协同增效。"),
    "colours of a terminal": ("减污\x1b[31m降碳\x1b[0m协同增效。", "减污降碳协同增效。"),
    "a soft line break of a word processor": (
        "落实国家、省有关区\v域和行业碳达峰行动方案等政策要求。",
        "落实国家、省有关区域和行业碳达峰行动方案等政策要求。",
    ),
}


@pytest.mark.parametrize(("before", "after"), REPAIRS.values(), ids=REPAIRS)
def test_damage_is_mended(before: str, after: str) -> None:
    assert mended(before) == after


KEPT = {
    "thousands": "建成1,000个站点。",
    "Latin text": "按GB/T 50378-2019（Assessment standard for green building）执行。",
    "names with letters": "PM2.5、BF A和5G基站协同推进。",
    "a question mark, which stands where a character was lost": "推广节?设备。",
    "an item's number before a digit": "1．2025年底前完成改造。",
}


@pytest.mark.parametrize("text", KEPT.values(), ids=KEPT)
def test_what_is_whole_is_left(text: str) -> None:
    assert mended(text) == text
    assert rules(text) == []


def test_each_repair_says_what_the_seed_has_and_what_the_text_has() -> None:
    assert rules("沈陽(yáng)市,到 2025 年。") == [
        ("script", "陽", "阳"),
        ("pinyin", "(yáng)", ""),
        ("width", ",", "，"),
        ("blank", " ", ""),
        ("blank", " ", ""),
    ]


def test_a_name_spread_over_its_line_is_drawn_together() -> None:
    assert rules("落实本方案。\n生 态 环 境 部\n是 否 是 否") == [("blank", " ", "")] * 4


@pytest.mark.parametrize("row", SOURCES, ids=[row.document_id for row in SOURCES])
def test_the_repairs_alone_turn_the_seed_into_the_published_text(row: SourceRow) -> None:
    source = read_source(SEEDS, row, read_errata(SEEDS, SOURCES)[row.document_id])
    made = document_plans(source, load_vocabulary(), SEEDS)[0]
    edits = [(edit.start, edit.end, edit.after) for edit in made.document.edits]
    assert repaired(source.raw, 0, len(source.raw), edits) == made.text.string
    assert not residue(made.text, source.raw, [(made.start, made.end)])


def test_a_text_of_traditional_characters_is_said_to_be_one() -> None:
    assert document("強化減污降碳行動舉措。").document.script == "Hant"
    assert document("强化减污降碳行动举措。").document.script == "Hans"


# --- Hand repairs ------------------------------------------------------------------------------------------------


def with_errata(body: str, *errata: tuple[str, str]) -> PlanText:
    source = source_of(f"{TITLE}\n\n一、总体要求\n\n{body}\n")
    rows = tuple(
        Erratum("wuhan", before, after, "misprint", "", "Misprint corrected", "") for before, after in errata
    )
    return document_plans(dataclasses.replace(source, errata=rows), load_vocabulary(), Path("seeds"))[0]


def test_a_hand_repair_changes_what_differs() -> None:
    made = with_errata("优先种植栾树。", ("优先种植栾树", "优先种植栎树"))
    assert [(edit.before, edit.after, edit.rule) for edit in made.document.edits] == [
        ("栾", "栎", "misprint")
    ]


def test_a_restored_full_stop_has_a_place_of_its_own() -> None:
    """The next sentence begins behind it: its row must not hold the full stop."""
    raw = "提升碳匯能力??茖W(xué),推進綠化。"
    made = with_errata(raw, ("能力??茖W(xué),", "能力。科學,"))
    place = made.text.string.index("科学")
    start, end = made.text[place : place + 2].span
    edits = [(edit.start, edit.end, edit.after) for edit in made.document.edits]
    assert repaired(made.source.raw, start, end, edits) == "科学"


def test_a_restored_traditional_character_is_simplified_too() -> None:
    made = with_errata("推動東?|全面振興。", ("東?|", "東北，"))
    assert made.plan.string.endswith("推动东北，全面振兴。")
    assert ("?|", "北，", "lost") not in [(e.before, e.after, e.rule) for e in made.document.edits], (
        "two places, two rows"
    )


@pytest.mark.parametrize(
    ("body", "before", "found"),
    [
        ("优先种植栾树。", "栾木", "found that text 0 times in the seed"),
        ("栾树、栾树。", "栾树", "found that text 2 times in the seed"),
        ("优先\u200b种植。", "优先\u200b种植", "found that text only with invisible characters"),
    ],
)
def test_a_hand_repair_must_match_exactly_once(body: str, before: str, found: str) -> None:
    with pytest.raises(PipelineError, match=f"errata.csv, document wuhan.*{found}") as caught:
        with_errata(body, (before, "栎树"))
    assert "expected that text exactly once" in str(caught.value)


# --- Anything at all ---------------------------------------------------------------------------------------------

ODD = '（）()“”"‘’《》。；，,;:：!?？ \u3000\u00a0\t\n\r\f\v\x00\x85\u2028\u200b\u202e\ufeff\ue000\ufffd\x1b[31m*#•-=+@<>&\\陽(yáng)１．５％〇两𠀀é🚗٣'


@given(st.text(st.sampled_from(ODD + "推进节能降碳到2025年（一）二、1．市财政局负责"), max_size=80))
@example("\r\n\r")
@example("沈陽(yáng)(yáng)")
@example("a \x1b[31m,\x00中")
def test_any_text_is_repaired_or_refused(body: str) -> None:
    """Nothing but the project's own error is raised, and the edits account for every character."""
    try:
        made = document(body)
    except PipelineError:
        return
    edits = [(edit.start, edit.end, edit.after) for edit in made.document.edits]
    assert repaired(made.source.raw, 0, len(made.source.raw), edits) == made.text.string
    assert 0 <= made.start < made.title_end <= made.end <= len(made.text)
    assert not re.search("[\r\f\v\x00\x1b\u200b\ufeff\u3000\u00a0\t]", made.text.string)


@given(st.text(max_size=60))
@example("\U0002f800麼\U0001d7ec")
def test_simplifying_keeps_the_length(text: str) -> None:
    assert len(simplified(text)) == len(text)


def test_a_plan_without_damage_needs_no_repair() -> None:
    assert text_of(PLAN).document.edits == ()
