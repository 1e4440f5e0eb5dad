"""Scores the published tables against the plans annotated by hand: precision, recall, F1.

The counting is that of `score.py`, the referee, which stands beside this module unchanged.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from pipelines.errors import PipelineError
from pipelines.guard import score

# What F1 must be at least, over all annotated plans together.
REQUIRED: Mapping[str, float] = {
    "plans": 1.0,
    "issuers": 1.0,
    "clauses": 1.0,
    "measures": 1.0,
    "responsibilities": 0.99,
    "roles": 0.99,
    "inherited": 1.0,
    "deadlines": 0.99,
    "targets_found": 0.98,
    "targets_strict": 0.98,
    "target_indicators": 0.98,
    "target_indicator_text": 0.95,
    "milestones": 0.95,
}
TOGETHER = "together"


@dataclass(frozen=True, slots=True)
class Score:
    """The figures of one table against the annotation of one plan, or of all plans together."""

    plan: str
    table: str
    gold: int
    found: int
    precision: float
    recall: float
    f1: float
    required: float
    missing: tuple[str, ...]
    spurious: tuple[str, ...]

    @property
    def ok(self) -> bool:
        """Whether F1 is what it must be."""
        return self.f1 >= self.required


def accuracy(data: Path, golds: Sequence[Path], *, flat: bool = False) -> list[Score]:
    """The scores of each annotated plan, and of all together, table by table.

    `flat` says that the gold files say what a plan holds, and not in which clause (tests/gold/flat).

    `data` is the folder with the CSV files. Raises PipelineError if a gold file or the tables cannot be read.
    """
    annotated = [_gold(path) for path in golds]
    if not annotated:
        raise PipelineError(
            file=data,
            place="",
            found="no annotated plan to hold the tables against",
            expected="gold files such as tests/gold/wuhan.json",
            remedy="name a folder that holds them",
        )
    if not (data / "plans.csv").is_file():
        raise PipelineError(
            file=data,
            place="",
            found="no plans.csv",
            expected="the folder data of a package",
            remedy="build the package first, or name its folder",
        )
    try:
        scored = score.score_flat if flat else score.score
        parts = [(str(gold["plan"]), scored(data, [gold])) for gold in annotated]
        if len(annotated) > 1:
            parts.append((TOGETHER, scored(data, annotated)))
    except (OSError, ValueError, KeyError) as error:
        raise PipelineError(
            file=data,
            place="",
            found=f"tables or annotations that the scorer cannot read ({type(error).__name__}: {error})",
            expected="the tables of the data model, and gold files after tests/gold/GUIDELINES.md",
            remedy="build the package again, or correct the gold file",
        ) from error
    return [_score(plan, table, tally) for plan, tallies in parts for table, tally in tallies.items()]


def print_accuracy(data: Path, golds: Path, console: Console | None = None, *, misses: bool = True) -> bool:
    """Prints the scores of the tables in `data` against all gold files of a folder; whether all are high enough.

    Each plan must reach the figures by itself, not only on the average.
    """
    console = console or Console()
    scores = accuracy(data, sorted(golds.glob("*.json")))
    for plan in dict.fromkeys(each.plan for each in scores):
        table = Table(title=plan, title_justify="left", title_style="bold", box=None, pad_edge=False)
        table.add_column("table", min_width=22)
        for heading in ("gold", "found", "precision", "recall", "F1", "at least"):
            table.add_column(heading, justify="right")
        for each in (each for each in scores if each.plan == plan):
            f1 = Text(f"{each.f1:.3f}", "" if each.ok else "bold red")
            counts = (str(each.gold), str(each.found))
            figures = (f"{each.precision:.3f}", f"{each.recall:.3f}", f1, f"{each.required:.2f}")
            table.add_row(each.table, *counts, *figures)
        console.print(table)
        console.print()
    for each in scores:
        if misses and each.plan != TOGETHER:
            for sign, what, entries in (("-", "missing", each.missing), ("+", "spurious", each.spurious)):
                for entry in entries:
                    console.print(
                        Text(f"{sign} {each.plan} {each.table}, {what}: {entry}", "" if each.ok else "red")
                    )
    return all(each.ok for each in scores)


def _gold(path: Path) -> dict[str, object]:
    try:
        gold = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise PipelineError(
            file=path,
            place="",
            found=f"no annotation that can be read ({error})",
            expected="a JSON file after tests/gold/GUIDELINES.md",
            remedy="correct or remove the file",
        ) from error
    if not isinstance(gold, dict) or "plan" not in gold:
        raise PipelineError(
            file=path,
            place="plan",
            found="no name of a plan",
            expected="a JSON object with the key plan",
            remedy="correct or remove the file",
        )
    return gold


def _score(plan: str, table: str, tally: score.Tally) -> Score:
    figures = tally.figures()
    return Score(
        plan=plan,
        table=table,
        gold=int(figures["gold"]),
        found=int(figures["found"]),
        precision=figures["precision"],
        recall=figures["recall"],
        f1=figures["f1"],
        required=REQUIRED.get(table, 0.0),
        missing=tuple(" | ".join(map(str, entry)) for entry in tally.missing),
        spurious=tuple(" | ".join(map(str, entry)) for entry in tally.spurious),
    )
