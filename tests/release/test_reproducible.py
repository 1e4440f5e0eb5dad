"""A rebuild in other circumstances gives the same bytes; the first place where one does not is named."""

import shutil
from pathlib import Path

import pytest

from pipelines.errors import PipelineError
from pipelines.release.reproducible import check, first_difference
from tests.guard.packages import ROOT, copied


def test_a_rebuild_in_other_circumstances_gives_the_same_bytes() -> None:
    assert [str(difference) for difference in check(ROOT)] == []


def test_equal_packages_differ_nowhere(tmp_path: Path) -> None:
    assert first_difference(copied(tmp_path / "one"), copied(tmp_path / "two")) is None


def test_the_first_differing_row_is_named(tmp_path: Path) -> None:
    one, two = copied(tmp_path / "one"), copied(tmp_path / "two")
    path = two / "data" / "targets.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("下降至30%", "下降至31%"), encoding="utf-8")
    (two / "data" / "units.parquet").write_bytes(b"")
    difference = first_difference(one, two)
    assert difference is not None
    assert (difference.file, difference.table) == ("data/targets.csv", "targets")
    assert "wuhan-synergy/2.4/t1" in difference.row
    assert "30%" in difference.published
    assert "31%" in difference.rebuilt


def test_a_differing_text_is_named_by_line(tmp_path: Path) -> None:
    one, two = copied(tmp_path / "one"), copied(tmp_path / "two")
    path = two / "data" / "text" / "wuhan-official.txt"
    path.write_text(path.read_text(encoding="utf-8") + "\n多出一行", encoding="utf-8")
    difference = first_difference(one, two)
    assert difference is not None
    assert difference.file == "data/text/wuhan-official.txt"
    assert difference.row.startswith("line ")


def test_a_file_on_one_side_only_is_named(tmp_path: Path) -> None:
    one, two = copied(tmp_path / "one"), copied(tmp_path / "two")
    (two / "data" / "extra.csv").write_text("a\n", encoding="utf-8")
    difference = first_difference(one, two)
    assert difference is not None
    assert (difference.file, difference.published, difference.rebuilt) == (
        "data/extra.csv",
        "absent",
        "there",
    )


def test_a_build_that_fails_is_an_error(tmp_path: Path) -> None:
    target = copied(tmp_path / "package")
    shutil.copytree(ROOT / "schemas", target / "schemas")
    (target / "seeds" / "sources.csv").unlink()
    with pytest.raises(PipelineError, match="a build that ends with status 1"):
        check(target)
