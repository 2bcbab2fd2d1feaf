"""Claims and events as tables: TSV, CSV, Markdown and Parquet, a row for each, or for each distinct one with its sources.

For an event, `property` is the action and `baseline` its object.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO, Literal, TextIO

from ..document import Mention, Quantity, Reference
from ..statements import Statement
from .columns import ColumnType, write_csv, write_parquet
from .json_lines import line_of, number_of
from .phrases import interval, korean_phrase, one_line
from .tables import Cell, plain, write_tsv

CLAIM_COLUMNS = (
    *(
        "document",
        "published",
        "id",
        "ko",
        "en",
        "subject",
        "subject_en",
        "property",
        "property_en",
        "qualifier",
        "quantity",
        "low",
        "high",
    ),
    *("unit", "dimension", "per", "baseline", "baseline_en", "direction", "change", "from", "time", "time_value", "attribution"),
    *("attribution_en", "modality", "quoted", "start", "end", "sentence"),
)
SOURCE_COLUMNS = ("fact", "articles", "sources")
_NUMERIC = {"low", "high"}
_INTEGERS = {"start", "end", "fact", "articles"}

# a statement, with the number of the fact that it contradicts others on (or its own number) and the documents that say it
Sourced = tuple[int, Statement, tuple[str, ...]]


def write_claims_tsv(rows: Iterable[Statement], stream: TextIO) -> None:
    """Write a tab-separated row for each claim and event.

    >>> import sys
    >>> write_claims_tsv([], sys.stdout)  # doctest: +ELLIPSIS, +NORMALIZE_WHITESPACE
    document published id ko en subject ...
    """
    write_tsv(CLAIM_COLUMNS, map(_cells, rows), stream)


def write_claims_csv(rows: Iterable[Statement], stream: TextIO) -> None:
    r"""Write a comma-separated row for each claim and event (RFC 4180, UTF-8 without a byte order mark).

    >>> import io
    >>> write_claims_csv([], stream := io.StringIO()); stream.getvalue()[:13]
    'document,publ'
    """
    write_csv(CLAIM_COLUMNS, map(_cells, rows), stream)


def write_claims_markdown(rows: Iterable[Statement], stream: TextIO, *, lang: Literal["ko", "en", "both"] = "both") -> None:
    """Write a Markdown table for reading.

    >>> import sys
    >>> write_claims_markdown([], sys.stdout, lang="en")
    | # | English | Value | Time | Modality | Source | Document |
    |---|---|---|---|---|---|---|
    """
    _write_markdown(_markdown_columns(lang), (_markdown_cells(row, lang, row.document) for row in rows), stream)


def write_claims_parquet(rows: Iterable[Statement], stream: BinaryIO) -> None:
    """Write an Apache Parquet file: strings, `low` and `high` as float64, offsets as int64.

    Raises:
        KoprocError: pyarrow is not installed.
    """
    write_parquet({name: _type(name) for name in CLAIM_COLUMNS}, map(_cells, rows), stream)


def write_sourced(
    rows: Iterable[Sourced], stream: TextIO, form: Literal["tsv", "csv", "md", "json"], lang: Literal["ko", "en", "both"]
) -> None:
    """Write merged claims with the number of their fact and their sources.

    >>> import sys
    >>> write_sourced([], sys.stdout, "md", "ko")
    | fact | Korean | Value | Time | Modality | Source | Documents |
    |---|---|---|---|---|---|---|
    """
    columns = (*SOURCE_COLUMNS, *CLAIM_COLUMNS)
    if form == "tsv":
        write_tsv(columns, map(_sourced_cells, rows), stream)
    elif form == "csv":
        write_csv(columns, map(_sourced_cells, rows), stream)
    elif form == "md":
        names = ("fact", *_markdown_columns(lang)[1:-1], "Documents")
        cells = ([str(fact), *_markdown_cells(row, lang, "; ".join(sources))[1:]] for fact, row, sources in rows)
        _write_markdown(names, cells, stream)
    else:
        for fact, row, sources in rows:
            values: dict[str, object] = {"fact": fact, "articles": len(sources), "sources": list(sources)}
            values |= {name: _plain(value) for name, value in zip(CLAIM_COLUMNS, _cells(row), strict=True)}
            stream.write(line_of(values) + "\n")


def write_sourced_parquet(rows: Iterable[Sourced], stream: BinaryIO) -> None:
    """Write merged claims as Parquet. Raises KoprocError without pyarrow."""
    write_parquet({name: _type(name) for name in (*SOURCE_COLUMNS, *CLAIM_COLUMNS)}, map(_sourced_cells, rows), stream)


def _type(name: str) -> ColumnType:
    return "number" if name in _NUMERIC else "integer" if name in _INTEGERS else "boolean" if name == "quoted" else "string"


def _sourced_cells(sourced: Sourced) -> list[Cell]:
    fact, row, sources = sourced
    return [fact, len(sources), "; ".join(sources), *_cells(row)]


def _cells(row: Statement) -> list[Cell]:
    return [
        *(row.document, row.published.isoformat() if row.published else None, row.id, korean_phrase(row), row.en),
        *_pair(row.subject),
        *_pair(row.property),
        row.qualifier.text if row.qualifier else None,
        *_quantity_cells(row, row.quantity),
        *_pair(row.baseline),
        *(row.direction, row.change, one_line(row.former_amount) or None),
        *(row.time.text if row.time else None, row.time.value if row.time else None),
        *_pair(row.attribution),
        *(row.modality, row.quoted, row.start, row.end, row.sentence),
    ]


def _pair(part: Mention | Reference | None) -> tuple[Cell, Cell]:
    return (part.text, part.en) if part is not None else (None, None)


def _quantity_cells(row: Statement, quantity: Quantity | None) -> tuple[Cell, ...]:
    if quantity is None:
        return (None,) * 6
    return one_line(row.amount), quantity.low, quantity.high, quantity.unit, quantity.dimension, quantity.per


def _plain(value: Cell) -> object:
    return value if value is None or isinstance(value, (str, bool, int)) else number_of(value)


def _markdown_columns(lang: Literal["ko", "en", "both"]) -> list[str]:
    languages = {"ko": ["Korean"], "en": ["English"], "both": ["Korean", "English"]}[lang]
    return ["#", *languages, "Value", "Time", "Modality", "Source", "Document"]


def _markdown_cells(row: Statement, lang: Literal["ko", "en", "both"], documents: str) -> list[str]:
    source = row.attribution
    phrases = {"ko": [korean_phrase(row)], "en": [row.en], "both": [korean_phrase(row), row.en]}[lang]
    attribution = (source.text if lang == "ko" else source.en or source.text) if source else ""
    time = (row.time.value or row.time.text) if row.time else ""
    return [row.id, *phrases, interval(row.quantity) if row.quantity else "", time, row.modality, attribution, documents]


def _write_markdown(columns: Iterable[str], rows: Iterable[Iterable[str]], stream: TextIO) -> None:
    names = list(columns)
    stream.write(f"| {' | '.join(names)} |\n|{'---|' * len(names)}\n")
    for row in rows:
        stream.write(f"| {' | '.join(_markdown_cell(cell) for cell in row)} |\n")


def _markdown_cell(text: str) -> str:
    """Text in a cell of GitHub's Markdown, where no character of it is markup."""
    cell = plain(text)
    for character in "\\`*_[]<>|~#":
        cell = cell.replace(character, "\\" + character)
    return cell
