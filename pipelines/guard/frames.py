"""The tables of a package in, one frame for each out: its columns, and with a leading _ what other tables say of each row.

An expectation sees one frame. What it needs of other tables, of the published texts, of the seeds and of the
vocabularies is joined to the rows here, and nowhere else; so a rule that speaks of two tables is an ordinary
expectation, and all of them stand in schemas/expectations. `READS` says which tables a frame is made of.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cached_property

import pandas as pd

from pipelines.guard import reading
from pipelines.guard.lookups import BELOW, Lookups
from pipelines.guard.package import Package
from pipelines.guard.reading import Edits
from pipelines.guard.rules.repairs import HAND
from pipelines.guard.rules.words import READINGS, plain, skeleton

Row = dict[str, object]
Added = Mapping[str, Sequence[object]]

TEXT = ("documents", "clauses", "repairs")
READS: Mapping[str, tuple[str, ...]] = {
    "plans": ("plans", *TEXT, "issuers", "places", "issues"),
    "documents": ("documents", "plans", "clauses", "repairs"),
    "issuers": ("issuers", "plans", "documents", "agencies", "places", "repairs"),
    "clauses": (
        *("plans", *TEXT, "issues"),
        *("measures", "targets", "deadlines", "responsibilities", "numbers"),
    ),
    "measures": ("measures", *TEXT, "issues"),
    "targets": ("targets", "plans", *TEXT, "measures", "deadlines", "numbers", "units"),
    "deadlines": ("deadlines", "plans", *TEXT, "measures", "targets", "numbers"),
    "agencies": ("agencies", "places", "issuers", "responsibilities"),
    "responsibilities": ("responsibilities", "plans", *TEXT, "agencies", "places"),
    "numbers": ("numbers", "plans", *TEXT, "targets", "deadlines"),
    "repairs": ("repairs", "documents"),
    "issues": ("issues", "documents", "plans", "clauses", "issuers", "responsibilities", "measures"),
    "functions": ("functions",),
    "units": ("units",),
    "sectors": ("sectors",),
    "places": ("places",),
}

# The added columns that say nothing without the raw texts, and without the vocabularies of the code.
_SEEDS = frozenset({"_source_text"})
NEEDS_SEEDS: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(
        ("issuers", "clauses", "measures", "targets", "deadlines", "responsibilities", "numbers"), _SEEDS
    ),
    "documents": frozenset(
        {"_sha256", "_size_bytes", "_characters", "_promised", "_absent", "_unused_errata", "_repaired"}
    ),
    "repairs": frozenset({"_raw", "_errata"}),
}
NEEDS_VOCABULARY = frozenset(
    {
        "_title_en",
        "_lead",
        "_left_out",
        "_whole_number",
        "_sector",
        "_verb",
        "_bindingness",
        "_known",
        "_levels",
        "_slugs",
        "_full_names",
        "_labels",
    }
)

# The published columns of the vocabularies, with their keys.
VOCABULARIES = {"functions": "function_id", "units": "unit_id", "sectors": "sector_id", "places": "place_id"}
LETTERS = {"measures": "m", "targets": "t", "deadlines": "d", "responsibilities": "r", "numbers": "n"}
TEXTS = {"measures": "text", "targets": "quote"}  # else as_written
CHAPTER = re.compile(r"(?m)^[ ]*([一二三四五六七八九十]{1,3})[、．.][ ]*([^\n]*)$")
TIME = re.compile(r"(?:力争|争取|努力)?(?:到|至|截至)?(?:20\d\d年|“十[四五六七八九]五”)[^，。；]{0,8}，")
# The parts of an index that several frames ask for, with the tables that they are made of.
PARTS: Mapping[str, tuple[str, ...]] = {
    **{name: (name,) for name in ("plans", "documents", "clauses", "places", "agencies", "issues")},
    "clause_order": ("clauses",),
    "places_below": ("places",),
    "edits": ("repairs", "documents"),
    "by_document": ("repairs",),
    "documents_of": ("documents",),
}
SENTENCE_END = re.compile(r"[。\n]")


def frame(
    package: Package, table: str, lookups: Lookups | None, index: "Index | None" = None
) -> pd.DataFrame:
    """The frame of one table of a package, whose tables must have the columns of the schemas.

    `lookups` are those of the code, None where the package is of another version. `index` can be shared between
    the frames of one package.
    """
    index = index or Index(package, lookups)
    base = package.tables[table]
    always = {"_line": range(len(base)), "_yes": [True] * len(base), "_zero": [0] * len(base)}
    added = {**always, **FRAMES[table](index)}
    extra = {name: pd.Series(list(values), index=base.index, dtype=object) for name, values in added.items()}
    return pd.concat([base, pd.DataFrame(extra, index=base.index)], axis=1)


class Index:
    """The rows of a package's tables by what other tables ask for; each part is made when it is first asked for."""

    def __init__(self, package: Package, lookups: Lookups | None) -> None:
        self.package = package
        self.lookups = lookups
        self._rows: dict[str, list[Row]] = {}

    def share(self, other: "Index", changed: Collection[str]) -> None:
        """Takes over what another index holds of tables that are the same in both packages, all but `changed`."""
        self._rows |= {table: other.rows(table) for table in other.package.tables if table not in changed}
        for part, tables in PARTS.items():
            if not set(tables).intersection(changed):
                self.__dict__[part] = getattr(other, part)

    def rows(self, table: str) -> list[Row]:
        """The rows of a table in their order."""
        if table not in self._rows:
            found = self.package.tables[table]
            names = [str(name) for name in found.columns]
            columns = [found[name].tolist() for name in found.columns]
            self._rows[table] = [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]
        return self._rows[table]

    def by(self, table: str, *columns: str) -> dict[object, list[Row]]:
        """The rows of a table by the values of some of its columns (of one: by the value itself)."""
        found: dict[object, list[Row]] = defaultdict(list)
        for row in self.rows(table):
            found[row[columns[0]] if len(columns) == 1 else tuple(row[column] for column in columns)].append(
                row
            )
        return found

    def one(self, table: str, key: str) -> dict[object, Row]:
        """The rows of a table by a key; of two with the same, the first."""
        found: dict[object, Row] = {}
        for row in self.rows(table):
            found.setdefault(row[key], row)
        return found

    @cached_property
    def plans(self) -> dict[object, Row]:
        return self.one("plans", "plan_id")

    @cached_property
    def documents(self) -> dict[object, Row]:
        return self.one("documents", "document_id")

    @cached_property
    def clauses(self) -> dict[object, Row]:
        return self.one("clauses", "clause_id")

    @cached_property
    def places(self) -> dict[object, Row]:
        return self.one("places", "place_id")

    @cached_property
    def places_below(self) -> dict[object, list[object]]:
        """The places of each province."""
        return {
            province: [row["place_id"] for row in rows]
            for province, rows in self.by("places", "province").items()
        }

    @cached_property
    def agencies(self) -> dict[object, Row]:
        return self.one("agencies", "agency_id")

    @cached_property
    def clause_order(self) -> dict[object, int]:
        return {row["clause_id"]: place for place, row in enumerate(self.rows("clauses"))}

    @cached_property
    def edits(self) -> dict[object, Edits]:
        """The repairs of each document."""
        rows = self.by_document
        return {
            document: Edits.of(
                [
                    (row["source_start"], row["source_end"], str(row["after"] or ""))
                    for row in rows.get(document, [])
                    if isinstance(row["source_start"], int) and isinstance(row["source_end"], int)
                ]
            )
            for document in self.documents
        }

    @cached_property
    def issues(self) -> dict[object, set[object]]:
        """The kinds of issues by clause, and by document for those of no clause."""
        found: dict[object, set[object]] = defaultdict(set)
        for row in self.rows("issues"):
            found[row["clause_id"] or row["document_id"]].add(row["kind"])
        return found

    @cached_property
    def by_document(self) -> dict[object, list[Row]]:
        return self.by("repairs", "document_id")

    @cached_property
    def documents_of(self) -> dict[object, list[Row]]:
        return self.by("documents", "plan_id")

    def published(self, document: object) -> str | None:
        """The repaired text of a document, as published."""
        return self.package.texts.get(str(document))

    def place(self, document: object, raw_place: object) -> int | None:
        """Where a place of a seed stands in its repaired text; None if a repair goes over it or nothing is known."""
        edits = self.edits.get(document)
        return edits.place(raw_place) if edits is not None and isinstance(raw_place, int) else None

    def repaired(self, document: object, start: object, end: object) -> str | None:
        """`raw[start:end]` of a seed with its repairs; None without seeds, a sentence where there is no such text."""
        seeds = self.package.seeds
        if seeds is None:
            return None
        raw, edits = seeds.texts.get(str(document)), self.edits.get(document)
        if raw is None or edits is None or not isinstance(start, int) or not isinstance(end, int):
            return "(no seed)"
        found = edits.repaired(raw, start, end)
        return "(a repair lies across the edge, or the range leaves the seed)" if found is None else found

    def slice_of(self, document: object, start: object, end: object) -> str | None:
        """The same from the published text: without seeds, and without trusting the text of the row."""
        text = self.published(document)
        first, last = self.place(document, start), self.place(document, end)
        return None if text is None or first is None or last is None else text[first:last]

    def clause_text(self, clause: Row | None) -> str:
        return str(clause["text"] or "") if clause is not None else ""

    def offset(self, clause: Row | None, raw_place: object) -> int | None:
        """Where a place of the seed stands in the text of a clause."""
        if clause is None:
            return None
        base = self.place(clause["document_id"], clause["source_start"])
        place = self.place(clause["document_id"], raw_place)
        return None if base is None or place is None else place - base

    def unit_labels(self) -> Mapping[object, tuple[str, ...]]:
        """The words that stand for each unit; without the vocabulary of the code, the label alone."""
        if self.lookups is not None:
            return self.lookups.unit_labels
        return {row["unit_id"]: (str(row["label"]),) for row in self.rows("units")}

    def labels_of(self, row: Mapping[str, object]) -> tuple[str, ...]:
        """The full and the short name of the place of a plan or an agency."""
        label = self.places.get(row.get("place"), {}).get("label")
        short = self.lookups.short_places.get(row.get("place")) if self.lookups is not None else None
        return tuple(str(each) for each in (label, short) if each)

    def agency_rows(self, name: str, row: Row) -> list[Mapping[str, str]]:
        """What the vocabulary has for a printed name of an agency of a plan's or an agency's place."""
        return self.lookups.agency_rows(name, self.labels_of(row)) if self.lookups is not None else []

    def places_of_plan(self, plan: Row) -> tuple[object, ...]:
        """The places whose agencies a plan may name: its own, its province, those of its province plan."""
        own = plan.get("place")
        return (own, plan.get("province"), *(self.places_below.get(own, ()) if own is not None else ()))

    def issued_on(self, plan_id: object) -> object:
        plan = self.plans.get(plan_id)
        return plan["issued_on"] if plan is not None else None


# --- plans, documents, issuers ----------------------------------------------------------------------------------


def _plans(index: Index) -> Added:
    added: dict[str, list[object]] = defaultdict(list)
    clauses, issuers = index.by("clauses", "plan_id"), index.by("issuers", "plan_id")
    previous: object = None
    for row in index.rows("plans"):
        place = index.places.get(row["place"], {})
        documents = index.documents_of.get(row["plan_id"], [])
        kinds = set[object]().union(*(index.issues.get(each["document_id"], set()) for each in documents))
        base = index.documents.get(row["base_document_id"], {})
        own = {row["place"], row["province"]}
        labels = [(key, str(each["label"])) for key, each in index.places.items()]
        title = str(row["title"] or "")
        added["_other_places"].append(
            tuple(label for key, label in labels if key not in own and label in title)
        )
        added["_place_en"].append(place.get("label_en"))
        added["_place_in_title"].append(None if row["level"] == "national" else place.get("label_en"))
        named = None if row["level"] == "national" else str(place.get("label_en"))
        added["_title_en"].append(index.lookups.title_en(title, named) if index.lookups is not None else None)
        added["_division_code"].append(place.get("division_code"))
        added["_province"].append(place.get("province") or place.get("place_id"))
        added["_level"].append(place.get("level"))
        added["_texts"].append(tuple(index.published(each["document_id"]) or "" for each in documents))
        first = clauses.get(row["plan_id"], [{}])[0]
        head = index.slice_of(base.get("document_id"), base.get("plan_start"), first.get("source_start"))
        added["_title_line"].append(_squeezed(CHAPTER.sub("", head or "")))
        added["_squeezed_title"].append(_squeezed(str(row["title"] or "")))
        added["_no_number"].append("no-document-number" in kinds)
        added["_no_date"].append("no-date" in kinds)
        added["_no_issuers"].append("no-issuers" in kinds)
        added["_issued_year"].append(getattr(row["issued_on"], "year", None))
        added["_issuers"].append(len(issuers.get(row["plan_id"], [])))
        added["_clauses"].append(len(clauses.get(row["plan_id"], [])))
        added["_base_plan"].append(base.get("plan_id"))
        added["_base_is_base"].append(base.get("is_base"))
        added["_previous"].append(previous)
        previous = row["plan_id"]
    return added


def _squeezed(text: str) -> str:
    return re.sub(r"\s", "", text[:200])


def _documents(index: Index) -> Added:
    added: dict[str, list[object]] = defaultdict(list)
    seeds = index.package.seeds
    last_clause = {
        plan: max((row["source_end"] for row in rows if isinstance(row["source_end"], int)), default=None)
        for plan, rows in index.by("clauses", "plan_id").items()
    }
    rows = index.rows("documents")
    known = {row["document_id"] for row in rows}
    left_out = {row for row in (seeds.sources if seeds is not None else {}) if row not in known}
    plan_order = {plan: place for place, plan in enumerate(index.plans)}
    previous: object = None
    for number, row in enumerate(rows):
        document = row["document_id"]
        plan = index.plans.get(row["plan_id"], {})
        start, end = row["plan_start"], row["plan_end"]
        base = index.documents.get(plan.get("base_document_id"), {})
        raw = None if seeds is None else seeds.texts.get(str(document))
        whole = None if seeds is None else index.repaired(document, 0, len(raw) if raw is not None else None)
        edits = index.by_document.get(document, [])
        changed = sum(len(str(each["before"] or "")) for each in edits if each["rule"] == "script")
        characters = row["characters"]
        added["_sha256"].append(None if seeds is None else seeds.digests.get(str(document), "(no seed)"))
        added["_size_bytes"].append(None if seeds is None else seeds.sizes.get(str(document), -1))
        added["_characters"].append(None if raw is None else len(raw))
        added["_promised"].append(() if seeds is None else tuple(_unlike_source(row, seeds.sources)))
        added["_absent"].append(tuple(sorted(left_out)) if number == 0 else ())
        added["_unused_errata"].append(tuple(_unused_errata(index, document)))
        added["_published"].append(index.published(document))
        added["_repaired"].append(whole)
        added["_own_text"].append(index.slice_of(document, start, end))
        added["_base_text"].append(
            index.slice_of(base.get("document_id"), base.get("plan_start"), base.get("plan_end"))
        )
        added["_title"].append(plan.get("title"))
        added["_base_of_plan"].append(plan.get("base_document_id") == document)
        added["_last_clause_end"].append(last_clause.get(row["plan_id"]) if row["is_base"] else end)
        added["_simplified_share"].append(
            changed / characters if isinstance(characters, int) and characters else 0.0
        )
        key = (plan_order.get(row["plan_id"], -1), str(document))
        added["_key"].append(key)
        added["_previous_key"].append(previous)
        previous = key
    return added


def _unused_errata(index: Index, document: object) -> Iterator[str]:
    """The rows of errata.csv for a document of which no repair is there."""
    seeds = index.package.seeds
    if seeds is None:
        return
    starts = [row["source_start"] for row in index.by_document.get(document, []) if row["rule"] in HAND]
    for erratum, start, end in _errata(index, document):
        if not any(isinstance(place, int) and start <= place < end for place in starts):
            yield f"a repair of “{erratum['before']}”"


def _errata(index: Index, document: object) -> Iterator[tuple[Mapping[str, str], int, int]]:
    """The rows of errata.csv for a document, with their places in its seed."""
    seeds = index.package.seeds
    raw = seeds.texts.get(str(document), "") if seeds is not None else ""
    for erratum in seeds.errata.get(str(document), ()) if seeds is not None else ():
        start = raw.find(erratum.get("before") or "\0")
        if start >= 0:
            yield erratum, start, start + len(erratum["before"])


def _unlike_source(row: Row, sources: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    source = sources.get(str(row["document_id"]))
    if source is None:
        yield "document_id: sources.csv does not list it"
        return
    for column in ("plan_id", "path", "sha256", "edition", "note", "is_base"):
        wanted = source.get(column, "")
        found = str(row[column]).lower() if column == "is_base" else str(row[column] or "")
        if found != wanted:
            yield f"{column}: sources.csv says {wanted!r}"


def _issuers(index: Index) -> Added:
    added: dict[str, list[object]] = defaultdict(list)
    ranks: Counter[object] = Counter()
    previous: dict[object, object] = {}
    for row in index.rows("issuers"):
        plan = row["plan_id"]
        ranks[plan] += 1
        document = row["document_id"]
        text, start, end = (
            index.published(document),
            *(index.place(document, row[at]) for at in ("source_start", "source_end")),
        )
        whole = text is not None and start is not None and end is not None
        agency = index.agencies.get(row["agency_id"], {})
        itself = index.documents.get(document, {})
        added["_rank"].append(ranks[plan])
        added["_previous_end"].append(previous.get(plan))
        added["_document_plan"].append(itself.get("plan_id"))
        added["_characters"].append(itself.get("characters"))
        added["_source_text"].append(index.repaired(document, row["source_start"], row["source_end"]))
        added["_published_text"].append(
            index.slice_of(document, row["source_start"], row["source_end"]) or "(no text)"
        )
        added["_before"].append((text or "")[max(0, (start or 0) - 1) : start or 0] if whole else None)
        added["_after"].append((text or "")[end : (end or 0) + 1] if whole else None)
        added["_unlisted"].append(tuple(_unlisted_issuers(index, plan, document)) if ranks[plan] == 1 else ())
        _add_agency(index, added, row, agency)
        previous[plan] = row["source_end"]
    return added


def _unlisted_issuers(index: Index, plan_id: object, document: object) -> Iterator[str]:
    """Names that stand in the signature block of a plan, on its lines, and are no issuers of it."""
    rows = [row for row in index.rows("issuers") if row["plan_id"] == plan_id]
    text = index.published(document) or ""
    label = str(index.places.get(index.plans.get(plan_id, {}).get("place"), {}).get("label") or "\0")
    named = {str(row["as_written"]) for row in rows}
    places = [index.place(document, row["source_start"]) for row in rows if row["document_id"] == document]
    known = [place for place in places if place is not None]
    if not known:
        return
    begin = text.rfind("\n", 0, min(known)) + 1
    for line in text[begin:].split("\n"):
        names = line.split()
        if names and not all(
            name.startswith(label) and re.search(r"[局委办厅部会院府]$", name) for name in names
        ):
            break
        yield from (name for name in names if name not in named)


def _add_agency(index: Index, added: dict[str, list[object]], row: Row, agency: Row) -> None:
    """What the agency table and the vocabulary say of a row that names an agency."""
    plan = index.plans.get(row["plan_id"], {})
    added["_agency_place"].append(agency.get("place"))
    added["_agency_level"].append(agency.get("level"))
    added["_agency_labels"].append(index.labels_of(agency))
    added["_agency_names"].append((agency.get("name"), agency.get("short_name")))
    rows = index.agency_rows(str(row["as_written"] or ""), plan)
    added["_slugs"].append(tuple(sorted({each["slug"] for each in rows})))
    added["_plan_places"].append(index.places_of_plan(plan))


# --- clauses ----------------------------------------------------------------------------------------------------


def _clauses(index: Index) -> Added:
    added: dict[str, list[object]] = defaultdict(list)
    rows = index.rows("clauses")
    children = {table: index.by(table, "clause_id") for table in LETTERS}
    ranks: Counter[object] = Counter()
    laid = _laid_on(index)
    headings: dict[object, dict[int, str]] = {}
    for place, row in enumerate(rows):
        plan, document, clause = row["plan_id"], row["document_id"], row["clause_id"]
        before = rows[place - 1] if place and rows[place - 1]["plan_id"] == plan else None
        after = rows[place + 1] if place + 1 < len(rows) and rows[place + 1]["plan_id"] == plan else None
        chapter = row["chapter_number"]
        ranks[plan, chapter] += 1
        itself = index.documents.get(document, {})
        own_end = itself.get("plan_end")
        kinds = index.issues.get(clause, set()) | index.issues.get(document, set())
        if document not in headings:
            headings[document] = _headings(index, itself)
        stated = [each for each in children["responsibilities"].get(clause, []) if each["basis"] == "stated"]
        numbered = [each for each in rows[:place] if each["plan_id"] == plan and each["number"] is not None]
        added["_rank"].append(ranks[plan, chapter])
        added["_expected_id"].append(f"{plan}/{chapter}.{ranks[plan, chapter]}")
        added["_base_document"].append(index.plans.get(plan, {}).get("base_document_id"))
        added["_plan_start"].append(itself.get("plan_start"))
        added["_plan_end"].append(own_end)
        added["_previous_end"].append(before["source_end"] if before is not None else None)
        added["_previous_number"].append(numbered[-1]["number"] if numbered else None)
        added["_opens_chapter"].append(not numbered or numbered[-1]["chapter_number"] != chapter)
        added["_previous_chapter"].append(before["chapter_number"] if before is not None else None)
        added["_numbering_issue"].append("numbering" in kinds)
        text, start = index.published(document) or "", index.place(document, row["source_start"])
        added["_character_before"].append(text[start - 1 : start] if start else "")
        goes_on = before is not None and before["chapter_number"] == chapter and row["number"] is None
        added["_goes_on_from"].append(before["number"] if before is not None and goes_on else None)
        added["_bracket_before"].append(before["responsibility_text"] if before is not None else None)
        added["_source_text"].append(index.repaired(document, row["source_start"], row["source_end"]))
        added["_published_text"].append(
            index.slice_of(document, row["source_start"], row["source_end"]) or "(no text)"
        )
        next_start = after["source_start"] if after is not None else own_end
        added["_between"].append(index.slice_of(document, row["source_end"], next_start))
        added["_before_first"].append(_before_first(index, row, itself) if before is None else None)
        added["_headings"].append(headings[document])
        added["_roles"].append(_roles(row))
        headings_of_row = (str(row["title"] or ""), str(row["chapter_title"] or ""))
        added["_sector"].append(index.lookups.sector(*headings_of_row) if index.lookups else row["sector_id"])
        added["_names"].append(tuple(str(each["as_written"]) for each in stated))
        added["_responsibilities"].append(len(children["responsibilities"].get(clause, [])))
        added["_no_responsibility"].append("no-responsibility" in index.issues.get(clause, set()))
        missing, extra = _inherited(index, row, laid, children["responsibilities"].get(clause, []))
        added["_not_inherited"].append(missing)
        added["_inherited_from_nowhere"].append(extra)
        added["_number_spans"].append(_spans(index, row, children["numbers"].get(clause, [])))
        added["_measure_spans"].append(_spans(index, row, children["measures"].get(clause, [])))
        added["_uncommitted"].append(_uncommitted(index, row, children["targets"].get(clause, [])))
    return added


def _before_first(index: Index, row: Row, document: Row) -> str | None:
    """What stands between a plan's title and its first clause."""
    text = index.slice_of(row["document_id"], document.get("plan_start"), row["source_start"])
    title = str(index.plans.get(row["plan_id"], {}).get("title") or "")
    if text is None:
        return None
    squeezed = _squeezed(text)
    return (
        text[len(text) - len(squeezed.removeprefix(_squeezed(title))) :]
        if squeezed == _squeezed(title)
        else text.split("\n", 1)[-1]
    )


def _headings(index: Index, document: Row) -> dict[int, str]:
    """The headings of the chapters that a plan's own text prints; of two with one number, the first."""
    text = (
        index.slice_of(document.get("document_id"), document.get("plan_start"), document.get("plan_end"))
        or ""
    )
    found: dict[int, str] = {}
    for match in CHAPTER.finditer(text):
        number = reading.numeral(match[1])
        if number is not None and number == len(found) + 1:
            found[number] = match[2].strip().rstrip("。")
    return found


def _roles(row: Row) -> tuple[str, ...]:
    """The roles that the headings of a clause allow, read simply."""
    if row["chapter_number"] == 0:
        return ("context",)
    title, chapter, text = (str(row[column] or "") for column in ("title", "chapter_title", "text"))
    if title and len(title) <= 12:
        if re.search(r"指导思想|形势|现状|背景|创建对象|适用范围", title):
            return ("context",)
        if re.search(r"(?:基本|工作|实施|主要)原则", title):
            return ("principle",)
        if re.search(r"(?:主要|总体|工作|发展|行动)目标|目标(?:任务|指标|要求)", title):
            return ("objective",)
    if re.search(r"形势|现状|背景|创建对象|工作基础", chapter):
        return ("context", "objective") if TIME.match(text) else ("context",)
    if re.search(r"(?:主要|总体|工作|发展|行动)目标|目标指标", chapter):
        return ("objective",)
    if re.search(r"(?:基本|工作)原则", chapter):
        return ("principle",)
    if re.search(r"总体(?:要求|思路)|指导思想|总则", chapter):
        return ("objective",) if TIME.match(text) and row["number"] is None else ("context",)
    if re.search(
        r"保障措施|组织(?:实施|领导|保障)|(?:工作|实施)(?:保障|落实|要求)|(?:贯彻|推进|督促)落实|落实责任"
        r"|有关要求|附则|实施期|有效期|实施日期|施行",
        chapter,
    ):
        return ("assurance",)
    return ("task",)


def _laid_on(index: Index) -> dict[object, list[Row]]:
    """By plan: the rows of responsibilities that an earlier clause lays on all later ones."""
    found: dict[object, list[Row]] = defaultdict(list)
    for row in index.rows("responsibilities"):
        clause = index.clauses.get(row["clause_id"])
        text = str(clause["responsibility_text"] or "") if clause is not None else ""
        laid = reading.inheritance(text) if row["basis"] == "stated" and "不再" in text else ""
        if laid and str(row["as_written"]).removeprefix("各") in laid:
            found[row["plan_id"]].append(row)
    return found


def _inherited(
    index: Index, clause: Row, laid: Mapping[object, list[Row]], rows: list[Row]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The agencies that a clause should inherit and does not, and those that it inherits from no clause.

    A clause that names the agency itself, in the same words, need not inherit it.
    """
    order = index.clause_order[clause["clause_id"]]
    stated = {(row["agency_id"], row["as_written"]) for row in rows if row["basis"] == "stated"}
    earlier = [row for row in laid.get(clause["plan_id"], []) if index.clause_order[row["clause_id"]] < order]
    wanted = {(row["agency_id"], row["clause_id"]) for row in earlier if clause["number"] is not None}
    named = {
        (row["agency_id"], row["clause_id"])
        for row in earlier
        if (row["agency_id"], row["as_written"]) in stated
    }
    found = {(row["agency_id"], row["inherited_from"]) for row in rows if row["basis"] == "inherited"}
    missing = tuple(sorted(str(agency) for agency, _ in wanted - found - named))
    extra = tuple(sorted(str(agency) for agency, _ in found - wanted))
    return missing, extra


def _spans(index: Index, clause: Row, rows: list[Row]) -> tuple[tuple[int, int], ...]:
    """Where rows of a clause stand in its text."""
    spans = []
    for row in rows:
        start, end = index.offset(clause, row["source_start"]), index.offset(clause, row["source_end"])
        if start is not None and end is not None:
            spans.append((start, end))
    return tuple(spans)


def _uncommitted(index: Index, clause: Row, targets: list[Row]) -> tuple[str, ...]:
    """The parts, between 。 and ；, of sentences that open with a time, which no target of the clause covers."""
    text = index.clause_text(clause)
    if clause["role"] == "context" or ("年" not in text and "五" not in text):
        return ()
    spans = _spans(index, clause, targets)
    missing = []
    for sentence in re.finditer(r"[^。\n]+", text):
        opening = TIME.match(sentence[0])
        if opening is None or sentence[0].startswith("（"):
            continue
        for part in re.finditer(r"[^；]+", sentence[0]):
            start, end = sentence.start() + part.start(), sentence.start() + part.end()
            if not any(first < end and start < last for first, last in spans):
                missing.append(part[0])
                break
            if not part.start() and sentence[0].count("；") and not TIME.match(part[0]):
                break
    return tuple(missing)


# --- what hangs on a clause -------------------------------------------------------------------------------------


def _children(index: Index, table: str) -> tuple[dict[str, list[object]], list[tuple[Row, Row | None]]]:
    """What every table has whose rows stand in a clause, and each row with the clause that its range lies in."""
    added: dict[str, list[object]] = defaultdict(list)
    column, letter = TEXTS.get(table, "as_written"), LETTERS[table]
    ranks: Counter[object] = Counter()
    previous: dict[object, Row] = {}
    pairs: list[tuple[Row, Row | None]] = []
    order: tuple[int, int] | None = None
    for row in index.rows(table):
        clause = index.clauses.get(row["clause_id"])
        ranks[row["clause_id"]] += 1
        rank = ranks[row["clause_id"]]
        home = clause if row.get("inherited_from") is None else index.clauses.get(row["inherited_from"])
        document = home["document_id"] if home is not None else None
        start, end = row["source_start"], row["source_end"]
        at, to = index.offset(home, start), index.offset(home, end)
        text = index.clause_text(home)
        kind = (row["clause_id"], row.get("kind") if table == "targets" else row.get("basis"))
        last = previous.get(kind)
        key = (index.clause_order.get(row["clause_id"], -1), rank)
        added["_rank"].append(rank)
        added["_expected_id"].append(f"{row['clause_id']}/{letter}{rank}")
        added["_clause_plan"].append(clause["plan_id"] if clause is not None else None)
        added["_outer_start"].append(home["source_start"] if home is not None else None)
        added["_outer_end"].append(home["source_end"] if home is not None else None)
        added["_previous_start"].append(last["source_start"] if last is not None else None)
        added["_previous_end"].append(last["source_end"] if last is not None else None)
        added["_source_text"].append(index.repaired(document, start, end) if home is not None else None)
        known = at is not None and to is not None and 0 <= at <= to
        added["_clause_slice"].append(text[at:to] if known else "(no place in the clause)")
        added["_clause_text"].append(text if home is not None else None)
        added["_before"].append(text[:at] if known else None)
        added["_after"].append(text[to:] if known else None)
        added["_key"].append(key)
        added["_previous_key"].append(order)
        added["_row_text"].append(row[column])
        order = key
        previous[kind] = row
        pairs.append((row, home))
    return added, pairs


def _measures(index: Index) -> Added:
    added, pairs = _children(index, "measures")
    lookups = index.lookups
    verbless = {
        (each["clause_id"], each["source_start"])
        for each in index.rows("issues")
        if each["kind"] == "no-verb"
    }
    for (row, _), before in zip(pairs, added["_before"], strict=True):
        text = str(row["text"] or "")
        added["_verb"].append(lookups.verb(text) if lookups is not None else row["verb"])
        added["_verbless"].append((row["clause_id"], row["source_start"]) in verbless)
        added["_bindingness"].append(
            lookups.bindingness.get(str(row["verb"])) if lookups is not None else row["bindingness"]
        )
        added["_item"].append(_item_before(str(before or "")))
        added["_character_before"].append(str(before or "")[-1:])
    added["_character_after"] = [str(after or "")[:1] for after in added["_after"]]
    return added


def _item_before(before: str) -> int | None:
    """The number of the item that a place stands in: the last one that opens a line before it."""
    found = re.findall(r"(?m)^(\d{1,2})[．.、][ ]*(?![\d\s])", before)
    return int(found[-1]) if found else None


def _targets(index: Index) -> Added:
    added, pairs = _children(index, "targets")
    deadlines, by_clause = index.one("deadlines", "deadline_id"), index.by("deadlines", "clause_id")
    measures, numbers = index.by("measures", "clause_id"), index.by("numbers", "clause_id")
    labels = index.unit_labels()
    hedges = index.lookups.hedges if index.lookups is not None else ()
    same = Counter(_stated(row) for row, _ in pairs)
    for number, (row, clause) in enumerate(pairs):
        deadline = deadlines.get(row["deadline_id"], {})
        before = str(added["_before"][number] or "")
        added["_issued_on"].append(index.issued_on(row["plan_id"]))
        added["_deadline_clause"].append(deadline.get("clause_id"))
        added["_deadline_clause_wanted"].append(None if row["deadline_id"] is None else row["clause_id"])
        added["_deadline_end"].append(deadline.get("end_date"))
        added["_deadline_start"].append(deadline.get("start_date"))
        added["_sentence_before"].append(SENTENCE_END.split(before)[-1])
        added["_behind"].append(str(added["_after"][number] or "")[:60])
        added["_governing"].append(_governing(index, row, clause, by_clause.get(row["clause_id"], [])))
        added["_measure_here"].append(_measure_at(measures.get(row["clause_id"], []), row["source_start"]))
        added["_unit_labels"].append(labels.get(row["unit"], ()))
        added["_hedges"].append(hedges)
        quote = str(row["quote"] or "")
        added["_lead"].append(index.lookups.lead(quote) if index.lookups is not None else None)
        said = quote[: quote.find(str(row["value_as_written"]))] if row["value_as_written"] else quote
        sentence = str(added["_sentence_before"][number])
        added["_left_out"].append(
            index.lookups.left_out(sentence, said) if index.lookups is not None else None
        )
        added["_sharing"].append(same[_stated(row)])
        rests = [rest for _, rest in reading.quantities(str(row["value_as_written"] or ""))]
        added["_any_unit"].append(any(rest and rest in found for rest in rests for found in labels.values()))
        added["_numbers"].append(
            sum(
                each["disposition"] == "target" and each["value"] == row["value"] and _holds(row, each)
                for each in numbers.get(row["clause_id"], [])
            )
        )
    return added


def _stated(row: Row) -> tuple[object, ...]:
    """What the targets of one number in one quote have in common."""
    return tuple(row[name] for name in ("clause_id", "source_start", "source_end", "value_as_written"))


def _holds(outer: Row, inner: Row) -> bool:
    cells = [outer["source_start"], inner["source_start"], inner["source_end"], outer["source_end"]]
    return all(isinstance(cell, int) for cell in cells) and cells == sorted(cells)  # type: ignore[type-var]


def _governing(index: Index, row: Row, clause: Row | None, deadlines: list[Row]) -> tuple[object, ...]:
    """The times that can govern a target: the nearest before its number in its sentence, or those in its quote."""
    at, to = index.offset(clause, row["source_start"]), index.offset(clause, row["source_end"])
    if clause is None or at is None or to is None:
        return ()
    text = index.clause_text(clause)
    places = [
        (
            index.offset(clause, each["source_start"]),
            index.offset(clause, each["source_end"]),
            each["deadline_id"],
        )
        for each in deadlines
    ]
    known = sorted((start, end, name) for start, end, name in places if start is not None and end is not None)
    begin = max(text.rfind("。", 0, at), text.rfind("\n", 0, at)) + 1
    if row["kind"] == "milestone":
        own = tuple(name for start, end, name in known if at <= start and end <= to)
        if own:
            return own
        number_at = at
    else:
        found = reading.places_of(str(row["value_as_written"] or "\0"), text[at:to])
        number_at = at + (found[-1] if found else to - at)
    before = [
        (start, end, name)
        for start, end, name in known
        if begin <= start and end <= number_at and _reaches(text, start, number_at)
    ]
    if before and "分别" in text[before[-1][1] : to]:
        return tuple(name for _, _, name in before)
    return tuple(name for _, _, name in before[-1:])


def _reaches(text: str, start: int, place: int) -> bool:
    """Whether a time that stands in a bracket reaches a place: only as far as that bracket."""
    opening = text.rfind("（", 0, start)
    closing = text.rfind("）", 0, start)
    if opening <= closing:
        return True
    return text.find("）", start) >= place


def _measure_at(measures: list[Row], place: object) -> object:
    if isinstance(place, int):
        for row in measures:
            start, end = row["source_start"], row["source_end"]
            if isinstance(start, int) and isinstance(end, int) and start <= place < end:
                return row["measure_id"]
    return None


def _deadlines(index: Index) -> Added:
    added, pairs = _children(index, "deadlines")
    measures, numbers = index.by("measures", "clause_id"), index.by("numbers", "deadline_id")
    targets = Counter(row["deadline_id"] for row in index.rows("targets"))
    for row, _ in pairs:
        added["_issued_on"].append(index.issued_on(row["plan_id"]))
        added["_measure_here"].append(_measure_at(measures.get(row["clause_id"], []), row["source_start"]))
        added["_targets"].append(targets[row["deadline_id"]])
        added["_numbers"].append(
            sum(
                (each["source_start"], each["source_end"]) == (row["source_start"], row["source_end"])
                for each in numbers.get(row["deadline_id"], [])
            )
        )
    return added


def _responsibilities(index: Index) -> Added:
    added, pairs = _children(index, "responsibilities")
    stated = Counter(
        (row["clause_id"], row["item"])
        for row, clause in pairs
        if row["basis"] == "stated" and not _is_laid(row, clause)
    )
    for number, (row, home) in enumerate(pairs):
        source = row["inherited_from"]
        bracket = str(home["responsibility_text"] or "") if home is not None else ""
        if row["basis"] == "inherited":
            bracket = reading.inheritance(bracket)
        added["_bracket"].append(bracket)
        inherited = row["basis"] == "inherited"
        added["_agencies"].append(2 if inherited else stated[row["clause_id"], row["item"]])
        added["_mention"].append(_mention(index, row, home))
        added["_clause_order"].append(index.clause_order.get(row["clause_id"]))
        added["_source_order"].append(index.clause_order.get(source) if source is not None else None)
        added["_item"].append(None if inherited else _item_before(str(added["_before"][number] or "")))
        _add_agency(index, added, row, index.agencies.get(row["agency_id"], {}))
    return added


def _mention(index: Index, row: Row, home: Row | None) -> bool | None:
    """Whether a row stands where its bracket names it: among those whom later clauses inherit, or before them.

    None where the bracket lays nothing on later clauses.
    """
    bracket = str(home["responsibility_text"] or "") if home is not None else ""
    laid, text = reading.inheritance(bracket), index.clause_text(home)
    at, begin = index.offset(home, row["source_start"]), text.rfind(laid)
    if not laid or at is None:
        return None
    inside = begin <= at < begin + len(laid)
    return inside == (row["basis"] == "inherited" or _is_laid(row, home))


def _is_laid(row: Row, clause: Row | None) -> bool:
    text = str(clause["responsibility_text"] or "") if clause is not None else ""
    name = str(row["as_written"])
    laid = reading.inheritance(text)
    return name in laid and name not in text[: text.find(laid)]


def _numbers(index: Index) -> Added:
    added, pairs = _children(index, "numbers")
    targets, deadlines = index.one("targets", "target_id"), index.one("deadlines", "deadline_id")
    known = index.lookups.unit_labels if index.lookups is not None else {}
    units = frozenset(label for labels in known.values() for label in labels)
    for number, (row, clause) in enumerate(pairs):
        target = targets.get(row["target_id"], {})
        at = len(str(added["_before"][number] or ""))
        text, end = index.clause_text(clause), at + len(str(row["as_written"] or ""))
        added["_whole_number"].append(reading.number_at(text, at, end, units))
        deadline = deadlines.get(row["deadline_id"], {})
        added["_clause_role"].append(clause["role"] if clause is not None else None)
        added["_issued_on"].append(index.issued_on(row["plan_id"]))
        added["_target_clause"].append(target.get("clause_id"))
        added["_target_value"].append(target.get("value"))
        added["_target_text"].append(target.get("value_as_written"))
        added["_target_holds"].append(bool(target) and _holds(target, row))
        added["_deadline_text"].append(deadline.get("as_written"))
        added["_deadline_clause"].append(deadline.get("clause_id"))
    return added


# --- agencies, repairs, issues, vocabularies --------------------------------------------------------------------


def _agencies(index: Index) -> Added:
    added: dict[str, list[object]] = defaultdict(list)
    named: dict[object, list[Row]] = defaultdict(list)
    for table in ("issuers", "responsibilities"):
        for row in index.rows(table):
            named[row["agency_id"]].append(row)
    previous: object = None
    for row in index.rows("agencies"):
        place = index.places.get(row["place"], {})
        mentions = named.get(row["agency_id"], [])
        printed = {str(each["as_written"]) for each in mentions}
        added["_mentions"].append(len(mentions))
        added["_place_en"].append(place.get("label_en"))
        added["_division_code"].append(place.get("division_code"))
        known = index.agency_rows(str(row["short_name"] or ""), row)
        slug = str(row["agency_id"] or "").partition("/")[2]
        added["_levels"].append(_levels(row, place, known))
        named_so = [each for name in sorted(printed) for each in index.agency_rows(name, row)]
        # Branches of central bodies: 梧州银保监分局 is spelled out as 中国银行保险监督管理委员会*监管分局.
        of_slug = index.lookups.agency_rows_of(slug) if index.lookups is not None else ()
        spelled = [*known, *named_so, *(each for each in of_slug if "*" in each["full_name"])]
        added["_full_names"].append(tuple(sorted({each["full_name"].removeprefix("=") for each in spelled})))
        added["_endings"].append(index.lookups.agency_endings if index.lookups is not None else ())
        added["_known"].append(index.lookups.agency_kinds(slug) if index.lookups is not None else ())
        added["_printed"].append(tuple(sorted(printed)))
        province = {"place": place.get("province")}
        added["_labels"].append((*index.labels_of(row), *index.labels_of(province)))
        added["_previous"].append(previous)
        previous = row["agency_id"]
    return added


def _levels(row: Row, place: Row, known: list[Mapping[str, str]]) -> tuple[str, ...]:
    """The levels that an agency can have: what the vocabulary says, else its place's, or the one below for groups."""
    own = str(place.get("level") or "")
    stated = {each["level"] for each in known} or {""}
    levels = {"central" if level == "national" else level for level in stated - {""}}
    if "" in stated:
        levels.add("central" if own == "national" else own)
        if row["is_group"] and row["function_id"] == "local-government":
            name = str(row["short_name"] or "")
            levels -= {own}
            if own != "provincial" or re.search("[市州盟]", name):
                levels.add(BELOW.get(own, own))
            if own == "provincial" and re.search("[区县旗]", name.replace("设区市", "")):
                levels.add("county")
    return tuple(sorted(levels))


def _repairs(index: Index) -> Added:
    added: dict[str, list[object]] = defaultdict(list)
    seeds = index.package.seeds
    ranks: Counter[object] = Counter()
    ends: dict[object, object] = {}
    order = {document: place for place, document in enumerate(index.documents)}
    previous: object = None
    for row in index.rows("repairs"):
        document, start, end = row["document_id"], row["source_start"], row["source_end"]
        ranks[document] += 1
        raw = seeds.texts.get(str(document)) if seeds is not None else None
        added["_expected_id"].append(f"{document}/f{ranks[document]}")
        added["_previous_end"].append(ends.get(document))
        added["_raw"].append(
            raw[start:end] if raw is not None and isinstance(start, int) and isinstance(end, int) else None
        )
        added["_errata"].append(_reasons(index, row) if seeds is not None else None)
        added["_length"].append(end - start if isinstance(start, int) and isinstance(end, int) else None)
        added["_before_length"].append(len(str(row["before"] or "")))
        added["_characters"].append(index.documents.get(document, {}).get("characters"))
        key = (order.get(document, -1), ranks[document])
        added["_key"].append(key)
        added["_previous_key"].append(previous)
        previous = key
        ends[document] = end
    return added


def _reasons(index: Index, row: Row) -> tuple[str, ...]:
    """The reasons of the rows of errata.csv that a hand repair is part of, and that say what comes of it."""
    document, start, end = row["document_id"], row["source_start"], row["source_end"]
    if row["rule"] not in HAND or not isinstance(start, int) or not isinstance(end, int):
        return ()
    return tuple(
        erratum.get("reason") or ""
        for erratum, first, last in _errata(index, document)
        if erratum.get("rule") == row["rule"]
        and first <= start
        and end <= last
        and skeleton(plain(READINGS.sub("", erratum.get("after") or "")))
        == skeleton(index.repaired(document, first, last) or "")
    )


def _issues(index: Index) -> Added:
    added: dict[str, list[object]] = defaultdict(list)
    ranks: Counter[object] = Counter()
    for row in index.rows("issues"):
        owner = row["document_id"] or "package"
        ranks[owner] += 1
        clause = index.clauses.get(row["clause_id"])
        added["_expected_id"].append(f"{owner}/i{ranks[owner]}")
        added["_characters"].append(index.documents.get(row["document_id"], {}).get("characters"))
        added["_clause_document"].append(clause["document_id"] if clause is not None else row["document_id"])
        whole = _sentence_of(index, row) if row["kind"] == "no-verb" else clause
        added["_whole_span"].append(
            (whole["source_start"], whole["source_end"]) if whole is not None else None
        )
        added["_true"].append(_still_true(index, row))
    return added


def _sentence_of(index: Index, issue: Row) -> Row | None:
    """The measure that an issue of a sentence speaks of: that of its clause which begins where it does."""
    place = (issue["clause_id"], issue["source_start"])
    found = (row for row in index.rows("measures") if (row["clause_id"], row["source_start"]) == place)
    return next(found, None)


def _still_true(index: Index, row: Row) -> bool | None:
    """Whether the other tables bear out what an issue says; None where they cannot tell."""
    plan = index.plans.get(index.documents.get(row["document_id"], {}).get("plan_id"), {})
    clause = row["clause_id"]
    if row["kind"] == "no-responsibility":
        return not any(each["clause_id"] == clause for each in index.rows("responsibilities"))
    if row["kind"] == "no-measure":
        return not any(each["clause_id"] == clause for each in index.rows("measures"))
    if row["kind"] == "no-verb":
        return any(
            (each["clause_id"], each["source_start"], each["verb"]) == (clause, row["source_start"], None)
            for each in index.rows("measures")
        )
    if row["kind"] == "no-document-number":
        return plan.get("document_number") is None
    if row["kind"] == "no-date":
        return plan.get("issued_on") is None
    if row["kind"] == "no-issuers":
        return not any(each["plan_id"] == plan.get("plan_id") for each in index.rows("issuers"))
    return None


def _vocabulary(table: str) -> Callable[[Index], Added]:
    key = VOCABULARIES[table]

    def added(index: Index) -> Added:
        wanted = index.lookups.published(table) if index.lookups is not None else None
        found = index.rows(table)
        absent = tuple(sorted(set(wanted) - {str(row[key]) for row in found})) if wanted is not None else ()
        return {
            "_promised": [
                () if wanted is None else tuple(_unlike(row, wanted.get(str(row[key])))) for row in found
            ],
            "_absent": [absent if number == 0 else () for number in range(len(found))],
            "_previous": [None, *(row[key] for row in found[:-1])] if found else [],
        }

    return added


def _unlike(row: Row, wanted: Mapping[str, object] | None) -> Iterator[str]:
    if wanted is None:
        yield "schemas/vocabularies does not list it"
        return
    for column, value in wanted.items():
        if row.get(column) != value:
            yield f"{column}: schemas/vocabularies says {value!r}"


FRAMES: Mapping[str, Callable[[Index], Added]] = {
    "plans": _plans,
    "documents": _documents,
    "issuers": _issuers,
    "clauses": _clauses,
    "measures": _measures,
    "targets": _targets,
    "deadlines": _deadlines,
    "agencies": _agencies,
    "responsibilities": _responsibilities,
    "numbers": _numbers,
    "repairs": _repairs,
    "issues": _issues,
    **{table: _vocabulary(table) for table in VOCABULARIES},
}
