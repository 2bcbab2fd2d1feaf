"""The columns of koproc's own glossary tables (TSV, CSV, XLSX): their names, and the cells of a row.

`koproc.lexicon.user_files` reads them back, every field as it was.
"""

from __future__ import annotations

from ...cells import joined
from ...document import GlossaryRow
from ..tables import Cell

COLUMNS = (
    "ko", "en", "kind", "acronym", "count", "documents", "en_source", "certainty", "status", "sentence", "variants", "definition",
    "note", "sentences", "layer",
)  # fmt: skip
_LISTS = ("variants", "sentences")


def cells(row: GlossaryRow) -> list[Cell]:
    """The cells of a row, in the order of `COLUMNS`.

    >>> cells(GlossaryRow("너울", "Neoul", "ORG", variants=("너울AI", "너울에이아이")))[10]
    '너울AI|너울에이아이'
    """
    return [_cell(row, name) for name in COLUMNS]


def _cell(row: GlossaryRow, name: str) -> Cell:
    if name in _LISTS:
        return joined(getattr(row, name))
    if name == "certainty":
        return max(f"{row.certainty:.2f}", repr(row.certainty), key=len)  # two decimals, more where it has more
    value: Cell = getattr(row, name)
    return value
