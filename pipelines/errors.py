"""The one exception that tells a person what is wrong with an input, where, and what to do."""


class PipelineError(Exception):
    """Bad input or a broken promise: file, place in it, what was found, what was expected, what to do.

    Every failure that a user can cause is one of these; the command line prints it as one message and exits
    with status 1. All five parts are plain sentences without a final full stop.
    """

    def __init__(self, *, file: object, place: str, found: str, expected: str, remedy: str) -> None:
        self.file = str(file)
        self.place = place
        self.found = found
        self.expected = expected
        self.remedy = remedy
        where = f"{self.file}, {place}" if place else self.file
        super().__init__(f"{where}: found {found}; expected {expected}. To mend it: {remedy}.")
