"""Finds the place in the seed that a row of a package came from, with the repairs made there."""

from collections.abc import Mapping
from dataclasses import dataclass

from pipelines.errors import PipelineError
from pipelines.package.files import Files, digest
from pipelines.package.printed import Key, Table

Tables = Mapping[str, Table]
Row = Mapping[str, str]

# How much of a seed is shown round a passage that stands in no clause.
AROUND = 80


@dataclass(frozen=True)
class Repair:
    """A row of the table repairs: `before` at `[start, end)` of the seed is read as `after`."""

    repair_id: str
    start: int
    end: int
    before: str
    after: str
    rule: str
    reason: str


@dataclass(frozen=True)
class Seed:
    """A seed as it lies on the disk, with its repairs in order."""

    document_id: str
    path: str
    raw: str
    repairs: tuple[Repair, ...]

    def repaired(self, start: int, end: int) -> str:
        """The text of a range that cuts no repair, with the repairs that lie inside it made."""
        parts, place = [], start
        for repair in self.inside(start, end):
            parts += [self.raw[place : repair.start], repair.after]
            place = repair.end
        return "".join([*parts, self.raw[place:end]])

    def inside(self, start: int, end: int) -> list[Repair]:
        """The repairs of a range."""
        return [repair for repair in self.repairs if start <= repair.start and repair.end <= end]

    def widened(self, start: int, end: int) -> tuple[int, int]:
        """The range, so far widened that it cuts no repair and does not leave the seed."""
        start, end = max(0, start), min(len(self.raw), end)
        for repair in self.repairs:
            if repair.start < start < repair.end:
                start = repair.start
            if repair.start < end < repair.end:
                end = repair.end
        return start, end

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of a character, both from 1; a line ends at a line feed.

        >>> Seed("wuhan-official", "wuhan-official.txt", "一、总体要求\\n（一）", ()).place(8)
        (2, 2)
        """
        return self.raw.count("\n", 0, offset) + 1, offset - self.raw.rfind("\n", 0, offset)


@dataclass(frozen=True)
class Passage:
    """Where a row came from: its range, and the range of the clause, or of the lines round it, that it stands in."""

    seed: Seed
    start: int
    end: int
    context_start: int
    context_end: int
    clause_id: str

    @property
    def quote(self) -> str:
        """The words of the row."""
        return self.seed.repaired(self.start, self.end)

    @property
    def before(self) -> str:
        """What stands before them in the context."""
        return self.seed.repaired(self.context_start, self.start)

    @property
    def after(self) -> str:
        """What stands after them."""
        return self.seed.repaired(self.end, self.context_end)

    @property
    def raw(self) -> str:
        """The characters of the seed itself."""
        return self.seed.raw[self.start : self.end]


def passage(files: Files, tables: Tables, table: str, key: Key) -> Passage | None:
    """The passage of a row; None for a row that came from no place of a seed.

    Raises PipelineError where the package has no seeds with it, or one that is not the seed that was read.
    """
    row = tables[table].rows[key]
    document_id = document_of(tables, table, key)
    if not row.get("source_start") or not row.get("source_end") or document_id is None:
        return None
    seed = read_seed(files, tables, document_id)
    start, end = int(row["source_start"]), int(row["source_end"])
    for (clause_id,), clause in tables["clauses"].rows.items():
        first, last = int(clause["source_start"]), int(clause["source_end"])
        around = (
            table != "clauses" and clause["document_id"] == document_id and first <= start and end <= last
        )
        if around:
            return Passage(seed, start, end, first, last, clause_id)
    first, last = seed.widened(start - AROUND, end + AROUND)
    return Passage(seed, start, end, first, last, "")


def document_of(tables: Tables, table: str, key: Key) -> str | None:
    """The document that a row was read from: the one it names, else the base document of its plan."""
    row = tables[table].rows[key]
    if row.get("document_id"):
        return row["document_id"]
    plan = tables["plans"].rows.get((row.get("plan_id", ""),))
    return plan["base_document_id"] if plan is not None else None


def read_seed(files: Files, tables: Tables, document_id: str) -> Seed:
    """The seed of a document with its repairs, its bytes checked."""
    document = tables["documents"].rows[(document_id,)]
    name = f"seeds/{document['path']}"
    if name not in files:
        raise PipelineError(
            file=files.path,
            place=name,
            found="no such file",
            expected=f"the raw text of {document_id}",
            remedy="name the folder of the seeds (--seeds), or trace in a checkout or a release archive, which hold them",
        )
    data = files.read(name)
    if digest(data) != document["sha256"]:
        raise PipelineError(
            file=files.path,
            place=name,
            found=f"sha256 {digest(data)}",
            expected=f"sha256 {document['sha256']}, as in the table documents",
            remedy="build the package anew, or restore the seed",
        )
    return Seed(document_id, name, data.decode("utf-8"), _repairs(tables, document_id))


def _repairs(tables: Tables, document_id: str) -> tuple[Repair, ...]:
    found = [
        Repair(
            row["repair_id"],
            int(row["source_start"]),
            int(row["source_end"]),
            row["before"],
            row["after"],
            row["rule"],
            row["reason"],
        )
        for row in tables["repairs"].rows.values()
        if row["document_id"] == document_id
    ]
    return tuple(sorted(found, key=lambda repair: (repair.start, repair.end)))
