r"""A glossary for OmegaT, for the folder `glossary` of a project (the name of the file must end in .txt or .utf8).

https://omegat.sourceforge.io/manual-standard/en/chapter.glossaries.html, and `GlossaryReaderTSV.java` of OmegaT: UTF-8, a term a line:
source, tab, target, tab, comment; no quoting; a line that begins with `#` is skipped. The comment says what else is known, in fields
that read as prose and that `read_glossary` takes apart again, and each variant that is a name of its own has a line too:

    너울    Neoul    kind: ORG; status: approved; variants: 너울社; note: as the company writes it
    너울社  Neoul    kind: ORG; form of: 너울
    #누리   Nuri     kind: PERSON; status: rejected

What OmegaT shall not offer (rejected, without English) is behind a `#`, so that nothing of the glossary is lost.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import BinaryIO

from ...cells import joined
from ...document import GlossaryRow
from ..tables import plain
from .changes import Change
from .columns import COLUMNS
from .variants import forms

# kind is always there and first; what a translator wants comes before what only koproc needs
_FIRST = ("kind", "status", "acronym", "definition", "note", "variants")
_FIELDS = (*_FIRST, *(name for name in COLUMNS if name not in (*_FIRST, "ko", "en")))
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
_NOTHING = GlossaryRow("", "", "")


def write(rows: Sequence[GlossaryRow], stream: BinaryIO) -> list[Change]:
    r"""Write the glossary, and above it a line that says what it is.

    >>> import io
    >>> stream = io.BytesIO()
    >>> write([GlossaryRow("네이버", "NAVER", "ORG", note="1999; 네이버컴")], stream)
    []
    >>> stream.getvalue().decode().splitlines()[1].split("\t")
    ['네이버', 'NAVER', 'kind: ORG; note: 1999\\; 네이버컴']
    """
    changes: list[Change] = []
    stream.write(b"# koproc: Korean, English, what else is known\n")
    names = {plain(row.ko) for row in rows}
    for row in rows:
        ko, en, comment = plain(row.ko), plain(row.en), "; ".join(_comment(row))
        if not ko.strip():
            changes.append(Change(row.ko, row.en, "left out", "it has no Korean"))
            continue
        hidden = _hidden(row, ko, en)
        if (ko, en) != (row.ko, row.en) or comment != plain(comment):
            changes.append(Change(row.ko, row.en, "changed", "a space stands for line breaks, tabs and control characters"))
        if hidden:
            changes.append(Change(row.ko, row.en, "left out", f"{hidden} (it is in the file behind a #, which OmegaT skips)"))
        stream.write(f"{'#' if hidden else ''}{ko}\t{en}\t{plain(comment)}\n".encode())
        for form in map(plain, () if hidden else forms(row)[1:]):
            if form not in names and not form.startswith("#"):
                stream.write(f"{form}\t{en}\tkind: {row.kind}; form of: {_escaped(ko)}\n".encode())
    return changes


def _hidden(row: GlossaryRow, ko: str, en: str) -> str:
    """Why OmegaT shall not see the row, or nothing."""
    if row.status == "rejected":
        return "a person has rejected it"
    if not en.strip():
        return "it has no English"
    return "OmegaT takes a line that begins with # for a comment" if ko.startswith("#") else ""


def _comment(row: GlossaryRow) -> Iterator[str]:
    """`name: value` of the kind and of each field that says something."""
    for name in _FIELDS:
        value = getattr(row, name)
        if name == "kind" or value != getattr(_NOTHING, name):
            yield f"{name}: {_escaped(joined(value) if isinstance(value, tuple) else str(value))}"


def _escaped(text: str) -> str:
    r"""Text without the end of a field (;), of a cell or of a line in it.

    >>> print(_escaped("a; b\n"))
    a\; b\n
    """
    return text.translate(_ESCAPES)
