r"""Glossaries of the user's: TSV, CSV, XLSX, OmegaT and TBX files, as koproc, spreadsheets and terminology tools write them.

A table needs the columns `ko` and `en`, in any order; `kind` (ORG, PRODUCT, PERSON, LOC, TERM; TERM where it is empty), `variants` or
`aliases` (separated by |; \| is one that separates nothing), `acronym`, `definition`, `note` and `status` may follow, and other columns
are left alone. An empty cell and `-` both mean nothing:

    en;ko;kind;aliases
    Neoul AI;너울AI;ORG;너울에이아이|너울

`status` is `approved`, `rejected` or `needs review`; a row that needs review or is rejected may lack its English. What koproc wrote
itself comes back with every field.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from ..document import GlossaryRow
from ..errors import ResourceError
from .glossary_rows import composed, rows_of_table
from .omegat import read_omegat
from .store import Entry
from .tbx import read_tbx
from .text_tables import read_csv, read_tsv
from .workbook import read_workbook


def read_user_file(path: Path) -> tuple[Entry, ...]:
    """The lexicon entries of a glossary file: rows with English, those that a person rejected too (`status`).

    Raises:
        ResourceError: `path:line:` and what is wrong.
    """
    return tuple(_entry(row, path.name) for row in read_glossary(path) if row.en.strip())


def _entry(row: GlossaryRow, layer: str) -> Entry:
    """The entry of a row, its names as texts have them: composed, without line breaks and white space around them."""
    ko, en = _name(row.ko), " ".join(row.en.split())
    variants = tuple(name for name in dict.fromkeys(map(_name, row.variants)) if name and name != ko)
    return Entry(ko, en, row.kind, variants, row.note, row.acronym, row.status, layer, row.en_source)


def _name(text: str) -> str:
    return composed(" ".join(text.split()))


def read_glossary(path: Path) -> tuple[GlossaryRow, ...]:
    """The rows of a glossary file; its name says the format: .tsv, .csv, .xlsx, .txt or .utf8 (OmegaT), .tbx or .xml (TBX too).

    Raises:
        ResourceError: `path:line:` and what is wrong.

    >>> read_glossary(Path("names.docx"))
    Traceback (most recent call last):
    koproc.errors.ResourceError: names.docx: a lexicon is a .tsv, .csv, .xlsx, .txt, .utf8, .tbx or .xml file, not .docx; rename or export it
    """
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        *known, last = _READERS
        raise ResourceError(
            f"{path}: a lexicon is a {', '.join(known)} or {last} file, not {path.suffix or 'without an ending'}; rename or export it"
        )
    try:
        content = path.read_bytes()
    except OSError as err:
        raise ResourceError(f"{path}: cannot be read ({err.strerror}); check the path") from err
    return tuple(reader(path, content))


def _table(read: Callable[[Path, bytes], Iterator[tuple[int, list[str]]]]) -> Callable[[Path, bytes], Iterator[GlossaryRow]]:
    return lambda path, content: rows_of_table(path, read(path, content))


# a format more: its ending and a function that takes path and bytes
_READERS: dict[str, Callable[[Path, bytes], Iterator[GlossaryRow]]] = {
    ".tsv": _table(read_tsv),
    ".csv": _table(read_csv),
    ".xlsx": _table(read_workbook),
    ".txt": read_omegat,
    ".utf8": read_omegat,
    ".tbx": read_tbx,
    ".xml": read_tbx,
}
