"""A folder with a package in, the report of every guard on it out."""

import io
import os
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

import pandas as pd
import pyarrow as pa

from pipelines.guard.files import check_descriptor, check_files
from pipelines.guard.frames import READS, Index, frame
from pipelines.guard.lookups import Lookups, load_lookups
from pipelines.guard.package import Package, Tables, read_package
from pipelines.guard.parity import check_parity, check_types
from pipelines.guard.report import Check, Report, print_report
from pipelines.guard.tabular import check_tabular
from pipelines.publish.csv import csv_chunks
from pipelines.schema import TableSchema, load_package, load_schemas

__all__ = ["Guards", "print_report", "validate"]


def validate(package: Path, *, seeds: Path | None = None) -> Report:
    """Every guard on the package in a folder.

    `seeds` is the folder with the raw texts; by default the folder seeds beside the descriptor, if there is one.
    Without seeds the checks against the raw texts are reported as not run. Raises PipelineError if there is no
    descriptor to read, or if a suite of expectations is broken.
    """
    read = read_package(package, seeds)
    guards = Guards(read)
    checks = [
        *check_files(read),
        *check_descriptor(read, guards.schemas if guards.is_current else None),
        *check_tabular(read.resources, package),
        *check_parity(read),
        *guards.expectations(read),
    ]
    rows = {name: len(table) for name, table in read.tables.items()}
    return Report(str(package), read.version, rows, tuple(checks))
