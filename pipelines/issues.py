"""What a rule could not decide, as a row that is published rather than a default that is not seen."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Issue:
    """A doubt: how grave, of what kind, what it says, and where in the seed."""

    severity: str
    kind: str
    message: str
    document_id: str = ""
    clause_id: str = ""
    start: int | None = None
    end: int | None = None
