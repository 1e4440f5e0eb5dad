"""The findings in; what each part of the page shows, in the order and the words of the page, out."""

import os
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from pipelines.describe.technical import wilson
from pipelines.guard.accuracy import TOGETHER, Score
from pipelines.guard.report import Check, Failure
from pipelines.pages.report.coverage import PlanCoverage, Share
from pipelines.pages.report.faults import Faults
from pipelines.pages.report.findings import UNDECIDED, Accuracy, Findings
from pipelines.pages.report.passages import Passage
from pipelines.pages.report.words import (
    CLASSES,
    COPIES,
    FIELDS,
    GUARDS,
    WHY_NO_ROW,
    Words,
    issue_words,
    reason,
)

SHOWN_FAILURES = 25
SHOWN_CHECKS = 3
SHOWN_CHARACTERS = 300
LOWEST = 0.5  # where the axis of the intervals begins
NOT_RUN = Words("not run", "未运行")
PACKAGE = Words("The package as a whole", "数据包整体")
TITLE = Words("China synergy plans", "减污降碳协同方案数据")


@dataclass(frozen=True)
class Figure:
    """A figure of the summary; tone is good, bad, open or plain."""

    value: Words
    label: Words
    tone: str
    href: str


@dataclass(frozen=True)
class Guard:
    """A guard with how its checks ended."""

    title: Words
    what: Words
    checks: int
    failed: int
    not_run: int

    @property
    def passed(self) -> int:
        """How many ran and found nothing."""
        return self.checks - self.failed - self.not_run


@dataclass(frozen=True)
class ShownCheck:
    """A check in both languages; state is ok, failed or skipped."""

    check: Check
    guard: Words
    table: Words
    reason: Words
    caught: int | None
    failures: Sequence[tuple[Failure, Passage | None]] = ()

    @property
    def state(self) -> str:
        """How it ended."""
        return "failed" if not self.check.ok else "skipped" if self.check.not_run else "ok"

    @property
    def more(self) -> int:
        """How many failures are not shown."""
        return self.check.failed - len(self.failures)


@dataclass(frozen=True)
class Table:
    """A table with its checks."""

    name: str
    title: Words
    description: Words
    rows: int | None
    columns: int
    checks: Sequence[ShownCheck]

    def count(self, state: str) -> int:
        """How many checks ended so."""
        return sum(check.state == state for check in self.checks)


@dataclass(frozen=True)
class Missing:
    """A sentence that gave no row: its clause, its pieces with whether they are marked, and why."""

    clause_id: str
    pieces: Sequence[tuple[str, bool]]
    why: Sequence[Words]


@dataclass(frozen=True)
class Kind:
    """One kind of sentence or clause: how many each plan has, how many gave rows, and those that did not."""

    title: Words
    gave: Words
    why: Words
    cells: Sequence[Share]
    missing: Sequence[Missing]

    @property
    def total(self) -> Share:
        """Over all plans."""
        return Share(sum(cell.cases for cell in self.cells), sum(cell.rows for cell in self.cells))


@dataclass(frozen=True)
class Coverage:
    """Coverage with a column for each plan; `lacking` names the tables for want of which there is none."""

    places: Sequence[Words]
    clauses: Sequence[int]
    sentences: Sequence[int]
    kinds: Sequence[Kind]
    dispositions: Sequence[tuple[Words, Sequence[int]]]
    undecided: int
    numbers: int
    lacking: str


@dataclass(frozen=True)
class Estimate:
    """A proportion with Wilson's 95 % interval, and where both stand on an axis 100 wide that begins at LOWEST."""

    share: float
    low: float
    high: float

    @property
    def at(self) -> tuple[str, str, str]:
        """Low end, width of the interval, and the proportion, on the axis."""
        low, share, high = (
            100 * (max(each, LOWEST) - LOWEST) / (1 - LOWEST) for each in (self.low, self.share, self.high)
        )
        return f"{low:.1f}", f"{high - low:.1f}", f"{share:.1f}"


@dataclass(frozen=True)
class ScoredField:
    """The scores of one field over all plans of a set of annotations, and F1 plan by plan."""

    title: Words
    score: Score
    precision: Estimate
    recall: Estimate
    plans: Sequence[Score]


@dataclass(frozen=True)
class ScoredSet:
    """The scores against a set of annotations, with every disagreement."""

    title: Words
    text: Words
    plans: Sequence[Words]
    fields: Sequence[ScoredField]
    disagreements: Sequence[tuple[Words, Words, str]]
    not_run: str


@dataclass(frozen=True)
class Matrix:
    """Counts with a title for each row and each column."""

    columns: Sequence[Words]
    rows: Sequence[tuple[Words, Sequence[int]]]

    @property
    def totals(self) -> Sequence[int]:
        """The sums of the columns."""
        return [sum(cells) for cells in zip(*(cells for _, cells in self.rows), strict=True)]


@dataclass(frozen=True)
class Issue:
    """Something that is not in the plans or that could not be decided, and every place of it."""

    severity: Words
    message: Words
    places: Sequence[str]


@dataclass(frozen=True)
class View:
    """All that the page shows."""

    version: str
    verdict: Words
    tone: str
    scope: Words
    figures: Sequence[Figure]
    guards: Sequence[Guard]
    failed: Sequence[ShownCheck]
    not_run: Sequence[tuple[str, int]]
    tables: Sequence[Table]
    coverage: Coverage
    accuracy: Sequence[ScoredSet]
    faults: Faults
    untried: int
    repairs: Matrix
    issues: Sequence[Issue]
    title: Words = field(default=TITLE)


def view(findings: Findings) -> View:
    """What the page shows of the findings."""
    report = findings.report
    coverage = _coverage(findings)
    scored = [_scored(each, findings) for each in findings.accuracy]
    return View(
        version=report.version,
        verdict=verdict(len(report.checks), len(report.failed), _skipped(report.checks)),
        tone="bad" if report.failed else "open" if report.not_run else "good",
        scope=_scope(findings),
        figures=_figures(findings, coverage, scored),
        guards=[_guard(name, report.checks) for name in GUARDS],
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


def _scope(findings: Findings) -> Words:
    rows, tables = sum(findings.report.rows.values()), len(findings.report.rows)
    plans, copies = findings.report.rows.get("plans", 0), findings.report.rows.get("documents", 0)
    return Words(
        f"Version {findings.report.version}: {plans} plans in {copies} copies, read into {rows:,} rows of {tables} tables. "
        "Every file was held against its checksum, every table against its schema, "
        "and every row against the words of the plan that it came from.",
        f"版本 {findings.report.version}：{plans} 份方案、{copies} 个文本，读成 {tables} 张表、{rows:,} 行。"
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
    return Guard(*GUARDS[name], len(own), sum(not check.ok for check in own), _skipped(own))


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
    guard = GUARDS[check.guard][0] if check.guard in GUARDS else Words(check.guard, check.guard)
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


# --- coverage ---


def _coverage(findings: Findings) -> Coverage:
    plans = findings.coverage
    found: Counter[str] = Counter()
    for plan in plans:
        found.update(plan.dispositions)
    return Coverage(
        places=[_place(plan.plan_id, findings) for plan in plans],
        clauses=[plan.clauses for plan in plans],
        sentences=[plan.sentences for plan in plans],
        kinds=[_kind(name, plans, findings) for name in CLASSES],
        dispositions=[
            (
                _code(findings, "numbers", "disposition", code),
                [plan.dispositions.get(code, 0) for plan in plans],
            )
            for code, _ in sorted(found.items(), key=lambda each: (-each[1], each[0]))
        ],
        undecided=found[UNDECIDED],
        numbers=found.total(),
        lacking=findings.no_coverage,
    )


def _kind(name: str, plans: Sequence[PlanCoverage], findings: Findings) -> Kind:
    cells = [getattr(plan, name) for plan in plans]
    missing = [
        Missing(
            sentence.clause_id,
            sentence.pieces,
            [
                _why(code, findings)
                for code in sentence.kinds or (("",) if name in ("numbers", "dates") else ())
            ],
        )
        for cell in cells
        for sentence in cell.missing
    ]
    return Kind(*CLASSES[name], cells, missing)


def _why(code: str, findings: Findings) -> Words:
    return WHY_NO_ROW.get(code) or _code(findings, "numbers", "disposition", code)


def _place(plan_id: str, findings: Findings) -> Words:
    plan = findings.plans.get(plan_id)
    if plan is None:
        return Words(plan_id, plan_id)
    places = (
        findings.package.frames["places"].to_dict("records") if "places" in findings.package.frames else []
    )
    name = next(
        (str(row.get("label")) for row in places if row.get("place_id") == plan["place"]), plan["place"]
    )
    return Words(str(plan["place_en"]), name.removesuffix("市") if len(name) > 2 else name)


def _code(findings: Findings, table: str, column: str, code: str) -> Words:
    for each in findings.schemas[table].fields:
        if each.name == column:
            for category in each.categories:
                if category.value == code:
                    return Words(category.label, category.label_zh)
    return Words(code, code)


# --- accuracy ---

SETS: Mapping[str, tuple[Words, Words]] = {
    "first": (
        Words("The two plans that the rules were written with", "编写规则时所用的两份方案"),
        Words(
            "Their annotation came with the project, and the rules were written with it at hand: what is found here "
            "says that they do what they were made for.",
            "标注随项目而来，编写规则时即以之为据：这里的结果说明规则做到了编写时的要求。",
        ),
    ),
    "independent": (
        Words("Two plans annotated by readers who saw no code", "由未见过代码的读者标注的两份方案"),
        Words(
            "They had the text and the guidelines, nothing else. Whoever wrote the rules had read these texts, not the "
            "annotations; two mistakes that the first comparison showed have been mended since. What is left is listed plan by plan.",
            "标注者只有原文与标注规范。规则的编写者读过这些原文，但未见标注；首次对照发现的两处错误此后已改。余下的分歧逐份列出。",
        ),
    ),
}
FOUND_BY_HAND = Words("annotated, not found", "标注有，未提取")
FOUND_BY_RULE = Words("found, not annotated", "已提取，标注无")


def _scored(accuracy: Accuracy, findings: Findings) -> ScoredSet:
    plans = [plan for plan in dict.fromkeys(score.plan for score in accuracy.scores) if plan != TOGETHER]
    by_place = {(score.plan, score.table): score for score in accuracy.scores}
    whole = TOGETHER if len(plans) > 1 else plans[0] if plans else ""
    fields = [
        _scored_field(title, by_place[whole, table], [by_place[plan, table] for plan in plans])
        for table, title in FIELDS.items()
        if (whole, table) in by_place
    ]
    # The annotations call a plan by its place: wuhan is wuhan-synergy.
    ids = {str(row["place"]): plan_id for plan_id, row in findings.plans.items()}
    places = [_place(ids.get(plan, plan), findings) for plan in plans]
    disagreements = [
        (FIELDS.get(score.table, Words(score.table, score.table)), what, entry)
        for score in accuracy.scores
        if score.plan != TOGETHER
        for what, entries in ((FOUND_BY_HAND, score.missing), (FOUND_BY_RULE, score.spurious))
        for entry in entries
    ]
    return ScoredSet(*SETS[accuracy.name], places, fields, disagreements, accuracy.not_run)


def _scored_field(title: Words, score: Score, plans: Sequence[Score]) -> ScoredField:
    hits = score.found - len(score.spurious)
    return ScoredField(
        title,
        score,
        Estimate(score.precision, *wilson(hits, score.found)),
        Estimate(score.recall, *wilson(hits, score.gold)),
        plans,
    )


# --- repairs and issues ---


def _repairs(findings: Findings) -> Matrix:
    documents = list(dict.fromkeys(document for document, _ in findings.repairs))
    titles = [_copy(document, findings) for document in documents]
    if len(set(titles)) < len(titles):
        titles = [Words(document, document) for document in documents]
    rules = next(each for each in findings.schemas["repairs"].fields if each.name == "rule").enum
    rows = [
        (
            _code(findings, "repairs", "rule", rule),
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
    if row is None or row["edition"] not in COPIES:
        return Words(document, document)
    place, kind = _place(str(row["plan_id"]), findings), COPIES[row["edition"]]
    return Words(f"{place.en}, {kind.en}", f"{place.zh}{kind.zh}")


def _issues(findings: Findings) -> list[Issue]:
    found: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for row in findings.issues:
        place = row["clause_id"] or row["document_id"] or ""
        found[str(row["severity"]), str(row["kind"]), str(row["message"])].append(str(place))
    return [
        Issue(_code(findings, "issues", "severity", severity), issue_words(kind, message), places)
        for (severity, kind, message), places in found.items()
    ]
