"""What is read of the numbers of a sentence: those that commit the plan to something, and what the others are."""

from dataclasses import dataclass

from pipelines.reading.quantities import Quantity
from pipelines.reading.time_expressions import TimeExpression


@dataclass(frozen=True, slots=True)
class Commitment:
    """A number that commits the plan to something: what is measured and how the number bounds it.

    `[start, end)` is the shortest run of the clause's text that holds indicator, relation, number and unit. What is
    `_as_written` are the words that gave the code, empty where it is the default (=, level, firm); rule is the form
    by which the number was read.
    """

    quantity: Quantity
    start: int
    end: int
    indicator: str
    scope: str
    comparator: str
    comparator_as_written: str
    change: str
    change_as_written: str
    baseline_year: int | None
    hedge: str
    strength_as_written: str
    rule: str
    time: TimeExpression | None = None
    deadline_basis: str = ""
    attribute: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """The commitments of a sentence, and what its other numbers are: by their places, the disposition and the rule that
    says so (threshold: delimits a class of things; baseline: a change starts from it; background: is done
    already …). left_over are those beside words that no form has read."""

    commitments: tuple[Commitment, ...]
    others: dict[int, tuple[str, str]]
    left_over: frozenset[int]
