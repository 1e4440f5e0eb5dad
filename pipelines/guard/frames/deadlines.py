"""The deadlines in, the measure that each stands in and how many targets and numbers rest on it out."""

from collections import Counter

from pipelines.guard.frames.children import children, measure_at
from pipelines.guard.frames.index import Added, Index


def columns(index: Index) -> Added:
    """What is added to the deadlines."""
    added, pairs = children(index, "deadlines")
    measures, numbers = index.by("measures", "clause_id"), index.by("numbers", "deadline_id")
    targets = Counter(row["deadline_id"] for row in index.rows("targets"))
    for row, _ in pairs:
        added["_issued_on"].append(index.issued_on(row["plan_id"]))
        added["_measure_here"].append(measure_at(measures.get(row["clause_id"], []), row["source_start"]))
        added["_targets"].append(targets[row["deadline_id"]])
        added["_numbers"].append(
            sum(
                (each["source_start"], each["source_end"]) == (row["source_start"], row["source_end"])
                for each in numbers.get(row["deadline_id"], [])
            )
        )
    return added
