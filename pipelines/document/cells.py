"""The lines of a table's body as cells: what each is by its form, wherever the line breaks and blanks stand.

>>> from pipelines.vocabulary import load_vocabulary
>>> forms = cell_forms(load_vocabulary())
>>> lines = ["草原综合植被盖度（%）", "66.05 64.5 预期性", "10 林业有害生物成灾率（‰）", "3400 个", "[24 以上]", "完成国家下达任务"]
>>> [[(cell.kind, cell.string) for cell in cells(line, 0, forms)] for line in lines]  # doctest: +NORMALIZE_WHITESPACE
[[('text', '草原综合植被盖度（%）')], [('value', '66.05'), ('value', '64.5'), ('attribute', '预期性')],
 [('number', '10'), ('text', '林业有害生物成灾率（‰）')], [('value', '3400个')], [('value', '[24以上]')],
 [('aim', '完成国家下达任务')]]
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from pipelines.document.columns import squeezed
from pipelines.text.numerals import MULTIPLIERS
from pipelines.vocabulary import Vocabulary
from pipelines.vocabulary.patterns import any_of

NUMBER = r"[-－]?\d{1,3}(?:,\d{3})+(?:\.\d+)?|[-－]?\d+(?:\.\d+)?"
SIGN = "[≥≤＞＜﹥﹤><≧≦⩾⩽~≈约]"
MULTIPLIER = f"{any_of(word for word in MULTIPLIERS if word not in ('', '百'))}?"  # 百 opens 百分点
# A mark that points to a note: *, ※, ①, [1] behind another bracket, 1)
MARK = r"(?:[*∗＊※★☆#△▲☐]|[①-⑳]|(?<=\d)[a-e])"
DASH = re.compile(r"(?:[—－–-]+|[/／\\]|[√×]|无|一)[*∗＊①-⑳]*")
MARKS_ONLY = re.compile(rf"{MARK}+|\d）|[*∗＊]{MARK}*")
INTEGER = re.compile(r"\d{1,3}")
FIELD = re.compile(r"\S+")
NUMBERED = re.compile(r"(?:（\s*\d{1,2}\s*）|\(\s*\d{1,2}\s*\)|\d{1,2}\s?[.．、])\s*(?=[^\d\s])")
AFTER_BRACKET = re.compile(r"(?<=[）)])\s*")
OPEN, CLOSE = "（(", "）)"
LONGEST_UNIT = 8  # characters that the part of a unit may have on its line


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell at `[start, end)` of a text, its characters without blanks and line breaks, and what it is by its form.

    kind: number (of a row, before its words: 9.), value (a number and what stands round it), dash (nothing stated), aim (a target
    that is no number), attribute (约束性), unit, mark (of a note), text.
    """

    start: int
    end: int
    string: str
    kind: str = "text"

    def joined(self, other: "Cell", kind: str | None = None) -> "Cell":
        """This cell and the next as one."""
        return Cell(self.start, other.end, self.string + other.string, kind or self.kind)


@dataclass(frozen=True, slots=True)
class CellForms:
    """The forms of cells, compiled from the vocabulary."""

    value: re.Pattern[str]
    unit: re.Pattern[str]
    attribute: re.Pattern[str]
    aim: re.Pattern[str]
    whole_aim: re.Pattern[str]
    measure: re.Pattern[str]


@lru_cache(maxsize=4)
def cell_forms(vocabulary: Vocabulary) -> CellForms:
    """The forms of cells of a vocabulary."""
    words = vocabulary.words_of_tables
    moves = [row.word for row in vocabulary.changes if row.change in ("increase", "decrease")]
    behind = any_of(row.word for row in vocabulary.comparators if row.stands == "behind")
    aims, aim_ends = any_of(words["aim_value"]), any_of(words["aim_end"])
    unit = rf"{MULTIPLIER}{any_of(vocabulary.unit_of)}"
    ratio = rf"{unit}(?:[/／]每?{MULTIPLIER}{any_of([*vocabulary.unit_of, *'枚人元'])})?"
    before = rf"(?:{SIGN}|{any_of(vocabulary.relations)})*"
    number = (
        rf"{before}(?:{NUMBER})\s?(?:{ratio})?(?:[~～—–：:∶/-](?:{NUMBER})(?:{ratio})?)*(?:{behind}|[<＜])?"
    )
    # II类及以上, over two lines as well
    water_class = rf"(?:[ⅠⅡⅢⅣⅤ]|I{{1,3}}|I?V)类?(?:及以?上?|{any_of(words['class_end'])})?"
    bracketed = rf"([\[［〔【（])?{number}(?(1)[\]］〕】）])"
    return CellForms(
        value=re.compile(rf"{bracketed}{MARK}*(?:（[^（）]{{1,30}}）)?{MARK}*"),
        unit=re.compile(ratio),
        attribute=re.compile(any_of(words["attribute_value"])),
        aim=re.compile(rf"{aims}|[较比]20\d\d|{SIGN}?(?:{NUMBER}).*，|{water_class}$"),
        whole_aim=re.compile(rf"{aims}|.*{aim_ends}"),
        measure=re.compile(rf"{any_of([*moves, *(metric.ending for metric in vocabulary.metrics)])}$"),
    )


def cells(string: str, start: int, forms: CellForms) -> list[Cell]:
    """The cells of a line that begins at place `start`: split at blanks where a value or an attribute stands beside them."""
    if (match := NUMBERED.match(string)) and not forms.value.fullmatch(squeezed(string)):
        number = Cell(start, start + match.end(), squeezed(match[0]), "number")
        return [number, *cells(string[match.end() :], start + match.end(), forms)]
    fields = [Cell(start + f.start(), start + f.end(), squeezed(f[0])) for f in FIELD.finditer(string)]
    if not fields:
        return []
    whole = _typed(merged(fields), forms)
    if whole.kind == "value" and len(fields) > 1:
        apart = [_typed(field, forms) for field in fields]
        return apart if all(field.kind == "value" for field in apart) else [whole]
    left: list[Cell] = []
    right: list[Cell] = []
    while len(fields) > 1 and (first := _typed(fields[0], forms)).kind in ("attribute", "value"):
        # 10 林业有害生物成灾率; but 3 ～5 goes on
        is_number = (
            len(first.string) < 3
            and INTEGER.fullmatch(first.string)
            and _typed(merged(fields[:2]), forms).kind != "value"
        )
        if first.kind == "value" and not is_number:
            break
        left.append(replace(first, kind="number") if first.kind == "value" else first)
        fields.pop(0)
    while fields:
        last = _typed(fields[-1], forms)
        if len(fields) > 1 and last.kind == "text" and _typed(merged(fields[-2:]), forms).kind == "value":
            fields[-2:] = [merged(fields[-2:])]
        elif last.kind in ("attribute", "value", "dash", "unit") and (len(fields) > 1 or left or right):
            right.insert(0, last)
            fields.pop()
        else:
            break
    if not fields:
        return [*left, *right]
    middle = string[fields[0].start - start : fields[-1].end - start]
    return [*left, *_words(middle, fields[0].start, forms), *right]


def _words(string: str, start: int, forms: CellForms) -> list[Cell]:
    """The words of a line: an indicator apart from a target behind its unit, 耕地安全利用率（%）|达到省上目标, and from an attribute."""
    for match in AFTER_BRACKET.finditer(string):
        behind = squeezed(string[match.end() :])
        if behind and (forms.aim.match(behind) or forms.attribute.fullmatch(behind)):
            first = _typed(Cell(start, start + match.start(), squeezed(string[: match.start()])), forms)
            return [first, _typed(Cell(start + match.end(), start + len(string), behind), forms)]
    return _attribute_apart(_typed(Cell(start, start + len(string), squeezed(string)), forms), forms)


def _attribute_apart(cell: Cell, forms: CellForms) -> list[Cell]:
    """A cell that ends with an attribute without a blank before it, as two: 城市内河功能达标率预期性."""
    rest, word, cut = cell.string[:-3], cell.string[-3:], cell.end - 3
    if not rest or rest.endswith("、") or not forms.attribute.fullmatch(word):
        return [cell]
    return [_typed(Cell(cell.start, cut, rest), forms), Cell(cut, cell.end, word, "attribute")]


def merged(cells: Sequence[Cell]) -> Cell:
    """Cells that stand side by side as one."""
    return Cell(cells[0].start, cells[-1].end, "".join(cell.string for cell in cells))


def _typed(cell: Cell, forms: CellForms) -> Cell:
    string = cell.string
    if forms.attribute.fullmatch(string):
        return replace(cell, kind="attribute")
    if DASH.fullmatch(string):
        return replace(cell, kind="dash")
    if forms.value.fullmatch(string) or (is_open(string) and forms.value.fullmatch(string + "）")):
        return replace(cell, kind="value")
    if MARKS_ONLY.fullmatch(string):
        return replace(cell, kind="mark")
    if forms.unit.fullmatch(string):
        return replace(cell, kind="unit")
    if forms.aim.match(string):
        return replace(cell, kind="aim")
    return replace(cell, kind="text")


def mended(found: list[Cell], forms: CellForms, *, has_units: bool) -> Iterator[Cell]:
    """The cells with those put together that a line break has cut inside a word: 约束|性, 亿立|方米.

    >>> from pipelines.vocabulary import load_vocabulary
    >>> forms = cell_forms(load_vocabulary())
    >>> parts = [Cell(0, 1, "约"), Cell(2, 4, "束性"), Cell(5, 7, "亿立"), Cell(8, 10, "方米")]
    >>> [(cell.kind, cell.string) for cell in mended(parts, forms, has_units=True)]
    [('attribute', '约束性'), ('unit', '亿立方米')]
    """
    index = 0
    while index < len(found):
        pair = found[index : index + 2]
        both = merged(pair)
        is_short = max(len(cell.string) for cell in pair) <= LONGEST_UNIT
        kind = ""
        if len(both.string) <= 3 and forms.attribute.fullmatch(both.string):
            kind = "attribute"
        elif (
            has_units and is_short and pair[0].kind in ("text", "unit") and forms.unit.fullmatch(both.string)
        ):
            kind = "unit"
        is_cut = kind and len(pair) == 2
        yield replace(both, kind=kind) if is_cut else pair[0]
        index += 2 if is_cut else 1


def is_open(string: str) -> bool:
    """Whether a bracket opens in a string that does not close there.

    >>> is_open("年平均浓度（ug/m"), is_open("年平均浓度（ug/m3）")
    (True, False)
    """
    return sum(string.count(mark) for mark in OPEN) > sum(string.count(mark) for mark in CLOSE)
