"""The values of a few cells in, what is wrong with them out: the rules that the expectation suites name.

A rule is a pure function of the cells that an expectation lists, in its order; None is an empty cell. It returns
"" where they are right, else one sentence that says what was expected. Names that begin with _ in a suite are
columns that `frames` adds. A suite can name the public functions of these modules and no others.
"""

from collections.abc import Callable, Mapping
from types import ModuleType

from pipelines.guard.rules import (
    agencies,
    cells,
    clauses,
    indicators,
    issues,
    numbers,
    plans,
    relations,
    repairs,
    targets,
)

Rule = Callable[..., str]
MODULES = (cells, relations, plans, clauses, targets, indicators, agencies, numbers, repairs, issues)


def _rules(module: ModuleType) -> dict[str, Rule]:
    return {
        name: each
        for name, each in vars(module).items()
        if callable(each) and not name.startswith("_") and getattr(each, "__module__", "") == module.__name__
    }


RULES: Mapping[str, Rule] = {name: rule for module in MODULES for name, rule in _rules(module).items()}
