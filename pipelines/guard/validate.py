"""Runs every guard on a package and returns their report."""

from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from pipelines.guard.files import check_descriptor, check_files, is_of_this_code
from pipelines.guard.parity import check_parity
from pipelines.guard.report import GUARDS, Check, Report
from pipelines.package.build import without_collection
from pipelines.package.dataset import read_dataset
from pipelines.schema import load_schemas

__all__ = ["validate"]


@without_collection()
def validate(
    package: Path, *, seeds: Path | None = None, other_version: bool = False, aside: bool = False
) -> Report:
    """Every guard on the package in a folder; `aside` gives what needs no Great Expectations a process of its own.

    `seeds` is the folder with the raw texts; by default the folder seeds beside the descriptor, if there is one.
    Without seeds the checks against the raw texts are reported as not run. So are, for a package of another version
    than the code, those against schemas and vocabularies; and it fails, unless `other_version` says that it may be of
    another. Raises PipelineError if there is no descriptor to read, or if a suite of expectations is broken.
    """
    read = read_dataset(package, seeds)
    with _begun(partial(check_aside, package, seeds), aside=aside) as asked:
        from pipelines.guard.guards import Guards  # it takes 2 s to import, while the other process works

        schemas = load_schemas() if is_of_this_code(read) else None
        checks = [
            *check_files(read),
            *check_descriptor(read, schemas, other_version=other_version),
            *check_parity(read),
            *Guards(read).expectations(read),
            *asked(),
        ]
    checks.sort(key=lambda check: list(GUARDS).index(check.guard))
    rows = {name: len(table) for name, table in read.frames.items()}
    return Report(str(package), read.version, rows, tuple(checks))


@without_collection()
def check_aside(package: Path, seeds: Path | None) -> list[Check]:
    """The checks of Frictionless, and those that the seeds, read again, give the rows of the package."""
    from pipelines.guard.reread import Reread
    from pipelines.guard.tabular import check_tabular

    read = read_dataset(package, seeds)
    return [*check_tabular(read.resources, package), *Reread(read, load_schemas()).checks(read)]


@contextmanager
def _begun(work: Callable[[], list[Check]], *, aside: bool) -> Iterator[Callable[[], list[Check]]]:
    """What asks for the result of work, begun at once in another process or done when asked for."""
    if not aside:
        yield work
        return
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        yield pool.submit(work).result
