"""Reads from docs/guards.json how many planted faults the last run caught, and by which checks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pipelines.errors import PipelineError
from pipelines.faults.results import PUBLISHED, KindResult, read_published
from pipelines.guard.report import Check
from pipelines.pages.wording import Words

ABSENT = Words("no result of a run is there", "没有运行结果")


@dataclass(frozen=True, slots=True)
class Faults:
    """Faults planted in copies of the package. `not_run` says why there are none; else it is None."""

    kinds: Sequence[KindResult] = ()
    survivors: Sequence[str] = ()
    killed: Mapping[tuple[str, str, str], int] = field(default_factory=dict)
    not_run: Words | None = None

    @property
    def planted(self) -> int:
        """All faults."""
        return sum(kind.planted for kind in self.kinds)

    @property
    def caught(self) -> int:
        """Those that a check meant for them caught."""
        return sum(kind.caught for kind in self.kinds)

    def caught_by(self, check: Check) -> int | None:
        """How many faults a check caught; None if the run did not know it."""
        return self.killed.get((check.guard, check.table, check.name))


def read_faults(root: Path) -> Faults:
    """The result of the last run in a project folder; one that is absent or cannot be read counts as not run."""
    if not (root / PUBLISHED).exists():
        return Faults(not_run=ABSENT)
    try:
        found = read_published(root)
        killed = {(check.guard, check.table, check.name): check.killed for check in found.checks}
        return Faults(found.kinds, found.survivors, killed)
    except PipelineError as error:
        return Faults(
            not_run=Words(f"{PUBLISHED.as_posix()}: {error.found}", f"{PUBLISHED.as_posix()}：{error.found}")
        )
