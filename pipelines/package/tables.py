"""Makes the rows of one plan in each table of its own, from the facts read in it."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from datetime import date

from pipelines.document.clauses import Clause
from pipelines.document.document import PlanText
from pipelines.linking.citations import unread_titles
from pipelines.linking.indicators import named, unnamed
from pipelines.linking.link import link_plan
from pipelines.linking.plans import PlanRows, Row
from pipelines.reading.clauses import ClauseFacts
from pipelines.reading.commitment import Commitment
from pipelines.reading.milestones import Milestone
from pipelines.reading.plan import PlanFacts, ReadClause
from pipelines.reading.time_expressions import TimeExpression
from pipelines.seeds.sources import FORMULA
from pipelines.text.provenance import Text
from pipelines.vocabulary import Vocabulary

QUOTES = {
    "clauses": "text",
    "measures": "text",
    "targets": "quote",
    "deadlines": "as_written",
    "responsibilities": "as_written",
}
FORMULA_MARKS = "".join(FORMULA)
# What a milestone, which has no number, says nothing of
OF_NUMBERS = (
    "indicator", "indicator_id", "indicator_words", "scope", "value", "value_as_written", "unit", "comparator",
    "comparator_as_written", "change", "change_as_written", "baseline_year",
)  # fmt: skip
OF_MILESTONE: Row = {**dict.fromkeys(OF_NUMBERS), "kind": "milestone", "rule": "milestone"}


def plan_rows(plan: PlanFacts, vocabulary: Vocabulary) -> PlanRows:
    """The rows of one plan, made at once: whatever is wrong with its facts shows here, and is that plan's alone."""
    rows: dict[str, Iterable[Row]] = {
        "plans": [_plan(plan)],
        "documents": (_document(plan, document) for document in _by_id(plan)),
        "issuers": _issuers(plan),
        "clauses": (_clause(plan, read) for read in plan.clauses),
        "measures": (row for read in plan.clauses for row in _measures(plan, read)),
        "targets": (row for read in plan.clauses for row in _targets(plan, read, vocabulary)),
        "deadlines": (row for read in plan.clauses for row in _deadlines(plan, read)),
        "agencies": _agencies(plan),
        "responsibilities": (row for read in plan.clauses for row in _responsibilities(plan, read)),
        "numbers": (row for read in plan.clauses for row in _numbers(plan, read)),
        "blocks": (row for text in plan.documents for row in _blocks(plan, text)),
        "repairs": (row for document in _by_id(plan) for row in _repairs(document)),
        **link_plan(plan, vocabulary),
    }
    made = {name: [_stated(row) for row in each] for name, each in rows.items()}
    for name, column in QUOTES.items():
        made[name] = [_safe(row, column) for row in made[name]]
    doubts = unnamed(made["targets"], plan.identity.base_document_id)
    return PlanRows(plan, made, (*plan.issues, *doubts, *unread_titles(plan, vocabulary)))


def _stated(row: Row) -> Row:
    """A row in which an empty text, which says nothing, is None."""
    if "" not in row.values():
        return row
    return {column: None if cell == "" else cell for column, cell in row.items()}


def _safe(row: Row, column: str) -> Row:
    """A row whose quote does not begin with what a spreadsheet takes for a formula: 零下-196℃ is quoted without the minus."""
    quote = str(row[column])
    bare = quote.lstrip(FORMULA_MARKS) or quote
    if len(bare) < len(quote):
        start = int(str(row["source_start"])) + len(quote) - len(bare)
        row |= {column: bare, "source_start": start}
        if isinstance(row.get("indicator"), str):
            row["indicator"] = str(row["indicator"]).lstrip(FORMULA_MARKS) or None
    return row


def _by_id(plan: PlanFacts) -> list[PlanText]:
    """The texts for which a document is a seed, not the others that stand in it, in the order of the documents."""
    own = [text for text in plan.documents if text.is_main]
    return sorted(own, key=lambda text: text.source.row.document_id)


def _cells(thing: object, *columns: str) -> Row:
    """The cells that are called as what they hold."""
    return {column: getattr(thing, column) for column in columns}


def _place(text: Text) -> Row:
    start, end = text.span
    return {"source_start": start, "source_end": end}


def _plan(plan: PlanFacts) -> Row:
    itself, place = plan.identity, plan.identity.place
    return {
        **_cells(itself, "plan_id", "title", "title_en", "place_basis", "document_number", "issued_on"),
        "place": place.place_id if place else None,
        "place_en": place.label_en if place else None,
        "division_code": place.division_code if place else None,
        "province": place.province if place else None,
        "level": place.level if place else None,
        "base_document_id": itself.base_document_id,
        "curated": ", ".join(itself.curated),
    }


def _document(plan: PlanFacts, text: PlanText) -> Row:
    document, row = text.document, text.source.row
    start, end = text.plan.span
    return {
        **_cells(row, "document_id", "path", "sha256", "edition", "is_base", "note"),
        **_cells(row, "source_url", "publisher", "original", "original_sha256", "tool"),
        "plan_id": plan.identity.plan_id,
        "size_bytes": document.source.size_bytes,
        "characters": len(document.source.raw),
        "script": document.script,
        "plan_start": start,
        "plan_end": end,
        "genre": plan.identity.genre,
        "retrieved_on": date.fromisoformat(row.retrieved_on) if row.retrieved_on else None,
    }


def _blocks(plan: PlanFacts, text: PlanText) -> Iterator[Row]:
    """The blocks of a plan's text, and with the main plan of a document those of no plan."""
    document_id = text.source.row.document_id
    clauses = plan.clauses if document_id == plan.identity.base_document_id else ()
    starts = [read.clause.text.span[0] for read in clauses]
    for block in text.document.blocks:
        if block.plan_id != text.plan_id and not (text.is_main and not block.plan_id):
            continue
        rank = bisect_right(starts, block.start) - 1
        inside = block.plan_id and rank >= 0 and block.start < clauses[rank].clause.text.span[1]
        yield {
            **_cells(block, "plan_id", "position", "kind", "level", "label", "title"),
            "block_id": f"{document_id}/b{block.position}",
            "document_id": document_id,
            "parent_id": None if block.parent is None else f"{document_id}/b{block.parent}",
            "clause_id": clauses[rank].clause.clause_id if inside else None,
            "source_start": block.start,
            "source_end": block.end,
        }


def _issuers(plan: PlanFacts) -> Iterator[Row]:
    for position, (issuer, agency_id) in enumerate(
        zip(plan.identity.issuers, plan.issuer_ids, strict=True), start=1
    ):
        yield {
            "plan_id": plan.identity.plan_id,
            "position": position,
            "agency_id": agency_id,
            "as_written": issuer.text.string,
            "document_id": issuer.document_id,
            **_place(issuer.text),
        }


def _clause(plan: PlanFacts, read: ReadClause) -> Row:
    clause = read.clause
    brackets = [clause.text.string[part.start : part.end] for part in read.duties]
    return {
        **_cells(clause, "clause_id", "chapter_number", "chapter_title", "position", "section_title"),
        **_cells(clause, "number", "title", "role", "role_as_written", "sector_id", "sector_as_written"),
        "plan_id": plan.identity.plan_id,
        "document_id": plan.identity.base_document_id,
        "text": clause.text.string,
        "responsibility_text": "\n".join(brackets),
        "responsibility_open_ended": any(bracket.is_open_ended for bracket in read.brackets),
        **_place(clause.text),
    }


def _of(plan: PlanFacts, clause: Clause) -> Row:
    return {"plan_id": plan.identity.plan_id, "clause_id": clause.clause_id}


def _measure_at(clause: Clause, facts: ClauseFacts, place: int) -> str | None:
    """The measure in which a place of the clause's text lies, if it lies in one."""
    for position, measure in enumerate(facts.measures, start=1):
        if measure.part.start <= place < measure.part.end:
            return f"{clause.clause_id}/m{position}"
    return None


def _measures(plan: PlanFacts, read: ReadClause) -> Iterator[Row]:
    for position, measure in enumerate(read.facts.measures, start=1):
        text = read.clause.text[measure.part.start : measure.part.end]
        yield {
            **_of(plan, read.clause),
            "measure_id": f"{read.clause.clause_id}/m{position}",
            "position": position,
            "item": measure.part.item,
            "text": text.string,
            "verb": measure.verb,
            "bindingness": measure.bindingness,
            "bindingness_as_written": measure.verb,
            **_place(text),
        }


def _deadline_ids(read: ReadClause) -> dict[TimeExpression, str]:
    return {
        time: f"{read.clause.clause_id}/d{position}"
        for position, time in enumerate(read.facts.deadlines, start=1)
    }


def _deadlines(plan: PlanFacts, read: ReadClause) -> Iterator[Row]:
    clause = read.clause
    for position, time in enumerate(read.facts.deadlines, start=1):
        text = clause.text[time.start : time.end]
        yield {
            **_of(plan, clause),
            **_cells(time, "start_date", "end_date", "kind", "precision"),
            "deadline_id": f"{clause.clause_id}/d{position}",
            "measure_id": _measure_at(clause, read.facts, time.start),
            "as_written": text.string,
            "located_in": clause.located_in(time.start),
            **_place(text),
        }


def _targets(plan: PlanFacts, read: ReadClause, vocabulary: Vocabulary) -> Iterator[Row]:
    """The targets of a clause, the quantified before the milestones, each kind in the order of the text."""
    deadlines = _deadline_ids(read)
    stated: tuple[Commitment | Milestone, ...] = (*read.facts.commitments, *read.facts.milestones)
    for serial, found in enumerate(stated, start=1):
        own = _of_number(found, vocabulary) if isinstance(found, Commitment) else OF_MILESTONE
        place = found.quantity.start if isinstance(found, Commitment) else found.start
        quote, time = read.clause.text[found.start : found.end], found.time
        yield {
            **_of(plan, read.clause),
            **own,
            **_cells(found, "deadline_basis", "strength_as_written", "hedge", "attribute"),
            "target_id": f"{read.clause.clause_id}/t{serial}",
            "measure_id": _measure_at(read.clause, read.facts, place),
            "deadline_id": (time.stands_in or deadlines.get(time)) if time else None,
            "period_start": time.start_date if time else None,
            "deadline": time.end_date if time else None,
            "located_in": read.clause.located_in(place),
            "strength": "strive" if found.strength_as_written else "firm",
            "quote": quote.string,
            **_place(quote),
        }


def _of_number(found: Commitment, vocabulary: Vocabulary) -> Row:
    shared = named(found.indicator, found.quantity.unit, found.change, vocabulary)
    return {
        **_cells(found, "indicator", "scope", "comparator", "comparator_as_written", "change"),
        **_cells(found, "change_as_written", "baseline_year", "rule"),
        "kind": "quantified",
        "indicator_id": shared.indicator_id if shared else None,
        "indicator_words": shared.words if shared else None,
        "value": found.quantity.value,
        "value_as_written": found.quantity.written,
        "unit": found.quantity.unit,
    }


def _agencies(plan: PlanFacts) -> Iterator[Row]:
    for agency in plan.agencies:
        yield {
            **_cells(agency, "agency_id", "name", "short_name", "name_en", "function_id", "level"),
            **_cells(agency, "is_group", "name_basis"),
            "place": agency.place.place_id,
            "division_code": agency.place.division_code,
        }


def _responsibilities(plan: PlanFacts, read: ReadClause) -> Iterator[Row]:
    for position, assignment in enumerate(read.assignments, start=1):
        yield {
            **_cells(
                assignment, "clause_id", "agency_id", "item", "role", "role_as_written", "inherited_from"
            ),
            "responsibility_id": f"{assignment.clause_id}/r{position}",
            "plan_id": plan.identity.plan_id,
            "position": position,
            "basis": "inherited" if assignment.inherited_from else "stated",
            "as_written": assignment.text.string,
            **_place(assignment.text),
        }


def _numbers(plan: PlanFacts, read: ReadClause) -> Iterator[Row]:
    clause = read.clause
    deadlines = _deadline_ids(read)
    for position, entry in enumerate(read.facts.entries, start=1):
        text = clause.text[entry.start : entry.end]
        yield {
            **_of(plan, clause),
            **_cells(entry, "value", "disposition", "rule"),
            "number_id": f"{clause.clause_id}/n{position}",
            "as_written": text.string,
            "target_id": None if entry.commitment is None else f"{clause.clause_id}/t{entry.commitment + 1}",
            "deadline_id": deadlines[entry.time] if entry.time else None,
            **_place(text),
        }


def _repairs(text: PlanText) -> Iterator[Row]:
    document_id, document = text.source.row.document_id, text.document
    for serial, edit in enumerate(document.edits, start=1):
        yield {
            "repair_id": f"{document_id}/f{serial}",
            "document_id": document_id,
            "source_start": edit.start,
            "source_end": edit.end,
            "before": edit.before,
            "after": edit.after,
            "rule": edit.rule,
            "reason": edit.reason,
        }
