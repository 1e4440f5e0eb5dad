"""The outcome of checks in, one report out: every check with its reason, every failing row by key and cell."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table
from rich.text import Text

# In the order in which they run.
GUARDS: Mapping[str, str] = {
    "files": "checksums, sizes, nothing missing, nothing extra",
    "descriptor": "datapackage.json as the schemas say",
    "frictionless": "types, constraints and keys of the CSV files",
    "parity": "Parquet equal to CSV, value for value, typed",
    "expectations": "what the rows say, against the words of the plans",
}
# A check keeps this many failures; how many there were stands in `failed`.
KEPT_FAILURES = 200
SHOWN_FAILURES = 8
SHOWN_CHARACTERS = 120


@dataclass(frozen=True, slots=True)
class Failure:
    """A place that a check refuses: the primary key of its row, the column, the value there, what is wrong."""

    key: tuple[tuple[str, str], ...]
    column: str
    value: str
    message: str

    @property
    def row(self) -> str:
        """The primary key as one text: `wuhan-synergy/2.4/t1`, or `wuhan-synergy, 3` for a compound one."""
        return ", ".join(value for _, value in self.key)


@dataclass(frozen=True, slots=True)
class Check:
    """One check of one table or file. `not_run` says why it could not run; then it neither passed nor failed."""

    guard: str
    table: str
    name: str
    reason: str
    rows: int = 0
    failed: int = 0
    failures: tuple[Failure, ...] = ()
    not_run: str = ""

    @property
    def ok(self) -> bool:
        """Whether nothing was found against the data; a check that did not run found nothing."""
        return self.failed == 0


@dataclass(frozen=True, slots=True)
class Report:
    """Every check of one package, in the order in which they ran."""

    package: str
    version: str
    rows: Mapping[str, int]
    checks: tuple[Check, ...]

    @property
    def ok(self) -> bool:
        """Whether no check failed."""
        return all(check.ok for check in self.checks)

    @property
    def failed(self) -> tuple[Check, ...]:
        """The checks that failed."""
        return tuple(check for check in self.checks if not check.ok)

    @property
    def not_run(self) -> tuple[Check, ...]:
        """The checks that could not run."""
        return tuple(check for check in self.checks if check.not_run)


def checked(
    guard: str, table: str, name: str, reason: str, failures: Iterable[Failure], rows: int = 0
) -> Check:
    """A check that ran, with the failures it found; the first of them are kept, all are counted."""
    found = tuple(failures)
    return Check(guard, table, name, reason, rows, len(found), found[:KEPT_FAILURES])


def print_report(report: Report, console: Console) -> None:
    """The guards with their counts, then what failed, row by row, and what could not run, for a person."""
    console.print(_overview(report))
    for check in report.failed:
        console.print(Text.assemble(("failed  ", "bold red"), (f"{check.table}  {check.name}", "bold")))
        console.print(Text(f"        {check.reason}", "dim"))
        for failure in check.failures[:SHOWN_FAILURES]:
            where = "  ".join(part for part in (failure.row, failure.column) if part)
            console.print(
                Text(f"        {where}: {_short(failure.value)}" if where else f"        {failure.value}")
            )
            console.print(Text(f"            {_short(failure.message)}", "red"))
        if check.failed > SHOWN_FAILURES:
            console.print(Text(f"        … and {check.failed - SHOWN_FAILURES} more", "dim"))
    for reason, count in Counter(check.not_run for check in report.not_run).items():
        checks = "1 check" if count == 1 else f"{count} checks"
        console.print(Text.assemble(("not run ", "bold yellow"), f"{checks}: {reason}"))


def _overview(report: Report) -> Table:
    table = Table(box=None, pad_edge=False)
    table.add_column("guard")
    table.add_column("")
    for heading in ("checks", "passed", "failed", "not run"):
        table.add_column(heading, justify="right")
    for guard, what in GUARDS.items():
        checks = [check for check in report.checks if check.guard == guard]
        failed = sum(not check.ok for check in checks)
        skipped = sum(bool(check.not_run) and check.ok for check in checks)
        table.add_row(
            guard,
            Text(what, "dim"),
            str(len(checks)),
            str(len(checks) - failed - skipped),
            Text(str(failed), "bold red" if failed else ""),
            Text(str(skipped), "yellow" if skipped else ""),
        )
    return table


def _short(text: str) -> str:
    marked = text.replace("\n", "⏎")
    line = "".join(each if each.isprintable() else each.encode("unicode_escape").decode() for each in marked)
    return line if len(line) <= SHOWN_CHARACTERS else f"{line[:SHOWN_CHARACTERS]}…"
