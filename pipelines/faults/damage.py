"""The texts of a package in; traces of a broken copy, of a spreadsheet and of another language in them, out."""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache

import opencc

from pipelines.faults.faults import TableFault
from pipelines.faults.witnesses import named, witnesses
from pipelines.faults.world import World, cell_fault, choose
from pipelines.guard.reading import HAN
from pipelines.schema import Field

VOCABULARIES = ("functions", "units", "sectors", "places")
# What stands in these is not the plan's text: raw characters of seeds, and names of files.
NOT_OF_PLANS = frozenset(
    {("repairs", "before"), ("repairs", "after"), ("documents", "path"), ("measures", "verb")}
)
# Columns that hold one name of an agency.
NAMES: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
NAMES |= {"issuers": ("as_written",), "responsibilities": ("as_written",), "agencies": ("name", "short_name")}
ENGLISH = re.compile(r"_en$|^note$|^reason$|^message$")
FORMULAS = ("=1+1", "+1", "-1+1|", "@SUM(1)", "\tx", "=cmd|")


def damage_faults(world: World) -> Iterator[TableFault]:
    """Damage to texts, for every column of text."""
    number = 0
    for table, schema in world.schemas.items():
        for field in schema.fields:
            if field.type != "string":
                continue
            if not field.enum and field.pattern is None:
                yield from _formula(world, table, field, FORMULAS[number % len(FORMULAS)])
                number += 1
            if is_chinese(world, table, field):
                yield from _damaged(world, table, field)
                yield from _other_language(world, table, field)
            elif ENGLISH.search(field.name):
                yield from _chinese_in_english(world, table, field)


def is_chinese(world: World, table: str, field: Field) -> bool:
    """Whether a column holds Chinese text of plans or of vocabularies."""
    if field.enum or field.pattern is not None or (table, field.name) in NOT_OF_PLANS:
        return False
    values = [str(row[field.name]) for row in world.rows[table] if row[field.name] is not None]
    return 2 * sum(bool(re.search(f"[{HAN}]", value)) for value in values) > len(values)


def _formula(world: World, table: str, field: Field, formula: str) -> Iterator[TableFault]:
    column = field.name
    lines = [line for line, row in enumerate(world.rows[table]) if row[column] is not None]
    for line in choose(lines, 1, "formula", table, column):
        value = f"{formula}{world.rows[table][line][column]}"
        yield cell_fault(world, "formula in a cell", table, line, column, value, named(table, "no-formula"))


def _damaged(world: World, table: str, field: Field) -> Iterator[TableFault]:
    column, rows = field.name, world.rows[table]
    texts = {line: str(row[column]) for line, row in enumerate(rows) if row[column] is not None}
    kinds = [
        ("traditional character", "simplified", _traditional),
        ("half-width mark", "full-width", _half_width),
        ("reading left over", "undamaged", _reading),
        ("character lost in copying", "undamaged", _lost),
        ("invisible character", "undamaged", _invisible),
        ("blank between characters", "unspaced", _spaced),
        ("blank at the edge", "tidy", _blank),
        ("mark inside a name", "whole-name", _mark),
    ]
    if table not in VOCABULARIES and table != "numbers":
        kinds.append(("half a bracket", "balanced", _unbalanced))
    for kind, check, damage in kinds:
        if (check == "unspaced" and table in VOCABULARIES) or (
            check == "whole-name" and column not in NAMES[table]
        ):
            continue
        damaged = {line: damage(text) for line, text in texts.items()}
        able = [line for line, text in damaged.items() if text != texts[line]]
        for line in choose(able, 1, kind, table, column):
            # A word that is only ever one of a few is read again from the text; that check may see it alone.
            meant = named(table, check) | (witnesses(table, column) if check == "balanced" else frozenset())
            yield cell_fault(world, kind, table, line, column, damaged[line], meant)


@cache
def _to_traditional() -> opencc.OpenCC:
    return opencc.OpenCC("s2t")


@cache
def _to_simplified() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def _traditional(text: str) -> str:
    """
    >>> _traditional("协同增效")
    '協同增效'
    """
    for place, character in enumerate(text):
        old = _to_traditional().convert(character)
        if old != character and _to_simplified().convert(old) == character:
            changed = f"{text[:place]}{old}{text[place + 1 :]}"
            if _to_simplified().convert(changed) == text:
                return changed
    return text


def _between(text: str) -> int | None:
    """A place between two Chinese characters, the last one."""
    places = [match.end() for match in re.finditer(rf"[{HAN}](?=[{HAN}])", text)]
    return places[-1] if places else None


def _insert(text: str, inserted: str) -> str:
    place = _between(text)
    return text if place is None else f"{text[:place]}{inserted}{text[place:]}"


def _half_width(text: str) -> str:
    """
    >>> _half_width("减污，降碳"), _half_width("减污降碳")
    ('减污,降碳', '减污降,碳')
    """
    changed = re.sub(rf"(?<=[{HAN}])，(?=[{HAN}])", ",", text, count=1)
    return changed if changed != text else _insert(text, ",")


def _reading(text: str) -> str:
    """
    >>> _reading("沈阳市")
    '沈阳(yáng)市'
    """
    return _insert(text, "(yáng)")


def _lost(text: str) -> str:
    """
    >>> _lost("沈阳市")
    '沈阳?市'
    """
    return _insert(text, "?")


def _invisible(text: str) -> str:
    return _insert(text, "\u200b")


def _spaced(text: str) -> str:
    return _insert(text, " ")


def _mark(text: str) -> str:
    return _insert(text, "，")


def _blank(text: str) -> str:
    return f"{text} "


def _unbalanced(text: str) -> str:
    return _insert(text, "（")


def _other_language(world: World, table: str, field: Field) -> Iterator[TableFault]:
    """A label that stands in one language in the columns of both."""
    english = f"{field.name}_en"
    rows = world.rows[table]
    if english not in world.schemas[table].columns:
        return
    both = [line for line, row in enumerate(rows) if row[field.name] is not None and row[english] is not None]
    for line in choose(both, 1, "untranslated", table, field.name):
        row = rows[line]
        yield cell_fault(
            world, "label in one language", table, line, english, row[field.name], named(table, "english")
        )
        long = [other for other in both if len(str(rows[other][english]).split()) > 1]
        for other in choose(long, 1, "untranslated", table, english):
            # The names of agencies are held to their words by other checks.
            own = named(table, "chinese") if table != "agencies" else frozenset()
            meant = own | witnesses(table, field.name)
            yield cell_fault(
                world, "label in one language", table, other, field.name, rows[other][english], meant
            )


def _chinese_in_english(world: World, table: str, field: Field) -> Iterator[TableFault]:
    column, rows = field.name, world.rows[table]
    lines = [line for line, row in enumerate(rows) if row[column] is not None]
    meant = named(table, "explained" if table == "issues" else "english")
    for line in choose(lines, 1, "chinese-in-english", table, column):
        value = f"{rows[line][column]}的"
        yield cell_fault(world, "Chinese in an English text", table, line, column, value, meant)
    meant = named(table, "tidy") if column in ("note", "message") else witnesses(table, column)
    for line in choose(lines, 1, "blank-in-english", table, column):
        value = f"{rows[line][column]} "
        yield cell_fault(world, "blank at the edge", table, line, column, value, meant)
