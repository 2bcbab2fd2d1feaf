"""The columns of koproc's own glossary tables (TSV, CSV, XLSX): their names, and the cells of a row."""

from __future__ import annotations

from ...document import GlossaryRow
from ..tables import Cell

COLUMNS = (
    "ko", "en", "kind", "acronym", "count", "documents", "en_source", "certainty", "status", "sentence", "variants", "definition",
    "note", "layer",
)  # fmt: skip


def cells(row: GlossaryRow) -> list[Cell]:
    """The cells of a row, in the order of `COLUMNS`.

    >>> cells(GlossaryRow("너울", "Neoul", "ORG", variants=("너울AI", "너울에이아이")))[10]
    '너울AI|너울에이아이'
    """
    return [_cell(row, name) for name in COLUMNS]


def _cell(row: GlossaryRow, name: str) -> Cell:
    if name == "variants":
        return "|".join(row.variants)
    if name == "certainty":
        return f"{row.certainty:.2f}"
    value: Cell = getattr(row, name)
    return value
