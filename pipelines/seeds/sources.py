"""Reads the sources of a folder: bytes checked against sources.csv, hand repairs from errata.csv."""

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath

from pipelines.errors import PipelineError
from pipelines.inputs import decoded, read_bytes, read_table

SOURCE_COLUMNS = ("document_id", "plan_id", "path", "sha256", "division_code", "edition", "is_base", "note")
# Columns that need not be there: what a curator adds because the text does not say it, or says it wrong …
CURATED_COLUMNS = ("title", "issued_on", "document_number", "source_url", "publisher", "retrieved_on")
# … and the original that the text was read from, with the tool that reads the same text again.
ORIGINAL_COLUMNS = ("original", "original_sha256", "tool")
OPTIONAL_COLUMNS = (*CURATED_COLUMNS, *ORIGINAL_COLUMNS)
ERRATA_COLUMNS = ("document_id", "before", "after", "rule", "original", "reason", "evidence")
# What a hand repair mends: what copying lost, or what the plan's own copy misprints.
HAND_REPAIRS = ("lost", "misprint")
EDITIONS = ("official", "reprint", "explained")
# `wuhan-official`; file names and addresses are made of it
ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
# What makes a spreadsheet run a cell.
FORMULA = ("=", "+", "-", "@", "\t")


def _is_date(cell: str) -> bool:
    """Whether a cell is empty or a date as ISO 8601 writes it: 2022-06-01, not 2022-6-1."""
    with suppress(ValueError):
        return not cell or date.fromisoformat(cell).isoformat() == cell
    return False


def _is_inside(path: str) -> bool:
    """Whether a path names a file inside the folder that it is relative to."""
    parts = PurePosixPath(path).parts
    return bool(parts) and ".." not in parts and "\\" not in path and path[0] != "/"


def _matching(pattern: str) -> Callable[[str], object]:
    return re.compile(pattern).fullmatch


# What cells of sources.csv must be, and how a message says it
DATE = (_is_date, "a date such as 2022-06-01, or nothing")
CELLS: Mapping[str, tuple[Callable[[str], object], str]] = {
    "sha256": (_matching("[0-9a-f]{64}"), "64 hexadecimal digits in lower case"),
    "original_sha256": (_matching("([0-9a-f]{64})?"), "64 hexadecimal digits in lower case, or nothing"),
    "division_code": (_matching("([0-9]{6})?"), "six digits after GB/T 2260, or nothing"),
    "edition": (_matching("|".join(EDITIONS)), f"one of {', '.join(EDITIONS)}"),
    "is_base": (_matching("true|false"), "true or false"),
    "issued_on": DATE,
    "retrieved_on": DATE,
    "source_url": (
        _matching("(https?://[!-~]+)?"),
        "an address that begins with http:// or https://, or nothing",
    ),
}


@dataclass(frozen=True, slots=True)
class Erratum:
    """A hand repair: `before`, which stands exactly once in the seed, is to read `after`."""

    document_id: str
    before: str
    after: str
    rule: str
    original: str
    reason: str
    evidence: str


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A row of sources.csv: what a seed is, before its bytes are read."""

    document_id: str
    plan_id: str
    path: str
    sha256: str
    division_code: str
    edition: str
    is_base: bool
    note: str
    title: str = ""
    issued_on: str = ""
    document_number: str = ""
    source_url: str = ""
    publisher: str = ""
    retrieved_on: str = ""
    original: str = ""
    original_sha256: str = ""
    tool: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A seed whose bytes are those that sources.csv promises: its text, untouched, and its hand repairs."""

    row: SourceRow
    raw: str
    size_bytes: int
    errata: tuple[Erratum, ...]


def read_sources(folder: Path) -> tuple[SourceRow, ...]:
    """The rows of `folder/sources.csv`, sorted by document, whatever their order in the file.

    Raises PipelineError for a missing file or column, an empty table, a duplicate or malformed id, an unknown
    code, a path that leaves the folder, or a plan with no or two base documents.
    """
    path = folder / "sources.csv"
    rows = [
        _source_row(path, place, row) for place, row in read_table(path, SOURCE_COLUMNS, OPTIONAL_COLUMNS)
    ]
    if not rows:
        raise PipelineError(path, "", "no rows", "one row for each seed", "describe at least one seed in it")
    _unique(path, "document_id", [row.document_id for row in rows])
    _unique(path, "path", [str(PurePosixPath(row.path)) for row in rows])
    bases: dict[str, list[str]] = {}
    for row in rows:
        bases.setdefault(row.plan_id, [])
        if row.is_base:
            bases[row.plan_id].append(row.document_id)
    for plan_id, documents in sorted(bases.items()):
        if len(documents) != 1:
            raise PipelineError(
                file=path,
                place=f"plan {plan_id}",
                found=f"{len(documents)} base documents ({', '.join(documents) or 'none'})",
                expected="exactly one document with is_base true for each plan",
                remedy="set is_base to true for the copy that the tables are to be read from",
            )
    return tuple(sorted(rows, key=lambda row: row.document_id))


def read_errata(folder: Path, sources: Sequence[SourceRow]) -> dict[str, tuple[Erratum, ...]]:
    """The rows of `folder/errata.csv` by document, in their order; a folder without the file has none."""
    path = folder / "errata.csv"
    errata: dict[str, list[Erratum]] = {row.document_id: [] for row in sources}
    if not path.exists():
        return dict.fromkeys(errata, ())
    for place, row in read_table(path, ERRATA_COLUMNS):
        erratum = Erratum(**{column: row[column] for column in ERRATA_COLUMNS})
        _check(erratum, errata, path, place)
        errata[erratum.document_id].append(erratum)
    return {document: tuple(rows) for document, rows in errata.items()}


def _check(erratum: Erratum, errata: Mapping[str, Sequence[Erratum]], path: Path, place: str) -> None:
    """Refuses an erratum that cannot be meant; `errata` are those read before it, of every document."""
    before = erratum.before
    known = errata.get(erratum.document_id)
    if known is None:
        found, expected = f"document_id {erratum.document_id!r}", "a document_id of sources.csv"
        remedy = "correct the document_id, or remove the row"
    elif not before or not erratum.reason:
        found, expected = "an empty `before` or `reason`", "the exact text before, and why it is changed"
        remedy = "fill both"
    elif erratum.rule not in HAND_REPAIRS:
        place, found, expected = f"{place}, rule", repr(erratum.rule), f"one of {', '.join(HAND_REPAIRS)}"
        remedy = "write lost for what copying lost, misprint for what the copy misprints"
    elif erratum.after == before:
        found, expected = f"{before!r} both before and after", "a text that is to be changed"
        remedy = "correct `after`, or remove the row"
    elif any(one.before == before for one in known):
        found, expected = f"a second erratum for {before!r}", "one row for each place"
        remedy = "remove one of the two rows"
    else:
        return
    raise PipelineError(path, place, found, expected, remedy)


def read_source(folder: Path, row: SourceRow, errata: tuple[Erratum, ...]) -> Source:
    """The seed of one row, its bytes checked and decoded.

    Raises PipelineError if it is missing, no regular file of the folder, too large, empty, not UTF-8 (the likely
    encoding is named), or changed.
    """
    path = folder / row.path
    with suppress(OSError):  # what may not be looked at may not be read either, and is refused below
        is_link = path.is_symlink()
        if is_link or not path.resolve().is_relative_to(folder.resolve()):
            raise PipelineError(
                file=path,
                place="",
                found="a symbolic link" if is_link else "a path that a symbolic link leads elsewhere",
                expected="a regular file inside the seeds folder",
                remedy="put the file itself there",
            )
    data = read_bytes(
        path,
        expected=f"the seed of document {row.document_id}",
        remedy="restore the file, or remove its row from sources.csv",
    )
    if not data.strip():
        raise PipelineError(path, "", "an empty file", "the text of a plan", "fetch the text again")
    raw = decoded(path, data, remedy="convert the file to UTF-8 and put its new sha256 into sources.csv")
    digest = hashlib.sha256(data).hexdigest()
    if digest != row.sha256:
        raise PipelineError(
            file=path,
            place="whole file",
            found=f"sha256 {digest}",
            expected=f"sha256 {row.sha256}, as in sources.csv",
            remedy="restore the file; if the change is meant, put the new sha256 into sources.csv",
        )
    return Source(row, raw, len(data), errata)


def _source_row(file: Path, place: str, row: Mapping[str, str]) -> SourceRow:
    def refuse(column: str, expected: str) -> PipelineError:
        return PipelineError(file, f"{place}, {column}", repr(row[column]), expected, "correct the cell")

    for column in ("document_id", "plan_id"):
        if not ID.fullmatch(row[column]) or len(row[column]) > 80:
            raise refuse(column, "an id of small letters and digits, in groups joined by hyphens")
    for column in ("path", "original"):
        path = row.get(column, "")
        if not path.isprintable():
            raise refuse(column, "a path without control characters")
        if not _is_inside(path) and (column == "path" or path):
            raise refuse(column, "the path of a file inside the seeds folder, relative to it, without ..")
    for column in ("path", "note", *OPTIONAL_COLUMNS):
        if row.get(column, "").startswith(FORMULA):
            raise refuse(column, "a text that no spreadsheet takes for a formula")
    for column, (holds, expected) in CELLS.items():
        if column in row and not holds(row[column]):
            raise refuse(column, expected)
    texts = {column: cell for column, cell in row.items() if column != "is_base"}
    return SourceRow(is_base=row["is_base"] == "true", **texts)


def _unique(path: Path, column: str, values: Sequence[str]) -> None:
    value, count = Counter(values).most_common(1)[0]
    if count > 1:
        raise PipelineError(
            file=path,
            place=column,
            found=f"{value!r} {count} times",
            expected=f"each {column} once",
            remedy="remove one of the rows, or rename it",
        )
