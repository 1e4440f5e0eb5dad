"""The rows of actions.csv and headings.csv: what verbs and headings that recur in plans are called in English."""

from dataclasses import dataclass
from functools import cached_property

from pipelines.vocabulary.rows import Row


@dataclass(frozen=True)
class Action(Row):
    """A verb of verbs.csv, in English."""

    verb: str
    verb_en: str


@dataclass(frozen=True)
class Heading(Row):
    """A heading that many plans have, in English; what stands in one plan alone is left in Chinese."""

    heading: str
    heading_en: str


@dataclass(frozen=True, eq=False)
class English:
    """Verbs and headings in English, as a vocabulary holds them."""

    actions: tuple[Action, ...]
    headings: tuple[Heading, ...]

    @cached_property
    def action_en(self) -> dict[str, str]:
        """Verbs in English."""
        return {row.verb: row.verb_en for row in self.actions}

    @cached_property
    def heading_en(self) -> dict[str, str]:
        """Headings in English."""
        return {row.heading: row.heading_en for row in self.headings}
