"""The English of a term: the lexicon, its known parts in order, its sound."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from ..lexicon import Lexicon
from ..lexicon.composition import compose
from ..lexicon.nouns import ordinary_words
from ..transliteration import decide
from .senses import known_words, sense
from .translation import COMPOSED, LISTED, Translation, by_sound, pending, romanized


def english_of_term(surface: str, lexicon: Lexicon, sentences: Sequence[str] = ()) -> Translation:
    """The lexicon's English, else that of the known parts, else what it sounds like (a loanword spelled back, or romanized) for review.

    `sentences` with the term help to choose between the senses of its parts.

    >>> from koproc.lexicon import Entry
    >>> english_of_term("반도체", Lexicon((Entry("반도체", "semiconductor", "TERM"),))).text
    'semiconductor'
    """
    entry = lexicon.get(surface)
    if entry is not None:
        return Translation(entry.en, "lexicon", LISTED)
    if surface.isascii():
        return Translation(surface, "same", 1.0)
    if (written := pending(surface, lexicon)) is not None:
        return written
    composed = compose(surface, lexicon, ordinary_words(), sense=partial(sense, around=known_words(sentences) if sentences else ()))
    if composed:
        return Translation(composed, "composition", COMPOSED)
    decision = decide(surface)
    if decision.source == "transliteration" and len(decision.candidates) > 1:
        return romanized(surface)  # 눈폭탄: common nouns are loanwords less often than names are
    heard = by_sound(decision)
    return replace(heard, text=_common(heard.text)) if heard.origin == "transliteration" else heard


def _common(name: str) -> str:
    """A loanword as a common noun: Workflow is a workflow, but what is called by its letters stays in capitals."""
    return " ".join(word if word.isupper() else word.lower() for word in name.split(" "))
