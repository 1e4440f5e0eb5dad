"""A number of the ledger in, what its words and the words round it say against it out."""

import re
from collections.abc import Callable, Mapping

from pipelines.guard import reading
from pipelines.guard.rules.words import close, shown


def number_value(value: float | None, as_written: str | None, disposition: str | None) -> str:
    """The value is the number printed: a year for times, nothing for words and the numbers of documents.

    >>> number_value(30.0, "3万台", "target"), number_value(2025.0, "到2025年", "deadline"), number_value(1.0, "一", "word")
    ('the words say 30000', '', 'a numeral inside a word has no value')
    """
    words = as_written or ""
    if disposition == "word":
        return "" if value is None else "a numeral inside a word has no value"
    if disposition == "document":
        return "" if value is None else "the number of a document has no value"
    if disposition == "name" and value is None and not reading.NUMERALS.fullmatch(words):
        return ""
    said = reading.year_of(words)
    if disposition in ("deadline", "baseline", "period", "date") or (
        said is not None and disposition in ("background", "name")
    ):
        return "" if value == said else f"the words say {said}"
    read = [number for number, unit in reading.quantities(words) if not unit.startswith(("万", "亿", "百万"))]
    if (plain := reading.numeral(words)) is not None:
        read.append(float(plain))
    if value is not None and any(close(value, number) for number in read):
        return ""
    return f"the words say {max(read):.15g}" if read else "the words say no number"


def number_linked(disposition: str | None, target_id: str | None, deadline_id: str | None) -> str:
    """A number has a target where it is one, a deadline where it is one, and neither where it is something else.

    >>> number_linked("count", "wuhan-synergy/2.4/t1", None)
    'only a target has a target_id'
    """
    if (target_id is not None) != (disposition == "target"):
        return "only a target has a target_id" if target_id is not None else "a target has a target_id"
    if (deadline_id is not None) != (disposition == "deadline"):
        return (
            "only a deadline has a deadline_id" if deadline_id is not None else "a deadline has a deadline_id"
        )
    return ""


def number_of_target(
    target_id: str | None, value: float | None, target_value: float | None, holds: bool
) -> str:
    """The target that a number names states the same value, in a quote that holds the number.

    >>> number_of_target("wuhan-synergy/2.4/t1", 40.0, 30.0, True)
    'the target states 30.0'
    """
    if target_id is None:
        return ""
    if not holds:
        return "the quote of the target does not hold this number"
    return "" if value == target_value else f"the target states {shown(target_value)}"


def disposition_read(
    disposition: str | None, as_written: str | None, before: str | None, after: str | None
) -> str:
    """What a number is said to be agrees with the words round it.

    >>> disposition_read("baseline", "2020年", "用水量较", "下降12%"), disposition_read("baseline", "2025年", "到", "，")
    ('', 'nothing compares with it')
    """
    words, left, right = as_written or "", (before or "")[-8:], (after or "")[:8]
    if disposition == "undecided":
        return "nobody has decided what it is"
    check = DISPOSITIONS.get(disposition or "")
    return check(words, left, right) if check else ""


def _baseline(words: str, left: str, right: str) -> str:
    compares = re.search(r"(?:比|较|与|和|以|同|在|于|相对|基于|对照)$", left) or re.search(
        r"相比|基础|基准|水平", right
    )
    return "" if compares and re.search(r"20\d\d|五", words) else "nothing compares with it"


def _document(words: str, _left: str, right: str) -> str:
    return (
        ""
        if re.search(r"[〔\[（(]20\d\d[〕\])）]|第?\d+号", words + right)
        else "it is no number of a document"
    )


def _word(words: str, _left: str, _right: str) -> str:
    return (
        ""
        if re.fullmatch(r"[〇零一二三四五六七八九十百千万亿两]+", words)
        else "digits are no part of a word"
    )


def _ordinal(_words: str, left: str, right: str) -> str:
    numbered = left.endswith("第") or (left.endswith("（") and right.startswith("）"))
    opens = (not left or left.endswith("\n")) and right[:1] in ("．", ".", "、")
    return "" if numbered or opens or right.startswith("是") else "it puts nothing in order"


def _frequency(_words: str, left: str, right: str) -> str:
    return "" if "每" in left or right.startswith(("次", "/")) else "nothing is done again and again"


def _duration(words: str, _left: str, right: str) -> str:
    return "" if re.search(r"年|月|天|日|时|周|钟|秒", words + right[:3]) else "it measures no time"


def _threshold(words: str, left: str, right: str) -> str:
    bounds = re.match(r"(?:及|（含）)?以[上下内]|[的级]|[/及]|左右|（含|以外", right) or re.search(
        r"(?:大于|小于|高于|低于|超过|不足|[≥≤<>])$", left
    )
    return "" if bounds or not words[-1:].isdigit() else "it bounds nothing"


def _period(words: str, _left: str, _right: str) -> str:
    return "" if reading.year_of(words) else "it is no period"


DISPOSITIONS: Mapping[str, Callable[[str, str, str], str]] = {
    "baseline": _baseline,
    "document": _document,
    "word": _word,
    "ordinal": _ordinal,
    "frequency": _frequency,
    "duration": _duration,
    "threshold": _threshold,
    "period": _period,
    "deadline": _period,
}
