"""Gathers all that the report on a project shows: checks, coverage, accuracy, planted faults, repairs."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from pipelines.errors import PipelineError
from pipelines.guard.accuracy import Score, accuracy
from pipelines.guard.report import Report
from pipelines.guard.validate import validate
from pipelines.package.dataset import Dataset, read_dataset
from pipelines.pages.report.coverage import NEEDED, PlanCoverage, coverage
from pipelines.pages.report.faults import Faults, read_faults
from pipelines.pages.report.passages import Passages
from pipelines.pages.wording import Words, without_level
from pipelines.schema import TableSchema, load_schemas

Row = Mapping[str, Any]
UNDECIDED = "undecided"


@dataclass(frozen=True)
class Accuracy:
    """The scores against one set of annotations; `not_run` says why there are none."""

    name: str
    scores: Sequence[Score]
    not_run: str = ""


@dataclass(frozen=True)
class Findings:
    """What came of holding a package against everything; a part that could not be had says why."""

    package: Dataset
    report: Report
    schemas: Mapping[str, TableSchema]
    passages: Passages
    plans: Mapping[str, Row]
    documents: Mapping[str, Row]
    coverage: Sequence[PlanCoverage]
    no_coverage: str
    accuracy: Sequence[Accuracy]
    faults: Faults
    repairs: Mapping[tuple[str, str], int]
    issues: Sequence[Row]

    def place(self, plan_id: str) -> Words:
        """The place of a plan, short; the id of one that is of no known place, or that is not there."""
        plan = self.plans.get(plan_id)
        if plan is None or not plan["place_en"]:
            return Words(plan_id, plan_id)
        places = self.package.rows("places") if "places" in self.package.tables else ()
        labels = (str(row.get("label")) for row in places if row.get("place_id") == plan["place"])
        return Words(str(plan["place_en"]), without_level(next(labels, str(plan["place"]))))

    def code(self, table: str, column: str, code: str) -> Words:
        """What a code of a coded column is called."""
        for field in self.schemas[table].coded:
            for category in field.categories:
                if (field.name, category.value) == (column, code):
                    return Words(category.label, category.label_zh)
        return Words(code, code)


def gather(root: Path, seeds: Path | None = None) -> Findings:
    """Everything about the package in `root`, with the annotations of `root`/tests/gold.

    `seeds` is the folder of its raw texts, where that is not seeds/ in it.

    Raises PipelineError if there is no descriptor to read; a table that is not whole is a failed check.
    """
    report = validate(root, seeds=seeds)
    package = read_dataset(root, seeds)
    schemas = load_schemas()
    broken = [name for name in NEEDED if not _is_whole(package, schemas[name], report)]
    tables = {name: rows_of(frame) for name, frame in package.frames.items()}
    covered: list[PlanCoverage] = []
    if not broken:
        covered = coverage(tables)
    whole = {
        name: tables.get(name, []) if _is_whole(package, schemas[name], report) else [] for name in schemas
    }
    return Findings(
        package=package,
        report=report,
        schemas=schemas,
        passages=Passages(package),
        plans={str(row["plan_id"]): row for row in whole["plans"]},
        documents={str(row["document_id"]): row for row in whole["documents"]},
        coverage=covered,
        no_coverage=", ".join(broken),
        accuracy=[
            _accuracy(root, "first", root / "tests" / "gold"),
            _accuracy(root, "independent", root / "tests" / "gold" / "independent"),
        ],
        faults=read_faults(root),
        repairs=Counter((str(row["document_id"]), str(row["rule"])) for row in whole["repairs"]),
        issues=whole["issues"],
    )


def rows_of(frame: pd.DataFrame) -> list[Row]:
    """The rows of a table, each by the names of its columns."""
    return [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]


def _is_whole(package: Dataset, schema: TableSchema, report: Report) -> bool:
    """Whether a table is there, has the columns of its schema, and in them values of their types."""
    frame = package.frames.get(schema.name)
    return (
        frame is not None
        and list(frame.columns) == list(schema.columns)
        and all(
            check.ok
            for check in report.checks
            if check.table == schema.name and check.name == "typed-values" and check.guard == "parity"
        )
        and not any(frame[field.name].isna().any() for field in schema.fields if field.required)
    )


def _accuracy(root: Path, name: str, folder: Path) -> Accuracy:
    try:
        return Accuracy(name, accuracy(root / "data", sorted(folder.glob("*.json"))))
    except PipelineError as error:
        return Accuracy(name, (), error.found)
