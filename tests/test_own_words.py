"""A folder vocabularies/ beside somebody's own seeds adds to our words or overrides them, and the package says so."""

import csv
import json
from pathlib import Path

import pytest

from pipelines.document.words import line_words
from pipelines.errors import PipelineError
from pipelines.guard.validate import validate
from pipelines.package.build import build
from pipelines.vocabulary import load_vocabulary, vocabulary_beside
from tests.samples import PLAN, write_seeds

OPEN = "森林覆盖率提高至57%开外"


def seeds_with(folder: Path, name: str, *rows: str) -> Path:
    seeds = write_seeds(
        folder / "seeds", {"wuhan": PLAN.replace("一、总体要求\n", f"一、总体要求\n\n到2025年，{OPEN}。\n")}
    )
    (seeds / "vocabularies").mkdir()
    (seeds / "vocabularies" / name).write_text("\n".join([*rows, ""]), encoding="utf-8")
    return seeds


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / "data" / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_a_word_of_ones_own_is_read_and_the_package_says_so(tmp_path: Path) -> None:
    seeds = seeds_with(
        tmp_path, "comparators.csv", "word,stands,comparator,example", "开外,behind,>=,57%开外"
    )
    build(seeds, tmp_path / "out", strict=False)
    (target,) = [row for row in rows(tmp_path / "out", "targets") if row["value"] == "57"]
    assert (target["comparator"], target["comparator_as_written"]) == (">=", "开外")
    (issue,) = [row for row in rows(tmp_path / "out", "issues") if row["kind"] == "own-vocabulary"]
    assert issue["severity"] == "info"
    assert "vocabularies/comparators.csv (1 rows)" in issue["message"]
    descriptor = json.loads((tmp_path / "out" / "datapackage.json").read_text(encoding="utf-8"))
    assert descriptor["ownVocabularies"] == [issue["message"]]


def test_validate_uses_the_same_words(tmp_path: Path) -> None:
    seeds = seeds_with(
        tmp_path, "comparators.csv", "word,stands,comparator,example", "开外,behind,>=,57%开外"
    )
    build(seeds, tmp_path / "out", strict=False)
    assert [check.name for check in validate(tmp_path / "out", seeds=seeds).failed] == []
    assert [check.name for check in validate(tmp_path / "out").failed] == []


def test_without_it_the_word_is_an_issue(tmp_path: Path) -> None:
    seeds = write_seeds(
        tmp_path / "seeds", {"wuhan": PLAN.replace("一、总体要求\n", f"一、总体要求\n\n到2025年，{OPEN}。\n")}
    )
    build(seeds, tmp_path / "out", strict=False)
    assert [row for row in rows(tmp_path / "out", "targets") if row["value"] == "57"] == []
    assert "left-over" in {row["kind"] for row in rows(tmp_path / "out", "issues")}


def test_a_row_of_ones_own_overrides_ours(tmp_path: Path) -> None:
    seeds = seeds_with(tmp_path, "strengths.csv", "word,strength,example", "务求,strive,务求达到57%")
    assert set(vocabulary_beside(seeds).strength_of) > {"务求", "力争"}
    seeds = seeds_with(tmp_path / "b", "comparators.csv", "word,stands,comparator,example", "以上,behind,<=,")
    assert vocabulary_beside(seeds).comparator_of["以上"] == {"<="}


def test_a_line_of_the_foot_of_ones_own_is_known(tmp_path: Path) -> None:
    line = "签发人已审阅"
    seeds = seeds_with(tmp_path, "line_words.csv", "word,kind,example", f"签发人,foot,{line}")
    assert line_words(vocabulary_beside(seeds)).foot.match(line)
    assert not line_words(load_vocabulary()).foot.match(line)


def test_a_file_that_is_no_vocabulary_is_refused(tmp_path: Path) -> None:
    seeds = seeds_with(tmp_path, "comparaters.csv", "word,stands,comparator,example")
    with pytest.raises(
        PipelineError, match=r"comparaters\.csv, its name: found 'comparaters\.csv'; expected one of"
    ):
        vocabulary_beside(seeds)


def test_a_wrong_code_is_told_by_the_file_and_line_of_ones_own(tmp_path: Path) -> None:
    header = "as_printed,full_name,slug,function_id,name_en,level"
    rows_of = (
        "市绿办,绿化办公室,greening,forestry-parks,Greening Office,",
        "市碳办,碳办公室,carbon,carbon-office,Carbon Office,",
    )
    seeds = seeds_with(tmp_path, "agency_names.csv", header, *rows_of)
    with pytest.raises(PipelineError) as error:
        vocabulary_beside(seeds)
    assert error.value.file == str(seeds / "vocabularies" / "agency_names.csv")
    assert error.value.place == "line 3, function_id"
    assert "'carbon-office'" in error.value.found
