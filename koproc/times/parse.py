"""One string → one time, for callers who have the string already. Nonsense raises ParseError."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from ..document import Document, Time
from ..errors import ParseError
from ..moments import day_or_moment
from .expressions import find_times


def parse_time(text: str, *, reference: date | str | None = None) -> Time:
    """The TIMEX3 value of a Korean time expression; relative ones need `reference`, the day or moment (datetime) they are read.

    Raises:
        ParseError: the string is not one time expression, or is relative and there is no `reference`.

    >>> parse_time("지난해 9월", reference=date(2026, 1, 21)).value
    '2025-09'
    >>> parse_time("내일 오후 3시", reference="2026-01-21").value, parse_time("두 시간 뒤", reference="2026-01-21T16:07").value
    ('2026-01-22T15:00', '2026-01-21T18:07')
    """
    string = text.strip()
    try:
        published = day_or_moment(reference) if isinstance(reference, str) else reference
    except ValueError:
        raise ParseError(f"reference must be a date, a datetime, YYYY-MM-DD or YYYY-MM-DDTHH:MM, not {reference!r}") from None
    found = find_times(Document(id="time", text=string, published=published)).times
    if [time.type for time in found] == ["DATE", "TIME"] and found[1].start - found[0].end <= 1:  # a day and its clock time are one here
        found = (replace(found[1], id="t1", start=found[0].start, text=string[found[0].start : found[1].end]),)
    if len(found) != 1 or (found[0].start, found[0].end) != (0, len(string)):
        raise ParseError(f"{text!r} is not one Korean time expression; write it like 2026년 1월 21일, 지난해 9월 or 2분기")
    if found[0].value is None:
        raise ParseError(f"{text!r} cannot be resolved; give reference=, the day that it is read")
    at = text.index(string)
    return replace(found[0], start=at + found[0].start, end=at + found[0].end)
