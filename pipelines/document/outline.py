"""A repaired document in, its outline out: title, chapters, clauses, sentences and responsibility brackets."""

import re
from dataclasses import dataclass

from pipelines.document.brackets import CLOSERS, bracket_in_heading, brackets, is_duty_line
from pipelines.document.layout import (
    CHAPTER,
    CLAUSE,
    CLOSINGS,
    ITEM,
    SENTENCE_END,
    SHORT_LINE,
    SUBITEM,
    WHOLE_LINES,
    Line,
    ends_with_bracket,
    front_end,
    lines_of,
)
from pipelines.issues import Issue
from pipelines.text.numerals import chinese_number
from pipelines.text.provenance import Text
from pipelines.text.repair import Repaired
from pipelines.vocabulary import Vocabulary

ACTING = ("task", "assurance")
# Marks that open or close a quotation or bracket, or end a sentence.
SENTENCE_MARK = re.compile(r"[（(《“‘〈【〔）)》”’〉】〕。；！？\n]")
OPENINGS = "（(《“‘〈【〔"
STOP = re.compile(r"[。；！？，]")
DIGIT = re.compile(r"\d")
DASH = re.compile("—+")
OBJECTIVE = re.compile(r"(?:力争|争取|努力)?到?“?(?:20\d\d年|十[四五六七]五)”?")


@dataclass(frozen=True, slots=True)
class Part:
    """A passage of a clause, `[start, end)` of its text, and the number of the item that it stands in."""

    start: int
    end: int
    item: int | None


@dataclass(frozen=True, slots=True)
class Clause:
    """A numbered clause, or an unnumbered paragraph, of a chapter.

    `text` is all of it, from the printed number to the end of the bracket; `sentences` and `brackets` are
    passages of it, the latter without the outer brackets. `title_end` is where its heading ends in `text`.
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

    @property
    def is_acting(self) -> bool:
        """Whether its sentences are measures."""
        return self.role in ACTING


@dataclass(frozen=True, slots=True)
class Outline:
    """A plan's title and clauses, in order, and what is odd in their numbering."""

    plan_id: str
    document_id: str
    title: Text
    clauses: tuple[Clause, ...]
    issues: tuple[Issue, ...]


@dataclass(slots=True)
class _Block:
    """The lines of a clause while they are gathered."""

    chapter_number: int
    chapter_title: str
    number: int | None
    lines: list[Line]


def outline(document: Repaired, vocabulary: Vocabulary) -> Outline:
    """The outline of a repaired document."""
    row = document.source.row
    region = document.region
    string = document.text.string
    title = document.text[region.start : region.title_end]
    issues: list[Issue] = []
    blocks = _blocks(lines_of(string, front_end(string, region), region.end), document, vocabulary, issues)
    clauses = []
    positions: dict[int, int] = {}
    for block in blocks:
        position = positions[block.chapter_number] = positions.get(block.chapter_number, 0) + 1
        clause_id = f"{row.plan_id}/{block.chapter_number}.{position}"
        text = document.text[block.lines[0].start : block.lines[-1].end]
        clauses.append(_clause(clause_id, position, block, text, vocabulary))
    return Outline(row.plan_id, row.document_id, title, tuple(clauses), tuple(issues))


def _blocks(
    lines: list[Line], document: Repaired, vocabulary: Vocabulary, issues: list[Issue]
) -> list[_Block]:
    """The lines gathered into clauses; every line stands in a block or is the heading of a chapter."""
    blocks: list[_Block] = []
    chapter_number, chapter_title, number = 0, "", None
    last_number = 0
    numbers_of_chapter: set[int] = set()
    empty: Line | None = None
    for before, line in zip([None, *lines], lines, strict=False):
        if (value := _chapter_opened(line, before, chapter_number)) is not None:
            if value != chapter_number + 1:
                issues.append(_numbering(document, line, f"chapter {value} follows chapter {chapter_number}"))
            if empty is not None:
                issues.append(_numbering(document, empty, f"chapter {chapter_number} has no text"))
            chapter_number, number, numbers_of_chapter = value, None, set()
            chapter_title, text = _heading_and_text(line)
            empty = line if text is None else None
            if text is not None:
                blocks.append(_Block(chapter_number, chapter_title, None, [text]))
            continue
        empty = None
        if (match := CLAUSE.match(line.string)) and (value := chinese_number(match[1])) is not None:
            restarts = value == 1 and not numbers_of_chapter
            if value in numbers_of_chapter:
                issues.append(
                    _numbering(document, line, f"clause {value} stands twice in chapter {chapter_number}")
                )
            elif not restarts and value != last_number + 1:
                issues.append(_numbering(document, line, f"clause {value} follows clause {last_number}"))
            number = last_number = value
            numbers_of_chapter.add(value)
            blocks.append(_Block(chapter_number, chapter_title, number, [line]))
        elif number is not None or (blocks and _belongs_to(blocks[-1], chapter_number, line, vocabulary)):
            blocks[-1].lines.append(line)
        else:
            blocks.append(_Block(chapter_number, chapter_title, None, [line]))
    if empty is not None:
        issues.append(_numbering(document, empty, f"chapter {chapter_number} has no text"))
    return blocks


def _chapter_opened(line: Line, before: Line | None, chapter_number: int) -> int | None:
    """The number of the chapter that a line opens; one that is not higher than the last must look like a heading."""
    match = CHAPTER.match(line.string)
    value = chinese_number(match[1]) if match else None
    if value is None or value > chapter_number:
        return value
    is_heading = len(line.string) <= SHORT_LINE and not STOP.search(line.string)
    return (
        value if is_heading and before is not None and before.string[-1] in SENTENCE_END + CLOSINGS else None
    )


def _heading_and_text(line: Line) -> tuple[str, Line | None]:
    """The heading of a chapter, and the text on the same line if there is any.

    >>> _heading_and_text(Line(0, 5, "二、主要任务"))
    ('主要任务', None)
    >>> _heading_and_text(Line(0, 16, "五、组织实施。各区要加强组织领导。"))[1].string
    '各区要加强组织领导。'
    >>> _heading_and_text(Line(0, 28, "五、本方案自2021年10月8日起实施，有效期5年。"))[1].string
    '五、本方案自2021年10月8日起实施，有效期5年。'
    """
    string = line.string
    match = CHAPTER.match(string)
    begin = match.end() if match else 0
    stop = string.find("。", begin)
    heading = string[begin : stop if stop >= 0 else len(string)]
    if len(heading) <= SHORT_LINE and "，" not in heading and 0 <= stop < len(string) - 1:
        start = stop + 1 + len(string[stop + 1 :]) - len(string[stop + 1 :].lstrip())
        return heading, Line(line.start + start, line.end, string[start:])
    is_text = 0 <= stop < len(string) - 1 or (stop >= 0 and "，" in heading) or string[-1] in "；！？"
    is_text = is_text or len(heading) > WHOLE_LINES or ends_with_bracket(string)
    return heading, line if is_text else None


def _belongs_to(block: _Block, chapter_number: int, line: Line, vocabulary: Vocabulary) -> bool:
    """Whether a line of an unnumbered block goes on with the one before it: a bracket or a list of agencies."""
    return block.chapter_number == chapter_number and (
        (line.string[0] in "（【" and not SUBITEM.match(line.string)) or is_duty_line(line.string, vocabulary)
    )


def _numbering(document: Repaired, line: Line, message: str) -> Issue:
    start, end = document.text[line.start : line.end].span
    return Issue(
        "warning", "numbering", message, document_id=document.source.row.document_id, start=start, end=end
    )


def _clause(clause_id: str, position: int, block: _Block, text: Text, vocabulary: Vocabulary) -> Clause:
    string = text.string
    title, title_end = "", 0
    if block.number is not None:
        match = CLAUSE.match(string)
        begin = match.end() if match else 0
        stops = [stop for mark in "。\n" if (stop := string.find(mark, begin)) >= 0]
        stop = min(stops, default=len(string))
        title = string[begin:stop].strip()
        title_end = min(stop + 1, len(string))
    duties: list[Part] = []
    if title.endswith(tuple(CLOSERS)) and (found := bracket_in_heading(title, vocabulary)):
        place = string.index(title)
        duties.append(Part(place + found.start, place + found.end, None))
        title = title[: found.opening].strip()
    sentences: list[Part] = []
    item = None
    offset = block.lines[0].start
    for line in block.lines:
        start, end = line.start - offset, line.end - offset
        head = max(start, title_end) if line is block.lines[0] else start
        if title and start < title_end:
            head = title_end
        if (match := ITEM.match(line.string)) and start >= title_end:
            item = int(match[1])
            head = _item_head(string, start + match.end(), end, vocabulary)
        elif DASH.match(line.string) and start >= title_end:
            head = _item_head(string, start, end, vocabulary)
        for found in brackets(string, head, end, vocabulary):
            sentences += [Part(*span, item) for span in _sentences(string, head, found.opening)]
            duties.append(Part(found.start, found.end, item))
            head = found.closing
        sentences += [Part(*span, item) for span in _sentences(string, head, end)]
    if title and not sentences and "，" in title:
        # The clause is one sentence, heading and body in one.
        sentences = [Part(string.index(title), string.index(title) + len(title), None)]
    role = _role(block, title, string, vocabulary)
    return Clause(
        clause_id=clause_id,
        chapter_number=block.chapter_number,
        chapter_title=block.chapter_title,
        position=position,
        number=block.number,
        title=title,
        role=role,
        sector_id=_sector(title, block.chapter_title, vocabulary),
        text=text,
        title_end=title_end,
        sentences=tuple(sentences),
        brackets=tuple(duties),
    )


def _item_head(string: str, start: int, end: int, vocabulary: Vocabulary) -> int:
    """Where the body of an item begins: after its heading, a short run up to 。 without a comma or a number.

    Where nothing but a bracket follows, the run is no heading but the one sentence of the item.
    """
    stop = string.find("。", start, end)
    heading = string[start : stop if stop >= 0 else end]
    if len(heading) > 40 or "，" in heading or DIGIT.search(heading) or not 0 <= stop < end - 1:
        return start
    duties = list(brackets(string, stop + 1, end, vocabulary))
    last = duties[-1].opening if duties and duties[-1].closing == end else end
    has_body = string[stop + 1 : last].strip(" \n")
    return stop + 1 if has_body else start


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
    return [_trimmed(string, *span) for span in spans if string[span[0] : span[1]].strip(" \n")]


def _trimmed(string: str, start: int, end: int) -> tuple[int, int]:
    """The range without blanks at its ends and without the dash of a list: ——到2030年."""
    while start < end and string[start] in " \n—":
        start += 1
    while end > start and string[end - 1] in " \n":
        end -= 1
    return start, end


def _role(block: _Block, title: str, string: str, vocabulary: Vocabulary) -> str:
    if block.chapter_number == 0:
        return "context"
    for role in vocabulary.roles:
        if role.place == "title" and title and role.pattern.search(title) and len(title) <= 12:
            return role.role
    for role in vocabulary.roles:
        if role.place == "chapter" and role.pattern.search(block.chapter_title):
            if role.role == "context" and block.number is None and OBJECTIVE.match(string):
                return "objective"
            return role.role
    return "task"


def _sector(title: str, chapter_title: str, vocabulary: Vocabulary) -> str:
    for heading in (title, chapter_title):
        for sector in vocabulary.sectors_in_turn:
            if heading and sector.pattern.search(heading):
                return sector.sector_id
    return vocabulary.sectors_in_turn[-1].sector_id
