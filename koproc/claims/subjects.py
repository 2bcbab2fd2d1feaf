"""Everything that a number might be about, with the evidence for each: the nouns of its sentence, what was spoken of before, nothing.

The features are words for a linear model (`ranking.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..document import Mention, Quantity, Reference
from .discourse import Discourse, reports_figures
from .focus import Memory, is_compared, names_observer, names_speaker
from .nouns import in_relative_clause, is_measure, plain_noun
from .ranking import Candidate
from .structure import Clause, SentenceView, inside_quotes, noun_run_start, reference_at

_FAR = 4  # chunks from the number, beyond which only topics and subjects can be what it is about
_SHORT_GAP = re.compile(r"[\s(,‘’“”]{0,2}")


@dataclass(frozen=True, slots=True)
class Situation:
    """A claim whose subject is looked for: its number and what is known of it so far."""

    view: SentenceView
    clause: Clause
    quantity: Quantity
    quantities: Sequence[Quantity]
    found: Reference | None
    speaker: str | Reference | None
    memory: Memory
    discourse: Discourse


def subject_candidates(text: str, at: Situation, document_mention: dict[str, Mention]) -> list[Candidate[str | Reference | None]]:
    """Candidates, each thing once, with the features from all places where it stands."""
    merged: dict[str, tuple[str | Reference | None, list[str]]] = {}
    frame = _frame(text, at)
    inside = list(_inside(text, at))
    has_subject = any(key and "before" in features and ("topic" in features or "subject" in features) for key, _, features in inside)
    for key, answer, features in inside:
        merged.setdefault(key, (answer, []))[1].extend(features)
    for key, answer, features in _before(at, document_mention):
        merged.setdefault(key, (answer, []))[1].extend(features if not has_subject else [f"{f}&other" for f in features])
    merged.setdefault("", (None, []))
    candidates = []
    for key, (answer, features) in merged.items():
        label = document_mention[answer].label if isinstance(answer, str) else "noun" if answer else "nothing"
        own = [label, *dict.fromkeys(features)]
        if not key:
            own += ["alone" if not has_subject else "not alone"]
        own += [f"{label}&{fact}" for fact in frame]
        candidates.append(Candidate(answer, tuple(own)))
    return candidates


def _frame(text: str, at: Situation) -> list[str]:
    """What the claim itself says, to be seen together with the kind of the candidate."""
    found = at.found
    word = "" if found is None else next((found.text[-n:] for n in (4, 3, 2) if len(found.text) >= n), found.text)
    return [
        f"unit:{at.quantity.unit if at.quantity.dimension != 'money' else 'money'}",
        f"property:{found.text[-2:]}" if found else "no property",
        f"property:{word}" if found else "no property at all",
        at.view.sentence.kind,
        "quoted" if inside_quotes(text, at.view, at.quantity.start) else "unquoted",
    ]


def _inside(text: str, at: Situation) -> Iterator[tuple[str, str | Reference | None, list[str]]]:
    """Nouns and names of the sentence."""
    view, quantity = at.view, at.quantity
    former = at.discourse.properties[-1] if at.discourse.properties else None
    same = "same unit as before" if former is not None and former.unit == quantity.unit else "other unit"
    property_chunk = next((c for c in view.chunks if at.found and c.start <= at.found.start < c.end), None)
    before = [c for c in view.chunks if c.start < quantity.start]
    for index, chunk in enumerate(view.chunks):
        place = ["before" if chunk.start < quantity.start else "after"]
        if chunk.start <= quantity.start < chunk.end:
            place.append("same chunk")
        distance = len(before) - 1 - index if chunk.start < quantity.start else index - len(before) + 1
        role = chunk.role
        if distance > _FAR and role not in ("topic", "subject"):
            continue
        numbers = sum(
            min(chunk.end, quantity.start) <= q.start < max(chunk.start, quantity.start) for q in at.quantities if q is not quantity
        )
        place.append(f"{place[0]}:{min(distance, 4)}")
        place.append(f"{place[0]}:numbers {min(numbers, 2)}")
        place.append(
            "own clause"
            if at.clause.start <= chunk.start < at.clause.end
            else "earlier clause"
            if chunk.start < at.clause.start
            else "later clause"
        )
        if in_relative_clause(view, chunk, quantity.start if chunk.start < quantity.start else view.sentence.end):
            place.append("relative")
        if is_compared(text, chunk.end):
            place.append("compared")
        if inside_quotes(text, view, chunk.start) != inside_quotes(text, view, quantity.start):
            place.append("other side of quotes")
        if at.found is not None and chunk.end <= at.found.start:
            place.append("before property")
            if chunk.particle_tag == "JKG" and at.found.start - chunk.end <= 3:
                place.append("owner of property")
        if at.found is not None and at.found.end <= chunk.start and chunk.end <= quantity.start:
            place.append("between property and number")
        if numbers == 0 and chunk.end <= quantity.start and any(q.start < chunk.start for q in at.quantities):
            place.append("since last number")
        words = text[chunk.start : chunk.end]
        anaphor = at.memory.meant_by(words)
        if anaphor is not None and not isinstance(anaphor, Reference):
            yield _key_of(at, anaphor), anaphor, ["anaphor", *_placed(place, role)]
            continue
        if names_observer(words):
            place.append("observer")
        if names_speaker(words):
            place.append("speaker's title")
        end = chunk.end
        if chunk is property_chunk and at.found is not None:
            place.append("chunk of property")
            end = at.found.start
        elif is_measure(words):
            place.append("measure")
        if chunk.start < quantity.start < chunk.end:
            end = min(end, quantity.full_start)
        mentions = [m for m in view.mentions if chunk.start <= m.start and m.end <= max(end, chunk.start) and m.label != "PERSON"]
        for mention in mentions:
            if is_compared(text, mention.end):
                continue
            features = _placed(place, role if mention.end == chunk.end else f"inside {role}")
            if mention.id == at.speaker:
                features.append("says it")
            if mention.id in view.glossing:
                features.append("gloss")
            if reports_figures(text, mention.end, view.sentence.end):
                features.append("reports")
            if mention.label == "ORG":
                features += [f"named {mention.text[-2:]}", f"named {mention.text[-2:]}&{role}"]
            if mention is not mentions[-1]:
                features.append("not last in chunk")
            features += [f"{mention.label}:{role}", f"{mention.label}&{same}"]
            if _SHORT_GAP.fullmatch(text, mention.end, quantity.full_start):
                features += ["touches number", f"touches number&{mention.label}", f"touches number&{same}"]
            yield mention.entity, mention.id, features
        if any(m.label == "PERSON" for m in view.mentions if chunk.start <= m.start < chunk.end):
            continue
        noun = plain_noun(text, view, chunk.start, end) if end > chunk.start else None
        if noun is None or (mentions and noun.text == mentions[-1].text) or is_compared(text, noun.end):
            continue
        features = _placed(place, role)
        features += [f"noun:{role}", "with a name inside" if mentions else "plain"]
        if isinstance(at.speaker, Reference) and at.speaker.start < noun.end and noun.start < at.speaker.end:
            features.append("says it")
        if _SHORT_GAP.fullmatch(text, noun.end, quantity.full_start):
            features += [
                "touches number",
                f"touches number&{same}",
                "touches number&" + ("after property" if "between property and number" in place else "no property before"),
            ]
        if noun.text in at.discourse.things:
            features.append("known noun")
        yield noun.text, noun, features
        start = noun_run_start(chunk.tokens, noun.end)
        if noun.start < start < noun.end - 1:  # the last word alone: 새벽장터 of 온라인 장보기몰 새벽장터
            last = reference_at(text, start, noun.end)
            yield (
                last.text,
                last,
                [*features, "last word", f"last word:{role}", *(["known last word"] if last.text in at.discourse.things else [])],
            )


def _placed(place: list[str], role: str) -> list[str]:
    side, near = place[0], next(fact for fact in place[1:] if fact.startswith(("before:", "after:")))
    return [role, *place, f"{role}&{side}", f"{role}&{near}", *(f"{role}&{fact}" for fact in place[2:])]


def _key_of(at: Situation, id: str) -> str:
    """The entity of a mention that was spoken of."""
    return next((thing.key for thing in at.discourse.things.values() if thing.answer == id), id)


def _before(at: Situation, document_mention: dict[str, Mention]) -> Iterator[tuple[str, str | Reference, list[str]]]:
    """What earlier sentences spoke of."""
    discourse, memory = at.discourse, at.memory
    focus = memory.focus.text if isinstance(memory.focus, Reference) else memory.focus
    last = discourse.last_subject
    former = discourse.properties[-1] if discourse.properties else None
    most = max((thing.count for thing in discourse.things.values()), default=0)
    for thing in discourse.recent():
        back = discourse.sentence - thing.sentence
        near = "now" if back == 0 else "last sentence" if back == 1 else "two back" if back == 2 else "far back"
        features = [near, f"was {thing.role}", f"{near}&was {thing.role}", f"{near}&{thing.label}"]
        if former is not None:
            features.append(
                f"{'last subject' if thing.key == last else 'not last'}&{'same unit' if former.unit == at.quantity.unit else 'other unit'}&{near}"
            )
        features.append("same paragraph" if thing.paragraph == discourse.paragraph else "earlier paragraph")
        features.append(f"{features[-1]}&{thing.label}")
        if thing.reports:
            features += ["reported", f"reported&{near}"]
        if thing.opened == discourse.paragraph:
            features += ["opened paragraph", f"opened paragraph&{thing.label}"]
        if thing.label == "ORG" and isinstance(thing.answer, str):
            features.append(f"was named {document_mention[thing.answer].text[-2:]}")
        if thing.in_headline:
            features += ["in headline", f"in headline&{thing.label}"]
        if thing.count == most:
            features += ["most named", f"most named&{thing.label}"]
        if thing.topics > 1:
            features.append("often topic")
        if (thing.answer if isinstance(thing.answer, str) else thing.key) == focus:
            features += ["in focus", f"in focus&{thing.label}", f"in focus&{near}"]
        if thing.answer == memory.organization:
            features.append("the organization")
        if thing.answer == memory.product:
            features += ["the product", f"the product&{near}"]
        if thing.key == last:
            features += [
                "last subject",
                f"last subject&{near}",
                f"last subject&{'here' if thing.paragraph == discourse.paragraph else 'earlier'}",
            ]
        yield thing.key, thing.answer, features
