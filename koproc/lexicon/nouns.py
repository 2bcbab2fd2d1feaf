"""Ordinary nouns and modifiers with their English (`seeds/nouns.tsv`, `seeds/modifiers.tsv`): for sentences, for parts of terms and for comparisons."""

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


@lru_cache(maxsize=1)
def ordinary_words() -> dict[str, str]:
    """Nouns and modifiers together, for the parts of a compound."""
    return nouns() | modifiers()


@lru_cache(maxsize=1)
def modifiers() -> dict[str, str]:
    """English by word that stands in terms and names before their head.

    >>> modifiers()["가변"]
    'variable'
    """
    return dict(read_table(resource("seeds", "modifiers.tsv"), ("ko", "en")))  # type: ignore[arg-type]
