"""Nouns that may be what a number is about: what is a thing, what a measure, and what lies in a relative clause."""

from __future__ import annotations

import re
from functools import lru_cache

from ..document import Reference, Token
from .structure import Chunk, SentenceView
from .vocabulary import ends_in_property

_MEASURE = re.compile(
    r"(?:률|율|량|액|비중|비율|성능|규모|속도|용량|가격|수|비용|실적|지표|점수|폭|치|도|값|력|비|수지|주기|목표|시간|매출|이익|기간|건수|횟수|평균|료)$"
)
_DIGIT = re.compile(r"\d")
_GLOSS = re.compile(r"\([^()]*\)$")
_OPENERS = re.compile(r"(?:반면|가운데|한편|특히|다만|이어|실제로|현재|또한|이 중|이중)\s")  # 반면 도형전자는
_NO_SUBJECT = frozenset(
    {
        "반면",
        "평균",
        "대비",
        "가운데",
        "이상",
        "이하",
        "정도",
        "때문",
        "결과",
        "경우",
        "당시",
        "지금",
        "이후",
        "이번",
        "전체",
        "나머지",
        "모두",
        "수준",
        "기준",
    }
)


def plain_noun(text: str, view: SentenceView, start: int, end: int) -> Reference | None:
    """The nouns of a span as a subject: without times before them, glosses after them, and not if a number is among them."""
    for time in view.times:
        if start <= time.start and time.end <= end:
            start = time.end
    opening = text.find("(", start, end)
    if opening > start:
        end = opening
    while start < end and not text[start].isalnum():
        start += 1
    while (opening_word := _OPENERS.match(text, start, end)) is not None:
        start = opening_word.end()
    while end > start and not text[end - 1].isalnum():
        end -= 1
    if end - start < 2 or _DIGIT.search(text, start, end) is not None or (surface := text[start:end]) in _NO_SUBJECT:
        return None
    return Reference(start, end, surface)


@lru_cache(maxsize=20_000)
def _names_measure(word: str) -> bool:
    word = _GLOSS.sub("", word)
    return ends_in_property(word) or (len(word) > 1 and _MEASURE.search(word) is not None)


def is_measure(words: str) -> bool:
    """Whether a noun chunk names something that is measured (매출, 국내 점유율), by its last word."""
    last = words.split()[-1] if words else ""
    return _names_measure(last)


def ends_predicate(token: Token) -> bool:
    """Whether a predicate ends here; 대응하기 위해 출시한 is still one clause."""
    return token.tag == "ETM" or (token.tag in ("EC", "EF", "SF") and token.form not in ("어", "아", "게"))


def in_relative_clause(view: SentenceView, chunk: Chunk, limit: int) -> bool:
    """화웨이가 in 화웨이가 … 출시한 칩: the first predicate after the subject ends as an adnominal one before `limit`."""
    for token in view.tokens[view.first_token(chunk.end) :]:
        if token.start >= limit:
            return False
        if ends_predicate(token):
            return token.tag == "ETM"
    return False
