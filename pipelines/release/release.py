"""The published package in; a folder with all that a release offers, whole or not at all, out."""

import shutil
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType

import duckdb
from rich.console import Console
from rich.markup import escape
from rich.table import Table as Grid

from pipelines.errors import PipelineError
from pipelines.publish.swap import package_lock, staging, swap_in
from pipelines.release.archive import archive_files, archive_name, formula_cells, write_archive
from pipelines.release.changes import Difference, compare
from pipelines.release.databases import duckdb_content, read_tables, write_duckdb, write_sqlite
from pipelines.release.diff import as_json, as_markdown, faults
from pipelines.release.reading import DESCRIPTOR, SUMS, descriptor, digest, opened, tables, write_sums
from pipelines.release.versions import changes_of, check_versions
from pipelines.schema import load_schemas

NOTES, CHANGES = "release-notes.md", "changes.json"
Gate = tuple[str, Callable[[], bool]]


def print_release(
    root: Path,
    out: Path,
    gates: Sequence[Gate] = (),
    *,
    previous: Path | None = None,
    beside: Mapping[str, str] = MappingProxyType({}),
    tag: str | None = None,
    console: Console | None = None,
) -> bool:
    """Makes the release of the package in `root` in the folder `out`, and says what it holds.

    `gates` are checks by name, each saying whether it passes; `beside` are further files by name, such as metadata
    in other formats. The release holds those, the archive, a DuckDB and a SQLite file, datapackage.json with data/ beside it, to be served as they
    are, release-notes.md, SHA256SUMS, and, where there is a previous release (a folder or an archive),
    changes.json. What else is in `out` stays.

    Returns False, and changes nothing in `out`, where a gate does not pass or what changed since the previous
    release must not be released under this version. Raises PipelineError where the version differs between two
    places or from `tag`, and where the package is not whole.
    """
    console = console or Console(highlight=False)
    version = check_versions(root, tag)
    difference = None
    if previous is not None:
        with opened(previous) as before, opened(root) as after:
            difference = compare(before, after)
        if found := faults(difference):
            for fault in found:
                console.print(f"[bold red]stop[/]: {escape(fault)}", soft_wrap=True)
            return False
    for name, passes in gates:
        console.print(f"gate: {escape(name)}", style="bold")
        if not passes():
            console.print(
                f"[bold red]stop[/]: {escape(name)} does not pass; nothing was released", soft_wrap=True
            )
            return False
    names = make_release(root, out, version, difference, beside)
    _print(out, names, console)
    return True


def make_release(
    root: Path,
    out: Path,
    version: str,
    difference: Difference | None = None,
    beside: Mapping[str, str] = MappingProxyType({}),
) -> list[str]:
    """All files of the release, swapped into `out` together; their names, the archive first."""
    with opened(root) as files:
        package = descriptor(files)
        _refuse_formulas(root)
    name = str(package["name"])
    archive = archive_name(name, version)
    databases = {f"{name}.duckdb": write_duckdb, f"{name}.sqlite": write_sqlite}
    schemas = load_schemas(root / "schemas")
    licences = ", ".join(str(each["name"]) for each in package.get("licenses", []))
    facts = {"name": name, "title": str(package["title"]), "version": version, "licence": licences}
    with package_lock(out):
        staged = staging(out)
        write_archive(archive_files(root), staged / archive)
        arrow = read_tables(root, schemas)
        for database, write in databases.items():
            write(arrow, schemas, facts, staged / database)
        _keep_equal(out / f"{name}.duckdb", staged / f"{name}.duckdb")
        shutil.copyfile(root / DESCRIPTOR, staged / DESCRIPTOR)
        shutil.copytree(root / "data", staged / "data")
        texts = {**beside, NOTES: _notes(root, staged, name, version, [archive, *databases], difference)}
        if difference is not None:
            texts[CHANGES] = as_json(difference)
        for text_name, text in texts.items():
            (staged / text_name).write_text(text, encoding="utf-8", newline="\n")
        names = [archive, *databases, DESCRIPTOR, "data", *texts]
        made = sorted(path for path in staged.rglob("*") if path.is_file())
        sums = {path.relative_to(staged).as_posix(): digest(path.read_bytes()) for path in made}
        (staged / SUMS).write_text(write_sums(sums), encoding="utf-8", newline="\n")
        swap_in(staged, out, [*names, SUMS])
        if difference is None:
            (out / CHANGES).unlink(missing_ok=True)  # what an earlier release said of an earlier one
        with suppress(OSError):
            shutil.rmtree(staged)
    return [*names, SUMS]


def _refuse_formulas(root: Path) -> None:
    with opened(root) as files:
        for name, table in tables(files).items():
            found = formula_cells(list(table.rows.values()))
            if found:
                number, column, cell = found[0]
                raise PipelineError(
                    file=root / "data" / f"{name}.csv",
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
    lines = [f"# {name} {version}", "", changes_of(root, version), "", "## Files", ""]
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
