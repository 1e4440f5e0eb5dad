"""The codebook explains every code of the data in both languages and counts it; the usage notes hold."""

import re
from pathlib import Path

import pytest

from pipelines.describe.codebook import codebook, kinds, word_lists
from pipelines.errors import PipelineError
from pipelines.package.dataset import read_dataset
from pipelines.schema import load_schemas
from pipelines.vocabulary import load_vocabulary
from tests.describe.project import ROOT, make_project

COUNTING = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
NOTES = (ROOT / "docs/usage-notes.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The codebook of two clauses of the plan of Wuhan."""
    return codebook(make_project(tmp_path_factory.mktemp("codebook") / "project"))


def _section(page: str, heading: str) -> str:
    return re.split(r"\n##+ ", page.split(f" {heading}\n", 1)[1])[0]


def test_every_code_of_every_column_is_explained(page: str) -> None:
    for schema in load_schemas().values():
        for field in schema.fields:
            if not field.categories:
                continue
            section = _section(page, f"{schema.name}.{field.name}")
            for code in field.categories:
                row = f"| `{code.value}` | {code.label} | {code.label_zh} | "
                assert section.count(row) == 1, (schema.name, field.name, code.value)


def test_codes_are_counted(page: str) -> None:
    """Two targets, 煤炭…下降至30%以内 and 天然气用气量达到40亿立方米以上."""
    section = _section(page, "targets.comparator")
    assert "| `>=` | At least | 不低于 | 1 |" in section
    assert "| `<=` | At most | 不超过 | 1 |" in section
    assert "| `=` | Equal to | 等于 | 0 |" in section


def test_rows_without_a_code_are_counted() -> None:
    tables = read_dataset(ROOT).tables
    milestones = tables["targets"].column("comparator").null_count
    assert f"|  | empty | 空 | {milestones} |" in _section(codebook(ROOT), "targets.comparator")


def test_vocabularies_are_counted_where_they_are_used(page: str) -> None:
    assert "| `energy` | Energy | 能源 | Energy supply | 1.A.1 | 2 | 1 | 2 |" in _section(page, "Sectors")
    assert "| `development-reform` | Development and reform | 发展改革 |  |  | 1 | 1 |" in _section(
        page, "Functions"
    )
    assert "| `percent` | percent | % | ratio | `%` | 0.01 | 1 |" in _section(page, "Units")
    places = _section(page, "Places")
    assert "| `municipal` | Municipal | 市级 | 1 | 1 | 1 |" in places
    assert "| `wuhan` | Wuhan | 武汉市 | 420100 | 1 | 1 |" in places
    assert "`hubei`" not in places


def test_words_are_counted(page: str) -> None:
    assert re.search(r"\| `level` \|.*\b下降至 1、.*到达 0", _section(page, "Changes"))
    assert re.search(r"\| `behind <=` \|.*以内 1", _section(page, "Comparators"))
    assert re.search(r"\| `hedge` \|.*基本 0", _section(page, "Hedges"))
    assert re.search(r"\| `scope` \|.*全市 1、", _section(page, "Modifiers"))
    assert re.search(r"\| `ratio` \|.*比重 1、", _section(page, "Metrics"))


def test_every_word_of_the_lists_is_there_once() -> None:
    vocabulary, page = load_vocabulary(), codebook(ROOT)
    lists = {name.capitalize(): [word for _, word in words] for name, words in word_lists(vocabulary).items()}
    lists["Verbs"] = [verb.verb for verb in vocabulary.verbs if verb.bindingness]
    for heading, words in lists.items():
        listed = re.findall(r"(?:\| |、)([^|、；]+) \d+(?=、|；| \|$)", _section(page, heading), re.MULTILINE)
        assert sorted(listed) == sorted(words), heading


def test_verbs_add_up_to_the_measures() -> None:
    for row in re.findall(r"\| (\d+) \| (.*) \|", _section(codebook(ROOT), "Verbs")):
        assert sum(map(int, re.findall(r" (\d+)(?=、|；|$)", row[1]))) == int(row[0])


def test_every_kind_of_word_is_explained() -> None:
    used = {(name, kind) for name, words in word_lists(load_vocabulary()).items() for kind, _ in words}
    assert used == {*kinds()}


def test_kind_of_word_that_is_not_explained_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = {key: meaning for key, meaning in kinds().items() if key != ("metrics", "ratio")}
    monkeypatch.setattr("pipelines.describe.codebook.kinds", lambda: known)
    with pytest.raises(PipelineError, match=r"metrics\.csv, kind ratio: found a kind of word"):
        codebook(make_project(tmp_path / "project"))


def test_tables_are_whole(page: str) -> None:
    """No cell breaks its row: within a table all rows have as many cells."""
    for table in re.findall(r"(?:^\|.*\|\n)+", page, re.MULTILINE):
        assert len({len(re.findall(r"(?<!\\)\|", line)) for line in table.splitlines()}) == 1, table[:200]


@pytest.mark.parametrize("name", ["codebook.md", "usage-notes.md"])
def test_links_lead_somewhere(name: str) -> None:
    text = (ROOT / "docs" / name).read_text(encoding="utf-8")
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    anchors = {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}
    for target in re.findall(r"\]\(([^)]+)\)", text):
        file, _, anchor = target.partition("#")
        assert (ROOT / "docs" / file).exists() if file else anchor in anchors, target


def test_codebook_of_the_project_is_up_to_date() -> None:
    assert (ROOT / "docs/codebook.md").read_text(encoding="utf-8") == codebook(ROOT)


def test_usage_notes_name_a_row_that_is_there() -> None:
    tables = read_dataset(ROOT).tables
    (row,) = re.findall(r"pipelines trace (\S+/t\d+)", NOTES)
    assert row in tables["targets"].column("target_id").to_pylist()


def test_usage_notes_know_how_many_plans_there_are() -> None:
    plans = read_dataset(ROOT).tables["plans"].num_rows
    assert f"**The {COUNTING[plans]} plans are no sample.**" in NOTES


def test_usage_notes_name_columns_and_codes_that_are_there() -> None:
    schemas = load_schemas()
    known = {*schemas, "true"}
    for schema in schemas.values():
        for field in schema.fields:
            known |= {field.name, f"{schema.name}.{field.name}", *field.enum}
    for name in re.findall(r"`([a-z_.]+)`", NOTES):
        assert name in known, name
