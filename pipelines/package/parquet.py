"""Writes an Arrow table as a Parquet file: typed, described, one row group, the same bytes every time."""

from typing import BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq


def write_parquet(table: pa.Table, stream: BinaryIO) -> None:
    """Writes the table with the titles and descriptions of its columns, and nothing of pandas or a clock.

    The bytes are those of the pinned pyarrow; its name and version stand in the file.
    """
    pq.write_table(
        table.combine_chunks(),
        stream,
        row_group_size=max(1, table.num_rows),
        version="2.6",
        data_page_version="1.0",
        compression="zstd",
        compression_level=9,
        use_dictionary=True,
        write_statistics=True,
        store_schema=True,
    )
