"""Makes the scripts that hold the rows of the page Explore, in both languages at once."""

import datetime
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence

from pipelines.package.dataset import Row
from pipelines.pages.contents import Contents
from pipelines.pages.site.reading import Setting, settings
from pipelines.pages.wording import Words, amount, outward


def scripts(package: Contents) -> dict[str, str]:
    """By file name: the names that rows refer to, and the rows of each table."""
    return {
        "names.js": _script("siteNames", names(package)),
        **{f"{table}.js": _script("siteTable", table, rows(package)) for table, rows in TABLES.items()},
    }


def names(package: Contents) -> dict[str, object]:
    """Plans, agencies, clauses, topics, indicators, documents cited and codes: what a row names by its id."""
    agencies_of: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for row in package.tables["responsibilities"]:
        named = (row["agency_id"], row["role"], row["basis"])
        if named not in agencies_of[row["clause_id"]]:
            agencies_of[row["clause_id"]].append(named)
    return {
        "cited": package.cited,
        "plans": {
            key: {
                "place": package.place(key),
                "called": package.called(key),
                "cited": package.cited_plan(key),
                "url": outward((package.base(key) or {}).get("source_url")),
                "title": Words(row["title_en"], row["title"]),
                "document": row["base_document_id"],
                "seed": (package.base(key) or {}).get("path"),
            }
            for key, row in package.plans.items()
        },
        "sectors": package.labels["sectors"],
        "functions": package.labels["functions"],
        "units": {
            unit: package.labels["units"][unit]
            for unit, _ in Counter(row["unit"] for row in package.tables["targets"]).most_common()
            if unit in package.labels["units"]
        },
        **_vocabularies(package),
        "agencies": {
            key: [row["name_en"], row["name"], row["function_id"]] for key, row in package.agencies.items()
        },
        "clauses": {
            key: [
                row["plan_id"],
                row["sector_id"],
                row["number"],
                row["title"],
                row["chapter_title"],
                agencies_of[key],
            ]
            for key, row in package.clauses.items()
        },
        "codes": {
            f"{table}.{column}": package.codes(table, column)
            for table, column in (
                *(("targets", each) for each in ("kind", "comparator", "change", "strength")),
                *(("targets", each) for each in ("deadline_basis", "located_in")),
                ("deadlines", "located_in"),
                ("measures", "bindingness"),
                ("responsibilities", "role"),
                ("responsibilities", "basis"),
                ("deadlines", "kind"),
                ("deadlines", "precision"),
                ("topic_codes", "vocabulary"),
                ("parallels", "kind"),
            )
        },
    }


def _vocabularies(package: Contents) -> dict[str, object]:
    """What the topics, indicators, documents cited and verbs that occur are called: in English, as in Chinese."""
    used = {row["code"] for row in package.tables["topics"]}
    measured = {row["indicator_id"] for row in package.tables["targets"]}
    national = package.by_key("national_documents")
    return {
        "topics": {
            row["code"]: [row["label_en"], row["label"], row["vocabulary"]]
            for row in package.tables["topic_codes"]
            if row["code"] in used
        },
        "indicators": {
            row["indicator_id"]: [row["label_en"], row["label"], row["about"]]
            for row in package.tables["indicators"]
            if row["indicator_id"] in measured
        },
        "cites": {
            _cited(row): [national.get(_cited(row), {}).get("title_en") or _title(row), _title(row)]
            for row in package.tables["citations"]
        },
        "verbs": {row["verb"]: row["verb_en"] for row in package.tables["measures_wide"] if row["verb_en"]},
    }


def _cited(citation: Row) -> str:
    """By what a document cited is found: its id as a national document, else what it is called."""
    return str(citation["national_document_id"] or _title(citation))


def _title(citation: Row) -> str:
    return str(citation["title"] or citation["document_number"] or citation["as_written"])


def targets(package: Contents) -> list[dict[str, object]]:
    """Commitments, with what they state in both languages, and the sentence that each stands in."""
    around = settings(package, "targets")
    nowhere = Setting("", "")
    found = []
    for row in package.tables["targets"]:
        promise = amount(row, package.units)
        found.append(
            {
                **_base(row, "target_id"),
                **_cells(
                    row,
                    "kind indicator indicator_id value unit comparator comparator_as_written change change_as_written strength "
                    "strength_as_written hedge scope baseline_year quote period_start deadline deadline_basis "
                    "located_in",
                ),
                "gloss": package.gloss(row) or None,
                "amount_en": promise.en,
                "amount_zh": promise.zh,
                "before": around.get(row["target_id"], nowhere).before,
                "after": around.get(row["target_id"], nowhere).after,
            }
        )
    return found


# What a measure is found by, from the rows that refer to it.
LINKED: Mapping[str, tuple[str, Callable[[Row], str | None]]] = {
    "topics": ("topics", lambda row: row["code"]),
    "indicators": ("targets", lambda row: row["indicator_id"]),
    "cites": ("citations", _cited),
}
# What a kind of parallel is, seen from the other measure.
MIRRORED = {"within": "around", "around": "within"}


def measures(package: Contents) -> list[dict[str, object]]:
    """Sentences, each with its last days, topics, indicators, documents cited, and measures of the same wording."""
    alike: dict[str, list[list[str]]] = defaultdict(list)
    for row in package.tables["parallels"]:
        alike[row["measure_id"]].append([row["other_measure_id"], row["kind"]])
        alike[row["other_measure_id"]].append([row["measure_id"], MIRRORED.get(row["kind"]) or row["kind"]])
    days: dict[str, set[datetime.date]] = defaultdict(set)
    for row in package.tables["deadlines"]:
        if row["measure_id"]:
            days[row["measure_id"]].add(row["end_date"])
    return [
        {
            **_base(row, "measure_id"),
            **_cells(row, "item text verb bindingness bindingness_as_written"),
            "deadline": " ".join(day.isoformat() for day in sorted(days[row["measure_id"]])) or None,
            **{
                name: sorted(
                    {
                        found
                        for each in package.where(table, measure_id=row["measure_id"])
                        if (found := of(each))
                    }
                )
                for name, (table, of) in LINKED.items()
            },
            "alike": alike[row["measure_id"]],
        }
        for row in package.tables["measures"]
    ]


def responsibilities(package: Contents) -> list[dict[str, object]]:
    """Who is responsible for which clause."""
    return [
        {
            **_base(row, "responsibility_id"),
            **_cells(row, "agency_id item role role_as_written basis inherited_from as_written"),
        }
        for row in package.tables["responsibilities"]
    ]


def deadlines(package: Contents) -> list[dict[str, object]]:
    """Expressions of time, each with the words that it governs: its targets, else its sentence."""
    quotes: dict[str, list[str]] = defaultdict(list)
    for row in package.tables["targets"]:
        if row["deadline_id"] and row["quote"] not in quotes[row["deadline_id"]]:
            quotes[row["deadline_id"]].append(row["quote"])
    sentences = package.by_key("measures")
    around = settings(package, "deadlines")
    nowhere = Setting("", "")
    found = []
    for row in package.tables["deadlines"]:
        sentence = sentences.get(row["measure_id"] or "", {}).get("text")
        governed = (
            "；".join(quotes[row["deadline_id"]]) or sentence or package.clauses[row["clause_id"]]["title"]
        )
        found.append(
            {
                **_base(row, "deadline_id"),
                **_cells(row, "as_written kind precision measure_id located_in"),
                "period_start": _cell(row["start_date"]),
                "deadline": _cell(row["end_date"]),
                "what": governed,
                "before": around.get(row["deadline_id"], nowhere).before,
                "after": around.get(row["deadline_id"], nowhere).after,
            }
        )
    return found


TABLES: Mapping[str, Callable[[Contents], Sequence[Mapping[str, object]]]] = {
    "targets": targets,
    "measures": measures,
    "responsibilities": responsibilities,
    "deadlines": deadlines,
}


def _base(row: Row, key: str) -> dict[str, object]:
    return {
        "id": row[key],
        "clause": row["clause_id"],
        "start": row["source_start"],
        "end": row["source_end"],
    }


def _cells(row: Row, columns: str) -> dict[str, object]:
    return {column: _cell(row.get(column)) for column in columns.split()}


def _cell(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime.date) else value


def _script(call: str, *arguments: object) -> str:
    """A script that hands its data to a function; a page opened from a file may load it, unlike JSON."""
    parts = []
    for argument in arguments:
        if isinstance(argument, list):
            columns = list(argument[0]) if argument else []
            rows = ",\n".join(_json([row[column] for column in columns]) for row in argument)
            parts.append(f'{{"columns":{_json(columns)},"rows":[\n{rows}\n]}}')
        else:
            parts.append(_json(argument))
    return f"{call}({','.join(parts)});\n"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
