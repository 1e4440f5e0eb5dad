"""What a command says on a terminal: consoles, messages on one line, paths as short as they can be."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TypeVar

from rich.console import Console
from rich.markup import escape
from rich.progress import track
from rich.table import Table
from rich.text import Text

from pipelines.errors import PipelineError

out_console = Console(highlight=False)
error_console = Console(stderr=True, highlight=False)
MANY = 20  # things that take long enough together to say how far one is
T = TypeVar("T")


def shown(path: Path) -> str:
    """A path from where the command runs, as markup."""
    try:
        return escape(printable(str(path.resolve().relative_to(Path.cwd()))))
    except ValueError:
        return escape(printable(str(path)))


def print_counts(counts: Mapping[str, int]) -> None:
    """How many rows each table has, in two columns."""
    table = Table(box=None, pad_edge=False)
    for heading in ("table", "rows") * 2:
        table.add_column(heading, justify="right" if heading == "rows" else "left")
    rows = [(name, f"{count:,}") for name, count in counts.items()]
    half = (len(rows) + 1) // 2
    for index in range(half):
        table.add_row(*rows[index], *(rows[half + index] if half + index < len(rows) else ("", "")))
    out_console.print(table)


def say(what: str, style: str, message: str) -> None:
    """One line on stderr, whatever stands in the names of files and the passages of seeds that it quotes."""
    error_console.print(Text.assemble((what, style), ": ", printable(message)), soft_wrap=True)


def printable(message: str) -> str:
    """A message in which what has no shape stands as its escape."""
    return "".join(
        character if character.isprintable() else character.encode("unicode_escape").decode()
        for character in message
    )


def unusable(error: OSError) -> PipelineError:
    """The message on a path that cannot be read or written, where no step knew more of it."""
    return PipelineError(
        file=error.filename or "a file",
        place="",
        found=(error.strerror or str(error)).lower(),
        expected="a path that can be read and written",
        remedy="mend its permissions, make room on its disk, or name another path",
    )


def tracked(documents: Iterable[T]) -> Iterator[T]:
    """The documents, where there are many with a progress bar, or a line for each hundred where that is no terminal."""
    rows = list(documents)
    if len(rows) >= MANY and error_console.is_terminal:
        yield from track(rows, description="reading", console=error_console, transient=True)
        return
    for done, row in enumerate(rows):
        if len(rows) >= MANY and done % 100 == 0:
            say("reading", "dim", f"document {done + 1} of {len(rows)}")
        yield row
