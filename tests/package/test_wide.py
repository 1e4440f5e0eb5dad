"""The tables for reading: English beside Chinese, agencies by role, keywords."""

from pathlib import Path

from pipelines.vocabulary import load_vocabulary
from tests.samples import TITLE, rows_of, write_seeds

TEXT = f"""{TITLE}
为落实部署，制定本方案。
一、重点任务
（一）推进协同。到2025年，畜禽规模养殖场粪污综合利用率力争达到80%以上。推动清洁取暖。（市农业农村局牵头，市财政局配合）
（二）加强组织领导。加强统筹。（市财政局、市农业农村局按职责分工负责）
"""


def test_a_target_is_told_in_english(tmp_path: Path) -> None:
    (row,) = rows_of(write_seeds(tmp_path, {"wuhan": TEXT}))["targets_wide"]
    told = {
        "place_en": "Wuhan",
        "province_en": "Hubei",
        "level_en": "Municipal",
        "chapter_title_en": "Key tasks",
        "clause_title": "推进协同",
        "clause_title_en": None,  # not one that recurs
        "indicator": "畜禽规模养殖场粪污综合利用率",
        "indicator_en": "Livestock manure put to use",
        "qualifiers_en": "large farms",
        "value": 80.0,
        "unit_en": "percent",
        "comparator_en": "At least",
        "strength_en": "To be striven for",
        "lead_agencies": "武汉市农业农村局",
        "lead_agencies_en": "Wuhan Agriculture and Rural Affairs Bureau",
        "supporting_agencies": "武汉市财政局",
        "named_agencies": None,
        "document_id": "wuhan",
    }
    assert {name: row[name] for name in told} == told


def test_an_english_search_finds_a_measure(tmp_path: Path) -> None:
    first, second, third = rows_of(write_seeds(tmp_path, {"wuhan": TEXT}))["measures_wide"]
    assert "manure" in str(first["keywords_en"])
    assert "finance" in str(second["keywords_en"])
    assert second["technologies_en"] == "Clean and central heating"
    assert "Clean and central heating" in str(second["keywords_en"])
    assert (second["verb"], second["verb_en"], second["bindingness_en"]) == (
        "推动",
        "drive forward",
        "Promotes: is to be advanced",
    )
    assert (third["clause_title_en"], third["named_agencies"]) == (
        "Strengthen organisation and leadership",
        "武汉市财政局、武汉市农业农村局",
    )


def test_every_verb_that_binds_has_its_english() -> None:
    vocabulary = load_vocabulary()
    assert set(vocabulary.action_en) == {row.verb for row in vocabulary.verbs if row.bindingness}
    english = [*vocabulary.action_en.values(), *vocabulary.heading_en.values()]
    assert all(words and not any("\u4e00" <= each <= "\u9fff" for each in words) for words in english)
