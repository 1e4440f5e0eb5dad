"""Reads the text of a Word file: its paragraphs with the numbers that Word prints before them, and its tables."""

import io
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from lxml.etree import XMLSyntaxError

from pipelines.errors import PipelineError
from pipelines.seeds.formats.original import Original, checked, tool

MOST_MEMBERS = 5_000
MOST_UNPACKED = 300_000_000  # bytes
DAMAGED = "open it in Word or LibreOffice and save it anew as .docx"
DIGITS = "〇一二三四五六七八九"
CHINESE_FORMATS = (
    "chineseCounting", "chineseCountingThousand", "ideographDigital", "japaneseCounting",
    "taiwaneseCounting", "taiwaneseCountingThousand",
)  # fmt: skip
LEVEL = re.compile(r"%([1-9])")
# What is inside a paragraph and is not its text: deleted words, and a text box's second, older copy
NOT_SHOWN = {
    qn("w:del"),
    qn("w:moveFrom"),
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
}


def read_docx(data: bytes, file: str) -> Original:
    """The text of a Word file: each paragraph and each row of a table on a line, cells parted by a tab.

    Raises PipelineError for what is no .docx, and for an archive that unpacks to more than a document can be.
    """
    _check_archive(data, file)
    try:
        document = docx.Document(io.BytesIO(data))
        numbers = _Numbers(document)
    except (PackageNotFoundError, XMLSyntaxError, KeyError, ValueError) as error:
        raise _damaged(file, f"no Word file that can be opened ({error})") from None
    text = "\n".join(_blocks(document.element.body, numbers)).strip("\n") + "\n"
    return Original(
        checked(text, file, "check that it is the text of a plan, and no picture of it"), tool("python-docx")
    )


def _check_archive(data: bytes, file: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            if len(members) > MOST_MEMBERS or sum(member.file_size for member in members) > MOST_UNPACKED:
                raise _damaged(
                    file,
                    f"an archive of {len(members):,} files that unpacks to more than {MOST_UNPACKED:,} bytes",
                )
            if "word/document.xml" not in archive.namelist():
                raise _damaged(file, "an archive without word/document.xml")
            for member in members:
                if member.filename.endswith((".xml", ".rels")):
                    with archive.open(member) as stream:
                        if b"<!DOCTYPE" in stream.read(4096):
                            raise _damaged(
                                file, f"a document type in {member.filename}, which no Word file has"
                            )
    except (zipfile.BadZipFile, NotImplementedError, EOFError) as error:
        raise _damaged(file, f"no archive that can be unpacked ({error})") from None


def _damaged(file: str, found: str) -> PipelineError:
    return PipelineError(file, "", found, "a Word file (.docx)", DAMAGED)


def _blocks(body: Any, numbers: "_Numbers") -> Iterator[str]:
    """The paragraphs and rows of a body, of a table cell, or of a content control in it."""
    for element in body:
        if element.tag == qn("w:p"):
            if text := _paragraph(element):
                yield numbers.before(element) + text
        elif element.tag == qn("w:tbl"):
            for row in element.iter(qn("w:tr")):
                cells = ["".join(_blocks(cell, numbers)) for cell in row.iter(qn("w:tc"))]
                if any(cells):
                    yield "\t".join(cells)
        elif element.tag == qn("w:sdt"):
            content = element.find(qn("w:sdtContent"))
            yield from _blocks(content if content is not None else [], numbers)


def _paragraph(element: Any) -> str:
    """The characters that Word shows of a paragraph, inserted ones too, deleted ones not."""
    parts = []
    stack = [element]
    while stack:
        inner = stack.pop()
        if inner.tag in NOT_SHOWN:
            continue
        if inner.tag == qn("w:t"):
            parts.append(inner.text or "")
        elif inner.tag in (qn("w:tab"), qn("w:br"), qn("w:cr")) and inner.getparent().tag == qn("w:r"):
            parts.append("\t" if inner.tag == qn("w:tab") else "\n")
        elif inner.tag == qn("w:noBreakHyphen"):
            parts.append("-")
        stack.extend(reversed(inner))
    return "".join(parts).strip()


class _Numbers:
    """The numbers that Word prints before paragraphs, counted as it counts them: 一、, （一）, 1."""

    def __init__(self, document: Any) -> None:
        self.counts: dict[str, dict[int, int]] = defaultdict(dict)
        self.levels: dict[str, dict[int, tuple[str, str, int]]] = {}
        self.styles = {style.style_id: style.element for style in document.styles}
        numbering = next(
            (part for part in document.part.package.iter_parts() if part.partname == "/word/numbering.xml"),
            None,
        )
        if numbering is None:
            return
        root = numbering.element
        abstract = {each.get(qn("w:abstractNumId")): each for each in root.iter(qn("w:abstractNum"))}
        for number in root.findall(qn("w:num")):
            of = abstract.get(_value(number, "w:abstractNumId"))
            if of is not None:
                self.levels[number.get(qn("w:numId"))] = {
                    int(level.get(qn("w:ilvl"))): (
                        _value(level, "w:numFmt") or "decimal",
                        _value(level, "w:lvlText"),
                        int(_value(level, "w:start") or 1),
                    )
                    for level in of.findall(qn("w:lvl"))
                }

    def before(self, paragraph: Any) -> str:
        """What is printed before a paragraph; it is counted."""
        number, level = self._of(paragraph)
        if number not in self.levels or level not in self.levels[number]:
            return ""
        counts = self.counts[number]
        counts[level] = counts.get(level, self.levels[number][level][2] - 1) + 1
        for deeper in [each for each in counts if each > level]:
            del counts[deeper]
        if self.levels[number][level][0] in ("bullet", "none"):
            return ""

        def counted(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            form, _, start = self.levels[number].get(at, ("decimal", "", 1))
            return _numeral(counts.get(at, start), form)

        return LEVEL.sub(counted, self.levels[number][level][1])

    def _of(self, paragraph: Any) -> tuple[str, int]:
        """The list and the level in it that a paragraph, or its style, belongs to."""
        properties = paragraph.find(qn("w:pPr"))
        style = _value(properties, "w:pStyle") if properties is not None else ""
        seen = 0
        while properties is not None and (found := properties.find(qn("w:numPr"))) is None and seen < 20:
            element = self.styles.get(style)
            properties = element.find(qn("w:pPr")) if element is not None else None
            style = _value(element, "w:basedOn") if element is not None else ""
            seen += 1
        found = properties.find(qn("w:numPr")) if properties is not None else None
        return (_value(found, "w:numId"), int(_value(found, "w:ilvl") or 0)) if found is not None else ("", 0)


def _value(element: Any, name: str) -> str:
    child = element.find(qn(name))
    return str(child.get(qn("w:val")) or "") if child is not None else ""


def _numeral(number: int, form: str) -> str:
    """A number in a form that Word knows.

    >>> [_numeral(number, "chineseCountingThousand") for number in (1, 10, 12, 20, 21)], _numeral(3, "decimalEnclosedCircle")
    (['一', '十', '十二', '二十', '二十一'], '③')
    """
    if form in CHINESE_FORMATS and 0 < number < 100:
        tens, ones = divmod(number, 10)
        return (DIGITS[tens] if tens > 1 else "") + ("十" if tens else "") + (DIGITS[ones] if ones else "")
    if form.startswith("decimalEnclosedCircle") and 0 < number <= 20:
        return chr(0x245F + number)
    if form in ("lowerLetter", "upperLetter") and 0 < number <= 26:
        letter = chr(ord("a") + number - 1)
        return letter if form == "lowerLetter" else letter.upper()
    return str(number)
