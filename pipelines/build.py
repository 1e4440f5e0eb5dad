"""A folder of seeds in, a whole data package swapped into place out; a failed or killed build changes nothing."""

import shutil
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from pipelines.corpus import SourceRow, read_errata, read_source, read_sources
from pipelines.errors import PipelineError
from pipelines.issues import Issue
from pipelines.plan import PlanFacts, read_plan
from pipelines.publish.package import write_package
from pipelines.publish.swap import package_lock, staging, swap_in
from pipelines.repair import Repaired, repair
from pipelines.residue import Trace, residue
from pipelines.schema import load_package, load_schemas
from pipelines.tables import tables
from pipelines.vocabulary import Vocabulary, load_vocabulary

PUBLISHED = ("data", "datapackage.json")
Track = Callable[[Iterable[SourceRow]], Iterable[SourceRow]]


@dataclass(frozen=True, slots=True)
class BuildSummary:
    """What a build made: rows by table, whether any byte changed, the documents left out and why, seconds."""

    rows: dict[str, int]
    changed: bool
    left_out: tuple[str, ...]
    warnings: tuple[str, ...]
    seconds: float


def build(
    seeds: Path,
    out: Path,
    *,
    strict: bool,
    track: Track = iter,  # type: ignore[assignment]
    on_wait: Callable[[str], None] | None = None,
) -> BuildSummary:
    """Builds the package of the seeds in `seeds` and swaps it into `out`.

    Strict, the first document that cannot be read whole, or in which damage is left, stops the build; otherwise
    such a plan is left out, or its damage becomes issue rows. Raises PipelineError; `out` then is as it was.
    """
    begun = time.perf_counter()
    vocabulary = load_vocabulary()
    plans, issues, left_out = read_plans(seeds, vocabulary, strict=strict, track=track)
    if not plans:
        raise PipelineError(
            file=seeds,
            place="",
            found=f"no plan that can be read ({'; '.join(left_out) or 'no documents'})",
            expected="at least one readable plan",
            remedy="mend the seeds named",
        )
    made = tables(plans, issues, vocabulary, load_schemas())
    texts = {
        document.source.row.document_id: document.text.string for plan in plans for document in plan.documents
    }
    with package_lock(out, on_wait=on_wait):
        staged = staging(out)
        write_package(made, dict(sorted(texts.items())), staged, version=str(load_package()["version"]))
        changed = swap_in(staged, out, PUBLISHED)
        with suppress(OSError):
            shutil.rmtree(staged)
    return BuildSummary(
        rows={name: table.num_rows for name, table in made.items()},
        changed=changed,
        left_out=tuple(left_out),
        warnings=tuple(issue.message for issue in issues if issue.severity != "info"),
        seconds=time.perf_counter() - begun,
    )


def read_plans(
    seeds: Path,
    vocabulary: Vocabulary,
    *,
    strict: bool,
    track: Track = iter,  # type: ignore[assignment]
) -> tuple[list[PlanFacts], list[Issue], list[str]]:
    """The facts of every plan of a folder of seeds, the issues of no plan, and the documents left out."""
    sources = read_sources(seeds)
    errata = read_errata(seeds, sources)
    documents: dict[str, list[Repaired]] = {row.plan_id: [] for row in sources}
    issues: list[Issue] = []
    left_out: list[str] = []
    damaged: dict[str, list[Issue]] = {}
    for row in track(sources):
        try:
            document = repair(read_source(seeds, row, errata[row.document_id]), vocabulary, seeds)
            damaged[row.document_id] = _damage(document, seeds, strict=strict)
        except PipelineError as error:
            if strict:
                raise
            left_out.append(f"{row.document_id}: {error}")
            issues.append(Issue("error", "unreadable-document", f"{row.document_id} is left out: {error}"))
            continue
        # The base document comes first.
        documents[row.plan_id].insert(0 if row.is_base else len(documents[row.plan_id]), document)
    plans = []
    for plan_id, copies in sorted(documents.items()):
        if not copies or not copies[0].source.row.is_base:
            left_out += [
                f"{document.source.row.document_id}: the base document of {plan_id} is left out"
                for document in copies
            ]
            continue
        try:
            plans.append(read_plan(copies, vocabulary))
        except PipelineError as error:
            if strict:
                raise
            left_out.append(f"{plan_id}: {error}")
            issues.append(Issue("error", "unreadable-document", f"{plan_id} is left out: {error}"))
            continue
        for document in copies:
            issues += damaged[document.source.row.document_id]
    return plans, issues, left_out


def _damage(document: Repaired, seeds: Path, *, strict: bool) -> list[Issue]:
    """The damage left in a document as issue rows; strict, damage in the plan's own text stops the build."""
    row = document.source.row
    traces = residue(document)
    first = next((trace for trace in traces if trace.in_plan), None)
    if strict and first is not None:
        raise PipelineError(
            file=seeds / row.path,
            place=f"offset {first.start}",
            found=f"{first.what} in “{first.context}” ({len(traces)} such places in the document)",
            expected="no trace of damage after the repairs",
            remedy="add a row to errata.csv with the exact text before and after",
        )
    return [_damage_issue(row.document_id, trace) for trace in traces]


def _damage_issue(document_id: str, trace: Trace) -> Issue:
    return Issue(
        "error" if trace.in_plan else "warning",
        "damage",
        f"After the repairs there is {trace.what} in “{trace.context}”",
        document_id,
        "",
        trace.start,
        trace.end,
    )
