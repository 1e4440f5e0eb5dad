"""Checks the words, ids and order of rows against the text that they come from."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from pipelines.guard.checks.rule import Found, rule
from pipelines.guard.checks.view import CHILDREN, View
from pipelines.text.provenance import repaired

WORDS = {
    **{table: column for table, (_, column) in CHILDREN.items()},
    "clauses": "text",
    "issuers": "as_written",
}


@rule("clauses", "repairs")
def in_the_text(view: View, table: str) -> Iterator[Found]:
    """A row's words are, character for character, what the published text holds at its source range."""
    found = view.words(table)
    for row, (cell, words) in enumerate(zip(view.column(table, WORDS[table]), found, strict=True)):
        if cell != words:
            yield row, WORDS[table], f"at its place stands “{_parting(cell or '', words)}”"


def _parting(cell: str, words: str) -> str:
    """Where two texts part, with what the second has there."""
    part = next((at for at, (one, other) in enumerate(zip(cell, words, strict=False)) if one != other), -1)
    part = min(len(cell), len(words)) if part < 0 else part
    return words if len(words) <= 60 else f"…{words[max(0, part - 20) : part + 40]}…"


@rule("repairs", needs=["seeds"])
def from_the_seed(view: View, table: str) -> Iterator[Found]:
    """A published text is its seed with the repairs of the table made in it, and nothing else."""
    assert view.package.seeds is not None
    repairs = view.by("repairs", "document_id")
    for row, document in enumerate(view.column(table, "document_id")):
        raw, text = view.package.seeds.texts.get(document), view.text(document)
        edits = sorted(
            (each["source_start"], each["source_end"], each["after"] or "")
            for each in repairs[document]
            if isinstance(each["source_start"], int) and isinstance(each["source_end"], int)
        )
        if raw is None:
            yield row, "path", "its seed is not there"
        elif (made := repaired(raw, 0, len(raw), edits)) != text:
            yield row, "document_id", f"the repairs make of the seed “{_parting(text, made)}”"


@rule(needs=["seeds"])
def before_of_seed(view: View, table: str) -> Iterator[Found]:
    """What a repair changed stands in the seed at its range."""
    assert view.package.seeds is not None
    for row, each in enumerate(view.rows(table)):
        raw = view.package.seeds.texts.get(each["document_id"], "")
        found = raw[each["source_start"] : each["source_end"]]
        if found != each["before"]:
            yield row, "before", f"at its place stands {found!r}"


@rule()
def in_turn(view: View, table: str) -> Iterator[Found]:
    """Ids are the owner's id and a serial that runs 1, 2, 3 …; what hangs on one clause stands together."""
    key = str(view.package.frames[table].columns[0])
    letter = {"blocks": "b", "issues": "i", "repairs": "f"}.get(table) or CHILDREN[table][0]
    owners = [
        str(each or "package")
        for each in view.column(table, "clause_id" if table in CHILDREN else "document_id")
    ]
    serials: Counter[str] = Counter()
    last = ""
    positions = view.column(table, "position")
    for row, (owner, found) in enumerate(zip(owners, view.column(table, key), strict=True)):
        serials[owner] += 1
        if found != f"{owner}/{letter}{serials[owner]}":
            yield row, key, f"expected {owner}/{letter}{serials[owner]}"
        elif table in ("blocks", "measures", "responsibilities") and positions[row] != serials[owner]:
            yield row, "position", f"expected {serials[owner]}"
        elif owner != last and serials[owner] > 1 and table in CHILDREN:
            yield row, key, f"other rows stand between it and those of {owner}"
        last = owner


@rule()
def clause_in_turn(view: View, table: str) -> Iterator[Found]:
    """The id of a clause is that of its chapter or section and its position there, which runs 1, 2, 3 …

    Only a section without a text of its own is passed over: 3.2 where there is a 3.2.1.
    """
    ids = view.column(table, "clause_id")
    sections = {each.rpartition(".")[0] for each in ids}
    done: Counter[str] = Counter()
    for row, each in enumerate(view.rows(table)):
        section, _, position = each["clause_id"].rpartition(".")
        if position != str(each["position"]):
            yield row, "position", f"its id says {position}"
        if not f"{section}.".startswith(f"{each['plan_id']}/{each['chapter_number']}."):
            yield (
                row,
                "clause_id",
                f"expected one that begins with {each['plan_id']}/{each['chapter_number']}.",
            )
        missing = range(done[section] + 1, each["position"])
        if each["position"] <= done[section] or not {f"{section}.{number}" for number in missing} <= sections:
            yield row, "clause_id", f"expected {section}.{done[section] + 1}"
        done[section] = each["position"]


@rule("clauses")
def in_its_clause(view: View, table: str) -> Iterator[Found]:
    """A row belongs to the plan of its clause and is printed in it; an inherited one in the clause it comes from."""
    clauses = view.one("clauses")
    for row, each in enumerate(view.rows(table)):
        clause, home = clauses.get(each["clause_id"]), view.home(each)
        if clause is None or home is None:
            yield row, "clause_id", "there is no such clause"
        elif each["plan_id"] != clause["plan_id"]:
            yield row, "plan_id", f"its clause is of {clause['plan_id']}"
        elif not home["source_start"] <= each["source_start"] < each["source_end"] <= home["source_end"]:
            span = f"{home['source_start']} to {home['source_end']}"
            yield row, "source_start", f"the clause that it stands in goes from {span}"


@rule()
def in_order(view: View, table: str) -> Iterator[Found]:
    """Rows of one clause stand in the order of the text, apart from each other; targets and agencies by kind."""
    apart = table not in ("targets", "responsibilities", "topics")
    kinds = {"targets": ("kind", "located_in"), "responsibilities": ("basis",)}.get(table, ())
    owner = next(
        each for each in ("clause_id", "document_id", "plan_id") if each in view.package.frames[table]
    )
    owner = "plan_id" if table in ("clauses", "issuers") else owner
    ends: dict[Any, int] = {}
    for row, each in enumerate(view.rows(table)):
        own = each[owner], *(each.get(kind) for kind in kinds)
        if each["source_start"] < ends.get(own, 0):
            yield row, "source_start", f"the row before it goes on to {ends[own]}"
        ends[own] = each["source_end" if apart else "source_start"]


@rule("documents")
def range_in_seed(view: View, table: str) -> Iterator[Found]:
    """A source range is not empty and ends within its document."""
    documents = view.one("documents")
    for row, each in enumerate(view.rows(table)):
        start, end = each["source_start"], each["source_end"]
        characters = documents.get(each["document_id"], {}).get("characters", 0)
        if (start is None) != (end is None):
            yield row, "source_start", "start and end come together"
        elif start is not None and not 0 <= start < end <= characters:
            yield row, "source_start", f"expected a range in the {characters} characters of its document"
