"""Whatever happens to a build, the package is the old one or the new one, whole; and the next build succeeds.

`python -m tests.package.test_build_faults 100` kills a hundred builds and says what became of each.
"""

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from pipelines.errors import PipelineError
from pipelines.package.build import build
from pipelines.package.dataset import read_dataset
from pipelines.package.swap import CONTROL, package_lock, recover
from pipelines.package.write import write_package
from tests.package.processes import Command
from tests.samples import PLAN, ROOT, as_nobody, package_files, write_seeds

KILLS = 12
Contents = dict[str, bytes]


class Project:
    """Two folders of seeds, the packages that they make, and a folder that holds the old one."""

    def __init__(self, folder: Path) -> None:
        self.old_seeds = write_seeds(folder / "old seeds", {"wuhan": PLAN})
        texts = {"shenyang": PLAN.replace("武汉", "沈阳"), "wuhan": PLAN.replace("30%", "28%")}
        self.new_seeds = write_seeds(folder / "new seeds", texts, division_code="")
        self.out = folder / "out"
        self.new = self.made_of(self.new_seeds)
        self.old = self.made_of(self.old_seeds)

    def made_of(self, seeds: Path) -> Contents:
        build(seeds, self.out, strict=True)
        return package_files(self.out)

    def assert_whole(self) -> str:
        """What a reader finds: the old package or the new, or, between two renames, none that is sealed."""
        found = {name: data for name, data in package_files(self.out).items() if not name.startswith(CONTROL)}
        if "datapackage.json" not in found:
            return "between two renames, and healed by the next command"
        assert found in (self.old, self.new)
        return "old" if found == self.old else "new"

    def assert_healed(self) -> None:
        """The next build succeeds, whatever is left, and leaves nothing but its package; the old one is put back."""
        assert self.made_of(self.new_seeds) == self.new
        shutil.rmtree(self.out)
        for name, data in self.old.items():
            (self.out / name).parent.mkdir(parents=True, exist_ok=True)
            (self.out / name).write_bytes(data)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return Project(tmp_path_factory.mktemp("project"))


def building(project: Project, seeds: Path, before: str = "") -> Command:
    """A build in a process of its own; `before` is run in it first."""
    return Command("build", "--seeds", str(seeds), "--out", str(project.out), before=before)


def refusal(process: Command) -> str:
    """The one message of a build that was refused."""
    first, _, message = process.rest().partition("\n")
    assert process.returncode == 1, message
    assert first == "ready"
    assert message.startswith("error: ")
    assert message.count("\n") == 1
    return message


# --- Killed ------------------------------------------------------------------------------------------------------


def kill_builds(project: Project, times: int, moments: random.Random) -> Counter[str]:
    """Kills so many builds, each at another moment, and counts what each left."""
    length = seconds_of_a_build(project)
    left: Counter[str] = Counter()
    for _ in range(times):
        with building(project, project.new_seeds) as process:
            assert process.stderr.readline() == "ready\n"
            time.sleep(moments.uniform(0, length))
            process.kill()
        left[project.assert_whole() if process.returncode == -signal.SIGKILL else "finished before"] += 1
        project.assert_healed()
    return left


def seconds_of_a_build(project: Project) -> float:
    """How long a build in a process of its own takes, imports apart."""
    with building(project, project.new_seeds) as process:
        assert process.stderr.readline() == "ready\n"
        begun = time.perf_counter()
        process.rest()
        taken = time.perf_counter() - begun
    project.assert_healed()
    return taken


def test_killed_at_random_moments(project: Project) -> None:
    left = kill_builds(project, KILLS, random.Random(20230511))
    assert sum(left.values()) == KILLS


# The new package changes places with the old one by renaming; the process ends in place of one of these.
STOP_AT = """
import os
done, rename = 0, os.rename
def stop(*arguments, **options):
    global done
    done += 1
    if done == {rename}:
        os.kill(os.getpid(), 9)
    return rename(*arguments, **options)
os.rename = stop
"""


@pytest.mark.parametrize("rename", [1, 3, 4, 5, 6, 7])
def test_killed_in_the_middle_of_the_swap(project: Project, rename: int) -> None:
    with building(project, project.new_seeds, before=STOP_AT.format(rename=rename)) as process:
        process.rest()
    assert process.returncode == -signal.SIGKILL
    project.assert_whole()
    recover(project.out)
    assert package_files(project.out) == (project.old if rename < 4 else project.new)
    project.assert_healed()


@pytest.mark.parametrize("rename", [5, 6, 7])
def test_a_reader_that_comes_after_a_kill_finds_a_whole_package(project: Project, rename: int) -> None:
    """Between two renames there is no whole package in place; whoever reads it with a command heals it first."""
    with building(project, project.new_seeds, before=STOP_AT.format(rename=rename)) as process:
        process.rest()
    assert "datapackage.json" not in package_files(project.out)
    read_dataset(project.out)
    assert package_files(project.out) == project.new
    project.assert_healed()


# A build that stops and says so when the package is half written, or about to be swapped in.
SLOW = """
import sys, time
import pipelines.package.build
original = pipelines.package.build.{function}
def slow(*arguments, **options):
    print("now", file=sys.stderr, flush=True)
    time.sleep(60)
    return original(*arguments, **options)
pipelines.package.build.{function} = slow
"""


@pytest.mark.parametrize("function", ["read_plans", "write_package", "swap_in"])
def test_interrupted_from_the_keyboard(project: Project, function: str) -> None:
    with building(project, project.new_seeds, before=SLOW.format(function=function)) as process:
        assert [process.stderr.readline() for _ in range(2)] == ["ready\n", "now\n"]
        process.interrupt()
        errors = process.rest()
    assert process.returncode == 130
    assert errors == "stopped: what is published is as it was, or is put right by the next build\n"
    assert package_files(project.out) == project.old
    project.assert_healed()


# --- Refused by the file system ----------------------------------------------------------------------------------


@contextmanager
def small_disk(megabytes: int) -> Iterator[Path]:
    """A file system with so much room, where this process may mount one."""
    with tempfile.TemporaryDirectory() as folder:
        mounted = shutil.which("mount") is not None and os.geteuid() == 0
        mounted = (
            mounted
            and subprocess.run(
                ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", folder],
                check=False,
                capture_output=True,
            ).returncode
            == 0
        )
        if not mounted:
            pytest.skip(
                "no file system can be mounted here; the test with a limit on files stands for this one"
            )
        try:
            yield Path(folder)
        finally:
            subprocess.run(["umount", folder], check=True)


def refusal_of_build(project: Project) -> str:
    try:
        build(project.new_seeds, project.out, strict=True)
    except PipelineError as error:
        return str(error)
    return ""


def test_disk_full() -> None:
    """The new package fits beside the old one, or the build says that it does not; at every size in between."""
    refused = 0
    with small_disk(64) as disk:
        project = Project(disk)
        ballast = disk / "ballast"
        free = shutil.disk_usage(disk).free
        for left in range(0, 1_400_000, 100_000):
            ballast.write_bytes(bytes(max(0, free - left)))
            message = refusal_of_build(project)
            if message:
                refused += 1
                assert "No space left on device" in message
                assert "free some room" in message
            assert package_files(project.out) == (project.old if message else project.new)
            ballast.unlink()
            project.assert_healed()
    assert refused > 3


LIMIT = """
import resource, signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, ({size}, {size}))
"""


@pytest.mark.parametrize("size", [0, 10, 20_000, 60_000])
def test_files_may_not_grow(project: Project, size: int) -> None:
    """As on a full disk, or over a quota: a write is refused in the middle."""

    message = refusal(building(project, project.new_seeds, before=LIMIT.format(size=size)))
    assert "File too large" in message
    assert "free some room" in message
    assert package_files(project.out) == project.old
    project.assert_healed()


def owned_by_nobody(folder: Path) -> None:
    if os.geteuid() == 0:
        for path in (folder, *folder.rglob("*")):
            os.chown(path, 65534, 65534)


def test_output_that_may_not_be_written() -> None:
    with tempfile.TemporaryDirectory() as folder:
        project = Project(Path(folder))
        owned_by_nobody(Path(folder))
        project.out.chmod(0o555)
        with (
            as_nobody(),
            pytest.raises(PipelineError, match=r"found Permission denied; .*: mend the permissions"),
        ):
            build(project.new_seeds, project.out, strict=True)
        assert package_files(project.out) == project.old
        project.out.chmod(0o755)
        project.assert_healed()


@pytest.mark.parametrize("place", ["data", "data/text"])
def test_a_read_only_folder_inside_the_package(place: str) -> None:
    """What the folder of the package allows, a folder inside it does not prevent: it is moved out of the way."""
    with tempfile.TemporaryDirectory() as folder:
        project = Project(Path(folder))
        owned_by_nobody(Path(folder))
        (project.out / place).chmod(0o555)
        with as_nobody(), suppress(PipelineError):
            build(project.new_seeds, project.out, strict=True)
        assert project.assert_whole() in ("old", "new")
        project.assert_healed()


def test_permission_taken_away_while_building(monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder becomes read-only between the writing of the package and its swap."""
    with tempfile.TemporaryDirectory() as folder:
        project = Project(Path(folder))
        owned_by_nobody(Path(folder))

        def write_then_close(*arguments: Any, **options: Any) -> None:
            write_package(*arguments, **options)
            (project.out / CONTROL).chmod(0o555)

        monkeypatch.setattr("pipelines.package.build.write_package", write_then_close)
        with as_nobody(), pytest.raises(PipelineError, match=r"\.package.*Permission denied"):
            build(project.new_seeds, project.out, strict=True)
        monkeypatch.undo()
        assert project.assert_whole() == "old"
        (project.out / CONTROL).chmod(0o755)
        project.assert_healed()


def test_output_that_is_a_file(tmp_path: Path) -> None:
    seeds = write_seeds(tmp_path / "seeds", {"wuhan": PLAN})
    (tmp_path / "out").write_text("武汉", encoding="utf-8")
    with pytest.raises(PipelineError, match="expected a folder that can be written to"):
        build(seeds, tmp_path / "out", strict=True)
    assert (tmp_path / "out").read_text(encoding="utf-8") == "武汉"


# --- Clocks, and two builds at once ------------------------------------------------------------------------------

CLOCK = """
#define _GNU_SOURCE
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>
int clock_gettime(clockid_t id, struct timespec *now) {
    int failed = syscall(SYS_clock_gettime, id, now);
    if (id == CLOCK_REALTIME || id == CLOCK_REALTIME_COARSE) now->tv_sec = SECONDS;
    return failed;
}
int gettimeofday(struct timeval *now, void *zone) { now->tv_sec = SECONDS; now->tv_usec = 0; return 0; }
time_t time(time_t *now) { if (now) *now = SECONDS; return SECONDS; }
"""
CLOCK_OF_PYTHON = """
import time
time.time, time.time_ns = (lambda: float(SECONDS)), (lambda: SECONDS * 10**9)
"""


def clock_at(seconds: int, folder: Path) -> tuple[dict[str, str], str]:
    """What makes a process believe that it is another time: its environment, and what it runs first.

    With a compiler, all of the process believes it; without one, what asks Python's module time.
    """
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None:
        return {}, CLOCK_OF_PYTHON.replace("SECONDS", str(seconds))
    (folder / "clock.c").write_text(CLOCK.replace("SECONDS", f"{seconds}L"), encoding="utf-8")
    subprocess.run([compiler, "-shared", "-fPIC", "-o", folder / "clock.so", folder / "clock.c"], check=True)
    return {"LD_PRELOAD": str(folder / "clock.so")}, ""


@pytest.mark.parametrize(("year", "seconds"), [(1970, 43_200), (2100, 4_102_488_000)])
def test_no_byte_depends_on_the_clock(project: Project, tmp_path: Path, year: int, seconds: int) -> None:
    """Neither what the time is, nor how old the seeds are."""
    seeds = tmp_path / "seeds"
    shutil.copytree(project.new_seeds, seeds)
    for path in (*seeds.iterdir(), seeds):
        os.utime(path, (seconds, seconds))
    environment, before = clock_at(seconds, tmp_path)
    check = f"import time; assert time.gmtime(time.time()).tm_year == {year}"
    code = f"{before}\n{check}\nfrom pipelines.cli import main\nmain()"
    ended = subprocess.run(
        [sys.executable, "-c", code, "build", "--seeds", str(seeds), "--out", str(tmp_path / "out")],
        cwd=ROOT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert ended.returncode == 0, ended.stderr
    assert package_files(tmp_path / "out") == project.new


def test_a_second_build_waits_for_the_first(project: Project) -> None:
    with package_lock(project.out):
        process = building(project, project.new_seeds)
        assert process.stderr.readline() == "ready\n"
        assert process.stderr.readline().startswith(
            f"waiting: another build is at work, process {os.getpid()} on "
        )
        assert process.is_at_work
        assert project.assert_whole() == "old"
    errors = process.rest()
    assert (process.returncode, errors) == (0, "")
    assert package_files(project.out) == project.new
    project.assert_healed()


def test_many_builds_at_once(project: Project) -> None:
    """They take turns; each ends well, and the last one's package stands."""
    processes = [building(project, seeds) for seeds in (project.new_seeds, project.old_seeds) * 2]
    for process in processes:
        errors = process.rest()
        assert process.returncode == 0
        assert "Traceback" not in errors
    assert package_files(project.out) in (project.old, project.new)
    project.assert_healed()


def kill_many(times: int) -> None:
    """Kills so many builds in a folder of its own, and prints what became of the package."""
    with tempfile.TemporaryDirectory() as folder:
        left = kill_builds(Project(Path(folder)), times, random.Random())
    print(
        f"{sum(left.values())} builds killed; after each, the package was whole and the next build succeeded"
    )
    for state, count in sorted(left.items()):
        print(f"{count:5} {state}")


if __name__ == "__main__":
    kill_many(int(sys.argv[1]) if sys.argv[1:] else 100)
