"""What the project says about itself, it says the same everywhere: version, lock, targets, licences."""

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
