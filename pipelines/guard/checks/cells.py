"""Finds single cells that no reader could use safely, or find by their words."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache

import opencc

from pipelines.guard.checks.rule import Found, rule
from pipelines.guard.checks.view import View

HAN = "\u3400-\u9fff"
MARKS = "，、。；：！？（）“”‘’《》〈〉【】〔〕"
# What a spreadsheet runs: =SUM(A1), @…, a tab before text; not a mark alone, a page number (- 3 -) or a sign before a number.
FORMULA = re.compile(r"[=@](?=.)|[-+](?=.)(?!\s*\d+\s*[-一]?$)|[\t\r](?=.*\S)", re.DOTALL)
# What a broken copy leaves: readings, 地? for 地热, private-use, zero-width, direction and control characters.
DAMAGE = re.compile(
    "[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ]|[?？\ufffd\ue000-\uf8ff\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\x00-\x09\x0b-\x1f\x7f]"
)
HALF_WIDTH = re.compile(rf"(?<=[{HAN}{MARKS}])[,;:!?()](?=[{HAN}{MARKS}])")
BLANK = re.compile(rf"[{HAN}{MARKS}][ \u3000]|[ \u3000][{HAN}{MARKS}]|\A\s|\s\Z")
HALF_LABEL = re.compile(r"(?m)^[ ]*[0-9A-Za-z]{1,2}[)）]")  # 1）, a）
PAIRS = {"）": "（", "”": "“", "’": "‘", "》": "《", "〉": "〈", "〕": "〔", "】": "【", ")": "("}
MARK_OF_PAIR = re.compile(f"[{re.escape(''.join((*PAIRS, *PAIRS.values())))}]")
APART = "\U0010fffe"  # between the cells of a column that is searched at once

# The columns that hold Chinese of the plans.
CHINESE: Mapping[str, tuple[str, ...]] = {
    "plans": ("title", "document_number"),
    "issuers": ("as_written",),
    "clauses": ("chapter_title", "title", "text", "responsibility_text"),
    "measures": ("text",),
    "targets": ("quote", "indicator", "scope", "value_as_written"),
    "deadlines": ("as_written",),
    "agencies": ("name", "short_name"),
    "responsibilities": ("as_written",),
    "numbers": ("as_written",),
}


@rule()
def no_formula(view: View, table: str) -> Iterator[Found]:
    """A spreadsheet reads no formula in a cell."""
    for column in view.package.frames[table].columns:
        for row, cell in enumerate(view.column(table, str(column))):
            if isinstance(cell, str) and cell[:1] in "=@+-\t\r" and FORMULA.match(cell):
                yield row, str(column), "a spreadsheet would read a formula in it"


@rule("blocks")
def clean(view: View, table: str) -> Iterator[Found]:
    """Chinese text is simplified, with full-width marks and no blanks, and nothing of a broken copy is left in it."""
    if table == "clauses":
        tabular = {block["clause_id"] for block in view.by("blocks", "kind")["table"]}
        is_spaced = [clause in tabular for clause in view.column(table, "clause_id")]
    else:  # signatures are printed with blanks: 生 态 环 境 部
        is_spaced = [place == "table" or table == "issuers" for place in view.column(table, "located_in")]
    for column in CHINESE[table]:
        for row, cell in _suspects(view.column(table, column)):
            if said := unclean(cell, is_spaced=is_spaced[row]):
                yield row, column, said


def unclean(cell: str, *, is_spaced: bool = False) -> str:
    """What is not clean in a Chinese text; "" where all is. A blank parts the cells of a table's row.

    >>> unclean("减污降碳協同增效"), unclean("污染防治,降碳"), unclean("到 2025年")
    ('the traditional 協 is 协 in simplified characters', "the half-width ',' stands between Chinese characters", "a blank stands in '到 '")
    >>> unclean("沈陽(yáng)市"), unclean("地?、生物质"), unclean("挥发性有机物（VOCs）、PM2.5")
    ("'á' is left of a broken copy", "'?' is left of a broken copy", '')
    """
    if match := DAMAGE.search(cell):
        return f"{match[0]!r} is left of a broken copy"
    plain = _simplified(cell)
    if plain != cell and len(plain) == len(cell):
        old, new = next(pair for pair in zip(cell, plain, strict=True) if pair[0] != pair[1])
        return f"the traditional {old} is {new} in simplified characters"
    if match := HALF_WIDTH.search(cell):
        return f"the half-width {match[0]!r} stands between Chinese characters"
    if not is_spaced and (match := BLANK.search(cell)):
        return f"a blank stands in {match[0]!r}"
    return "" if unicodedata.is_normalized("NFC", cell) else "it is not in Unicode form NFC"


def _suspects(cells: list[object]) -> Iterator[tuple[int, str]]:
    """The cells of a column, if anything in the column, searched at once, can be unclean."""
    held = [(row, cell) for row, cell in enumerate(cells) if isinstance(cell, str)]
    whole = APART.join(cell for _, cell in held)
    if (
        any(pattern.search(whole) for pattern in (DAMAGE, HALF_WIDTH))
        or _simplified(whole) != whole
        or any(BLANK.search(cell) for _, cell in held)
        or not unicodedata.is_normalized("NFC", whole)
    ):
        yield from held


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def _simplified(text: str) -> str:
    converted: str = _converter().convert(text)
    return converted


@rule()
def balanced(view: View, table: str) -> Iterator[Found]:
    """Brackets and quotation marks pair up."""
    for column in CHINESE[table]:
        for row, cell in enumerate(view.column(table, column)):
            if isinstance(cell, str) and (mark := unpaired(HALF_LABEL.sub("", cell))):
                yield row, column, f"{mark} has no counterpart"


def unpaired(cell: str) -> str:
    """The first bracket or quotation mark without its counterpart; "" where all pair up.

    >>> unpaired("强化“三线一单”（含渣车）管控"), unpaired("经营，十四五”期间")
    ('', '”')
    """
    stack: list[str] = []
    for mark in MARK_OF_PAIR.findall(cell):
        if mark not in PAIRS:
            stack.append(mark)
        elif not stack or stack.pop() != PAIRS[mark]:
            return str(mark)
    return stack[-1] if stack else ""
