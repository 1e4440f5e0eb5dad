"""One checkout and one release of it, made once for all tests of the release."""

import zipfile
from pathlib import Path

import pytest

from pipelines.release.archive import archive_files, write_archive
from pipelines.release.release import make_release
from tests.release.packages import VERSION, checkout, small_checkout


@pytest.fixture(scope="session")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return checkout(tmp_path_factory.mktemp("checkout"))


@pytest.fixture(scope="session")
def dist(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dist")
    make_release(root, out, VERSION)
    return out


@pytest.fixture(scope="session")
def archive(dist: Path) -> Path:
    return next(dist.glob("*.zip"))


@pytest.fixture(scope="session")
def small_unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of few rows, unpacked."""
    folder = tmp_path_factory.mktemp("small")
    write_archive(archive_files(small_checkout(folder / "checkout")), folder / "small.zip")
    with zipfile.ZipFile(folder / "small.zip") as opened:
        opened.extractall(folder / "unpacked")
    return folder / "unpacked"


@pytest.fixture(scope="session")
def unpacked(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("unpacked")
    with zipfile.ZipFile(archive) as opened:
        opened.extractall(folder)
    return folder
