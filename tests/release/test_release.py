"""A release is whole or does not happen, and what is in it agrees with what is said of it."""

import hashlib
import io
import json
import shutil
from pathlib import Path

import pytest
from rich.console import Console

from pipelines.errors import PipelineError
from pipelines.release.archive import is_formula
from pipelines.release.reading import read_sums
from pipelines.release.release import make_release, print_release
from tests.release.packages import VERSION, small_checkout


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_checkout(tmp_path_factory.mktemp("small") / "checkout")


@pytest.fixture(scope="module")
def dist(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("small") / "dist"
    make_release(root, out, VERSION)
    return out


def quiet() -> Console:
    return Console(file=io.StringIO(), width=200)


def said(console: Console) -> str:
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def files(folder: Path) -> dict[str, bytes]:
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def test_files(dist: Path) -> None:
    tops = {path.name for path in dist.iterdir()}
    assert tops == {
        f"china-synergy-plans-{VERSION}.zip",
        "china-synergy-plans.duckdb",
        "china-synergy-plans.sqlite",
        "datapackage.json",
        "data",
        "release-notes.md",
        "SHA256SUMS",
    }


def test_sums_name_every_file(dist: Path) -> None:
    found = files(dist)
    sums = read_sums(found.pop("SHA256SUMS").decode())
    assert sums == {name: hashlib.sha256(data).hexdigest() for name, data in found.items()}


def test_descriptor_stands_alone(dist: Path) -> None:
    """Its paths are relative, and lead to the files beside it."""
    for resource in json.loads((dist / "datapackage.json").read_text(encoding="utf-8"))["resources"]:
        assert (dist / resource["path"]).is_file()
        assert not Path(resource["path"]).is_absolute()


def test_made_again_no_byte_changes(root: Path, dist: Path, tmp_path: Path) -> None:
    """The DuckDB file of the release before is kept where it holds the same."""
    out = tmp_path / "dist"
    shutil.copytree(dist, out)
    assert print_release(root, out, console=quiet())
    assert files(out) == files(dist)


def test_gates_run_in_order_and_stop(root: Path, tmp_path: Path) -> None:
    ran = []

    def gate(name: str, passes: bool) -> tuple[str, "object"]:
        def run() -> bool:
            ran.append(name)
            return passes

        return name, run

    console = quiet()
    gates = [gate("validate", True), gate("mutants", False), gate("accuracy", True)]
    out = tmp_path / "dist"
    assert not print_release(root, out, gates, console=console)  # type: ignore[arg-type]
    assert ran == ["validate", "mutants"]
    assert "stop: mutants does not pass; nothing was released" in said(console)
    assert not out.exists()


def test_wrong_tag(root: Path, tmp_path: Path) -> None:
    with pytest.raises(PipelineError, match=r"under the tag v0\.0\.9"):
        print_release(root, tmp_path / "dist", tag="v0.0.9", console=quiet())
    assert not (tmp_path / "dist").exists()


def test_same_version_other_data(root: Path, dist: Path, tmp_path: Path) -> None:
    """What was published under a version stays what it is: other rows need another version."""
    before = tmp_path / "before"
    shutil.copytree(dist, before)
    path = before / "data/units.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(lines[:-1]), encoding="utf-8")
    console = quiet()
    assert not print_release(root, tmp_path / "dist", previous=before, console=console)
    assert f"not {VERSION}" in said(console)
    assert not (tmp_path / "dist").exists()


def test_notes_and_changes(root: Path, dist: Path, tmp_path: Path) -> None:
    archive = next(dist.glob("*.zip"))
    out = tmp_path / "dist"
    assert print_release(root, out, previous=archive, console=quiet())
    assert json.loads((out / "changes.json").read_text(encoding="utf-8"))["rows"] == []
    notes = (out / "release-notes.md").read_text(encoding="utf-8")
    assert notes.startswith(f"# china-synergy-plans {VERSION}\n")
    assert hashlib.sha256((out / archive.name).read_bytes()).hexdigest() in notes
    assert "Nothing: the same tables, the same rows." in notes


def test_stale_changes_go(root: Path, dist: Path, tmp_path: Path) -> None:
    out = tmp_path / "dist"
    shutil.copytree(dist, out)
    (out / "changes.json").write_text("{}", encoding="utf-8")
    assert print_release(root, out, console=quiet())
    assert not (out / "changes.json").exists()


def test_what_else_is_there_stays(root: Path, tmp_path: Path) -> None:
    out = tmp_path / "dist"
    (out / "site").mkdir(parents=True)
    (out / "site/index.html").write_text("<p>", encoding="utf-8")
    assert print_release(root, out, beside={"dcat.ttl": "# DCAT\n"}, console=quiet())
    assert (out / "site/index.html").exists()
    assert "dcat.ttl" in read_sums((out / "SHA256SUMS").read_text(encoding="utf-8"))


def test_formula_stops_it(root: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(root, copy)
    path = copy / "data/places.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(",Wuhan,", ",=1+1,"), encoding="utf-8")
    assert is_formula("=1+1")
    with pytest.raises(PipelineError, match=r"column label_en: found '=1\+1'"):
        print_release(copy, tmp_path / "dist", console=quiet())
    assert not (tmp_path / "dist").exists()
