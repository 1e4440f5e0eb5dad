"""Plants a fault as a whole build would make it, with all that follows: ids, references, texts, quotes.

A careless hand leaves gaps in ids and dangling references. A wrong reading does not: it numbers what it found, nothing
refers to what it missed, and a wrong repair changes each row that stands on it.
"""

import re
from collections.abc import Callable

from pipelines.faults.faults import Draft, Row
from pipelines.faults.world import LETTERS, Edits, World
from pipelines.guard.checks.provenance import WORDS

KEYS = {table: f"{table[:-1]}_id" for table in LETTERS} | {"responsibilities": "responsibility_id"}
EMPTIED: dict[str, dict[str, Row]] = {
    "measures": {
        "topics": {},
        **{table: {"measure_id": None} for table in ("targets", "deadlines", "citations")},
    },
    "targets": {"numbers": {"target_id": None, "disposition": "count"}},
    "deadlines": {
        "targets": {"deadline_id": None, "deadline": None, "period_start": None},
        "numbers": {"deadline_id": None, "disposition": "background"},
    },
}
CLAUSE_ID = re.compile(r"([^/]+/\d+(?:\.\d+)+)(/?)(.*)")


def same(draft: Draft, table: str, key: str, value: object) -> Row:
    """The row of a draft with a key."""
    return next(row for row in draft.rows(table) if row[key] == value)


def drop_child(draft: Draft, table: str, row: Row) -> None:
    """Removes a fact of a clause, as if it had never been found."""
    rows, key = draft.rows(table), KEYS[table]
    rows.remove(same(draft, table, key, row[key]))
    for other, emptied in EMPTIED.get(table, {}).items():
        for each in draft.rows(other):
            if each[key] == row[key]:
                each.update(emptied)
    if table == "measures":
        draft.rows("topics")[:] = [each for each in draft.rows("topics") if each[key] != row[key]]
        renumber(draft, "topics", row["clause_id"])
    renumber(draft, table, row["clause_id"])


def repeat_child(draft: Draft, table: str, row: Row) -> None:
    """Counts a fact of a clause twice; what refers to it refers to the first."""
    rows, key = draft.rows(table), KEYS[table]
    line = next(line for line, each in enumerate(rows) if each[key] == row[key])
    rows.insert(line + 1, {**rows[line], key: "second"})
    renumber(draft, table, row["clause_id"])


def renumber(draft: Draft, table: str, clause_id: object) -> None:
    """Gives the facts of a clause the ids and positions of their order, in every table that names them."""
    key, names = KEYS[table], {}
    of_clause = [row for row in draft.rows(table) if row["clause_id"] == clause_id]
    for rank, row in enumerate(of_clause, start=1):
        name = f"{clause_id}/{LETTERS[table]}{rank}"
        names[row[key]] = row[key] = name
        if "position" in row:
            row["position"] = rank
    for other in EMPTIED.get(table, {}):
        for row in draft.rows(other):
            row[key] = names.get(row[key], row[key])


def drop_clause(draft: Draft, clause: Row) -> None:
    """Removes a clause with all that hangs on it; later ones of its chapter move up."""
    own = clause["clause_id"]
    for table in ("clauses", *LETTERS, "issues"):
        rows = draft.rows(table)
        rows[:] = [row for row in rows if own not in (row["clause_id"], row.get("inherited_from"))]
    number_clauses(draft, clause)


def merge_clauses(draft: Draft, one: Row, two: Row, world: World) -> None:
    """Makes one clause of two that follow each other."""
    whole = same(draft, "clauses", "clause_id", one["clause_id"])
    draft.rows("clauses").remove(same(draft, "clauses", "clause_id", two["clause_id"]))
    whole["source_end"] = two["source_end"]
    whole["text"] = words_at(draft, whole, world)
    for table in (*LETTERS, "issues"):
        for row in draft.rows(table):
            for column in ("clause_id", "inherited_from"):
                if row.get(column) == two["clause_id"]:
                    row[column] = one["clause_id"]
    for table in LETTERS:
        renumber(draft, table, one["clause_id"])
    number_clauses(draft, one)


def number_clauses(draft: Draft, clause: Row) -> None:
    """Gives the clauses of a chapter the positions and ids of their order, in every id that is made of theirs."""
    plan, chapter, names = clause["plan_id"], clause["chapter_number"], {}
    rows = [
        row for row in draft.rows("clauses") if (row["plan_id"], row["chapter_number"]) == (plan, chapter)
    ]
    for rank, row in enumerate(rows, start=1):
        row["position"] = rank
        names[str(row["clause_id"])] = f"{plan}/{chapter}.{rank}"
    for table in ("clauses", *LETTERS, "issues"):
        for row in draft.rows(table):
            for column, value in row.items():
                match = CLAUSE_ID.fullmatch(value) if isinstance(value, str) else None
                if match and match[1] in names:
                    row[column] = f"{names[match[1]]}{match[2]}{match[3]}"
    number_issues(draft)


def number_issues(draft: Draft) -> None:
    """Gives the issues of each document the ids of their order."""
    ranks: dict[object, int] = {}
    for row in draft.rows("issues"):
        owner = row["document_id"] or "package"
        ranks[owner] = ranks.get(owner, 0) + 1
        row["issue_id"] = f"{owner}/i{ranks[owner]}"


def change_repairs(draft: Draft, document: str, change: Callable[[list[Row]], None], world: World) -> None:
    """Changes the repairs of a document, then its published text and the words of every row as the repairs now make them."""
    rows = draft.rows("repairs")
    own = [row for row in rows if row["document_id"] == document]
    place = rows.index(own[0])
    change(own)
    own.sort(key=lambda row: int(str(row["source_start"])))
    for rank, row in enumerate(own, start=1):
        row["repair_id"] = f"{document}/f{rank}"
    rows[:] = [row for row in rows if row["document_id"] != document]
    rows[place:place] = own
    raw, edits = world.raw[document], Edits(draft, document)
    draft.texts[document] = edits.of(raw, 0, len(raw))
    for table, column in WORDS.items():
        for row in draft.rows(table):
            if world.document_of(row) == document:
                row[column] = edits.of(raw, int(str(row["source_start"])), int(str(row["source_end"])))


def take_away(draft: Draft, document: str, start: int, end: int, rule: str, world: World) -> None:
    """A repair without a reason takes a range of the seed away; facts that stood in it were never found."""
    raw = world.raw[document]
    for table in LETTERS:
        for row in list(draft.rows(table)):
            first, last = int(str(row["source_start"])), int(str(row["source_end"]))
            if world.document_of(row) == document and start <= first and last <= end:
                drop_child(draft, table, row)

    def with_it(own: list[Row]) -> None:
        reason = next(
            (row["reason"] for row in draft.rows("repairs") if row["rule"] == rule), "Line of a web page"
        )
        own[:] = [row for row in own if not start <= int(str(row["source_start"])) < end]
        own.append(
            {
                "repair_id": "", "document_id": document, "source_start": start, "source_end": end,
                "before": raw[start:end], "after": None, "rule": rule, "reason": reason,
            }
        )  # fmt: skip

    change_repairs(draft, document, with_it, world)


def words_at(draft: Draft, row: Row, world: World) -> str:
    """The repaired text of a row's range."""
    document = world.document_of(row)
    return Edits(draft, document).of(
        world.raw[document], int(str(row["source_start"])), int(str(row["source_end"]))
    )
