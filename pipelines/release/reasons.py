"""A row of a table in; why it says what it says, in words, out.

The reasons come from the row and the rows it names, not from running the rules again: a row keeps the printed words
that its codes turn on, and the rule that read them.
"""

import re
from collections.abc import Callable, Iterator, Mapping

from pipelines.package.printed import Key, Table

Tables = Mapping[str, Table]
Row = Mapping[str, str]

BASELINE = re.compile(r"(?:比|较|与|以)\d{4}年")

# What makes the rows of a table, and from what.
STEPS: Mapping[str, str] = {
    "plans": "identity of a plan, read from its title, its covering letter and its last lines (pipelines/reading/plans.py)",
    "documents": "a row of seeds/sources.csv and what its text looks like (pipelines/seeds/sources.py, pipelines/text/repair.py)",
    "issuers": "the signature block of the covering letter (pipelines/reading/plans.py)",
    "clauses": "outline: chapters 一、, clauses （一） and the paragraphs between them (pipelines/document/outline.py)",
    "measures": "sentences of a clause, cut at 。 and ； outside quotes and brackets (pipelines/reading/clauses.py)",
    "targets": "numbers and time expressions that commit the plan (pipelines/reading/commitments.py)",
    "deadlines": "time expressions that say by when (pipelines/reading/moments.py)",
    "agencies": "names printed in the plans, completed from agency_names.csv (pipelines/reading/agencies.py)",
    "responsibilities": "the responsibility bracket of a clause (pipelines/reading/responsibilities.py)",
    "numbers": "the ledger of all numbers (pipelines/reading/ledger.py)",
    "repairs": "repair of the raw text (pipelines/text/repair.py)",
    "issues": "what a rule could not decide, or found worth a look",
}


def reasons(tables: Tables, table: str, key: Key) -> list[str]:
    """Why the row says what it says, one sentence each; empty where nothing is known beyond its columns."""
    row = tables[table].rows[key]
    give = REASONS.get(table)
    return list(give(tables, row)) if give else []


def meaning(tables: Tables, table: str, column: str, code: str) -> str:
    """What a code of a coded column means; empty for any other cell."""
    described = next((each for each in tables[table].columns if each.name == column), None)
    categories = described.words.get("categories", []) if described else []
    return next((str(each["label"]) for each in categories if each["value"] == code), "")


def label_of(tables: Tables, table: str, column: str, value: str) -> str:
    """What a cell names in another table, by its label there: percent is %; empty where it names none."""
    for reference in tables[table].references:
        if reference.columns == (column,) and reference.table in tables:
            row = tables[reference.table].rows.get((value,), {})
            return row.get("label") or row.get("name") or row.get("title") or row.get("as_written", "")
    return ""


def _of_target(tables: Tables, row: Row) -> Iterator[str]:
    if row["kind"] == "milestone":
        yield "milestone: a time expression governs a commitment without a number"
    else:
        yield from _of_quantity(tables, row)
    deadline = tables["deadlines"].rows.get((row["deadline_id"],))
    if deadline is not None:
        yield f"deadline {row['deadline']}: governed by “{deadline['as_written']}” ({row['deadline_id']})"
    elif row["deadline"]:
        yield f"deadline {row['deadline']}: a time expression in its sentence"
    else:
        yield "no deadline: no time expression governs it in its sentence"
    if row["strength"] == "strive":
        yield f"strength strive: “{row['strength_as_written']}” governs it"


def _of_quantity(tables: Tables, row: Row) -> Iterator[str]:
    unit = label_of(tables, "targets", "unit", row["unit"])
    yield f"value {row['value']} {unit}: printed {row['value_as_written']}" + _multiplied(
        row["value_as_written"]
    )
    for column, default in (
        ("comparator", "no word bounds the number"),
        ("change", "no word says that the number is an amount of change"),
    ):
        words = row[f"{column}_as_written"]
        described = meaning(tables, "targets", column, row[column]).lower()
        yield f"{column} {row[column]} ({described}): {f'“{words}”' if words else default}"
    yield f"read by the form {row['rule']} (docs/method/targets.md)"
    if row["baseline_year"]:
        baseline = BASELINE.search(row["quote"])
        said = f"“{baseline[0]}”" if baseline else "a comparison in its sentence"
        yield f"baseline {row['baseline_year']}: {said}"
    if row["scope"]:
        yield f"scope {row['scope']}: taken off the front of the indicator"
    if row["hedge"]:
        yield f"hedge: “{row['hedge']}” softens the number"


def _multiplied(written: str) -> str:
    factor = next((each for each in ("万亿", "千万", "百万", "万", "亿") if each in written), "")
    return f", with {factor} multiplied out" if factor else ""


def _of_deadline(tables: Tables, row: Row) -> Iterator[str]:
    kind = meaning(tables, "deadlines", "kind", row["kind"]).lower()
    yield f"{row['kind']} ({kind}), exact to the {row['precision']}"
    if row["precision"] in ("year", "period"):
        yield f"the end of a {row['precision']} is the last day of its last year: {row['end_date']}"


def _of_responsibility(tables: Tables, row: Row) -> Iterator[str]:
    agency = tables["agencies"].rows.get((row["agency_id"],), {})
    yield f"agency: “{row['as_written']}” is {agency.get('name', row['agency_id'])}" + (
        ", a name that a plan prints in full"
        if agency.get("name_basis") == "stated"
        else ", completed from schemas/vocabularies/agency_names.csv"
    )
    words = f"“{row['role_as_written']}”" if row["role_as_written"] else "a bare list of names"
    yield f"role {row['role']}: {words}{', and no other is named' if row['role'] == 'sole' else ''}"
    if row["basis"] == "inherited":
        yield f"inherited: {row['inherited_from']} lays it on the clauses that follow, up to the last of the plan"
    if row.get("item"):
        yield f"for item {row['item']} of the clause only"


def _of_number(tables: Tables, row: Row) -> Iterator[str]:
    what = meaning(tables, "numbers", "disposition", row["disposition"]).lower()
    yield f"disposition {row['disposition']}: {what}, by the rule {row['rule']} (docs/method/numbers.md)"
    for column in ("target_id", "deadline_id"):
        if row[column]:
            yield f"accounted for by {row[column]}"


def _of_measure(tables: Tables, row: Row) -> Iterator[str]:
    binding = meaning(tables, "measures", "bindingness", row["bindingness"]).lower()
    verb = (
        f"the verb “{row['verb']}” (schemas/vocabularies/verbs.csv)"
        if row["verb"]
        else "no verb that the rules know"
    )
    yield f"bindingness {row['bindingness']} ({binding}): {verb}"


def _of_clause(tables: Tables, row: Row) -> Iterator[str]:
    role = meaning(tables, "clauses", "role", row["role"]).lower()
    yield f"role {row['role']} ({role}): its title and that of its chapter (schemas/vocabularies/roles.csv)"
    sector = label_of(tables, "clauses", "sector_id", row["sector_id"])
    yield f"sector {row['sector_id']} ({sector}): words of its title (schemas/vocabularies/sectors.csv)"


def _of_repair(tables: Tables, row: Row) -> Iterator[str]:
    yield f"rule {row['rule']}: {meaning(tables, 'repairs', 'rule', row['rule'])}"
    yield row["reason"]


def _of_agency(tables: Tables, row: Row) -> Iterator[str]:
    yield f"name: {meaning(tables, 'agencies', 'name_basis', row['name_basis']).lower()}"
    function = label_of(tables, "agencies", "function_id", row["function_id"])
    if function:
        yield f"function: {function} (schemas/vocabularies/agency_names.csv)"


REASONS: Mapping[str, Callable[[Tables, Row], Iterator[str]]] = {
    "targets": _of_target,
    "deadlines": _of_deadline,
    "responsibilities": _of_responsibility,
    "numbers": _of_number,
    "measures": _of_measure,
    "clauses": _of_clause,
    "repairs": _of_repair,
    "agencies": _of_agency,
}
