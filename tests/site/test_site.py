"""What the files of the site hold, read without a browser."""

import csv
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest
from markupsafe import Markup

from pipelines.errors import PipelineError
from pipelines.site import write_site
from pipelines.site.build import picture_csv
from pipelines.site.package import read_package
from pipelines.site.pictures import Picture, pictures, shared_quantities
from pipelines.site.reading import plan_blocks, repair
from pipelines.site.wording import Words
from tests.site.conftest import FORMULA, HOSTILE, ROOT

PAGES = [
    "index.html",
    "explore.html",
    "pictures.html",
    "read.html",
    "quality.html",
    "read/wuhan-synergy.html",
]


class Page(HTMLParser):
    """Every address that a page names, every id in it, and the text that it shows."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.ids: list[str] = []
        self.tags: list[str] = []
        self.text = ""
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags.append(tag)
        self.addresses += [
            found[name] or "" for name in ("href", "src", "action", "srcset", "poster") if name in found
        ]
        if "id" in found:
            self.ids.append(found["id"] or "")
        assert not any(name.startswith("on") for name in found)

    def handle_data(self, data: str) -> None:
        self.text += data


def html_files(site: Path) -> list[Path]:
    return sorted(site.rglob("*.html"))


def test_same_package_same_bytes(site: Path, tmp_path: Path) -> None:
    again = tmp_path / "elsewhere" / "site"
    write_site(ROOT, again, jsonld='{"@type": "Dataset", "name": "</script><b>"}')
    first = {path.relative_to(site): path.read_bytes() for path in site.rglob("*") if path.is_file()}
    second = {path.relative_to(again): path.read_bytes() for path in again.rglob("*") if path.is_file()}
    assert first == second
    assert not list(again.parent.glob(".site-*"))


def test_built_again_over_itself(tmp_path: Path) -> None:
    out = tmp_path / "site"
    out.mkdir()
    (out / "of-an-older-build.html").write_text("old", encoding="utf-8")
    write_site(ROOT, out)
    assert not (out / "of-an-older-build.html").exists()
    assert (out / "index.html").exists()


@pytest.mark.parametrize("page", PAGES)
def test_every_page_in_both_languages(site: Path, page: str) -> None:
    english, chinese = ((site / folder / page).read_text(encoding="utf-8") for folder in ("", "zh"))
    assert '<html lang="en"' in english
    assert '<html lang="zh-Hans"' in chinese
    assert re.search(rf'class="language" href="[./]*zh/{page}"', english)
    assert re.search(rf'class="language" href="[./]*{page}"', chinese)


def test_every_plan_has_a_page(site: Path) -> None:
    for plan in read_package(ROOT).plans:
        assert (site / "read" / f"{plan}.html").exists()
        assert (site / "zh" / "read" / f"{plan}.html").exists()


def test_every_link_leads_to_a_file_and_a_place_inside(site: Path) -> None:
    pages = {path.resolve(): Page(path) for path in html_files(site)}
    for path, page in pages.items():
        for address in page.addresses:
            target, _, fragment = address.partition("#")
            file = (path.parent / unquote(target)).resolve() if target else path
            assert file.is_relative_to(site.resolve()), f"{path}: {address}"
            assert file.is_file(), f"{path}: {address}"
            if fragment and file in pages and file.name != "explore.html":
                assert unquote(fragment) in pages[file].ids, f"{path}: {address}"


def test_every_id_stands_once_on_its_page(site: Path) -> None:
    for path in html_files(site):
        ids = Page(path).ids
        assert len(ids) == len(set(ids)), path


def test_no_part_asks_for_an_outside_address(site: Path) -> None:
    asking = re.compile(r"""(?:url\(|@import|import\(|fetch\(|src=|href=)\s*["']?\s*(?:https?:)?//""")
    for path in (path for kind in ("html", "css", "js", "svg") for path in site.rglob(f"*.{kind}")):
        assert not asking.search(path.read_text(encoding="utf-8")), path
        assert "sourceMappingURL" not in path.read_text(encoding="utf-8"), path


def test_third_party_parts_keep_their_licence(site: Path) -> None:
    assert "MIT" in (site / "assets/vendor/tabulator/LICENSE").read_text(encoding="utf-8")


def test_what_is_due_is_never_called_missed(site: Path) -> None:
    for path in (*html_files(site), *(site / "assets").glob("*.js")):
        text = path.read_text(encoding="utf-8")
        assert not re.search(
            r"\b(missed|failed|overdue)\b|逾期|未完成|未达标",
            Page(path).text if path.suffix == ".html" else text,
        ), path
    assert "due, outcome not recorded" in (site / "assets/explore.js").read_text(encoding="utf-8")


def test_front_page_offers_the_package_with_checksums(site: Path) -> None:
    descriptor = json.loads((ROOT / "datapackage.json").read_text(encoding="utf-8"))
    front = (site / "index.html").read_text(encoding="utf-8")
    for resource in descriptor["resources"]:
        if resource["path"].endswith((".csv", ".parquet")):
            assert (site / resource["path"]).read_bytes() == (ROOT / resource["path"]).read_bytes()
            assert resource["hash"].removeprefix("sha256:") in front
    assert descriptor["version"] in front


def test_release_files_beside_the_site_are_offered_from_inside_it(tmp_path: Path) -> None:
    archive = f"china-synergy-plans-{read_package(ROOT).version}.zip"
    (tmp_path / archive).write_bytes(b"archive")
    (tmp_path / "china-synergy-plans-0.0.1.zip").write_bytes(b"of an older release")
    write_site(ROOT, tmp_path / "site")
    assert [path.name for path in (tmp_path / "site/download").iterdir()] == [archive]
    assert f'href="download/{archive}"' in (tmp_path / "site/index.html").read_text(encoding="utf-8")


def test_description_for_search_engines_cannot_close_its_script(site: Path) -> None:
    front = (site / "index.html").read_text(encoding="utf-8")
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', front, re.DOTALL)
    assert found
    assert json.loads(found[1])["name"] == "</script><b>"


# --- hostile text ---


def test_script_in_a_clause_shows_as_text(hostile_site: Path) -> None:
    for path in html_files(hostile_site):
        assert HOSTILE not in path.read_text(encoding="utf-8"), path
    for folder in ("", "zh"):
        assert HOSTILE in Page(hostile_site / folder / "read/chongqing-synergy.html").text
        assert HOSTILE in Page(hostile_site / folder / "quality.html").text
        assert HOSTILE in Page(hostile_site / folder / "index.html").text
    for path in (hostile_site / "assets/data").glob("*.js"):
        assert "<script" not in path.read_text(encoding="utf-8"), path


def test_no_picture_cell_starts_a_formula(hostile_site: Path) -> None:
    for path in (hostile_site / "data/pictures").glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.reader(file):
                assert not any(re.match(r"\s*[=+\-@\t\r＝＋－＠]", cell) for cell in row), path
    picture = Picture(
        "x",
        Words("", ""),
        Words("", ""),
        lambda *_: Markup(""),
        ("a",),
        (Words("A", "甲"),),
        ((FORMULA,), (-3,)),
    )
    assert picture_csv(picture).decode() == 'a\n"\'=HYPERLINK(""http://example.org"",""x"")"\n-3\n'


# --- what the pages say ---


@pytest.mark.parametrize(
    "document",
    ["wuhan-official", "wuhan-reprint", "shenyang-explained", "chongqing-official", "sanming-official"],
)
def test_repairs_give_the_published_text(document: str) -> None:
    package = read_package(ROOT)
    text = (ROOT / "data/text" / f"{document}.txt").read_text(encoding="utf-8")
    assert repair(package, package.documents[document]).text == text


@pytest.mark.parametrize(
    "plan", ["chongqing-synergy", "sanming-synergy", "shenyang-synergy", "wuhan-synergy"]
)
def test_every_row_is_marked_at_its_own_words(plan: str) -> None:
    package = read_package(ROOT)
    shown: dict[str, str] = {}
    for block in plan_blocks(package, plan):
        for piece in block.pieces:
            for row in piece.rows:
                shown[row] = shown.get(row, "") + piece.text
    expected = {row["target_id"]: row["quote"] for row in package.where("targets", plan_id=plan)}
    expected |= {row["deadline_id"]: row["as_written"] for row in package.where("deadlines", plan_id=plan)}
    expected |= {
        row["responsibility_id"]: row["as_written"]
        for row in package.where("responsibilities", plan_id=plan, basis="stated")
    }
    assert {key: words.replace("\n", "") for key, words in shown.items()} == {
        key: words.replace("\n", "") for key, words in expected.items()
    }


def test_straw_is_compared_across_cities() -> None:
    straw = next(
        group for group in shared_quantities(read_package(ROOT)) if group.label.zh == "秸秆综合利用率"
    )
    assert [(row["plan_id"], row["value"]) for row, _ in straw.targets] == [
        ("shenyang-synergy", 92.0),
        ("chongqing-synergy", 90.0),
        ("sanming-synergy", 90.0),
    ]


def test_pictures_count_what_the_tables_hold() -> None:
    package = read_package(ROOT)
    by_name = {picture.name: picture for picture in pictures(package)}
    assert sum(int(str(row[3])) for row in by_name["timeline"].rows) == len(package.tables["deadlines"])
    assert sum(int(str(row[-1])) for row in by_name["wording"].rows) == len(package.tables["measures"])


def test_a_seed_of_another_build_stops_the_site(hostile_site: Path, tmp_path: Path) -> None:
    root = hostile_site.parent.parent
    seed = root / "seeds/sanming-official.txt"
    content = seed.read_bytes()
    try:
        seed.write_bytes(content.replace("，".encode(), "、".encode()).replace(b",", b";"))
        with pytest.raises(PipelineError, match=r"sanming-official\.txt.*make build"):
            write_site(root, tmp_path / "site")
    finally:
        seed.write_bytes(content)
    assert not (tmp_path / "site").exists()


@pytest.mark.parametrize("content", ["{", "[]", '{"sections": 3}', '{"sections": [{"title": "x"}]}'])
def test_a_damaged_quality_file_is_named(tmp_path: Path, content: str) -> None:
    (tmp_path / "quality.json").write_text(content, encoding="utf-8")
    with pytest.raises(PipelineError, match=r"quality\.json"):
        write_site(ROOT, tmp_path / "site")


def test_a_package_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(PipelineError, match=r"datapackage\.json"):
        write_site(tmp_path, tmp_path / "site")
