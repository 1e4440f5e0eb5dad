"""Prints the row of an id: its value, its words in their context, its place in the seed and its reasons."""

import csv
import difflib
import io
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from rich.console import Console, Group, RenderableType
from rich.panel import Panel
from rich.table import Table as Grid
from rich.text import Text

from pipelines.errors import PipelineError
from pipelines.package.dataset import read_dataset
from pipelines.package.files import Files
from pipelines.package.printed import Key, Table, printed_tables
from pipelines.release.reasons import STEPS, label_of, meaning, reasons
from pipelines.release.source import Passage, Repair, passage, read_seed
from pipelines.seeds.formats.original import LinePlace, map_of, places_of, read_line_map
from pipelines.seeds.sources import HAND_REPAIRS

REPAIRS_SHOWN = 12
MENTIONS_SHOWN = 40
CONTEXT_SHOWN = 160
# What a passage says of itself is shown as such, not among the columns.
ELSEWHERE = ("source_start", "source_end")
VISIBLE = {"\n": "⏎\n", "\r": "␍", "\t": "␉", "\f": "␌", "\u00a0": "⍽", "\u3000": "□"}
Tables = Mapping[str, Table]


def print_trace(
    root: Path, row_id: str, console: Console | None = None, *, seeds: Path | None = None
) -> bool:
    """Prints where a row comes from; every row, where tables share the id. True, or PipelineError for no such row.

    `root` is a checkout, a published folder, or a release archive; `seeds` the folder of the raw texts, where
    `root` does not hold them. A row whose key has two columns
    is named by both: wuhan-synergy + 1 is the first issuer of the plan of Wuhan.
    """
    console = console or Console(highlight=False)
    dataset = read_dataset(root, seeds)
    every = printed_tables(dataset)
    key = tuple(part.strip() for part in row_id.split("+"))
    found = [name for name, table in every.items() if key in table.rows]
    if not found:
        raise _unknown(root, row_id, every)
    for name in found:
        console.print(_traced(dataset.files, every, name, key, colour=console.color_system is not None))
    return True


def _traced(files: Files, every: Tables, table: str, key: Key, *, colour: bool) -> RenderableType:
    parts: list[RenderableType] = [_values(every, table, key)]
    place = passage(files, every, table, key)
    if place is not None:
        parts += [_context(place, colour=colour), _source(files, every, place)]
        if place.seed.inside(place.start, place.end):
            parts.append(_repairs(files, place))
    if table == "agencies":
        parts.append(_mentions(files, every, key))
    why = reasons(every, table, key)
    parts.append(_why(table, why))
    return Group(*parts)


def _values(every: Tables, table: str, key: Key) -> Panel:
    """The row, with what its codes and keys mean."""
    grid = _grid()
    described = every[table]
    for column in described.columns:
        value = described.rows[key][column.name]
        if not value or column.name in ELSEWHERE:
            continue
        cell = Text(value)
        said = meaning(every, table, column.name, value) or label_of(every, table, column.name, value)
        if said and said != value:
            cell.append(f"  {said}", "dim")
        grid.add_row(Text(column.name, "dim"), cell)
    title = Text.assemble(
        (" + ".join(key), "bold"), (f"  {described.words['title']} {described.words['title_zh']}", "")
    )
    return Panel(grid, title=title, title_align="left", border_style="cyan")


def _context(place: Passage, *, colour: bool) -> Panel:
    """The passage marked in what stands round it: by colour, or by brackets where there is none."""
    before, after = _flat(place.before), _flat(place.after)
    text = Text()
    text.append(before if len(before) <= CONTEXT_SHOWN else f"…{before[-CONTEXT_SHOWN:]}", "dim")
    quote = _flat(place.quote)
    text.append(quote if colour and quote else f"⟦{quote}⟧", "bold black on yellow")
    text.append(after if len(after) <= CONTEXT_SHOWN else f"{after[:CONTEXT_SHOWN]}…", "dim")
    where = f"in its context: {place.clause_id}" if place.clause_id else "in its context"
    return Panel(text, title=where, title_align="left", border_style="yellow")


def _source(files: Files, every: Tables, place: Passage) -> Panel:
    """The seed's own characters, those that a repair changed marked, with their place."""
    line, column = place.seed.place(place.start)
    last_line, last_column = place.seed.place(max(place.start, place.end - 1))
    grid = _grid()
    grid.add_row(Text("file", "dim"), Text(f"{files.where(place.seed.path)}:{line}:{column}"))
    grid.add_row(Text("to", "dim"), Text(f"line {last_line}, column {last_column}"))
    grid.add_row(
        Text("characters", "dim"),
        Text(f"{place.start} to {place.end} (half-open, of the file read as UTF-8)"),
    )
    document = every["documents"].rows[(place.seed.document_id,)]
    grid.add_row(Text("sha256", "dim"), Text(document["sha256"]))
    for fetched in ("source_url", "publisher", "retrieved_on"):
        if document.get(fetched):
            grid.add_row(Text(fetched, "dim"), Text(document[fetched]))
    for words in _in_original(files, document.get("original", ""), place):
        grid.add_row(Text("original", "dim"), Text(words))
    raw = Text()
    at = place.start
    for repair in place.seed.inside(place.start, place.end):
        raw.append(_visible(place.seed.raw[at : repair.start]))
        raw.append(_visible(repair.before), "red reverse")
        at = repair.end
    raw.append(_visible(place.seed.raw[at : place.end]))
    grid.add_row(Text("as it stands", "dim"), raw)
    title = f"in the seed: {place.seed.document_id}"
    return Panel(grid, title=title, title_align="left", border_style="blue")


def _in_original(files: Files, original: str, place: Passage) -> Iterator[str]:
    """Where the passage stands in the original that its seed was read from: page, and box in points."""
    if not original:
        return
    name = f"seeds/{map_of(original)}"
    lines = read_line_map(files.read(name).decode("ascii")) if name in files else []
    pages: dict[int, list[LinePlace]] = {}
    for line in places_of(lines, place.start, place.end):
        pages.setdefault(line.page, []).append(line)
    for page, found in pages.items():
        left, top = min(line.left for line in found), min(line.top for line in found)
        right, bottom = max(line.right for line in found), max(line.bottom for line in found)
        yield f"{original}, page {page}, {left:g} to {right:g} across and {top:g} to {bottom:g} down (points from its top left)"
    if not pages:
        yield original


def _repairs(files: Files, place: Passage) -> Panel:
    """The repairs inside, those by hand first with their evidence; a run of one kind is counted, not listed."""
    inside = place.seed.inside(place.start, place.end)
    evidence = _evidence(files, place.seed.document_id)
    ordered = sorted(inside, key=lambda repair: (repair.rule not in HAND_REPAIRS, repair.start))
    grid = Grid(box=None, pad_edge=False, header_style="dim")
    for title in ("repair", "line:column", "before", "after", "rule", "why"):
        grid.add_column(title, overflow="fold")
    for repair in ordered[:REPAIRS_SHOWN]:
        line, column = place.seed.place(repair.start)
        why = repair.reason + _proof(repair, evidence)
        grid.add_row(
            Text(repair.repair_id.rpartition("/")[2]),
            f"{line}:{column}",
            Text(_visible(repair.before).rstrip("\n"), "red"),
            Text(_visible(repair.after).rstrip("\n") or "(nothing)", "green"),
            repair.rule,
            Text(why),
        )
    parts: list[RenderableType] = [grid]
    if len(ordered) > REPAIRS_SHOWN:
        rest = Counter(repair.rule for repair in ordered[REPAIRS_SHOWN:])
        parts.append(
            Text("and " + ", ".join(f"{count} more of {rule}" for rule, count in rest.items()), "dim")
        )
    title = f"repairs made inside: {len(inside)}"
    return Panel(Group(*parts), title=title, title_align="left", border_style="red")


def _mentions(files: Files, every: Tables, key: Key) -> Panel:
    """Where an agency is named: each responsibility and each signature, with its place in the seed."""
    grid = Grid(box=None, pad_edge=False, header_style="dim")
    for title in ("row", "as written", "role", "file:line:column"):
        grid.add_column(title, overflow="fold")
    seeds = {}
    found = list(_naming(every, key))
    for name, row_key, document_id in found[:MENTIONS_SHOWN]:
        if document_id not in seeds:
            seeds[document_id] = read_seed(files, every, document_id)
        row = every[name].rows[row_key]
        line, column = seeds[document_id].place(int(row["source_start"]))
        role = row.get("role", "issuer") + (", inherited" if row.get("basis") == "inherited" else "")
        place = f"{seeds[document_id].path}:{line}:{column}"
        grid.add_row(Text(" + ".join(row_key)), Text(row["as_written"]), role, place)
    parts: list[RenderableType] = [grid]
    if len(found) > MENTIONS_SHOWN:
        parts.append(Text(f"and {len(found) - MENTIONS_SHOWN} more", "dim"))
    return Panel(
        Group(*parts),
        title="named once" if len(found) == 1 else f"named {len(found)} times",
        title_align="left",
        border_style="yellow",
    )


def _naming(every: Tables, key: Key) -> Iterator[tuple[str, Key, str]]:
    for name in ("issuers", "responsibilities"):
        for row_key, row in every[name].rows.items():
            if row["agency_id"] == key[0]:
                base = every["plans"].rows[(row["plan_id"],)]["base_document_id"]
                yield name, row_key, row.get("document_id") or base


def _why(table: str, why: list[str]) -> Panel:
    text = Text(STEPS.get(table, f"the vocabulary schemas/vocabularies/{table}.csv"), "bold")
    for reason in why:
        text.append(f"\n· {reason}", "not bold")
    return Panel(text, title="what gave it", title_align="left", border_style="green")


def _evidence(files: Files, document_id: str) -> list[Mapping[str, str]]:
    """The hand repairs of a document as the curators wrote them down."""
    if "seeds/errata.csv" not in files:
        return []
    text = files.read("seeds/errata.csv").decode("utf-8-sig")
    return [row for row in csv.DictReader(io.StringIO(text, newline="")) if row["document_id"] == document_id]


def _proof(repair: Repair, evidence: list[Mapping[str, str]]) -> str:
    if repair.rule not in HAND_REPAIRS:
        return ""
    found = [
        row["evidence"]
        for row in evidence
        if row["reason"] == repair.reason and repair.before in row["before"]
    ]
    return f". {found[0]}" if len(found) == 1 and found[0] else ""


def _unknown(root: Path, row_id: str, every: Tables) -> PipelineError:
    known = [" + ".join(key) for table in every.values() for key in table.rows]
    near = difflib.get_close_matches(row_id, known, n=5, cutoff=0.5)
    if not near:
        near = [each for each in known if each.startswith(row_id.split("/")[0])][:5]
    return PipelineError(
        file=root,
        place="",
        found=f"no row {row_id!r} in any of {len(every)} tables",
        expected=f"the id of a row{', such as ' + ', '.join(near) if near else ''}",
        remedy="take the id from the first column of a table; an id of two columns is written “plan + position”",
    )


def _grid() -> Grid:
    grid = Grid(box=None, pad_edge=False, show_header=False)
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    return grid


def _flat(text: str) -> str:
    return text.replace("\n", " ⏎ ")


def _visible(raw: str) -> str:
    """The characters of a seed so that none hides: blanks and breaks by marks, what cannot be printed by its code.

    >>> _visible("到\\u00a02025\\u200b年")
    '到⍽2025\\\\u200b年'
    """
    return "".join(
        VISIBLE.get(character, character if character.isprintable() else f"\\u{ord(character):04x}")
        for character in raw
    )
