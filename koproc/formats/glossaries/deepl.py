"""A glossary for DeepL, as TSV: the content of `entries` with `entries_format=tsv`, or a file for the web page.

https://developers.deepl.com/docs/customize/managing-glossaries and https://developers.deepl.com/docs/api-reference/glossaries:
a pair a line, source first, no header; no source twice, none empty, no term with control characters, line breaks or white space
around it; at most 1,024 UTF-8 bytes a term and 10 MiB a file. DeepL's own clients split a line at its tab and take quotation marks
as they are, so nothing is quoted.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import BinaryIO

from ...document import GlossaryRow
from .changes import Change
from .machine_lines import tab_line, write_pairs


def write(rows: Sequence[GlossaryRow], stream: BinaryIO) -> list[Change]:
    r"""Write Korean and English of every form.

    >>> import io
    >>> stream = io.BytesIO()
    >>> write([GlossaryRow("네이버", "NAVER", "ORG")], stream), stream.getvalue().decode()
    ([], '네이버\tNAVER\n')
    """
    return write_pairs(rows, stream, tab_line, term_bytes=1024, file_bytes=10 << 20)
