"""A short plan made of lines of the plan of Wuhan, and folders of seeds made of such plans, for tests to break."""

import csv
import hashlib
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

from pipelines.document.clauses import Clause, Part
from pipelines.document.document import PlanText
from pipelines.issues import Issue
from pipelines.linking.plans import PlanRows
from pipelines.package.assembly import tables
from pipelines.package.build import document_plans, read_plans
from pipelines.reading.clauses import ClauseFacts, read_clause
from pipelines.reading.plan import PlanFacts, read_plan
from pipelines.schema import load_schemas
from pipelines.seeds.sources import SOURCE_COLUMNS, Source, SourceRow
from pipelines.text.provenance import Text, repaired
from pipelines.vocabulary import Vocabulary, load_vocabulary

ROOT = Path(__file__).parents[1]
SEEDS = ROOT / "seeds"
TITLE = "武汉市减污降碳协同增效实施方案"
PLAN = f"""{TITLE}

为协同推进减污降碳工作，确保各项重点举措落地见效，结合我市实际，制定本实施方案。

一、总体要求

到2025年，减污降碳协同推进的工作格局基本形成，协同度得到有效提升。

二、深入推进绿色低碳发展转型

（一）强化生态环境分区管控。落实长江经济带发展负面清单要求，加大污染严重地区结构调整和布局优化力度。依法加快城市建成区重污染企业搬迁改造或关闭退出。（市生态环境局、市发改委、市经信局按职责分工落实）

（二）大力推进能源绿色低碳转型。到2025年，全市煤炭占能源消费总量的比重下降至30%以内，天然气用气量达到40亿立方米以上。严禁新建燃煤发电项目。（市发改委牵头，市经信局配合）

三、保障措施

（三）加强考核督察。统筹减污降碳工作，将温室气体排放控制目标完成情况纳入生态环境相关考核。（市生态环境局负责）
"""
# What stands in it: enough to see at once that a row is lost.
COUNTS = {"clauses": 5, "measures": 5, "targets": 3, "deadlines": 2, "responsibilities": 6}
# The column of each table that holds a passage of the plan.
QUOTED = {
    "clauses": "text",
    "measures": "text",
    "targets": "quote",
    "deadlines": "as_written",
    "responsibilities": "as_written",
    "numbers": "as_written",
}

Rows = dict[str, list[dict[str, object]]]


def source_of(text: str, document_id: str = "wuhan") -> Source:
    data = text.encode("utf-8", "surrogatepass")
    row = SourceRow(
        document_id, "wuhan-synergy", f"{document_id}.txt", "0" * 64, "420100", "official", True, ""
    )
    return Source(row, text, len(data), ())


def texts_of(text: str) -> tuple[PlanText, ...]:
    """The plans of a text, as they stand in it."""
    return document_plans(source_of(text), load_vocabulary(), Path("seeds"))


def text_of(text: str) -> PlanText:
    """The first plan of a text, as it stands in it."""
    return texts_of(text)[0]


def plan_of(text: str) -> PlanFacts:
    return read_plan([text_of(text)], load_vocabulary())


def facts_of(sentence: str, role: str = "task", vocabulary: Vocabulary | None = None) -> ClauseFacts:
    """What is read in a clause of one sentence."""
    parts = (Part(0, len(sentence.rstrip("。")), None),)
    clause = Clause("example/1.1", 1, "", 1, None, "", role, "general", Text.of(sentence), 0, parts, ())
    return read_clause(clause, vocabulary or load_vocabulary())


def write_seeds(folder: Path, texts: Mapping[str, str | bytes], **cells: str) -> Path:
    """A folder with one plan per text, `sources.csv` and all; `cells` replace cells of every row."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = []
    for document_id, text in texts.items():
        data = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
        (folder / f"{document_id}.txt").write_bytes(data)
        row = {
            "document_id": document_id,
            "plan_id": f"{document_id}-synergy",
            "path": f"{document_id}.txt",
            "sha256": hashlib.sha256(data).hexdigest(),
            "division_code": "420100",
            "edition": "official",
            "is_base": "true",
            "note": "",
        }
        rows.append(row | cells)
    write_sources(folder, rows)
    return folder


def write_sources(folder: Path, rows: list[dict[str, str]]) -> None:
    with (folder / "sources.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, SOURCE_COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def rows_of(folder: Path, *, strict: bool = False) -> Rows:
    """The rows of every table that a folder of seeds gives, without publishing them."""
    plans, issues, _ = read_plans(folder, load_vocabulary(), strict=strict)
    return table_rows(plans, issues)


def table_rows(plans: list[PlanRows], issues: list[Issue]) -> Rows:
    made = tables(plans, issues, load_vocabulary(), load_schemas())
    return {name: table.to_pylist() for name, table in made.items()}


def counts(rows: Rows) -> dict[str, int]:
    return {name: len(rows[name]) for name in COUNTS}


def assert_quotes_stand_in_the_seed(rows: Rows, raw: str) -> None:
    """Every row of the one plan gives back its text from the seed, and no number of a clause is left out."""
    edits = [
        (int(str(row["source_start"])), int(str(row["source_end"])), str(row["after"] or ""))
        for row in rows["repairs"]
    ]
    assert all(one[1] <= two[0] for one, two in pairwise(edits))
    for table, column in QUOTED.items():
        for row in rows[table]:
            start, end = int(str(row["source_start"])), int(str(row["source_end"]))
            assert 0 <= start < end <= len(raw)
            assert repaired(raw, start, end, edits) == row[column], (table, row)


def package_files(folder: Path) -> dict[str, bytes]:
    """Every file of a folder, hidden ones too: a stray file makes it unequal to a package."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if not path.is_dir()
    }


@contextmanager
def as_nobody() -> Iterator[None]:
    """Root may read and write everywhere; the tests of permissions run as somebody who may not."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)
