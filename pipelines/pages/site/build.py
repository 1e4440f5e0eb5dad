"""Builds the folder of the website from a published package, the same bytes for the same package."""

import csv
import io
import json
import re
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

import jinja2
from markupsafe import Markup

from pipelines.errors import PipelineError
from pipelines.package.dataset import Dataset, Row, read_dataset
from pipelines.package.files import DESCRIPTOR, SEEDS, digest
from pipelines.pages.contents import Contents, contents
from pipelines.pages.report.words import issue_words
from pipelines.pages.site import explore, reading
from pipelines.pages.site.originals import Sheets, pictures_of, sheets_of
from pipelines.pages.site.pictures import pictures
from pipelines.pages.site.pictures.card import card
from pipelines.pages.site.pictures.picture import NARROW, WIDE, Picture
from pipelines.pages.site.quality import Section, gather_evidence
from pipelines.pages.wording import Words, amount, by_date, long_date, outward, size

HERE = Path(__file__).parent
FRONT = 12  # plans on the front page
LANGUAGES = {"en": "en", "zh": "zh-Hans"}
SOURCE_MAP = re.compile(rb"\n?(//|/\*)# sourceMappingURL=\S+?( ?\*/)?\s*$")
# A spreadsheet takes a cell that begins so for a formula.
FORMULA = re.compile(r"\s*[=+\-@\t\r＝＋－＠]")


@dataclass(frozen=True)
class SiteSummary:
    """What was written: number of files, bytes in all, seconds taken."""

    files: int
    bytes: int
    seconds: float


@dataclass(frozen=True)
class Download:
    """A file that a reader can take home; `href` is relative to the front page in English."""

    name: str
    href: str
    size: str
    sha256: str


def print_site(
    root: Path,
    out: Path,
    *,
    seeds: Path | None = None,
    jsonld: str | None = None,
    release: Sequence[Path] = (),
) -> bool:
    """Builds the site, with the report on its validation, and says what came of it; true if it was built.

    `root` is the folder of the package, `seeds` that of its raw texts, where that is not seeds/ in it; `release`
    are the files of the release of these data, which the front page offers.
    """
    evidence = gather_evidence(root, seeds)
    summary = write_site(
        read_dataset(root, seeds),
        out,
        jsonld=jsonld,
        quality=evidence.sections,
        report=evidence.report,
        release=release,
    )
    print(f"site  {out}  ({summary.files} files, {size(summary.bytes)}, {summary.seconds:.1f} s)")
    return True


def write_site(
    dataset: Dataset,
    out: Path,
    *,
    jsonld: str | None = None,
    quality: Sequence[Section] = (),
    report: str | None = None,
    release: Sequence[Path] = (),
) -> SiteSummary:
    """The site of a package written to the folder `out`, in place of the site that stood there.

    `jsonld` is the schema.org description of the dataset, for the front page. `quality` are the sections that the
    page Quality shows beside what it counts itself, and `report` is the validation report, an HTML page that the site
    takes in whole as report.html (see `gather_evidence` for both). The files of `release` are copied into the site.
    Raises PipelineError where `out` holds anything but a site, for its place is taken whole.
    """
    begun = time.perf_counter()
    _check_replaceable(out)
    package = contents(dataset)
    out.parent.mkdir(parents=True, exist_ok=True)
    staged = Path(tempfile.mkdtemp(prefix=".site-", dir=out.parent))
    try:
        staged.chmod(0o755)
        _write_pages(package, staged, release, jsonld, quality, report)
        _put_in_place(staged, out)
    finally:
        shutil.rmtree(staged, ignore_errors=True)
    sizes = [path.stat().st_size for path in out.rglob("*") if path.is_file()]
    return SiteSummary(len(sizes), sum(sizes), time.perf_counter() - begun)


def _write_pages(
    package: Contents,
    staged: Path,
    release: Sequence[Path],
    jsonld: str | None,
    sections: Sequence[Section],
    report: str | None,
) -> None:
    _copy_parts(staged)
    if report is not None:
        _write(staged / "report.html", report)
    downloads = _copy_data(package, staged, release)
    drawn = pictures(package)
    for picture in drawn:
        _write_bytes(staged / "data" / "pictures" / f"{picture.name}.csv", picture_csv(picture))
    _write_bytes(staged / "assets" / "card.png", card(package.name.en, drawn[0]))
    for name, script in explore.scripts(package).items():
        _write(staged / "assets" / "data" / name, script)
    shown: dict[str, dict[str, Any]] = {
        "index": {
            "front": _most_promising(package),
            "downloads": downloads,
            "pictures": drawn,
            "jsonld": _jsonld(jsonld),
        },
        "explore": {},
        "pictures": {"pictures": drawn},
        "read": {},
        "quality": {
            "sections": {each["id"]: each for each in sections},
            "ledger": _ledger(package),
            "has_report": report is not None,
        },
    }
    blocks = {plan: reading.plan_blocks(package, plan) for plan in package.plans}
    sheets = {plan: sheets_of(package, package.base(plan)) for plan in package.plans}
    _write_sheets(package, staged, [each for each in sheets.values() if each is not None])
    repairs = {document: reading.repair_groups(package, document) for document in package.documents}
    for plan in package.plans:
        if (base := package.base(plan)) is not None:
            _write(
                staged / "assets" / "data" / f"read-{plan}.js",
                _reading_script(package, plan, base, sheets[plan]),
            )
    alike = reading.same_wording(package)
    for code in LANGUAGES:
        page = _pages(package, code, staged)
        for name, facts in shown.items():
            page(f"{name}.html", f"{name}.html", repairs=repairs, **facts)
        for plan, row in package.plans.items():
            page(
                "plan.html",
                f"read/{plan}.html",
                plan=row,
                base=package.base(plan),
                blocks=blocks[plan],
                alike=alike,
                sheets=sheets[plan],
                repairs=repairs.get(row["base_document_id"], []),
            )


def _pages(package: Contents, code: str, staged: Path) -> Callable[..., None]:
    """A function that renders a template to a page of one language, below the folder of that language."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    base = "" if code == "en" else "zh/"
    homepage = str(package.descriptor.get("homepage", ""))
    environment.filters.update(
        w=lambda words: getattr(words, code),
        comma=lambda count: f"{count:,}",
        date=lambda day: getattr(long_date(day), code),
        by_date=lambda day: getattr(by_date(day), code),
        outward=outward,
        said=lambda issue: getattr(issue_words(issue["kind"], issue["message"]), code),
        cell=lambda cell: getattr(cell, code) if isinstance(cell, Words) else cell,
    )
    environment.globals.update(
        _=lambda en, zh: en if code == "en" else zh,
        code=code,
        lang=LANGUAGES[code],
        package=package,
        said_by=lambda key: str(package.descriptor.get(key, "")),
        rows={table: len(rows) for table, rows in package.tables.items()},
        amount=lambda row: getattr(amount(row, package.units), code),
        draw=lambda picture: picture.draw(code, WIDE) + picture.draw(code, NARROW),
    )

    def render(template: str, path: str, **facts: object) -> None:
        up = "../" * (path.count("/") + base.count("/"))
        other = f"{up}zh/{path}" if code == "en" else f"{up}{path}"
        html = environment.get_template(template).render(
            root=up,
            home=f"{up}{base}",
            address=f"{homepage.rstrip('/')}/" if homepage else up,
            other=other,
            page=path.partition("/")[0].removesuffix(".html"),
            **facts,
        )
        _write(staged / base / path, html)

    return render


def _write_sheets(package: Contents, staged: Path, found: Sequence[Sheets]) -> None:
    """The pictures of the pages of all PDFs, each page once though two plans may stand on it."""
    for name in dict.fromkeys(each.name for each in found):
        own = [each for each in found if each.name == name]
        data = package.dataset.files.read(f"{SEEDS}{name}")
        for page, picture in pictures_of(data, name, sorted({page for each in own for page in each.sizes})):
            _write_bytes(staged / own[0].picture(page), picture)


def _reading_script(package: Contents, plan: str, document: Row, sheets: Sheets | None) -> str:
    """The seed of a plan, its repairs, and what was extracted from it, for the card beside the text."""
    facts = {
        "seed": document["path"],
        "raw": package.raw(document["document_id"]),
        "cited": [package.cited_plan(plan), package.cited],
        "original": sheets and sheets.facts(),
        "repairs": [
            [row["source_start"], row["source_end"], row["after"] or ""]
            for row in package.where("repairs", document_id=document["document_id"])
        ],
        "rows": {
            key: [title, [[fact.label, fact.value] for fact in found], start, end]
            for key, (title, found, start, end) in reading.row_facts(package, plan).items()
        },
        "clauses": {
            row["clause_id"]: [row["source_start"], row["source_end"]]
            for row in package.where("clauses", plan_id=plan)
        },
    }
    written = json.dumps(facts, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return f"siteRead({written});\n"


def _most_promising(package: Contents) -> list[Row]:
    """The plans that the front page shows, in their order: all of few, those with most targets of many."""
    most = sorted(package.plans, key=lambda plan: -len(package.where("targets", plan_id=plan)))[:FRONT]
    return [row for plan, row in package.plans.items() if plan in most]


def _ledger(package: Contents) -> dict[str, Any]:
    """How many numbers of each plan are of which disposition; dispositions that occur, commonest first."""
    counts = Counter((row["plan_id"], row["disposition"]) for row in package.tables["numbers"])
    totals = Counter(row["disposition"] for row in package.tables["numbers"])
    return {"counts": counts, "dispositions": [code for code, _ in totals.most_common()], "totals": totals}


def picture_csv(picture: Picture) -> bytes:
    """The rows behind a picture, in both languages, with no cell that a spreadsheet takes for a formula."""
    bilingual = [
        any(isinstance(row[index], Words) for row in picture.rows) for index in range(len(picture.names))
    ]
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(
        [
            name
            for name, both in zip(picture.names, bilingual, strict=True)
            for name in ((name, f"{name}_zh") if both else (name,))
        ]
    )
    for row in picture.rows:
        writer.writerow(
            [_harmless(cell) for each in row for cell in (each if isinstance(each, Words) else (each,))]
        )
    return written.getvalue().encode("utf-8")


def _harmless(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and FORMULA.match(cell) else cell


def _copy_parts(staged: Path) -> None:
    for source in sorted((HERE / "static").iterdir()):
        _write_bytes(staged / "assets" / source.name, source.read_bytes())
    for source in sorted((HERE / "vendor").rglob("*")):
        if source.is_file():
            # The map that the last line names is not shipped; a browser would ask for it in vain.
            content = SOURCE_MAP.sub(b"\n", source.read_bytes())
            _write_bytes(staged / "assets" / "vendor" / source.relative_to(HERE / "vendor"), content)


def _copy_data(package: Contents, staged: Path, release: Sequence[Path]) -> dict[str, list[Download]]:
    """The package and its seeds copied into the site: what the front page offers, by kind."""
    found: dict[str, list[Download]] = {"release": [], "csv": [], "parquet": [], "other": []}

    def offer(name: str, content: bytes, kind: str) -> None:
        _write_bytes(staged / name, content)
        found[kind].append(Download(PurePosixPath(name).name, name, size(len(content)), digest(content)))

    for source in release:
        offer(f"download/{source.name}", source.read_bytes(), "release")
    files = package.dataset.files
    named = [(str(each["path"]), str(each.get("format"))) for each in package.dataset.resources]
    documents = package.tables["documents"]
    raw = [f"{SEEDS}{row[column]}" for column in ("path", "original") for row in documents if row.get(column)]
    for name, kind in (
        (DESCRIPTOR, ""),
        *named,
        *((each, "") for each in dict.fromkeys(raw) if each in files),
    ):
        offer(name, files.read(name), kind if kind in found else "other")
    return found


def _jsonld(jsonld: str | None) -> Markup | None:
    """The description as it may stand inside a script element: a < in it can close nothing."""
    return None if jsonld is None else Markup(jsonld.strip().replace("<", "\\u003c"))


def _check_replaceable(out: Path) -> None:
    """Refuses a folder that holds anything but a site: what stands there is removed."""
    if out.exists() and not (out / "assets" / "read.js").is_file() and (out.is_file() or any(out.iterdir())):
        raise PipelineError(
            file=out,
            place="",
            found="something that is no site of ours",
            expected="a folder that is not there yet, or a site to be replaced",
            remedy="name another folder (--out), or move away what stands there",
        )


def _put_in_place(staged: Path, out: Path) -> None:
    old = staged.with_name(f"{staged.name}-old")
    if out.exists():
        out.rename(old)
    staged.rename(out)
    shutil.rmtree(old, ignore_errors=True)


def _write(path: Path, content: str) -> None:
    _write_bytes(path, content.encode("utf-8"))


def _write_bytes(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
