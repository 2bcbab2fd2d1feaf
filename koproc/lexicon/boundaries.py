"""Where words begin and end in a document: whether a span is a whole name, and the noun runs around it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from ..document import Document, Token

_PARTICLES = re.compile(
    r"(?:은|는|이|가|을|를|의|에|에게|에서|에는|에도|에선|과|와|도|만|로|으로|부터|까지|보다|처럼|만큼|이나|나|라는|이라는|라고|이라고|란|이란|"
    r"이며|며|이고|고|인|이다|였다|이었다|입니다|께서|한테|마저|조차|뿐|뿐만|로서|으로서|로써|으로부터|에서는|에서도|에게는|과의|와의|과는|와는|로의|으로의|에의|만의|까지의|부터의|들|들은|들이|들의|들을)"
    r"(?![가-힣])"
)
_NAME_TAGS = frozenset({"NNG", "NNP", "SL", "SH", "XPN", "SN", "XSN", "NR", "W_SERIAL"})

_LONGEST_RUN = 60  # characters; rules look at every end of a run, and no compound is so long


@dataclass(frozen=True, slots=True)
class NounRun:
    """Noun-like tokens that touch each other, without the particle: 한빛나노 in 한빛나노가."""

    start: int
    end: int
    tokens: tuple[Token, ...]


class Boundaries:
    """Token look-ups over one document. `glued` are nouns that may follow a name without a space (화웨이칩, 삼성측)."""

    __slots__ = ("_glued", "_run_starts", "_token_starts", "ends", "runs", "starts", "text", "tokens")

    def __init__(self, document: Document, glued: frozenset[str] = frozenset()) -> None:
        self.text = document.text
        self._glued = glued
        self.starts: dict[int, Token] = {}
        self.ends: dict[int, Token] = {}
        for token in document.tokens:
            if token.end > token.start:
                self.starts.setdefault(token.start, token)
                self.ends[token.end] = token
        self.tokens = document.tokens
        self._token_starts = [token.start for token in document.tokens]
        self.runs = _noun_runs(document.tokens)
        self._run_starts = [run.start for run in self.runs]

    def run_at(self, offset: int) -> NounRun | None:
        """The noun run that covers `offset`."""
        index = bisect_right(self._run_starts, offset) - 1
        return self.runs[index] if index >= 0 and offset < self.runs[index].end else None

    def tokens_in(self, start: int, end: int) -> tuple[Token, ...]:
        """The tokens inside a span."""
        first, last = bisect_left(self._token_starts, start), bisect_left(self._token_starts, end)
        return tuple(token for token in self.tokens[first:last] if token.end <= end)

    def on_tokens(self, start: int, end: int) -> bool:
        """Whether a span begins where a token begins and ends where one ends: enough for terms, which form compounds."""
        return start in self.starts and end in self.ends

    def is_whole(self, start: int, end: int, *, weak: bool = False) -> bool:
        """Whether a span begins and ends where a word or a word's noun part does.

        `weak` (two-syllable names) trusts tokens only; otherwise a correct particle after the span is enough, because Kiwi
        sometimes glues it to an unknown name (엔비디아의/NNG).
        """
        return self._left_free(start, weak) and self._right_free(end, weak)

    def _left_free(self, start: int, weak: bool) -> bool:
        before = self.text[start - 1 : start]
        first = self.text[start]
        if not before or not before.isalnum():
            joined = before in ("-", "_", "@", ".") and start > 1
            return not (joined and self.text[start - 2].isascii() and self.text[start - 2].isalnum())
        if (before.isascii() and first.isascii()) or start not in self.starts:
            return False
        token = self.ends.get(start)
        if token is None or before.isascii():
            return token is not None
        if weak:
            return token.tag[0] in "JMX"
        return token.tag[0] in "JMXE" or token.tag in ("NNP", "NNB") or first.isascii()

    def _right_free(self, end: int, weak: bool) -> bool:
        following, last = self.text[end : end + 1], self.text[end - 1]
        if not following or not following.isalnum():
            return not (following == "-" and last.isascii() and self.text[end + 1 : end + 2].isdecimal())
        if following.isascii():
            return not last.isascii() and end in self.starts and not following.isdecimal()
        token = self.starts.get(end)
        if token is not None and (end in self.ends or not weak):
            if token.tag[0] in "JVEX" or token.tag in ("NNB", "VCP"):
                return token.tag not in ("XSV", "XSA") and (token.tag != "VV" or not weak)
            if token.tag in ("NNG", "NNP"):
                return self.text[end : token.end] in self._glued
            return token.tag in ("MAG", "MAJ", "IC")
        return not weak and bool(_PARTICLES.match(self.text, end))


def _noun_runs(tokens: tuple[Token, ...]) -> tuple[NounRun, ...]:
    runs: list[NounRun] = []
    current: list[Token] = []
    for token in tokens:
        if token.end == token.start:
            continue
        joins = token.tag in _NAME_TAGS
        if current and (not joins or token.start != current[-1].end or token.end - current[0].start > _LONGEST_RUN):
            runs.append(NounRun(current[0].start, current[-1].end, tuple(current)))
            current = []
        if joins:
            current.append(token)
    if current:
        runs.append(NounRun(current[0].start, current[-1].end, tuple(current)))
    return tuple(runs)
