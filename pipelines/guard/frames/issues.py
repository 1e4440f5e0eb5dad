"""The issues in, the ranges that they speak of and whether what they say is so out."""

from collections import Counter, defaultdict

from pipelines.guard.frames.index import Added, Index, Row


def columns(index: Index) -> Added:
    """What is added to the issues."""
    added: dict[str, list[object]] = defaultdict(list)
    ranks: Counter[object] = Counter()
    for row in index.rows("issues"):
        owner = row["document_id"] or "package"
        ranks[owner] += 1
        clause = index.clauses.get(row["clause_id"])
        added["_expected_id"].append(f"{owner}/i{ranks[owner]}")
        added["_characters"].append(index.documents.get(row["document_id"], {}).get("characters"))
        added["_clause_document"].append(clause["document_id"] if clause is not None else row["document_id"])
        whole = _sentence_of(index, row) if row["kind"] == "no-verb" else clause
        added["_whole_span"].append(
            (whole["source_start"], whole["source_end"]) if whole is not None else None
        )
        added["_true"].append(_still_true(index, row))
    return added


def _sentence_of(index: Index, issue: Row) -> Row | None:
    """The measure that an issue of a sentence speaks of: that of its clause which begins where it does."""
    place = (issue["clause_id"], issue["source_start"])
    found = (row for row in index.rows("measures") if (row["clause_id"], row["source_start"]) == place)
    return next(found, None)


def _still_true(index: Index, row: Row) -> bool | None:
    """Whether the other tables bear out what an issue says; None where they cannot tell."""
    plan = index.plans.get(index.documents.get(row["document_id"], {}).get("plan_id"), {})
    clause = row["clause_id"]
    if row["kind"] == "no-responsibility":
        return not any(each["clause_id"] == clause for each in index.rows("responsibilities"))
    if row["kind"] == "no-measure":
        return not any(each["clause_id"] == clause for each in index.rows("measures"))
    if row["kind"] == "no-verb":
        return any(
            (each["clause_id"], each["source_start"], each["verb"]) == (clause, row["source_start"], None)
            for each in index.rows("measures")
        )
    if row["kind"] == "no-document-number":
        return plan.get("document_number") is None
    if row["kind"] == "no-date":
        return plan.get("issued_on") is None
    if row["kind"] == "no-issuers":
        return not any(each["plan_id"] == plan.get("plan_id") for each in index.rows("issuers"))
    return None
