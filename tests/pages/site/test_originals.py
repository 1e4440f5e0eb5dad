"""A plan that was read from a PDF: page and box of a passage, and the page's picture with the box, beside the words."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page
from typer.testing import CliRunner

from pipelines.cli import app
from pipelines.errors import PipelineError
from pipelines.package.build import build
from pipelines.package.dataset import read_dataset
from pipelines.pages.contents import contents
from pipelines.pages.site import write_site
from pipelines.pages.site.originals import pictures_of, sheets_of
from tests.pages.browsing import TELEPHONE, WIDE, in_a_browser, shut_out
from tests.samples import PLAN
from tests.seeds.originals import HEIGHT, LEADING, LEFT, TOP, WIDTH, pdf

LINES = [line for line in PLAN.splitlines() if line.strip()]
HALF = len(LINES) // 2


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A package of a PDF of three sheets, of which the last holds nothing of the plan."""
    root = tmp_path_factory.mktemp("own")
    (root / "wuhan.pdf").write_bytes(pdf([LINES[:HALF], LINES[HALF:], []]))
    told = CliRunner().invoke(app, ["add", str(root / "wuhan.pdf"), "--seeds", str(root / "seeds")])
    assert told.exit_code == 0, told.output
    build(root / "seeds", root, strict=False)
    return root


@pytest.fixture(scope="module")
def site(package: Path) -> Path:
    write_site(read_dataset(package), package / "site")
    return package / "site"


@pytest.fixture
def page(browser: Browser, site: Path) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": WIDE[0], "height": WIDE[1]})
    page.goto(f"{site.as_uri()}/read/wuhan-plan.html")
    page.wait_for_selector("html[data-ready]")
    yield page
    page.close()


def test_only_sheets_that_hold_the_plan_are_pictures(site: Path, package: Path) -> None:
    assert sorted(path.name for path in (site / "assets/sheets/wuhan").iterdir()) == ["1.webp", "2.webp"]
    with Image.open(site / "assets/sheets/wuhan/1.webp") as picture:
        assert picture.width == 1000
    assert (site / "seeds/originals/wuhan.pdf").read_bytes() == (package / "wuhan.pdf").read_bytes()


def test_the_same_sheet_gives_the_same_bytes() -> None:
    data = pdf([LINES[:HALF], LINES[HALF:]])
    assert list(pictures_of(data, "a.pdf", [1, 2])) == list(pictures_of(data, "a.pdf", [1, 2]))
    with Image.open(io.BytesIO(dict(pictures_of(data, "a.pdf", [2]))[2])) as picture:
        assert abs(picture.height - 1000 * HEIGHT / WIDTH) < 1


@pytest.mark.parametrize("data", [b"no PDF", pdf([LINES])])
def test_a_pdf_without_the_pages_of_its_map_is_named(data: bytes) -> None:
    with pytest.raises(PipelineError, match=r"originals/a\.pdf.*put the original back"):
        list(pictures_of(data, "originals/a.pdf", [9]))


def test_a_package_without_its_original_has_no_sheets(package: Path, tmp_path: Path) -> None:
    whole = contents(read_dataset(package))
    assert sheets_of(whole, whole.base("wuhan-plan")) is not None
    (tmp_path / "seeds").mkdir()
    bare = contents(read_dataset(package, tmp_path / "seeds"))
    assert sheets_of(bare, bare.base("wuhan-plan")) is None


@in_a_browser
def test_a_passage_says_page_and_box_and_the_box_is_marked_on_the_sheet(page: Page) -> None:
    marks = page.evaluate(
        "[...document.querySelectorAll('article a.m.t[id]')].map(each => [each.id, each.textContent])"
    )
    places = {row: [at for at, line in enumerate(LINES) if words in line] for row, words in marks}
    row, line = next((row, found[0]) for row, found in places.items() if len(found) == 1 and found[0] >= HALF)
    page.click(f'[id="{row}"]')
    top = TOP + LEADING * (line - HALF)
    said = page.locator("#card .page-and-box").first.inner_text()
    assert said.startswith(f"In the original: page 2, {LEFT}–")
    assert page.locator("#original .place").inner_text() == "Page 2 of the original"
    image, box = page.locator("#original img"), page.locator("#original .box")
    sheet, marked = image.bounding_box(), box.bounding_box()
    assert sheet is not None
    assert marked is not None
    points = HEIGHT / sheet["height"]
    assert abs((marked["y"] - sheet["y"]) * points + 6 - (top - 12)) < 12  # the top of letters of 12 points
    assert image.evaluate("each => each.complete && each.naturalWidth") == 1000
    assert image.get_attribute("loading") == "lazy"


@in_a_browser
def test_sheets_can_be_turned_in_both_languages(page: Page) -> None:
    assert page.locator("#original .place").inner_text() == "Page 1 of the original"
    page.click("[data-turn='1']")
    assert page.locator("#original .place").inner_text() == "Page 2 of the original"
    assert page.locator("[data-turn='1']").is_disabled()
    page.click("a.language")
    page.wait_for_selector("html[lang='zh-Hans'][data-ready]")
    assert page.locator("#original .place").inner_text() == "原件第 1 页"
    page.click("article a.m >> nth=0")
    assert page.locator("#card .page-and-box").first.inner_text().startswith("原件中：第 1 页")
    assert shut_out(page) == []


@in_a_browser
def test_on_a_telephone_the_sheet_lies_in_the_card(page: Page) -> None:
    page.set_viewport_size({"width": TELEPHONE[0], "height": TELEPHONE[1]})
    page.evaluate("document.querySelector('article a.m.t').click()")  # a finger does not hover first
    assert page.locator("#card #original .box").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= TELEPHONE[0]


@in_a_browser
def test_a_citation_names_plan_clause_words_and_row(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.click("article a.m.t >> nth=0")
    page.click("#card .copy >> nth=0")
    page.wait_for_selector("#card .copy >> text=Copied")
    cited = page.evaluate("navigator.clipboard.readText()")
    row = page.evaluate("document.querySelector('article a.m.t').dataset.rows.split(' ')[0]")
    words = page.locator("article a.m.t").first.inner_text()
    assert cited.startswith("《")
    assert f", clause {row.split('/')[1]}: “" in cited
    assert words in cited
    assert cited.endswith(f"{row}.")
