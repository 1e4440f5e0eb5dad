"""The passages of a plan in, its clauses out, with their sentences and responsibility brackets."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipelines.document.brackets import CLOSERS, bracket_in_heading, brackets
from pipelines.document.document import PlanText
from pipelines.document.headings import Passage, item_body
from pipelines.document.lines import SHORT_LINE, WHOLE_LINES
from pipelines.document.parts import ends_with_bracket
from pipelines.document.table import Table, moved
from pipelines.issues import Issue
from pipelines.text.provenance import Text
from pipelines.vocabulary import Vocabulary

ACTING = ("task", "assurance")
# Marks that open or close a quotation or bracket, or end a sentence.
SENTENCE_MARK = re.compile(r"[（(《“‘〈【〔）)》”’〉】〕。；！？\n]")
OPENINGS = "（(《“‘〈【〔"
DASH = re.compile("—+")
FORMULA = "=+-@ "  # what a spreadsheet takes for a formula at the beginning of a cell
# Characters of a title that says what a clause is for; 国家生态工业示范园区建设主要工作回顾
SHORT_NAME, LONGEST_NAME = 12, 20
BULLETS = FORMULA + "—\n"
OBJECTIVE = re.compile(r"(?:力争|争取|努力)?到?“?(?:20\d\d年|十[四五六七]五)”?")
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
    the cells of tables laid flat that no rule reads.
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
        if any(table.start <= place < table.end for table in (*self.tables, *self.figures)):
            return "table"
        if any(start <= place < end for start, end in self.boxes):
            return "box"
        return "annex" if self.is_annex else "text"


@dataclass(slots=True)
class _Gathered:
    """The passages of a clause while they are gathered."""

    clause_id: str
    position: int
    chapter: int
    chapter_title: str
    section_titles: tuple[str, ...]
    heading: Passage | None
    passages: list[Passage]
    start: int
    is_annex: bool

    @property
    def is_heading_alone(self) -> bool:
        """Whether it has no text yet."""
        return self.heading is not None and len(self.passages) == 1 and not self.heading.runs_on


@dataclass(slots=True)
class _Gathering:
    """The clauses of a plan so far, and where in its outline the next passage stands."""

    plan: PlanText
    found: list[_Gathered] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    chapter: int = 0
    chapter_title: str = ""
    empty: Passage | None = None  # a chapter whose heading no text has followed yet
    ids: dict[int, str] = field(
        default_factory=dict
    )  # by heading: what the ids of the clauses under it begin with
    positions: dict[str, int] = field(default_factory=dict)
    is_annex: bool = False
    last_number: int = 0
    numbers: dict[int | None, set[int]] = field(default_factory=dict)  # by the heading above

    def gather(self) -> None:
        """Gathers the passages of the plan into clauses; each stands in one or is the heading of a chapter."""
        passages = self.plan.passages
        for index, passage in enumerate(passages):
            if passage.kind == "annex":
                # What it numbers begins anew.
                self.is_annex = True
                self.chapter, self.chapter_title, self.empty = 0, "", None
                continue
            if passage.kind in ("foot", "front") or (passage.kind == "heading" and passage.label is None):
                continue
            label = passage.label if passage.kind == "heading" else None
            if label is not None and passage.level == 1 and label.style.opens == "chapter":
                self._open_chapter(index, passage)
                continue
            if self.empty is not None and label is None:
                self.empty = None
            if label is not None and self._opens_clause(passage):
                self.empty = None
                self._count(passage)
                self._open(index, passage)
            elif self.found and self._goes_on(passage):
                self.found[-1].passages.append(passage)
            else:
                self._open(None, passage)
        if self.empty is not None:
            self._doubt(self.empty, f"chapter {self.chapter} has no text")

    def _open_chapter(self, index: int, passage: Passage) -> None:
        assert passage.label is not None
        value = passage.label.number[-1]
        if value != self.chapter + 1:
            self._doubt(passage, f"chapter {value} follows chapter {self.chapter}")
        if self.empty is not None:
            self._doubt(self.empty, f"chapter {self.chapter} has no text")
        self.chapter = value
        self.ids[index] = str(value)
        self.chapter_title, text = chapter_heading(self.plan.text.string, passage)
        self.empty = passage if text is None else None
        if text is not None:
            self._open(None, passage, start=text)

    def _opens_clause(self, passage: Passage) -> bool:
        """Whether a heading opens a clause; an item does only where no section stands between it and the chapter."""
        assert passage.label is not None
        if passage.label.style.opens != "item":
            return True
        if passage.parent is None:
            return True
        above = self.plan.passages[passage.parent]
        if (
            passage.parent in self.ids
            and above.level == 1
            and above.label is not None
            and above.label.style.opens == "chapter"
        ):
            return True
        return not passage.runs_on and passage.parent in self.ids

    def _goes_on(self, passage: Passage) -> bool:
        """Whether a passage belongs to the clause before it."""
        last = self.found[-1]
        if last.heading is not None:
            return last.chapter_title == self.chapter_title and last.chapter == self.chapter
        string = self.plan.text.string
        if last.chapter != self.chapter or last.chapter_title != self.chapter_title:
            return False
        return passage.kind in ("duty", "note", "table") or (
            string[passage.start] in "（【" and passage.label is None
        )

    def _open(self, index: int | None, passage: Passage, start: int | None = None) -> None:
        if (
            self.found
            and self.found[-1].is_heading_alone
            and index is not None
            and passage.parent is not None
        ):
            before = self.found[-1].heading
            if before is not None and self.plan.passages[passage.parent] is before:
                self.found.pop()  # a section without a text of its own
        prefix, titles = self._above(passage)
        position = self.positions[prefix] = self.positions.get(prefix, 0) + 1
        clause_id = f"{prefix}.{position}"
        if index is not None:
            self.ids[index] = clause_id
        self.found.append(
            _Gathered(
                f"{self.plan.plan_id}/{clause_id}",
                position,
                self.chapter,
                self.chapter_title,
                titles,
                passage if index is not None else None,
                [passage],
                self._without_bullet(passage) if start is None else start,
                self.is_annex,
            )
        )

    def _without_bullet(self, passage: Passage) -> int:
        """Where a passage begins behind its bullet, which a spreadsheet would take for the beginning of a formula."""
        string = self.plan.text.string[passage.start : passage.end]
        return passage.end - len(string.lstrip(FORMULA) or string)

    def _above(self, passage: Passage) -> tuple[str, tuple[str, ...]]:
        """What the id of a clause begins with, and the titles between its chapter and itself."""
        titles: list[str] = []
        prefix = ""
        parent = passage.parent
        while parent is not None:
            above = self.plan.passages[parent]
            if parent in self.ids:
                prefix = prefix or self.ids[parent]
                if "." in self.ids[parent] and above.title is not None:
                    titles.insert(0, self.plan.text.string[slice(*above.title)])
            parent = above.parent
        return prefix or str(self.chapter), tuple(titles)

    def _count(self, passage: Passage) -> None:
        assert passage.label is not None
        if passage.label.style.style != "bracket":
            return
        value = passage.label.number[0]
        numbers = self.numbers.setdefault(passage.parent, set())
        if value in numbers and value != 1:
            self._doubt(passage, f"clause {value} stands twice in chapter {self.chapter}")
        elif value != 1 and value != self.last_number + 1:
            self._doubt(passage, f"clause {value} follows clause {self.last_number}")
        self.last_number = value
        numbers.add(value)

    def _doubt(self, passage: Passage, message: str) -> None:
        start, end = self.plan.text[passage.start : passage.end].span
        document_id = self.plan.source.row.document_id
        self.issues.append(
            Issue("warning", "numbering", message, document_id=document_id, start=start, end=end)
        )


def clauses_of(plan: PlanText, vocabulary: Vocabulary) -> tuple[tuple[Clause, ...], tuple[Issue, ...]]:
    """The clauses of a plan, in order, and what is odd in their numbering."""
    gathering = _Gathering(plan)
    gathering.gather()
    is_flat = not any(passage.kind == "heading" for passage in plan.passages)
    clauses = tuple(_clause(plan.text, found, is_flat, vocabulary) for found in gathering.found)
    return clauses, tuple(gathering.issues)


def chapter_heading(string: str, passage: Passage) -> tuple[str, int | None]:
    """The heading of a chapter, and where its text begins if there is any on the same line: behind the heading, or with it.

    五、组织实施。各区要加强组织领导。 has both; 五、本方案自2021年10月8日起实施，有效期5年。 is all text.
    """
    assert passage.label is not None
    begin, end = passage.start + passage.label.end, passage.end
    stop = string.find("。", begin, end)
    heading = string[begin : stop if stop >= 0 else end]
    if len(heading) <= SHORT_LINE and "，" not in heading and 0 <= stop < end - 1:
        return heading, stop + 1 + len(string[stop + 1 : end]) - len(string[stop + 1 : end].lstrip())
    is_text = 0 <= stop < end - 1 or (stop >= 0 and "，" in heading) or string[end - 1] in "；！？"
    is_text = is_text or len(heading) > WHOLE_LINES or ends_with_bracket(string[passage.start : end])
    return heading, passage.start if is_text else None


def _title_end(heading: Passage, title: tuple[int, int], string: str) -> int:
    """Where the sentences of a clause begin: behind its title, unless that is the beginning of its text."""
    assert heading.label is not None
    if heading.body <= title[0]:
        return title[0]
    is_before_text = heading.runs_on or heading.label.style.opens == "item"
    end = max(heading.body if is_before_text else 0, title[1])
    return end + (string[end : end + 1] == "。")


def _clause(document: Text, gathered: _Gathered, is_flat: bool, vocabulary: Vocabulary) -> Clause:
    offset = gathered.start
    text = document[offset : gathered.passages[-1].end]
    string = text.string
    title, title_end, number = "", 0, None
    heading = gathered.heading
    if heading is not None and heading.label is not None:
        number = heading.label.number[-1]
        if heading.title is not None:
            title = string[heading.title[0] - offset : heading.title[1] - offset].strip().lstrip(FORMULA)
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
    tables = _tables(gathered)
    sentences += [part for table in tables for part in _tasks(table, string)]
    duties += [part for table in tables for part in _duties(table, string)]
    if title and not sentences and "，" in title:
        # The clause is one sentence, heading and body in one.
        sentences = [Part(string.index(title), string.index(title) + len(title), None)]
    role, role_word = _role(gathered, title, string, is_flat, vocabulary)
    sector, sector_word = _sector(
        (title, *reversed(gathered.section_titles), gathered.chapter_title), vocabulary
    )
    return Clause(
        clause_id=gathered.clause_id,
        chapter_number=gathered.chapter,
        chapter_title=gathered.chapter_title,
        position=gathered.position,
        number=number,
        title=title,
        role=role,
        sector_id=sector,
        text=text,
        title_end=title_end,
        sentences=tuple(sentences),
        brackets=tuple(duties),
        tables=tables,
        boxes=tuple(
            (max(passage.start - offset, 0), passage.end - offset)
            for passage in gathered.passages
            if passage.is_boxed
        ),
        is_annex=gathered.is_annex,
        figures=tuple(
            Part(passage.start - offset, passage.end - offset, None)
            for passage in gathered.passages
            if passage.kind == "table" and passage.table is None
        ),
        section_title=" / ".join(gathered.section_titles),
        role_as_written=role_word,
        sector_as_written=sector_word,
    )


def _tables(gathered: _Gathered) -> tuple[Table, ...]:
    """The tables of a clause, in the places of its text."""
    found = [passage.table for passage in gathered.passages if passage.table is not None]
    return tuple(moved(table, lambda place: place - gathered.start) for table in found)


def _tasks(table: Table, string: str) -> list[Part]:
    """The sentences of what a table says is to be done, with the number of their row."""
    return [
        Part(*span, int(task.ordinal.string))
        for task in table.tasks
        for span in _sentences(string, task.text.start, task.text.end)
    ]


def _duties(table: Table, string: str) -> list[Part]:
    """The cells of those responsible, with the heading of their column."""
    return [
        Part(cell.start, cell.end, number, string[column.start : column.end])
        for cell, column, number in table.duties()
    ]


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
    gathered: _Gathered, title: str, string: str, is_flat: bool, vocabulary: Vocabulary
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
                if role.role == "context" and gathered.heading is None and OBJECTIVE.match(string):
                    return "objective", match[0]
                return role.role, match[0]
    return "task", ""


def _sector(headings: Sequence[str], vocabulary: Vocabulary) -> tuple[str, str]:
    """The sector of a clause, and the word of a heading that gives it."""
    for heading in headings:
        for sector in vocabulary.sectors_in_turn:
            if heading and (match := sector.pattern.search(heading)):
                return sector.sector_id, match[0]
    return vocabulary.sectors_in_turn[-1].sector_id, ""
