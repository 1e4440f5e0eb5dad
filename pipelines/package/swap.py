"""Replaces the published package by one built beside it: whole, or not at all.

All that a build needs while it runs stands in one hidden folder of the target, `.package`, which is gone when
the build is over: the lock, the package being built, and, while two packages change places, the journal.

How a kill at any moment leaves the old package or the new one:

1. The new package is written to `.package/staged`, moved to `.package/new` and forced to the disk. A kill up
   to here leaves the old package in place; the next run removes the rest.
2. The journal is written, by renaming a finished file. From here on the new package counts.
3. The old names are moved to `.package/old`, the seal (datapackage.json) first; the new names are moved into
   place, the seal last. So a reader who finds a seal finds the data that it seals, and one who comes between
   two renames finds none: a file system renames one name at a time. A kill here is healed by the next command
   that builds or reads the package: whatever is still in `.package/new` is moved into place.
4. The journal is removed, then the old package.
"""

import errno
import fcntl
import filecmp
import json
import os
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath

from pipelines.errors import PipelineError

CONTROL = ".package"
LOCK_POLL_SECONDS = 0.1


@contextmanager
def package_lock(
    target: Path, *, wait_seconds: float = 600.0, on_wait: Callable[[str], None] | None = None
) -> Iterator[None]:
    """Holds the one right to build into `target`, healing first what a killed build left there.

    While another process has it, calls `on_wait` once with who that is, and waits; after `wait_seconds` it
    refuses and says who. A process that dies loses the lock by itself. Makes the folder if there is none.
    On leaving, nothing is left in the target but the package, whether the build went well or not.
    """
    made = not target.exists()
    with _explained(target):
        lock = _acquire(target / CONTROL)
        if lock is None:
            lock = _await(target, wait_seconds, on_wait)
        try:
            _heal(target)
        except BaseException:
            os.close(lock)
            raise
    try:
        yield
    finally:
        _leave(target, lock)
        if made:
            with suppress(OSError):  # it stays where there is something in it
                target.rmdir()


def staging(target: Path) -> Path:
    """A new, empty folder beside the published package, to build in; call it while holding `package_lock`."""
    staged = target / CONTROL / "staged"
    with _explained(staged):
        shutil.rmtree(staged, ignore_errors=True)
        staged.mkdir(parents=True)
    return staged


def swap_in(staged: Path, target: Path, names: Sequence[str]) -> bool:
    """Replaces `names` of `target` (files or folders, paths with slashes) by those of `staged`, all or none.

    The last name is the seal, the file that says that the others are whole: datapackage.json. Each name is
    replaced whole: what else stood in such a folder goes. Returns False, and touches nothing, where both are
    equal byte for byte. If the file system refuses, the published package is put back as it was. Call it
    while holding `package_lock`.
    """
    _check_names(names)
    missing = [name for name in names if not os.path.lexists(staged / name)]
    if missing:
        raise PipelineError(
            file=staged,
            place="",
            found=f"no {', '.join(missing)}",
            expected=f"a whole package: {', '.join(names)}",
            remedy="write the package before swapping it in",
        )
    control = target / CONTROL
    with _explained(target):
        if all(_same(staged / name, target / name) for name in names):
            return False
        _commit(staged, control, names)
        try:
            _exchange(target, names)
        except OSError:
            _put_back(target, names)
            raise
        (control / "journal.json").unlink()
        _sync(control)
    _clear(control)
    return True


def recover(target: Path) -> bool:
    """Heals what a killed build left in `target`: completes a change that had begun, or removes the build.

    Safe at any time: where a living process holds the lock, or nothing was left, it does nothing. Returns
    whether it did anything. `package_lock` does the same on entering.
    """
    control = target / CONTROL
    if not control.is_dir():
        return False
    with _explained(target):
        lock = _acquire(control)
        if lock is None:
            return False
        try:
            _heal(target)
        except BaseException:
            os.close(lock)
            raise
    _leave(target, lock)
    return True


def _commit(staged: Path, control: Path, names: Sequence[str]) -> None:
    """Steps 1 and 2: the new package whole on the disk, then the journal that says so."""
    new = control / "new"
    for left_over in (new, control / "old"):
        _remove(left_over)
    for name in names:
        (new / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.move(staged / name, new / name)
    for folder, _, files in os.walk(new, topdown=False):
        for file in files:
            _sync(Path(folder, file))
        _sync(Path(folder))
    unfinished = control / "journal.tmp"
    with unfinished.open("w", encoding="utf-8") as stream:
        json.dump({"names": list(names)}, stream)
        stream.flush()
        os.fsync(stream.fileno())
    unfinished.rename(control / "journal.json")
    _sync(control)


def _exchange(target: Path, names: Sequence[str]) -> None:
    """Step 3, from wherever an earlier run of it stopped."""
    control = target / CONTROL
    for name in reversed(names):
        if os.path.lexists(control / "new" / name) and os.path.lexists(target / name):
            _remove(control / "old" / name)
            _move(target / name, control / "old" / name)
    for name in names:
        if os.path.lexists(control / "new" / name):
            _move(control / "new" / name, target / name)
    for folder in sorted({(target / name).parent for name in names}):
        _sync(folder)


def _put_back(target: Path, names: Sequence[str]) -> None:
    """Undoes what was done of step 3. Where that fails too, the journal stays: the next run completes it."""
    control = target / CONTROL
    with suppress(OSError):
        for name in reversed(names):
            if not os.path.lexists(control / "new" / name):
                _move(target / name, control / "new" / name)
        for name in names:
            if os.path.lexists(control / "old" / name):
                _move(control / "old" / name, target / name)
        (control / "journal.json").unlink()
        _sync(control)


def _heal(target: Path) -> None:
    control = target / CONTROL
    journal = control / "journal.json"
    if journal.exists():
        _exchange(target, _names_in(journal))
        journal.unlink()
        _sync(control)
    _clear(control)


def _names_in(journal: Path) -> list[str]:
    """The names that a journal holds; PipelineError, and nothing is touched, for one that no build wrote."""
    data = journal.read_bytes()
    try:
        names = json.loads(data.decode("utf-8"))["names"]
        if not isinstance(names, list) or not names:
            raise ValueError("no list of names")
        _check_names(names)
    except (ValueError, LookupError, TypeError, RecursionError) as error:
        raise PipelineError(
            file=journal,
            place="",
            found=repr(data[:80].decode("utf-8", "backslashreplace")),
            expected="the names that a build was replacing when it was killed",
            remedy=f"move what the package lacks out of {journal.parent}, and remove that folder",
        ) from error
    return names


def _clear(control: Path) -> None:
    """Removes what no journal speaks for; what resists is left for the next run."""
    if (control / "journal.json").exists():
        return
    for name in ("staged", "new", "old"):
        shutil.rmtree(control / name, ignore_errors=True)
    with suppress(OSError):
        (control / "journal.tmp").unlink()


def _acquire(control: Path) -> int | None:
    """The open, locked lock file; None if another process holds it."""
    path = control / "lock"
    while True:
        control.mkdir(parents=True, exist_ok=True)
        try:
            lock = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
        except FileNotFoundError:  # the holder has just left and taken the folder with it
            continue
        except OSError:
            with suppress(OSError):
                control.rmdir()
            raise
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if os.path.samestat(os.fstat(lock), path.stat()):
                with suppress(OSError):  # a full disk may have no room for the name; the lock holds without
                    os.ftruncate(lock, 0)
                    os.write(lock, f"process {os.getpid()} on {os.uname().nodename}".encode())
                return lock
        except BlockingIOError:
            os.close(lock)
            return None
        except FileNotFoundError:  # locked a file that its holder had just removed
            pass
        except BaseException:
            os.close(lock)
            raise
        os.close(lock)


def _await(target: Path, wait_seconds: float, on_wait: Callable[[str], None] | None) -> int:
    holder = _holder(target)
    if on_wait is not None:
        on_wait(holder)
    deadline = time.monotonic() + wait_seconds
    while time.monotonic() < deadline:
        time.sleep(LOCK_POLL_SECONDS)
        lock = _acquire(target / CONTROL)
        if lock is not None:
            return lock
    raise PipelineError(
        file=target,
        place="",
        found=f"another build at work, {_holder(target)}",
        expected="one build at a time",
        remedy="wait for it or end it, and build again",
    )


def _holder(target: Path) -> str:
    with suppress(OSError):
        return (target / CONTROL / "lock").read_text(encoding="utf-8") or "a process that has just begun"
    return "a process that has just ended"


def _leave(target: Path, lock: int) -> None:
    """Gives the lock back; what the holder left behind, on an error or a keyboard interrupt, goes with it."""
    control = target / CONTROL
    try:
        with suppress(OSError):
            _heal(target)
        with suppress(OSError):
            (control / "lock").unlink()
            control.rmdir()
    finally:
        os.close(lock)


def _same(left: Path, right: Path) -> bool:
    """Whether two files, or two folders with all that is in them, are equal byte for byte."""
    if left.is_symlink() or right.is_symlink():
        return False
    if left.is_file() and right.is_file():
        return filecmp.cmp(left, right, shallow=False)
    if not (left.is_dir() and right.is_dir()):
        return False
    names = {entry.name for entry in left.iterdir()}
    return names == {entry.name for entry in right.iterdir()} and all(
        _same(left / name, right / name) for name in sorted(names)
    )


def _move(source: Path, destination: Path) -> None:
    destination.parent.mkdir(parents=True, exist_ok=True)
    source.rename(destination)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _sync(path: Path) -> None:
    """Forces a file, or the names in a folder, to the disk."""
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):  # a file system that knows no such thing
            raise
    finally:
        os.close(descriptor)


def _check_names(names: Sequence[str]) -> None:
    for name in names:
        path = PurePosixPath(name)
        if path.is_absolute() or not path.parts or ".." in path.parts or path.parts[0] == CONTROL:
            raise ValueError(f"{name!r} is no path inside a package")


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    """Turns what the operating system refuses into an error that says what to do."""
    try:
        yield
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
        raise PipelineError(
            file=error.filename or path,
            place="",
            found=error.strerror or str(error),
            expected="a disk with room for two packages" if full else "a folder that can be written to",
            remedy=f"{'free some room' if full else 'mend the permissions'} and build again; "
            "the published package is as it was, or is put right by the next build",
        ) from error
