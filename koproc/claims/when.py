"""Which times of a sentence can be the time of a fact: not those of a comparison (전년 동기 대비), not the day it was told (20일 밝혔다)."""

from __future__ import annotations

import re

from ..document import Time
from .structure import SentenceView

_COMPARED = re.compile(r"\s?(?:대비|보다|에\s비[해하]|[와과]\s(?:비교|견줘|견주)|같은\s|동기)")
_TOLD = re.compile(
    r"(?:\((?:현지\s?시[각간])\))?(?:\s[가-힣A-Za-z0-9()‘’“”·\s]{0,40}?(?:에 따르면|에 의하면)|[,\s](?:[^.“”]{0,40}?[서에]\s)?[^.“”]{0,30}?(?:[다라]고\s)?(?:밝혔|전했|발표했|말했|보도했|공시))"
)


def fact_times(text: str, view: SentenceView) -> list[Time]:
    """Dates in a sentence that can say when something is so."""
    return [
        time
        for time in view.times
        if time.type == "DATE"
        and not _COMPARED.match(text, time.end)
        and not (_is_day(time) and _TOLD.match(text[time.end : view.sentence.end]) and not _quoted(text, view, time))
    ]


def _is_day(time: Time) -> bool:
    return bool(re.search(r"\d{4}-\d\d-\d\d$", time.value or "")) and "/" not in (time.value or "")


def _quoted(text: str, view: SentenceView, time: Time) -> bool:
    head = text[view.sentence.start : time.start]
    return head.count("“") > head.count("”")
