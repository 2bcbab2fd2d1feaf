"""Rows of cells as CSV and as Parquet: text for spreadsheets, typed columns for data frames."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import BinaryIO, Literal, TextIO

from ..errors import KoprocError
from .tables import Cell, safe_cell

ColumnType = Literal["string", "integer", "number", "boolean"]
_ROWS = 10_000  # in one group of a Parquet file


def write_csv(columns: Iterable[str], rows: Iterable[Sequence[Cell]], stream: TextIO) -> None:
    r"""Write a header and rows (RFC 4180), none of which holds a formula.

    >>> import io
    >>> write_csv(["ko", "count"], [["=1+1", 3]], stream := io.StringIO()); stream.getvalue()
    "ko,count\r\n'=1+1,3\r\n"
    """
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([safe_cell(cell) for cell in row] for row in rows)


def write_parquet(columns: Mapping[str, ColumnType], rows: Iterable[Sequence[Cell]], stream: BinaryIO) -> None:
    """Write an Apache Parquet file: strings, int64, float64 and booleans.

    Raises:
        KoprocError: pyarrow is not installed.
    """
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as err:
        raise KoprocError("Parquet needs pyarrow; install it with: pip install 'koproc[arrow]'") from err
    types = {"string": pyarrow.string(), "integer": pyarrow.int64(), "number": pyarrow.float64(), "boolean": pyarrow.bool_()}
    schema = pyarrow.schema([(name, types[type]) for name, type in columns.items()])
    with pyarrow.parquet.ParquetWriter(stream, schema) as writer:
        for batch in _batches(rows):
            arrays = {name: [_value(row[at], type) for row in batch] for at, (name, type) in enumerate(columns.items())}
            writer.write_table(pyarrow.table(arrays, schema=schema))


def _batches(rows: Iterable[Sequence[Cell]]) -> Iterator[list[Sequence[Cell]]]:
    batch: list[Sequence[Cell]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == _ROWS:
            yield batch
            batch = []
    if batch:
        yield batch


def _value(cell: Cell, type: ColumnType) -> object:
    if type == "number":
        return float(cell) if cell is not None and not isinstance(cell, str) else None
    return cell.encode("utf-8", "replace").decode() if isinstance(cell, str) else cell
