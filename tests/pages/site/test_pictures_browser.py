"""Pictures saved from the page, with title, source and licence in them."""

from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser

from tests.pages.browsing import TELEPHONE, WIDE, in_a_browser

pytestmark = in_a_browser


@pytest.mark.parametrize(("folder", "size"), [("", WIDE), ("zh/", TELEPHONE)])
def test_a_picture_is_saved_with_what_it_is(
    browser: Browser, site: Path, folder: str, size: tuple[int, int]
) -> None:
    page = browser.new_page(viewport={"width": size[0], "height": size[1]}, accept_downloads=True)
    page.goto(f"{site.as_uri()}/{folder}pictures.html")
    figure = page.locator("#wording")
    saved = {}
    for kind in ("svg", "png"):
        with page.expect_download() as download:
            figure.locator(f"[data-save={kind}]").click()
        assert download.value.suggested_filename == f"wording.{kind}"
        saved[kind] = Path(download.value.path())
    svg = saved["svg"].read_text(encoding="utf-8")
    title = figure.locator("h2").inner_text()
    assert f"<title>{title}</title>" in svg
    assert ("China synergy plans: what cities" in svg) == (folder == "")
    assert "CC-BY-4.0" in svg
    with Image.open(saved["png"]) as picture:
        assert picture.width == 2 * ((1120 if size == WIDE else 358) + 48)
        assert len(picture.convert("RGB").getcolors(2**24) or []) > 50  # something is drawn
    page.close()
