"""What a noun chunk is, apart from any number: computed once a sentence, read for each number of it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from ..document import Mention, Quantity, Reference
from .focus import Memory, is_compared, names_observer, names_speaker
from .measures import marks_baseline
from .nouns import ends_predicate, is_measure, plain_noun
from .structure import Chunk, SentenceView, inside_quotes, noun_run_start


@dataclass(frozen=True, slots=True)
class ChunkFacts:
    """A noun chunk and what does not depend on the number that it may belong to.

    `adnominal_at`: where the first predicate after it stands, if that one is adnominal (출시한 칩); `anaphor` is the mention that
    회사는, 이 제품은 stand for; `word` is the kind of its last word (measure, observer, speaker); `noun` are its nouns as a thing; `runs` its
    parts that may name a measure.
    """

    chunk: Chunk
    compared: bool
    baseline: bool
    quoted: bool
    adnominal_at: int | None
    word: str
    anaphor: str | None
    names: tuple[Mention, ...]
    person: bool
    noun: Reference | None
    runs: tuple[tuple[int, int, str], ...]


def chunk_facts(text: str, view: SentenceView, memory: Memory) -> list[ChunkFacts]:
    """The facts of every chunk of a sentence, in order."""
    adnominal = _adnominal(view)
    taken = taken_spans(view)
    quotes = "“" in text[view.sentence.start : view.sentence.end]
    return [_facts(text, view, chunk, memory, adnominal, taken, quotes) for chunk in view.chunks]


def taken_spans(view: SentenceView) -> list[tuple[int, int]]:
    """Names and times of a sentence, which are no measure."""
    return [(m.start, m.end) for m in view.mentions] + [(t.start, t.end) for t in view.times]


def _facts(
    text: str,
    view: SentenceView,
    chunk: Chunk,
    memory: Memory,
    adnominal: list[tuple[int, bool]],
    taken: list[tuple[int, int]],
    quotes: bool,
) -> ChunkFacts:
    words = text[chunk.start : chunk.end]
    meant = memory.meant_by(words)
    inside = [m for m in view.mentions if chunk.start <= m.start < chunk.end]
    closing = next(((at, is_end) for at, is_end in adnominal if at >= chunk.end), None)
    return ChunkFacts(
        chunk=chunk,
        compared=is_compared(text, chunk.end),
        baseline=marks_baseline(text, chunk),
        quoted=quotes and inside_quotes(text, view, chunk.start),
        adnominal_at=closing[0] if closing is not None and closing[1] else None,
        word=_word(words),
        anaphor=meant if isinstance(meant, str) else None,
        names=tuple([m for m in inside if m.end <= chunk.end and m.label != "PERSON"]) if inside else (),
        person=bool(inside) and any(m.label == "PERSON" for m in inside),
        noun=plain_noun(text, view, chunk.start, chunk.end),
        runs=tuple(measure_runs(text, taken, chunk, chunk.end)),
    )


@lru_cache(maxsize=20_000)
def _word(words: str) -> str:
    """What the last word of a chunk is."""
    if names_observer(words):
        return "observer"
    if names_speaker(words):
        return "speaker"
    return "measure" if is_measure(words) else ""


def _adnominal(view: SentenceView) -> list[tuple[int, bool]]:
    """Where predicates end, and whether each ends as an adnominal one."""
    return [(token.start, token.tag == "ETM") for token in view.tokens if ends_predicate(token)]


def numbers_between(starts: Sequence[int], chunk: Chunk, quantity: Quantity) -> int:
    """How many of the numbers that begin at `starts` lie between a chunk and its number."""
    before = chunk.start < quantity.start
    low, high = (min(chunk.end, quantity.start), quantity.start) if before else (quantity.end, chunk.start)
    return bisect_left(starts, high) - bisect_left(starts, low)


_NOT_LAST = frozenset({"평균", "총", "각각", "최대", "최소", "약", "모두", "현재", "당", "등", "이상", "가운데", "중", "대비"})
_MARKS = frozenset({"SSO", "SSC", "SP", "SO"})
_LETTER = re.compile("[가-힣A-Za-z]")
_DIGIT = re.compile(r"\d")


def measure_runs(text: str, taken: Sequence[tuple[int, int]], chunk: Chunk, limit: int) -> list[tuple[int, int, str]]:
    """Parts of a chunk up to `limit` that may name a measure: its last noun run before a bracket, with more words or fewer; none
    that ends in one of the `taken` spans.
    """
    inside = [t for t in chunk.tokens if t.end <= limit]
    closing = next((n for n in range(len(inside) - 1, -1, -1) if inside[n].tag == "SSC"), -1)
    if closing < 0:
        pass
    elif closing == len(inside) - 1 and closing > 0:  # 월간 이용자(MAU)
        opening = next((n for n in reversed(range(closing)) if inside[n].tag == "SSO"), 0)
        inside = inside[:opening] if opening else inside[1:closing]
    else:  # D램(DDR5) 고정거래가격
        inside = inside[closing + 1 :]
    tokens = [t for t in inside if t.tag not in _MARKS]
    while tokens and tokens[-1].form in _NOT_LAST:
        tokens.pop()
    if not tokens:
        return []
    last = tokens[-1]
    end = last.end
    start = noun_run_start(tokens, end)
    if start == end or any(a < end <= b for a, b in taken) or not _LETTER.search(text, start, end) or _DIGIT.search(text, start, end):
        return []
    runs = [(start, end, "run")]
    if last.start > start and len(last.form) > 1:
        runs.append((last.start, end, "last noun"))
    wider = noun_run_start(tokens, start - 1) if start > chunk.start and text[start - 1] == " " else start
    if wider < start - 1 and not any(a < start and wider < b for a, b in taken):
        runs.append((wider, end, "two runs"))
    return runs
