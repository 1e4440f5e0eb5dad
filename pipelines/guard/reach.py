"""Measures the reading of a folder of real plans: what is read, held, undecided and left out, and why.

What was published is held against the raw texts by means of its own, so that a text that is lost cannot hide.
"""

import json
import re
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
from rich.console import Console
from rich.table import Table

from pipelines.guard.accuracy import TOGETHER, accuracy
from pipelines.package.build import build
from pipelines.seeds.plain import texts_in, write_sources

HAN = re.compile(r"[\u4e00-\u9fff]")
# Phrases that say who is responsible, a pattern on each line: not those of the vocabulary, or a word that it lacks could hide.
DUTY = re.compile("|".join(Path(__file__).with_name("duty_phrases.txt").read_text(encoding="utf-8").split()))
THIN = 0.6
SPEED = "characters_a_second"
PUBLISHED = Path("docs") / "reach.json"
Row = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Reached:
    """What became of one document: whether it has clauses, the shares of its Chinese characters that lie in a clause
    and in a block of a known kind, its duty phrases and those in a clause with responsibilities, its issues."""

    document_id: str
    is_whole: bool
    in_clauses: float
    explained: float
    duties: int
    duties_held: int
    issues: Counter[str]


@dataclass(frozen=True, slots=True)
class Reach:
    """What became of a folder: its documents, rows by table, those left out and why, characters, seconds."""

    documents: tuple[Reached, ...]
    rows: Mapping[str, int]
    left_out: tuple[str, ...]
    characters: int
    seconds: float


def reach(folder: Path, out: Path) -> Reach:
    """Builds the plain texts (*.txt) of a folder into `out`, as a user would, and measures what was reached.

    Raises PipelineError if there is no text, or none that can be read.
    """
    texts = texts_in(folder)
    with tempfile.TemporaryDirectory() as scratch:
        seeds = Path(scratch)
        write_sources(texts, seeds)
        begun = time.perf_counter()
        summary = build(seeds, out, strict=False)
        seconds = time.perf_counter() - begun
        raw = {
            path.stem: path.read_bytes().decode("utf-8", "replace") for path in sorted(seeds.glob("*.txt"))
        }
    tables = {name: _rows(out, name) for name in ("blocks", "clauses", "responsibilities", "issues")}
    return Reach(
        tuple(_reached(raw, tables)), summary.rows, summary.left_out, sum(map(len, raw.values())), seconds
    )


def _rows(out: Path, table: str) -> list[Row]:
    path = out / "data" / f"{table}.parquet"
    rows: list[Row] = pq.read_table(path).to_pylist() if path.exists() else []
    return rows


def _reached(raw: Mapping[str, str], tables: Mapping[str, Iterable[Row]]) -> Iterable[Reached]:
    clauses, blocks, held = defaultdict(list), defaultdict(list), defaultdict(list)
    responsible = {row["clause_id"] for row in tables["responsibilities"]}
    for row in tables["clauses"]:
        span = _span(row)
        clauses[row["document_id"]].append(span)
        if row["clause_id"] in responsible:
            held[row["document_id"]].append(span)
    for row in tables["blocks"]:
        if row["kind"] != "unknown":
            blocks[row["document_id"]].append(_span(row))
    issues: dict[object, Counter[str]] = defaultdict(Counter)
    for row in tables["issues"]:
        issues[row["document_id"]][str(row["kind"])] += 1
    for document_id, text in raw.items():
        inside = _mask(len(text), clauses[document_id])
        known = _mask(len(text), [*clauses[document_id], *blocks[document_id]])
        has_duty = _mask(len(text), held[document_id])
        places = [match.start() for match in HAN.finditer(text)]
        duties = [match.start() for match in DUTY.finditer(text)]
        yield Reached(
            document_id,
            bool(clauses[document_id]),
            _share(inside, places),
            _share(known, places),
            len(duties),
            sum(has_duty[place] for place in duties),
            issues[document_id],
        )


def _span(row: Row) -> tuple[int, int]:
    return int(str(row["source_start"])), int(str(row["source_end"]))


def _mask(length: int, spans: Iterable[tuple[int, int]]) -> bytearray:
    mask = bytearray(length)
    for start, end in spans:
        mask[start:end] = b"\1" * (end - start)
    return mask


def _share(mask: bytearray, places: list[int]) -> float:
    return sum(mask[place] for place in places) / max(1, len(places))


def figures(found: Reach) -> dict[str, float]:
    """The figures of the scorecard, by name: shares of 1, counts in a thousand (`_per_1000`), documents, seconds."""
    whole = [one for one in found.documents if one.is_whole]

    def mean(values: Iterable[float]) -> float:
        return sum(values) / max(1, len(whole))

    def per_thousand(kind: str, of: int) -> float:
        return 1000 * sum(one.issues[kind] for one in whole) / max(1, of)

    duties = sum(one.duties for one in found.documents)
    return {
        "documents": len(found.documents),
        "whole": len(whole) / max(1, len(found.documents)),
        "in_clauses": mean(one.in_clauses for one in whole),
        "thin": sum(one.in_clauses < THIN for one in whole),
        "explained": mean(one.explained for one in whole),
        "duties": duties,
        "duties_held": sum(one.duties_held for one in found.documents) / max(1, duties),
        "undecided_per_1000": per_thousand("undecided-number", found.rows["numbers"])
        + per_thousand("left-over", found.rows["numbers"]),
        "unknown_agencies_per_1000": per_thousand("unknown-agency", found.rows["responsibilities"]),
        "damage_per_1000": per_thousand("damage", len(whole)),
        SPEED: found.characters / found.seconds,
    }


def scorecard(found: Reach, out: Path, golds: Path) -> dict[str, Any]:
    """What docs/reach.json says: the figures, the documents left out and why, and how exact the tables are.

    `golds` holds folders of flat gold files: those of plans that the folder has are scored, all of a folder together.
    """
    documents = {one.document_id for one in found.documents}
    exact: dict[str, dict[str, dict[str, float]]] = {}
    for folder in sorted(path for path in golds.iterdir() if path.is_dir()):
        here = [path for path in sorted(folder.glob("*.json")) if path.stem in documents]
        scores = accuracy(out / "data", here, flat=True) if here else []
        whole = TOGETHER if len(here) > 1 else here[0].stem if here else ""
        exact[folder.name] = {
            one.table: {
                "annotated": one.gold,
                "found": one.found,
                "right": round(one.recall * one.gold),
                "f1": round(one.f1, 3),
            }
            for one in scores
            if one.plan == whole
        }
    return {
        "figures": {name: round(value, 4) for name, value in figures(found).items() if name != SPEED},
        "left_out": [why.split(". To mend it")[0] for why in found.left_out],
        "exact": {name: scores for name, scores in exact.items() if scores},
    }


def print_reach(folder: Path, out: Path | None, golds: Path, console: Console) -> dict[str, Any]:
    """Prints the scorecard of a folder of texts: its figures, what was left out and why, how exact it is; returns it."""
    with tempfile.TemporaryDirectory() as scratch:
        out = out or Path(scratch)
        found = reach(folder, out)
        card = scorecard(found, out, golds)
    for name, figure in [*card["figures"].items(), (SPEED, figures(found)[SPEED])]:
        shown = f"{figure:,.0f}" if figure == int(figure) or figure > 1000 else f"{figure:.4f}"
        console.print(f"{name:26} {shown}")
    for why in card["left_out"]:
        console.print(f"left out: {why}", soft_wrap=True)
    for one in found.documents:
        if one.is_whole and one.in_clauses < THIN:
            console.print(f"thin: {one.document_id} has {one.in_clauses:.2f} of its characters in clauses")
    for name, scores in card["exact"].items():
        table = Table(title=f"annotated plans, {name}", title_justify="left", box=None, pad_edge=False)
        for heading in ("field", "annotated", "found", "right", "F1"):
            table.add_column(heading, justify="left" if heading == "field" else "right")
        for field, counts in scores.items():
            cells = [str(counts[key]) for key in ("annotated", "found", "right")]
            table.add_row(field, *cells, f"{counts['f1']:.3f}")
        console.print(table)
    return card


def write_reach(card: Mapping[str, Any], root: Path) -> None:
    """Writes docs/reach.json, from which the figures in the documents are made."""
    (root / PUBLISHED).write_text(json.dumps(card, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
