"""An issue in, what it leaves unsaid or what is no longer so out."""

import re
from collections.abc import Mapping

from pipelines.guard.reading import HAN
from pipelines.guard.rules.words import TONED, Span, shown

# Each kind of issue: how grave it may be, and what its message speaks of.
ISSUE_KINDS: Mapping[str, tuple[tuple[str, ...], str]] = {
    "no-responsibility": (("info",), "^No bracket of the clause names somebody responsible$"),
    "no-measure": (("warning",), "^The clause has a heading and no sentence$"),
    "unread": (("warning",), "is not read"),
    "no-verb": (("info",), "No verb of the vocabulary"),
    "no-document-number": (("info",), "^No copy of the plan prints its number$"),
    "no-date": (("info",), "^No copy of the plan prints its date$"),
    "no-issuers": (("info",), "^No copy of the plan prints who issued it$"),
    "numbering": (("warning",), r"(?:clause|chapter) \d"),
    "unknown-agency": (("error",), r"agency_names\.csv"),
    "undecided-number": (("error",), "No rule says"),
    "unreadable-document": (("error",), "left out"),
    "damage": (("error", "warning"), "repairs"),
    "text-after-plan": (("warning",), "after the last"),
    "annex": (("info",), "annex"),
    "cut-off": (("warning",), "clause"),
}


def issue_explained(message: str | None, kind: str | None, severity: str | None) -> str:
    """The message says in English what the kind means, quoting the plan where it helps; the kind tells how grave it is.

    >>> issue_explained("No copy of the plan prints its date", "no-date", "info")
    ''
    >>> issue_explained("No copy of the plan prints its date", "no-issuers", "info")
    'a message of the kind no-issuers is “No copy of the plan prints who issued it”'
    """
    if kind is None or kind not in ISSUE_KINDS:
        return f"the kind {kind} is not one of {', '.join(ISSUE_KINDS)}"
    severities, words = ISSUE_KINDS[kind]
    if severity not in severities:
        return f"an issue of the kind {kind} is {' or '.join(severities)}"
    text = message or ""
    bare = re.sub("“.*?”", "", text)
    if not re.match(r"[\w-]+(?: [\w.,:'-]+){2,}", text) or re.search(
        rf"[A-Za-z][{HAN}]|[{HAN}][A-Za-z]", bare
    ):
        return "expected a sentence in English, with the plan's words in quotation marks"
    if TONED.search(bare):
        return "a reading is left in it"
    if re.search(words, text):
        return ""
    fixed = words.startswith("^")
    return f"a message of the kind {kind} {f'is “{words[1:-1]}”' if fixed else f'speaks of {words}'}"


def issue_true(_kind: str | None, still_true: bool | None) -> str:
    """What an issue row says is so in the other tables.

    >>> issue_true("no-responsibility", False), issue_true("numbering", None)
    ('the other tables say otherwise', '')
    """
    return "the other tables say otherwise" if still_true is False else ""


def issue_placed(
    start: int | None, end: int | None, kind: str | None, whole: Span | None, characters: int | None
) -> str:
    """The range of an issue lies inside the seed, and is that of the whole clause or sentence where it is of such.

    >>> issue_placed(5, None, "annex", None, 10), issue_placed(None, None, "no-date", None, None)
    ('start and end come together', '')
    >>> issue_placed(5, 9, "no-responsibility", (5, 10), 100), issue_placed(5, 11, "damage", None, 10)
    ('the clause goes from 5 to 10', 'the seed has 10 characters')
    >>> issue_placed(5, 9, "no-verb", (5, 10), 100)
    'the sentence goes from 5 to 10'
    """
    if kind in ("no-responsibility", "no-measure", "no-verb"):
        what = "sentence" if kind == "no-verb" else "clause"
        if whole is None:
            return f"an issue of the kind {kind} is of a {what}"
        if (start, end) != whole:
            return f"the {what} goes from {whole[0]} to {whole[1]}"
    elif whole is not None and kind in ("no-document-number", "no-date", "no-issuers"):
        return f"an issue of the kind {kind} is of a whole document"
    if (start is None) != (end is None):
        return "start and end come together"
    if start is None or end is None:
        return ""
    if start > end:
        return "the range ends before it starts"
    return (
        "" if characters is not None and end <= characters else f"the seed has {shown(characters)} characters"
    )
