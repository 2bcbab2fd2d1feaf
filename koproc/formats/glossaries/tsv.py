r"""koproc's own table: a header, then a row a line, tab-separated, no cell with a tab or a line break in it.

ko      en      kind  acronym  count  documents  en_source  certainty  status  sentence  variants  definition  note  sentences  layer
화웨이  Huawei  ORG            3      1          lexicon    1.00               화웨이는 내년 칩을 출시할 계획이다.

A cell that a spreadsheet would run as a formula has an apostrophe in front, one that begins with a quotation mark is quoted, and
lists are separated by `|`. `read_glossary` gives back the same rows, but for the characters that are reported.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import BinaryIO

from ...document import GlossaryRow
from ..tables import plain, write_tsv
from .changes import Change
from .columns import COLUMNS, cells

_REASON = "a space stands for line breaks, tabs and control characters"


def write(rows: Sequence[GlossaryRow], stream: BinaryIO) -> list[Change]:
    """Write the glossary with a header.

    >>> stream = io.BytesIO()
    >>> write([], stream), stream.getvalue()[:5]
    ([], b'ko\\ten')
    """
    text = io.StringIO()
    write_tsv(COLUMNS, (cells(row) for row in rows), text)
    stream.write(text.getvalue().encode())
    return [Change(row.ko, row.en, "changed", _REASON) for row in rows if any(isinstance(c, str) and c != plain(c) for c in cells(row))]
