"""The issuers in, where they stand in the signature block and who else stands there out."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from pipelines.guard.frames.agencies import add_agency
from pipelines.guard.frames.index import Added, Index


def columns(index: Index) -> Added:
    """What is added to the issuers."""
    added: dict[str, list[object]] = defaultdict(list)
    ranks: Counter[object] = Counter()
    previous: dict[object, object] = {}
    for row in index.rows("issuers"):
        plan = row["plan_id"]
        ranks[plan] += 1
        document = row["document_id"]
        text, start, end = (
            index.published(document),
            *(index.place(document, row[at]) for at in ("source_start", "source_end")),
        )
        whole = text is not None and start is not None and end is not None
        agency = index.agencies.get(row["agency_id"], {})
        itself = index.documents.get(document, {})
        added["_rank"].append(ranks[plan])
        added["_previous_end"].append(previous.get(plan))
        added["_document_plan"].append(itself.get("plan_id"))
        added["_characters"].append(itself.get("characters"))
        added["_source_text"].append(index.repaired(document, row["source_start"], row["source_end"]))
        added["_published_text"].append(
            index.slice_of(document, row["source_start"], row["source_end"]) or "(no text)"
        )
        added["_before"].append((text or "")[max(0, (start or 0) - 1) : start or 0] if whole else None)
        added["_after"].append((text or "")[end : (end or 0) + 1] if whole else None)
        added["_unlisted"].append(tuple(_unlisted_issuers(index, plan, document)) if ranks[plan] == 1 else ())
        add_agency(index, added, row, agency)
        previous[plan] = row["source_end"]
    return added


def _unlisted_issuers(index: Index, plan_id: object, document: object) -> Iterator[str]:
    """Names that stand in the signature block of a plan, on its lines, and are no issuers of it."""
    rows = [row for row in index.rows("issuers") if row["plan_id"] == plan_id]
    text = index.published(document) or ""
    label = str(index.places.get(index.plans.get(plan_id, {}).get("place"), {}).get("label") or "\0")
    named = {str(row["as_written"]) for row in rows}
    places = [index.place(document, row["source_start"]) for row in rows if row["document_id"] == document]
    known = [place for place in places if place is not None]
    if not known:
        return
    begin = text.rfind("\n", 0, min(known)) + 1
    for line in text[begin:].split("\n"):
        names = line.split()
        if names and not all(
            name.startswith(label) and re.search(r"[局委办厅部会院府]$", name) for name in names
        ):
            break
        yield from (name for name in names if name not in named)
