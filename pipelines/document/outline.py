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

    @property
    def is_heading_alone(self) -> bool:
        """Whether it has no text yet."""
        return self.heading is not None and len(self.passages) == 1 and not self.heading.runs_on


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
        self.chapter_title, text = chapter_heading(self.plan.text.string, passage, self.vocabulary)
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
            Gathered(
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


def chapter_heading(string: str, passage: Passage, vocabulary: Vocabulary) -> tuple[str, int | None]:
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
    is_text = (
        is_text or len(heading) > WHOLE_LINES or ends_with_bracket(string[passage.start : end], vocabulary)
    )
    return heading, passage.start if is_text else None
