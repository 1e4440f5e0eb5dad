"""The proof that a rebuild of the project from its seeds gives the same bytes in any circumstances."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from rich.console import Console
from rich.text import Text

from pipelines.describe.documents import documents
from pipelines.errors import PipelineError
from pipelines.home import CODE
from pipelines.package.dataset import read_dataset
from pipelines.release.verify import differences, first_difference

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


def print_check(root: Path, console: Console | None = None) -> bool:
    """Runs `check` and prints what came of it; whether nothing differs."""
    console = console or Console()
    found = check(root)
    for difference in found:
        console.print(Text.assemble(("differs ", "bold red"), difference))
    if not found:
        files = sum(path.is_file() for path in (root / "data").rglob("*")) + 1
        console.print(f"{files} files are the same, byte for byte, in {len(CIRCUMSTANCES)} rebuilds")
        console.print(f"{', '.join(documents(root))}: as they would be generated now")
    return not found


def check(root: Path) -> list[str]:
    """Rebuilds the package of a checkout, once in each of the circumstances, in processes of their own.

    Compares datapackage.json, every file of data/ and the generated documents, byte for byte; says every place that
    differs. Raises PipelineError if a build fails.
    """
    found: list[str] = []
    for number, changed in enumerate(CIRCUMSTANCES):
        with tempfile.TemporaryDirectory(prefix="rebuild-") as folder:
            out = Path(folder) / f"package {number}"
            _build(root, out, changed)
            named = ", ".join(f"{key}={value}" for key, value in changed.items())
            _, faults = differences(read_dataset(root), read_dataset(out))
            found += [f"{fault} (with {named})" for fault in faults]
    return [*found, *_outdated(root)]


def _outdated(root: Path) -> Iterator[str]:
    """The generated documents that are not what the schemas and the published data give; they need no build."""
    for name, wanted in documents(root).items():
        found = (root / name).read_bytes() if (root / name).is_file() else b""
        if found != wanted.encode("utf-8"):
            yield f"{name}: {first_difference(found, wanted.encode('utf-8'))}"


def _build(root: Path, out: Path, changed: Mapping[str, str]) -> None:
    environment = {**os.environ, **changed, "PYTHONPATH": str(CODE.parent)}
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
