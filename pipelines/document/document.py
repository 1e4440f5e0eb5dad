"""Reads a repaired text as a document: its plans, and what each passage of it is."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from pipelines.document.around import kinds_around
from pipelines.document.blocks import Block, block_tree
from pipelines.document.contents import contents_ranges
from pipelines.document.headings import BOX, read_headings, with_figures
from pipelines.document.lines import SHORT_LINE, Line, lines_of, with_headings_apart
from pipelines.document.paragraphs import paragraphs
from pipelines.document.parts import PlanFinder, PlanLines
from pipelines.document.passage import Passage
from pipelines.document.running import running_lines
from pipelines.document.styles import styles_of
from pipelines.document.table import Table, inside_cell, joins
from pipelines.document.table import moved as moved_table
from pipelines.document.tables import find_tables
from pipelines.document.titles import LONGEST
from pipelines.seeds.sources import Source
from pipelines.text.provenance import Edit, Text, ordered
from pipelines.text.repair import Repaired, is_chinese
from pipelines.vocabulary import Vocabulary

BLANK_RUN = re.compile("[ ]+")
CHROME = ("chrome", "Line of a web page or a page number")
LINEBREAK = ("linebreak", "Line or page break inside a paragraph")
BLANK = ("blank", "Blank next to a Chinese character or mark")
LONGEST_NUMBER = 3  # characters of a page's number without its dashes
Removal = tuple[int, int, tuple[str, str]]  # range of the text, rule and reason


@dataclass(frozen=True, slots=True)
class Document:
    """A document whose passages are known: its repaired text with every edit, and its blocks.

    `around` are the passages outside its plans.
    """

    source: Source
    text: Text
    edits: tuple[Edit, ...]
    script: str
    blocks: tuple[Block, ...]
    around: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class PlanText:
    """One plan of a document: where it stands in the document's text, and what its passages are.

    Its title is `[start, title_end)`, its front matter goes up to `body`, its text up to `end`; what stands round it and
    may tell of it begins at `head_start` and ends at `foot_end`.
    """

    plan_id: str
    document: Document
    start: int
    title_end: int
    body: int
    end: int
    head_start: int
    foot_end: int
    passages: tuple[Passage, ...]

    @property
    def source(self) -> Source:
        """The seed that the plan stands in."""
        return self.document.source

    @property
    def text(self) -> Text:
        """The text of the whole document."""
        return self.document.text

    @property
    def is_main(self) -> bool:
        """Whether it is the plan for which the document is a seed, and not another one that stands in it."""
        return self.plan_id == self.source.row.plan_id

    @property
    def title(self) -> Text:
        """The lines of the title, as they stand."""
        return self.text[self.start : min(self.title_end, self.start + LONGEST)]

    @property
    def head(self) -> Text:
        """What stands before the plan's title: covering letter, page head or explainer."""
        return self.text[self.head_start : self.start]

    @property
    def plan(self) -> Text:
        """The plan's own text, from its title to the end of its last clause."""
        return self.text[self.start : self.end]

    @property
    def front(self) -> Text:
        """What stands between the plan's title and its text: its number, its date, the names of its issuers."""
        return self.text[self.title_end : self.body]

    @property
    def foot(self) -> Text:
        """What stands after the plan's last clause."""
        return self.text[self.end : self.foot_end]


def read_document(repaired: Repaired, vocabulary: Vocabulary) -> tuple[PlanText, ...]:
    """The plans of a repaired text, at least one. The text must have a line that is not empty."""
    string, raw, styles = repaired.text.string, repaired.source.raw, styles_of(vocabulary)
    lines = with_headings_apart(lines_of(string))
    running = running_lines(lines, vocabulary)
    if len(running) == len(lines):
        running = set()
    contents = contents_ranges(lines, running, styles)
    listed = {index for first, after in contents for index in range(first, after)}
    tables = [table for table in _tables(lines, running, vocabulary) if table.first not in listed]
    running -= {index for table in tables for index in _own_lines(table, lines)}
    in_tables = {index for table in tables for index in range(table.first, table.after)}
    places = PlanFinder(lines, running | listed | in_tables, vocabulary).plans()
    removals: list[Removal] = [(lines[index].start, lines[index].end, CHROME) for index in sorted(running)]
    gathered = []
    for place in places:
        passages, joined = _gathered(lines, place, running | listed, tables, vocabulary)
        gathered.append(passages)
        removals += [one for before, after in joined for one in _breaks(lines, before, after)]
    own_lines = {index for place in places for index in range(place.start, place.end)} - running
    removals += [(*span, BLANK) for index in own_lines - in_tables for span in _blanks(lines[index])]
    for table in tables:
        inner = (span for index in range(table.first, table.after) for span in _blanks(lines[index]))
        removals += [(*span, BLANK) for span in inner if inside_cell(table, span[0])]
    cells = [each for table in tables for each in joins(table, string)]
    removals += [(at + len(blank), end, LINEBREAK) for at, end, blank in cells if at + len(blank) < end]
    removals.sort()
    characters = list(string)
    for at, _, blank in cells:
        # Between two cells of a row a blank stands for the line break.
        characters[at] = blank or characters[at]
    text, edits = repaired.text.recast("".join(characters), raw, *LINEBREAK)
    text, removed = text.without([(first, last) for first, last, _ in removals], raw, "", "")
    for edit, (_, _, (rule, reason)) in zip(removed, removals, strict=True):
        edits.append(edit._replace(rule=rule, reason=reason))
    moved = _Moved(removals)
    around = _around(lines, places, contents, running, moved, vocabulary)
    for own in gathered:
        for passage in own:
            passage.start, passage.end = moved(passage.start), moved(passage.end)
            if passage.table is not None:
                passage.table = moved_table(passage.table, moved)
            if passage.label is not None:
                # The label as it stands once blanks are gone; one without its mark is known by its line alone.
                words = text.string[passage.start : passage.end][:SHORT_LINE]
                passage.label = styles.label(words) or passage.label
        own[:] = with_figures(text.string, own)
        read_headings(text.string, own, styles, vocabulary)
    hidden = _together(
        (repaired.text[one.start : one.end].span for one in map(lines.__getitem__, sorted(running))), raw
    )
    main = repaired.source.row.plan_id
    ids = [main if not rank else f"{main}-{rank + 1}" for rank in range(len(places))]
    blocks = block_tree(text, list(zip(ids, gathered, strict=True)), around, hidden, raw)
    kept = tuple(ordered([*repaired.edits, *edits], text, raw))
    document = Document(repaired.source, text, kept, repaired.script, blocks, tuple(around))
    ends = [moved(lines[place.end - 1].end) for place in places]
    starts = [*(moved(lines[place.start].start) for place in places), len(text)]
    return tuple(
        PlanText(
            plan_id=ids[rank],
            document=document,
            start=starts[rank],
            title_end=moved(lines[place.title_end - 1].end),
            body=moved(lines[max(place.body, place.title_end) - 1].end),
            end=ends[rank],
            head_start=ends[rank - 1] if rank else 0,
            foot_end=starts[rank + 1],
            passages=tuple(own),
        )
        for rank, (place, own) in enumerate(zip(places, gathered, strict=True))
    )


def _together(spans: Iterable[tuple[int, int]], raw: str) -> list[tuple[int, int]]:
    """Ranges of the seed, those with nothing between them as one: a page number in pieces, a page's foot and head."""
    found: list[tuple[int, int]] = []
    for start, end in spans:
        if found and not raw[found[-1][1] : start].strip():
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


class _Moved:
    """Where a place of the text is once ranges have been taken out of it."""

    def __init__(self, removals: Sequence[Removal]) -> None:
        self._starts = [first for first, _, _ in removals]
        self._ends = [last for _, last, _ in removals]
        self._gone = [0, *accumulate(last - first for first, last, _ in removals)]

    def __call__(self, place: int) -> int:
        index = bisect_right(self._starts, place)
        if index and place < self._ends[index - 1]:
            place = self._ends[index - 1]
        return place - self._gone[index]


def _gathered(
    lines: Sequence[Line],
    place: PlanLines,
    skipped: set[int],
    tables: Sequence[Table],
    vocabulary: Vocabulary,
) -> tuple[list[Passage], list[tuple[int, int]]]:
    """The passages of a plan's text, and the pairs of lines that are to be joined."""
    passages: list[Passage] = []
    joins = [(one, one + 1) for one in range(place.start, place.title_end - 1)]
    apart: dict[int, Passage] = {}
    for table in tables:
        if place.body <= table.first and table.after <= place.end:
            title = None if table.caption is None else (table.caption.start, table.caption.end)
            first = table.first
            if title is not None and BOX.match(lines[first].string):
                # 专栏1 is the heading of a box that holds the table.
                while first < table.after and lines[first].start < title[1]:
                    first += 1
            made = Passage("table", lines[first].start, lines[table.after - 1].end, title=title, table=table)
            apart |= dict.fromkeys(range(first, table.after), made)
    own = [index for index in range(place.body, place.end) if index in apart or index not in skipped]
    among = {rank for rank, index in enumerate(own) if index in apart}
    for found in paragraphs([lines[index] for index in own], among, vocabulary):
        first, last = own[found.first], own[found.last]
        if first not in apart:
            passages.append(Passage("paragraph", lines[first].start, lines[last].end, found.label))
            joins += [(own[index], own[index + 1]) for index in range(found.first, found.last)]
        elif not passages or passages[-1] is not apart[first]:
            passages.append(apart[first])
    return passages, joins


def _tables(lines: Sequence[Line], running: set[int], vocabulary: Vocabulary) -> list[Table]:
    """The tables of a document. A lone number or dash in one is a value, however well it counts the pages; heads and feet are none."""
    kept = [
        index
        for index, line in enumerate(lines)
        if index not in running or len(line.string) <= LONGEST_NUMBER
    ]
    found = find_tables([lines[index] for index in kept], vocabulary)
    return [replace(table, first=kept[table.first], after=kept[table.after - 1] + 1) for table in found]


def _own_lines(table: Table, lines: Sequence[Line]) -> set[int]:
    """The lines of a table that are its own, though they look like numbers of pages."""
    return {
        index
        for index in range(table.first, table.after)
        if len(lines[index].string) <= LONGEST_NUMBER
        and not any(cell.start <= lines[index].start < cell.end for cell in table.skipped)
    }


def _breaks(lines: Sequence[Line], before: int, after: int) -> Iterator[Removal]:
    """The line ends between two lines that are joined; what runs between them is taken out by its own rule."""
    for one, two in pairwise(lines[before : after + 1]):
        yield one.end, two.start, LINEBREAK


def _blanks(line: Line) -> Iterator[tuple[int, int]]:
    """The blanks inside a line that stand next to a Chinese character or mark, or to %."""
    for match in BLANK_RUN.finditer(line.string) if " " in line.string else ():
        first, last = match.span()
        if first and last < len(line.string):
            before, after = line.string[first - 1], line.string[last]
            if "%" in (before, after) or is_chinese(before) or is_chinese(after):
                yield line.start + first, line.start + last


def _around(
    lines: Sequence[Line],
    places: Sequence[PlanLines],
    contents: Sequence[tuple[int, int]],
    running: set[int],
    moved: _Moved,
    vocabulary: Vocabulary,
) -> list[Passage]:
    """What stands outside the plans' texts: covers, letters, contents, front matter, feet, annexes."""
    found: list[Passage] = []
    last = -2
    for index, kind in sorted(kinds_around(lines, places, contents, vocabulary).items()):
        if index in running:
            continue
        line = lines[index]
        if found and (index, kind) == (last + 1, found[-1].kind):
            found[-1].end = moved(line.end)
        else:
            found.append(Passage(kind, moved(line.start), moved(line.end)))
        last = index
    return found
