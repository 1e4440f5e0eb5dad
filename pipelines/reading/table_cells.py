"""Reads a row of an indicator table: what is measured, in which unit, and the number of each cell.

The words in a cell, in the indicator or in its unit decide the codes, and are kept with them:

    万元工业增加值能耗降低率        ≥12%          decrease (降低), at least (≥)
    农村环境整治村庄数量            新增8万个      add (新增)
    化肥施用量（折纯量）（万吨）     比2020年降低6% decrease (降低) since 2020
    氮氧化物重点工程减排量（万吨）   [1.84]        add (减排量): an amount of reduction is done
"""

import re
from dataclasses import dataclass, replace

from pipelines.document.cells import Cell
from pipelines.document.rows import Row
from pipelines.reading.grammar import Grammar
from pipelines.reading.indicators import BRACKETED, object_of
from pipelines.reading.quantities import Quantity, quantities
from pipelines.vocabulary import Vocabulary

# [1.84], 〔24.2〕: the sum of the years of a period
ENCLOSED = re.compile(r"[\[［〔【（](?P<inner>[^\[［〔【（）】〕］\]]*)[\]］〕】）]")
MARKS = "*∗＊※★☆#△▲☐①②③④⑤⑥⑦⑧⑨⑩"
REMARK = re.compile(r"(?<=.)（.*$")
COMPARED = re.compile(r"[较比与](?P<year>20\d\d)年?")
UNIT_AT_END = re.compile(r"（(?:[^（）]*?，)?(?P<unit>[^（），]{1,12})）$")
WIDE_BRACKETS = str.maketrans("()", "（）")
SUMMED = "累计"
LONGEST_WORD = 6


@dataclass(frozen=True, slots=True)
class Measured:
    """What a row measures, `[start, end)` of the text; scope is what part of it; unit is as printed; the change is that of its own words."""

    start: int
    end: int
    indicator: str
    scope: str
    unit: str
    change: str
    change_as_written: str
    baseline_year: int | None


@dataclass(frozen=True, slots=True)
class CellNumber:
    """The number of a cell, what bounds it, and how the cell itself says that it moves."""

    quantity: Quantity
    comparator: str
    comparator_as_written: str
    change: str
    change_as_written: str
    baseline_year: int | None


def measured(row: Row, unit: Cell | None, string: str, words: Grammar, vocabulary: Vocabulary) -> Measured:
    """What a row of a table measures; `unit` is that of all its values, if the table prints one."""
    indicator, own_unit = _indicator(row.label, string, words)
    indicator, scope = _without_scope(indicator, words)
    if row.parent is not None:
        whole, whole_unit = _indicator(row.parent, string, words)
        own_unit = own_unit or whole_unit
        if not any(indicator.endswith(one.ending) for one in vocabulary.metrics if one.kind != "amount"):
            # 空气质量优良天数比率（%）|中心城区, 主要污染物减排量（吨）|化学需氧量
            scope, indicator = indicator, _without_scope(whole, words)[0]
    of_row = row.unit or unit
    change, word = _movement(indicator, vocabulary)
    match = COMPARED.search(_plain(row.label, string)[0])
    return Measured(
        start=row.parent.start if row.parent is not None else row.label.start,
        end=row.end,
        indicator=indicator,
        scope=scope,
        unit=of_row.string if of_row else own_unit,
        change=change,
        change_as_written=word,
        baseline_year=int(match["year"]) if match and change != "level" else None,
    )


def _plain(cell: Cell, string: str) -> tuple[str, list[int]]:
    """The characters of a cell without blanks and line breaks, and the place of each in the text."""
    places = [place for place in range(cell.start, cell.end) if not string[place].isspace()]
    return "".join(string[place] for place in places).translate(WIDE_BRACKETS), places


def _indicator(cell: Cell, string: str, words: Grammar) -> tuple[str, str]:
    """An indicator without the marks of notes, and the unit in brackets behind it: 森林蓄积量（亿立方米）."""
    plain, places = _plain(cell, string)
    match = UNIT_AT_END.search(plain.rstrip(MARKS))
    unit = match["unit"] if match and ("/" in match["unit"] or _unit(match["unit"], words)) else ""
    end = match.start() if match and unit else len(plain)
    printed = "".join(string[place] for place in places[:end]).strip(MARKS)
    return (printed.removeprefix("其中").lstrip("：，,:") if len(printed) > 2 else printed), unit


def _unit(printed: str, words: Grammar) -> str:
    """The unit that is printed, if it is known: 亿立方米 is cubic-metre."""
    found = quantities(f"1{printed}", words, [])
    return found[0].unit if len(found) == 1 and found[0].number_end == len(printed) + 1 else ""


def _without_scope(indicator: str, words: Grammar) -> tuple[str, str]:
    match = words.scope.match(indicator)
    if match is None or match.end() == len(indicator):
        return indicator, ""
    return indicator[match.end() :], match[0]


def _movement(indicator: str, vocabulary: Vocabulary) -> tuple[str, str]:
    """Whether the words of an indicator say that it falls or rises: 能耗降低率, 排放量下降比例; else a level.

    >>> from pipelines.vocabulary import load_vocabulary
    >>> _movement("万元工业增加值能耗降低率", load_vocabulary()), _movement("PM2.5浓度下降到", load_vocabulary())
    (('decrease', '降低'), ('level', ''))
    """
    ends = vocabulary.words_of_tables["move_end"]
    stem = next(
        (indicator.removesuffix(end).removesuffix("的") for end in ends if indicator.endswith(end)), indicator
    )
    for length in range(LONGEST_WORD, 0, -1):
        for code in ("decrease", "increase"):
            word = stem[-length:]
            if len(stem) >= length and code in vocabulary.change_of.get(word, ()):
                return code, word
    return "level", ""


def cell_number(
    cell: Cell, of: Measured, string: str, words: Grammar, vocabulary: Vocabulary
) -> CellNumber | None:
    """The number of a cell in the unit of its row, or None where there is none or more than one: 85/85, 设市城市≥55；其他县城≥25."""
    plain, places = _plain(cell, string)
    match = ENCLOSED.fullmatch(plain.rstrip(MARKS))
    begin = match.start("inner") if match else 0
    core = match["inner"] if match else REMARK.sub("", plain.rstrip(MARKS))
    baseline_year, offset = None, 0
    if compared := COMPARED.search(core):
        baseline_year, offset = int(compared["year"]), compared.end()
    found = quantities(core, words, [(0, offset)])
    if len(found) != 1:
        return None
    (first,) = found
    before, behind = core[: first.start], core[first.end :].strip(MARKS)
    bound, word = _last_word(before, vocabulary.comparator_of)
    if not bound and behind:
        bound, word = _last_word(behind, vocabulary.comparator_of)
    change, change_word = _last_word(before[: len(before) - len(word)], _moves(vocabulary))
    made = _in_text(_with_unit(first, of.unit, words), begin, places)
    if change == "level" or not change:
        change, change_word = of.change, of.change_as_written
        if change == "level" and made.unit in words.amount_units:
            change, change_word = _amount(of.indicator, words, vocabulary)
    return CellNumber(
        made,
        first.comparator or bound or "=",
        first.bound or word,
        change,
        change_word,
        baseline_year or of.baseline_year,
    )


def _moves(vocabulary: Vocabulary) -> dict[str, frozenset[str]]:
    return {word: codes for word, codes in vocabulary.change_of.items() if codes - {"level"}}


def _last_word(string: str, codes: dict[str, frozenset[str]]) -> tuple[str, str]:
    """The longest word with a code that ends a string, and its first code; empty where there is none."""
    for length in range(min(LONGEST_WORD, len(string)), 0, -1):
        word = string[-length:]
        if found := codes.get(word):
            return max(found), word
    return "", ""


def _amount(indicator: str, words: Grammar, vocabulary: Vocabulary) -> tuple[str, str]:
    """Whether an amount is one to be done, by the verb that opens the indicator or the noun that ends it; a total is a level.

    >>> from pipelines.reading.grammar import grammar
    >>> from pipelines.vocabulary import load_vocabulary
    >>> _amount("新增绿色建筑面积", grammar(load_vocabulary()), load_vocabulary())
    ('add', '新增')
    >>> _amount("累计创建国家级绿色工厂", grammar(load_vocabulary()), load_vocabulary())
    ('level', '')
    """
    if SUMMED in BRACKETED.sub("", indicator):
        return "level", ""
    if done := words.done.search(indicator):
        return "add", done[0]
    opened = object_of(indicator, words)[0]
    return ("add", opened) if "add" in vocabulary.change_of.get(opened, ()) else ("level", "")


def _with_unit(quantity: Quantity, unit: str, words: Grammar) -> Quantity:
    """A number that is printed without its unit in the unit of its row: 1.84 in 万吨."""
    if quantity.unit or not unit:
        return quantity
    whole = f"{quantity.written}{unit}"
    found = quantities(whole, words, [])
    if len(found) == 1 and found[0].number_end == len(whole):
        return replace(quantity, value=found[0].value, unit=found[0].unit)
    return quantity


def _in_text(quantity: Quantity, begin: int, places: list[int]) -> Quantity:
    """A quantity of a cell at its place in the text."""

    def place(offset: int) -> int:
        return places[begin + offset - 1] + 1

    return replace(
        quantity,
        start=places[begin + quantity.start],
        end=place(quantity.end),
        number_end=place(quantity.number_end),
    )
