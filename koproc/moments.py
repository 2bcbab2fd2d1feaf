"""Dates as text: the day or moment of publication, and the days that a resolved time covers."""

from __future__ import annotations

import re
from calendar import monthrange
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


_QUARTER = re.compile(r"(\d{4})-Q([1-4])")
_HALF = re.compile(r"(\d{4})-H([12])")
_WEEK = re.compile(r"(\d{4})-W(\d{2})(?:-(\d))?")
_DAY = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:T[\d:]*)?")
_DECADE = re.compile(r"\d{2,3}")


def day_span(value: str) -> tuple[date, date] | None:
    """The first and last day of a TIMEX3 value (2026, 2026-Q1, 2027-08/2030-07, 202); None for durations, sets and unknown years.

    >>> day_span("2026-Q1"), day_span("P3Y")
    ((datetime.date(2026, 1, 1), datetime.date(2026, 3, 31)), None)
    """
    if "/" in value:
        first, _, last = value.partition("/")
        start = (date.min, date.min) if first in ("..", "") else day_span(first)
        end = (date.max, date.max) if last in ("..", "") else day_span(last)
        return (start[0], end[1]) if start and end and start[0] <= end[1] else None
    try:
        if match := _QUARTER.fullmatch(value):
            return _months(int(match[1]), int(match[2]) * 3 - 2, 3)
        if match := _HALF.fullmatch(value):
            return _months(int(match[1]), int(match[2]) * 6 - 5, 6)
        if match := _WEEK.fullmatch(value):
            first_day, last_day = (int(match[3]), int(match[3])) if match[3] else (1, 7)
            return tuple(date.fromisocalendar(int(match[1]), int(match[2]), day) for day in (first_day, last_day))  # type: ignore[return-value]
        if match := _DAY.fullmatch(value):
            year, month, day = (int(part) if part else None for part in match.groups())
            if year is None or month is None:
                return _months(int(match[1]), 1, 12)
            return _months(year, month, 1) if day is None else (date(year, month, day), date(year, month, day))
        if _DECADE.fullmatch(value):
            years = 10 ** (4 - len(value))
            return date(int(value) * years, 1, 1), date(int(value) * years + years - 1, 12, 31)
    except ValueError:
        return None
    return None


def _months(year: int, month: int, count: int) -> tuple[date, date]:
    last = month + count - 1
    return date(year, month, 1), date(year, last, monthrange(year, last)[1])
