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
    def style(self) -> str:
        """The style of its number; empty without one."""
        return self.label.style.style if self.label else ""

    @property
    def opens(self) -> str:
        """What a heading of its style opens: chapter, clause or item; empty without a number."""
        return self.label.style.opens if self.label else ""

    @property
    def number(self) -> int:
        """The last number of its label (2 of 1.2); 0 without one."""
        return self.label.number[-1] if self.label else 0

    @property
    def text_start(self) -> int:
        """Where it begins behind its label."""
        return self.start + (self.label.end if self.label else 0)

    @property
    def is_heading(self) -> bool:
        """Whether it opens a section of the text."""
        return self.kind in ("heading", "box", "annex")

    @property
    def runs_on(self) -> bool:
        """Whether text stands behind the heading on the same line."""
        return self.is_heading and self.body < self.end
