"""Reads the text layer of a PDF with pypdfium2, its ruled tables row by row, and where each of its lines stands."""

from collections.abc import Iterator, Sequence
from ctypes import byref
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

from pipelines.errors import PipelineError
from pipelines.seeds.formats.original import CHINESE, LinePlace, Original, checked, tool
from pipelines.seeds.formats.ruled import RuledCell, RuledTable, ruled_tables

MOST_PAGES = 2000
Box = tuple[float, float, float, float]
FEW = 20  # Chinese characters a page; with fewer the pages are pictures
PRIVATE_SHARE = 0.2  # of the characters; a text of more is of fonts that do not say what they print
OCR = "give it a text layer (ocrmypdf -l chi_sim --force-ocr IN.pdf OUT.pdf) and add that file"


def read_pdf(data: bytes, file: str) -> Original:
    """The text of a PDF, page after page, each line on a line, with the place of each; a row of a ruled table is one.

    Raises PipelineError for a file that is none, that a password keeps, that has too many pages, or that is a scan.
    """
    document = _opened(data, file)
    if len(document) > MOST_PAGES:
        raise _refused(file, f"{len(document):,} pages", f"at most {MOST_PAGES:,}", "save it in parts")
    texts: list[str] = []
    places: list[LinePlace] = []
    start = 0
    for number, page in enumerate(document, start=1):
        for string, box in _lines(page):
            texts.append(string)
            places.append(
                LinePlace(start, start + len(string), number, *box, *map(_rounded, page.get_size()))
            )
            start += len(string) + 1
        page.close()
    text = "\n".join(texts) + "\n" if texts else ""
    _check_layer(text, len(document), file)
    return Original(checked(text, file, OCR), tool("pypdfium2"), tuple(places))


def _opened(data: bytes, file: str) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        kept = "password" in str(error).lower()
        raise _refused(
            file,
            "a PDF that a password keeps" if kept else f"no PDF that can be opened ({error})",
            "a PDF",
            "save it without the password" if kept else "fetch it again",
        ) from None


def _lines(page: pypdfium2.PdfPage) -> Iterator[tuple[str, Box]]:
    """The lines of a page that are not empty, with the box round each: left, top, right, bottom from the top left.

    A row of a ruled table is a line, its cells parted by tabs; the table stands where the first of its characters does.
    """
    height = page.get_height()
    characters = list(_characters(page))
    tables = ruled_tables(page)
    inside = [dict[RuledCell, list[_Character]]() for _ in tables]
    homes: list[int | None] = []
    home: int | None = None
    cell: RuledCell | None = None
    blanks: list[_Character] = []  # since the last character that is printed: those inside a cell are its own
    for character in characters:
        if character.box is None:
            blanks.append(character)
        else:
            before, (home, cell) = cell, _home(character.box, tables)
            if home is not None and cell is not None:
                own = [each for each in blanks if cell is before and each.string == " "]
                inside[home].setdefault(cell, []).extend([*own, character])
            blanks = []
        homes.append(home)
    line: list[_Character] = []
    told: set[int] = set()
    for character, home in zip([*characters, _Character("\n")], [*homes, None], strict=True):
        if home is None and character.string not in "\r\n":
            line.append(character)
            continue
        yield from _line("".join(each.string for each in line), line, height)
        line = []
        if home is not None and home not in told:
            told.add(home)
            for row in tables[home]:
                cells = [inside[home].get(cell, []) if cell else [] for cell in row]
                string = "\t".join("".join(each.string for each in cell).strip() for cell in cells)
                yield from _line(string, [each for cell in cells for each in cell], height)


def _line(string: str, characters: Sequence["_Character"], height: float) -> Iterator[tuple[str, Box]]:
    """A line with the box round it, unless it is empty."""
    boxes = [each.box for each in characters if each.box is not None]
    if string.strip() and boxes:
        left, bottom, right, top = zip(*boxes, strict=True)
        edges = (min(left), height - max(top), max(right), height - min(bottom))
        yield string, (_rounded(edges[0]), _rounded(edges[1]), _rounded(edges[2]), _rounded(edges[3]))


@dataclass(frozen=True, slots=True)
class _Character:
    """A character, and the box round it as a PDF counts, from the lower left; none for a blank or a line's end that no page prints."""

    string: str
    box: Box | None = None


def _characters(page: pypdfium2.PdfPage) -> Iterator[_Character]:
    """The characters of a page, in the order of its text layer."""
    layer = page.get_textpage()
    for index in range(layer.count_chars()):
        character = chr(pdfium.FPDFText_GetUnicode(layer, index))
        is_printed = character not in "\r\n" and not pdfium.FPDFText_IsGenerated(layer, index)
        string = "\ufffd" if "\ud800" <= character <= "\udfff" or character == "\0" else character
        yield _Character(string, _box(layer, index) if is_printed else None)
    layer.close()


def _home(box: Box, tables: Sequence[RuledTable]) -> tuple[int | None, RuledCell | None]:
    """The table and the cell in which the middle of a box stands."""
    across, up = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    for index, table in enumerate(tables):
        for cell in (cell for row in table for cell in row if cell):
            if cell.holds(across, up):
                return index, cell
    return None, None


def _box(layer: pypdfium2.PdfTextPage, index: int) -> Box:
    box = pdfium.FS_RECTF()
    pdfium.FPDFText_GetLooseCharBox(layer, index, byref(box))
    return box.left, box.bottom, box.right, box.top


def _check_layer(text: str, pages: int, file: str) -> None:
    """Refuses a scan, and a text of characters that its fonts do not name."""
    chinese = len(CHINESE.findall(text))
    if chinese < FEW * pages:
        raise _refused(
            file,
            f"a scan: {chinese:,} Chinese characters of text on {pages:,} pages",
            "a PDF whose text can be selected",
            OCR,
        )
    unnamed = sum("\ue000" <= character <= "\uf8ff" or character == "\ufffd" for character in text)
    if unnamed > PRIVATE_SHARE * len(text):
        raise _refused(
            file,
            f"a text of which {unnamed / len(text):.0%} are characters that its fonts do not name",
            "a PDF whose text can be selected and copied",
            OCR,
        )


def _rounded(points: float) -> float:
    return round(points, 1)


def _refused(file: str, found: str, expected: str, remedy: str) -> PipelineError:
    return PipelineError(file, "", found, expected, remedy)
