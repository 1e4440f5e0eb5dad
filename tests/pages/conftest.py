"""One browser and one small package for all tests of the pages."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from pipelines.package.build import build
from tests.pages.browsing import ABSENT, CHROMIUM, FLAGS
from tests.samples import PLAN, TITLE, write_seeds

CHONGQING = "重庆市减污降碳协同增效实施方案"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.fail(ABSENT)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package of two short plans, for tests that make pages again; tests change copies of it only."""
    root = tmp_path_factory.mktemp("small")
    write_seeds(
        root / "seeds", {"wuhan": PLAN, "chongqing": PLAN.replace(TITLE, CHONGQING)}, division_code=""
    )
    build(root / "seeds", root, strict=False)
    return root
