"""Gathers what the page Quality shows of a project's validation, and makes the report in full."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipelines.pages.report.findings import gather
from pipelines.pages.report.page import page
from pipelines.pages.report.shown import ScoredSet, View
from pipelines.pages.report.view import busiest, view
from pipelines.pages.site.lookups import read_lookup
from pipelines.pages.wording import Words

Section = Mapping[str, Any]
# Sections of many rows stay folded up; the first lines of the page are for what a reader asks first.
FOLDED = ("mutants",)


@dataclass(frozen=True)
class Evidence:
    """Of one validation: the sections of the page Quality, and the report as an HTML page of its own."""

    sections: tuple[Section, ...]
    report: str


def gather_evidence(root: Path, seeds: Path | None = None) -> Evidence:
    """Holds the package in `root` against everything once, for the page Quality and for the report.

    Raises PipelineError if there is no descriptor to read.
    """
    shown = view(gather(root, seeds))
    return Evidence(tuple(_sections(shown)), page(shown, in_site=True))


def _sections(shown: View) -> list[Section]:
    """Validation first, then accuracy, the independent annotations before those the rules were written with."""
    found = [_validation(shown)]
    named = dict(zip(("accuracy", "accuracy-independent"), shown.accuracy, strict=True))
    found += [
        _accuracy(name, named[name]) for name in ("accuracy-independent", "accuracy") if named[name].fields
    ]
    if not shown.coverage.lacking:
        found.append(_sentences(shown))
    if shown.faults.not_run is None:
        found.append(_faults(shown))
    return found


def _validation(shown: View) -> Section:
    return _section(
        "validation",
        Words("Validation", "校验"),
        Words(f"{shown.verdict.en}.", f"{shown.verdict.zh}。"),
        (
            Words("Guard", "类别"),
            Words("What it holds the package against", "依据"),
            Words("Checks", "检查"),
            Words("Passed", "通过"),
            Words("Failed", "未通过"),
            Words("Not run", "未运行"),
        ),
        [
            (guard.title, guard.what, guard.checks, guard.passed, guard.failed, guard.not_run)
            for guard in shown.guards
        ],
        link=("checks", Words("Every check, with its reason", "每项检查及其理由")),
    )


def _accuracy(name: str, part: ScoredSet) -> Section:
    return _section(
        name,
        Words(f"Accuracy: {part.title.en[0].lower()}{part.title.en[1:]}", f"准确度：{part.title.zh}"),
        part.text,
        (
            Words("Field", "字段"),
            Words("F1", "F1"),
            Words("Precision (95 %)", "精确率（95%）"),
            Words("Recall (95 %)", "召回率（95%）"),
            Words("Annotated", "标注"),
            Words("Found", "提取"),
        ),
        [
            (
                each.title,
                f"{each.score.f1:.3f}",
                *(
                    f"{found.share:.3f} ({found.low:.3f}–{found.high:.3f})"
                    for found in (each.precision, each.recall)
                ),
                each.score.gold,
                each.score.found,
            )
            for each in part.fields
        ],
        link=(
            "accuracy",
            Words("What is left: every disagreement, plan by plan", "尚存的每处不一致，逐份方案列出"),
        ),
    )


def _sentences(shown: View) -> Section:
    return _section(
        "sentences",
        Words("Sentences that gave rows", "成为数据的句子"),
        Words(
            "The text read a second time, sentence by sentence: how many hold a number, a date or an agency, and how "
            "many of them gave rows.",
            "逐句重读原文：有多少句含数字、日期或机关名称，其中多少得出数据行。",
        ),
        (Words("What", "类别"), *shown.coverage.places, Words("All", "合计")),
        [
            (kind.title, *(f"{share.rows} / {share.cases}" for share in (*kind.cells, kind.total)))
            for kind in shown.coverage.kinds
        ],
        link=("coverage", Words("The others, each with the reason", "其余各句及原因")),
    )


def _faults(shown: View) -> Section:
    faults = shown.faults
    return _section(
        "mutants",
        Words("Faults planted and caught", "故障注入"),
        Words(
            f"{faults.caught:,} of {faults.planted:,} faults planted in copies of the package were caught.",
            f"在数据包副本中植入 {faults.planted:,} 个错误，发现 {faults.caught:,} 个。",
        ),
        (Words("Kind", "种类"), Words("Planted", "注入"), Words("Caught", "发现"), Words("By", "由")),
        [
            (fault(kind.kind), kind.planted, kind.caught, ", ".join(busiest(kind.checks)))
            for kind in faults.kinds
        ],
        link=None,
    )


def fault(kind: str) -> Words:
    """A kind of fault in both languages; in English alone, as long as faults.csv has no Chinese for it.

    >>> fault("万 lost")
    Words(en='万 lost', zh='丢失“万”')
    """
    return Words(kind, {row["kind"]: row["label"] for row in read_lookup("faults")}.get(kind, kind))


def _section(
    name: str,
    title: Words,
    text: Words,
    columns: tuple[Words, ...],
    rows: list[tuple[Words | str | int, ...]],
    *,
    link: tuple[str, Words] | None,
) -> Section:
    """A section of the page: a cell in two languages is Words; `link` is a place in the report and what leads there."""
    return {
        "id": name,
        "title": title.en,
        "title_zh": title.zh,
        "text": text.en,
        "text_zh": text.zh,
        "columns": [column.en for column in columns],
        "columns_zh": [column.zh for column in columns],
        "rows": rows,
        "folded": name in FOLDED,
        "link": link,
    }
