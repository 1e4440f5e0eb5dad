"""Databases and archive of the data as they stand say that they are not released, and work like those of a release."""

import io
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

from rich.console import Console

from pipelines.package.dataset import read_dataset
from pipelines.release.held import archives
from pipelines.release.unreleased import print_archive, print_databases
from tests.release.packages import VERSION


def test_databases_say_that_they_are_not_released(root: Path, tmp_path: Path) -> None:
    (tmp_path / "china-synergy-plans.sqlite").write_bytes(b"one of before")
    print_databases(root, tmp_path, Console(file=io.StringIO()))
    assert {path.name for path in tmp_path.iterdir()} == {
        "china-synergy-plans.duckdb",
        "china-synergy-plans.sqlite",
    }
    with closing(sqlite3.connect(tmp_path / "china-synergy-plans.sqlite")) as database:
        assert dict(database.execute("SELECT * FROM _package"))["version"] == f"{VERSION}, not released"


def test_archive_says_that_it_is_not_released(root: Path, tmp_path: Path) -> None:
    print_archive(root, tmp_path, Console(file=io.StringIO()))
    print_archive(root, tmp_path, Console(file=io.StringIO()))  # made again, it takes the place of the first
    (path,) = tmp_path.iterdir()
    assert path.name == f"china-synergy-plans-{VERSION}-not-released.zip"
    with zipfile.ZipFile(path) as archive:
        assert f"version {VERSION}, not released. It needs" in archive.read("README.md").decode("utf-8")
    assert read_dataset(path).rows("plans") == read_dataset(root).rows("plans")
    assert archives(tmp_path, "china-synergy-plans") == {}, "it is taken for a release"
