"""Two or more cells of any table in, how they fail to agree out."""

from collections.abc import Sequence

from pipelines.guard.rules.words import shown


def equal(cell: object, wanted: object) -> str:
    """A cell equals what other tables say it is; both may be empty.

    >>> equal("wuhan-synergy", "wuhan-synergy"), equal(None, 3)
    ('', 'expected 3')
    """
    return "" if cell == wanted and (cell is None) == (wanted is None) else f"expected {shown(wanted)}"


def maybe_equal(cell: object, wanted: object) -> str:
    """A cell equals what another table or file says it is, where one says so.

    >>> maybe_equal(9873, 9870), maybe_equal(9873, None)
    ('expected 9870', '')
    """
    return "" if wanted is None or cell == wanted else f"expected {shown(wanted)}"


def same_text(text: str | None, found: str | None) -> str:
    """A text is, character for character, what stands at its place; where there is nothing to compare, it passes.

    >>> same_text("到2025年", "到2026年")
    'at its place stands “到2026年”; they part at character 5'
    """
    if found is None or text == found:
        return ""
    text = text or ""
    part = next((place for place, (a, b) in enumerate(zip(text, found, strict=False)) if a != b), -1)
    part = part if part >= 0 else min(len(text), len(found))
    shown = found if len(found) <= 60 else f"…{found[max(0, part - 20) : part + 40]}…"
    return f"at its place stands “{shown}”; they part at character {part + 1}"


def after_previous(place: int | None, previous: int | None) -> str:
    """Rows stand in the order of the text: each begins behind the one before it, or where that one ends.

    >>> after_previous(10, 12), after_previous(12, 12), after_previous(5, None)
    ('the row before it goes on to 12', '', '')
    """
    if place is None or previous is None:
        return ""
    return "" if place >= previous else f"the row before it goes on to {previous}"


def inside(start: int | None, end: int | None, outer_start: int | None, outer_end: int | None) -> str:
    """A source range is not empty, and lies inside the range of what the row belongs to.

    >>> inside(5, 9, 0, 9), inside(9, 9, 0, 9), inside(5, 10, 0, 9)
    ('', 'the range is empty', 'the range of what it belongs to is 0 to 9')
    """
    if start is None or end is None or start >= end:
        return "the range is empty"
    if outer_start is None or outer_end is None:
        return "what it belongs to is not there"
    if outer_start <= start and end <= outer_end:
        return ""
    return f"the range of what it belongs to is {outer_start} to {outer_end}"


def within(part: str | None, whole: str | None) -> str:
    """A text is printed in another one.

    >>> within("43%", "农药利用率均达到43%"), within("43%", None)
    ('', 'there is no text that it could stand in')
    """
    if part is None:
        return ""
    if whole is None:
        return "there is no text that it could stand in"
    return "" if part in whole else f"“{shown(whole)}” does not hold it"


def nothing_absent(_key: object, absent: Sequence[str]) -> str:
    """No row is missing that another table, file or vocabulary promises.

    >>> nothing_absent("wuhan-official", ("wuhan-reprint",))
    'missing from the table: wuhan-reprint'
    """
    return f"missing from the table: {', '.join(absent)}" if absent else ""


def as_promised(_key: object, differences: Sequence[str]) -> str:
    """A row equals what the file that it comes from says of it.

    >>> as_promised("wuhan", ("label: expected 武汉市",))
    'label: expected 武汉市'
    """
    return "; ".join(differences)
