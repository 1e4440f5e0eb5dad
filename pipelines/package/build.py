"""Builds a data package from a folder of seeds and swaps it in whole; a build that fails changes nothing."""

import gc
import json
import re
import shutil
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from pipelines.document.document import PlanText, read_document
from pipelines.document.doubts import doubts_of
from pipelines.document.lines import SENTENCE_MARK
from pipelines.document.passage import Passage
from pipelines.errors import InternalError, PipelineError, failing_alone
from pipelines.issues import Issue
from pipelines.linking.plans import PlanRows
from pipelines.package.assembly import tables
from pipelines.package.swap import package_lock, staging, swap_in
from pipelines.package.tables import plan_rows
from pipelines.package.write import write_package
from pipelines.reading.plan import PlanFacts, read_plan
from pipelines.schema import load_package, load_schemas
from pipelines.seeds.sources import Source, SourceRow, read_errata, read_source, read_sources
from pipelines.text.repair import repair
from pipelines.text.residue import residue, told
from pipelines.vocabulary import Vocabulary, vocabulary_beside

PUBLISHED = ("data", "datapackage.json")
CHINESE, LATIN = re.compile("[\u4e00-\u9fff]+"), re.compile("[A-Za-z]+")
MOST_LATIN = 20  # letters for each Chinese character
Track = Callable[[Iterable[SourceRow]], Iterable[SourceRow]]


@dataclass(frozen=True, slots=True)
class BuildSummary:
    """What a build made: rows by table, whether any byte changed, the documents left out and why,
    issues of severity error (such as damage that is left), seconds."""

    rows: dict[str, int]
    changed: bool
    left_out: tuple[str, ...]
    errors: int
    seconds: float


def build(
    seeds: Path,
    out: Path,
    *,
    strict: bool,
    track: Track = list,
    on_wait: Callable[[str], None] | None = None,
) -> BuildSummary:
    """Builds the package of the seeds in `seeds` and swaps it into `out`.

    Strict, the first document that cannot be read whole, or in which damage is left, stops the build; otherwise
    such a plan is left out, or its damage becomes issue rows. Raises PipelineError; `out` then is as it was.
    """
    begun = time.perf_counter()
    made = read_tables(seeds, strict=strict, track=track)
    with package_lock(out, on_wait=on_wait):
        _refuse_foreign(out, list(made.tables))
        staged = staging(out)
        write_package(made.tables, made.texts, staged, version=str(load_package()["version"]))
        changed = swap_in(staged, out, PUBLISHED)
        with suppress(OSError):
            shutil.rmtree(staged)
    return BuildSummary(
        rows={name: table.num_rows for name, table in made.tables.items()},
        changed=changed,
        left_out=made.left_out,
        errors=made.tables["issues"]["severity"].to_pylist().count("error"),
        seconds=time.perf_counter() - begun,
    )


@dataclass(frozen=True, slots=True)
class Made:
    """What is published of a folder of seeds: every table, the repaired texts by document_id, what was left out."""

    tables: Mapping[str, pa.Table]
    texts: Mapping[str, str]
    left_out: tuple[str, ...]


@contextmanager
def without_collection() -> Iterator[None]:
    """Keeps the collector of cycles from walking, again and again, the rows read so far: reading makes hardly any cycle."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


@without_collection()
def read_tables(seeds: Path, *, strict: bool, track: Track = list) -> Made:
    """Reads the seeds of a folder; raises PipelineError if none of them gives a plan."""
    vocabulary = vocabulary_beside(seeds)
    plans, issues, left_out = read_plans(seeds, vocabulary, strict=strict, track=track)
    issues += [
        Issue(
            "info",
            "own-vocabulary",
            f"Read with words of the user's own: vocabularies/{file} beside the seeds",
        )
        for file in vocabulary.own
    ]
    if not plans:
        raise PipelineError(
            file=seeds,
            place="",
            found=f"no plan that can be read ({'; '.join(left_out[:3])}{' …' if len(left_out) > 3 else ''})",
            expected="at least one readable plan",
            remedy="mend the seeds named",
        )
    texts = {
        document.source.row.document_id: document.text.string
        for plan in plans
        for document in plan.facts.documents
    }
    made = tables(plans, issues, vocabulary, load_schemas())
    return Made(made, dict(sorted(texts.items())), tuple(left_out))


def read_plans(
    seeds: Path,
    vocabulary: Vocabulary,
    *,
    strict: bool,
    track: Track = list,
) -> tuple[list[PlanRows], list[Issue], list[str]]:
    """Every plan of a folder of seeds with its rows, the issues of no plan, and the documents left out.

    A document fails alone: whatever goes wrong in it, be it our own mistake, the others are read.
    """
    sources = read_sources(seeds)
    errata = read_errata(seeds, sources)
    _check_codes(seeds, sources, vocabulary)
    documents: dict[str, list[tuple[PlanText, ...]]] = {row.plan_id: [] for row in sources}
    issues: list[Issue] = []
    left_out: list[str] = []
    damaged: dict[str, list[Issue]] = {}

    def leave_out(document_id: str, reason: PipelineError) -> None:
        # Where the folder stands on this machine is nothing to publish.
        message = str(reason).replace(f"{seeds}/", "")
        left_out.append(f"{document_id}: {message}")
        kind = "internal-error" if isinstance(reason, InternalError) else "unreadable-document"
        issues.append(Issue("error", kind, f"{document_id} is left out: {message}"))

    for row in track(sources):
        try:
            with failing_alone(seeds / row.path):
                texts = document_plans(read_source(seeds, row, errata[row.document_id]), vocabulary, seeds)
                doubts = _doubts(texts, seeds, vocabulary, strict=strict)
                damaged[row.document_id] = [*_damage(texts, seeds, strict=strict), *doubts]
        except PipelineError as error:
            if strict:
                raise
            leave_out(row.document_id, error)
            continue
        # The base document comes first.
        documents[row.plan_id].insert(0 if row.is_base else len(documents[row.plan_id]), texts)
    plans = []
    for plan_id, copies in sorted(documents.items()):
        if not copies:
            continue
        row = copies[0][0].source.row
        reason = PipelineError(
            file=seeds / row.path,
            place="",
            found=f"a copy of {plan_id} alone, whose base document is left out",
            expected="the base document of the plan",
            remedy="mend the base document",
        )
        if row.is_base:
            try:
                with failing_alone(seeds / row.path):
                    read = [
                        plan_rows(read_plan(texts, vocabulary), vocabulary)
                        for texts in _texts_of_plans(copies)
                    ]
                    issues += [
                        doubt for plan in read for doubt in _cut_short(plan.facts, seeds, strict=strict)
                    ]
            except PipelineError as error:
                if strict:
                    raise
                reason = error
            else:
                plans += read
                issues += [issue for copy in copies for issue in damaged[copy[0].source.row.document_id]]
                continue
        for copy in copies:
            leave_out(copy[0].source.row.document_id, reason)
    return plans, issues, left_out


def document_plans(source: Source, vocabulary: Vocabulary, seeds: Path) -> tuple[PlanText, ...]:
    """The plans that stand in a source; raises PipelineError for a text in which nothing can be read."""
    repaired = repair(source, vocabulary, seeds)
    chinese, latin = (len("".join(letters.findall(repaired.text.string))) for letters in (CHINESE, LATIN))
    if not chinese or chinese * MOST_LATIN < latin:
        raise PipelineError(
            file=seeds / source.row.path,
            place="whole file",
            found="no Chinese text"
            if not chinese
            else f"{chinese:,} Chinese characters among {latin:,} Latin letters",
            expected="the text of a plan",
            remedy="if it is a scan, read its text with a program for optical character recognition, such as OCRmyPDF",
        )
    plans = read_document(repaired, vocabulary)
    if not any(_is_text(plan, passage) for plan in plans for passage in plan.passages):
        raise PipelineError(
            file=seeds / source.row.path,
            place="whole file",
            found="a title or headings, but no text",
            expected="the text of a plan",
            remedy="fetch the whole text",
        )
    return plans


def _is_text(plan: PlanText, passage: Passage) -> bool:
    return (
        passage.kind != "heading"
        or SENTENCE_MARK.search(plan.text.string, passage.start, passage.end) is not None
    )


def _texts_of_plans(copies: Sequence[Sequence[PlanText]]) -> list[list[PlanText]]:
    """The texts of each plan in copies of a document, the base first: the other copies are copies of the main plan."""
    base, *others = copies
    return [[text, *(copy[0] for copy in others)] if text.is_main else [text] for text in base]


def _check_codes(seeds: Path, sources: Sequence[SourceRow], vocabulary: Vocabulary) -> None:
    for row in sources:
        if row.division_code and vocabulary.place_coded(row.division_code) is None:
            raise PipelineError(
                file=seeds / "sources.csv",
                place=f"document {row.document_id}, division_code",
                found=f"the unknown code {row.division_code!r}",
                expected="a division_code of the vocabulary places.csv",
                remedy="correct the code, or add the place to the vocabulary",
            )


def _damage(texts: Sequence[PlanText], seeds: Path, *, strict: bool) -> list[Issue]:
    """The damage left in a document as issue rows; raises PipelineError, strict, for any in a plan's own text."""
    document = texts[0].document
    row = document.source.row
    tables = [(block.start, block.end) for block in document.blocks if block.kind == "table"]
    traces = residue(document.text, document.source.raw, [(text.start, text.end) for text in texts], tables)
    first = next((trace for trace in traces if trace.in_plan), None)
    if strict and first is not None:
        raise PipelineError(
            file=seeds / row.path,
            place=f"offset {first.start}",
            found=f"{first.what} in “{first.context}”, the first of {len(traces)} such places in the document",
            expected="no trace of damage after the repairs",
            remedy="add a row to errata.csv with the exact text before and after",
        )
    return [
        Issue(
            "error" if trace.in_plan else "warning",
            "damage",
            message,
            row.document_id,
            "",
            trace.start,
            trace.end,
        )
        for trace, message in told(traces)
    ]


def _doubts(texts: Sequence[PlanText], seeds: Path, vocabulary: Vocabulary, *, strict: bool) -> list[Issue]:
    """What is doubtful in the outline of a document: strict, it stops the build."""
    found = [doubt for text in texts for doubt in doubts_of(text, vocabulary)]
    for doubt in found:
        if strict and doubt.found:
            raise PipelineError(
                file=seeds / texts[0].source.row.path,
                place=f"offset {doubt.issue.end}",
                found=doubt.found,
                expected=doubt.expected,
                remedy=doubt.remedy,
            )
    return [doubt.issue for doubt in found]


def _cut_short(plan: PlanFacts, seeds: Path, *, strict: bool) -> list[Issue]:
    """A last clause that names nobody where each clause before it in its chapter does: it may be cut off."""
    numbered = [read for read in plan.clauses if read.clause.number is not None]
    if not numbered or numbered[-1].brackets:
        return []
    last = numbered.pop()
    siblings = [read for read in numbered if read.clause.chapter_number == last.clause.chapter_number]
    if len(siblings) < 2 or not all(read.brackets for read in siblings):
        return []
    start, end = last.clause.text.span
    if strict:
        raise PipelineError(
            file=seeds / plan.documents[0].source.row.path,
            place=f"offset {end}",
            found=f"a last clause that names nobody responsible: “…{last.clause.text.string[-30:]}”",
            expected="the bracket of those responsible, as after each clause before it in the chapter",
            remedy="fetch the whole text",
        )
    message = (
        "The last clause names nobody responsible, each one before it in its chapter does: it may be cut off"
    )
    return [
        Issue(
            "warning", "cut-off", message, plan.identity.base_document_id, last.clause.clause_id, start, end
        )
    ]


def _refuse_foreign(out: Path, tables: Sequence[str]) -> None:
    """Keeps a build from replacing a folder data that is somebody's own."""
    data = out / "data"
    known = {f"{table}.{suffix}" for table in tables for suffix in ("csv", "parquet")} | {"text"}
    with suppress(OSError, ValueError, LookupError, TypeError, AttributeError):
        known |= {
            str(resource["path"]).removeprefix("data/")
            for resource in json.loads((out / "datapackage.json").read_bytes())["resources"]
        }
    with suppress(OSError):
        for entry in sorted(data.iterdir()):
            if entry.name not in known and not entry.name.startswith("."):
                raise PipelineError(
                    file=entry,
                    place="",
                    found="a file that is not of a data package built before",
                    expected="a folder data of this project, which a build replaces whole, or none",
                    remedy="build into another folder with --out, or move that file away",
                )
