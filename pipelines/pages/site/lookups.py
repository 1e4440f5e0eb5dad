"""Reads the rows of a lookup of this folder by its name."""

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path


@cache
def read_lookup(name: str) -> tuple[Mapping[str, str], ...]:
    """The rows of `name`.csv beside this file, every cell a text.

    >>> read_lookup("faults")[0]["label"]
    '删去一行'
    """
    path = Path(__file__).parent / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))
