"""The text of a plan in, its title line and the headings of its chapters out."""

import re

from pipelines.guard import reading
from pipelines.guard.frames.index import Index, Row

CHAPTER = re.compile(r"(?m)^[ ]*([一二三四五六七八九十]{1,3})[、．.][ ]*([^\n]*)$")

# A line between a title and its text: the plan's number, its date, the names of its issuers.
FRONT_LINE = re.compile(
    rf"（?(?:[{reading.HAN}]{{1,12}}〔20\d\d〕第?\d+号|20\d\d年\d{{1,2}}月\d{{1,2}}日"
    rf"|[{reading.HAN} ]{{3,90}}(?:政府|委员会|办公[室厅]|[局厅部委院]))）?"
)


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


def less_front(text: str) -> str:
    """The head of a plan without the lines of its number, its date and its issuers.

    >>> less_front("关于做好碳达峰工作的意见\\n苏委发〔2022〕7号\\n（2022年3月17日）\\n为落实部署，")
    '关于做好碳达峰工作的意见\\n为落实部署，'
    """
    return "\n".join(line for line in text.split("\n") if not FRONT_LINE.fullmatch(line.strip()))


def squeezed_head(text: str) -> str:
    """The first 200 characters of a text, without blanks."""
    return re.sub(r"\s", "", text[:200])
