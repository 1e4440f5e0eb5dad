"""Finds every trace of damage that the repairs left in a document."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipelines.text.provenance import Text
from pipelines.text.repair import HAN, TABLE_ROW, simplified

TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"
# What the repairs do not mend, or should have mended.
TRACES = (
    # not that of an address: /apply?itemCode=440
    (re.compile(r"\?(?!(?<=[\w/]\?)[A-Za-z]+=)|\ufffd"), "a ? where a character was lost"),
    (re.compile(f"[{TONED}]"), "a toned Latin letter of a reading"),
    # not that of a number: 专栏一.绿色, 六.五环境日
    (
        re.compile(rf"[,;:!.()](?<=[{HAN}].)(?<![一二三四五六七八九十]\.)(?=[{HAN}])"),
        "a half-width mark between Chinese characters",
    ),
    (
        re.compile(
            "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufffe\uffff\U000f0000-\U0010ffff]"
        ),
        "a control or private-use character",
    ),
    (re.compile(r"[^\D0-9]"), "a digit of another script"),
    # `<p>`, `</td>`, `<!--`
    (re.compile(r"</?[A-Za-z][^<>\n]{0,200}>|<!--|-->"), "a tag of HTML"),
    # `&nbsp;`, `&#8220;` (its ; may have become full-width)
    (
        re.compile(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31})[;；]"),
        "a character reference of HTML",
    ),
    (re.compile(r"\|"), "a rule of a table, or a lost character"),
    (re.compile(r"\\(?:u[0-9A-Fa-f]{4}|x[0-9A-Fa-f]{2}|[nrt](?![A-Za-z]))"), "an escape sequence"),
)
PAIRS = {"）": "（", "”": "“", "’": "‘", "》": "《", "〉": "〈", "〕": "〔", "】": "【"}
OPENINGS = frozenset(PAIRS.values())
PAIRED = re.compile(f"[{''.join(PAIRS)}{''.join(PAIRS.values())}\n]")
# `a）`, `2）`, `有关a）～f）的信息`: the number of an item
LETTERED = re.compile(r"(?:\A|[\n（：；。 ])[0-9a-zA-Z]{1,2}\Z|(?:\A|[^0-9A-Za-z])[a-z]\Z")
CONTEXT = 12
LONGEST = 200  # characters, of a bracket or quotation that a line's end cuts


@dataclass(frozen=True, slots=True)
class Trace:
    """Damage at `[start, end)` of the seed: what it is, and the repaired text round it."""

    what: str
    context: str
    start: int
    end: int
    in_plan: bool


def residue(
    text: Text, raw: str, plans: Sequence[tuple[int, int]], tables: Sequence[tuple[int, int]] = ()
) -> list[Trace]:
    """Every trace of damage in a repaired text, in order.

    `plans` are the ranges of the text that are plans' own, `tables` those of the seed that were read as tables.
    """
    places: list[tuple[int, int, str]] = []
    for start, end, what in sorted(_places(text.string, plans)):
        if places and places[-1][1:] == (start, what):
            places[-1] = (places[-1][0], end, what)
        else:
            places.append((start, end, what))
    traces = []
    for start, end, what in places:
        first, last = text[start:end].span
        context = text.string[max(0, start - CONTEXT) : min(end, start + CONTEXT) + CONTEXT].replace(
            "\n", " "
        )
        in_plan = any(begin <= start < stop for begin, stop in plans)
        traces.append(Trace(what, context, first, last, in_plan))
    for begin, stop in plans:
        traces += [
            Trace("a row of a table", match[0][: 2 * CONTEXT], *match.span(), True)
            for match in TABLE_ROW.finditer(raw, *text[begin:stop].span)
            if not any(first <= match.start() < last for first, last in tables)
        ]
    return sorted(traces, key=lambda trace: trace.start)


def told(traces: Sequence[Trace]) -> Iterator[tuple[Trace, str]]:
    """Damage of one kind in a document as one: its first trace, and a sentence that says how often there is such and where.

    >>> lost = [Trace("a bracket or quotation mark without its counterpart", f"开展“两网融合{n}", n, n + 1, True) for n in (7, 90)]
    >>> [sentence for _, sentence in told(lost)]
    ['After the repairs there is a bracket or quotation mark without its counterpart in “开展“两网融合7”, and 1 more at offset 90']
    """
    kinds: dict[tuple[str, bool], list[Trace]] = {}
    for trace in traces:
        kinds.setdefault((trace.what, trace.in_plan), []).append(trace)
    for (what, _), (first, *others) in kinds.items():
        sentence = f"After the repairs there is {what} in “{first.context}”"
        places = ", ".join(str(trace.start) for trace in others)
        yield first, f"{sentence}, and {len(others)} more at offset {places}" if others else sentence


def _places(string: str, plans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int, str]]:
    for pattern, what in TRACES:
        for match in pattern.finditer(string):
            yield (*match.span(), what)
    plain = simplified(string)
    if plain != string:
        for place, (old, new) in enumerate(zip(string, plain, strict=True)):
            if old != new:
                yield place, place + 1, "a traditional character"
    for start, end in plans:
        for place in _unbalanced(string, start, end):
            yield place, place + 1, "a bracket or quotation mark without its counterpart"


def _unbalanced(string: str, start: int, end: int) -> Iterator[int]:
    """The brackets and quotation marks of the plan that do not pair up inside their paragraph, or soon behind it.

    >>> list(_unbalanced("全面加强森林经营，十四五”期间抚育森林40万亩。", 0, 25))
    [12]
    """
    stack: list[int] = []
    for match in PAIRED.finditer(string, start, end):
        mark, place = match[0], match.start()
        if mark == "\n":
            # A box or a page's end may stand inside a bracket, but nothing longer.
            yield from (one for one in stack if place - one > LONGEST)
            stack = [one for one in stack if place - one <= LONGEST]
        elif mark in OPENINGS:
            stack.append(place)
        elif stack and string[stack[-1]] == PAIRS[mark]:
            stack.pop()
        elif mark != "）" or not LETTERED.search(string, max(start, place - 3), place):
            yield place
    yield from stack
