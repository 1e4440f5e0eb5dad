"""The site built once for all tests, and once more from a package into which hostile text was put."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipelines.package.dataset import read_dataset
from pipelines.pages.site import write_site
from pipelines.pages.site.quality import Evidence, gather_evidence

ROOT = Path(__file__).resolve().parents[3]
HOSTILE = "<script>window.x=1</script>"
FORMULA = '=HYPERLINK("http://example.org","x")'


@pytest.fixture(scope="session")
def evidence() -> Evidence:
    return gather_evidence(ROOT)


@pytest.fixture(scope="session")
def written(evidence: Evidence) -> Callable[[Path], None]:
    """Writes the site of the package as `make site` does."""

    def write(out: Path) -> None:
        write_site(
            read_dataset(ROOT),
            out,
            jsonld='{"@type": "Dataset", "name": "</script><b>"}',
            quality=evidence.sections,
            report=evidence.report,
        )

    return write


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, written: Callable[[Path], None]) -> Path:
    out = tmp_path_factory.mktemp("dist") / "site"
    written(out)
    return out


@pytest.fixture(scope="session")
def small_site(small: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the small package."""
    out = tmp_path_factory.mktemp("small-dist") / "site"
    write_site(read_dataset(small), out)
    return out


@pytest.fixture(scope="session")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A plan whose clause 2.1 and whose title hold a script, and whose agency's name starts a formula."""
    root = tmp_path_factory.mktemp("hostile")
    for name in ("data", "seeds"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copy(ROOT / "datapackage.json", root)
    plan, clause = "chongqing-synergy", "chongqing-synergy/2.1"

    def put(table: str, key: str, value: str, **cells: Callable[[str], str]) -> None:
        path = root / "data" / f"{table}.parquet"
        found = pq.read_table(path)
        rows = found.to_pylist()
        for row in rows:
            if row[key] == value:
                row.update({column: change(row[column]) for column, change in cells.items()})
        pq.write_table(pa.Table.from_pylist(rows, schema=found.schema), path)

    put("plans", "plan_id", plan, title=lambda words: words + HOSTILE, title_en=lambda words: words + HOSTILE)
    put("measures", "clause_id", clause, text=lambda words: HOSTILE + words)
    put(
        "targets",
        "plan_id",
        plan,
        quote=lambda words: HOSTILE + words,
        value_as_written=lambda _: HOSTILE,
    )
    put("targets", "target_id", "chongqing-synergy/2.3/t1", indicator=lambda _: FORMULA)
    put(
        "agencies",
        "agency_id",
        "chongqing/development-reform",
        name=lambda _: FORMULA,
        name_en=lambda _: FORMULA,
    )
    put("issues", "severity", "info", message=lambda _: HOSTILE)
    put("sectors", "sector_id", "energy", label_en=lambda _: HOSTILE, label=lambda _: HOSTILE)
    put("clauses", "clause_id", clause, title=lambda words: words + HOSTILE)
    # As many characters as before, where nothing was repaired, so that every range still holds.
    seed = root / "seeds" / "chongqing-official.txt"
    start = 925
    text = seed.read_bytes().decode("utf-8")
    seed.write_bytes((text[:start] + HOSTILE + text[start + len(HOSTILE) :]).encode("utf-8"))
    out = root / "dist" / "site"
    write_site(
        read_dataset(root),
        out,
        quality=[{"id": "validation", "title": HOSTILE, "columns": [HOSTILE], "rows": [[HOSTILE]]}],
    )
    return out
