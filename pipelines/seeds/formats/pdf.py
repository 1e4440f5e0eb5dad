"""Reads the text layer of a PDF with pypdfium2, and where each of its lines stands."""

from collections.abc import Iterator
from ctypes import byref

import pypdfium2
import pypdfium2.raw as pdfium

from pipelines.errors import PipelineError
from pipelines.seeds.formats.original import CHINESE, LinePlace, Original, checked, tool

MOST_PAGES = 2000
FEW = 20  # Chinese characters a page; with fewer the pages are pictures
PRIVATE_SHARE = 0.2  # of the characters; a text of more is of fonts that do not say what they print
OCR = "give it a text layer (ocrmypdf -l chi_sim --force-ocr IN.pdf OUT.pdf) and add that file"


def read_pdf(data: bytes, file: str) -> Original:
    """The text of a PDF, page after page, each line on a line, with the place of each.

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


def _lines(page: pypdfium2.PdfPage) -> Iterator[tuple[str, tuple[float, float, float, float]]]:
    """The lines of a page that are not empty, with the box round each: left, top, right, bottom from the top left."""
    layer = page.get_textpage()
    height = page.get_height()
    string = ""
    boxes: list[tuple[float, float, float, float]] = []
    for index in range(layer.count_chars() + 1):
        character = chr(pdfium.FPDFText_GetUnicode(layer, index)) if index < layer.count_chars() else "\n"
        if character in "\r\n":
            if string.strip() and boxes:
                left, bottom, right, top = zip(*boxes, strict=True)
                yield (
                    string,
                    (
                        _rounded(min(left)),
                        _rounded(height - max(top)),
                        _rounded(max(right)),
                        _rounded(height - min(bottom)),
                    ),
                )
            string, boxes = "", []
            continue
        string += "\ufffd" if "\ud800" <= character <= "\udfff" or character == "\0" else character
        if not pdfium.FPDFText_IsGenerated(layer, index):
            boxes.append(_box(layer, index))
    layer.close()


def _box(layer: pypdfium2.PdfTextPage, index: int) -> tuple[float, float, float, float]:
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
