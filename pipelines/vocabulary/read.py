"""Reads the rows of a vocabulary from its CSV file, and from the file of the same name that a user lays over it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any, Literal, TypeVar, get_args, get_origin

from pipelines.errors import PipelineError
from pipelines.inputs import read_table
from pipelines.vocabulary.rows import Row

R = TypeVar("R", bound=Row)


def read_rows(kind: type[R], name: str, folders: Sequence[Path]) -> tuple[R, ...]:
    """The rows of `name`.csv in the first folder, with those of the others laid over it where they have such a file.

    A row of a later folder takes the place of the one with its key; new ones come first, so that where the first row
    that fits decides, a user's own decides. Raises PipelineError naming file, line and cell.
    """
    first, *others = folders
    rows = _keyed(kind, first / f"{name}.csv")
    for folder in others:
        if (path := folder / f"{name}.csv").exists():
            own = _keyed(kind, path)
            rows = {key: row for key, row in own.items() if key not in rows} | rows | own
    return tuple(rows.values())


def check(
    folders: Sequence[Path],
    name: str,
    rows: Iterable[Row],
    column: str,
    codes: Iterable[str],
    *,
    empty: bool = False,
) -> None:
    """Raises PipelineError, naming file and line, for a row whose cell in `column` is none of the codes of the vocabulary
    that defines them.
    """
    known = {*codes, ""} if empty else {*codes}
    for row in rows:
        for value in _values(getattr(row, column)):
            if value not in known:
                path, place = _where(row, [folder / f"{name}.csv" for folder in folders])
                raise _unknown(path, f"{place}, {column}", value, known)


def _where(row: Row, paths: Sequence[Path]) -> tuple[Path, str]:
    """The file that a row stands in, and its line: a later file is laid over an earlier one."""
    laid = [path for path in reversed(paths) if path.exists()]
    return next((path, place) for path in laid for place, _, each in _placed(type(row), path) if each == row)


def _values(cell: str | tuple[str, ...]) -> tuple[str, ...]:
    return cell if isinstance(cell, tuple) else (cell,)


def _keyed(kind: type[R], path: Path) -> dict[tuple[str, ...], R]:
    rows: dict[tuple[str, ...], R] = {}
    for place, key, row in _placed(kind, path):
        if key in rows or not key[0]:
            column = fields(kind)[0].name
            raise PipelineError(
                file=path,
                place=f"{place}, {column}",
                found=f"{'|'.join(key)!r} {'a second time' if key[0] else '(empty)'}",
                expected=f"each {column} once, and none empty",
                remedy="remove or rename one of the rows",
            )
        rows[key] = row
    return rows


def _placed(kind: type[R], path: Path) -> Iterator[tuple[str, tuple[str, ...], R]]:
    """The rows of a file, each with its line and its key."""
    columns = {field.name: field.type for field in fields(kind)}
    for place, cells in read_table(path, tuple(columns)):
        key = tuple(cells[column] for column in tuple(columns)[: kind.KEY])
        yield (
            place,
            key,
            kind(
                **{
                    name: _cell(cells[name], holds, path, f"{place}, {name}")
                    for name, holds in columns.items()
                }
            ),
        )


def _cell(value: str, holds: Any, path: Path, place: str) -> Any:
    """A cell as what its field's type says."""
    if holds is str:
        return value
    if codes := _codes(holds):
        if value not in codes:
            raise _unknown(path, place, value, codes)
        return value
    try:
        if holds == tuple[str, ...]:
            return tuple(part for part in value.split("|") if part)
        if holds == re.Pattern[str]:
            return re.compile(value)
        if holds is int:
            return int(value or 0)
        if holds == float | None:
            return float(value) if value else None
    except (ValueError, re.error):
        what = "a regular expression" if holds == re.Pattern[str] else "a number"
        raise PipelineError(path, place, repr(value), what, "correct the cell") from None
    return value


@cache
def _codes(holds: Any) -> set[str]:
    """The codes of a Literal, or of several joined by |."""
    if get_origin(holds) is Literal:
        return set(get_args(holds))
    return {code for part in get_args(holds) if get_origin(part) is Literal for code in get_args(part)}


def _unknown(path: Path, place: str, value: str, codes: set[str]) -> PipelineError:
    shown = sorted(code for code in codes if code)
    return PipelineError(
        file=path,
        place=place,
        found=f"the unknown code {value!r}",
        expected=f"one of {', '.join(shown[:12])}{' …' if len(shown) > 12 else ''}",
        remedy="correct the code, or add it to the vocabulary that defines it",
    )
