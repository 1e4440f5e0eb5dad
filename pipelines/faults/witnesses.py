"""A column in, the checks that are there to catch a wrong value in it out.

A value can be of the right type, the right form and a known code, and still be wrong. For each column this table
names the checks that read the value a second time from somewhere else: from the words of the plan, from the seed,
from another table, from a vocabulary. A fault in a column counts as caught only if one of them fails.
"""

from collections.abc import Mapping

SCHEMA = "table-schema"
_OF_CLAUSE = {"plan_id": "plan-of-clause", "clause_id": "id-in-turn"}
_RANGE = {
    "source_start": "from-the-seed in-the-clause range-in-clause in-order-of-text",
    "source_end": "from-the-seed in-the-clause range-in-clause",
}

# A name without a dot is a check of the table itself.
WITNESSES: Mapping[str, Mapping[str, str]] = {
    "plans": {
        "plan_id": "base-document-of-plan has-clauses",
        "title": "title-printed names-its-place",
        "title_en": "title-in-english names-its-place",
        "place": "place-in-english names-its-place",
        "place_en": "place-in-english",
        "division_code": "division-code-of-place",
        "province": "province-of-place",
        "level": "level-of-place",
        "document_number": "number-printed",
        "issued_on": "date-printed issued-in-our-time",
        "base_document_id": "base-document-of-plan base-document-is-base",
    },
    "documents": {
        "document_id": "as-in-sources",
        "plan_id": "as-in-sources",
        "path": "as-in-sources",
        "sha256": "sha256-of-seed as-in-sources",
        "size_bytes": "size-of-seed",
        "characters": "characters-of-seed",
        "script": "script-by-repairs",
        "edition": "as-in-sources",
        "is_base": "as-in-sources base-of-its-plan",
        "plan_start": "begins-with-title",
        "plan_end": "ends-whole ends-with-last-clause same-end",
        "note": "as-in-sources",
    },
    "issuers": {
        "plan_id": "document-of-plan",
        "position": "positions-in-turn",
        "agency_id": "agency-named agency-of-plan",
        "as_written": "from-the-seed in-the-text",
        "document_id": "document-of-plan from-the-seed in-the-text",
        "source_start": "from-the-seed in-the-text",
        "source_end": "from-the-seed in-the-text",
    },
    "clauses": {
        "clause_id": "id-in-turn",
        "plan_id": "id-in-turn",
        "document_id": "base-document",
        "chapter_number": "chapters-in-turn chapter-heading",
        "chapter_title": "chapter-heading",
        "position": "position-in-turn",
        "number": "number-read numbered-in-turn",
        "title": "title-read",
        "role": "role-read",
        "sector_id": "sector-read",
        "text": "from-the-seed in-the-text",
        "responsibility_text": "bracket-printed everybody-named",
        "responsibility_open_ended": "open-end-read",
        "source_start": "from-the-seed in-the-text in-order-of-text",
        "source_end": "from-the-seed in-the-text",
    },
    "measures": {
        **_OF_CLAUSE,
        **_RANGE,
        "measure_id": "id-in-turn",
        "position": "position-in-turn",
        "item": "item-read",
        "text": "from-the-seed in-the-clause",
        "verb": "verb-read",
        "bindingness": "bindingness-of-verb",
    },
    "targets": {
        **_OF_CLAUSE,
        **_RANGE,
        "target_id": "id-in-turn",
        "measure_id": "measure-here",
        "kind": "quantified-whole milestone-bare",
        "indicator": "indicator-printed indicator-whole quantified-whole milestone-bare",
        "indicator_id": "indicator-id-empty",
        "scope": "scope-read milestone-bare",
        "value": "value-read number-counted quantified-whole milestone-bare",
        "value_as_written": "value-printed value-read unit-read numbers.words-of-target quantified-whole milestone-bare",
        "unit": "unit-read milestone-bare",
        "comparator": "comparator-read quantified-whole milestone-bare",
        "change": "change-read quantified-whole milestone-bare",
        "baseline_year": "baseline-read milestone-bare",
        "deadline_id": "governing-time time-in-clause",
        "period_start": "start-of-time",
        "deadline": "deadline-of-time",
        "strength": "strength-read",
        "hedge": "hedge-read",
        "quote": "from-the-seed in-the-clause",
    },
    "deadlines": {
        **_OF_CLAUSE,
        **_RANGE,
        "deadline_id": "id-in-turn",
        "measure_id": "measure-here",
        "as_written": "from-the-seed in-the-clause",
        "start_date": "time-read",
        "end_date": "time-read",
        "kind": "time-read",
        "precision": "time-read",
    },
    "agencies": {
        "agency_id": "id-of-place as-in-the-vocabulary named-somewhere",
        "name": "name-spells-out name-of-place",
        "short_name": "name-spells-out short-name-printed",
        "name_en": "as-in-the-vocabulary english-of-place",
        "place": "id-of-place",
        "division_code": "division-code-of-place",
        "function_id": "as-in-the-vocabulary function-known",
        "level": "level-of-place",
        "is_group": "group-by-name",
        "name_basis": "basis-of-name",
    },
    "responsibilities": {
        **_OF_CLAUSE,
        **_RANGE,
        "responsibility_id": "id-in-turn",
        "agency_id": "agency-named agency-of-plan",
        "position": "position-in-turn",
        "item": "item-read",
        "role": "role-read",
        "basis": "basis-whole",
        "inherited_from": "basis-whole clauses.all-inherited",
        "as_written": "from-the-seed in-the-clause in-the-bracket",
    },
    "numbers": {
        **_OF_CLAUSE,
        **_RANGE,
        "number_id": "id-in-turn",
        "as_written": "from-the-seed in-the-clause",
        "value": "value-read number-of-target",
        "disposition": "disposition-read linked decided",
        "target_id": "linked number-of-target",
        "deadline_id": "linked words-of-deadline deadlines.number-counted",
    },
    "repairs": {
        "repair_id": "id-in-turn",
        "document_id": "id-in-turn",
        "source_start": "before-of-seed before-fills-range",
        "source_end": "before-of-seed before-fills-range",
        "before": "before-of-seed",
        "after": "repair-fits-rule documents.text-from-the-seed",
        "rule": "repair-fits-rule reason-of-rule erratum-listed",
        "reason": "reason-of-rule erratum-listed",
    },
    "issues": {
        "issue_id": "id-in-turn",
        "severity": "explained",
        "document_id": "document-of-clause id-in-turn",
        "clause_id": "document-of-clause still-true placed",
        "kind": "explained still-true",
        "message": "explained",
        "source_start": "placed",
        "source_end": "placed",
    },
    "functions": dict.fromkeys(
        ("function_id", "label", "label_en", "national_counterpart", "national_counterpart_en"),
        "as-in-the-vocabulary",
    ),
    "units": dict.fromkeys(
        ("unit_id", "label", "label_en", "dimension", "ucum", "factor"), "as-in-the-vocabulary"
    ),
    "sectors": dict.fromkeys(("sector_id", "label", "label_en", "eea_pam", "ipcc"), "as-in-the-vocabulary"),
    "places": dict.fromkeys(
        ("place_id", "label", "label_en", "division_code", "province", "level"), "as-in-the-vocabulary"
    ),
}


def witnesses(table: str, column: str) -> frozenset[str]:
    """The names of the checks that are there to catch a wrong value in a column."""
    return named(table, WITNESSES[table][column])


def named(table: str, names: str) -> frozenset[str]:
    """Names of checks, those without a dot of a table.

    >>> sorted(named("numbers", "linked deadlines.number-counted"))
    ['deadlines.number-counted', 'numbers.linked']
    """
    return frozenset(name if "." in name else f"{table}.{name}" for name in names.split())
