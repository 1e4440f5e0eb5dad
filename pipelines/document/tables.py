"""Finds the tables among the lines of a document: where each begins and ends, its heading, its rows and their cells, its notes.

Tables of a PDF's text layer are laid flat into lines: a cell may stand on a line of its own, with others, or be broken over several. What is no
table for certain is none: running text never has a heading made of nothing but the words of headings, with rows of values under it.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from pipelines.document.cells import Cell, cell_forms, cells, mended
from pipelines.document.columns import Column, heading, heading_words, heading_words_on, squeezed, words_of
from pipelines.document.gathering import GROUP_LABEL, Layout
from pipelines.document.lines import Line
from pipelines.document.rows import Row, rows
from pipelines.document.table import Table
from pipelines.document.tasks import DUTIES, Task, tasks
from pipelines.vocabulary import Vocabulary
from pipelines.vocabulary.patterns import any_of

# — 20 —, －12－, - 23 -: the number of a page
PAGE_NUMBER = re.compile(r"[—－–-]+\s*\d{1,3}\s*[—－–-]+")
CONTINUED = re.compile(r"（?续表.{0,4}）?")
DASH_ONLY = re.compile(r"[—－–-]+")
BARE_NUMBER = re.compile(r"\d{1,3}")
CAPTION_LABEL = re.compile(r"(?:附?表|专栏)\s*(?:\d+(?:[-.—]\d+)*|[一二三四五六七八九十]+)?")
UNIT_OF_ALL = re.compile(r"（?单位：(?P<unit>[^（）]{1,12})）?")
# Running text: a sentence's mark on a line that is no narrow cell
SENTENCE = re.compile(r"[。；，].*[\u4e00-\u9fff]|[。；，]$")
FEWEST_ROWS = 2
NARROW_CELL = 14
WIDEST_CELL = 50
STRUCTURE = re.compile(
    r"第[一二三四五六七八九十]{1,3}[章节条]|[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）|附[件表]|专栏|表\d"
)
LONGEST_WITHOUT_VALUE = 24  # lines
LONGEST_NOTE = 25  # lines
NOTE_OF_MARK = r"[*＊※]\s*[\u4e00-\u9fff]|[\[〔［【]\s*[\]〕］】]"
NOTE_ITEM = re.compile(r"(?:注[：:])?\s*(?:[①-⑳○]|\d{1,2}[.．、）]|[a-z][.．]|[*＊※★☆#△☐]|[\[〔［【])")


def find_tables(lines: Sequence[Line], vocabulary: Vocabulary) -> list[Table]:
    """The tables among the lines of a document, in order."""
    finder = _Finder(lines, vocabulary)
    found: list[Table] = []
    index = 0
    while index < len(lines):
        table = finder.table_at(index)
        if table is not None:
            found.append(finder.captioned(table, found[-1].after if found else 0))
        index = index + 1 if table is None else table.after
    return found


class _Finder:
    """Finds the tables of a document."""

    def __init__(self, lines: Sequence[Line], vocabulary: Vocabulary) -> None:
        self.lines, self.vocabulary = lines, vocabulary
        self.strings = [line.string for line in lines]
        self.words, self.forms = heading_words(vocabulary), cell_forms(vocabulary)
        ends, notes = (any_of(vocabulary.words_of_tables[kind]) for kind in ("caption_end", "note"))
        self.caption = re.compile(rf"(?:附?表|专栏)\s*[\d一二三四五六七八九十]*|.{{4,50}}{ends}$")
        self.note = re.compile(rf"{notes}\s*(?:[：:]|\d|[①-⑳]|$)|{NOTE_OF_MARK}")

    def table_at(self, first: int) -> Table | None:
        """The table whose heading begins at a line, without its caption; None if none does."""
        if (found := self._heading(first)) is None:
            return None
        body, columns = found
        above = [line for line in self.lines[first:body] if heading_words_on(line.string)]
        places = [
            line.start + at for line in above for at, mark in enumerate(line.string) if not mark.isspace()
        ]
        string = "".join(heading_words_on(line.string) for line in above)
        table = Table(
            kind="indicator",
            first=first,
            after=body,
            start=above[0].start,
            end=above[-1].end,
            caption=None,
            unit=None,
            heading=tuple(
                Cell(places[one], places[other - 1] + 1, string[one:other])
                for one, other in words_of(string, self.words)
            ),
            columns=tuple(
                replace(one, start=places[one.start], end=places[one.end - 1] + 1) if one.end else one
                for one in columns
            ),
        )
        if {column.kind for column in columns} & {"indicator", "group"}:
            return self._with_rows(table)
        return self._with_tasks(table)

    def captioned(self, table: Table, before: int) -> Table:
        """A table with its caption, and the unit of all its values, where they stand above its heading."""
        lines, index, unit = self.lines, table.first - 1, None
        if index >= before and (match := UNIT_OF_ALL.fullmatch(squeezed(lines[index].string))):
            unit = Cell(lines[index].start, lines[index].end, match["unit"], "unit")
            index -= 1
        caption = None
        plain = squeezed(lines[index].string) if index >= before else ""
        if (
            plain
            and len(plain) <= WIDEST_CELL
            and not re.search("[。；]", plain)
            and self.caption.match(plain)
        ):
            top = index
            if top > before and not CAPTION_LABEL.match(plain):
                above = squeezed(lines[top - 1].string)
                top -= bool(CAPTION_LABEL.match(above)) and len(above) <= WIDEST_CELL
            string = "".join(squeezed(line.string) for line in lines[top : index + 1])
            caption = Cell(lines[top].start, lines[index].end, string, "caption")
            table = replace(table, first=top, start=lines[top].start)
        return replace(table, caption=caption, unit=unit)

    def _heading(self, index: int) -> tuple[int, list[Column]] | None:
        return heading(self.strings, index, self.words)

    def _body(self, table: Table) -> tuple[list[int], list[tuple[int, int]]]:
        """The lines below a heading up to another one, and the ranges of those passed by: numbers of pages, the heading repeated."""
        kinds = [column.kind for column in table.columns]
        inside: list[int] = []
        skipped: list[tuple[int, int]] = []
        index = table.after
        while index < len(self.lines):
            after = index + (_upright_number(self.strings, index) or self._is_page_number(index))
            if index > table.after and (again := self._heading(index)) is not None:
                if [column.kind for column in again[1]] != kinds:
                    break
                after = again[0]
            if after > index:
                skipped.append((index, after))
            else:
                inside.append(index)
            index = max(after, index + 1)
        return inside, skipped

    def _with_rows(self, table: Table) -> Table | None:
        """An indicator table with its rows, at least two with a value for each column."""
        kinds = {column.kind for column in table.columns}
        width = sum(column.is_value for column in table.columns)
        inside, skipped = self._body(table)
        found: list[Cell] = []
        gaps: set[int] = set()
        barren = 0
        for index in inside:
            string = self.strings[index].strip()
            if barren == LONGEST_WITHOUT_VALUE or self.note.match(string) or _is_prose(string):
                break
            made = cells(self.lines[index].string, self.lines[index].start, self.forms)
            barren = barren + 1 if all(cell.kind in ("text", "unit", "mark") for cell in made) else 0
            if made and self.lines[index].start - self.lines[index - 1].end > 1:
                gaps.add(made[0].start)
            found += made
        layout = Layout(
            width=width,
            has_ordinals="ordinal" in kinds,
            has_units="unit" in kinds,
            has_groups="group" in kinds,
            duties=self.vocabulary.suffixes if kinds & set(DUTIES) else (),
        )
        found = list(mended(found, self.forms, has_units=layout.has_units))
        made_rows = rows(found, layout, self.forms, frozenset(gaps))
        if sum(len(row.values) == width for row in made_rows) < FEWEST_ROWS:
            return None
        return self._ended(table, max(row.end for row in made_rows), skipped, rows=tuple(made_rows))

    def _with_tasks(self, table: Table) -> Table | None:
        """A table of tasks with its rows, at least two that are whole."""
        inside, skipped = self._body(table)
        found = tasks(
            [self.lines[index] for index in inside], [c.kind for c in table.columns], self.vocabulary
        )
        if len(found) < FEWEST_ROWS:
            return None
        return replace(self._ended(table, found[-1].end, skipped, tasks=tuple(found)), kind="task")

    def _ended(
        self,
        table: Table,
        end: int,
        skipped: Sequence[tuple[int, int]],
        rows: tuple[Row, ...] = (),
        tasks: tuple[Task, ...] = (),
    ) -> Table:
        """A table that ends at a place of the text, with the notes behind it."""
        after = bisect_left(self.lines, end, key=lambda line: line.start)
        below = after
        while below < len(self.lines) and self._is_page_number(below):
            below += 1
        spans = (
            (self.lines[one].start, self.lines[other - 1].end) for one, other in skipped if other <= after
        )
        passed, notes = tuple(Cell(*span, "") for span in spans), tuple(self._notes(below))
        return replace(table, after=after, end=end, rows=rows, tasks=tasks, notes=notes, skipped=passed)

    def _is_page_number(self, index: int) -> bool:
        """Whether a line is the number of a page: — 20 —, or a bare number before a heading that is repeated."""
        string = self.strings[index].strip()
        if PAGE_NUMBER.fullmatch(string) or CONTINUED.fullmatch(string):
            return True
        if BARE_NUMBER.fullmatch(string) is None or index + 1 == len(self.lines):
            return False
        following = self.strings[index + 1].strip()
        return CONTINUED.fullmatch(following) is not None or self._heading(index + 1) is not None

    def _notes(self, first: int) -> list[Cell]:
        """The notes under a table: from a line that opens one to the line that ends the last."""
        found: list[Cell] = []
        for index in range(first, min(first + LONGEST_NOTE, len(self.lines))):
            string = self.strings[index].strip()
            is_item = NOTE_ITEM.match(string) is not None
            if not found and not self.note.match(string):
                break
            is_other = (
                PAGE_NUMBER.fullmatch(string) or BARE_NUMBER.fullmatch(string) or STRUCTURE.match(string)
            )
            if found and not is_item and (is_other or found[-1].string[-1] in "。."):
                break
            found.append(Cell(self.lines[index].start, self.lines[index].end, squeezed(string)))
        return found


def _upright_number(strings: Sequence[str], index: int) -> int:
    """How many lines the number of a page takes that is printed upright, at the edge of a page that lies on its side.

    >>> _upright_number(["—", "2", "1", "—", "指标"], 0), _upright_number(["—", "5", "12", "约束性"], 0)
    (4, 0)
    """
    four = [string.strip() for string in strings[index : index + 4]]
    is_number = len(four) == 4 and DASH_ONLY.fullmatch(four[0]) and DASH_ONLY.fullmatch(four[3])
    return 4 if is_number and all(len(digit) == 1 and digit.isdigit() for digit in four[1:3]) else 0


def _is_prose(string: str) -> bool:
    """Whether a line is running text.

    >>> _is_prose("抓住新一轮科技革命和产业变革的历史性机遇，培育绿"), _is_prose("面积不减少、功能"), _is_prose("态环境保护。")
    (True, False, True)
    """
    if GROUP_LABEL.match(string) and len(string) <= NARROW_CELL:
        return False
    if len(string) > WIDEST_CELL or string.endswith("。"):
        return True
    return len(string) > NARROW_CELL and SENTENCE.search(string) is not None
