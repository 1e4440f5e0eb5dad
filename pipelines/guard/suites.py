"""Checks the tables against every expectation of schemas/expectations; the one place that knows GX.

Every expectation is one of GX's own. What only the texts can show is looked at beforehand by a check of
`pipelines.guard.checks`: the suite names it as a column and expects the column, which holds what is wrong with each
row, to be empty.
"""

import json
import logging
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import great_expectations as gx
import pandas as pd
from great_expectations.core.batch_definition import BatchDefinition
from great_expectations.data_context.types.base import ProgressBarsConfig

from pipelines.errors import PipelineError
from pipelines.guard.checks import RULES, Rule
from pipelines.guard.checks.rule import Found
from pipelines.guard.report import KEPT_FAILURES, PLAN, STRUCTURE, Check, Failure
from pipelines.home import SCHEMAS
from pipelines.schema import TableSchema

EXPECTATIONS = SCHEMAS / "expectations"
EMPTY = "expect_column_values_to_be_null"
LINE = "_line"
PlanOf = Callable[[int], str]


@dataclass(frozen=True)
class Expectation:
    """One expectation as its JSON file states it: its name in the suite, GX's type, arguments, reason and severity."""

    name: str
    type: str
    kwargs: Mapping[str, Any]
    reason: str
    severity: str

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that it looks at."""
        listed = self.kwargs.get("column_list")
        if isinstance(listed, list):
            return tuple(listed)
        return tuple(self.kwargs[key] for key in ("column", "column_A", "column_B") if key in self.kwargs)

    @property
    def rule(self) -> Rule | None:
        """The check of our own whose findings are to be none; None for an expectation of GX alone."""
        return RULES.get(self.name) if self.type == EMPTY and self.columns == (self.name,) else None


Suite = tuple[Expectation, ...]


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
    """The expectations of one file.

    GX drops an expectation that it does not know with no more than a log line. So the suite is refused, with a
    PipelineError, unless GX keeps each expectation with its type and its arguments; and so is an expectation
    without a name of its own in the suite, without a reason in meta.notes, or of a check that is not there.
    """
    try:
        stated = json.loads(path.read_text(encoding="utf-8"))["expectations"]
        listed = tuple(_expectation(each) for each in stated)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise _refused(
            path, "", f"no suite that can be read ({error!r})", "a suite as GX writes it"
        ) from None
    names = [each.name for each in listed]
    for place, (expectation, raw) in enumerate(zip(listed, stated, strict=True), start=1):
        _check_stated(path, f"expectation {place}", expectation, raw, names)
    log = logging.getLogger("great_expectations")
    level = log.level
    log.setLevel(logging.CRITICAL)  # what it would say there is said here, as an error
    try:
        kept = [each.configuration for each in _loaded(path.stem, listed).expectations]
    except ValueError as error:  # what GX says of arguments that it cannot take
        found = f"arguments that GX refuses ({' '.join(str(error).split())})"
        raise _refused(path, "", found, "those that the expectation takes") from None
    finally:
        log.setLevel(level)
    for place, expectation in enumerate(listed):
        if place >= len(kept) or not _is_of(kept[place], expectation):
            found = f"{expectation.type} with {dict(expectation.kwargs)}, which GX drops or changes"
            expected = f"an expectation that GX knows, with arguments that it takes ({len(kept)} of {len(listed)} are kept)"
            raise _refused(path, f"expectation {place + 1}, {expectation.name}", found, expected)
    return listed


def _expectation(raw: Mapping[str, Any]) -> Expectation:
    meta = raw.get("meta") or {}
    return Expectation(
        str(meta.get("name") or ""),
        str(raw["type"]),
        dict(raw["kwargs"]),
        str(meta.get("notes") or "").strip(),
        str(meta.get("severity") or STRUCTURE),
    )


def _check_stated(
    path: Path, place: str, expectation: Expectation, raw: Mapping[str, Any], names: Sequence[str]
) -> None:
    if not expectation.name or names.count(expectation.name) != 1:
        raise _refused(path, place, f"the name {expectation.name!r}", "meta.name, once in the suite")
    place = f"{place}, {expectation.name}"
    if not expectation.reason:
        raise _refused(path, place, "no reason", "meta.notes, which says why it is expected")
    if expectation.severity not in (STRUCTURE, PLAN):
        raise _refused(path, place, f"the severity {expectation.severity!r}", f"{STRUCTURE} or {PLAN}")
    if unknown := set(raw) - {"type", "kwargs", "meta"}:
        raise _refused(path, place, f"the key {', '.join(sorted(unknown))}", "type, kwargs and meta")
    named = [column for column in expectation.columns if "-" in column]
    if named and expectation.rule is None:
        raise _refused(
            path, place, f"the check {named[0]!r}", "the name of a check in pipelines/guard/checks"
        )


def _refused(path: Path, place: str, found: str, expected: str) -> PipelineError:
    return PipelineError(path, place, found, expected, "mend the suite")


class Runner:
    """Runs suites in an ephemeral context of GX, one for all of them."""

    def __init__(self) -> None:
        context = gx.get_context(mode="ephemeral")
        context.variables.progress_bars = ProgressBarsConfig(globally=False)
        asset = context.data_sources.add_pandas("frames").add_dataframe_asset("table")
        self._batch: BatchDefinition[Any] = asset.add_batch_definition_whole_dataframe("whole")

    def run(
        self,
        expectations: Sequence[Expectation],
        frame: pd.DataFrame,
        schema: TableSchema,
        findings: Mapping[str, Sequence[Found]],
        plan_of: PlanOf,
    ) -> list[Check]:
        """A check for each expectation on a table; `findings` are those of our own checks, by their names.

        First only whether each holds, which is quick; then, of those of GX alone that do not, which rows fail.
        """
        if not expectations:
            return []
        looked_at = [name for name in frame.columns if any(name in each.columns for each in expectations)]
        joined = frame[looked_at].assign(
            **{LINE: range(len(frame))},
            **{name: _column(found, len(frame)) for name, found in findings.items()},
        )
        batch = self._batch.get_batch({"dataframe": joined})
        results = _by_name(batch.validate(_loaded(schema.name, expectations), result_format="BOOLEAN_ONLY"))
        failed = [each for each in expectations if each.rule is None and not results[each.name].success]
        if failed:
            named = {"result_format": "COMPLETE", "unexpected_index_column_names": [LINE]}
            results |= _by_name(batch.validate(_loaded(schema.name, failed), result_format=named))
        return [
            checked(
                each,
                frame,
                schema,
                findings[each.name] if each.rule is not None else _found(each, results[each.name], frame),
                plan_of,
            )
            for each in expectations
        ]


def checked(
    expectation: Expectation,
    frame: pd.DataFrame,
    schema: TableSchema,
    found: Iterable[Found],
    plan_of: PlanOf,
) -> Check:
    """The check of an expectation, with each row that was found to be wrong."""
    found = list(found)
    keys = [name for name in schema.primary_key if name in frame.columns]
    failures = []
    for row, column, message in found[:KEPT_FAILURES]:
        known = row < len(frame) and column in frame.columns
        value = frame[column].iloc[row] if known else None
        key = tuple((name, str(frame[name].iloc[row])) for name in keys) if row < len(frame) else ()
        failures.append(Failure(key, column, "" if value is None else str(value), message))
    return Check(
        "expectations",
        schema.name,
        expectation.name,
        expectation.reason,
        len(frame),
        len(found),
        tuple(failures),
        severity=expectation.severity,
        plans=Counter(plan for row, _, _ in found if (plan := plan_of(row))),
    )


def _column(found: Sequence[Found], length: int) -> pd.Series:
    """What is wrong with each row, as a column for GX."""
    said: dict[int, list[str]] = defaultdict(list)
    for row, column, message in found:
        said[min(row, max(0, length - 1))].append(f"{column}: {message}")
    return pd.Series(["; ".join(said[row]) if row in said else None for row in range(length)], dtype=object)


def _loaded(table: str, expectations: Sequence[Expectation]) -> gx.ExpectationSuite:
    return gx.ExpectationSuite(
        name=table,
        expectations=[
            {
                "type": each.type,
                "kwargs": dict(each.kwargs),
                "meta": {"name": each.name, "notes": each.reason},
            }
            for each in expectations
        ],
    )


def _by_name(validation: Any) -> dict[str, Any]:
    """The results of GX, which come in an order of its own, by the names of the expectations."""
    return {result.expectation_config.meta["name"]: result for result in validation.results}


def _is_of(configuration: Any, expectation: Expectation) -> bool:
    same: bool = configuration.type == expectation.type
    return same and expectation.kwargs.items() <= configuration.kwargs.items()


def _found(expectation: Expectation, result: Any, frame: pd.DataFrame) -> list[Found]:
    """What GX found: the rows that it names, or, where it names none, what it observed or how it broke."""
    if result.success:
        return []
    outcome = result.result or {}
    column = expectation.columns[0] if expectation.columns else ""
    lines = [int(each[LINE]) for each in outcome.get("unexpected_index_list") or []]
    if lines:
        return [(line, column, _plainly(expectation, frame.iloc[line])) for line in lines]
    told = result.exception_info or {}
    told = (
        told if "raised_exception" in told else next((each for each in told.values()), {})
    )  # one for each metric
    if told.get("raised_exception"):
        said = f"the check broke: {str(told.get('exception_message')).strip()[:300]}"
    else:
        said = f"does not satisfy {expectation.type} with {dict(expectation.kwargs)}"
    return [(len(frame), column, f"{said}; observed {outcome.get('observed_value')}")]


def _plainly(expectation: Expectation, row: "pd.Series[Any]") -> str:
    """What an expectation of GX wanted, in words."""
    kwargs = expectation.kwargs
    words = {
        "expect_column_values_to_not_be_null": "expected a value",
        EMPTY: "expected nothing",
        "expect_column_values_to_be_unique": "the value stands more than once",
        "expect_compound_columns_to_be_unique": f"more than one row has these {', '.join(expectation.columns)}",
        "expect_column_values_to_not_be_in_set": f"expected none of {kwargs.get('value_set')}",
        "expect_column_values_to_match_regex": "expected English words, in Latin letters",
        "expect_column_values_to_be_between": f"expected {kwargs.get('min_value')} or more",
    }
    if expectation.type == "expect_column_pair_values_a_to_be_greater_than_b":
        than = "on or after" if kwargs.get("or_equal") else "after"
        return f"expected {than} {kwargs['column_B']}, {row[kwargs['column_B']]}"
    return words.get(expectation.type, f"does not satisfy {expectation.type}")
