"""Looks at a text before it is a seed: what it says of itself, and how much of it is read."""

from pathlib import Path

from pipelines.errors import PipelineError, failing_alone
from pipelines.package.build import document_plans
from pipelines.reading.plan import read_plan
from pipelines.seeds.add import Found
from pipelines.seeds.sources import Source, SourceRow
from pipelines.vocabulary import Vocabulary

NAME = "new.txt"


def look(text: str, vocabulary: Vocabulary) -> Found:
    """What the first plan of a text says of itself; where nothing can be read, why."""
    row = SourceRow("new", "new-plan", NAME, "", "", "official", True, "")
    try:
        with failing_alone(NAME):
            plans = document_plans(Source(row, text, len(text.encode("utf-8")), ()), vocabulary, Path())
            facts = read_plan([plans[0]], vocabulary)
    except PipelineError as error:
        return Found(summary=f"kept, but not read: {error}")
    itself, place = facts.identity, facts.identity.place
    issued_on = itself.issued_on.isoformat() if itself.issued_on else ""
    targets = sum(len(read.facts.commitments) + len(read.facts.milestones) for read in facts.clauses)
    others = f", and {len(plans) - 1} more plans in the file" if len(plans) > 1 else ""
    told = (
        place.label if place else "no place",
        itself.document_number or "no number",
        issued_on or "no date",
    )
    return Found(
        title=itself.title,
        place_id=place.place_id if place else "",
        division_code=place.division_code if place else "",
        document_number=itself.document_number,
        issued_on=issued_on,
        genre=itself.genre,
        summary=f"{itself.title}: {', '.join(told)}; {len(facts.clauses)} clauses, {targets} targets{others}",
    )
