"""Databases and archive of a package as it stands, without the gates of a release, and marked as not released."""

import tempfile
from pathlib import Path

from rich.console import Console
from rich.markup import escape

from pipelines.package.dataset import read_dataset
from pipelines.release.archive import archive_files, archive_name, write_archive
from pipelines.release.databases import write_databases

MARK = "not released"


def print_databases(root: Path, out: Path, console: Console) -> None:
    """Writes the DuckDB and the SQLite file of the package in `root` into `out`, in place of those that are there.

    The row `version` of their table _package, and the comment of the database, say that they are not released.
    """
    dataset = read_dataset(root)
    with tempfile.TemporaryDirectory(dir=out, prefix=".databases-") as staged:
        for path in write_databases(dataset, Path(staged), f"{dataset.version}, {MARK}"):
            _print(path.replace(out / path.name), console)


def print_archive(root: Path, out: Path, console: Console) -> None:
    """Writes the archive of the package in `root` into `out`; its name and its README say that it is not released."""
    dataset = read_dataset(root)
    out.mkdir(parents=True, exist_ok=True)
    path = out / archive_name(str(dataset.descriptor["name"]), f"{dataset.version}-{MARK.replace(' ', '-')}")
    path.unlink(missing_ok=True)
    write_archive(archive_files(root, mark=MARK), path)
    _print(path, console)


def _print(path: Path, console: Console) -> None:
    console.print(f"{escape(str(path))}: {path.stat().st_size:,} bytes, {MARK}", soft_wrap=True)
