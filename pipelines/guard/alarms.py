"""Measures how often each guard of the rows fails on what is read in a folder of real plans, with examples.

Nobody tuned the reading for these plans. A check that fails more often than there are errors is not worth its noise:
its failures are read by hand, and the reading or the check is mended, whichever is wrong.
"""

import tempfile
from collections.abc import Iterable
from pathlib import Path

from rich.console import Console
from rich.text import Text

from pipelines.guard.report import Check, Report
from pipelines.guard.validate import validate
from pipelines.package.build import build
from pipelines.seeds.plain import texts_in, write_sources

EXAMPLES = 3
TOLD = "nothing-grave"  # fails for what the reading itself says is grave: an issue of severity error
SHOWN = 100  # characters of a cell


def alarms(texts: Iterable[Path], scratch: Path) -> Report:
    """The report of the guards on a package of plain texts, built in `scratch` with nothing known but the files."""
    seeds, out = scratch / "seeds", scratch / "package"
    for folder in (seeds, out):
        folder.mkdir(parents=True)
    write_sources(texts, seeds)
    build(seeds, out, strict=False)
    return validate(out, seeds=seeds)


def per_thousand(report: Report) -> float:
    """How many rows of a package fail a check, counted once for each check, in a thousand; grave issues are counted apart."""
    failed = sum(check.failed for check in report.failed if check.name != TOLD)
    return 1000 * failed / max(1, sum(report.rows.values()))


def print_alarms(folder: Path, console: Console) -> None:
    """Prints each check that fails on the texts (*.txt) of a folder: how often, in a thousand rows, and examples."""
    texts = texts_in(folder)
    with tempfile.TemporaryDirectory(prefix="alarms-") as scratch:
        report = alarms(texts, Path(scratch))
    rows = sum(report.rows.values())
    for check in sorted(report.failed, key=lambda each: -each.failed):
        _print_check(check, rows, console)
    grave = sum(check.failed for check in report.failed if check.name == TOLD)
    total = sum(check.failed for check in report.failed) - grave
    read = f"{report.rows.get('plans', 0)} plans of {len(texts)} texts"
    rate = f"{per_thousand(report):.1f} in a thousand; issues of severity error beside these: {grave:,}"
    console.print(f"{total:,} failing rows of {rows:,} in {read}: {rate}")


def _print_check(check: Check, rows: int, console: Console) -> None:
    rate = f"{1000 * check.failed / max(1, rows):7.2f}"
    of_table = f"{check.failed:,} of {check.rows:,}"
    name = f"{check.table}.{check.name}"
    console.print(Text.assemble((f"{rate}  ", "bold"), f"{name:40} {of_table}"), soft_wrap=True)
    for failure in check.failures[:: max(1, len(check.failures) // EXAMPLES)][:EXAMPLES]:
        cell = failure.value.replace("\n", "⏎")[:SHOWN]
        said = f"{failure.row} {failure.column} “{cell}”: {failure.message[:SHOWN]}"
        console.print(Text(f"         {said}", "dim"), soft_wrap=True)
