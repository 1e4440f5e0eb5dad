"""Small originals for tests: PDFs, Word files and web pages that print given lines."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from email.message import EmailMessage

import docx

WIDTH, HEIGHT, LEFT, TOP, LEADING, CELL = 595, 842, 72, 90, 20, 120  # points
CHARACTERS = (
    b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Song /DW 1000"
    b" /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>"
)
TO_UNICODE = b"""/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def /CMapName /U def
1 begincodespacerange <0000> <FFFF> endcodespacerange
1 beginbfrange <0000> <FFFF> <0000> endbfrange endcmap end end"""


def pdf(pages: Sequence[Sequence[str]], drawn: str = "") -> bytes:
    """A PDF whose pages print these lines, one below the other, in a font that names its characters by Unicode.

    `drawn` are drawing commands for each page. A line may hold cells, parted by tabs, that begin every 120 points.
    """
    kids = " ".join(f"{6 + 2 * index} 0 R" for index in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /Song /Encoding /Identity-H /DescendantFonts [4 0 R] /ToUnicode 5 0 R >>",
        CHARACTERS,
        stream(TO_UNICODE),
    ]
    for index, lines in enumerate(pages):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Contents {7 + 2 * index} 0 R"
            " /Resources << /Font << /F 3 0 R >> >> >>".encode()
        )
        shown = "".join(
            f"BT /F 12 Tf {LEFT + CELL * rank} {HEIGHT - TOP - LEADING * row} Td <{cell.encode('utf-16-be').hex()}> Tj ET\n"
            for row, line in enumerate(lines)
            for rank, cell in enumerate(line.split("\t"))
        )
        objects.append(stream((drawn + shown).encode()))
    body, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        body
        + b"xref\n0 %d\n0000000000 65535 f \n%b" % (len(objects) + 1, table)
        + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(body))
    )


def ruled(rows: Sequence[int], columns: int, first: int = 0) -> str:
    """The drawing of a table's rules round cells of that many lines each, from a line of the page on."""
    top = HEIGHT - TOP - LEADING * first + LEADING - 6
    heights = [top - LEADING * sum(rows[:rank]) for rank in range(len(rows) + 1)]
    left, right = LEFT - 4, LEFT - 4 + CELL * columns
    level = "".join(f"{left} {height} m {right} {height} l S\n" for height in heights)
    upright = (LEFT - 4 + CELL * rank for rank in range(columns + 1))
    # as Word draws them: narrow filled rectangles
    return level + "".join(f"{at - 0.2} {heights[-1]} 0.5 {top - heights[-1]} re f\n" for at in upright)


def stream(content: bytes) -> bytes:
    return b"<< /Length %d >>\nstream\n%b\nendstream" % (len(content), content)


def word(paragraphs: Sequence[str], table: Sequence[Sequence[str]] = ()) -> bytes:
    """A Word file of these paragraphs and one table."""
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    if table:
        made = document.add_table(rows=0, cols=len(table[0]))
        for row in table:
            for cell, text in zip(made.add_row().cells, row, strict=True):
                cell.text = text
    stored = io.BytesIO()
    document.save(stored)
    return stored.getvalue()


def with_member(archive: bytes, members: Mapping[str, bytes]) -> bytes:
    """An archive with some of its files replaced or added."""
    stored = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(archive)) as old,
        zipfile.ZipFile(stored, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            if name not in members:
                new.writestr(name, old.read(name))
        for name, data in members.items():
            new.writestr(name, data)
    return stored.getvalue()


def saved_page(page: str, address: str) -> bytes:
    """A web page as browsers save it with all that belongs to it (.mhtml)."""
    message = EmailMessage()
    message["Date"] = "Tue, 21 Jun 2022 08:00:00 +0800"
    message["Snapshot-Content-Location"] = address
    message.set_content(page, subtype="html")
    message["Content-Location"] = address
    return message.as_bytes()
