"""The schemas and the rows of a package in; whole rows dropped, repeated and moved, and tables emptied, out."""

from collections.abc import Iterator, Mapping

from pipelines.faults.consistent import append_child, drop_child
from pipelines.faults.faults import Draft, Place, Row, TableFault
from pipelines.faults.witnesses import SCHEMA, named
from pipelines.faults.world import CHILDREN, World, choose, row_fault

PER_TABLE = 3

# What is there to see that a row is gone, though whatever refers to it says so too.
DROPPED: Mapping[str, str] = {
    "plans": "documents.table-schema",
    "documents": "nothing-missing",
    "issuers": "everybody-signed positions-in-turn",
    "clauses": "nothing-between nothing-before-first id-in-turn documents.ends-with-last-clause",
    "measures": "id-in-turn clauses.sentences-measured",
    "targets": "id-in-turn clauses.commitments-kept deadlines.governs-something numbers.table-schema",
    "deadlines": "id-in-turn numbers.table-schema",
    "agencies": "responsibilities.table-schema issuers.table-schema",
    "responsibilities": "id-in-turn clauses.everybody-named clauses.all-inherited",
    "numbers": "id-in-turn clauses.numerals-counted",
    "repairs": "id-in-turn documents.text-from-the-seed",
    "issues": "id-in-turn plans.number-printed plans.date-printed plans.issuers-named clauses.somebody-responsible measures.verb-read",
    "functions": "nothing-missing",
    "units": "nothing-missing",
    "sectors": "nothing-missing",
    "places": "nothing-missing",
}
# What is there to see that the rows of a clause, a plan or a document do not stand in their order.
IN_TURN: Mapping[str, str] = {
    "issuers": "positions-in-turn",
    **dict.fromkeys(("clauses", "issues", "repairs", *CHILDREN), "id-in-turn"),
}
# The same for rows of two clauses, plans or documents, where it is not the order of the rows as such.
ACROSS: Mapping[str, str] = {"clauses": "nothing-between nothing-before-first measures.rows-in-order"}
# What is there to see that there is no row at all.
EMPTY: Mapping[str, str] = {
    **{name: f"{names} has-rows" for name, names in DROPPED.items() if name not in ("issuers", "issues")},
    "issuers": "plans.issuers-named",
    "issues": DROPPED["issues"],
    "deadlines": "numbers.table-schema",
    "targets": "numbers.table-schema",
    "responsibilities": "clauses.everybody-named",
    "numbers": "has-rows clauses.numerals-counted",
    "repairs": "documents.text-from-the-seed",
}
# What stands in a plan only once, and is there twice, under ids that fit.
TWICE: Mapping[str, str] = {
    "measures": "place-once in-order-of-text",
    "targets": "stated-once",
    "deadlines": "place-once in-order-of-text",
    "responsibilities": "named-once",
    "numbers": "place-once clauses.numerals-counted",
}


def row_faults(world: World) -> Iterator[TableFault]:
    """Faults in whole rows, for every table."""
    for table in world.schemas:
        yield from _dropped(world, table)
        yield from _repeated(world, table)
        yield from _exchanged(world, table)
        yield _emptied(world, table)
    for table in CHILDREN:
        yield from _dropped_whole(world, table)
        yield from _repeated_whole(world, table)
    yield from _orphaned(world)
    yield from _plans_missing(world)


def _dropped(world: World, table: str) -> Iterator[TableFault]:
    rows = world.rows[table]
    for line in choose(range(len(rows)), 8 if table == "issues" else PER_TABLE, "row-dropped", table):

        def change(draft: Draft, line: int = line) -> None:
            del draft.rows(table)[line]

        # The last row of a clause leaves no gap in the ids.
        yield row_fault(world, "row dropped", table, rows[line], DROPPED[table], change)


def _repeated(world: World, table: str) -> Iterator[TableFault]:
    rows = world.rows[table]
    for line in choose(range(len(rows)), PER_TABLE, "row-repeated", table):

        def change(draft: Draft, line: int = line) -> None:
            changed = draft.rows(table)
            changed.insert(line, dict(changed[line]))

        yield row_fault(world, "row repeated", table, rows[line], SCHEMA, change)


def _exchanged(world: World, table: str) -> Iterator[TableFault]:
    """Two neighbouring rows in the wrong order: of one clause, plan or document, and of two.

    Issues and issuers of two documents or plans may stand in any order.
    """
    rows = world.rows[table]
    neighbours: dict[bool, list[int]] = {True: [], False: []}
    for line in range(1, len(rows)):
        neighbours[_owner(table, rows[line]) == _owner(table, rows[line - 1])].append(line)
    for within, lines in neighbours.items():
        if not within and table in ("issues", "issuers"):
            continue
        for line in choose(lines, 2, "rows-exchanged", table, str(within)):

            def change(draft: Draft, line: int = line) -> None:
                changed = draft.rows(table)
                changed[line - 1], changed[line] = changed[line], changed[line - 1]

            meant = IN_TURN.get(table, "rows-in-order") if within else ACROSS.get(table, "rows-in-order")
            yield row_fault(world, "rows exchanged", table, rows[line], meant, change)


def _owner(table: str, row: Row) -> object:
    """What a row belongs to, among whose rows it has its turn; nothing for rows that are sorted by their key."""
    owners = {"issues": "document_id", "repairs": "document_id", "issuers": "plan_id", "clauses": "plan_id"}
    column = owners.get(table, "clause_id" if table in CHILDREN else "")
    return row[column] if column else id(row)


def _emptied(world: World, table: str) -> TableFault:
    def change(draft: Draft) -> None:
        draft.rows(table).clear()

    place = Place(table, "", "", f"{len(world.rows[table])} rows", "no row")
    return TableFault("table empty", place, named(table, EMPTY[table]), change)


def _dropped_whole(world: World, table: str) -> Iterator[TableFault]:
    """A row dropped as if it had never been found: later ids move up, and what referred to it does not."""
    meant = {
        "measures": "clauses.sentences-measured",
        "targets": "numbers.disposition-read clauses.commitments-kept deadlines.governs-something",
        "deadlines": "numbers.disposition-read targets.milestone-timed",
        "responsibilities": "clauses.everybody-named clauses.all-inherited clauses.somebody-responsible",
        "numbers": "clauses.numerals-counted",
    }[table]
    for row in choose(world.rows[table], 6, "fact-missed", table):

        def change(draft: Draft, row: Row = row) -> None:
            drop_child(draft, table, row)

        yield row_fault(world, "fact missed without a trace", table, row, meant, change)


def _repeated_whole(world: World, table: str) -> Iterator[TableFault]:
    for row in choose(world.rows[table], 2, "fact-twice", table):

        def change(draft: Draft, row: Row = row) -> None:
            append_child(draft, table, row)

        yield row_fault(world, "fact counted twice", table, row, TWICE[table], change)


def _orphaned(world: World) -> Iterator[TableFault]:
    """A row gone that a row of another table names: for each foreign key."""
    for table, schema in world.schemas.items():
        for key in schema.foreign_keys:
            parent = key.table or table
            wanted = key.reference_fields[0]
            used = sorted(
                {str(row[key.fields[0]]) for row in world.rows[table] if row[key.fields[0]] is not None}
            )
            for name in choose(used, 1, "parent-dropped", table, *key.fields):
                line = world.line(parent, name)

                def change(draft: Draft, parent: str = parent, line: int = line) -> None:
                    del draft.rows(parent)[line]

                place = Place(parent, name, wanted, name, f"gone, but for {table}.{key.fields[0]}")
                yield TableFault("orphaned parent", place, named(table, SCHEMA), change)


def _plans_missing(world: World) -> Iterator[TableFault]:
    """A plan gone whole: its row and every row of its own, as if its documents had never been read."""
    for plan in world.rows["plans"]:
        own = plan["plan_id"]
        documents = {row["document_id"] for row in world.rows["documents"] if row["plan_id"] == own}

        def change(draft: Draft, own: object = own, documents: set[object] = documents) -> None:
            for table in world.schemas:
                columns = draft.package.frames[table].columns
                if "plan_id" in columns:
                    draft.rows(table)[:] = [row for row in draft.rows(table) if row["plan_id"] != own]
                elif "document_id" in columns:
                    rows = draft.rows(table)
                    rows[:] = [row for row in rows if row["document_id"] not in documents]
            for document in documents:
                del draft.texts[str(document)]

        yield row_fault(world, "plan missing", "plans", plan, "documents.nothing-missing", change)
