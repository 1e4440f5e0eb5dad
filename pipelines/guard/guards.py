"""The guards on the tables of one package, loaded once: for `validate`, and for tables that are changed in memory."""

from collections.abc import Callable, Mapping
from functools import cached_property

import pandas as pd

from pipelines.guard.checks import Found, View
from pipelines.guard.files import is_of_this_code
from pipelines.guard.parity import check_types
from pipelines.guard.report import Check
from pipelines.guard.reread import NO_SEEDS, Reread
from pipelines.guard.suites import Expectation, PlanOf, Runner, checked, load_suites
from pipelines.package.dataset import Dataset
from pipelines.package.files import SEEDS
from pipelines.schema import load_schemas
from pipelines.vocabulary import Vocabulary, load_vocabulary, vocabulary_beside

Only = Callable[[str, Expectation], bool]


class Guards:
    """The expectations of the suites, and the seeds read again, on a package; of its version are the words that bind it."""

    def __init__(self, package: Dataset) -> None:
        self.package = package
        self.schemas = load_schemas()
        self.vocabulary = self._vocabulary() if is_of_this_code(package) else None
        self.suites = load_suites(self.schemas)
        self.reread = Reread(package, self.schemas).checks

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
            return NO_SEEDS
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
