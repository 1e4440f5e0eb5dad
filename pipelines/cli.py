"""The commands behind the make targets: each calls the work of a module and prints what came of it."""

import io
import sys
import time
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from pipelines.errors import PipelineError
from pipelines.home import IS_INSTALLED, ROOT
from pipelines.package.build import BuildSummary
from pipelines.package.build import build as build_package
from pipelines.terminal import out_console, print_counts, printable, say, shown, tracked, unusable

DICTIONARY = ROOT / "docs" / "data-dictionary.md"
DIST = ROOT / "dist"
STOPPED = "what is published is as it was, or is put right by the next build"

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False, help=__doc__)

Seeds = Annotated[Path, typer.Option(help="The folder of seeds, with its sources.csv.")]
Out = Annotated[Path, typer.Option(help="The folder that gets data/ and datapackage.json.")]
AnyPackage = Annotated[
    Path, typer.Option("--package", help="A folder with datapackage.json, or a release archive.")
]
SeedsBeside = Annotated[
    Path | None, typer.Option(help="The folder of its seeds; without it, seeds/ beside datapackage.json.")
]
Page = Annotated[
    Path | None,
    typer.Option(help="Where to write; without it dist/, or beside datapackage.json of another package."),
]
Strict = Annotated[bool | None, typer.Option(help="Stop at the first document that cannot be read whole.")]


def main() -> None:
    """Runs a command; bad input ends in one message on stderr and exit status 1, never in a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal that cannot show Chinese gets escapes
            stream.reconfigure(errors="backslashreplace")
    try:
        app()
    except PipelineError as error:
        say("error", "bold red", str(error))
        sys.exit(1)
    except OSError as error:
        # A path that cannot be read or written, where no step knew more of it.
        say("error", "bold red", str(unusable(error)))
        sys.exit(1)
    except KeyboardInterrupt:  # before a command has begun
        say("stopped", "bold yellow", STOPPED)
        sys.exit(130)


@app.command()
def build(seeds: Seeds = ROOT / "seeds", out: Out = ROOT, strict: Strict = None) -> None:
    """Build the data package of a folder of seeds; strict by default for the project's own."""
    summary = _build(seeds, out, strict)
    print_counts(summary.rows)
    _print_left_out(summary)
    state = "written" if summary.changed else "as they were, no byte changed"
    out_console.print(
        f"built in {summary.seconds:.1f} s: {shown(out / 'data')} and datapackage.json, {state}",
        soft_wrap=True,
    )


@app.command()
def add(
    paths: Annotated[
        list[Path],
        typer.Argument(help="PDFs, Word files, web pages (.html, .mhtml), texts, or folders of them."),
    ],
    seeds: Annotated[Path, typer.Option(help="The folder of seeds; made if it is not there.")] = ROOT
    / "seeds",
) -> None:
    """Bring documents in as seeds: the original kept, its text beside it, a row in sources.csv to look over."""
    from pipelines.package.look import look
    from pipelines.seeds.add import add as add_documents
    from pipelines.vocabulary import load_vocabulary

    failed = some = False
    for added in add_documents(paths, seeds, lambda text: look(text, load_vocabulary())):
        if added.document_id:
            out_console.print(f"{added.document_id}: {escape(printable(added.words))}", soft_wrap=True)
            some = True
        else:
            say("not added", "bold red", added.words)
            failed = True
    if some:
        out_console.print(
            f"look over {shown(seeds / 'sources.csv')}: what it says wins over the texts", soft_wrap=True
        )
    if failed:
        sys.exit(1)


@app.command("all")
def all_() -> None:
    """Build the package of seeds/ where one stands, validate it, and say what came out."""
    begun = time.perf_counter()
    summary = _build(ROOT / "seeds", ROOT, None)
    print_counts(summary.rows)
    from pipelines.guard.report import print_report
    from pipelines.guard.validate import validate as validate_package

    report = validate_package(ROOT, aside=True)
    print_report(report, out_console)
    state = "rebuilt" if summary.changed else "unchanged, byte for byte"
    out_console.print(f"data        {shown(ROOT / 'data')}  (CSV and Parquet, {state})")
    out_console.print(f"descriptor  {shown(ROOT / 'datapackage.json')}")
    if _is_own(ROOT):
        out_console.print(f"columns     {shown(DICTIONARY)}")
    out_console.print(f"finished in {time.perf_counter() - begun:.1f} s")
    _end(report.ok if _is_own(ROOT) else report.is_sound)


@app.command()
def validate(
    package: Annotated[Path, typer.Argument(help="A folder with datapackage.json.")] = ROOT,
    seeds: SeedsBeside = None,
    other_version: Annotated[
        bool,
        typer.Option("--other-version", help="It may be of another version than the code: fewer checks run."),
    ] = False,
    strict: Annotated[bool | None, typer.Option(help="Fail for what is found in a single plan, too.")] = None,
) -> None:
    """Hold a package against its checksums, schemas, texts and seeds; strict by default for the project's own.

    Where the seeds, read again, give the very rows, what is found in single plans is told and, unless strict, forgiven.
    """
    from pipelines.guard.report import print_report
    from pipelines.guard.validate import validate as validate_package

    report = validate_package(package, seeds=seeds, other_version=other_version, aside=True)
    print_report(report, out_console)
    own = _is_own(package)
    _end(report.ok if strict or (own and strict is None) else report.is_sound)


@app.command()
def accuracy(package: Annotated[Path, typer.Argument(help="A folder with data/.")] = ROOT) -> None:
    """Score the tables against the plans annotated by hand in tests/gold."""
    from pipelines.guard.accuracy import print_accuracy

    if not print_accuracy(package / "data", ROOT / "tests" / "gold"):
        sys.exit(1)


@app.command()
def reach(
    folder: Annotated[Path, typer.Argument(help="A folder with the texts of plans (*.txt).")],
    out: Annotated[Path | None, typer.Option(help="The folder that keeps what is built of them.")] = None,
    publish: Annotated[
        bool, typer.Option("--publish", help="Write the figures into docs/reach.json.")
    ] = False,
) -> None:
    """How far the reading reaches in a folder of real plans, what is left out and why, and how exact it is."""
    from pipelines.guard.reach import print_reach, write_reach

    card = print_reach(folder, out, ROOT / "tests" / "gold" / "flat", out_console)
    if publish:
        write_reach(card, ROOT)


@app.command()
def alarms(folder: Annotated[Path, typer.Argument(help="A folder with the texts of plans (*.txt).")]) -> None:
    """How often each guard fails on a folder of real plans, in a thousand rows, with examples."""
    from pipelines.guard.alarms import print_alarms

    print_alarms(folder, out_console)


@app.command()
def check() -> None:
    """Rebuild under another hash seed, time zone and locale, and prove that no byte changes."""
    from pipelines.release.reproducible import print_check

    if not print_check(ROOT):
        sys.exit(1)


@app.command()
def trace(
    row_id: Annotated[str, typer.Argument(help="The id of a row, such as wuhan-synergy/2.4/t1.")],
    package: AnyPackage = ROOT,
    seeds: SeedsBeside = None,
) -> None:
    """Show where a row comes from: its words in their context, its place in the seed, the repairs inside it."""
    from pipelines.release.trace import print_trace

    _end(print_trace(package, row_id, seeds=seeds))


@app.command()
def diff(
    old: Annotated[Path, typer.Argument(help="A package: a folder or a release archive.")],
    new: Annotated[Path, typer.Argument(help="The package that follows it.")],
    markdown: Annotated[Path | None, typer.Option(help="Write the release notes here.")] = None,
    json: Annotated[Path | None, typer.Option(help="Write all changes here.")] = None,
) -> None:
    """Say what changed from one package to another, each change with its cause."""
    from pipelines.release.diff import print_diff

    _end(print_diff(old, new, markdown, json))


@app.command()
def verify(
    package: Annotated[Path, typer.Argument(help="A package: a folder or a release archive.")] = ROOT,
) -> None:
    """Prove that a package's bytes equal a rebuild from its seeds, or say which file, table and row differ."""
    from pipelines.release.verify import print_verify

    _end(print_verify(package))


@app.command()
def mutants() -> None:
    """Plant faults in the data and show which check catches each; a survivor fails."""
    from pipelines.describe.documents import write_documents
    from pipelines.faults.run import print_mutants

    caught = print_mutants(ROOT)
    write_documents(ROOT)  # one of them quotes the score
    _end(caught)


@app.command()
def report(package: AnyPackage = ROOT, seeds: SeedsBeside = None, out: Page = None) -> None:
    """Write dist/report.html, or that of another package: what was validated and found, how exact the data are."""
    from pipelines.package.files import as_folder
    from pipelines.pages.report.page import print_report_page

    with as_folder(package) as folder:
        _end(print_report_page(folder, out or _beside(package) / "report.html", seeds=seeds))


@app.command()
def site(package: AnyPackage = ROOT, seeds: SeedsBeside = None, out: Page = None) -> None:
    """Write dist/site, the pages to read and explore the data, or those of another package."""
    from pipelines.package.files import as_folder
    from pipelines.pages.site.build import print_site

    out = out or _beside(package) / "site"
    if not _is_own(package):
        with as_folder(package) as folder:
            _end(print_site(folder, out, seeds=seeds))
        return
    from pipelines.describe.facts import read_facts
    from pipelines.describe.jsonld import jsonld, put_into_page
    from pipelines.package.files import SUMS
    from pipelines.release.held import standing

    facts, held = read_facts(ROOT), standing(ROOT, DIST)
    # The list of checksums names files of data/ as well; the page shows those of what it offers.
    offered = [path for path in held.files if path.name != SUMS]
    built = print_site(ROOT, out, seeds=seeds, jsonld=jsonld(facts), release=offered)
    put_into_page(out / "zh/index.html", jsonld(facts, base="../"))
    if held.reason:
        say(
            "note",
            "bold yellow",
            f"no release of these data to download: {held.reason}; make release makes one",
        )
    _end(built)


def _beside(package: Path) -> Path:
    """Where the pages of a package go if nobody says it: into dist/ for the project, else beside its descriptor."""
    if _is_own(package):
        return DIST
    return package if package.is_dir() else package.parent


@app.command()
def metadata() -> None:
    """Write the descriptions of the dataset for catalogues: schema.org, Croissant, DCAT, Zenodo, CITATION.cff."""
    from pipelines.describe.publish import print_metadata

    _end(print_metadata(ROOT))


@app.command()
def release(
    previous: Annotated[
        Path | None,
        typer.Option(
            help="The release before, to say what changed; without it, the archive of the last one in dist/."
        ),
    ] = None,
    first: Annotated[bool, typer.Option("--first", help="There is no release before.")] = False,
    tag: Annotated[str | None, typer.Option(help="The tag that is being released, such as v0.1.0.")] = None,
) -> None:
    """Make dist/: archive, databases, metadata, checksums, notes, pages; stops unless every gate passes."""
    from pipelines.describe.facts import read_facts
    from pipelines.describe.publish import metadata_files
    from pipelines.faults.run import print_mutants
    from pipelines.guard.accuracy import print_accuracy
    from pipelines.guard.validate import validate as validate_package
    from pipelines.release.release import print_release
    from pipelines.release.sbom import sbom
    from pipelines.release.verify import print_verify

    gates = [
        ("validate", lambda: validate_package(ROOT, aside=True).ok),
        ("accuracy", lambda: print_accuracy(ROOT / "data", ROOT / "tests" / "gold")),
        ("verify", lambda: print_verify(ROOT)),
        ("mutants", lambda: print_mutants(ROOT)),
    ]
    files = metadata_files(read_facts(ROOT))
    beside = {name.removeprefix("dist/"): text for name, text in files.items() if name.startswith("dist/")}
    beside["sbom.cdx.json"] = sbom()
    _end(print_release(ROOT, DIST, gates, previous=previous, is_first=first, beside=beside, tag=tag))
    site()


@app.command()
def databases() -> None:
    """Write the DuckDB and the SQLite file of the project's package beside it, marked as not released."""
    from pipelines.release.unreleased import print_databases

    print_databases(ROOT, ROOT, out_console)


@app.command()
def archive() -> None:
    """Write the archive of the project's package into dist/, marked as not released."""
    from pipelines.release.unreleased import print_archive

    print_archive(ROOT, DIST, out_console)


@app.command()
def bench() -> None:
    """Time and memory of the extraction, the build and the guards."""
    from pipelines.bench import print_bench

    print_bench(ROOT)


def _is_own(folder: Path) -> bool:
    """Whether a folder is the project's checkout; an installed command has none."""
    return not IS_INSTALLED and folder.resolve() == ROOT.resolve()


def _end(went_well: bool) -> None:
    if not went_well:
        sys.exit(1)


def _build(seeds: Path, out: Path, strict: bool | None) -> BuildSummary:
    own = _is_own(seeds.parent) and seeds.name == "seeds"
    if not own and _is_own(out):
        raise PipelineError(
            file=seeds,
            place="",
            found="seeds that are not the project's own, and no folder of their own for what is built of them",
            expected="--out with another folder than the project's",
            remedy="add --out OUT; the project's own data/ and datapackage.json stay as they are",
        )
    try:
        summary = build_package(
            seeds,
            out,
            strict=own if strict is None else strict,
            track=tracked,
            on_wait=lambda holder: say("waiting", "bold yellow", f"another build is at work, {holder}"),
        )
    except KeyboardInterrupt:
        say("stopped", "bold yellow", STOPPED)
        raise typer.Exit(130) from None
    if _is_own(out):
        from pipelines.describe.documents import (
            write_documents,  # what it needs takes as long to import as a build
        )

        write_documents(ROOT)
    return summary


def _print_left_out(summary: BuildSummary) -> None:
    for message in summary.left_out:
        say("left out", "bold yellow", message)
    if summary.errors:
        found = "1 issue" if summary.errors == 1 else f"{summary.errors} issues"
        say(
            "errors",
            "bold yellow",
            f"{found} of severity error in data/issues.csv; a release would stop on them",
        )
