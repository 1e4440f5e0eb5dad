"""Finds what the measures of a plan are about: instruments, pollutants, fuels, technologies and places of action."""

from collections.abc import Iterator
from itertools import count

from pipelines.linking.plans import Row
from pipelines.reading.plan import PlanFacts
from pipelines.text.provenance import Text
from pipelines.vocabulary import Vocabulary


def topics(plan: PlanFacts, vocabulary: Vocabulary) -> Iterator[Row]:
    """The rows of the table: each code of a measure once, where its words stand first."""
    kinds = {row.code: row.vocabulary for row in vocabulary.topic_codes}
    for read in plan.clauses:
        clause, serials = read.clause, count(1)
        for position, measure in enumerate(read.facts.measures, start=1):
            text = clause.text[measure.part.start : measure.part.end]
            for code, first, last in vocabulary.topics.found(text.string):
                words = whole(text, first, last)
                start, end = words.span
                yield {
                    "topic_id": f"{clause.clause_id}/s{next(serials)}",
                    "plan_id": plan.identity.plan_id,
                    "clause_id": clause.clause_id,
                    "measure_id": f"{clause.clause_id}/m{position}",
                    "vocabulary": kinds[code],
                    "code": code,
                    "as_written": words.string,
                    "source_start": start,
                    "source_end": end,
                }


def whole(text: Text, first: int, last: int) -> Text:
    """A passage with all characters of the repairs at its ends, for what an erratum put there has one place in the seed."""
    starts = text.starts
    while first > 0 and starts[first - 1] == starts[first]:
        first -= 1
    while last < len(text) and starts[last] == starts[last - 1]:
        last += 1
    return text[first:last]
