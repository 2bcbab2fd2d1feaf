"""A term base for memoQ, as CSV: Import terminology, with "First row contains field names" checked.

https://docs.memoq.com/current/api-docs/wsapi/memoqservices/tbservice.importexport.csv.html: semicolons, UTF-8, names of fields in the
first row, an entry a line; first the fields of the entry (Entry_Subject, Entry_Note), then for each language its definition and its
terms, a column a term: so variants are more Korean terms of one entry, and an acronym is a second English one. Assumed, from the names
that memoQ's own exports have: `Korean_Def`, `Korean`, `English`; a byte order mark, for memoQ asks when it sees no Unicode; quoting as
in RFC 4180; no line breaks in a field.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import BinaryIO

from ...document import GlossaryRow
from .changes import Change
from .machine_lines import one_line_term, usable
from .variants import forms


def write(rows: Sequence[GlossaryRow], stream: BinaryIO) -> list[Change]:
    r"""Write an entry a row.

    >>> stream = io.BytesIO()
    >>> write([GlossaryRow("너울", "Neoul", "ORG", variants=("너울社",))], stream), stream.getvalue().decode("utf-8-sig")
    ([], 'Entry_Subject;Entry_Note;Korean_Def;Korean;Korean;English\r\nORG;;;너울;너울社;Neoul\r\n')
    """
    changes: list[Change] = []
    entries = []
    for row in usable(rows, changes):
        korean, english = forms(row), [row.en, *filter(None, [row.acronym])]
        about = [row.kind, f"needs review. {row.note}".strip() if row.status == "needs review" else row.note, row.definition or ""]
        lines = [[one_line_term(text) for text in part] for part in (about, korean, english)]
        if not lines[1][0] or not lines[2][0]:
            changes.append(Change(row.ko, row.en, "left out", "it has no character that is seen"))
            continue
        if lines != [[text.strip() for text in part] for part in (about, korean, english)]:
            changes.append(Change(row.ko, row.en, "changed", "a space stands for line breaks, tabs and control characters"))
        entries.append(lines)
    terms = [max((len(entry[part]) for entry in entries), default=1) for part in (1, 2)]
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(["Entry_Subject", "Entry_Note", "Korean_Def", *["Korean"] * terms[0], *["English"] * terms[1]])
    writer.writerows([*about, *_filled(korean, terms[0]), *_filled(english, terms[1])] for about, korean, english in entries)
    stream.write(text.getvalue().encode("utf-8-sig"))
    return changes


def _filled(terms: list[str], width: int) -> list[str]:
    return terms + [""] * (width - len(terms))
