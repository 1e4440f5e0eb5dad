"""A small project in a folder: the schemas as they are, and a package of a few real rows of the plan of Wuhan."""

import json
import shutil
from pathlib import Path
from typing import Any

from pipelines.describe.facts import read_facts
from pipelines.describe.publish import metadata_files, write_if_changed
from pipelines.package.write import write_package
from tests.package import rows

ROOT = Path(__file__).parents[2]


def make_project(folder: Path, **package: Any) -> Path:
    """`folder` filled with schemas/, in whose package.json the keys of `package` are set, data/ and the descriptor."""
    folder.mkdir()
    version = str(json.loads((ROOT / "schemas/package.json").read_text(encoding="utf-8"))["version"])
    write_package(rows.tables(), rows.texts(), folder, version=version)
    shutil.copytree(ROOT / "schemas", folder / "schemas")
    set_package(folder, **package)
    return folder


def set_package(folder: Path, **changes: Any) -> None:
    path = folder / "schemas/package.json"
    package = json.loads(path.read_text(encoding="utf-8")) | changes
    path.write_text(json.dumps(package, ensure_ascii=False), encoding="utf-8")


def write_metadata(folder: Path) -> None:
    for path, text in metadata_files(read_facts(folder)).items():
        write_if_changed(folder / path, text)
