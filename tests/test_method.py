"""The examples in docs/method are what the code does."""

import json
import re
from itertools import takewhile
from pathlib import Path

import pytest

from pipelines.describe.method import PAGES, made
from pipelines.document.clauses import Clause, Part
from pipelines.document.lines import lines_of
from pipelines.document.tables import find_tables
from pipelines.guard.checks import RULES, View
from pipelines.home import SCHEMAS
from pipelines.linking.indicators import named
from pipelines.package.build import build
from pipelines.package.dataset import Dataset, read_dataset
from pipelines.reading.clauses import ClauseFacts, read_clause
from pipelines.reading.commitments import commitments
from pipelines.reading.grammar import grammar
from pipelines.reading.planyears import NO_YEARS, plan_years
from pipelines.reading.quantities import quantities
from pipelines.reading.responsibilities import responsibility
from pipelines.reading.tables import read_tables
from pipelines.reading.time_expressions import time_expressions
from pipelines.text.provenance import Text
from pipelines.vocabulary import load_vocabulary
from tests.samples import TITLE, write_seeds

METHOD = Path(__file__).parent.parent / "docs" / "method"
VOCABULARY = load_vocabulary()
WORDS = grammar(VOCABULARY)


def rows(page: str) -> list[list[str]]:
    """The rows of the first table of a page, without its heading."""
    lines = (METHOD / page).read_text(encoding="utf-8").splitlines()
    first = next(place for place, line in enumerate(lines) if line.startswith("|"))
    table = list(takewhile(lambda line: line.startswith("|"), lines[first:]))
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table[2:]]


def facts(text: str) -> ClauseFacts:
    """What is read in a clause of one sentence."""
    parts = (Part(0, len(text.rstrip("。")), None),)
    clause = Clause("example/1.1", 1, "", 1, None, "", "task", "general", Text.of(text), 0, parts, ())
    return read_clause(clause, VOCABULARY)


@pytest.mark.parametrize("row", rows("deadlines.md"), ids=lambda row: row[0])
def test_deadlines(row: list[str]) -> None:
    text = row[0]
    years = plan_years("2022年工作要点", WORDS.times) if "2022" in row[3] else NO_YEARS
    (found,) = [time for time in time_expressions(text, WORDS.times, years) if time.role == "deadline"]
    start = str(found.start_date or "")
    assert [text[found.start : found.end], start, str(found.end_date), found.kind, found.precision] == row[1:]


@pytest.mark.parametrize("row", rows("milestones.md"), ids=lambda row: row[0])
def test_milestones(row: list[str]) -> None:
    text, expected = row
    assert "; ".join(text[one.start : one.end] for one in facts(text).milestones) == expected


@pytest.mark.parametrize("row", rows("targets.md"), ids=lambda row: row[0])
def test_targets(row: list[str]) -> None:
    words = grammar(VOCABULARY)
    text, indicator, value, unit, comparator, change = row
    times = time_expressions(text, words.times)
    numbers = quantities(text, words, [(time.start, time.end) for time in times])
    (found,) = commitments(text, 0, len(text), numbers, times, words).commitments
    assert (found.indicator, found.quantity.value) == (indicator, float(value))
    assert (found.quantity.unit, found.comparator, found.change) == (
        words.units[unit].unit_id,
        comparator,
        change,
    )


@pytest.mark.parametrize("row", rows("indicators.md"), ids=lambda row: " ".join(row[:2]))
def test_indicators(row: list[str]) -> None:
    indicator, unit, change, *expected = row
    found = named(indicator, VOCABULARY.unit_of[unit].unit_id, change, VOCABULARY)
    assert ([found.indicator_id, found.words] if found else ["none", "none"]) == expected


@pytest.mark.parametrize("row", rows("tables.md"), ids=lambda row: row[1])
def test_tables(row: list[str]) -> None:
    heading, cells, *printed, deadline = row
    text = "\n".join([*heading.split(" · "), *cells.split(" · ") * 2])
    tables = find_tables(lines_of(text), VOCABULARY)
    first, _ = read_tables(tables, text, grammar(VOCABULARY), VOCABULARY, None).commitments
    unit = VOCABULARY.unit_of[printed[2]].unit_id
    found = (first.indicator, first.quantity.value, first.quantity.unit, first.comparator, first.change)
    assert found == (printed[0], float(printed[1]), unit, *printed[3:])
    assert first.time is not None
    assert str(first.time.end_date) == deadline


@pytest.mark.parametrize("row", rows("responsibilities.md"), ids=lambda row: row[0])
def test_responsibilities(row: list[str]) -> None:
    found = responsibility(Text.of(row[0]), None, VOCABULARY)
    assert [f"{name.text.string} {name.role}" for name in found.named] == row[1].split(", ")


@pytest.mark.parametrize("row", rows("numbers.md"), ids=lambda row: row[0])
def test_numbers(row: list[str]) -> None:
    text = row[0]
    assert [f"{text[entry.start : entry.end]} {entry.disposition}" for entry in facts(text).entries] == row[
        1
    ].split(", ")


def package_of_examples(folder: Path) -> Dataset:
    """The package of a plan made of the examples, each with one of the brackets."""
    brackets = [row[0] for row in rows("responsibilities.md")]
    examples = [row[0] for page in ("targets.md", "milestones.md", "numbers.md") for row in rows(page)]
    lines = [TITLE, "为落实部署，制定本方案。", "一、重点任务"]
    lines += [
        f"（{numeral(number)}）推进协同增效。{text}。（{brackets[number % len(brackets)]}）"
        for number, text in enumerate(examples, start=1)
    ]
    seeds = write_seeds(folder / "seeds", {"wuhan": "\n".join(lines) + "\n"})
    build(seeds, folder / "out", strict=True)
    return read_dataset(folder / "out", seeds)


def test_the_checks_of_the_rows_agree_with_every_example(tmp_path: Path) -> None:
    """Without Great Expectations, which takes seconds to import: the whole of validate is held against them elsewhere."""
    view = View(package_of_examples(tmp_path), load_vocabulary())
    for path in (SCHEMAS / "expectations").glob("*.json"):
        for each in json.loads(path.read_text(encoding="utf-8"))["expectations"]:
            if rule := RULES.get(each["meta"]["name"]):
                assert list(rule.find(view, path.stem)) == [], (path.stem, rule.name)


def numeral(number: int) -> str:
    """A number up to 99 in Chinese numerals."""
    digits = "〇一二三四五六七八九"
    tens, ones = divmod(number, 10)
    return ("" if tens < 2 else digits[tens]) + "十" * (tens > 0) + (digits[ones] if ones else "")


def test_every_vocabulary_that_the_method_names_exists() -> None:
    text = (METHOD / "README.md").read_text(encoding="utf-8")
    for name in (
        "comparators",
        "changes",
        "strengths",
        "hedges",
        "nouns",
        "modifiers",
        "metrics",
        "times",
        "verbs",
        "units",
        "agency_names",
        "agency_parts",
        "duty_words",
        "agency_words",
        "roles",
        "chrome",
        "titles",
        "line_words",
    ):
        assert re.search(rf"`{name}`", text)
        assert (METHOD.parent.parent / "schemas" / "vocabularies" / f"{name}.csv").exists()


@pytest.mark.parametrize("page", PAGES)
def test_what_is_made_of_the_code_is_up_to_date(page: str) -> None:
    """If not: python -m pipelines.describe.method."""
    assert (METHOD / page).read_text(encoding="utf-8") == made(page)
