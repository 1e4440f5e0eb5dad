"""Suites are loaded whole or refused, and what fails is named by table, key, column, value and reason."""

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from pipelines.errors import PipelineError
from pipelines.guard.expectations import EXPECTATIONS, Runner, load_suite, load_suites
from pipelines.guard.report import Check
from pipelines.schema import load_schemas

RANGE = {
    "type": "expect_column_values_to_be_between",
    "kwargs": {"column": "value", "min_value": 0, "strict_min": True},
    "meta": {"name": "value-positive", "notes": "No plan promises less than nothing."},
}
READ = {
    "type": "expect_rows_to_satisfy",
    "kwargs": {"rule": "value_read", "column_list": ["value", "value_as_written", "quote"]},
    "meta": {"name": "value-read", "notes": "A lost 万 is an error by 10,000."},
}
TIDY = {
    "type": "expect_cells_to_satisfy",
    "kwargs": {"rule": "tidy", "column_list": ["quote", "indicator"]},
    "meta": {"name": "tidy", "notes": "Blanks make equal texts unequal."},
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
        assert len(each.expectations) == len(each.loaded.expectations) == len(stored)


def test_an_expectation_that_gx_does_not_know_is_refused(tmp_path: Path) -> None:
    message = refused(suite(tmp_path, RANGE, {**READ, "type": "expect_rows_to_be_right"}))
    assert "expectation 2, value-read" in message
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


def test_an_unknown_rule_is_refused(tmp_path: Path) -> None:
    kwargs = {"rule": "value_guessed", "column_list": ["value", "quote"]}
    assert "'value_guessed'" in refused(suite(tmp_path, {**READ, "kwargs": kwargs}))


def test_columns_that_do_not_fit_the_rule_are_refused(tmp_path: Path) -> None:
    kwargs = {"rule": "value_read", "column_list": ["value", "value_as_written", "quote", "indicator"]}
    assert "4 columns" in refused(suite(tmp_path, {**READ, "kwargs": kwargs}))


def test_a_file_that_is_no_suite_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "targets.json"
    path.write_text("[]", encoding="utf-8")
    assert "no suite that can be read" in refused(path)


def test_a_table_without_a_suite_is_refused(tmp_path: Path) -> None:
    suite(tmp_path, RANGE)
    with pytest.raises(PipelineError, match="one JSON file for each table"):
        load_suites(load_schemas(), tmp_path)


def run(folder: Path, rows: list[dict[str, object]], *expectations: dict[str, Any]) -> list[Check]:
    columns = ("target_id", "value", "value_as_written", "quote", "indicator")
    full = [{**dict.fromkeys(columns), **row, "_line": line} for line, row in enumerate(rows)]
    frame = pd.DataFrame(
        {name: pd.Series([row[name] for row in full], dtype=object) for name in (*columns, "_line")}
    )
    return Runner().run(load_suite(suite(folder, *expectations)), frame, load_schemas()["targets"])


def test_a_failure_names_key_column_value_and_what_is_wrong(tmp_path: Path) -> None:
    rows: list[dict[str, object]] = [
        {"target_id": "x/1.1/t1", "value": 30.0, "value_as_written": "30%", "quote": "下降至30%"},
        {
            "target_id": "x/1.1/t2",
            "value": 40.0,
            "value_as_written": "40亿立方米",
            "quote": "达到40亿立方米 ",
        },
        {"target_id": "x/1.1/t3", "value": -3.0, "value_as_written": "3%", "quote": "下降3%"},
    ]
    positive, read, tidy = run(tmp_path, rows, RANGE, READ, TIDY)
    assert [check.failed for check in (positive, read, tidy)] == [1, 2, 1]
    assert positive.failures[0].key == (("target_id", "x/1.1/t3"),)
    assert positive.failures[0].message == "expected more than 0, not -3.0"
    assert (read.failures[0].row, read.failures[0].column, read.failures[0].value) == (
        "x/1.1/t2",
        "value",
        "40.0",
    )
    assert read.failures[0].message == "the words say 4000000000"
    assert (tidy.failures[0].row, tidy.failures[0].column) == ("x/1.1/t2", "quote")
    assert tidy.reason == "Blanks make equal texts unequal."


def test_a_check_that_breaks_fails(tmp_path: Path) -> None:
    kwargs = {"column": "value", "min_value": 0}
    rows: list[dict[str, object]] = [{"target_id": "x/1.1/t1", "value": "thirty", "quote": "三十"}]
    (check,) = run(tmp_path, rows, {**RANGE, "kwargs": kwargs})
    assert not check.ok
    assert "the check broke" in check.failures[0].message


def test_every_failing_row_is_counted_beyond_those_kept(tmp_path: Path) -> None:
    rows: list[dict[str, object]] = [
        {"target_id": f"x/1.1/t{number}", "value": 1.0, "value_as_written": "2%", "quote": "下降2%"}
        for number in range(300)
    ]
    (check,) = run(tmp_path, rows, READ)
    assert (check.rows, check.failed, len(check.failures)) == (300, 300, 200)
