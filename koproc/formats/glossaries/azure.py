"""A glossary for Document Translation of Azure Translator, as CSV (`format: csv`).

https://learn.microsoft.com/azure/ai-services/translator/document-translation/how-to-guides/create-use-glossaries: a source and a
target a line, one to one, no header, matched by case; https://learn.microsoft.com/azure/ai-services/translator/service-limits: a file
of at most 10 MB. Assumed: UTF-8 without a byte order mark, quoting as in RFC 4180, no limit for a term.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import BinaryIO

from ...document import GlossaryRow
from .changes import Change
from .machine_lines import csv_line, write_pairs


def write(rows: Sequence[GlossaryRow], stream: BinaryIO) -> list[Change]:
    r"""Write Korean and English of every form.

    >>> import io
    >>> stream = io.BytesIO()
    >>> write([GlossaryRow("네이버", "NAVER", "ORG")], stream), stream.getvalue().decode()
    ([], '네이버,NAVER\n')
    """
    return write_pairs(rows, stream, csv_line, file_bytes=10_000_000)
