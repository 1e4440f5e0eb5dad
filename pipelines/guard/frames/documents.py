"""The documents in, what their seeds, plans and repairs say of them out."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from pipelines.guard.frames.index import Added, Index, Row
from pipelines.guard.frames.repairs import errata
from pipelines.guard.rules.repairs import HAND


def columns(index: Index) -> Added:
    """What is added to the documents."""
    added: dict[str, list[object]] = defaultdict(list)
    seeds = index.package.seeds
    last_clause = {
        plan: max((row["source_end"] for row in rows if isinstance(row["source_end"], int)), default=None)
        for plan, rows in index.by("clauses", "plan_id").items()
    }
    rows = index.rows("documents")
    known = {row["document_id"] for row in rows}
    left_out = {row for row in (seeds.sources if seeds is not None else {}) if row not in known}
    plan_order = {plan: place for place, plan in enumerate(index.plans)}
    previous: object = None
    for number, row in enumerate(rows):
        document = row["document_id"]
        plan = index.plans.get(row["plan_id"], {})
        start, end = row["plan_start"], row["plan_end"]
        base = index.documents.get(plan.get("base_document_id"), {})
        raw = None if seeds is None else seeds.texts.get(str(document))
        whole = None if seeds is None else index.repaired(document, 0, len(raw) if raw is not None else None)
        edits = index.by_document.get(document, [])
        changed = sum(len(str(each["before"] or "")) for each in edits if each["rule"] == "script")
        characters = row["characters"]
        added["_sha256"].append(None if seeds is None else seeds.digests.get(str(document), "(no seed)"))
        added["_size_bytes"].append(None if seeds is None else seeds.sizes.get(str(document), -1))
        added["_characters"].append(None if raw is None else len(raw))
        added["_promised"].append(() if seeds is None else tuple(_unlike_source(row, seeds.sources)))
        added["_absent"].append(tuple(sorted(left_out)) if number == 0 else ())
        added["_unused_errata"].append(tuple(_unused_errata(index, document)))
        added["_published"].append(index.published(document))
        added["_repaired"].append(whole)
        added["_own_text"].append(index.slice_of(document, start, end))
        added["_base_text"].append(
            index.slice_of(base.get("document_id"), base.get("plan_start"), base.get("plan_end"))
        )
        added["_title"].append(plan.get("title"))
        added["_base_of_plan"].append(plan.get("base_document_id") == document)
        added["_last_clause_end"].append(last_clause.get(row["plan_id"]) if row["is_base"] else end)
        added["_simplified_share"].append(
            changed / characters if isinstance(characters, int) and characters else 0.0
        )
        key = (plan_order.get(row["plan_id"], -1), str(document))
        added["_key"].append(key)
        added["_previous_key"].append(previous)
        previous = key
    return added


def _unused_errata(index: Index, document: object) -> Iterator[str]:
    """The rows of errata.csv for a document of which no repair is there."""
    seeds = index.package.seeds
    if seeds is None:
        return
    starts = [row["source_start"] for row in index.by_document.get(document, []) if row["rule"] in HAND]
    for erratum, start, end in errata(index, document):
        if not any(isinstance(place, int) and start <= place < end for place in starts):
            yield f"a repair of “{erratum['before']}”"


def _unlike_source(row: Row, sources: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    source = sources.get(str(row["document_id"]))
    if source is None:
        yield "document_id: sources.csv does not list it"
        return
    for column in ("plan_id", "path", "sha256", "edition", "note", "is_base"):
        wanted = source.get(column, "")
        found = str(row[column]).lower() if column == "is_base" else str(row[column] or "")
        if found != wanted:
            yield f"{column}: sources.csv says {wanted!r}"
