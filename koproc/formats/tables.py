"""Tables for spreadsheets and programs: cells that are safe in both.

A cell never holds a tab or a line break. A spreadsheet takes a cell that begins with `=` for a formula, so text that could
be one gets an apostrophe in front; and it takes a cell that begins with a quotation mark for a quoted one, so that is quoted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TextIO

from ..cells import guarded
from .phrases import digits, one_line

_CONTROL = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x9f]")
_SURROGATE = re.compile("[\ud800-\udfff]")

Cell = str | int | Decimal | bool | None


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
    return guarded(plain(value))


def plain(text: str) -> str:
    r"""Text on one line and without control characters: a space stands for each run of line breaks and tabs and each control.

    >>> plain("삼성\t전자\x07")
    '삼성 전자 '
    """
    return _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", _CONTROL.sub(" ", one_line(text)))
