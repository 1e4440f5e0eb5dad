"""The responsibilities in, the brackets and the agencies that they name out."""

from collections import Counter

from pipelines.guard import reading
from pipelines.guard.frames.agencies import add_agency
from pipelines.guard.frames.children import children, item_before
from pipelines.guard.frames.index import Added, Index, Row


def columns(index: Index) -> Added:
    """What is added to the responsibilities."""
    added, pairs = children(index, "responsibilities")
    stated: Counter[object] = Counter()
    led = set[object]()
    for row, clause in pairs:
        if row["basis"] == "stated" and not _is_laid(row, clause):
            bracket_of_row = _bracket_of(index, row, clause)
            stated[bracket_of_row] += row["role"] in ("sole", "shared")
            if row["role"] == "lead":
                led.add(bracket_of_row)
    for number, (row, home) in enumerate(pairs):
        source = row["inherited_from"]
        bracket = str(home["responsibility_text"] or "") if home is not None else ""
        if row["basis"] == "inherited":
            bracket = reading.inheritance(bracket)
        added["_bracket"].append(bracket)
        inherited = row["basis"] == "inherited"
        own = _bracket_of(index, row, home)
        added["_agencies"].append(2 if inherited else stated[own] + (own in led))
        added["_mention"].append(_mention(index, row, home))
        added["_clause_order"].append(index.clause_order.get(row["clause_id"]))
        added["_source_order"].append(index.clause_order.get(source) if source is not None else None)
        added["_item"].append(None if inherited else item_before(str(added["_before"][number] or "")))
        add_agency(index, added, row, index.agencies.get(row["agency_id"], {}))
    return added


def _bracket_of(index: Index, row: Row, home: Row | None) -> tuple[object, int]:
    """The clause of a row and which of its brackets, counted from 0, the row stands in."""
    text, at = index.clause_text(home), index.offset(home, row["source_start"])
    place, rank = 0, -1
    for line in str(home["responsibility_text"] or "").split("\n") if home is not None else ():
        place = text.find(line, place)
        if place < 0 or at is None or at < place:
            break
        place, rank = place + len(line), rank + 1
    return row["clause_id"], rank


def _mention(index: Index, row: Row, home: Row | None) -> bool | None:
    """Whether a row stands where its bracket names it: among those whom later clauses inherit, or before them.

    None where the bracket lays nothing on later clauses.
    """
    bracket = str(home["responsibility_text"] or "") if home is not None else ""
    laid, text = reading.inheritance(bracket), index.clause_text(home)
    at, begin = index.offset(home, row["source_start"]), text.rfind(laid)
    if not laid or at is None:
        return None
    inside = begin <= at < begin + len(laid)
    return inside == (row["basis"] == "inherited" or _is_laid(row, home))


def _is_laid(row: Row, clause: Row | None) -> bool:
    text = str(clause["responsibility_text"] or "") if clause is not None else ""
    name = str(row["as_written"])
    laid = reading.inheritance(text)
    return name in laid and name not in text[: text.find(laid)]
