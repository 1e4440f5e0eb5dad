"""A draft of a package and a row in; the same with every trace of the change carried through, out.

Faults that a careless hand makes leave gaps in ids and dangling references. Those that an extractor makes do not:
it numbers what it found, and nothing refers to what it missed.
"""

import re
from collections.abc import Callable

from pipelines.faults.faults import Draft, Row
from pipelines.faults.world import CHILDREN, LETTERS, WORDS
from pipelines.guard.reading import Edits

KEYS = {
    "measures": "measure_id",
    "targets": "target_id",
    "deadlines": "deadline_id",
    "responsibilities": "responsibility_id",
    "numbers": "number_id",
}


def drop_child(draft: Draft, table: str, row: Row, *, disposition: str = "") -> None:
    """Removes a row that hangs on a clause; numbers the later ones anew, and empties what refers to it.

    `disposition` is what its number is taken for then: by default `count` for a target, `background` for a time.
    """
    rows, key = draft.rows(table), KEYS[table]
    rows.remove(next(each for each in rows if each[key] == row[key]))
    _forget(draft, table, row[key], disposition)
    renumber(draft, table, row["clause_id"])


def _forget(draft: Draft, table: str, key: object, disposition: str) -> None:
    """Empties the references to a row, as if it had never been found."""
    if table == "measures":
        for other in ("targets", "deadlines"):
            for each in draft.rows(other):
                each["measure_id"] = None if each["measure_id"] == key else each["measure_id"]
    if table == "targets":
        for each in draft.rows("numbers"):
            if each["target_id"] == key:
                each.update(target_id=None, disposition=disposition or "count")
    if table == "deadlines":
        for each in draft.rows("targets"):
            if each["deadline_id"] == key:
                each.update(deadline_id=None, deadline=None, period_start=None)
        for each in draft.rows("numbers"):
            if each["deadline_id"] == key:
                each.update(deadline_id=None, disposition=disposition or "background")


def append_child(draft: Draft, table: str, row: Row) -> None:
    """Puts a second copy of a row behind it, with ids that fit; what refers to the row keeps referring to the first."""
    rows, key = draft.rows(table), KEYS[table]
    line = next(line for line, each in enumerate(rows) if each[key] == row[key])
    rows.insert(line + 1, {**rows[line], key: "second"})
    renumber(draft, table, row["clause_id"])


def renumber(draft: Draft, table: str, clause_id: object) -> None:
    """Gives the rows of a clause the ids and positions of their order, and carries the ids through all tables."""
    key, names = KEYS[table], {}
    of_clause = [row for row in draft.rows(table) if row["clause_id"] == clause_id]
    for rank, row in enumerate(of_clause, start=1):
        name = f"{clause_id}/{LETTERS[table]}{rank}"
        if row[key] != name:
            names[row[key]] = name
            row[key] = name
        if "position" in row:
            row["position"] = rank
    if names and table in ("measures", "targets", "deadlines"):
        _rename(draft, key, lambda name: names.get(name, name))


def _rename(draft: Draft, key: str, rename: Callable[[object], object]) -> None:
    """Renames the references to a row; the rows themselves have their names already."""
    for table in CHILDREN:
        if KEYS[table] != key and key in draft.package.frames[table].columns:
            for row in draft.rows(table):
                row[key] = rename(row[key])


def drop_clause(draft: Draft, clause: Row) -> None:
    """Removes a clause with all that hangs on it; later clauses of its chapter move up by one, ids and all."""
    own, chapter = str(clause["clause_id"]), clause["chapter_number"]
    for table in ("clauses", *CHILDREN, "issues"):
        rows = draft.rows(table)
        rows[:] = [row for row in rows if row["clause_id"] != own]
    for row in draft.rows("responsibilities"):
        if row["inherited_from"] == own:
            raise ValueError(f"{own} lays duties on others")
    _number_clauses(draft, clause["plan_id"], chapter)


def merge_clauses(draft: Draft, one: Row, two: Row) -> None:
    """Makes one clause of two that follow each other, with all that hangs on them; later ones move up by one."""
    first, second = str(one["clause_id"]), str(two["clause_id"])
    rows = draft.rows("clauses")
    rows[:] = [row for row in rows if row["clause_id"] != second]
    whole = next(row for row in rows if row["clause_id"] == first)
    whole["source_end"] = two["source_end"]
    whole["text"] = _words(draft, whole)
    if whole["responsibility_text"] is None:
        whole.update({name: two[name] for name in ("responsibility_text", "responsibility_open_ended")})
    issues = draft.rows("issues")
    issues[:] = [row for row in issues if row["clause_id"] != second]
    for table in CHILDREN:
        for row in draft.rows(table):
            for column in ("clause_id", "inherited_from"):
                if row.get(column) == second:
                    row[column] = first
        renumber(draft, table, first)
    _number_clauses(draft, one["plan_id"], one["chapter_number"])


def split_clause(draft: Draft, clause: Row, end: int, start: int) -> None:
    """Makes two clauses of one, that ends at `end`, and an unnumbered one from `start`; later ones move down by one.

    The responsibility bracket goes with the second, as do the rows that stand in it.
    """
    own, new = str(clause["clause_id"]), f"{clause['plan_id']}/{clause['chapter_number']}.0"
    rows = draft.rows("clauses")
    line = next(line for line, row in enumerate(rows) if row["clause_id"] == own)
    rest = {**rows[line], "clause_id": new, "number": None, "title": None, "source_start": start}
    rows[line].update(source_end=end, responsibility_text=None, responsibility_open_ended=False)
    rows.insert(line + 1, rest)
    for row in (rows[line], rest):
        row["text"] = _words(draft, row)
    for table in CHILDREN:
        for row in draft.rows(table):
            stands_here = row["clause_id"] == own and row.get("inherited_from") is None
            if stands_here and int(str(row["source_start"])) >= start:
                row["clause_id"] = new
        renumber(draft, table, own)
        renumber(draft, table, new)
    _number_clauses(draft, clause["plan_id"], clause["chapter_number"])


def _words(draft: Draft, clause: Row) -> str:
    """The repaired text of the range of a clause."""
    seeds, document = draft.package.seeds, clause["document_id"]
    assert seeds is not None
    start, end = int(str(clause["source_start"])), int(str(clause["source_end"]))
    return edits_of(draft, document).repaired(seeds.texts[str(document)], start, end) or ""


def _number_clauses(draft: Draft, plan: object, chapter: object) -> None:
    """Gives the clauses of a chapter the positions and ids of their order, and carries the ids through all tables."""
    rows = [
        row for row in draft.rows("clauses") if row["plan_id"] == plan and row["chapter_number"] == chapter
    ]
    names = {}
    for rank, row in enumerate(rows, start=1):
        row["position"] = rank
        names[str(row["clause_id"])] = f"{plan}/{chapter}.{rank}"
    rename_clauses(draft, names)
    _number_issues(draft)


def rename_clauses(draft: Draft, names: dict[str, str]) -> None:
    """Renames clauses in every id of every table that is made of theirs."""
    for table in ("clauses", *CHILDREN, "issues"):
        for row in draft.rows(table):
            for column, value in row.items():
                if column.endswith(("_id", "_from")) and isinstance(value, str):
                    clause, slash, rest = _clause_of(value)
                    if clause in names:
                        row[column] = f"{names[clause]}{slash}{rest}"


def _clause_of(name: str) -> tuple[str, str, str]:
    match = re.fullmatch(r"([^/]+/\d+\.\d+)(/?)(.*)", name)
    return (match[1], match[2], match[3]) if match else (name, "", "")


def _number_issues(draft: Draft) -> None:
    ranks: dict[object, int] = {}
    for row in draft.rows("issues"):
        owner = row["document_id"] or "package"
        ranks[owner] = ranks.get(owner, 0) + 1
        row["issue_id"] = f"{owner}/i{ranks[owner]}"


def drop_repair(draft: Draft, repair: Row) -> None:
    """Undoes a repair: its row, and what it did to the published text and to the words of every row."""
    rows = draft.rows("repairs")
    rows.remove(next(row for row in rows if row["repair_id"] == repair["repair_id"]))
    _repaired_anew(draft, repair)


def change_repair(draft: Draft, repair: Row, after: str) -> None:
    """Makes a repair put something else in the place, in its row, in the published text and in every row."""
    row = next(row for row in draft.rows("repairs") if row["repair_id"] == repair["repair_id"])
    row["after"] = after
    _repaired_anew(draft, repair)


def add_repair(draft: Draft, repair: Row) -> None:
    """Adds a repair that there is no reason for, with what it does to the published text and to every row."""
    rows = draft.rows("repairs")
    of_document = [line for line, row in enumerate(rows) if row["document_id"] == repair["document_id"]]
    later = [
        line
        for line in of_document
        if int(str(rows[line]["source_start"])) > int(str(repair["source_start"]))
    ]
    rows.insert(later[0] if later else of_document[-1] + 1, dict(repair))
    _repaired_anew(draft, repair)


def _repaired_anew(draft: Draft, repair: Row) -> None:
    """Numbers the repairs of a document, and makes its text, and each row's words, what they now make of the seed."""
    document = repair["document_id"]
    of_document = [row for row in draft.rows("repairs") if row["document_id"] == document]
    for rank, row in enumerate(of_document, start=1):
        row["repair_id"] = f"{document}/f{rank}"
    seeds = draft.package.seeds
    assert seeds is not None
    raw = seeds.texts[str(document)]
    edits = edits_of(draft, document)
    draft.texts[str(document)] = edits.repaired(raw, 0, len(raw)) or ""
    start, end = repair["source_start"], repair["source_end"]
    homes = {row["clause_id"]: row["document_id"] for row in draft.rows("clauses")}
    for table, column in WORDS.items():
        for row in draft.rows(table):
            home = row.get("document_id") or homes.get(row.get("inherited_from") or row.get("clause_id"))
            first, last = row["source_start"], row["source_end"]
            if home == document and _inside(start, end, first, last):
                row[column] = edits.repaired(raw, int(str(first)), int(str(last)))


def _inside(start: object, end: object, first: object, last: object) -> bool:
    assert isinstance(start, int)
    assert isinstance(end, int)
    assert isinstance(first, int)
    assert isinstance(last, int)
    return first <= start and end <= last


def edits_of(draft: Draft, document: object) -> Edits:
    """The repairs of a document as the draft has them."""
    return Edits.of(
        [
            (int(str(row["source_start"])), int(str(row["source_end"])), str(row["after"] or ""))
            for row in draft.rows("repairs")
            if row["document_id"] == document
        ]
    )
