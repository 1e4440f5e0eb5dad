"""Puts the findings into the order and the words of the page, part by part."""

import os
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from pipelines.guard.report import Check, Failure
from pipelines.pages.contents import PROJECT, own_name
from pipelines.pages.report.findings import Findings
from pipelines.pages.report.measured import coverage_view, scored_view
from pipelines.pages.report.shown import (
    Coverage,
    Figure,
    Guard,
    Issue,
    Matrix,
    ScoredSet,
    ShownCheck,
    Table,
    View,
)
from pipelines.pages.report.words import issue_words, reason, words
from pipelines.pages.wording import Words

SHOWN_FAILURES = 25
SHOWN_CHECKS = 3
SHOWN_CHARACTERS = 300
NOT_RUN = Words("not run", "未运行")
PACKAGE = Words("The package as a whole", "数据包整体")


def view(findings: Findings) -> View:
    """What the page shows of the findings."""
    report, own = findings.report, own_name(findings.package)
    coverage = coverage_view(findings)
    scored = [scored_view(each, findings) for each in findings.accuracy]
    return View(
        name=own or PROJECT,
        version="" if own else report.version,
        verdict=verdict(len(report.checks), len(report.failed), _skipped(report.checks)),
        tone="bad" if report.failed else "open" if report.not_run else "good",
        scope=_scope(findings, own or Words(f"Version {report.version}", f"版本 {report.version}")),
        figures=_figures(findings, coverage, scored),
        guards=[_guard(name, report.checks) for name in words("guard")],
        failed=[_shown(check, findings, with_failures=True) for check in report.failed],
        not_run=list(Counter(check.not_run for check in report.not_run if check.ok).items()),
        tables=_tables(findings),
        coverage=coverage,
        accuracy=scored,
        faults=findings.faults,
        untried=sum(findings.faults.caught_by(check) is None for check in report.checks),
        repairs=_repairs(findings),
        issues=_issues(findings),
    )


def verdict(checks: int, failed: int, not_run: int) -> Words:
    """The first line of the page.

    >>> verdict(362, 0, 0).en, verdict(362, 1, 4).en, verdict(362, 0, 0).zh
    ('362 checks, none failed', '362 checks, 1 failed, 4 not run', '362 项检查，全部通过')
    """
    en = f"{checks:,} checks, {failed or 'none'} failed" + (f", {not_run:,} not run" if not_run else "")
    if not failed and not not_run:
        return Words(en, f"{checks:,} 项检查，全部通过")
    zh = f"{checks:,} 项检查，" + (f"{failed:,} 项未通过" if failed else "无一未通过")
    return Words(en, zh + (f"，{not_run:,} 项未运行" if not_run else ""))


def busiest(checks: Mapping[str, int]) -> list[str]:
    """The checks that caught most faults of a kind, with how many the others are.

    >>> busiest({"targets.value-read": 90, "numbers.value-read": 7, "a": 2, "b": 1, "c": 1})
    ['targets.value-read', 'numbers.value-read', 'a', '+ 2']
    """
    names = list(checks)
    more = len(names) - SHOWN_CHECKS
    return [*names[:SHOWN_CHECKS], *([f"+ {more}"] if more > 0 else [])]


def _skipped(checks: Sequence[Check]) -> int:
    return sum(bool(check.not_run) and check.ok for check in checks)


def _scope(findings: Findings, of: Words) -> Words:
    rows, tables = sum(findings.report.rows.values()), len(findings.report.rows)
    plans, copies = findings.report.rows.get("plans", 0), findings.report.rows.get("documents", 0)
    return Words(
        f"{of.en}: {plans} plans in {copies} copies, read into {rows:,} rows of {tables} tables. "
        "Every file was held against its checksum, every table against its schema, "
        "and every row against the words of the plan that it came from.",
        f"{of.zh}：{plans} 份方案、{copies} 个文本，读成 {tables} 张表、{rows:,} 行。"
        "每个文件核对校验和，每张表核对结构，每一行核对其所出的方案原文。",
    )


def _figures(findings: Findings, coverage: Coverage, scored: Sequence[ScoredSet]) -> list[Figure]:
    report, faults = findings.report, findings.faults
    passed = len(report.checks) - len(report.failed) - _skipped(report.checks)
    figures = [_of_all(passed, len(report.checks), Words("checks passed", "项检查通过"), "checks")]
    label = Words("faults planted on purpose and caught", "个故意植入的错误被发现")
    if faults.not_run:
        figures.append(Figure(NOT_RUN, Words("faults planted on purpose", "故障注入"), "open", "faults"))
    else:
        figures.append(_of_all(faults.caught, faults.planted, label, "faults"))
    label = Words("numbers in the text accounted for", "个文中数字有交代")
    if coverage.lacking:
        figures.append(Figure(NOT_RUN, label, "open", "coverage"))
    else:
        decided = coverage.numbers - coverage.undecided
        figures.append(_of_all(decided, coverage.numbers, label, "coverage"))
    fields = [each for part in scored for each in part.fields]
    if not fields:
        figures.append(Figure(NOT_RUN, Words("accuracy", "准确度"), "open", "accuracy"))
    else:
        lowest = min(fields, key=lambda each: each.score.f1)
        f1 = f"{lowest.score.f1:.3f}"
        label = Words(
            f"lowest F1 of any field: {lowest.title.en.lower()}", f"各字段最低 F1：{lowest.title.zh}"
        )
        figures.append(Figure(Words(f1, f1), label, "plain", "accuracy"))
    return figures


def _of_all(some: int, every: int, label: Words, href: str) -> Figure:
    value = f"{some:,} / {every:,}"
    return Figure(Words(value, value), label, "good" if some == every else "bad", href)


def _guard(name: str, checks: Sequence[Check]) -> Guard:
    own = [check for check in checks if check.guard == name]
    return Guard(
        words("guard")[name],
        words("guard holds")[name],
        len(own),
        sum(not check.ok for check in own),
        _skipped(own),
    )


def _tables(findings: Findings) -> list[Table]:
    checks: dict[str, list[ShownCheck]] = defaultdict(list)
    for check in findings.report.checks:
        checks[check.table].append(_shown(check, findings))
    tables = []
    for name in dict.fromkeys([*findings.schemas, *checks]):
        if name not in checks:
            continue
        schema = findings.schemas.get(name)
        tables.append(
            Table(
                name,
                _table_title(name, findings),
                Words(schema.description, schema.description_zh) if schema else Words("", ""),
                findings.report.rows.get(name),
                len(schema.fields) if schema else 0,
                checks[name],
            )
        )
    return sorted(tables, key=lambda table: table.name in findings.schemas)


def _table_title(name: str, findings: Findings) -> Words:
    schema = findings.schemas.get(name)
    if schema is not None:
        return Words(schema.title, schema.title_zh)
    return PACKAGE if name == "package" else Words(name, name)


def _shown(check: Check, findings: Findings, *, with_failures: bool = False) -> ShownCheck:
    kept = check.failures[:SHOWN_FAILURES] if with_failures else ()
    guard = words("guard").get(check.guard, Words(check.guard, check.guard))
    return ShownCheck(
        check,
        guard,
        _table_title(check.table, findings),
        reason(check.reason),
        findings.faults.caught_by(check),
        [
            (_readable(failure, findings.package.root), findings.passages.of(check.table, failure))
            for failure in kept
        ],
    )


def _readable(failure: Failure, root: Path) -> Failure:
    """The failure, shortened, without the folder of the package, which is of this machine and not of the data."""

    def read(text: str) -> str:
        line = text.replace(f"{root}{os.sep}", "").replace("\n", "⏎")
        return line if len(line) <= SHOWN_CHARACTERS else f"{line[:SHOWN_CHARACTERS]}…"

    return replace(failure, value=read(failure.value), message=read(failure.message))


# --- repairs and issues ---


def _repairs(findings: Findings) -> Matrix:
    documents = list(dict.fromkeys(document for document, _ in findings.repairs))
    titles = [_copy(document, findings) for document in documents]
    if len(set(titles)) < len(titles):
        titles = [Words(document, document) for document in documents]
    rules = next(each for each in findings.schemas["repairs"].fields if each.name == "rule").enum
    rows = [
        (
            findings.code("repairs", "rule", rule),
            [findings.repairs.get((document, rule), 0) for document in documents],
        )
        for rule in rules
    ]
    return Matrix(
        titles,
        sorted((row for row in rows if any(row[1])), key=lambda row: -sum(row[1])),
    )


def _copy(document: str, findings: Findings) -> Words:
    """A copy of a plan by its place and its kind: Wuhan, reprint."""
    row = findings.documents.get(document)
    if row is None or row["edition"] not in words("copy"):
        return Words(document, document)
    place, kind = findings.place(str(row["plan_id"])), words("copy")[row["edition"]]
    return Words(f"{place.en}, {kind.en}", f"{place.zh}{kind.zh}")


def _issues(findings: Findings) -> list[Issue]:
    found: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for row in findings.issues:
        place = row["clause_id"] or row["document_id"] or ""
        found[str(row["severity"]), str(row["kind"]), str(row["message"])].append(str(place))
    return [
        Issue(findings.code("issues", "severity", severity), issue_words(kind, message), places)
        for (severity, kind, message), places in found.items()
    ]
