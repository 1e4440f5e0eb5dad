"""What the readers of all formats give: the text of an original, and where its lines stand."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass, fields
from importlib.metadata import version
from pathlib import PurePosixPath

from pipelines.errors import PipelineError

CHINESE = re.compile(r"[\u3400-\u9fff]")
MOST_CHARACTERS = 3_000_000  # of a text; a plan has some ten thousand
FORMAT = 2  # raised whenever a reader here would make another text of the same bytes


@dataclass(frozen=True, slots=True)
class LinePlace:
    """Where a line of the text, `[start, end)` in characters, stands: page from 1, and box in points from its top left."""

    start: int
    end: int
    page: int
    left: float
    top: float
    right: float
    bottom: float
    page_width: float
    page_height: float


@dataclass(frozen=True, slots=True)
class Original:
    """The text read from an original, the tool that reads the same again, and what the file says of its origin."""

    text: str
    tool: str
    lines: tuple[LinePlace, ...] = ()
    source_url: str = ""
    publisher: str = ""
    retrieved_on: str = ""


def tool(package: str) -> str:
    """A package and its version, and the version of our own reading: `pypdfium2 5.15.2 (1)`."""
    return f"{package} {version(package)} ({FORMAT})"


def checked(text: str, file: str, remedy: str) -> str:
    """A text that is not too long and holds Chinese; raises PipelineError otherwise."""
    if len(text) > MOST_CHARACTERS:
        found, expected = f"a text of {len(text):,} characters", f"at most {MOST_CHARACTERS:,}"
        raise PipelineError(file, "", found, expected, "save it in parts")
    if not CHINESE.search(text):
        raise PipelineError(file, "", "no Chinese text", "the text of a plan", remedy)
    return text


def line_map(lines: Iterable[LinePlace]) -> str:
    """The places of lines as CSV.

    >>> print(line_map([LinePlace(0, 7, 1, 72.0, 90.5, 200.0, 104.5, 595.0, 842.0)]), end="")
    start,end,page,left,top,right,bottom,page_width,page_height
    0,7,1,72.0,90.5,200.0,104.5,595.0,842.0
    """
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow([field.name for field in fields(LinePlace)])
    writer.writerows(astuple(line) for line in lines)
    return stream.getvalue()


def read_line_map(text: str) -> list[LinePlace]:
    """The places of lines from the CSV that line_map writes.

    >>> line = LinePlace(0, 7, 1, 72.0, 90.5, 200.0, 104.5, 595.0, 842.0)
    >>> read_line_map(line_map([line])) == [line]
    True
    """
    _, *rows = csv.reader(io.StringIO(text))
    return [LinePlace(*map(int, row[:3]), *map(float, row[3:])) for row in rows]


def map_of(original: str) -> str:
    """The file that says where the lines of an original stand.

    >>> map_of("originals/wuhan.pdf")
    'originals/wuhan.lines.csv'
    """
    return str(PurePosixPath(original).with_suffix(".lines.csv"))


def places_of(lines: Sequence[LinePlace], start: int, end: int) -> list[LinePlace]:
    """The lines in which the characters `[start, end)` of a text stand."""
    return [line for line in lines if line.start < end and start < line.end]
