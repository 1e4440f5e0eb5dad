"""Makes the rows of the linked tables: those of each plan, and those of all plans together."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from pipelines.linking.citations import citations, citations_of_plan
from pipelines.linking.comparisons import comparisons
from pipelines.linking.parallels import parallels
from pipelines.linking.plans import PlanRows, Row
from pipelines.linking.topics import topics
from pipelines.linking.variants import variants
from pipelines.reading.plan import PlanFacts
from pipelines.vocabulary import Vocabulary

# Tables whose rows each plan gives alone, with what makes them: a fault in them leaves out that plan alone.
OF_ONE: Mapping[str, Callable[[PlanFacts, Vocabulary], Iterable[Row]]] = {
    "citations": citations_of_plan,
    "topics": topics,
    "variants": variants,
}
# Tables whose rows take all plans, which come in the order of their ids.
OF_ALL: Mapping[str, Callable[[Sequence[PlanRows], Vocabulary], Iterable[Row]]] = {
    "comparisons": comparisons,
    "citations": citations,
    "parallels": parallels,
}


def link_plan(plan: PlanFacts, vocabulary: Vocabulary) -> dict[str, Iterable[Row]]:
    """The rows of one plan in the linked tables."""
    return {name: rows_of(plan, vocabulary) for name, rows_of in OF_ONE.items()}


def link_plans(plans: Sequence[PlanRows], vocabulary: Vocabulary) -> dict[str, list[Row]]:
    """The rows that take all plans, which may also complete those of each."""
    return {name: list(rows_of(plans, vocabulary)) for name, rows_of in OF_ALL.items()}
