"""Codes of blind readers, held against the tables: nothing stale is counted, and every disagreement is explained."""

import csv
import shutil
from pathlib import Path

import pytest

from pipelines.describe.technical import technical_validation
from pipelines.errors import PipelineError
from pipelines.guard.codes import agreements, between_readers

ROOT = Path(__file__).resolve().parents[2]
CODES = ROOT / "tests" / "gold" / "codes"


def test_every_sentence_of_the_samples_is_coded_once() -> None:
    ids = [
        row["measure_id"]
        for name in ("measures-first.csv", "measures-second.csv")
        for row in csv.DictReader((CODES / name).read_text(encoding="utf-8").splitlines())
    ]
    assert len(ids) == len(set(ids)) == 240


def test_a_reader_who_codes_otherwise_is_listed() -> None:
    by_reader = {(one.column, one.reader): one for one in agreements(ROOT / "data", CODES)}
    second = by_reader["measures.bindingness", "second sample, reader C"]
    assert second.cases == 120
    assert second.hits == second.cases - len(second.differing)
    (row,) = [each for each in second.differing if each[0] == "wuhan-synergy/6.5/m1"]
    assert row == (
        "wuhan-synergy/6.5/m1",
        "拓展完善天地一体监测网络，提升减污降碳协同监测能力",
        "promote",
        "require",
    )


def test_two_readers_agree_on_bindingness() -> None:
    same, cases = between_readers(CODES)
    assert same / cases > 0.95


def test_a_code_for_other_words_is_refused(tmp_path: Path) -> None:
    codes = tmp_path / "codes"
    shutil.copytree(CODES, codes)
    path = codes / "measures-second.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("依法加快城市", "加快城市"), encoding="utf-8")
    with pytest.raises(
        PipelineError, match=r"measures-second\.csv, chongqing-synergy/2\.1/m6: found “加快城市建成区"
    ):
        list(agreements(ROOT / "data", codes))


def test_every_kind_of_error_is_explained() -> None:
    page = technical_validation(ROOT)
    errors = page.split("## Kinds of error", 1)[1].split("**", 1)[0]
    assert "| measures.bindingness | coded otherwise |" in errors
    assert "not told" not in errors
