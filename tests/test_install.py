"""The wheel, installed where nothing of the checkout is: its command and its module, on a folder of one's own."""

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

import synergy_plans
from synergy_plans import Dataset, PipelineError

ROOT = Path(__file__).parents[1]
PLAN = """某市减污降碳协同增效实施方案
一、工作目标
到2025年，非化石能源消费比重达到20%左右，森林覆盖率不低于45%。
二、重点任务
（一）优化能源结构。推进煤炭清洁利用。（责任单位：市发展改革委、市生态环境局）
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what the wheel installs, and nothing else of the project."""
    place = tmp_path_factory.mktemp("installed")
    _run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(place / "wheel"), cwd=ROOT)
    (wheel,) = (place / "wheel").glob("*.whl")
    pip = ["-m", "pip", "install", "-qq", "--no-deps", "--no-index", "--disable-pip-version-check"]
    _run(sys.executable, *pip, "--target", str(place / "site"), str(wheel), cwd=place)
    return place / "site"


@pytest.fixture(scope="module")
def package(installed: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of one's own in which the installed command added a text and built its package."""
    folder = tmp_path_factory.mktemp("own")
    (folder / "plan.txt").write_text(PLAN, encoding="utf-8")
    command = installed / "bin" / "synergy-plans"
    _run(sys.executable, str(command), "add", "plan.txt", "--seeds", "seeds", cwd=folder, site=installed)
    said = _run(sys.executable, str(command), "all", cwd=folder, site=installed)
    assert "finished in" in said
    return folder


def test_installed_command_builds_a_folder_of_ones_own(package: Path) -> None:
    assert sorted(path.name for path in package.iterdir() if not path.name.startswith(".")) == [
        "data", "datapackage.json", "plan.txt", "seeds",
    ]  # fmt: skip


def test_installed_module_is_that_of_the_wheel(installed: Path, package: Path) -> None:
    code = (
        "import synergy_plans, pipelines.home as home; print(synergy_plans.__file__, home.SCHEMAS, home.ROOT)"
    )
    said = _run(sys.executable, "-c", code, cwd=package, site=installed).split()
    assert said == [str(installed / "synergy_plans.py"), str(installed / "pipelines/schemas"), str(package)]


def test_read_text_gives_the_tables_of_a_package() -> None:
    facts = synergy_plans.read_text(PLAN)
    targets = facts.pandas("targets")
    assert targets["indicator"].tolist() == ["非化石能源消费比重", "森林覆盖率"]
    assert targets["comparator"].tolist() == ["~", ">="]
    assert facts.arrow("responsibilities")["as_written"].to_pylist() == ["市发展改革委", "市生态环境局"]
    assert facts.texts["dtext"] == PLAN


def test_a_text_that_is_no_plan_is_one_message() -> None:
    with pytest.raises(PipelineError, match="no Chinese text"):
        synergy_plans.read_text("no plan")


def test_build_and_validate_from_python(package: Path, tmp_path: Path) -> None:
    summary = synergy_plans.build(package / "seeds", tmp_path)
    assert (summary.rows["targets"], summary.left_out) == (2, ())
    assert synergy_plans.validate(tmp_path, seeds=package / "seeds").is_sound


def test_open_reads_a_folder_an_archive_and_an_address(package: Path, tmp_path: Path, address: str) -> None:
    archive = shutil.make_archive(str(tmp_path / "package"), "zip", package)
    places: list[str | Path] = [package, archive, f"{address}/package.zip"]
    assert [Dataset.open(place).pandas("targets")["value"].tolist() for place in places] == [[20.0, 45.0]] * 3
    assert Dataset.open(archive).arrow("targets") == Dataset.open(package).arrow("targets")


@pytest.mark.parametrize(
    ("path", "found"),
    [("none.zip", "the answer 404"), ("page.zip", "no package")],
)
def test_an_address_without_an_archive_is_one_message(
    path: str, found: str, tmp_path: Path, address: str
) -> None:
    (tmp_path / "page.zip").write_text("<html>", encoding="utf-8")
    with pytest.raises(PipelineError, match=found):
        Dataset.open(f"{address}/{path}")


def test_a_download_without_end_is_refused(
    tmp_path: Path, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "large.zip").write_bytes(bytes(5_000_000))
    monkeypatch.setattr(synergy_plans, "LARGEST_DOWNLOAD", 2**20)
    with pytest.raises(PipelineError, match="found more than"):
        Dataset.open(f"{address}/large.zip")


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """The address of a server of the files in tmp_path."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(SimpleHTTPRequestHandler, directory=str(tmp_path)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def _run(*command: str, cwd: Path, site: Path | None = None) -> str:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    environment |= {"PYTHONPATH": str(site)} if site else {}
    done = subprocess.run(
        command, cwd=cwd, env=environment, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
