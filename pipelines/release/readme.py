"""The README.md of a release archive, for those who unpack it and have no checkout."""

from collections.abc import Mapping
from typing import Any

from pipelines.describe.render import cell, render

DAY = len("2026-11-21")


def archive_readme(package: Mapping[str, Any]) -> str:
    """The page of the archive: what is in it, with the number of rows of each table, and how to read, verify, cite it.

    `package` is the descriptor; raises KeyError for one that lacks what ours has.
    """
    return render(
        "archive-readme.md",
        **{key: package[key] for key in ("name", "title", "title_zh", "description", "description_zh")},
        version=package["version"],
        rights=package["rights"],
        day=str(package.get("created", ""))[:DAY],
        licence=package["licenses"][0],
        creators=[each["title"] for each in package["contributors"] if "creator" in each.get("roles", ())],
        tables=[resource for resource in package["resources"] if "rows" in resource],
        first_sentence=_first_sentence,
    )


def _first_sentence(text: str) -> str:
    """The first sentence of a description, fit for a cell.

    >>> _first_sentence("One row per plan. Copies are documents.")
    'One row per plan.'
    """
    return cell(f"{text.partition('. ')[0].rstrip('.')}.").replace("<", "\\<")
