"""Killed, refused, interrupted or started twice, a build leaves the old package or the new one, and nothing else."""

import errno
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from pipelines.errors import PipelineError
from pipelines.package.swap import package_lock, recover, staging, swap_in
from tests.samples import as_nobody

NAMES = ("data", "docs/data-dictionary.md", "datapackage.json")
TABLES = ("targets.csv", "text/wuhan-official.txt")
ROOT = Path(__file__).parents[2]
KILLS = 10

Package = dict[str, str]


def package(year: int) -> Package:
    """A small package, every file of which says which one it is; each has a table that the other has not."""
    line = f"到{year}年，全市煤炭占能源消费总量的比重下降至30%以内\n"
    files = [*(f"data/{table}" for table in TABLES), f"data/{year}.csv", *NAMES[1:]]
    return dict.fromkeys(files, line)


OLD, NEW = package(2025), package(2030)


def write(files: Package, folder: Path) -> None:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, encoding="utf-8")


def read(folder: Path) -> Package:
    """Every file of the folder, hidden ones too: a stray file makes it unequal to a package."""
    files = (path for path in folder.rglob("*") if not path.is_dir())
    return {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in files}


def readable(folder: Path) -> Package:
    """What a reader finds who does not look into the hidden folder of the build."""
    return {name: content for name, content in read(folder).items() if not name.startswith(".package/")}


def build(files: Package, target: Path) -> bool:
    with package_lock(target):
        staged = staging(target)
        write(files, staged)
        return swap_in(staged, target, NAMES)


@pytest.fixture
def target(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    build(OLD, folder)
    return folder


def test_first_build_makes_the_folder(tmp_path: Path) -> None:
    assert build(OLD, tmp_path / "a" / "b")
    assert read(tmp_path) == {f"a/b/{name}": content for name, content in OLD.items()}


def test_new_package_replaces_the_old_one_whole(target: Path) -> None:
    assert build(NEW, target)
    assert read(target) == NEW


def test_what_else_is_in_the_target_stays(target: Path) -> None:
    (target / "README.md").write_text("武汉", encoding="utf-8")
    (target / "docs" / "guards.md").write_text("护栏", encoding="utf-8")
    build(NEW, target)
    assert read(target) == NEW | {"README.md": "武汉", "docs/guards.md": "护栏"}


def test_equal_package_touches_nothing(target: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in target.rglob("*")}
    assert not build(OLD, target)
    assert {path: path.stat().st_mtime_ns for path in target.rglob("*")} == before


def test_one_changed_byte_is_a_change(target: Path) -> None:
    changed = OLD | {"data/targets.csv": OLD["data/targets.csv"].replace("30%", "31%")}
    assert build(changed, target)
    assert read(target) == changed


def test_a_staged_package_must_be_whole(target: Path) -> None:
    with package_lock(target):
        staged = staging(target)
        write({name: content for name, content in NEW.items() if name != "datapackage.json"}, staged)
        with pytest.raises(PipelineError, match=r"found no datapackage\.json"):
            swap_in(staged, target, NAMES)
    assert read(target) == OLD


def test_staging_on_another_file_system(target: Path) -> None:
    """A folder of memory, where the machine has one, cannot be renamed into place; it is copied first."""
    memory = Path("/dev/shm")
    if not memory.is_dir() or memory.stat().st_dev == target.stat().st_dev:
        pytest.skip("no second file system")
    with tempfile.TemporaryDirectory(dir=memory) as staged, package_lock(target):
        write(NEW, Path(staged))
        assert swap_in(Path(staged), target, NAMES)
    assert read(target) == NEW


@pytest.mark.parametrize("name", ["../data", "/etc/passwd", ".package/new", "data/../../x", ""])
def test_names_stay_inside_the_package(target: Path, name: str) -> None:
    with pytest.raises(ValueError, match="is no path inside a package"):
        swap_in(target, target, (name,))


def test_error_in_the_build_leaves_nothing(target: Path) -> None:
    def fail() -> None:
        with package_lock(target):
            write({"data/targets.csv": "half"}, staging(target))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert read(target) == OLD


def test_error_in_the_first_build_leaves_no_folder(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), package_lock(tmp_path / "project"):
        raise KeyboardInterrupt
    assert not list(tmp_path.iterdir())


# Every change of the disk that the swap makes goes through one of these.
CHANGES = ("rename", "unlink", "rmdir", "mkdir", "fsync")


class Killed(BaseException):
    """Stands for the moment after which the process does nothing more."""


@contextmanager
def failing_at(step: int, error: BaseException, again: bool = False) -> Iterator[list[str]]:
    """Raises `error` in place of the change numbered `step`, and, with `again`, of all after it."""
    calls: list[str] = []

    def wrap(name: str, original: Any) -> Any:
        def change(*arguments: Any, **options: Any) -> Any:
            calls.append(name)
            if len(calls) == step or (again and len(calls) > step):
                raise error
            return original(*arguments, **options)

        return change

    with pytest.MonkeyPatch.context() as patch:
        for name in CHANGES:
            patch.setattr(os, name, wrap(name, getattr(os, name)))
        yield calls


def states_after_kills(tmp_path: Path, old: Package, new: Package) -> Iterator[tuple[int, Path]]:
    """A fresh target for each change that a swap makes, the swap in it killed at that change."""
    for step in range(1, 200):
        target = tmp_path / str(step)
        if old:
            build(old, target)
        target.mkdir(exist_ok=True)
        staged = staging(target)
        write(new, staged)
        with failing_at(step, Killed(), again=True) as calls:
            try:
                swap_in(staged, target, NAMES)
            except Killed:
                pass
            else:
                assert len(calls) == step - 1
                return
        yield step, target
    raise AssertionError("the swap never ended")


@pytest.mark.parametrize("old", [OLD, {}], ids=["over an old package", "first build"])
def test_killed_at_every_step(tmp_path: Path, old: Package) -> None:
    """A reader finds a sealed package whole, or no seal; the next run leaves the old or the new, and no strays."""
    ends = []
    for step, target in states_after_kills(tmp_path, old, NEW):
        assert readable(target) in (old, NEW) or "datapackage.json" not in readable(target), step
        assert recover(target)
        assert read(target) in (old, NEW), step
        ends.append(read(target) == NEW)
        assert not recover(target)
    assert ends == sorted(ends), "once a step leads to the new package, all later ones do"
    assert ends.count(True) > 5
    assert ends.count(False) > 5


def test_killed_again_while_healing(tmp_path: Path) -> None:
    healed = 0
    for step, target in states_after_kills(tmp_path, OLD, NEW):
        for again in range(1, 40):
            with failing_at(again, Killed(), again=True):
                try:
                    recover(target)
                except Killed:
                    continue
            break
        assert read(target) in (OLD, NEW), step
        healed += 1
    assert healed > 10


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES])
def test_one_refused_change(tmp_path: Path, number: int) -> None:
    """Whatever the file system refuses, once, the build ends with an error and the old package, or well."""
    refused = 0
    for step in range(1, 200):
        target = tmp_path / str(step)
        build(OLD, target)
        with failing_at(step, OSError(number, os.strerror(number))) as calls:
            message = failure_of(NEW, target)
        assert not message or os.strerror(number) in message
        assert readable(target) in ((OLD, NEW) if message else (NEW,)), step
        refused += bool(message)
        build(NEW, target)
        assert read(target) == NEW
        if len(calls) < step:
            break
    assert refused > 10


def test_refused_from_some_change_on(tmp_path: Path) -> None:
    """The disk dies in the middle and comes back for the next build."""
    for step in range(1, 200):
        target = tmp_path / str(step)
        build(OLD, target)
        with failing_at(step, OSError(errno.EIO, "Input/output error"), again=True) as calls:
            failure_of(NEW, target)
        assert readable(target) in (OLD, NEW) or "datapackage.json" not in readable(target), step
        recover(target)
        assert read(target) in (OLD, NEW), step
        if len(calls) < step:
            break


def failure_of(files: Package, target: Path) -> str:
    try:
        build(files, target)
    except (PipelineError, OSError) as error:  # an OSError is the test's own, from writing the staged files
        return str(error)
    return ""


def test_user_restores_the_package_after_a_kill(tmp_path: Path) -> None:
    """Somebody who finds the package gone and checks the old one out again does not trip the next run."""
    for step, target in states_after_kills(tmp_path, OLD, NEW):
        write(OLD, target)
        recover(target)
        assert build(NEW, target) in (True, False)
        assert read(target) == NEW, step


@pytest.mark.parametrize(
    "journal",
    [
        b'{"names": ["../../etc"]}',
        b'{"names": [1]}',
        b'{"names": {}}',
        b'["data"]',
        b"",
        b"\x80\x02\x00\xff",
        "数据".encode("gbk"),
        b"[" * 100_000,
    ],
    ids=["leads out", "no name", "no list", "no object", "empty", "binary", "GBK", "deep"],
)
def test_damaged_journal_is_not_guessed_at(target: Path, journal: bytes) -> None:
    """One message for whoever reads or builds, however often, and nothing is lost."""
    control = target / ".package"
    (control / "old" / "data").mkdir(parents=True)
    (control / "old" / "data" / "targets.csv").write_text("to be kept", encoding="utf-8")
    (control / "journal.json").write_bytes(journal)
    before = {path: path.read_bytes() for path in target.rglob("*") if path.is_file()}
    for _ in range(2):
        with pytest.raises(PipelineError, match="the names that a build was replacing"):
            recover(target)
        with pytest.raises(PipelineError, match="the names that a build was replacing"):
            build(NEW, target)
        assert {path: path.read_bytes() for path in before} == before


CHANGE_FOR_EVER = """
import sys
from pathlib import Path
from tests.package.test_swap import NEW, OLD, build
target = Path(sys.argv[1])
print("ready", flush=True)
while True:
    build(NEW, target)
    build(OLD, target)
"""


def test_killed_at_random_moments(target: Path) -> None:
    moments = random.Random(20230511)
    for _ in range(KILLS):
        with start(CHANGE_FOR_EVER, target) as process:
            time.sleep(moments.uniform(0, 0.05))
            process.kill()
            process.wait()
        assert process.returncode == -signal.SIGKILL
        assert readable(target) in (OLD, NEW) or "datapackage.json" not in readable(target)
        recover(target)
        assert read(target) in (OLD, NEW)
        build(package(2060), target)
        assert read(target) == package(2060)
        build(OLD, target)


HOLD = """
import sys, time
from pathlib import Path
from pipelines.package.swap import package_lock
with package_lock(Path(sys.argv[1])):
    print("ready", flush=True)
    time.sleep(600)
"""


@contextmanager
def start(code: str, target: Path) -> Iterator["subprocess.Popen[str]"]:
    """A second process, from its line "ready" on; it is ended on leaving."""
    arguments = [sys.executable, "-c", code, str(target)]
    with subprocess.Popen(arguments, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
            yield process
        finally:
            process.kill()


def test_second_build_says_who_holds_the_lock(target: Path) -> None:
    with start(HOLD, target) as process:
        waited: list[str] = []
        with (
            pytest.raises(PipelineError, match=f"another build at work, process {process.pid} on "),
            package_lock(target, wait_seconds=0, on_wait=waited.append),
        ):
            raise AssertionError("got a lock that another process holds")
        assert waited == [f"process {process.pid} on {os.uname().nodename}"]
        assert not recover(target)
    assert recover(target)
    assert read(target) == OLD


def test_second_build_waits(target: Path) -> None:
    entered = threading.Event()
    leave = threading.Event()

    def hold() -> None:
        with package_lock(target):
            entered.set()
            leave.wait()
            write(NEW, staging(target))
            swap_in(target / ".package" / "staged", target, NAMES)

    holder = threading.Thread(target=hold)
    holder.start()
    entered.wait()
    with package_lock(target, on_wait=lambda _: leave.set()):
        assert read(target / "data") == {name[5:]: NEW[name] for name in NEW if name.startswith("data/")}
    holder.join()
    assert read(target) == NEW


def test_killed_holder_frees_the_lock(target: Path) -> None:
    with start(HOLD, target):
        pass
    assert build(NEW, target)
    assert read(target) == NEW


def test_unwritable_folder() -> None:
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder)
        build(OLD, target)
        target.chmod(0o555)
        with as_nobody(), pytest.raises(PipelineError, match="found Permission denied; expected a folder"):
            build(NEW, target)
        target.chmod(0o755)
        assert read(target) == OLD


def test_target_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("武汉", encoding="utf-8")
    with pytest.raises(PipelineError, match="expected a folder that can be written to"):
        build(NEW, tmp_path / "out")
    assert read(tmp_path) == {"out": "武汉"}


def test_data_folder_that_is_a_link(target: Path, tmp_path: Path) -> None:
    """The link is replaced; where it points, nothing is touched."""
    elsewhere = tmp_path / "elsewhere"
    (target / "data").rename(elsewhere)
    (target / "data").symlink_to(elsewhere)
    before = read(elsewhere)
    build(NEW, target)
    assert read(target) == NEW
    assert not (target / "data").is_symlink()
    assert read(elsewhere) == before
