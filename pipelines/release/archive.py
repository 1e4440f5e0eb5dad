"""Packs the published package into one zip archive, the same bytes every time."""

import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath

from pipelines.errors import PipelineError
from pipelines.package.dataset import read_dataset
from pipelines.package.files import DESCRIPTOR, SUMS, digest, is_safe, write_sums
from pipelines.release.readme import archive_readme

# What a release holds: enough to read the data, cite it, and rebuild it from its seeds.
PACKAGE = (DESCRIPTOR, "data")
WITH_IT = ("seeds", "docs", "LICENSE", "LICENSE-DATA", "CITATION.cff", "CHANGELOG.md")
NEEDED = (*PACKAGE, *WITH_IT, "seeds/sources.csv", "seeds/errata.csv", "docs/data-dictionary.md")

# Made for it: that of a checkout tells of commands that an archive has not.
README = "README.md"

# The first moment that a zip archive can name: an archive knows no clock.
EPOCH = (1980, 1, 1, 0, 0, 0)
REGULAR_FILE = 0o100644 << 16
UNIX = 3
# A spreadsheet takes what begins so for a formula, blanks that it drops apart. A lone mark (the comparator =) is none.
FORMULA = ("=", "+", "-", "@")
DROPPED = "\t\r\n"


def archive_name(name: str, version: str) -> str:
    """The file name of the archive of a package."""
    return f"{name}-{version}.zip"


def archive_files(root: Path, mark: str = "") -> dict[str, bytes]:
    """Every file of the release by its path in the archive, SHA256SUMS among them; its README says `mark` of it.

    Raises PipelineError where one is missing, a link, lies at a path that no archive should hold, or is in data/
    and not described. Hidden files of editors and systems stay behind.
    """

    def wrong(place: str, found: str, expected: str, remedy: str) -> PipelineError:
        return PipelineError(root, place, found, expected, remedy)

    if missing := [name for name in NEEDED if not (root / name).exists()]:
        found = f"no {', '.join(missing)}"
        raise wrong("", found, "all that a release holds", "build the package, and restore what is missing")
    dataset = read_dataset(root)
    files = dataset.files
    described = {str(resource["path"]) for resource in dataset.resources}
    names = [name for name in files.under(*PACKAGE, *WITH_IT) if not PurePosixPath(name).name.startswith(".")]
    for name in names:
        if not is_safe(name) or (root / name).is_symlink():
            found = "a link, or a path that is not the same on every system"
            raise wrong(
                name, found, "a plain file with a plain path", "rename it, or put the file itself there"
            )
        if name.startswith("data/") and name not in described:
            raise wrong(name, "a file that datapackage.json does not name", "only what it names", "remove it")
    held = {name: files.read(name) for name in names}
    held[README] = archive_readme(dataset.descriptor, mark).encode("utf-8")
    held[SUMS] = write_sums({name: digest(data) for name, data in held.items()}).encode("utf-8")
    return held


def write_archive(files: Mapping[str, bytes], path: Path) -> None:
    """The archive of these files: sorted by path, at one fixed moment, none executable.

    The same files give the same bytes wherever Python has the same zlib; what SHA256SUMS inside says of the
    files holds wherever it is unpacked.
    """
    with zipfile.ZipFile(path, "x", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = UNIX
            entry.external_attr = REGULAR_FILE
            archive.writestr(entry, files[name], compresslevel=9)


def is_formula(cell: str) -> bool:
    """Whether a spreadsheet may run a cell instead of showing it.

    >>> [is_formula(cell) for cell in ("=1+1", "@SUM(A1)", "=", ">=", "-2.5", "到2025年")]
    [True, True, False, False, False, False]
    """
    text = cell.lstrip(DROPPED)
    return len(text) > 1 and text.startswith(FORMULA) and not _is_number(text)


def formula_cells(rows: Sequence[Mapping[str, str]]) -> list[tuple[int, str, str]]:
    """The cells of a table that a spreadsheet may run: row from 1, column, cell."""
    return [
        (number, column, cell)
        for number, row in enumerate(rows, start=1)
        for column, cell in row.items()
        if is_formula(cell)
    ]


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True
