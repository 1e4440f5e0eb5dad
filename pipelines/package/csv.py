"""Writes an Arrow table as the bytes of a CSV file: UTF-8, LF, RFC 4180, the same bytes every time."""

import datetime
import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any

import pyarrow as pa

BATCH_ROWS = 20_000

# A cell that holds one of these stands in quotes, and no other does.
NEEDS_QUOTES = re.compile(r'[",\r\n]')


def csv_chunks(table: pa.Table) -> Iterator[bytes]:
    """The file in pieces: the header, then batches of rows.

    Empty cells say None; booleans are true and false; dates ISO 8601; numbers the shortest digits that read
    back as the same 64-bit float, never in exponents, and without .0 where they are whole.
    """
    yield (",".join(_text(name) for name in table.column_names) + "\n").encode("utf-8")
    for batch in table.to_batches(max_chunksize=BATCH_ROWS):
        columns = [_cells(column) for column in batch.columns]
        lines = [",".join(cells) for cells in zip(*columns, strict=True)]
        if lines:
            yield ("\n".join(lines) + "\n").encode("utf-8")


def _cells(column: pa.Array) -> list[str]:
    write = WRITERS[column.type]
    return ["" if value is None else write(value) for value in column.to_pylist()]


def _text(value: str) -> str:
    """
    >>> print(_text("到2025年"), _text('所谓"双碳"'), _text("一、总体要求\\n（一）指导思想"))
    到2025年 "所谓""双碳""\" "一、总体要求
    （一）指导思想"
    """
    return '"' + value.replace('"', '""') + '"' if NEEDS_QUOTES.search(value) else value


def _number(value: float) -> str:
    """
    >>> [_number(value) for value in (30.0, 4e9, 0.18, 1e-7, 1e22)]
    ['30', '4000000000', '0.18', '0.0000001', '10000000000000000000000']
    """
    digits = repr(value)
    return format(Decimal(digits), "f") if "e" in digits else digits.removesuffix(".0")


def _boolean(value: bool) -> str:
    return "true" if value else "false"


# Only the types that a Table Schema of the project has.
WRITERS: Mapping[pa.DataType, Callable[[Any], str]] = {
    pa.string(): _text,
    pa.int64(): str,
    pa.float64(): _number,
    pa.bool_(): _boolean,
    pa.date32(): datetime.date.isoformat,
}
