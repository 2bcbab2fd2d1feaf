"""Quantities → claims: what each is about, compared with what, when, in which direction, and who says so.

Rules over the shallow structure of one sentence propose candidates, from the sentences before too; subject, property and time are chosen by a
learned ranker (`ranking`), the rest by rules.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

from ..document import Claim, Direction, Document, Event, Quantity, Reference
from ..lexicon import Lexicon
from ..ranking import Chooser, shipped_ranker
from . import english
from .chunk_facts import chunk_facts
from .discourse import Discourse, reporters
from .events import find_events
from .focus import Memory, remember
from .measures import MOVES, property_of, qualifier_of
from .modality import attribution_of, modality_of, tells_ahead
from .properties import Measured, property_candidates
from .structure import Clause, NumberView, SentenceView, inside_quotes, sentence_views, titles
from .subjects import Surroundings, subject_candidates
from .times import Past, sentence_times, time_candidates
from .vocabulary import changes
from .when import as_claim_time

_REACHES = re.compile(r"\s?(?:이상|이하|수준|정도)?(?:\s?[초중후]반)?(?:까지|로|으로|에\s?(?:달|이르|육박))")
_STATED = re.compile(r"[을를이가은는로도]|에|까지|으로|\s?(?:돌파|기록|달성|확보|투입|투자|판매|증가|감소|늘|줄|모았|모여|넘)")


def find_claims(document: Document, lexicon: Lexicon, chooser: Chooser | None = None) -> Document:
    """Add the claims and events of a document whose mentions, quantities and times are known.

    `chooser` picks among candidates, by default with the weights in `models/claims/`.
    """
    chooser = chooser or shipped_ranker("claims")
    discourse = Discourse()
    mentions = {mention.id: mention for mention in document.mentions}
    claims: list[Claim] = []
    events: list[Event] = []
    memory = Memory()
    text = document.text
    quantities = {quantity.start: quantity for quantity in document.quantities}
    starts = sorted(quantities)
    at = 0
    for view in sentence_views(document, without=("byline", "dateline", "notice")):
        inside: list[Quantity] = []
        while at < len(starts) and starts[at] < view.sentence.end:
            if starts[at] >= view.sentence.start:
                inside.append(quantities[starts[at]])
            at += 1
        discourse.begin(text, view)
        attribution = attribution_of(text, view, lexicon)
        titled, reporting = titles(text, view), reporters(text, view)
        if inside:
            speaker = (memory.meant_by(attribution.text) or attribution) if isinstance(attribution, Reference) else attribution
            chunks = chunk_facts(text, view, memory, [quantity.start for quantity in inside])
            most, recent = max((thing.count for thing in discourse.things.values()), default=0), list(discourse.recent())
            around = Surroundings(view, chunks, titled, reporting, speaker, memory, discourse, mentions, most, recent)
            claims.extend(_claims_of(document, around, inside, chooser, lexicon))
        events.extend(find_events(document, view, attribution, memory.organization, lexicon))
        memory = remember(text, view, memory)
        discourse.note(text, view, titled, reporting)
    claimed = replace(document, claims=tuple(claims), events=tuple(events))
    return replace(
        claimed,
        claims=tuple(replace(claim, id=f"c{n}", en=english.claim_sentence(claimed, claim)) for n, claim in enumerate(claims, 1)),
        events=tuple(replace(event, id=f"e{n}", en=english.event_sentence(claimed, event)) for n, event in enumerate(events, 1)),
    )


def _claims_of(document: Document, around: Surroundings, quantities: list[Quantity], chooser: Chooser, lexicon: Lexicon) -> Iterator[Claim]:
    """The claims of one sentence."""
    text, view, chunks, discourse = document.text, around.view, around.chunks, around.discourse
    starts = [quantity.start for quantity in quantities]
    published = document.published.isoformat()[:10] if document.published else None
    times = sentence_times(text, view)
    for index, quantity in enumerate(quantities):
        if _is_aside(text, view, quantity):
            continue
        before = quantities[index - 1] if index else None
        origin = before if before is not None and _goes_from(text, before, quantity) else None
        following = quantities[index + 1] if index + 1 < len(quantities) else None
        if following is not None and _goes_from(text, quantity, following):
            continue
        number = NumberView(
            quantity,
            clause := view.clause_of(quantity.start),
            numbers=index,
            passed=bisect_left(starts, quantity.end),
            chunks=view.first_chunk(quantity.start),
            following=view.first_token(quantity.full_end),
            quoted=inside_quotes(text, view, quantity.start),
        )
        found = property_of(text, view, chunks, number, quantities)
        measures = property_candidates(text, view, chunks, number, discourse.properties, discourse.sentence, found)
        found = chooser.choose("property", quantity.start, measures)
        direction, to = _direction(text, view, number)
        if found is None and direction is None and _is_bare_specification(text, quantity, view.sentence.kind):
            continue
        subject = chooser.choose("subject", quantity.start, subject_candidates(text, around, number, found))
        discourse.last_subject = around.mentions[subject].entity if isinstance(subject, str) else subject.text if subject else ""
        if subject is None and found is None and direction is None:
            continue  # a number that is about nothing
        modality = modality_of(text, view, quantity.start, clause.end)
        change: Literal["by", "to"] | None = None
        if direction is not None or origin is not None:
            change = "to" if to or origin is not None or quantity.dimension == "multiple" else "by"
        here = (discourse.sentence, discourse.paragraph)
        moments = time_candidates(text, view, times, number, origin, found, modality, discourse.times, here, published)
        when = chooser.choose("time", quantity.start, moments)
        time = as_claim_time(when)
        discourse.properties.append(Measured(found, discourse.sentence, quantity.unit))
        discourse.times.append(Past(when, *here))
        if modality == "asserted" and time is not None and _is_ahead(document, time.value) and tells_ahead(text, view):
            modality = "planned"
        yield Claim(
            id="",  # and English, when all claims are known
            start=clause.start,
            end=clause.end,
            quantity=quantity.id,
            subject=english.translated(subject, lexicon),
            property=english.translated(found, lexicon),
            baseline=_baseline(document, view, clause, quantity, following, lexicon),
            direction=direction,
            change=change,
            from_=origin.id if origin else None,
            time=time,
            attribution=around.speaker,
            modality=modality,
            en="",
            qualifier=english.translated(qualifier_of(text, view, found, subject), lexicon) if found else None,
            quoted=number.quoted,
        )


def _is_ahead(document: Document, value: str | None) -> bool:
    """Whether a time lies wholly after publication, as far as its value tells: 2027 for an article of 2026."""
    return value is not None and document.published is not None and value[:4].isdecimal() and value > document.published.isoformat()[:10]


def _is_aside(text: str, view: SentenceView, quantity: Quantity) -> bool:
    """A conversion in parentheses, an age, or an apposition to a name (5대 은행인 국민은행): no claim of its own."""
    before = text[max(view.sentence.start, quantity.full_start - 2) : quantity.full_start]
    if before.endswith("(") and text[quantity.full_end : quantity.full_end + 1] == ")" and quantity.dimension in ("money", "age", "length"):
        return True
    if quantity.dimension == "age" or (quantity.per is None and text[quantity.end : quantity.end + 1] == "당"):
        return True
    if quantity.nominal == 1 and _PER_ONE.match(text, quantity.end):
        return True  # 1kWh에 319원
    head = _APPOSITION.match(text, quantity.end)
    return head is not None and any(m.start - head.end() in (0, 1) for m in view.mentions)


_PER_ONE = re.compile(r"(?:에|당)\s[\d,.]")
_APPOSITION = re.compile(r"\s?[가-힣]+?인\s(?=\S)")


_CLOSES = re.compile(r"\s?(?:[…”’,]|$|\n)")
_SCALED = re.compile(r"\s?(?:규모|급|이상|이하|안팎|정도|가량|수준)")


def _is_bare_specification(text: str, quantity: Quantity, kind: str) -> bool:
    """5나노 공정, 16GB 메모리, 한 곳: a number that only modifies or picks out a noun, with nothing said about it."""
    if quantity.unit.startswith("개 ") or quantity.dimension in ("money", "percent", "multiple", "rank", "percentage point"):
        return False
    if quantity.dimension in ("time", "ordinal", "ratio") or quantity.nominal == 1:
        return True
    stated = _STATED.match(text, quantity.full_end) is not None
    closing = kind in ("headline", "subhead") and _CLOSES.match(text, quantity.full_end, quantity.full_end + 2) is not None
    if quantity.dimension == "count":
        return not (stated or closing or _SCALED.match(text, quantity.end) is not None)
    return not (stated or closing or _SCALED.match(text, quantity.end) is not None) or not text[quantity.start].isdecimal()


def _goes_from(text: str, first: Quantity, second: Quantity) -> bool:
    """31.8%에서 24.2%로: the first is where the second comes from."""
    gap = text[first.full_end : second.full_start]
    return first.dimension == second.dimension and len(gap) <= 14 and _FROM.match(gap) is not None


_FROM = re.compile(r"(?:에서|였던 것(?:이|에서)|에 그쳤던|이던)\s|\s?→\s?$")
_THAN = re.compile(r"대비|보다(?![가-힣])|에 비해|[와과] (?:비교|견줘|견주)")


def _baseline(
    document: Document, view: SentenceView, clause: Clause, quantity: Quantity, following: Quantity | None, lexicon: Lexicon
) -> str | Reference | None:
    """What stands before 대비, 보다, 에 비해 in the clause of the quantity."""
    text = document.text
    for match in _THAN.finditer(text[clause.start : quantity.full_start + 30]):
        at = clause.start + match.start()
        if at >= quantity.start and (at <= quantity.full_end + 1 or at > quantity.full_end + 20 or clause.end <= at):
            continue
        if at >= quantity.start and following is not None and following.start < clause.end:
            continue  # 2188억 원으로 전년 동기보다 30.2% 많아졌다: the comparison belongs to the number after it
        end = len(text[:at].rstrip())
        if mention := next((m for m in view.mentions if m.end == end), None):
            return mention.id
        if time := next((t for t in view.times if t.end == end), None):
            return Reference(time.start, time.end, time.text, english.time_phrase(time.text, time.value))
        chunk = next((c for c in reversed(view.chunks) if c.start < at and c.end <= at + 2), None)
        if chunk is not None:
            tokens = [token for token in chunk.tokens if token.end <= end]
            if tokens:
                inner = view.mention_in(tokens[0].start, end, ("PRODUCT", "ORG"))
                if inner is not None:
                    return inner.id
                return english.as_reference(text, tokens[0].start, tokens[-1].end, lexicon)
    return None


_MORE = re.compile(r"\s?(?:을|를|명|개)?\s?(?:더|추가)(?:로)?\s")
_ARROW = re.compile(r"[\s)]{0,2}([↑↓])")
_LEVEL = re.compile(r"로(?:[”’…\s]|\Z)")
_BANDED = re.compile(r"\s?[초중후]반")
_OBJECT = re.compile(r"[^가-힣]{0,2}(?:[을를]|\s)")
_RISES_TO = re.compile(r"(?:까지|로|에)\s?(?:올라|올랐|오르|오른|뛰어올|상승)")


def _direction(text: str, view: SentenceView, number: NumberView) -> tuple[Direction | None, bool]:
    """(up or down, whether the number is the level reached): from the verb of change that the number goes with in its clause."""
    quantity = number.quantity
    to = bool(_REACHES.match(text, quantity.full_end)) or text[quantity.end : quantity.full_end].strip() == "까지"
    if quantity.dimension == "rank":
        return ("up", True) if _RISES_TO.match(text, quantity.end) else (None, to)
    if (reached := _changed_into(view, quantity)) is not None:
        return reached, True  # 3.4% 오른 24만2,500원
    if quantity.dimension == "count" and _MORE.match(text, quantity.full_end):
        return "up", False
    if (arrow := _ARROW.match(text, quantity.full_end)) is not None:
        return ("up" if arrow[1] == "↑" else "down"), to
    if view.sentence.kind in ("headline", "subhead") and quantity.unit == "배" and _LEVEL.match(text, quantity.end):
        return "up", True  # HBM 매출 3배로
    if quantity.dimension == "age" or not MOVES.match(text, quantity.full_end):
        return None, to
    following = view.tokens[number.following] if number.following < len(view.tokens) else None
    if (
        following is not None
        and following.start > quantity.full_end
        and following.tag in ("NNG", "NNP")
        and following.form not in changes()
        and not _BANDED.match(text, quantity.full_end)
    ):
        return None, to  # 48V 모터를 달면 …: the number belongs to the noun after it
    return _moved_by(text, view, number, to), to


def _changed_into(view: SentenceView, quantity: Quantity) -> Direction | None:
    """The direction of an adnominal verb of change right before the number."""
    start = quantity.full_start
    at = view.first_token(start)
    while at and view.tokens[at - 1].end >= start:
        at -= 1
    if not at or view.tokens[at - 1].tag != "ETM" or start - view.tokens[at - 1].end > 1:
        return None
    near = reversed(view.tokens[view.first_token(start - 8) : at])
    verb = next((token for token in near if token.form in changes() and token.tag[:2] in ("VV", "NN")), None)
    return changes()[verb.form].direction if verb is not None else None


def _moved_by(text: str, view: SentenceView, number: NumberView, to: bool) -> Direction | None:
    """The direction of the first verb of change after the number; an adjective moves no level (54%로 높다), 올리다 no sum (매출 3조 원을 올렸다)."""
    table, quantity, clause = changes(), number.quantity, number.clause
    for index in range(number.following, len(view.tokens)):
        token = view.tokens[index]
        if (token.start >= clause.end and not clause.last) or token.start - quantity.full_end > 40 or token.tag == "SF":
            return None
        if token.form in table and (token.tag[:2] in ("VV", "VA") or (token.tag == "NNG" and len(token.form) > 1)):
            becomes = any(later.form == "지" and later.tag == "VX" for later in view.tokens[index + 1 : index + 4])
            if token.tag[:2] == "VA" and to and not becomes:
                return None
            bounds = _OBJECT.match(text, quantity.full_end)
            if token.form in ("웃돌", "밑돌") and (bounds is None or "을" in bounds[0] or "를" in bounds[0]):
                return None  # 70%를 웃도는: a bound, not a change; 전망치를 4.3% 웃돌았다 is one
            if token.form == "올리" and text[quantity.end : quantity.end + 1] in ("을", "를"):
                return None
            return table[token.form].direction
        if token.tag in ("JX", "JKS") and any(m.end == token.start for m in view.mentions):
            return None
    return None
