"""Reads the facts that every description of the dataset states, all of them from one place.

That place is schemas/package.json with schemas/tables and the rows of data/. No form of the metadata adds a fact
of its own, and what is not known there (an address, a DOI, a date of release) is left out of all of them.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from pipelines.errors import PipelineError
from pipelines.package.dataset import Dataset, read_dataset
from pipelines.package.descriptor import WrittenFile, package_descriptor
from pipelines.package.files import digest
from pipelines.schema import TableSchema, load_package, load_schemas


@dataclass(frozen=True)
class Licence:
    """A licence: SPDX identifier, address of its text, title."""

    name: str
    path: str
    title: str


@dataclass(frozen=True)
class PublishedFile:
    """A file of the package, its path from the root of the package; `table` is None for a text."""

    name: str
    path: str
    media_type: str
    title: str
    title_zh: str
    description: str
    description_zh: str
    size_bytes: int
    sha256: str
    table: str | None

    @property
    def is_parquet(self) -> bool:
        return self.media_type == "application/vnd.apache.parquet"


@dataclass(frozen=True)
class CoveredPlace:
    """A place that a plan of the dataset is for, with the province that it lies in (itself for a municipality)."""

    place_id: str
    label: str
    label_en: str
    division_code: str | None
    province: str | None
    province_en: str | None


@dataclass(frozen=True)
class SourcePlan:
    """A plan that the tables were read from, as far as its copies print who issued it, its number and its date."""

    plan_id: str
    title: str
    title_en: str
    document_number: str | None
    issued_on: datetime.date | None
    issuers: tuple[str, ...]


@dataclass(frozen=True)
class Facts:
    """All that the descriptions of the dataset say; `first_day` and `last_day` span the deadlines of the plans.

    `released` and `homepage` are the keys `created` and `homepage` of package.json, None while it has none.
    """

    name: str
    title: str
    title_zh: str
    description: str
    description_zh: str
    version: str
    keywords: tuple[str, ...]
    licence: Licence
    rights: str
    rights_zh: str
    creators: tuple[str, ...]
    released: str | None
    homepage: str | None
    schemas: tuple[TableSchema, ...]
    files: tuple[PublishedFile, ...]
    places: tuple[CoveredPlace, ...]
    plans: tuple[SourcePlan, ...]
    first_day: datetime.date | None
    last_day: datetime.date | None


def read_facts(root: Path) -> Facts:
    """The facts of the project in `root`, which holds schemas/ and a built data/.

    Raises PipelineError for a file that is missing or cannot be read, and for a package without exactly one licence
    or without a creator.
    """
    package = load_package(root / "schemas")
    schemas = load_schemas(root / "schemas")
    dataset = read_dataset(root)
    tables = {name: dataset.table(name) for name in schemas}
    place = root / "schemas" / "package.json"
    licences = [Licence(**each) for each in _list(package, "licenses")]
    creators = tuple(
        str(each["title"]) for each in _list(package, "contributors") if "creator" in each["roles"]
    )
    if len(licences) != 1 or not creators:
        raise PipelineError(
            file=place,
            place="licenses, contributors",
            found=f"{len(licences)} licences and {len(creators)} creators",
            expected="one licence, and at least one contributor with the role creator",
            remedy="correct the list",
        )
    days = _days(tables)
    return Facts(
        **{key: str(package[key]) for key in ("name", "title", "title_zh", "description", "description_zh")},
        **{key: str(package[key]) for key in ("version", "rights", "rights_zh")},
        keywords=tuple(str(keyword) for keyword in _list(package, "keywords")),
        licence=licences[0],
        creators=creators,
        released=str(package["created"])[:10] if "created" in package else None,
        homepage=str(package["homepage"]) if "homepage" in package else None,
        schemas=tuple(schemas.values()),
        files=tuple(_file(resource) for resource in _list(described(dataset, root / "schemas"), "resources")),
        places=_places(tables),
        plans=_plans(tables),
        first_day=min(days, default=None),
        last_day=max(days, default=None),
    )


def described(dataset: Dataset, folder: Path) -> dict[str, object]:
    """What datapackage.json is to say by the schemas in `folder`, of the files that the package has."""
    package, schemas = load_package(folder), load_schemas(folder)
    tables = {name: dataset.table(name) for name in schemas}
    return package_descriptor(
        package,
        schemas,
        tables,
        {name: _written(dataset, f"data/{name}.csv") for name in tables},
        {name: _written(dataset, f"data/{name}.parquet") for name in tables},
        {
            name: _written(dataset, f"data/text/{name}.txt")
            for name in _column(tables["documents"], "document_id")
        },
        str(package["version"]),
    )


def _written(dataset: Dataset, path: str) -> WrittenFile:
    content = dataset.files.read(path)
    return WrittenFile(path, len(content), digest(content))


def _column(table: pa.Table, name: str) -> list[str]:
    return [str(cell) for cell in table.column(name).to_pylist()]


def _file(resource: Mapping[str, Any]) -> PublishedFile:
    is_parquet = "table" in resource
    return PublishedFile(
        **{key: str(resource[key]) for key in ("name", "path", "title", "title_zh")},
        **{key: str(resource[key]) for key in ("description", "description_zh")},
        media_type=str(resource["mediatype"]),
        size_bytes=int(resource["size_bytes" if is_parquet else "bytes"]),
        sha256=str(resource["hash"]).removeprefix("sha256:"),
        table=resource["table"] if is_parquet else resource["name"] if "schema" in resource else None,
    )


def _places(tables: Mapping[str, pa.Table]) -> tuple[CoveredPlace, ...]:
    rows = {row["place_id"]: row for row in tables["places"].to_pylist()}
    covered = []
    for place_id in sorted(set(tables["plans"].column("place").to_pylist())):
        row = rows[place_id]
        province = rows.get(row["province"])
        covered.append(
            CoveredPlace(
                place_id=place_id,
                label=row["label"],
                label_en=row["label_en"],
                division_code=row["division_code"],
                province=province["label"] if province else None,
                province_en=province["label_en"] if province else None,
            )
        )
    return tuple(covered)


def _plans(tables: Mapping[str, pa.Table]) -> tuple[SourcePlan, ...]:
    issuers: dict[str, list[str]] = {}
    for row in tables["issuers"].to_pylist():
        issuers.setdefault(row["plan_id"], []).append(row["as_written"])
    return tuple(
        SourcePlan(
            plan_id=row["plan_id"],
            title=row["title"],
            title_en=row["title_en"],
            document_number=row["document_number"],
            issued_on=row["issued_on"],
            issuers=tuple(issuers.get(row["plan_id"], [])),
        )
        for row in tables["plans"].to_pylist()
    )


def _days(tables: Mapping[str, pa.Table]) -> list[datetime.date]:
    rows = tables["deadlines"].select(["start_date", "end_date"]).to_pylist()
    return [day for row in rows for day in row.values() if day is not None]


def _list(mapping: Mapping[str, object], key: str) -> list[Any]:
    value = mapping.get(key)
    return list(value) if isinstance(value, list) else []
