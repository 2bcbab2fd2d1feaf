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
from .pairs import loadable_rows


def write(rows: Sequence[GlossaryRow], stream: BinaryIO) -> list[Change]:
    r"""Write an entry a row.

    >>> stream = io.BytesIO()
    >>> write([GlossaryRow("너울", "Neoul", "ORG", variants=("너울社",))], stream), stream.getvalue().decode("utf-8-sig")
    ([], 'Entry_Subject;Entry_Note;Korean_Def;Korean;Korean;English\r\nORG;;;너울;너울社;Neoul\r\n')
    """
    usable, changes = loadable_rows(rows)
    entries = []
    for row in usable:
        note = f"needs review. {row.note}".strip() if row.status == "needs review" else row.note
        entries.append(([row.kind, note, row.definition or ""], [row.ko, *row.variants], [row.en, *filter(None, [row.acronym])]))
    terms = [max((len(entry[part]) for entry in entries), default=1) for part in (1, 2)]
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(["Entry_Subject", "Entry_Note", "Korean_Def", *["Korean"] * terms[0], *["English"] * terms[1]])
    writer.writerows([*about, *_filled(korean, terms[0]), *_filled(english, terms[1])] for about, korean, english in entries)
    stream.write(text.getvalue().encode("utf-8-sig"))
    return changes


def _filled(terms: list[str], width: int) -> list[str]:
    return terms + [""] * (width - len(terms))
