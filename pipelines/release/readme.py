"""The README.md of a release archive, for those who unpack it and have no checkout."""

from collections.abc import Mapping
from typing import Any

from pipelines.describe.render import cell, render

DAY = len("2026-11-21")


def archive_readme(package: Mapping[str, Any], mark: str = "") -> str:
    """The page of the archive: what is in it, with the number of rows of each table, and how to read, verify, cite it.

    `package` is the descriptor, `mark` what is to be said beside its version, such as "not released"; raises KeyError for one that lacks what ours has.
    """
    return render(
        "archive-readme.md",
        **{key: package[key] for key in ("name", "title", "title_zh", "description", "description_zh")},
        version=", ".join(filter(None, (package["version"], mark))),
        rights=package["rights"],
        day="" if mark else str(package.get("created", ""))[:DAY],
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
