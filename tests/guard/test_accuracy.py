"""The tables are held against the annotated plans, each plan by itself and all together."""

import io
import shutil
from pathlib import Path

import pytest
from rich.console import Console

from pipelines.errors import PipelineError
from pipelines.guard.accuracy import REQUIRED, TOGETHER, accuracy, print_accuracy
from tests.guard.packages import ROOT

GOLD = ROOT / "tests" / "gold"


def test_every_figure_is_what_it_must_be() -> None:
    scores = accuracy(ROOT / "data", sorted(GOLD.glob("*.json")))
    assert {score.plan for score in scores} == {"chongqing", "wuhan", TOGETHER}
    assert {score.table for score in scores} == set(REQUIRED)
    assert [f"{score.plan} {score.table} {score.f1}" for score in scores if not score.ok] == []


def test_a_lost_target_is_a_miss_that_is_named(tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(ROOT / "data", data)
    lines = (data / "targets.csv").read_text(encoding="utf-8").split("\n")
    kept = [line for line in lines if not line.startswith("wuhan-synergy/2.4/t1,")]
    (data / "targets.csv").write_text("\n".join(kept), encoding="utf-8")
    console = Console(width=200, record=True, file=io.StringIO())
    assert not print_accuracy(data, GOLD, console)
    assert "wuhan targets_found, missing: wuhan | c4 | 30.0 | %" in console.export_text()


def test_no_annotation_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(PipelineError, match="no annotated plan"):
        accuracy(ROOT / "data", [])
    (tmp_path / "wuhan.json").write_text("{", encoding="utf-8")
    with pytest.raises(PipelineError, match="no annotation that can be read"):
        accuracy(ROOT / "data", [tmp_path / "wuhan.json"])
    with pytest.raises(PipelineError, match=r"no plans\.csv"):
        accuracy(tmp_path, sorted(GOLD.glob("*.json")))
