"""Reports the outcome of checks: every check with its reason, every failing row by key and cell."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

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
    "reread": "the seeds, read again, give these very rows",
}
# What a failure condemns: the package, or a plan that was read badly while the package says truly how it was read.
STRUCTURE, PLAN = "structure", "plan"
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
    """One check of one table or file. `not_run` says why it could not run; then it neither passed nor failed.

    `severity` says what a failure means: the package is not what it says it is (structure), or a plan was read badly.
    `plans` says how many of the failures each plan has.
    """

    guard: str
    table: str
    name: str
    reason: str
    rows: int = 0
    failed: int = 0
    failures: tuple[Failure, ...] = ()
    not_run: str = ""
    severity: str = STRUCTURE
    plans: Mapping[str, int] = field(default_factory=dict)

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
    def is_sound(self) -> bool:
        """Whether the package is what its seeds give, whatever is said of single plans.

        Only the seeds, read again, can show that what is wrong with a plan is wrong with its reading.
        """
        reread = [check for check in self.checks if check.guard == "reread"]
        shown = bool(reread) and all(check.ok and not check.not_run for check in reread)
        return self.ok or (shown and all(check.ok or check.severity == PLAN for check in self.checks))

    @property
    def plans(self) -> Mapping[str, int]:
        """How many failures each plan has, by plan_id, the most first."""
        found = Counter[str]()
        for check in self.failed:
            found.update(check.plans)
        return dict(found.most_common())

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
    if report.failed and report.is_sound:
        plans = ", ".join(f"{plan} ({count})" for plan, count in list(report.plans.items())[:SHOWN_FAILURES])
        note = "the package is what its seeds give; what failed are readings to look at in these plans: "
        console.print(Text.assemble(("sound   ", "bold green"), note, plans))
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
