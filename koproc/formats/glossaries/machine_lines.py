"""Glossaries that a translation machine obeys: lines of a Korean source and its English, each source once, within the limits.

In: rows of a glossary. Out: a file of pairs, and what was left out or changed. The machines differ in how a line looks and in
what they take; each has a file here that says so.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from typing import BinaryIO

from ...document import GlossaryRow
from .changes import Change
from .pairs import loadable

_MARK = "\ufeff"  # of byte order, which some readers take out and others refuse


def write_pairs(
    rows: Sequence[GlossaryRow],
    stream: BinaryIO,
    line: Callable[[str, str], str],
    *,
    head: str = "",
    term_bytes: int | None = None,
    file_bytes: int | None = None,
) -> list[Change]:
    r"""Write a line for each form of each row; of two with one source the better row wins. Sizes are UTF-8 bytes.

    >>> stream = io.BytesIO()
    >>> rows = [GlossaryRow("너울", "wave", "TERM"), GlossaryRow("너울", "Neoul", "ORG", status="approved")]
    >>> [change.en for change in write_pairs(rows, stream, tab_line)], stream.getvalue().decode()
    (['wave'], '너울\tNeoul\n')
    """
    pairs, changes = loadable(rows)
    fitting = []
    for ko, en, row in pairs:
        source, target = ko.replace(_MARK, ""), en.replace(_MARK, "")
        if not source or not target:
            changes.append(Change(ko, en, "left out", "it has no character that is seen"))
        elif term_bytes is not None and max(len(source.encode()), len(target.encode())) > term_bytes:
            changes.append(Change(source, target, "left out", f"a term may have {term_bytes:,} bytes"))
        else:
            fitting.append((source, target, row))
    best: dict[str, GlossaryRow] = {}
    for source, _, row in fitting:
        if source not in best or _rank(row) < _rank(best[source]):
            best[source] = row
    size = len(head.encode())
    stream.write(head.encode())
    for source, target, row in fitting:
        content = line(source, target).encode()
        if best[source] is not row:
            changes.append(Change(source, target, "left out", "its Korean is in a row that is approved, surer, more frequent or first"))
        elif file_bytes is not None and size + len(content) > file_bytes:
            changes.append(Change(source, target, "left out", f"the file would be larger than {file_bytes:,} bytes"))
        else:
            stream.write(content)
            size += len(content)
    return changes


def tab_line(source: str, target: str) -> str:
    """A line of two columns with a tab between."""
    return f"{source}\t{target}\n"


def csv_line(source: str, target: str) -> str:
    r"""A line of two columns as RFC 4180 has it.

    >>> csv_line('6" 칩', "6-inch chip")
    '"6"" 칩",6-inch chip\n'
    """
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow((source, target))
    return text.getvalue()


def _rank(row: GlossaryRow) -> tuple[bool, float, int]:
    """The lower, the better."""
    return row.status != "approved", -row.certainty, -row.count
