"""Finds the plans of a document among its lines: where the title of each stands, where its text begins and ends."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from pipelines.document.brackets import CLOSERS, OPENERS, bracket_in_heading
from pipelines.document.lines import ANNEX_MARK, CLOSINGS, SENTENCE_END, SENTENCE_MARK, SHORT_LINE, Line
from pipelines.document.styles import Styles, styles_of
from pipelines.document.titles import BLANKS, Title, carried, is_beside_title, title_at
from pipelines.document.words import LineWords, line_words
from pipelines.vocabulary import Vocabulary

# Whom a document is sent to, in its first line: `各区人民政府，市政府有关部门：`
ADDRESSEES = re.compile(r"[^。；]{0,200}[各有].{1,400}[：:]$")
# The list of annexes at the foot of a notice: 附件：1.重点任务分工
ANNEXES = re.compile(r"附 ?件 ?[：:]")
MOST_ANNEXES = 20  # lines
ANNEX = re.compile(r"附 ?(?:件|表|录|图)|附：")
# Not a plan of its own, but a part of one
PART = re.compile(r"(?:专栏|表|图) ?[\d一二三四五六七八九十]")
OWN_STYLES = ("chapter", "section", "comma", "bracket", "point")
MOST_BETWEEN = 4  # lines of a page's foot and head between two lines of a title
LONGEST_BRACKET = 2000  # characters
LONGEST_LETTER = 3000  # characters, of a covering letter
LONGEST_TITLE = 120  # characters


@dataclass(frozen=True, slots=True)
class PlanLines:
    """Where a plan stands among the lines: title `[start, title_end)`, front matter up to `body`, text up to `end`."""

    start: int
    title_end: int
    body: int
    end: int


@dataclass(frozen=True)
class PlanFinder:
    """The lines of a document, with those that are `passed` by: running ones, contents pages, tables."""

    lines: Sequence[Line]
    passed: set[int]
    vocabulary: Vocabulary

    @property
    def words(self) -> LineWords:
        """The words by which lines are known."""
        return line_words(self.vocabulary)

    @property
    def styles(self) -> Styles:
        """The styles of numbering."""
        return styles_of(self.vocabulary)

    def plans(self) -> list[PlanLines]:
        """The plans, in order.

        A plan begins with the last title before its first heading. Where an announcement such as 原文如下 comes before, what
        precedes the last one is none; a notice before a plan is its covering letter.
        """
        lines, ones = self.lines, self._first_headings
        announcements = [at for at, line in enumerate(lines) if self.words.announcement.search(line.string)]
        starts: list[tuple[int, int, int]] = []
        done = 0
        for one in ones:
            if (title := self._title_before(done, one, is_main=not starts)) is not None:
                starts.append((*title, one))
            done = one + 1
        for announcement in reversed(announcements):
            if announced := [start for start in starts if start[0] > announcement]:
                starts = announced
                break
        if len(starts) > 1 and self._is_letter(*starts[0][:2]):
            starts = starts[1:]
        before = starts[0][0] if starts else len(lines)
        length = sum(len(lines[index].string) for index in range(before) if index not in self.passed)
        if not starts or (length > LONGEST_LETTER and not announcements):
            # A document without headings, or one that is no letter before the first title above a heading.
            heading = next((one for one in ones if one < before), before)
            first, last = self._first_title(heading)
            starts.insert(0, (first, last, heading if heading > last else before))
        found = []
        for rank, (start, last, heading) in enumerate(starts, start=1):
            if len(lines[last].string) > LONGEST_TITLE:
                # All on one line: its beginning has to stand for a title.
                found.append(PlanLines(start, last + 1, last, len(lines)))
                continue
            stop = starts[rank][0] if rank < len(starts) else len(lines)
            while rank < len(starts) and stop > heading + 1 and ANNEX_MARK.fullmatch(lines[stop - 1].string):
                stop -= 1
            body = self._body(last + 1, heading)
            found.append(PlanLines(start, last + 1, body, self._end(body, heading, stop)))
        return found

    @cached_property
    def _first_headings(self) -> list[int]:
        """The lines that have the first number of the style that opens the document's parts."""
        firsts: dict[tuple[str, str], list[int]] = {}
        for index, line in enumerate(self.lines):
            label = self.styles.label(line.string) if index not in self.passed else None
            if label is not None and set(label.number) == {1}:
                firsts.setdefault((label.style.opens, label.style.style), []).append(index)
        order = ("chapter", "clause", "item")
        return firsts[min(firsts, key=lambda key: order.index(key[0]))] if firsts else []

    def _title_before(self, first: int, heading: int, *, is_main: bool) -> tuple[int, int] | None:
        """The first and last line of the title that stands nearest before a heading, not before line `first`.

        A title in quotation marks is that of a document cited, unless a notice before it carries it. A plan behind another
        one is marked as an annex, or its title opens with a place below the country.
        """
        titles = self._titles(first, heading)
        own = {title.name for _, _, title in titles if title.is_carrying}
        plain = [each for each in titles if not each[2].is_quoted or each[2].name in own]
        for start, last, title in reversed(plain or (titles if is_main else [])):
            above = next(
                (self.lines[at].string for at in range(start - 1, -1, -1) if at not in self.passed), ""
            )
            place = self.vocabulary.place_at(title.string)
            opens = place is not None and place.level != "national" and not PART.match(above)
            if is_main or opens or ANNEX_MARK.fullmatch(above):
                return start, last
        return None

    def _first_title(self, heading: int) -> tuple[int, int]:
        """The first and last line of the title of a document without one before its first heading: its first line, numbers,
        dates and page numbers apart."""
        if titles := self._titles(0, heading):
            return titles[0][:2]
        own = [index for index in range(len(self.lines)) if index not in self.passed] or [0]
        first = next(
            (at for at in own if not is_beside_title(self.lines[at].string, self.vocabulary)), own[0]
        )
        return first, first

    def _titles(self, first: int, after: int) -> list[tuple[int, int, Title]]:
        """The titles among the lines `[first, after)`, with the first and last line of each; none runs over a contents page."""
        own = [index for index in range(first, after) if index not in self.passed]
        gaps = [at for at in range(1, len(own)) if own[at] - own[at - 1] > MOST_BETWEEN]
        found: list[tuple[int, int, Title]] = []
        for start, stop in pairwise([0, *gaps, len(own)]):
            shown = [self.lines[index] for index in own[start:stop]]
            at = 0
            while at < len(shown):
                is_label = self.styles.label(shown[at].string) or PART.match(shown[at].string)
                title = None if is_label else title_at(shown, at, self.vocabulary)
                if title is not None:
                    found.append((own[start + at], own[start + title.last], title))
                at = at + 1 if title is None else title.last + 1
        return found

    def _is_letter(self, first: int, last: int) -> bool:
        """Whether what begins with a title is a notice that carries the document behind it: 关于印发…的通知."""
        title = BLANKS.sub("", "".join(line.string for line in self.lines[first : last + 1]))
        return carried(title, self.vocabulary) is not None

    def _body(self, first: int, heading: int) -> int:
        """The line after a plan's title and front matter: its number, its date, its issuers, whom it is sent to, its contents."""
        index = first
        while index < min(heading, len(self.lines)):
            string = self.lines[index].string
            is_front = ADDRESSEES.fullmatch(string) or self.words.names.fullmatch(string)
            if not (index in self.passed or is_front or is_beside_title(string, self.vocabulary)):
                break
            index += 1
        return index

    def _end(self, body: int, heading: int, stop: int) -> int:
        """The line after the last one of a plan: what follows is a page's foot or an annex."""
        first = heading if heading < stop else body
        for index in range(first + 1, stop):
            if self.words.copied_to.match(self.lines[index].string) and not self._goes_on_behind(index, stop):
                stop = index
                break
        last = self._last_own(first, stop - 1)
        listed = next(filter(self._lists_annexes, range(last, max(first, last - MOST_ANNEXES), -1)), None)
        if listed is not None and not any(map(self._is_text, range(listed, last + 1))):
            last = self._last_own(first, listed - 1)
        if first < last < stop - 1 and self.styles.label(self.lines[last].string) and self._is_heading(last):
            # A heading is not the last of a plan: what stands under it is its text, though its full stop is lost.
            while last + 1 < stop and not (
                self._is_foot(last + 1) or ANNEX.match(self.lines[last + 1].string)
            ):
                last += 1
        if last == heading:
            # Nothing that ends a sentence: all that is no foot is the text.
            texts = (at for at in range(stop - 1, heading, -1) if not self._is_foot(at))
            last = next(texts, last)
        return last + 1

    def _last_own(self, first: int, last: int) -> int:
        """The last line up to one that is the plan's own."""
        while last > first and (
            last in self.passed or not (self._ends_clause(first, last) or self._is_own(last))
        ):
            last -= 1
        return last

    def _lists_annexes(self, index: int) -> bool:
        return ANNEXES.match(self.lines[index].string) is not None

    def _is_text(self, index: int) -> bool:
        """Whether a line ends a sentence, or is the mark of an annex whose text follows."""
        string = self.lines[index].string
        return string[-1] in SENTENCE_END or ANNEX_MARK.fullmatch(string) is not None

    def _is_heading(self, index: int) -> bool:
        string = self.lines[index].string
        return len(string) <= SHORT_LINE and not SENTENCE_MARK.search(string)

    def _is_foot(self, index: int) -> bool:
        return self.words.foot.match(self.lines[index].string) is not None

    def _goes_on_behind(self, index: int, stop: int) -> bool:
        """Whether the plan goes on behind its address block, as the reading order of a page may have it."""
        behind = [line.string for line in self.lines[index + 1 : stop]]
        return sum(string[-1] == "。" for string in behind) > 3 and any(map(self.styles.label, behind))

    def _is_own(self, index: int) -> bool:
        """Whether a line after the last whole clause is the plan's own, and not a page's foot."""
        if self._is_foot(index):
            return False
        string = self.lines[index].string
        label = self.styles.label(string)
        if label is not None and label.style.style in OWN_STYLES:
            return True
        opened, closed = (sum(map(string.count, marks)) for marks in (OPENERS, CLOSERS))
        return ("，" in string and len(string) > SHORT_LINE) or opened != closed

    def _ends_clause(self, first: int, index: int) -> bool:
        """Whether a line ends a sentence, or closes the bracket of those responsible, which may begin lines above."""
        end = self.lines[index].string[-1]
        if end in SENTENCE_END or end not in CLOSINGS + CLOSERS or self._is_foot(index):
            return end in SENTENCE_END
        above = self.lines[max(first, index - 12) : index + 1]
        return ends_with_bracket("".join(line.string[-LONGEST_BRACKET:] for line in above), self.vocabulary)


def ends_with_bracket(string: str, vocabulary: Vocabulary) -> bool:
    """Whether a text ends with the bracket of those responsible; a bracket inside it may stand there.

    >>> from pipelines.vocabulary import load_vocabulary
    >>> words = load_vocabulary()
    >>> ends_with_bracket("推进建设。（市发改委、各区人民政府（含开发区）等按职责分工负责）", words)
    True
    >>> ends_with_bracket("推进屋顶光伏（分布式）", words), ends_with_bracket("特此通知。（此件公开发布）", words)
    (False, False)
    """
    tail = string[-LONGEST_BRACKET:]
    found = bracket_in_heading(tail, vocabulary) if tail.endswith("）") else None
    return found is not None and tail[: found.opening].rstrip(" ").endswith(("。", "；", "”", "！", "）"))
