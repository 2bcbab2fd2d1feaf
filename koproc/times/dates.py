"""Text → the longest calendar date that begins at a place, built piece by piece from the larger field to the smaller.

    date  := direction? piece (gap piece)*          지난해 9월 20일, 오는 3분기, 다음 주 화요일, 7월 첫째 주 금요일
    piece := word of the table | number unit | 2026.1.21 | '26년

Which piece may follow which is one table (`_FOLLOWS`), so every combination that Korean allows is read and no other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from .meaning import Calendar, Shift
from .numbers import whole_number_at
from .words import WEEKDAYS, Tokens, Word, is_whole_word, words_at

_Piece = tuple[str, dict[str, Any], int]  # grain, fields, where it ends

_FOLLOWS: dict[str, frozenset[str]] = {
    "": frozenset(
        {"century", "decade", "year", "short year", "year prefix", "half", "quarter", "season", "month", "week", "weekday", "day"}
        | {"full date", "holiday", "weekend", "kind of day", "part of year", "part of month", "part of week", "weekday order"}
        | {"same period", "direction"}
    ),
    "year prefix": frozenset(["half", "quarter", "season", "month", "part", "part of year", "holiday"]),
    "direction": frozenset(["year", "half", "quarter", "season", "month", "day", "weekday", "weekend", "holiday", "kind of day"]),
    "century": frozenset(["part"]),
    "decade": frozenset(["part"]),
    "year": frozenset(
        ["half", "quarter", "season", "month", "part", "part of year", "week order", "holiday", "kind of day", "same period"]
    ),
    "short year": frozenset(["half", "quarter", "month", "season", "part"]),
    "half": frozenset(["part"]),
    "quarter": frozenset(["part"]),
    "season": frozenset(["part"]),
    "month": frozenset(["day", "part", "week order", "weekday order", "last day", "weekend"]),
    "week": frozenset(["weekday", "part", "weekend"]),
    "week order": frozenset(["weekday"]),
    "day": frozenset(["weekday"]),
    "full date": frozenset(["weekday"]),
    "weekday": frozenset(["month", "day"]),
}
_OPEN_ENDED = frozenset({"year prefix", "direction", "short year"})  # cannot stand alone
_GAP = re.compile(r"의\s|\s?")
_COMMA = re.compile(r",\s?")
_WEEKDAY_BESIDE = re.compile(r"\s?\(?(?P<weekday>[월화수목금토일])요일\)?|\((?P<letter>[월화수목금토일])\)")
_NUMERIC = re.compile(
    r"(?P<year>(?:19|20)\d\d)(?P<sep>[-./]\s?)(?P<month>1[0-2]|0?[1-9])(?P=sep)(?P<day>3[01]|[12]\d|0?[1-9])(?!\d)\.?(?!\d)"
)
_MONTH_FIRST = re.compile(r"(?P<first>\d{1,2})(?P<sep>[-/])(?P<second>\d{1,2})(?P=sep)(?P<year>\d{4}|\d\d)(?![\d-])")
_SLASHED = re.compile(r"(?P<month>1[0-2]|0?[1-9])/(?P<day>3[01]|[12]\d|0?[1-9])(?=에|일|까지|부터|\s?\([월화수목금토일]|$)(?!\d)")
_FRACTION_BEFORE = re.compile(r"의\s$|\d\s+$|[-−]$")
_QUARTER = re.compile(r"(?P<quarter>[1-4일이삼사])\s?(?:[/·]\s?4\s?|사)?분기")
_SINCE = re.compile(r"(?P<number>\d{1,4})\s?(?:[~∼〜～–-]|(?P<and>[,·]))\s?(?=\d)")
_APOSTROPHE = re.compile(r"['‘’](?P<year>\d\d)\s?년")
_BARE_YEAR = re.compile(r"(?P<year>(?:1[5-9]|20)\d\d|이천[일이삼사오육칠팔구십]*)(?:년)?(?!\d)")
_PART = re.compile(
    r"(?P<part>초순|초반|초(?!반|기|점|과|대|등|고|중|청|보|창|밥)|중순|중반|하순|후반|전반|말(?![가-힣])|말(?=[에까부의로이께쯤인은과와]))(?!기)"
)
_AFTER_DAY = re.compile(
    r"\s?(?:간(?![가-힣]{2})|동안|만에|째|차(?![가-힣])|연속|이내|치(?![가-힣])|(?:여\s?)?(?:전|뒤|후)(?=보다|에|과|와|의|부터|까지|인|만|로|쯤|[^가-힣]|$)|가량|정도|넘게|이\s?(?:걸리|걸린|걸렸|소요|지나|지났|필요)|이면|[내안](?=[에로\s]|$))"
)
_AFTER_YEAR = re.compile(r"\s?(?:간(?![가-힣]{2})|동안|만에|째|차(?![가-힣])|연속)|(?:산|형|식)(?![가-힣])")
_NO_MONTH = re.compile(r"\s?(?:간|째|요일|드)")  # 2월간, 월요일, 월드
_WEEK_BEFORE = re.compile(r"\s?(?:대비|보다|에\s비|[월화수목금토일]요일)|$")
_SPACE = re.compile(r"\s")
_OTHER_THAN_YEAR = re.compile("도[가-힣](?<![에의를은는와])")  # 2026년 도시, not 2026년도에
_QUARTERS = {"일": 1, "이": 2, "삼": 3, "사": 4}


def date_at(text: str, at: int, tokens: Tokens) -> tuple[Calendar, int] | None:
    """The longest date that begins at `at` and where it ends, or None.

    >>> found, end = date_at("지난해 9월 20일에", 0, {})
    >>> found.year, found.month, found.day, end
    (Shift(by=-1, told=False), 9, 20, 10)
    """
    best: tuple[Calendar, int] | None = None
    for grain, fields, end in _extend(text, at, "", {}, tokens):
        if (grain not in _OPEN_ENDED or text.startswith(" 들어", end)) and (best is None or end > best[1]):
            best = Calendar(**fields), end
    return best


def _extend(text: str, at: int, grain: str, fields: dict[str, Any], tokens: Tokens) -> Iterator[tuple[str, dict[str, Any], int]]:
    """Every date that goes on from `fields`, whose finest field is `grain`, at `at`."""
    allowed = _FOLLOWS.get(grain, frozenset())
    for following, new, end in _pieces(text, at, grain, tokens):
        if following not in allowed or fields.keys() & new.keys() - {"direction"}:
            continue
        merged = fields | new
        yield following, merged, end
        for begin in _starts(text, end, following):
            yield from _extend(text, begin, following, merged, tokens)
        if following in ("day", "full date") and (beside := _WEEKDAY_BESIDE.match(text, end)):
            yield "weekday", merged | {"weekday": WEEKDAYS.index(beside["weekday"] or beside["letter"])}, beside.end()
        if following in ("day", "weekday") and "month" in merged and "year" not in merged:
            yield from _year_behind(text, end, following, merged)


def _starts(text: str, end: int, grain: str) -> Iterator[int]:
    gap = _GAP.match(text, end)
    if gap is not None:
        yield gap.end()
    if grain == "weekday" and (comma := _COMMA.match(text, end)):
        yield comma.end()


def _year_behind(text: str, end: int, grain: str, fields: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any], int]]:
    """1월 12일, 2016년: the year may come last, after a comma or (with 년) a space."""
    gap = _COMMA.match(text, end) or _SPACE.match(text, end)
    year = _BARE_YEAR.match(text, gap.end()) if gap else None
    if gap is None or year is None or not (gap.group().startswith(",") or year.group().endswith("년")):
        return
    number = whole_number_at(year["year"], 0)
    if number is not None and number[0] is not None:
        yield grain, fields | {"year": number[0]}, year.end()


def _pieces(text: str, at: int, grain: str, tokens: Tokens) -> Iterator[_Piece]:
    """Every piece of a date that begins at `at`."""
    for word, end in words_at(text, at):
        if grain == "year prefix" or word.kind in ("year prefix", "direction") or is_whole_word(text, at, end, word, tokens):
            yield from _worded(text, end, word)
    if grain and (part := _PART.match(text, at)):
        yield "part", {"part": part["part"]}, part.end()
    character = text[at : at + 1] or " "
    if character.isdecimal() or character in "'‘’":
        yield from _in_digits(text, at)
    if character.isdecimal() or character in "영일이삼사오육칠팔구십천":
        yield from _numbered(text, at, grain)
    if since := _SINCE.match(text, at):
        for name, fields, end in _numbered(text, since.end(), grain):
            yield from _since(int(since["number"]), since["and"] is not None, name, fields, end)


def _worded(text: str, end: int, word: Word) -> Iterator[_Piece]:
    kind, value = word.kind, word.value
    told = kind.startswith("told ")
    field = kind.removeprefix("told ")
    if field in ("year", "month", "week", "day", "quarter"):
        if field != "week" or _is_week(text, end):
            yield field, {field: Shift(int(value), told)}, end
    elif kind == "named month":
        yield "month", {"month": int(value)}, end
    elif kind == "year prefix":
        yield "year prefix", {"year": Shift(0)}, end
    elif kind == "half number":
        yield "half", {"half": int(value)}, end
    elif kind == "season":
        yield "season", {"season": value}, end
    elif kind == "weekday":
        yield "weekday", {"weekday": int(value)}, end
    elif kind == "weekend":
        yield "weekend", {"weekend": True}, end
    elif kind == "kind of day":
        yield "kind of day", {"unresolvable": True}, end
    elif kind in ("part of year", "part of month", "part of week"):
        yield _part_of_now(kind, value, end)
    elif kind == "same period":
        yield "same period", {"same_period": value}, end
    elif kind == "holiday":
        yield "holiday", {"holiday": value}, end
    elif kind == "direction" and value not in ("recent", "ahead"):
        yield "direction", {"direction": value}, end
    elif kind == "order":
        yield from _ordered(text, end, int(value))


def _is_week(text: str, end: int) -> bool:
    """Not the first of 주말, 주택, 주식; and 전주 is a city unless something is compared with it."""
    if text[end - 2 : end] == "전주" and not _WEEK_BEFORE.match(text, end):
        return False
    return not text.startswith(("말", "장", "택", "식"), end)


def _part_of_now(kind: str, value: str, end: int) -> _Piece:
    """연말, 월초, 주초: of this year, month or week."""
    if kind == "part of year":
        return kind, {"named_part": value}, end
    return kind, {"month" if kind == "part of month" else "week": Shift(0), "part": value}, end


_UNIT_IN_ORDER = re.compile(r"\s?(?:(?P<week>주)(?:\s?(?P<weekday>[월화수목금토일])요일)?|(?P<only>[월화수목금토일])요일|(?P<last>날))")


def _ordered(text: str, end: int, order: int) -> Iterator[_Piece]:
    """첫째 주, 둘째 주 월요일, 세 번째 화요일, 마지막 날."""
    unit = _UNIT_IN_ORDER.match(text, end)
    if unit is None:
        return
    weekday = unit["weekday"] or unit["only"]
    if weekday:
        yield "weekday order", {"order": order, "weekday": WEEKDAYS.index(weekday)}, unit.end()
    elif unit["week"]:
        yield "week order", {"week": order}, unit.end()
    elif order in (1, -1):
        yield "last day", {"day": order}, unit.end()


def _in_digits(text: str, at: int) -> Iterator[_Piece]:
    """Dates in digits and signs, and '26년."""
    if match := _NUMERIC.match(text, at):
        end = match.end() - (match.group().endswith(".") and not match["sep"].startswith("."))
        yield "full date", {"year": int(match["year"]), "month": int(match["month"]), "day": int(match["day"])}, end
    elif match := _MONTH_FIRST.match(text, at):
        first, second = int(match["first"]), int(match["second"])
        month, day = (first, second) if first <= 12 else (second, first)
        year = int(match["year"]) + (2000 if len(match["year"]) == 2 else 0)
        if 1 <= month <= 12 and 1 <= day <= 31:
            yield "full date", {"year": year, "month": month, "day": day}, match.end()
    elif (match := _SLASHED.match(text, at)) and not _FRACTION_BEFORE.search(text, max(0, at - 4), at):
        yield "day", {"month": int(match["month"]), "day": int(match["day"])}, match.end()
    if match := _APOSTROPHE.match(text, at):
        yield "year", {"year": 2000 + int(match["year"])}, match.end()


def _numbered(text: str, at: int, grain: str) -> Iterator[_Piece]:
    """A number and its unit: 2026년, 십이월, 21일, 삼분기, 1990년대, 21세기."""
    if match := _QUARTER.match(text, at):
        yield "quarter", {"quarter": int(_QUARTERS.get(match["quarter"], match["quarter"]))}, match.end()
    for value, end in _numbers(text, at):
        begin = end + 1 if text[end : end + 1] == " " else end
        unit = text[begin : begin + 2]
        if unit == "년대" and begin == end and value % 10 == 0:
            if value >= 1000 or value < 100:
                yield "decade", {"decade": value // 10 if value >= 1000 else (190 if value >= 30 else 200) + value // 10}, begin + 2
        elif unit == "세기" and begin == end and value < 40:
            yield "century", {"century": value}, begin + 2
        elif unit[:1] == "년":
            yield from _year(text, at, value, begin + 1)
        elif unit[:1] == "월" and 1 <= value <= 12 and not _NO_MONTH.match(text, begin + 1):
            yield "month", {"month": value}, begin + 1
        elif unit[:1] == "일" and 1 <= value <= 31 and _is_day(text, at, begin + 1, grain):
            yield "day", {"day": value}, begin + 1


def _is_day(text: str, at: int, end: int, grain: str) -> bool:
    """A day of the month and no length (20일간); in words only beside a month or weekday (삼월 삼일)."""
    if _AFTER_DAY.match(text, end):
        return False
    return text[at].isdecimal() or grain in ("month", "weekday") or _WEEKDAY_BESIDE.match(text, end) is not None


def _since(first: int, joined: bool, name: str, fields: dict[str, Any], end: int) -> Iterator[_Piece]:
    """3~5월, 12∼14일, 2021~23년; 19, 20일 only where one follows the other."""
    value = fields.get("year" if name == "short year" else name)
    if name == "short year" and 1000 <= first <= 2999:
        name, value = "year", first // 100 * 100 + fields["year"] % 100
    if name not in ("century", "decade", "year", "quarter", "month", "day") or not isinstance(value, int):
        return
    if name == "decade":
        first = first // 10 if first >= 1000 else 190 + first // 10
    limit = {"month": 12, "day": 31, "quarter": 4}.get(name, 3000)
    if 0 < first <= limit and (value == first + 1 if joined else first < value or name in ("month", "day")):
        yield name, {name: value, "since": first}, end


def _numbers(text: str, at: int) -> Iterator[tuple[int, int]]:
    """The whole number at `at`; 이십일 also as 이십 before the 일 of a day."""
    found = whole_number_at(text, at)
    if found is None or found[0] is None:
        return
    value, end = found[0], found[1]
    yield value, end
    if text[end - 1] == "일" and end - at > 1 and value % 10 == 1:
        yield value - 1, end - 1


def _year(text: str, at: int, value: int, end: int) -> Iterator[_Piece]:
    if _AFTER_YEAR.match(text, end):
        return
    named = text.startswith("도", end) and not _OTHER_THAN_YEAR.match(text, end)
    end += named
    if 1000 <= value <= 2999:
        yield "year", {"year": value}, end
    elif named and value < 100 and text[at : at + 2].isdecimal():
        yield "year", {"year": value + (2000 if value < 50 else 1900)}, end
    elif 200 < value < 1000 and value % 50 and text.startswith(("에", "경"), end) and not text.startswith("에 한", end):
        yield "year", {"year": value}, end
    elif value < 100 and text[at : at + 2].isdecimal():
        yield "short year", {"year": value + (2000 if value < 50 else 1900)}, end
