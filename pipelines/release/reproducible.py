"""A checkout in, the proof out that a rebuild from its seeds gives the same bytes in any circumstances."""

import csv
import filecmp
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

from rich.console import Console
from rich.text import Text

from pipelines.describe.documents import documents
from pipelines.errors import PipelineError

# What must make no difference. Unlike each other, and unlike what a machine is likely to be set to.
CIRCUMSTANCES: tuple[Mapping[str, str], ...] = (
    {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0"},
    {
        "PYTHONHASHSEED": "4294967295",
        "TZ": "America/St_Johns",
        "LANG": "tr_TR.UTF-8",
        "LC_ALL": "tr_TR.UTF-8",
    },
)


@dataclass(frozen=True, slots=True)
class Difference:
    """The first place where a rebuild differs from what is published: file, table, row, and both of them there."""

    file: str
    table: str
    row: str
    published: str
    rebuilt: str
    circumstances: str

    def __str__(self) -> str:
        where = ", ".join(
            part for part in (self.file, self.table and f"table {self.table}", self.row) if part
        )
        return f"{where}: published {self.published}; rebuilt {self.rebuilt} (with {self.circumstances})"


def check(root: Path) -> list[Difference]:
    """Rebuilds the package of a checkout, once in each of the circumstances, in processes of their own.

    Compares datapackage.json, every file of data/ and the generated documents, byte for byte. One difference is
    returned for each of the circumstances that makes any: the first file, and in it the first row. Raises
    PipelineError if a build fails.
    """
    found: list[Difference] = []
    for number, changed in enumerate(CIRCUMSTANCES):
        with tempfile.TemporaryDirectory(prefix="rebuild-") as folder:
            out = Path(folder) / f"package {number}"
            _build(root, out, changed)
            named = ", ".join(f"{key}={value}" for key, value in changed.items())
            found += [
                difference for difference in [first_difference(root, out, named)] if difference is not None
            ]
    return [*found, *_documents(root)]


def print_check(root: Path, console: Console | None = None) -> bool:
    """Runs `check` and prints what came of it; whether nothing differs."""
    console = console or Console()
    found = check(root)
    for difference in found:
        console.print(Text.assemble(("differs ", "bold red"), str(difference)))
    if not found:
        files = sum(path.is_file() for path in (root / "data").rglob("*")) + 1
        console.print(f"{files} files are the same, byte for byte, in {len(CIRCUMSTANCES)} rebuilds")
        console.print(f"{', '.join(documents(root))}: as they would be generated now")
    return not found


def first_difference(published: Path, rebuilt: Path, circumstances: str = "") -> Difference | None:
    """The first file in which two package folders differ, and in a CSV file the first row and cell.

    A CSV file tells more than its Parquet twin or a checksum, so those come last.
    """
    names = sorted({*_files(published), *_files(rebuilt)}, key=_telling)
    for name in names:
        one, other = published / name, rebuilt / name
        if not one.is_file() or not other.is_file():
            there = [("there" if each.is_file() else "absent") for each in (one, other)]
            return Difference(name, _table(name), "", there[0], there[1], circumstances)
        if not filecmp.cmp(one, other, shallow=False):
            return _where(name, one, other, circumstances)
    return None


def _files(package: Path) -> Iterator[str]:
    yield "datapackage.json"
    for path in (package / "data").rglob("*"):
        if path.is_file():
            yield path.relative_to(package).as_posix()


def _telling(name: str) -> tuple[int, str]:
    order = (".csv", ".txt", ".parquet", ".json")
    return (order.index(Path(name).suffix) if Path(name).suffix in order else len(order), name)


def _table(name: str) -> str:
    return Path(name).stem if Path(name).suffix in (".csv", ".parquet") else ""


def _where(name: str, one: Path, other: Path, circumstances: str) -> Difference:
    if name.endswith(".csv"):
        with (
            one.open(encoding="utf-8", newline="") as left,
            other.open(encoding="utf-8", newline="") as right,
        ):
            for number, (a, b) in enumerate(zip_longest(csv.reader(left), csv.reader(right))):
                if a != b:
                    column = next(
                        (at for at, (x, y) in enumerate(zip(a or [], b or [], strict=False)) if x != y), 0
                    )
                    shown = [repr(each[column])[:80] if each else "no row" for each in (a, b)]
                    row = (
                        f"row {number}, {(a or b or [''])[0]}, column {column + 1}"
                        if number
                        else "the header"
                    )
                    return Difference(name, _table(name), row, shown[0], shown[1], circumstances)
    left_bytes, right_bytes = one.read_bytes(), other.read_bytes()
    place = next(
        (at for at, (x, y) in enumerate(zip(left_bytes, right_bytes, strict=False)) if x != y),
        min(len(left_bytes), len(right_bytes)),
    )
    shown = [f"{each[place : place + 24]!r}, {len(each)} bytes" for each in (left_bytes, right_bytes)]
    line = left_bytes[:place].count(b"\n") + 1
    row = f"line {line}" if name.endswith((".txt", ".json", ".csv")) else f"byte {place}"
    return Difference(name, _table(name), row, shown[0], shown[1], circumstances)


def _documents(root: Path) -> Iterator[Difference]:
    """The generated documents of the project come from the schemas and the published data; they need no build."""
    for name, wanted in documents(root).items():
        path = root / name
        found = path.read_bytes().decode("utf-8", "replace") if path.is_file() else ""
        if found != wanted:
            lines = enumerate(zip_longest(found.split("\n"), wanted.split("\n")), start=1)
            number, (one, other) = next((at, pair) for at, pair in lines if pair[0] != pair[1])
            yield Difference(
                name, "", f"line {number}", repr(one)[:80], repr(other)[:80], "any circumstances"
            )


def _build(root: Path, out: Path, changed: Mapping[str, str]) -> None:
    environment = {**os.environ, **changed, "PYTHONPATH": str(Path(__file__).parent.parent.parent)}
    command = [
        sys.executable,
        "-m",
        "pipelines",
        "build",
        "--seeds",
        str(root / "seeds"),
        "--out",
        str(out),
        "--strict",
    ]
    done = subprocess.run(
        command, env=environment, capture_output=True, encoding="utf-8", errors="replace", check=False
    )
    if done.returncode:
        raise PipelineError(
            file=root / "seeds",
            place="",
            found=f"a build that ends with status {done.returncode}: {(done.stderr or done.stdout).strip()[-500:]}",
            expected="a build that succeeds, as the one of what is published did",
            remedy="mend what the build names; make build shows the same",
        )
