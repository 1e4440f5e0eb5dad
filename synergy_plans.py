"""Reads China's plans for cutting pollution and carbon together, from Python: tables of Arrow or pandas.

    >>> import synergy_plans
    >>> facts = synergy_plans.read_text('''某市减污降碳协同增效实施方案
    ... 一、工作目标
    ... 到2025年，非化石能源消费比重达到20%左右。
    ... ''')
    >>> facts.pandas("targets")[["indicator", "value", "comparator", "deadline"]].values.tolist()
    [['非化石能源消费比重', 20.0, '~', datetime.date(2025, 12, 31)]]

What each table and column means stands in docs/data-dictionary.md. Errors for people are a `PipelineError`: file,
place, what was found, what was expected, what to do.
"""

import tempfile
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import pyarrow as pa

from pipelines.errors import PipelineError
from pipelines.package.build import BuildSummary, read_tables
from pipelines.package.build import build as build_package
from pipelines.package.dataset import read_dataset
from pipelines.seeds.plain import write_sources

if TYPE_CHECKING:
    import pandas as pd

    from pipelines.guard.report import Report

__all__ = ["BuildSummary", "Dataset", "PipelineError", "build", "read_text", "validate"]

LARGEST_DOWNLOAD = 2**30  # bytes


@dataclass(frozen=True)
class Dataset:
    """The tables of a package, or of a text that was read, by name, and the repaired texts by document_id."""

    tables: Mapping[str, pa.Table] = field(repr=False)
    texts: Mapping[str, str] = field(repr=False)

    @classmethod
    def open(cls, place: str | Path) -> "Dataset":
        """The package in a folder or a release archive (.zip), on this machine or at an address (https://….zip).

        On this machine a table is read when it is first asked for. Raises PipelineError for what is no package, for an
        archive that could hurt who unpacks it, and for an address that gives none or more than LARGEST_DOWNLOAD.
        """
        if not str(place).startswith(("https://", "http://")):
            read = read_dataset(Path(place))
            return cls(read.tables, read.texts)
        with tempfile.TemporaryDirectory(prefix="package-") as folder:
            read = read_dataset(_download(str(place), Path(folder, "package.zip")))
            return cls(dict(read.tables), dict(read.texts))

    def arrow(self, name: str) -> pa.Table:
        """A table as it is published: types, and descriptions of the columns; KeyError for a name that is not there."""
        return self.tables[name]

    def pandas(self, name: str) -> "pd.DataFrame":
        """A table as a frame; what the plan does not state is missing, dates are `datetime.date`."""
        frame: pd.DataFrame = self.tables[name].to_pandas()
        return frame


def read_text(text: str) -> Dataset:
    """Everything that is read in the text of one document: the tables that a package of it alone would hold.

    What a rule cannot decide is a row of the table `issues`. Raises PipelineError for a text in which nothing can
    be read.
    """
    with tempfile.TemporaryDirectory(prefix="text-") as folder:
        path, seeds = Path(folder, "text.txt"), Path(folder, "seeds")
        path.write_bytes(text.encode("utf-8"))
        seeds.mkdir()
        write_sources([path], seeds)
        made = read_tables(seeds, strict=False)
    return Dataset(made.tables, made.texts)


def build(seeds: Path, out: Path, *, strict: bool = False) -> BuildSummary:
    """Builds the package of a folder of seeds, with its sources.csv, into the folder `out`: CSV, Parquet, descriptor.

    A document that cannot be read is left out and named in the summary; `strict` stops at the first one instead.
    Raises PipelineError; `out` then is as it was.
    """
    return build_package(seeds, out, strict=strict)


def validate(package: Path, *, seeds: Path | None = None) -> "Report":
    """Every guard on the package in a folder; `report.ok` says whether all passed, `report.checks` what each found.

    `seeds` is the folder of the raw texts, by default seeds/ beside datapackage.json; without them the checks that
    need them are reported as not run. Raises PipelineError where there is no package to read.
    """
    from pipelines.guard.validate import validate as validate_package  # its libraries take seconds to import

    return validate_package(package, seeds=seeds)


def _download(address: str, target: Path) -> Path:
    reason = f"more than {LARGEST_DOWNLOAD >> 30} GiB"
    try:
        with urllib.request.urlopen(address, timeout=60) as answer, target.open("wb") as stream:
            if _copied(answer, stream) <= LARGEST_DOWNLOAD:
                return target
    except urllib.error.HTTPError as error:
        with error:
            reason = f"the answer {error.code} ({error.reason})"
    except (OSError, ValueError) as error:
        reason = f"no answer ({getattr(error, 'reason', None) or error})"
    remedy = "fetch the archive with a browser and open the file"
    raise PipelineError(address, "", reason, "a release archive (.zip)", remedy)


def _copied(answer: BinaryIO, stream: BinaryIO) -> int:
    """Bytes copied, at most one more than LARGEST_DOWNLOAD."""
    done = 0
    while done <= LARGEST_DOWNLOAD and (part := answer.read(1 << 20)):
        stream.write(part)
        done += len(part)
    return done
