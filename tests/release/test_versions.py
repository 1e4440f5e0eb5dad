"""One version, the same wherever it stands, and as far from the last as the changes need."""

import re
from pathlib import Path

import pytest

from pipelines.errors import PipelineError
from pipelines.release.versions import Step, changes_of, check_versions, next_version, step
from tests.release.packages import VERSION


@pytest.fixture
def project(root: Path, tmp_path: Path) -> Path:
    """The files that name the version."""
    for name in (
        "schemas/package.json",
        "datapackage.json",
        "pyproject.toml",
        "CITATION.cff",
        "CHANGELOG.md",
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text((root / name).read_text(encoding="utf-8"), encoding="utf-8")
    return tmp_path


def test_same_everywhere(project: Path) -> None:
    assert check_versions(project) == VERSION
    assert check_versions(project, f"v{VERSION}") == VERSION


@pytest.mark.parametrize("name", ["datapackage.json", "pyproject.toml", "CITATION.cff", "CHANGELOG.md"])
def test_other_in_one_place(project: Path, name: str) -> None:
    path = project / name
    text = path.read_text(encoding="utf-8")
    pattern = r'(?m)^((?:version(?: = "|: )|## |  "version": ")"?)' + re.escape(VERSION)
    other, count = re.subn(pattern, r"\g<1>9.9.9", text, count=1)
    assert count == 1
    path.write_text(other, encoding="utf-8")
    with pytest.raises(
        PipelineError, match=r"found 9\.9\.9; expected .*, as in schemas/package.json"
    ) as refused:
        check_versions(project)
    assert refused.value.file == str(path)


def test_missing_place(project: Path) -> None:
    (project / "CITATION.cff").unlink()
    with pytest.raises(PipelineError, match=r"CITATION\.cff"):
        check_versions(project)


def test_tag_of_another_version(project: Path) -> None:
    with pytest.raises(PipelineError, match=r"under the tag v9\.9\.9; expected the tag v"):
        check_versions(project, "v9.9.9")


@pytest.mark.parametrize("version", ["1.0", "1.0.0-rc1", "01.0.0", "", "v1.0.0"])
def test_no_version(version: str) -> None:
    with pytest.raises(PipelineError, match="expected three numbers"):
        step(version, "1.0.0")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("0.1.0", "0.1.0", Step.NONE),
        ("0.1.0", "0.1.1", Step.PATCH),
        ("0.1.9", "0.1.10", Step.PATCH),
        ("0.1.0", "0.2.0", Step.MINOR),
        ("0.9.9", "1.0.0", Step.MAJOR),
        ("1.0.0", "0.9.9", None),
    ],
)
def test_step(old: str, new: str, expected: Step | None) -> None:
    assert step(old, new) is expected


def test_next_version_is_the_step_away() -> None:
    assert [step("1.2.3", next_version("1.2.3", each)) for each in Step] == list(Step)


def test_changelog_of_a_version(project: Path) -> None:
    path = project / "CHANGELOG.md"
    path.write_text("# Changelog\n\n## 1.1.0\n\n- A plan more.\n\n## 1.0.0\n\n- First.\n", encoding="utf-8")
    assert changes_of(project, "1.1.0") == "- A plan more."
    assert changes_of(project, "1.0.0") == "- First."
    assert changes_of(project, "1.0") == ""
