"""Which release came before, and whether the files of a release are of the data at hand."""

import shutil
from pathlib import Path

import pytest

from pipelines.errors import PipelineError
from pipelines.release.held import archives, before, standing
from tests.release.packages import VERSION

NAME = "china-synergy-plans"


def folder(path: Path, *files: str) -> Path:
    for name in files:
        (path / name).write_bytes(b"")
    return path


def zips(*versions: str) -> list[str]:
    return [f"{NAME}-{version}.zip" for version in versions]


def test_versions_are_numbers(tmp_path: Path) -> None:
    folder(tmp_path, *zips("0.10.0", "0.9.1", "1.0.0-rc1"), "other-0.1.0.zip", f"{NAME}.sqlite")
    assert list(archives(tmp_path, NAME)) == ["0.9.1", "0.10.0"]


@pytest.mark.parametrize(
    ("there", "version", "is_first", "last", "same"),
    [
        (zips("0.9.0", "0.10.0"), "0.11.0", False, "0.10.0", None),
        (zips("0.9.0", "0.10.0"), "0.10.0", False, "0.9.0", "0.10.0"),
        (
            zips("0.9.0", "0.10.0"),
            "0.9.1",
            False,
            "0.10.0",
            None,
        ),  # that it falls is for the comparison to say
        ([], "0.1.0", True, None, None),
        (zips("0.1.0"), "0.1.0", True, None, "0.1.0"),
        (zips("0.1.0"), "0.1.0", False, None, "0.1.0"),  # the first, made again
    ],
)
def test_what_came_before(
    tmp_path: Path, there: list[str], version: str, is_first: bool, last: str | None, same: str | None
) -> None:
    found = before(folder(tmp_path, *there), NAME, version, None, is_first=is_first)
    expected = [tmp_path / f"{NAME}-{each}.zip" if each else None for each in (last, same)]
    assert [found.last, found.same] == expected


def test_named_release_comes_first(tmp_path: Path) -> None:
    named = tmp_path / "elsewhere.zip"
    found = before(folder(tmp_path, *zips("0.9.0", "0.10.0")), NAME, "0.10.0", named, is_first=False)
    assert (found.last, found.same) == (named, tmp_path / f"{NAME}-0.10.0.zip")


@pytest.mark.parametrize(
    "there", [[], [*zips("0.1.0"), "changes.json"]], ids=["empty", "one that was not the first, made again"]
)
def test_nothing_to_compare_with(tmp_path: Path, there: list[str]) -> None:
    with pytest.raises(PipelineError, match=r"no release that this one follows.*PREVIOUS=old\.zip.*FIRST=1"):
        before(folder(tmp_path, *there), NAME, "0.1.0", None, is_first=False)


def test_first_and_not_the_first(tmp_path: Path) -> None:
    folder(tmp_path, *zips("0.0.9"))
    for named in (None, tmp_path / "old.zip"):
        with pytest.raises(PipelineError, match="and the word that this is the first"):
            before(tmp_path, NAME, "0.1.0", named, is_first=True)


def test_release_of_these_data(root: Path, dist: Path) -> None:
    found = standing(root, dist)
    assert found.reason == ""
    assert [path.name for path in found.files] == [
        f"{NAME}-{VERSION}.zip",
        f"{NAME}.duckdb",
        f"{NAME}.sqlite",
        "SHA256SUMS",
    ]


def test_no_release(root: Path, tmp_path: Path) -> None:
    found = standing(root, tmp_path)
    assert (found.files, found.reason) == ((), f"{tmp_path.name}/ holds no release {VERSION}")


@pytest.mark.parametrize("name", ["data/targets.csv", "data/text/wuhan-official.txt", "datapackage.json"])
def test_release_of_other_data(root: Path, dist: Path, tmp_path: Path, name: str) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(root / "data", copy / "data")
    shutil.copyfile(root / "datapackage.json", copy / "datapackage.json")
    (copy / name).write_bytes((copy / name).read_bytes() + b"\n")
    found = standing(copy, dist)
    assert (found.files, found.reason) == ((), f"{NAME}-{VERSION}.zip holds other data: {name} differs")


@pytest.mark.parametrize("name", [f"{NAME}.sqlite", f"{NAME}.duckdb"])
def test_database_of_another_release(root: Path, dist: Path, tmp_path: Path, name: str) -> None:
    out = tmp_path / "dist"
    shutil.copytree(dist, out)
    (out / name).write_bytes(b"older")
    found = standing(root, out)
    assert (found.files, found.reason) == ((), f"{name} is not what dist/SHA256SUMS says")


def test_archive_that_cannot_be_read(root: Path, tmp_path: Path) -> None:
    folder(tmp_path, *zips(VERSION))
    found = standing(root, tmp_path)
    assert found.files == ()
    assert "found no package" in found.reason
