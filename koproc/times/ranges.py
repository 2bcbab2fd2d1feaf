"""Ranges of times: phrases that stand together are joined (A부터 B까지), and both ends are resolved with what the other says."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from . import calendar
from .calendar import Anchor
from .meaning import Calendar, Clock, Length, Meaning, Moment, Phrase, Shift
from .resolution import Reading, calendar_value, clock_of_day, duration_value, read

_JOINT = re.compile(r"\s?[~∼〜～–]\s?|\s-\s|-(?=\d)|\s?부터\s*|\s?(?P<loose>에서\s|[와과]\s)")
_TILDE = re.compile(r"\s?[~∼〜～–-]")
_CLOSED = re.compile(r"\s?(?:까지|사이)")
_BESIDE = re.compile(r"\s?(?:의\s)?(?:\([^()]{1,6}\))?\s?")
# from the larger to the smaller: an end of a range takes over what it leaves unsaid and the other says
_FIELDS = ("century", "decade", "year", "half", "quarter", "season", "month", "week", "day", "weekday")


def join_ranges(text: str, phrases: list[Phrase]) -> list[Phrase]:
    """The same phrases, those that form a range joined into one."""
    joined: list[Phrase] = []
    index = 0
    while index < len(phrases):
        for size in (4, 3, 2):
            whole = _range(text, phrases[index : index + size]) if index + size <= len(phrases) else None
            if whole is not None:
                joined.append(whole)
                index += size
                break
        else:
            joined.append(phrases[index])
            index += 1
    return joined


def _range(text: str, phrases: list[Phrase]) -> Phrase | None:
    """One phrase of two ends; of four phrases both ends are a date and a clock time, of three the second."""
    middle = len(phrases) // 2
    first, second = _end(text, phrases[:middle]), _end(text, phrases[middle:])
    if first is None or second is None or type(first.meaning) is not type(second.meaning):
        return None
    joint = _JOINT.match(text, first.end)
    if joint is None or joint.end() != second.start or (joint["loose"] and not _CLOSED.match(text, second.end)):
        return None
    if not isinstance(first.meaning, Calendar | Clock | Moment | Length) or _since(first) or _since(second):
        return None
    if isinstance(first.meaning, Length) and not _TILDE.match(text, first.end):
        return None
    return Phrase(first.start, second.end, first.meaning, second.meaning)


def _since(phrase: Phrase) -> bool:
    return getattr(phrase.meaning, "since", None) is not None


def _end(text: str, phrases: list[Phrase]) -> Phrase | None:
    if len(phrases) == 1:
        return phrases[0]
    day, clock = phrases
    if isinstance(day.meaning, Calendar) and isinstance(clock.meaning, Clock) and _BESIDE.fullmatch(text, day.end, clock.start):
        return Phrase(day.start, clock.end, Moment(day.meaning, clock.meaning))
    return None


def read_phrase(phrase: Phrase, anchor: Anchor) -> Reading:
    """The type and value of a phrase, be it a range or not."""
    meaning, until = phrase.meaning, phrase.until
    if isinstance(meaning, Calendar) and isinstance(until, Calendar):
        return "DATE", _dates(meaning, until, anchor)
    if isinstance(meaning, Calendar) and meaning.since is not None:
        return "DATE", _shared_unit(meaning, meaning.since, anchor)
    if isinstance(meaning, Clock) and isinstance(until, Clock):
        return "TIME", _clocks(meaning, until, anchor)
    if isinstance(meaning, Clock) and meaning.since is not None:
        noon = meaning.noon if meaning.since != meaning.hour else ""
        return "TIME", _clocks(Clock(meaning.since, noon=noon), replace(meaning, since=None), anchor)
    if isinstance(meaning, Length) and (isinstance(until, Length) or meaning.since is not None):
        return "DURATION", _lengths(meaning, until)
    if isinstance(meaning, Moment) and isinstance(until, Moment):
        values = [_moment(moment, anchor) for moment in (meaning, until)]
        return "TIME", "/".join(value for value in values if value) if all(values) else None
    assert not isinstance(meaning, Moment)  # made by join_ranges, and only in pairs
    return read(meaning, anchor)


def _lengths(first: Length, second: Meaning | None) -> str:
    """10분~15분 and 2~3년: the shortest and the longest length, PT10M/PT15M."""
    if isinstance(second, Length):
        return f"{duration_value(first)}/{duration_value(second)}"
    shortest = replace(first, parts=((first.parts[0][0], first.since), *first.parts[1:]), since=None)
    return f"{duration_value(shortest)}/{duration_value(first)}"


def _moment(moment: Moment, anchor: Anchor) -> str | None:
    day = calendar_value(moment.date, anchor)
    return f"{day}{clock_of_day(moment.clock)}" if day else None


def _dates(first: Calendar, second: Calendar, anchor: Anchor) -> str | None:
    """2017년 11월부터 2월까지, 9월 3일부터 12일까지, 5월부터 2020년 10월까지."""
    said = _said(first)
    wanted = _said(second)
    coarsest = min((_FIELDS.index(name) for name in wanted), default=len(_FIELDS))
    taken: dict[str, Any] = {name: value for name, value in said.items() if _FIELDS.index(name) < coarsest}
    second_full = replace(second, **taken, direction=second.direction or first.direction)
    if first.year is None and isinstance(second.year, int) and isinstance(first.month, int):
        later = isinstance(second.month, int) and first.month > second.month
        first = replace(first, year=second.year - later)
    begin = calendar_value(first, anchor)
    if begin is None:
        return None
    if second_full.year is None and not _shifted(second_full) and begin[:4].isdecimal() and (second_full.month or second_full.quarter):
        second_full = replace(second_full, year=int(begin[:4]))
    finish = calendar_value(second_full, anchor)
    if finish is None:
        return None
    if finish < begin and second.year is None and isinstance(second_full.year, int):
        finish = calendar_value(replace(second_full, year=second_full.year + 1), anchor)
    return f"{begin.split('/')[0]}/{finish.split('/')[-1]}" if finish else None


def _said(date_: Calendar) -> dict[str, Any]:
    return {name: getattr(date_, name) for name in _FIELDS if getattr(date_, name) is not None}


def _shifted(date_: Calendar) -> bool:
    return any(isinstance(getattr(date_, name), Shift) for name in ("month", "week", "day", "quarter"))


def _shared_unit(said: Calendar, since: int, anchor: Anchor) -> str | None:
    """3~5월, 지난달 12∼14일: the first end is the same date with another number in its finest field."""
    field = next(name for name in ("day", "month", "quarter", "year", "decade", "century") if getattr(said, name) is not None)
    finish = calendar_value(replace(said, since=None), anchor)
    begin = calendar_value(replace(said, since=None, **{field: since}), anchor)  # type: ignore[arg-type]
    if begin is None or finish is None:
        return None
    if field in ("month", "quarter") and said.year is None and begin[:4] != finish[:4]:
        begin = f"{finish[:4]}{begin[4:]}"  # both ends lie in the year of the later
    if begin > finish and field == "month":
        begin = f"{int(begin[:4]) - 1}{begin[4:]}"
    if begin > finish and field == "day" and finish[:7].count("-") == 1:
        year, month = calendar.shift_month(int(finish[:4]), int(finish[5:7]), -1)
        begin = f"{year:04}-{month:02}{begin[7:]}"
    return f"{begin.split('/')[0]}/{finish.split('/')[-1]}"


def _clocks(first: Clock, second: Clock, anchor: Anchor) -> str:
    """오후 5시부터 6시까지: an hour whose half of the day is unsaid lies so that the range is short and runs forward."""
    minutes = [(clock.hour * 60 + clock.minute, clock) for clock in (first, second)]
    begins = [minutes[0][0]] + ([(minutes[0][0] + 720) % 1440] if first.ambiguous and not second.ambiguous else [])
    ends = [minutes[1][0]] + ([(minutes[1][0] + 720) % 1440] if second.ambiguous else [])
    length, begin, end = min(((end - begin - 1) % 1440 + 1, begin, end) for begin in begins for end in ends)
    base = anchor.last or anchor.day
    next_day = begin + length >= 1440 and end != 1440
    values = [_clock_value(begin, first, base), _clock_value(end, second, base + timedelta(days=1) if base and next_day else base)]
    return "/".join(values)


def _clock_value(minutes: int, clock: Clock, base: date | None) -> str:
    seconds = f":{clock.second:02}" if clock.second else ""
    return f"{base.isoformat() if base else ''}T{minutes // 60:02}:{minutes % 60:02}{seconds}"
