"""What a check of the rows is: a function of a view and a table that names each row that is wrong, and says why."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from pipelines.guard.checks.view import View

# A row by its place in the table, the column that is wrong, and what is wrong with it.
Found = tuple[int, str, str]
Find = Callable[[View, str], Iterable[Found]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A check that the suites name. `reads` are the tables that it looks at beside its own; `needs` says what else it
    cannot do without: the seeds, or the vocabularies of the package's own version."""

    name: str
    find: Find
    reads: tuple[str, ...]
    needs: frozenset[str]


RULES: dict[str, Rule] = {}


def rule(*reads: str, needs: Iterable[str] = ()) -> Callable[[Find], Find]:
    """Makes a function a check, under its own name with hyphens: `whole_quote` is whole-quote."""

    def register(find: Find) -> Find:
        name = find.__name__.replace("_", "-")
        RULES[name] = Rule(name, find, reads, frozenset(needs))
        return find

    return register
