"""Names and terms that the text itself explains: 전문가 혼합(MoE), DeepSeek(딥시크), 연구소(MuriLab), 공정거래위원회(이하 공정위).

`brackets.py` says where a second name stands, `boundaries.py` which words it may explain; a ranker with the weights in `models/glosses`
chooses.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace

from ..document import Document, Gloss
from ..lexicon import Lexicon
from ..ranking import Chooser, shipped_ranker
from .boundaries import Scene, boundary_candidates, kind_of
from .brackets import Naming, namings


def find_glosses(document: Document, lexicon: Lexicon, chooser: Chooser | None = None) -> Document:
    """Add the in-text glosses of a document.

    `chooser` picks among the left boundaries, by default with the weights in `models/glosses/`.

    >>> from koproc.document import Token
    >>> document = Document(id="a", text="인공지능(AI)은", tokens=(Token(0, 4, "인공지능", "NNG", "인공지능"), Token(8, 9, "은", "JX", "은")))
    >>> [(gloss.text, gloss.gloss) for gloss in find_glosses(document, Lexicon(())).glosses]
    [('인공지능', 'AI')]
    """
    text = document.text
    found_namings = list(namings(text))
    if not found_namings:
        return document
    chooser = chooser or shipped_ranker("glosses")
    skipped = [(s.start, s.end) for s in document.sentences if s.kind in ("byline", "dateline", "notice")]
    terms = {naming.end: _terms_before(text, naming, lexicon) for naming in found_namings}
    known: dict[str, str] = {}
    explained: dict[int, int] = {}
    scene = Scene(
        document,
        lexicon,
        [token.start for token in document.tokens],
        {mention.end: mention for mention in document.mentions},
        {mention.start: mention for mention in document.mentions},
        terms,
        known,
        explained,
    )
    found: list[Gloss] = []
    for naming in found_namings:
        if any(start <= naming.start < end for start, end in skipped):
            continue
        naming = _without_particle(scene, naming)
        start = chooser.choose(kind_of(text, naming), naming.start, boundary_candidates(scene, naming))
        if start is None or start >= naming.end:
            continue
        surface, gloss = text[start : naming.end], text[naming.start : naming.stop]
        if surface != gloss:
            known.setdefault(gloss, surface)
            explained[naming.end] = start
            found.append(Gloss(start, naming.end, surface, gloss, naming.start, naming.stop, kind_of(text, naming)))
    return replace(document, glosses=tuple(found))


def _terms_before(text: str, naming: Naming, lexicon: Lexicon) -> frozenset[int]:
    """Where the lexicon's entries begin that end where the explained words do."""
    hits = lexicon.find(text[naming.limit : naming.end])
    return frozenset([naming.limit + hit.start for hit in hits if naming.limit + hit.end == naming.end])


def _without_particle(scene: Scene, naming: Naming) -> Naming:
    """소비자원 of 이하 소비자원은, where neither quotes nor a bracket end the name."""
    document = scene.document
    if not naming.declared or document.text[naming.stop : naming.stop + 1] in tuple("’”'\")]"):
        return naming
    first, last = bisect_left(scene.token_starts, naming.start), bisect_left(scene.token_starts, naming.stop)
    inside = [token for token in document.tokens[first:last] if token.end <= naming.stop]
    while inside and inside[-1].tag[0] in "JV":
        naming = replace(naming, stop=inside.pop().start)
    return naming
