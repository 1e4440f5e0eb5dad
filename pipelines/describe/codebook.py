"""The codebook of a project in Markdown: every code and every word of the lists, its meaning, its count."""

import csv
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from pipelines.describe.render import cell, render
from pipelines.errors import PipelineError
from pipelines.package.dataset import read_dataset
from pipelines.schema import Category, load_schemas
from pipelines.vocabulary import Vocabulary, load_vocabulary
from pipelines.vocabulary.rows import Role

KINDS = Path(__file__).parent / "kinds.csv"


def codebook(root: Path) -> str:
    """The codebook of the project in `root`, from schemas/ and the built data/.

    Raises PipelineError for a table that is missing, or a word list with a kind of word that kinds.csv does not
    explain.
    """
    schemas = load_schemas(root / "schemas")
    vocabulary = load_vocabulary(root / "schemas" / "vocabularies")
    dataset = read_dataset(root)
    rows = cache(dataset.rows)

    @cache
    def count(table: str, column: str, other: str = "", of: str = "") -> Counter[Any]:
        """How often each code stands in a column, or in the column `of` of the rows that it names in `other`."""
        if not other:
            return Counter(row[column] for row in rows(table))
        key = schemas[other].primary_key[0]
        codes = {row[key]: row[of] for row in rows(other)}
        return Counter(codes[row[column]] for row in rows(table))

    def codes(table: str, column: str) -> Sequence[Category]:
        return next(field.categories for field in schemas[table].fields if field.name == column)

    def titles(role: Role) -> int:
        column = {"title": "title", "chapter": "chapter_title"}[role.place]
        found = [str(row[column]) for row in rows("clauses") if row[column]]
        return sum(bool(role.pattern.search(each)) for each in (found if column == "title" else set(found)))

    def verbs(code: str) -> str:
        found = Counter(row["verb"] for row in rows("measures") if row["bindingness"] == code)
        listed = _words((verb.verb for verb in vocabulary.verbs if verb.bindingness == code), found)
        return listed + (f"；none 无 {found[None]}" if found[None] else "")

    clauses = [str(row["text"]) for row in rows("clauses")]
    indicators = [str(row["indicator"]) for row in rows("targets") if row["indicator"]]
    return render(
        "codebook.md",
        version=dataset.version,
        schemas=schemas,
        rows=rows,
        count=count,
        codes=codes,
        label=lambda table, column, code: next(each for each in codes(table, column) if each.value == code),
        vocabulary=vocabulary,
        titles=titles,
        verbs=verbs,
        lists={
            name: _grouped(words, indicators if name == "metrics" else clauses, at_end=name == "metrics")
            for name, words in word_lists(vocabulary).items()
        },
        meaning=lambda name, kind: _meaning(name, kind, root),
    )


def word_lists(vocabulary: Vocabulary) -> Mapping[str, list[tuple[str, str]]]:
    """The words of each list of words round a number, with the kind that kinds.csv explains."""
    return {
        "comparators": [(f"{row.stands} {row.comparator}", row.word) for row in vocabulary.comparators],
        "changes": [(row.change, row.word) for row in vocabulary.changes],
        "strengths": [(row.strength, row.word) for row in vocabulary.strengths],
        "hedges": [("hedge", row.word) for row in vocabulary.hedges],
        "modifiers": [(row.kind, row.word) for row in vocabulary.modifiers],
        "nouns": [(row.kind, row.word) for row in vocabulary.nouns],
        "metrics": [(row.kind, row.ending) for row in vocabulary.metrics],
    }


def _grouped(listed: Sequence[tuple[str, str]], texts: Iterable[str], *, at_end: bool) -> Mapping[str, str]:
    """The words of a list by their code, each with how often the texts print it, the longest word first."""
    longest_first = sorted((word for _, word in listed), key=lambda word: (-len(word), word))
    pattern = re.compile(f"(?:{'|'.join(map(re.escape, longest_first))}){'$' if at_end else ''}")
    counts = Counter(word for text in texts for word in pattern.findall(text))
    return {
        code: _words((word for its, word in listed if its == code), counts)
        for code in dict.fromkeys(code for code, _ in listed)
    }


def _words(words: Iterable[str], counts: Counter[Any]) -> str:
    """The words with their counts, the most frequent first, words of one count in the order of their list.

    >>> _words(["禁止", "严禁", "不得"], Counter({"严禁": 3, "不得": 1}))
    '严禁 3、不得 1、禁止 0'
    """
    ordered = sorted(words, key=lambda word: -counts[word])
    return "、".join(f"{word} {counts[word]}" for word in ordered)


@cache
def kinds() -> Mapping[tuple[str, str], str]:
    """What the kinds of words mean that no column of a table has as codes, by list and kind: two cells."""
    with KINDS.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    return {(row["list"], row["kind"]): f"{cell(row['label_en'])} | {cell(row['label'])}" for row in rows}


def _meaning(name: str, kind: str, root: Path) -> str:
    if (name, kind) not in kinds():
        raise PipelineError(
            file=root / "schemas" / "vocabularies" / f"{name}.csv",
            place=f"kind {kind}",
            found="a kind of word that the codebook does not explain",
            expected=f"one of {', '.join(known for its, known in kinds() if its == name)}",
            remedy="correct the kind, or give its meaning in pipelines/describe/kinds.csv",
        )
    return kinds()[name, kind]
