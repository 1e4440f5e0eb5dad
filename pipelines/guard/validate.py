"""A package in, the report of every guard on it out."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import cached_property
from multiprocessing import get_context
from pathlib import Path

import pandas as pd

from pipelines.guard.checks import Found, View
from pipelines.guard.files import check_descriptor, check_files
from pipelines.guard.parity import check_parity, check_types
from pipelines.guard.report import GUARDS, Check, Report
from pipelines.guard.reread import Reread
from pipelines.guard.suites import Expectation, PlanOf, Runner, checked, load_suites
from pipelines.guard.tabular import check_tabular
from pipelines.package.dataset import Dataset, read_dataset
from pipelines.package.files import SEEDS
from pipelines.schema import load_package, load_schemas
from pipelines.vocabulary import Vocabulary, load_vocabulary, vocabulary_beside

Only = Callable[[str, Expectation], bool]

__all__ = ["Guards", "validate"]


def validate(
    package: Path, *, seeds: Path | None = None, other_version: bool = False, aside: bool = False
) -> Report:
    """Every guard on the package in a folder; `aside` gives Frictionless a process of its own, to be done sooner.

    `seeds` is the folder with the raw texts; by default the folder seeds beside the descriptor, if there is one.
    Without seeds the checks against the raw texts are reported as not run. So are, for a package of another version
    than the code, those against schemas and vocabularies; and it fails, unless `other_version` says that it may be of
    another. Raises PipelineError if there is no descriptor to read, or if a suite of expectations is broken.
    """
    read = read_dataset(package, seeds)
    with _tabular(read, package, aside=aside) as tabular:
        guards = Guards(read)
        checks = [
            *check_files(read),
            *check_descriptor(
                read, guards.schemas if guards.is_current else None, other_version=other_version
            ),
            *check_parity(read),
            *guards.expectations(read),
            *guards.reread(read),
            *tabular(),
        ]
    checks.sort(key=lambda check: list(GUARDS).index(check.guard))
    rows = {name: len(table) for name, table in read.frames.items()}
    return Report(str(package), read.version, rows, tuple(checks))


@contextmanager
def _tabular(read: Dataset, package: Path, *, aside: bool) -> Iterator[Callable[[], list[Check]]]:
    """What asks for the checks of Frictionless, begun at once in another process or done when asked for."""
    if not aside:
        yield lambda: check_tabular(read.resources, package)
        return
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        yield pool.submit(check_tabular, read.resources, package).result


class Guards:
    """The guards on the tables of one package, loaded once: for `validate`, and for tables that are changed in memory.

    `is_current` says whether the package is of the version of the code. Only then the schemas and vocabularies of
    the code bind it.
    """

    def __init__(self, package: Dataset) -> None:
        self.package = package
        self.schemas = load_schemas()
        self.is_current = package.version == str(load_package().get("version"))
        self.vocabulary = self._vocabulary() if self.is_current else None
        self.suites = load_suites(self.schemas)
        self._reread = Reread(package, self.schemas)

    def _vocabulary(self) -> Vocabulary | None:
        """The words that bind the package: ours, with those beside its seeds; None where it has such and they are not here."""
        files = self.package.files
        if self.package.seeds is not None and not files.is_archive:
            return vocabulary_beside(files.where(f"{SEEDS}sources.csv").parent)
        own = "issues" in self.package.frames and "own-vocabulary" in set(
            self.package.frames["issues"]["kind"]
        )
        return None if own else load_vocabulary()

    @cached_property
    def _runner(self) -> Runner:
        return Runner()

    def expectations(self, package: Dataset, only: Only = lambda _table, _expectation: True) -> list[Check]:
        """The checks of the suites on a package; of the expectations of a table that `only` takes."""
        view = View(package, self.vocabulary)
        unsound = {name: self._why_unsound(package, name) for name in self.schemas}
        checks: list[Check] = []
        for table, suite in self.suites.items():
            listed = [each for each in suite if only(table, each)]
            blind = {
                each.name: why for each in listed if (why := self._why_blind(package, table, each, unsound))
            }
            checks += [
                Check(
                    "expectations",
                    table,
                    each.name,
                    each.reason,
                    not_run=blind[each.name],
                    severity=each.severity,
                )
                for each in listed
                if each.name in blind
            ]
            checks += self._run(view, table, [each for each in listed if each.name not in blind])
        return checks

    def reread(self, package: Dataset, tables: Iterable[str] | None = None) -> list[Check]:
        """The checks that the seeds, read again, give the rows of a package; of some tables, if they are named."""
        why = "" if self.is_current else f"the package is of version {package.version}, the code of another"
        if not why and self.package.seeds is None:
            why = "no seeds: name their folder to hold the tables against the raw texts"
        return self._reread.checks(package, why, tables if tables is None else dict.fromkeys(tables))

    def check(self, package: Dataset, table: str, name: str) -> Check:
        """One expectation on a package: in milliseconds where it is a check of our own."""
        (expectation,) = [each for each in self.suites[table] if each.name == name]
        if expectation.rule is None or self._why_blind(package, table, expectation, {}):
            return self.expectations(package, lambda each, other: each == table and other.name == name)[0]
        view = View(package, self.vocabulary)
        found = expectation.rule.find(view, table)
        return checked(expectation, package.frames[table], self.schemas[table], found, _plan_of(view, table))

    def _run(self, view: View, table: str, expectations: list[Expectation]) -> list[Check]:
        findings: dict[str, list[Found]] = {
            each.name: list(each.rule.find(view, table)) for each in expectations if each.rule is not None
        }
        frame, schema = view.package.frames[table] if expectations else pd.DataFrame(), self.schemas[table]
        return self._runner.run(expectations, frame, schema, findings, _plan_of(view, table))

    def _why_unsound(self, package: Dataset, name: str) -> str:
        """Why a table cannot be held against expectations: it is not there, or not as its schema says."""
        table, schema = package.frames.get(name), self.schemas[name]
        if table is None:
            return f"the table {name} cannot be read"
        if list(table.columns) != list(schema.columns):
            return f"the table {name} has other columns than its schema"
        if not check_types(name, {"schema": schema.descriptor}, table).ok:
            return f"the table {name} holds values of other types than its schema"
        return ""

    def _why_blind(
        self, package: Dataset, table: str, expectation: Expectation, unsound: Mapping[str, str]
    ) -> str:
        """Why an expectation cannot see what it looks for: a table is unsound, there are no seeds, or no vocabulary."""
        rule = expectation.rule
        for name in (table, *(rule.reads if rule is not None else ())):
            if unsound.get(name):
                return unsound[name]
        if rule is not None and "seeds" in rule.needs and package.seeds is None:
            return "no seeds: name their folder to hold the tables against the raw texts"
        if rule is not None and "vocabulary" in rule.needs and self.vocabulary is None:
            return f"the package is of version {package.version}, the vocabularies here are of another"
        return ""


def _plan_of(view: View, table: str) -> PlanOf:
    """The plan that a row of a table belongs to; "" for one of no plan."""
    rows = view.rows(table) if table in view.package.frames else []
    documents = {}
    if "documents" in view.package.frames:
        documents = dict(
            zip(view.column("documents", "document_id"), view.column("documents", "plan_id"), strict=True)
        )

    def plan_of(row: int) -> str:
        cells = rows[row] if row < len(rows) else {}
        return str(cells.get("plan_id") or documents.get(cells.get("document_id")) or "")

    return plan_of
