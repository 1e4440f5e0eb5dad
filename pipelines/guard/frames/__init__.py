"""The tables of a package in, one frame for each out: its columns, and with a leading _ what other tables say of each row.

An expectation sees one frame. What it needs of other tables, of the published texts, of the seeds and of the
vocabularies is joined to the rows here, and nowhere else; so a rule that speaks of two tables is an ordinary
expectation, and all of them stand in schemas/expectations. `READS` says which tables a frame is made of.
Each table has its module, the vocabularies share one; `index` holds what they ask of other tables.
"""

from collections.abc import Callable, Mapping

import pandas as pd

from pipelines.guard.frames import (
    agencies,
    clauses,
    deadlines,
    documents,
    issuers,
    issues,
    measures,
    numbers,
    plans,
    repairs,
    responsibilities,
    targets,
    vocabularies,
)
from pipelines.guard.frames.index import Added, Index
from pipelines.guard.lookups import Lookups
from pipelines.package.dataset import Dataset

__all__ = ["FRAMES", "NEEDS_SEEDS", "NEEDS_VOCABULARY", "READS", "Index", "frame"]

TEXT = ("documents", "clauses", "repairs")
READS: Mapping[str, tuple[str, ...]] = {
    "plans": ("plans", *TEXT, "issuers", "places", "issues"),
    "documents": ("documents", "plans", "clauses", "repairs"),
    "issuers": ("issuers", "plans", "documents", "agencies", "places", "repairs"),
    "clauses": (
        *("plans", *TEXT, "issues"),
        *("measures", "targets", "deadlines", "responsibilities", "numbers"),
    ),
    "measures": ("measures", *TEXT, "issues"),
    "targets": ("targets", "plans", *TEXT, "measures", "deadlines", "numbers", "units"),
    "deadlines": ("deadlines", "plans", *TEXT, "measures", "targets", "numbers"),
    "agencies": ("agencies", "places", "issuers", "responsibilities"),
    "responsibilities": ("responsibilities", "plans", *TEXT, "agencies", "places"),
    "numbers": ("numbers", "plans", *TEXT, "targets", "deadlines"),
    "repairs": ("repairs", "documents"),
    "issues": ("issues", "documents", "plans", "clauses", "issuers", "responsibilities", "measures"),
    "functions": ("functions",),
    "units": ("units",),
    "sectors": ("sectors",),
    "places": ("places",),
}

# The added columns that say nothing without the raw texts, and without the vocabularies of the code.
_SEEDS = frozenset({"_source_text"})
NEEDS_SEEDS: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(
        ("issuers", "clauses", "measures", "targets", "deadlines", "responsibilities", "numbers"), _SEEDS
    ),
    "documents": frozenset(
        {"_sha256", "_size_bytes", "_characters", "_promised", "_absent", "_unused_errata", "_repaired"}
    ),
    "repairs": frozenset({"_raw", "_errata"}),
}
NEEDS_VOCABULARY = frozenset(
    {
        "_title_en",
        "_lead",
        "_left_out",
        "_whole_number",
        "_sector",
        "_verb",
        "_bindingness",
        "_known",
        "_levels",
        "_slugs",
        "_full_names",
        "_labels",
    }
)

# What each frame adds to the columns of its table.
FRAMES: Mapping[str, Callable[[Index], Added]] = {
    "plans": plans.columns,
    "documents": documents.columns,
    "issuers": issuers.columns,
    "clauses": clauses.columns,
    "measures": measures.columns,
    "targets": targets.columns,
    "deadlines": deadlines.columns,
    "agencies": agencies.columns,
    "responsibilities": responsibilities.columns,
    "numbers": numbers.columns,
    "repairs": repairs.columns,
    "issues": issues.columns,
    **{table: vocabularies.columns_of(table) for table in vocabularies.VOCABULARIES},
}


def frame(package: Dataset, table: str, lookups: Lookups | None, index: Index | None = None) -> pd.DataFrame:
    """The frame of one table of a package, whose tables must have the columns of the schemas.

    `lookups` are those of the code, None where the package is of another version. `index` can be shared between
    the frames of one package.
    """
    index = index or Index(package, lookups)
    base = package.frames[table]
    always = {"_line": range(len(base)), "_yes": [True] * len(base), "_zero": [0] * len(base)}
    added = {**always, **FRAMES[table](index)}
    extra = {name: pd.Series(list(values), index=base.index, dtype=object) for name, values in added.items()}
    return pd.concat([base, pd.DataFrame(extra, index=base.index)], axis=1)
