"""A rebuild in other circumstances gives the same bytes; the first place where one does not is named."""

import re
import shutil
from pathlib import Path

import pytest

from pipelines.errors import PipelineError
from pipelines.package.dataset import read_dataset
from pipelines.release.reproducible import check
from pipelines.release.verify import differences
from tests.guard.packages import ROOT, copied


def test_a_rebuild_in_other_circumstances_gives_the_same_bytes() -> None:
    assert check(ROOT) == []


def found(one: Path, two: Path) -> list[str]:
    return differences(read_dataset(one), read_dataset(two))[1]


def test_equal_packages_differ_nowhere(tmp_path: Path) -> None:
    assert found(copied(tmp_path / "one"), copied(tmp_path / "two")) == []


def test_every_place_that_differs_is_named(tmp_path: Path) -> None:
    """A cell by its row and column, a text by its line, a file by its name."""
    one, two = copied(tmp_path / "one"), copied(tmp_path / "two")
    path = two / "data" / "targets.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("下降至30%", "下降至31%"), encoding="utf-8")
    path = two / "data" / "text" / "wuhan-official.txt"
    path.write_text(path.read_text(encoding="utf-8") + "\n多出一行", encoding="utf-8")
    (two / "data" / "extra.csv").write_text("a\n", encoding="utf-8")
    said = found(one, two)
    (cell,) = (each for each in said if each.startswith("data/targets.csv"))
    assert "row wuhan-synergy/2.4/t1, column quote: published" in cell
    assert cell.index("30%") < cell.index("the seeds give") < cell.index("31%")
    assert any(re.match(r"data/text/wuhan-official\.txt: line \d+", each) for each in said)
    assert "data/extra.csv: missing" in said


def test_a_build_that_fails_is_an_error(tmp_path: Path) -> None:
    target = copied(tmp_path / "package")
    shutil.copytree(ROOT / "schemas", target / "schemas")
    (target / "seeds" / "sources.csv").unlink()
    with pytest.raises(PipelineError, match="a build that ends with status 1"):
        check(target)
