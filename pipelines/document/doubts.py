"""What is doubtful in the outline of a plan: text that no rule knows, an end that looks cut off."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipelines.document.document import PlanText
from pipelines.document.lines import CLOSINGS, SENTENCE_END
from pipelines.document.passage import Passage
from pipelines.document.words import line_words
from pipelines.issues import Issue
from pipelines.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Doubt:
    """A doubt, and what to tell the user of a build that admits none; `found` is empty for what is no mistake."""

    issue: Issue
    found: str = ""
    expected: str = ""
    remedy: str = ""


def doubts_of(plan: PlanText, vocabulary: Vocabulary) -> Iterator[Doubt]:
    """The doubts about a plan, and with the main plan of a document those about what stands round its plans."""
    yield from _cut_off(plan, vocabulary)
    if plan.is_main:
        around = plan.document.around
        for unknown in (passage for passage in around if passage.kind == "unknown"):
            issue = _not_read(
                plan, "warning", "text-after-plan", "Text after the last whole clause", [unknown]
            )
            yield Doubt(
                issue,
                f"text after the last whole clause: “{_first_line(plan, unknown)}”",
                "the end of the text, or a page's foot that is known as such",
                "fetch the whole text; if the line is a page's foot, add its pattern to chrome.csv",
            )
        annexes = [passage for passage in around if passage.kind == "annex"]
        if annexes:
            yield Doubt(_not_read(plan, "info", "annex", "An annex after the last clause", annexes))


def _not_read(plan: PlanText, severity: str, kind: str, what: str, passages: Sequence[Passage]) -> Issue:
    """The issue that passages round the plans of a document are not read."""
    strings = [plan.text.string[passage.start : passage.end] for passage in passages]
    count = sum(len(string.replace("\n", "")) for string in strings)
    message = f"{what} is not read: {count:,} characters from “{_first_line(plan, passages[0])}”"
    span = plan.text[passages[0].start : passages[-1].end].span
    return Issue(severity, kind, message, plan.source.row.document_id, "", *span)


def _first_line(plan: PlanText, passage: Passage) -> str:
    return plan.text.string[passage.start : passage.end].partition("\n")[0][:40]


def _cut_off(plan: PlanText, vocabulary: Vocabulary) -> Iterator[Doubt]:
    """A plan that stops inside a sentence, a bracket or a quotation."""
    if not plan.passages:
        return
    last = plan.passages[-1]
    string = plan.text.string[last.start : last.end]
    opened = string.count("（") > string.count("）") or string.count("“") > string.count("”")
    opened = opened or (last.label is not None and last.start + last.label.end >= last.end)
    stops = (
        string[-1] not in SENTENCE_END + CLOSINGS + "】〕"
        and last.kind not in ("table", "duty")
        and not line_words(vocabulary).foot.match(string)
    )
    if opened or stops:
        span = plan.text[last.start : last.end].span
        found = f"a text that stops inside a sentence, a bracket or a quotation: “…{string[-30:]}”"
        yield Doubt(
            Issue(
                "warning", "cut-off", f"The plan ends with {found}", plan.source.row.document_id, "", *span
            ),
            found,
            "a last clause that ends with 。 or with the bracket of those responsible",
            "fetch the whole text; if the line is a page's foot, add its pattern to chrome.csv",
        )
