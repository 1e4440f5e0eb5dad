"""A browser to look at pages in, one for all tests; where there is none, tests are skipped, but never in CI."""

import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

WIDE, TELEPHONE = (1280, 900), (390, 844)
AXE = Path(__file__).parent / "site" / "vendor" / "axe-core" / "axe.min.js"
CHROMIUM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))),
    None,
)
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage")
ABSENT = (
    "no browser: install Debian's chromium (apt install chromium fonts-noto-cjk) to test the pages in one"
)

in_a_browser = pytest.mark.skipif(CHROMIUM is None and not os.environ.get("CI"), reason=ABSENT)


def open_everything(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")


def shut_out(page: Page) -> list[tuple[Any, ...]]:
    """What on a page shuts somebody out: serious and critical violations that axe finds, with the first place of each."""
    page.add_script_tag(path=AXE)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations'], preload: false})")
    return [
        (each["id"], each["nodes"][0]["html"][:200], each["nodes"][0].get("failureSummary", ""))
        for each in found["violations"]
        if each["impact"] in ("serious", "critical")
    ]
