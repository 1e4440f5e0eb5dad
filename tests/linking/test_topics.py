"""Each row of topic_words.csv gives its code to its example and not to its counter-example; the page's examples hold."""

from pathlib import Path

import pytest

from pipelines.linking.topics import whole
from pipelines.text.provenance import Text
from pipelines.vocabulary import load_vocabulary
from pipelines.vocabulary.topics import TopicWord
from tests.samples import TITLE, rows_of, write_seeds
from tests.test_method import rows as rows_of_page

VOCABULARY = load_vocabulary()
ROWS = VOCABULARY.topic_words


def given(text: str) -> dict[str, str]:
    """The codes that a text gives, each with the words that give it."""
    return {code: text[start:end] for code, start, end in VOCABULARY.topics.found(text)}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.code} {'|'.join(row.words)}"[:60])
def test_words_give_their_code(row: TopicWord) -> None:
    assert given(row.example)[row.code] in row.words
    assert row.code not in given(row.counter_example)
    for word in row.words:
        assert row.code in given(word), word
    for word in row.without:
        assert row.code not in given(word), word


@pytest.mark.parametrize("row", rows_of_page("topics.md"), ids=lambda row: row[0])
def test_examples_of_the_page(row: list[str]) -> None:
    found = ", ".join(f"{row[0][start:end]} {code}" for code, start, end in VOCABULARY.topics.found(row[0]))
    assert (found or "none") == row[1]


def test_words_are_of_two_characters_or_more_and_every_code_has_some() -> None:
    words = [word for row in ROWS for word in (*row.words, *row.without)]
    assert [word for word in words if len(word) < 2] == []
    assert {row.code for row in ROWS} == {row.code for row in VOCABULARY.topic_codes}
    for row in ROWS:
        assert bool(row.without) == bool(row.counter_example), row


def test_a_code_stands_once_for_a_measure_with_its_first_words(tmp_path: Path) -> None:
    text = f"{TITLE}\n为落实部署，制定本方案。\n一、重点任务\n（一）推进协同。削减煤炭消费，淘汰燃煤锅炉。推进煤炭清洁利用。\n"
    rows = rows_of(write_seeds(tmp_path, {"wuhan": text}))["topics"]
    coal = [(row["measure_id"], row["as_written"]) for row in rows if row["code"] == "coal"]
    assert coal == [("wuhan-synergy/1.1/m1", "煤炭"), ("wuhan-synergy/1.1/m2", "煤炭")]
    ids = [str(row["topic_id"]).rpartition("/")[2] for row in rows]
    assert ids == [f"s{number}" for number in range(1, len(rows) + 1)]
    for row in rows:
        assert text[int(str(row["source_start"])) : int(str(row["source_end"]))] == row["as_written"]


def test_what_one_repair_made_has_one_place() -> None:
    """The place of a character that one repair made of several is that of all of them."""
    raw = "推广燃氣壁掛爐"
    text, _ = Text.of(raw).replace(2, 7, "燃气壁挂炉", raw, "misprint", "Misprint")
    assert whole(Text.of(raw), 2, 4).string == "燃氣"
    assert whole(text, 2, 4).string == "燃气壁挂炉"
