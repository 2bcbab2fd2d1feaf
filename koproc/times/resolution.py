"""What a time expression says, and what it is read against → its TIMEX3 type and value. Nothing here reads text."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from decimal import Decimal

from ..document import TimeType
from . import calendar
from .calendar import Anchor
from .meaning import Calendar, Clock, Length, Now, Offset, PartOfDay, Repeated, Shift, Single, Stretch, Unit, Within

Reading = tuple[TimeType, str | None]

_LETTERS: dict[Unit, str] = {"년": "Y", "분기": "M", "개월": "M", "주": "W", "일": "D", "시간": "H", "분": "M", "초": "S"}
_OF_CLOCK = ("시간", "분", "초")


def read(meaning: Single, anchor: Anchor) -> Reading:
    """The TIMEX3 type and value; the value is None where the words name no time that can be told (몇 달 전, 평일)."""
    if isinstance(meaning, Calendar):
        return "DATE", calendar_value(meaning, anchor)
    if isinstance(meaning, Clock):
        return "TIME", _on_day(clock_of_day(meaning), anchor, meaning)
    if isinstance(meaning, PartOfDay):
        base = anchor.day if meaning.days else anchor.last or anchor.day
        return "TIME", f"{(base + timedelta(days=meaning.days)).isoformat()}{meaning.code}" if base else meaning.code
    if isinstance(meaning, Length):
        return "DURATION", duration_value(meaning)
    if isinstance(meaning, Repeated):
        return "SET", meaning.value if meaning.clock is None else clock_of_day(meaning.clock)
    if isinstance(meaning, Now) and meaning.rest:
        return "TIME", f"{_iso(anchor.moment)}/{anchor.moment.date()}T23:59:59" if anchor.moment else None
    if isinstance(meaning, Now):
        return "DATE", anchor.moment.isoformat(timespec="minutes") if anchor.moment else "PRESENT_REF"
    return _away(meaning, anchor)


def duration_value(length: Length) -> str:
    """P1Y6M, PT1.5H, PXD.

    >>> duration_value(Length((("년", Decimal(1)), ("개월", Decimal(6))))), duration_value(Length((("시간", None),)))
    ('P1Y6M', 'PTXH')
    """
    dates = "".join(_amount(unit, amount) for unit, amount in length.parts if unit not in _OF_CLOCK)
    clocks = "".join(_amount(unit, amount) for unit, amount in length.parts if unit in _OF_CLOCK)
    return f"P{dates}" + (f"T{clocks}" if clocks else "")


def _amount(unit: Unit, amount: Decimal | None) -> str:
    number = "X" if amount is None else f"{(amount * 3 if unit == '분기' else amount).normalize():f}"
    return f"{number}{_LETTERS[unit]}"


def clock_of_day(clock: Clock) -> str:
    """`T16:07`."""
    return f"T{clock.hour:02}:{clock.minute:02}" + (f":{clock.second:02}" if clock.second else "")


def _on_day(time: str, anchor: Anchor, clock: Clock) -> str:
    if anchor.last is not None or anchor.day is None:
        return f"{anchor.last.isoformat()}{time}" if anchor.last else time
    if anchor.query and anchor.moment is not None:
        return _next(clock, anchor.moment)
    return f"{anchor.day.isoformat()}{time}"


def _next(clock: Clock, now: datetime) -> str:
    """The next such clock time: who types 네 시 at half past four in the morning means the afternoon."""
    first = now.replace(hour=clock.hour % 24, minute=clock.minute, second=clock.second or 0, microsecond=0)
    for hours in (0, 12, 24) if clock.ambiguous else (0, 24):
        if (moment := first + timedelta(hours=hours)) >= now:
            return moment.isoformat(timespec="seconds" if clock.second else "minutes")
    return first.isoformat(timespec="minutes")


def _whole(length: Length) -> list[tuple[str, int]] | None:
    """The amounts as whole numbers, half a unit as the units below it; None if one is vague."""
    whole: list[tuple[str, int]] = []
    below = {"년": ("개월", 12), "주": ("일", 7), "일": ("시간", 24), "시간": ("분", 60), "분": ("초", 60), "개월": ("일", 30)}
    for unit, amount in length.parts:
        if amount is None or amount > 100_000:
            return None
        whole.append((unit, int(amount)))
        if rest := amount - int(amount):
            if unit not in below:
                return None
            smaller, size = below[unit]
            whole.append((smaller, int(rest * size)))
    return whole


def _away(meaning: Offset | Stretch | Within, anchor: Anchor) -> Reading:
    """What lies so long ago or ahead, or stretches from there to the day of publication."""
    amounts = _whole(meaning.length)
    with_clock = any(unit in _OF_CLOCK for unit, _ in meaning.length.parts)
    base = anchor.moment if with_clock else anchor.day
    if isinstance(meaning, Within) and not (anchor.planned or anchor.query):
        return "DURATION", duration_value(meaning.length)
    if base is None or amounts is None:
        vague = with_clock or not isinstance(meaning, Offset)
        return ("DURATION", duration_value(meaning.length)) if vague else ("DATE", None)
    sign = 1 if isinstance(meaning, Within) else meaning.sign
    other = calendar.moved(base, amounts, sign)
    kind: TimeType = "TIME" if with_clock else "DATE"
    if other is None:
        return kind, None
    if isinstance(meaning, Stretch) or (isinstance(meaning, Within) and not meaning.deadline):
        first, last = sorted((base, other))
        return kind, f"{_iso(first)}/{_iso(last)}"
    if isinstance(meaning, Offset) and meaning.weekday is not None:
        return kind, calendar.week_value(other, 0, meaning.weekday)
    finest = meaning.length.parts[-1][0] if amounts[-1][0] == meaning.length.parts[-1][0] else amounts[-1][0]
    return kind, {"년": f"{other.year:04}", "분기": f"{other.year:04}-{other.month:02}", "개월": f"{other.year:04}-{other.month:02}"}.get(
        finest
    ) or _iso(other)


def _iso(moment: date) -> str:
    if isinstance(moment, datetime):
        return moment.isoformat(timespec="seconds" if moment.second else "minutes")
    return moment.isoformat()


def calendar_value(said: Calendar, anchor: Anchor) -> str | None:
    """The value of a date, as fine as its words are."""
    if said.unresolvable:
        return None
    if said.same_period is not None:
        return _same_period(said, anchor)
    if said.century is not None:
        first = (said.century - 1) * 100 + 1
        return calendar.part_of_years(first, first + 99, said.part) if said.part else f"{said.century - 1:02}"
    if said.decade is not None:
        return calendar.part_of_years(said.decade * 10, said.decade * 10 + 9, said.part) if said.part else f"{said.decade:03}"
    if isinstance(said.day, Shift):
        base = _base(said.day, anchor)
        return (base + timedelta(days=said.day.by)).isoformat() if base else None
    if isinstance(said.week, Shift):
        return _week(said, said.week, anchor)
    if said.month is not None:
        return _month(said, anchor)
    if said.quarter is not None or said.half is not None:
        return _quarter_or_half(said, anchor)
    if said.holiday is not None:
        return _holiday(said.holiday, said, anchor)
    if said.day is not None:
        return _bare_day(said, said.day, anchor)
    if said.order is not None and anchor.day is not None:
        return calendar.weekday_of_month(anchor.day.year, anchor.day.month, said.order, said.weekday or 0)
    if said.weekend:
        weeks = -1 if said.direction == "past" else calendar.STEPS.get(said.direction or "", 0)
        return f"{calendar.week_value(anchor.day, weeks, None)}-WE" if anchor.day else None
    if said.weekday is not None and said.year is None:
        return _weekday(said, said.weekday, anchor)
    if said.season is not None:
        year = _year(said, anchor) if said.year is not None else _year_of_season(said.season, said, anchor)
        return f"{year if year is not None else 'XXXX'}-{said.season}"
    return _in_year(said, anchor)


def _base(shift: Shift, anchor: Anchor) -> date | None:
    return (anchor.last or anchor.day) if shift.told else anchor.day


def _year(said: Calendar, anchor: Anchor) -> int | None:
    if isinstance(said.year, Shift):
        base = _base(said.year, anchor)
        if said.year.told and anchor.period and anchor.period[:4].isdecimal():
            return int(anchor.period[:4]) + said.year.by
        return base.year + said.year.by if base else None
    return said.year


def _in_year(said: Calendar, anchor: Anchor) -> str | None:
    year = _year(said, anchor)
    if year is None and said.named_part is not None and anchor.day is not None:
        year = anchor.day.year
    if year is None:
        return None
    if said.named_part is not None:
        return {"begin": f"{year}-01", "end": f"{year}-12"}.get(said.named_part, str(year))
    if isinstance(said.week, int):
        last = date(year, 12, 28).isocalendar().week
        return f"{year}-W{last if said.week < 0 else said.week:02}"
    if said.part is not None:
        return calendar.part_of_months(year, 1, 12, said.part)
    return f"{year:04}"


def _month(said: Calendar, anchor: Anchor) -> str | None:
    if isinstance(said.month, Shift):
        base = _base(said.month, anchor)
        if base is None:
            return None
        year, month = calendar.shift_month(base.year, base.month, said.month.by)
    else:
        assert said.month is not None
        month = said.month
        found = _year(said, anchor) if said.year is not None else calendar.year_of_month(month, anchor, said.direction)
        if found is None:
            return None
        year = found
        if said.year is None and said.direction is None and isinstance(said.day, int) and said.day > 0:
            year = _year_of_day(year, month, said.day, said.weekday, anchor)
    if said.part is not None:
        return calendar.part_of_month(year, month, said.part)
    if said.order is not None:
        return calendar.weekday_of_month(year, month, said.order, said.weekday or 0)
    if isinstance(said.week, int):
        if said.weekday is not None:
            return calendar.weekday_of_month(year, month, said.week, said.weekday)
        return calendar.week_of_month(year, month, said.week)
    if isinstance(said.day, int):
        return calendar.last_day(year, month) if said.day < 0 else calendar.day_value(year, month, said.day)
    return f"{year:04}-{month:02}"


def _year_of_day(year: int, month: int, day: int, weekday: int | None, anchor: Anchor) -> int:
    """A month and day of this month: those that are past by a query mean next year; a weekday beside settles the year."""
    if weekday is not None:
        for by in (0, 1, -1):
            value = calendar.day_value(year + by, month, day)
            if value and date.fromisoformat(value).weekday() == weekday:
                return year + by
    if anchor.query and anchor.day is not None and (year, month, day) < (anchor.day.year, anchor.day.month, anchor.day.day):
        return year + 1
    return year


def _quarter_or_half(said: Calendar, anchor: Anchor) -> str | None:
    letter, count = ("Q", 4) if said.quarter is not None else ("H", 2)
    index = said.quarter if said.quarter is not None else said.half
    if isinstance(index, Shift):
        if index.told and anchor.period and (parts := _quarter_of(anchor.period)):
            number = parts + index.by
        elif anchor.day is not None:
            number = anchor.day.year * 4 + (anchor.day.month - 1) // 3 + index.by
        else:
            return None
        return f"{number // 4}-Q{number % 4 + 1}"
    assert index is not None
    year = _year(said, anchor) if said.year is not None else _year_of_period(letter, index, count, said, anchor)
    if year is None:
        return None
    if said.part is not None:
        size = 12 // count
        return calendar.part_of_months(year, (index - 1) * size + 1, index * size, said.part)
    return f"{year}-{letter}{index}"


def _year_of_period(letter: str, index: int, count: int, said: Calendar, anchor: Anchor) -> int | None:
    """The year of a bare quarter or half: that of the one named before in the sentence, if it is not to come, else by habit."""
    before = re.fullmatch(rf"(\d{{4}})-{letter}(\d)", anchor.period or "")
    if before is None or said.direction is not None or anchor.day is None:
        return calendar.year_of_period(index, count, anchor, said.direction)
    year, now = int(before[1]), (anchor.day.month - 1) * count // 12 + 1
    return year - 1 if (year, index) > (anchor.day.year, now) and not anchor.ahead else year


def _quarter_of(value: str) -> int | None:
    year, _, rest = value.partition("-")
    return int(year) * 4 + int(rest[1]) - 1 if rest[:1] == "Q" and year.isdecimal() else None


def _same_period(said: Calendar, anchor: Anchor) -> str | None:
    """전년 동기: the period that the sentence spoke of, a year before."""
    if said.same_period == "same":
        return anchor.period
    if anchor.period:
        return re.sub(r"(^|/)(\d{4})", lambda match: f"{match[1]}{int(match[2]) - 1}", anchor.period)
    return str(anchor.day.year - 1) if anchor.day else None


def _week(said: Calendar, week: Shift, anchor: Anchor) -> str | None:
    if anchor.day is None:
        return None
    if said.part is not None:
        return calendar.part_of_week(anchor.day, week.by, said.part)
    value = calendar.week_value(anchor.day, week.by, said.weekday)
    return f"{value}-WE" if said.weekend else value


def _bare_day(said: Calendar, day: int | Shift, anchor: Anchor) -> str | None:
    assert isinstance(day, int)
    found = calendar.month_of_day(day, anchor, said.direction, said.weekday)
    return None if found is None else calendar.day_value(*found, day)


def _weekday(said: Calendar, weekday: int, anchor: Anchor) -> str:
    """지난 the last one, 이번 this week's, 다음 next week's, none what the sentence suggests."""
    if anchor.day is None:
        return f"XXXX-WXX-{weekday + 1}"
    if said.direction in calendar.STEPS:
        return calendar.week_value(anchor.day, calendar.STEPS[said.direction], weekday)
    ahead = (weekday - anchor.day.weekday()) % 7
    if said.direction == "future" or (said.direction is None and anchor.query):
        return (anchor.day + timedelta(days=ahead or 7)).isoformat()
    back = said.direction == "past" or (said.direction is None and anchor.past and not anchor.ahead)
    days = ahead - 7 if back and (ahead or said.direction) else ahead
    return (anchor.day + timedelta(days=days)).isoformat()


_SEASON_MONTHS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}


def _year_of_season(season: str, said: Calendar, anchor: Anchor) -> int | None:
    if anchor.day is None:
        return None
    year, first = anchor.day.year, _SEASON_MONTHS[season]
    if said.direction == "past":
        return year if first + 3 <= anchor.day.month else year - 1
    if said.direction in ("future", "next"):
        return year if first > anchor.day.month else year + 1
    if season == "WI" and said.direction == "this" and anchor.day.month <= 2:
        return year - 1
    return year


def _holiday(rule: str, said: Calendar, anchor: Anchor) -> str | None:
    if said.year is not None:
        year = _year(said, anchor)
        return calendar.holiday(year, rule) if year is not None else None
    if anchor.day is None:
        return f"XXXX-{rule}" if rule[:2].isdecimal() else None
    days = [day for by in (-1, 0, 1) if (day := calendar.holiday(anchor.day.year + by, rule))]
    today = anchor.day.isoformat()
    if said.direction == "past" or (said.direction is None and anchor.past and not anchor.ahead):
        before = [day for day in days if day <= today]
        return before[-1] if before else None
    if said.direction in ("future", "next") or anchor.ahead or anchor.query:
        after = [day for day in days if day >= today]
        return after[0] if after else None
    return calendar.holiday(anchor.day.year, rule)
