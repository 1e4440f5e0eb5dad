"""Bad and odd input: each gives right rows, or one clear error, or rows of issues; never a traceback, a hang or a silent loss."""

import csv
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from unittest.mock import ANY

import opencc
import pytest

from pipelines import cli
from pipelines.document.document import PlanText
from pipelines.errors import PipelineError
from pipelines.inputs import LARGEST_FILE
from pipelines.package.build import build, document_plans, read_plans
from pipelines.reading.plan import PlanFacts, read_plan
from pipelines.seeds.sources import SourceRow, read_errata, read_source, read_sources
from pipelines.vocabulary import FOLDER, Vocabulary, load_vocabulary
from tests.samples import (
    COUNTS,
    PLAN,
    ROOT,
    SEEDS,
    TITLE,
    Rows,
    as_nobody,
    assert_quotes_stand_in_the_seed,
    counts,
    package_files,
    plan_of,
    rows_of,
    source_of,
    table_rows,
    write_seeds,
    write_sources,
)

Refused = Callable[..., str]


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a package that no failed build may touch."""
    folder = tmp_path_factory.mktemp("published")
    build(write_seeds(folder.parent / "good seeds", {"wuhan": PLAN}), folder, strict=True)
    return folder


@pytest.fixture
def refused(published: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Refused:
    """Runs the command on a folder of seeds: exit status 1, one message, what is published untouched."""
    before = package_files(published)

    def run(seeds: Path, *flags: str) -> str:
        monkeypatch.setattr(
            sys, "argv", ["pipelines", "build", "--seeds", str(seeds), "--out", str(published), *flags]
        )
        with pytest.raises(SystemExit) as ended:
            cli.main()
        assert ended.value.code == 1
        shown = capsys.readouterr()
        assert shown.out == ""
        assert shown.err.count("\n") == 1, "one message on one line"
        assert re.fullmatch(r"error: .+: found .+; expected .+\. To mend it: .+\.\n", shown.err)
        assert package_files(published) == before
        return shown.err.removeprefix("error: ").replace(f"{seeds}/", "")

    return run


# --- One seed that cannot be read --------------------------------------------------------------------------------


def altered(change: Callable[[Path], object]) -> Callable[[Path], None]:
    """A folder with one good plan, in which something is changed afterwards."""

    def make(folder: Path) -> None:
        change(write_seeds(folder, {"wuhan": PLAN}) / "wuhan.txt")

    return make


def containing(text: str | bytes) -> Callable[[Path], None]:
    """A folder with one seed, as sources.csv describes it."""

    def make(folder: Path) -> None:
        write_seeds(folder, {"wuhan": text})

    return make


def linked(seed: Path) -> None:
    elsewhere = seed.parent.parent / "elsewhere"
    elsewhere.mkdir()
    shutil.move(seed, elsewhere / seed.name)
    seed.symlink_to(elsewhere / seed.name)


def made_a_folder(seed: Path) -> None:
    seed.unlink()
    seed.mkdir()


def made_a_pipe(seed: Path) -> None:
    seed.unlink()
    os.mkfifo(seed)


def made_huge(seed: Path) -> None:
    """A line of 50 MB; on the disk it takes no room."""
    with seed.open("r+b") as stream:
        stream.truncate(50_000_000)


BAD_SEEDS: dict[str, tuple[Callable[[Path], None], str]] = {
    "missing": (
        altered(Path.unlink),
        r"wuhan.txt: found no readable file \(No such file or directory\); expected the seed of document wuhan",
    ),
    "changed": (
        altered(lambda seed: seed.write_text(PLAN + "。", encoding="utf-8")),
        r"wuhan.txt, whole file: found sha256 [0-9a-f]{64}; expected sha256 [0-9a-f]{64}, as in sources.csv",
    ),
    "empty": (
        altered(lambda seed: seed.write_bytes(b"")),
        "wuhan.txt: found an empty file; expected the text of a plan",
    ),
    "only blanks": (containing(" \n\r\n\t"), "wuhan.txt: found an empty file"),
    "GB18030": (
        containing(PLAN.encode("gb18030")),
        r"wuhan.txt, byte 0: found bytes that are not UTF-8 \(this looks like GB18030\); .* convert the file to UTF-8",
    ),
    "Big5": (
        containing(opencc.OpenCC("s2t").convert(PLAN).encode("big5", "ignore")),
        r"\(this looks like BIG5\)",
    ),
    "UTF-16": (containing(PLAN.encode("utf-16")), r"\(this looks like UTF-16\)"),
    "UTF-16 without a mark": (containing(PLAN.encode("utf-16-be")), r"\(this looks like UTF-16\)"),
    "UTF-32": (containing(PLAN.encode("utf-32")), r"\(this looks like UTF-32\)"),
    "UTF-8 with a bad byte": (
        containing(PLAN.encode().replace("煤".encode(), b"\xff", 1)),
        r"wuhan.txt, byte \d+: found .* \(this looks like UTF-8 with damaged or missing bytes\)",
    ),
    "surrogates": (
        containing(PLAN.replace("煤", "\ud83d")),
        r"\(this looks like UTF-8 with damaged or missing bytes\)",
    ),
    "Latin-1": (
        containing("Plan d’action à réaliser".encode("cp1252")),
        "an unknown encoding or a damaged file",
    ),
    "a picture": (
        containing(b"\x89PNG\r\n\x1a\n" + bytes(range(256))),
        "an unknown encoding or a damaged file",
    ),
    "a symbolic link": (
        altered(linked),
        "wuhan.txt: found a symbolic link; expected a regular file inside the seeds folder",
    ),
    "a folder": (altered(made_a_folder), "wuhan.txt: found no regular file; expected the seed"),
    "a pipe": (altered(made_a_pipe), "wuhan.txt: found no regular file; expected the seed"),
    "50 MB": (
        altered(made_huge),
        f"wuhan.txt: found a file of 50,000,000 bytes; expected .* of at most {LARGEST_FILE:,} bytes",
    ),
    "nothing but a title": (
        containing(TITLE),
        "wuhan.txt, whole file: found a title or headings, but no text; expected the text of a plan",
    ),
    "a scan": (
        containing(TITLE + "\n" + "lIl|i1 rn" * 400),
        "wuhan.txt, whole file: found 15 Chinese characters among .* Latin letters; .* if it is a scan, read its text with",
    ),
    "cut off in a clause": (
        containing(PLAN[: PLAN.index("力度。依法")]),
        "wuhan.txt, offset [0-9]+: found a text that stops inside a sentence, a bracket or a quotation: “…",
    ),
    "cut off in a bracket": (
        containing(PLAN[: PLAN.index("改委、市经信局按")]),
        "found a text that stops inside a sentence, a bracket or a quotation: “….*（市生态环境局、市发”",
    ),
    "cut off behind a sentence, before its bracket": (
        containing(PLAN.replace("三、保障措施", "（三）提质。完善。（市经信局负责）")[:-11]),
        "found a last clause that names nobody responsible",
    ),
    "cut off in the first words of a paragraph": (
        containing(f"{PLAN}\n各区要进一步"),
        "wuhan.txt, offset [0-9]+: found text after the last whole clause: “各区要进一步”",
    ),
    "damage": (
        containing(PLAN.replace("煤炭", "?炭")),
        r"wuhan.txt, offset [0-9]+: found a \? where a character was lost in “.*\?炭.*”, the first of 1 such places in the document; .* add a row to errata.csv",
    ),
}


@pytest.mark.parametrize(("make", "message"), BAD_SEEDS.values(), ids=BAD_SEEDS)
def test_bad_seed(make: Callable[[Path], None], message: str, refused: Refused, tmp_path: Path) -> None:
    make(tmp_path / "seeds")
    if "no known place" in message:
        replace_cell(tmp_path / "seeds", "division_code", "")
    assert re.match(rf"(?:.*{message})", refused(tmp_path / "seeds", "--strict"))


@pytest.mark.parametrize("name", ["missing", "GB18030", "nothing but a title"])
def test_bad_seed_in_a_process_of_its_own(name: str, published: Path, tmp_path: Path) -> None:
    """As a user starts it, in a locale that knows no Chinese."""
    before = package_files(published)
    BAD_SEEDS[name][0](tmp_path / "种子")
    ended = subprocess.run(
        [sys.executable, "-m", "pipelines", "build", "--seeds", tmp_path / "种子", "--out", published],
        cwd=ROOT,
        env={**os.environ, "LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        capture_output=True,
        check=False,
    )
    assert (ended.returncode, ended.stdout) == (1, b"")
    assert ended.stderr.startswith(b"error: ")
    assert ended.stderr.count(b"\n") == 1
    assert b"Traceback" not in ended.stderr
    assert package_files(published) == before


def test_a_seed_that_may_not_be_read(tmp_path: Path) -> None:
    folder = write_seeds(tmp_path, {"wuhan": PLAN})
    (row,) = read_sources(folder)
    tmp_path.chmod(0o000)
    try:
        with as_nobody(), pytest.raises(PipelineError, match=r"found no readable file \(Permission denied\)"):
            read_source(folder, row, ())
    finally:
        tmp_path.chmod(0o755)


def test_no_sequence_of_a_terminal_gets_out(refused: Refused, tmp_path: Path) -> None:
    """What is quoted from a seed is shown, not obeyed."""
    text = PLAN.replace("煤炭", "煤\x9b31m\x85炭")
    assert "\\x9b31m" in refused(write_seeds(tmp_path / "seeds", {"wuhan": text}), "--strict")


# --- sources.csv and errata.csv ----------------------------------------------------------------------------------


def replace_cell(folder: Path, column: str, value: str, row: int = 0) -> None:
    with (folder / "sources.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    rows[row][column] = value
    write_sources(folder, rows)


def two_plans(folder: Path) -> None:
    write_seeds(folder, {"shenyang": PLAN.replace("武汉", "沈阳"), "wuhan": PLAN}, division_code="")


def cell(column: str, value: str) -> Callable[[Path], None]:
    """Two plans, one cell of the first of which is changed."""

    def make(folder: Path) -> None:
        two_plans(folder)
        replace_cell(folder, column, value)

    return make


def sources(change: Callable[[str], str]) -> Callable[[Path], None]:
    """Two plans, with the text of sources.csv changed."""

    def make(folder: Path) -> None:
        two_plans(folder)
        path = folder / "sources.csv"
        path.write_bytes(change(path.read_text(encoding="utf-8")).encode("utf-8", "surrogateescape"))

    return make


BAD_SOURCES: dict[str, tuple[Callable[[Path], None], str]] = {
    "missing": (
        sources(lambda _: ""),
        r"line 1: found the columns \(none\); expected exactly the columns document_id",
    ),
    "no rows": (
        sources(lambda text: text.splitlines()[0]),
        ": found no rows; expected one row for each seed",
    ),
    "a missing column": (
        sources(lambda text: re.sub(r"(?m),[^,]*,[^,]*$", "", text)),
        "line 1: found the columns .*division_code,? edition; .* add is_base, note",
    ),
    "a column too many": (
        sources(lambda text: re.sub(r"(?m)$", ",x", text.rstrip()) + "\n"),
        "line 1: found .*; .* remove x",
    ),
    "a column twice": (sources(lambda text: text.replace("note", "path", 1)), "line 1: .* add note"),
    "a short row": (
        sources(lambda text: text.rstrip().removesuffix(",") + "\n"),
        "line 3: found 7 cells; expected 8 cells, as in the header",
    ),
    "a quote never closed": (
        sources(lambda text: text + '"'),
        r"line 4: found malformed CSV \(unexpected end of data\)",
    ),
    "not UTF-8": (
        sources(
            lambda text: text.replace("wuhan-synergy", "\udcce\udce4\udcba\udcba\udcb5\udcc4\udca3\udcac")
        ),
        r"byte \d+: found bytes that are not UTF-8 \(this looks like GB18030\); .* save it as UTF-8",
    ),
    "a duplicate document_id": (
        cell("document_id", "wuhan"),
        "document_id: found 'wuhan' 2 times; expected each document_id once",
    ),
    "a path twice": (cell("path", "./wuhan.txt"), "path: found 'wuhan.txt' 2 times"),
    "a malformed id": (
        cell("document_id", "Shenyang_2023"),
        "line 2, document_id: found 'Shenyang_2023'; expected an id of small letters",
    ),
    "an id that is a path": (cell("plan_id", "../../etc"), "line 2, plan_id: found '../../etc'"),
    "an empty id": (cell("plan_id", ""), "line 2, plan_id: found ''"),
    "a path that leaves the folder": (
        cell("path", "../wuhan.txt"),
        "line 2, path: found '../wuhan.txt'; expected the path of a file inside the seeds folder",
    ),
    "a path that leaves it later": (
        cell("path", "a/../../wuhan.txt"),
        "line 2, path: found 'a/../../wuhan.txt'",
    ),
    "an absolute path": (cell("path", "/etc/passwd"), "line 2, path: found '/etc/passwd'"),
    "a path of Windows": (cell("path", r"..\wuhan.txt"), "line 2, path: found '..*wuhan.txt'"),
    "the folder itself": (cell("path", "."), "line 2, path: found '.'"),
    "a path with a NUL": (
        cell("path", "wuhan\0.txt"),
        "line 2, path: found 'wuhan.*x00.txt'; expected a path without control",
    ),
    "a path that is a formula": (
        cell("path", "=1+1.txt"),
        "line 2, path: found '=1.1.txt'; .* no spreadsheet takes for a formula",
    ),
    "a note that is a formula": (cell("note", "@SUM(A1)"), "line 2, note: found '@SUM"),
    "a malformed sha256": (
        cell("sha256", "ABC"),
        "line 2, sha256: found 'ABC'; expected 64 hexadecimal digits",
    ),
    "a malformed division code": (
        cell("division_code", "21"),
        "line 2, division_code: found '21'; expected six digits",
    ),
    "an unknown division code": (
        cell("division_code", "999999"),
        "document shenyang, division_code: found the unknown code '999999'; expected a division_code of the vocabulary",
    ),
    "an unknown edition": (
        cell("edition", "pirated"),
        "line 2, edition: found 'pirated'; expected one of official, reprint",
    ),
    "neither true nor false": (
        cell("is_base", "yes"),
        "line 2, is_base: found 'yes'; expected true or false",
    ),
    "no base document": (cell("is_base", "false"), r"plan shenyang-synergy: found 0 base documents \(none\)"),
    "two base documents": (
        cell("plan_id", "wuhan-synergy"),
        r"plan wuhan-synergy: found 2 base documents \(shenyang, wuhan\)",
    ),
}


@pytest.mark.parametrize(("make", "message"), BAD_SOURCES.values(), ids=BAD_SOURCES)
def test_bad_sources(make: Callable[[Path], None], message: str, refused: Refused, tmp_path: Path) -> None:
    """The table of sources is read whole or not at all, strict or not."""
    make(tmp_path / "seeds")
    assert re.match(rf"sources\.csv(?:, )?{message}", refused(tmp_path / "seeds"))


def test_no_sources(refused: Refused, tmp_path: Path) -> None:
    assert re.match(
        r"sources\.csv: found no readable file .*; expected a CSV file with the columns", refused(tmp_path)
    )


def test_a_folder_that_a_link_leads_elsewhere(refused: Refused, tmp_path: Path) -> None:
    folder = write_seeds(tmp_path / "seeds", {"wuhan": PLAN}, path="plans/wuhan.txt")
    write_seeds(tmp_path / "elsewhere", {"wuhan": PLAN})
    (folder / "plans").symlink_to(tmp_path / "elsewhere")
    assert "wuhan.txt: found a path that a symbolic link leads elsewhere" in refused(folder, "--strict")


ERRATA_HEADER = "document_id,before,after,rule,original,reason,evidence\n"
BAD_ERRATA = {
    "a missing column": (
        "document_id,before,after\nwuhan,煤,媒\n",
        "line 1: found the columns document_id, before, after; .* add rule, original",
    ),
    "an unknown document": (
        f"{ERRATA_HEADER}wuhn,煤,媒,misprint,,Lost,\n",
        "line 2: found document_id 'wuhn'; expected a document_id of sources.csv",
    ),
    "another rule": (
        f"{ERRATA_HEADER}wuhan,煤,媒,erratum,,Lost,\n",
        "line 2, rule: found 'erratum'; expected one of lost, misprint",
    ),
    "no reason": (f"{ERRATA_HEADER}wuhan,煤,媒,misprint,,,\n", "line 2: found an empty `before` or `reason`"),
    "nothing to change": (
        f"{ERRATA_HEADER}wuhan,煤,煤,misprint,,Lost,\n",
        "line 2: found '煤' both before and after",
    ),
    "the same place twice": (
        f"{ERRATA_HEADER}wuhan,煤,媒,misprint,,Lost,\nwuhan,煤,楳,misprint,,Lost,\n",
        "line 3: found a second erratum for '煤'; expected one row for each place",
    ),
    "a text that is not there": (
        f"{ERRATA_HEADER}wuhan,栾树,栎树,misprint,,Misprint,\n",
        "document wuhan, before '栾树': found that text 0 times in the seed; expected that text exactly once",
    ),
    "a text that is there twice": (
        f"{ERRATA_HEADER}wuhan,协同,协调,misprint,,Misprint,\n",
        "document wuhan, before '协同': found that text [3-9] times in the seed",
    ),
}


@pytest.mark.parametrize(("text", "message"), BAD_ERRATA.values(), ids=BAD_ERRATA)
def test_bad_errata(text: str, message: str, refused: Refused, tmp_path: Path) -> None:
    folder = write_seeds(tmp_path / "seeds", {"wuhan": PLAN})
    (folder / "errata.csv").write_text(text, encoding="utf-8")
    assert re.match(rf"errata\.csv, {message}", refused(folder, "--strict"))


# --- Vocabularies ------------------------------------------------------------------------------------------------

VOCABULARIES = sorted(path.stem for path in FOLDER.glob("*.csv"))


def vocabulary_with(folder: Path, name: str, change: Callable[[list[list[str]]], object]) -> Path:
    """A copy of the vocabularies, the rows of one of which are changed."""
    copy = folder / "vocabularies"
    shutil.copytree(FOLDER, copy)
    with (copy / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream))
    change(rows)
    with (copy / f"{name}.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows(rows)
    return copy


@pytest.mark.parametrize("name", VOCABULARIES)
def test_a_vocabulary_without_one_of_its_columns(name: str, tmp_path: Path) -> None:
    copy = vocabulary_with(tmp_path, name, lambda rows: [row.pop() for row in rows])
    with pytest.raises(
        PipelineError, match=rf"{name}\.csv, line 1: found the columns .*; expected exactly the columns"
    ):
        load_vocabulary(copy)


@pytest.mark.parametrize("name", VOCABULARIES)
def test_a_vocabulary_that_is_missing(name: str, tmp_path: Path) -> None:
    copy = tmp_path / "vocabularies"
    shutil.copytree(FOLDER, copy)
    (copy / f"{name}.csv").unlink()
    with pytest.raises(PipelineError, match=rf"{name}\.csv: found no readable file"):
        load_vocabulary(copy)


@pytest.mark.parametrize(
    "name",
    [
        "agency_names",
        "functions",
        "units",
        "sectors",
        "places",
        "verbs",
        "comparators",
        "changes",
        "modifiers",
        "titles",
    ],
)
def test_a_vocabulary_with_a_key_twice(name: str, tmp_path: Path) -> None:
    copy = vocabulary_with(tmp_path, name, lambda rows: rows.append(rows[1]))
    with pytest.raises(
        PipelineError, match=rf"{name}\.csv, line \d+, \w+: found '.+' a second time; expected each \w+ once"
    ):
        load_vocabulary(copy)


@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("agency_names", "function_id"),
        ("agency_names", "level"),
        ("places", "province"),
        ("places", "level"),
        ("verbs", "bindingness"),
        ("comparators", "comparator"),
        ("changes", "change"),
        ("modifiers", "kind"),
        ("roles", "role"),
    ],
)
def test_a_vocabulary_with_an_unknown_code(name: str, column: str, tmp_path: Path) -> None:
    def change(rows: list[list[str]]) -> None:
        rows[1][rows[0].index(column)] = "no-such-code"

    copy = vocabulary_with(tmp_path, name, change)
    with pytest.raises(
        PipelineError,
        match=rf"{name}\.csv, .*{column}: found the unknown code 'no-such-code'; expected one of",
    ):
        load_vocabulary(copy)


@pytest.mark.parametrize(
    ("name", "column", "value"),
    [("roles", "pattern", "("), ("units", "factor", "many"), ("sectors", "priority", "first")],
)
def test_a_vocabulary_with_a_malformed_cell(name: str, column: str, value: str, tmp_path: Path) -> None:
    def change(rows: list[list[str]]) -> None:
        rows[1][rows[0].index(column)] = value

    copy = vocabulary_with(tmp_path, name, change)
    with pytest.raises(
        PipelineError, match=rf"{name}\.csv, line 2, {column}: found {re.escape(repr(value))}; expected a"
    ):
        load_vocabulary(copy)


# --- The real seeds, cut off -------------------------------------------------------------------------------------


@pytest.mark.parametrize("row", read_sources(SEEDS), ids=lambda row: row.document_id)
def test_a_real_seed_cut_off_anywhere_is_refused(row: SourceRow) -> None:
    """At forty places each; only one that falls behind the last mark of a sentence can look whole."""
    source = read_source(SEEDS, row, ())
    errata = read_errata(SEEDS, read_sources(SEEDS))[source.row.document_id]
    whole = document_plans(read_source(SEEDS, source.row, errata), load_vocabulary(), SEEDS)[0]
    start, end = whole.text[whole.title_end : whole.end].span
    for cut in sorted(random.Random(2023).sample(range(start + 200, end - 1), 40)):
        text = source.raw[:cut]
        rows, left_out = read(text)
        doubts = {row["kind"] for row in rows["issues"]} & {"text-after-plan", "cut-off"}
        assert left_out or doubts or text.rstrip()[-1] in "。；;)）", (cut, text[-40:])


def read(text: str | bytes) -> tuple[Rows, list[str]]:
    """The rows of one seed in a folder of its own, and why it is left out, if it is."""
    with tempfile.TemporaryDirectory() as folder:
        write_seeds(Path(folder), {"wuhan": text})
        plans, issues, left_out = read_plans(Path(folder), load_vocabulary(), strict=False)
        return table_rows(plans, issues), left_out


# --- Odd seeds ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Odd:
    """An odd text and what must come of it: all the rows of the plan, but for `rows`; these issues, and no other;
    or no plan, and one clear error."""

    text: str | bytes
    rows: dict[str, object] = field(default_factory=dict)
    issues: tuple[str, ...] = ()
    refused: str = ""


def put(old: str, new: str) -> str:
    assert old in PLAN
    return PLAN.replace(old, new)


def to_full_width(text: str) -> str:
    return re.sub("[0-9%]", lambda match: chr(ord(match[0]) + 0xFEE0), text)


NO_TEXT = "found a title or headings, but no text; expected the text of a plan"
LOST = "damage: After the repairs there is "
UNREAD = "unread: "
ONE_CHARACTER = f"{UNREAD}A number of one character before a line is not read: "
ODD: dict[str, Odd] = {
    # How the bytes came about
    "as it is": Odd(PLAN),
    "GB18030": Odd(PLAN.encode("gb18030"), refused=r"\(this looks like GB18030\)"),
    "UTF-16": Odd(PLAN.encode("utf-16"), refused=r"\(this looks like UTF-16\)"),
    "a byte order mark": Odd("\ufeff" + PLAN),
    "lines that end in CR LF": Odd(PLAN.replace("\n", "\r\n")),
    "lines that end in CR": Odd(PLAN.replace("\n", "\r")),
    "lines that end in NEL": Odd(PLAN.replace("\n", "\x85")),
    "lines that end in LINE SEPARATOR": Odd(PLAN.replace("\n", "\u2028")),
    "vertical tabs": Odd(PLAN.replace("\n", "\v")),
    "form feeds": Odd(PLAN.replace("\n\n", "\n\f\n")),
    "a form feed in a word": Odd(put("布局优化", "布局\f优化")),
    "blank lines without end": Odd(PLAN.replace("\n\n", "\n" * 1000)),
    "NULs": Odd(PLAN.replace("，", "\0，")),
    "nothing but NULs": Odd("\0" * 1000, refused="found no Chinese text; expected the text of a plan"),
    "nothing but a byte order mark": Odd("\ufeff", refused="found no Chinese text"),
    "surrogates escaped": Odd(put("煤炭", r"煤\ud83d炭"), issues=(f"{LOST}an escape sequence in “.*",)),
    "surrogates in the bytes": Odd(put("煤炭", "煤\ud83d炭"), refused="UTF-8 with damaged or missing bytes"),
    # Characters that are none, or not seen
    "private-use characters": Odd(
        put("煤炭", "煤\ue5e6炭"), issues=(f"{LOST}a control or private-use character in “.*",)
    ),
    "a character that is none": Odd(
        put("煤炭", "煤\uffff炭"), issues=(f"{LOST}a control or private-use character in “.*",)
    ),
    "replacement characters": Odd(
        put("煤炭", "煤\ufffd炭"), issues=(f"{LOST}a \\? where a character was lost in “.*",)
    ),
    "a lost character": Odd(put("煤炭", "煤?炭"), issues=(f"{LOST}a \\? where a character was lost in “.*",)),
    "right-to-left marks": Odd(put("煤炭", "\u202e煤\u200f炭\u202c")),
    "zero-width joiners": Odd(PLAN.replace("，", "\u200d，").replace("20", "2\u200b0")),
    "variation selectors": Odd(put("煤炭", "煤\ufe00炭\U000e0100")),
    "soft hyphens": Odd(put("煤炭", "煤\u00ad炭")),
    "terminal colours": Odd(put("煤炭", "\x1b[31m煤炭\x1b[0m")),
    "tabs and blanks of all kinds": Odd(
        PLAN.replace("，", "，\t\u3000\u00a0\u2003").replace("2025", " 2025 ")
    ),
    "rare characters": Odd(put("煤炭", "煤炭𠀀")),
    "pictures": Odd(put("煤炭", "🚗煤炭")),
    # Digits and numbers
    "full-width digits": Odd(to_full_width(PLAN)),
    "digits of another script": Odd(put("30%", "٣٠%"), issues=(f"{LOST}a digit of another script in “.*",)),
    "bold digits": Odd(
        put("到2025年，减污", "到𝟐𝟎𝟐𝟓年，减污"),
        rows={"targets": 2, "deadlines": 1},
        issues=(f"{LOST}a digit of another script in “.*",),
    ),
    "Roman numbers": Odd(PLAN.replace("一、", "Ⅰ、").replace("二、", "Ⅱ、").replace("三、", "Ⅲ、")),
    "numbers in brackets that are one character": Odd(
        PLAN.replace("（一）", "㈠").replace("（二）", "㈡").replace("（三）", "㈢"),
        issues=(f"{ONE_CHARACTER}“㈠”", f"{ONE_CHARACTER}“㈡”", f"{ONE_CHARACTER}“㈢”"),
    ),
    "circled numbers": Odd(
        PLAN.replace("（一）", "①").replace("（二）", "②").replace("（三）", "③"),
        issues=(f"{ONE_CHARACTER}“①”", f"{ONE_CHARACTER}“②”", f"{ONE_CHARACTER}“③”"),
    ),
    "a share in words": Odd(
        put("30%以内", "百分之三十以内"),
        rows={"targets": 2},
        issues=(f"{UNREAD}A share in Chinese numerals is not read: “百分之三十”",),
    ),
    "a fraction in words": Odd(
        put("下降至30%以内", "下降三分之一"),
        rows={"targets": 2},
        issues=(f"{UNREAD}A share in Chinese numerals is not read: “三分之一”",),
    ),
    "a count in words": Odd(
        put("依法加快", "建设三十台充电桩，加快"),
        issues=(f"{UNREAD}A count in Chinese numerals is not read: “三十台”",),
    ),
    "a year in words": Odd(put("到2025年，全市", "到二〇二五年，全市")),
    "thousands with a full-width comma": Odd(
        put("40亿立方米", "1，000亿立方米"),
        issues=(f"{UNREAD}A number divided by a comma or a blank is not read: “1，000亿”",),
    ),
    "a minus": Odd(
        put("下降至30%以内", "下降-5%"),
        rows={"targets": 2},
        issues=(f"{UNREAD}A number with a minus is not read: “下降-5%”",),
    ),
    "a day that is in no calendar": Odd(
        put("到2025年，全市", "2025年2月30日前，全市"),
        issues=(f"{UNREAD}A date that is in no calendar is not read: “2025年2月30日”",),
    ),
    "a year of five digits": Odd(
        put("到2025年，全市", "到19999年，全市"),
        rows={"deadlines": 1},
        issues=(f"{UNREAD}A year of more than four digits is not read: “19999年”",),
    ),
    # Marks
    "a quote that never closes, at the start": Odd(
        put("为协同推进", "“为协同推进"),
        issues=(f"{LOST}a bracket or quotation mark without its counterpart in “.*",),
    ),
    "a quote that never closes, in the title": Odd(
        f"“{PLAN}",
        issues=(f"{LOST}a bracket or quotation mark without its counterpart in “.*",),
    ),
    "a bracket that never closes": Odd(
        put("依法加快", "依法（加快"),
        issues=(f"{LOST}a bracket or quotation mark without its counterpart in “.*",),
    ),
    "a bracket that never opens": Odd(
        put("依法加快", "依法）加快"),
        issues=(f"{LOST}a bracket or quotation mark without its counterpart in “.*",),
    ),
    "10,000 nested brackets": Odd(put("依法加快", "依法" + "（" * 10_000 + "节能" + "）" * 10_000 + "加快")),
    "10,000 brackets that never close": Odd(
        put("依法加快", "依法" + "（" * 10_000 + "加快"),
        issues=(f"{LOST}a bracket or quotation mark without its counterpart in “.*",),
    ),
    "10,000 half-width brackets": Odd(
        put("依法加快", "依法" + "(" * 10_000 + "节能" + ")" * 10_000 + "加快")
    ),
    "half-width marks": Odd(PLAN.translate(str.maketrans("，；：（）", ",;:()"))),
    "half-width full stops": Odd(put("优化力度。依法", "优化力度.依法")),
    "half-width exclamation marks": Odd(put("优化力度。依法", "优化力度!依法"), rows={"measures": ANY}),
    "traditional characters": Odd(opencc.OpenCC("s2t").convert(PLAN)),
    # The order of things
    "chapters out of order": Odd(
        PLAN.replace("二、深入", "三、深入").replace("三、保障", "二、保障"),
        issues=("numbering: chapter 3 follows chapter 1", "numbering: chapter 2 follows chapter 3"),
    ),
    "a chapter twice": Odd(put("三、保障", "二、保障"), issues=("numbering: chapter 2 follows chapter 2",)),
    "a chapter left out": Odd(
        put("三、保障", "五、保障"), issues=("numbering: chapter 5 follows chapter 2",)
    ),
    "a chapter without a text": Odd(
        put("三、保障", "三、重点工程\n\n四、保障"), issues=("numbering: chapter 3 has no text",)
    ),
    "clause （七） twice": Odd(
        PLAN.replace("（一）", "（七）").replace("（二）", "（七）"),
        issues=(
            "numbering: clause 7 follows clause 0",
            "numbering: clause 7 stands twice in chapter 2",
            "numbering: clause 3 follows clause 7",
        ),
    ),
    "a clause left out": Odd(put("（三）", "（八）"), issues=("numbering: clause 8 follows clause 2",)),
    "headings with their text": Odd(PLAN.replace("总体要求\n\n", "总体要求。")),
    "two plans": Odd(
        PLAN + "\n" + PLAN.replace("武汉市减", "湖北省武汉市加"),
        rows={name: 2 * count for name, count in COUNTS.items()},
    ),
    "the same plan twice": Odd(PLAN + "\n" + PLAN, rows={name: 2 * count for name, count in COUNTS.items()}),
    "no line breaks": Odd(PLAN.replace("\n", ""), rows=dict.fromkeys(COUNTS, ANY)),
    "a character on each line": Odd("\n".join(PLAN.replace("\n", "")), rows=dict.fromkeys(COUNTS, ANY)),
    "a title and nothing else": Odd(TITLE, refused=NO_TEXT),
    "a title and headings": Odd(f"{TITLE}\n\n一、总体要求\n", refused=NO_TEXT),
    # What else may be pasted in
    "an annex": Odd(
        f"{PLAN}\n附表\n\n指标\t单位\t2020年\t2025年\n能耗\t吨标准煤\t100\t87\n",
        issues=("annex: An annex after the last clause is not read: .* characters from “附表”",),
    ),
    "text after the last clause": Odd(
        f"{PLAN}\n各区要进一步\n",
        issues=(
            "text-after-plan: Text after the last whole clause is not read: 6 characters from “各区要进一步”",
        ),
    ),
    "a table pasted as text": Odd(
        put("关闭退出。", "关闭退出。\n指标\t2020年\t2025年\n能耗\t100\t87\n"),
        rows={"measures": 11, "targets": ANY},
        issues=(f"{LOST}a row of a table in “指标\t2020年\t2025年”, and 1 more at offset .*",),
    ),
    "a table drawn in characters": Odd(
        put("关闭退出。", "关闭退出。\n|指标|2025年|\n|---|---|\n"),
        rows={"measures": ANY, "targets": ANY},
        issues=(f"{LOST}a rule of a table, or a lost character in “.*”, and 5 more at offset .*",),
    ),
    "HTML left in": Odd(
        put("依法加快", "<p class='x'>依法加快").replace("关闭退出", "关闭退出</p>"),
        issues=(f"{LOST}a tag of HTML in “.*”, and 1 more at offset .*",),
    ),
    "entities of HTML": Odd(
        put("煤炭", "&ldquo;煤炭&#8221;"),
        rows={"measures": ANY, "targets": ANY},
        issues=(f"{LOST}a character reference of HTML in “.*”, and 1 more at offset .*",),
    ),
    "a script": Odd(
        put("煤炭", "<script>alert()</script>煤炭"),
        issues=(f"{LOST}a tag of HTML in “.*”, and 1 more at offset .*",),
    ),
    "a whole web page": Odd(
        f"<html><body><p>{PLAN}</p></body></html>".replace("\n\n", "</p>\n<p>"),
        rows=dict.fromkeys(COUNTS, ANY),
        issues=(
            f"{LOST}a tag of HTML in “.*”, and 9 more at offset .*",
            f"{LOST}a tag of HTML in “.*",
            "text-after-plan: Text after the last whole clause is not read: 18 characters from .*",
        ),
    ),
    "Markdown": Odd(f"# {PLAN}".replace("二、", "## **二、**").replace("30%", "**30%**")),
    "a formula": Odd(put("依法加快", "=依法加快")),
    "a formula in a heading": Odd(put("（一）", "（一）=1+1")),
    "hyphens for bullets": Odd(put("依法加快", "\n- 依法加快")),
    "a plan in English": Odd(
        "Action Plan of Wuhan\n\nI. Cut coal to 30% by 2025.\n",
        refused="found no Chinese text; expected the text of a plan",
    ),
    "a plan in Japanese": Odd(
        "東京都ゼロエミッション計画\n\n一、はじめに\n\n二〇三〇年までに。\n",
        rows=dict.fromkeys(COUNTS, ANY),
    ),
    "a plan of nowhere": Odd(put(TITLE, "某某市减污降碳协同增效实施方案")),
}


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
def test_odd_seed(odd: Odd) -> None:
    rows, left_out = read(odd.text)
    if odd.refused:
        (message,) = left_out
        assert re.search(odd.refused, message)
        assert (len(rows["plans"]), counts(rows)) == (0, dict.fromkeys(COUNTS, 0))
        assert [row["message"] for row in rows["issues"]] == [message.replace("wuhan:", "wuhan is left out:")]
        return
    assert isinstance(odd.text, str)
    assert counts(rows) == COUNTS | odd.rows
    found = [f"{row['kind']}: {row['message']}" for row in rows["issues"] if row["kind"] in KINDS]
    assert len(found) == len(odd.issues), found
    for pattern in odd.issues:
        assert any(re.fullmatch(pattern, message) for message in found), (pattern, found)
    assert_quotes_stand_in_the_seed(rows, odd.text)


# The kinds of issues that are about the input; what is read in it has others.
KINDS = ("unread", "damage", "numbering", "annex", "text-after-plan", "cut-off", "unreadable-document")


def test_there_are_at_least_forty_odd_seeds() -> None:
    assert len(ODD) >= 40


@pytest.mark.parametrize(
    "name", [name for name, odd in ODD.items() if any(issue.startswith(LOST) for issue in odd.issues)]
)
def test_strict_stops_at_damage(name: str, tmp_path: Path) -> None:
    folder = write_seeds(tmp_path, {"wuhan": ODD[name].text})
    with pytest.raises(PipelineError, match=r"wuhan\.txt, offset \d+: found "):
        read_plans(folder, load_vocabulary(), strict=True)


def test_the_largest_line_that_is_taken(tmp_path: Path) -> None:
    """Ten million bytes on one line: refused for what they are, in bounded time and memory."""
    text = f"{TITLE}\n\n一、总体要求\n\n" + "节能降碳" * (LARGEST_FILE // 12 - 10)
    folder = write_seeds(tmp_path / "seeds", {"wuhan": text})
    command = "import resource, sys; resource.setrlimit(resource.RLIMIT_AS, (3 << 30, 3 << 30)); from pipelines.cli import main; main()"
    ended = subprocess.run(
        [sys.executable, "-c", command, "build", "--seeds", folder, "--out", tmp_path / "out", "--strict"],
        cwd=ROOT,
        env={
            **os.environ,
            "OMP_NUM_THREADS": "1",
            "OPENBLAS_NUM_THREADS": "1",
            "ARROW_DEFAULT_MEMORY_POOL": "system",
        },
        capture_output=True,
        check=False,
        timeout=50,
        text=True,
    )
    assert ended.returncode == 1
    assert re.fullmatch(r"error: .*: found a text that stops.*\n", ended.stderr)


# --- A folder of many plans --------------------------------------------------------------------------------------


def many_plans(folder: Path) -> Path:
    """Three good plans, one of which has a reprint, and three that cannot be read."""
    texts: dict[str, str | bytes] = {
        "chongqing": PLAN.replace("武汉", "重庆"),
        "sanming": PLAN.replace("武汉", "三明").encode("gb18030"),
        "shenyang": PLAN.replace("武汉", "沈阳").encode("utf-16"),
        "shenyang-reprint": PLAN.replace("武汉", "沈阳"),
        "wuhan": PLAN,
        "wuhan-reprint": PLAN,
        "xiamen": "厦门",
    }
    write_seeds(folder, texts, division_code="")
    for row, plan in ((3, "shenyang-synergy"), (5, "wuhan-synergy")):
        replace_cell(folder, "plan_id", plan, row)
        replace_cell(folder, "is_base", "false", row)
    return folder


def test_an_unreadable_document_does_not_stop_the_others(tmp_path: Path) -> None:
    summary = build(many_plans(tmp_path / "seeds"), tmp_path / "out", strict=False)
    assert (summary.rows["plans"], summary.rows["documents"]) == (2, 3)
    assert [message.partition(":")[0] for message in summary.left_out] == [
        "sanming",
        "xiamen",
        "shenyang",
        "shenyang-reprint",
    ] or sorted(message.partition(":")[0] for message in summary.left_out) == [
        "sanming",
        "shenyang",
        "shenyang-reprint",
        "xiamen",
    ]
    with (tmp_path / "out" / "data" / "issues.csv").open(encoding="utf-8", newline="") as stream:
        issues = [row["message"] for row in csv.DictReader(stream) if row["kind"] == "unreadable-document"]
    assert sorted(message.partition(" is left out: ")[0] for message in issues) == [
        "sanming",
        "shenyang",
        "shenyang-reprint",
        "xiamen",
    ]
    reprint = "shenyang-reprint is left out: shenyang-reprint.txt: found a copy of shenyang-synergy alone, whose base document is left out"
    assert any(issue.startswith(reprint) for issue in issues)
    assert any("this looks like GB18030" in message for message in issues)


def test_what_is_published_does_not_say_where_the_folder_was(tmp_path: Path) -> None:
    made = []
    for place in ("here", "there/and/elsewhere"):
        (tmp_path / place).mkdir(parents=True)
        build(many_plans(tmp_path / place / "seeds"), tmp_path / place / "out", strict=False)
        made.append(package_files(tmp_path / place / "out"))
    assert made[0] == made[1]
    assert str(tmp_path).encode() not in b"".join(made[0].values())


def test_strict_stops_at_the_first_unreadable_document(tmp_path: Path) -> None:
    with pytest.raises(PipelineError, match=r"sanming\.txt, byte 0: found bytes that are not UTF-8"):
        build(many_plans(tmp_path / "seeds"), tmp_path / "out", strict=True)
    assert not (tmp_path / "out").exists()


def test_the_command_names_what_is_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = many_plans(tmp_path / "seeds")
    monkeypatch.setattr(
        sys, "argv", ["pipelines", "build", "--seeds", str(folder), "--out", str(tmp_path / "out")]
    )
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert not ended.value.code
    shown = capsys.readouterr()
    assert shown.err.count("left out: ") == 4
    assert re.search(r"^plans +2 ", shown.out, re.MULTILINE)


def test_a_folder_without_one_readable_plan(refused: Refused, tmp_path: Path) -> None:
    folder = write_seeds(tmp_path / "seeds", {"wuhan": "武汉", "xiamen": "厦门"})
    message = refused(folder)
    assert re.match(
        r".*: found no plan that can be read \(wuhan: wuhan.txt, .*; xiamen: xiamen.txt, ", message
    )


def failing_in_wuhan(copies: list[PlanText], vocabulary: Vocabulary) -> PlanFacts:
    """A reading with a mistake of ours that one document alone brings to light."""
    if copies[0].source.row.document_id == "wuhan":
        assert copies[0].text[:0].span, "an empty text has no place"
    return read_plan(copies, vocabulary)


def test_our_own_mistake_costs_one_document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipelines.package.build.read_plan", failing_in_wuhan)
    folder = write_seeds(
        tmp_path / "seeds", {"wuhan": PLAN, "shenyang": PLAN.replace("武汉", "沈阳")}, division_code=""
    )
    summary = build(folder, tmp_path / "out", strict=False)
    assert summary.rows["plans"] == 1
    assert [why.split(":")[0] for why in summary.left_out] == ["wuhan"]
    (issue,) = [row for row in rows_of(folder)["issues"] if row["kind"] == "internal-error"]
    assert issue["severity"] == "error"
    assert re.search(
        r"wuhan\.txt: found what the reading does not expect \(ValueError at text/provenance\.py, line \d+\)",
        str(issue["message"]),
    )
    assert str(tmp_path) not in str(issue["message"])
    with pytest.raises(PipelineError, match="ValueError at text/provenance"):
        build(folder, tmp_path / "out", strict=True)


def test_a_brought_plan_needs_no_division_code(tmp_path: Path) -> None:
    folder = write_seeds(tmp_path, {"shenyang": PLAN.replace("武汉", "沈阳")}, division_code="")
    plans, _, _ = read_plans(folder, load_vocabulary(), strict=True)
    assert [place.division_code for plan in plans if (place := plan.facts.identity.place)] == ["210100"]


def test_somebody_s_own_folder_of_data_is_not_replaced(tmp_path: Path) -> None:
    seeds = write_seeds(tmp_path / "seeds", {"wuhan": PLAN})
    own = tmp_path / "out" / "data" / "measurements.csv"
    own.parent.mkdir(parents=True)
    own.write_text("date,value\n", encoding="utf-8")
    with pytest.raises(
        PipelineError, match=r"measurements\.csv: found a file that is not of a data package built before"
    ):
        build(seeds, tmp_path / "out", strict=True)
    assert package_files(tmp_path / "out") == {"data/measurements.csv": b"date,value\n"}


def test_a_title_and_its_facts_are_read_from_the_text() -> None:
    plan = plan_of(PLAN)
    assert plan.identity.place is not None
    assert (plan.identity.title, plan.identity.place.place_id) == (TITLE, "wuhan")
    assert source_of(PLAN).raw == PLAN


def test_an_unknown_agency_is_an_issue_at_its_first_mention() -> None:
    text = PLAN.replace("市发改委牵头", "市星际航行局牵头")
    rows, left_out = read(text)
    (issue,) = [row for row in rows["issues"] if row["kind"] == "unknown-agency"]
    assert (left_out, issue["severity"], issue["clause_id"]) == ([], "error", "wuhan-synergy/2.2")
    start, end = issue["source_start"], issue["source_end"]
    assert isinstance(start, int)
    assert isinstance(end, int)
    assert text[start:end] == "市星际航行局"


def test_seeds_of_others_never_become_the_projects_own(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Without --out the project's own data would be overwritten by those of another folder."""
    seeds = write_seeds(tmp_path / "seeds", {"wuhan": PLAN})
    monkeypatch.setattr(sys, "argv", ["pipelines", "build", "--seeds", str(seeds)])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == 1
    assert "To mend it: add --out OUT" in capsys.readouterr().err


def test_path_that_cannot_be_written_is_one_message(
    published: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    notes = tmp_path / "file" / "notes.md"
    monkeypatch.setattr(
        sys, "argv", ["pipelines", "diff", str(published), str(published), "--markdown", str(notes)]
    )
    with pytest.raises(SystemExit) as ended:
        cli.main()
    shown = capsys.readouterr().err
    assert ended.value.code == 1
    assert re.fullmatch(r"error: .*file.*: found .+; expected .+\. To mend it: .+\.\n", shown)
