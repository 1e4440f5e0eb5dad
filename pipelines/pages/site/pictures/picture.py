"""What every picture of the site is: its title, how to read it, its drawings for a wide and a narrow screen, its rows."""

from collections.abc import Callable
from dataclasses import dataclass

from markupsafe import Markup

from pipelines.pages.wording import Words

WIDE, NARROW = 1120, 358


@dataclass(frozen=True)
class Picture:
    """One picture: what it shows, said in a sentence; how to read it; drawings; the rows behind it.

    `columns` are the headings of `rows` in both languages, None for one that stands in the CSV file only;
    `names` are those of the CSV file. A cell in two languages is Words; the CSV gives it two columns, the
    second ending in _zh.
    """

    name: str
    title: Words
    note: Words
    draw: Callable[[str, int], Markup]
    names: tuple[str, ...]
    columns: tuple[Words | None, ...]
    rows: tuple[tuple[Words | str | int | float, ...], ...]
