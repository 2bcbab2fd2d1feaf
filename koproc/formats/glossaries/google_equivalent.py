"""An equivalent term sets glossary for Google Cloud Translation, as CSV: good for Korean to English and back.

https://cloud.google.com/translate/docs/advanced/glossary and https://support.google.com/translate/toolkit/answer/147854: a header of
language codes, a set of terms a row, UTF-8; `pos` and `description` columns are optional and left out here. The limits are those of
`google`. Assumed: quotation marks are doubled as in RFC 4180 (the old page of the Toolkit had a backslash before them), and no
Korean term may come twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import BinaryIO

from ...document import GlossaryRow
from .changes import Change
from .google import FILE_BYTES, TERM_BYTES
from .machine_lines import csv_line, write_pairs


def write(rows: Sequence[GlossaryRow], stream: BinaryIO) -> list[Change]:
    r"""Write Korean and English of every form below their codes.

    >>> import io
    >>> stream = io.BytesIO()
    >>> write([GlossaryRow("네이버", "NAVER", "ORG")], stream), stream.getvalue().decode()
    ([], 'ko,en\n네이버,NAVER\n')
    """
    return write_pairs(rows, stream, csv_line, head="ko,en\n", term_bytes=TERM_BYTES, file_bytes=FILE_BYTES)
