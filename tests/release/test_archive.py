"""The archive: the same bytes every time, nothing in it that could hurt who unpacks it or opens its tables."""

import csv
import hashlib
import io
import json
import os
import re
import shutil
import stat
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipelines.errors import PipelineError
from pipelines.package.dataset import read_dataset
from pipelines.package.files import is_safe, read_sums
from pipelines.package.printed import printed_tables
from pipelines.release.archive import archive_files, formula_cells, is_formula, write_archive
from tests.release.packages import VERSION


@pytest.fixture
def other_time_zone(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "Asia/Shanghai")
        time.tzset()
        yield
    time.tzset()


@pytest.mark.usefixtures("other_time_zone")
def test_same_bytes(root: Path, archive: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.zip"
    write_archive(archive_files(root), again)
    assert again.read_bytes() == archive.read_bytes()


def test_what_it_holds(archive: Path, root: Path) -> None:
    with zipfile.ZipFile(archive) as opened:
        names = opened.namelist()
    descriptor = json.loads((root / "datapackage.json").read_text(encoding="utf-8"))
    needed = {
        "README.md",
        "LICENSE",
        "LICENSE-DATA",
        "CITATION.cff",
        "CHANGELOG.md",
        "SHA256SUMS",
        "datapackage.json",
    }
    needed |= {resource["path"] for resource in descriptor["resources"]}
    needed |= {
        "docs/data-dictionary.md",
        "docs/using.md",
        "seeds/sources.csv",
        "seeds/errata.csv",
        "seeds/wuhan-official.txt",
    }
    assert needed <= set(names)
    assert names == sorted(names)


def test_page_of_its_own(archive: Path, root: Path) -> None:
    """It counts the rows that are in it, and names nothing that only a checkout has."""
    with zipfile.ZipFile(archive) as opened:
        page, names = opened.read("README.md").decode("utf-8"), set(opened.namelist())
        dated = json.loads(opened.read("datapackage.json"))["created"][:10]
    counted = {name: len(table.rows) for name, table in printed_tables(read_dataset(archive)).items()}
    shown = dict(re.findall(r"^\| `(\w+)` \| ([\d,]+) \|", page, re.MULTILINE))
    assert {name: int(count.replace(",", "")) for name, count in shown.items()} == counted
    assert f"version {VERSION}, released on {dated}" in page
    assert f"({dated[:4]}). " in page
    for absent in (r"\bmake\b", r"\.venv", "schemas/", r"\bpipelines\b", "checkout"):
        assert not re.search(absent, page), absent
    for link in re.findall(r"\]\((?!https:)([^)]+)\)", page):
        assert link in names
    for path in re.findall(r"`([\w./-]+/|[\w-]+\.\w+|[A-Z-]{7,}\d*)`", page):
        assert any(name.startswith(path) or name.endswith(f"/{path}") for name in names), path
    assert page.encode() != (root / "README.md").read_bytes()


@pytest.mark.parametrize("number", [0, 1, 2], ids=["read", "checksums", "frictionless"])
def test_recipes_of_the_page(unpacked: Path, small_unpacked: Path, number: int) -> None:
    """Frictionless reads every cell: a package of few rows shows as well that the recipe is right."""
    unpacked = small_unpacked if number == 2 else unpacked
    page = (unpacked / "README.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```(python|bash)\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    assert len(blocks) == 3
    language, code = blocks[number]
    command = (
        [sys.executable, "-c", code] if language == "python" else ["bash", "-euo", "pipefail", "-c", code]
    )
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        command,
        cwd=unpacked,
        env={**os.environ, "PATH": path, "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    assert "INVALID" not in done.stdout


def test_sums_inside(archive: Path) -> None:
    with zipfile.ZipFile(archive) as opened:
        sums = read_sums(opened.read("SHA256SUMS").decode())
        assert sums == {
            name: hashlib.sha256(opened.read(name)).hexdigest()
            for name in opened.namelist()
            if name != "SHA256SUMS"
        }


def test_no_path_leads_out(archive: Path) -> None:
    with zipfile.ZipFile(archive) as opened:
        for entry in opened.infolist():
            assert is_safe(entry.filename)
            assert stat.S_ISREG(entry.external_attr >> 16)
            assert entry.date_time == (1980, 1, 1, 0, 0, 0)


def test_no_formula_in_any_cell(archive: Path) -> None:
    with zipfile.ZipFile(archive) as opened:
        for name in opened.namelist():
            if name.endswith(".csv"):
                lines = io.StringIO(opened.read(name).decode("utf-8"), newline="")
                assert (name, formula_cells(list(csv.DictReader(lines)))) == (name, [])


@pytest.mark.parametrize(
    "cell", ["=1+1", "=HYPERLINK(A1)", "+1+1", "@SUM(A1)", "-2+3", "\t=1", "\r=1", "\r\n@x", "=减排"]
)
def test_formula(cell: str) -> None:
    assert is_formula(cell)


@pytest.mark.parametrize(
    "cell", ["", "=", ">=", "<=", "~", "-", "-2.5", "+86", "\r\n", "\t", "到2025年", "（一）", "—"]
)
def test_no_formula(cell: str) -> None:
    assert not is_formula(cell)


@pytest.mark.parametrize(
    "name",
    [
        "/etc/passwd",
        "../outside",
        "data/../../outside",
        "C:/outside",
        "data\\outside",
        "data//x",
        "./x",
        "x\0",
    ],
)
def test_hostile_path_is_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / "hostile.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("datapackage.json", '{"resources": []}')
        entry = zipfile.ZipInfo("x")
        entry.filename = name
        archive.writestr(entry, "hurt")
    if "\0" in name:  # cut there by the reader itself
        return
    with pytest.raises(PipelineError, match="do not unpack this archive"):
        read_dataset(path)


def test_link_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "hostile.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("datapackage.json", '{"resources": []}')
        entry = zipfile.ZipInfo("data")
        entry.create_system = 3
        entry.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(entry, "/etc")
    with pytest.raises(PipelineError, match="found a link"):
        read_dataset(path)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_name_twice_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "hostile.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("datapackage.json", '{"resources": []}')
        archive.writestr("datapackage.json", '{"resources": [{}]}')
    with pytest.raises(PipelineError, match="a name twice"):
        read_dataset(path)


def test_stray_file_in_data(root: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(root, copy)
    (copy / "data/draft.csv").write_text("a\n", encoding="utf-8")
    with pytest.raises(
        PipelineError, match=r"data/draft\.csv: found a file that datapackage\.json does not name"
    ):
        archive_files(copy)


def test_hidden_files_stay_behind(root: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(root, copy)
    (copy / "docs/.using.md.swp").write_text("half a thought", encoding="utf-8")
    assert archive_files(copy) == archive_files(root)


def test_missing_licence(root: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(root, copy)
    (copy / "LICENSE-DATA").unlink()
    with pytest.raises(PipelineError, match="found no LICENSE-DATA"):
        archive_files(copy)


def test_tables_of_the_archive_are_those_of_the_folder(archive: Path, root: Path) -> None:
    packed, published = read_dataset(archive), read_dataset(root)
    assert printed_tables(packed) == printed_tables(published)
    assert {**packed.tables} == {**published.tables}
    assert {**packed.texts} == {**published.texts}
    assert packed.seeds == published.seeds
