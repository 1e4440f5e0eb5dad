"""A paragraph of a document: what it is, and where it stands in the outline."""

from dataclasses import dataclass

from pipelines.document.styles import Label
from pipelines.document.table import Table


@dataclass(slots=True)
class Passage:
    """A paragraph of a document, `[start, end)` of its text: what it is, and where it stands in the outline.

    `title` is a range of the text too; `parent` is the index of the heading above it.
    """

    kind: str
    start: int
    end: int
    label: Label | None = None
    title: tuple[int, int] | None = None
    body: int = 0  # where its text begins behind a heading that runs on
    level: int = 0
    parent: int | None = None
    table: Table | None = None
    is_boxed: bool = False

    @property
    def is_heading(self) -> bool:
        """Whether it opens a section of the text."""
        return self.kind in ("heading", "box", "annex")

    @property
    def runs_on(self) -> bool:
        """Whether text stands behind the heading on the same line."""
        return self.is_heading and self.body < self.end
