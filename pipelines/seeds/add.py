"""Brings documents in as seeds: the original kept byte for byte, the text read from it, its row in sources.csv."""

import csv
import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pipelines.errors import PipelineError
from pipelines.inputs import read_table
from pipelines.seeds.formats.original import Original, line_map, map_of
from pipelines.seeds.formats.read import READERS, read_original
from pipelines.seeds.sources import FORMULA, OPTIONAL_COLUMNS, SOURCE_COLUMNS

ORIGINALS = "originals"  # the folder of a folder of seeds that they are kept in
NOT_OF_AN_ID = re.compile(r"[^a-z0-9]+")
LONGEST_ID = 60  # characters, so that a plan's and an annex's fit


@dataclass(frozen=True, slots=True)
class Found:
    """What a text says of itself, as far as it can be read, for the cells of sources.csv, and a line of words about it."""

    title: str = ""
    place_id: str = ""
    division_code: str = ""
    document_number: str = ""
    issued_on: str = ""
    genre: str = ""
    summary: str = ""


@dataclass(frozen=True, slots=True)
class Added:
    """What came of one file: the id of its document, "" if it was not added, and what there is to say."""

    path: Path
    document_id: str
    words: str


def add(paths: Iterable[Path], seeds: Path, look: Callable[[str], Found]) -> Iterator[Added]:
    """Adds files, and all files of folders that can be read, to a folder of seeds; one that fails is told and passed.

    `look` reads what a text says of itself. A file whose bytes were added before is not added again.
    """
    seeds.mkdir(parents=True, exist_ok=True)
    rows = _rows(seeds)
    for path in _files(paths):
        try:
            added, row = _add(path, seeds, rows, look)
        except PipelineError as error:
            yield Added(path, "", str(error))
            continue
        if row is not None:
            rows.append(row)
            _write_rows(seeds, rows)
        yield added


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(
                each for each in path.rglob("*") if each.suffix.lower() in READERS and each.is_file()
            )
        else:
            yield path


def _add(
    path: Path, seeds: Path, rows: list[Mapping[str, str]], look: Callable[[str], Found]
) -> tuple[Added, dict[str, str] | None]:
    data, original = read_original(path)
    digest = hashlib.sha256(data).hexdigest()
    for row in rows:
        if digest in (row["original_sha256"], row["sha256"]):
            return Added(path, row["document_id"], f"is {row['document_id']} already"), None
    found = look(original.text)
    document_id = _free_id(
        path, found, digest, {row["document_id"] for row in rows} | {row["plan_id"] for row in rows}
    )
    text = original.text.encode("utf-8")
    _write(seeds / f"{document_id}.txt", text)
    row = dict.fromkeys((*SOURCE_COLUMNS, *OPTIONAL_COLUMNS), "") | {
        "document_id": document_id,
        "plan_id": f"{document_id}-plan",
        "path": f"{document_id}.txt",
        "sha256": hashlib.sha256(text).hexdigest(),
        "division_code": found.division_code,
        "edition": "official",
        "is_base": "true",
        "title": found.title,
        "issued_on": found.issued_on,
        "document_number": found.document_number,
        "source_url": original.source_url,
        "publisher": original.publisher,
        "retrieved_on": original.retrieved_on,
    }
    if original.tool:
        name = f"{ORIGINALS}/{document_id}{path.suffix.lower()}"
        _write(seeds / name, data)
        if original.lines:
            _write(seeds / map_of(name), line_map(original.lines).encode("ascii"))
        row |= {"original": name, "original_sha256": digest, "tool": original.tool}
    row = {column: "" if cell.startswith(FORMULA) else cell for column, cell in row.items()}
    return Added(path, document_id, _words(original, found)), row


def _words(original: Original, found: Found) -> str:
    pages = f", {original.lines[-1].page} pages" if original.lines else ""
    return f"{found.summary} ({len(original.text):,} characters{pages})"


def _free_id(path: Path, found: Found, digest: str, taken: set[str]) -> str:
    """An id made of the file's name or, if that has no Latin letters, of its place and genre; with a number if taken."""
    stem = path.stem.lower()
    named = NOT_OF_AN_ID.sub("-", stem).strip("-") if stem.isascii() else ""
    base = named or "-".join(part for part in (found.place_id, found.genre, digest[:6]) if part)
    base = base[:LONGEST_ID].strip("-")
    names = (base if not rank else f"{base}-{rank + 1}" for rank in range(len(taken) + 1))
    return next(name for name in names if name not in taken and f"{name}-plan" not in taken)


def _rows(seeds: Path) -> list[Mapping[str, str]]:
    path = seeds / "sources.csv"
    if not path.exists():
        return []
    blank = dict.fromkeys(OPTIONAL_COLUMNS, "")
    return [{**blank, **row} for _, row in read_table(path, SOURCE_COLUMNS, OPTIONAL_COLUMNS)]


def _write_rows(seeds: Path, rows: Iterable[Mapping[str, str]]) -> None:
    """Writes sources.csv anew, whole or not at all."""
    draft = seeds / ".sources.csv"
    with draft.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, (*SOURCE_COLUMNS, *OPTIONAL_COLUMNS), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    draft.replace(seeds / "sources.csv")


def _write(path: Path, data: bytes) -> None:
    if path.exists() and path.read_bytes() != data:
        raise PipelineError(
            file=path,
            place="",
            found="a file that no row of sources.csv names",
            expected="room for the new document",
            remedy="move it away, or name it in sources.csv",
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
