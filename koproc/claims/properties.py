"""Every noun that a number might measure, with the evidence for each; the facts are for `ranking`, `rules` marks the answer of `measures.py`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from ..document import Quantity, Reference
from ..ranking import Candidate, Group, pairs
from .chunk_facts import NUMBERS, STEPS, ChunkFacts, measure_runs, numbers_between, taken_spans
from .nouns import is_measure
from .structure import NumberView, SentenceView, reference_at
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
    chunks: Sequence[ChunkFacts],
    number: NumberView,
    before: Sequence[Measured],
    sentence: int,
    rules: Reference | None,
) -> list[Candidate[Reference | None]]:
    """Candidates; `before` are the properties of the claims so far, the last one last; `sentence` counts sentences."""
    quantity = number.quantity
    unit = quantity.unit if quantity.dimension != "money" else "money"
    verb = _verb_after(view, number)
    by_rules = rules.text if rules is not None else ""
    told = {former.reference.text: former.unit == quantity.unit for former in before[-6:] if former.reference is not None}
    places = [*_nouns(text, view, chunks, number), *_verbal(text, view, number), *_carried(text, view, quantity, before, sentence)]
    if rules is not None and not any(reference.text == by_rules for reference, _ in places):
        places.append((rules, (pairs, "rules alone")))
    candidates: list[Candidate[Reference | None]] = []
    for reference, place in places:
        words = reference.text
        former = told.get(words)
        again = "" if former is None else "told with same unit" if former else "told with other unit"
        word = (_spell_word, words, unit, quantity.dimension, verb, words == by_rules, again)
        candidates.append(Candidate(reference, (place, word)))
    nothing = (pairs, "none", f"none&{unit}", f"none&{verb}", "rules none" if rules is None else "rules some", view.sentence.kind)
    candidates.append(Candidate(None, (nothing,)))
    return candidates


def _spell_word(words: str, unit: str, dimension: str, verb: str, by_rules: bool, again: str) -> list[str]:
    tail = words[-2:]
    features = [f"{unit}&{tail}", f"ends {tail}", f"ends {words[-1]}&{unit}", f"{dimension}&{tail}", f"{verb}&{tail}"]
    kind = _kind(words)
    features += [kind, f"{kind}&{dimension}", f"{kind}&{unit}"]
    if again:
        features += [again, f"{again}&{kind}"]
    if by_rules:
        features += ["rules", f"rules&{kind}", f"rules&{dimension}"]
    return features


@lru_cache(maxsize=20_000)
def _kind(words: str) -> str:
    return "known" if words in properties() else "measure" if is_measure(words) else "other noun"


def _verb_after(view: SentenceView, number: NumberView) -> str:
    """The first verb or verbal noun close after the number."""
    table = changes()
    for token in view.tokens[number.following :]:
        if token.start - number.quantity.full_end >= 12:
            break
        if token.tag[:2] in ("VV", "VA", "VC") or token.form in table:
            return f"verb {token.form}"
    return "no verb near"


def _nouns(text: str, view: SentenceView, chunks: Sequence[ChunkFacts], number: NumberView) -> Iterator[tuple[Reference, Group]]:
    quantity, clause, ahead = number.quantity, number.clause, number.chunks
    for index in range(max(0, ahead - 1 - _BEFORE), min(len(chunks), ahead + _AFTER + 1)):
        facts = chunks[index]
        chunk = facts.chunk
        before = index < ahead
        steps = ahead - 1 - index if before else index - ahead
        if before and quantity.start < chunk.end:
            runs: Sequence[tuple[Reference, str]] = measure_runs(text, taken_spans(view), chunk, quantity.full_start)
        else:
            runs = facts.runs
        if not runs:
            continue
        place = (
            "before" if before else "after",
            STEPS[before][min(steps, 4)],
            NUMBERS[before][min(numbers_between(facts, number), 2)],
            "own clause" if clause.start <= chunk.start < clause.end else "other clause",
            "relative" if before and facts.adnominal_at is not None and facts.adnominal_at < quantity.start else "",
            "compared" if facts.baseline else "",
            "of number" if not before and chunk.start == quantity.full_end + 2 and text.startswith("의 ", quantity.full_end) else "",
            "touches after" if not before and chunk.start - quantity.full_end <= 1 else "",
            quantity.dimension,
        )
        for reference, inner in runs:
            role = chunk.role if reference.end == chunk.end else "inside"
            touches = "touches" if 0 <= quantity.full_start - reference.end <= 1 else ""
            yield reference, (_spell_noun, role, inner, touches, *place)


def _spell_noun(*facts: str) -> list[str]:
    return pairs("noun", *facts)


def _verbal(text: str, view: SentenceView, number: NumberView) -> Iterator[tuple[Reference, Group]]:
    """투자 of 2조 원을 투자한다: verbal nouns after the number."""
    seen = 0
    for token, following in pairwise(view.tokens[number.following :]):
        if following.tag not in _VERBAL or token.tag != "NNG" or len(token.form) < 2:
            continue
        near = "near" if token.start - number.quantity.full_end <= 4 else "not near"
        change = "verb of change" if token.form in changes() else ""
        yield (
            reference_at(text, token.start, token.end),
            (pairs, "verbal noun", f"verbal:{min(seen, 2)}", f"verbal {near}", number.quantity.dimension, change),
        )
        seen += 1


def _carried(
    text: str, view: SentenceView, quantity: Quantity, before: Sequence[Measured], sentence: int
) -> Iterator[tuple[Reference, Group]]:
    """Properties of the claims before: of this sentence, of the one before; lists go on with the same unit."""
    opens = "opens" if opens_paragraph(text, view) else "goes on"
    parts = "by parts" if breaks_down(text, view) else "no parts"
    told: set[str] = set()
    for back, former in enumerate(reversed(before[-6:])):
        if former.reference is None or former.reference.text in told:
            continue
        told.add(former.reference.text)
        distance = sentence - former.sentence
        where = "carried here" if distance == 0 else "carried from last" if distance == 1 else "carried from far"
        same = "same unit" if former.unit == quantity.unit else "other unit"
        yield former.reference, (_spell_carried, where, f"back {min(back, 3)}", same, parts, opens)


def _spell_carried(where: str, *facts: str) -> list[str]:
    features = pairs(where, *facts)
    return features + [f"{where}&{feature}" for feature in pairs(*facts) if "&" in feature]
