"""The unit table (`seeds/units.tsv`): every spelling of a unit → its symbol, dimension, scale and English."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from ..resources import read_table, resource


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: `scale` is its size in the base unit of its dimension (GB is 8e9 bit)."""

    symbol: str
    dimension: str
    scale: Decimal
    forms: tuple[str, ...]
    en: str


@lru_cache(maxsize=1)
def units() -> dict[str, Unit]:
    """Unit by spelling.

    >>> units()["나노미터"].symbol, units()["GB"].dimension
    ('nm', 'data')
    """
    table: dict[str, Unit] = {}
    for symbol, dimension, scale, forms, en in read_table(resource("seeds", "units.tsv"), ("symbol", "dimension", "scale", "forms", "en")):
        unit = Unit(symbol, dimension, Decimal(scale), tuple(forms.split("|")), en)
        for form in unit.forms:
            table[form] = unit
    return table


@lru_cache(maxsize=1)
def _lengths() -> dict[str, list[int]]:
    """The lengths of the spellings that begin with a character, the longest first."""
    return {first: sorted({len(form) for form in units() if form[0] == first}, reverse=True) for first in {form[0] for form in units()}}


def scan_unit(text: str, at: int) -> tuple[Unit, int] | None:
    """The unit with the longest spelling at `at` and where it ends, or None. Latin symbols end at a letter's boundary.

    >>> scan_unit("GB/s로", 0)[0].symbol, scan_unit("GBX", 0)
    ('GB/s', None)
    """
    table = units()
    for size in _lengths().get(text[at : at + 1], ()):
        unit = table.get(text[at : at + size])
        if unit is None or at + size > len(text):
            continue
        last, following = text[at + size - 1], text[at + size : at + size + 1]
        if last.isascii() and last.isalpha() and following.isascii() and following.isalnum():
            continue
        return unit, at + size
    return None
