"""Text → the clock time that begins at a place: 오후 4시 7분, 16:07, 3:20pm, 세 시 반, 밤 12시, 정오."""

from __future__ import annotations

import re
from dataclasses import replace

from .meaning import Clock, PartOfDay
from .words import Tokens, is_whole_word, words_at

_NATIVE = dict(zip(["한", "두", "세", "네", "다섯", "여섯", "일곱", "여덟", "아홉", "열", "열한", "열두"], range(1, 13), strict=True)) | {
    "영": 0
}
_DIGITS = {digit: value for value, digit in enumerate("영일이삼사오육칠팔구")}
_SINO = "[이삼사오]?십[일이삼사오육칠팔구]?|[일이삼사오육칠팔구]"
_WORDED = re.compile(
    rf"""(?P<hour>2[0-4]|1\d|0?\d|열두|열한|열|한|두|세|네|다섯|여섯|일곱|여덟|아홉|영)\s?시
    (?!간|장|민|대|리즈|스템|즌|도|작|절|험|각|청|군|국|중|적|급|선|내)
    (?:\s?(?P<minute>[0-5]?\d|{_SINO})\s?분(?!의)(?:\s?(?P<before>전)(?!망|력|체|략|자))?|\s?(?P<half>반)(?![가-힣]{{2}}))?
    (?:\s?(?P<second>[0-5]?\d|{_SINO})\s?초)?(?:\s?정각)?""",
    re.VERBOSE,
)
_NUMERIC = re.compile(
    r"(?P<hour>2[0-4]|1\d|0?\d):(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d))?(?:\s?(?P<after>[aApP]\.?[mM]?\.?(?![a-zA-Z])))?(?![\d:])"
)
_HOUR_AND_HALF_DAY = re.compile(r"(?P<hour>1[0-2]|0?[1-9])\s?(?P<after>[aApP]\.?[mM]\.?)(?![a-zA-Z])")
_SINCE = re.compile(r"(?P<hour>2[0-4]|1\d|0?\d)(?:\s?[~∼〜～–-]\s?|부터\s)(?=\d{1,2}\s?시)")
_NOON = re.compile(r"(?P<noon>오전오후|오전|오후|이른\s아침|늦은\s밤|새벽|아침|저녁|한밤중|한밤|밤|낮|한낮|자정|정오|점심|AM|PM|am|pm)\s?")
_AFTERNOON = ("오후", "저녁", "pm", "p", "늦은밤")
_MORNING = ("오전", "새벽", "am", "a", "자정", "한밤중", "한밤")


def clock_at(text: str, at: int, tokens: Tokens) -> tuple[Clock, int] | None:
    """The clock time that begins at `at` and where it ends, or None.

    >>> clock_at("오후 4시 7분에", 0, {})
    (Clock(hour=16, minute=7, second=None, noon='오후', before=False, since=None), 8)
    """
    noon = _NOON.match(text, at)
    begin = noon.end() if noon else at
    since = _SINCE.match(text, begin)
    begin = since.end() if since else begin
    named = noon["noon"].replace(" ", "") if noon else ""
    for pattern in (_WORDED, _NUMERIC, _HOUR_AND_HALF_DAY):
        if match := pattern.match(text, begin):
            clock = _clock(match.groupdict(), named)
            if clock is not None and since is not None:
                clock = replace(clock, since=_of_day(int(since["hour"]), named))
            return (clock, match.end()) if clock is not None else None
    for word, end in words_at(text, at):
        if word.kind == "clock time" and is_whole_word(text, at, end, word, tokens):
            return Clock(int(word.value[:2]), noon=text[at:end]), end
    return None


def part_of_day_at(text: str, at: int, tokens: Tokens) -> tuple[PartOfDay, int] | None:
    """The part of the day that begins at `at` and where it ends, or None.

    >>> part_of_day_at("늦은 오후에", 0, {})
    (PartOfDay(code='TAF', days=0), 5)
    """
    for word, end in words_at(text, at):
        if word.kind in ("part of day", "last night") and is_whole_word(text, at, end, word, tokens):
            return PartOfDay(word.value, -1 if word.kind == "last night" else 0), end
    return None


def _clock(groups: dict[str, str | None], noon: str) -> Clock | None:
    hour = _number(groups["hour"] or "0")
    minute = 30 if groups.get("half") else _number(groups.get("minute") or "0")
    second = _number(groups["second"] or "0") if groups.get("second") else None
    noon = noon or (groups.get("after") or "").lower().replace(".", "")
    hour = _of_day(hour, noon)
    if not (0 <= hour <= 24 and 0 <= minute <= 59):
        return None
    before = bool(groups.get("before")) and minute > 0
    if before:
        hour, minute = hour - 1, 60 - minute
    return Clock(hour % 24 if hour != 24 else 24, minute, second, noon, before)


def _number(written: str) -> int:
    if written.isdecimal():
        return int(written)
    if written in _NATIVE:
        return _NATIVE[written]
    tens, _, ones = written.rpartition("십")
    return (_DIGITS.get(tens, 1) * 10 if "십" in written else 0) + _DIGITS.get(ones, 0)


def _of_day(hour: int, noon: str) -> int:
    """The hour of the day that 오후 4시, 밤 12시 … mean."""
    if noon in _AFTERNOON:
        return hour + 12 if hour < 12 else hour
    if noon == "밤":
        return 0 if hour == 12 else hour + 12 if 5 <= hour < 12 else hour
    if noon in ("낮", "한낮", "점심"):
        return hour + 12 if hour < 8 else hour
    return 0 if noon in _MORNING and hour == 12 else hour
