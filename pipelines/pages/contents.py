"""The tables of a package as rows, ready to be looked up, with what their codes and places are called."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pipelines.errors import PipelineError
from pipelines.home import IS_INSTALLED, ROOT
from pipelines.package.dataset import Dataset, Row
from pipelines.pages.wording import Words, without_level
from pipelines.schema import TableSchema, load_schemas
from pipelines.seeds.sources import read_sources

PROJECT = Words("China synergy plans", "减污降碳协同方案数据")

# The tables that the site shows.
NEEDED = (
    *("plans", "documents", "issuers", "clauses", "measures", "targets", "deadlines", "agencies"),
    *("responsibilities", "numbers", "repairs", "issues", "functions", "units", "sectors", "places"),
    *("indicators", "comparisons", "targets_wide", "measures_wide", "topics", "topic_codes"),
    *("citations", "national_documents", "parallels", "variants"),
)


def own_name(dataset: Dataset) -> Words | None:
    """What somebody's own package, which holds none of the project's plans, is called by: its folder; None for ours."""
    ours = set() if IS_INSTALLED else {row.plan_id for row in read_sources(ROOT / "seeds")}
    if "plans" not in dataset.tables or not ours.isdisjoint(row["plan_id"] for row in dataset.rows("plans")):
        return None
    folder = dataset.files.path.resolve().name
    return Words(f"Plans of {folder}", f"{folder} 的方案")


@dataclass(frozen=True)
class Contents:
    """Every table of a package by its rows, with the schemas that describe them."""

    dataset: Dataset
    tables: Mapping[str, tuple[Row, ...]]
    schemas: Mapping[str, TableSchema]

    @property
    def version(self) -> str:
        """The version that the descriptor gives the data."""
        return self.dataset.version

    @cached_property
    def own_name(self) -> Words | None:
        """What a package of somebody's own is called by; None for the project's."""
        return own_name(self.dataset)

    @property
    def name(self) -> Words:
        """What the package is called by."""
        return self.own_name or PROJECT

    @property
    def descriptor(self) -> Mapping[str, Any]:
        """What datapackage.json says."""
        return self.dataset.descriptor

    @cached_property
    def plans(self) -> Mapping[str, Row]:
        """Plans by their id, in the order of publication."""
        return self.by_key("plans")

    @cached_property
    def clauses(self) -> Mapping[str, Row]:
        """Clauses by their id."""
        return self.by_key("clauses")

    @cached_property
    def agencies(self) -> Mapping[str, Row]:
        """Agencies by their id."""
        return self.by_key("agencies")

    @cached_property
    def units(self) -> Mapping[str, Row]:
        """Units by their id."""
        return self.by_key("units")

    @cached_property
    def documents(self) -> Mapping[str, Row]:
        """Copies of plans by their id."""
        return self.by_key("documents")

    def by_key(self, table: str) -> Mapping[str, Row]:
        """The rows of a table with a primary key of one column, by that key."""
        key = self.schemas[table].primary_key[0]
        return {row[key]: row for row in self.tables[table]}

    def where(self, table: str, **cells: object) -> list[Row]:
        """The rows of a table whose columns hold these values; the first is looked up in an index."""
        (first, sought), *others = cells.items()
        index = self._indexes.get((table, first))
        if index is None:
            index = self._indexes[table, first] = defaultdict(list)
            for row in self.tables[table]:
                index[row[first]].append(row)
        return [row for row in index.get(sought, ()) if all(row[name] == cell for name, cell in others)]

    @cached_property
    def _indexes(self) -> dict[tuple[str, str], dict[object, list[Row]]]:
        return {}

    def place(self, plan_id: str) -> Words:
        """The place of a plan, short: Wuhan, 武汉; the id of one that is of no known place."""
        return self._places.get(self.plans[plan_id]["place"], Words(plan_id, plan_id))

    def called(self, plan_id: str) -> Words:
        """What tells a plan from the others: its place, or its title where that place has several plans."""
        place, row = self.place(plan_id), self.plans[plan_id]
        return place if self._plans_of[place] == 1 else Words(row["title_en"] or row["title"], row["title"])

    @cached_property
    def _plans_of(self) -> Counter[Words]:
        return Counter(self.place(plan) for plan in self.plans)

    def base(self, plan_id: str) -> Row | None:
        """The copy that the rows of a plan were read from; None where the package names none that it has."""
        return self.documents.get(self.plans[plan_id]["base_document_id"])

    def sector(self, clause_id: str) -> Words:
        """The sector of a clause; nothing where it has none."""
        return self.labels["sectors"].get(self.clauses[clause_id]["sector_id"], Words("", ""))

    def gloss(self, target: Row) -> str:
        """What the indicator of a target is called in English, with what narrows it; nothing where no vocabulary has it."""
        told = self.by_key("targets_wide").get(target["target_id"], {})
        label, narrowed = told.get("indicator_en") or "", told.get("qualifiers_en")
        return f"{label} ({narrowed})" if label and narrowed else label

    @cached_property
    def labels(self) -> Mapping[str, Mapping[str, Words]]:
        """What the codes of each bilingual vocabulary are called: labels["sectors"]["energy"]."""
        return {
            table: {
                row[self.schemas[table].primary_key[0]]: Words(row["label_en"], row["label"])
                for row in self.tables[table]
            }
            for table in ("functions", "units", "sectors")
        }

    def code(self, table: str, column: str, code: str) -> Words:
        """What a code of a coded column is called."""
        return self.codes(table, column).get(code, Words(code, code))

    def codes(self, table: str, column: str) -> Mapping[str, Words]:
        """All codes of a coded column with what they are called, in the order of the schema."""
        found = (field.categories for field in self.schemas[table].fields if field.name == column)
        return {each.value: Words(each.label, each.label_zh) for each in next(found, ())}

    @cached_property
    def cited(self) -> Words:
        """The package as a citation names it: its title, version and address, as far as it has them."""
        if self.own_name is not None:
            return self.own_name
        title = str(self.descriptor.get("title", self.name.en))
        address = str(self.descriptor.get("homepage", ""))
        parts = [f"version {self.version}", *([address] if address else [])]
        return Words(
            ", ".join([title, *parts]),
            "，".join([str(self.descriptor.get("title_zh", title)), f"版本 {self.version}", *parts[1:]]),
        )

    def cited_plan(self, plan_id: str) -> Words:
        """A plan as a citation names it: its title in Chinese, and its number where one is printed."""
        row = self.plans[plan_id]
        number = row["document_number"]
        return Words(
            f"《{row['title']}》{f' ({number})' if number else ''}",
            f"《{row['title']}》{f'（{number}）' if number else ''}",
        )

    @cached_property
    def _places(self) -> Mapping[str, Words]:
        return {
            row["place_id"]: Words(row["label_en"], without_level(row["label"]))
            for row in self.tables["places"]
        }

    def raw(self, document_id: str) -> str:
        """The seed of a copy, decoded as UTF-8 and otherwise untouched; PipelineError where it is not there."""
        seeds = self.dataset.seeds
        if seeds is None or document_id not in seeds.texts:
            path = self.documents[document_id]["path"]
            raise PipelineError(
                file=self.dataset.files.where(f"seeds/{path}"),
                place="",
                found="no text in UTF-8",
                expected=f"the seed that {document_id} was read from",
                remedy="name the folder of the seeds (--seeds), or build the package again",
            )
        return seeds.texts[document_id]


def contents(dataset: Dataset) -> Contents:
    """The rows of a package; PipelineError where it lacks one of the tables that the site shows."""
    names = dict.fromkeys((*NEEDED, *dataset.tables))
    return Contents(dataset, {name: dataset.rows(name) for name in names}, load_schemas())
