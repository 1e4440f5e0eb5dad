"""What the page of the report shows, part by part, in both languages."""

from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.guard.accuracy import Score
from pipelines.guard.report import Check, Failure
from pipelines.pages.report.coverage import Share
from pipelines.pages.report.faults import Faults
from pipelines.pages.report.passages import Passage
from pipelines.pages.wording import Words

LOWEST = 0.5  # where the axis of the intervals begins


@dataclass(frozen=True)
class Figure:
    """A figure of the summary; tone is good, bad, open or plain."""

    value: Words
    label: Words
    tone: str
    href: str


@dataclass(frozen=True)
class Guard:
    """A guard with how its checks ended."""

    title: Words
    what: Words
    checks: int
    failed: int
    not_run: int

    @property
    def passed(self) -> int:
        """How many ran and found nothing."""
        return self.checks - self.failed - self.not_run


@dataclass(frozen=True)
class ShownCheck:
    """A check in both languages; state is ok, failed or skipped."""

    check: Check
    guard: Words
    table: Words
    reason: Words
    caught: int | None
    failures: Sequence[tuple[Failure, Passage | None]] = ()

    @property
    def state(self) -> str:
        """How it ended."""
        return "failed" if not self.check.ok else "skipped" if self.check.not_run else "ok"

    @property
    def more(self) -> int:
        """How many failures are not shown."""
        return self.check.failed - len(self.failures)


@dataclass(frozen=True)
class Table:
    """A table with its checks."""

    name: str
    title: Words
    description: Words
    rows: int | None
    columns: int
    checks: Sequence[ShownCheck]

    def count(self, state: str) -> int:
        """How many checks ended so."""
        return sum(check.state == state for check in self.checks)


@dataclass(frozen=True)
class Missing:
    """A sentence that gave no row: its clause, its pieces with whether they are marked, and why."""

    clause_id: str
    pieces: Sequence[tuple[str, bool]]
    why: Sequence[Words]


@dataclass(frozen=True)
class Kind:
    """One kind of sentence or clause: how many each plan has, how many gave rows, and those that did not."""

    title: Words
    gave: Words
    why: Words
    cells: Sequence[Share]
    missing: Sequence[Missing]

    @property
    def total(self) -> Share:
        """Over all plans."""
        return Share(sum(cell.cases for cell in self.cells), sum(cell.rows for cell in self.cells))


@dataclass(frozen=True)
class Coverage:
    """Coverage with a column for each plan; `lacking` names the tables for want of which there is none."""

    places: Sequence[Words]
    clauses: Sequence[int]
    sentences: Sequence[int]
    kinds: Sequence[Kind]
    dispositions: Sequence[tuple[Words, Sequence[int]]]
    undecided: int
    numbers: int
    lacking: str


@dataclass(frozen=True)
class Estimate:
    """A proportion with Wilson's 95 % interval, and where both stand on an axis 100 wide that begins at LOWEST."""

    share: float
    low: float
    high: float

    @property
    def at(self) -> tuple[str, str, str]:
        """Low end, width of the interval, and the proportion, on the axis."""
        low, share, high = (
            100 * (max(each, LOWEST) - LOWEST) / (1 - LOWEST) for each in (self.low, self.share, self.high)
        )
        return f"{low:.1f}", f"{high - low:.1f}", f"{share:.1f}"


@dataclass(frozen=True)
class ScoredField:
    """The scores of one field over all plans of a set of annotations, and F1 plan by plan."""

    title: Words
    score: Score
    precision: Estimate
    recall: Estimate
    plans: Sequence[Score]


@dataclass(frozen=True)
class ScoredSet:
    """The scores against a set of annotations, with every disagreement."""

    title: Words
    text: Words
    plans: Sequence[Words]
    fields: Sequence[ScoredField]
    disagreements: Sequence[tuple[Words, Words, str]]
    not_run: str


@dataclass(frozen=True)
class Matrix:
    """Counts with a title for each row and each column."""

    columns: Sequence[Words]
    rows: Sequence[tuple[Words, Sequence[int]]]

    @property
    def totals(self) -> Sequence[int]:
        """The sums of the columns."""
        return [sum(cells) for cells in zip(*(cells for _, cells in self.rows), strict=True)]


@dataclass(frozen=True)
class Issue:
    """Something that is not in the plans or that could not be decided, and every place of it."""

    severity: Words
    message: Words
    places: Sequence[str]


@dataclass(frozen=True)
class View:
    """All that the page shows."""

    name: Words
    version: str
    verdict: Words
    tone: str
    scope: Words
    figures: Sequence[Figure]
    guards: Sequence[Guard]
    failed: Sequence[ShownCheck]
    not_run: Sequence[tuple[str, int]]
    tables: Sequence[Table]
    coverage: Coverage
    accuracy: Sequence[ScoredSet]
    faults: Faults
    untried: int
    repairs: Matrix
    issues: Sequence[Issue]
