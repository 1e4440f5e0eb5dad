"""Files that strangers send to hurt: each is refused or read in one breath, and leaves nothing outside its folder.

Every case runs in a process that may use little memory and no network, and that is watched for files it writes.
"""

import io
import json
import resource
import stat
import sys
import zipfile
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipelines.errors import PipelineError
from pipelines.package.dataset import read_dataset
from pipelines.seeds.formats.read import READERS, read_original
from tests.seeds.originals import pdf, with_member, word

MEMORY = 2_000_000_000  # bytes of addresses
SENTENCE = "到2025年，非化石能源消费比重达到20%左右。"
LINES = ["某市减污降碳协同增效实施方案", "一、工作目标", SENTENCE * 3]


# --- packages ---


def zipped(members: Mapping[str, bytes], mode: int = 0) -> bytes:
    """An archive whose members may have any names, and any mode."""
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, (name, data) in enumerate(members.items()):
            entry = zipfile.ZipInfo(f"member{number}")
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.filename, entry.create_system = name, 3
            entry.external_attr = mode << 16
            archive.writestr(entry, data)
    return stored.getvalue()


def descriptor(*paths: str, **more: object) -> bytes:
    resources = [
        {"name": f"t{number}", "path": path, "format": path.rsplit(".")[-1]}
        for number, path in enumerate(paths)
    ]
    return json.dumps({"name": "x", "resources": resources, **more}).encode()


def parquet(rows: int) -> bytes:
    stored = io.BytesIO()
    pq.write_table(pa.table({"a": pa.repeat(pa.scalar(1, pa.int8()), rows)}), stored, compression="zstd")
    return stored.getvalue()


PLAIN = descriptor()
OUTSIDE = (
    "/etc/passwd", "../outside", "data/../../outside", "C:/outside", "data\\outside", "data//x", "./x", "~/x/../../y",
    "data/x\u202e", "data/\nx", "data/a:b", "CON|x", "https://example.org/x", "file:///etc/passwd", "//server/share",
)  # fmt: skip
ARCHIVES: dict[str, bytes] = {
    **{f"a path: {name!r}": zipped({"datapackage.json": PLAIN, name: b"hurt"}) for name in OUTSIDE},
    "a link": zipped({"datapackage.json": PLAIN, "data": b"/etc"}, stat.S_IFLNK | 0o777),
    "a descriptor of zeros": zipped({"datapackage.json": bytes(4 * 10**7)}),
    "a bomb of many": zipped({"datapackage.json": PLAIN} | {f"data/{n}": bytes(10**7) for n in range(8)}),
    "a descriptor inside itself": zipped({"datapackage.json": b"[" * 100_000}),
    "a descriptor of numbers": zipped({"datapackage.json": b'{"resources": ' + b"9" * 10_000 + b"}"}),
    "a descriptor in UTF-16": zipped({"datapackage.json": PLAIN.decode().encode("utf-16")}),
    "no descriptor": zipped({"data/x.csv": b"a\n"}),
    "an empty archive": zipped({}),
    "an archive cut off": zipped({"datapackage.json": PLAIN})[:-30],
    "an archive in front of which something stands": b"#!/bin/sh\nrm -rf ~\n" + b"x" * 70_000,
    "a lie about a size": zipped({"datapackage.json": PLAIN}).replace(
        len(PLAIN).to_bytes(4, "little"), (2**31).to_bytes(4, "little")
    ),
}


@pytest.mark.parametrize("data", ARCHIVES.values(), ids=ARCHIVES)
def test_archive_is_refused(data: bytes, folder: Path) -> None:
    (folder / "package.zip").write_bytes(data)
    assert "refused" in watched(folder, open_package)


OTHER_PATHS: dict[str, bytes] = {
    **{f"a table at {path!r}": descriptor(f"{path}.parquet") for path in OUTSIDE},
    "a table that is no text": b'{"resources": [{"name": 1, "path": {}, "format": "parquet"}, 7, null]}',
    "a text at /etc/passwd": b'{"resources": [{"name": "x", "path": "/etc/passwd", "format": "txt"}]}',
}


@pytest.mark.parametrize("data", OTHER_PATHS.values(), ids=OTHER_PATHS)
def test_descriptor_leads_nowhere(data: bytes, folder: Path) -> None:
    (folder / "package.zip").write_bytes(zipped({"datapackage.json": data}))
    assert watched(folder, open_package) == "read 0"


TABLES: dict[str, bytes] = {
    "of thirty million rows in a few bytes": parquet(3 * 10**7),
    "cut off": parquet(1000)[:-20],
    "of nothing but its marks": b"PAR1" + b"\xff\xff\xff\x7f" + b"PAR1",
    "that is a script": b"#!/bin/sh\ntouch ../../outside\n",
    "that is pickled": b"\x80\x04\x95\x1f\x00\x00\x00\x00\x00\x00\x00\x8c\x05posix\x94\x8c\x06system\x94\x93\x94.",
}


@pytest.mark.parametrize("data", TABLES.values(), ids=TABLES)
def test_table_is_not_read(data: bytes, folder: Path) -> None:
    (folder / "package.zip").write_bytes(
        zipped({"datapackage.json": descriptor("t.parquet"), "t.parquet": data})
    )
    assert watched(folder, open_package) == "read 0"


# --- documents ---


def document(body: str, doctype: str = "") -> bytes:
    """The XML of a Word file's document, with this in its body."""
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    return f'<?xml version="1.0"?>{doctype}<w:document {space}><w:body>{body}</w:body></w:document>'.encode()


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


LAUGHS = (
    "<!DOCTYPE w [<!ENTITY a0 'ha'>"
    + "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 12))
    + "]>"
)
FILE = "<!DOCTYPE w [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"
AWAY = "<!DOCTYPE w [<!ENTITY x SYSTEM 'http://127.0.0.1:9/x'>]>"
RELATIONS = b"""<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"
 Target="http://127.0.0.1:9/template.dotm" TargetMode="External"/></Relationships>"""
MESSAGE = b"MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
GOOD, WORD = pdf([LINES]), word(LINES)
REFUSED: dict[str, tuple[str, bytes]] = {
    "a PDF whose pages are their own children": (".pdf", GOOD.replace(b"/Kids [6 0 R]", b"/Kids [2 0 R]")),
    "a PDF of a million million pages": (".pdf", GOOD.replace(b"/Count 1", b"/Count 999999999999")[:400]),
    "a PDF without its trailer": (".pdf", GOOD[: GOOD.index(b"xref")][:300]),
    "a PDF of brackets": (".pdf", b"%PDF-1.7\n1 0 obj\n" + b"[" * 10**6 + b"\nendobj\n"),
    "a PDF of zeros": (".pdf", b"%PDF-1.7\n" + bytes(10**6)),
    "a Word file of laughs": (".docx", with_member(WORD, {"word/document.xml": document(paragraph("&a11;"), LAUGHS)})),
    "a Word file that asks for a file": (
        ".docx",
        with_member(WORD, {"word/document.xml": document(paragraph("&x;"), FILE)}),
    ),
    "a Word file that asks for an address": (
        ".docx",
        with_member(WORD, {"word/document.xml": document(paragraph("&x;"), AWAY)}),
    ),
    "a Word file of many files": (".docx", with_member(WORD, {f"word/{n}.xml": b"" for n in range(6000)})),
    "a Word file with a mark of numbers that is none": (
        ".docx",
        with_member(WORD, {"word/numbering.xml": LAUGHS.encode() + b"<x>&a11;</x>"}),
    ),
    "a web page too deep": (".html", ("<div>" * 10**5 + SENTENCE).encode()),
    "a web page of laughs": (".html", f"{LAUGHS}<p>&a11;</p>".encode()),
    "a saved page without a page": (".mhtml", MESSAGE + b"--b\r\n\r\n--b--"),
    "a saved page inside itself": (".mhtml", b"".join(b"Content-Type: message/rfc822\r\n\r\n" for _ in range(3000))),
    "a text of zeros": (".txt", bytes(10**6)),
    "a text of one line without end": (".txt", ("减" * 4_000_000).encode()),
    "a program": (".txt", b"\x7fELF" + bytes(range(256)) * 100),
}  # fmt: skip


@pytest.mark.parametrize(("suffix", "data"), REFUSED.values(), ids=REFUSED)
def test_document_is_refused(suffix: str, data: bytes, folder: Path) -> None:
    (folder / f"hostile{suffix}").write_bytes(data)
    assert "refused" in watched(folder, open_document, here=True)


SCRIPT = "<script>fetch('http://127.0.0.1:9/')</script>"
READ: dict[str, tuple[str, bytes]] = {
    "a PDF that runs a program when opened": (
        ".pdf",
        GOOD.replace(b"/Type /Catalog", b"/Type /Catalog /OpenAction << /S /Launch /F (/bin/sh) >>"),
    ),
    "a PDF with a script": (
        ".pdf",
        GOOD.replace(
            b"/Type /Catalog", b"/Type /Catalog /OpenAction << /S /JavaScript /JS (app.alert(1)) >>"
        ),
    ),
    "a Word file whose template lies elsewhere": (
        ".docx",
        with_member(WORD, {"word/_rels/settings.xml.rels": RELATIONS}),
    ),
    "a Word file with a macro": (
        ".docx",
        with_member(WORD, {"word/vbaProject.bin": b"\xd0\xcf\x11\xe0" * 99}),
    ),
    "a Word file with a path": (".docx", with_member(WORD, {"../../outside": b"hurt"})),
    "a web page with a script": (".html", f"<body>{SCRIPT}<p>{'<p>'.join(LINES)}</body>".encode()),
    "a web page with a picture elsewhere": (
        ".html",
        f"<body><img src='http://127.0.0.1:9/'><base href='http://127.0.0.1:9/'><p>{'<p>'.join(LINES)}".encode(),
    ),
    "a web page that includes a file": (".html", f"{FILE}<body><p>&x;{'<p>'.join(LINES)}</body>".encode()),
}


@pytest.mark.parametrize(("suffix", "data"), READ.values(), ids=READ)
def test_document_is_read_and_nothing_of_it_runs(suffix: str, data: bytes, folder: Path) -> None:
    (folder / f"hostile{suffix}").write_bytes(data)
    said = watched(folder, read_here)
    assert SENTENCE in said
    assert "root:" not in said
    assert "fetch" not in said


def test_there_are_enough() -> None:
    """The docs promise sixty."""
    assert len(ARCHIVES) + len(OTHER_PATHS) + len(TABLES) + len(REFUSED) + len(READ) >= 60


# --- the watch ---


def open_package(folder: Path) -> str:
    dataset = read_dataset(folder / "package.zip")
    return f"read {len([*dataset.tables.values(), *dataset.texts.values()])}"


def open_document(folder: Path) -> str:
    (path,) = folder.glob("hostile.*")
    return read_original(path)[1].text


def read_here(folder: Path) -> str:
    """The same in this very process, which may neither reach the network nor start a program."""
    sys.addaudithook(refuse)
    (path,) = folder.glob("hostile.*")
    return READERS[path.suffix](path.read_bytes(), path.name).text


def watched(folder: Path, work: Callable[[Path], str], *, here: bool = False) -> str:
    """What work on the file in a folder came to, in at most 60 seconds; nothing may be written beside it.

    It is done `here` if it confines itself, else in a process of little memory.
    """
    before = {path: path.read_bytes() for path in files_round(folder)}
    if here:
        said = _said(work, folder)
    else:
        with ProcessPoolExecutor(1, mp_context=get_context("fork"), initializer=confined) as pool:
            said = pool.submit(_said, work, folder).result(timeout=60)
    assert {path: path.read_bytes() for path in files_round(folder)} == before
    return said


def _said(work: Callable[[Path], str], folder: Path) -> str:
    try:
        return work(folder)
    except PipelineError as error:
        return f"refused: {error}"


def confined() -> None:
    """Lets a process have MEMORY more than it was born with."""
    pages = int(Path("/proc/self/statm").read_text().split()[0]) if Path("/proc/self/statm").exists() else 0
    most = pages * resource.getpagesize() + MEMORY
    resource.setrlimit(resource.RLIMIT_AS, (most, most))


def refuse(event: str, _: tuple[object, ...]) -> None:
    """Stops what asks the network or starts a program: an audit hook cannot be taken off again."""
    if event in (
        "socket.connect",
        "socket.getaddrinfo",
        "subprocess.Popen",
        "os.system",
        "os.exec",
        "os.posix_spawn",
    ):
        raise AssertionError(event)


def files_round(folder: Path) -> Iterator[Path]:
    return (path for path in folder.parent.rglob("*") if path.is_file())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder inside another one that is watched, too."""
    (tmp_path / "inside").mkdir()
    return tmp_path / "inside"
