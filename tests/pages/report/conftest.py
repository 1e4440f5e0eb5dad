"""The findings on the project's own package, made once, and on a copy of it in which much is wrong."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipelines.pages.report.findings import Findings, gather
from pipelines.pages.report.page import page
from pipelines.pages.report.view import view

ROOT = Path(__file__).resolve().parents[3]
HOSTILE = "<script>window.x=1</script>"


def copy_of_project(root: Path) -> Path:
    for folder in ("data", "seeds", "tests/gold"):
        shutil.copytree(ROOT / folder, root / folder)
    shutil.copy(ROOT / "datapackage.json", root)
    return root


def change(root: Path, table: str, key: str, sought: str, /, **cells: Callable[[object], object]) -> None:
    """Changes cells of a table in its Parquet file alone, as a wrong build would not: many guards see it."""
    path = root / "data" / f"{table}.parquet"
    found = pq.read_table(path)
    rows = found.to_pylist()
    for row in rows:
        if row[key] == sought:
            row.update({column: new(row[column]) for column, new in cells.items()})
    pq.write_table(pa.Table.from_pylist(rows, schema=found.schema), path)


@pytest.fixture(scope="session")
def findings() -> Findings:
    return gather(ROOT)


@pytest.fixture(scope="session")
def html(findings: Findings) -> str:
    return page(view(findings))


@pytest.fixture(scope="session")
def wrong(tmp_path_factory: pytest.TempPathFactory) -> Findings:
    """A target ten times too high with its bound reversed, a table without its CSV file, and a script wherever
    text can stand: in a title, a measure, a clause, an issue, the reason of a repair and the name of a place."""
    root = copy_of_project(tmp_path_factory.mktemp("wrong"))
    change(
        root, "targets", "target_id", "wuhan-synergy/2.4/t1", value=lambda _: 300.0, comparator=lambda _: ">="
    )
    change(
        root,
        "plans",
        "plan_id",
        "chongqing-synergy",
        title=lambda words: f"{words}{HOSTILE}",
        place_en=lambda words: f"{words}{HOSTILE}",
    )
    change(root, "measures", "measure_id", "chongqing-synergy/2.1/m1", text=lambda words: f"{HOSTILE}{words}")
    change(root, "clauses", "clause_id", "shenyang-synergy/2.1", text=lambda words: f"{words}{HOSTILE}1")
    change(root, "issues", "kind", "no-date", message=lambda _: HOSTILE)
    change(root, "repairs", "repair_id", "wuhan-official/f3", reason=lambda _: HOSTILE)
    (root / "data" / "places.csv").unlink()
    return gather(root)


@pytest.fixture(scope="session")
def wrong_html(wrong: Findings) -> str:
    return page(view(wrong))
