"""The suites of schemas/expectations and frames in, a check for each expectation out; the one place that knows GX.

Two kinds of expectations of our own name a rule of `rules`: `expect_rows_to_satisfy` hands it the cells of a row,
`expect_cells_to_satisfy` each text in the listed columns. All others are those of GX.
"""

import inspect
import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import great_expectations as gx
import pandas as pd
from great_expectations.core.batch_definition import BatchDefinition
from great_expectations.data_context.types.base import ProgressBarsConfig
from great_expectations.execution_engine import PandasExecutionEngine
from great_expectations.expectations.expectation import MulticolumnMapExpectation
from great_expectations.expectations.metrics.map_metric_provider import (
    MulticolumnMapMetricProvider,
    multicolumn_condition_partial,
)

from pipelines.errors import PipelineError
from pipelines.guard.report import KEPT_FAILURES, Check, Failure
from pipelines.guard.rules import RULES
from pipelines.schema import SCHEMAS, TableSchema

EXPECTATIONS = SCHEMAS / "expectations"
ROWS, CELLS = "expect_rows_to_satisfy", "expect_cells_to_satisfy"
LINE = "_line"
DOMAIN = ("batch_id", "table", "column_list", "row_condition", "condition_parser", "ignore_row_if")


class RowsSatisfy(MulticolumnMapMetricProvider):
    """Whether the cells of each row satisfy a rule."""

    condition_metric_name = "multicolumn_values.rows_satisfy"
    condition_domain_keys = DOMAIN
    condition_value_keys = ("rule",)

    @multicolumn_condition_partial(engine=PandasExecutionEngine)  # type: ignore[untyped-decorator]
    def _pandas(cls, column_list: pd.DataFrame, rule: str, **_: object) -> "pd.Series[bool]":  # noqa: N805
        check = RULES[rule]
        columns = [column_list[name].tolist() for name in column_list.columns]
        good = [not check(*cells) for cells in zip(*columns, strict=True)]
        return pd.Series(good, index=column_list.index, dtype=bool)


class CellsSatisfy(MulticolumnMapMetricProvider):
    """Whether each cell of each row that holds a text satisfies a rule."""

    condition_metric_name = "multicolumn_values.cells_satisfy"
    condition_domain_keys = DOMAIN
    condition_value_keys = ("rule",)

    @multicolumn_condition_partial(engine=PandasExecutionEngine)  # type: ignore[untyped-decorator]
    def _pandas(cls, column_list: pd.DataFrame, rule: str, **_: object) -> "pd.Series[bool]":  # noqa: N805
        check = RULES[rule]
        good = [True] * len(column_list)
        for name in column_list.columns:
            for place, cell in enumerate(column_list[name].tolist()):
                if isinstance(cell, str) and check(cell):
                    good[place] = False
        return pd.Series(good, index=column_list.index, dtype=bool)


class ExpectRowsToSatisfy(MulticolumnMapExpectation):
    """Expect the cells of the listed columns, row by row, to satisfy a rule of pipelines.guard.rules."""

    rule: str
    ignore_row_if: Literal["all_values_are_missing", "any_value_is_missing", "never"] = "never"
    map_metric = "multicolumn_values.rows_satisfy"
    success_keys = ("rule", "mostly")
    args_keys = ("column_list", "rule")


class ExpectCellsToSatisfy(MulticolumnMapExpectation):
    """Expect each text in the listed columns to satisfy a rule of pipelines.guard.rules.

    GX wants two columns or more: where there is but one to look at, `_line`, which holds no text, is the second.
    """

    rule: str
    ignore_row_if: Literal["all_values_are_missing", "any_value_is_missing", "never"] = "never"
    map_metric = "multicolumn_values.cells_satisfy"
    success_keys = ("rule", "mostly")
    args_keys = ("column_list", "rule")


@dataclass(frozen=True)
class Expectation:
    """One expectation as its JSON file states it: its name in the suite, GX's type, arguments, and the reason."""

    name: str
    type: str
    kwargs: Mapping[str, Any]
    reason: str

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that it looks at."""
        listed = self.kwargs.get("column_list")
        if isinstance(listed, list):
            return tuple(listed)
        return tuple(self.kwargs[key] for key in ("column", "column_A", "column_B") if key in self.kwargs)


@dataclass(frozen=True)
class Suite:
    """The expectations of one table, and the suite that GX made of them: one for one."""

    table: str
    purpose: str
    expectations: tuple[Expectation, ...]
    loaded: gx.ExpectationSuite


def load_suites(schemas: Mapping[str, TableSchema], folder: Path = EXPECTATIONS) -> dict[str, Suite]:
    """The suites of all tables. Raises PipelineError if a table has none, or a file belongs to no table."""
    present = {path.stem for path in folder.glob("*.json")}
    if present != set(schemas):
        raise PipelineError(
            file=folder,
            place="",
            found=f"suites only of {', '.join(sorted(present))}",
            expected=f"one JSON file for each table: {', '.join(schemas)}",
            remedy="add or remove the suites that differ",
        )
    return {name: load_suite(folder / f"{name}.json") for name in schemas}


def load_suite(path: Path) -> Suite:
    """The suite of one file.

    GX drops an expectation that it does not know with no more than a log line. So the suite is refused, with a
    PipelineError, unless GX keeps each expectation with its type and its arguments; and so is an expectation
    without a name of its own in the suite, without a reason in meta.notes, or with a rule that is not there.
    """
    try:
        described = json.loads(path.read_text(encoding="utf-8"))
        listed = [_expectation(each) for each in described["expectations"]]
        purpose = str(described["meta"]["notes"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise _refused(
            path, "", f"no suite that can be read ({error!r})", "a suite as GX writes it"
        ) from None
    for place, (expectation, raw) in enumerate(zip(listed, described["expectations"], strict=True), start=1):
        _check(path, f"expectation {place}", expectation, raw, [each.name for each in listed])
    log = logging.getLogger("great_expectations")
    level = log.level
    log.setLevel(logging.CRITICAL)  # what it would say there is said here, as an error
    try:
        loaded = _loaded(path.stem, listed)
    except ValueError as error:  # what GX says of arguments that it cannot take
        found = " ".join(str(error).split())
        raise _refused(
            path, "", f"arguments that GX refuses ({found})", "those that the expectation takes"
        ) from None
    finally:
        log.setLevel(level)
    kept = [each.configuration for each in loaded.expectations]
    for place, expectation in enumerate(listed):
        same = place < len(kept) and kept[place].type == expectation.type
        if not same or not expectation.kwargs.items() <= kept[place].kwargs.items():
            raise _refused(
                path,
                f"expectation {place + 1}, {expectation.name}",
                f"{expectation.type} with {dict(expectation.kwargs)}, which GX drops or changes",
                f"an expectation that GX knows, with arguments that it takes ({len(kept)} of {len(listed)} are kept)",
            )
    return Suite(path.stem, purpose, tuple(listed), loaded)


def _expectation(raw: Mapping[str, Any]) -> Expectation:
    meta = raw.get("meta") or {}
    return Expectation(
        str(meta.get("name") or ""),
        str(raw["type"]),
        dict(raw["kwargs"]),
        str(meta.get("notes") or "").strip(),
    )


def _check(
    path: Path, place: str, expectation: Expectation, raw: Mapping[str, Any], names: Sequence[str]
) -> None:
    if not expectation.name or names.count(expectation.name) != 1:
        raise _refused(path, place, f"the name {expectation.name!r}", "meta.name, once in the suite")
    place = f"{place}, {expectation.name}"
    if not expectation.reason:
        raise _refused(path, place, "no reason", "meta.notes, which says why it is expected")
    if unknown := set(raw) - {"type", "kwargs", "meta"}:
        raise _refused(path, place, f"the key {', '.join(sorted(unknown))}", "type, kwargs and meta")
    if expectation.type in (ROWS, CELLS):
        rule = RULES.get(str(expectation.kwargs.get("rule")))
        if rule is None:
            found = repr(expectation.kwargs.get("rule"))
            raise _refused(path, place, f"the rule {found}", "the name of a rule in pipelines/guard/rules.py")
        given = len(expectation.columns) if expectation.type == ROWS else 1
        try:
            inspect.signature(rule).bind(*range(given))
        except TypeError as error:
            raise _refused(
                path, place, f"{given} columns ({error})", f"those that {rule.__name__} reads"
            ) from None


def _refused(path: Path, place: str, found: str, expected: str) -> PipelineError:
    return PipelineError(
        file=path,
        place=place,
        found=found,
        expected=expected,
        remedy="correct the suite; no guard runs without it",
    )


class Runner:
    """Runs suites on frames; one ephemeral context serves them all."""

    def __init__(self) -> None:
        self._context = gx.get_context(mode="ephemeral")
        self._context.variables.progress_bars = ProgressBarsConfig(globally=False)
        self._source = self._context.data_sources.add_pandas("tables")
        self._batches: dict[str, BatchDefinition[Any]] = {}

    def run(self, suite: Suite, frame: pd.DataFrame, schema: TableSchema) -> list[Check]:
        """A check for each expectation of a suite, on the frame of its table.

        First only whether each holds, which is quick; then, for those that do not, which rows fail.
        """
        batch, outcomes = self._first(suite, frame)
        failed = [
            each for each, outcome in zip(suite.expectations, outcomes, strict=True) if not outcome.success
        ]
        if failed:
            named = {"result_format": "COMPLETE", "unexpected_index_column_names": [LINE]}
            again = batch.validate(_loaded(suite.table, failed), result_format=named)
            told = dict(zip((each.name for each in failed), _in_order(failed, again.results), strict=True))
            outcomes = [
                told.get(each.name, outcome)
                for each, outcome in zip(suite.expectations, outcomes, strict=True)
            ]
        return [
            _checked(suite.table, expectation, outcome, frame, schema)
            for expectation, outcome in zip(suite.expectations, outcomes, strict=True)
        ]

    def failing(self, suite: Suite, frame: pd.DataFrame) -> list[Expectation]:
        """The expectations of a suite that do not hold, without the rows that fail: quicker than `run`."""
        _, outcomes = self._first(suite, frame)
        return [
            each for each, outcome in zip(suite.expectations, outcomes, strict=True) if not outcome.success
        ]

    def _first(self, suite: Suite, frame: pd.DataFrame) -> tuple[Any, list[Any]]:
        if frame.empty:  # nothing was joined to rows that are not there
            absent = {name for each in suite.expectations for name in each.columns}.difference(frame.columns)
            frame = frame.reindex(columns=[*frame.columns, *sorted(absent)])
        if frame.empty:  # its added columns are made row by row: without rows there are none
            columns = dict.fromkeys(
                [*frame.columns, *(name for each in suite.expectations for name in each.columns)]
            )
            frame = frame.reindex(columns=list(columns))
        if suite.table not in self._batches:
            asset = self._source.add_dataframe_asset(suite.table)
            self._batches[suite.table] = asset.add_batch_definition_whole_dataframe("whole")
        batch = self._batches[suite.table].get_batch({"dataframe": frame})
        first = batch.validate(suite.loaded, result_format="BOOLEAN_ONLY")
        return batch, _in_order(suite.expectations, first.results)


def _loaded(table: str, expectations: Sequence[Expectation]) -> gx.ExpectationSuite:
    return gx.ExpectationSuite(
        name=table,
        expectations=[
            {"type": each.type, "kwargs": dict(each.kwargs), "meta": {"notes": each.reason}}
            for each in expectations
        ],
    )


def _in_order(expectations: Sequence[Expectation], results: Sequence[Any]) -> list[Any]:
    """The results of GX, which come in an order of its own, in that of the expectations; all must be there."""
    left = list(results)
    ordered = []
    for expectation in expectations:
        place = next(
            (at for at, each in enumerate(left) if _is_of(each.expectation_config, expectation)), None
        )
        if place is None:
            raise RuntimeError(f"GX gave no result for {expectation.name}")
        ordered.append(left.pop(place))
    return ordered


def _is_of(configuration: Any, expectation: Expectation) -> bool:
    same: bool = configuration.type == expectation.type
    return same and expectation.kwargs.items() <= configuration.kwargs.items()


def _checked(
    table: str, expectation: Expectation, result: Any, frame: pd.DataFrame, schema: TableSchema
) -> Check:
    found: tuple[Failure, ...] = ()
    total = 0
    if not result.success:
        outcome = result.result or {}
        lines = [int(each[LINE]) for each in outcome.get("unexpected_index_list") or []]
        # Map expectations that fail name rows; others, and those that broke, say so in one sentence.
        total = len(lines) or 1
        if lines:
            found = tuple(_failure(expectation, frame, line, schema) for line in lines[:KEPT_FAILURES])
        else:
            found = (Failure((), ", ".join(expectation.columns), _observed(outcome), _broken(result)),)
    return Check("expectations", table, expectation.name, expectation.reason, len(frame), total, found)


def _failure(expectation: Expectation, frame: pd.DataFrame, line: int, schema: TableSchema) -> Failure:
    """The failing cell of a row. A rule speaks of the first column that it lists, unless that is an added one."""
    row = frame.iloc[line]
    key = tuple((name, str(row[name])) for name in schema.primary_key if name in frame.columns)
    columns = [name for name in expectation.columns if not name.startswith("_")] or list(schema.primary_key)
    column, message = columns[0], ""
    if expectation.type == ROWS:
        message = RULES[expectation.kwargs["rule"]](*(row[name] for name in expectation.columns))
    elif expectation.type == CELLS:
        for name in expectation.columns:
            if isinstance(row[name], str) and (message := RULES[expectation.kwargs["rule"]](row[name])):
                column = name
                break
    else:
        message = _plainly(expectation, row)
    value = row[column]
    return Failure(key, column, "" if value is None else str(value), message)


def _plainly(expectation: Expectation, row: "pd.Series[Any]") -> str:
    """What an expectation of GX wanted, in words."""
    kwargs = expectation.kwargs
    words = {
        "expect_column_values_to_not_be_null": "expected a value",
        "expect_column_values_to_be_null": "expected nothing",
        "expect_column_values_to_be_unique": "the value stands more than once",
        "expect_compound_columns_to_be_unique": f"more than one row has these {', '.join(expectation.columns)}",
        "expect_column_values_to_be_in_set": f"expected one of {kwargs.get('value_set')}",
        "expect_column_values_to_not_be_in_set": f"expected none of {kwargs.get('value_set')}",
    }
    if expectation.type in words:
        return words[expectation.type]
    if expectation.type == "expect_column_values_to_be_between":
        low = (
            f"more than {kwargs['min_value']}"
            if kwargs.get("strict_min")
            else f"{kwargs.get('min_value')} or more"
        )
        found = row[kwargs["column"]]
        return (
            f"expected {low}"
            + (f", {kwargs['max_value']} at most" if "max_value" in kwargs else "")
            + f", not {found}"
        )
    if expectation.type == "expect_column_pair_values_a_to_be_greater_than_b":
        than = "on or after" if kwargs.get("or_equal") else "after"
        return f"expected {than} {kwargs['column_B'].lstrip('_')}, {row[kwargs['column_B']]}"
    return f"does not satisfy {expectation.type}"


def _observed(outcome: Mapping[str, Any]) -> str:
    return str(outcome["observed_value"]) if "observed_value" in outcome else ""


def _broken(result: Any) -> str:
    exception = result.exception_info or {}
    if "raised_exception" not in exception:  # one for each metric
        exception = next((each for each in exception.values() if each.get("raised_exception")), {})
    if exception.get("raised_exception"):
        return f"the check broke: {str(exception.get('exception_message')).strip()[:300]}"
    kwargs = {key: value for key, value in result.expectation_config.kwargs.items() if key != "batch_id"}
    return f"does not satisfy {result.expectation_config.type} with {kwargs}"
