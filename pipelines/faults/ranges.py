"""The rows with source ranges in; ranges that are shifted, moved or cut, and quotes that are altered, out."""

import re
from collections.abc import Iterator

from pipelines.faults.consistent import add_repair, change_repair, drop_repair, edits_of
from pipelines.faults.faults import Draft, Row, TableFault
from pipelines.faults.witnesses import witnesses
from pipelines.faults.world import CHILDREN, WORDS, World, choose, row_fault
from pipelines.seeds.sources import HAND_REPAIRS

PER_TABLE = 4
# What is there to see that a row points to another place with the same words.
MOVED = {
    "issuers": "stands-alone in-order-of-text range-in-seed",
    "clauses": "in-order-of-text range-in-plan",
    "measures": "range-in-clause in-order-of-text",
    "targets": "range-in-clause in-order-of-text number-counted governing-time",
    "deadlines": "range-in-clause in-order-of-text number-counted",
    "responsibilities": "range-in-clause in-order-of-text at-its-mention",
    "numbers": "range-in-clause in-order-of-text clauses.numerals-counted",
}
# What is there to see that a row holds less than it should, though its range says so too.
CUT = {
    "issuers": "stands-alone",
    "clauses": "nothing-between balanced",
    "measures": "whole-sentence clauses.sentences-measured",
    "targets": "whole-quote value-printed comparator-read unit-read indicator-printed scope-read governing-time",
    "deadlines": "number-counted numbers.words-of-deadline",
    "responsibilities": "clauses.everybody-named agency-named",
    "numbers": "words-of-target words-of-deadline disposition-read clauses.numerals-counted",
}
# The check that sees what a repair of each rule would have mended.
UNDONE = {
    "script": "clauses.simplified",
    "pinyin": "clauses.undamaged",
    "width": "clauses.full-width",
    "blank": "clauses.unspaced",
}


def range_faults(world: World) -> Iterator[TableFault]:
    """Faults in source ranges, for every table that has them."""
    for table in WORDS:
        yield from _shifted(world, table)
        yield from _moved(world, table)
        yield from _cut(world, table)
        yield from _out_of_order(world, table)
    yield from _targets_recut(world)
    yield from _copies_recut(world)
    yield from _repairs_undone(world)
    yield from _hand_repairs(world)


def _ends(row: Row) -> tuple[int, int]:
    start, end = row["source_start"], row["source_end"]
    assert isinstance(start, int)
    assert isinstance(end, int)
    return start, end


def _shifted(world: World, table: str) -> Iterator[TableFault]:
    """Both ends moved by one character."""
    for row in choose(world.rows[table], PER_TABLE, "shifted", table):
        line, (start, end) = world.rows[table].index(row), _ends(row)
        for step in (1, -1):

            def change(
                draft: Draft, line: int = line, start: int = start, end: int = end, step: int = step
            ) -> None:
                draft.rows(table)[line].update(source_start=start + step, source_end=end + step)

            meant = witnesses(table, "source_start")
            yield row_fault(
                world, "range shifted by one", table, row, meant, change, start, start + step, "source_start"
            )


def _home(world: World, row: Row) -> Row:
    """The row that says in which document a row stands: itself, or its clause."""
    clause = row.get("inherited_from") or row["clause_id"] if "document_id" not in row else None
    return row if clause is None else world.rows["clauses"][world.line("clauses", clause)]


def _moved(world: World, table: str) -> Iterator[TableFault]:
    """The range of another place of the seed where the same characters stand."""
    seeds = world.package.seeds
    assert seeds is not None
    others: dict[bool, list[tuple[int, int, int]]] = {True: [], False: []}
    for line, row in enumerate(world.rows[table]):
        start, end = _ends(row)
        home = _home(world, row)
        raw = seeds.texts[str(home["document_id"])]
        first, last = _ends(home)
        for match in re.finditer(re.escape(raw[start:end]), raw):
            if match.start() != start:
                others[first <= match.start() and match.end() <= last].append(
                    (line, match.start(), match.end())
                )
    for near, found in others.items():
        for line, start, end in choose(found, 6 if near else 3, "moved", table, str(near)):

            def change(draft: Draft, line: int = line, start: int = start, end: int = end) -> None:
                draft.rows(table)[line].update(source_start=start, source_end=end)

            row = world.rows[table][line]
            kind = "range of the same words, " + ("nearby" if near else "elsewhere")
            yield row_fault(
                world, kind, table, row, MOVED[table], change, row["source_start"], start, "source_start"
            )


def _cut(world: World, table: str) -> Iterator[TableFault]:
    """A character less at either end, of the words and of the range alike, so that both still agree."""
    column = WORDS[table]
    long = [line for line, row in enumerate(world.rows[table]) if len(str(row[column])) > 2]
    draft = Draft(world.package)
    seeds = world.package.seeds
    assert seeds is not None
    for line in choose(long, PER_TABLE, "cut", table):
        row = world.rows[table][line]
        (start, end), document = _ends(row), _home(world, row)["document_id"]
        edits, raw = edits_of(draft, document), seeds.texts[str(document)]
        words = str(row[column])
        ends = [
            (at, to, words[1:] if at > start else words[:-1])
            for at, to in ((start + 1, end), (start, end - 1))
        ]
        for at, to, left in ends:
            if edits.repaired(raw, at, to) != left:
                continue  # a repair lies at the end

            def change(draft: Draft, line: int = line, at: int = at, to: int = to, left: str = left) -> None:
                draft.rows(table)[line].update({column: left, "source_start": at, "source_end": to})

            yield row_fault(
                world, "words and range cut by one", table, row, CUT[table], change, words, left, column
            )


def _targets_recut(world: World) -> Iterator[TableFault]:
    """Quotes that break off at a comma, or begin at the comma before: words and range agree, and are not the target."""
    clauses = {row["clause_id"]: row for row in world.rows["clauses"]}
    draft, seeds = Draft(world.package), world.package.seeds
    assert seeds is not None
    for kind, fault, meant in (
        ("milestone", "milestone cut at a comma", "whole-quote"),
        ("quantified", "quote with the part before it", "whole-quote"),
    ):
        of_kind = [row for row in world.rows["targets"] if row["kind"] == kind]
        made = 0
        for row in choose(of_kind, 24, fault):
            clause = clauses[row["clause_id"]]
            raw, edits = seeds.texts[str(clause["document_id"])], edits_of(draft, clause["document_id"])
            start, end = _recut(raw, row, kind)
            words = edits.repaired(raw, start, end)
            if made == 8 or words is None or (start, end) == _ends(row) or start <= _ends(clause)[0]:
                continue
            made += 1
            line = world.line("targets", row["target_id"])

            def change(
                draft: Draft, line: int = line, start: int = start, end: int = end, words: str = words
            ) -> None:
                draft.rows("targets")[line].update(quote=words, source_start=start, source_end=end)

            yield row_fault(world, fault, "targets", row, meant, change, row["quote"], words, "quote")


def _recut(raw: str, row: Row, kind: object) -> tuple[int, int]:
    """Up to the last comma of a milestone, if it has one behind its time; from the comma before that of a number."""
    start, end = _ends(row)
    if kind == "milestone":
        comma = max(raw.rfind(mark, start + 12, end) for mark in "，,")
        return (start, comma) if comma > 0 else (start, end)
    before = re.search(r"[，,；;。](?=[^，,；;。\n]{4,}[，,]$)", raw[max(0, start - 60) : start])
    return (max(0, start - 60) + before.end(), end) if before else (start, end)


def _copies_recut(world: World) -> Iterator[TableFault]:
    """A copy of a plan that breaks off a sentence early; that of the base document is seen by its clauses."""
    seeds = world.package.seeds
    assert seeds is not None
    for line, row in enumerate(world.rows["documents"]):
        raw, end = seeds.texts[str(row["document_id"])], row["plan_end"]
        assert isinstance(end, int)
        earlier = raw.rfind("。", 0, end - 30) + 1

        def change(draft: Draft, line: int = line, earlier: int = earlier) -> None:
            draft.rows("documents")[line]["plan_end"] = earlier

        meant = "ends-with-last-clause same-end"
        yield row_fault(
            world, "copy cut at a sentence", "documents", row, meant, change, end, earlier, "plan_end"
        )


def _out_of_order(world: World, table: str) -> Iterator[TableFault]:
    """What two neighbouring rows say, each under the id of the other: the ids run on, the text does not."""
    rows = world.rows[table]
    kept = {name for name in rows[0] if name in ("position", "target_id", "deadline_id", "number_id")}
    kept |= set(world.schemas[table].primary_key)
    owner = "clause_id" if table in CHILDREN else "plan_id"
    if table == "numbers":
        kept -= {"target_id", "deadline_id"}
    if table == "targets":
        kept -= {"deadline_id"}
    pairs = [
        line
        for line in range(1, len(rows))
        if rows[line][owner] == rows[line - 1][owner]
        and _ends(rows[line])[0] > _ends(rows[line - 1])[0]
        and rows[line].get("kind") == rows[line - 1].get("kind")
        and rows[line].get("chapter_number") == rows[line - 1].get("chapter_number")
    ]
    for line in choose(pairs, 2, "out of order", table):

        def change(draft: Draft, line: int = line) -> None:
            changed = draft.rows(table)
            one, two = changed[line - 1], changed[line]
            changed[line - 1] = {name: one[name] if name in kept else two[name] for name in one}
            changed[line] = {name: two[name] if name in kept else one[name] for name in two}

        yield row_fault(world, "facts out of order", table, rows[line], "in-order-of-text", change)


def _repairs_undone(world: World) -> Iterator[TableFault]:
    """A repair that was never made: the row is not there, and every text holds what it would have mended."""
    for rule, check in UNDONE.items():
        inside = [
            row for row in world.rows["repairs"] if row["rule"] == rule and _is_in_clause(world, row, rule)
        ]
        for repair in choose(inside, 6, "undone", rule):

            def change(draft: Draft, repair: Row = repair) -> None:
                drop_repair(draft, repair)

            yield row_fault(
                world,
                "repair never made",
                "repairs",
                repair,
                check,
                change,
                repair["before"],
                repair["after"],
            )


def _hand_repairs(world: World) -> Iterator[TableFault]:
    """Hand repairs left out, made otherwise than errata.csv says, given another reason, and made without any."""
    errata = [row for row in world.rows["repairs"] if row["rule"] in HAND_REPAIRS]
    for repair in errata:

        def drop(draft: Draft, repair: Row = repair) -> None:
            drop_repair(draft, repair)

        def mistake(draft: Draft, repair: Row = repair) -> None:
            change_repair(draft, repair, f"{repair['after']}甲")

        def excuse(draft: Draft, repair: Row = repair) -> None:
            draft.rows("repairs")[world.line("repairs", repair["repair_id"])]["reason"] = "Nobody knows why"

        meant, before = "erratum-listed documents.errata-used", repair["before"]
        yield row_fault(
            world, "hand repair never made", "repairs", repair, meant, drop, before, repair["after"]
        )
        yield row_fault(
            world, "hand repair made otherwise", "repairs", repair, "erratum-listed", mistake, repair["after"]
        )
        yield row_fault(world, "hand repair with another reason", "repairs", repair, "erratum-listed", excuse)
    seeds = world.package.seeds
    assert seeds is not None
    for clause in choose(world.rows["clauses"], 4, "hand repair invented"):
        start, end = _ends(clause)
        raw, document = seeds.texts[str(clause["document_id"])], clause["document_id"]
        touched = {
            place
            for row in world.rows["repairs"]
            if row["document_id"] == document
            for place in range(*_ends(row))
        }
        place = next(place for place in range((start + end) // 2, end) if place not in touched)
        invented = {
            "repair_id": "",
            "document_id": document,
            "source_start": place,
            "source_end": place + 1,
            "before": raw[place],
            "after": "甲" if raw[place] != "甲" else "乙",
            "rule": "misprint",
            "reason": "Misprint corrected",
        }

        def invent(draft: Draft, invented: Row = invented) -> None:
            add_repair(draft, invented)

        meant = "repairs.erratum-listed"
        yield row_fault(
            world,
            "hand repair invented",
            "clauses",
            clause,
            meant,
            invent,
            invented["before"],
            invented["after"],
        )


def _is_in_clause(world: World, repair: Row, rule: str) -> bool:
    """Whether a repair mends the text of a clause, and something that text should not hold."""
    start, end = _ends(repair)
    for clause in world.rows["clauses"]:
        first, last = _ends(clause)
        if clause["document_id"] == repair["document_id"] and first < start and end < last:
            if rule == "script" or rule == "pinyin":
                return True
            seeds = world.package.seeds
            assert seeds is not None
            raw = seeds.texts[str(clause["document_id"])]
            around = r"[\u4e00-\u9fff]"
            between = bool(re.match(around, raw[start - 1])) and bool(re.match(around, raw[end]))
            return between and ((rule == "width" and raw[start] in ",;:!?") or rule == "blank")
    return False
