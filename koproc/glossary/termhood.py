"""Documents → how much each run of nouns is a term: counts that stream, against how often ordinary news says the same.

The score of a run is its C-value (Frantzi, Ananiadou and Mima 2000: how often it stands on its own, rather than inside longer runs) times the log
of how much more often it occurs here than in news, more where many documents have it, less where it is mostly a verb (지원하다) or an ordinary noun, more where the lexicon has it.
Counts are lossy (Manku and Motwani 2002), so that any number of documents takes bounded memory.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from ..document import Document, Token
from ..errors import ResourceError
from ..lexicon import Lexicon
from ..lexicon.nouns import nouns
from ..resources import resource
from .sentences import keep_sentence

MOST_WORDS = 4
_MOST_RUNS = 120_000  # that are kept at a time: about 100 MB
_NOUNS = frozenset({"NNG", "NNP", "SL", "XR", "XSN", "XPN", "SH", "W_SERIAL"})
_NOT_LAST = frozenset({("들", "XSN"), ("적", "XSN"), ("측", "XSN"), ("님", "XSN"), ("용", "XSN"), ("당", "XSN")})
_VERBAL, _ORDINARY, _LISTED, _PARTIAL = 0.9, 0.3, 1.6, 0.1  # chosen on the open news: models/terms/README.md


@dataclass(slots=True)
class Run:
    """A run of nouns in the documents so far: its words, how often it was counted, in how many documents, how often as a verb, its
    spellings, and up to three sentences.
    """

    words: tuple[str, ...]
    nouns: int
    partial: bool
    count: int = 0
    documents: int = 0
    verbal: int = 0
    surfaces: Counter[str] = field(default_factory=Counter)
    sentences: list[tuple[float, str]] = field(default_factory=list)
    last_document: str = ""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One run of nouns in a document."""

    start: int
    end: int
    words: tuple[str, ...]
    nouns: int
    partial: bool
    verbal: bool

    @property
    def key(self) -> str:
        return "".join(self.words).casefold()


def noun_runs(document: Document) -> Iterator[Occurrence]:
    """Every run of nouns up to four written words that holds Hangul and no name, number, time or gloss; parts of longer runs too.

    >>> from koproc.document import Token
    >>> document = Document(id="a", text="언어 모델을", tokens=(
    ...     Token(0, 2, "언어", "NNG", "언어"), Token(3, 5, "모델", "NNG", "모델"), Token(5, 6, "을", "JKO", "을")))
    >>> [run.key for run in noun_runs(document)]
    ['언어', '언어모델', '모델']
    """
    text = document.text
    taken = {position for mention in document.mentions for position in range(mention.start, mention.end)}
    taken.update(position for gloss in document.glosses for position in range(gloss.gloss_start, gloss.gloss_end))
    taken.update(position for time in document.times for position in range(time.start, time.end))
    taken.update(position for quantity in document.quantities for position in range(quantity.start, quantity.end))
    for sentence in document.sentences:
        if sentence.kind in ("byline", "dateline", "notice"):
            taken.update(range(sentence.start, sentence.end))
    words: list[list[Token]] = []
    for token in (*document.tokens, Token(len(text), len(text), "", "END", "")):
        if token.end <= token.start and token.tag != "END":
            continue
        if token.tag in _NOUNS and token.start not in taken:
            gap = text[words[-1][-1].end : token.start] if words else "\n"
            if not gap and words:
                words[-1].append(token)
                continue
            if gap != " ":
                yield from _parts(text, words, False)
                words = []
            words.append([token])
        elif words:
            yield from _parts(text, words, token.start == words[-1][-1].end and token.tag in ("XSV", "XSA"))
            words = []
    yield from _parts(text, words, False)


def _parts(text: str, words: list[list[Token]], verbal: bool) -> Iterator[Occurrence]:
    for first in range(len(words)):
        for last in range(first + 1, min(first + MOST_WORDS, len(words)) + 1):
            part = words[first:last]
            surfaces = tuple(text[word[0].start : word[-1].end] for word in part)
            if sum(map(len, surfaces)) < 2 or not any("가" <= character <= "힣" for surface in surfaces for character in surface):
                continue
            head, tail = part[0][0], part[-1][-1]
            partial = (tail.form, tail.tag) in _NOT_LAST or tail.tag in ("XR", "XPN") or head.tag == "XSN"
            yield Occurrence(head.start, tail.end, surfaces, sum(map(len, part)), partial, verbal and last == len(words))


class TermCounts:
    """Counts of noun runs over a stream of documents.

    >>> counts = TermCounts()
    >>> len(counts.runs)
    0
    """

    def __init__(self) -> None:
        self.runs: dict[str, Run] = {}
        self._floor = 0

    def add(self, document: Document) -> None:
        """Count a document."""
        starts = [sentence.start for sentence in document.sentences]
        for found in noun_runs(document):
            run = self.runs.get(found.key)
            if run is None:
                run = self.runs[found.key] = Run(found.words, found.nouns, found.partial)
            run.count += 1
            run.verbal += found.verbal
            run.surfaces[document.text[found.start : found.end]] += 1
            if run.last_document != document.id:
                run.documents, run.last_document = run.documents + 1, document.id
                keep_sentence(run.sentences, document, starts, found.start)
        while len(self.runs) > _MOST_RUNS:
            self._floor += 1
            self.runs = {key: run for key, run in self.runs.items() if run.count > self._floor}

    def scores(self, lexicon: Lexicon) -> dict[str, float]:
        """By key, how much a run is a term; 0 for what news says as often."""
        scores = {}
        for key, run, value, ratio in self.contrasts():
            if value <= 0 or ratio <= 0:
                continue
            score = value**0.8 * ratio * run.documents**0.2 * (1 - _VERBAL * run.verbal / run.count)
            entry = lexicon.get(" ".join(run.words)) or lexicon.get("".join(run.words))
            if entry is not None and entry.kind == "TERM":
                score *= _LISTED
            elif " ".join(run.words) in nouns():
                score *= _ORDINARY
            scores[key] = score * _PARTIAL if run.partial else score
        return scores

    def contrasts(self) -> Iterator[tuple[str, Run, float, float]]:
        """Each run by its key with its C-value, and the log of how much more often it occurs here than in news."""
        known, total_there = _background()
        total = sum(run.count for run in self.runs.values()) or 1
        longer = self._longer()
        for key, run in self.runs.items():
            inside, kinds = longer.get(key, (0, 0))
            own = run.count - (inside / kinds if kinds else 0)
            yield key, run, math.log2(run.nouns + 1) * own, math.log(run.count / total / ((known.get(key, 0) + 0.5) / total_there))

    def _longer(self) -> dict[str, tuple[int, int]]:
        """By key, how often longer runs that hold it occur, and how many different ones there are."""
        found: dict[str, tuple[int, int]] = {}
        for key, run in self.runs.items():
            size = len(run.words)
            for first in range(size):
                for last in range(first + 1, size + 1):
                    inner = "".join(run.words[first:last]).casefold()
                    if inner != key:
                        count, kinds = found.get(inner, (0, 0))
                        found[inner] = (count + run.count, kinds + 1)
        return found


@lru_cache(maxsize=1)
def _background() -> tuple[dict[str, int], int]:
    """How often ordinary news has each noun run, and all of them."""
    path = resource("models", "terms", "background.tsv")
    counts: dict[str, int] = {}
    try:
        with path.open(encoding="utf-8") as stream:
            total = int(next(stream).split("\t")[1])
            for line in stream:
                key, count = line.rstrip("\n").split("\t")
                counts[key] = int(count)
    except (ValueError, IndexError, StopIteration) as err:
        raise ResourceError(f"{path}: not a table of counts ({err}); make it again with scripts/build_terms") from err
    return counts, total
