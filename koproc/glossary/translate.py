"""English candidates of one Korean term with where each came from: lexicon, known parts, transliteration, romanization."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from ..document import EnglishSource
from ..lexicon import Lexicon
from ..lexicon.composition import compose
from ..lexicon.romanization import romanize
from ..transliteration import back_transliterate, loanword_probability

COMPOSED = 0.8  # a compound whose parts are all known is right about so often
NATIVE = 0.3  # less likely foreign than this, and a name is not spelled back unless that is asked for
_ROMANIZED = 0.6  # how often the usual English of a native name is its Revised Romanization


@dataclass(frozen=True, slots=True)
class Translation:
    """One English candidate; `score` is how likely it is the usual one."""

    text: str
    origin: EnglishSource
    score: float


def translations(term: str, lexicon: Lexicon, *, only: Collection[EnglishSource] = (), top: int = 10) -> list[Translation]:
    """The English candidates of a term, each once: first what is known, then what is composed, spelled back and romanized.

    `only` keeps candidates of these origins. Glosses and machine translation need a text: a bare term has none.

    >>> from koproc.lexicon import Entry
    >>> lexicon = Lexicon((Entry("반도체", "semiconductor", "TERM"),))
    >>> [found.text for found in translations("반도체", lexicon)][0], translations("GPU", lexicon)[0].origin
    ('semiconductor', 'same')
    """
    kept: list[Translation] = []
    seen: set[str] = set()
    for found in _all(term.strip(), lexicon, frozenset(only), top):
        if (not only or found.origin in only) and found.text.casefold() not in seen:
            seen.add(found.text.casefold())
            kept.append(found)
    return kept[:top]


def _all(term: str, lexicon: Lexicon, only: frozenset[EnglishSource], top: int) -> Iterator[Translation]:
    if not term:
        return
    entry = lexicon.get(term)
    if entry is not None:
        yield Translation(entry.en, "lexicon", 1.0)
    if term.isascii():
        yield Translation(term, "same", 1.0)
        return
    if entry is None and (composed := compose(term, lexicon)):
        yield Translation(composed, "composition", COMPOSED)
    if only and not only & {"transliteration", "romanization"}:
        return
    foreign = loanword_probability(term)
    if foreign >= NATIVE or "transliteration" in only:
        for candidate in back_transliterate(term, top):
            yield Translation(candidate.text, "transliteration", round(candidate.score * foreign, 4))
    romanized = romanize(term)
    if romanized != term:
        yield Translation(romanized, "romanization", round((1 - foreign) * _ROMANIZED, 4))
