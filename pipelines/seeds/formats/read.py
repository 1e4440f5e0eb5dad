"""Reads the text of an original, whatever its format: a PDF, a Word file, a web page, a plain text."""

from collections.abc import Callable, Mapping
from pathlib import Path

from pipelines.errors import PipelineError
from pipelines.seeds.formats.apart import apart
from pipelines.seeds.formats.docx import read_docx
from pipelines.seeds.formats.html import read_html, read_mhtml
from pipelines.seeds.formats.original import Original
from pipelines.seeds.formats.pdf import read_pdf
from pipelines.seeds.formats.plain import read_plain

LARGEST_ORIGINAL = 100_000_000  # bytes
READERS: Mapping[str, Callable[[bytes, str], Original]] = {
    ".pdf": read_pdf,
    ".docx": read_docx,
    ".html": read_html,
    ".htm": read_html,
    ".mhtml": read_mhtml,
    ".mht": read_mhtml,
    ".txt": read_plain,
}
# What a file is by its own bytes, whatever its name: what it is called, what it begins with, what it holds, its ending
KINDS = (
    ("a PDF", b"%PDF-", b"", ".pdf"),
    ("a Word file", b"PK\x03\x04", b"word/document.xml", ".docx"),
)
# What other formats are to be saved as
SAVE_AS = {
    ".doc": "save it as .docx (LibreOffice: soffice --convert-to docx FILE)",
    ".wps": "save it as .docx (LibreOffice: soffice --convert-to docx FILE)",
    ".rtf": "save it as .docx (LibreOffice: soffice --convert-to docx FILE)",
    ".ofd": "save it as PDF",
    ".jpg": "make a PDF with its text of it (ocrmypdf -l chi_sim IN.jpg OUT.pdf)",
    ".png": "make a PDF with its text of it (ocrmypdf -l chi_sim IN.png OUT.pdf)",
}


def read_original(path: Path) -> tuple[bytes, Original]:
    """The bytes of an original and the text that is read from them, in a process apart with limits of its own.

    Raises PipelineError for a file that is not there, a format that is not read or that the name belies, a file too
    large, damaged or hostile, and a scan.
    """
    if not path.is_file():
        raise PipelineError(path, "", "no such file", "a document or a folder of them", "correct the path")
    suffix = path.suffix.lower()
    if suffix not in READERS:
        remedy = SAVE_AS.get(suffix, "save it in one of these formats")
        found, expected = f"a file of the kind {suffix or '(none)'}", f"one of {', '.join(READERS)}"
        raise PipelineError(path, "", found, expected, remedy)
    size = path.stat().st_size
    if size > LARGEST_ORIGINAL or not size:
        found, expected = f"a file of {size:,} bytes", f"a document of 1 to {LARGEST_ORIGINAL:,} bytes"
        raise PipelineError(path, "", found, expected, "fetch it again, or save it in parts")
    data = path.read_bytes()
    for what, opening, inside, ending in KINDS:
        if data.startswith(opening) and inside in data and suffix != ending:
            raise PipelineError(
                path,
                "",
                f"{what} named {suffix}",
                f"the ending {ending}",
                f"this is {what}: rename it to {ending}",
            )
    return data, apart(READERS[suffix], data, str(path))
