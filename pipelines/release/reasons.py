"""Why a row of a table says what it says, in words: what the row itself keeps of how it was read.

A code stands beside the printed words that gave it, a row of a rule beside the rule's name: nothing is read again.
"""

from collections.abc import Iterator, Mapping

from pipelines.package.printed import Key, Table

Tables = Mapping[str, Table]
Row = Mapping[str, str]
WORDS = "_as_written"

# What makes the rows of a table, and from what.
STEPS: Mapping[str, str] = {
    "plans": "identity of a plan, read from its title, its covering letter and its last lines (pipelines/reading)",
    "documents": "a row of seeds/sources.csv and what its text looks like (pipelines/seeds, pipelines/text)",
    "issuers": "the signatures of the covering letter (pipelines/reading)",
    "blocks": "what each passage of the document is (pipelines/document)",
    "clauses": "the tree of headings, and the paragraphs between them (pipelines/document)",
    "measures": "sentences of a clause, cut at 。 and ； outside quotes and brackets (pipelines/reading)",
    "targets": "numbers and time expressions that commit the plan (pipelines/reading)",
    "topics": "words of a measure that topic_words.csv has (pipelines/linking)",
    "comparisons": "targets of one indicator side by side, in one unit (pipelines/linking)",
    "citations": "documents that a clause names by title or number (pipelines/linking)",
    "parallels": "parts of measures of two plans that are alike (pipelines/linking)",
    "variants": "the copies of a plan, held against each other (pipelines/linking)",
    "targets_wide": "what the other tables say of a target, in one row (pipelines/package)",
    "measures_wide": "what the other tables say of a measure, in one row (pipelines/package)",
    "deadlines": "time expressions that say by when (pipelines/reading)",
    "agencies": "names printed in the plans, completed from agency_names.csv (pipelines/reading)",
    "responsibilities": "the statement of who is responsible for a clause (pipelines/reading)",
    "numbers": "the ledger of all numbers (pipelines/reading)",
    "repairs": "repair of the raw text (pipelines/text)",
    "issues": "what a rule could not decide, or found worth a look",
}


def reasons(tables: Tables, table: str, key: Key) -> list[str]:
    """Why the row says what it says, one sentence each; empty where nothing is known beyond its columns."""
    described = tables[table]
    row = described.rows[key]
    said = list(_evidence(tables, table, row))
    if rule := row.get("rule"):
        called = meaning(tables, table, "rule", rule)
        said.append(f"rule {rule}: {called}" if called else f"read by the rule {rule} (docs/method)")
    if row.get("basis") == "inherited":
        said.append(
            f"inherited: {row['inherited_from']} lays it on the clauses that follow, up to the last of the plan"
        )
    return said + [row[column] for column in ("reason",) if row.get(column)]


def _evidence(tables: Tables, table: str, row: Row) -> Iterator[str]:
    """Each value that keeps the words of the plan which gave it, with what its code means."""
    for column in (name.removesuffix(WORDS) for name in tables[table].names if name.endswith(WORDS)):
        if value := row.get(column, ""):
            called, words = meaning(tables, table, column, value), row[column + WORDS]
            shown = f"{column} {value} ({called})" if called else f"{column} {value}"
            yield f"{shown}: “{words}”" if words else f"{shown}: no word says otherwise"


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
