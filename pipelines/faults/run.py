"""Plants every fault of the catalogue in copies of a project's package, and reports what caught each."""

import multiprocessing
import os
import time
from pathlib import Path

from rich.console import Console
from rich.progress import track
from rich.table import Table
from rich.text import Text

from pipelines.errors import PipelineError
from pipelines.faults.catalogue import catalogue
from pipelines.faults.faults import Fault
from pipelines.faults.page import guards_page
from pipelines.faults.results import (
    PUBLISHED,
    CheckResult,
    KindResult,
    Outcome,
    Results,
    published,
    results,
    write_details,
)
from pipelines.faults.watch import Watch
from pipelines.guard.report import Report, print_report
from pipelines.guard.validate import validate

PROCESSES = 4
AT_A_TIME = 16
SHOWN_CHECKS = 3


def print_mutants(root: Path) -> bool:
    """Plants every fault, prints what came of it, and writes build/mutants.json, docs/guards.json and docs/guards.md.

    Returns whether every fault was caught by a check meant for it, and every check caught a fault.
    """
    console, begun = Console(highlight=False), time.perf_counter()
    sound = _sound(root, console)
    outcomes = plant_all(root, names_of_checks(sound), console)
    found = results(outcomes, sound)
    write_details(root, outcomes, found)
    for path, text in (
        (PUBLISHED, published(found)),
        (PUBLISHED.with_suffix(".md"), guards_page(root, found)),
    ):
        if not (root / path).exists() or (root / path).read_text(encoding="utf-8") != text:
            (root / path).write_text(text, encoding="utf-8", newline="\n")
            console.print(f"written: {path}")
    _print_results(found, console)
    console.print(f"finished in {time.perf_counter() - begun:.0f} s")
    return not found.survivors and not found.idle


def names_of_checks(report: Report) -> frozenset[str]:
    """The checks of a report as the catalogue names them: targets.whole-quote."""
    return frozenset(f"{check.table}.{check.name}" for check in report.checks)


def plant_all(root: Path, checks: frozenset[str], console: Console) -> list[Outcome]:
    """The outcomes of all faults of the catalogue, in their order; on a terminal, `console` shows how far it is.

    The work is shared by processes, each of which loads the package and the guards once and makes the catalogue,
    which is the same in each; nothing is written but scratch copies in the folder for temporary files.
    """
    loaded = Loaded(root, checks)
    numbers = range(len(loaded.faults))
    loaded.watch.close()
    context = multiprocessing.get_context("spawn")
    with context.Pool(min(PROCESSES, os.cpu_count() or 1), _load, (root, checks)) as pool:
        outcomes = pool.imap_unordered(_plant, numbers, AT_A_TIME)
        is_shown = console.is_terminal
        found = list(
            track(
                outcomes,
                "planting faults",
                len(numbers),
                console=console,
                transient=True,
                disable=not is_shown,
            )
        )
        pool.close()
        pool.join()
    return sorted(found, key=lambda outcome: outcome.number)


class Loaded:
    """What each process loads once: the guards on a sound package, and the faults that its `checks` are to catch."""

    here: "Loaded"

    def __init__(self, root: Path, checks: frozenset[str]) -> None:
        self.watch = Watch(root)
        self.faults: list[Fault] = catalogue(self.watch.package, self.watch.guards.schemas, checks)


def _load(root: Path, checks: frozenset[str]) -> None:
    Loaded.here = Loaded(root, checks)


def _plant(number: int) -> Outcome:
    fault = Loaded.here.faults[number]
    failed = Loaded.here.watch.failed(fault)
    return Outcome(number, fault.kind, fault.place, tuple(sorted(fault.meant)), tuple(failed))


def _sound(root: Path, console: Console) -> Report:
    report = validate(root)
    if not report.ok or report.not_run:
        print_report(report, console)
        raise PipelineError(
            file=root / "datapackage.json",
            place="",
            found="a package that the guards refuse already, or cannot see whole",
            expected="a sound package with its seeds, in which the faults are planted",
            remedy="run make validate, and mend what it finds",
        )
    return report


def _print_results(found: Results, console: Console) -> None:
    table = Table(box=None, pad_edge=False)
    table.add_column("fault")
    table.add_column("planted", justify="right")
    table.add_column("caught", justify="right")
    table.add_column("most often by", style="dim")
    for kind in found.kinds:
        table.add_row(kind.kind, str(kind.planted), _caught(kind), _busiest(kind))
    table.add_row("all", str(found.planted), str(found.caught), "", style="bold")
    console.print(table)
    for survivor in found.survivors:
        console.print(Text.assemble(("survived ", "bold red"), survivor), soft_wrap=True)
    for check in found.idle:
        console.print(Text.assemble(("idle     ", "bold yellow"), f"{_name(check)} catches no planted fault"))


def _caught(kind: KindResult) -> Text:
    return Text(str(kind.caught), "" if kind.caught == kind.planted else "bold red")


def _busiest(kind: KindResult) -> str:
    named = [f"{name} {count}" for name, count in list(kind.checks.items())[:SHOWN_CHECKS]]
    return ", ".join(named) + (" …" if len(kind.checks) > SHOWN_CHECKS else "")


def _name(check: CheckResult) -> str:
    return f"{check.table}.{check.name}"
