"""Plants faults of whole rows: dropped, repeated, moved, cut, missed, or carried through a package."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from pipelines.faults import carried
from pipelines.faults.faults import Draft, Row
from pipelines.faults.world import Edits, World
from pipelines.guard.checks.provenance import WORDS

NOTHING_STATED = {
    "document_number": ("no-document-number", "No copy of the plan prints its number"),
    "issued_on": ("no-date", "No copy of the plan prints its date"),
}


@dataclass(frozen=True, slots=True)
class Change:
    """A fault at a row: the column and what changes in it, where one is to be named, and how it is made."""

    row: Row
    make: Callable[[Draft], None]
    column: str = ""
    before: object = None
    after: object = None


Operation = Callable[[World, str, str], Iterator[Change]]


def dropped(world: World, table: str, _: str) -> Iterator[Change]:
    """A row less; nothing else follows."""
    for line, row in enumerate(world.rows[table]):
        yield Change(row, partial(_pop, table=table, line=line))


def _pop(draft: Draft, table: str, line: int) -> None:
    draft.rows(table).pop(line)


def repeated(world: World, table: str, _: str) -> Iterator[Change]:
    """A row twice."""
    for line, row in enumerate(world.rows[table]):
        yield Change(row, partial(_insert, table=table, line=line))


def _insert(draft: Draft, table: str, line: int) -> None:
    draft.rows(table).insert(line + 1, dict(draft.rows(table)[line]))


def exchanged(world: World, table: str, _: str) -> Iterator[Change]:
    """A row and the next in each other's place."""
    for line, row in enumerate(world.rows[table][:-1]):
        yield Change(row, partial(_exchange, table=table, line=line))


def _exchange(draft: Draft, table: str, line: int) -> None:
    rows = draft.rows(table)
    rows[line], rows[line + 1] = rows[line + 1], rows[line]


def emptied(world: World, table: str, _: str) -> Iterator[Change]:
    """No rows at all."""
    if world.rows[table]:
        yield Change(world.rows[table][0], partial(_empty, table=table))


def _empty(draft: Draft, table: str) -> None:
    draft.rows(table).clear()


def missed(world: World, table: str, _: str) -> Iterator[Change]:
    """A fact that was never found: ids, references and dispositions follow."""
    for row in world.rows[table]:
        yield Change(row, partial(carried.drop_child, table=table, row=row))


def counted_twice(world: World, table: str, _: str) -> Iterator[Change]:
    """A fact that was found twice."""
    for row in world.rows[table]:
        yield Change(row, partial(carried.repeat_child, table=table, row=row))


def shifted(world: World, table: str, argument: str) -> Iterator[Change]:
    """Both ends of the range moved by as many characters."""
    for line, row in enumerate(world.rows[table]):
        start, end, step = int(str(row["source_start"])), int(str(row["source_end"])), int(argument)
        made = partial(
            _set, table=table, line=line, cells={"source_start": start + step, "source_end": end + step}
        )
        yield Change(row, made, "source_start", start, start + step)


def _set(draft: Draft, table: str, line: int, cells: Row) -> None:
    draft.rows(table)[line].update(cells)


def elsewhere(world: World, table: str, _: str) -> Iterator[Change]:
    """The range of another place of the seed where the same characters stand."""
    for line, row in enumerate(world.rows[table]):
        start, end = int(str(row["source_start"])), int(str(row["source_end"]))
        raw = world.raw[world.document_of(row)]
        other = raw.find(raw[start:end], end)
        if other >= 0:
            cells: Row = {"source_start": other, "source_end": other + end - start}
            yield Change(
                row, partial(_set, table=table, line=line, cells=cells), "source_start", start, other
            )


def recut(world: World, table: str, argument: str) -> Iterator[Change]:
    """`first`, `last`: a character less of words and range alike; `two`: less their first two; `comma`: less what stands
    before their first comma."""
    column, draft = WORDS[table], Draft(world.package)
    documents: dict[str, Edits] = {}
    for line, row in enumerate(world.rows[table]):
        document, words = world.document_of(row), str(row[column])
        start, end = int(str(row["source_start"])), int(str(row["source_end"]))
        raw = world.raw[document]
        comma = raw.find("，", start, end - 1)
        at, to = {
            "first": (start + 1, end),
            "two": (start + 2, end),
            "last": (start, end - 1),
            "comma": (comma + 1, end),
        }[argument]
        if len(words) < 3 or (at <= start and argument != "last"):
            continue
        left = documents.setdefault(document, Edits(draft, document)).of(raw, at, to)
        if left and left != words and words.endswith(left) != words.startswith(left):
            cells: Row = {column: left, "source_start": at, "source_end": to}
            yield Change(row, partial(_set, table=table, line=line, cells=cells), column, words, left)


def clause_missed(world: World, table: str, _: str) -> Iterator[Change]:
    """A clause that was never found, with all that hangs on it."""
    for row in world.rows[table]:
        yield Change(row, partial(carried.drop_clause, clause=row))


def bracket_missed(world: World, table: str, _: str) -> Iterator[Change]:
    """A responsibility bracket in which nobody was found."""
    named = {row["clause_id"] for row in world.rows["responsibilities"] if not row["inherited_from"]}
    for row in world.rows[table]:
        if row["clause_id"] in named:
            yield Change(row, partial(_bracket_missed, clause_id=row["clause_id"]))


def _bracket_missed(draft: Draft, clause_id: object) -> None:
    rows = draft.rows("responsibilities")
    rows[:] = [row for row in rows if clause_id not in (row["clause_id"], row["inherited_from"])]


def clauses_merged(world: World, table: str, _: str) -> Iterator[Change]:
    """Two clauses of a chapter taken for one."""
    for one, two in zip(world.rows[table], world.rows[table][1:], strict=False):
        if (one["plan_id"], one["chapter_number"]) == (two["plan_id"], two["chapter_number"]):
            yield Change(one, partial(carried.merge_clauses, one=one, two=two, world=world))


def repair_undone(world: World, table: str, argument: str) -> Iterator[Change]:
    """A repair of a rule that was never made: each row has the words of the seed."""
    for row in world.rows[table]:
        if row["rule"] == argument:
            yield _of_repairs(world, row, lambda own, key: own.remove(_repair(own, key)))


def repair_otherwise(world: World, table: str, argument: str) -> Iterator[Change]:
    """A repair of a rule that puts another character there, in each row."""
    for row in world.rows[table]:
        if row["rule"] == argument and row["after"]:
            yield _of_repairs(world, row, lambda own, key: _repair(own, key).update(after="甲"))


def _repair(own: list[Row], key: object) -> Row:
    return next(row for row in own if row["repair_id"] == key)


def _of_repairs(world: World, row: Row, change: Callable[[list[Row], object], object]) -> Change:
    def make(draft: Draft) -> None:
        def on(own: list[Row]) -> None:
            change(own, row["repair_id"])

        carried.change_repairs(draft, str(row["document_id"]), on, world)

    return Change(row, make, "after", row["after"])


def taken_away(world: World, table: str, argument: str) -> Iterator[Change]:
    """A repair of rule chrome takes the words of a row away, or the words of the argument inside it."""
    for row in world.rows[table]:
        document = world.document_of(row)
        raw, start, end = world.raw[document], int(str(row["source_start"])), int(str(row["source_end"]))
        if argument:
            start = raw.find(argument, start, end)
            end = start + len(argument)
        if start >= 0:
            made = partial(
                carried.take_away, document=document, start=start, end=end, rule="chrome", world=world
            )
            yield Change(row, made, WORDS[table], raw[start:end])


def paragraphs_joined(world: World, table: str, _: str) -> Iterator[Change]:
    """A repair of rule linebreak joins two paragraphs of a clause."""
    for row in world.rows[table]:
        document = world.document_of(row)
        raw = world.raw[document]
        for match in re.finditer(
            r"\s*\n\s*", raw[int(str(row["source_start"])) : int(str(row["source_end"]))]
        ):
            start = int(str(row["source_start"])) + match.start()
            if "\n" in str(row["text"]):
                end = start + len(match[0])
                made = partial(
                    carried.take_away, document=document, start=start, end=end, rule="linebreak", world=world
                )
                yield Change(row, made, "text", "a paragraph's end")
                break


def not_stated(world: World, table: str, argument: str) -> Iterator[Change]:
    """What a plan prints (`issued_on`, `document_number`) is gone, and an issue says that none is printed."""
    for line, row in enumerate(world.rows[table]):
        if row[argument] is not None:
            yield Change(
                row, partial(_not_stated, line=line, row=row, column=argument), argument, row[argument]
            )


def _not_stated(draft: Draft, line: int, row: Row, column: str) -> None:
    draft.rows("plans")[line][column] = None
    _add_issue(draft, str(row["base_document_id"]), *NOTHING_STATED[column])


def nobody_signs(world: World, table: str, _: str) -> Iterator[Change]:
    """The issuers of a plan are gone, and an issue says that none is printed."""
    signed = {row["plan_id"] for row in world.rows["issuers"]}
    for row in world.rows[table]:
        if row["plan_id"] in signed:
            yield Change(row, partial(_nobody_signs, row=row))


def _nobody_signs(draft: Draft, row: Row) -> None:
    rows = draft.rows("issuers")
    rows[:] = [each for each in rows if each["plan_id"] != row["plan_id"]]
    _add_issue(draft, str(row["base_document_id"]), "no-issuers", "No copy of the plan prints who issued it")


def issue_invented(world: World, table: str, argument: str) -> Iterator[Change]:
    """An issue of a kind at a row that has none such."""
    seen = {(row["kind"], row["clause_id"]) for row in world.rows["issues"]}
    for row in world.rows[table]:
        if (argument, row.get("clause_id")) not in seen:
            yield Change(row, partial(_invent, world=world, row=row, kind=argument))


def _invent(draft: Draft, world: World, row: Row, kind: str) -> None:
    _add_issue(draft, world.document_of(row), kind, f"It is said of this that it is {kind}", row)


def _add_issue(draft: Draft, document: str, kind: str, message: str, at: Row | None = None) -> None:
    at = at or {}
    rows = draft.rows("issues")
    after = [line for line, row in enumerate(rows) if row["document_id"] == document]
    rows.insert(
        after[-1] + 1 if after else len(rows),
        {
            **dict.fromkeys(draft.package.frames["issues"].columns), "issue_id": "", "severity": "info",
            "document_id": document, "clause_id": at.get("clause_id"), "kind": kind, "message": message,
            "source_start": at.get("source_start"), "source_end": at.get("source_end"),
        },
    )  # fmt: skip
    carried.number_issues(draft)


def word_overlooked(world: World, table: str, argument: str) -> Iterator[Change]:
    """The word that gave a code (`comparator =`: 以上) was never seen, and the code is that of a row without words."""
    code, plain = argument.split()
    evidence = f"{code}_as_written"
    for line, row in enumerate(world.rows[table]):
        if row[evidence] is not None:
            cells: Row = {code: plain, evidence: None}
            yield Change(row, partial(_set, table=table, line=line, cells=cells), code, row[code], plain)


def role_from_elsewhere(world: World, table: str, argument: str) -> Iterator[Change]:
    """A role (`lead 牵头`) whose word stands in another bracket before that of the row."""
    role, word = argument.split()
    for line, row in enumerate(world.rows[table]):
        clause = world.clauses[str(row["inherited_from"] or row["clause_id"])]
        before = world.raw[world.document_of(row)][: int(str(row["source_start"]))]
        if word in before and word not in str(clause["responsibility_text"]):
            cells: Row = {"role": role, "role_as_written": word}
            yield Change(row, partial(_set, table=table, line=line, cells=cells), "role", row["role"], role)


def milestone_over(world: World, table: str, _: str) -> Iterator[Change]:
    """A quantified target is counted a second time, as a milestone over its words."""
    for row in world.rows[table]:
        if row["kind"] == "quantified" and row["deadline_id"]:
            yield Change(row, partial(_milestone_over, row=row), "kind", row["kind"], "milestone")


def _milestone_over(draft: Draft, row: Row) -> None:
    rows = draft.rows("targets")
    of_clause = [line for line, each in enumerate(rows) if each["clause_id"] == row["clause_id"]]
    kept = (
        "plan_id", "clause_id", "measure_id", "deadline_id", "period_start", "deadline", "deadline_basis", "strength",
        "strength_as_written", "hedge", "located_in", "quote", "source_start", "source_end",
    )  # fmt: skip
    cells = {column: row[column] if column in kept else None for column in row}
    rows.insert(of_clause[-1] + 1, {**cells, "kind": "milestone", "rule": "milestone"})
    carried.renumber(draft, "targets", row["clause_id"])


def sibling(world: World, table: str, argument: str) -> Iterator[Change]:
    """An indicator with the sibling printed before it (`with`), or without the one that it has (`without`)."""
    texts = {row["clause_id"]: str(row["text"]) for row in world.rows["clauses"]}
    for line, row in enumerate(world.rows[table]):
        name = str(row["indicator"] or "")
        if argument == "without":
            other = name.rpartition("、")[2] if "、" in name else ""
        else:
            match = re.search(rf"(\w{{2,8}}、){re.escape(name)}", texts[row["clause_id"]]) if name else None
            other = match[0] if match else ""
        if other:
            made = partial(_set, table=table, line=line, cells={"indicator": other})
            yield Change(row, made, "indicator", name, other)


OPERATIONS: Mapping[str, Operation] = {
    each.__name__: each
    for each in (
        dropped, repeated, exchanged, emptied, missed, counted_twice, shifted, elsewhere, recut, clause_missed, bracket_missed,
        clauses_merged, repair_undone, repair_otherwise, taken_away, paragraphs_joined, not_stated, nobody_signs,
        issue_invented, word_overlooked, role_from_elsewhere, milestone_over, sibling,
    )
}  # fmt: skip
