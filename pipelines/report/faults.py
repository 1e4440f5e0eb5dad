"""What the run of planted faults left behind in; how many of each kind were planted and caught out."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

RESULT = Path("build") / "mutants.json"
NOT_RUN = "no result of a run is there"


@dataclass(frozen=True, slots=True)
class Kind:
    """Faults of one kind, and the checks that caught them, those that caught most first."""

    name: str
    planted: int
    caught: int
    checks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Faults:
    """Faults planted in copies of the package. `not_run` says why there are none."""

    kinds: Sequence[Kind] = ()
    survivors: Sequence[str] = ()
    not_run: str = ""

    @property
    def planted(self) -> int:
        """All faults."""
        return sum(kind.planted for kind in self.kinds)

    @property
    def caught(self) -> int:
        """Those that a check caught."""
        return sum(kind.caught for kind in self.kinds)


def read_faults(root: Path) -> Faults:
    """The result of the last run in a project folder; one that is absent or cannot be read counts as not run."""
    path = root / RESULT
    try:
        result = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Faults(not_run=NOT_RUN)
    except (OSError, ValueError) as error:
        return Faults(not_run=f"{RESULT.as_posix()} cannot be read: {error}")
    try:
        kinds = [_kind(each) for each in result["kinds"]]
        survivors = [str(each) for each in result.get("survivors", ())]
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        return Faults(not_run=f"{RESULT.as_posix()} is of another form ({type(error).__name__}: {error})")
    return Faults(kinds, survivors)


def _kind(found: Mapping[str, Any]) -> Kind:
    checks = found["checks"]
    return Kind(str(found["kind"]), int(found["planted"]), int(found["caught"]), tuple(map(str, checks)))
