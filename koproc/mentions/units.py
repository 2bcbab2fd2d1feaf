"""Tokens → the units that the tagger labels: tokens on the text, with particles cut off that Kiwi left glued to unknown words.

In: the tokens of one sentence. Out: units in order, without overlap, none empty. Kiwi reads 혜결이가 or 정철민병장 as one unknown noun; the unit
that carries the name must end where the name does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..document import Document, Token

# particles, titles and bound nouns that a name may be glued to, longest first
_GLUED = re.compile(
    r"(?:이라는|이라고|에게|에서|으로|까지|부터|처럼|병장|선수|감독|의원|기자|지역|이랑|이가|이는|씨|님|군|양|모|은|는|이|가|을|를|의|에|와|과|도|만|로|측|판|형|랑|역|팬)$"
)


_AFTER_ONE = ("씨", "군", "양", "모")  # 조씨, 안모


@dataclass(frozen=True, slots=True)
class Unit:
    """A stretch of text that belongs wholly to a mention or not at all; `tag` is Kiwi's, with `?` for the parts of an unknown word."""

    start: int
    end: int
    form: str
    tag: str
    spaced: bool


def units_of(text: str, tokens: Iterable[Token]) -> list[Unit]:
    """The units of a sentence.

    >>> [(unit.form, unit.tag) for unit in units_of("두우항은", [Token(0, 4, "두우항은", "NNG", "두우항은", True)])]
    [('두우항', 'NNG?'), ('은', 'J?')]
    """
    units: list[Unit] = []
    position = -1
    for token in tokens:
        start, end = max(token.start, position), token.end
        if end <= start:
            continue
        spaced = start == 0 or text[start - 1].isspace()
        surface = text[start:end]
        unknown = token.oov and token.tag in ("NNG", "NNP")
        glued = _GLUED.search(surface, 1) if unknown else None
        if glued is not None and (glued.start() > 1 or glued[0] in _AFTER_ONE):
            middle = start + glued.start()
            units.append(Unit(start, middle, text[start:middle], f"{token.tag}?", spaced))
            units.append(Unit(middle, end, glued[0], "J?", False))
        else:
            units.append(Unit(start, end, surface, f"{token.tag}?" if unknown else token.tag, spaced))
        position = end
    return units


def sentence_units(document: Document) -> Iterator[list[Unit]]:
    """The units of each sentence of a document that has any."""
    at = 0
    for sentence in document.sentences:
        inside = []
        while at < len(document.tokens) and document.tokens[at].start < sentence.end:
            inside.append(document.tokens[at])
            at += 1
        if units := units_of(document.text, inside):
            yield units
