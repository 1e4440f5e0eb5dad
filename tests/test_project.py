"""What the project says about itself, it says the same everywhere: version, lock, targets, the order of its rooms."""

import ast
import json
import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
VERSION = PROJECT["version"]
LOCK = (ROOT / "requirements.txt").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


def test_version_of_the_schemas_is_the_version_of_the_project() -> None:
    package = json.loads((ROOT / "schemas/package.json").read_text(encoding="utf-8"))
    assert package["version"] == VERSION


def test_version_of_the_published_package_is_the_version_of_the_project() -> None:
    package = json.loads((ROOT / "datapackage.json").read_text(encoding="utf-8"))
    assert package["version"] == VERSION


def test_version_to_cite_is_the_version_of_the_project() -> None:
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert re.findall(r"^version: (.+)$", citation, re.MULTILINE) == [VERSION]


def test_changelog_opens_with_the_version_of_the_project() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.findall(r"^## (\S+)", changelog, re.MULTILINE)[0] == VERSION


def test_lock_pins_each_package_with_hashes() -> None:
    entries = re.sub(r" \\\n *", " ", re.sub(r"^ *#.*\n", "", LOCK, flags=re.MULTILINE)).splitlines()
    assert len(entries) > 50
    pinned = re.compile(r"[a-z0-9-]+==\S+( ; [^\\]+?)?( --hash=sha256:[0-9a-f]{64})+")
    assert [entry for entry in entries if not pinned.fullmatch(entry)] == []


def test_lock_names_no_registry() -> None:
    assert re.findall(r"://|--(?:extra-)?index|--find-links|--trusted-host", LOCK) == []


def test_lock_holds_every_requirement() -> None:
    requirements = (ROOT / "requirements.in").read_text(encoding="utf-8")
    wanted = set(re.findall(r"^([a-z][a-z0-9-]*)", requirements, re.MULTILINE))
    assert wanted - set(re.findall(r"^([a-z0-9-]+)==", LOCK, re.MULTILINE)) == set()


def test_make_help_lists_every_target() -> None:
    targets = re.findall(r"^\.PHONY: (.+)$", MAKEFILE, re.MULTILINE)[0].split()
    assert re.findall(r"^([a-z]+):.*## \S", MAKEFILE, re.MULTILINE) == targets


# Each room knows those before it and none after it; all may use the modules beside them (errors, vocabulary …).
ROOMS = (
    "seeds",
    "text",
    "document",
    "reading",
    "linking",
    "package",
    "guard",
    "faults",
    "describe",
    "pages",
    "release",
)
ABOVE = ("bench", "cli", "__main__")


def imports(path: Path) -> set[str]:
    """The modules and rooms of pipelines that a module imports, wherever in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("pipelines"):
            named = (node.module or "").split(".")[1:2]
            found |= set(named) if named else {alias.name for alias in node.names}
    return found


def test_no_import_runs_upwards() -> None:
    order = {name: floor for floor, name in enumerate(ROOMS, start=1)}
    order |= dict.fromkeys(ABOVE, len(ROOMS) + 1)
    upwards = []
    for path in sorted((ROOT / "pipelines").rglob("*.py")):
        room = path.relative_to(ROOT / "pipelines").parts[0].removesuffix(".py")
        upwards += [
            f"{path.name} of {room}: {one}" for one in imports(path) if order.get(one, 0) > order.get(room, 0)
        ]
    assert upwards == []


def test_the_site_may_use_the_report_and_never_the_other_way_round() -> None:
    for path in (ROOT / "pipelines/pages/report").glob("*.py"):
        assert "pages.site" not in path.read_text(encoding="utf-8"), path.name
