"""The rows of the vocabularies by which citations are read."""

from dataclasses import dataclass
from typing import Literal

from pipelines.vocabulary.rows import Row


@dataclass(frozen=True)
class CitationWord(Row):
    """A word by which a citation is read.

    relation: a verb before what is cited, with its code (落实《…》 implements; a verb of `mentions` keeps one further off from
    governing). beside: one that governs only what stands right behind it (按《…》). behind: a word behind it (《…》修订).
    issuer: what the names of those who issue documents end with, beside the organs of line_words.csv. before_issuer: what
    stands before them. ending: what a title ends with beside those of titles.csv, with the kind of document that it is, or
    none. standard: what the number of a standard begins with.
    """

    KEY = 2
    word: str
    kind: Literal["relation", "beside", "behind", "issuer", "before_issuer", "ending", "standard"]
    code: str
    example: str


@dataclass(frozen=True)
class NationalDocument(Row):
    """A document of the country that many plans cite: title, the other ways in which titles print it, number and date where
    plans or its own text print them."""

    national_document_id: str
    title: str
    title_en: str
    kind: str
    document_number: str
    issued_on: str
    variants: tuple[str, ...]
