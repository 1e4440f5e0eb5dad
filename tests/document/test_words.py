"""Each row of the words by which lines are known decides its example: with the row the line is known, without it not."""

import re
from dataclasses import replace

import pytest

from pipelines.document.cells import cell_forms
from pipelines.document.lines import lines_of
from pipelines.document.tables import find_tables
from pipelines.document.words import LineWords
from pipelines.vocabulary import Vocabulary, load_vocabulary
from pipelines.vocabulary.duties import DutyWord
from pipelines.vocabulary.rows import LineWord, TableWord

VOCABULARY = load_vocabulary()
EXPLANATIONS = [row for row in VOCABULARY.duty_words if row.position == "explanation"]
CAPTIONS = [row.word for row in VOCABULARY.table_words if row.kind == "caption_end"]
CLASSES = [row.word for row in VOCABULARY.table_words if row.kind == "class_end"]
DEADLINES = [row for row in VOCABULARY.table_words if row.kind == "deadline_value"]


def knows(words: LineWords, row: LineWord) -> bool:
    """Whether the pattern that a row is part of fits its example."""
    match row.kind:
        case "carries":
            found = words.carrying.fullmatch(row.example)
        case "behind_issuers":
            found = words.behind_issuers.match(row.example)
        case "opens_title":
            found = words.opens_title.match(row.example)
        case "opens_sentence":
            found = words.sentence.search(row.example)
        case "letterhead" | "order" | "remark":
            found = words.no_title.fullmatch(row.example)
        case "announces":
            found = words.announcement.search(row.example)
        case "copied":
            found = words.copied_to.match(row.example)
        case "foot" | "contact" | "seal" | "organ":
            found = words.foot.match(row.example)
        case "asks":
            found = words.letter.search(row.example)
        case _:  # read in pipelines/reading
            found = next(
                (one for one in re.finditer(words.of(row.kind), row.example) if one[0] == row.word), None
            )
    return found is not None


@pytest.mark.parametrize("row", VOCABULARY.line_words, ids=lambda row: f"{row.kind} {row.word}")
def test_a_word_of_lines_decides_its_example(row: LineWord) -> None:
    assert row.word in row.example
    others = tuple(other for other in VOCABULARY.line_words if other != row)
    assert knows(LineWords(VOCABULARY), row)
    assert not knows(LineWords(replace(VOCABULARY, line_words=others)), row)


@pytest.mark.parametrize("row", EXPLANATIONS, ids=lambda row: row.word)
def test_what_explains_says_not_who_is_responsible(row: DutyWord) -> None:
    inner = row.example.partition("（")[2]
    others = tuple(other for other in VOCABULARY.duty_words if other != row)
    assert VOCABULARY.duties.explanation.match(inner)
    assert not replace(VOCABULARY, duty_words=others).duties.explanation.match(inner)


@pytest.mark.parametrize("row", DEADLINES, ids=lambda row: row.word)
def test_a_deadline_that_is_no_date(row: TableWord) -> None:
    others = tuple(other for other in VOCABULARY.table_words if other != row)
    assert LineWords(VOCABULARY).deadline.fullmatch(f"{row.word}推进")
    assert not LineWords(replace(VOCABULARY, table_words=others)).deadline.fullmatch(f"{row.word}推进")


def without(word: str, kind: str) -> Vocabulary:
    """The vocabulary less one word of tables."""
    others = tuple(row for row in VOCABULARY.table_words if (row.word, row.kind) != (word, kind))
    return replace(VOCABULARY, table_words=others)


@pytest.mark.parametrize("word", CAPTIONS)
def test_a_caption_ends_with_a_word_of_captions(word: str) -> None:
    table = (
        f"“十四五”生态环境保护{word}\n序号\n指标\n2025年\n1\n森林覆盖率（%）\n57\n2\n优良天数比率（%）\n90\n"
    )
    (found,) = find_tables(lines_of(table), VOCABULARY)
    assert found.caption is not None
    assert found.caption.string == f"“十四五”生态环境保护{word}"
    (less,) = find_tables(lines_of(table), without(word, "caption_end"))
    assert less.caption is None


@pytest.mark.parametrize("word", CLASSES)
def test_a_class_of_water_is_an_aim(word: str) -> None:
    assert cell_forms(VOCABULARY).aim.match(f"Ⅲ类{word}")
    assert not cell_forms(without(word, "class_end")).aim.match(f"Ⅲ类{word}")
