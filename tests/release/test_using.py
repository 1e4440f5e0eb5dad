"""Every recipe of docs/using.md, run as it is printed there against a release served on this machine."""

import csv
import html
import io
import os
import re
import shutil
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple

import pytest
from rich.console import Console

from pipelines.release.unreleased import print_databases
from tests.release.packages import ROOT

PAGE = (ROOT / "docs/using.md").read_text(encoding="utf-8")
PRINTED_ADDRESS = "http://127.0.0.1:8000"
BLOCK = re.compile(r"^```(?P<language>\w+)\n(?P<code>.*?)^```$", re.MULTILINE | re.DOTALL)
SPREADSHEET = "soffice"


class Recipe(NamedTuple):
    """A block of code of the page, with the heading that it stands under."""

    heading: str
    language: str
    code: str


def recipes() -> list[Recipe]:
    headings = [(match.start(), match[1]) for match in re.finditer(r"^## (.+)$", PAGE, re.MULTILINE)]
    return [
        Recipe(
            [title for start, title in headings if start < match.start()][-1],
            match["language"],
            match["code"],
        )
        for match in BLOCK.finditer(PAGE)
        if match["language"] in ("python", "bash")
    ]


# What a reader sees on the way, by heading: enough to know that the recipe answered with real rows.
SHOWN = {
    "Check what was downloaded": "",
    "Frictionless": "VALID",
    "pandas": "Chongqing|ecology-environment",
    "Arrow": "力争|以上",
    "DuckDB": "Shenyang|due, outcome not recorded",
    "Polars": "2025",
    "SQLite": "武汉市|quote: ",
    "Datasette": '"unit_en": "percent"',
    "A spreadsheet": "",
    "The share of coal by city": "Shenyang|At most",
    "What is due in 2025, and who is to do it": "Wuhan|Chongqing",
    "One indicator across cities": "manure/1|scope",
    "Which national documents plans rest on and carry out": r"Synergising .* \| chongqing-synergy, sanming-synergy, shenyang-synergy",
    "How two copies of a plan differ": r"种植\[栎\|栾\]树",
    "What plans share, and what is a plan's own": "adapted|wuhan-synergy",
    "Instruments and pollutants by sector": "Energy",
    "From a number back to the paper": "30%以内 True",
}


class Quiet(SimpleHTTPRequestHandler):
    """The server that the page starts, which knows no parts of files."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Says nothing."""


@pytest.fixture(scope="module")
def downloaded(dist: Path, archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The release as somebody has it on the disk: the archive unpacked, the other files beside it."""
    folder = tmp_path_factory.mktemp("downloaded")
    with zipfile.ZipFile(archive) as opened:
        opened.extractall(folder)
    shutil.copytree(dist, folder, dirs_exist_ok=True)
    return folder


@contextmanager
def served(folder: Path) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def address(dist: Path) -> Iterator[str]:
    with served(dist) as address:
        yield address


@pytest.fixture(scope="module")
def small_address(small_unpacked: Path) -> Iterator[str]:
    with served(small_unpacked) as address:
        yield address


def run(recipe: Recipe, address: str, folder: Path, home: Path) -> str:
    code = recipe.code.replace(PRINTED_ADDRESS, address)
    command = (
        [sys.executable, "-c", code]
        if recipe.language == "python"
        else ["bash", "-euo", "pipefail", "-c", code]
    )
    # A proxy that refuses everything: whatever asks for another machine fails.
    refused = dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"), "http://127.0.0.1:9")
    environment = {
        **os.environ,
        **refused,
        "NO_PROXY": "127.0.0.1",
        "no_proxy": "127.0.0.1",
        "HOME": str(home),
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "PYTHONIOENCODING": "utf-8",
        "LC_ALL": "C.UTF-8",
        "COLUMNS": "160",
    }
    done = subprocess.run(
        command,
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    return done.stdout


RECIPES = recipes()


@pytest.mark.parametrize(
    "recipe", RECIPES, ids=[f"{number}. {recipe.heading}" for number, recipe in enumerate(RECIPES, start=1)]
)
def test_recipe(recipe: Recipe, address: str, small_address: str, downloaded: Path, tmp_path: Path) -> None:
    program = recipe.code.split()[0]
    if recipe.language == "bash" and program in (SPREADSHEET, "sqlite3") and shutil.which(program) is None:
        pytest.skip(f"{program} is not installed here")
    # Frictionless reads every cell: a package of few rows shows as well that the recipe is right.
    address = small_address if recipe.heading == "Frictionless" else address
    shown = run(recipe, address, downloaded, tmp_path)
    assert re.search(SHOWN[recipe.heading], shown), shown[-2000:]
    assert "INVALID" not in shown
    if program == SPREADSHEET:
        check_sheet(downloaded)


@pytest.fixture(scope="module")
def with_databases(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout after `make databases`."""
    folder = tmp_path_factory.mktemp("with-databases")
    print_databases(root, folder, Console(file=io.StringIO()))
    (folder / "data").symlink_to(root / "data")
    return folder


OF_DATABASES = [recipe for recipe in RECIPES if "china-synergy-plans." in recipe.code]


@pytest.mark.parametrize(
    "recipe", OF_DATABASES, ids=[f"{recipe.heading}, {recipe.language}" for recipe in OF_DATABASES]
)
def test_recipe_of_databases_in_a_checkout(recipe: Recipe, with_databases: Path, tmp_path: Path) -> None:
    if recipe.code.startswith("sqlite3") and shutil.which("sqlite3") is None:
        pytest.skip("sqlite3 is not installed here")
    assert re.search(SHOWN[recipe.heading], run(recipe, "", with_databases, tmp_path))


@pytest.mark.parametrize(
    "recipe", OF_DATABASES, ids=[f"{recipe.heading}, {recipe.language}" for recipe in OF_DATABASES]
)
def test_recipe_without_its_database_leaves_no_file_behind(recipe: Recipe, tmp_path: Path) -> None:
    if recipe.code.startswith("sqlite3") and shutil.which("sqlite3") is None:
        pytest.skip("sqlite3 is not installed here")
    with pytest.raises(AssertionError):
        run(recipe, "", tmp_path, tmp_path)
    assert list(tmp_path.glob("*.sqlite")) == []


def check_sheet(folder: Path) -> None:
    """Every quote of the table arrived whole, and no cell became a formula."""
    with zipfile.ZipFile(folder / "targets.xlsx") as sheet:
        strings = sheet.read("xl/sharedStrings.xml").decode("utf-8")
        cells = sheet.read("xl/worksheets/sheet1.xml").decode("utf-8")
    shown = {html.unescape(re.sub(r"<[^>]+>", "", item)) for item in strings.split("</si>")}
    with (folder / "data/targets.csv").open(encoding="utf-8", newline="") as file:
        assert {row["quote"] for row in csv.DictReader(file)} <= shown
    assert "<f>" not in cells
    assert "<f " not in cells


def test_every_tool_has_its_recipe() -> None:
    assert {recipe.heading for recipe in RECIPES} == set(SHOWN)


def test_recipes_name_no_other_address() -> None:
    for recipe in RECIPES:
        assert set(re.findall(r"https?://[^/\"'\s{}]+", recipe.code)) <= {PRINTED_ADDRESS}


def test_page_starts_the_server_that_the_recipes_are_run_against() -> None:
    """A command of the page, run as it is printed but for the port, serves what the test's server serves."""
    (command,) = re.findall(r"^\$ (.+)$", PAGE, re.MULTILINE)
    assert command == "python -m http.server 8000 --bind 127.0.0.1"


def test_page_says_which_address_reads_and_which_does_not() -> None:
    assert "https://OWNER.github.io/REPOSITORY/data/targets.csv" in PAGE
    assert "downloaded, not to be read by address" in PAGE


def test_versions_are_told_alike_in_page_and_changelog() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    (rule,) = re.findall(r"^Versions follow .+?corrected\.$", PAGE, re.MULTILINE | re.DOTALL)
    assert "one\nexception: an added column" in rule
    assert "a row that another table refers to" in rule
    assert rule in changelog


def test_recipe_for_r_is_documented() -> None:
    assert "read_package(" in PAGE
    assert "Not run by the tests" in PAGE


def test_page_names_every_file_of_a_release(dist: Path) -> None:
    for path in dist.iterdir():
        name = path.name if path.suffix != ".zip" else "china-synergy-plans-<version>.zip"
        assert f"`{name}{'/' if path.is_dir() else ''}`" in PAGE, name
