"""Runs the reading of a file that somebody made in a process apart, with limits on its time and memory."""

import multiprocessing
import sys
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext, SpawnContext

from pipelines.errors import PipelineError, failing_alone
from pipelines.seeds.formats.original import Original

SECONDS = 120
MEMORY = 4_000_000_000  # bytes of addresses
HOSTILE = "open it in its own program and save it anew, or leave it out"


def apart(
    read: Callable[[bytes, str], Original], data: bytes, file: str, seconds: float = SECONDS
) -> Original:
    """What a reader makes of the bytes of a file.

    Raises the PipelineError that the reader raises; another one where it breaks down, runs out of memory or takes
    longer than `seconds`.
    """
    context = _context()
    receiving, sending = context.Pipe(duplex=False)
    process = context.Process(target=_run, args=(sending, read, data, file), daemon=True)
    process.start()
    sending.close()
    answer = _failure(file, f"a file whose reading takes longer than {seconds:g} seconds")
    try:
        if receiving.poll(seconds):
            answer = receiving.recv()
    except EOFError:
        answer = _failure(file, "a file that breaks the program which reads it")
    finally:
        process.kill()
        process.join()
        receiving.close()
    if isinstance(answer, Original):
        return answer
    raise PipelineError(**answer)


def _context() -> ForkServerContext | SpawnContext:
    """Starts processes that hold nothing of this one: quickly, where the system can."""
    if sys.platform == "win32":
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["pipelines.seeds.formats.read"])
    return context


def _run(sending: Connection, read: Callable[[bytes, str], Original], data: bytes, file: str) -> None:
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    try:
        with failing_alone(file):
            sending.send(read(data, file))
    except PipelineError as error:
        names = ("file", "place", "found", "expected", "remedy")
        sending.send({name: getattr(error, name) for name in names})
    except MemoryError:
        sending.send(_failure(file, f"a file whose reading takes more than {MEMORY:,} bytes of memory"))


def _failure(file: str, found: str) -> Original | dict[str, str]:
    return {
        "file": file,
        "place": "",
        "found": found,
        "expected": "a document that can be read",
        "remedy": HOSTILE,
    }
