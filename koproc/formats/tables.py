r"""Tables for spreadsheets and programs: the glossary as TSV and JSON, and cells that are safe in both.

    ko      en        kind  acronym  count  documents  en_source  review  sentence                             variants  definition
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

from ..document import GlossaryRow
from .json_lines import line_of
from .phrases import digits, one_line

GLOSSARY_COLUMNS = ("ko", "en", "kind", "acronym", "count", "documents", "en_source", "review", "sentence", "variants", "definition")
_FORMULA = tuple("=+-@\t\r\n＝＋－＠")  # OWASP "CSV Injection"; the wide ones act as formulas in East Asian locales
_CONTROL = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x9f]")
_SURROGATE = re.compile("[\ud800-\udfff]")

Cell = str | int | Decimal | bool | None


def write_glossary_tsv(rows: Iterable[GlossaryRow], stream: TextIO) -> None:
    """Write the glossary with a header; `review` is `yes` where a person should check the English.

    >>> import sys
    >>> write_glossary_tsv([], sys.stdout)  # doctest: +NORMALIZE_WHITESPACE
    ko en kind acronym count documents en_source review sentence variants definition
    """
    write_tsv(GLOSSARY_COLUMNS, ([_cell(row, name) for name in GLOSSARY_COLUMNS] for row in rows), stream)


def _cell(row: GlossaryRow, name: str) -> Cell:
    return "|".join(row.variants) if name == "variants" else getattr(row, name)


def write_glossary_json(rows: Sequence[GlossaryRow], stream: TextIO) -> None:
    """Write the glossary as one JSON array.

    >>> import sys
    >>> write_glossary_json([], sys.stdout)
    []
    """
    stream.write(line_of([asdict(row) for row in rows], indent=1) + "\n")


def write_tsv(columns: Sequence[str], rows: Iterable[Sequence[Cell]], stream: TextIO) -> None:
    """Write a header and rows of cells, none of which can break a line or become a formula.

    >>> import sys
    >>> write_tsv(["ko", "count"], [["=1+1", 3]], sys.stdout)  # doctest: +NORMALIZE_WHITESPACE
    ko count
    '=1+1 3
    """
    stream.write("\t".join(columns) + "\n")
    for row in rows:
        stream.write("\t".join(map(_quoted, row)) + "\n")


def _quoted(value: Cell) -> str:
    text = safe_cell(value)
    return '"' + text.replace('"', '""') + '"' if text.startswith('"') else text


def safe_cell(value: Cell) -> str:
    """A value as the text of one spreadsheet cell: on one line, no formula; a number of ours keeps its minus sign.

    >>> safe_cell("=1+1"), safe_cell(None), safe_cell(True)
    ("'=1+1", '', 'yes')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return digits(value)
    if isinstance(value, int):
        return str(value)
    text = _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", _CONTROL.sub(" ", one_line(value)))
    return f"'{text}" if value.startswith(_FORMULA) else text
