"""A repair of the raw text in, what it does beyond its rule out."""

import re
import unicodedata
from collections.abc import Callable, Mapping

from pipelines.guard.reading import HAN
from pipelines.guard.rules.words import READINGS, plain


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


def _control(old: str, new: str) -> str:
    odd = all(unicodedata.category(each)[0] in "CZ" or each == "\u3164" for each in old)
    return "" if odd and not new.strip() else "there is more than control characters in it"


def _pinyin(old: str, new: str) -> str:
    return "" if READINGS.fullmatch(old) and not new else "it is no reading in brackets"


def _script(old: str, new: str) -> str:
    simplified = plain(old)
    folded = unicodedata.normalize("NFKC", simplified)
    return "" if new in (simplified, folded) else f"the simplified form is {simplified}"


def _width(old: str, new: str) -> str:
    return "" if _skeleton(old) == _skeleton(new) else "it changes more than the width of marks and digits"


def _skeleton(text: str) -> str:
    narrow = unicodedata.normalize("NFKC", text).translate(str.maketrans("“”„‘’", '"""\'\''))
    return narrow.replace(" ", "")


def _blank(old: str, new: str) -> str:
    return "" if not old.strip() and not new.strip() else "there is more than blanks in it"


def _linebreak(old: str, new: str) -> str:
    return "" if "\n" in old and not old.strip() and not new else "it is no line break"


def _markup(old: str, new: str) -> str:
    return "" if not new and not re.search(rf"[{HAN}A-Za-z0-9]", old) else "it removes words"


def _chrome(_old: str, new: str) -> str:
    return "" if not new else "a line of a web page is dropped whole"


def _erratum(old: str, new: str) -> str:
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
    "erratum": _erratum,
}
