"""Morphemes that overlap, are empty or leave gaps → pieces that partition the text: what spaCy, CAS and CoNLL-U call tokens.

Kiwi's morphemes share characters (했 is 하 and 었); tokens of these formats may not. Morphemes that overlap become one piece with
their tags joined by `+`, as spaCy's Korean tag map writes them; what no morpheme covers becomes pieces of its own; and every border
of a mention, quantity, time or sentence is a border of pieces.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from ..document import Document, Mention, Quantity, Time

WHITE_SPACE_TAG = "_SP"  # spaCy's tag for a token of white space
_RUN = re.compile(r"\s+|\S+")


class Piece(NamedTuple):
    """A piece of the text. `tag` is a Sejong tag or several joined by `+`, empty where no morpheme lies; with `space_after` the one
    space that follows belongs to no piece."""

    start: int
    end: int
    tag: str
    lemma: str
    space_after: bool


class _Group(NamedTuple):
    start: int
    end: int
    tags: list[str]
    lemmas: list[str]


def partition(document: Document) -> list[Piece]:
    """Pieces in order, none of them empty; with their spaces they are the text.

    >>> from koproc.document import Token
    >>> tokens = (Token(0, 1, "하", "VV", "하다"), Token(0, 1, "었", "EP", "었"), Token(1, 2, "다", "EF", "다"))
    >>> [tuple(piece) for piece in partition(Document(id="a", text="했다 \\n네", tokens=tokens))]
    [(0, 1, 'VV+EP', '하다+었', False), (1, 2, 'EF', '다', True), (3, 4, '_SP', '\\n', False), (4, 5, '', '네', False)]
    """
    text = document.text
    items: tuple[Mention | Quantity | Time, ...] = (*document.mentions, *document.quantities, *document.times)
    spans = [(item.start, item.end) for item in items if item.start < item.end]
    borders = sorted({offset for span in spans for offset in span} | {o for s in document.sentences for o in (s.start, s.end)})
    starts, ends = {start for start, _ in spans}, {end for _, end in spans}
    pieces: list[Piece] = []
    for start, end, tag, lemma in _cut(document, borders):
        if pieces and text[start] == " " and not text[start:end].strip():
            last = pieces[-1]
            if last.end == start and last.tag != WHITE_SPACE_TAG and start not in starts and start + 1 not in ends:
                pieces[-1] = last._replace(space_after=True)
                start += 1
        if start < end:
            pieces.append(Piece(start, end, tag, lemma if text[start:end].strip() else text[start:end], False))
    return pieces


def _cut(document: Document, borders: list[int]) -> Iterator[tuple[int, int, str, str]]:
    """The text in order, cut where morphemes begin and end, at borders, and between white space and other characters in gaps."""
    text, position = document.text, 0
    for group in _groups(document):
        yield from _gap(text, position, group.start, borders)
        bounds = [group.start, *borders[bisect_right(borders, group.start) : bisect_left(borders, group.end)], group.end]
        tag = "+".join(group.tags)
        for start, end in pairwise(bounds):
            yield start, end, tag, "+".join(group.lemmas) if len(bounds) == 2 else text[start:end]
        position = group.end
    yield from _gap(text, position, len(text), borders)


def _groups(document: Document) -> list[_Group]:
    """Morphemes that share characters, together; one without characters goes with those before it."""
    groups: list[_Group] = []
    for token in sorted(document.tokens, key=lambda token: (token.start, token.end)):
        if groups and (token.start < groups[-1].end or (token.start == token.end == groups[-1].end)):
            last = groups[-1]
            groups[-1] = _Group(last.start, max(last.end, token.end), [*last.tags, token.tag], [*last.lemmas, token.lemma])
        elif token.start < token.end:
            groups.append(_Group(token.start, token.end, [token.tag], [token.lemma]))
    return groups


def _gap(text: str, start: int, end: int, borders: list[int]) -> Iterator[tuple[int, int, str, str]]:
    bounds = [start, *borders[bisect_right(borders, start) : bisect_left(borders, end)], end]
    for left, right in pairwise(bounds):
        for run in _RUN.finditer(text, left, right):
            yield run.start(), run.end(), WHITE_SPACE_TAG if run[0].isspace() else "", run[0]
