"""`make verify`: a package is what its own seeds give, byte for byte, or the file, table, row and column are named."""

import io
import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from rich.console import Console

from pipelines.errors import PipelineError
from pipelines.release.verify import print_verify, verify


@pytest.fixture
def copy(unpacked: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "copy"
    shutil.copytree(unpacked, folder)
    return folder


def rewrite(path: Path, change: Callable[[str], str]) -> None:
    text = path.read_text(encoding="utf-8")
    assert change(text) != text
    path.write_text(change(text), encoding="utf-8", newline="\n")


def test_archive(archive: Path) -> None:
    assert verify(archive).faults == ()


def test_folder(root: Path) -> None:
    console = Console(file=io.StringIO(), width=200)
    assert print_verify(root, console)
    assert isinstance(console.file, io.StringIO)
    assert "each byte as its seeds give it" in console.file.getvalue()


def test_unpacked_archive(unpacked: Path) -> None:
    assert verify(unpacked).faults == ()


def test_changed_cell_is_named(copy: Path) -> None:
    rewrite(
        copy / "data/targets.csv", lambda text: text.replace(",30,30%,percent,<=", ",40,30%,percent,<=", 1)
    )
    faults = verify(copy).faults
    assert (
        "data/targets.csv, row wuhan-synergy/2.4/t1, column value: published '40', the seeds give '30'"
        in faults
    )
    assert any(fault.startswith("data/targets.csv: its sha256 is ") for fault in faults)


def test_row_taken_out(copy: Path) -> None:
    def without(text: str) -> str:
        return "".join(line for line in text.splitlines(True) if not line.startswith("wuhan-synergy/2.4/t1,"))

    rewrite(copy / "data/targets.csv", without)
    assert "data/targets.csv, row wuhan-synergy/2.4/t1: missing" in verify(copy).faults


def test_row_made_up(copy: Path) -> None:
    path = copy / "data/sectors.csv"
    path.write_text(path.read_text(encoding="utf-8") + "magic,魔法,Magic,,\n", encoding="utf-8")
    assert "data/sectors.csv, row magic: the seeds give no such row" in verify(copy).faults


def test_rows_in_another_order(copy: Path) -> None:
    def swap(text: str) -> str:
        lines = text.splitlines(True)
        return "".join([lines[0], lines[2], lines[1], *lines[3:]])

    rewrite(copy / "data/units.csv", swap)
    assert any(
        fault.startswith("data/units.csv: line 2, column ")
        and fault.endswith("differs from what the seeds give")
        for fault in verify(copy).faults
    )


def test_parquet_alone(copy: Path) -> None:
    path = copy / "data/targets.parquet"
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    assert any(fault.startswith("data/targets.parquet: byte ") for fault in verify(copy).faults)


def test_a_cell_of_parquet_alone_is_named(copy: Path) -> None:
    path = copy / "data/targets.parquet"
    table = pq.read_table(path)
    values = table.column("value").to_pylist()
    row = next(index for index, value in enumerate(values) if value is not None)
    key, before = table.column("target_id")[row].as_py(), values[row]
    values[row] += 1
    changed = table.set_column(
        table.column_names.index("value"), table.schema.field("value"), pa.array(values, pa.float64())
    )
    pq.write_table(changed, path)
    expected = (
        f"data/targets.parquet, row {key}, column value: published '{before + 1}', the seeds give '{before}'"
    )
    assert expected in verify(copy).faults


def test_text_alone(copy: Path) -> None:
    rewrite(copy / "data/text/wuhan-official.txt", lambda text: text.replace("减污降碳", "减污减碳", 1))
    assert any(fault.startswith("data/text/wuhan-official.txt: line ") for fault in verify(copy).faults)


def test_missing_and_surplus_files(copy: Path) -> None:
    (copy / "data/units.parquet").unlink()
    (copy / "data/draft.csv").write_text("a\n", encoding="utf-8")
    faults = verify(copy).faults
    assert "data/units.parquet: missing" in faults
    assert "data/draft.csv: the seeds give no such file" in faults


def test_column_dropped_from_the_descriptor(copy: Path) -> None:
    path = copy / "datapackage.json"
    descriptor = json.loads(path.read_text(encoding="utf-8"))
    targets = next(each for each in descriptor["resources"] if each["name"] == "targets")
    targets["schema"]["fields"].pop()
    path.write_text(json.dumps(descriptor), encoding="utf-8")
    assert any("data/targets.csv, line 1: found the columns" in fault for fault in verify(copy).faults)


def test_changed_seed(copy: Path) -> None:
    """The seed is not the one that sources.csv names: its plan cannot be rebuilt, and the reason comes first."""
    rewrite(copy / "seeds/wuhan-official.txt", lambda text: text.replace("30%", "40%"))
    faults = verify(copy).faults
    assert any(
        fault.startswith("seeds: wuhan-official: ") and "as in sources.csv" in fault for fault in faults[:3]
    )
    assert "data/plans.csv, row wuhan-synergy: missing" not in faults
    assert "data/plans.csv, row wuhan-synergy: the seeds give no such row" in faults


def test_seeds_that_give_nothing(copy: Path) -> None:
    (copy / "seeds/sources.csv").write_text("", encoding="utf-8")
    with pytest.raises(PipelineError, match=r"sources\.csv"):
        verify(copy)


def test_forged_seed(copy: Path) -> None:
    """A seed changed together with its checksum gives other rows than those published."""
    import hashlib

    seed = copy / "seeds/wuhan-official.txt"
    before = hashlib.sha256(seed.read_bytes()).hexdigest()
    assert "30%" in seed.read_text(encoding="utf-8")
    rewrite(seed, lambda text: text.replace("30%", "40%"))
    after = hashlib.sha256(seed.read_bytes()).hexdigest()
    rewrite(copy / "seeds/sources.csv", lambda text: text.replace(before, after))
    faults = verify(copy).faults
    assert (
        "data/targets.csv, row wuhan-synergy/2.4/t1, column value: published '30', the seeds give '40'"
        in faults
    )


def test_no_seeds(copy: Path) -> None:
    shutil.rmtree(copy / "seeds")
    with pytest.raises(PipelineError, match="found no seeds"):
        verify(copy)


def test_other_version(copy: Path) -> None:
    path = copy / "datapackage.json"
    descriptor = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(descriptor | {"version": "9.9.9"}), encoding="utf-8")
    assert any("check out v9.9.9 to verify it" in fault for fault in verify(copy).faults)


def test_file_that_no_sum_names(archive: Path, tmp_path: Path) -> None:
    path = tmp_path / "more.zip"
    shutil.copyfile(archive, path)
    with zipfile.ZipFile(path, "a") as opened:
        opened.writestr("setup.py", "print('hurt')")
    assert verify(path).faults == ("setup.py: not named in SHA256SUMS",)


def test_nothing_is_left_and_nothing_is_written(copy: Path) -> None:
    before = sorted(path.as_posix() for path in copy.rglob("*"))
    verify(copy)
    assert sorted(path.as_posix() for path in copy.rglob("*")) == before
