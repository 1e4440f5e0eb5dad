"""Says of each paragraph of a plan what it is, what its heading is called, and under which heading it stands."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from pipelines.document.brackets import brackets, is_duty_line
from pipelines.document.heads import ANNEX_MARK
from pipelines.document.lines import SHORT_LINE, WHOLE_LINES
from pipelines.document.parts import FOOT
from pipelines.document.styles import Label, Styles
from pipelines.document.table import Table
from pipelines.vocabulary import Vocabulary

DIGIT = re.compile(r"\d")
MARK = re.compile("[。；，：！？]")
LONGEST_CELL = 20  # characters
FEWEST_CELLS = 6
LONGEST_SLOGAN = 24  # characters
FEWEST_ALIKE = 3
BOX = re.compile(
    r"专 ?栏 {0,2}(?:\d{1,2}(?:[-—]\d{1,2})?|[一二三四五六七八九十]{1,3})?(?= |[:：“《.．、]|[\u4e00-\u9fff]|$)[:：.．、 ]*"
)
# A heading without a label
PREFACE = re.compile(r"前 *言|序 *言|引 *言|绪 *论|结 *语|附 *则")
NOTE = re.compile(r"(?:备?注|说明) ?[：:]|\* ?注")
MARKER = re.compile(r"—+|[●•◆■▪○①-⑳]|\d{1,2}[．.、]|（\d{1,2}）")
FIRST_SENTENCE = re.compile(r" ?([^。：:]{2,40})[。：:]")
TITLE_IN_BRACKETS = re.compile(r" ?[（【〔]([^（）【】〔〕]{2,20})[）】〕]")


@dataclass(slots=True)
class Passage:
    """A paragraph of a document, `[start, end)` of its text: what it is, and where it stands in the outline.

    `title` is a range of the text too; `parent` is the index of the heading above it.
    """

    kind: str
    start: int
    end: int
    label: Label | None = None
    title: tuple[int, int] | None = None
    body: int = 0  # where its text begins behind a heading that runs on
    level: int = 0
    parent: int | None = None
    table: Table | None = None
    is_boxed: bool = False

    @property
    def is_heading(self) -> bool:
        """Whether it opens a section of the text."""
        return self.kind in ("heading", "box", "annex")

    @property
    def runs_on(self) -> bool:
        """Whether text stands behind the heading on the same line."""
        return self.is_heading and self.body < self.end


def read_headings(string: str, passages: Sequence[Passage], styles: Styles, vocabulary: Vocabulary) -> None:
    """Fills in kind, title, level and parent of the passages of one plan, in their order."""
    for index, passage in enumerate(passages):
        if passage.kind == "paragraph":
            following = passages[index + 1] if index + 1 < len(passages) else None
            _classify(string, passage, following, vocabulary)
    if passages and passages[0].kind == "annex":
        # the mark of the plan itself, which a letter carries
        passages[0].kind, passages[0].level = "front", 1
    for before, members in _lists(passages):
        _make_alike(string, before, members, vocabulary)
    _nest(string, passages, styles)


def _lists(passages: Sequence[Passage]) -> Iterator[tuple[Passage, list[Passage]]]:
    """The lists of a plan: the passage that stands before each, and its members, numbered on in one style.

    A list ends where a style that stands above it goes on.
    """
    found: list[tuple[Passage, list[Passage]]] = []
    going: dict[str, list[Passage]] = {}
    for before, passage in pairwise(passages):
        label = passage.label
        if label is None or passage.kind not in ("heading", "item"):
            continue
        name = label.style.style
        if label.style.opens != "item":
            going = {name: going[name]} if name in going and name == "bracket" else {}
        last = going[name][-1].label if name in going else None
        if last is None or label.number[-1] != last.number[-1] + 1:
            going[name] = []
            found.append((before, going[name]))
        going[name].append(passage)
    yield from found


def _make_alike(string: str, before: Passage, members: Sequence[Passage], vocabulary: Vocabulary) -> None:
    """Makes all members of a list headings, or all of them items.

    Clauses that end in ；, or that stand behind the ： of an article, are items to the last. Items that all begin with a
    short sentence, `1．因地制宜，突出重点。以…`, have it for their heading.
    """
    style = members[0].label and members[0].label.style.style
    if style == "bracket":
        listed = sum(string[one.end - 1] in "；;" for one in members)
        of_article = before.label is not None and before.label.style.style == "article"
        if listed * 2 >= len(members) or (of_article and string[before.end - 1] in "：:"):
            for one in members:
                one.kind, one.title = "item", None
    elif style == "point" and len(members) >= FEWEST_ALIKE:
        begins = [one.start + one.label.end for one in members if one.label is not None]
        bodies = [
            item_body(string, begin, one.end, vocabulary, LONGEST_SLOGAN, commas=1)
            for begin, one in zip(begins, members, strict=True)
        ]
        if all(body > begin for body, begin in zip(bodies, begins, strict=True)):
            for one, begin, body in zip(members, begins, bodies, strict=True):
                one.kind, one.title, one.body = "heading", _trimmed(string, begin, body), body


def with_figures(string: str, passages: Sequence[Passage]) -> list[Passage]:
    """The passages with each run of short lines full of numbers, the cells of a table that is laid flat, as one."""
    found: list[Passage] = []
    run: list[Passage] = []
    for passage in [*passages, None]:
        if passage is not None and _is_cell(string, passage):
            run.append(passage)
            continue
        numbers = sum(DIGIT.search(string, one.start, one.end) is not None for one in run)
        if len(run) >= FEWEST_CELLS and numbers * 3 >= len(run):
            found.append(Passage("table", run[0].start, run[-1].end))
        else:
            found += run
        run = []
        if passage is not None:
            found.append(passage)
    return found


def _is_cell(string: str, passage: Passage) -> bool:
    is_short = passage.kind == "paragraph" and passage.end - passage.start <= LONGEST_CELL
    return (
        is_short
        and passage.label is None
        and not MARK.search(string, passage.start, passage.end)
        and not BOX.match(string, passage.start, passage.end)
        and not PREFACE.fullmatch(string, passage.start, passage.end)
    )


def _classify(string: str, passage: Passage, following: Passage | None, vocabulary: Vocabulary) -> None:
    start, end, label = passage.start, passage.end, passage.label
    if label is None:
        if (
            end - start <= WHOLE_LINES
            and (match := BOX.match(string, start, end))
            and "。" not in string[start:end]
        ):
            passage.kind, passage.title, passage.body = "box", (match.end(), end), end
        elif ANNEX_MARK.fullmatch(string, start, end):
            passage.kind, passage.title, passage.body = "annex", (end, end), end
        elif FOOT.match(string, start, end) and not MARK.search(string, start, end - 1):
            passage.kind = "foot"
        elif PREFACE.fullmatch(string, start, end):
            passage.kind, passage.title, passage.body = "heading", (start, end), end
        elif is_duty_line(string[start : start + SHORT_LINE], vocabulary) or _is_bracket(
            string, start, end, vocabulary
        ):
            passage.kind = "duty"
        elif NOTE.match(string, start, end):
            passage.kind = "note"
        elif MARKER.match(string, start, end):
            passage.kind = "item"
        return
    begin = start + label.end
    title = _title(string, begin, passage, following, vocabulary)
    if title is None:
        passage.kind = "item"
        return
    passage.kind = "heading"
    passage.title = _trimmed(string, *title)
    passage.body = title[1]
    if label.style.style == "article" and string[title[1] : title[1] + 1] not in ("）", "】", "〕"):
        passage.body = title[0]  # what it is called by is the beginning of its text
    while passage.body < end and string[passage.body] in "。：: ）】〕":
        passage.body += 1


def _is_bracket(string: str, start: int, end: int, vocabulary: Vocabulary) -> bool:
    if string[start] not in "（【〔［":
        return False
    found = next(brackets(string, start, end, vocabulary), None)
    return found is not None and found.opening == start


def _title(
    string: str, begin: int, passage: Passage, following: Passage | None, vocabulary: Vocabulary
) -> tuple[int, int] | None:
    """The words of a heading without its label; None for a paragraph that has a number and no heading.

    A chapter or clause is one whatever it says; an item only by its looks: a short run up to 。 without a comma or a
    number, or a line of its own above a text.
    """
    label, end = passage.label, passage.end
    assert label is not None
    if label.style.style == "article":
        match = TITLE_IN_BRACKETS.match(string, begin, end)
        if match is not None:
            return match.span(1)
        first = FIRST_SENTENCE.match(string, begin, end)
        return first.span(1) if first else (begin, begin)
    stop = string.find("。", begin, end)
    if label.style.opens != "item":
        last = string[end - 1]
        if last in "；，" and (stop < 0 or label.style.style == "bracket"):
            return None
        if stop < 0 and end - begin > WHOLE_LINES and label.style.style != "comma":
            return None
        return begin, stop if stop >= 0 else end
    if end - begin <= SHORT_LINE and not any(mark in string[begin:end] for mark in "。；，：？"):
        # A line of its own: a heading if a text stands under it, and not the next item.
        is_list = (
            following is not None and following.label is not None and following.label.style is label.style
        )
        return None if is_list or following is None else (begin, end)
    body = item_body(string, begin, end, vocabulary)
    if body > begin:
        return begin, body
    # 3.优化环境应急管理体制。 above a text of its own
    alone = (
        stop == end - 1
        and end - begin <= SHORT_LINE
        and not any(mark in string[begin:stop] for mark in "；，：？")
    )
    above_text = following is not None and following.label is None and following.kind == "paragraph"
    return (begin, end) if alone and above_text and not DIGIT.search(string, begin, end) else None


def item_body(
    string: str, start: int, end: int, vocabulary: Vocabulary, longest: int = SHORT_LINE, commas: int = 0
) -> int:
    """Where the body of an item begins: after its heading, a short run up to 。 without a comma (or more of them) or a number.

    Where nothing but a bracket follows, the run is no heading but the one sentence of the item.
    """
    stop = string.find("。", start, end)
    heading = string[start : stop if stop >= 0 else end]
    if (
        len(heading) > longest
        or heading.count("，") > commas
        or DIGIT.search(heading)
        or not 0 <= stop < end - 1
    ):
        return start
    duties = list(brackets(string, stop + 1, end, vocabulary))
    last = duties[-1].opening if duties and duties[-1].closing == end else end
    has_body = string[stop + 1 : last].strip(" \n")
    return stop + 1 if has_body else start


def _trimmed(string: str, start: int, end: int) -> tuple[int, int]:
    while end > start and string[end - 1] in "。：: .":
        end -= 1
    while start < end and string[start] in " =+-@":
        start += 1
    return start, end


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


def _nest(string: str, passages: Sequence[Passage], styles: Styles) -> None:
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
