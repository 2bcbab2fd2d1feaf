"""Every noun that a number might measure, with the evidence for each; the features are for `ranking.py`, `rules` marks the answer of `measures.py`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..document import Quantity, Reference
from .measures import marks_baseline
from .nouns import in_relative_clause, is_measure
from .ranking import Candidate
from .structure import Chunk, Clause, SentenceView, noun_run_start, reference_at
from .vocabulary import changes, properties
from .when import breaks_down, opens_paragraph


@dataclass(frozen=True, slots=True)
class Measured:
    """The property of an earlier claim, its sentence and unit."""

    reference: Reference | None
    sentence: int
    unit: str


_BEFORE, _AFTER = 6, 2  # chunks that a property may lie from its number
_VERBAL = frozenset({"XSV", "XSA"})


def property_candidates(
    text: str,
    view: SentenceView,
    clause: Clause,
    quantity: Quantity,
    quantities: Sequence[Quantity],
    before: Sequence[Measured],
    sentence: int,
    rules: Reference | None,
) -> list[Candidate[Reference | None]]:
    """Candidates by their words; `before` are the properties of the claims so far, the last one last; `sentence`
    counts sentences."""
    merged: dict[str, tuple[Reference | None, list[str]]] = {}
    for reference, features in (
        *_nouns(text, view, clause, quantity, quantities),
        *_verbal(text, view, quantity),
        *_carried(text, view, quantity, before, sentence),
    ):
        merged.setdefault(reference.text, (reference, []))[1].extend(features)
    key = rules.text if rules else ""
    merged.setdefault(key, (rules, []))
    merged.setdefault("", (None, []))
    unit = quantity.unit if quantity.dimension != "money" else "money"
    after = _after(view, quantity)
    candidates = []
    for words, (answer, features) in merged.items():
        own = list(dict.fromkeys(features))
        if words == key:
            own += ["rules", "rules&none" if not words else "rules&some"]
        if not words:
            own += ["none", f"none&{unit}", f"none&{quantity.dimension}", f"none&{after}", f"none&{view.sentence.kind}"]
        else:
            tail = words[-2:]
            own += [f"{unit}&{tail}", f"ends {tail}", f"ends {words[-1]}&{unit}", f"{quantity.dimension}&{tail}"]
            if words in properties():
                own += ["known", f"known&{unit}"]
            if is_measure(words):
                own += ["measure", f"measure&{quantity.dimension}"]
        candidates.append(Candidate(answer, tuple(own)))
    return candidates


def _after(view: SentenceView, quantity: Quantity) -> str:
    """The first verb or verbal noun after the number."""
    token = next(
        (t for t in view.tokens if t.start >= quantity.full_end and (t.tag[:2] in ("VV", "VA", "VC") or t.form in changes())),
        None,
    )
    return f"verb {token.form}" if token is not None and token.start - quantity.full_end < 12 else "no verb near"


def _nouns(
    text: str, view: SentenceView, clause: Clause, quantity: Quantity, quantities: Sequence[Quantity]
) -> Iterator[tuple[Reference, list[str]]]:
    chunks = view.chunks
    before = [c for c in chunks if c.start < quantity.start]
    for index, chunk in enumerate(chunks):
        ahead = chunk.start < quantity.start
        side = "before" if ahead else "after"
        steps = len(before) - 1 - index if ahead else index - len(before)
        if steps > (_BEFORE if ahead else _AFTER):
            continue
        low, high = sorted((chunk.end, quantity.start))
        numbers = sum(low <= q.start < high for q in quantities if q is not quantity)
        place = [side, f"{side}:{min(steps, 4)}", f"{side}:numbers {min(numbers, 2)}"]
        place.append("own clause" if clause.start <= chunk.start < clause.end else "other clause")
        if ahead and in_relative_clause(view, chunk, quantity.start):
            place.append("relative")
        if marks_baseline(text, chunk):
            place.append("compared")
        if not ahead and text[quantity.full_end : quantity.full_end + 2] == "의 " and chunk.start == quantity.full_end + 2:
            place.append("of number")
        if not ahead and chunk.start - quantity.full_end <= 1:
            place.append("touches after")
        for start, end, inner in _runs(text, view, chunk, quantity):
            role = chunk.role if end == chunk.end else "inside"
            features = [*place, inner, role, f"{role}&{place[1]}", f"{role}&{side}&{place[-1]}", f"{role}&{place[3]}", f"{inner}&{role}"]
            if 0 <= quantity.full_start - end <= 1:
                features += ["touches", f"touches&{quantity.dimension}"]
            yield reference_at(text, start, end), features


def _runs(text: str, view: SentenceView, chunk: Chunk, quantity: Quantity) -> Iterator[tuple[int, int, str]]:
    """Parts of a chunk that may name a measure: its last noun run before a bracket or the number, with more words or fewer."""
    limit = quantity.full_start if chunk.start < quantity.start < chunk.end else chunk.end
    inside = [t for t in chunk.tokens if t.end <= limit]
    closing = next((n for n in reversed(range(len(inside))) if inside[n].tag == "SSC"), -1)
    if closing == len(inside) - 1 and closing > 0:  # 월간 이용자(MAU)
        opening = next((n for n in reversed(range(closing)) if inside[n].tag == "SSO"), 0)
        inside = inside[:opening] if opening else inside[1:closing]
    else:  # D램(DDR5) 고정거래가격
        inside = inside[closing + 1 :]
    tokens = [t for t in inside if t.tag not in ("SSO", "SSC", "SP", "SO")]
    while tokens and tokens[-1].form in _NOT_LAST:
        tokens.pop()
    if not tokens:
        return
    end = tokens[-1].end
    taken = [(m.start, m.end) for m in view.mentions] + [(t.start, t.end) for t in view.times] + [(quantity.full_start, quantity.full_end)]
    if any(a < end <= b for a, b in taken):
        return
    start = noun_run_start(tokens, end)
    if start == end or not re.search(r"[가-힣A-Za-z]", text[start:end]) or any(character.isdigit() for character in text[start:end]):
        return
    yield start, end, "run"
    if tokens[-1].start > start and len(tokens[-1].form) > 1:
        yield tokens[-1].start, end, "last noun"
    wider = noun_run_start(tokens, start - 1) if start > chunk.start and text[start - 1] == " " else start
    if wider < start - 1 and not any(a < start and wider < b for a, b in taken):
        yield wider, end, "two runs"


_NOT_LAST = frozenset({"평균", "총", "각각", "최대", "최소", "약", "모두", "현재", "당", "등", "이상", "가운데", "중"})


def _verbal(text: str, view: SentenceView, quantity: Quantity) -> Iterator[tuple[Reference, list[str]]]:
    """투자 of 2조 원을 투자한다: verbal nouns after the number."""
    seen = 0
    for token, following in zip(view.tokens, view.tokens[1:], strict=False):
        if token.start < quantity.full_end or token.tag != "NNG" or following.tag not in _VERBAL or len(token.form) < 2:
            continue
        near = "near" if token.start - quantity.full_end <= 4 else "not near"
        features = [
            "verbal noun",
            f"verbal noun:{min(seen, 2)}",
            f"verbal noun:{near}",
            f"verbal noun&{quantity.dimension}",
            f"verb {token.form}",
        ]
        if token.form in changes():
            features.append("verb of change")
        yield reference_at(text, token.start, token.end), features
        seen += 1


def _carried(
    text: str, view: SentenceView, quantity: Quantity, before: Sequence[Measured], sentence: int
) -> Iterator[tuple[Reference, list[str]]]:
    """Properties of the claims before: of this sentence, of the one before; lists go on with the same unit."""
    opens = "opens" if opens_paragraph(text, view) else "goes on"
    parts = "by parts" if breaks_down(text, view) else "no parts"
    for back, former in enumerate(reversed(before[-6:])):
        if former.reference is None:
            continue
        distance = sentence - former.sentence
        where = "carried here" if distance == 0 else "carried from last" if distance == 1 else "carried from far"
        same = "same unit" if former.unit == quantity.unit else "other unit"
        features = [where, f"{where}:{min(back, 3)}", f"{where}&{same}", f"{where}&{same}&{parts}", f"{where}&{same}&{opens}"]
        yield former.reference, [*features, f"{where}&{same}:{min(back, 2)}", f"carried&{parts}"]
