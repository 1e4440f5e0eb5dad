"""A release is whole or does not happen, and what is in it agrees with what is said of it."""

import hashlib
import io
import json
import re
import shutil
from pathlib import Path

import pytest
from rich.console import Console

from pipelines.errors import PipelineError
from pipelines.package.dataset import read_dataset
from pipelines.package.files import read_sums
from pipelines.release.archive import is_formula, write_archive
from pipelines.release.release import Gate, make_release, print_release
from tests.release.packages import VERSION, package, small_checkout, table


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


def test_sums_name_what_is_attached(dist: Path) -> None:
    """Every file that lies in one folder with them; those of data/ are named by the descriptor, which they name."""
    found = files(dist)
    sums = read_sums(found.pop("SHA256SUMS").decode())
    digests = {name: hashlib.sha256(data).hexdigest() for name, data in found.items()}
    assert sums == {name: value for name, value in digests.items() if not name.startswith("data/")}
    resources = json.loads(found["datapackage.json"])["resources"]
    assert {each["path"]: each["hash"].removeprefix("sha256:") for each in resources} == {
        name: value for name, value in digests.items() if name.startswith("data/")
    }


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


def test_first_release_says_so(root: Path, tmp_path: Path) -> None:
    out = tmp_path / "dist"
    with pytest.raises(PipelineError, match=r"make release PREVIOUS=old\.zip .*make release FIRST=1"):
        print_release(root, out, console=quiet())
    assert not out.exists()
    assert print_release(root, out, is_first=True, console=quiet())
    assert "This is the first release" in (out / "release-notes.md").read_text(encoding="utf-8")


def test_other_data_under_the_version_of_a_release_that_is_there(
    root: Path, dist: Path, tmp_path: Path
) -> None:
    """A value corrected and released again must not take the place of the archive of the same version."""
    copy, out = tmp_path / "copy", tmp_path / "dist"
    shutil.copytree(root, copy)
    shutil.copytree(dist, out)
    path = copy / "data/targets.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(",30,30%,", ",31,31%,"), encoding="utf-8")
    assert path.read_text(encoding="utf-8") != text
    for is_first in (False, True):
        console = quiet()
        assert not print_release(copy, out, is_first=is_first, console=console)
        shown = " ".join(said(console).split())
        assert f"holds other data under the same version {VERSION}: 1 changes, such as targets wuhan" in shown
        assert "If that archive was never published, remove it" in shown
    assert files(out) == files(dist)


def test_last_release_in_the_folder_is_the_one_before(root: Path, tmp_path: Path) -> None:
    """Nobody has to name it: what changed since is held against the version all the same."""
    out = tmp_path / "dist"
    old = package(tmp_path / "old", "0.0.9", targets=table("targets")[:1])
    out.mkdir()
    held = read_dataset(old).files
    write_archive({name: held.read(name) for name in held.all()}, out / "china-synergy-plans-0.0.9.zip")
    assert print_release(root, out, console=quiet())
    notes = (out / "release-notes.md").read_text(encoding="utf-8")
    assert f"## What changed in the data from 0.0.9 to {VERSION}" in notes
    changes = json.loads((out / "changes.json").read_text(encoding="utf-8"))
    assert [row["key"] for row in changes["rows"]] == [["wuhan-synergy/2.4/t2"]]


def test_change_that_the_last_release_forbids(root: Path, tmp_path: Path) -> None:
    out = tmp_path / "dist"
    old = package(
        tmp_path / "old", "0.0.9", plans=[*table("plans"), table("plans")[0] | {"plan_id": "xian-synergy"}]
    )
    out.mkdir()
    held = read_dataset(old).files
    write_archive({name: held.read(name) for name in held.all()}, out / "china-synergy-plans-0.0.9.zip")
    console = quiet()
    assert not print_release(root, out, console=console)
    assert "these changes need a major version: 1.0.0 or higher after 0.0.9" in said(console)


def test_release_dated_before_the_last(root: Path, tmp_path: Path) -> None:
    """A date that was not put forward is seen where the last release has a later one."""
    old = package(tmp_path / "old", "0.0.9")
    path = old / "datapackage.json"
    descriptor = json.loads(path.read_text(encoding="utf-8"))
    for created, stops in (("2199-01-01T00:00:00Z", True), (descriptor["created"], False)):
        path.write_text(json.dumps(descriptor | {"created": created}), encoding="utf-8")
        console = quiet()
        assert print_release(root, tmp_path / "dist", previous=old, console=console) is not stops
        assert ("and the one before 2199-01-01T00:00:00Z" in said(console)) is stops


def test_tag_needs_a_date(root: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(root, copy)
    for name, pattern in (
        ("schemas/package.json", r'\n *"created": "[^"]*",'),
        ("datapackage.json", r'\n *"created": "[^"]*",'),
        ("CITATION.cff", r"\ndate-released: .*"),
        ("CHANGELOG.md", rf"(?<=## {VERSION}) - .*"),
    ):
        text = (copy / name).read_text(encoding="utf-8")
        assert re.search(pattern, text), name
        (copy / name).write_text(re.sub(pattern, "", text, count=1), encoding="utf-8")
    with pytest.raises(PipelineError, match="created: found none; expected the day of the release"):
        print_release(copy, tmp_path / "dist", is_first=True, tag=f"v{VERSION}", console=quiet())
    assert print_release(copy, tmp_path / "dist", is_first=True, console=quiet())


def test_gates_run_in_order_and_stop(root: Path, tmp_path: Path) -> None:
    ran = []

    def gate(name: str, passes: bool) -> Gate:
        def run() -> bool:
            ran.append(name)
            return passes

        return name, run

    console = quiet()
    gates = [gate("validate", True), gate("mutants", False), gate("accuracy", True)]
    out = tmp_path / "dist"
    assert not print_release(root, out, gates, is_first=True, console=console)
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
    dated = json.loads((root / "schemas/package.json").read_text(encoding="utf-8"))["created"]
    assert f"\nReleased on {dated[:10]}.\n" in notes
    assert hashlib.sha256((out / archive.name).read_bytes()).hexdigest() in notes
    assert "Nothing: the same tables, the same rows, the same files." in notes


def test_stale_changes_go(root: Path, dist: Path, tmp_path: Path) -> None:
    out = tmp_path / "dist"
    shutil.copytree(dist, out)
    (out / "changes.json").write_text("{}", encoding="utf-8")
    assert print_release(root, out, is_first=True, console=quiet())
    assert not (out / "changes.json").exists()


def test_what_else_is_there_stays(root: Path, tmp_path: Path) -> None:
    out = tmp_path / "dist"
    (out / "site").mkdir(parents=True)
    (out / "site/index.html").write_text("<p>", encoding="utf-8")
    assert print_release(root, out, is_first=True, beside={"dcat.ttl": "# DCAT\n"}, console=quiet())
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
        print_release(copy, tmp_path / "dist", is_first=True, console=quiet())
    assert not (tmp_path / "dist").exists()
