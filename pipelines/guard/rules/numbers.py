"""A number of the ledger in, what its words and the words round it say against it out."""

from datetime import date

from pipelines.guard import reading
from pipelines.guard.ledger import can_be
from pipelines.guard.rules.words import close, shown


def number_value(
    value: float | None, as_written: str | None, disposition: str | None, after: str | None = None
) -> str:
    """The value is the number printed: a year for times, nothing for words and the numbers of documents.

    >>> number_value(30.0, "3万台", "target"), number_value(2025.0, "到2025年", "deadline"), number_value(1.0, "一", "word")
    ('the words say 30000', '', 'a numeral inside a word has no value')
    """
    words = reading.with_scale_of_range(as_written or "", (as_written or "") + (after or ""))
    if disposition == "word":
        return "" if value is None else "a numeral inside a word has no value"
    if disposition == "document":
        return "" if value is None else "the number of a document has no value"
    if disposition == "name" and value is None and not reading.NUMERALS.fullmatch(words):
        return ""
    said = reading.year_of(words)
    if disposition in ("deadline", "period", "date") or (
        said is not None and disposition in ("background", "name", "baseline")
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
    disposition: str | None,
    as_written: str | None,
    before: str | None,
    after: str | None,
    role: str | None,
    issued_on: date | None,
) -> str:
    """What a number is said to be is what its words and those round it let it be.

    >>> disposition_read("baseline", "2020年", "用水量较", "下降12%", "task", None)
    ''
    >>> disposition_read("count", "25%", "，非化石能源消费比重达到", "，为实现", "task", None)
    'the words make it target'
    """
    if disposition == "undecided":
        return "nobody has decided what it is"
    allowed = can_be(as_written or "", before or "", after or "", role or "", issued_on)
    return "" if disposition in allowed else f"the words make it {' or '.join(sorted(allowed))}"
