"""A plan as it is linked with others: its facts and the rows that it gives to the tables."""

from collections.abc import Mapping
from dataclasses import dataclass

from pipelines.issues import Issue
from pipelines.reading.plan import PlanFacts

Row = dict[str, object]


@dataclass(frozen=True, slots=True)
class PlanRows:
    """A plan, the rows that it gives to each table of its own, and its doubts."""

    facts: PlanFacts
    rows: Mapping[str, list[Row]]
    issues: tuple[Issue, ...]
