"""What stands round the plans of a document: covers, letters, contents, front matter, feet, annexes."""

from collections.abc import Sequence

from pipelines.document.lines import ANNEX_MARK, Line
from pipelines.document.parts import ADDRESSEES, ANNEX, ANNEXES, PlanLines
from pipelines.document.words import LineWords, line_words
from pipelines.vocabulary import Vocabulary


def kinds_around(
    lines: Sequence[Line],
    places: Sequence[PlanLines],
    contents: Sequence[tuple[int, int]],
    vocabulary: Vocabulary,
) -> dict[int, str]:
    """What each line is that stands in no plan's text."""
    words = line_words(vocabulary)
    kinds: dict[int, str] = {}
    before, last = 0, "unknown"
    for rank, place in enumerate(places):
        kinds |= (
            _behind(lines, before, place.start, last, words) if rank else _head(lines, place.start, words)
        )
        kinds |= dict.fromkeys(range(place.start, place.body), "front")
        before = place.end
        has_annex = any(ANNEX_MARK.fullmatch(line.string) for line in lines[place.body : before])
        last = "annex" if has_annex else "unknown"
    kinds |= _behind(lines, before, len(lines), last, words)
    for first, after in contents:
        kinds |= dict.fromkeys(range(first, after), "contents")
    return kinds


def _head(lines: Sequence[Line], end: int, words: LineWords) -> dict[int, str]:
    """The lines before the first plan: a covering letter, a summary or an explainer, or a cover."""
    strings = [line.string for line in lines[:end]]
    if any(map(ADDRESSEES.fullmatch, strings)) or words.letter.search("".join(strings)):
        return dict.fromkeys(range(end), "letter")
    return dict.fromkeys(range(end), "summary" if any("。" in string for string in strings) else "cover")


def _behind(lines: Sequence[Line], first: int, end: int, kind: str, words: LineWords) -> dict[int, str]:
    """The lines behind a plan: its foot and its annexes; what comes before the first known line of them is of a kind given.

    It is an annex where the plan's own text ends in one, for a form or a list has no full stop; else it is not known.
    """
    kinds, is_known = {}, False
    for index in range(first, end):
        is_list = ANNEXES.match(lines[index].string) is not None
        if ANNEX.match(lines[index].string) and not (is_list and kind != "annex"):
            kind, is_known = "annex", True
        elif not is_known and words.foot.match(lines[index].string):
            kind, is_known = "foot", True
        kinds[index] = kind
    return kinds
