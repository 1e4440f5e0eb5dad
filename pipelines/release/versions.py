"""The version of the data, checked wherever it stands; two versions in, the size of the step between them out.

The rules are those of the Data Package version recipe (datapackage.org/recipes/data-package-version):

- major: a table, a column or a code is removed, renamed, moved or retyped, a key or a constraint narrows, a plan
  goes: what was written for the old package may fail on the new one.
- minor: plans, rows, tables, columns or codes are added, a constraint widens. The recipe counts an added column as
  major; here readers take columns by their names, so it is minor.
- patch: a value is corrected, a wrong row goes, a description is put better.
"""

import json
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from enum import IntEnum
from pathlib import Path

from pipelines.errors import PipelineError

SOURCE = "schemas/package.json"
VERSION = re.compile(r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)")


class Step(IntEnum):
    """How far two versions are apart, or how far a change needs them to be."""

    NONE = 0
    PATCH = 1
    MINOR = 2
    MAJOR = 3

    def __str__(self) -> str:
        return self.name.lower()


def check_versions(root: Path, tag: str | None = None) -> str:
    """The version of the data, which every place that names one names alike; PipelineError for the first that differs.

    `tag` is that of the repository (v1.2.3), where a release is made from one.
    """
    version = parsed_text(root / SOURCE, _json_version(root / SOURCE))
    for path, found in _stated(root):
        if found != version:
            raise PipelineError(
                file=path,
                place="version",
                found=found or "none",
                expected=f"{version}, as in {SOURCE}",
                remedy=f"put the same version into both; {SOURCE} is where it is decided",
            )
    if tag is not None and tag != f"v{version}":
        raise PipelineError(
            file=root / SOURCE,
            place="version",
            found=f"{version} under the tag {tag}",
            expected=f"the tag v{version}",
            remedy="tag the commit whose version is meant, or change the version and commit it first",
        )
    return version


def step(old: str, new: str) -> Step | None:
    """The step from one version to another; None if it leads backwards.

    >>> [str(step("1.2.3", new)) for new in ("1.2.3", "1.2.4", "1.3.0", "2.0.0", "1.2.2")]
    ['none', 'patch', 'minor', 'major', 'None']
    """
    before, after = _numbers(old), _numbers(new)
    if after < before:
        return None
    for size, (one, other) in zip(
        (Step.MAJOR, Step.MINOR, Step.PATCH), zip(before, after, strict=True), strict=True
    ):
        if one != other:
            return size
    return Step.NONE


def next_version(old: str, needed: Step) -> str:
    """The lowest version that a change needs.

    >>> next_version("0.1.3", Step.MINOR), next_version("0.1.3", Step.MAJOR)
    ('0.2.0', '1.0.0')
    """
    major, minor, patch = _numbers(old)
    return {
        Step.NONE: old,
        Step.PATCH: f"{major}.{minor}.{patch + 1}",
        Step.MINOR: f"{major}.{minor + 1}.0",
        Step.MAJOR: f"{major + 1}.0.0",
    }[needed]


def parsed_text(file: object, version: str) -> str:
    """The version itself where it is one: three numbers."""
    if not VERSION.fullmatch(version):
        raise PipelineError(
            file=file,
            place="version",
            found=version or "none",
            expected="three numbers, such as 1.2.0",
            remedy="correct the version",
        )
    return version


def changes_of(root: Path, version: str) -> str:
    """What CHANGELOG.md says of a version, without its heading."""
    text = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    match = re.search(rf"(?ms)^## {re.escape(version)}(?![\w.])[^\n]*\n(.*?)(?=^## |\Z)", text)
    return match[1].strip() if match else ""


def _numbers(version: str) -> tuple[int, int, int]:
    major, minor, patch = parsed_text("version", version).split(".")
    return int(major), int(minor), int(patch)


def _stated(root: Path) -> Iterator[tuple[Path, str]]:
    """Every place that names the version, and what it says; files that need not be there only where they are."""
    for name, read in PLACES.items():
        path = root / name
        if name in OPTIONAL and not path.exists():
            continue
        try:
            yield path, read(path)
        except (OSError, ValueError, LookupError, TypeError) as error:
            raise PipelineError(
                file=path,
                place="version",
                found=f"none that can be read ({error})",
                expected=f"the version of {SOURCE}",
                remedy="restore the file",
            ) from error


def _json_version(path: Path) -> str:
    return str(json.loads(path.read_text(encoding="utf-8"))["version"])


def _project_version(path: Path) -> str:
    return str(tomllib.loads(path.read_text(encoding="utf-8"))["project"]["version"])


def _matched(pattern: str) -> Callable[[Path], str]:
    def read(path: Path) -> str:
        match = re.search(pattern, path.read_text(encoding="utf-8"), re.MULTILINE)
        return match[1] if match else ""

    return read


PLACES: Mapping[str, Callable[[Path], str]] = {
    "datapackage.json": _json_version,
    "pyproject.toml": _project_version,
    "CITATION.cff": _matched(r"^version: [\"']?([^\"'\s]+)"),
    "CHANGELOG.md": _matched(r"^## (\S+)"),
    ".zenodo.json": _json_version,
}
OPTIONAL = (".zenodo.json",)
