"""The one exception that tells a person what is wrong with an input, where, and what to do."""

import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOM = Path(__file__).parent


class PipelineError(Exception):
    """Bad input or a broken promise: file, place in it, what was found, what was expected, what to do.

    Every failure that a user can cause is one of these; the command line prints it as one message and exits
    with status 1. All five parts are plain sentences without a final full stop.
    """

    def __init__(self, file: object, place: str, found: str, expected: str, remedy: str) -> None:
        self.file = str(file)
        self.place = place
        self.found = found
        self.expected = expected
        self.remedy = remedy
        where = f"{self.file}, {place}" if place else self.file
        super().__init__(f"{where}: found {found}; expected {expected}. To mend it: {remedy}.")


class InternalError(PipelineError):
    """A mistake of ours that a document brought to light."""


@contextmanager
def failing_alone(file: object) -> Iterator[None]:
    """Turns whatever is raised inside, other than a PipelineError, into an InternalError about a file.

    It names the module and line of ours where it happened, and no path of the machine. What stops the whole run
    (a stop by the user, memory that is used up) is let through.
    """
    try:
        yield
    except (PipelineError, MemoryError):
        raise
    except Exception as error:
        raise InternalError(
            file=file,
            place="",
            found=f"what the reading does not expect ({type(error).__name__} at {_place(error)})",
            expected="a document that can be read, or refused with a reason",
            remedy="tell the makers: send this message and the document",
        ) from error


def _place(error: Exception) -> str:
    """The module and line of ours nearest to where an exception was raised: `text/provenance.py, line 61`."""
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        path = Path(frame.filename)
        if path.is_relative_to(ROOM) and path != Path(__file__):
            return f"{path.relative_to(ROOM)}, line {frame.lineno}"
    return "an unknown place"
