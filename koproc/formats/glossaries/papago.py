"""A glossary (용어집) for Papago Translation of NAVER Cloud, as CSV, for `POST /glossary/v1/{glossaryKey}/upload` and the console.

https://api.ncloud-docs.com/docs/papago-updateglossaryfile: one CSV file for a pair of languages, the source term before its
translation; https://guide.ncloud-docs.com/docs/papagotranslation-use-glossary: a source is found where it stands exactly so, and the
longer of two that overlap wins. Assumed, for the pages that could be read do not say: a header of language codes, UTF-8 without a
byte order mark, quoting as in RFC 4180, no source twice, and at most 10 MB a file.
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
    return write_pairs(rows, stream, csv_line, head="ko,en\n", file_bytes=10_000_000)
