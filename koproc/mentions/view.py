"""One document seen the way the mention rules need it: word boundaries, words around a span, quotes."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from ..document import Document
from ..lexicon import Entry
from ..lexicon.boundaries import Boundaries, NounRun
from .cues import cue

_GAP = re.compile(r"[’”'\">》」』]?[ \t]?(?:\([^()\n]*\))?[’”'\"]?[ \t]*")
_QUOTED = re.compile(
    r"‘([^‘’\n]{1,30})’|(?<![A-Za-z])'([^'\n]{1,30})'(?![A-Za-z])|“([^“”\n]{1,24})”|\"([^\"\n]{1,24})\"|[「『]([^「」『』\n]{1,24})[」』]|[<≪《〈]([^<>≪≫《》〈〉\n]{1,24})[>≫》〉]"
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible mention. Higher `score` wins among equal spans, longer spans win otherwise."""

    start: int
    end: int
    label: str
    score: float
    source: str
    evidence: str
    entry: Entry | None = None


class View(Boundaries):
    """Look-ups over one document; built once and shared by the rules."""

    __slots__ = ("_sentence_starts", "document", "quotes")

    def __init__(self, document: Document) -> None:
        super().__init__(document, cue("glued_noun"))
        self.document = document
        self._sentence_starts = [sentence.start for sentence in document.sentences]
        self.quotes = tuple(match.span(match.lastindex or 0) for match in _QUOTED.finditer(self.text))

    def sentence_end(self, offset: int) -> int:
        """Where the sentence of `offset` ends."""
        index = bisect_right(self._sentence_starts, offset) - 1
        return self.document.sentences[index].end if index >= 0 else len(self.text)

    def sentence_start(self, offset: int) -> int:
        """Where the sentence of `offset` begins."""
        index = bisect_right(self._sentence_starts, offset) - 1
        return self.document.sentences[index].start if index >= 0 else 0

    def word_before(self, start: int) -> NounRun | None:
        """The noun run before `start` on the same line: quotes, a gloss and the copula are skipped (모델인 ‘…’, 모델(LLM) ‘…’)."""
        at = start
        while at and self.text[at - 1] in " ‘“'\"<《≪〈「『":
            at -= 1
        if at and self.text[at - 1] == ")":
            opening = self.text.rfind("(", max(0, at - 40), at)
            if opening > 0:
                at = opening
        if at and self.text[at - 1] == "인" and (token := self.ends.get(at)) is not None and token.tag in ("ETM", "VCP"):
            at -= 1
        run = self.run_at(at - 1) if at else None
        return run if run is not None and run.end == at else None

    def word_after(self, end: int) -> NounRun | None:
        """The noun run after `end` on the same line, a closing quote and a gloss skipped: 칩 after 어센드910B."""
        match = _GAP.match(self.text, end)
        at = match.end() if match else end
        run = self.run_at(at) if at < len(self.text) else None
        return run if run is not None and run.start == at else None

    def surface(self, run: NounRun | None) -> str:
        """The text of a run, or an empty string."""
        return self.text[run.start : run.end] if run else ""

    def ends_with_cue(self, word: str, kind: str) -> str | None:
        """The longest cue of `kind` that ends `word` (공정개발본부장 ends with 본부장)."""
        words = cue(kind)
        for size in range(len(word), 0, -1):
            if word[-size:] in words:
                return word[-size:]
        return None
