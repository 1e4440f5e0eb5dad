"""Reads the text of a web page, saved as .html or .mhtml: the part of it that holds its sentences."""

import email
import email.policy
import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from typing import Any

import lxml.html
from lxml import etree

from pipelines.errors import PipelineError
from pipelines.inputs import likely_encoding
from pipelines.seeds.formats.original import Original, checked, tool

CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset=["']?([A-Za-z0-9_-]{2,20})""", re.IGNORECASE)
NOT_READ = ("script", "style", "noscript", "template", "select", "button", "iframe", "svg", "head")
LINES = frozenset(
    (
        "address", "article", "aside", "blockquote", "center", "dd", "div", "dl", "dt", "fieldset", "footer", "form",
        "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "table",
        "tbody", "tfoot", "thead", "title", "tr", "ul",
    )
)  # fmt: skip
BLANKS = re.compile(r"[ \t\r\n\f\v]+")
SENTENCE = re.compile("[。；]")
# How many of the page's sentences the part that is read must hold, and how much more may stand round it: a title, a date
MOST_SENTENCES = 0.9
ROUND_IT = 400  # characters
DEEPEST = 200  # elements
WIDEST_CELL = 1000  # characters
PAGE = "save the page itself, when its text is shown"


def read_html(data: bytes, file: str) -> Original:
    """The text of a saved web page, and what its meta data say of its address and its site."""
    return _read(data, _encoding(data), file)


def read_mhtml(data: bytes, file: str) -> Original:
    """The text of a web page saved with all that belongs to it; its address and the day on which it was saved."""
    message = email.message_from_bytes(data, policy=email.policy.default)
    page = next((part for part in message.walk() if part.get_content_type() == "text/html"), None)
    if not isinstance(page, EmailMessage):
        raise PipelineError(file, "", "no web page in it", "a page saved as .mhtml", PAGE)
    body = page.get_payload(decode=True)
    assert isinstance(body, bytes)
    found = _read(body, page.get_content_charset() or _encoding(body), file)
    address = str(
        message.get("Snapshot-Content-Location") or page.get("Content-Location") or found.source_url
    )
    return Original(
        found.text,
        found.tool,
        (),
        address if address.startswith("http") else "",
        found.publisher,
        _day(message),
    )


def _read(data: bytes, encoding: str, file: str) -> Original:
    try:
        text = data.decode(encoding, "replace")
    except LookupError:
        text = data.decode(_encoding(data), "replace")
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)
    parser = lxml.html.HTMLParser(huge_tree=False, remove_comments=True, remove_pis=True, no_network=True)
    try:
        root = lxml.html.document_fromstring(text, parser=parser)
        cut = next((entry.message for entry in parser.error_log if "depth" in entry.message.lower()), "")
    except etree.LxmlError as error:
        cut = str(error)
    if cut:
        raise PipelineError(file, "", f"no web page that can be read ({cut})", "a saved page", PAGE)
    source_url = _meta(root, "og:url") or next(iter(root.xpath("//link[@rel='canonical']/@href")), "")
    publisher = _meta(root, "SiteName") or _meta(root, "og:site_name")
    etree.strip_elements(root, *NOT_READ, with_tail=False)
    lines = "".join(_pieces(_main(root))).split("\n")
    cells = ([BLANKS.sub(" ", cell).strip() for cell in line.split("\t")] for line in lines)
    body = "\n".join("\t".join(line) for line in cells if any(line)) + "\n"
    return Original(
        checked(body, file, PAGE),
        tool("lxml"),
        (),
        source_url if source_url.startswith("http") else "",
        publisher,
    )


def _main(root: Any) -> Any:
    """The smallest part of a page that holds most of its sentences, with what little stands round it."""
    body = next(iter(root.xpath("//body")), root)
    weights: dict[Any, int] = {}
    for element in body.iter():
        weights[element] = len(SENTENCE.findall(element.text or "")) + len(
            SENTENCE.findall(element.tail or "")
        )
    for element in reversed(list(body.iter())):
        weights[element] += sum(weights[child] for child in element)
    part, whole = body, weights[body]
    while heavy := [child for child in part if weights[child] >= MOST_SENTENCES * whole and weights[child]]:
        part = heavy[0]
    size = _size(part)
    while part is not body and part.getparent() is not None and _size(part.getparent()) - size <= ROUND_IT:
        part = part.getparent()
    return part


def _size(element: Any) -> int:
    return sum(len(BLANKS.sub("", text)) for text in element.itertext())


def _pieces(element: Any, depth: int = 0) -> Iterator[str]:
    """The text of an element, with a line break round what stands on lines of its own, a tab between cells."""
    if depth > DEEPEST:
        yield BLANKS.sub(" ", "".join(element.itertext()))
        return
    tag = element.tag if isinstance(element.tag, str) else ""
    own_line = tag in LINES
    if tag == "tr" and (row := _row(element)):
        yield f"\n{row}\n"
        return
    yield "\n" if own_line or tag == "br" else ""
    yield BLANKS.sub(" ", element.text or "")
    for child in element:
        yield from _pieces(child, depth + 1)
        yield BLANKS.sub(" ", child.tail or "")
    yield "\n" if own_line else "　" if tag in ("td", "th") else ""


def _row(element: Any) -> str:
    """The cells of a table's row, parted by tabs; "" for a row that only lays out the page."""
    cells = [BLANKS.sub(" ", "".join(cell.itertext())).strip() for cell in element.iter("td", "th")]
    is_layout = next(element.iter("table"), None) is not None or max(map(len, cells), default=0) > WIDEST_CELL
    return "" if is_layout or len(cells) < 2 else "\t".join(cells)


def _meta(root: Any, name: str) -> str:
    for element in root.iter("meta"):
        if (element.get("name") or element.get("property") or "").lower() == name.lower():
            return BLANKS.sub(" ", element.get("content") or "").strip()[:300]
    return ""


def _encoding(data: bytes) -> str:
    """The encoding that a page declares, or that its characters speak for."""
    if (match := CHARSET.search(data[:4096])) is not None:
        declared = match[1].decode("ascii").lower()
        return "gb18030" if declared in ("gb2312", "gbk") else declared
    with suppress(UnicodeDecodeError):
        data.decode("utf-8")
        return "utf-8"
    guessed = likely_encoding(data)
    return guessed if guessed in ("GB18030", "BIG5", "UTF-16") else "utf-8"


def _day(message: Any) -> str:
    with suppress(TypeError, ValueError):
        saved: date = parsedate_to_datetime(str(message.get("Date"))).date()
        return saved.isoformat()
    return ""
