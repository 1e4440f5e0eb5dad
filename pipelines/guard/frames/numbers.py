"""The numbers in, the whole number round each and the target or deadline that it went into out."""

from pipelines.guard import reading
from pipelines.guard.frames.children import children, holds
from pipelines.guard.frames.index import Added, Index


def columns(index: Index) -> Added:
    """What is added to the numbers."""
    added, pairs = children(index, "numbers")
    targets, deadlines = index.one("targets", "target_id"), index.one("deadlines", "deadline_id")
    known = index.lookups.unit_labels if index.lookups is not None else {}
    units = frozenset(label for labels in known.values() for label in labels)
    for number, (row, clause) in enumerate(pairs):
        target = targets.get(row["target_id"], {})
        at = len(str(added["_before"][number] or ""))
        text, end = index.clause_text(clause), at + len(str(row["as_written"] or ""))
        added["_whole_number"].append(reading.number_at(text, at, end, units))
        deadline = deadlines.get(row["deadline_id"], {})
        added["_clause_role"].append(clause["role"] if clause is not None else None)
        added["_issued_on"].append(index.issued_on(row["plan_id"]))
        added["_target_clause"].append(target.get("clause_id"))
        added["_target_value"].append(target.get("value"))
        added["_target_text"].append(target.get("value_as_written"))
        added["_target_holds"].append(bool(target) and holds(target, row))
        added["_deadline_text"].append(deadline.get("as_written"))
        added["_deadline_clause"].append(deadline.get("clause_id"))
    return added
