"""What the files of the site hold, read without a browser."""

import csv
import json
import math
import re
import shutil
from collections.abc import Callable
from functools import cache
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote

import pytest
from markupsafe import Markup
from PIL import Image

from pipelines.errors import PipelineError
from pipelines.package.dataset import read_dataset
from pipelines.pages.contents import Contents, contents
from pipelines.pages.site import write_site
from pipelines.pages.site.build import picture_csv
from pipelines.pages.site.lookups import read_lookup
from pipelines.pages.site.pictures import pictures
from pipelines.pages.site.pictures.comparison import shared_quantities
from pipelines.pages.site.pictures.drawing import breadth
from pipelines.pages.site.pictures.picture import NARROW, WIDE, Picture
from pipelines.pages.site.pictures.wordings import WORDING_COLOURS, WORDINGS
from pipelines.pages.site.quality import Evidence
from pipelines.pages.site.reading import plan_blocks, repair, settings
from pipelines.pages.wording import Words, amount
from tests.pages.site.conftest import FORMULA, HOSTILE, ROOT

PAGES = [
    "index.html",
    "explore.html",
    "pictures.html",
    "read.html",
    "quality.html",
    "read/wuhan-synergy.html",
]


@cache
def published() -> Contents:
    return contents(read_dataset(ROOT))


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


class Tables(HTMLParser):
    """The texts of every cell and heading of the tables of a page, by the id of the section they stand in."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.cells: dict[str, list[str]] = {}
        self.order: list[str] = []
        self._open = False
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "section":
            self.order.append(dict(attrs)["id"] or "")
            self.cells[self.order[-1]] = []
        if tag in ("td", "th"):
            self.cells[self.order[-1]].append("")
        self._open = tag in ("td", "th") or (self._open and tag != "section")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self._open = False

    def handle_data(self, data: str) -> None:
        if self._open:
            self.cells[self.order[-1]][-1] += data


def html_files(site: Path) -> list[Path]:
    return sorted(site.rglob("*.html"))


def test_same_package_same_bytes(site: Path, tmp_path: Path, written: Callable[[Path], None]) -> None:
    again = tmp_path / "elsewhere" / "site"
    written(again)
    first = {path.relative_to(site): path.read_bytes() for path in site.rglob("*") if path.is_file()}
    second = {path.relative_to(again): path.read_bytes() for path in again.rglob("*") if path.is_file()}
    assert first == second
    assert not list(again.parent.glob(".site-*"))


def test_built_again_over_itself(small: Path, tmp_path: Path) -> None:
    out = tmp_path / "site"
    write_site(read_dataset(small), out)
    (out / "of-an-older-build.html").write_text("old", encoding="utf-8")
    write_site(read_dataset(small), out)
    assert not (out / "of-an-older-build.html").exists()
    assert (out / "index.html").exists()


def test_a_folder_that_holds_anything_else_is_left_alone(small: Path, tmp_path: Path) -> None:
    (tmp_path / "thesis.md").write_text("three years of work", encoding="utf-8")
    with pytest.raises(PipelineError, match="something that is no site of ours"):
        write_site(read_dataset(small), tmp_path)
    assert (tmp_path / "thesis.md").read_text(encoding="utf-8") == "three years of work"


@pytest.mark.parametrize("page", PAGES)
def test_every_page_in_both_languages(site: Path, page: str) -> None:
    english, chinese = ((site / folder / page).read_text(encoding="utf-8") for folder in ("", "zh"))
    assert '<html lang="en"' in english
    assert '<html lang="zh-Hans"' in chinese
    assert re.search(rf'class="language" href="[./]*zh/{page}"', english)
    assert re.search(rf'class="language" href="[./]*{page}"', chinese)


def test_every_plan_has_a_page(site: Path) -> None:
    for plan in published().plans:
        assert (site / "read" / f"{plan}.html").exists()
        assert (site / "zh" / "read" / f"{plan}.html").exists()


def test_every_link_leads_to_a_file_and_a_place_inside(site: Path) -> None:
    pages = {path.resolve(): Page(path) for path in html_files(site)}
    for path, page in pages.items():
        for address in page.addresses:
            target, _, fragment = address.partition("#")
            target = target.partition("?")[0]
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
    # A link is followed by those who click on it alone.
    link = re.compile(r'<a rel="external noreferrer" href="https?://[^"]*">')
    asking = re.compile(r"""(?:url\(|@import|import\(|fetch\(|src=|href=)\s*["']?\s*(?:https?:)?//""")
    for path in (path for kind in ("html", "css", "js", "svg") for path in site.rglob(f"*.{kind}")):
        assert not asking.search(link.sub("", path.read_text(encoding="utf-8"))), path
        assert "sourceMappingURL" not in path.read_text(encoding="utf-8"), path


def test_third_party_parts_keep_their_licence(site: Path) -> None:
    assert "MIT" in (site / "assets/vendor/tabulator/LICENSE").read_text(encoding="utf-8")


def test_wordings_are_the_darker_the_stronger_on_an_axis_of_percent(site: Path) -> None:
    def light(colour: str) -> int:
        return sum(int(colour[at : at + 2], 16) for at in (1, 3, 5))

    shades = [light(WORDING_COLOURS[each]) for each in WORDINGS]
    assert shades == sorted(shades)
    style = (site / "assets/style.css").read_text(encoding="utf-8")
    assert all(f".{each} {{ --swatch: {WORDING_COLOURS[each]}; }}" in style for each in WORDINGS)
    picture = next(each for each in pictures(published()) if each.name == "wording")
    for width in (WIDE, NARROW):
        svg = str(picture.draw("en", width))
        assert {"25%", "50%"} <= set(re.findall(r">([\d.]+%)</text>", svg))
        assert ">0</text>" in svg


def test_every_page_has_a_picture_for_those_who_link_to_it(site: Path) -> None:
    for path in html_files(site):
        if path.name != "report.html":
            address = re.search(r'property="og:image" content="([^"]+)"', path.read_text(encoding="utf-8"))
            assert address, path
            with Image.open(path.parent / address[1]) as picture:
                assert picture.size == (1200, 630)


def test_the_page_of_searches_has_one_name(site: Path) -> None:
    for path in (path for path in html_files(site) if path.parent.name != "read"):
        assert "查询" not in Page(path).text, path


def test_one_title_for_a_plan_on_every_page(site: Path) -> None:
    for row in published().plans.values():
        for path in (f"read/{row['plan_id']}.html", "read.html", "index.html"):
            english, chinese = Page(site / path).text, Page(site / "zh" / path).text
            assert row["title"] in english
            assert row["title_en"] in english
            assert row["title"] in chinese
            assert row["title_en"] not in chinese


def test_the_report_leads_back(site: Path) -> None:
    report = Page(site / "report.html")
    assert {"quality.html", "zh/quality.html"} <= set(report.addresses)


@pytest.mark.parametrize("homepage", ["", "https://example.org/plans/"])
def test_the_citation_has_an_address_or_says_that_it_lacks_one(
    small: Path, tmp_path: Path, homepage: str
) -> None:
    root = tmp_path / "package"
    shutil.copytree(small, root)
    descriptor = json.loads((root / "datapackage.json").read_text(encoding="utf-8"))
    descriptor.pop("homepage", None)
    written = {**descriptor, **({"homepage": homepage} if homepage else {})}
    (root / "datapackage.json").write_text(json.dumps(written), encoding="utf-8")
    write_site(read_dataset(root), tmp_path / "site")
    front = (tmp_path / "site/index.html").read_text(encoding="utf-8")
    cited = front[front.index('class="cite"') :].partition("</p>")[0]
    assert ("none is set yet" in cited) == (not homepage)
    assert (f'href="{homepage}"' in cited) == bool(homepage)
    assert f'content="{homepage}assets/card.png"' in front


def test_the_source_is_linked_where_it_is_known(small: Path, tmp_path: Path) -> None:
    dataset = read_dataset(small)
    documents = dataset.frames["documents"].copy()
    documents["source_url"] = ["https://example.org/a?b=1&c", "javascript:alert(1)"]
    write_site(dataset.with_tables({"documents": documents}), tmp_path / "site")
    known, hostile = (
        (tmp_path / f"site/read/{plan}.html").read_text(encoding="utf-8") for plan in documents["plan_id"]
    )
    assert (
        '<a rel="external noreferrer" href="https://example.org/a?b=1&amp;c">As published by example.org</a>'
        in known
    )
    assert "javascript:" not in hostile


def test_what_is_due_is_never_called_missed(site: Path) -> None:
    # These two speak of checks that failed and facts that were missed, not of cities.
    pages = [path for path in html_files(site) if path.name not in ("report.html", "quality.html")]
    for path in (*pages, *(site / "assets").glob("*.js")):
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


def test_files_of_the_release_are_offered_from_inside_the_site(small: Path, tmp_path: Path) -> None:
    archive = f"china-synergy-plans-{published().version}.zip"
    (tmp_path / archive).write_bytes(b"archive")
    (tmp_path / "china-synergy-plans-0.0.1.zip").write_bytes(b"of an older release")
    write_site(read_dataset(small), tmp_path / "site", release=[tmp_path / archive])
    assert [path.name for path in (tmp_path / "site/download").iterdir()] == [archive]
    assert f'href="download/{archive}"' in (tmp_path / "site/index.html").read_text(encoding="utf-8")


def test_front_page_says_when_the_release_was_made(site: Path) -> None:
    created = published().descriptor["created"]
    for folder in ("", "zh"):
        front = (site / folder / "index.html").read_text(encoding="utf-8")
        assert created[:10] in front
        assert f"({created[:4]}). <cite>" in front


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
    package = published()
    text = (ROOT / "data/text" / f"{document}.txt").read_text(encoding="utf-8")
    assert repair(package, package.documents[document]).text == text


@pytest.mark.parametrize(
    "plan", ["chongqing-synergy", "sanming-synergy", "shenyang-synergy", "wuhan-synergy"]
)
def test_every_row_is_marked_at_its_own_words(plan: str) -> None:
    package = published()
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
    straw = next(group for group in shared_quantities(published()) if group.label.zh == "秸秆综合利用率")
    assert [(row["plan_id"], row["value"]) for row, _ in straw.targets] == [
        ("shenyang-synergy", 92.0),
        ("chongqing-synergy", 90.0),
        ("sanming-synergy", 90.0),
    ]


# --- hedges, strength, dates and baselines stay with their numbers ---

UNITS = {
    "percent": {"label_en": "percent", "dimension": "ratio"},
    "machine": {"label_en": "machine", "dimension": "count"},
    "mu": {"label_en": "mu (1/15 hectare)", "dimension": "area"},
}


@pytest.mark.parametrize(
    ("cells", "en", "zh"),
    [
        (
            {"value": 90.0, "value_as_written": "90%", "comparator": ">=", "strength": "strive"},
            "strive for at least 90%",
            "力争不低于90%",
        ),
        ({"value": 100.0, "value_as_written": "100%", "hedge": "基本"}, "basically 100%", "基本100%"),
        (
            {"value": 70.0, "value_as_written": "70%", "comparator": ">=", "hedge": "基本"},
            "basically at least 70%",
            "基本不低于70%",
        ),
        (
            {"value": 65.0, "value_as_written": "65%", "comparator": "~", "hedge": "左右"},
            "about 65%",
            "约65%",
        ),
        (
            {
                "value": 1e5,
                "value_as_written": "10万亩",
                "unit": "mu",
                "change": "add",
                "strength": "strive",
            },
            "strive to add 100,000 mu",
            "力争新增或完成10万亩",
        ),
        (
            {
                "value": 3e4,
                "value_as_written": "3万台",
                "unit": "machine",
                "change": "add",
                "comparator": ">=",
            },
            "add at least 30,000",
            "新增或完成不低于3万台",
        ),
        (
            {
                "value": 10.0,
                "value_as_written": "10%",
                "change": "decrease",
                "baseline_year": 2020,
                "strength": "strive",
            },
            "strive to go down by 10% from 2020",
            "力争较2020年下降10%",
        ),
    ],
)
def test_an_amount_keeps_what_softens_it(cells: dict[str, object], en: str, zh: str) -> None:
    row = {
        "unit": "percent",
        "comparator": "=",
        "change": "level",
        "baseline_year": None,
        "strength": "firm",
        "hedge": None,
    }
    assert amount({**row, **cells}, UNITS) == Words(en, zh)


def test_no_measure_word_in_english() -> None:
    package = published()
    counted = {unit for unit, row in package.units.items() if row["dimension"] == "count"}
    for row in package.where("targets", kind="quantified"):
        if row["unit"] in counted:
            assert re.search(r"\d$", amount(row, package.units).en), row["target_id"]


def test_compared_promises_carry_all_that_qualifies_them(site: Path) -> None:
    with (site / "data/pictures/comparison.csv").open(encoding="utf-8", newline="") as file:
        found = {row["target_id"]: row for row in csv.DictReader(file)}
    package = published()
    for target_id, row in found.items():
        target = package.by_key("targets")[target_id]
        for column in ("strength", "hedge", "unit", "change", "quote"):
            assert row[column] == (target[column] or ""), (target_id, column)
        assert float(row["value"]) == target["value"]
        assert row["baseline_year"] == str(target["baseline_year"] or "")
        assert row["deadline"] == (target["deadline"].isoformat() if target["deadline"] else "")
        assert ("strive" in row["promise"], "力争" in row["promise_zh"]) == (
            (row["strength"] == "strive",) * 2
        )
        assert ("basically" in row["promise"]) == (row["hedge"] == "基本")
    page = (site / "pictures.html").read_text(encoding="utf-8")
    straw = found["chongqing-synergy/3.4/t3"]
    assert (straw["strength"], straw["deadline"], straw["by"]) == ("strive", "", "no date stated")
    assert ">strive for</text>" in page
    assert ">basically</text>" in page
    assert ">no date stated</text>" in page
    assert ">end of 2025 · no baseline year stated</text>" in page


def test_the_comparison_counts_and_draws_one_scale() -> None:
    package = published()
    picture = next(each for each in pictures(package) if each.name == "comparison")
    groups = shared_quantities(package)
    drawn = [group for group in groups if all(row["unit"] == "percent" for row, _ in group.targets)]
    assert picture.title.en.startswith(f"{len(drawn)} percentages")
    assert f"{len(groups) - len(drawn)} more, in other units" in picture.note.en
    for width in (WIDE, NARROW):
        svg = str(picture.draw("en", width))
        # A dot for what is to be reached, an upright bar of 5 pixels for a ceiling.
        ends = [
            float(x or bar) + (2.5 if bar else 0)
            for x, bar in re.findall(r'<circle cx="([\d.]+)"|<rect x="([\d.]+)" y="[\d.]+" width="5"', svg)
        ]
        thin = [
            (float(a), float(b))
            for a, b in re.findall(
                r'<line x1="([\d.]+)" y1="[\d.]+" x2="([\d.]+)" y2="[\d.]+" stroke="#d9d4c8"', svg
            )
        ]
        shares = sorted(round(100 * (end - a) / (b - a)) for end, (a, b) in zip(ends, thin, strict=True))
        assert shares == sorted(round(row["value"]) for group in drawn for row, _ in group.targets)
        assert ">100%</text>" in svg
        ceilings = sum(row["comparator"] == "<=" for group in drawn for row, _ in group.targets)
        assert svg.count('width="5" height="16"') == ceilings > 0


@pytest.mark.parametrize(("code", "width"), [("en", WIDE), ("zh", WIDE), ("en", NARROW)])
def test_the_heads_of_the_agencies_fit_and_stand_apart(code: str, width: int) -> None:
    picture = next(each for each in pictures(published()) if each.name == "agencies")
    svg = str(picture.draw(code, width))
    heads = re.findall(
        r'<text x="([\d.]+)" y="([\d.]+)" font-size="([\d.]+)"[^>]*rotate\((-\d+)[^>]*>([^<]*)<', svg
    )
    assert len(heads) == (16 if width == WIDE else 8)
    places = [float(x) for x, *_ in heads]
    for x, y, size, turn, words in heads:
        long, angle = breadth(words.replace("&amp;", "&"), float(size)), math.radians(-float(turn))
        assert float(x) + math.cos(angle) * long <= width, words
        assert float(y) - math.sin(angle) * long >= 0, words
        apart = min(b - a for a, b in pairwise(places)) * math.sin(angle)
        assert apart > float(size) * 1.2


def test_chinese_heads_stand_upright_on_a_telephone() -> None:
    picture = next(each for each in pictures(published()) if each.name == "agencies")
    svg = str(picture.draw("zh", NARROW))
    assert "rotate" not in svg
    heads = re.findall(r'<text x="([\d.]+)" y="([\d.]+)" font-size="11.5"[^>]*middle[^>]*>([^<\d])<', svg)
    assert len({x for x, *_ in heads}) == 8
    assert all(float(y) > 11 for _, y, _ in heads)


def test_every_indicator_has_an_english_gloss() -> None:
    package = published()
    glosses = {row["target_id"]: package.gloss(row) for row in package.where("targets", kind="quantified")}
    assert [target for target, gloss in glosses.items() if not gloss] == []
    assert glosses["shenyang-synergy/5.4/t2"] == "Livestock manure put to use (large farms)"


def test_a_clause_leads_to_those_of_other_plans_that_share_its_wording(site: Path) -> None:
    for page, said in (("read", "Wording shared with"), ("zh/read", "文字相同者：")):
        html = (site / page / "sanming-synergy.html").read_text(encoding="utf-8")
        [clause] = re.findall(r'<h3 id="sanming-synergy/3.2">.*?</p>', html, re.DOTALL)
        assert said in clause
        assert 'read/chongqing-synergy.html#chongqing-synergy/2.2"' in clause
        html = (site / page / "chongqing-synergy.html").read_text(encoding="utf-8")
        [clause] = re.findall(r'<h3 id="chongqing-synergy/2.2">.*?</p>', html, re.DOTALL)
        assert 'read/sanming-synergy.html#sanming-synergy/3.2"' in clause


def test_what_another_copy_prints_differently_stands_below_the_clause(site: Path) -> None:
    for page in ("read", "zh/read"):
        html = (site / page / "wuhan-synergy.html").read_text(encoding="utf-8")
        clause = html.partition('<h3 id="wuhan-synergy/3.5">')[2].partition("<h3")[0]
        assert "<code>wuhan-reprint</code>" in clause
        assert "<del>栎</del><ins>栾</ins>" in clause
        assert html.count("about variant") == len(published().where("variants", plan_id="wuhan-synergy"))


def test_each_kind_of_fault_is_named_once() -> None:
    rows = read_lookup("faults")
    assert len({row["kind"] for row in rows}) == len(rows)
    assert all(row["label"] for row in rows)


# --- a quote in its sentence ---


@pytest.mark.parametrize(
    ("target_id", "before", "after"),
    [
        (
            "chongqing-synergy/3.4/t3",
            "推动秸秆综合利用重点县建设，强化秸秆焚烧管控，力争",
            "。",
        ),
        ("wuhan-synergy/2.4/t1", "到2025年，", "，天然气用气量达到40亿立方米以上。"),
    ],
)
def test_a_quote_stands_in_its_sentence(target_id: str, before: str, after: str) -> None:
    setting = settings(published(), "targets")[target_id]
    assert (setting.before, setting.after) == (before, after)


def test_what_is_striven_for_shows_the_word() -> None:
    package = published()
    around = settings(package, "targets")
    striven = package.where("targets", strength="strive")
    assert striven
    for row in striven:
        assert re.search("力争|争取|努力|力求", around[row["target_id"]].before + row["quote"])


# --- quality ---


def test_the_honest_figures_come_second(site: Path) -> None:
    order = Tables(site / "quality.html").order
    assert order[:3] == ["validation", "accuracy-independent", "accuracy"]
    page = (site / "quality.html").read_text(encoding="utf-8")
    faults = page[page.index('<section id="mutants">') :]
    assert faults.index("<details>") < faults.index("<table>") < faults.index("</details>")


def test_the_report_is_in_the_site(site: Path, evidence: Evidence) -> None:
    assert (site / "report.html").read_text(encoding="utf-8") == evidence.report
    for folder, report in (("", "report.html?lang=en"), ("zh", "../report.html?lang=zh-Hans")):
        addresses = Page(site / folder / "quality.html").addresses
        assert report in addresses
        assert f"{report}#coverage" in addresses


def test_without_a_report_no_page_speaks_of_it(small: Path, tmp_path: Path, evidence: Evidence) -> None:
    write_site(read_dataset(small), tmp_path / "site", quality=evidence.sections)
    assert "report.html" not in (tmp_path / "site/quality.html").read_text(encoding="utf-8")


def test_every_kind_of_fault_has_a_chinese_name() -> None:
    kinds = {kind["kind"] for kind in json.loads((ROOT / "docs/guards.json").read_text("utf-8"))["kinds"]}
    named = {row["kind"]: row["label"] for row in read_lookup("faults")}
    assert kinds <= set(named), f"add to pipelines/pages/site/faults.csv: {sorted(kinds - set(named))}"
    assert all(re.search(r"[\u4e00-\u9fff]", label) for label in named.values())


def test_quality_speaks_one_language_a_page(site: Path) -> None:
    english, chinese = (Tables(site / folder / "quality.html").cells for folder in ("", "zh"))
    for section in ("validation", "accuracy-independent", "accuracy", "sentences", "coverage", "ledger"):
        assert english[section], section
        for words in english[section]:
            assert not re.search(r"[\u4e00-\u9fff]", words), words
        for words in chinese[section]:
            assert not re.search(
                r"[A-Za-z]{3}",
                re.sub("CSV|Parquet|datapackage.json|Frictionless|Great Expectations", "", words),
            ), words
    for words in chinese["mutants"][4::4]:
        assert re.search(r"[\u4e00-\u9fff]", words), words


def test_the_ledger_says_why_targets_outnumber_their_numbers(site: Path) -> None:
    package = published()
    numbers = len(package.where("numbers", disposition="target"))
    targets = len(package.where("targets", kind="quantified"))
    said = f"{numbers} numbers are the value of a target, and there are {targets} quantified targets"
    assert (said in Page(site / "quality.html").text) == (numbers != targets)


def test_pictures_count_what_the_tables_hold() -> None:
    package = published()
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
            write_site(read_dataset(root), tmp_path / "site")
    finally:
        seed.write_bytes(content)
    assert not (tmp_path / "site").exists()


def test_a_package_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(PipelineError, match=r"datapackage\.json"):
        write_site(read_dataset(tmp_path), tmp_path / "site")
