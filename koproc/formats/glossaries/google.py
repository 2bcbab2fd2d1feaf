"""A unidirectional glossary for Google Cloud Translation, as TSV (the name of the file must end in .tsv).

https://cloud.google.com/translate/docs/advanced/glossary and .../docs/reference/rest/v3/projects.locations.glossaries: two columns,
source and target, no header, UTF-8; all of it at most 10 million code points, which is held here for bytes. Assumed, for those pages
do not say: a term has at most 1,024 bytes, nothing is quoted, and no source may come twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import BinaryIO

from ...document import GlossaryRow
from .changes import Change
from .machine_lines import tab_line, write_pairs

TERM_BYTES, FILE_BYTES = 1024, 10_000_000


def write(rows: Sequence[GlossaryRow], stream: BinaryIO) -> list[Change]:
    r"""Write Korean and English of every form.

    >>> import io
    >>> stream = io.BytesIO()
    >>> write([GlossaryRow("네이버", "NAVER", "ORG")], stream), stream.getvalue().decode()
    ([], '네이버\tNAVER\n')
    """
    return write_pairs(rows, stream, tab_line, term_bytes=TERM_BYTES, file_bytes=FILE_BYTES)
