"""Plain texts become a folder of seeds that a build reads."""

from pathlib import Path

from pipelines.package.build import build
from pipelines.seeds.plain import write_sources
from pipelines.seeds.sources import read_sources
from tests.samples import PLAN


def test_plain_texts_become_seeds(tmp_path: Path) -> None:
    text = tmp_path / "A 032.txt"
    text.write_text(PLAN, encoding="utf-8")
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    write_sources([text], seeds)
    (row,) = read_sources(seeds)
    assert (row.document_id, row.plan_id, row.path, row.edition, row.is_base) == (
        "da-032",
        "da-032-plan",
        "da-032.txt",
        "official",
        True,
    )
    assert (seeds / row.path).read_bytes() == text.read_bytes()
    assert build(seeds, tmp_path / "out", strict=True).left_out == ()
