"""Commands in processes of their own: each is a fork of one in which the command is imported and has read a plan."""

import multiprocessing
import multiprocessing.forkserver
import os
import signal
import sys
from collections.abc import Sequence
from multiprocessing.connection import Connection
from typing import Self, TextIO

SECONDS = 120

_forks = multiprocessing.get_context("forkserver")
_forks.set_forkserver_preload(["tests.package.warm"])


class Command:
    """A command of the project at work; `before` is code that its process runs first. It is ended on leaving.

    `stderr` is what it says, from a line "ready" on, which comes right before it begins.
    """

    def __init__(self, *arguments: str, before: str = "") -> None:
        reader, writer = _forks.Pipe(duplex=False)
        self._process = _forks.Process(target=_run, args=(arguments, before, writer))
        self._process.start()
        writer.close()
        self.stderr: TextIO = os.fdopen(os.dup(reader.fileno()), encoding="utf-8")
        reader.close()

    @property
    def returncode(self) -> int | None:
        """How it ended: minus the signal that killed it; None while it is at work."""
        return self._process.exitcode

    @property
    def is_at_work(self) -> bool:
        """Whether it has not ended yet."""
        return self._process.is_alive()

    def rest(self) -> str:
        """What it still says until it ends, which it must do soon."""
        with self.stderr:
            said = self.stderr.read()
        self._process.join(SECONDS)
        assert self.returncode is not None, "the command does not end"
        return said

    def kill(self) -> None:
        """Kills it, and waits until it is gone."""
        self._process.kill()
        self._process.join(SECONDS)

    def interrupt(self) -> None:
        """Does what Ctrl+C does."""
        os.kill(self._process.pid or 0, signal.SIGINT)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()
        self.stderr.close()


def _run(arguments: Sequence[str], before: str, stderr: Connection) -> None:
    os.dup2(stderr.fileno(), 2)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    sys.stdout, sys.stderr = os.fdopen(1, "w"), os.fdopen(2, "w", buffering=1)
    exec(before, {})  # what a test changes in the process
    from pipelines.cli import main

    sys.argv = ["pipelines", *arguments]
    print("ready", file=sys.stderr, flush=True)
    main()
