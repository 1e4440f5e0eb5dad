"""Marks a plan's rows in place in its repaired text, made from its seed and its repairs."""

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipelines.errors import PipelineError
from pipelines.package.dataset import Row
from pipelines.pages.contents import Contents
from pipelines.pages.wording import Words, amount, by_date, governed_by

HEADING_END = "。.：:"
SENTENCE_END = "。！？\n"


@dataclass(frozen=True)
class Piece:
    """A run of the text that the same rows cover; `kinds` are of t, d and r; plain text has no rows.

    `opens` are those of `rows` that begin here: a reader who tabs through the page stops where a row begins.
    """

    text: str
    rows: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    opens: tuple[str, ...] = ()


@dataclass(frozen=True)
class Block:
    """One part of the plan: kind is chapter, heading, or paragraph; `clause` is that which it belongs to."""

    kind: str
    pieces: tuple[Piece, ...]
    clause: Row | None = None
    opens_clause: bool = False


@dataclass(frozen=True)
class Fact:
    """One line of what was extracted, in both languages."""

    label: Words
    value: Words


@dataclass(frozen=True)
class Repaired:
    """A stretch of a seed with its repairs applied; every place in the seed has its place in `text`."""

    text: str
    starts: tuple[int, ...]
    places: tuple[int, ...]
    copied: tuple[bool, ...]

    def place(self, raw: int) -> int:
        """Where a character of the seed stands in the repaired text; what was replaced, at its beginning."""
        index = bisect_right(self.starts, raw) - 1
        if index < 0:
            return 0
        shift = raw - self.starts[index] if self.copied[index] else 0
        return min(self.places[index] + shift, len(self.text))


def plan_blocks(package: Contents, plan_id: str) -> list[Block]:
    """The plan's own text, block by block, as its base document has it after repair; nothing without one."""
    document = package.base(plan_id)
    if document is None:
        return []
    repaired = repair(package, document)
    runs = list(_runs(package, plan_id, repaired))
    blocks: list[Block] = []
    done = repaired.place(document["plan_start"])
    clauses = sorted(package.where("clauses", plan_id=plan_id), key=lambda row: row["source_start"])
    for clause in clauses:
        start, end = repaired.place(clause["source_start"]), repaired.place(clause["source_end"])
        blocks += _between(repaired.text, done, start, clause["chapter_title"], runs)
        blocks += _clause_blocks(repaired.text, start, end, clause, runs)
        done = end
    blocks += _between(repaired.text, done, repaired.place(document["plan_end"]), None, runs)
    title = package.plans[plan_id]["title"]
    return [block for block in blocks if "".join(piece.text for piece in block.pieces) != title]


def repair(package: Contents, document: Row) -> Repaired:
    """The whole seed of a copy with all its repairs applied.

    Refuses repairs that overlap: the package and its seed are then not of one build.
    """
    raw = package.raw(document["document_id"])
    starts, places, copied, parts = [0], [0], [True], []
    done = length = 0
    repairs = package.where("repairs", document_id=document["document_id"])
    for row in sorted(repairs, key=lambda each: each["source_start"]):
        start, end, after = row["source_start"], row["source_end"], row["after"] or ""
        if start < done or raw[start:end] != row["before"]:
            raise PipelineError(
                file=document["path"],
                place=f"characters {start} to {end}",
                found=repr(raw[start:end]),
                expected=f"{row['before']!r}, which repair {row['repair_id']} replaces",
                remedy="run make build, then make site: the package was made from another seed",
            )
        parts += [raw[done:start], after]
        length += start - done
        starts += [start, end]
        places += [length, length + len(after)]
        copied += [False, True]
        length += len(after)
        done = end
    parts.append(raw[done:])
    return Repaired("".join(parts), tuple(starts), tuple(places), tuple(copied))


@dataclass(frozen=True)
class _Run:
    start: int
    end: int
    row: str
    kind: str


def _runs(package: Contents, plan_id: str, repaired: Repaired) -> Iterator[_Run]:
    for table, key, kind in (
        ("targets", "target_id", "t"),
        ("deadlines", "deadline_id", "d"),
        ("responsibilities", "responsibility_id", "r"),
    ):
        for row in package.where(table, plan_id=plan_id):
            if row.get("basis") != "inherited":
                start, end = repaired.place(row["source_start"]), repaired.place(row["source_end"])
                yield _Run(start, end, row[key], kind)


def _between(text: str, start: int, end: int, chapter: str | None, runs: Sequence[_Run]) -> Iterator[Block]:
    """What stands before, between and after the clauses: headings of chapters, and lines of no clause."""
    for begin, stop in _lines(text, start, end):
        kind = "chapter" if chapter and chapter in text[begin:stop] else "paragraph"
        yield Block(kind, _pieces(text, begin, stop, runs))


def _clause_blocks(text: str, start: int, end: int, clause: Row, runs: Sequence[_Run]) -> Iterator[Block]:
    opens = True
    for begin, stop in _lines(text, start, end):
        if opens and clause["title"] and (cut := text.find(clause["title"], begin, stop)) >= 0:
            cut += len(clause["title"])
            cut += cut < stop and text[cut] in HEADING_END
            yield Block("heading", _pieces(text, begin, cut, runs), clause, opens_clause=True)
            opens = False
            begin = cut
            if begin == stop:
                continue
        yield Block("paragraph", _pieces(text, begin, stop, runs), clause, opens_clause=opens)
        opens = False


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for match in re.finditer(r"[^\n]*\S[^\n]*", text[start:end]):
        yield start + match.start(), start + match.end()


def _pieces(text: str, start: int, end: int, runs: Sequence[_Run]) -> tuple[Piece, ...]:
    """The stretch cut wherever a row begins or ends."""
    inside = [run for run in runs if run.start < end and run.end > start]
    cuts = sorted({start, end, *(cut for run in inside for cut in (run.start, run.end) if start < cut < end)})
    pieces = []
    for begin, stop in pairwise(cuts):
        here = [run for run in inside if run.start < stop and run.end > begin]
        pieces.append(
            Piece(
                text[begin:stop],
                tuple(run.row for run in here),
                tuple(sorted({run.kind for run in here})),
                tuple(run.row for run in here if run.start == begin),
            )
        )
    return tuple(pieces)


# --- the sentence in which a row stands ---


@dataclass(frozen=True)
class Setting:
    """What stands before and after the words of a row: the rest of its sentence, or more (see `settings`)."""

    before: str
    after: str


def settings(package: Contents, table: str) -> dict[str, Setting]:
    """By row id: the sentence round the words of each row that stands in its clause.

    It begins with the sentence of the deadline that governs the row, where that stands earlier in the same
    line. A word that carries the strength of a promise, such as 力争, may stand well before the quote.
    """
    key = package.schemas[table].primary_key[0]
    deadlines = package.by_key("deadlines")
    found: dict[str, Setting] = {}
    for plan_id in package.plans:
        document = package.base(plan_id)
        if document is None:
            continue
        repaired = repair(package, document)
        for row in package.where(table, plan_id=plan_id):
            clause = package.clauses.get(row["clause_id"])
            if clause is None or clause["document_id"] != document["document_id"]:
                continue
            low, high = repaired.place(clause["source_start"]), repaired.place(clause["source_end"])
            start, end = repaired.place(row["source_start"]), repaired.place(row["source_end"])
            begin, stop = sentence(repaired.text, start, end, low, high)
            governing = deadlines.get(row.get("deadline_id") or "")
            if governing and governing["clause_id"] == row["clause_id"]:
                place = repaired.place(governing["source_start"])
                earlier, _ = sentence(repaired.text, place, place, low, high)
                if earlier < begin and "\n" not in repaired.text[earlier:begin]:
                    begin = earlier
            found[row[key]] = Setting(repaired.text[begin:start].lstrip(), repaired.text[end:stop].rstrip())
    return found


def sentence(text: str, start: int, end: int, low: int, high: int) -> tuple[int, int]:
    """Where the sentence round a range begins and stops, within low and high.

    >>> text = "（七）农业。到2025年，利用率达到90%以上。加快改造。"
    >>> begin, stop = sentence(text, text.index("利用率"), text.index("以上"), 0, len(text))
    >>> text[begin:stop]
    '到2025年，利用率达到90%以上。'
    """
    begin = max(low, *(text.rfind(mark, low, start) + 1 for mark in SENTENCE_END))
    stops = [at + (mark != "\n") for mark in SENTENCE_END if (at := text.find(mark, end, high)) >= 0]
    return begin, min([*stops, high])


def same_wording(package: Contents) -> dict[str, list[Row]]:
    """By clause id: the clauses of other plans with a measure that shares wording with one of its own, in order."""
    clause_of = {row["measure_id"]: row["clause_id"] for row in package.tables["measures"]}
    found: dict[str, set[str]] = defaultdict(set)
    for row in package.tables["parallels"]:
        one, other = (clause_of.get(row[name]) for name in ("measure_id", "other_measure_id"))
        if one and other:
            found[one].add(other)
            found[other].add(one)
    return {
        clause: [row for key, row in package.clauses.items() if key in others]
        for clause, others in found.items()
    }


# --- what was extracted, for the card beside the text ---


def row_facts(package: Contents, plan_id: str) -> dict[str, tuple[Words, list[Fact], int, int]]:
    """By row id: the name of the kind of row, its cells as a reader sees them, its range in the seed."""
    cards = {}
    for row in package.where("targets", plan_id=plan_id):
        cards[row["target_id"]] = (
            package.code("targets", "kind", row["kind"]),
            _target_facts(package, row),
            row,
        )
    for row in package.where("deadlines", plan_id=plan_id):
        cards[row["deadline_id"]] = (Words("Deadline", "期限"), _deadline_facts(package, row), row)
    for row in package.where("responsibilities", plan_id=plan_id, basis="stated"):
        cards[row["responsibility_id"]] = (
            Words("Responsible agency", "责任单位"),
            _agency_facts(package, row),
            row,
        )
    return {
        key: (title, [fact for fact in facts if fact.value.en], row["source_start"], row["source_end"])
        for key, (title, facts, row) in cards.items()
    }


def _target_facts(package: Contents, row: Row) -> list[Fact]:
    return [
        Fact(Words("Indicator", "指标"), _glossed(row["indicator"], package.gloss(row))),
        Fact(Words("Promise", "承诺"), amount(row, package.units)),
        *_evidence(
            package, "targets", row, {"comparator": Words("Bound", "比较"), "change": Words("Change", "变化")}
        ),
        Fact(Words("Scope", "范围"), _same(row["scope"])),
        Fact(Words("Deadline", "期限"), governed_by(row)),
        _stated(
            package, "targets", row, "deadline_basis", "sentence", Words("Deadline stands in", "期限所在")
        ),
        Fact(Words("Strength", "力度"), _given(package, "targets", row, "strength")),
        Fact(Words("Hedge", "限定语"), _same(row["hedge"])),
        _stated(package, "targets", row, "located_in", "text", Words("Stands in", "位置")),
    ]


def _deadline_facts(package: Contents, row: Row) -> list[Fact]:
    start = by_date(row["start_date"]) if row["start_date"] else Words("", "")
    return [
        Fact(Words("As written", "原文"), _same(row["as_written"])),
        Fact(Words("From", "自"), start),
        Fact(Words("Last day", "末日"), by_date(row["end_date"])),
        Fact(Words("Kind", "类型"), package.code("deadlines", "kind", row["kind"])),
        _stated(package, "deadlines", row, "located_in", "text", Words("Stands in", "位置")),
    ]


def _agency_facts(package: Contents, row: Row) -> list[Fact]:
    agency = package.agencies[row["agency_id"]]
    return [
        Fact(Words("Agency", "机关"), Words(agency["name_en"], agency["name"])),
        Fact(
            Words("Function", "职能"), package.labels["functions"].get(agency["function_id"], Words("", ""))
        ),
        Fact(Words("Role", "角色"), _given(package, "responsibilities", row, "role")),
    ]


def _given(package: Contents, table: str, row: Row, column: str) -> Words:
    """What a code is called, with the words of the plan that gave it: at least (以上)."""
    called, words = package.code(table, column, row[column]), row.get(f"{column}_as_written")
    return Words(f"{called.en} (“{words}”)", f"{called.zh}（“{words}”）") if words else called


def _evidence(package: Contents, table: str, row: Row, labels: Mapping[str, Words]) -> Iterator[Fact]:
    """A line for each of some coded columns whose code the words of the plan gave."""
    for column, label in labels.items():
        if row.get(f"{column}_as_written"):
            yield Fact(label, _given(package, table, row, column))


def _stated(package: Contents, table: str, row: Row, column: str, usual: str, label: Words) -> Fact:
    """A coded column; nothing where it holds what is usual, or where the package does not have it."""
    code = row.get(column) or usual
    return Fact(label, Words("", "") if code == usual else package.code(table, column, code))


def _glossed(indicator: str | None, gloss: str) -> Words:
    """An indicator as printed, with what it is called in English where that is known."""
    return Words(f"{indicator} ({gloss})", indicator or "") if gloss else _same(indicator)


def _same(words: str | None) -> Words:
    return Words(words or "", words or "")


# --- the repairs, for the list beside the text ---


@dataclass(frozen=True)
class Repairs:
    """All repairs of a copy by one rule: how many, and each distinct one with its reason and its count."""

    rule: Words
    count: int
    reasons: tuple[str, ...]
    distinct: tuple[tuple[str, str, int], ...]


def repair_groups(package: Contents, document_id: str) -> list[Repairs]:
    """The repairs of a copy, grouped by rule in the order of the schema, like ones counted together."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in package.where("repairs", document_id=document_id):
        found[row["rule"]].append(row)
    groups = []
    for code, rule in package.codes("repairs", "rule").items():
        rows = found.get(code, [])
        if rows:
            alike = Counter((row["before"], row["after"] or "") for row in rows)
            groups.append(
                Repairs(
                    rule,
                    len(rows),
                    tuple(sorted({row["reason"] for row in rows})),
                    tuple((before, after, count) for (before, after), count in alike.most_common()),
                )
            )
    return groups
