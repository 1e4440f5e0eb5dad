"""The findings in; the sections that the website's page Quality shows, as texts and numbers, out."""

from typing import Any

from pipelines.report.findings import Findings
from pipelines.report.view import ScoredSet, busiest, view
from pipelines.report.words import Words

Section = dict[str, Any]


def sections(findings: Findings) -> list[Section]:
    """Validation, accuracy, planted faults, and coverage, each with `id`, titles, texts, columns and rows."""
    shown = view(findings)
    found = [
        _section(
            "validation",
            Words("Validation", "校验"),
            Words(f"{shown.verdict.en}.", f"{shown.verdict.zh}。"),
            [
                Words("Guard", "类别"),
                Words("What it holds the package against", "依据"),
                Words("Checks", "检查"),
                Words("Passed", "通过"),
                Words("Failed", "未通过"),
                Words("Not run", "未运行"),
            ],
            [
                [both(guard.title), both(guard.what), guard.checks, guard.passed, guard.failed, guard.not_run]
                for guard in shown.guards
            ],
        ),
        *(
            _scores(name, part)
            for name, part in zip(("accuracy", "accuracy-independent"), shown.accuracy, strict=True)
            if part.fields
        ),
    ]
    if shown.faults.not_run is None:
        found.append(
            _section(
                "mutants",
                Words("Faults planted and caught", "故障注入"),
                Words(
                    f"{shown.faults.caught:,} of {shown.faults.planted:,} faults planted in copies of the package were caught.",
                    f"在数据包副本中植入 {shown.faults.planted:,} 个错误，发现 {shown.faults.caught:,} 个。",
                ),
                [Words("Kind", "种类"), Words("Planted", "注入"), Words("Caught", "发现"), Words("By", "由")],
                [
                    [kind.kind, kind.planted, kind.caught, ", ".join(busiest(kind.checks))]
                    for kind in shown.faults.kinds
                ],
            )
        )
    if not shown.coverage.lacking:
        found.append(
            _section(
                "sentences",
                Words("Sentences that gave rows", "成为数据的句子"),
                Words(
                    "The text read a second time, sentence by sentence: how many hold a number, a date or an agency, "
                    "and how many of them gave rows. The validation report lists the others with the reason.",
                    "逐句重读原文：有多少句含数字、日期或机关名称，其中多少得出数据行。其余各句及原因见校验报告。",
                ),
                [
                    Words("What", "类别"),
                    *shown.coverage.places,
                    Words("All", "合计"),
                ],
                [
                    [
                        f"{both(kind.title)}",
                        *(f"{share.rows} / {share.cases}" for share in (*kind.cells, kind.total)),
                    ]
                    for kind in shown.coverage.kinds
                ],
            )
        )
    return found


def both(words: Words) -> str:
    """A cell, which the site shows alike in both languages.

    >>> both(Words("Files", "文件"))
    'Files 文件'
    """
    return words.en if words.en == words.zh else f"{words.en} {words.zh}"


def _scores(name: str, part: ScoredSet) -> Section:
    return _section(
        name,
        Words(f"Accuracy: {part.title.en[0].lower()}{part.title.en[1:]}", f"准确度：{part.title.zh}"),
        part.text,
        [
            Words("Field", "字段"),
            Words("Annotated", "标注"),
            Words("Found", "提取"),
            Words("Precision (95 %)", "精确率（95%）"),
            Words("Recall (95 %)", "召回率（95%）"),
            Words("F1", "F1"),
        ],
        [
            [
                both(each.title),
                each.score.gold,
                each.score.found,
                *(
                    f"{found.share:.3f} ({found.low:.3f}–{found.high:.3f})"
                    for found in (each.precision, each.recall)
                ),
                f"{each.score.f1:.3f}",
            ]
            for each in part.fields
        ],
    )


def _section(
    name: str, title: Words, text: Words, columns: list[Words], rows: list[list[str | int]]
) -> Section:
    return {
        "id": name,
        "title": title.en,
        "title_zh": title.zh,
        "text": text.en,
        "text_zh": text.zh,
        "columns": [column.en for column in columns],
        "columns_zh": [column.zh for column in columns],
        "rows": rows,
    }
