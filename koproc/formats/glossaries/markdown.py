"""A table in GitHub Flavored Markdown for people: https://github.github.com/gfm/#tables-extension-.

A line of a table is a line, so a break in a cell is `<br>`; every character that could be markup has a backslash in front.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import BinaryIO

from ...document import GlossaryRow
from ..tables import plain
from .changes import Change

_COLUMNS = ("Korean", "English", "Kind", "Acronym", "Status", "Certainty", "Count", "Variants", "Definition", "Note", "Sentence")
_BREAK = re.compile("\r\n|[\r\n\u2028\u2029]")
_MARKUP = re.compile(r"[\\`*_\[\]<>|~#&$]")


def write(rows: Sequence[GlossaryRow], stream: BinaryIO) -> list[Change]:
    r"""Write the table.

    >>> import io
    >>> stream = io.BytesIO()
    >>> write([GlossaryRow("가|나", "a_b", "TERM", note="<b>\n")], stream)
    []
    >>> print(stream.getvalue().decode().splitlines()[2])
    | 가\|나 | a\_b | TERM |  |  | 1.00 | 0 |  |  | \<b\><br> |  |
    """
    lines = [_line(_COLUMNS), f"|{'---|' * len(_COLUMNS)}\n"]
    changes = []
    for row in rows:
        texts = [*(row.ko, row.en, row.kind, row.acronym or "", row.status, f"{row.certainty:.2f}", str(row.count))]
        texts += [", ".join(row.variants), row.definition or "", row.note, row.sentence]
        cells = [[plain(line) for line in _BREAK.split(text)] for text in texts]
        if cells != [_BREAK.split(text) for text in texts]:
            changes.append(Change(row.ko, row.en, "changed", "a space stands for tabs and control characters"))
        lines.append(_line("<br>".join(_MARKUP.sub(r"\\\g<0>", line) for line in cell) for cell in cells))
    stream.write("".join(lines).encode())
    return changes


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |\n"
