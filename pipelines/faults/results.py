"""Counts the planted faults that were caught, per kind and per check, as the counts are published."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from pipelines.errors import PipelineError
from pipelines.faults.faults import Place
from pipelines.guard.report import Report

PUBLISHED = Path("docs") / "guards.json"
DETAILED = Path("build") / "mutants.json"
AS_READ = "-as-read"  # the checks that hold the package against the seeds, read again


@dataclass(frozen=True, slots=True)
class Outcome:
    """A planted fault: its number in the catalogue, what it was, the checks meant for it, the checks that failed."""

    number: int
    kind: str
    place: Place
    meant: tuple[str, ...]
    failed: tuple[str, ...]

    @property
    def caught_by(self) -> tuple[str, ...]:
        """The checks that failed and were meant for the fault; others that failed beside them say nothing."""
        return tuple(name for name in self.failed if name in self.meant)

    @property
    def is_caught(self) -> bool:
        """Whether a check that was meant for the fault failed."""
        return bool(self.caught_by)


@dataclass(frozen=True, slots=True)
class KindResult:
    """Faults of one kind: how many, how many of them caught, how many of these also by a check that does not read the
    seeds again, and how many each check meant for them caught, the busiest first."""

    kind: str
    planted: int
    caught: int
    at_sight: int
    checks: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class CheckResult:
    """A check of `make validate`: its guard, table, name and reason, and how many faults meant for it it caught."""

    guard: str
    table: str
    name: str
    reason: str
    killed: int


@dataclass(frozen=True, slots=True)
class Results:
    """A whole run."""

    kinds: tuple[KindResult, ...]
    checks: tuple[CheckResult, ...]
    survivors: tuple[str, ...]

    @property
    def planted(self) -> int:
        """All faults."""
        return sum(kind.planted for kind in self.kinds)

    @property
    def caught(self) -> int:
        """The faults that a check meant for them caught."""
        return sum(kind.caught for kind in self.kinds)

    @property
    def at_sight(self) -> int:
        """The faults that a check meant for them sees without reading the seeds again."""
        return sum(kind.at_sight for kind in self.kinds)

    @property
    def idle(self) -> tuple[CheckResult, ...]:
        """The checks that caught no fault meant for them: nothing shows that they can."""
        return tuple(check for check in self.checks if not check.killed)


def results(outcomes: Sequence[Outcome], sound: Report) -> Results:
    """The counts of a run; `sound` is the report on the package without a fault, which names every check."""
    kinds: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        kinds.setdefault(outcome.kind, []).append(outcome)
    killed = Counter(name for outcome in outcomes for name in outcome.caught_by)
    return Results(
        tuple(
            KindResult(
                kind,
                len(found),
                sum(each.is_caught for each in found),
                sum(any(not name.endswith(AS_READ) for name in each.caught_by) for each in found),
                dict(_most_first(name for each in found for name in each.caught_by)),
            )
            for kind, found in kinds.items()
        ),
        tuple(
            CheckResult(
                check.guard, check.table, check.name, check.reason, killed[f"{check.table}.{check.name}"]
            )
            for check in sound.checks
        ),
        tuple(survivor(outcome) for outcome in outcomes if not outcome.is_caught),
    )


def survivor(outcome: Outcome) -> str:
    """A fault that no check meant for it caught, in one line: the fault, its table, row and cell."""
    other = f"only by {', '.join(outcome.failed[:3])}" if outcome.failed else "by no check"
    return f"{outcome.kind}: {outcome.place}; caught {other}, meant for {' or '.join(outcome.meant)}"


def _most_first(names: Iterable[str]) -> list[tuple[str, int]]:
    return sorted(Counter(names).items(), key=lambda counted: (-counted[1], counted[0]))


def write_details(root: Path, outcomes: Sequence[Outcome], found: Results) -> None:
    """Writes build/mutants.json: the counts, and every fault with the checks that caught it."""
    path = root / DETAILED
    path.parent.mkdir(parents=True, exist_ok=True)
    faults = [
        {"kind": each.kind, **asdict(each.place), "caught": each.is_caught, "checks": list(each.failed)}
        for each in outcomes
    ]
    path.write_text(_json({**_described(found), "faults": faults}), encoding="utf-8")


def published(found: Results) -> str:
    """The text of docs/guards.json: the counts without the single faults."""
    return _json(_described(found))


def read_published(root: Path) -> Results:
    """The counts of the run that docs/guards.json tells of. Raises PipelineError if it cannot be read."""
    path = root / PUBLISHED
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        return Results(
            tuple(KindResult(**each) for each in found["kinds"]),
            tuple(CheckResult(**each) for each in found["checks"]),
            tuple(found["survivors"]),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise PipelineError(
            file=path,
            place="",
            found=f"no result of a run of planted faults ({type(error).__name__}: {error})",
            expected="the counts that make mutants writes",
            remedy="run make mutants",
        ) from None


def _described(found: Results) -> dict[str, object]:
    return {
        "planted": found.planted,
        "caught": found.caught,
        "survivors": list(found.survivors),
        "kinds": [asdict(each) for each in found.kinds],
        "checks": [asdict(each) for each in found.checks],
    }


def _json(content: Mapping[str, object]) -> str:
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"
