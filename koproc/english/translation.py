"""One English candidate, and how sure each origin is."""

from __future__ import annotations

from dataclasses import dataclass

from ..document import GUESSED, EnglishSource
from ..lexicon import Lexicon
from ..lexicon.romanization import romanize
from ..transliteration import Decision

LISTED = 0.99  # a name of the lexicon may still be another bearer of it
GLOSSED = 0.97
COMPOSED = 0.8  # a compound whose parts are all known is right about so often
ROMANIZED = 0.6  # how often the usual English of a native name is its Revised Romanization


@dataclass(frozen=True, slots=True)
class Translation:
    """One English candidate; `score` is how likely it is the usual one."""

    text: str
    origin: EnglishSource
    score: float


def by_sound(decision: Decision) -> Translation:
    """What transliteration decided, with the score of its first candidate."""
    score = decision.candidates[0].score if decision.source == "transliteration" else ROMANIZED
    return Translation(decision.text, decision.source, score)


def romanized(surface: str) -> Translation:
    """Revised Romanization.

    >>> romanized("한빛")
    Translation(text='Hanbit', origin='romanization', score=0.6)
    """
    return Translation(romanize(surface), "romanization", ROMANIZED)


def pending(surface: str, lexicon: Lexicon) -> Translation | None:
    """What a file of the user's has for a name that nobody has approved yet: better than any guess of ours.

    >>> pending("한빛", Lexicon(()))
    """
    entry = lexicon.pending.get(surface)
    if entry is None:
        return None
    return Translation(entry.en, entry.en_source, COMPOSED if entry.en_source in GUESSED else LISTED)
