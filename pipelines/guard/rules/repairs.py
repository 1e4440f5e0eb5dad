"""A repair of the raw text in, what it does beyond its rule out."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence

from pipelines.guard.reading import HAN
from pipelines.guard.rules.words import READINGS, plain, skeleton

# Characters that have another simplified form in some words only: 反覆 is 反复, 覆盖 stays.
DEPENDING = frozenset("覆俱乾干著徵征藉瞭夥麽麼於鍾餘")


def repair_fits(rule: str | None, before: str | None, after: str | None) -> str:
    """A repair does what its rule says, and changes something.

    >>> repair_fits("pinyin", "(yáng)", None), repair_fits("script", "陽", "陰"), repair_fits("width", "，", "，")
    ('', 'the simplified form is 阳', 'it changes nothing')
    """
    old, new = before or "", after or ""
    if old == new:
        return "it changes nothing"
    check = REPAIRS.get(rule or "")
    return check(old, new) if check else ""


# The rules of repairs by hand, each part of a row of errata.csv: what copying lost, what the copy misprints.
HAND = ("lost", "misprint")
REASONS: Mapping[str, tuple[str, ...]] = {
    "control": ("Invisible or control character", "Blank of another kind"),
    "markup": ("Mark of a web page or of Markdown",),
    "pinyin": ("Reading of the character before it",),
    "script": ("Traditional character",),
    "width": ("Mark or digit of the other width",),
    "blank": (
        "Blank at the edge of a line",
        "Blank in the number of a heading",
        "Blank next to a Chinese character or mark",
    ),
    "chrome": ("Line of a web page or a page number",),
    "linebreak": ("Line or page break inside a paragraph",),
}


def erratum_listed(rule: str | None, reason: str | None, listed: Sequence[str] | None) -> str:
    """A hand repair is part of a row of errata.csv that gives this reason, and the text is then as that row says.

    >>> erratum_listed("lost", "Lost character restored", ())
    'no row of errata.csv asks for it with this reason'
    """
    if rule not in HAND or listed is None or reason in listed:
        return ""
    return "no row of errata.csv asks for it with this reason"


def repair_reason(reason: str | None, rule: str | None) -> str:
    """The reason is that of the rule; only a hand repair has one of its own.

    >>> repair_reason("Traditional character", "script"), repair_reason("Traditional character", "pinyin")
    ('', 'expected Reading of the character before it')
    """
    wanted = REASONS.get(rule or "")
    if wanted is None:
        return (
            ""
            if reason and not any(reason in each for each in REASONS.values())
            else "expected its own reason"
        )
    return "" if reason in wanted else f"expected {' or '.join(wanted)}"


def _control(old: str, new: str) -> str:
    bare = re.sub(r"\x1b\[[0-9;]*[A-Za-z]", "", old)  # a colour of a terminal
    odd = all(unicodedata.category(each)[0] in "CZ" or each == "\u3164" for each in bare)
    return "" if odd and not new.strip() else "there is more than control characters in it"


def _pinyin(old: str, new: str) -> str:
    return "" if READINGS.fullmatch(old) and not new else "it is no reading in brackets"


def _script(old: str, new: str) -> str:
    simplified = plain(old)
    folded = unicodedata.normalize("NFKC", simplified)
    in_some_words = len(old) == len(new) and all(
        a == b or a in DEPENDING for a, b in zip(simplified, new, strict=True)
    )
    return "" if new in (simplified, folded) or in_some_words else f"the simplified form is {simplified}"


def _width(old: str, new: str) -> str:
    return "" if skeleton(old) == skeleton(new) else "it changes more than the width of marks and digits"


def _blank(old: str, new: str) -> str:
    return "" if not old.strip() and not new.strip() else "there is more than blanks in it"


def _linebreak(old: str, new: str) -> str:
    # A page break takes the number of its page along: - 2 -
    breaks = "\n" in old and re.fullmatch(r"\s*(?:[-—–－]?\s*\d{1,4}\s*[-—–－]?\s*)*", old)
    return "" if breaks and not new else "it is no line break"


def _markup(old: str, new: str) -> str:
    return "" if not new and not re.search(rf"[{HAN}A-Za-z0-9]", old) else "it removes words"


def _chrome(_old: str, new: str) -> str:
    return "" if not new else "a line of a web page is dropped whole"


def _by_hand(old: str, new: str) -> str:
    return "" if len(new) <= 2 * len(old) + 4 else "it adds more than it mends"


REPAIRS: Mapping[str, Callable[[str, str], str]] = {
    "control": _control,
    "pinyin": _pinyin,
    "script": _script,
    "width": _width,
    "blank": _blank,
    "linebreak": _linebreak,
    "markup": _markup,
    "chrome": _chrome,
    "lost": _by_hand,
    "misprint": _by_hand,
}
