"""Glossaries that a translation machine obeys: lines of a Korean source and its English, each source once, within the limits.

In: rows of a glossary. Out: a file of pairs, and what was left out or changed. The machines differ in how a line looks and in
what they take; each has a file here that says so.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from typing import BinaryIO

from ...document import GlossaryRow
from .changes import Change
from .variants import expanded

# C0 and C1 controls, line and paragraph separators, the byte order mark and what is no character.
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]+")


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
    changes: list[Change] = []
    size = len(head.encode())
    stream.write(head.encode())
    best: dict[str, GlossaryRow] = {}
    for source, _, row in _pairs(rows, term_bytes, []):
        if source not in best or _rank(row) < _rank(best[source]):
            best[source] = row
    written = set()
    for source, target, row in _pairs(rows, term_bytes, changes):
        content = line(source, target).encode()
        if best[source] is not row or source in written:
            changes.append(Change(source, target, "left out", "its Korean is in a row that is approved, surer, more frequent or first"))
        elif file_bytes is not None and size + len(content) > file_bytes:
            changes.append(Change(source, target, "left out", f"the file would be larger than {file_bytes:,} bytes"))
        else:
            stream.write(content)
            size += len(content)
            written.add(source)
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


def usable(rows: Sequence[GlossaryRow], changes: list[Change]) -> Iterator[GlossaryRow]:
    """The rows with English that nobody has rejected; the others are reported as they come."""
    for row in rows:
        if row.status == "rejected":
            changes.append(Change(row.ko, row.en, "left out", "a person has rejected it"))
        elif not row.en.strip():
            changes.append(Change(row.ko, row.en, "left out", "it has no English"))
        else:
            yield row


def one_line_term(text: str) -> str:
    r"""A term without white space around it, and with a space for control characters and line breaks.

    >>> one_line_term(" 너울\n칩\x07 ")
    '너울 칩'
    """
    return _CONTROL.sub(" ", text).strip()


def _pairs(rows: Sequence[GlossaryRow], term_bytes: int | None, changes: list[Change]) -> Iterator[tuple[str, str, GlossaryRow]]:
    """Source, target and row, for each form that can go in."""
    for ko, en, row in expanded(usable(rows, changes)):
        source, target = one_line_term(ko), one_line_term(en)
        if not source or not target:
            changes.append(Change(ko, en, "left out", "it has no character that is seen"))
        elif term_bytes is not None and max(len(source.encode()), len(target.encode())) > term_bytes:
            changes.append(Change(source, target, "left out", f"a term may have {term_bytes:,} bytes"))
        else:
            if (source, target) != (ko.strip(), en.strip()):
                changes.append(Change(source, target, "changed", "a space stands for line breaks, tabs and control characters"))
            yield source, target, row


def _rank(row: GlossaryRow) -> tuple[bool, float, int]:
    """The lower, the better."""
    return row.status != "approved", -row.certainty, -row.count
