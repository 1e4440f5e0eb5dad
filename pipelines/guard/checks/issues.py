"""Checks the issues against the tables: each says what is missing there, and nothing missing goes unsaid."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from pipelines.guard.checks.rule import Found, rule
from pipelines.guard.checks.view import View

Place = tuple[Any, ...]  # what an issue speaks of: its kind with a document, a clause, or a place in one


@rule(
    "plans", "issuers", "clauses", "responsibilities", "measures", "targets", "numbers", "documents", "blocks"
)
def still_true(view: View, table: str) -> Iterator[Found]:
    """What an issue says is missing is missing in the other tables, and what is missing there has its issue, once."""
    wanted = Counter([*_missing(view), *_unread(view)])
    kinds = {place[0] for place in wanted} | KINDS
    said: Counter[Place] = Counter()
    for row, each in enumerate(view.rows(table)):
        if each["kind"] not in kinds:
            continue
        place = _place(each)
        said[place] += 1
        if said[place] > wanted[place]:
            yield row, "kind", "it is said twice" if wanted[place] else "the other tables say otherwise"
    for place in wanted - said:
        yield max(0, len(view.rows(table)) - 1), "kind", f"there is no issue {place[0]} of {place[1]}"


KINDS = {
    "no-place", "no-document-number", "no-date", "no-issuers", "no-responsibility", "no-measure", "no-verb", "undecided-number",
    "left-over", "no-indicator", "text-after-plan",
}  # fmt: skip


def _place(issue: Any) -> Place:
    kind = issue["kind"]
    if kind in ("no-verb", "no-indicator", "undecided-number", "left-over"):
        return kind, issue["clause_id"], issue["source_start"]
    if kind == "text-after-plan":
        return kind, issue["document_id"], issue["source_start"]
    return kind, issue["clause_id"] or issue["document_id"]


def _unread(view: View) -> Iterator[Place]:
    """The blocks that no rule knows."""
    for block in view.rows("blocks"):
        if block["kind"] == "unknown":
            yield "text-after-plan", block["document_id"], block["source_start"]


def _missing(view: View) -> Iterator[Place]:
    """What the tables lack, as the issues name it."""
    issued = set(view.column("issuers", "plan_id"))
    for plan in view.rows("plans"):
        lacking = {
            "no-place": plan["place"] is None,
            "no-document-number": plan["document_number"] is None,
            "no-date": plan["issued_on"] is None,
            "no-issuers": plan["plan_id"] not in issued,
        }
        yield from ((kind, plan["base_document_id"]) for kind, lacks in lacking.items() if lacks)
    named, measured = (
        set(view.column("responsibilities", "clause_id")),
        set(view.column("measures", "clause_id")),
    )
    for clause in view.rows("clauses"):
        if clause["number"] is not None and clause["role"] in ("task", "assurance"):
            if clause["clause_id"] not in named:
                yield "no-responsibility", clause["clause_id"]
            if clause["clause_id"] not in measured:
                yield "no-measure", clause["clause_id"]
    for measure in view.rows("measures"):
        if measure["verb"] is None:
            yield "no-verb", measure["clause_id"], measure["source_start"]
    for target in view.rows("targets"):
        if target["kind"] == "quantified" and target["indicator_id"] is None:
            yield "no-indicator", target["clause_id"], target["source_start"]
    for number in view.rows("numbers"):
        if number["disposition"] == "undecided":
            kind = "left-over" if number["rule"] == "left-over" else "undecided-number"
            yield kind, number["clause_id"], number["source_start"]
