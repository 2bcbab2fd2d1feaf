"""Which times of a sentence can be the time of a fact: not those of a comparison (전년 동기 대비), not the day it was told (20일 밝혔다)."""

from __future__ import annotations

import re

from ..document import ClaimTime, Quantity, Reference, Time
from .structure import Clause, SentenceView, inside_quotes

_COMPARED = re.compile(r"\s?(?:대비|보다|에\s비[해하]|[와과]\s(?:비교|견줘|견주)|같은\s|동기|의\s?(?:절반|[\d두세네]))")
_TOLD = re.compile(
    r"(?:\((?:현지\s?시[각간])\))?(?:\s[가-힣A-Za-z0-9()‘’“”·\s]{0,40}?(?:에 따르면|에 의하면)|[,\s](?:[^.“”]{0,40}?[서에]\s)?[^.“”]{0,30}?(?:[다라]고\s)?(?:밝혔|전했|발표했|말했|보도했|공시))"
)
_BY_PART = re.compile(r"\W*[가-힣]{1,4}별(?:로는|로|\s)")


def is_compared_time(text: str, end: int) -> bool:
    """Whether a time that ends here is one that something is compared with: 전년 동기 대비, 지난해보다."""
    return _COMPARED.match(text, end) is not None


def is_day(time: Time) -> bool:
    """Whether a time is one day."""
    return bool(re.search(r"\d{4}-\d\d-\d\d$", time.value or "")) and "/" not in (time.value or "")


def tells_when_told(text: str, view: SentenceView, time: Time) -> bool:
    """Whether a day is the one on which something was said: 20일 밝혔다."""
    return is_day(time) and _TOLD.match(text[time.end : view.sentence.end]) is not None and not inside_quotes(text, view, time.start)


def fact_times(text: str, view: SentenceView) -> list[Time]:
    """Dates in a sentence that can say when something is so."""
    return [
        time
        for time in view.times
        if time.type == "DATE" and not is_compared_time(text, time.end) and not tells_when_told(text, view, time)
    ]


def claim_time(
    text: str,
    view: SentenceView,
    clause: Clause,
    quantity: Quantity,
    facts: list[Time],
    *,
    origin: Quantity | None,
    found: Reference | None,
    before: Time | None,
) -> Time | None:
    """The time of a claim: nearest before the number in its clause, then after it, then in the sentence, else that of the figures before.

    `facts` are the `fact_times` of the sentence; `origin` is the quantity that the change comes from, whose time is its own; `found` the property; `before` the time that the
    paragraph goes on with.
    """
    start, end = _segment(text, view, quantity)
    usable = [
        time
        for time in facts
        if start <= time.start < end
        and not time.start <= quantity.start < time.end
        and not (origin is not None and 0 <= origin.start - time.end <= 1)
        and not _in_relative_clause(view, time, quantity, found)
    ]
    earlier = [t for t in usable if clause.start <= t.start < quantity.start]
    later = [t for t in usable if quantity.end <= t.start < clause.end]
    elsewhere = [t for t in usable if t.start < clause.start]
    return earlier[-1] if earlier else later[0] if later else elsewhere[-1] if elsewhere else before


def as_claim_time(time: Time | None) -> ClaimTime | None:
    """A time of the text as the time of a claim or event."""
    return ClaimTime(time.text, time.value, time.start, time.end) if time else None


def _segment(text: str, view: SentenceView, quantity: Quantity) -> tuple[int, int]:
    """The part of a headline between dots (…) and quotes that holds the number; all of any other sentence."""
    start, end = view.sentence.start, view.sentence.end
    if view.sentence.kind not in ("headline", "subhead"):
        return start, end
    cuts = [start, *(match.end() for match in re.finditer("[…“]", text[start:end])), end - start]
    cuts = [start] + [start + cut for cut in cuts[1:]]
    return max(cut for cut in cuts if cut <= quantity.start), min(cut for cut in cuts if cut > quantity.start)


def _in_relative_clause(view: SentenceView, time: Time, quantity: Quantity, found: Reference | None) -> bool:
    """지난달 출시한 게임의 매출: the time is of the release, unless the clause tells of the property itself (지난해 올린 매출)."""
    for index, token in enumerate(view.tokens):
        if token.start < time.end:
            continue
        if token.start >= quantity.start or token.tag in ("EC", "EF"):
            return False
        if token.tag == "ETM" and index and view.tokens[index - 1].tag[:2] in ("VV", "XS", "EP", "VX"):  # not 같은, 높은
            head = next((t for t in view.tokens[index + 1 :] if t.tag in ("NNG", "NNP", "SL")), None)
            chunk = next((c for c in view.chunks if head is not None and c.start <= head.start < c.end), None)
            return chunk is not None and chunk.end <= quantity.start and not (found is not None and chunk.start <= found.start < chunk.end)
    return False


def opens_paragraph(text: str, view: SentenceView) -> bool:
    """Whether the sentence begins a line."""
    return "\n" in text[max(0, view.sentence.start - 3) : view.sentence.start]


def breaks_down(text: str, view: SentenceView) -> bool:
    """품목별로는, 사업별 매출은: the figures before, by their parts."""
    return _BY_PART.match(text, view.sentence.start) is not None


def goes_on(text: str, view: SentenceView, memory_time: Time | None, found: Reference | None, modality: str) -> bool:
    """Whether a sentence without a time goes on with the figures of the one before: same paragraph, a property, no plan or forecast."""
    if memory_time is None or modality in ("planned", "estimated") or view.sentence.kind != "body":
        return False
    if not breaks_down(text, view) and (found is None or opens_paragraph(text, view)):
        return False
    return re.fullmatch(r"\d{4}(?:-(?:\d\d|[QH]\d))?", memory_time.value or "") is not None
