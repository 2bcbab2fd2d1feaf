"""Which times of a sentence can be the time of a fact: not those of a comparison (전년 동기 대비), not the day it was told (20일 밝혔다)."""

from __future__ import annotations

import re

from ..document import ClaimTime, Time
from .structure import SentenceView, inside_quotes

_COMPARED = re.compile(r"\s?(?:대비|보다|에\s비[해하]|[와과]\s(?:비교|견줘|견주)|같은\s|동기|의\s?(?:절반|[\d두세네]))")
_TOLD = re.compile(
    r"(?:\((?:현지\s?시[각간])\))?(?:\s[가-힣A-Za-z0-9()‘’“”·\s]{0,40}?(?:에 따르면|에 의하면)|[,\s](?:[^.“”]{0,40}?[서에]\s)?[^.“”]{0,30}?(?:[다라]고\s)?(?:밝혔|전했|발표했|말했|보도했|공시))"
)
_DAY = re.compile(r"\d{4}-\d\d-\d\d$")
_BY_PART = re.compile(r"\W*[가-힣]{1,4}별(?:로는|로|\s)")


def is_compared_time(text: str, end: int) -> bool:
    """Whether a time that ends here is one that something is compared with: 전년 동기 대비, 지난해보다."""
    return _COMPARED.match(text, end) is not None


def is_day(time: Time) -> bool:
    """Whether a time is one day."""
    return time.value is not None and _DAY.search(time.value) is not None and "/" not in time.value


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


def as_claim_time(time: Time | None) -> ClaimTime | None:
    """A time of the text as the time of a claim or event."""
    return ClaimTime(time.text, time.value, time.start, time.end) if time else None


def opens_paragraph(text: str, view: SentenceView) -> bool:
    """Whether the sentence begins a line."""
    return "\n" in text[max(0, view.sentence.start - 3) : view.sentence.start]


def breaks_down(text: str, view: SentenceView) -> bool:
    """품목별로는, 사업별 매출은: the figures before, by their parts."""
    return _BY_PART.match(text, view.sentence.start) is not None
