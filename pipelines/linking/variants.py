"""Collates the copies of one plan: where another document prints the plan's text otherwise than its base document.

Paragraphs that are equal are laid side by side first (difflib), what is left between them character for character
(rapidfuzz), so that two copies of any length take no more than their parts that differ. Blanks and line breaks are not
compared. What a copy lost or misprinted counts as it is printed there, though a repair by hand has mended it; what
repair makes of marks, widths and scripts everywhere is no difference.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

import numpy as np
from rapidfuzz.distance import Levenshtein

from pipelines.document.document import PlanText
from pipelines.linking.plans import Row
from pipelines.reading.plan import PlanFacts
from pipelines.seeds.sources import HAND_REPAIRS
from pipelines.text.provenance import Text
from pipelines.vocabulary import Vocabulary

PARAGRAPH, BLANK = re.compile(r"[^\n]+"), re.compile(r"\s+")
SHORTEST_MOVED = 8  # characters of a paragraph that can be told to have moved
CONTEXT = 8  # characters on either side
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Difference:
    """Where two copies differ: a range of each, one of which may be empty, and how."""

    base: Span
    other: Span
    kind: str


def variants(plan: PlanFacts, _: Vocabulary) -> Iterator[Row]:
    """The rows of a plan: each other document against the base, in the order of the base's text."""
    base, *others = plan.documents
    for other in sorted(others, key=lambda each: each.source.row.document_id):
        one, two = as_printed(base), as_printed(other)
        texts = [[part.string for part in parts] for parts in (one, two)]
        whole, second = joined(one), joined(two)
        for serial, found in enumerate(collated(*texts), start=1):
            place, other_place = span_of(whole, found.base), span_of(second, found.other)
            yield {
                "variant_id": f"{other.source.row.document_id}/v{serial}",
                "plan_id": plan.identity.plan_id,
                "base_document_id": base.source.row.document_id,
                "other_document_id": other.source.row.document_id,
                "clause_id": _clause_at(plan, place[0]),
                "kind": found.kind,
                "base_text": whole.string[slice(*found.base)],
                "other_text": second.string[slice(*found.other)],
                "before": whole.string[max(0, found.base[0] - CONTEXT) : found.base[0]],
                "after": whole.string[found.base[1] : found.base[1] + CONTEXT],
                "base_start": place[0],
                "base_end": place[1],
                "other_start": other_place[0],
                "other_end": other_place[1],
            }


def as_printed(document: PlanText) -> list[Text]:
    """The paragraphs of a plan in one of its documents, title and text, without blanks and without repairs by hand."""
    raw = document.source.raw
    front = document.text[document.title_end : document.body].string.strip()
    parts = [document.text[document.start : document.title_end], document.text[document.body : document.end]]
    if not front:
        parts = [document.plan]
    found = []
    for text in parts:
        for edit in document.document.edits:
            first, last = (
                int(np.searchsorted(text.starts, edit.start)),
                int(np.searchsorted(text.ends, edit.end, "right")),
            )
            if edit.rule in HAND_REPAIRS and first < last:
                text, _ = text.replace(first, last, edit.before, raw, "", "")
        for match in PARAGRAPH.finditer(text.string):
            line = text[match.start() : match.end()]
            line, _ = line.without((blank.span() for blank in BLANK.finditer(line.string)), raw, "", "")
            if line.string:
                found.append(line)
    return found


def joined(parts: Sequence[Text]) -> Text:
    """Paragraphs as one text."""
    return Text(
        "".join(part.string for part in parts),
        np.concatenate([part.starts for part in parts]),
        np.concatenate([part.ends for part in parts]),
    )


def span_of(text: Text, span: Span) -> Span:
    """A range of a copy in its seed; of an empty one the point behind the character before it."""
    if span[0] < span[1]:
        return text[slice(*span)].span
    point = int(text.ends[span[0] - 1]) if span[0] else int(text.starts[0])
    return point, point


def collated(base: Sequence[str], other: Sequence[str]) -> list[Difference]:
    """The differences of two copies, given their paragraphs, in the order of the base.

    >>> collated(["优先种植栎树、乌桕等。"], ["优先种植栾树、", "乌桕等。"])
    [Difference(base=(4, 5), other=(4, 5), kind='wording')]
    >>> [found.kind for found in collated(["经营，“十四五”期间"], ["经营，十四五”期间"])]
    ['punctuation']
    """
    starts, other_starts = _starts(base), _starts(other)
    blocks = [
        op[1:] for op in SequenceMatcher(None, base, other, autojunk=False).get_opcodes() if op[0] != "equal"
    ]
    moved = _moved(base, other, blocks)
    gone = set(moved.values())
    found = [
        Difference((starts[one], starts[one + 1]), (other_starts[two], other_starts[two + 1]), "moved")
        for one, two in moved.items()
    ]
    for first, last, other_first, other_last in blocks:
        own = [
            at
            for each in range(first, last)
            if each not in moved
            for at in range(starts[each], starts[each + 1])
        ]
        theirs = [
            at
            for each in range(other_first, other_last)
            if each not in gone
            for at in range(other_starts[each], other_starts[each + 1])
        ]
        own.append(starts[last])
        theirs.append(other_starts[other_last])
        text = "".join(base[each] for each in range(first, last) if each not in moved)
        second = "".join(other[each] for each in range(other_first, other_last) if each not in gone)
        for one, two in _unlike(text, second):
            spans = _range(own, one), _range(theirs, two)
            found.append(Difference(*spans, kind_of(text[slice(*one)], second[slice(*two)])))
    return sorted(found, key=lambda each: (each.base, each.other))


def _starts(paragraphs: Sequence[str]) -> list[int]:
    return [0, *np.cumsum([len(each) for each in paragraphs]).tolist()]


def _range(places: Sequence[int], span: Span) -> Span:
    start = places[span[0]]
    return (start, places[span[1] - 1] + 1) if span[0] < span[1] else (start, start)


def _moved(
    base: Sequence[str], other: Sequence[str], blocks: Sequence[tuple[int, int, int, int]]
) -> dict[int, int]:
    """The paragraphs that stand elsewhere in the other copy, with their places there; of equal ones the first with the first."""
    rest = [each for block in blocks for each in range(block[2], block[3])]
    found: dict[int, int] = {}
    for first, last, *_ in blocks:
        for one in range(first, last):
            two = next((each for each in rest if other[each] == base[one]), None)
            if two is not None and len(base[one]) >= SHORTEST_MOVED:
                found[one] = two
                rest.remove(two)
    return found


def _unlike(text: str, other: str) -> Iterator[tuple[Span, Span]]:
    """The ranges of two texts that are unlike, those that touch as one."""
    last: tuple[Span, Span] | None = None
    for op in Levenshtein.opcodes(text, other):
        if op.tag == "equal":
            continue
        if last is not None and (last[0][1], last[1][1]) == (op.src_start, op.dest_start):
            last = (last[0][0], op.src_end), (last[1][0], op.dest_end)
            continue
        if last is not None:
            yield last
        last = (op.src_start, op.src_end), (op.dest_start, op.dest_end)
    if last is not None:
        yield last


def kind_of(text: str, other: str) -> str:
    """How two wordings of a place differ: in marks alone, by words that one of them lacks, or in their words."""
    if all(unicodedata.category(mark)[0] == "P" for mark in text + other):
        return "punctuation"
    if text and other:
        return "wording"
    return "omission" if text else "addition"


def _clause_at(plan: PlanFacts, place: int) -> str:
    """The clause of the base document in which a place of its seed lies; empty where it lies in none."""
    spans = ((read.clause.text.span, read.clause.clause_id) for read in plan.clauses)
    return next((clause_id for (start, end), clause_id in spans if start <= place < end), "")
