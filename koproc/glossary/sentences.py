"""Which sentences show a term best: those that define it, then whole ones of a readable length; three at most, kept while documents stream."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable

from ..document import Document, Sentence

KEPT = 3
_DEFINES = re.compile(
    r"(?:[이]?란\s|[은는]\s).{4,}?(?:을|를|라고|이라고)?\s?(?:말한다|뜻한다|일컫는다|가리킨다|의미한다|부른다|뜻이다|말이다|기술이다|개념이다)"
)


def sentence_at(document: Document, starts: list[int], offset: int) -> str:
    """The sentence of `offset` on one line, empty for none; `starts` are where the sentences of the document begin."""
    sentence = _sentence_of(document, starts, offset)
    return _one_line(document, sentence) if sentence is not None else ""


def _one_line(document: Document, sentence: Sentence) -> str:
    return " ".join(document.text[sentence.start : sentence.end].split())


def _sentence_of(document: Document, starts: list[int], offset: int) -> Sentence | None:
    index = bisect_right(starts, offset) - 1
    return document.sentences[index] if index >= 0 else None


def keep_sentence(kept: list[tuple[float, str]], document: Document, starts: list[int], offset: int) -> None:
    """Put the sentence of `offset` among the best ones."""
    sentence = _sentence_of(document, starts, offset)
    if sentence is None:
        return
    words = _one_line(document, sentence)
    if any(words == known for _, known in kept):
        return
    kept.append((_worth(words, sentence.kind), words))
    kept.sort(key=lambda pair: -pair[0])
    del kept[KEPT:]


def _worth(sentence: str, kind: str) -> float:
    """Higher is better: 0.5 to 1 by length, less for headlines."""
    size = len(sentence)
    fit = 1.0 if 30 <= size <= 120 else 0.7 if 15 <= size <= 200 else 0.5
    return fit if kind == "body" else fit - 0.3


def definition(kept: Iterable[tuple[float, str]], surfaces: Collection[str]) -> str | None:
    """The first of the kept sentences that says what one of the surfaces means."""
    return next((sentence for _, sentence in kept if any(defines(sentence, surface) for surface in surfaces)), None)


def defines(sentence: str, term: str) -> bool:
    """Whether a sentence says what a term means.

    >>> defines("추론이란 학습한 모델로 답을 내는 과정을 말한다.", "추론")
    True
    """
    at = sentence.find(term)
    return at >= 0 and _DEFINES.match(sentence, at + len(term)) is not None
