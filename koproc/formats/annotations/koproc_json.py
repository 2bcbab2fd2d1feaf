"""koproc's own JSON Lines (`formats/json_lines.py`), the one format that holds everything. Offsets count code points, or what
`offset_unit` of the record says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from ...document import Document
from ...errors import InputError
from ..json_lines import dumps, loads
from .files import read_text
from .standoff import Warn


def write(documents: Iterable[Document], stream: BinaryIO, *, warn: Warn) -> None:
    """Write each document as soon as it comes.

    >>> import io
    >>> write([], io.BytesIO(), warn=print)
    """
    for document in documents:
        stream.write(dumps(document).encode() + b"\n")


def read(path: Path, *, warn: Warn) -> Iterator[Document | InputError]:
    """A document for each line; one that cannot be read is an error in its place."""
    for number, line in enumerate(read_text(path).removeprefix("\ufeff").split("\n"), 1):
        if line.strip():
            try:
                yield replace(loads(line), source=f"{path}:{number}")
            except InputError as err:
                yield InputError(str(path), err.reason, line=number)
