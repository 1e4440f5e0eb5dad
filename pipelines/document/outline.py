"""Gathers the passages of a plan into clauses, and says what is odd in their numbering."""

from dataclasses import dataclass, field

from pipelines.document.document import PlanText
from pipelines.document.lines import SHORT_LINE, WHOLE_LINES
from pipelines.document.parts import ends_with_bracket
from pipelines.document.passage import Passage
from pipelines.issues import Issue
from pipelines.vocabulary import Vocabulary

FORMULA = "=+-@ "  # what a spreadsheet takes for a formula at the beginning of a cell


@dataclass(slots=True)
class Gathered:
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


@dataclass(slots=True)
class Gathering:
    """The clauses of a plan so far, and where in its outline the next passage stands."""

    plan: PlanText
    vocabulary: Vocabulary
    found: list[Gathered] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    chapter: int = 0
    chapter_title: str = ""
    empty: Passage | None = None  # a chapter whose heading no text has followed yet
    ids: dict[int, str] = field(default_factory=dict)  # by heading: how the ids of the clauses under it begin
    positions: dict[str, int] = field(default_factory=dict)
    is_annex: bool = False
    last_number: int = 0
    numbers: dict[int | None, set[int]] = field(default_factory=dict)  # by the heading above

    def gather(self) -> None:
        """Gathers the passages of the plan into clauses; each stands in one or is the heading of a chapter."""
        for index, passage in enumerate(self.plan.passages):
            is_numbered = passage.kind == "heading" and passage.label is not None
            if passage.kind == "annex":
                # What it numbers begins anew.
                self.is_annex = True
                self.chapter, self.chapter_title, self.empty = 0, "", None
            elif passage.kind in ("foot", "front") or (passage.kind == "heading" and not is_numbered):
                continue
            elif is_numbered and passage.level == 1 and passage.opens == "chapter":
                self._open_chapter(index, passage)
            elif is_numbered and self._opens_clause(passage):
                self.empty = None
                self._count(passage)
                self._open(index, passage)
            else:
                self.empty = self.empty if is_numbered else None
                if self.found and self._goes_on(passage):
                    self.found[-1].passages.append(passage)
                else:
                    self._open(None, passage)
        self._doubt_empty()

    def _open_chapter(self, index: int, passage: Passage) -> None:
        if passage.number != self.chapter + 1:
            self._doubt(passage, f"chapter {passage.number} follows chapter {self.chapter}")
        self._doubt_empty()
        self.chapter = passage.number
        self.ids[index] = str(self.chapter)
        self.chapter_title, text = chapter_heading(self.plan.text.string, passage, self.vocabulary)
        self.empty = passage if text is None else None
        if text is not None:
            self._open(None, passage, start=text)

    def _opens_clause(self, passage: Passage) -> bool:
        """Whether a heading opens a clause; an item does only where no section stands between it and the chapter."""
        if passage.opens != "item" or passage.parent is None:
            return True
        above = self.plan.passages[passage.parent]
        is_in_chapter = above.level == 1 and above.opens == "chapter"
        return passage.parent in self.ids and (is_in_chapter or not passage.runs_on)

    def _goes_on(self, passage: Passage) -> bool:
        """Whether a passage belongs to the clause before it."""
        last = self.found[-1]
        if (last.chapter, last.chapter_title) != (self.chapter, self.chapter_title):
            return False
        is_bracket = passage.label is None and self.plan.text.string[passage.start] in "（【"
        return last.heading is not None or passage.kind in ("duty", "note", "table") or is_bracket

    def _open(self, index: int | None, passage: Passage, start: int | None = None) -> None:
        if index is not None and passage.parent is not None and self.found:
            last, above = self.found[-1], self.plan.passages[passage.parent]
            if last.heading is above and len(last.passages) == 1 and not above.runs_on:
                self.found.pop()  # a section without a text of its own
        prefix, titles = self._above(passage)
        position = self.positions[prefix] = self.positions.get(prefix, 0) + 1
        if index is not None:
            self.ids[index] = f"{prefix}.{position}"
        string = self.plan.text.string[passage.start : passage.end]
        # Behind its bullet, which a spreadsheet would take for the beginning of a formula
        behind = passage.end - len(string.lstrip(FORMULA) or string)
        self.found.append(
            Gathered(
                clause_id=f"{self.plan.plan_id}/{prefix}.{position}",
                position=position,
                chapter=self.chapter,
                chapter_title=self.chapter_title,
                section_titles=titles,
                heading=passage if index is not None else None,
                passages=[passage],
                start=behind if start is None else start,
                is_annex=self.is_annex,
            )
        )

    def _above(self, passage: Passage) -> tuple[str, tuple[str, ...]]:
        """What the id of a clause begins with, and the titles between its chapter and itself."""
        titles: list[str] = []
        prefix = ""
        parent = passage.parent
        while parent is not None:
            above, own = self.plan.passages[parent], self.ids.get(parent, "")
            prefix = prefix or own
            if "." in own and above.title is not None:
                titles.insert(0, self.plan.text.string[slice(*above.title)])
            parent = above.parent
        return prefix or str(self.chapter), tuple(titles)

    def _count(self, passage: Passage) -> None:
        if passage.style != "bracket":
            return
        value = passage.number
        numbers = self.numbers.setdefault(passage.parent, set())
        if value in numbers and value != 1:
            self._doubt(passage, f"clause {value} stands twice in chapter {self.chapter}")
        elif value not in (1, self.last_number + 1):
            self._doubt(passage, f"clause {value} follows clause {self.last_number}")
        self.last_number = value
        numbers.add(value)

    def _doubt_empty(self) -> None:
        if self.empty is not None:
            self._doubt(self.empty, f"chapter {self.chapter} has no text")

    def _doubt(self, passage: Passage, message: str) -> None:
        start, end = self.plan.text[passage.start : passage.end].span
        document_id = self.plan.source.row.document_id
        self.issues.append(Issue("warning", "numbering", message, document_id, start=start, end=end))


def chapter_heading(string: str, passage: Passage, vocabulary: Vocabulary) -> tuple[str, int | None]:
    """The heading of a chapter, and where its text begins if there is any on the same line: behind the heading, or with it.

    五、组织实施。各区要加强组织领导。 has both; 五、本方案自2021年10月8日起实施，有效期5年。 is all text.
    """
    begin, end = passage.text_start, passage.end
    stop = string.find("。", begin, end)
    heading = string[begin : stop if stop >= 0 else end]
    goes_on = 0 <= stop < end - 1
    if goes_on and len(heading) <= SHORT_LINE and "，" not in heading:
        return heading, end - len(string[stop + 1 : end].lstrip())
    is_text = goes_on or (stop >= 0 and "，" in heading) or string[end - 1] in "；！？"
    is_text = (
        is_text or len(heading) > WHOLE_LINES or ends_with_bracket(string[passage.start : end], vocabulary)
    )
    return heading, passage.start if is_text else None
