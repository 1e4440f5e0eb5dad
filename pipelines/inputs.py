"""Files that people write: CSV lists and texts in UTF-8, read strictly, with a message that says what to mend."""

import csv
import io
import re
import stat
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from pipelines.errors import PipelineError

LARGEST_FILE = 10_000_000  # bytes; a plan has a few hundred thousand
LARGEST_CELL = 10_000  # characters, of sources.csv and errata.csv; a longer one is a quotation mark left open
NOT_ASCII = re.compile(r"[^\x00-\x7f]")
# Characters that every Chinese text has many of, whatever its script and marks.
COMMON = re.compile("[的一在不有和中大年市国行以要发發，。、；：]")


def read_table(
    path: Path, columns: Sequence[str], optional: Sequence[str] = ()
) -> Iterator[tuple[str, Mapping[str, str]]]:
    """The rows of a CSV file that has these columns, and of the optional ones any, each with its place (`line 3`).

    Raises PipelineError for a missing or unreadable file, a missing, unknown or repeated column, a ragged row,
    or a cell longer than LARGEST_CELL.
    """
    data = read_bytes(
        path, expected=f"a CSV file with the columns {', '.join(columns)}", remedy="restore the file"
    )
    text = decoded(path, data, remedy="save it as UTF-8").removeprefix("\ufeff")
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = next(reader, [])
        missing = [column for column in columns if column not in header]
        unknown = sorted(set(header) - {*columns, *optional})
        if missing or unknown or len(set(header)) != len(header):
            found, expected = ", ".join(header) or "(none)", f"exactly the columns {', '.join(columns)}"
            expected += f", and any of {', '.join(optional)}" if optional else ""
            surplus = ", ".join(unknown) or "the repeated column"
            remedy = f"add {', '.join(missing)}" if missing else f"remove {surplus}"
            raise PipelineError(path, "line 1", f"the columns {found}", expected, remedy)
        for cells in filter(None, reader):
            place, longest = f"line {reader.line_num}", max(map(len, cells))
            if len(cells) != len(header):
                expected = f"{len(header)} cells, as in the header"
                remedy = "quote cells that hold a comma, and fill the row"
                raise PipelineError(path, place, f"{len(cells)} cells", expected, remedy)
            if longest > LARGEST_CELL:
                found, expected = f"a cell of {longest:,} characters", f"at most {LARGEST_CELL:,}"
                remedy = "close the quotation marks of the row, or shorten the cell"
                raise PipelineError(path, place, found, expected, remedy)
            yield place, dict(zip(header, cells, strict=True))
    except csv.Error as error:
        place, found = f"line {reader.line_num}", f"malformed CSV ({error})"
        expected, remedy = "comma-separated values after RFC 4180", "correct the quoting on that line"
        raise PipelineError(path, place, found, expected, remedy) from None


def read_bytes(path: Path, *, expected: str, remedy: str) -> bytes:
    """What is in a regular file of at most LARGEST_FILE bytes; a pipe or a device is not waited for."""
    try:
        status = path.stat()
        if stat.S_ISREG(status.st_mode) and status.st_size <= LARGEST_FILE:
            return path.read_bytes()
        reason = f"a file of {status.st_size:,} bytes" if stat.S_ISREG(status.st_mode) else "no regular file"
    except OSError as error:
        reason = f"no readable file ({error.strerror or error})"
    expected += f", of at most {LARGEST_FILE:,} bytes" if "bytes" in reason else ""
    raise PipelineError(path, "", reason, expected, remedy)


def decoded(path: Path, data: bytes, *, remedy: str) -> str:
    """The bytes of a file as a text; PipelineError, with what they look like, where they are not UTF-8."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        found = f"bytes that are not UTF-8 (this looks like {likely_encoding(data)})"
        raise PipelineError(path, f"byte {error.start}", found, "a UTF-8 text file", remedy) from None


def likely_encoding(data: bytes) -> str:
    """The encoding that makes of the bytes a text with the most of the commonest Chinese characters.

    >>> [likely_encoding("到2025年，全市优良天数比率不低于78%。".encode(e)) for e in ("gbk", "utf-16-le", "utf-16", "utf-32")]
    ['GB18030', 'UTF-16', 'UTF-16', 'UTF-32']
    >>> likely_encoding("到2025年，協同推進減污降碳。".encode("big5")), likely_encoding("到2025年，全市".encode()[:-1])
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
    if best == "utf-8":
        return "UTF-8 with damaged or missing bytes"
    return best.upper().removesuffix("-LE").removesuffix("-BE")
