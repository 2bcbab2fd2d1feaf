r"""Tables for spreadsheets and programs: glossary and claims as TSV, the glossary as JSON.

    ko      en        kind  acronym  count  documents  en_source  review  sentence
    화웨이  Huawei    ORG            3      1          lexicon    no      화웨이는 내년 칩을 출시할 계획이다.

A cell never holds a tab or a line break. A spreadsheet takes a cell that begins with `=` for a formula, so text that could
be one gets an apostrophe in front; and it takes a cell that begins with a quotation mark for a quoted one, so that is quoted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from decimal import Decimal
from typing import TextIO

from ..document import Claim, Document, GlossaryRow, Mention, Quantity, Reference
from .json_lines import line_of
from .phrases import Statement, digits, full_text, one_line, statements

GLOSSARY_COLUMNS = ("ko", "en", "kind", "acronym", "count", "documents", "en_source", "review", "sentence")
CLAIM_COLUMNS = (
    *("document", "published", "id", "ko", "en", "subject", "subject_en", "property", "property_en", "quantity", "low", "high"),
    *("unit", "dimension", "baseline", "baseline_en", "direction", "change", "from", "time", "time_value", "attribution"),
    *("attribution_en", "modality", "start", "end", "sentence"),
)
_FORMULA = tuple("=+-@\t\r\n＝＋－＠")  # OWASP "CSV Injection"; the wide ones act as formulas in East Asian locales
_CONTROL = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x9f]")
_SURROGATE = re.compile("[\ud800-\udfff]")

Cell = str | int | Decimal | bool | None


def write_glossary_tsv(rows: Iterable[GlossaryRow], stream: TextIO) -> None:
    """Write the glossary with a header; `review` is `yes` where a person should check the English.

    >>> import sys
    >>> write_glossary_tsv([], sys.stdout)  # doctest: +NORMALIZE_WHITESPACE
    ko en kind acronym count documents en_source review sentence
    """
    _write(GLOSSARY_COLUMNS, ([getattr(row, name) for name in GLOSSARY_COLUMNS] for row in rows), stream)


def write_glossary_json(rows: Sequence[GlossaryRow], stream: TextIO) -> None:
    """Write the glossary as one JSON array.

    >>> import sys
    >>> write_glossary_json([], sys.stdout)
    []
    """
    stream.write(line_of([asdict(row) for row in rows], indent=1) + "\n")


def write_claims_tsv(documents: Iterable[Document], stream: TextIO) -> None:
    """Write a row for each claim and event. For an event, `property` is the action and `baseline` its object.

    >>> import sys
    >>> write_claims_tsv([], sys.stdout)  # doctest: +ELLIPSIS, +NORMALIZE_WHITESPACE
    document published id ko en subject ...
    """
    _write(CLAIM_COLUMNS, (_claim_cells(document, row) for document in documents for row in statements(document)), stream)


def _write(columns: Sequence[str], rows: Iterable[Sequence[Cell]], stream: TextIO) -> None:
    stream.write("\t".join(columns) + "\n")
    for row in rows:
        stream.write("\t".join(map(_cell, row)) + "\n")


def _cell(value: Cell) -> str:
    """One cell; a number of ours keeps its minus sign."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return digits(value)
    if isinstance(value, int):
        return str(value)
    text = _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", _CONTROL.sub(" ", one_line(value)))
    if value.startswith(_FORMULA):
        return f"'{text}"
    return '"' + text.replace('"', '""') + '"' if text.startswith('"') else text


def _claim_cells(document: Document, row: Statement) -> list[Cell]:
    record, quantity = row.record, row.quantity
    claim = record if isinstance(record, Claim) else None
    former = claim.from_ if claim else None
    published = document.published.isoformat() if document.published else None
    verb = record.property if isinstance(record, Claim) else record.action
    other = record.baseline if isinstance(record, Claim) else record.object
    return [
        *(document.id, published, row.id, row.ko, row.en),
        *_pair(document.referent(record.subject)),
        *_pair(verb),
        *_quantity_cells(document, quantity),
        *_pair(document.referent(other)),
        *(claim.direction if claim else None, claim.change if claim else None),
        full_text(document, document.quantity(former)) if former else None,
        *(row.time.text if row.time else None, row.time.value if row.time else None),
        *_pair(row.attribution),
        *(row.modality, record.start, record.end, document.text[record.start : record.end]),
    ]


def _pair(part: Mention | Reference | None) -> tuple[Cell, Cell]:
    return (part.text, part.en) if part is not None else (None, None)


def _quantity_cells(document: Document, quantity: Quantity | None) -> tuple[Cell, ...]:
    if quantity is None:
        return (None,) * 5
    return full_text(document, quantity), quantity.low, quantity.high, quantity.unit, quantity.dimension
