"""TIMEX3 values as intervals of moments, so that values of different tools can be compared.

2026-01 is [2026-01-01, 2026-02-01), 2026-Q1/2026-Q2 is [2026-01-01, 2026-07-01), 2026-01-20T16:07 is one moment.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Any

Interval = tuple[datetime | None, datetime | None]

_PARTS = {"TMO": (4, 12), "TAF": (12, 18), "TEV": (18, 24), "TNI": (18, 24)}
_SEASONS = {"SP": (3, 3), "SU": (6, 3), "FA": (9, 3), "WI": (12, 3)}
_DAY = timedelta(days=1)


def _months(year: int, month: int, count: int) -> Interval:
    last = month - 1 + count
    return datetime(year, month, 1), datetime(year + last // 12, last % 12 + 1, 1)


def interval(value: str) -> Interval | None:
    """The half-open interval of a value, or None where it names none (durations, sets).

    >>> [str(end) for end in interval("2026-H1")]
    ['2026-01-01 00:00:00', '2026-07-01 00:00:00']
    """
    if "/" in value:
        first, second = (interval(part) for part in value.split("/")[:2])
        return (first[0], second[1] if second else None) if first else None
    if match := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d))?)?", value):
        day = datetime(int(match[1]), int(match[2]), int(match[3]))
        if match[4] is None:
            return day, day + _DAY
        moment = day + timedelta(hours=int(match[4]), minutes=int(match[5]), seconds=int(match[6] or 0))
        return moment, moment
    if match := re.fullmatch(r"(\d{4}-\d\d-\d\d)(T[A-Z]{2})", value):
        begin, end = _PARTS[match[2]]
        day = datetime.fromisoformat(match[1])
        return day + timedelta(hours=begin), day + timedelta(hours=end)
    if match := re.fullmatch(r"(\d{4})-W(\d\d)(-WE)?", value):
        monday = datetime.combine(date.fromisocalendar(int(match[1]), int(match[2]), 1), datetime.min.time())
        return (monday + 5 * _DAY if match[3] else monday), monday + 7 * _DAY
    if match := re.fullmatch(r"(\d{4})-(?:(\d\d)|Q(\d)|H(\d)|(SP|SU|FA|WI))", value):
        year = int(match[1])
        if match[2]:
            return _months(year, int(match[2]), 1)
        if match[5]:
            return _months(year, *_SEASONS[match[5]])
        return _months(year, int(match[3]) * 3 - 2, 3) if match[3] else _months(year, int(match[4]) * 6 - 5, 6)
    if re.fullmatch(r"\d{2,4}", value):
        size = 10 ** (4 - len(value))
        return datetime(int(value) * size or 1, 1, 1), datetime((int(value) + 1) * size, 1, 1)
    return None


def same_as_recognizers(ours: str | None, wanted: dict[str, Any]) -> bool:
    """Whether our value is what Recognizers-Text states: its TIMEX where that is complete, or its past or future resolution."""
    if ours is None:
        return False
    candidates = wanted.get("values") or [wanted]
    for candidate in candidates:
        timex = str(candidate.get("Timex") or candidate.get("timex") or "").strip("()")
        clock = ours.split("T", 1)[-1] if "T" in ours and not ours.startswith("P") and "/" not in ours else None
        if timex == ours or (clock is not None and timex.startswith("T") and _clock(timex) == _clock(f"T{clock}")):
            return True
        if "," in timex and timex.startswith("T") and _clock_range(ours) == [_clock(part) for part in timex.split(",")[:2]]:
            return True
        if timex.startswith("P") and _seconds(timex) is not None and _seconds(timex) == _seconds(ours):
            return True
        part = re.search(r"T(?:MO|AF|EV|NI)$", timex)
        for resolution in (candidate, candidate.get("PastResolution") or {}, candidate.get("FutureResolution") or {}):
            if _same_resolution(ours, resolution, part.group() if part else None):
                return True
    return False


def _same_resolution(ours: str, resolution: dict[str, Any], part: str | None) -> bool:
    start = resolution.get("startDateTime") or resolution.get("startDate") or resolution.get("start")
    end = resolution.get("endDateTime") or resolution.get("endDate") or resolution.get("end")
    point = resolution.get("dateTime") or resolution.get("date") or resolution.get("value")
    if part is not None:
        return start is not None and ours == f"{start[:10]}{part}"
    found = interval(ours)
    if found is None:
        return False
    if isinstance(point, str) and re.match(r"\d{4}-\d\d-\d\d", point):
        moment = datetime.fromisoformat(point)
        return found[0] == moment and (found[1] in (moment, moment + _DAY))
    if not (isinstance(start, str) and re.match(r"\d{4}-", start)):
        return False
    begin = datetime.fromisoformat(start)
    finish = datetime.fromisoformat(end) if end else None
    if finish is None or found[1] is None or found[0] is None:
        return found[0] == begin
    # the last day or month that a range names: some sets count it in and some do not
    last = interval(ours.split("/")[-1]) if "/" in ours else None
    return found[0] == begin and (abs(found[1] - finish) <= _DAY or (last is not None and last[0] == finish))


def _clock(timex: str) -> tuple[int, ...]:
    numbers = [int(number) for number in re.findall(r"\d+", timex.split("T")[-1])]
    return tuple([*numbers, 0, 0, 0][:3])


def _clock_range(ours: str) -> list[tuple[int, ...]]:
    return [_clock(part) for part in ours.split("/")] if ours.count("T") == 2 else []


_LENGTHS = {"Y": 31536000, "M": 2592000, "W": 604800, "D": 86400, "TH": 3600, "TM": 60, "TS": 1}


def _seconds(value: str) -> float | None:
    match = re.fullmatch(r"P(?P<dates>(?:[\d.]+[YMWD])*)(?:T(?P<clocks>(?:[\d.]+[HMS])+))?", value)
    if match is None:
        return None
    dates = sum(float(number) * _LENGTHS[unit] for number, unit in re.findall(r"([\d.]+)([YMWD])", match["dates"]))
    clocks = sum(float(number) * _LENGTHS[f"T{unit}"] for number, unit in re.findall(r"([\d.]+)([HMS])", match["clocks"] or ""))
    return dates + clocks


def same_as_duckling(ours: str | None, expected: str) -> bool:
    """Whether our value is Duckling's `datetime (y, m, d, h, m, s) Grain` or interval of two."""
    moments = [datetime(*map(int, numbers)) for numbers in re.findall(r"\((\d+), (\d+), (\d+), (\d+), (\d+), (\d+)\)", expected)]
    if ours is None:
        return False
    if ours.startswith("P"):
        return _duration_matches(ours, expected)
    found = interval(ours)
    if found is None or not moments:
        return False
    if len(moments) == 2:
        end = found[1]
        # the end of Duckling's intervals is the end of its last grain: one minute, hour or day after the last one named
        slack = _DAY if moments[1].hour == 0 or "Hour" in expected else timedelta(minutes=1)
        from_now = timedelta(hours=5) if "Second" in expected and "/" in ours else timedelta(0)  # a day for the moment of the reference
        weekend = timedelta(hours=6) if ours.endswith("-WE") else timedelta(0)
        return (
            found[0] is not None
            and abs(found[0] - moments[0]) <= max(weekend, from_now)
            and end is not None
            and abs(end - moments[1]) <= slack
        )
    start = found[0]
    if start is None:
        return False
    if "Hour" in expected and found[1] == start + _DAY:  # days ago, to the hour of the reference
        return start.date() == moments[0].date()
    length = {"Year": 365, "Quarter": 90, "Month": 28, "Week": 7, "Day": 1}.get(expected.split()[-1].strip(")"), 0)
    span = (found[1] - start).days if found[1] is not None else length
    return start == moments[0] and (span >= length or "/" in ours)


def _duration_matches(ours: str, expected: str) -> bool:
    match = re.fullmatch(r"DurationData (\d+) (\w+)", expected)
    unit = {"Second": 1, "Minute": 60, "Hour": 3600, "Day": 86400, "Week": 604800, "Month": 2592000, "Year": 31536000}
    return match is not None and _seconds(ours) == int(match[1]) * unit.get(match[2], -1)
