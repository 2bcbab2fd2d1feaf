"""Rows of a glossary from the cells of a table: what its columns are, what is wrong in them, and what nobody wrote.

Two kinds of tables come in. In people's own, white space is collapsed, an empty cell and `-` both mean nothing, and columns that
are not known are left alone. A table of koproc's (it has `certainty` and `en_source`) comes back as it was written, every field.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, replace
from pathlib import Path
from typing import cast, get_args

from ..cells import split
from ..document import EnglishSource, GlossaryRow, Status
from ..errors import ResourceError
from .store import KINDS

_KINDS = (*KINDS, "PERSON")  # nobody's persons are in what koproc ships
_OWN = frozenset({"certainty", "en_source"})
# what people write; a column of theirs named count, say, may hold anything
_PEOPLES = frozenset({"ko", "en", "kind", "aliases", "variants", "acronym", "definition", "note", "status", "en_source"})
COLUMNS = _PEOPLES | {field.name for field in fields(GlossaryRow)}


def rows_of_table(path: Path, rows: Iterable[tuple[int, list[str]]]) -> Iterator[GlossaryRow]:
    """The rows below a header that names `ko` and `en`; each comes with its number, which is for messages.

    Raises:
        ResourceError: `path:row:` and what is wrong, of the header at once.

    >>> [row.en for row in rows_of_table(Path("a.csv"), [(1, ["en", "ko"]), (2, ["Neoul", "너울"])])]
    ['Neoul']
    """
    numbered = iter(rows)
    number, cells = next(numbered, (1, [""]))
    header = [cell.strip().lower() for cell in cells]
    missing = [name for name in ("ko", "en") if name not in header]
    if missing:
        raise ResourceError(
            f"{path}:{number}: no column {' and no column '.join(missing)}; the first line must name ko, en (kind, aliases, note)"
        )
    if len(twice := [name for name in header if name in COLUMNS]) > len(set(twice)):
        raise ResourceError(f"{path}:{number}: a column is named twice in {', '.join(header)}")
    return (_row(path, number, header, row) for number, row in numbered)


def _row(path: Path, number: int, header: list[str], row: list[str]) -> GlossaryRow:
    if len(row) != len(header):
        raise ResourceError(f"{path}:{number}: {len(row)} cells where the header has {len(header)}")
    cells = dict(zip(header, row, strict=True))
    if set(header) >= _OWN:
        return glossary_row(path, number, cells)
    known = {name: "" if cell.strip() == "-" else " ".join(cell.split()) for name, cell in cells.items() if name in _PEOPLES}
    read = glossary_row(path, number, {**known, "kind": known.get("kind", "").upper()})
    if not read.en and not read.decided and read.status != "needs review":
        raise ResourceError(f"{path}:{number}: the cell of en is empty; write the English, or needs review as status")
    ko = composed(read.ko)
    variants = dict.fromkeys(composed(name) for name in read.variants)
    return replace(read, ko=ko, variants=tuple(name for name in variants if name and name != ko))


def glossary_row(path: Path, number: int, cells: Mapping[str, str]) -> GlossaryRow:
    """A row from its cells by the names of their columns, taken as they are; what is missing is as `GlossaryRow` has it.

    Raises:
        ResourceError: `path:number:` and what is wrong.
    """
    status, kind, source = cells.get("status", "").strip().lower(), cells.get("kind", "").strip() or "TERM", cells.get("en_source", "")
    if status not in get_args(Status):
        raise ResourceError(f"{path}:{number}: status {status!r} is not one of needs review, approved, rejected")
    if not cells["ko"].strip():
        raise ResourceError(f"{path}:{number}: the cell of ko is empty")
    if kind not in _KINDS:
        raise ResourceError(f"{path}:{number}: kind {kind!r} is not one of {', '.join(_KINDS)}")
    return GlossaryRow(
        cells["ko"],
        cells["en"],
        kind,
        acronym=cells.get("acronym") or None,
        count=_whole(path, number, cells, "count"),
        documents=_whole(path, number, cells, "documents"),
        sentence=cells.get("sentence", ""),
        en_source=cast(EnglishSource, source) if source in get_args(EnglishSource) else "lexicon",
        certainty=_certainty(path, number, cells.get("certainty") or "1"),
        status=cast(Status, status),
        variants=(*split(cells.get("variants", "")), *split(cells.get("aliases", ""))),
        sentences=split(cells.get("sentences", "")),
        definition=cells.get("definition") or None,
        note=cells.get("note", ""),
        layer=cells.get("layer", ""),
    )


def composed(name: str) -> str:
    """Syllables as the analyzer's copy of the text has them, also from files that a Mac wrote."""
    return unicodedata.normalize("NFC", name.strip())


def _whole(path: Path, number: int, cells: Mapping[str, str], name: str) -> int:
    text = cells.get(name) or "0"
    if not (text.isascii() and text.isdecimal()):
        raise ResourceError(f"{path}:{number}: {name} {text!r} is not a whole number")
    return int(text)


def _certainty(path: Path, number: int, text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 1:
        raise ResourceError(f"{path}:{number}: certainty {text!r} is not a number from 0 to 1")
    return value
