"""Overlapping spans → a flat row of pieces: what every format that shows the text itself needs.

Mentions win over quantities, quantities over times: the text is painted in the reverse order, and each run of one owner
is a piece. A quantity around a name so becomes two pieces with the name between them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..document import BlockKind, Document, Mention, Quantity, Time

Owner = Mention | Quantity | Time | None
_PARAGRAPH = re.compile(r"[^\r\n]+")


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence, or text between sentences, and its place in the text."""

    start: int
    end: int
    kind: BlockKind
    index: int | None = None


def owners(document: Document) -> list[Owner]:
    """Who owns each character of the text.

    >>> owners(Document(id="a", text="AI"))
    [None, None]
    """
    painted: list[Owner] = [None] * len(document.text)
    for time in reversed(document.times):
        painted[time.start : time.end] = [time] * (time.end - time.start)
    for quantity in reversed(document.quantities):
        painted[quantity.full_start : quantity.full_end] = [quantity] * (quantity.full_end - quantity.full_start)
    for mention in reversed(document.mentions):
        painted[mention.start : mention.end] = [mention] * (mention.end - mention.start)
    return painted


def pieces(painted: list[Owner], start: int, end: int) -> Iterator[tuple[int, int, Owner]]:
    """The runs of one owner between two offsets.

    >>> list(pieces([None, None], 0, 2))
    [(0, 2, None)]
    """
    while start < end:
        stop = start + 1
        while stop < end and painted[stop] is painted[start]:
            stop += 1
        yield start, stop, painted[start]
        start = stop


def paragraphs(document: Document) -> list[list[Passage]]:
    """Sentences and what stands between them, a list for each paragraph; a line break between sentences begins a new one.

    >>> [len(paragraph) for paragraph in paragraphs(Document(id="a", text="가\\n\\n나"))]
    [1, 1]
    """
    found: list[list[Passage]] = []
    position = 0
    for passage in _passages(document):
        if not found or "\n" in document.text[position : passage.start] or "\r" in document.text[position : passage.start]:
            found.append([])
        found[-1].append(passage)
        position = passage.end
    return found


def _passages(document: Document) -> Iterator[Passage]:
    """Sentences in order; text outside of every sentence comes as passages of its own, line by line."""
    position = 0
    for index, sentence in enumerate(sorted(document.sentences, key=lambda sentence: sentence.start), 1):
        yield from _between(document.text, position, sentence.start)
        if sentence.end > max(position, sentence.start):
            yield Passage(max(position, sentence.start), sentence.end, sentence.kind, index)
        position = max(position, sentence.end)
    yield from _between(document.text, position, len(document.text))


def _between(text: str, start: int, end: int) -> Iterator[Passage]:
    for line in _PARAGRAPH.finditer(text, start, max(start, end)):
        if line[0].strip():
            indent = len(line[0]) - len(line[0].lstrip())
            yield Passage(line.start() + indent, line.start() + len(line[0].rstrip()), "body")
