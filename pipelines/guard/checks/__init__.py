"""The checks of the rows, by name: each a pure function of the tables and texts, in the module of what it looks at."""

from pipelines.guard.checks import (
    boundaries,
    cells,
    conservation,
    evidence,
    identity,
    issues,
    linked,
    provenance,
)
from pipelines.guard.checks.rule import RULES, Found, Rule
from pipelines.guard.checks.view import View

__all__ = ["MODULES", "RULES", "Found", "Rule", "View"]

MODULES = (cells, provenance, conservation, boundaries, evidence, identity, issues, linked)
