"""Reads all the facts of a plan from its repaired documents."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipelines.document.clauses import Clause, Part, clauses_of
from pipelines.document.document import PlanText
from pipelines.issues import Issue
from pipelines.reading.agencies import Agency, Home, Restored
from pipelines.reading.assignments import Assignment, Who, who
from pipelines.reading.clauses import ClauseFacts, read_clauses
from pipelines.reading.grammar import grammar
from pipelines.reading.plans import Identity, identity
from pipelines.reading.planyears import plan_years
from pipelines.reading.responsibilities import Responsibility
from pipelines.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class ReadClause:
    """A clause with everything that was read in it."""

    clause: Clause
    facts: ClauseFacts
    duties: tuple[Part, ...]
    brackets: tuple[Responsibility, ...]
    assignments: tuple[Assignment, ...]


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """A plan: what it says of itself, its clauses, its agencies, the issuers' agencies, its doubts."""

    identity: Identity
    documents: tuple[PlanText, ...]
    clauses: tuple[ReadClause, ...]
    agencies: tuple[Agency, ...]
    issuer_ids: tuple[str, ...]
    issues: tuple[Issue, ...]


def read_plan(documents: list[PlanText], vocabulary: Vocabulary) -> PlanFacts:
    """The facts of a plan; its text in the base document comes first."""
    base = documents[0]
    own, doubts = clauses_of(base, vocabulary)
    itself = identity(documents, vocabulary)
    issuers = [issuer.name for issuer in itself.issuers]
    found = who(own, issuers, Home(itself.place or vocabulary.country, frozenset(issuers), vocabulary))
    years = plan_years(
        itself.title,
        grammar(vocabulary).times,
        itself.document_number or "",
        itself.issued_on,
        base.text.string,
    )
    facts = read_clauses(own, vocabulary, years)
    clauses = [
        ReadClause(*each)
        for each in zip(own, facts, found.passages, found.brackets, found.assignments, strict=True)
    ]
    return PlanFacts(
        itself,
        tuple(documents),
        tuple(clauses),
        found.agencies,
        tuple(found.agency_of[Restored(issuer)].agency_id for issuer in issuers),
        tuple(_issues(base, doubts, itself, clauses, found)),
    )


def _issues(
    plan: PlanText, doubts: Sequence[Issue], itself: Identity, clauses: Sequence[ReadClause], named: Who
) -> list[Issue]:
    document_id = plan.source.row.document_id
    found = list(doubts)
    first = {one.agency_id: one for read in reversed(clauses) for one in reversed(read.assignments)}
    for agency in named.agencies:
        if not agency.is_known:
            message = f"No row of agency_names.csv knows {agency.short_name}; add one, with its function"
            issue = Issue("error", "unknown-agency", message, document_id)
            if (one := first.get(agency.agency_id)) is not None:
                start, end = one.text.span
                issue = replace(issue, clause_id=one.clause_id, start=start, end=end)
            found.append(issue)
    for read in clauses:
        found += _clause_issues(read, document_id)
    if itself.place is None:
        message = "Neither its titles, those who issue it nor its text tell whose plan it is; put the division_code into sources.csv"
        found.append(Issue("warning", "no-place", message, document_id))
    if itself.number_from:
        message = f"The number {itself.document_number} stands in {itself.number_from} alone, another copy of the plan"
        found.append(Issue("info", "number-from-copy", message, document_id))
    for stated, kind, what in (
        (itself.document_number, "no-document-number", "prints its number"),
        (itself.issued_on, "no-date", "prints its date"),
        (itself.issuers, "no-issuers", "prints who issued it"),
    ):
        if not stated:
            found.append(Issue("info", kind, f"No copy of the plan {what}", document_id))
    return found


def _clause_issues(read: ReadClause, document_id: str) -> list[Issue]:
    clause = read.clause
    start, end = clause.text.span

    def issue(severity: str, kind: str, message: str, span: tuple[int, int] = (start, end)) -> Issue:
        return Issue(severity, kind, message, document_id, clause.clause_id, *span)

    found = []
    if clause.number is not None and clause.is_acting:
        if not read.assignments:
            found.append(
                issue("info", "no-responsibility", "No bracket of the clause names somebody responsible")
            )
        if not clause.sentences:
            found.append(issue("warning", "no-measure", "The clause has a heading and no sentence"))
    for measure in read.facts.measures:
        if not measure.verb:
            passage = clause.text[measure.part.start : measure.part.end]
            message = f"No verb of the vocabulary in “{passage.string[:60]}”"
            found.append(issue("info", "no-verb", message, passage.span))
    for first, last, what in read.facts.unread:
        passage = clause.text[first:last]
        found.append(issue("warning", "unread", f"{what} is not read: “{passage.string}”", passage.span))
    for entry in read.facts.entries:
        if entry.disposition == "undecided":
            passage = clause.text[entry.start : entry.end]
            context = clause.text.string[max(0, entry.start - 15) : entry.end + 15]
            if entry.rule == "left-over":
                kind, message = "left-over", f"No form reads the words round {passage.string} in “{context}”"
            else:
                kind, message = "undecided-number", f"No rule says what {passage.string} is in “{context}”"
            found.append(issue("error", kind, message, passage.span))
    return found
