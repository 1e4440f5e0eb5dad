"""A table whose rows stand in clauses in, where each row stands in the text of its clause out."""

import re
from collections import Counter, defaultdict

from pipelines.guard.frames.index import Index, Row

LETTERS = {"measures": "m", "targets": "t", "deadlines": "d", "responsibilities": "r", "numbers": "n"}
TEXTS = {"measures": "text", "targets": "quote"}  # else as_written


def children(index: Index, table: str) -> tuple[dict[str, list[object]], list[tuple[Row, Row | None]]]:
    """What every table has whose rows stand in a clause, and each row with the clause that its range lies in."""
    added: dict[str, list[object]] = defaultdict(list)
    column, letter = TEXTS.get(table, "as_written"), LETTERS[table]
    ranks: Counter[object] = Counter()
    previous: dict[object, Row] = {}
    pairs: list[tuple[Row, Row | None]] = []
    order: tuple[int, int] | None = None
    for row in index.rows(table):
        clause = index.clauses.get(row["clause_id"])
        ranks[row["clause_id"]] += 1
        rank = ranks[row["clause_id"]]
        home = clause if row.get("inherited_from") is None else index.clauses.get(row["inherited_from"])
        document = home["document_id"] if home is not None else None
        start, end = row["source_start"], row["source_end"]
        at, to = index.offset(home, start), index.offset(home, end)
        text = index.clause_text(home)
        kind = (row["clause_id"], row.get("kind") if table == "targets" else row.get("basis"))
        last = previous.get(kind)
        key = (index.clause_order.get(row["clause_id"], -1), rank)
        added["_rank"].append(rank)
        added["_expected_id"].append(f"{row['clause_id']}/{letter}{rank}")
        added["_clause_plan"].append(clause["plan_id"] if clause is not None else None)
        added["_outer_start"].append(home["source_start"] if home is not None else None)
        added["_outer_end"].append(home["source_end"] if home is not None else None)
        added["_previous_start"].append(last["source_start"] if last is not None else None)
        added["_previous_end"].append(last["source_end"] if last is not None else None)
        added["_source_text"].append(index.repaired(document, start, end) if home is not None else None)
        known = at is not None and to is not None and 0 <= at <= to
        added["_clause_slice"].append(text[at:to] if known else "(no place in the clause)")
        added["_clause_text"].append(text if home is not None else None)
        added["_before"].append(text[:at] if known else None)
        added["_after"].append(text[to:] if known else None)
        added["_key"].append(key)
        added["_previous_key"].append(order)
        added["_row_text"].append(row[column])
        order = key
        previous[kind] = row
        pairs.append((row, home))
    return added, pairs


def measure_at(measures: list[Row], place: object) -> object:
    """The measure, of those of a clause, that a place of the seed lies in."""
    if isinstance(place, int):
        for row in measures:
            start, end = row["source_start"], row["source_end"]
            if isinstance(start, int) and isinstance(end, int) and start <= place < end:
                return row["measure_id"]
    return None


def item_before(before: str) -> int | None:
    """The number of the item that a place stands in: the last one that opens a line before it."""
    found = re.findall(r"(?m)^(\d{1,2})[．.、][ ]*(?![\d\s])", before)
    return int(found[-1]) if found else None


def holds(outer: Row, inner: Row) -> bool:
    """Whether one row's range lies within another's."""
    cells = [outer["source_start"], inner["source_start"], inner["source_end"], outer["source_end"]]
    places = [cell for cell in cells if isinstance(cell, int)]
    return len(places) == len(cells) and places == sorted(places)
