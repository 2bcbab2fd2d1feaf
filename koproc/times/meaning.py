"""What the words of a time expression say, before anybody asks on which day they were written. Data only; `resolution.py` reads it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Direction = Literal["past", "future", "this", "next", "after next"]
Unit = Literal["년", "분기", "개월", "주", "일", "시간", "분", "초"]


@dataclass(frozen=True, slots=True)
class Shift:
    """So many years, months … from the day of publication, or (told) from the last date that the text named."""

    by: int
    told: bool = False


@dataclass(frozen=True, slots=True)
class Calendar:
    """A date as far as its words say: 지난해 9월 is year Shift(-1), month 9; 다음 주 화요일 is week Shift(1), weekday 1.

    `week` is a shift, or the number of a week in its month or year (-1 the last). `order` numbers a weekday in its month.
    `day` -1 is the last day of the month. `part` is 초, 말, 후반 … of the finest field; `since` the first of two numbers that share
    a unit (3~5월 is month 5, since 3).
    """

    century: int | None = None
    decade: int | None = None
    year: int | Shift | None = None
    half: int | None = None
    quarter: int | Shift | None = None
    season: str | None = None
    month: int | Shift | None = None
    week: int | Shift | None = None
    order: int | None = None
    weekday: int | None = None
    day: int | Shift | None = None
    holiday: str | None = None
    weekend: bool = False
    part: str | None = None
    same_period: str | None = None
    named_part: str | None = None
    unresolvable: bool = False
    since: int | None = None
    direction: Direction | None = None


@dataclass(frozen=True, slots=True)
class Clock:
    """A clock time as written; `noon` is the part of the day before it (오후), `before` counts minutes back (세 시 십 분 전)."""

    hour: int
    minute: int = 0
    second: int | None = None
    noon: str = ""
    before: bool = False
    since: int | None = None

    @property
    def ambiguous(self) -> bool:
        """Whether the hour may be one of the morning or of the afternoon."""
        return not self.noon and 1 <= self.hour <= 12


@dataclass(frozen=True, slots=True)
class PartOfDay:
    """오전, 오후, 밤 … as TIMEX writes it: TMO, TAF, TEV, TNI. `days` is -1 for last night."""

    code: str
    days: int = 0


@dataclass(frozen=True, slots=True)
class Length:
    """A stretch of time, from the larger unit to the smaller; an amount of None is vague (몇 년). 2~3년 is 3 years, since 2."""

    parts: tuple[tuple[Unit, Decimal | None], ...]
    since: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Offset:
    """So long before (-1) or after (1) the day of publication, and perhaps a weekday there (2주 후 월요일)."""

    length: Length
    sign: int
    weekday: int | None = None


@dataclass(frozen=True, slots=True)
class Stretch:
    """The stretch that ends (-1) or begins (1) at publication: 지난 3년간, 앞으로 2주."""

    length: Length
    sign: int


@dataclass(frozen=True, slots=True)
class Within:
    """안에, 내에 name the end as a deadline does; 이내 the stretch until then."""

    length: Length
    deadline: bool


@dataclass(frozen=True, slots=True)
class Repeated:
    """What repeats: the TIMEX value of its period (P1Y) or of its weekday (XXXX-WXX-1), and the clock time of each."""

    value: str
    clock: Clock | None = None


@dataclass(frozen=True, slots=True)
class Now:
    """지금; `rest` is 남은 하루, from now to the end of the day."""

    rest: bool = False


@dataclass(frozen=True, slots=True)
class Moment:
    """A date with a clock time, as one end of a range."""

    date: Calendar
    clock: Clock


Single = Calendar | Clock | PartOfDay | Length | Offset | Stretch | Within | Repeated | Now
Meaning = Single | Moment


@dataclass(frozen=True, slots=True)
class Phrase:
    """A time expression in the text and what it says; `until` is the other end of a range."""

    start: int
    end: int
    meaning: Meaning
    until: Meaning | None = None
