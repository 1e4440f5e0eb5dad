"""The pages of a PDF on which a plan stands: their pictures, and where each line of the plan stands on them."""

import io
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass
from functools import cached_property
from pathlib import PurePosixPath

import pypdfium2

from pipelines.errors import PipelineError
from pipelines.package.dataset import Row
from pipelines.package.files import SEEDS
from pipelines.pages.contents import Contents
from pipelines.seeds.formats.original import LinePlace, map_of, places_of, read_line_map

WIDTH, MOST_HEIGHT = 1000, 3000  # of a page's picture, in pixels
QUALITY = 55  # of WebP; print stays sharp


@dataclass(frozen=True)
class Sheets:
    """The sheets of a PDF that hold a plan, with its lines in the order of the text."""

    name: str
    lines: tuple[LinePlace, ...]

    @cached_property
    def sizes(self) -> dict[int, tuple[float, float]]:
        """Width and height of each page that holds the plan, in points, by its number."""
        return {line.page: (line.page_width, line.page_height) for line in self.lines}

    def picture(self, page: int) -> str:
        """The picture of a page, from the folder of the site.

        >>> Sheets("originals/wuhan.pdf", ()).picture(3)
        'assets/sheets/wuhan/3.webp'
        """
        return f"assets/sheets/{PurePosixPath(self.name).stem}/{page}.webp"

    def facts(self) -> dict[str, object]:
        """What the script of the page needs to show where a passage stands."""
        return {
            "name": f"{SEEDS}{self.name}",
            "pages": {page: [self.picture(page), *size] for page, size in self.sizes.items()},
            "lines": [astuple(line)[:7] for line in self.lines],
        }


def sheets_of(package: Contents, document: Row | None) -> Sheets | None:
    """The sheets of a copy of a plan; None where it was not read from a PDF, or the package lacks that or its map."""
    name = str((document or {}).get("original") or "")
    files = package.dataset.files
    if document is None or not name.lower().endswith(".pdf"):
        return None
    if f"{SEEDS}{name}" not in files or f"{SEEDS}{map_of(name)}" not in files:
        return None
    lines = read_line_map(files.read(f"{SEEDS}{map_of(name)}").decode("ascii"))
    found = places_of(lines, document["plan_start"], document["plan_end"])
    return Sheets(name, tuple(found)) if found else None


def pictures_of(data: bytes, name: str, pages: Iterable[int]) -> Iterator[tuple[int, bytes]]:
    """Pages of a PDF as pictures, WebP, the same bytes for the same page; PipelineError for what is no such PDF."""
    try:
        document = pypdfium2.PdfDocument(data)
        for page in pages:
            sheet = document[page - 1]
            scale = min(WIDTH / sheet.get_width(), MOST_HEIGHT / sheet.get_height())
            stream = io.BytesIO()
            sheet.render(scale=scale).to_pil().convert("RGB").save(stream, "WEBP", quality=QUALITY)
            yield page, stream.getvalue()
    except (pypdfium2.PdfiumError, IndexError) as error:
        raise PipelineError(
            file=f"{SEEDS}{name}",
            place="",
            found=f"no PDF with the pages that {map_of(name)} names ({error})",
            expected="the original that the seed was read from",
            remedy="put the original back, or add it again",
        ) from None
