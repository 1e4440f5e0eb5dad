"""The published tables, put together from the rows of all plans, the issues and the vocabularies."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

import pyarrow as pa

from pipelines.issues import Issue
from pipelines.linking.link import link_plans
from pipelines.linking.plans import PlanRows, Row
from pipelines.package.arrow import to_arrow
from pipelines.package.wide import Wide
from pipelines.schema import TableSchema
from pipelines.vocabulary import Vocabulary

# Published with the data: what their codes mean.
VOCABULARIES = (
    "functions", "units", "sectors", "indicators", "topic_codes", "places", "national_documents",
)  # fmt: skip
WIDE = ("targets_wide", "measures_wide")


def tables(
    plans: Iterable[PlanRows],
    issues: Iterable[Issue],
    vocabulary: Vocabulary,
    schemas: Mapping[str, TableSchema],
) -> dict[str, pa.Table]:
    """Every table of the package by name; plans come in the order of their ids. `issues` are those of no plan."""
    plans = sorted(plans, key=lambda plan: plan.facts.identity.plan_id)
    rows: dict[str, Iterable[Row]] = {
        "agencies": _once(row for plan in plans for row in plan.rows["agencies"]),
        "blocks": sorted((row for plan in plans for row in plan.rows["blocks"]), key=_place),
        "issues": _issues([*issues, *(issue for plan in plans for issue in plan.issues)]),
        **link_plans(plans, vocabulary),
        **{name: _vocabulary(getattr(vocabulary, name), schemas[name]) for name in VOCABULARIES},
    }
    used = {str(row["unit"]) for plan in plans for row in plan.rows["targets"] if row["unit"]}
    composed = [vocabulary.unit_ids[unit] for unit in used - {unit.unit_id for unit in vocabulary.units}]
    rows["units"] = _vocabulary([*vocabulary.units, *composed], schemas["units"])
    whole = {
        name: list(rows[name]) if name in rows else [row for plan in plans for row in plan.rows[name]]
        for name in schemas
        if name not in WIDE
    }
    wide = Wide(whole, schemas, vocabulary)
    made = {**whole, "targets_wide": wide.targets(), "measures_wide": wide.measures()}
    return {name: to_arrow(schema, made[name]) for name, schema in schemas.items()}


def _once(agencies: Iterable[Row]) -> list[Row]:
    """Every agency once, in the order of the ids; an agency of two plans is described by the first."""
    first: dict[str, Row] = {}
    for row in agencies:
        first.setdefault(str(row["agency_id"]), row)
    return [first[agency_id] for agency_id in sorted(first)]


def _place(block: Row) -> tuple[str, int]:
    return str(block["document_id"]), int(str(block["position"]))


def _issues(issues: Iterable[Issue]) -> Iterator[Row]:
    serials: Counter[str] = Counter()
    for issue in issues:
        owner = issue.document_id or "package"
        serials[owner] += 1
        yield {
            "issue_id": f"{owner}/i{serials[owner]}",
            "severity": issue.severity,
            "document_id": issue.document_id or None,
            "clause_id": issue.clause_id or None,
            "kind": issue.kind,
            "message": issue.message,
            "source_start": issue.start,
            "source_end": issue.end,
        }


def _vocabulary(entries: Iterable[object], schema: TableSchema) -> list[Row]:
    """The entries of a vocabulary, as far as they are published, in the order of their keys."""
    rows: list[Row] = [{name: _stated(getattr(entry, name)) for name in schema.columns} for entry in entries]
    return sorted(rows, key=lambda row: str(row[schema.primary_key[0]]))


def _stated(value: object) -> object:
    """A cell of a vocabulary as it is published: several codes joined by |, an empty one None."""
    return ("|".join(value) if isinstance(value, tuple) else value) or None
