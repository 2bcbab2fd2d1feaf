"""Technical and business terms in a document: those of the lexicon, and those that the text itself glosses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from ..document import Document, Gloss, Term
from ..english import Translation, english_of_term
from ..english.translation import GLOSSED, LISTED
from ..lexicon import Hit, Lexicon
from ..lexicon.boundaries import Boundaries


def find_terms(document: Document, lexicon: Lexicon) -> Document:
    """Add the terms of a document: longest spans first, none inside a mention."""
    boundaries = Boundaries(document)
    taken = {position for mention in document.mentions for position in range(mention.start, mention.end)}
    acronyms = {gloss.end: gloss for gloss in document.glosses}
    terms: list[Term] = []
    for same in _by_span(document.glosses):
        span = range(same[0].start, same[0].end)
        if taken.isdisjoint(span):
            terms.append(_glossed_term(same, lexicon))
            taken.update(span)
    hits = (hit for hit in lexicon.find(document.text) if hit.entry.kind == "TERM" and _stands(document, hit, boundaries))
    for hit in sorted(hits, key=lambda hit: (hit.start - hit.end, hit.start)):
        if any(position in taken for position in range(hit.start, hit.end)):
            continue
        taken.update(range(hit.start, hit.end))
        after = acronyms.get(hit.end)
        acronym = after.gloss if after is not None and after.start <= hit.start and after.gloss.isascii() else None
        terms.append(Term(hit.start, hit.end, document.text[hit.start : hit.end], _english(hit), "lexicon", acronym, LISTED))
    return replace(document, terms=tuple(sorted(terms, key=lambda term: term.start)))


def _stands(document: Document, hit: Hit, boundaries: Boundaries) -> bool:
    text = document.text
    before, after = text[hit.start - 1 : hit.start], text[hit.end : hit.end + 1]
    if before.isascii() and before.isalnum() and text[hit.start].isascii():
        return False
    if after.isascii() and after.isalnum() and text[hit.end - 1].isascii():
        return False
    if hit.surface.isascii():
        return True
    if len(hit.surface) == 2:
        # two syllables match inside other words: a token of its own
        token = boundaries.starts.get(hit.start)
        return token is not None and token.end == hit.end and token.tag in ("NNG", "NNP") and _unattached(boundaries, hit)
    last = boundaries.ends.get(hit.end)
    return boundaries.on_tokens(hit.start, hit.end) and last is not None and last.tag[0] not in "JE"  # 판매가 크게: a particle


def _unattached(boundaries: Boundaries, hit: Hit) -> bool:
    token = boundaries.ends.get(hit.start)
    return token is None or token.tag not in ("NNP", "SN")


def _english(hit: Hit) -> str:
    """The entry's English, but a Latin acronym stays itself: GPU is written GPU, 그래픽처리장치 graphics processing unit."""
    return hit.surface if hit.surface.isascii() else hit.entry.en


def _by_span(glosses: Iterable[Gloss]) -> list[list[Gloss]]:
    """Glosses of the same words together, the longest words first."""
    found: dict[tuple[int, int], list[Gloss]] = {}
    for gloss in glosses:
        found.setdefault((gloss.start, gloss.end), []).append(gloss)
    return sorted(found.values(), key=lambda same: same[0].start - same[0].end)


def _glossed_term(same: Sequence[Gloss], lexicon: Lexicon) -> Term:
    """A term from its glosses, of which one may be its English and another its acronym."""
    start, end, text = same[0].start, same[0].end, same[0].text
    acronym = next((g.gloss for g in same if g.gloss.isascii() and not re.search(r"[a-z]{3}", g.gloss)), None)
    spelled = next((g.gloss for g in same if g.gloss.isascii() and g.gloss != acronym), None)
    english = english_of_term(text, lexicon)
    if spelled is not None and english.origin != "lexicon" and not text.isascii():
        english = Translation(spelled, "gloss", GLOSSED)
    return Term(start, end, text, english.text, english.origin, acronym, round(english.score, 3))
