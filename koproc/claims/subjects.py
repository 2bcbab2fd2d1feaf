"""Everything that a number might be about, with the evidence for each: the nouns of its sentence, what was spoken of before, nothing.

The facts are words for a linear model (`ranking`). A thing that stands in several places is a candidate in each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ..document import Mention, Quantity, Reference
from ..ranking import Candidate, Group, pairs
from .chunk_facts import NUMBERS, STEPS, ChunkFacts, last_word, numbers_between
from .discourse import Discourse, Spoken
from .focus import Memory, is_compared
from .nouns import plain_noun
from .structure import NumberView, SentenceView

_FAR = 4  # chunks from the number, beyond which only topics and subjects can be what it is about
_LEADING = frozenset({"topic", "subject"})
_SHORT_GAP = re.compile(r"[\s(,‘’“”]{0,2}")

Subject = str | Reference | None


@dataclass(frozen=True, slots=True)
class Surroundings:
    """A sentence whose numbers look for their subjects, and what was spoken of before it. `reporters` are the names in it that
    report figures, `most` is how often the thing named most was, `recent` what may be meant still; `standings` keeps what a thing is here."""

    view: SentenceView
    chunks: Sequence[ChunkFacts]
    titles: Sequence[Reference]
    reporters: frozenset[str]
    speaker: str | Reference | None
    memory: Memory
    discourse: Discourse
    mentions: Mapping[str, Mention]
    most: int
    recent: Sequence[Spoken]
    standings: dict[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(slots=True)  # not frozen: freezing triples what one costs
class Place:
    """A noun or name of the sentence as a candidate: its label, how it was cut out of its chunk, where it ends."""

    key: str
    answer: str | Reference
    label: str
    cut: str
    end: int
    marks: tuple[str, ...] = ()


def subject_candidates(text: str, at: Surroundings, number: NumberView, found: Reference | None) -> list[Candidate[Subject]]:
    """Candidates for the subject of a number whose property is `found`."""
    former = at.discourse.properties[-1] if at.discourse.properties else None
    same = "" if former is None else "same unit" if former.unit == number.quantity.unit else "other unit"
    frame = _frame(at, number, found)
    inside = list(_inside(text, at, number, found))
    subject = "no subject here"
    for place, where in reversed(inside):
        if own := _own_subject(place, where):
            subject = own
            break
    candidates: list[Candidate[Subject]] = []
    for place, where in inside:
        spoken = _spoken(at, place.key, place.answer, place.label, f"here:{where[3]}", same, frame)
        candidates.append(Candidate(place.answer, ((pairs, place.label, place.cut, same, *where, *place.marks), *spoken)))
    for thing in at.recent:
        candidates.append(Candidate(thing.answer, _spoken(at, thing.key, thing.answer, thing.label, subject, same, frame)))
    candidates.append(Candidate(None, ((_spell_frame, "nothing", subject, frame), (pairs, "nothing", subject, same))))
    return candidates


def _own_subject(place: Place, where: tuple[str, ...]) -> str:
    """Whether a place is the topic or subject of what is said of the number, and not the property itself."""
    side, _, _, role, clause, relation, relative, compared, other_side, *_ = where
    if (
        side != "before"
        or role not in ("topic", "subject")
        or relation == "chunk of property"
        or place.cut in ("last word", "with property")
    ):
        return ""
    if relative or compared or other_side or _ASIDE.intersection((*where, *place.marks)):
        return ""
    return f"{'name' if place.label != 'noun' else 'noun'} as {role} in {clause}"


_ASIDE = frozenset({"observer", "speaker", "measure", "says it", "reports", "not last in chunk"})


def _spoken(
    at: Surroundings, key: str, answer: str | Reference, label: str, place: str, same: str, frame: tuple[str, ...]
) -> tuple[Group, ...]:
    """What speaks for a thing apart from where it stands in the sentence."""
    last = "last subject" if key == at.discourse.last_subject else ""
    standing = (_spell_standing, label, place, at.standings.get(key) or _standing(at, key), same, last)
    if label == "ORG" and isinstance(answer, str):
        return (standing, (_spell_frame, label, place, frame), (_spell_name, at.mentions[answer].text[-2:], place))
    return (standing, (_spell_frame, label, place, frame))


def _spell_standing(label: str, place: str, standing: tuple[str, ...], *facts: str) -> list[str]:
    return [f"s:{feature}" for feature in pairs(label, place, *standing, *facts)]


def _spell_frame(label: str, place: str, frame: tuple[str, ...]) -> list[str]:
    return [f"f:{one}&{fact}" for one in (label, f"{label} {place}") for fact in frame if fact]


def _spell_name(tail: str, place: str) -> list[str]:
    return [f"named {tail}", f"named {tail}&{place}"]


def _frame(at: Surroundings, number: NumberView, found: Reference | None) -> tuple[str, ...]:
    """What the claim itself says, to be seen together with the kind of the candidate."""
    quantity = number.quantity
    role = tail = word = ""
    if found is not None:
        tail, word = found.text[-2:], next((found.text[-n:] for n in (4, 3, 2) if len(found.text) >= n), found.text)
        role = next(
            (f"property as {f.chunk.role}" for f in at.chunks if f.chunk.start <= found.start < f.chunk.end), "property from before"
        )
    return (
        role,
        f"unit:{quantity.unit if quantity.dimension != 'money' else 'money'}",
        f"property:{tail}" if tail else "no property",
        f"property:{word}" if word else "",
        at.view.sentence.kind,
        "quoted" if number.quoted else "unquoted",
    )


def _inside(text: str, at: Surroundings, number: NumberView, found: Reference | None) -> Iterator[tuple[Place, tuple[str, ...]]]:
    """Nouns and names of the sentence, each with where it stands."""
    quantity, clause, ahead, quoted = number.quantity, number.clause, number.chunks, number.quoted
    leading = [n for n, facts in enumerate(at.chunks[:ahead]) if facts.chunk.role in _LEADING and facts.quoted == quoted]
    nearest, first = (leading[-1], leading[0]) if leading else (-1, -1)
    for index, facts in enumerate(at.chunks):
        chunk = facts.chunk
        before = index < ahead
        distance = ahead - 1 - index if before else index - ahead + 1
        if distance > _FAR and chunk.role not in _LEADING:
            continue
        relation = _relation(facts, quantity, found)
        places = list(_places(text, at, facts, quantity, found, relation))
        if not places:
            continue
        numbers = numbers_between(facts, number)
        limit = quantity.start if before else at.view.sentence.end
        where = (
            "before" if before else "after",
            STEPS[before][min(distance, 4)],
            NUMBERS[before][min(numbers, 2)],
            chunk.role,
            "own clause" if clause.start <= chunk.start < clause.end else "earlier clause" if before else "later clause",
            relation,
            "relative" if facts.adnominal_at is not None and facts.adnominal_at < limit else "",
            "compared" if facts.compared else "",
            "other side of quotes" if facts.quoted != quoted else "",
            "since last number" if numbers == 0 and chunk.end <= quantity.start and facts.numbers else "",
            "same chunk" if before and quantity.start < chunk.end else "",
            "nearest leading" if index == nearest else "first leading" if index == first else "",
            facts.word if relation != "chunk of property" or facts.word != "measure" else "",
        )
        if facts.anaphor is not None:
            yield places[0], where
            continue
        for place in places:
            if not is_compared(text, place.end):
                touches = _SHORT_GAP.fullmatch(text, place.end, quantity.full_start) is not None
                yield place, (*where, "touches number" if touches else "")


def _relation(facts: ChunkFacts, quantity: Quantity, found: Reference | None) -> str:
    """How a chunk stands to the property."""
    chunk = facts.chunk
    if found is None:
        return "no property"
    if chunk.start <= found.start < chunk.end:
        return "chunk of property"
    if chunk.end <= found.start:
        return "owner of property" if facts.chunk.role == "of" and found.start - chunk.end <= 3 else "before property"
    return "between property and number" if chunk.end <= quantity.start else "past property"


def _places(text: str, at: Surroundings, facts: ChunkFacts, quantity: Quantity, found: Reference | None, relation: str) -> Iterator[Place]:
    """What a chunk stands for, or the names in it, its nouns before property and number, the last word of these, and titles that end in it."""
    chunk = facts.chunk
    if facts.anaphor is not None:
        mention = at.mentions[facts.anaphor]
        yield Place(mention.entity, facts.anaphor, mention.label, "anaphor", chunk.end)
        return
    end, noun, last = chunk.end, facts.noun, facts.last_word
    if relation == "chunk of property" and found is not None:
        end = found.start
        if noun is not None and noun.start <= end < noun.end and not facts.names:
            yield _noun(at, noun, "with property")
    if chunk.start < quantity.start < chunk.end:
        end = min(end, quantity.full_start)
    names = [m for m in facts.names if m.end <= max(end, chunk.start)] if facts.names else facts.names
    for mention in names:
        marks = (
            "inside" if mention.end != chunk.end else "",
            "says it" if mention.id == at.speaker else "",
            "gloss" if mention.id in at.view.glossing else "",
            "reports" if mention.id in at.reporters else "",
            "not last in chunk" if mention is not names[-1] else "",
        )
        yield Place(mention.entity, mention.id, mention.label, "name", mention.end, marks)
    for title in at.titles:
        if chunk.start <= title.end - 1 < chunk.end and title.end <= max(end, chunk.start):
            yield Place(title.text, title, "title", "title", title.end)
    if facts.person or end <= chunk.start:
        return
    if end != chunk.end:
        noun = plain_noun(text, at.view, chunk.start, end)
        last = last_word(text, chunk, noun) if noun is not None else None
    if noun is None or (names and noun.text == names[-1].text):
        return
    says = isinstance(at.speaker, Reference) and at.speaker.start < noun.end and noun.start < at.speaker.end
    told = ("with a name" if names else "", "says it" if says else "")
    yield _noun(at, noun, "noun", told)
    if last is not None:
        yield _noun(at, last, "last word", told)


def _noun(at: Surroundings, noun: Reference, cut: str, marks: tuple[str, ...] = ()) -> Place:
    return Place(noun.text, noun, "noun", cut, noun.end, (*marks, "known" if noun.text in at.discourse.things else ""))


def _standing(at: Surroundings, key: str) -> tuple[str, ...]:
    """What a thing was in the sentences before; kept, since it is the same for all numbers of a sentence."""
    thing = at.discourse.things.get(key)
    at.standings[key] = told = _told(at, thing) if thing is not None else ("new",)
    return told


def _told(at: Surroundings, thing: Spoken) -> tuple[str, ...]:
    discourse, memory = at.discourse, at.memory
    back = discourse.sentence - thing.sentence
    focus = memory.focus.text if isinstance(memory.focus, Reference) else memory.focus
    return (
        "now" if back == 0 else "last sentence" if back == 1 else "two back" if back == 2 else "far back",
        f"was {thing.role}",
        "same paragraph" if thing.paragraph == discourse.paragraph else "earlier paragraph",
        "reported" if thing.reports else "",
        "opened paragraph" if thing.opened == discourse.paragraph else "",
        "in headline" if thing.in_headline else "",
        "most named" if thing.count == at.most else "",
        "often topic" if thing.topics > 1 else "",
        "in focus" if (thing.answer if isinstance(thing.answer, str) else thing.key) == focus else "",
        "the organization" if thing.answer == memory.organization else "",
        "the product" if thing.answer == memory.product else "",
    )
