"""Prints and writes what changed between two packages, for people and for programs."""

import json as jsonlib
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table as Grid

from pipelines.package.dataset import read_dataset
from pipelines.release.causes import CAUSES, FORMAT
from pipelines.release.changes import Cell, Difference, RowChange, compare
from pipelines.release.versions import Step, next_version, step

# What a page of release notes shows of one table; the JSON holds all.
ROWS_SHOWN = 40
CELL_SHOWN = 120
BEFORE_DIFFERENCE = 30
MEANING = {
    "schema": "the column or its codes changed",
    "seed": "the raw text is another, or came or went",
    "errata": "a hand repair of the raw text differs there",
    "vocabulary": "a vocabulary says otherwise",
    "rules": "the same words, read by other rules",
    FORMAT: "the same rows, written in other bytes",
    "": "not told",
}


def print_diff(
    old: Path,
    new: Path,
    markdown: Path | None = None,
    json: Path | None = None,
    console: Console | None = None,
) -> bool:
    """Prints what changed from one package to another, each a folder or an archive, and writes it where asked.

    Returns whether a release may say so: each change has its cause, and the version has risen as far as the
    changes need. Raises PipelineError for what is no package.
    """
    console = console or Console(highlight=False)
    difference = compare(read_dataset(old), read_dataset(new))
    for path, text in ((markdown, as_markdown(difference)), (json, as_json(difference))):
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
    _print(difference, console)
    found = faults(difference)
    for fault in found:
        console.print(f"[bold red]stop[/]: {escape(fault)}", soft_wrap=True)
    return not found


def faults(difference: Difference) -> list[str]:
    """Why the changes must not be released as they are: in words, none if they may be."""
    found = []
    old, new, needed = difference.old_version, difference.new_version, difference.needed
    taken = step(old, new)
    if taken is None:
        found.append(f"the version falls from {old} to {new}; name the older package first")
    elif taken < needed:
        lowest = next_version(old, needed)
        found.append(f"these changes need a {needed} version: {lowest} or higher after {old}, not {new}")
    if difference.unlabelled:
        rows = ", ".join(f"{change.table} {' + '.join(change.key)}" for change in difference.unlabelled[:5])
        found.append(
            f"the cause of {len(difference.unlabelled)} changed rows cannot be told, such as {rows}; release a"
            " change of the seeds and one of the rules apart, so that each has its own cause"
        )
    return found


def as_json(difference: Difference) -> str:
    """The whole difference: versions, the step needed, schema changes, counts by table, every row and cell."""
    document = {
        "old_version": difference.old_version,
        "new_version": difference.new_version,
        "needed": str(difference.needed),
        "faults": faults(difference),
        "schema": [
            {
                "place": each.place,
                "what": each.what,
                "old": each.old,
                "new": each.new,
                "needed": str(each.step),
            }
            for each in difference.schema
        ],
        "counts": [
            {"table": table, "what": what, "cause": cause, "rows": count}
            for (table, what, cause), count in counts(difference.rows)
        ],
        "rows": [
            {
                "table": change.table,
                "key": list(change.key),
                "what": change.what,
                "cause": change.cause or None,
                "cells": [_cell(cell) for cell in change.cells],
            }
            for change in difference.rows
        ],
        "files": [
            {"path": each.path, "what": each.what, "cause": each.cause, "needed": str(each.step)}
            for each in difference.files
        ],
    }
    return jsonlib.dumps(document, ensure_ascii=False, indent=1) + "\n"


def as_markdown(difference: Difference) -> str:
    """The difference as a section of release notes: schemas first, then rows, the first of each table shown."""
    return "\n".join(_markdown(difference)).rstrip() + "\n"


def counts(rows: Iterable[RowChange]) -> list[tuple[tuple[str, str, str], int]]:
    """How many rows of each table were added, removed and changed, by cause; in the order of the tables."""
    return list(Counter((change.table, change.what, change.cause) for change in rows).items())


def _markdown(difference: Difference) -> Iterator[str]:
    yield f"## What changed in the data from {difference.old_version} to {difference.new_version}"
    yield ""
    if difference.nothing:
        yield "Nothing: the same tables, the same rows, the same files."
        return
    yield f"These changes need a {difference.needed} version."
    yield ""
    if difference.schema:
        yield "### Tables and columns"
        yield ""
        yield "| Where | What | Before | After | Needs |"
        yield "|---|---|---|---|---|"
        for each in sorted(difference.schema, key=lambda change: -change.step):
            old, new = _shown(each.old, each.new), _shown(each.new, each.old)
            cells = (_code(each.place), each.what, old, new, str(each.step))
            yield f"| {' | '.join(cells)} |"
        yield ""
    if difference.rows:
        yield "### Rows"
        yield ""
        yield "| Table | Change | Cause | Rows |"
        yield "|---|---|---|---:|"
        for (table, what, cause), count in counts(difference.rows):
            yield f"| {_code(table)} | {what} | {_cause(cause)} | {count:,} |"
        yield ""
        yield from _causes({change.cause for change in difference.rows})
        for table in dict.fromkeys(change.table for change in difference.rows):
            yield from _table_markdown(table, [each for each in difference.rows if each.table == table])
    if difference.files:
        yield "### Files"
        yield ""
        yield "Files with other bytes, beside those of the tables above."
        yield ""
        yield "| File | Change | Cause | Needs |"
        yield "|---|---|---|---|"
        for file in difference.files:
            yield f"| {_code(file.path)} | {file.what} | {_cause(file.cause)} | {file.step!s} |"
        yield ""
        yield from _causes({file.cause for file in difference.files})


def _causes(used: set[str]) -> Iterator[str]:
    """What the causes that occur mean."""
    named = (f"{_cause(cause)}: {MEANING[cause]}" for cause in (*CAUSES, FORMAT, "") if cause in used)
    yield f"Causes: {'; '.join(named)}."
    yield ""


def _table_markdown(table: str, rows: list[RowChange]) -> Iterator[str]:
    """Changed rows cell by cell, rows removed and added by their keys; no more of each than a page bears."""
    yield f"#### {table}"
    yield ""
    changed = [change for change in rows if change.what == "changed"]
    if changed:
        yield "| Row | Column | Before | After | Cause |"
        yield "|---|---|---|---|---|"
        for change in changed[:ROWS_SHOWN]:
            for cell in change.cells:
                cells = (
                    _name(change),
                    _code(cell.column),
                    _shown(cell.old, cell.new),
                    _shown(cell.new, cell.old),
                    _cause(change.cause),
                )
                yield f"| {' | '.join(cells)} |"
        yield ""
        yield from _more(changed)
    for what in ("removed", "added"):
        some = [change for change in rows if change.what == what]
        if some:
            names = ", ".join(_name(change) for change in some[:ROWS_SHOWN])
            yield f"{what.capitalize()}: {names}."
            yield ""
            yield from _more(some)


def _more(rows: list[RowChange]) -> Iterator[str]:
    if len(rows) > ROWS_SHOWN:
        yield f"… and {len(rows) - ROWS_SHOWN:,} more, all of them in the JSON file."
        yield ""


def _name(change: RowChange) -> str:
    return _code(" + ".join(change.key))


def _cause(cause: str) -> str:
    return cause or "**not told**"


def _code(text: str) -> str:
    return f"`{text}`"


def _shown(value: str | None, beside: str | None = None) -> str:
    """A value as it stands in a cell of Markdown: a window of a long one, laid round its first difference.

    `beside` is what the value was, or became; without it a long value is shown from its beginning.
    """
    if not value:
        return ""
    start = 0
    if beside and max(len(value), len(beside)) > CELL_SHOWN:
        pairs = enumerate(zip(value, beside, strict=False))
        first = next((at for at, (one, other) in pairs if one != other), min(len(value), len(beside)))
        start = max(0, first - BEFORE_DIFFERENCE)
    end = start + CELL_SHOWN
    window = f"{'…' if start else ''}{value[start:end]}{'…' if end < len(value) else ''}"
    return _escaped("".join(map(_visible, window)))


def _visible(character: str) -> str:
    """A blank that is no plain one, and what has no shape, by its escape: a line feed becomes \\n."""
    if character.isprintable():
        return character
    return character.encode("unicode_escape").decode()


def _escaped(text: str) -> str:
    """A text with no mark that Markdown takes up."""
    for mark in ("\\", "|", "`", "*", "_", "[", "]", "<", ">", "#", "~", "!", "&", "@"):
        text = text.replace(mark, f"\\{mark}")
    return text.replace("  ", " ␣").strip(" ") or "␣"


def _cell(cell: Cell) -> dict[str, Any]:
    return {"column": cell.column, "old": cell.old, "new": cell.new}


def _print(difference: Difference, console: Console) -> None:
    console.print(f"from {difference.old_version} to {difference.new_version}", style="bold")
    if difference.nothing:
        console.print("nothing changed: the same tables, the same rows, the same files")
        return
    for each in sorted(difference.schema, key=lambda change: -change.step):
        arrow = " → ".join(part for part in (each.old, each.new) if part)
        style = "red" if each.step is Step.MAJOR else "default"
        console.print(
            f"  {each.step!s:6} {escape(each.place)}: {each.what} {escape(arrow)}",
            style=style,
            soft_wrap=True,
        )
    grid = Grid(box=None, pad_edge=False, header_style="dim")
    for title in ("table", "change", "cause"):
        grid.add_column(title)
    grid.add_column("rows", justify="right")
    for (table, what, cause), count in counts(difference.rows):
        grid.add_row(table, what, cause or "[red]not told[/]", f"{count:,}")
    if difference.rows:
        console.print(grid)
    for file in difference.files:
        path = escape(file.path)
        console.print(f"  {file.step!s:6} {path}: {file.what}, cause {file.cause}", soft_wrap=True)
    console.print(f"these changes need a {difference.needed} version")
