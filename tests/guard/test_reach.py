"""The scorecard of a folder of plans counts what the raw texts hold, not what the build says of itself."""

from pathlib import Path

import pytest

from pipelines.errors import PipelineError
from pipelines.guard.reach import HAN, figures, reach
from tests.samples import PLAN, TITLE


def test_reach_counts_what_is_held_and_what_is_lost(tmp_path: Path) -> None:
    (tmp_path / "whole.txt").write_text(PLAN, encoding="utf-8")
    (tmp_path / "lost.txt").write_text("（市发展改革委牵头）" + "\ufffd" * 40, encoding="utf-8")
    found = reach(tmp_path, tmp_path / "out")
    lost, whole = found.documents
    assert (lost.document_id, whole.document_id) == ("dlost", "dwhole")
    assert whole.is_whole
    headings = [line for line in PLAN.splitlines() if line[:20] == TITLE[:20] or line[1:2] == "、"]
    assert whole.in_clauses == pytest.approx(1 - len(HAN.findall("".join(headings))) / len(HAN.findall(PLAN)))
    assert whole.duties == whole.duties_held > 0
    assert (lost.duties, lost.duties_held) == (1, 0)
    shown = figures(found)
    assert shown["documents"] == 2
    assert shown["duties_held"] == pytest.approx(whole.duties / (whole.duties + 1))
    assert found.characters == len(PLAN) + 50


def test_a_folder_without_texts_is_one_message(tmp_path: Path) -> None:
    with pytest.raises(PipelineError, match=r"found no text \(\*\.txt\); expected a folder"):
        reach(tmp_path, tmp_path / "out")
