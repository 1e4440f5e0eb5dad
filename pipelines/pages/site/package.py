"""A published package and its seeds in; the tables as rows, ready to be looked up, out."""

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.errors import PipelineError
from pipelines.pages.site.wording import Words
from pipelines.schema import TableSchema, load_schemas

# A row of a published table: its columns are the public interface, so their names serve here too.
Row = Mapping[str, Any]

NEEDED = frozenset(
    {
        "plans",
        "documents",
        "issuers",
        "clauses",
        "measures",
        "targets",
        "deadlines",
        "agencies",
        "responsibilities",
    }
    | {"numbers", "repairs", "issues", "functions", "units", "sectors", "places"}
)


@dataclass(frozen=True)
class Package:
    """The package in `root`: descriptor, every published table, and the seeds it was made from."""

    root: Path
    descriptor: Mapping[str, Any]
    tables: Mapping[str, tuple[Row, ...]]
    schemas: Mapping[str, TableSchema]

    @property
    def version(self) -> str:
        """The version that the descriptor gives the data."""
        return str(self.descriptor.get("version", ""))

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
        """The place of a plan, short: Wuhan, 武汉."""
        return self._places[self.plans[plan_id]["place"]]

    def sector(self, clause_id: str) -> Words:
        """The sector of a clause."""
        return self.labels["sectors"][self.clauses[clause_id]["sector_id"]]

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
        field = next(field for field in self.schemas[table].fields if field.name == column)
        return {each.value: Words(each.label, each.label_zh) for each in field.categories}

    @cached_property
    def _places(self) -> Mapping[str, Words]:
        return {
            row["place_id"]: Words(row["label_en"], _without_level(row["label"]))
            for row in self.tables["places"]
        }

    def raw(self, document_id: str) -> str:
        """The seed of a copy, decoded as UTF-8 and otherwise untouched.

        Refuses a seed that is absent or no UTF-8.
        """
        path = self.root / "seeds" / self.documents[document_id]["path"]
        try:
            return str(path.read_bytes(), "utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise _unreadable(path, error, "the seed that the package was made from") from error


def read_package(root: Path) -> Package:
    """The package whose datapackage.json and data/ stand in `root`, and its seeds in `root`/seeds.

    Refuses a package that lacks its descriptor or one of the tables that the site shows.
    """
    path = root / "datapackage.json"
    try:
        descriptor = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise _unreadable(path, error, "the descriptor of a built package") from error
    names = sorted(NEEDED | {file.stem for file in (root / "data").glob("*.parquet")})
    tables = {name: _rows(root / "data" / f"{name}.parquet") for name in names}
    return Package(root=root, descriptor=descriptor, tables=tables, schemas=load_schemas())


def _rows(path: Path) -> tuple[Row, ...]:
    try:
        return tuple(pq.read_table(path).to_pylist())
    except (OSError, pa.ArrowInvalid) as error:
        raise _unreadable(path, error, "a table of a built package") from error


def _without_level(place: str) -> str:
    """
    >>> _without_level("武汉市"), _without_level("市中区")
    ('武汉', '市中区')
    """
    return place.removesuffix("市") if len(place) > 2 else place


def _unreadable(path: Path, error: Exception, expected: str) -> PipelineError:
    return PipelineError(
        file=path, place="", found=str(error), expected=expected, remedy="run make build, then make site"
    )
