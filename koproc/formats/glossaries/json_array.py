"""One JSON array, an object a row, every field of the record by its name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import BinaryIO

from ...document import GlossaryRow
from ..json_lines import line_of
from .changes import Change


def write(rows: Sequence[GlossaryRow], stream: BinaryIO) -> list[Change]:
    """Write the glossary as one JSON array.

    >>> import io
    >>> stream = io.BytesIO()
    >>> write([], stream), stream.getvalue()
    ([], b'[]\\n')
    """
    stream.write((line_of([asdict(row) for row in rows], indent=1) + "\n").encode())
    return []
