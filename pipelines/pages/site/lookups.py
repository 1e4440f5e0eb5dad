"""The name of a lookup of this folder in; its rows out."""

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path


@cache
def read_lookup(name: str) -> tuple[Mapping[str, str], ...]:
    """The rows of `name`.csv beside this file, every cell a text.

    >>> read_lookup("comparisons")[0]["label_en"]
    'Straw put to use'
    """
    path = Path(__file__).parent / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@cache
def _glosses() -> Mapping[str, str]:
    return {
        row["indicator"]: row["label_en"]
        for name in ("comparisons", "indicators")
        for row in read_lookup(name)
    }


def indicator_gloss(indicator: str | None) -> str | None:
    """What an indicator as printed is called in English; None for one that is not known."""
    return _glosses().get(indicator or "")
