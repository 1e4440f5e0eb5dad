"""A folder of seeds in, its sources out: bytes checked against sources.csv, hand repairs from errata.csv."""

import csv
import hashlib
import io
import re
import stat
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from pipelines.errors import PipelineError

SOURCE_COLUMNS = (
    "document_id",
    "plan_id",
    "path",
    "sha256",
    "division_code",
    "edition",
    "is_base",
    "note",
)
ERRATA_COLUMNS = ("document_id", "before", "after", "rule", "original", "reason", "evidence")
# What a hand repair mends: what copying lost, or what the plan's own copy misprints.
HAND_REPAIRS = ("lost", "misprint")
EDITIONS = ("official", "reprint", "explained")
# `wuhan-official`; file names and addresses are made of it
ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
# What a spreadsheet takes for a formula at the beginning of a cell.
FORMULA = ("=", "+", "-", "@", "\t")
LARGEST_FILE = 10_000_000  # bytes; a plan has a few hundred thousand
LARGEST_CELL = 10_000  # characters, of sources.csv and errata.csv; a longer one is a quotation mark left open
NOT_ASCII = re.compile(r"[^\x00-\x7f]")
# Characters that every Chinese text has many of, whatever its script and marks.
COMMON = re.compile("[的一在不有和中大年市国行以要发發，。、；：]")


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
    rows = [_source_row(path, place, row) for place, row in read_table(path, SOURCE_COLUMNS)]
    if not rows:
        raise PipelineError(
            file=path,
            place="",
            found="no rows",
            expected="one row for each seed",
            remedy="describe at least one seed in it",
        )
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
    seen = set()
    for place, row in read_table(path, ERRATA_COLUMNS):
        erratum = Erratum(**{column: row[column] for column in ERRATA_COLUMNS})
        if erratum.document_id not in errata:
            raise PipelineError(
                file=path,
                place=place,
                found=f"document_id {erratum.document_id!r}",
                expected="a document_id of sources.csv",
                remedy="correct the document_id, or remove the row",
            )
        if not erratum.before or not erratum.reason:
            raise PipelineError(
                file=path,
                place=place,
                found="an empty `before` or `reason`",
                expected="the exact text before, and why it is changed",
                remedy="fill both",
            )
        if erratum.rule not in HAND_REPAIRS:
            raise PipelineError(
                file=path,
                place=f"{place}, rule",
                found=repr(erratum.rule),
                expected=f"one of {', '.join(HAND_REPAIRS)}",
                remedy="write lost for what copying lost, misprint for what the copy misprints",
            )
        if erratum.after == erratum.before:
            raise PipelineError(
                file=path,
                place=place,
                found=f"{erratum.before!r} both before and after",
                expected="a text that is to be changed",
                remedy="correct `after`, or remove the row",
            )
        key = (erratum.document_id, erratum.before)
        if key in seen:
            raise PipelineError(
                file=path,
                place=place,
                found=f"a second erratum for {erratum.before!r}",
                expected="one row for each place",
                remedy="remove one of the two rows",
            )
        seen.add(key)
        errata[erratum.document_id].append(erratum)
    return {document: tuple(rows) for document, rows in errata.items()}


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
    data = _bytes(
        path,
        expected=f"the seed of document {row.document_id}",
        remedy="restore the file, or remove its row from sources.csv",
    )
    if not data.strip():
        raise PipelineError(
            file=path,
            place="",
            found="an empty file",
            expected="the text of a plan",
            remedy="fetch the text again",
        )
    raw = _decoded(path, data, remedy="convert the file to UTF-8 and put its new sha256 into sources.csv")
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


def read_table(path: Path, columns: Sequence[str]) -> Iterator[tuple[str, Mapping[str, str]]]:
    """The rows of a CSV file that has exactly these columns, each with its place (`line 3`).

    Raises PipelineError for a missing or unreadable file, a missing, unknown or repeated column, a ragged row,
    or a cell longer than LARGEST_CELL.
    """
    data = _bytes(
        path, expected=f"a CSV file with the columns {', '.join(columns)}", remedy="restore the file"
    )
    text = _decoded(path, data, remedy="save it as UTF-8").removeprefix("\ufeff")
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = next(reader, [])
        missing = [column for column in columns if column not in header]
        unknown = sorted(set(header) - set(columns))
        if missing or unknown or len(set(header)) != len(header):
            raise PipelineError(
                file=path,
                place="line 1",
                found=f"the columns {', '.join(header) or '(none)'}",
                expected=f"exactly the columns {', '.join(columns)}",
                remedy=(
                    f"add {', '.join(missing)}"
                    if missing
                    else f"remove {', '.join(unknown) or 'the repeated column'}"
                ),
            )
        for cells in reader:
            if not cells:
                continue
            if len(cells) != len(header):
                raise PipelineError(
                    file=path,
                    place=f"line {reader.line_num}",
                    found=f"{len(cells)} cells",
                    expected=f"{len(header)} cells, as in the header",
                    remedy="quote cells that hold a comma, and fill the row",
                )
            if (longest := max(map(len, cells))) > LARGEST_CELL:
                raise PipelineError(
                    file=path,
                    place=f"line {reader.line_num}",
                    found=f"a cell of {longest:,} characters",
                    expected=f"at most {LARGEST_CELL:,}",
                    remedy="close the quotation marks of the row, or shorten the cell",
                )
            yield f"line {reader.line_num}", dict(zip(header, cells, strict=True))
    except csv.Error as error:
        raise PipelineError(
            file=path,
            place=f"line {reader.line_num}",
            found=f"malformed CSV ({error})",
            expected="comma-separated values after RFC 4180",
            remedy="correct the quoting on that line",
        ) from None


def _source_row(path: Path, place: str, row: Mapping[str, str]) -> SourceRow:
    def refuse(column: str, expected: str) -> PipelineError:
        return PipelineError(
            file=path,
            place=f"{place}, {column}",
            found=repr(row[column]),
            expected=expected,
            remedy="correct the cell",
        )

    for column in ("document_id", "plan_id"):
        if not ID.fullmatch(row[column]) or len(row[column]) > 80:
            raise refuse(column, "an id of small letters and digits, in groups joined by hyphens")
    relative = PurePosixPath(row["path"])
    if relative.is_absolute() or not relative.parts or ".." in relative.parts or "\\" in row["path"]:
        raise refuse("path", "the path of a file inside the seeds folder, relative to it, without ..")
    if not row["path"].isprintable():
        raise refuse("path", "a path without control characters")
    for column in ("path", "note"):
        if row[column].startswith(FORMULA):
            raise refuse(column, "a text that no spreadsheet takes for a formula")
    if len(row["sha256"]) != 64 or not set(row["sha256"]) <= set("0123456789abcdef"):
        raise refuse("sha256", "64 hexadecimal digits in lower case")
    if row["division_code"] and not re.fullmatch(r"[0-9]{6}", row["division_code"]):
        raise refuse("division_code", "six digits after GB/T 2260, or nothing")
    if row["edition"] not in EDITIONS:
        raise refuse("edition", f"one of {', '.join(EDITIONS)}")
    if row["is_base"] not in ("true", "false"):
        raise refuse("is_base", "true or false")
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


def _bytes(path: Path, *, expected: str, remedy: str) -> bytes:
    """What is in a regular file of at most LARGEST_FILE bytes; a pipe or a device is not waited for."""
    try:
        status = path.stat()
        if stat.S_ISREG(status.st_mode) and status.st_size <= LARGEST_FILE:
            return path.read_bytes()
        reason = f"a file of {status.st_size:,} bytes" if stat.S_ISREG(status.st_mode) else "no regular file"
    except OSError as error:
        reason = f"no readable file ({error.strerror or error})"
    raise PipelineError(
        file=path,
        place="",
        found=reason,
        expected=f"{expected}, of at most {LARGEST_FILE:,} bytes" if "bytes" in reason else expected,
        remedy=remedy,
    )


def _decoded(path: Path, data: bytes, *, remedy: str) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise PipelineError(
            file=path,
            place=f"byte {error.start}",
            found=f"bytes that are not UTF-8 (this looks like {_likely_encoding(data)})",
            expected="a UTF-8 text file",
            remedy=remedy,
        ) from None


def _likely_encoding(data: bytes) -> str:
    """The encoding that makes of the bytes a text with the most of the commonest Chinese characters.

    >>> [_likely_encoding("到2025年，全市优良天数比率不低于78%。".encode(e)) for e in ("gbk", "utf-16-le", "utf-16", "utf-32")]
    ['GB18030', 'UTF-16', 'UTF-16', 'UTF-32']
    >>> _likely_encoding("到2025年，協同推進減污降碳。".encode("big5")), _likely_encoding("到2025年，全市".encode()[:-1])
    ('BIG5', 'UTF-8 with damaged or missing bytes')
    """
    if data[:4] in (b"\xff\xfe\0\0", b"\0\0\xfe\xff"):
        return "UTF-32"
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "UTF-16"
    shares = {}
    for encoding in ("utf-8", "gb18030", "big5", "utf-16-le", "utf-16-be"):
        text = data.decode(encoding, "ignore")
        shares[encoding] = len(COMMON.findall(text)) / max(1, len(NOT_ASCII.findall(text)))
    best = max(shares, key=lambda encoding: shares[encoding])
    if shares[best] < 0.02:
        return "an unknown encoding or a damaged file"
    return (
        "UTF-8 with damaged or missing bytes"
        if best == "utf-8"
        else best.upper().removesuffix("-LE").removesuffix("-BE")
    )
