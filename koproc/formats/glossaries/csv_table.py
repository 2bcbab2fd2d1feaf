"""koproc's own table as CSV for spreadsheets: RFC 4180 with a header, and a byte order mark, without which Excel reads no Korean.

The columns are those of the TSV, and `read_glossary` gives back the same rows, line breaks and tabs too. A cell that a
spreadsheet would run as a formula has an apostrophe in front.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from typing import BinaryIO

from ...cells import guarded
from ...document import GlossaryRow
from ..tables import Cell, safe_cell
from .changes import Change
from .columns import COLUMNS, cells

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_REASON = "a space stands for control characters"


def write(rows: Sequence[GlossaryRow], stream: BinaryIO) -> list[Change]:
    """Write the glossary with a header.

    >>> stream = io.BytesIO()
    >>> write([GlossaryRow("가,나", "=1", "TERM")], stream), stream.getvalue().decode("utf-8-sig").splitlines()[1]
    ([], '"가,나",\\'=1,TERM,,0,0,lexicon,1.00,,,,,,,')
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([_text(cell) for cell in cells(row)] for row in rows)
    stream.write(text.getvalue().encode("utf-8-sig"))
    return [
        Change(row.ko, row.en, "changed", _REASON) for row in rows if any(isinstance(c, str) and _CONTROL.search(c) for c in cells(row))
    ]


def _text(cell: Cell) -> str:
    return guarded(_CONTROL.sub(" ", cell)) if isinstance(cell, str) else safe_cell(cell)
