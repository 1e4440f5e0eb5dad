"""The site and the report of any package: also of somebody's own, with much missing and with many plans."""

import json
import shutil
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from typer.testing import CliRunner

from pipelines.cli import app
from pipelines.package.build import build
from pipelines.package.dataset import Dataset, read_dataset
from pipelines.pages.contents import contents
from pipelines.pages.site import write_site
from pipelines.pages.site.pictures.timeline import MOST_PLANS, timeline
from pipelines.pages.site.reading import row_facts
from pipelines.release.archive import write_archive
from tests.samples import PLAN, TITLE, write_seeds


def with_cells(dataset: Dataset, table: str, **cells: Any) -> Dataset:
    """The package with the same cell in every row of a table."""
    frame = dataset.frames[table].copy()
    for column, cell in cells.items():
        frame[column] = pd.Series([cell] * len(frame), dtype=object)
    return dataset.with_tables({table: frame})


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def test_plans_of_no_place_and_without_the_copy_that_they_were_read_from(small: Path, tmp_path: Path) -> None:
    dataset = with_cells(
        read_dataset(small), "plans", place=None, place_en=None, division_code=None, base_document_id=None
    )
    write_site(dataset, tmp_path / "site")
    front = text(tmp_path / "site/index.html")
    assert "wuhan-synergy" in front  # by its id, where there is no place to call it by
    assert "no text to show" in text(tmp_path / "site/read/wuhan-synergy.html")
    assert "无全文可示" in text(tmp_path / "site/zh/read/wuhan-synergy.html")
    assert not (tmp_path / "site/assets/data/read-wuhan-synergy.js").exists()


def test_columns_and_codes_that_a_package_does_not_have(small: Path, tmp_path: Path) -> None:
    """A package of an earlier version lacks columns of today."""
    dataset = read_dataset(small)
    targets = dataset.frames["targets"]
    dropped = [
        name for name in targets.columns if name.endswith("_as_written") and name != "value_as_written"
    ]
    older = dataset.with_tables({"targets": targets.drop(columns=[*dropped, "rule"])})
    write_site(older, tmp_path / "site")
    assert (tmp_path / "site/assets/data/targets.js").exists()


@pytest.mark.parametrize(
    "table", ["targets", "deadlines", "measures", "responsibilities", "issues", "numbers"]
)
def test_tables_without_rows(small: Path, tmp_path: Path, table: str) -> None:
    dataset = read_dataset(small)
    write_site(dataset.with_tables({table: dataset.frames[table].iloc[:0]}), tmp_path / "site")
    assert (tmp_path / "site/zh/pictures.html").exists()


def test_a_descriptor_that_says_little(small: Path, tmp_path: Path) -> None:
    root = tmp_path / "package"
    shutil.copytree(small, root)
    descriptor = json.loads(text(root / "datapackage.json"))
    kept = {key: descriptor[key] for key in ("name", "version", "resources")}
    (root / "datapackage.json").write_text(json.dumps(kept), encoding="utf-8")
    write_site(read_dataset(root), tmp_path / "site")
    assert f"Version <strong>{kept['version']}</strong>" in text(tmp_path / "site/index.html")


def test_issues_of_severity_error_come_first(small: Path, tmp_path: Path) -> None:
    dataset = read_dataset(small)
    issues = dataset.frames["issues"].copy()
    issues.loc[len(issues) - 1, ["severity", "message"]] = ["error", "A row is lost"]
    write_site(dataset.with_tables({"issues": issues}), tmp_path / "site")
    shown = text(tmp_path / "site/quality.html").partition('<section id="issues">')[2]
    assert shown.index("A row is lost") < min(shown.index(each) for each in issues["message"][:-1])


def test_many_plans(tmp_path: Path) -> None:
    """All deadlines stand in one column a year, the front page shows some plans, each called by what tells it apart."""
    texts = {f"plan-{number}": PLAN for number in range(MOST_PLANS + 2)}
    write_seeds(tmp_path / "seeds", texts)
    build(tmp_path / "seeds", tmp_path, strict=False)
    dataset = read_dataset(tmp_path)
    write_site(dataset, tmp_path / "site")
    package = contents(dataset)
    picture = timeline(package)
    assert f"all {len(texts)} plans together" in picture.note.en
    drawn = str(picture.draw("en", 1120))
    assert "<circle" not in drawn
    assert f">{len(dataset.frames['deadlines'])}</text>" in drawn  # all of them at the end of 2025
    assert {str(getattr(row[0], "zh", "")) for row in picture.rows} == {TITLE}  # all of them of Wuhan
    front = text(tmp_path / "site/index.html")
    assert front.count('href="read/plan-') == 12
    assert "The 12 with most targets are shown." in front
    assert f"All {len(texts)} plans" in front
    assert text(tmp_path / "site/quality.html").count('href="read/plan-') >= len(texts)


def test_the_card_shows_the_words_that_gave_a_code(small: Path) -> None:
    cards = row_facts(contents(read_dataset(small)), "wuhan-synergy")
    facts = {
        fact.label.en: fact.value
        for _, found, _, _ in cards.values()
        for fact in found
        if any("30%" in each.value.zh for each in found)
    }
    assert facts["Bound"].en.endswith("(“以内”)")
    assert facts["Bound"].zh.endswith("（“以内”）")
    assert facts["Change"].zh.endswith("（“下降至”）")
    assert "Stands in" not in facts  # in the text, as is usual
    assert "Deadline stands in" not in facts


def test_the_card_says_where_a_target_stands_that_stands_in_no_sentence(small: Path) -> None:
    dataset = with_cells(
        read_dataset(small), "targets", located_in="table", deadline_basis="table", strength_as_written="力争"
    )
    found = [
        fact
        for key, (_, facts, _, _) in row_facts(contents(dataset), "wuhan-synergy").items()
        if "/t" in key
        for fact in facts
    ]
    said = {fact.label.en: fact.value.en for fact in found}
    assert said["Strength"].endswith("(“力争”)")
    assert {"Stands in", "Deadline stands in"} <= said.keys()


def test_the_site_of_an_archive_lies_beside_it(small: Path, tmp_path: Path) -> None:
    files = read_dataset(small).files
    write_archive({name: files.read(name) for name in files.all()}, tmp_path / "own.zip")
    made = CliRunner().invoke(app, ["site", "--package", str(tmp_path / "own.zip")])
    assert made.exit_code == 0, made.output
    assert TITLE in text(tmp_path / "site/index.html")
    assert "checks, none failed" in text(tmp_path / "site/report.html")


def test_the_report_of_a_folder_takes_seeds_that_lie_elsewhere(small: Path, tmp_path: Path) -> None:
    package = tmp_path / "own"
    shutil.copytree(small, package)
    (package / "seeds").rename(tmp_path / "seeds")
    told = CliRunner().invoke(app, ["report", "--package", str(package), "--seeds", str(tmp_path / "seeds")])
    assert told.exit_code == 0, told.output
    assert "checks, none failed" in text(package / "report.html")


def test_a_package_of_other_plans_is_called_by_its_folder_and_not_cited_as_ours(tmp_path: Path) -> None:
    root = tmp_path / "my-plans"
    write_seeds(tmp_path / "seeds", {"mine": PLAN})
    build(tmp_path / "seeds", root, strict=False)
    write_site(read_dataset(root, tmp_path / "seeds"), tmp_path / "site")
    for page in (tmp_path / "site").glob("*.html"):
        assert "Plans of my-plans" in text(page)
        assert "China synergy plans" not in text(page)
    assert "my-plans 的方案" in text(tmp_path / "site/zh/index.html")
    front = text(tmp_path / "site/index.html")
    assert "How to cite" not in front
    assert json.loads(text(root / "datapackage.json"))["version"] not in front
    CliRunner().invoke(
        app,
        [
            "report",
            "--package",
            str(root),
            "--seeds",
            str(tmp_path / "seeds"),
            "--out",
            str(tmp_path / "r.html"),
        ],
    )
    assert "Plans of my-plans" in text(tmp_path / "r.html")
    assert "China synergy plans" not in text(tmp_path / "r.html")


def test_the_project_s_own_package_keeps_its_name(small: Path, tmp_path: Path) -> None:
    write_site(read_dataset(small), tmp_path / "site")
    assert "China synergy plans" in text(tmp_path / "site/index.html")
    assert "How to cite" in text(tmp_path / "site/index.html")
