"""Ordinary nouns with their English (`seeds/nouns.tsv`): for sentences and comparisons, never for glossaries."""

from __future__ import annotations

from functools import lru_cache

from ..resources import read_table, resource


@lru_cache(maxsize=1)
def nouns() -> dict[str, str]:
    """English by ordinary noun.

    >>> nouns()["회사"]
    'company'
    """
    return dict(read_table(resource("seeds", "nouns.tsv"), ("ko", "en")))  # type: ignore[arg-type]
