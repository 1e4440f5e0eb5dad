"""The descriptor of a package in; the README.md of its archive out, for those who unpack it and have no checkout."""

from collections.abc import Mapping
from typing import Any

DAY = len("2026-11-21")
# What stands in an archive beside the tables.
BESIDE = (
    ("`datapackage.json`", "the descriptor (Data Package 2): columns, keys, codes, checksums"),
    ("`data/text/`", "the repaired text of each document"),
    ("`seeds/`", "the raw texts, untouched, with `sources.csv` and the repairs by hand, `errata.csv`"),
    ("[`docs/using.md`](docs/using.md)", "how to read the data with the tools at hand"),
    ("[`docs/data-dictionary.md`](docs/data-dictionary.md)", "what the columns mean"),
    ("[`docs/codebook.md`](docs/codebook.md)", "what the codes mean"),
    ("[`docs/usage-notes.md`](docs/usage-notes.md)", "what the data must not be used for"),
    ("[`docs/method`](docs/method/README.md)", "how the tables are made"),
    ("`CHANGELOG.md`", "what changed, release by release"),
    ("`SHA256SUMS`", "the checksum of every file"),
)

PAGE = """# {title}

{title_zh}

{description}

{description_zh}

This is the archive of `{name}`, version {version}{released}. It needs no program of ours: the tables are CSV and
Parquet.

## What is in it

| Table | Rows | What it holds |
|---|---:|---|
{tables}

Each table lies in `data/` as `<table>.csv` (UTF-8) and as `<table>.parquet` (with types and descriptions).

| Beside them | |
|---|---|
{beside}

## Read it

In this folder:

```python
import pandas as pd

targets = pd.read_parquet("data/targets.parquet")
plans = pd.read_csv("data/plans.csv", dtype={{"division_code": str}})
shown = ["place_en", "indicator", "comparator", "value", "unit", "deadline", "quote"]
print(targets.merge(plans, on="plan_id")[shown].head())
```

Recipes for DuckDB, Polars, R, SQLite, a spreadsheet and others: [docs/using.md](docs/using.md).

## Verify it

```bash
sha256sum --check --quiet SHA256SUMS
```

```bash
frictionless validate datapackage.json
```

The second holds every table against its columns, keys and codes; it comes with the Python package `frictionless`. Each
row that quotes a plan gives the place of its words in the file of `seeds/` that it was read from:
[docs/using.md](docs/using.md) shows how to look one up by hand.

## Cite it

{creators}{year}. {title}. Version {version}. Data set. {licence}.

The same for programs: `CITATION.cff`. To cite one row, give its id as well, such as `wuhan-synergy/2.4/t1`.

## Licences

Data: [{licence}]({licence_path}) (`LICENSE-DATA`). Code that made them: MIT (`LICENSE`). {rights}
"""


def archive_readme(package: Mapping[str, Any]) -> str:
    """The page of the archive: what is in it, with the number of rows of each table, and how to read, verify, cite it.

    `package` is the descriptor; raises KeyError for one that lacks what ours has.
    """
    licence = package["licenses"][0]
    created = str(package.get("created", ""))[:DAY]
    creators = [str(each["title"]) for each in package["contributors"] if "creator" in each.get("roles", ())]
    tables = [
        f"| `{resource['name']}` | {resource['rows']:,} | {_first_sentence(str(resource['description']))} |"
        for resource in package["resources"]
        if "rows" in resource
    ]
    return PAGE.format(
        **{key: package[key] for key in ("name", "title", "title_zh", "description", "description_zh")},
        version=package["version"],
        released=f", released on {created}" if created else "",
        year=f" ({created[:4]})" if created else "",
        tables="\n".join(tables),
        beside="\n".join(f"| {name} | {what} |" for name, what in BESIDE),
        creators=", ".join(creators),
        licence=licence["title"],
        licence_path=licence["path"],
        rights=package["rights"],
    )


def _first_sentence(text: str) -> str:
    r"""The first sentence of a description, fit for a cell.

    >>> _first_sentence("One row per plan. Copies are documents.")
    'One row per plan.'
    """
    return f"{text.partition('. ')[0].rstrip('.')}.".replace("|", "\\|").replace("<", "\\<")
