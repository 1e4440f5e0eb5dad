"""Packages to release and to compare: a few real rows of the plan of Wuhan, changed where a test says so."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pipelines.describe.dictionary import data_dictionary
from pipelines.package.arrow import to_arrow
from pipelines.package.build import build
from pipelines.package.dataset import read_dataset
from pipelines.package.write import write_package
from pipelines.release.changes import Difference, compare
from pipelines.schema import load_schemas
from tests.package import rows

ROOT = Path(__file__).parents[2]
VERSION = str(json.loads((ROOT / "schemas/package.json").read_text(encoding="utf-8"))["version"])
Row = dict[str, Any]


def package(folder: Path, version: str = "1.0.0", **tables: list[Row]) -> Path:
    """The rows of tests/package as a package in `folder`, with other rows for the tables named."""
    folder.mkdir()
    schemas = load_schemas()
    made = {
        name: to_arrow(schema, [dict.fromkeys(schema.columns) | row for row in tables[name]])
        if name in tables
        else to_arrow(schema, rows.rows(schema))
        for name, schema in schemas.items()
    }
    texts = {
        document: rows.texts().get(document, "") for document in made["documents"]["document_id"].to_pylist()
    }
    write_package(made, texts, folder, version=version)
    return folder


def table(name: str) -> list[Row]:
    """The rows of a table as a test may change them."""
    return [dict(row) for row in rows.ROWS[name]]


def changed(name: str, place: int, **cells: Any) -> list[Row]:
    """The rows of a table with other cells in one of them."""
    found = table(name)
    found[place] |= cells
    return found


def redescribed(folder: Path, name: str, change: Callable[[Row], None]) -> Path:
    """The package with the schema of one table changed in its descriptor."""
    path = folder / "datapackage.json"
    descriptor = json.loads(path.read_text(encoding="utf-8"))
    change(next(each for each in descriptor["resources"] if each["name"] == name))
    path.write_text(json.dumps(descriptor, ensure_ascii=False), encoding="utf-8")
    return folder


def difference(old: Path, new: Path) -> Difference:
    return compare(read_dataset(old), read_dataset(new))


def checkout(folder: Path) -> Path:
    """The project as it would be checked out: its seeds, built by the code under test, and what stands beside them."""
    folder.mkdir(exist_ok=True)
    build(ROOT / "seeds", folder, strict=False)
    return _furnished(folder)


def small_checkout(folder: Path) -> Path:
    """The same with the few rows of `package` for a build."""
    return _furnished(package(folder, VERSION))


def _furnished(folder: Path) -> Path:
    for name in ("seeds", "schemas", "docs"):
        shutil.copytree(ROOT / name, folder / name)
    for name in ("LICENSE", "LICENSE-DATA", "CITATION.cff", "CHANGELOG.md", "pyproject.toml"):
        shutil.copyfile(ROOT / name, folder / name)
    (folder / "README.md").write_text("# china-synergy-plans\n", encoding="utf-8")
    (folder / "docs/data-dictionary.md").write_text(
        data_dictionary(load_schemas()), encoding="utf-8", newline="\n"
    )
    return folder
