"""The rows of a table of tasks from the lines of its body: what is to be done, who is responsible, by when.

A row begins with its number; its last cells are those that name somebody or a time, whatever lines they are broken over:

    >>> from pipelines.document.lines import lines_of
    >>> from pipelines.vocabulary import load_vocabulary
    >>> text = "1\\n开展原材料行业符合规范条件动态核\\n查。\\n市工信局、市发展改\\n革委\\n2022 年6 月底前\\n2\\n推进绿色园区建设\\n市工信局\\n持续推进"
    >>> for task in tasks(lines_of(text), ("shared", "deadline"), load_vocabulary()):
    ...     print(task.text.string, [cell.string for _, cell in task.duties], task.deadline and task.deadline.string)
    开展原材料行业符合规范条件动态核查。 ['市工信局、市发展改革委'] 2022年6月底前
    推进绿色园区建设 ['市工信局'] 持续推进
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pipelines.document.brackets import is_responsibility
from pipelines.document.cells import Cell, merged
from pipelines.document.columns import squeezed
from pipelines.document.lines import Line
from pipelines.document.words import line_words
from pipelines.vocabulary import Vocabulary

DUTIES = ("lead", "shared", "support")
NUMBER = re.compile(r"(\d{1,3})(?:$|[.．、 ])")
LONGEST_TASK = 60  # lines
LONGEST_CELL = 12  # lines


@dataclass(frozen=True, slots=True)
class Task:
    """A row of a table of tasks, `[start, end)` of the text; duties are the cells of those responsible by the kind of their column."""

    start: int
    end: int
    ordinal: Cell
    text: Cell
    duties: tuple[tuple[str, Cell], ...]
    deadline: Cell | None


def tasks(lines: Sequence[Line], kinds: Sequence[str], vocabulary: Vocabulary) -> list[Task]:
    """The rows of a body of lines under columns of the given kinds; what follows the last whole row is none."""
    starts: list[int] = []
    for index, line in enumerate(lines):
        if index >= (starts[-1] + LONGEST_TASK if starts else 1):
            break
        if (match := NUMBER.match(squeezed(line.string))) is not None and int(match[1]) == len(starts) + 1:
            starts.append(index)
    found: list[Task] = []
    for rank, first in enumerate(starts, start=1):
        after = starts[rank] if rank < len(starts) else None
        task = _task(lines[first : after or first + LONGEST_TASK], kinds, vocabulary, is_last=after is None)
        if task is None:
            break
        found.append(task)
    return found


def _task(
    lines: Sequence[Line], kinds: Sequence[str], vocabulary: Vocabulary, *, is_last: bool
) -> Task | None:
    """One row, or None where one of its cells is not found."""
    opening = lines[0]
    match = NUMBER.match(squeezed(opening.string))
    assert match is not None
    words = opening.string[len(match[1]) :].lstrip(".．、 ")
    parts = [Cell(opening.end - len(words), opening.end, squeezed(words))] if words.strip() else []
    parts += [Cell(line.start, line.end, squeezed(line.string)) for line in lines[1:]]
    is_time = "deadline" in kinds
    time = (
        _run(parts, lambda string: line_words(vocabulary).deadline.fullmatch(string) is not None)
        if is_time
        else None
    )
    if is_time and time is None:
        return None
    own = [kind for kind in kinds if kind in DUTIES]
    duties = _duties(parts[: time[0]] if time else parts, own, vocabulary)
    if duties is None:
        return None
    cells = [cell for _, cell in duties] + ([merged(parts[slice(*time)])] if time else [])
    text = [part for part in parts if part.start < cells[0].start]
    if any(part.start > cells[-1].end for part in parts) and not is_last:
        return None
    return Task(
        start=opening.start,
        end=cells[-1].end,
        ordinal=Cell(opening.start, opening.start + len(match[1]), match[1], "number"),
        text=merged(text),
        duties=duties,
        deadline=cells[-1] if time else None,
    )


def _duties(
    parts: Sequence[Cell], kinds: Sequence[str], vocabulary: Vocabulary
) -> tuple[tuple[str, Cell], ...] | None:
    """The cells of those responsible, a column after the other; None where one is not found."""

    def names(string: str) -> bool:
        return is_responsibility(string, True, vocabulary)

    found: list[tuple[str, Cell]] = []
    rest = parts
    for kind in kinds:
        run = _run(rest, names, first=0 if found else 1)
        if run is None or (found and run[0]):
            return None
        # Names of the next column are no part of this one unless 、 joins them.
        after = run[0] + 1
        while after < run[1] and (
            kind == kinds[-1]
            or not names(merged(rest[run[0] : after]).string)
            or rest[after - 1].string.endswith("、")
        ):
            after += 1
        found.append((kind, merged(rest[run[0] : after])))
        rest = rest[after:]
    return tuple(found)


def _run(parts: Sequence[Cell], fits: Callable[[str], bool], first: int = 1) -> tuple[int, int] | None:
    """The first lines from the given one on that together fit, as many as do."""
    for start in range(first, len(parts)):
        string, after = "", None
        for index in range(start, min(start + LONGEST_CELL, len(parts))):
            string += parts[index].string
            if fits(string):
                after = index + 1
        if after is not None:
            return start, after
    return None
