"""One string → one time, for callers who have the string already. Nonsense raises ParseError."""

from __future__ import annotations

from datetime import date

from ..document import Document, Time
from ..errors import ParseError
from .expressions import find_times


def parse_time(text: str, *, reference: date | None = None) -> Time:
    """The TIMEX3 value of a Korean time expression; relative ones need `reference`, the day they are read.

    Raises:
        ParseError: the string is not one time expression, or is relative and there is no `reference`.

    >>> parse_time("지난해 9월", reference=date(2026, 1, 21)).value
    '2025-09'
    """
    string = text.strip()
    found = find_times(Document(id="time", text=string, published=reference)).times
    if len(found) != 1 or (found[0].start, found[0].end) != (0, len(string)):
        raise ParseError(f"{text!r} is not one Korean time expression; write it like 2026년 1월 21일, 지난해 9월 or 2분기")
    if found[0].value is None:
        raise ParseError(f"{text!r} cannot be resolved; give reference=, the day that it is read")
    return found[0]
