"""What is read from an original of each format, and what is refused, with what to do."""

import io
import os
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from pipelines.errors import PipelineError
from pipelines.seeds.formats.apart import apart
from pipelines.seeds.formats.docx import read_docx
from pipelines.seeds.formats.html import read_html, read_mhtml
from pipelines.seeds.formats.original import Original, places_of
from pipelines.seeds.formats.pdf import read_pdf
from pipelines.seeds.formats.plain import read_plain
from pipelines.seeds.formats.read import read_original
from tests.seeds.originals import pdf, ruled, saved_page, with_member, word

LINES = ["武汉市减污降碳协同增效实施方案", "一、总体要求", "到2025年，煤炭消费比重下降至30%以内。"]
PAGES = [LINES, ["二、保障措施", "加强考核督察，统筹减污降碳工作，纳入生态环境相关考核。"]]
ARTICLE = "".join(f"<p>{line}</p>" for line in [*LINES, "二、保障措施", "加强考核；统筹工作。"])


def test_a_pdf_gives_its_lines_and_where_each_stands() -> None:
    found = read_pdf(pdf(PAGES), "wuhan.pdf")
    assert found.text == "\n".join([*PAGES[0], *PAGES[1]]) + "\n"
    start = found.text.index("加强考核")
    (line,) = places_of(found.lines, start, start + 4)
    assert (line.page, line.left, line.page_width, line.page_height) == (2, 72.0, 595.0, 842.0)
    assert line.top < line.bottom
    assert found.text[line.start : line.end] == PAGES[1][1]


TABLE = [
    *LINES,
    "指标\t2020年\t2025年",
    "森林覆盖\t42\t42.5",
    "率（%）",
    "湿地保护率（%）\t\t60",
    "二、保障措施",
]


def test_a_ruled_table_gives_a_line_for_each_row_with_the_place_of_its_cells() -> None:
    found = read_pdf(pdf([TABLE], ruled([1, 2, 1], 3, first=3)), "wuhan.pdf")
    rows = ["指标\t2020年\t2025年", "森林覆盖率（%）\t42\t42.5", "湿地保护率（%）\t\t60"]
    assert found.text.splitlines() == [*LINES, *rows, "二、保障措施"]
    start = found.text.index("森林覆盖")
    (line,) = places_of(found.lines, start, start + 4)
    assert found.text[line.start : line.end] == rows[1]
    assert (line.left, line.bottom - line.top > 20, line.right > 312) == (72.0, True, True)


@pytest.mark.parametrize(
    "drawn",
    {
        "no rules": "",
        "a frame": ruled([4], 1, first=3),
        "a box with its heading": ruled([1, 3], 1, first=3),
        "rules that do not meet": ruled([1, 2, 1], 3, first=3).replace(" l S", " m"),
        "grounds of colour": "68 690 120 80 re f 188 690 120 80 re f 308 690 120 80 re f\n",
    }.values(),
)
def test_what_is_not_ruled_for_certain_is_lines(drawn: str) -> None:
    assert "\t" not in read_pdf(pdf([TABLE], drawn), "wuhan.pdf").text


def test_the_same_text_comes_out_again() -> None:
    assert read_pdf(pdf(PAGES), "wuhan.pdf") == read_pdf(pdf(PAGES), "wuhan.pdf")


def test_a_word_file_gives_paragraphs_and_rows() -> None:
    found = read_docx(word(LINES, [["指标", "2025年"], ["森林覆盖率（%）", "24.1"]]), "wuhan.docx")
    assert found.text == "\n".join([*LINES, "指标\t2025年", "森林覆盖率（%）\t24.1"]) + "\n"


NUMBERING = f"""<w:numbering {nsdecls("w")}><w:abstractNum w:abstractNumId="7">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="%1、"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="（%2）"/></w:lvl>
</w:abstractNum><w:num w:numId="9"><w:abstractNumId w:val="7"/></w:num></w:numbering>"""


def numbered(levels: list[tuple[int, str]]) -> bytes:
    """A Word file whose headings get their numbers from Word."""
    document = docx.Document()
    for level, text in levels:
        properties = (
            f'<w:pPr {nsdecls("w")}><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="9"/></w:numPr></w:pPr>'
        )
        document.add_paragraph(text)._p.insert(0, parse_xml(properties))
    stored = io.BytesIO()
    document.save(stored)
    return with_member(stored.getvalue(), {"word/numbering.xml": NUMBERING.encode()})


def test_the_numbers_that_word_prints_are_text() -> None:
    data = numbered([(0, "总体要求"), (1, "指导思想"), (1, "主要目标"), (0, "重点任务"), (1, "推进节能")])
    assert read_docx(data, "wuhan.docx").text.split() == [
        "一、总体要求",
        "（一）指导思想",
        "（二）主要目标",
        "二、重点任务",
        "（一）推进节能",
    ]


def test_inserted_words_are_text_and_deleted_ones_are_not() -> None:
    document = docx.Document()
    document.add_paragraph("煤炭比重下降至")._p.extend(
        [
            parse_xml(f"<w:ins {nsdecls('w')}><w:r><w:t>30%</w:t></w:r></w:ins>"),
            parse_xml(f"<w:del {nsdecls('w')}><w:r><w:delText>35%</w:delText></w:r></w:del>"),
        ]
    )
    stored = io.BytesIO()
    document.save(stored)
    assert read_docx(stored.getvalue(), "wuhan.docx").text == "煤炭比重下降至30%\n"


def test_a_web_page_gives_the_part_that_holds_its_sentences() -> None:
    page = (
        '<html><head><meta charset="utf-8"><title>页</title><meta name="SiteName" content="武汉市人民政府">'
        '<link rel="canonical" href="https://example.org/plan.html"><script>var 甲="。；。；。；";</script></head><body>'
        f"<div><ul>{'<li>首页</li><li>政务公开栏目导航链接</li>' * 40}</ul></div>"
        f"<div><h1>标题</h1><div>{ARTICLE}<table><tr><td><p>指标</p></td><td>24.1</td></tr></table></div></div></body></html>"
    )
    found = read_html(page.encode(), "plan.html")
    assert found.text.splitlines() == ["标题", *LINES, "二、保障措施", "加强考核；统筹工作。", "指标\t24.1"]
    assert (found.source_url, found.publisher) == ("https://example.org/plan.html", "武汉市人民政府")


@pytest.mark.parametrize("charset", ["gb2312", "gbk", "utf-8"])
def test_a_web_page_is_decoded_as_it_says(charset: str) -> None:
    page = f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={charset}"></head><body>{ARTICLE}'
    assert LINES[2] in read_html(page.encode(charset), "plan.html").text


def test_a_page_saved_whole_knows_its_address_and_day() -> None:
    found = read_mhtml(saved_page(f"<body>{ARTICLE}</body>", "https://example.org/plan.html"), "plan.mhtml")
    assert LINES[0] in found.text
    assert (found.source_url, found.retrieved_on) == ("https://example.org/plan.html", "2022-06-21")


def test_a_plain_text_is_its_own_seed_or_is_decoded() -> None:
    text = "\n".join(LINES) * 5
    assert read_plain(text.encode(), "plan.txt") == Original(text, "")
    assert read_plain(text.encode("gb18030"), "plan.txt").text == text


def test_elements_too_deep_for_the_reader_are_not_lost_in_silence() -> None:
    page = "<p>全市。</p>" + "<div>" * 5000 + "全省。" + "</div>" * 5000
    with pytest.raises(PipelineError, match="depth"):
        read_html(page.encode(), "deep.html")


def archive(members: dict[str, bytes]) -> bytes:
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in members.items():
            made.writestr(name, data)
    return stored.getvalue()


ENTITIES = b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><w>&b;</w>'
REFUSED = {
    # a file, and what the message says of it and what to do
    "a scan": ("scan.pdf", pdf([["1"], ["2"]]), "a scan", "ocrmypdf"),
    "a PDF cut off": ("cut.pdf", pdf(PAGES)[:200], "no PDF that can be opened", "fetch it again"),
    "no PDF": ("no.pdf", b"Not found", "no PDF that can be opened", "fetch it again"),
    "no Word file": ("no.docx", b"Not found", "no archive that can be unpacked", "save it anew"),
    "an archive of something else": (
        "other.docx",
        archive({"mimetype": b"application/epub+zip"}),
        "an archive without word/document.xml",
        "save it anew",
    ),
    "an archive that unpacks to too much": (
        "bomb.docx",
        archive({f"word/{index}.xml": b"0" * 10_000_000 for index in range(31)}),
        "unpacks to more than",
        "save it anew",
    ),
    "entities": (
        "entities.docx",
        with_member(word(["字"]), {"word/document.xml": ENTITIES}),
        "a document type",
        "save it anew",
    ),
    "a page without Chinese": (
        "en.html",
        b"<body>Not found</body>",
        "no Chinese text",
        "save the page itself",
    ),
    "an old Word file": ("old.doc", b"\xd0\xcf\x11\xe0", "kind .doc", "save it as .docx"),
    "a Word file named a PDF": (
        "plan.pdf",
        word(["字"]),
        "a Word file named .pdf",
        "this is a Word file: rename it to .docx",
    ),
    "a PDF named a Word file": ("plan.docx", pdf(PAGES), "a PDF named .docx", "rename it to .pdf"),
    "nothing": ("empty.pdf", b"", "a file of 0 bytes", "fetch it again"),
}


@pytest.mark.parametrize(("name", "data", "found", "remedy"), REFUSED.values(), ids=REFUSED)
def test_refused(tmp_path: Path, name: str, data: bytes, found: str, remedy: str) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(PipelineError) as error:
        read_original(tmp_path / name)
    assert found in str(error.value)
    assert remedy in str(error.value)


def never(data: bytes, file: str) -> Original:
    time.sleep(60)
    return Original(file, data.decode())


def broken(data: bytes, file: str) -> Original:
    os._exit(len(data) + len(file))


def greedy(data: bytes, file: str) -> Original:
    return Original("字" * 10**11, data.decode() + file)


@pytest.mark.parametrize(
    ("read", "found"), [(never, "longer than 1 seconds"), (broken, "breaks the program"), (greedy, "memory")]
)
def test_a_reader_is_kept_apart(read: Callable[[bytes, str], Original], found: str) -> None:
    with pytest.raises(PipelineError, match=found):
        apart(read, b"", "hostile.pdf", seconds=1 if read is never else 30)
