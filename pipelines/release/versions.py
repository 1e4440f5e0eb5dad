"""Checks the version of the data wherever it stands, and finds the size of the step between two versions.

The rules are those of the Data Package version recipe (datapackage.org/recipes/data-package-version):

- major: a table, a column or a code is removed, renamed, moved or retyped, a key or a constraint narrows, a plan
  goes, or a row that rows of other tables name: what was written for the old package may fail on the new one.
- minor: plans, rows, tables, columns or codes are added, a constraint widens, a cell follows a changed vocabulary.
  The recipe counts an added column as major; here readers take columns by their names, so it is minor.
- patch: a value is corrected, a wrong row that no other table names goes, a description is put better.

Beside the version stands the day of the release: `created` of schemas/package.json, never that of a clock.
"""

import datetime
import json
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from enum import IntEnum
from pathlib import Path

from pipelines.errors import PipelineError

SOURCE = "schemas/package.json"
# `created` of a data package is a moment (RFC 3339); a release has a day.
MIDNIGHT = "T00:00:00Z"
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
    _check_stated(root, "version", PLACES, version)
    if tag is not None and tag != f"v{version}":
        raise PipelineError(
            file=root / SOURCE,
            place="version",
            found=f"{version} under the tag {tag}",
            expected=f"the tag v{version}",
            remedy="tag the commit whose version is meant, or change the version and commit it first",
        )
    return version


def check_dates(root: Path, *, is_tagged: bool) -> str | None:
    """The day of the release, such as 2026-11-21, which every place that names one names alike.

    None where none is decided yet. Raises PipelineError for the first place that differs, for what is no day, and
    for none at all where a tag is released.
    """
    created = json.loads((root / SOURCE).read_text(encoding="utf-8")).get("created")
    if created is None:
        _check_stated(root, "date", DATES, "")
        if not is_tagged:
            return None
    try:
        day = str(created).removesuffix(MIDNIGHT)
        datetime.date.fromisoformat(day)
        if str(created) != day + MIDNIGHT:
            raise ValueError("no midnight")
    except ValueError as error:
        raise PipelineError(
            file=root / SOURCE,
            place="created",
            found="none" if created is None else str(created),
            expected=f"the day of the release, such as 2026-11-21{MIDNIGHT}",
            remedy="write it there, into the heading of CHANGELOG.md too, then run make build and make metadata",
        ) from error
    _check_stated(root, "date", DATES, day)
    return day


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
            file, "version", version or "none", "three numbers, such as 1.2.0", "correct the version"
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


def _check_stated(root: Path, what: str, places: Mapping[str, Callable[[Path], str]], expected: str) -> None:
    for path, found in _stated(root, what, places):
        if found != expected:
            raise PipelineError(
                file=path,
                place=what,
                found=found or "none",
                expected=f"{expected or 'none'}, as in {SOURCE}",
                remedy=f"put the same {what} into both; {SOURCE} is where it is decided",
            )


def _stated(root: Path, what: str, places: Mapping[str, Callable[[Path], str]]) -> Iterator[tuple[Path, str]]:
    """Every place that names it, and what it says; files that need not be there only where they are."""
    for name, read in places.items():
        path = root / name
        if name in OPTIONAL and not path.exists():
            continue
        try:
            yield path, read(path)
        except (OSError, ValueError, LookupError, TypeError) as error:
            raise PipelineError(
                path, what, f"none that can be read ({error})", f"the {what} of {SOURCE}", "restore the file"
            ) from error


def _json_version(path: Path) -> str:
    return str(json.loads(path.read_text(encoding="utf-8"))["version"])


def _json_day(key: str) -> Callable[[Path], str]:
    def read(path: Path) -> str:
        return str(json.loads(path.read_text(encoding="utf-8")).get(key, "")).removesuffix(MIDNIGHT)

    return read


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
DATES: Mapping[str, Callable[[Path], str]] = {
    "datapackage.json": _json_day("created"),
    "CITATION.cff": _matched(r"^date-released: [\"']?([^\"'\s]+)"),
    "CHANGELOG.md": _matched(r"\A(?:(?!^## ).*\n)*## \S+ - (\S+)$"),
    ".zenodo.json": _json_day("publication_date"),
}
OPTIONAL = (".zenodo.json",)
