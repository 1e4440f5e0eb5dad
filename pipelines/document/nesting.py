"""Says under which heading each paragraph of a plan stands."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipelines.document.lines import SHORT_LINE
from pipelines.document.passage import Passage
from pipelines.document.styles import Label, Styles

# The mark of an item in a list
MARKER = re.compile(r"—+|[●•◆■▪○①-⑳]|\d{1,2}[．.、]|（\d{1,2}）")
PREFACE_STYLE, ANNEX_STYLE = "preface", "annex"
DOTTED = ("dotted2", "dotted3", "dotted4")


@dataclass(slots=True)
class _Stack:
    """The headings that are open, and under which styles each style of numbering has stood so far."""

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


def _ranks(passages: Sequence[Passage], styles: Styles) -> dict[str, int]:
    """Which style stands above which: the order of the vocabulary, unless the document has it otherwise.

    A style that comes first, is numbered through and has another begin anew under its numbers stands above that one.
    """
    order = [name for style in styles.by_name for name in ([style] if style != "dotted" else DOTTED)]
    first: dict[str, int] = {}
    begun: dict[str, int] = {}
    for index, passage in enumerate(passages):
        if passage.kind == "heading" and passage.label is not None:
            name = _style_of(passage.label)
            first.setdefault(name, index)
            begun[name] = begun.get(name, 0) + (passage.label.number[-1] == 1)
    for name in sorted(first, key=lambda one: first[one]):
        for other in [one for one in order if one in first]:
            is_above = first[name] < first[other] and begun[name] == 1 and begun[other] > 1
            if is_above and order.index(other) < order.index(name):
                order.remove(name)
                order.insert(order.index(other), name)
    if first and min(first, key=lambda one: first[one]) == DOTTED[0]:
        # 2.1 comes first: a standard, in which （1） and （一） stand under 2.1.
        order = [*DOTTED, *(name for name in order if name not in DOTTED)]
    return {name: rank for rank, name in enumerate([ANNEX_STYLE, *order, PREFACE_STYLE])}


def nest(string: str, passages: Sequence[Passage], styles: Styles) -> None:
    """Which heading stands under which is read from this very document: a style that comes first under another stays there."""
    rank = _ranks(passages, styles)
    stack = _Stack()
    box: int | None = None
    marker, listed = "", dict[str, tuple[int, bool]]()
    for index, passage in enumerate(passages):
        if passage.kind == "annex":
            stack.open, box, passage.level = [(ANNEX_STYLE, index)], None, 1
            _title_below(string, passages, index)
        elif passage.kind == "heading" and passage.label is None:
            stack.open, box, passage.level = [(PREFACE_STYLE, index)], None, 1
        elif passage.kind == "heading" and passage.label is not None:
            name = _style_of(passage.label)
            if box is not None and _is_listed(passage, name, listed, stack, passages):
                listed[name] = passage.label.number[-1], passage.runs_on
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
            above = [one for _, one in stack.open if not _is_item(passages[one])]
            passage.parent = above[-1] if above else None
            passage.level = len(above) + 1
            box, marker, listed = index, "", {}
            passage.is_boxed = True
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


def _is_item(heading: Passage) -> bool:
    return heading.label is not None and heading.label.style.opens == "item"


def _is_listed(
    passage: Passage,
    name: str,
    listed: dict[str, tuple[int, bool]],
    stack: _Stack,
    passages: Sequence[Passage],
) -> bool:
    """Whether a number inside a box is one of the box's own list, and not that of the next heading of the text.

    listed: the last number of each style in the box, and whether it ran on; what is printed like it goes on with it.
    """
    assert passage.label is not None
    value, is_item = passage.label.number[-1], passage.label.style.opens == "item"
    above = next((passages[index] for style, index in stack.open if style == name), None)
    goes_on = above is not None and above.label is not None and above.label.number[-1] == value - 1
    if value == 1:
        return is_item or above is not None or name not in stack.above
    last = listed.get(name)
    if last is not None and last[0] == value - 1:
        return not goes_on or last[1] == passage.runs_on
    return is_item and not goes_on


def _style_of(label: Label) -> str:
    return label.style.style if label.style.style != "dotted" else f"dotted{len(label.number)}"


def _title_below(string: str, passages: Sequence[Passage], index: int) -> None:
    """A box or annex whose caption is its label alone is called by the short line below."""
    box = passages[index]
    assert box.title is not None
    if box.title[0] < box.title[1] or index + 1 == len(passages):
        return
    below = passages[index + 1]
    length = below.end - below.start
    if (
        below.kind == "paragraph"
        and length <= SHORT_LINE
        and not any(mark in string[below.start : below.end] for mark in "。；")
    ):
        box.title = (below.start, below.end)
