"""The words of claims with their English: properties, verbs of change, actions (`seeds/*.tsv`), read once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from ..document import Direction
from ..resources import read_table, resource


@dataclass(frozen=True, slots=True)
class Change:
    """A verb of change: its direction and an English verb."""

    direction: Direction
    en: str


@lru_cache(maxsize=1)
def properties() -> dict[str, str]:
    """English by property (점유율 → market share)."""
    return dict(read_table(resource("seeds", "properties.tsv"), ("ko", "en")))  # type: ignore[arg-type]


@lru_cache(maxsize=20_000)
def ends_in_property(word: str) -> bool:
    """Whether a compound ends in a known property of two syllables or more: 국내점유율."""
    known = properties()
    return any(word[-size:] in known for size in range(2, len(word) + 1))


@lru_cache(maxsize=1)
def changes() -> dict[str, Change]:
    """Change by verb stem or verbal noun (늘, 확대)."""
    rows = read_table(resource("seeds", "changes.tsv"), ("stem", "direction", "en"))
    return {stem: Change("up" if direction == "up" else "down", en) for stem, direction, en in rows}


@lru_cache(maxsize=1)
def actions() -> dict[str, str]:
    """English by verbal noun or stem of a release (출시, 선보이)."""
    return dict(read_table(resource("seeds", "actions.tsv"), ("stem", "en")))  # type: ignore[arg-type]


@lru_cache(maxsize=1)
def unit_names() -> dict[str, str]:
    """English by unit symbol (명 → people)."""
    rows = read_table(resource("seeds", "units.tsv"), ("symbol", "dimension", "scale", "forms", "en"))
    return {symbol: en for symbol, _, _, _, en in rows}
