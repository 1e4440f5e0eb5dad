"""The page as text: what stands on it, that it asks nothing of anybody, and that data are shown as text."""

import base64
import hashlib
import html as markup
import re
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from pipelines.errors import PipelineError
from pipelines.faults.results import CheckResult, KindResult, Results, published
from pipelines.guard.accuracy import accuracy
from pipelines.guard.report import Check, Failure, Report
from pipelines.pages.report.faults import Faults, read_faults
from pipelines.pages.report.findings import Findings, gather
from pipelines.pages.report.page import page, print_report_page
from pipelines.pages.report.view import SHOWN_FAILURES, view
from pipelines.pages.report.words import reasons, words
from tests.pages.report.conftest import HOSTILE, ROOT, copy_of_project

FETCHING = {
    "src",
    "srcset",
    "href",
    "action",
    "formaction",
    "poster",
    "data",
    "background",
    "ping",
    "manifest",
}


class Elements(HTMLParser):
    """Every element with its attributes, and the text outside style and script."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.text = ""
        self._inside = ""
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        self._inside = tag

    def handle_endtag(self, tag: str) -> None:
        if tag == self._inside:
            self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside not in ("style", "script"):
            self.text += data


# --- what stands on it ---


def test_the_verdict_comes_first(findings: Findings, html: str) -> None:
    checks = len(findings.report.checks)
    heading = re.search(r"<h1[^>]*>(.*?)</h1>", html, re.DOTALL)
    assert heading is not None
    assert f"{checks} checks, none failed" in heading[1]
    assert f"{checks} 项检查，全部通过" in heading[1]
    assert html.index("<h1") < html.index("<table") < html.index("<details")


def test_every_check_has_its_name_its_reason_and_how_it_ended(findings: Findings, html: str) -> None:
    shown = Counter(
        (name, markup.unescape(reason))
        for name, reason in re.findall(
            r'<li class="ok">\s*<p class="head"><code>([^<]+)</code>.*?<p class="reason">(?:<span class="en" lang="en">)?(.*?)<',
            html,
            re.DOTALL,
        )
    )
    assert shown == Counter((check.name, check.reason) for check in findings.report.checks)


def test_every_reason_is_there_in_chinese(findings: Findings) -> None:
    lacking = sorted({check.reason for check in findings.report.checks} - set(reasons()))
    assert lacking == [], "put these reasons into Chinese in pipelines/pages/report/reasons.csv"


def test_no_reason_is_kept_that_no_check_has(findings: Findings) -> None:
    idle = sorted(set(reasons()) - {check.reason for check in findings.report.checks})
    assert idle == [], "drop these reasons from pipelines/pages/report/reasons.csv"


def test_reasons_are_in_both_languages() -> None:
    for english, chinese in reasons().items():
        assert re.search("[\u4e00-\u9fff]", chinese), english
        assert chinese.endswith("。"), chinese


def test_every_table_with_its_rows(findings: Findings, html: str) -> None:
    text = Elements(html).text
    for name, rows in findings.report.rows.items():
        assert name in text
        assert f"{rows:,} row" in text
    assert f"{sum(findings.report.rows.values()):,} rows of {len(findings.report.rows)} tables" in text


def test_every_guard_and_every_field_has_a_name(findings: Findings) -> None:
    assert {check.guard for check in findings.report.checks} <= set(words("guard"))
    assert {score.table for each in findings.accuracy for score in each.scores} == set(words("field"))


def test_coverage_by_plan(findings: Findings, html: str) -> None:
    assert len(findings.coverage) == len(findings.plans)
    for name in words("sentences"):
        for plan in findings.coverage:
            share = getattr(plan, name)
            assert f'{share.rows:,}<span class="of"> / {share.cases:,}</span>' in html
    assert "3吨" in html


def test_accuracy_is_that_of_the_scorer(html: str) -> None:
    scores = accuracy(ROOT / "data", sorted((ROOT / "tests" / "gold" / "independent").glob("*.json")))
    milestones = next(each for each in scores if (each.plan, each.table) == ("together", "milestones"))
    assert f"{milestones.recall:.3f}" in html
    for score in scores:
        for entry in (*score.missing, *score.spurious):
            if score.plan != "together":
                assert markup.escape(entry) in html


def test_repairs_by_rule_and_document(findings: Findings) -> None:
    shown = view(findings).repairs
    assert sum(shown.totals) == findings.report.rows["repairs"]
    assert len(shown.columns) == len({document for document, _ in findings.repairs})
    assert [column.en for column in shown.columns][-2:] == ["Wuhan, official", "Wuhan, reprint"]


def test_two_copies_of_one_kind_are_told_apart(findings: Findings) -> None:
    documents = {key: {**row, "edition": "reprint"} for key, row in findings.documents.items()}
    assert [column.en for column in view(replace(findings, documents=documents)).repairs.columns][-2:] == [
        "wuhan-official",
        "wuhan-reprint",
    ]


def test_issues_alike_stand_once_with_all_their_places(html: str) -> None:
    assert html.count("No bracket of the clause names somebody responsible") == 1
    assert "该条款没有写明责任单位的括注" in html


# --- failures ---


def test_a_failure_names_key_column_value_and_context(wrong: Findings, wrong_html: str) -> None:
    assert not wrong.report.ok
    assert '<h1 class="bad">' in wrong_html
    start = wrong_html.index("<code>value-of-words</code>", wrong_html.index('id="failures"'))
    failure = wrong_html[start : wrong_html.index("</details>", start)]
    assert '<span class="meta">target_id</span> <code>wuhan-synergy/2.4/t1</code>' in failure
    assert "<code>value</code>" in failure
    assert '<span class="value">300.0</span>' in failure
    assert "<mark>全市煤炭占能源消费总量的比重下降至30%以内</mark>" in failure
    assert "seeds/wuhan-official.txt:" in failure


def test_a_missing_file_is_a_failed_check_and_no_path_of_this_machine_is_told(
    wrong: Findings, wrong_html: str
) -> None:
    assert "data/places.csv" in wrong_html
    assert str(wrong.package.root) not in wrong_html


def test_of_many_failures_the_first_are_shown_and_all_are_counted(findings: Findings) -> None:
    failures = tuple(
        Failure((("target_id", f"t{each}"),), "value", "x" * 5000, "wrong") for each in range(200)
    )
    check = Check("expectations", "targets", "value-read", "A reason.", 96, 1234, failures)
    report = Report("", "0.1.0", findings.report.rows, (*findings.report.checks, check))
    html = page(view(replace(findings, report=report)))
    assert html.count('<p class="where">') == SHOWN_FAILURES
    assert f"and {1234 - SHOWN_FAILURES} more" in html
    assert "x" * 301 not in html


def test_a_check_that_could_not_run_is_not_called_passed(findings: Findings) -> None:
    check = Check(
        "expectations", "targets", "from-the-seed", "A reason.", not_run="no seeds: name their folder"
    )
    report = Report("", "0.1.0", findings.report.rows, (*findings.report.checks, check))
    shown = view(replace(findings, report=report))
    assert shown.verdict.en.endswith("none failed, 1 not run")
    assert shown.verdict.zh.endswith("无一未通过，1 项未运行")
    assert shown.tone == "open"
    assert "no seeds: name their folder" in page(shown)


def test_without_seeds_and_annotations_the_page_says_what_it_lacks(tmp_path: Path) -> None:
    root = copy_of_project(tmp_path)
    (root / "seeds").rename(root / "elsewhere")
    (root / "tests").rename(root / "other-tests")
    found = gather(root)
    html = page(view(found))
    assert found.report.not_run
    assert html.count("Not measured: ") == 2
    assert "no annotated plan" in html


def test_a_table_that_is_not_whole_gives_no_coverage(tmp_path: Path) -> None:
    root = copy_of_project(tmp_path)
    (root / "data" / "targets.parquet").write_bytes(b"PAR1")
    found = gather(root)
    assert found.no_coverage == "targets"
    html = page(view(found))
    assert "these tables are not whole: " in html


def test_a_folder_without_a_package(tmp_path: Path) -> None:
    with pytest.raises(PipelineError, match=r"found no datapackage\.json"):
        print_report_page(tmp_path, tmp_path / "report.html")


# --- planted faults ---


def test_planted_faults_not_run_is_said_visibly(findings: Findings) -> None:
    html = page(view(replace(findings, faults=read_faults(Path("nowhere")))))
    assert 'class="notice open"><strong><span class="en" lang="en">Not run.' in html
    assert ">not run</span>" in html[html.index('class="figures"') : html.index("</dl>")]


def test_planted_faults_with_a_survivor(findings: Findings, tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    checks = findings.report.checks
    run = Results(
        (KindResult("value off by 10,000", 30, 29, 12, {"targets.value-read": 29}),),
        tuple(CheckResult(each.guard, each.table, each.name, each.reason, 7) for each in checks[:-1]),
        ("value off by 10,000: targets wuhan-synergy/2.4/t1; caught by no check",),
    )
    (tmp_path / "docs" / "guards.json").write_text(published(run), encoding="utf-8")
    html = page(view(replace(findings, faults=read_faults(tmp_path))))
    assert "29 of 30 caught" in html
    assert "29 / 30" in html
    assert "targets wuhan-synergy/2.4/t1; caught by no check" in html
    assert html.count("Caught 7 planted faults.") == len(checks) - 1
    assert "1 of the checks above are newer than this run" in html


@pytest.mark.parametrize("content", ["", "[]", '{"kinds": 3}', '{"kinds": [{"kind": "x"}], "checks": []}'])
def test_a_result_that_cannot_be_read_counts_as_not_run(tmp_path: Path, content: str) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "guards.json").write_text(content, encoding="utf-8")
    faults = read_faults(tmp_path)
    assert faults.not_run is not None
    assert "docs/guards.json" in faults.not_run.en


# --- a page that asks nothing of anybody ---


def test_the_page_holds_no_address_outside_itself(html: str) -> None:
    for tag, attributes in Elements(html).elements:
        for name in FETCHING & set(attributes):
            assert attributes[name].startswith("#"), (tag, name, attributes[name])
        assert tag not in ("link", "img", "iframe", "object", "embed", "base", "form")
        assert "style" not in attributes
        assert not any(name.startswith("on") for name in attributes)
    assert not re.search(r"https?://|url\(|@import|//[a-z]+\.", html)


def test_every_link_leads_to_a_place_on_the_page(html: str, wrong_html: str) -> None:
    for source in (html, wrong_html):
        elements = Elements(source).elements
        ids = Counter(attributes["id"] for _, attributes in elements if "id" in attributes)
        links = {attributes["href"][1:] for _, attributes in elements if "href" in attributes}
        assert links <= set(ids)
        assert set(ids.values()) == {1}
        named = [
            attributes["aria-labelledby"] for _, attributes in elements if "aria-labelledby" in attributes
        ]
        assert set(named) <= set(ids)


def test_its_policy_lets_nothing_else_run(html: str) -> None:
    (policy,) = [
        attributes["content"]
        for tag, attributes in Elements(html).elements
        if attributes.get("http-equiv") == "Content-Security-Policy"
    ]
    assert policy.startswith("default-src 'none'")
    for tag in ("style", "script"):
        (content,) = re.findall(rf"<{tag}>(.*?)</{tag}>", html, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy


def test_what_comes_from_data_is_text(wrong_html: str) -> None:
    assert HOSTILE not in wrong_html
    assert wrong_html.count("&lt;script&gt;window.x=1") > 5
    tags = Counter(tag for tag, _ in Elements(wrong_html).elements)
    assert tags["script"] == 1


def test_survivors_and_reasons_are_text_too(findings: Findings) -> None:
    faults = Faults((KindResult(HOSTILE, 1, 0, 0, {HOSTILE: 1}),), (HOSTILE,))
    check = Check("expectations", HOSTILE, HOSTILE, HOSTILE, not_run=HOSTILE)
    report = Report("", HOSTILE, findings.report.rows, (*findings.report.checks, check))
    assert HOSTILE not in page(view(replace(findings, faults=faults, report=report)))


def test_the_same_package_gives_the_same_page(html: str, tmp_path: Path) -> None:
    root = copy_of_project(tmp_path)
    faults = root / "docs" / "guards.json"
    if (ROOT / "docs" / "guards.json").exists():
        faults.parent.mkdir()
        faults.write_bytes((ROOT / "docs" / "guards.json").read_bytes())
    out = tmp_path / "dist" / "report.html"
    assert print_report_page(root, out)
    assert out.read_bytes() == html.encode("utf-8")
    assert [path.name for path in out.parent.iterdir()] == ["report.html"]


def test_a_page_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "dist").write_text("a file where a folder should be")
    with pytest.raises(PipelineError, match=r"report\.html.*expected a file that can be written"):
        print_report_page(ROOT, tmp_path / "dist" / "report.html")
