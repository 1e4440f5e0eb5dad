"""The text of a plan in, its title line and the headings of its chapters out."""

import re

from pipelines.guard import reading
from pipelines.guard.frames.index import Index, Row

CHAPTER = re.compile(r"(?m)^[ ]*([一二三四五六七八九十]{1,3})[、．.][ ]*([^\n]*)$")


def chapter_headings(index: Index, document: Row) -> dict[int, str]:
    """The headings of the chapters that a plan's own text prints; of two with one number, the first."""
    text = (
        index.slice_of(document.get("document_id"), document.get("plan_start"), document.get("plan_end"))
        or ""
    )
    found: dict[int, str] = {}
    for match in CHAPTER.finditer(text):
        number = reading.numeral(match[1])
        if number is not None and number == len(found) + 1:
            found[number] = match[2].strip().rstrip("。")
    return found


def squeezed_head(text: str) -> str:
    """The first 200 characters of a text, without blanks."""
    return re.sub(r"\s", "", text[:200])
