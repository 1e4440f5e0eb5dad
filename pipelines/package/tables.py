"""The facts of a plan in, the rows out that it gives to each table of its own."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from pipelines.document.clauses import Clause
from pipelines.document.document import PlanText
from pipelines.reading.clauses import ClauseFacts
from pipelines.reading.commitment import Commitment
from pipelines.reading.moments import Moment
from pipelines.reading.plan import PlanFacts, ReadClause
from pipelines.seeds.sources import FORMULA

Row = dict[str, object]
QUOTES = {
    "clauses": "text",
    "measures": "text",
    "targets": "quote",
    "deadlines": "as_written",
    "responsibilities": "as_written",
}
FORMULA_MARKS = "".join(FORMULA)


@dataclass(frozen=True, slots=True)
class PlanRows:
    """A plan and the rows that it gives to each table of its own."""

    facts: PlanFacts
    rows: Mapping[str, list[Row]]


def plan_rows(plan: PlanFacts) -> PlanRows:
    """The rows of one plan, made at once: whatever is wrong with its facts shows here, and is that plan's alone."""
    rows: dict[str, Iterable[Row]] = {
        "plans": [_plan(plan)],
        "documents": (_document(plan, document) for document in _by_id(plan)),
        "issuers": _issuers(plan),
        "clauses": (_clause(plan, read) for read in plan.clauses),
        "measures": (row for read in plan.clauses for row in _measures(plan, read)),
        "targets": (row for read in plan.clauses for row in _targets(plan, read)),
        "deadlines": (row for read in plan.clauses for row in _deadlines(plan, read)),
        "agencies": _agencies(plan),
        "responsibilities": (row for read in plan.clauses for row in _responsibilities(plan, read)),
        "numbers": (row for read in plan.clauses for row in _numbers(plan, read)),
        "blocks": (row for text in plan.documents for row in _blocks(plan, text)),
        "repairs": (row for document in _by_id(plan) for row in _repairs(document)),
    }
    made = {name: list(each) for name, each in rows.items()}
    for name, column in QUOTES.items():
        made[name] = [_safe(row, column) for row in made[name]]
    return PlanRows(plan, made)


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


def _plan(plan: PlanFacts) -> Row:
    itself, place = plan.identity, plan.identity.place
    return {
        "plan_id": itself.plan_id,
        "title": itself.title,
        "title_en": itself.title_en,
        "place": place.place_id if place else None,
        "place_en": place.label_en if place else None,
        "division_code": place.division_code if place else None,
        "province": (place.province or None) if place else None,
        "level": place.level if place else None,
        "place_basis": itself.place_basis or None,
        "document_number": itself.document_number or None,
        "issued_on": itself.issued_on,
        "base_document_id": itself.base_document_id,
        "curated": ", ".join(itself.curated) or None,
    }


def _document(plan: PlanFacts, text: PlanText) -> Row:
    document, row = text.document, text.source.row
    start, end = text.plan.span
    return {
        "document_id": row.document_id,
        "plan_id": plan.identity.plan_id,
        "path": row.path,
        "sha256": row.sha256,
        "size_bytes": document.source.size_bytes,
        "characters": len(document.source.raw),
        "script": document.script,
        "edition": row.edition,
        "is_base": row.is_base,
        "plan_start": start,
        "plan_end": end,
        "genre": plan.identity.genre,
        "source_url": row.source_url or None,
        "publisher": row.publisher or None,
        "retrieved_on": date.fromisoformat(row.retrieved_on) if row.retrieved_on else None,
        "original": row.original or None,
        "original_sha256": row.original_sha256 or None,
        "tool": row.tool or None,
        "note": row.note or None,
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
            "block_id": f"{document_id}/b{block.position}",
            "document_id": document_id,
            "plan_id": block.plan_id or None,
            "position": block.position,
            "parent_id": None if block.parent is None else f"{document_id}/b{block.parent}",
            "kind": block.kind,
            "level": block.level,
            "label": block.label or None,
            "title": block.title or None,
            "clause_id": clauses[rank].clause.clause_id if inside else None,
            "source_start": block.start,
            "source_end": block.end,
        }


def _issuers(plan: PlanFacts) -> Iterator[Row]:
    for position, (issuer, agency_id) in enumerate(
        zip(plan.identity.issuers, plan.issuer_ids, strict=True), start=1
    ):
        start, end = issuer.text.span
        yield {
            "plan_id": plan.identity.plan_id,
            "position": position,
            "agency_id": agency_id,
            "as_written": issuer.text.string,
            "document_id": issuer.document_id,
            "source_start": start,
            "source_end": end,
        }


def _clause(plan: PlanFacts, read: ReadClause) -> Row:
    clause = read.clause
    start, end = clause.text.span
    brackets = [clause.text.string[part.start : part.end] for part in clause.brackets]
    return {
        "clause_id": clause.clause_id,
        "plan_id": plan.identity.plan_id,
        "document_id": plan.identity.base_document_id,
        "chapter_number": clause.chapter_number,
        "chapter_title": clause.chapter_title or None,
        "position": clause.position,
        "section_title": clause.section_title or None,
        "number": clause.number,
        "title": clause.title or None,
        "role": clause.role,
        "role_as_written": clause.role_as_written or None,
        "sector_id": clause.sector_id,
        "sector_as_written": clause.sector_as_written or None,
        "text": clause.text.string,
        "responsibility_text": "\n".join(brackets) or None,
        "responsibility_open_ended": any(bracket.is_open_ended for bracket in read.brackets),
        "source_start": start,
        "source_end": end,
    }


def _measure_at(clause: Clause, facts: ClauseFacts, place: int) -> str | None:
    """The measure in which a place of the clause's text lies, if it lies in one."""
    for position, measure in enumerate(facts.measures, start=1):
        if measure.part.start <= place < measure.part.end:
            return f"{clause.clause_id}/m{position}"
    return None


def _measures(plan: PlanFacts, read: ReadClause) -> Iterator[Row]:
    for position, measure in enumerate(read.facts.measures, start=1):
        text = read.clause.text[measure.part.start : measure.part.end]
        start, end = text.span
        yield {
            "measure_id": f"{read.clause.clause_id}/m{position}",
            "clause_id": read.clause.clause_id,
            "plan_id": plan.identity.plan_id,
            "position": position,
            "item": measure.part.item,
            "text": text.string,
            "verb": measure.verb or None,
            "bindingness": measure.bindingness,
            "bindingness_as_written": measure.verb or None,
            "source_start": start,
            "source_end": end,
        }


def _deadline_ids(read: ReadClause) -> dict[Moment, str]:
    return {
        moment: f"{read.clause.clause_id}/d{position}"
        for position, moment in enumerate(read.facts.deadlines, start=1)
    }


def _deadlines(plan: PlanFacts, read: ReadClause) -> Iterator[Row]:
    clause = read.clause
    for position, moment in enumerate(read.facts.deadlines, start=1):
        text = clause.text[moment.start : moment.end]
        start, end = text.span
        yield {
            "deadline_id": f"{clause.clause_id}/d{position}",
            "plan_id": plan.identity.plan_id,
            "clause_id": clause.clause_id,
            "measure_id": _measure_at(clause, read.facts, moment.start),
            "as_written": text.string,
            "start_date": moment.start_date,
            "end_date": moment.end_date,
            "kind": moment.kind,
            "precision": moment.precision,
            "located_in": clause.located_in(moment.start),
            "source_start": start,
            "source_end": end,
        }


def _targets(plan: PlanFacts, read: ReadClause) -> Iterator[Row]:
    """The targets of a clause, the quantified before the milestones, each kind in the order of the text."""
    clause, facts = read.clause, read.facts
    deadlines = _deadline_ids(read)
    serial = 0
    for commitment in facts.commitments:
        serial += 1
        yield _quantified(plan, read, commitment, f"{clause.clause_id}/t{serial}", deadlines)
    for milestone in facts.milestones:
        serial += 1
        quote = clause.text[milestone.start : milestone.end]
        start, end = quote.span
        yield {
            "target_id": f"{clause.clause_id}/t{serial}",
            "plan_id": plan.identity.plan_id,
            "clause_id": clause.clause_id,
            "measure_id": _measure_at(clause, facts, milestone.start),
            "kind": "milestone",
            "indicator": None,
            "indicator_id": None,
            "scope": None,
            "value": None,
            "value_as_written": None,
            "unit": None,
            "comparator": None,
            "comparator_as_written": None,
            "change": None,
            "change_as_written": None,
            "baseline_year": None,
            "deadline_id": milestone.moment.stands_in or deadlines.get(milestone.moment),
            "period_start": milestone.moment.start_date,
            "deadline": milestone.moment.end_date,
            "deadline_basis": milestone.deadline_basis,
            "located_in": clause.located_in(milestone.start),
            "strength": "strive" if milestone.strength_as_written else "firm",
            "strength_as_written": milestone.strength_as_written or None,
            "hedge": milestone.hedge or None,
            "attribute": milestone.attribute or None,
            "rule": "milestone",
            "quote": quote.string,
            "source_start": start,
            "source_end": end,
        }


def _quantified(
    plan: PlanFacts, read: ReadClause, commitment: Commitment, target_id: str, deadlines: dict[Moment, str]
) -> Row:
    clause, moment = read.clause, commitment.moment
    quote = clause.text[commitment.start : commitment.end]
    start, end = quote.span
    return {
        "target_id": target_id,
        "plan_id": plan.identity.plan_id,
        "clause_id": clause.clause_id,
        "measure_id": _measure_at(clause, read.facts, commitment.quantity.start),
        "kind": "quantified",
        "indicator": commitment.indicator,
        "indicator_id": None,
        "scope": commitment.scope or None,
        "value": commitment.quantity.value,
        "value_as_written": commitment.quantity.written,
        "unit": commitment.quantity.unit or None,
        "comparator": commitment.comparator,
        "comparator_as_written": commitment.comparator_as_written or None,
        "change": commitment.change,
        "change_as_written": commitment.change_as_written or None,
        "baseline_year": commitment.baseline_year,
        "deadline_id": (moment.stands_in or deadlines.get(moment)) if moment else None,
        "period_start": moment.start_date if moment else None,
        "deadline": moment.end_date if moment else None,
        "deadline_basis": commitment.deadline_basis or None,
        "located_in": clause.located_in(commitment.quantity.start),
        "strength": "strive" if commitment.strength_as_written else "firm",
        "strength_as_written": commitment.strength_as_written or None,
        "hedge": commitment.hedge or None,
        "attribute": commitment.attribute or None,
        "rule": commitment.rule,
        "quote": quote.string,
        "source_start": start,
        "source_end": end,
    }


def _agencies(plan: PlanFacts) -> Iterator[Row]:
    for agency in plan.agencies:
        yield {
            "agency_id": agency.agency_id,
            "name": agency.name,
            "short_name": agency.short_name,
            "name_en": agency.name_en,
            "place": agency.place.place_id,
            "division_code": agency.place.division_code,
            "function_id": agency.function_id or None,
            "level": agency.level,
            "is_group": agency.is_group,
            "name_basis": agency.name_basis,
        }


def _responsibilities(plan: PlanFacts, read: ReadClause) -> Iterator[Row]:
    for position, assignment in enumerate(read.assignments, start=1):
        start, end = assignment.text.span
        yield {
            "responsibility_id": f"{assignment.clause_id}/r{position}",
            "plan_id": plan.identity.plan_id,
            "clause_id": assignment.clause_id,
            "agency_id": assignment.agency_id,
            "position": position,
            "item": assignment.item,
            "role": assignment.role,
            "role_as_written": assignment.role_as_written or None,
            "basis": "inherited" if assignment.inherited_from else "stated",
            "inherited_from": assignment.inherited_from or None,
            "as_written": assignment.text.string,
            "source_start": start,
            "source_end": end,
        }


def _numbers(plan: PlanFacts, read: ReadClause) -> Iterator[Row]:
    clause = read.clause
    deadlines = _deadline_ids(read)
    for position, entry in enumerate(read.facts.entries, start=1):
        text = clause.text[entry.start : entry.end]
        start, end = text.span
        target = None if entry.commitment is None else f"{clause.clause_id}/t{entry.commitment + 1}"
        yield {
            "number_id": f"{clause.clause_id}/n{position}",
            "plan_id": plan.identity.plan_id,
            "clause_id": clause.clause_id,
            "as_written": text.string,
            "value": entry.value,
            "disposition": entry.disposition,
            "rule": entry.rule,
            "target_id": target,
            "deadline_id": deadlines[entry.moment] if entry.moment else None,
            "source_start": start,
            "source_end": end,
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
            "after": edit.after or None,
            "rule": edit.rule,
            "reason": edit.reason,
        }
