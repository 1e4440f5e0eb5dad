"""Makes the two tables for people: a target or a measure in each row, with all that a reader asks of it.

A reader of English can use each alone: every code has its English beside it; the plan's own words stay as printed.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from pipelines.schema import TableSchema
from pipelines.vocabulary import Vocabulary

Row = Mapping[str, object]
Tables = Mapping[str, Sequence[Row]]
# The tables that they are made of
KEYED = (
    *("plans", "places", "documents", "clauses", "measures", "agencies"),
    *("functions", "sectors", "indicators", "units", "comparisons", "topic_codes"),
)
SOURCES = (*KEYED, "targets", "responsibilities", "topics")
TOPICS = {
    "instrument": "instruments_en",
    "pollutant": "pollutants_en",
    "fuel": "fuels_en",
    "technology": "technologies_en",
    "place": "places_of_action_en",
}
ROLES = {"lead": ("lead",), "named": ("shared", "sole"), "supporting": ("support",)}


class Wide:
    """The tables by their keys, and what codes are called."""

    def __init__(self, tables: Tables, schemas: Mapping[str, TableSchema], vocabulary: Vocabulary) -> None:
        self._tables, self._vocabulary = tables, vocabulary
        self._by_key = {
            name: {row[schemas[name].primary_key[0]]: row for row in tables[name]} for name in KEYED
        }
        self._labels = {
            (name, field.name): {each.value: each.label for each in field.categories}
            for name in ("targets", "measures", "plans", "comparisons")
            for field in schemas[name].coded
        }
        self._duties: dict[object, list[Row]] = defaultdict(list)
        for row in tables["responsibilities"]:
            self._duties[row["clause_id"]].append(row)
        self._targets: dict[object, list[Row]] = defaultdict(list)
        for row in tables["targets"]:
            self._targets[row["measure_id"]].append(row)
        self._topics: dict[object, list[Row]] = defaultdict(list)
        for row in tables["topics"]:
            self._topics[row["measure_id"]].append(self._of("topic_codes", row["code"]))

    def targets(self) -> Iterator[dict[str, object]]:
        """A row for each target."""
        qualifiers = {row.word: row.word_en for row in self._vocabulary.comparison_words}
        for row in self._tables["targets"]:
            compared = self._of("comparisons", row["target_id"])
            words = str(compared.get("qualifiers") or "").split("、")
            copied = (
                "target_id kind indicator indicator_id value unit comparator change baseline_year period_start "
                "deadline strength hedge quote source_start source_end"
            )
            yield {
                **{name: row[name] for name in copied.split()},
                **self._around(row),
                **self._agencies(row["clause_id"], self._of("measures", row["measure_id"]).get("item")),
                **{
                    f"{name}_en": self._label("targets", name, row)
                    for name in ("kind", "comparator", "strength")
                },
                "change_en": self._label("comparisons", "change", compared)
                or self._label("targets", "change", row),
                "indicator_en": self._of("indicators", row["indicator_id"]).get("label_en"),
                "qualifiers_en": _joined(qualifiers.get(word) for word in words),
                "unit_en": self._of("units", row["unit"]).get("label_en"),
            }

    def measures(self) -> Iterator[dict[str, object]]:
        """A row for each measure. `keywords_en` are the English words under which a search finds it."""
        for row in self._tables["measures"]:
            around, who = self._around(row), self._agencies(row["clause_id"], row["item"])
            indicators = [
                self._of("indicators", each["indicator_id"]) for each in self._targets[row["measure_id"]]
            ]
            found = self._topics[row["measure_id"]]
            action = self._vocabulary.action_en.get(str(row["verb"]))
            named = _joined(each.get("label_en") for each in indicators)
            about = (each.get("about") for each in indicators)
            topics = {
                column: _joined(each.get("label_en") for each in found if each.get("vocabulary") == name)
                for name, column in TOPICS.items()
            }
            yield {
                **{
                    name: row[name]
                    for name in ["measure_id", "text", "verb", "bindingness", "source_start", "source_end"]
                },
                **around,
                **who,
                **topics,
                "verb_en": action,
                "bindingness_en": self._label("measures", "bindingness", row),
                "indicators_en": named,
                "keywords_en": _joined(
                    [around["sector_en"], action, *topics.values(), named, *about, who["functions_en"]]
                ),
            }

    def _of(self, table: str, key: object) -> Row:
        return self._by_key[table].get(key, {})

    def _label(self, table: str, column: str, row: Row) -> str | None:
        return self._labels[table, column].get(str(row.get(column)))

    def _around(self, row: Row) -> dict[str, object]:
        """The plan, its place and the clause that a row is of."""
        plan, clause = self._of("plans", row["plan_id"]), self._of("clauses", row["clause_id"])
        place, document = (
            self._of("places", plan.get("place")),
            self._of("documents", plan.get("base_document_id")),
        )
        headings = {name: clause.get(name) for name in ("chapter_title", "title")}
        english = {name: self._vocabulary.heading_en.get(str(title)) for name, title in headings.items()}
        return {
            "plan_id": row["plan_id"],
            "plan_title": plan.get("title"),
            "plan_title_en": plan.get("title_en"),
            "place": plan.get("place"),
            "place_label": place.get("label"),
            "place_en": place.get("label_en"),
            "province_en": self._of("places", plan.get("province")).get("label_en"),
            "level_en": self._label("plans", "level", plan),
            "clause_id": row["clause_id"],
            "chapter_title": headings["chapter_title"],
            "chapter_title_en": english["chapter_title"],
            "clause_title": headings["title"],
            "clause_title_en": english["title"],
            "sector_id": clause.get("sector_id"),
            "sector_en": self._of("sectors", clause.get("sector_id")).get("label_en"),
            "document_id": plan.get("base_document_id"),
            "source_url": document.get("source_url"),
        }

    def _agencies(self, clause_id: object, item: object) -> dict[str, object]:
        """Who is responsible for a clause, or for its numbered item, by role, in the order of the plan."""
        duties = [row for row in self._duties[clause_id] if item is None or row["item"] in (None, item)]
        cells: dict[str, object] = {}
        for role, codes in ROLES.items():
            found = [self._of("agencies", row["agency_id"]) for row in duties if row["role"] in codes]
            cells[f"{role}_agencies"] = _joined((each.get("name") for each in found), "、")
            cells[f"{role}_agencies_en"] = _joined(each.get("name_en") for each in found)
        functions = (self._of("agencies", row["agency_id"]).get("function_id") for row in duties)
        cells["functions_en"] = _joined(self._of("functions", each).get("label_en") for each in functions)
        return cells


def _joined(words: Iterable[object], mark: str = "; ") -> str | None:
    """Words that are there, each once, in their order."""
    return mark.join(dict.fromkeys(str(word) for word in words if word)) or None
