"""The lines of a document in, its tables out: where each begins and ends, its heading, its rows and their cells, its notes.

Tables of a PDF's text layer are laid flat into lines: a cell may stand on a line of its own, with others, or be broken over several. What is no
table for certain is none: running text never has a heading made of nothing but the words of headings, with rows of values under it.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from pipelines.document.cells import Cell, CellForms, cell_forms, cells, mended
from pipelines.document.columns import Column, HeadingWords, heading, heading_words, squeezed, words_of
from pipelines.document.gathering import GROUP_LABEL, Layout
from pipelines.document.lines import Line
from pipelines.document.rows import Row, rows
from pipelines.vocabulary import Vocabulary

# — 20 —, －12－, - 23 -: the number of a page
PAGE_NUMBER = re.compile(r"[—－–-]+\s*\d{1,3}\s*[—－–-]+")
LINE_BREAK = re.compile(r"\s*\n\s*")
CONTINUED = re.compile(r"（?续表.{0,4}）?")
DASH_ONLY = re.compile(r"[—－–-]+")
BARE_NUMBER = re.compile(r"\d{1,3}")
CAPTION = re.compile(
    r"(?:附?表|专栏)\s*[\d一二三四五六七八九十]*|.{4,50}(?:指标|目标|体系|情况|任务|方案|表|发展|分解)$"
)
CAPTION_LABEL = re.compile(r"(?:附?表|专栏)\s*(?:\d+(?:[-.—]\d+)*|[一二三四五六七八九十]+)?")
UNIT_OF_ALL = re.compile(r"（?单位：(?P<unit>[^（）]{1,12})）?")
# Running text: a sentence's mark on a line that is no narrow cell
SENTENCE = re.compile(r"[。；，].*[\u4e00-\u9fff]|[。；，]$")
DUTIES = {"shared", "lead", "support"}
NARROW_CELL = 14
WIDEST_CELL = 50
STRUCTURE = re.compile(
    r"第[一二三四五六七八九十]{1,3}[章节条]|[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）|附件|专栏|表\d"
)
LONGEST_WITHOUT_VALUE = 24  # lines
LONGEST_NOTE = 25  # lines
NOTE_ITEM = re.compile(r"(?:注[：:])?\s*(?:[①-⑳○]|\d{1,2}[.．、）]|[a-z][.．]|[*＊※★☆#△☐]|[\[〔［【])")


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a document, at `[start, end)` of its text from the caption to the last row, the lines `[first, after)`.

    kind: indicator (rows have values), task (rows have those responsible or deadlines). caption and unit (of all values) are None where none
    stands. heading: the words of its heading. notes, skipped: ranges of lines behind it, and of those inside it that are none of its own (page
    numbers, headings repeated).
    """

    kind: str
    first: int
    after: int
    start: int
    end: int
    caption: Cell | None
    unit: Cell | None
    heading: tuple[Cell, ...]
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    notes: tuple[Cell, ...]
    skipped: tuple[tuple[int, int], ...]


def find_tables(lines: Sequence[Line], vocabulary: Vocabulary) -> list[Table]:
    """The tables among the lines of a document, in order."""
    words, forms = heading_words(vocabulary), cell_forms(vocabulary)
    notes = re.compile(
        rf"(?:{'|'.join(vocabulary.words_of_tables['note'])})\s*(?:[：:]|\d|[①-⑳]|$)|[*＊※]\s*[\u4e00-\u9fff]|[\[〔［【]\s*[\]〕］】]"
    )
    strings = [line.string for line in lines]
    tables: list[Table] = []
    index = 0
    while index < len(lines):
        found = heading(strings, index, words)
        table = (
            _table(lines, strings, index, found, words, forms, notes, vocabulary.suffixes) if found else None
        )
        if table is not None:
            before = tables[-1].after if tables else 0
            tables.append(_captioned(table, lines, before))
            index = table.after
        else:
            index += 1
    return tables


def _table(
    lines: Sequence[Line],
    strings: list[str],
    first: int,
    found: tuple[int, list[Column]],
    words: HeadingWords,
    forms: CellForms,
    notes: re.Pattern[str],
    duties: tuple[str, ...],
) -> Table | None:
    body, columns = found
    width = sum(column.is_value for column in columns)
    kinds = {column.kind for column in columns}
    inside: list[Cell] = []
    skipped: list[tuple[int, int]] = []
    gaps: set[int] = set()
    index, barren = body, 0
    while index < len(lines) and barren < LONGEST_WITHOUT_VALUE:
        string = strings[index].strip()
        again = heading(strings, index, words) if index > body else None
        if again is not None:
            if [column.kind for column in again[1]] != [column.kind for column in columns]:
                break
            skipped.append((index, again[0]))
            index = again[0]
            continue
        if upright := _upright_number(strings, index):
            skipped.append((index, index + upright))
            index += upright
            continue
        if _is_page_number(strings, index, words):
            skipped.append((index, index + 1))
            index += 1
            continue
        if notes.match(string) or _is_prose(string):
            break
        made = cells(lines[index].string, lines[index].start, forms)
        barren = barren + 1 if all(cell.kind in ("text", "unit", "mark") for cell in made) else 0
        if made and index and lines[index].start - lines[index - 1].end > 1:
            gaps.add(made[0].start)
        inside += made
        index += 1
    if not kinds & {"indicator", "group"}:
        return None
    layout = Layout(
        width, "ordinal" in kinds, "unit" in kinds, "group" in kinds, duties if kinds & DUTIES else ()
    )
    inside = list(mended(inside, forms, has_units=layout.has_units))
    made_rows = rows(inside, layout, forms, frozenset(gaps))
    if sum(len(row.values) == width for row in made_rows) < 2:
        return None
    end = max(row.end for row in made_rows)
    after = bisect_left(lines, end, key=lambda line: line.start)
    skipped = [span for span in skipped if span[1] <= after]
    start_of_notes = after
    while start_of_notes < len(lines) and _is_page_number(strings, start_of_notes, words):
        start_of_notes += 1
    found_notes = _notes(lines, start_of_notes, notes)
    above = lines[first:body]
    places = [line.start + at for line in above for at, mark in enumerate(line.string) if not mark.isspace()]
    string = "".join(squeezed(line.string) for line in above)
    return Table(
        "indicator",
        first,
        after,
        lines[first].start,
        end,
        None,
        None,
        tuple(
            Cell(places[one], places[other - 1] + 1, string[one:other])
            for one, other in words_of(string, words)
        ),
        tuple(replace(c, start=places[c.start], end=places[c.end - 1] + 1) if c.end else c for c in columns),
        tuple(made_rows),
        tuple(found_notes),
        tuple((lines[one].start, lines[other - 1].end) for one, other in skipped),
    )


def _is_page_number(strings: Sequence[str], index: int, words: HeadingWords) -> bool:
    """Whether a line is the number of a page: — 20 —, or a bare number before a heading that is repeated."""
    string = strings[index].strip()
    if PAGE_NUMBER.fullmatch(string) or CONTINUED.fullmatch(string):
        return True
    return (
        BARE_NUMBER.fullmatch(string) is not None
        and index + 1 < len(strings)
        and (
            heading(strings, index + 1, words) is not None
            or CONTINUED.fullmatch(strings[index + 1].strip()) is not None
        )
    )


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


def _notes(lines: Sequence[Line], first: int, notes: re.Pattern[str]) -> list[Cell]:
    """The notes under a table: from a line that opens one to the line that ends the last."""
    if first >= len(lines) or not notes.match(lines[first].string.strip()):
        return []
    found = []
    for index in range(first, min(first + LONGEST_NOTE, len(lines))):
        string = lines[index].string.strip()
        if index > first:
            before = lines[index - 1].string.strip()
            is_item = NOTE_ITEM.match(string) is not None
            if (
                PAGE_NUMBER.fullmatch(string)
                or BARE_NUMBER.fullmatch(string)
                or (STRUCTURE.match(string) and not is_item)
            ):
                break
            if before[-1] in "。.：" and not is_item and before[-1] != "：":
                break
        found.append(Cell(lines[index].start, lines[index].end, squeezed(string)))
    return found


def _captioned(table: Table, lines: Sequence[Line], before: int) -> Table:
    """A table with its caption, and the unit of all its values, where they stand above its heading."""
    index, unit = table.first - 1, None
    if index >= before and (match := UNIT_OF_ALL.fullmatch(squeezed(lines[index].string))):
        unit = Cell(lines[index].start, lines[index].end, match["unit"], "unit")
        index -= 1
    while index >= before and PAGE_NUMBER.fullmatch(lines[index].string.strip()):
        index -= 1
    caption = None
    if index >= before and _is_caption(lines[index].string):
        top = index
        if top > before and not CAPTION_LABEL.match(squeezed(lines[top].string)):
            above = squeezed(lines[top - 1].string)
            top -= bool(CAPTION_LABEL.match(above)) and len(above) <= WIDEST_CELL
        string = "".join(squeezed(line.string) for line in lines[top : index + 1])
        caption = Cell(lines[top].start, lines[index].end, string, "caption")
        table = replace(table, first=top, start=lines[top].start)
    return replace(table, caption=caption, unit=unit)


def _is_caption(string: str) -> bool:
    plain = squeezed(string)
    return len(plain) <= WIDEST_CELL and not re.search("[。；]", plain) and CAPTION.match(plain) is not None


def joins(table: Table, string: str) -> list[tuple[int, int, str]]:
    """The line breaks of a table that are not its rows': `[start, end)` of the text and what stands there instead.

    Nothing for one inside a cell, a blank for one between two cells of a row, so that each row stands on a line of its own.
    """
    inside = sorted(_cells(table), key=lambda cell: cell.start)
    opening = {table.heading[0].start}
    end = 0
    for row in table.rows:
        if (first := min(cell.start for cell in _cells_of(row))) >= end:
            opening.add(first)  # else it goes on with the row above
        end = row.end
    found = []
    before: Cell | None = None
    for cell in inside:
        if before is not None and cell.start not in opening:
            found += [(*span, " ") for span in _breaks(string, before.end, cell.start)]
        found += [(*span, "") for span in _breaks(string, cell.start, cell.end)]
        before = cell if before is None or cell.end > before.end else before
    return found


def inside_cell(table: Table, place: int) -> bool:
    """Whether a place of the text lies inside a cell, so that a blank there parts nothing."""
    return any(cell.start <= place < cell.end for cell in _cells(table))


def _breaks(string: str, start: int, end: int) -> list[tuple[int, int]]:
    return [match.span() for match in LINE_BREAK.finditer(string, start, end)]


def _cells(table: Table) -> list[Cell]:
    """All cells of a table: of its caption, its heading and its rows, each once."""
    of_rows = {cell.start: cell for row in table.rows for cell in _cells_of(row)}
    above = [cell for cell in (table.caption, table.unit) if cell]
    return [*above, *table.heading, *of_rows.values()]


def _cells_of(row: Row) -> list[Cell]:
    single = (row.ordinal, row.group, row.parent, row.label, row.unit, row.attribute, row.duty)
    return [cell for cell in (*single, *row.values) if cell]


def moved(table: Table, place: Callable[[int], int]) -> Table:
    """The same table in the places of a text of which parts were taken out."""

    def cell(one: Cell) -> Cell:
        return replace(one, start=place(one.start), end=place(one.end - 1) + 1)

    def maybe(one: Cell | None) -> Cell | None:
        return None if one is None else cell(one)

    def row(one: Row) -> Row:
        return replace(
            one,
            start=place(one.start),
            end=place(one.end - 1) + 1,
            label=cell(one.label),
            values=tuple(map(maybe, one.values)),
            ordinal=maybe(one.ordinal),
            group=maybe(one.group),
            parent=maybe(one.parent),
            unit=maybe(one.unit),
            attribute=maybe(one.attribute),
            duty=maybe(one.duty),
        )

    return replace(
        table,
        start=place(table.start),
        end=place(table.end - 1) + 1,
        caption=maybe(table.caption),
        unit=maybe(table.unit),
        heading=tuple(map(cell, table.heading)),
        columns=tuple(
            replace(one, start=place(one.start), end=place(one.end - 1) + 1) if one.end else one
            for one in table.columns
        ),
        rows=tuple(map(row, table.rows)),
        notes=tuple(map(cell, table.notes)),
        skipped=tuple((place(start), place(end - 1) + 1) for start, end in table.skipped),
    )
