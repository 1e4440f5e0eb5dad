"""Finds the ruled tables of a PDF's page: the cells that its lines enclose."""

from collections.abc import Iterable, Iterator, Sequence
from ctypes import byref, c_float, c_int
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

NEAR = 3.0  # points by which two ends of lines differ that meet
SHORTEST = 5.0  # points, of a line that rules
FEWEST_COLUMNS = 3  # of a table; with fewer it may be a box or a frame
FEWEST_ROWS = 2
MOST_LINES = 400  # on a page, each way: with more it is a drawing
Edge = tuple[float, float, float]  # where a line stands, from where, to where
Square = tuple[int, int]  # between two lines upright and two lines level that follow each other


@dataclass(frozen=True, slots=True)
class RuledCell:
    """A cell of a ruled table: its box in points from the page's lower left, as a PDF counts."""

    left: float
    bottom: float
    right: float
    top: float

    def holds(self, across: float, up: float) -> bool:
        """Whether a point stands in it."""
        return self.left <= across <= self.right and self.bottom <= up <= self.top


RuledTable = list[list[RuledCell | None]]


def ruled_tables(page: pypdfium2.PdfPage) -> list[RuledTable]:
    """The ruled tables of a page: rows of cells, None where a cell from above reaches down.

    Only what is certain is one: rows and columns enough, each cell an enclosed rectangle.
    """
    upright: list[Edge] = []
    level: list[Edge] = []
    for (left, low), (right, high) in () if page.get_rotation() else _strokes(page):
        if abs(left - right) < 1 and abs(low - high) >= SHORTEST:
            upright.append((left, min(low, high), max(low, high)))
        elif abs(low - high) < 1 and abs(left - right) >= SHORTEST:
            level.append((low, min(left, right), max(left, right)))
    if not upright or not level or max(len(upright), len(level)) > MOST_LINES * 4:
        return []
    return list(_tables(upright, level))


def _strokes(page: pypdfium2.PdfPage) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
    """The straight strokes of a page's drawings, from a point to a point, and the narrow shapes that look like one.

    A wide shape that is filled is the ground of something, and rules nothing.
    """
    for drawn in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=1):
        filled, stroked = c_int(), c_int()
        pdfium.FPDFPath_GetDrawMode(drawn, byref(filled), byref(stroked))
        left, bottom, right, top = drawn.get_bounds()
        if not stroked.value and min(right - left, top - bottom) > NEAR:
            continue
        matrix = drawn.get_matrix()
        opened = before = (0.0, 0.0)
        for index in range(pdfium.FPDFPath_CountSegments(drawn)):
            segment = pdfium.FPDFPath_GetPathSegment(drawn, index)
            across, up = c_float(), c_float()
            pdfium.FPDFPathSegment_GetPoint(segment, byref(across), byref(up))
            point = matrix.on_point(across.value, up.value)
            kind = pdfium.FPDFPathSegment_GetType(segment)
            if kind == pdfium.FPDF_SEGMENT_MOVETO:
                opened = point
            elif kind == pdfium.FPDF_SEGMENT_LINETO:
                yield before, point
            before = point
            if pdfium.FPDFPathSegment_GetClose(segment):
                yield point, opened


def _tables(upright: Sequence[Edge], level: Sequence[Edge]) -> Iterator[RuledTable]:
    """The tables that lines make: squares of the grid with no line between them are one cell."""
    columns, rows = _places(edge[0] for edge in upright), _places(edge[0] for edge in level)
    if max(len(columns), len(rows)) > MOST_LINES:
        return
    walls = {(at, n) for at, n in _covered(upright, columns, rows)}
    floors = {(n, at) for at, n in _covered(level, rows, columns)}
    # (column, row) of a square; its walls stand at column and column + 1, its floors at row and row + 1
    squares = {(c, r) for c in range(-1, len(columns)) for r in range(-1, len(rows))}
    cell_of: dict[Square, frozenset[Square]] = {}
    for square in sorted(squares):
        if square not in cell_of:
            cell = _reached(square, squares, walls, floors)
            cell_of |= dict.fromkeys(cell, cell)
    cells = {cell for cell in cell_of.values() if (-1, -1) not in cell}
    for table in _touching(cells, cell_of):
        boxes = {cell: _box(cell, columns, rows) for cell in table}
        is_whole = all(len(cell) == _area(cell) for cell in table)
        tops = sorted({box.top for box in boxes.values()}, reverse=True)
        lefts = sorted({box.left for box in boxes.values()})
        if is_whole and len(tops) >= FEWEST_ROWS and len(lefts) >= FEWEST_COLUMNS:
            yield [list(_row(top, lefts, boxes.values())) for top in tops]


def _row(top: float, lefts: Sequence[float], boxes: Iterable[RuledCell]) -> Iterator[RuledCell | None]:
    """The cells of the row that begins at a height, and None for each that reaches down into it."""
    for left in lefts:
        for box in boxes:
            if box.left == left and box.bottom < top <= box.top:
                yield box if box.top == top else None


def _places(found: Iterable[float]) -> list[float]:
    """Where lines stand, those that stand together as one.

    >>> _places([72.0, 300.5, 72.9, 301.0])
    [72.0, 300.5]
    """
    places: list[float] = []
    for place in sorted(found):
        if not places or place - places[-1] > NEAR:
            places.append(place)
    return places


def _covered(
    edges: Iterable[Edge], places: Sequence[float], across: Sequence[float]
) -> Iterator[tuple[int, int]]:
    """For each line its place, and each stretch between two lines across that it covers."""
    for at, first, last in edges:
        place = max(index for index, one in enumerate(places) if one <= at)
        for index in range(len(across) - 1):
            if first <= across[index] + NEAR and across[index + 1] - NEAR <= last:
                yield place, index


def _reached(
    square: Square, squares: set[Square], walls: set[Square], floors: set[Square]
) -> frozenset[Square]:
    """The squares that can be reached from one without crossing a line."""
    found, new = {square}, [square]
    while new:
        column, row = new.pop()
        ways = {
            (column - 1, row): (column, row) in walls,
            (column + 1, row): (column + 1, row) in walls,
            (column, row - 1): (column, row) in floors,
            (column, row + 1): (column, row + 1) in floors,
        }
        for beside, is_shut in ways.items():
            if not is_shut and beside in squares and beside not in found:
                found.add(beside)
                new.append(beside)
    return frozenset(found)


def _touching(
    cells: set[frozenset[Square]], cell_of: dict[Square, frozenset[Square]]
) -> list[set[frozenset[Square]]]:
    """The cells by tables: those of one stand wall to wall."""
    tables: list[set[frozenset[Square]]] = []
    left = sorted(cells, key=min)
    while left:
        table, new = {left[0]}, [left[0]]
        while new:
            for column, row in new.pop():
                for beside in ((column - 1, row), (column + 1, row), (column, row - 1), (column, row + 1)):
                    cell = cell_of.get(beside)
                    if cell in cells and cell not in table:
                        table.add(cell)
                        new.append(cell)
        tables.append(table)
        left = [cell for cell in left if cell not in table]
    return tables


def _area(cell: frozenset[Square]) -> int:
    columns, rows = {column for column, _ in cell}, {row for _, row in cell}
    return (max(columns) - min(columns) + 1) * (max(rows) - min(rows) + 1)


def _box(cell: frozenset[Square], columns: Sequence[float], rows: Sequence[float]) -> RuledCell:
    across, up = zip(*cell, strict=True)
    return RuledCell(columns[min(across)], rows[min(up)], columns[max(across) + 1], rows[max(up) + 1])
