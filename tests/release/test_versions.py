"""One version, the same wherever it stands, and as far from the last as the changes need."""

import json
import re
from pathlib import Path

import pytest

from pipelines.errors import PipelineError
from pipelines.release.versions import Step, changes_of, check_dates, check_versions, next_version, step
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


def _created(project: Path, value: object) -> None:
    path = project / "schemas/package.json"
    package = json.loads(path.read_text(encoding="utf-8")) | {"created": value}
    path.write_text(json.dumps(package, ensure_ascii=False), encoding="utf-8")


def test_same_date_everywhere(project: Path) -> None:
    day = check_dates(project, is_tagged=True)
    assert day is not None
    assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", day)


@pytest.mark.parametrize(
    ("name", "pattern"),
    [
        ("datapackage.json", r'(?<="created": ")[\d-]+'),
        ("CITATION.cff", r'(?<=^date-released: ")[\d-]+'),
        ("CHANGELOG.md", rf"(?<=^## {re.escape(VERSION)} - )[\d-]+"),
    ],
)
def test_other_date_in_one_place(project: Path, name: str, pattern: str) -> None:
    path = project / name
    other, count = re.subn(pattern, "2020-02-02", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert count == 1
    path.write_text(other, encoding="utf-8")
    with pytest.raises(
        PipelineError, match=r"date: found 2020-02-02; expected .*, as in schemas/package.json"
    ):
        check_dates(project, is_tagged=False)


def test_date_of_an_older_heading_is_not_that_of_the_release(project: Path) -> None:
    path = project / "CHANGELOG.md"
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"^(?=## )", "## 9.9.9\n\n", text, count=1, flags=re.MULTILINE), encoding="utf-8")
    with pytest.raises(PipelineError, match=r"date: found none; expected"):
        check_dates(project, is_tagged=False)


@pytest.mark.parametrize(
    "created", ["2026-11-31T00:00:00Z", "2026-11-21", "today", "2026-11-21T08:00:00Z", 20261121, ""]
)
def test_no_date(project: Path, created: object) -> None:
    _created(project, created)
    with pytest.raises(PipelineError, match=r"created: found .*expected the day of the release, such as"):
        check_dates(project, is_tagged=False)


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
