"""The kinds of rows that a glossary has unless others are asked for, and the order in which they stand."""

from __future__ import annotations

from collections.abc import Iterable

from ..document import GlossaryRow

KINDS = ("ORG", "PRODUCT", "PERSON", "TERM")


def in_order(rows: Iterable[GlossaryRow]) -> list[GlossaryRow]:
    """Rows by kind, the most frequent first, the same for the same rows whatever order they came in.

    >>> [row.ko for row in in_order([GlossaryRow("칩", "chip", "TERM", count=9), GlossaryRow("너울", "Neoul", "ORG", count=2)])]
    ['너울', '칩']
    """
    return sorted(rows, key=_rank)


def _rank(row: GlossaryRow) -> tuple[int, int, str, str, str, str]:
    return (KINDS.index(row.kind) if row.kind in KINDS else len(KINDS), -row.count, row.ko, row.en, row.status, row.note)
