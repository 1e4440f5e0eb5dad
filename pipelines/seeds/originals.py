"""Holds seeds against the originals that they were read from."""

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from pipelines.errors import PipelineError
from pipelines.seeds.formats.original import line_map, map_of
from pipelines.seeds.formats.read import read_original
from pipelines.seeds.sources import SourceRow


def changed_originals(seeds: Path, rows: Sequence[SourceRow]) -> Iterator[str]:
    """What is wrong with each original: it is gone, it was changed, or another text is read from it than the seed.

    One that another version of its tool read is passed: its text may differ by right.
    """
    for row in rows:
        if row.original:
            try:
                reason = _changed(seeds, row)
            except PipelineError as error:
                reason = str(error)
            if reason:
                yield f"{row.original}: {reason}"


def _changed(seeds: Path, row: SourceRow) -> str:
    path = seeds / row.original
    if not path.is_file():
        return "not there"
    if hashlib.sha256(path.read_bytes()).hexdigest() != row.original_sha256:
        return "its sha256 is not the one in sources.csv"
    _, found = read_original(path)
    if found.tool != row.tool:
        return ""
    if found.text.encode("utf-8") != (seeds / row.path).read_bytes():
        return f"another text is read from it than {row.path}"
    lines = seeds / map_of(row.original)
    if found.lines and (not lines.is_file() or lines.read_text(encoding="ascii") != line_map(found.lines)):
        return f"its lines do not stand where {map_of(row.original)} says"
    return ""
