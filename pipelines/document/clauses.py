"""Makes clauses of the passages of a plan, with their sentences and responsibility brackets."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipelines.document.brackets import CLOSERS, bracket_in_heading, brackets
from pipelines.document.document import PlanText
from pipelines.document.headings import item_body
from pipelines.document.outline import FORMULA, Gathered, Gathering
from pipelines.document.passage import Passage
from pipelines.document.table import Table, moved
from pipelines.document.words import line_words
from pipelines.issues import Issue
from pipelines.text.provenance import Text
from pipelines.vocabulary import Vocabulary

ACTING = ("task", "assurance")
# Marks that open or close a quotation or bracket, or end a sentence.
SENTENCE_MARK = re.compile(r"[（(《“‘〈【〔）)》”’〉】〕。；！？\n]")
OPENINGS = "（(《“‘〈【〔"
DASH = re.compile("—+")
# Characters of a title that says what a clause is for; 国家生态工业示范园区建设主要工作回顾
SHORT_NAME, LONGEST_NAME = 12, 20
BULLETS = FORMULA + "—\n"
ITEM = re.compile(r"(\d{1,2})[．.、][ ]*(?:(?![\d\s])|(?=20\d\d年|[45]G))")


@dataclass(frozen=True, slots=True)
class Part:
    """A passage of a clause, `[start, end)` of its text, the number of the item that it stands in, and the heading of its column."""

    start: int
    end: int
    item: int | None
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Clause:
    """A numbered clause, or an unnumbered paragraph, of a chapter.

    `text` is all of it, from the printed number to the end of the bracket; `sentences` and `brackets` are
    passages of it, the latter without the outer brackets. `title_end` is where its heading ends in `text`. `figures` are
    the cells of tables laid flat that no rule reads, `tabular` and `boxes` all that stands in tables and in boxes.
    """

    clause_id: str
    chapter_number: int
    chapter_title: str
    position: int
    number: int | None
    title: str
    role: str
    sector_id: str
    text: Text
    title_end: int
    sentences: tuple[Part, ...]
    brackets: tuple[Part, ...]
    tables: tuple[Table, ...] = ()
    figures: tuple[Part, ...] = ()
    tabular: tuple[tuple[int, int], ...] = ()
    boxes: tuple[tuple[int, int], ...] = ()
    is_annex: bool = False
    section_title: str = ""
    role_as_written: str = ""
    sector_as_written: str = ""

    @property
    def is_acting(self) -> bool:
        """Whether its sentences are measures."""
        return self.role in ACTING

    def located_in(self, place: int) -> str:
        """What a place of its text stands in: table, box, annex or text."""
        if any(start <= place < end for start, end in self.tabular):
            return "table"
        if any(start <= place < end for start, end in self.boxes):
            return "box"
        return "annex" if self.is_annex else "text"


def clauses_of(plan: PlanText, vocabulary: Vocabulary) -> tuple[tuple[Clause, ...], tuple[Issue, ...]]:
    """The clauses of a plan, in order, and what is odd in their numbering."""
    gathering = Gathering(plan, vocabulary)
    gathering.gather()
    is_flat = not any(passage.kind == "heading" for passage in plan.passages)
    clauses = tuple(_clause(plan.text, found, is_flat, vocabulary) for found in gathering.found)
    return clauses, tuple(gathering.issues)


def _title_end(heading: Passage, title: tuple[int, int], string: str) -> int:
    """Where the sentences of a clause begin: behind its title, unless that is the beginning of its text."""
    if heading.body <= title[0]:
        return title[0]
    is_before_text = heading.runs_on or heading.opens == "item"
    end = max(heading.body if is_before_text else 0, title[1])
    return end + (string[end : end + 1] == "。")


def _clause(document: Text, gathered: Gathered, is_flat: bool, vocabulary: Vocabulary) -> Clause:
    offset = gathered.start
    text = document[offset : gathered.passages[-1].end]
    string = text.string
    title, title_end = "", 0
    heading = gathered.heading
    if heading is not None and heading.title is not None:
        title = document.string[slice(*heading.title)].strip().lstrip(FORMULA)
        title_end = _title_end(heading, heading.title, document.string) - offset
    duties: list[Part] = []
    if title.endswith(tuple(CLOSERS)) and (found := bracket_in_heading(title, vocabulary)):
        place = string.index(title)
        duties.append(Part(place + found.start, place + found.end, None))
        title = title[: found.opening].strip()
    sentences: list[Part] = []
    item = None
    for passage in gathered.passages:
        if passage.kind in ("table", "note"):
            continue
        start, end = max(passage.start - offset, 0), passage.end - offset
        head = max(start, title_end)
        if (match := ITEM.match(string, start, end)) and start >= title_end:
            item = int(match[1])
            head = item_body(string, match.end(), end, vocabulary)
        elif DASH.match(string, start, end) and start >= title_end:
            head = item_body(string, start, end, vocabulary)
        for found in brackets(string, head, end, vocabulary):
            sentences += [Part(*span, item) for span in _sentences(string, head, found.opening)]
            if found.start < found.end:
                duties.append(Part(found.start, found.end, item))
            head = found.closing
        sentences += [Part(*span, item) for span in _sentences(string, head, end)]
    found_tables = (passage.table for passage in gathered.passages)
    tables = tuple(moved(table, lambda place: place - offset) for table in found_tables if table is not None)
    for table in tables:
        sentences += _tasks(table, string)
        duties += [
            Part(cell.start, cell.end, number, string[column.start : column.end])
            for cell, column, number in table.duties()
        ]
    if title and not sentences and "，" in title:
        # The clause is one sentence, heading and body in one.
        sentences = [Part(string.index(title), string.index(title) + len(title), None)]
    role, role_as_written = _role(gathered, title, string, is_flat, vocabulary)
    headings = (title, *reversed(gathered.section_titles), gathered.chapter_title)
    sector, sector_as_written = _sector(headings, vocabulary)

    def spans_of(passages: Iterable[Passage]) -> tuple[tuple[int, int], ...]:
        return tuple((max(passage.start - offset, 0), passage.end - offset) for passage in passages)

    flat = [passage for passage in gathered.passages if passage.kind == "table"]
    return Clause(
        clause_id=gathered.clause_id,
        chapter_number=gathered.chapter,
        chapter_title=gathered.chapter_title,
        position=gathered.position,
        number=heading.number if heading else None,
        title=title,
        role=role,
        sector_id=sector,
        text=text,
        title_end=title_end,
        sentences=tuple(sentences),
        brackets=tuple(duties),
        tables=tables,
        tabular=spans_of(flat),
        boxes=spans_of(passage for passage in gathered.passages if passage.is_boxed),
        is_annex=gathered.is_annex,
        figures=tuple(Part(*span, None) for span in spans_of(one for one in flat if one.table is None)),
        section_title=" / ".join(gathered.section_titles),
        role_as_written=role_as_written,
        sector_as_written=sector_as_written,
    )


def _tasks(table: Table, string: str) -> list[Part]:
    """The sentences of what a table says is to be done, with the number of their row."""
    spans = ((task, _sentences(string, task.text.start, task.text.end)) for task in table.tasks)
    return [Part(*span, int(task.ordinal.string)) for task, found in spans for span in found]


def _sentences(string: str, start: int, end: int) -> list[tuple[int, int]]:
    """The sentences of `string[start:end]`, cut at 。；！？ outside quotations and brackets, without the mark.

    >>> text = "推广“替、引；扩”措施；建设（一期；二期）工程。"
    >>> [text[start:end] for start, end in _sentences(text, 0, len(text))]
    ['推广“替、引；扩”措施', '建设（一期；二期）工程']
    """
    spans = []
    depth, begin = 0, start
    for match in SENTENCE_MARK.finditer(string, start, end):
        mark = match[0]
        if mark in "。；！？\n":
            if depth <= 0 or mark == "\n":
                spans.append((begin, match.start()))
                begin, depth = match.end(), 0
        elif mark in OPENINGS:
            depth += 1
        else:
            depth -= 1
    spans.append((begin, end))
    return [(first, last) for first, last in (_trimmed(string, *span) for span in spans) if first < last]


def _trimmed(string: str, start: int, end: int) -> tuple[int, int]:
    """The range without blanks at its ends and without the bullet of a list: ——到2030年, - 推进."""
    while start < end and string[start] in BULLETS:
        start += 1
    while end > start and string[end - 1] in " \n":
        end -= 1
    return start, end


def _role(
    gathered: Gathered, title: str, string: str, is_flat: bool, vocabulary: Vocabulary
) -> tuple[str, str]:
    """The role of a clause, and the words of a heading that give it."""
    if gathered.chapter == 0 and gathered.heading is None:
        return ("task" if is_flat else "context"), ""
    is_short, is_name = len(title) <= SHORT_NAME, len(title) <= LONGEST_NAME and "，" not in title
    for role in vocabulary.roles:
        may_be = is_short or (is_name and role.role == "context")
        if role.place == "title" and title and may_be and (match := role.pattern.search(title)):
            return role.role, match[0]
    for heading in (*reversed(gathered.section_titles), gathered.chapter_title):
        for role in vocabulary.roles:
            if role.place == "chapter" and (match := role.pattern.search(heading)):
                may_be = role.role == "context" and gathered.heading is None
                is_objective = may_be and line_words(vocabulary).objective.match(string)
                return "objective" if is_objective else role.role, match[0]
    return "task", ""


def _sector(headings: Sequence[str], vocabulary: Vocabulary) -> tuple[str, str]:
    """The sector of a clause, and the word of a heading that gives it."""
    for heading in headings:
        for sector in vocabulary.sectors_in_turn:
            if heading and (match := sector.pattern.search(heading)):
                return sector.sector_id, match[0]
    return vocabulary.sectors_in_turn[-1].sector_id, ""
