"""Names, quantities and claims as tables, a row for each: TSV and CSV for spreadsheets, Parquet for data frames. Offsets count code points.

Columns are the fields of the records, after the document's id and date; those of claims are `koproc claims`'s.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from io import TextIOWrapper
from typing import Any, BinaryIO, Literal, TextIO, get_args

from ...document import Document, Mention, Quantity
from ...statements import Statement, statements
from .. import claim_tables
from ..columns import ColumnType, write_csv, write_parquet
from ..json_lines import written_fields
from ..tables import Cell, write_tsv
from .standoff import Warn

Layer = Literal["mentions", "quantities", "claims"]
_RECORDS: dict[Layer, type] = {"mentions": Mention, "quantities": Quantity}
_TYPES: dict[Any, ColumnType] = {int: "integer", float: "number", bool: "boolean"}


def _columns(layer: Layer) -> dict[str, ColumnType]:
    record = _RECORDS[layer]
    types = {
        field.key: "number" if Decimal in get_args(field.hint) else _TYPES.get(field.hint, "string") for field in written_fields(record)
    }
    return {"document": "string", "published": "string", **types}


def _rows(documents: Iterable[Document], layer: Layer) -> Iterator[list[Cell]]:
    names = [field.name for field in written_fields(_RECORDS[layer])]
    for document in documents:
        published = document.published.isoformat() if document.published else None
        for item in getattr(document, layer):
            yield [document.id, published, *(_cell(getattr(item, name)) for name in names)]


def _cell(value: Any) -> Cell:
    return Decimal(repr(value)) if isinstance(value, float) else value


@contextmanager
def _text(stream: BinaryIO) -> Iterator[TextIO]:
    wrapper = TextIOWrapper(stream, encoding="utf-8", newline="")
    yield wrapper
    wrapper.flush()
    wrapper.detach()


def write_tsv_rows(documents: Iterable[Document], stream: BinaryIO, *, warn: Warn, layer: Layer) -> None:
    r"""Write tab-separated rows.

    >>> import io
    >>> write_tsv_rows([], stream := io.BytesIO(), warn=print, layer="mentions"); stream.getvalue()[:24]
    b'document\tpublished\tid\tst'
    """
    with _text(stream) as text:
        if layer == "claims":
            claim_tables.write_claims_tsv(_statements(documents), text)
        else:
            write_tsv(list(_columns(layer)), _rows(documents, layer), text)


def write_csv_rows(documents: Iterable[Document], stream: BinaryIO, *, warn: Warn, layer: Layer) -> None:
    """Write comma-separated rows."""
    with _text(stream) as text:
        if layer == "claims":
            claim_tables.write_claims_csv(_statements(documents), text)
        else:
            write_csv(_columns(layer), _rows(documents, layer), text)


def write_parquet_rows(documents: Iterable[Document], stream: BinaryIO, *, warn: Warn, layer: Layer) -> None:
    """Write a Parquet file. Raises KoprocError without pyarrow."""
    if layer == "claims":
        claim_tables.write_claims_parquet(_statements(documents), stream)
    else:
        write_parquet(_columns(layer), _rows(documents, layer), stream)


def _statements(documents: Iterable[Document]) -> Iterator[Statement]:
    for document in documents:
        yield from statements(document)
