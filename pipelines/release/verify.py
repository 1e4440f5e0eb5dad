"""Checks that a package is what its own seeds give, and finds the places where it is not."""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.markup import escape

from pipelines.describe.dictionary import data_dictionary
from pipelines.errors import PipelineError
from pipelines.package.build import build
from pipelines.package.dataset import Dataset, read_dataset
from pipelines.package.files import DESCRIPTOR, SUMS, Files, digest, read_sums
from pipelines.release.archive import PACKAGE
from pipelines.release.changes import RowChange, SchemaChange, compare
from pipelines.schema import load_package, load_schemas
from pipelines.seeds.originals import changed_originals
from pipelines.seeds.sources import read_sources

SEEDS = "seeds"
DICTIONARY = "docs/data-dictionary.md"
SHOWN = 20


@dataclass(frozen=True)
class Verdict:
    """What was found: the number of files compared, and in words each way in which the package is not its rebuild."""

    files: int
    faults: tuple[str, ...]


def print_verify(package: Path, console: Console | None = None) -> bool:
    """Rebuilds a package, a folder or an archive, from its own seeds and says whether every byte is the same.

    Raises PipelineError for what is no package, has no seeds with it, or has seeds that give none.
    """
    console = console or Console(highlight=False)
    verdict = verify(package)
    for fault in verdict.faults[:SHOWN]:
        console.print(f"[bold red]differs[/]: {escape(fault)}", soft_wrap=True)
    if len(verdict.faults) > SHOWN:
        console.print(f"… and {len(verdict.faults) - SHOWN} more")
    if not verdict.faults:
        console.print(f"verified: {verdict.files} files, each byte as its seeds give it", soft_wrap=True)
    return not verdict.faults


def verify(package: Path) -> Verdict:
    """The comparison of a package with a rebuild from its own seeds, in a folder that is gone afterwards."""
    published = read_dataset(package)
    with tempfile.TemporaryDirectory(prefix="verify-") as folder:
        seeds, out = Path(folder, SEEDS), Path(folder, "out")
        out.mkdir()
        _unpack_seeds(published.files, seeds)
        originals = [f"{SEEDS}/{fault}" for fault in changed_originals(seeds, read_sources(seeds))]
        faults = [*_wrong_sums(published.files), *_other_version(published), *originals]
        summary = build(seeds, out, strict=False)
        rebuilt = read_dataset(out)
        names, found = differences(published, rebuilt)
        if found:
            faults += [f"{SEEDS}: {reason}" for reason in summary.left_out]
        faults += found
        if DICTIONARY in published.files:
            names.append(DICTIONARY)
            if published.files.read(DICTIONARY) != data_dictionary(load_schemas()).encode("utf-8"):
                faults.append(f"{DICTIONARY}: not what the schemas say")
        return Verdict(len(names), tuple(faults))


def differences(published: Dataset, rebuilt: Dataset) -> tuple[list[str], list[str]]:
    """The files of two packages, and every place where the one published differs from the one rebuilt, in words."""
    names = sorted({*published.files.under(*PACKAGE), *rebuilt.files.under(*PACKAGE)})
    differing = [name for name in names if not _same(published.files, rebuilt.files, name)]
    return names, list(_explained(published, rebuilt, differing))


def _unpack_seeds(published: Files, seeds: Path) -> None:
    names = published.under(SEEDS)
    if not names:
        raise PipelineError(
            file=published.path,
            place=SEEDS,
            found="no seeds",
            expected="the raw texts that the package was made from, with their sources.csv",
            remedy="verify the release archive, or a checkout, which have them",
        )
    for name in names:
        path = seeds / Path(name).relative_to(SEEDS)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(published.read(name))


def _wrong_sums(published: Files) -> Iterator[str]:
    """What SHA256SUMS says of the files beside it; a folder that is no release has none."""
    if SUMS not in published:
        return
    sums = read_sums(published.read(SUMS).decode("utf-8", "replace"))
    for name, expected in sums.items():
        if name not in published:
            yield f"{name}: named in {SUMS}, and missing"
        elif (found := digest(published.read(name))) != expected:
            yield f"{name}: its sha256 is {found}, {SUMS} says {expected}"
    if published.is_archive:
        for name in published.all():
            if name != SUMS and name not in sums:
                yield f"{name}: not named in {SUMS}"


def _other_version(published: Dataset) -> Iterator[str]:
    version, ours = published.version, str(load_package()["version"])
    if version != ours:
        yield f"{DESCRIPTOR}: version {version}, and this is the code of version {ours}: check out v{version} to verify it"


def _same(published: Files, rebuilt: Files, name: str) -> bool:
    return name in published and name in rebuilt and published.read(name) == rebuilt.read(name)


def _explained(published: Dataset, rebuilt: Dataset, differing: list[str]) -> Iterator[str]:
    """The differing files, tables first by row and column; then each file that no row explains."""
    told: set[str] = set()
    if any(name.endswith((".csv", ".json")) for name in differing):
        try:
            difference = compare(rebuilt, published)
        except PipelineError as error:
            yield str(error)
        else:
            for change in difference.schema:
                yield _schema_fault(change)
            for row in difference.rows:
                told.add(f"data/{row.table}.csv")
                yield from _row_faults(row)
    for name in differing:
        if name in told:
            continue
        if name not in rebuilt.files:
            yield f"{name}: the seeds give no such file"
        elif name not in published.files:
            yield f"{name}: missing"
        elif cells := list(_parquet_faults(published, rebuilt, name)):
            yield from cells
        else:
            yield f"{name}: {first_difference(published.files.read(name), rebuilt.files.read(name))}"


def _parquet_faults(published: Dataset, rebuilt: Dataset, name: str) -> Iterator[str]:
    """The cells in which two Parquet files of the same columns and rows differ, or that one cannot be read."""
    table = Path(name).stem
    if not name.endswith(".parquet") or table not in rebuilt.tables:
        return
    if table not in published.tables:
        yield f"{name}: no Parquet file that can be read ({published.unreadable.get(table, 'it is not named')})"
        return
    found, given = published.tables[table], rebuilt.tables[table]
    if found.column_names != given.column_names or found.num_rows != given.num_rows:
        yield f"{name}: {found.num_rows} rows of {found.num_columns} columns, rebuilt {given.num_rows} of {given.num_columns}"
        return
    keys = load_schemas()[table].primary_key
    for row, (one, other) in enumerate(zip(found.to_pylist(), given.to_pylist(), strict=True)):
        key = " + ".join(str(other[column]) for column in keys) or str(row + 1)
        for column in found.column_names:
            if one[column] != other[column]:
                yield (
                    f"{name}, row {key}, column {column}: published {_cut(str(one[column]))}, "
                    f"the seeds give {_cut(str(other[column]))}"
                )


def _schema_fault(change: SchemaChange) -> str:
    found = f", published {change.new!r}" if change.new else ""
    return f"{DESCRIPTOR}, {change.place}: {change.what}{found}, rebuilt {change.old!r}"


def _row_faults(row: RowChange) -> Iterator[str]:
    place = f"data/{row.table}.csv, row {' + '.join(row.key)}"
    if row.what != "changed":
        yield f"{place}: {'the seeds give no such row' if row.what == 'added' else 'missing'}"
        return
    for cell in row.cells:
        yield f"{place}, column {cell.column}: published {_cut(cell.new)}, the seeds give {_cut(cell.old)}"


def _cut(cell: str | None) -> str:
    text = repr(cell or "")
    return text if len(text) <= 100 else f"{text[:100]}…"


def first_difference(found: bytes, expected: bytes) -> str:
    """Where two files part: line and column of a text, byte of what is none."""
    place = next(
        (index for index, (one, other) in enumerate(zip(found, expected, strict=False)) if one != other),
        min(len(found), len(expected)),
    )
    try:
        before = found[:place].decode("utf-8", "ignore")
        found.decode("utf-8")
    except UnicodeDecodeError:
        return f"byte {place} of {len(found)} differs; the seeds give {len(expected)} bytes"
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    return f"line {line}, column {column} differs from what the seeds give"
