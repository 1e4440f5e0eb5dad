"""The styles of numbering: which line has a label, and whether its number can stand there."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from pipelines.text.numerals import chinese_number
from pipelines.vocabulary import Vocabulary
from pipelines.vocabulary.rows import OutlineStyle

CHINESE = "[一二三四五六七八九十百零〇]{1,5}"
NUMERALS = {
    "chinese": CHINESE,
    "any": rf"(?:{CHINESE}|\d{{1,3}})",
    "arabic": r"\d{1,2}",
    "dotted": r"\d{1,2}(?:[.．]\d{1,2}){1,3}",
    "roman": "[Ⅰ-Ⅻ]",
    "circled": "[①-⑳⑴-⒇㈠-㈩❶-❿]",
    "formal": "[壹贰叁肆伍陆柒捌玖拾]{1,3}",
    "letter": "[A-Za-z]",
}
FORMAL = str.maketrans("壹贰叁肆伍陆柒捌玖拾", "一二三四五六七八九十")
CIRCLES = ((0x2160, 12), (0x2460, 20), (0x2474, 20), (0x3220, 10), (0x2776, 10))  # first character, how many


@dataclass(frozen=True, slots=True)
class Label:
    """The label at the beginning of a line: its style, its number (1.2 is 1, 2) and where it ends."""

    style: OutlineStyle
    number: tuple[int, ...]
    end: int


class Styles:
    """All styles of numbering, in one pattern."""

    def __init__(self, styles: Iterable[OutlineStyle]) -> None:
        self.by_name = {style.style: style for style in styles}
        self._pattern = re.compile("|".join(map(_expression, self.by_name.values())))

    def label(self, string: str) -> Label | None:
        """The label that a line begins with.

        >>> from pipelines.vocabulary import load_vocabulary
        >>> styles = styles_of(load_vocabulary())
        >>> [(label.style.style, label.number) for label in map(styles.label, ("第十一章 附则", "2.1 范围", "③煤炭"))]
        [('chapter', (11,)), ('dotted', (2, 1)), ('circled', (3,))]
        >>> styles.label("1.5万亩"), styles.label("一流企业")
        (None, None)
        """
        match = self._pattern.match(string)
        if match is None or match.lastgroup is None:
            return None
        number = _number(match[match.lastgroup])
        return Label(self.by_name[match.lastgroup], number, match.end()) if number else None


@lru_cache(maxsize=8)
def styles_of(vocabulary: Vocabulary) -> Styles:
    """The styles of a vocabulary."""
    return Styles(vocabulary.outline_styles)


def _expression(style: OutlineStyle) -> str:
    """The pattern of a style with its number in the place of #, as a group that has the name of the style."""
    before, after = style.pattern.split("#")
    return f"{before}(?P<{style.style}>{NUMERALS[style.numerals]}){after}"


def _number(string: str) -> tuple[int, ...]:
    if string[0].isascii() and string[0].isdigit():
        return tuple(int(part) for part in re.split("[.．]", string))
    if string.isascii():
        return (ord(string.lower()) - ord("a") + 1,)
    for first, count in CIRCLES:
        if 0 <= ord(string[0]) - first < count:
            return (ord(string[0]) - first + 1,)
    value = chinese_number(string.translate(FORMAL))
    return () if not value else (value,)


@dataclass(slots=True)
class Numbering:
    """What has been numbered so far, to tell whether a number can stand at a place.

    `一、二星级评价标识的项目` inside chapter 三 is the rest of a sentence: 一 cannot follow 三.
    """

    last: dict[str, tuple[int, ...]] = field(default_factory=dict)
    # For each style, the styles that headings above it have had, and those opened since its last number.
    above: dict[str, set[str]] = field(default_factory=dict)
    since: dict[str, set[str]] = field(default_factory=dict)
    open: list[OutlineStyle] = field(default_factory=list)

    def can_stand(self, label: Label) -> bool:
        """Whether a label's number is one that can follow what has been numbered."""
        name, number = label.style.style, label.number
        before = self.last.get(name)
        if name == "dotted":
            return self._can_stand_dotted(number, before)
        value = number[0]
        if before is None:
            return value <= {"chapter": 4}.get(label.style.opens, 6 if name == "bracket" else 1)
        due = before[0] + 1
        restarts = value == 1 and bool(self.since[name] & self.above[name])
        if label.style.opens == "item":
            return value in (1, due)
        if name == "bracket":
            return value == 1 or due - 3 <= value <= due + 5
        return restarts or due <= value <= due + 3

    def due(self, label: Label) -> int:
        """The number that comes next in a label's style."""
        return self.last.get(label.style.style, (0,))[-1] + 1

    def _can_stand_dotted(self, number: tuple[int, ...], before: tuple[int, ...] | None) -> bool:
        if before is None:
            return set(number[1:]) == {1}
        if number[:-1] == before[: len(number) - 1] and len(number) <= len(before):
            return 1 <= number[-1] - before[len(number) - 1] <= 2
        if len(number) == len(before) + 1:
            return number[:-1] == before and number[-1] == 1
        return len(number) == 2 and number[-1] == 1 and 1 <= number[0] - before[0] <= 2

    def take(self, label: Label) -> None:
        """Takes a label as numbered: what comes next must follow it."""
        style = label.style
        if style in self.open:
            del self.open[self.open.index(style) :]
        elif style.style in self.above:
            while self.open and self.open[-1].style not in self.above[style.style]:
                self.open.pop()
        elif style.opens != "item":
            while self.open and self.open[-1].opens == "item":
                self.open.pop()
        self.above.setdefault(style.style, set()).update(one.style for one in self.open)
        self.open.append(style)
        self.last[style.style] = label.number
        self.since[style.style] = set()
        for name, opened in self.since.items():
            if name != style.style:
                opened.add(style.style)
