"""A text that knows the place in the seed of each of its characters, through every repair."""

from collections.abc import Iterable
from operator import itemgetter
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from pipelines.seeds.sources import HAND_REPAIRS

Offsets = npt.NDArray[np.int32]


class Edit(NamedTuple):
    """One repair: the characters `before` at `[start, end)` of the seed were replaced by `after`.

    A tuple, because a copy in traditional characters has thousands of them.
    """

    start: int
    end: int
    before: str
    after: str
    rule: str
    reason: str


class Text:
    """Characters with provenance: character `i` came from `[starts[i], ends[i])` of the seed.

    Slicing keeps the map, so nobody who takes a passage out of a Text has to do arithmetic with offsets.
    """

    __slots__ = ("ends", "starts", "string")

    def __init__(self, string: str, starts: Offsets, ends: Offsets) -> None:
        self.string = string
        self.starts = starts
        self.ends = ends

    @classmethod
    def of(cls, raw: str) -> "Text":
        """The seed itself, every character from its own place.

        >>> Text.of("到2025年").span
        (0, 6)
        """
        starts = np.arange(len(raw), dtype=np.int32)
        return cls(raw, starts, starts + 1)

    def __len__(self) -> int:
        return len(self.string)

    def __str__(self) -> str:
        return self.string

    def __repr__(self) -> str:
        return f"Text({self.string!r})"

    def __getitem__(self, place: slice) -> "Text":
        return Text(self.string[place], self.starts[place], self.ends[place])

    @property
    def span(self) -> tuple[int, int]:
        """The half-open range of the seed from which this text came; asking it of an empty text is an error."""
        if not self.string:
            raise ValueError("an empty text has no place in the seed")
        return int(self.starts[0]), int(self.ends[-1])

    def strip(self, characters: str = " \n") -> "Text":
        """This text without the given characters at its ends.

        >>> Text.of("  到2025年 ").strip().span
        (2, 8)
        """
        string = self.string
        if string and string[0] not in characters and string[-1] not in characters:
            return self
        left = len(string) - len(string.lstrip(characters))
        return self[left : max(left, len(string.rstrip(characters)))]

    def recast(self, string: str, raw: str, rule: str, reason: str) -> tuple["Text", list[Edit]]:
        """The same places with other characters, one for one; an Edit for each character that changed.

        Runs are not gathered into one Edit: a sentence or a quote may begin in the middle of a run, and an Edit
        must lie inside a passage or outside it.

        >>> text, edits = Text.of("锅炉(一期),到").recast("锅炉（一期），到", "锅炉(一期),到", "width", "half-width mark")
        >>> [(edit.start, edit.before, edit.after) for edit in edits]
        [(2, '(', '（'), (5, ')', '）'), (6, ',', '，')]
        """
        if string == self.string:
            return self, []
        if len(string) != len(self.string):
            raise ValueError(f"recast from {len(self.string)} to {len(string)} characters")
        old = np.frombuffer(self.string.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        new = np.frombuffer(string.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        changed = np.flatnonzero(old != new)
        edits = [
            Edit(start, end, raw[start:end], string[place], rule, reason)
            for place, start, end in zip(
                changed.tolist(), self.starts[changed].tolist(), self.ends[changed].tolist(), strict=True
            )
        ]
        return Text(string, self.starts, self.ends), edits

    def without(
        self, spans: Iterable[tuple[int, int]], raw: str, rule: str, reason: str
    ) -> tuple["Text", list[Edit]]:
        """This text less the given ranges of it, which must be in order and apart; an Edit for each.

        >>> text, edits = Text.of("**2023**年底").without([(0, 2), (6, 8)], "**2023**年底", "markup", "bold")
        >>> str(text), text[0:4].span, [edit.before for edit in edits]
        ('2023年底', (2, 6), ['**', '**'])
        """
        ranges = [span for span in spans if span[0] < span[1]]
        if not ranges:
            return self, []
        bounds = np.array(ranges, dtype=np.int64)
        edits = [
            Edit(start, end, raw[start:end], "", rule, reason)
            for start, end in zip(
                self.starts[bounds[:, 0]].tolist(), self.ends[bounds[:, 1] - 1].tolist(), strict=True
            )
        ]
        step = np.zeros(len(self.string) + 1, dtype=np.int8)
        step[bounds[:, 0]] += 1
        step[bounds[:, 1]] -= 1
        keep = np.cumsum(step[:-1], dtype=np.int8) == 0
        kept = zip([0, *bounds[:, 1].tolist()], [*bounds[:, 0].tolist(), len(self.string)], strict=True)
        string = "".join([self.string[first:last] for first, last in kept])
        return Text(string, self.starts[keep], self.ends[keep]), edits

    def replace(
        self, first: int, last: int, string: str, raw: str, rule: str, reason: str
    ) -> tuple["Text", list[Edit]]:
        """This text with `[first, last)` of it replaced; the new characters share the place of the old.

        >>> text, edits = Text.of("优先种植栾树").replace(4, 5, "栎", "优先种植栾树", "misprint", "Misprint")
        >>> str(text), edits[0].before, edits[0].after
        ('优先种植栎树', '栾', '栎')
        """
        if first >= last:
            raise ValueError("a replacement needs at least one character to stand for")
        start, end = int(self.starts[first]), int(self.ends[last - 1])
        places = len(string)
        text = Text(
            self.string[:first] + string + self.string[last:],
            np.concatenate((self.starts[:first], np.full(places, start, np.int32), self.starts[last:])),
            np.concatenate((self.ends[:first], np.full(places, end, np.int32), self.ends[last:])),
        )
        return text, [Edit(start, end, raw[start:end], string, rule, reason)]


def ordered(edits: Iterable[Edit], text: Text, raw: str) -> list[Edit]:
    """The edits that made `text` of `raw`, in the order of the seed and apart, so that each can be applied alone.

    Where several touch the same characters, one row says what the seed has there and what the text has in the
    end: under a hand repair's rule if one of them is, else under that of the widest, the last of the equal ones.

    >>> raw = "燃?壁,炉"
    >>> text, first = Text.of(raw).replace(1, 2, "氣,", raw, "lost", "Lost character")
    >>> text, second = text.recast("燃气，壁，炉", raw, "width", "half-width mark")
    >>> [(edit.start, edit.before, edit.after, edit.rule) for edit in ordered(first + second, text, raw)]
    [(1, '?', '气，', 'lost'), (3, ',', '，', 'width')]
    """
    apart: list[Edit] = []
    together: dict[int, list[Edit]] = {}
    reach = -1
    for edit in sorted(edits, key=itemgetter(0, 1)):
        if edit.start >= reach:
            apart.append(edit)
            reach = edit.end
        else:
            together.setdefault(len(apart) - 1, [apart[-1]]).append(edit)
            reach = max(reach, edit.end)
    for place, touching in together.items():
        apart[place] = _as_one(touching, text, raw)
    return apart


def _as_one(edits: list[Edit], text: Text, raw: str) -> Edit:
    start, end = edits[0].start, max(edit.end for edit in edits)
    named = max(reversed(edits), key=lambda edit: (edit.rule in HAND_REPAIRS, edit.end - edit.start))
    first, last = np.searchsorted(text.starts, start), np.searchsorted(text.ends, end, "right")
    return Edit(start, end, raw[start:end], text.string[first:last], named.rule, named.reason)


def repaired(raw: str, start: int, end: int, edits: Iterable[tuple[int, int, str]]) -> str:
    """`raw[start:end]` with the edits `(start, end, after)` that lie inside it; they must be in order.

    This is the proof of provenance, written without Text on purpose.

    >>> repaired("全市**2023**年底", 2, 12, [(2, 4, ""), (8, 10, "")])
    '2023年底'
    """
    pieces, done = [], start
    for first, last, after in edits:
        if first < done or last > end:
            continue
        pieces += [raw[done:first], after]
        done = last
    pieces.append(raw[done:end])
    return "".join(pieces)
