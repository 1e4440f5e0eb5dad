"""Reads the tables of a clause: targets with the year of their column as deadline, and what each number is.

An indicator's row gives a target for each column of a year to come; the column of a year gone by says what has been reached:

    表2 “十四五”生态环境保护指标        2020年      2025年
    地表水劣Ⅴ类水体比例（%）            1.4         ≤1.4      约束性     a level, at most 1.4 %, by 2025-12-31
    氮氧化物排放总量减少（万吨）         —           [5.02]    约束性     a decrease of 50,200 t
    城市黑臭水体比例（%）               0           基本消除   预期性     a milestone
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from pipelines.document.cells import Cell
from pipelines.document.columns import Column
from pipelines.document.rows import Row
from pipelines.document.table import Table
from pipelines.reading.commitment import Commitment
from pipelines.reading.dates import TimeExpression, period_of
from pipelines.reading.grammar import Grammar
from pipelines.reading.ledger import Entry
from pipelines.reading.milestones import Milestone
from pipelines.reading.table_cells import CellNumber, Measured, cell_number, measured
from pipelines.vocabulary import Vocabulary

RULE = "indicator-table"
DIGITS = re.compile(r"\d[\d.,]*(?<![.,])")
GONE_BY = ("state", "done", "growth", "outlook")  # what a column holds that is not aimed at


@dataclass(frozen=True, slots=True)
class TableFacts:
    """What tables state, in places of the clause's text; unread are the ranges of rows with numbers that are not read."""

    deadlines: tuple[TimeExpression, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    entries: tuple[Entry, ...] = ()
    unread: tuple[tuple[int, int], ...] = ()


def read_tables(
    tables: Sequence[Table], string: str, words: Grammar, vocabulary: Vocabulary, since: date | None
) -> TableFacts:
    """What the tables of a clause state; `string` is the clause's text. since: what ends before it is no deadline."""
    found: list[TableFacts] = []
    for table in tables:
        before = sum(len(facts.commitments) for facts in found)
        found.append(_Reader(table, string, words, vocabulary, before).read(since))
    return TableFacts(
        *(tuple(one for facts in found for one in getattr(facts, name)) for name in TableFacts.__slots__)
    )


class _Reader:
    """Reads one table, before which the clause's tables have given `before` commitments."""

    def __init__(
        self, table: Table, string: str, words: Grammar, vocabulary: Vocabulary, before: int
    ) -> None:
        self.table, self.string, self.words, self.vocabulary = table, string, words, vocabulary
        self.before = before
        self.columns = [column for column in table.columns if column.is_value]
        self.commitments: list[Commitment] = []
        self.milestones: list[Milestone] = []
        self.entries: list[Entry] = []
        self.unread: list[tuple[int, int]] = []

    def read(self, since: date | None) -> TableFacts:
        """The facts of the table; what a task says is read with the sentences and brackets of its clause."""
        if self.table.kind != "indicator":
            return TableFacts(entries=tuple(self._ordinals()))
        times = self._times(since)
        for time in dict.fromkeys(times.values()):
            self.entries.append(Entry(time.start, time.end, float(time.year), "deadline", RULE, time=time))
        for position, row in enumerate(self.table.rows):
            if len(row.values) == len(self.columns):
                self._row(row, times)
            elif times and (self._is_whole_aim(row) or self._is_merged(position)):
                self._milestone(row, self._measured(row), self._last(times))
            elif times:
                self.unread.append((row.start, row.end))
        self.entries += self._rest(bool(times))
        return TableFacts(
            tuple(dict.fromkeys(times.values())),
            tuple(self.commitments),
            tuple(self.milestones),
            tuple(sorted(self.entries, key=lambda entry: entry.start)),
            tuple(self.unread),
        )

    def _ordinals(self) -> Iterator[Entry]:
        for task in self.table.tasks:
            number = task.ordinal
            yield Entry(number.start, number.end, float(number.string), "ordinal", "task-table")

    def _times(self, since: date | None) -> dict[int, TimeExpression]:
        """The deadline that each column of what is to come gives, by the column's position."""
        columns = self.columns
        reached = max((c.year or 0 for c in columns if c.status in ("state", "done")), default=0)
        is_over = any(column.status == "done" for column in columns)
        years = {
            position: column
            for position, column in enumerate(columns)
            if column.year
            and column.status not in GONE_BY
            and column.year > reached
            and (since is None or date(column.year, 12, 31) >= since)
        }
        if since is None and years and len({column.year for column in columns if column.year}) > 1:
            # of several years without a date to tell which are gone by, the last is aimed at
            last = max(column.year or 0 for column in years.values())
            years = {position: column for position, column in years.items() if column.year == last}
        times = {position: self._of_year(column) for position, column in years.items()}
        undated = [p for p, c in enumerate(columns) if c.year is None and c.status in ("aim", "cumulated")]
        governing = max(times.values(), key=lambda time: time.year, default=None)
        if governing is None and not is_over and not any(column.year for column in columns):
            governing = self._of_caption(since)
        if governing is not None:
            times |= dict.fromkeys(undated, governing)
        return times

    def _of_year(self, column: Column) -> TimeExpression:
        """The deadline of a column's year (the end of a period), at its place in the heading."""
        year = column.year or 0
        starts = date(year - 4, 1, 1) if column.is_period else None
        precision = "period" if column.is_period else "year"
        return TimeExpression(
            column.start, column.end, "deadline", year, starts, date(year, 12, 31), precision
        )

    def _of_caption(self, since: date | None) -> TimeExpression | None:
        """The deadline that the period in the caption gives: 专栏2 “十四五”时期绿色建筑主要指标."""
        caption = self.table.caption
        match = (
            self.words.times.patterns.period.search(self.string, caption.start, caption.end)
            if caption
            else None
        )
        if match is None:
            return None
        first, year = period_of(match["tens"])
        if since is not None and date(year, 12, 31) < since:
            return None
        return TimeExpression(
            *match.span(), "deadline", year, date(first, 1, 1), date(year, 12, 31), "period"
        )

    def _is_whole_aim(self, row: Row) -> bool:
        """Whether the one value of a row is a target, without a word of what has been reached: 完成省下达指标."""
        return len(row.values) == 1 and row.values[0] is not None and row.values[0].kind == "aim"

    def _is_merged(self, position: int) -> bool:
        """Whether the target of a row without one is the cell of the row above or below, set by others: 完成国家下达任务."""
        rows = self.table.rows
        if len(rows[position].values) != 1 or len(self.columns) != 2:
            return False
        whole = [len(row.values) == len(self.columns) for row in rows]
        above = next((rows[at] for at in range(position - 1, -1, -1) if whole[at]), None)
        below = next((rows[at] for at in range(position + 1, len(rows)) if whole[at]), None)
        beside = (above, below if rows[position].attribute is None else None)
        last = [row.values[-1] for row in beside if row is not None]
        ends = self.vocabulary.words_of_tables["aim_end"]
        return any(cell is not None and cell.kind == "aim" and cell.string.endswith(ends) for cell in last)

    @staticmethod
    def _last(times: dict[int, TimeExpression]) -> TimeExpression:
        return times[max(times)]

    def _row(self, row: Row, times: dict[int, TimeExpression]) -> None:
        of = self._measured(row)
        for position, value in enumerate(row.values):
            if value is None or value.kind == "dash":
                continue
            time = times.get(position)
            if time is None:
                self._reached(value, bool(times))
            elif (number := cell_number(value, of, self.string, self.words, self.vocabulary)) is not None:
                self._target(row, of, number, time)
            elif value.kind == "aim" and not DIGITS.search(value.string):
                self._milestone(row, of, time)
            else:
                self.unread.append((row.start, row.end))

    def _measured(self, row: Row) -> Measured:
        return measured(row, self.table.unit, self.string, self.words, self.vocabulary)

    def _milestone(self, row: Row, of: Measured, time: TimeExpression) -> None:
        attribute = row.attribute.string if row.attribute else ""
        self.milestones.append(Milestone(of.start, of.end, time, "", "", "table", attribute))

    def _target(self, row: Row, of: Measured, number: CellNumber, time: TimeExpression) -> None:
        quantity = number.quantity
        end = quantity.start + len(quantity.written)
        serial = self.before + len(self.commitments)
        self.entries.append(Entry(quantity.start, end, quantity.value, "target", RULE, serial))
        self.commitments.append(
            Commitment(
                quantity=quantity,
                start=of.start,
                end=of.end,
                indicator=of.indicator,
                scope=of.scope,
                comparator=quantity.comparator or number.comparator,
                comparator_as_written=quantity.bound or number.comparator_as_written,
                change=number.change,
                change_as_written=number.change_as_written,
                baseline_year=number.baseline_year,
                hedge="",
                strength_as_written="",
                rule=RULE,
                time=time,
                deadline_basis="table",
                attribute=row.attribute.string if row.attribute else "",
            )
        )

    def _reached(self, value: Cell, is_aiming: bool) -> None:
        """The numbers of a column of what has been reached, in a table of aims or of what has been done."""
        disposition = "baseline" if is_aiming else "background"
        for match in DIGITS.finditer(self.string, value.start, value.end):
            self.entries.append(Entry(*match.span(), _value(match[0]), disposition, RULE))

    def _rest(self, is_aiming: bool) -> Iterator[Entry]:
        """The other numbers of the table: of rows, of names (PM2.5), of years gone by, and those that are not read."""
        table = self.table
        ordinals = {row.ordinal.start for row in table.rows if row.ordinal}
        known = sorted((entry.start, entry.end) for entry in self.entries)
        for match in DIGITS.finditer(self.string, table.start, table.reach):
            if any(start < match.end() and match.start() < end for start, end in known):
                continue
            if match.start() >= table.end:
                disposition = "background"  # in a note
            elif any(start <= match.start() < start + 4 for start in ordinals):
                disposition = "ordinal"
            elif table.heading[0].start <= match.start() < table.heading[-1].end:
                disposition = "baseline"
            elif match.start() < table.heading[0].start:
                disposition = "ordinal"
            elif any(start <= match.start() < end for start, end in self.unread):
                disposition = "undecided"
            else:
                disposition = "name" if is_aiming else "background"
            yield Entry(*match.span(), _value(match[0]) if disposition != "name" else None, disposition, RULE)


def _value(written: str) -> float | None:
    plain = written.replace(",", "")
    return float(plain) if plain.count(".") < 2 else None
