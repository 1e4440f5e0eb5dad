"""The facts of a package in; facts that are lost without a trace, cut short, run together or cut in two, out."""

import itertools
import re
from collections.abc import Iterator

from pipelines.faults.consistent import drop_child, edits_of, merge_clauses, split_clause
from pipelines.faults.faults import Draft, Row, TableFault
from pipelines.faults.witnesses import named
from pipelines.faults.world import World, cell_fault, choose, row_fault
from pipelines.guard.reading import HAN, places_of

# What the number of a target that was never found could be taken for.
TAKEN_FOR = ("count", "threshold", "name", "background", "duration")
STATES_TIME = re.compile(r"20\d\d年|十[一二三四五六七八九]五")
CUTS = 3
OTHER_BODY = (("委员会", "局"), ("局", "委员会"))


def whole_faults(world: World) -> Iterator[TableFault]:
    """Faults that leave every row well-formed and in its place, as a rule that reads too little or too much would."""
    for make in (
        _targets_forgotten,
        _heads_cut,
        _indicators_torn,
        _milestones_merged,
        _clauses_merged,
        _clauses_split,
        _numbers_recut,
        _agencies_misnamed,
        _out_of_range,
        _twice,
        _of_another,
    ):
        yield from make(world)


def _raw(world: World, row: Row) -> tuple[str, object]:
    """The seed that a row of a clause stands in, and the id of its document."""
    seeds = world.package.seeds
    assert seeds is not None
    document = world.rows["clauses"][world.line("clauses", row["clause_id"])]["document_id"]
    return seeds.texts[str(document)], document


def _range(row: Row) -> tuple[int, int]:
    start, end = row["source_start"], row["source_end"]
    assert isinstance(start, int)
    assert isinstance(end, int)
    return start, end


def _targets_forgotten(world: World) -> Iterator[TableFault]:
    """Every target dropped, and its number taken for everything else that it could be."""
    numbered = {row["target_id"] for row in world.rows["numbers"]}
    for row in world.rows["targets"]:
        has_number = row["target_id"] in numbered
        for other in TAKEN_FOR if has_number else ("",):

            def change(draft: Draft, row: Row = row, other: str = other) -> None:
                drop_child(draft, "targets", row, disposition=other)

            if has_number:
                kind, meant = "target taken for something else", "numbers.disposition-read"
            elif row["kind"] == "quantified":
                kind, meant = "second target of a number missed", "number-shared"
            else:
                kind, meant = "milestone missed", "clauses.commitments-kept deadlines.governs-something"
            yield row_fault(world, kind, "targets", row, meant, change, row["quote"], other)


def _heads_cut(world: World) -> Iterator[TableFault]:
    """Quotes without their first words: a milestone from a later part on, a number without what is done or measured."""
    draft = Draft(world.package)
    for line, row in enumerate(world.rows["targets"]):
        quote = str(row["quote"])
        if row["kind"] == "milestone":
            kind, meant = "milestone without its head", "whole-quote"
            cuts = [match.end() for match in re.finditer("[，、]", quote)]
        else:
            kind, meant = "quote without its head", "opens-whole"
            places = places_of(str(row["value_as_written"]), quote)
            cuts = [place for place in range(2, places[0]) if re.match(f"[{HAN}A-Z]", quote[place])]
        raw, document = _raw(world, row)
        edits, (start, end) = edits_of(draft, document), _range(row)
        for cut in choose(cuts, CUTS, kind, str(row["target_id"])):
            left = quote[cut:]
            if row["kind"] == "milestone" and STATES_TIME.search(left) and not STATES_TIME.match(left):
                continue  # it is whole as long as it begins with its time
            at = next((at for at in range(start + 1, end) if edits.repaired(raw, at, end) == left), None)
            if at is None:
                continue  # a repair lies across the cut

            def change(draft: Draft, line: int = line, left: str = left, at: int = at) -> None:
                draft.rows("targets")[line].update(quote=left, source_start=at)

            yield row_fault(world, kind, "targets", row, meant, change, quote, left, "quote")


def _indicators_torn(world: World) -> Iterator[TableFault]:
    """Indicators that lack a character in their middle."""
    for line, row in enumerate(world.rows["targets"]):
        indicator = str(row["indicator"] or "")
        is_one = len(indicator) > 4 and indicator in str(row["quote"])  # not one of several that share words
        for place in sorted({1, len(indicator) // 2}) if is_one else ():
            torn = indicator[:place] + indicator[place + 1 :]
            meant = named("targets", "indicator-printed")
            yield cell_fault(
                world, "indicator that lacks a character", "targets", line, "indicator", torn, meant
            )


def _milestones_merged(world: World) -> Iterator[TableFault]:
    """Two milestones of a sentence taken for one."""
    rows = world.rows["targets"]
    for one, two in itertools.pairwise(rows):
        raw, document = _raw(world, one)
        (start, end), (begin, last) = _range(one), _range(two)
        if one["clause_id"] != two["clause_id"] or {one["kind"], two["kind"]} != {"milestone"}:
            continue
        if raw[end:begin].strip() not in ("；", ";"):
            continue
        whole = edits_of(Draft(world.package), document).repaired(raw, start, last)

        def merge(draft: Draft, one: Row = one, two: Row = two, whole: str | None = whole) -> None:
            kept = draft.rows("targets")[world.line("targets", one["target_id"])]
            kept.update(quote=whole, source_end=two["source_end"])
            drop_child(draft, "targets", two)

        yield row_fault(
            world,
            "two milestones taken for one",
            "targets",
            one,
            "whole-quote",
            merge,
            one["quote"],
            whole,
            "quote",
        )


def _clauses_merged(world: World) -> Iterator[TableFault]:
    """Two paragraphs without a number taken for one clause, with all that hangs on them."""
    rows = world.rows["clauses"]
    for one, two in itertools.pairwise(rows):
        same = all(one[name] == two[name] for name in ("plan_id", "chapter_number"))
        if not same or two["number"] is not None:
            continue

        def merge(draft: Draft, one: Row = one, two: Row = two) -> None:
            merge_clauses(draft, one, two)

        meant = "paragraph-whole" if one["number"] is None else "paragraph-apart"
        yield row_fault(
            world,
            "two paragraphs taken for one",
            "clauses",
            one,
            meant,
            merge,
            one["clause_id"],
            two["clause_id"],
        )


def _clauses_split(world: World) -> Iterator[TableFault]:
    """A clause cut in two: a numbered one at a line break, a paragraph at the end of a sentence."""
    seeds = world.package.seeds
    assert seeds is not None
    draft, made = Draft(world.package), 0
    for row in world.rows["clauses"]:
        raw, (start, end) = seeds.texts[str(row["document_id"])], _range(row)
        numbered = row["number"] is not None
        mark = re.compile(r"。\s*\n\s*" if numbered else r"。(?!\s*\n)\s*")
        places = [match for match in mark.finditer(raw, start, end) if start + 40 < match.end() < end - 40]
        edits = edits_of(draft, row["document_id"])
        for match in places[-1:]:
            one, two = match.start() + 1, match.end()
            bracket = row["responsibility_text"]
            tail = edits.repaired(raw, two, end)
            if edits.repaired(raw, start, one) is None or tail is None or made == 8 or tail.startswith("（"):
                continue
            if bracket is not None and str(bracket).split("\n", maxsplit=1)[0] not in tail:
                continue
            made += 1

            def split(draft: Draft, row: Row = row, one: int = one, two: int = two) -> None:
                split_clause(draft, row, one, two)

            meant = "paragraph-apart" if numbered else "paragraph-whole"
            yield row_fault(world, "one clause taken for two", "clauses", row, meant, split, "", tail)


def _numbers_recut(world: World) -> Iterator[TableFault]:
    """Numbers with a character too few or too many, at either end, and so the time that is the same expression."""
    rows, draft = world.rows["numbers"], Draft(world.package)
    kinds = sorted({str(row["disposition"]) for row in rows} - {"word"})
    recut = [
        row
        for kind in kinds
        for row in choose([row for row in rows if row["disposition"] == kind], 6, "recut", kind)
    ]
    for row in recut:
        raw, document = _raw(world, row)
        edits, (start, end) = edits_of(draft, document), _range(row)
        written = str(row["as_written"])
        for at, to in ((start + 1, end), (start, end - 1), (start - 1, end), (start, end + 1)):
            words = edits.repaired(raw, at, to) if at < to else None
            if not words or words == written or words != words.strip():
                continue

            def change(draft: Draft, row: Row = row, at: int = at, to: int = to, words: str = words) -> None:
                recut = {"as_written": words, "source_start": at, "source_end": to}
                draft.rows("numbers")[world.line("numbers", row["number_id"])].update(recut)
                if row["deadline_id"] is not None:
                    draft.rows("deadlines")[world.line("deadlines", row["deadline_id"])].update(recut)

            yield row_fault(
                world,
                "number cut or run on",
                "numbers",
                row,
                "whole-number",
                change,
                written,
                words,
                "as_written",
            )


def _agencies_misnamed(world: World) -> Iterator[TableFault]:
    """Full names that are not the printed ones spelled out: a bureau for a commission, 和 left out."""
    meant = named("agencies", "name-spells-out")
    for line, row in enumerate(world.rows["agencies"]):
        name = str(row["name"])
        if row["name_basis"] == "stated":
            continue
        for old, new in OTHER_BODY:
            if name.endswith(old):
                other = f"{name.removesuffix(old)}{new}"
                yield cell_fault(world, "agency of another rank", "agencies", line, "name", other, meant)
                break
        if "和" in name:
            other = name.replace("和", "", 1)
            yield cell_fault(world, "agency without its 和", "agencies", line, "name", other, meant)


def _out_of_range(world: World) -> Iterator[TableFault]:
    """Ranges that leave the seed, or the plan in it."""
    lengths = {row["document_id"]: row["characters"] for row in world.rows["documents"]}
    for table, column in (("documents", "plan_end"), ("issuers", "source_end"), ("repairs", "source_end")):
        for row in choose(world.rows[table], 2, "out of the seed", table):
            line, length = world.rows[table].index(row), lengths[row["document_id"]]
            assert isinstance(length, int)
            meant = named(table, "range-in-seed")
            yield cell_fault(world, "range out of the seed", table, line, column, length + 1, meant)
    plans = {row["document_id"]: row for row in world.rows["documents"]}
    for clause in choose(world.rows["clauses"], 3, "out of the plan"):
        begin = plans[clause["document_id"]]["plan_start"]
        assert isinstance(begin, int)
        line, meant = world.line("clauses", clause["clause_id"]), named("clauses", "range-in-plan")
        # A range with its start in front of the plan, or empty where the plan begins with its seed.
        outside = begin - 1 if begin else clause["source_end"]
        yield cell_fault(world, "range out of the plan", "clauses", line, "source_start", outside, meant)
    repairs = world.rows["repairs"]
    touching = [
        line
        for line in range(1, len(repairs))
        if repairs[line]["document_id"] == repairs[line - 1]["document_id"]
        and repairs[line]["source_start"] == repairs[line - 1]["source_end"]
    ]
    for line in choose(touching, 3, "overlap"):
        start, _ = _range(repairs[line])
        meant = named("repairs", "no-overlap")
        yield cell_fault(world, "repairs that overlap", "repairs", line, "source_start", start - 1, meant)


def _twice(world: World) -> Iterator[TableFault]:
    """An agency that signs a plan twice, and a copy that lacks the plan's last clause."""
    issuers = world.rows["issuers"]
    for one, two in itertools.pairwise(issuers):
        if one["plan_id"] == two["plan_id"]:
            line, meant = issuers.index(two), named("issuers", "agency-once")
            yield cell_fault(
                world, "agency that signs twice", "issuers", line, "agency_id", one["agency_id"], meant
            )
    seeds = world.package.seeds
    assert seeds is not None
    for line, row in enumerate(world.rows["documents"]):
        raw, (start, end) = seeds.texts[str(row["document_id"])], (row["plan_start"], row["plan_end"])
        assert isinstance(start, int)
        assert isinstance(end, int)
        headings = [
            match.start()
            for match in re.finditer(r"(?m)^\s*[（(][一二三四五六七八九十]+[）)]", raw[start:end])
        ]
        if row["is_base"] is False and headings:
            cut, meant = start + headings[-1], named("documents", "same-clauses")
            yield cell_fault(world, "copy without its last clause", "documents", line, "plan_end", cut, meant)


def _of_another(world: World) -> Iterator[TableFault]:
    """The other copy of a plan taken for its base, and the time of another clause taken for that of a number."""
    for line, row in enumerate(world.rows["plans"]):
        for copy in world.rows["documents"]:
            if copy["plan_id"] == row["plan_id"] and copy["document_id"] != row["base_document_id"]:
                meant, value = named("plans", "base-document-is-base"), copy["document_id"]
                yield cell_fault(
                    world, "other copy taken for the base", "plans", line, "base_document_id", value, meant
                )
    deadlines = {row["deadline_id"]: row for row in world.rows["deadlines"]}
    numbers = [row for row in world.rows["numbers"] if row["deadline_id"] is not None]
    for row in choose(numbers, 3, "time elsewhere"):
        others = [
            each["deadline_id"]
            for each in deadlines.values()
            if each["as_written"] == row["as_written"] and each["clause_id"] != row["clause_id"]
        ]
        for other in choose(others, 1, str(row["number_id"])):
            line, meant = world.line("numbers", row["number_id"]), named("numbers", "deadline-in-clause")
            yield cell_fault(world, "time of another clause", "numbers", line, "deadline_id", other, meant)
