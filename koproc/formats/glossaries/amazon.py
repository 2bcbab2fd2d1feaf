"""A custom terminology for Amazon Translate, as CSV (Format=CSV, Directionality=UNI).

https://docs.aws.amazon.com/translate/latest/dg/creating-custom-terminology.html and .../dg/what-is-limits.html: a header of language
codes, the source language first, then a term a line, UTF-8; sources are matched by case; at most 200 bytes a term, source and target
alike, and 10,485,760 bytes a file (.../APIReference/API_TerminologyData.html). Assumed: quoting as in RFC 4180.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import BinaryIO

from ...document import GlossaryRow
from .changes import Change
from .machine_lines import csv_line, write_pairs


def write(rows: Sequence[GlossaryRow], stream: BinaryIO) -> list[Change]:
    r"""Write Korean and English of every form below their codes.

    >>> import io
    >>> stream = io.BytesIO()
    >>> write([GlossaryRow("네이버", "NAVER", "ORG")], stream), stream.getvalue().decode()
    ([], 'ko,en\n네이버,NAVER\n')
    """
    return write_pairs(rows, stream, csv_line, head="ko,en\n", term_bytes=200, file_bytes=10 << 20)
