"""Says under which heading each paragraph of a plan stands."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipelines.document.lines import SENTENCE_MARK, SHORT_LINE
from pipelines.document.passage import Passage
from pipelines.document.styles import Styles

# The mark of an item in a list
MARKER = re.compile(r"—+|[●•◆■▪○①-⑳]|\d{1,2}[．.、]|（\d{1,2}）")
PREFACE_STYLE, ANNEX_STYLE = "preface", "annex"
DOTTED = ("dotted2", "dotted3", "dotted4")


def nest(string: str, passages: Sequence[Passage], styles: Styles) -> None:
    """Which heading stands under which is read from this very document: a style that comes first under another stays there."""
    rank = _ranks(passages, styles)
    stack = _Stack(passages)
    box: int | None = None
    marker, listed = "", dict[str, tuple[int, bool]]()
    for index, passage in enumerate(passages):
        if passage.kind in ("annex", "heading") and passage.label is None:
            is_annex = passage.kind == "annex"
            stack.open, box, passage.level = [(ANNEX_STYLE if is_annex else PREFACE_STYLE, index)], None, 1
            if is_annex:
                _title_below(string, passages, index)
        elif passage.kind == "heading":
            name = _style_of(passage)
            if box is not None and stack.is_listed(passage, name, listed.get(name)):
                listed[name] = passage.number, passage.runs_on
                passage.kind, passage.parent, passage.level = "item", box, len(stack.open) + 2
                passage.is_boxed = True
                continue
            box = None
            stack.push(name, index, rank)
            passage.level = len(stack.open)
            passage.parent = stack.open[-2][1] if len(stack.open) > 1 else None
        elif passage.kind == "box":
            while stack.open and passages[stack.open[-1][1]].runs_on:
                stack.open.pop()  # a box stands beside an item that runs on, not in it
            above = [one for _, one in stack.open if passages[one].opens != "item"]
            passage.parent = above[-1] if above else None
            passage.level, passage.is_boxed = len(above) + 1, True
            box, marker, listed = index, "", {}
            _title_below(string, passages, index)
        else:
            found = MARKER.match(string, passage.start, passage.end)
            if box is not None and passage.kind in ("paragraph", "item") and index > box + 1:
                # Where what the box lists is marked, it ends with the last mark.
                if not marker and found:
                    marker = found[0][0]
                elif marker and not found:
                    box = None
            if box is not None and passage.kind != "duty":
                passage.parent, passage.level, passage.is_boxed = box, passages[box].level + 1, True
            else:
                passage.parent = stack.open[-1][1] if stack.open else None
                passage.level = len(stack.open) + 1


@dataclass(slots=True)
class _Stack:
    """The headings that are open, each with its style, and under which styles each has stood so far."""

    passages: Sequence[Passage]
    open: list[tuple[str, int]] = field(default_factory=list)
    above: dict[str, set[str]] = field(default_factory=dict)

    def push(self, name: str, index: int, rank: dict[str, int]) -> None:
        """Opens a heading: one of a style that stands above those open closes them, but for those it has stood under."""
        names = [one for one, _ in self.open]
        if name in names:
            del self.open[names.index(name) :]
        above = self.above.setdefault(name, set())
        while self.open and self.open[-1][0] not in above and rank[self.open[-1][0]] > rank[name]:
            self.open.pop()
        above.update(one for one, _ in self.open)
        self.open.append((name, index))

    def is_listed(self, passage: Passage, name: str, last: tuple[int, bool] | None) -> bool:
        """Whether a number inside a box is one of the box's own list, and not that of the next heading of the text.

        last: the last number of its style in the box, and whether it ran on; what is printed like it goes on with it.
        """
        above = next((self.passages[index] for style, index in self.open if style == name), None)
        if passage.number == 1:
            return passage.opens == "item" or above is not None or name not in self.above
        goes_on = above is not None and above.number == passage.number - 1
        if last is not None and last[0] == passage.number - 1:
            return not goes_on or last[1] == passage.runs_on
        return passage.opens == "item" and not goes_on


def _ranks(passages: Sequence[Passage], styles: Styles) -> dict[str, int]:
    """Which style stands above which: the order of the vocabulary, unless the document has it otherwise.

    A style that comes first, is numbered through and has another begin anew under its numbers stands above that one.
    """
    order = [name for style in styles.by_name for name in ([style] if style != "dotted" else DOTTED)]
    begun: dict[str, int] = {}  # in the order in which they come
    for passage in passages:
        if passage.kind == "heading" and passage.label is not None:
            name = _style_of(passage)
            begun[name] = begun.get(name, 0) + (passage.number == 1)
    come = [*begun]
    for at, name in enumerate(come):
        for other in [one for one in order if one in come[at + 1 :]]:
            if begun[name] == 1 < begun[other] and order.index(other) < order.index(name):
                order.remove(name)
                order.insert(order.index(other), name)
    if come[:1] == [DOTTED[0]]:
        # 2.1 comes first: a standard, in which （1） and （一） stand under 2.1.
        order = [*DOTTED, *(name for name in order if name not in DOTTED)]
    return {name: rank for rank, name in enumerate([ANNEX_STYLE, *order, PREFACE_STYLE])}


def _style_of(heading: Passage) -> str:
    return (
        f"dotted{len(heading.label.number)}" if heading.label and heading.style == "dotted" else heading.style
    )


def _title_below(string: str, passages: Sequence[Passage], index: int) -> None:
    """A box or annex whose caption is its label alone is called by the short line below."""
    box = passages[index]
    assert box.title is not None
    if box.title[0] == box.title[1] and index + 1 < len(passages):
        start, end = passages[index + 1].start, passages[index + 1].end
        is_short = end - start <= SHORT_LINE and not SENTENCE_MARK.search(string, start, end)
        if passages[index + 1].kind == "paragraph" and is_short:
            box.title = start, end
