"""Finds every passage, sentence, number and name of the clauses that went into no row, or into two."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from pipelines.document.styles import Styles, styles_of
from pipelines.guard.checks.cells import HAN
from pipelines.guard.checks.rule import Found, rule
from pipelines.guard.checks.view import View

# One numeral, in digits or in Chinese.
NUMERAL = re.compile(r"[0-9]+|[〇零一二三四五六七八九十百千万亿两]+")
# Kinds of blocks that are read: what stands in them is in a clause.
SAYS_SOMETHING = ("paragraph", "item", "box", "duty")
TITLED = ("heading", "box", "annex")
APART = ("table", "note", "box")  # whose lines need be no sentences
# What is no sentence of a clause: 1.工业节能改造。 and ——工业节能改造。 head an item.
ITEM_HEAD = re.compile(r"(?:[^，。；]{0,40}。)?")
DASHED_HEAD = re.compile(r"—+[^，\d]{1,40}。?")
WORD = re.compile(rf"[{HAN}A-Za-z0-9]")
ACTING = ("task", "assurance")


@rule("blocks", "repairs")
def partition(view: View, table: str) -> Iterator[Found]:
    """Every character of a document that is no white space lies in exactly one block without children."""
    parents = set(view.column("blocks", "parent_id"))
    leaves: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for block_id, span in zip(view.column("blocks", "block_id"), view.spans("blocks"), strict=True):
        if span is not None and block_id not in parents:
            leaves[span[0]].append(span[1:])
    for row, document in enumerate(view.column(table, "document_id")):
        text, done = view.text(document), 0
        for start, end in [*sorted(leaves[document]), (len(text), len(text))]:
            if start < done:
                yield row, "document_id", f"two blocks hold “{text[start:done][:40]}”"
                break
            if lost := text[done:start].strip():
                yield row, "document_id", f"no block holds “{lost[:40]}”"
                break
            done = end


@rule("clauses", "documents")
def in_a_clause(view: View, table: str) -> Iterator[Found]:
    """A passage of a plan's base copy that says something is in a clause; a block that names one lies in it."""
    clauses, blocks, documents = view.one("clauses"), view.one(table), view.one("documents")
    parents = set(view.column(table, "parent_id"))
    for row, each in enumerate(view.rows(table)):
        parent = blocks.get(each["parent_id"], {})
        if parent.get("kind") in TITLED and parent["source_start"] == each["source_start"]:
            continue  # the line of the heading itself
        clause = clauses.get(each["clause_id"])
        if clause is not None:
            end = each["source_end"] if each["block_id"] not in parents else each["source_start"] + 1
            if not clause["source_start"] <= each["source_start"] < end <= clause["source_end"]:
                yield (
                    row,
                    "clause_id",
                    f"the clause goes from {clause['source_start']} to {clause['source_end']}",
                )
        elif each["clause_id"] is not None:
            yield row, "clause_id", "there is no such clause"
        elif (
            each["plan_id"]
            and each["kind"] in SAYS_SOMETHING
            and each["block_id"] not in parents
            and documents.get(each["document_id"], {}).get("is_base")
        ):
            yield row, "clause_id", "no clause holds it"


@rule()
def nested(view: View, table: str) -> Iterator[Found]:
    """A block lies within its parent, which stands before it."""
    blocks, seen = view.one(table), set[Any]()
    for row, each in enumerate(view.rows(table)):
        parent = blocks.get(each["parent_id"])
        if each["parent_id"] is not None and (parent is None or each["parent_id"] not in seen):
            yield row, "parent_id", "its parent does not stand before it"
        elif parent is not None and not (
            parent["source_start"] <= each["source_start"] and each["source_end"] <= parent["source_end"]
        ):
            yield row, "parent_id", f"its parent goes from {parent['source_start']} to {parent['source_end']}"
        seen.add(each["block_id"])


@rule("numbers", "repairs")
def numerals_counted(view: View, table: str) -> Iterator[Found]:
    """Every digit and every Chinese numeral of a clause stands in exactly one row of numbers."""
    spans = view.inner_spans("numbers")
    for row, (clause_id, text) in enumerate(
        zip(view.column(table, "clause_id"), view.column(table, "text"), strict=True)
    ):
        if said := miscounted(text or "", spans.get(clause_id, [])):
            yield row, "text", said


def miscounted(text: str, spans: list[tuple[int, int]]) -> str:
    """The first numeral of a text that not exactly one span covers.

    >>> miscounted("到2025年，建设3个园区", [(0, 6)]), miscounted("建设3个园区", [(2, 3)])
    ('no row of numbers for “3” in “建设3个园区”', '')
    """
    covered = bytearray(len(text))
    for start, end in spans:
        covered[start:end] = bytes(min(255, each + 1) for each in covered[start:end])
    for match in NUMERAL.finditer(text):
        counts = covered[match.start() : match.end()]
        if min(counts) != 1 or max(counts) != 1:
            around = text[max(0, match.start() - 2) : match.end() + 3].replace("\n", "⏎")
            return f"{'no row' if not min(counts) else 'two rows'} of numbers for “{match[0]}” in “{around}”"
    return ""


@rule("measures", "blocks", "repairs", needs=["vocabulary"])
def sentences_measured(view: View, table: str) -> Iterator[Found]:
    """Every sentence of a clause that acts is a measure, but for headings, brackets and tables; other clauses have none."""
    assert view.vocabulary is not None
    styles = styles_of(view.vocabulary)
    measured = view.inner_spans("measures")
    tabular = view.inner_spans("blocks", [each["kind"] in APART for each in view.rows("blocks")])
    for row, each in enumerate(view.rows(table)):
        own = each["clause_id"]
        if each["role"] not in ACTING:
            if own in measured:
                yield row, "role", "a clause of this role has no measures"
            continue
        named = [each["title"] or "", *(each["responsibility_text"] or "").split("\n")]
        if left := unmeasured(
            each["text"] or "", named, [*measured.get(own, ()), *tabular.get(own, ())], styles
        ):
            yield row, "text", f"no measure for “{left}”"


def unmeasured(text: str, named: Iterable[str], spans: Iterable[tuple[int, int]], styles: Styles) -> str:
    """What is left of a clause without labels, its title and brackets (`named`, in order), its measures and tables.

    >>> from pipelines.vocabulary import load_vocabulary
    >>> styles = styles_of(load_vocabulary())
    >>> unmeasured("（一）严把准入关。坚决遏制两高项目。严控新增产能。", ["严把准入关"], [(9, 17)], styles)
    '严控新增产能'
    """
    rest, passages, place = list(text), [*spans], 0
    for passage in named:
        if passage and (at := text.find(passage, place)) >= 0:
            place = at + len(passage)
            passages.append((at, place))
    labels = ((line, styles.label(line[0])) for line in re.finditer(r"[^\n]+", text))
    for line, label in labels:
        if label is not None and (head := ITEM_HEAD.match(line[0], label.end)):
            passages.append((line.start(), line.start() + head.end()))
    for start, end in passages:
        rest[start:end] = "\n" * (end - start)
    for left in "".join(rest).split("\n"):
        bare = DASHED_HEAD.sub("", left.strip(" 。；！？（）【】〔〕［］"), count=1).strip(" 。；！？—")
        if WORD.search(bare):
            return bare
    return ""


@rule("blocks", "clauses")
def located(view: View, table: str) -> Iterator[Found]:
    """A row is located in a table or a box where it stands in a block of that kind; elsewhere in the text or an annex."""
    apart: dict[Any, list[Any]] = defaultdict(list)
    for kind in ("table", "box"):  # a table may stand in a box
        for block in view.by("blocks", "kind")[kind]:
            apart[block["document_id"]].append(block)
    for row, each in enumerate(view.rows(table)):
        document = (view.home(each) or {}).get("document_id")
        places = (
            block["kind"]
            for block in apart[document]
            if block["source_start"] <= each["source_start"] < block["source_end"]
        )
        place = next(places, "text")
        if each["located_in"] != place and (each["located_in"], place) != ("annex", "text"):
            yield row, "located_in", f"it stands in a {place}"


@rule("measures")
def measure_here(view: View, table: str) -> Iterator[Found]:
    """The measure of a row is the sentence that the row stands in."""
    measures = view.by("measures", "clause_id")
    for row, each in enumerate(view.rows(table)):
        here = next(
            (
                measure["measure_id"]
                for measure in measures[each["clause_id"]]
                if measure["source_start"] <= each["source_start"] < measure["source_end"]
            ),
            None,
        )
        if each["measure_id"] != here:
            yield row, "measure_id", f"it stands in {here or 'no measure'}"


@rule("targets", "deadlines")
def accounted(view: View, table: str) -> Iterator[Found]:
    """A number that is a target or a time names the row that it went into: of its clause, with its words; others none."""
    targets, deadlines = view.one("targets"), view.one("deadlines")
    for row, each in enumerate(view.rows(table)):
        target, deadline = targets.get(each["target_id"]), deadlines.get(each["deadline_id"])
        for kind, key, owner, words in (
            ("target", "target_id", target, "value_as_written"),
            ("deadline", "deadline_id", deadline, "as_written"),
        ):
            if (each["disposition"] == kind) != (each[key] is not None):
                yield row, key, f"expected one where the disposition is {kind}, and none elsewhere"
            elif owner is not None and (owner["clause_id"], owner[words]) != (
                each["clause_id"],
                each["as_written"],
            ):
                yield row, key, f"the {kind} is “{owner[words]}” of {owner['clause_id']}"
        stated = target["value"] if target is not None else each["value"]
        if deadline is not None and each["value"] is not None:  # 6月底前 prints no year of its own
            stated = deadline["end_date"].year
        if each["value"] != stated:
            yield row, "value", f"the row that it went into states {stated}"


@rule("numbers")
def counted(view: View, table: str) -> Iterator[Found]:
    """The number of a target, and the words of a deadline, have their one row in the ledger of numbers."""
    numbers = view.rows("numbers")
    ranges = Counter((each["deadline_id"], each["source_start"], each["source_end"]) for each in numbers)
    values: dict[Any, list[Any]] = defaultdict(list)
    for number in numbers:
        if number["disposition"] == "target":
            values[number["clause_id"], number["value"]].append(number)
    for row, each in enumerate(view.rows(table)):
        if table == "deadlines":
            found = ranges[each["deadline_id"], each["source_start"], each["source_end"]]
            if found != 1:
                yield row, "as_written", f"expected one row of numbers over its range, found {found}"
        elif each["kind"] == "quantified" and not any(
            each["source_start"] <= number["source_start"] and number["source_end"] <= each["source_end"]
            for number in values[each["clause_id"], each["value"]]
        ):
            yield row, "value", "no row of numbers in its range states it as a target"


@rule("clauses")
def inherited(view: View, table: str) -> Iterator[Found]:
    """What a clause assigns to later ones stands in each later numbered clause that names no such agency."""
    clauses = view.rows("clauses")
    order = {each["clause_id"]: place for place, each in enumerate(clauses)}
    rows = view.rows(table)
    held: dict[Any, set[Any]] = defaultdict(set)
    for each in rows:
        held[each["clause_id"]].add(each["agency_id"])
    first: dict[Any, int] = {}
    for row, each in enumerate(rows):
        source = each["inherited_from"]
        if (each["basis"] == "inherited") != (source is not None):
            yield (
                row,
                "inherited_from",
                "an inherited responsibility, and no other, names the clause it comes from",
            )
        elif source is not None and order.get(source, len(order)) >= order.get(each["clause_id"], -1):
            yield row, "inherited_from", "expected an earlier clause of the plan"
        elif source is not None:
            first.setdefault((source, each["agency_id"]), row)
    for (source, agency), row in first.items():
        behind = clauses[order[source] + 1 :]
        for clause in behind:
            if clause["plan_id"] != rows[row]["plan_id"]:
                break
            if clause["number"] is not None and agency not in held[clause["clause_id"]]:
                yield row, "agency_id", f"{clause['clause_id']} lacks what {source} lays on all later clauses"
                break


@rule("clauses")
def in_the_bracket(view: View, table: str) -> Iterator[Found]:
    """A responsibility is printed in a responsibility bracket of its clause or of the one that assigns it."""
    for row, each in enumerate(view.rows(table)):
        home = view.home(each)
        bracket = str(home["responsibility_text"] or "") if home is not None else ""
        if str(each["as_written"]) not in bracket:
            yield row, "as_written", f"the bracket is “{bracket[:80]}”"


@rule("responsibilities")
def brackets_read(view: View, table: str) -> Iterator[Found]:
    """A responsibility bracket is printed in its clause, and somebody in it is responsible."""
    named = set(view.column("responsibilities", "clause_id")) | set(
        view.column("responsibilities", "inherited_from")
    )
    for row, each in enumerate(view.rows(table)):
        lines = str(each["responsibility_text"] or "").split("\n")
        if missing := next((line for line in lines if line not in str(each["text"])), ""):
            yield row, "responsibility_text", f"the clause does not print “{missing[:40]}”"
        elif lines != [""] and each["clause_id"] not in named:
            yield row, "responsibility_text", "no row of responsibilities is of it"
