"""English candidates of one Korean name or term without a text: the answer that annotations and glossaries give it, then what else it may be."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from ..document import EnglishSource
from ..lexicon import Lexicon
from ..lexicon.name_parts import head_of
from ..transliteration import back_transliterate, loanword_probability
from .names import english_of_name
from .persons import looks_like_person
from .terms import english_of_term
from .translation import Translation, romanized

NATIVE = 0.3  # less likely foreign than this, and a name is not spelled back unless that is asked for


def translations(
    term: str, lexicon: Lexicon, *, only: Collection[EnglishSource] = (), top: int = 10, sentences: Sequence[str] = ()
) -> list[Translation]:
    """The English candidates of a name or term, each once: the usual answer, then what it is by its sound.

    `sentences` with the term help to choose between the senses of its parts. `only` keeps candidates of these origins. Glosses and machine translation need a text: a bare term has none.

    >>> from koproc.lexicon import Entry
    >>> lexicon = Lexicon((Entry("반도체", "semiconductor", "TERM"),))
    >>> [found.text for found in translations("반도체", lexicon)][0], translations("GPU", lexicon)[0].origin
    ('semiconductor', 'same')
    """
    kept: list[Translation] = []
    seen: set[str] = set()
    for found in _all(term.strip(), lexicon, frozenset(only), top, sentences):
        if (not only or found.origin in only) and found.text.casefold() not in seen:
            seen.add(found.text.casefold())
            kept.append(replace(found, score=round(found.score, 4)))
    return kept[:top]


def _all(term: str, lexicon: Lexicon, only: frozenset[EnglishSource], top: int, sentences: Sequence[str]) -> Iterator[Translation]:
    if not term:
        return
    if only != {"transliteration"}:  # which is spelled back below, from more candidates
        yield _answer(term, lexicon, sentences)
    if term.isascii() or (only and not only & {"transliteration", "romanization"}):
        return
    foreign = loanword_probability(term)
    if foreign >= NATIVE or "transliteration" in only:
        for candidate in back_transliterate(term, top):
            yield Translation(candidate.text, "transliteration", candidate.score * foreign)
    if looks_like_person(term):
        yield english_of_name(term, "PERSON", lexicon)
    yield romanized(term)


def _answer(term: str, lexicon: Lexicon, sentences: Sequence[str]) -> Translation:
    """A term that we know or whose parts we know; else a name, which a foreign word in no lexicon mostly is."""
    as_term = english_of_term(term, lexicon, sentences)
    if as_term.origin in ("lexicon", "same", "composition"):
        return as_term
    return english_of_name(term, "ORG" if head_of(term) is not None else "PRODUCT", lexicon)
