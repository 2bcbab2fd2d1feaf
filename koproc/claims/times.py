"""Every time that a fact might have, with the evidence for each; the features are for `ranking`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..document import Quantity, Reference, Time
from ..ranking import Candidate, told
from .structure import Clause, SentenceView, inside_quotes
from .when import breaks_down, is_compared_time, is_day, opens_paragraph, tells_when_told

_PART = re.compile("[…“”]")
_ANAPHOR = re.compile(r"\W*(?:이를\s위[한해]|이에\s|이로써|같은\s기간|당시)")


@dataclass(frozen=True, slots=True)
class Past:
    """The time of an earlier claim, and where it stood: sentences and paragraphs back."""

    time: Time | None
    sentence: int
    paragraph: int


def time_candidates(
    text: str,
    view: SentenceView,
    clause: Clause,
    quantity: Quantity,
    origin: Quantity | None,
    found: Reference | None,
    modality: str,
    past: Sequence[Past],
    here: tuple[int, int],
    published: str | None,
) -> list[Candidate[Time | None]]:
    """Candidates by value; `past` are the times of the claims so far, `here` the number of sentence and paragraph."""
    merged: dict[str, tuple[Time | None, list[str]]] = {}
    dates = [time for time in view.times if time.type in ("DATE", "TIME")]
    before = [time for time in dates if time.end <= quantity.start]
    for index, time in enumerate(dates):
        ahead = time.end <= quantity.start
        side = "before" if ahead else "after"
        steps = len(before) - 1 - index if ahead else index - len(before)
        in_clause = clause.start <= time.start < clause.end
        features = [
            "inside",
            side,
            f"{side}:{min(steps, 2)}",
            "own clause" if in_clause else "other clause",
            f"{side}:{min(steps, 2)}&{in_clause}",
        ]
        low, high = sorted((time.end, quantity.start))
        if is_compared_time(text, time.end):
            features.append("compared")
        if is_day(time):
            features += ["day", f"day&{side}"]
        if tells_when_told(text, view, time):
            features.append("told then")
        if origin is not None and time.end <= origin.start and origin.start - time.end <= 2:
            features.append("time of origin")
        relative = _relative(view, time, quantity.start)
        if relative:
            features += ["relative", f"relative&{side}"]
        if found is not None and low <= found.start < high:
            features.append("property between")
        if inside_quotes(text, view, time.start) != inside_quotes(text, view, quantity.start):
            features.append("other side of quotes")
        if view.sentence.kind != "body" and _PART.search(text, low, high):
            features.append("other part of headline")
        if text[time.end : time.end + 2] in ("까지", "부터"):
            features.append(text[time.end : time.end + 2])
        if time.start == view.sentence.start:
            features.append("opens sentence")
        if any(m.start < quantity.start and time.end <= m.start for m in view.mentions) and ahead:
            features.append("name between")
        features.append(f"{side}&next {text[time.end : time.end + 1].strip() or '_'}")
        features.append(f"inside&{modality}")
        _add(merged, time, features)
    opens = opens_paragraph(text, view)
    refers = "refers back" if _ANAPHOR.match(text, view.sentence.start, view.sentence.end) else "stands alone"
    own = "own times" if any(not is_compared_time(text, time.end) for time in dates) else "no times"
    last = past[-1].time if past else None
    if modality == "planned" and refers == "refers back" and own == "no times" and last is not None and not opens:
        return [Candidate(last, ())]  # 이를 위해 …할 계획이다: until when is said before
    for back, former in enumerate(reversed(past[-4:])):
        if former.time is None:
            continue
        distance = here[0] - former.sentence
        features = [
            "past",
            f"past:{back}",
            f"past:sentences {min(distance, 3)}",
            "same paragraph" if former.paragraph == here[1] else "earlier paragraph",
        ]
        features += [
            f"past&{own}",
            f"{features[2]}&{features[3]}",
            f"past&{modality}",
            f"past:{back}&{features[3]}",
            f"past&{features[2]}&{own}",
        ]
        features.append(f"past&property {found.text[-2:] if found else 'none'}")
        features.append(f"past&{'opens' if opens else 'goes on'}&{own}")
        features += [f"past&{refers}", f"past&{refers}&{own}"]
        if breaks_down(text, view):
            features.append("past&by parts")
        if former.time.value and published and former.time.value[:10] > published:
            features.append("past&ahead")
        if is_day(former.time):
            features.append("past&day")
        _add(merged, former.time, features)
    merged.setdefault("", (None, []))
    candidates = []
    for value, (answer, features) in merged.items():
        facts = list(dict.fromkeys(features))
        if not value:
            facts += [
                f"none&{refers}",
                f"none&{refers}&{own}",
                "none",
                f"none&{modality}",
                f"none&{own}",
                f"none&{'opens' if opens else 'goes on'}",
                f"none&{quantity.dimension}",
            ]
            facts += [f"none&property {found.text[-2:] if found else 'none'}", f"none&{view.sentence.kind}"]
            facts += [f"none&{'with' if past and past[-1].time is not None else 'without'} past&{own}"]
        candidates.append(Candidate(answer, ((told, *facts),)))
    return candidates


def _add(merged: dict[str, tuple[Time | None, list[str]]], time: Time, features: list[str]) -> None:
    merged.setdefault(_key(time), (time, []))[1].extend(features)


def _key(time: Time | None) -> str:
    return "" if time is None else time.value or time.text


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
