"""Makes a pattern of words."""

import re
from collections.abc import Iterable


def any_of(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longest first; one that fits nothing where there are none.

    >>> any_of(("降", "降至", "下降"))
    '(?:下降|降至|降)'
    """
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return f"(?:{'|'.join(re.escape(word) for word in ordered) or '(?!)'})"
