"""The page in a real browser, opened as a file: what readers see and do, wide and on a telephone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.pages.browsing import TELEPHONE, WIDE, in_a_browser, open_everything, shut_out
from tests.pages.report.conftest import HOSTILE

pytestmark = in_a_browser


class Reader:
    """A browser's page that remembers every complaint and every request but the one for the page itself."""

    def __init__(
        self, browser: Browser, path: Path, *, size: tuple[int, int] = WIDE, locale: str = "en-GB"
    ) -> None:
        self.address = path.as_uri()
        self.complaints: list[str] = []
        self.page: Page = browser.new_page(viewport={"width": size[0], "height": size[1]}, locale=locale)
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", lambda request: self.asked(request.url))
        self.page.goto(self.address)

    def asked(self, address: str) -> None:
        if address.partition("#")[0] != self.address:
            self.complaints.append(f"asked for {address}")

    def close(self) -> None:
        self.page.close()
        assert self.complaints == []


@pytest.fixture(scope="module")
def report(html: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_text(html, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def wrong_report(wrong_html: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("report") / "wrong.html"
    path.write_text(wrong_html, encoding="utf-8")
    return path


@pytest.fixture
def reader(browser: Browser, report: Path) -> Iterator[Reader]:
    reader = Reader(browser, report)
    yield reader
    reader.close()


def test_opens_from_a_file_and_says_the_verdict(reader: Reader) -> None:
    assert reader.page.locator("h1").inner_text().endswith("checks, none failed.")
    assert "Validation report" in reader.page.title()


def test_language_switch(reader: Reader) -> None:
    page = reader.page
    page.click("label[for=language-zh]")
    assert page.locator("h1").inner_text().endswith("项检查，全部通过。")
    assert page.evaluate("document.documentElement.lang") == "zh-Hans"
    assert page.locator(".en:visible").count() == 0
    page.click("label[for=language-en]")
    assert page.locator(".zh:visible").count() == 0
    assert page.evaluate("document.documentElement.lang") == "en"


def test_begins_in_the_reader_s_language(browser: Browser, report: Path) -> None:
    reader = Reader(browser, report, locale="zh-CN")
    assert reader.page.locator("h1").inner_text().endswith("项检查，全部通过。")
    reader.close()


@pytest.mark.parametrize(
    ("lang", "ending"), [("zh-Hans", "项检查，全部通过。"), ("en", "checks, none failed.")]
)
def test_begins_in_the_language_that_a_link_asks_for(
    browser: Browser, report: Path, lang: str, ending: str
) -> None:
    page = browser.new_page(locale="zh-CN")
    page.goto(f"{report.as_uri()}?lang={lang}")
    assert page.locator("h1").inner_text().endswith(ending)
    page.close()


def test_language_switch_needs_no_script(browser: Browser, report: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(report.as_uri())
    assert page.locator("h1").inner_text().endswith("checks, none failed.")
    page.click("label[for=language-zh]")
    assert page.locator("h1").inner_text().endswith("项检查，全部通过。")
    assert page.locator("#unfold").is_hidden()
    context.close()


def test_chinese_is_printed_in_characters_not_boxes(reader: Reader) -> None:
    drawn = reader.page.evaluate(
        """() => [...'减污降碳协同增效\\u{10FFFE}'].map(character => {
            const canvas = document.createElement('canvas');
            canvas.width = canvas.height = 60;
            const context = canvas.getContext('2d');
            context.font = `40px ${getComputedStyle(document.querySelector('h1')).fontFamily}`;
            context.fillText(character, 5, 45);
            return canvas.toDataURL();
        })"""
    )
    assert len(set(drawn)) == len(drawn)


def test_details_open_one_by_one_and_all_at_once(reader: Reader) -> None:
    page = reader.page
    assert page.locator("details[open]").count() == 0
    page.click("#checks details >> nth=6 >> summary")
    assert page.locator("#checks .reason:visible").count() > 10
    page.click("#unfold")
    page.wait_for_function("!document.querySelector('details:not([open])')")
    assert page.locator("#unfold").inner_text() == "Close all details"
    page.click("#unfold")
    page.wait_for_function("!document.querySelector('details[open]')")


def test_keyboard_alone_reaches_everything(reader: Reader) -> None:
    page = reader.page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "language"
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.documentElement.lang") == "zh-Hans"
    reached = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.tagName"))
    assert {"A", "BUTTON", "SUMMARY"} <= reached


@pytest.mark.parametrize("locale", ["en-GB", "zh-CN"])
@pytest.mark.parametrize("which", ["report", "wrong_report"])
def test_fits_the_screen_and_shuts_nobody_out(
    browser: Browser, request: pytest.FixtureRequest, which: str, locale: str
) -> None:
    path: Path = request.getfixturevalue(which)
    context = browser.new_context(locale=locale, bypass_csp=True)
    page = context.new_page()
    page.goto(path.as_uri())
    open_everything(page)
    found = []
    for width, height in (WIDE, TELEPHONE):
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        found += shut_out(page)
    context.close()
    assert found == []


def test_prints_without_what_is_only_for_the_screen(reader: Reader) -> None:
    page = reader.page
    page.emulate_media(media="print")
    assert page.locator("h1").is_visible()
    assert page.locator(".language").is_hidden()
    assert page.locator("#unfold").is_hidden()
    page.set_viewport_size({"width": 718, "height": 1000})  # A4, 1 cm of margin
    assert page.evaluate("document.documentElement.scrollWidth") <= 718
    assert page.pdf(format="A4").startswith(b"%PDF")


def test_failures_come_right_after_the_summary(browser: Browser, wrong_report: Path) -> None:
    reader = Reader(browser, wrong_report)
    page = reader.page
    assert page.locator("section").first.get_attribute("id") == "failures"
    assert page.locator("#failures details[open]").count() == 5
    reader.close()


def test_script_in_the_data_shows_as_text(browser: Browser, wrong_report: Path) -> None:
    reader = Reader(browser, wrong_report)
    page = reader.page
    page.click("#unfold")
    assert page.evaluate("window.x === undefined")
    assert HOSTILE in page.locator("#failures").inner_text()
    assert HOSTILE in page.locator("#issues").inner_text()
    reader.close()


def test_a_script_that_slipped_in_would_not_run(browser: Browser, html: str, tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    path.write_text(
        html.replace("</main>", f"{HOSTILE}<p onclick='window.x=2' id='p'>x</p></main>"), encoding="utf-8"
    )
    page = browser.new_page()
    page.goto(path.as_uri())
    page.click("#p")
    assert page.evaluate("window.x === undefined")
    page.close()
