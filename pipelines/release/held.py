"""Finds the releases that came before the next one, and checks whether its files are of the data at hand."""

import re
from dataclasses import dataclass
from pathlib import Path

from pipelines.errors import PipelineError
from pipelines.package.dataset import read_dataset
from pipelines.package.files import DESCRIPTOR, SUMS, digest, read_sums
from pipelines.release.archive import archive_name
from pipelines.release.versions import VERSION

CHANGES = "changes.json"


@dataclass(frozen=True)
class Before:
    """What a release is held against: `last` is the release that it follows, `same` one of the same version."""

    last: Path | None
    same: Path | None


@dataclass(frozen=True)
class Standing:
    """The files of a release that hold the data at hand; none, and why, where they hold other data or are not there."""

    files: tuple[Path, ...]
    reason: str


def archives(folder: Path, name: str) -> dict[str, Path]:
    """The release archives of a package in a folder, by version, the lowest first."""
    pattern = re.compile(rf"{re.escape(name)}-({VERSION.pattern})\.zip")
    found = {match[1]: path for path in folder.glob("*.zip") if (match := pattern.fullmatch(path.name))}
    return {version: found[version] for version in sorted(found, key=_numbers)}


def before(folder: Path, name: str, version: str, named: Path | None, *, is_first: bool) -> Before:
    """The releases that one of this version is held against: the one named, else the highest other in the folder.

    Raises PipelineError where there is none and nobody says that this is the first, and where somebody does and
    there is one.
    """
    held = archives(folder, name)
    same = held.pop(version, None)
    if is_first and (named is not None or held):
        there = named if named is not None else list(held.values())[-1]
        raise PipelineError(
            file=folder,
            place="",
            found=f"the release {there.name}, and the word that this is the first",
            expected="one of the two",
            remedy="leave out FIRST=1 (--first), or move away what is no release",
        )
    if named is not None:
        return Before(named, same)
    if held:
        return Before(list(held.values())[-1], same)
    # A first release that is made again has no changes beside it.
    if is_first or (same is not None and not (folder / CHANGES).exists()):
        return Before(None, same)
    raise PipelineError(
        file=folder,
        place="",
        found="no release that this one follows",
        expected=f"the archive of the release before {version}, to say what changed since",
        remedy="name it: make release PREVIOUS=old.zip (--previous); or say that there is none: "
        "make release FIRST=1 (--first)",
    )


def standing(root: Path, folder: Path) -> Standing:
    """The archive, databases and checksums in a folder, if they are the release of the package in `root`.

    They are if the archive holds its descriptor and its data, byte for byte, and the checksums say the same of the
    archive and of the databases beside it.
    """
    ours = read_dataset(root)
    name = str(ours.descriptor["name"])
    archive = folder / archive_name(name, ours.version)
    if not archive.is_file():
        return Standing((), f"{folder.name}/ holds no release {ours.version}")
    try:
        theirs = read_dataset(archive).files
        names = [DESCRIPTOR, *(str(resource["path"]) for resource in ours.resources)]
        other = [each for each in names if each not in theirs or theirs.read(each) != ours.files.read(each)]
    except PipelineError as error:
        return Standing((), str(error))
    if other:
        return Standing((), f"{archive.name} holds other data: {other[0]} differs")
    files = [archive, *(folder / f"{name}.{kind}" for kind in ("duckdb", "sqlite"))]
    sums = read_sums((folder / SUMS).read_text(encoding="utf-8")) if (folder / SUMS).is_file() else {}
    for path in files:
        if not path.is_file() or sums.get(path.name) != digest(path.read_bytes()):
            return Standing((), f"{path.name} is not what {folder.name}/{SUMS} says")
    return Standing((*files, folder / SUMS), "")


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))
