"""Measures how often the tables agree with codes that blind readers gave sentences, targets and clauses."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pipelines.errors import PipelineError


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of codes: the file, its table and key, the column that shows what was read, and what was coded.

    readers gives, for each column of the sheet that holds a code, who coded it and the column of the table.
    """

    file: str
    table: str
    key: str
    shown: str
    readers: Mapping[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Agreement:
    """How a reader's codes and the published ones agree: the rows in which they differ are listed."""

    column: str
    reader: str
    cases: int
    differing: tuple[tuple[str, str, str, str], ...]  # key, what was read, published, read

    @property
    def hits(self) -> int:
        """Rows in which both give the same code."""
        return self.cases - len(self.differing)


SHEETS = (
    Sheet(
        "measures-first.csv",
        "measures",
        "measure_id",
        "text",
        {
            "reader_a": ("first sample, reader A", "bindingness"),
            "reader_b": ("first sample, reader B", "bindingness"),
        },
    ),
    Sheet(
        "measures-second.csv",
        "measures",
        "measure_id",
        "text",
        {"reader_c": ("second sample, reader C", "bindingness")},
    ),
    Sheet(
        "targets.csv",
        "targets",
        "target_id",
        "quote",
        {"strength": ("every target, reader A", "strength"), "hedge": ("every target, reader A", "hedge")},
    ),
    Sheet(
        "clauses.csv",
        "clauses",
        "clause_id",
        "title",
        {"sector_id": ("every clause, reader B", "sector_id")},
    ),
)


def agreements(data: Path, codes: Path) -> Iterator[Agreement]:
    """The agreement of the tables in `data` with each reader of the sheets in `codes`.

    Raises PipelineError for a coded row that the tables no longer have, or whose words are others now.
    """
    for sheet in SHEETS:
        published = {row[sheet.key]: row for row in _rows(data / f"{sheet.table}.csv")}
        coded = _rows(codes / sheet.file)
        for row in coded:
            own = published.get(row[sheet.key])
            if own is None or own[sheet.shown] != row[sheet.shown]:
                raise PipelineError(
                    file=codes / sheet.file,
                    place=row[sheet.key],
                    found=f"“{row[sheet.shown][:40]}”",
                    expected=f"what the table says, “{own[sheet.shown][:40]}”"
                    if own
                    else "a row of the table",
                    remedy="give the code to the row that has these words now, or have it coded again",
                )
        for column, (reader, of_table) in sheet.readers.items():
            yield Agreement(
                f"{sheet.table}.{of_table}",
                reader,
                len(coded),
                tuple(
                    (row[sheet.key], row[sheet.shown], published[row[sheet.key]][of_table], row[column])
                    for row in coded
                    if published[row[sheet.key]][of_table] != row[column]
                ),
            )


def between_readers(codes: Path) -> tuple[int, int]:
    """In how many of the sentences that two readers coded they give the same code, and how many these are."""
    rows = _rows(codes / "measures-first.csv")
    return sum(row["reader_a"] == row["reader_b"] for row in rows), len(rows)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))
