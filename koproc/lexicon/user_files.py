"""Glossaries of the user's: TSV, CSV and TBX files, as koproc, spreadsheets and terminology tools write them.

A table needs the columns `ko` and `en`, in any order; `kind` (ORG, PRODUCT, PERSON, LOC, TERM; TERM where it is empty), `variants` or
`aliases` (separated by |), `acronym`, `definition`, `note` and `status` may follow, and other columns are left alone. An empty cell and
`-` both mean nothing:

    en;ko;kind;aliases
    Neoul AI;너울AI;ORG;너울에이아이|너울

`status` is `approved`, `rejected` or `needs review`; a row that needs review may lack its English.
"""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import cast, get_args

from ..document import EnglishSource, GlossaryRow, Status
from ..errors import ResourceError
from .store import KINDS, Entry
from .tbx import read_tbx

_KINDS = (*KINDS, "PERSON")  # nobody's persons are in what koproc ships
_COLUMNS = frozenset({"ko", "en", "kind", "aliases", "variants", "acronym", "definition", "note", "status", "en_source"})


def read_user_file(path: Path) -> tuple[Entry, ...]:
    """The lexicon entries of a glossary file: rows with English, those that a person rejected too (`status`).

    Raises:
        ResourceError: `path:line:` and what is wrong.
    """
    return tuple(
        Entry(row.ko, row.en, row.kind, row.variants, row.note, row.acronym, row.status, path.name) for row in read_glossary(path) if row.en
    )


def read_glossary(path: Path) -> tuple[GlossaryRow, ...]:
    """The rows of a glossary file; its name says the format: .tsv, .csv, .tbx or .xml (TBX too). Nothing is counted anew.

    Raises:
        ResourceError: `path:line:` and what is wrong.

    >>> read_glossary(Path("names.docx"))
    Traceback (most recent call last):
    koproc.errors.ResourceError: names.docx: a lexicon is a .tsv, .csv, .tbx or .xml (TBX) file, not .docx; rename or export it
    """
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        known = ", ".join(list(_READERS)[:-1])
        raise ResourceError(
            f"{path}: a lexicon is a {known} or .xml (TBX) file, not {path.suffix or 'without an ending'}; rename or export it"
        )
    try:
        content = path.read_bytes()
    except OSError as err:
        raise ResourceError(f"{path}: cannot be read ({err.strerror}); check the path") from err
    return tuple(reader(path, content))


def _read_tsv(path: Path, content: bytes) -> Iterator[GlossaryRow]:
    lines = _decoded(path, content).split("\n")
    rows = ((number, line.rstrip("\r").split("\t")) for number, line in enumerate(lines, 1))
    return _glossary_rows(path, (row for row in rows if row[1] != [""]))


def _read_csv(path: Path, content: bytes) -> Iterator[GlossaryRow]:
    text = _decoded(path, content)
    first, _, rest = text.partition("\n")
    skipped = 0
    if first.strip().lower().startswith("sep="):  # Excel's own line for the separator
        text, skipped = rest, 1
    return _glossary_rows(path, _csv_rows(path, text, skipped))


def _csv_rows(path: Path, text: str, skipped: int) -> Iterator[tuple[int, list[str]]]:
    """Each row that is not empty, and the line on which it begins."""
    header = text.partition("\n")[0]
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=header.count), strict=True)
    begins = skipped + 1
    try:
        for row in rows:
            if any(cell.strip() for cell in row):
                yield begins, row
            begins = skipped + rows.line_num + 1
    except csv.Error as err:
        raise ResourceError(f"{path}:{begins}: not a CSV row ({err}); look for a quote that is not closed or not doubled") from err


def _decoded(path: Path, content: bytes) -> str:
    """UTF-8, UTF-16 with its mark, or what Excel in Korea writes."""
    encodings = ("utf-16",) if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp949")
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ResourceError(f"{path}: is neither UTF-8 nor UTF-16 nor CP949; save it as UTF-8")


def _glossary_rows(path: Path, rows: Iterator[tuple[int, list[str]]]) -> Iterator[GlossaryRow]:
    number, cells = next(rows, (1, [""]))
    header = [cell.strip().lower() for cell in cells]
    missing = [name for name in ("ko", "en") if name not in header]
    if missing:
        raise ResourceError(
            f"{path}:{number}: no column {' and no column '.join(missing)}; the first line must name ko, en (kind, aliases, note)"
        )
    if len(twice := [name for name in header if name in _COLUMNS]) > len(set(twice)):
        raise ResourceError(f"{path}:{number}: a column is named twice in {', '.join(header)}")
    return (_row(path, number, header, row) for number, row in rows)


def _row(path: Path, number: int, header: list[str], row: list[str]) -> GlossaryRow:
    if len(row) != len(header):
        raise ResourceError(f"{path}:{number}: {len(row)} cells where the header has {len(header)}")
    cells = {name: "" if cell.strip() == "-" else " ".join(cell.split()) for name, cell in zip(header, row, strict=True)}
    status = cells.get("status", "").lower()
    if status not in get_args(Status):
        raise ResourceError(f"{path}:{number}: status {status!r} is not one of needs review, approved, rejected")
    for name in ("ko",) if status == "needs review" else ("ko", "en"):
        if not cells[name]:
            raise ResourceError(f"{path}:{number}: the cell of {name} is empty")
    kind = cells.get("kind", "").upper() or "TERM"
    if kind not in _KINDS:
        raise ResourceError(f"{path}:{number}: kind {kind!r} is not one of {', '.join(_KINDS)}")
    names = (_composed(name) for column in ("variants", "aliases") for name in cells.get(column, "").split("|"))
    source = cells.get("en_source", "")
    return GlossaryRow(
        _composed(cells["ko"]),
        cells["en"],
        kind,
        acronym=cells.get("acronym") or None,
        en_source=cast(EnglishSource, source) if source in get_args(EnglishSource) else "lexicon",
        status=cast(Status, status),
        variants=tuple(dict.fromkeys(name for name in names if name and name != cells["ko"])),
        definition=cells.get("definition") or None,
        note=cells.get("note", ""),
    )


def _composed(name: str) -> str:
    """Syllables as the analyzer's copy of the text has them, also from files that a Mac wrote."""
    return unicodedata.normalize("NFC", name.strip())


# a format more: its ending and a function that takes path and bytes
_READERS: dict[str, Callable[[Path, bytes], Iterator[GlossaryRow]]] = {
    ".tsv": _read_tsv,
    ".csv": _read_csv,
    ".tbx": read_tbx,
    ".xml": read_tbx,
}
