"""What a noun chunk is, apart from any number: computed once a sentence, read for each number of it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from ..document import Mention, Reference, Token
from .focus import Memory, names_observer, names_speaker
from .nouns import ends_predicate, is_measure, plain_noun
from .structure import Chunk, NumberView, SentenceView, inside_quotes, noun_run_start, reference_at

# by whether a chunk stands before its number: how many chunks and how many numbers lie between, up to four and two (-1: it is the number)
STEPS = tuple([tuple([f"{side}:{steps}" for steps in range(5)]) for side in ("after", "before")])
NUMBERS = tuple([tuple([f"{side}:numbers {count}" for count in (0, 1, 2, -1)]) for side in ("after", "before")])


@dataclass(slots=True)  # not frozen: freezing triples what one costs
class ChunkFacts:
    """A noun chunk and what does not depend on the number that it may belong to.

    `numbers` is how many numbers of the sentence begin before it, `passed` how many before it ends; `compared`: 보다, 대비 follow;
    `adnominal_at`: where the first predicate after it stands, if that one is adnominal (출시한 칩); `anaphor` is the mention that
    회사는, 이 제품은 stand for; `word` is the kind of its last word (measure, observer, speaker); `noun` are its nouns as a thing,
    `last_word` the last of them; `runs` its parts that may name a measure.
    """

    chunk: Chunk
    numbers: int
    passed: int
    compared: bool
    baseline: bool
    quoted: bool
    adnominal_at: int | None
    word: str
    anaphor: str | None
    names: Sequence[Mention]
    person: bool
    noun: Reference | None
    last_word: Reference | None
    runs: Sequence[tuple[Reference, str]]


def chunk_facts(text: str, view: SentenceView, memory: Memory, numbers: Sequence[int]) -> list[ChunkFacts]:
    """The facts of every chunk of a sentence, in order; `numbers` are where its numbers begin."""
    predicates = [token for token in view.tokens if ends_predicate(token)]
    closings = [token.start for token in predicates]
    taken = taken_spans(view)
    quotes = "“" in text[view.sentence.start : view.sentence.end]
    found = []
    for chunk in view.chunks:
        start, end = chunk.start, chunk.end
        words = text[start:end]
        inside = [m for m in view.mentions if start <= m.start < end]
        comparison = _COMPARISON.match(text, end)
        closing = bisect_left(closings, end)
        adnominal = closing < len(closings) and predicates[closing].tag == "ETM"
        word, refers = _kind(words)
        meant = memory.meant_by(words) if refers else None
        noun = plain_noun(text, view, start, end)
        found.append(
            ChunkFacts(
                chunk,
                numbers=bisect_left(numbers, start),
                passed=bisect_left(numbers, end),
                compared=comparison is not None and comparison.lastgroup is not None,
                baseline=comparison is not None or chunk.particle == "보다" or words[-2:] == "대비",
                quoted=quotes and inside_quotes(text, view, start),
                adnominal_at=closings[closing] if adnominal else None,
                word=word,
                anaphor=meant if isinstance(meant, str) else None,
                names=[m for m in inside if m.end <= end and m.label != "PERSON"] if inside else (),
                person=bool(inside) and any(m.label == "PERSON" for m in inside),
                noun=noun,
                last_word=last_word(text, chunk, noun) if noun is not None else None,
                runs=measure_runs(text, taken, chunk, end),
            )
        )
    return found


_COMPARISON = re.compile(r"\s?(?:(?P<than>대비|보다|에\s비[해하])|[와과]\s(?:비교|견줘|견주))")


def marks_baseline(text: str, chunk: Chunk) -> bool:
    """Whether a chunk is what something is compared with."""
    return (
        _COMPARISON.match(text, chunk.end) is not None
        or chunk.particle == "보다"
        or text[max(chunk.start, chunk.end - 2) : chunk.end] == "대비"
    )


def taken_spans(view: SentenceView) -> list[tuple[int, int]]:
    """Names and times of a sentence, which are no measure."""
    return [(m.start, m.end) for m in view.mentions] + [(t.start, t.end) for t in view.times]


@lru_cache(maxsize=20_000)
def _kind(words: str) -> tuple[str, bool]:
    """What the last word of a chunk is, and whether the chunk may stand for a name."""
    refers = Memory("organization", "product").meant_by(words) is not None
    if names_observer(words):
        return "observer", refers
    if names_speaker(words):
        return "speaker", refers
    return "measure" if is_measure(words) else "", refers


def last_word(text: str, chunk: Chunk, noun: Reference) -> Reference | None:
    """The last word alone of several: 새벽장터 of 온라인 장보기몰 새벽장터."""
    start = noun_run_start(chunk.tokens, noun.end)
    return reference_at(text, start, noun.end) if noun.start < start < noun.end - 1 else None


def numbers_between(facts: ChunkFacts, number: NumberView) -> int:
    """How many numbers lie between a chunk and its number."""
    if facts.chunk.start < number.quantity.start:
        return max(0, number.numbers - facts.passed)
    return facts.numbers - number.passed


_NOT_LAST = frozenset({"평균", "총", "각각", "최대", "최소", "약", "모두", "현재", "당", "등", "이상", "가운데", "중", "대비"})
_MARKS = frozenset({"SSO", "SSC", "SP", "SO"})
_NAMED = re.compile(r"[^\d가-힣A-Za-z]*[가-힣A-Za-z]\D*")  # with a letter, without digits


def measure_runs(text: str, taken: Sequence[tuple[int, int]], chunk: Chunk, limit: int) -> list[tuple[Reference, str]]:
    """Parts of a chunk up to `limit` that may name a measure: its last noun run before a bracket, with more words or fewer; none
    that ends in one of the `taken` spans.
    """
    inside = chunk.tokens if limit == chunk.end else tuple([t for t in chunk.tokens if t.end <= limit])
    for token in inside:
        if token.tag in _MARKS:
            inside = _outside_brackets(inside)
            break
    last = len(inside) - 1
    while last >= 0 and inside[last].form in _NOT_LAST:
        last -= 1
    if last < 0:
        return []
    tokens, final = inside[: last + 1], inside[last]
    end = final.end
    start = noun_run_start(tokens, end)
    if start == end or _NAMED.fullmatch(text, start, end) is None:
        return []
    for first, stop in taken:
        if first < end <= stop:
            return []
    runs = [(reference_at(text, start, end), "run")]
    if final.start > start and len(final.form) > 1:
        runs.append((reference_at(text, final.start, end), "last noun"))
    if start > chunk.start and text[start - 1] == " ":
        wider = noun_run_start(tokens, start - 1)
        if wider < start - 1 and not any(first < start and wider < stop for first, stop in taken):
            runs.append((reference_at(text, wider, end), "two runs"))
    return runs


def _outside_brackets(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """The words before a bracket that closes a chunk, else those after the last one."""
    closing = next((n for n in range(len(tokens) - 1, -1, -1) if tokens[n].tag == "SSC"), -1)
    if closing == len(tokens) - 1 and closing > 0:  # 월간 이용자(MAU)
        opening = next((n for n in reversed(range(closing)) if tokens[n].tag == "SSO"), 0)
        tokens = tokens[:opening] if opening else tokens[1:closing]
    else:  # D램(DDR5) 고정거래가격
        tokens = tokens[closing + 1 :]
    return tuple([t for t in tokens if t.tag not in _MARKS])
