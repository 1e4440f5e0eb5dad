"""Makes a folder of seeds from plain texts, with nothing known of each but the file itself."""

import csv
import hashlib
import re
from collections.abc import Iterable
from pathlib import Path

from pipelines.errors import PipelineError
from pipelines.seeds.sources import SOURCE_COLUMNS

NOT_OF_AN_ID = re.compile(r"[^a-z0-9]+")


def texts_in(folder: Path) -> list[Path]:
    """The plain texts (*.txt) of a folder, in order; PipelineError where it has none."""
    if not (texts := sorted(folder.glob("*.txt"))):
        raise PipelineError(
            file=folder,
            place="",
            found="no text (*.txt)",
            expected="a folder with the texts of plans",
            remedy="name the folder that holds them",
        )
    return texts


def write_sources(texts: Iterable[Path], folder: Path) -> None:
    """Copies the texts into a folder and writes its sources.csv: one plan for each, its only copy, official.

    The id of a document is made of its file's name: `032.txt` is d032, and its plan d032-plan.
    """
    rows = []
    for path in texts:
        data = path.read_bytes()
        document_id = "d" + NOT_OF_AN_ID.sub("-", path.stem.lower()).strip("-")
        (folder / f"{document_id}.txt").write_bytes(data)
        rows.append(
            {
                "document_id": document_id,
                "plan_id": f"{document_id}-plan",
                "path": f"{document_id}.txt",
                "sha256": hashlib.sha256(data).hexdigest(),
                "edition": "official",
                "is_base": "true",
            }
        )
    with (folder / "sources.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, SOURCE_COLUMNS, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
