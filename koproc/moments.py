"""The date of publication as text: a day (2026-01-21) or, where the clock is known, a moment (2026-01-21T16:07)."""

from __future__ import annotations

from datetime import date, datetime


def day_or_moment(text: str) -> date:
    """The day or moment that an ISO 8601 string names; a time zone is dropped, the clock is that of the newspaper.

    Raises:
        ValueError: the string is neither.

    >>> day_or_moment("2026-01-21"), day_or_moment("2026-01-21T16:07+09:00")
    (datetime.date(2026, 1, 21), datetime.datetime(2026, 1, 21, 16, 7))
    """
    string = text.strip()
    if len(string) <= 10:
        return date.fromisoformat(string)
    return datetime.fromisoformat(string.removesuffix("Z")).replace(tzinfo=None)
