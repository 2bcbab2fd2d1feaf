"""Every time that a fact might have, with the evidence for each; the features are for `ranking`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..document import Quantity, Reference, Time
from ..ranking import Candidate, Group
from .structure import NumberView, SentenceView, inside_quotes
from .when import breaks_down, is_compared_time, is_day, opens_paragraph, tells_when_told

_PART = re.compile("[…“”]")
_ANAPHOR = re.compile(r"\W*(?:이를\s위[한해]|이에\s|이로써|같은\s기간|당시)")


@dataclass(frozen=True, slots=True)
class Past:
    """The time of an earlier claim, and where it stood: sentences and paragraphs back."""

    time: Time | None
    sentence: int
    paragraph: int


@dataclass(frozen=True, slots=True)
class SentenceTimes:
    """The dates and clock times of a sentence, each with what does not depend on the number that it may go with: a day, compared with,
    told then, quoted, the particle or sign after it. `opens` is whether the sentence opens a paragraph, `refers` whether it refers back (이를 위해),
    `own` whether it has times of its own, `parts` whether it breaks figures down."""

    dates: Sequence[tuple[Time, tuple[str, str, str], bool, str]]
    opens: str
    refers: str
    own: str
    parts: str


def sentence_times(text: str, view: SentenceView) -> SentenceTimes:
    """The times of a sentence that has numbers."""
    dates = []
    for time in view.times:
        if time.type in ("DATE", "TIME"):
            particle = text[time.end : time.end + 2]
            following = particle if particle in ("까지", "부터") else particle[:1]
            marks = (
                "compared" if is_compared_time(text, time.end) else "",
                "day" if is_day(time) else "",
                "told then" if tells_when_told(text, view, time) else "",
            )
            dates.append((time, marks, inside_quotes(text, view, time.start), following))
    return SentenceTimes(
        dates,
        opens="opens" if opens_paragraph(text, view) else "goes on",
        refers="refers back" if _ANAPHOR.match(text, view.sentence.start, view.sentence.end) else "stands alone",
        own="own times" if any(not marks[0] for _, marks, _, _ in dates) else "no times",
        parts="by parts" if breaks_down(text, view) else "",
    )


def time_candidates(
    text: str,
    view: SentenceView,
    times: SentenceTimes,
    number: NumberView,
    origin: Quantity | None,
    found: Reference | None,
    modality: str,
    past: Sequence[Past],
    here: tuple[int, int],
    published: str | None,
) -> list[Candidate[Time | None]]:
    """Candidates by value; `past` are the times of the claims so far, `here` the number of sentence and paragraph."""
    quantity, clause = number.quantity, number.clause
    merged: dict[str, tuple[Time | None, list[Group]]] = {}
    ahead = len([time for time, *_ in times.dates if time.end <= quantity.start])
    for index, (time, marks, quoted, following) in enumerate(times.dates):
        before = time.end <= quantity.start
        steps = ahead - 1 - index if before else index - ahead
        low, high = (time.end, quantity.start) if before else (quantity.start, time.end)
        group: Group = (
            _spell_inside,
            before,
            min(steps, 2),
            clause.start <= time.start < clause.end,
            *marks,
            origin is not None and time.end <= origin.start and origin.start - time.end <= 2,
            _relative(view, time, quantity.start),
            found is not None and low <= found.start < high,
            quoted != number.quoted,
            view.sentence.kind != "body" and _PART.search(text, low, high) is not None,
            following,
            time.start == view.sentence.start,
            before and any(time.end <= m.start < quantity.start for m in view.mentions),
            modality,
        )
        merged.setdefault(_key(time), (time, []))[1].append(group)
    last = past[-1].time if past else None
    alone = times.refers == "refers back" and times.own == "no times" and times.opens == "goes on"
    if modality == "planned" and alone and last is not None:
        return [Candidate(last, ())]  # 이를 위해 …할 계획이다: until when is said before
    tail = found.text[-2:] if found is not None else "none"
    for back, former in enumerate(reversed(past[-4:])):
        if former.time is None:
            continue
        group = (
            _spell_past,
            back,
            min(here[0] - former.sentence, 3),
            former.paragraph == here[1],
            times.own,
            modality,
            tail,
            times.opens,
            times.refers,
            times.parts,
            bool(former.time.value and published and former.time.value[:10] > published),
            is_day(former.time),
        )
        merged.setdefault(_key(former.time), (former.time, []))[1].append(group)
    merged.setdefault("", (None, []))[1].append(
        (
            _spell_none,
            times.refers,
            times.own,
            modality,
            times.opens,
            quantity.dimension,
            tail,
            view.sentence.kind,
            last is not None,
        )
    )
    return [Candidate(answer, (groups[0] if len(groups) == 1 else (_spell_together, *groups),)) for answer, groups in merged.values()]


def _spell_together(*groups: Group) -> list[str]:
    """One time that stands in several places: what is told of each, once."""
    return list(dict.fromkeys(feature for spell, *facts in groups for feature in spell(*facts)))


def _spell_inside(
    before: bool,
    steps: int,
    own_clause: bool,
    compared: str,
    day: str,
    told: str,
    of_origin: bool,
    relative: bool,
    property_between: bool,
    other_side: bool,
    other_part: bool,
    following: str,
    opens: bool,
    name_between: bool,
    modality: str,
) -> list[str]:
    side = "before" if before else "after"
    features = [
        "inside",
        side,
        f"{side}:{steps}",
        "own clause" if own_clause else "other clause",
        f"{side}:{steps}&{own_clause}",
        compared,
        *([day, f"day&{side}"] if day else []),
        told,
        "time of origin" if of_origin else "",
        *(["relative", f"relative&{side}"] if relative else []),
        "property between" if property_between else "",
        "other side of quotes" if other_side else "",
        "other part of headline" if other_part else "",
        following if len(following) > 1 else "",
        "opens sentence" if opens else "",
        "name between" if name_between else "",
        f"{side}&next {following[:1].strip() or '_'}",
        f"inside&{modality}",
    ]
    return [feature for feature in features if feature]


def _spell_past(
    back: int,
    sentences: int,
    same_paragraph: bool,
    own: str,
    modality: str,
    tail: str,
    opens: str,
    refers: str,
    parts: str,
    ahead: bool,
    day: bool,
) -> list[str]:
    distance, paragraph = f"past:sentences {sentences}", "same paragraph" if same_paragraph else "earlier paragraph"
    features = [
        "past",
        f"past:{back}",
        distance,
        paragraph,
        f"past&{own}",
        f"{distance}&{paragraph}",
        f"past&{modality}",
        f"past:{back}&{paragraph}",
        f"past&{distance}&{own}",
        f"past&property {tail}",
        f"past&{opens}&{own}",
        f"past&{refers}",
        f"past&{refers}&{own}",
        f"past&{parts}" if parts else "",
        "past&ahead" if ahead else "",
        "past&day" if day else "",
    ]
    return [feature for feature in features if feature]


def _spell_none(refers: str, own: str, modality: str, opens: str, dimension: str, tail: str, kind: str, past: bool) -> list[str]:
    return [
        f"none&{refers}",
        f"none&{refers}&{own}",
        "none",
        f"none&{modality}",
        f"none&{own}",
        f"none&{opens}",
        f"none&{dimension}",
        f"none&property {tail}",
        f"none&{kind}",
        f"none&{'with' if past else 'without'} past&{own}",
    ]


def _key(time: Time) -> str:
    return time.value or time.text


def _relative(view: SentenceView, time: Time, limit: int) -> bool:
    """Whether the first predicate after a time ends as an adnominal one before the number."""
    for token in view.tokens:
        if token.start < time.end:
            continue
        if token.start >= limit or token.tag in ("EC", "EF"):
            return False
        if token.tag == "ETM":
            return True
    return False
