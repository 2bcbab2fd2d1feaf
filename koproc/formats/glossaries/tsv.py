r"""koproc's own table: a header, then a row a line, tab-separated, no cell with a tab or a line break in it.

ko      en      kind  acronym  count  documents  en_source  certainty  status  sentence  variants  definition  note  layer
화웨이  Huawei  ORG            3      1          lexicon    1.00               화웨이는 내년 칩을 출시할 계획이다.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import BinaryIO

from ...document import GlossaryRow
from ..tables import write_tsv
from .changes import Change
from .columns import COLUMNS, cells


def write(rows: Sequence[GlossaryRow], stream: BinaryIO) -> list[Change]:
    """Write the glossary with a header.

    >>> stream = io.BytesIO()
    >>> write([], stream), stream.getvalue()[:5]
    ([], b'ko\\ten')
    """
    text = io.StringIO()
    write_tsv(COLUMNS, (cells(row) for row in rows), text)
    stream.write(text.getvalue().encode())
    return []
