"""Makes a folder with all that a release of the published package offers, whole or not at all."""

import shutil
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType

import duckdb
from rich.console import Console
from rich.markup import escape
from rich.table import Table as Grid

from pipelines.errors import PipelineError
from pipelines.package.dataset import Dataset, read_dataset
from pipelines.package.files import DESCRIPTOR, SUMS, digest, write_sums
from pipelines.package.printed import printed_tables
from pipelines.package.swap import package_lock, staging, swap_in
from pipelines.release.archive import archive_files, archive_name, formula_cells, write_archive
from pipelines.release.changes import Difference, compare
from pipelines.release.databases import duckdb_content, write_databases
from pipelines.release.diff import as_json, as_markdown, faults
from pipelines.release.held import CHANGES, before
from pipelines.release.versions import SOURCE, changes_of, check_dates, check_versions, next_version

NOTES, DATA = "release-notes.md", "data"
Gate = tuple[str, Callable[[], bool]]


def print_release(
    root: Path,
    out: Path,
    gates: Sequence[Gate] = (),
    *,
    previous: Path | None = None,
    is_first: bool = False,
    beside: Mapping[str, str] = MappingProxyType({}),
    tag: str | None = None,
    console: Console | None = None,
) -> bool:
    """Makes the release of the package in `root` in the folder `out`, and says what it holds.

    `gates` are checks by name, each saying whether it passes; `beside` are further files by name, such as metadata
    in other formats. The release holds those, the archive, a DuckDB and a SQLite file, datapackage.json with data/
    beside it, to be served as they are, release-notes.md, SHA256SUMS of all these but data/, whose checksums stand in
    datapackage.json, and changes.json unless it is the first. What else is in `out` stays.

    `previous` is the release before, a folder or an archive; without it, it is the archive of the highest other
    version in `out`. `is_first` says that there is none. A release of the same version in `out` must hold the same
    data.

    Returns False, and changes nothing in `out`, where a gate does not pass or what changed since the previous
    release must not be released under this version. Raises PipelineError where there is no previous release and
    none is said to be the first, where the version or the date differs between two places or the version from
    `tag`, where a tag is released without a date, and where the package is not whole.
    """
    console = console or Console(highlight=False)
    version = check_versions(root, tag)
    check_dates(root, is_tagged=tag is not None)
    package = str(read_dataset(root).descriptor["name"])
    against = before(out, package, version, previous, is_first=is_first)
    difference = _difference(against.last, root)
    found = [*_of_another_content(against.same, root), *_dated_before(against.last, root)]
    if difference is not None:
        found += faults(difference)
    if found:
        for fault in found:
            console.print(f"[bold red]stop[/]: {escape(fault)}", soft_wrap=True)
        return False
    for name, passes in gates:
        console.print(f"gate: {escape(name)}", style="bold")
        begun = time.perf_counter()
        has_passed = passes()
        console.print(f"gate: {escape(name)}, {time.perf_counter() - begun:.0f} s", style="bold")
        if not has_passed:
            console.print(
                f"[bold red]stop[/]: {escape(name)} does not pass; nothing was released", soft_wrap=True
            )
            return False
    names = make_release(root, out, version, difference, beside)
    _print(out, names, console)
    return True


def _difference(last: Path | None, root: Path) -> Difference | None:
    return None if last is None else compare(read_dataset(last), read_dataset(root))


def _dated_before(last: Path | None, root: Path) -> Iterator[str]:
    """Why the date must not stand: the release before has a later one. Days in one form follow as their texts do."""
    if last is None:
        return
    before, after = (str(read_dataset(each).descriptor.get("created", "")) for each in (last, root))
    if after < before:
        yield f"this release is dated {after or 'not at all'}, and the one before {before}: correct `created` in {SOURCE}"


def _of_another_content(same: Path | None, root: Path) -> Iterator[str]:
    """Why the data must not take the place of a release of the same version: they are others."""
    difference = _difference(same, root)
    if same is not None and difference is not None and not difference.nothing:
        places = [f"{each.table} {' + '.join(each.key)}" for each in difference.rows]
        places += [each.place for each in difference.schema] + [each.path for each in difference.files]
        yield (
            f"{same} holds other data under the same version {difference.new_version}: {len(places)} changes, such as"
            f" {', '.join(places[:3])}; these need a {difference.needed} version,"
            f" {next_version(difference.old_version, difference.needed)} or higher. If that archive was never"
            " published, remove it and release again"
        )


def make_release(
    root: Path,
    out: Path,
    version: str,
    difference: Difference | None = None,
    beside: Mapping[str, str] = MappingProxyType({}),
) -> list[str]:
    """All files of the release, swapped into `out` together; their names, the archive first."""
    dataset = read_dataset(root)
    _refuse_formulas(dataset)
    name = str(dataset.descriptor["name"])
    archive = archive_name(name, version)
    with package_lock(out):
        staged = staging(out)
        write_archive(archive_files(root), staged / archive)
        databases = [path.name for path in write_databases(dataset, staged, version)]
        _keep_equal(out / f"{name}.duckdb", staged / f"{name}.duckdb")
        shutil.copyfile(root / DESCRIPTOR, staged / DESCRIPTOR)
        shutil.copytree(root / DATA, staged / DATA)
        texts = {**beside, NOTES: _notes(root, staged, name, version, [archive, *databases], difference)}
        if difference is not None:
            texts[CHANGES] = as_json(difference)
        for text_name, text in texts.items():
            (staged / text_name).write_text(text, encoding="utf-8", newline="\n")
        # What is attached to a release lies in one folder: the sums name that, and datapackage.json those of data/.
        names = [archive, *databases, DESCRIPTOR, *texts]
        sums = {each: digest((staged / each).read_bytes()) for each in names}
        (staged / SUMS).write_text(write_sums(sums), encoding="utf-8", newline="\n")
        names += [DATA, SUMS]
        swap_in(staged, out, names)
        if difference is None:
            (out / CHANGES).unlink(missing_ok=True)  # what an earlier release said of an earlier one
        with suppress(OSError):
            shutil.rmtree(staged)
    return names


def _refuse_formulas(dataset: Dataset) -> None:
    for name, table in printed_tables(dataset).items():
        found = formula_cells(list(table.rows.values()))
        if found:
            number, column, cell = found[0]
            raise PipelineError(
                file=dataset.root / "data" / f"{name}.csv",
                place=f"row {number}, column {column}",
                found=f"{cell[:40]!r} ({len(found)} such cells in the table)",
                expected="no cell that a spreadsheet may run as a formula",
                remedy="repair the text that the cell comes from",
            )


def _keep_equal(published: Path, staged: Path) -> None:
    """A DuckDB file that holds the same as the one published gives way to it, so that its checksum stays."""
    try:
        equal = published.exists() and duckdb_content(published) == duckdb_content(staged)
    except duckdb.Error:  # another program holds it, or it is no such file
        return
    if equal:
        shutil.copyfile(published, staged)


def _notes(
    root: Path, staged: Path, name: str, version: str, files: Sequence[str], difference: Difference | None
) -> str:
    """The text of the release: what CHANGELOG.md says of it, its files, and what changed in the data."""
    day = check_dates(root, is_tagged=False)
    lines = [f"# {name} {version}", "", *([f"Released on {day}.", ""] if day else [])]
    lines += [changes_of(root, version), "", "## Files", ""]
    lines += ["| File | Bytes | SHA-256 |", "|---|---:|---|"]
    for file in files:
        data = (staged / file).read_bytes()
        lines.append(f"| `{file}` | {len(data):,} | `{digest(data)}` |")
    lines.append("")
    lines.append(
        as_markdown(difference) if difference else "This is the first release: there is none to compare with."
    )
    return "\n".join(lines).rstrip() + "\n"


def _print(out: Path, names: Sequence[str], console: Console) -> None:
    grid = Grid(box=None, pad_edge=False, show_header=False)
    grid.add_column()
    grid.add_column(justify="right")
    for name in names:
        path = out / name
        size = sum(
            each.stat().st_size for each in (path.rglob("*") if path.is_dir() else [path]) if each.is_file()
        )
        grid.add_row(escape(str(path)), f"{size:,} bytes")
    console.print(grid)
