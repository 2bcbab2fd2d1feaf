r"""Glossaries of OmegaT: source, tab, target, tab, comment; a line that begins with `#` is skipped by OmegaT.

In a file of koproc's (`formats/glossaries/omegat.py`) the comment holds fields, `kind: ORG; status: approved; note: …`, with a backslash
before a `;` that ends none; rows that OmegaT shall not see are behind a `#`, and lines of variants say `form of: …`. In anybody
else's file the comment is a note.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from ..document import GlossaryRow
from ..errors import ResourceError
from .glossary_rows import COLUMNS, composed, glossary_row
from .text_tables import decoded

_OURS = re.compile(r"kind: [A-Z]+(?:;|$)")
_FIELD = re.compile(r"((?:[^\\;]|\\.|\\$)*)(?:; ?|$)")
_ESCAPE = re.compile(r"\\([\\;tnr])")
_CHARACTERS = {"t": "\t", "n": "\n", "r": "\r"}
_FORM = "form of"


def read_omegat(path: Path, content: bytes) -> Iterator[GlossaryRow]:
    r"""The rows of the file. The line of a variant is one only where its English is not that of the row it is a form of.

    Raises:
        ResourceError: `path:line:` and what is wrong.

    >>> text = "너울\tNeoul\tkind: ORG; variants: 너울社\n너울社\tNeoul\tkind: ORG; form of: 너울\n칩\tchip\ta thing\n"
    >>> [(row.ko, row.kind, row.note) for row in read_omegat(Path("a.txt"), text.encode())]
    [('너울', 'ORG', ''), ('칩', 'TERM', 'a thing')]
    """
    lines = list(_lines(path, decoded(path, content)))
    english = {(cells["ko"], cells["en"]) for _, cells in lines if _FORM not in cells}
    for number, cells in lines:
        if (cells.pop(_FORM, None), cells["en"]) not in english:
            row = glossary_row(path, number, cells)
            if "kind" not in cells and not row.en.strip():
                raise ResourceError(f"{path}:{number}: the cell of en is empty; write the English, or # in front of the line")
            yield row if "kind" in cells else replace(row, ko=composed(row.ko), en=row.en.strip(), note=row.note.strip())


def _lines(path: Path, text: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Number and cells of each line that is a row, also of one of ours that OmegaT shall not see."""
    for number, line in enumerate(re.split("\r\n|\r|\n", text), 1):
        hidden, cells = line.startswith("#"), line.removeprefix("#").split("\t")
        ours = len(cells) == 3 and _OURS.match(cells[2])
        if not line.strip() or (hidden and not ours):
            continue
        if len(cells) < 2:
            raise ResourceError(f"{path}:{number}: no tab between source and target; a .txt lexicon is an OmegaT glossary")
        fields = _fields(path, number, cells[2]) if ours else {"note": cells[2] if len(cells) > 2 else ""}
        yield number, {"ko": cells[0], "en": cells[1], **fields}


def _fields(path: Path, number: int, comment: str) -> dict[str, str]:
    fields: dict[str, str] = {}
    for field in _FIELD.finditer(comment):
        if not field[1]:
            continue
        name, colon, value = field[1].partition(": ")
        if not colon or (name not in COLUMNS and name != _FORM) or name in fields:
            raise ResourceError(f"{path}:{number}: the comment has {field[1]!r} where `name: value` must be; begin it with `note: `")
        fields[name] = _ESCAPE.sub(lambda escape: _CHARACTERS.get(escape[1], escape[1]), value)
    return fields
