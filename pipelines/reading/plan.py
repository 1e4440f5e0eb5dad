"""The repaired documents of one plan in, all the facts of the plan out."""

from dataclasses import dataclass, replace

from pipelines.document.outline import Clause, Outline, outline
from pipelines.issues import Issue
from pipelines.reading.agencies import Registry
from pipelines.reading.clauses import ClauseFacts, read_clause
from pipelines.reading.plans import Identity, identity
from pipelines.reading.responsibilities import Responsibility, responsibility
from pipelines.reading.unread import unread
from pipelines.text.provenance import Text
from pipelines.text.repair import Repaired
from pipelines.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Assignment:
    """An agency made responsible for a clause; `inherited_from` is the clause that lays it on all later ones."""

    clause_id: str
    agency_id: str
    text: Text
    role: str
    item: int | None
    inherited_from: str


@dataclass(frozen=True, slots=True)
class ReadClause:
    """A clause with everything that was read in it."""

    clause: Clause
    facts: ClauseFacts
    brackets: tuple[Responsibility, ...]
    assignments: tuple[Assignment, ...]


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """A plan: what it says of itself, its clauses, its agencies, the issuers' agencies, its doubts."""

    identity: Identity
    documents: tuple[Repaired, ...]
    clauses: tuple[ReadClause, ...]
    registry: Registry
    issuer_ids: tuple[str, ...]
    issues: tuple[Issue, ...]


def read_plan(documents: list[Repaired], vocabulary: Vocabulary) -> PlanFacts:
    """The facts of a plan; its base document comes first among the documents."""
    base = documents[0]
    plan = outline(base, vocabulary)
    itself = identity(documents, plan, vocabulary)
    registry = Registry(itself.place, vocabulary, [issuer.text.string for issuer in itself.issuers])
    issuer_ids = tuple(registry.agency(issuer.text.string).agency_id for issuer in itself.issuers)
    clauses: list[ReadClause] = []
    inheriting: list[tuple[str, Clause, Assignment]] = []
    for clause in plan.clauses:
        facts = read_clause(clause, vocabulary, itself.issued_on)
        brackets = tuple(
            responsibility(clause.text[part.start : part.end], part.item, vocabulary)
            for part in clause.brackets
        )
        assignments = _assigned(clause, brackets, registry)
        named = {(assignment.agency_id, assignment.text.string) for assignment in assignments}
        # What an earlier clause lays on all later ones holds for every numbered clause after it.
        inherited = []
        for source, _, a in inheriting:
            if clause.number is not None and (a.agency_id, a.text.string) not in named:
                named.add((a.agency_id, a.text.string))
                inherited.append(Assignment(clause.clause_id, a.agency_id, a.text, a.role, None, source))
        for bracket in brackets:
            names = registry.restored([name.text.string for name in bracket.inherited])
            for name, printed in zip(bracket.inherited, names, strict=True):
                agency = registry.agency(printed)
                own = Assignment(clause.clause_id, agency.agency_id, name.text, name.role, None, "")
                inheriting.append((clause.clause_id, clause, own))
        clauses.append(ReadClause(clause, facts, brackets, (*assignments, *inherited)))
    issues = _issues(plan, itself, clauses, registry)
    return PlanFacts(itself, tuple(documents), tuple(clauses), registry, issuer_ids, tuple(issues))


def _assigned(
    clause: Clause, brackets: tuple[Responsibility, ...], registry: Registry
) -> tuple[Assignment, ...]:
    assignments = []
    for bracket in brackets:
        printed = registry.restored([name.text.string for name in bracket.named])
        for name, full in zip(bracket.named, printed, strict=True):
            agency = registry.agency(full)
            assignments.append(
                Assignment(clause.clause_id, agency.agency_id, name.text, name.role, name.item, "")
            )
    return tuple(assignments)


def _issues(plan: Outline, itself: Identity, clauses: list[ReadClause], registry: Registry) -> list[Issue]:
    document_id = plan.document_id
    found = list(plan.issues)
    first = {one.agency_id: one for read in reversed(clauses) for one in reversed(read.assignments)}
    for agency in registry.agencies.values():
        if not agency.is_known:
            message = f"No row of agency_names.csv knows {agency.short_name}; add one, with its function"
            issue = Issue("error", "unknown-agency", message, document_id)
            if (one := first.get(agency.agency_id)) is not None:
                start, end = one.text.span
                issue = replace(issue, clause_id=one.clause_id, start=start, end=end)
            found.append(issue)
    for read in clauses:
        found += _clause_issues(read, document_id)
    if not itself.document_number:
        found.append(
            Issue("info", "no-document-number", "No copy of the plan prints its number", document_id)
        )
    if itself.issued_on is None:
        found.append(Issue("info", "no-date", "No copy of the plan prints its date", document_id))
    if not itself.issuers:
        found.append(Issue("info", "no-issuers", "No copy of the plan prints who issued it", document_id))
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
            found.append(
                issue(
                    "info", "no-verb", f"No verb of the vocabulary in “{passage.string[:60]}”", passage.span
                )
            )
    for first, last, what in unread(clause.text.string):
        passage = clause.text[first:last]
        found.append(issue("warning", "unread", f"{what} is not read: “{passage.string}”", passage.span))
    for entry in read.facts.entries:
        if entry.disposition == "undecided":
            passage = clause.text[entry.start : entry.end]
            context = clause.text.string[max(0, entry.start - 15) : entry.end + 15]
            found.append(
                issue(
                    "error",
                    "undecided-number",
                    f"No rule says what {passage.string} is in “{context}”",
                    passage.span,
                )
            )
    return found
