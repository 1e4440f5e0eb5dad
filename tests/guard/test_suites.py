"""Suites are loaded whole or refused, and what fails is named by table, key, column, value and reason."""

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from pipelines.errors import PipelineError
from pipelines.guard.report import Check
from pipelines.guard.suites import EXPECTATIONS, Runner, load_suite, load_suites
from pipelines.schema import load_schemas

RANGE: dict[str, Any] = {
    "type": "expect_column_values_to_be_between",
    "kwargs": {"column": "value", "min_value": 0, "strict_min": True},
    "meta": {"name": "value-positive", "notes": "No plan promises less than nothing."},
}
READ: dict[str, Any] = {
    "type": "expect_column_values_to_be_null",
    "kwargs": {"column": "value-of-words"},
    "meta": {"name": "value-of-words", "notes": "A lost 万 is an error by 10,000.", "severity": "plan"},
}


def suite(folder: Path, *expectations: dict[str, Any]) -> Path:
    path = folder / "targets.json"
    described = {"name": "targets", "meta": {"notes": "Targets."}, "expectations": list(expectations)}
    path.write_text(json.dumps(described), encoding="utf-8")
    return path


def refused(path: Path) -> str:
    with pytest.raises(PipelineError) as error:
        load_suite(path)
    return str(error.value)


def test_every_table_has_a_suite_and_gx_keeps_every_expectation() -> None:
    schemas = load_schemas()
    suites = load_suites(schemas)
    assert list(suites) == list(schemas)
    for name, each in suites.items():
        stored = json.loads((EXPECTATIONS / f"{name}.json").read_text(encoding="utf-8"))["expectations"]
        assert len(each) == len(stored)


def test_an_expectation_that_gx_does_not_know_is_refused(tmp_path: Path) -> None:
    message = refused(suite(tmp_path, READ, {**RANGE, "type": "expect_rows_to_be_right"}))
    assert "expectation 2, value-positive" in message
    assert "GX drops" in message


def test_a_misspelt_argument_is_refused(tmp_path: Path) -> None:
    kwargs = {"column": "value", "min_valeu": 0}
    assert "min_valeu" in refused(suite(tmp_path, {**RANGE, "kwargs": kwargs}))


def test_a_missing_reason_is_refused(tmp_path: Path) -> None:
    assert "no reason" in refused(suite(tmp_path, {**RANGE, "meta": {"name": "value-positive"}}))
    assert "no reason" in refused(suite(tmp_path, {**RANGE, "meta": {"name": "x", "notes": "  "}}))


def test_a_missing_or_repeated_name_is_refused(tmp_path: Path) -> None:
    assert "meta.name" in refused(suite(tmp_path, {**RANGE, "meta": {"notes": "Because."}}))
    assert "meta.name" in refused(suite(tmp_path, RANGE, RANGE))


def test_an_unknown_check_is_refused(tmp_path: Path) -> None:
    other = {**READ, "kwargs": {"column": "value-guessed"}, "meta": {**READ["meta"], "name": "value-guessed"}}
    assert "the check 'value-guessed'" in refused(suite(tmp_path, other))


def test_an_unknown_severity_is_refused(tmp_path: Path) -> None:
    other = {**READ, "meta": {**READ["meta"], "severity": "mild"}}
    assert "'mild'" in refused(suite(tmp_path, other))


def test_a_file_that_is_no_suite_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "targets.json"
    path.write_text("[]", encoding="utf-8")
    assert "no suite that can be read" in refused(path)


def test_a_table_without_a_suite_is_refused(tmp_path: Path) -> None:
    suite(tmp_path, RANGE)
    with pytest.raises(PipelineError, match="one JSON file for each table"):
        load_suites(load_schemas(), tmp_path)


def run(
    folder: Path,
    rows: list[dict[str, object]],
    found: list[tuple[int, str, str]],
    *expectations: dict[str, Any],
) -> list[Check]:
    columns = ("target_id", "plan_id", "value", "value_as_written", "quote")
    frame = pd.DataFrame({name: pd.Series([row.get(name) for row in rows], dtype=object) for name in columns})
    loaded = load_suite(suite(folder, *expectations))
    plan_of = lambda row: str(rows[row]["plan_id"]) if row < len(rows) else ""  # noqa: E731
    return Runner().run(loaded, frame, load_schemas()["targets"], {"value-of-words": found}, plan_of)


def test_a_failure_names_key_column_value_and_what_is_wrong(tmp_path: Path) -> None:
    rows: list[dict[str, object]] = [
        {"target_id": "x/1.1/t1", "plan_id": "x", "value": 30.0, "quote": "下降至30%"},
        {"target_id": "y/1.1/t1", "plan_id": "y", "value": 40.0, "quote": "达到40亿立方米"},
        {"target_id": "z/1.1/t1", "plan_id": "z", "value": -3.0, "quote": "下降3%"},
    ]
    found = [(1, "value", "the words say 40亿立方米")]
    positive, read = run(tmp_path, rows, found, RANGE, READ)
    assert (positive.failed, positive.severity, positive.plans) == (1, "structure", {"z": 1})
    assert positive.failures[0].key == (("target_id", "z/1.1/t1"),)
    assert positive.failures[0].message == "expected 0 or more"
    assert (read.failed, read.severity, read.plans) == (1, "plan", {"y": 1})
    (failure,) = read.failures
    assert (failure.row, failure.column, failure.value) == ("y/1.1/t1", "value", "40.0")
    assert failure.message == "the words say 40亿立方米"
    assert read.reason == "A lost 万 is an error by 10,000."


def test_a_check_that_breaks_fails(tmp_path: Path) -> None:
    kwargs = {"column": "value", "min_value": 0}
    rows: list[dict[str, object]] = [
        {"target_id": "x/1.1/t1", "plan_id": "x", "value": "thirty", "quote": "三十"}
    ]
    (check,) = run(tmp_path, rows, [], {**RANGE, "kwargs": kwargs})
    assert not check.ok
    assert "the check broke" in check.failures[0].message


def test_every_failing_row_is_counted_beyond_those_kept(tmp_path: Path) -> None:
    rows: list[dict[str, object]] = [
        {"target_id": f"x/1.1/t{number}", "plan_id": "x", "value": 1.0, "quote": "下降2%"}
        for number in range(300)
    ]
    found = [(row, "value", "the words say 2%") for row in range(300)]
    (check,) = run(tmp_path, rows, found, READ)
    assert (check.rows, check.failed, len(check.failures), check.plans) == (300, 300, 200, {"x": 300})
