"""What is known about the characters of a document before quantities are looked for: tokens, names, times, and what a sentence is about."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field

from ..document import Document, Token

# words of a sentence that speaks of numbers as such, so that a bare numeral in it is one
_OF_NUMBERS = re.compile(
    r"숫자|정수|소수(?![가-힣]*주주|점)|분수|홀수|짝수|배수|음수|양수|정답|대답은|답[은이]|값[은이을]|합[은이]|곱[은이]|계산|더하|곱하|나누[면어]|빼[면서세라]|점수|범위|개수|인구수|두\s?개의\s수"
    r"|(?:^|[\s은는이가])수(?:[는이의다]|입니다)|[xyXY][는은이가]"
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """The text of a document with what earlier stages found.

    `tokens` are by where they begin (the first that does), `before` by where they end (the last that does). `blocked` marks the
    characters of names and of dates and clock times. `lengths` are the places where a length of time begins (10일 in 10일간).
    The text without white space, signs and full stops at its ends is `text[first:last]`.
    """

    text: str
    tokens: dict[int, Token]
    before: dict[int, Token]
    blocked: bytearray
    lengths: frozenset[int]
    sentences: tuple[tuple[int, int], ...]
    first: int
    last: int
    _about: dict[int, bool] = field(default_factory=dict)

    def about_numbers(self, at: int) -> bool:
        """Whether the sentence at `at` speaks of numbers as such (정답은 삼이다, 홀수인가)."""
        index = bisect_right(self.sentences, (at, len(self.text) + 1)) - 1
        if index not in self._about:
            start, end = self.sentences[index] if index >= 0 else (0, 0)
            self._about[index] = _OF_NUMBERS.search(self.text, start, end) is not None
        return self._about[index]

    def is_free(self, start: int, end: int) -> bool:
        """Whether no name and no date or clock time stands there."""
        return not any(self.blocked[start:end])

    def is_whole(self, start: int, end: int) -> bool:
        """Whether the span is the whole text but for a sign and a full stop: somebody asks what it is."""
        if end < self.last:
            return False
        return start <= self.first or self.text[self.first : start].strip() in ("마이너스", "음수")


def gather(document: Document) -> Evidence:
    """The evidence that a document with tokens, mentions and times holds."""
    blocked = bytearray(len(document.text))
    taken = [(time.start, time.end) for time in document.times if time.type != "DURATION"]
    taken += [(mention.start, mention.end) for mention in document.mentions if mention.label != "LOC"]  # 3억 캐나다 달러
    for start, end in taken:
        blocked[start:end] = b"\1" * (end - start)
    return Evidence(
        text=document.text,
        tokens={token.start: token for token in reversed(document.tokens)},
        before={token.end: token for token in document.tokens},
        blocked=blocked,
        lengths=frozenset(time.start for time in document.times if time.type == "DURATION"),
        first=len(document.text) - len(document.text.lstrip(" \n-−+")),
        last=len(document.text.rstrip(" \n.")),
        sentences=tuple((sentence.start, sentence.end) for sentence in document.sentences) or ((0, len(document.text)),),
    )
