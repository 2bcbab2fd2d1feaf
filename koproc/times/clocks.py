"""Clock times and parts of the day."""

from __future__ import annotations

import re

from .calendar import Anchor
from .rule import Reading, rule, whole_number

_NOON = r"(?P<noon>오전오후|오전|오후|새벽|아침|저녁|밤|낮|한낮|자정|정오)"
_HOUR = (
    r"(?P<hour>2[0-4]|1\d|0?\d|열두|열한|열|한|두|세|네|다섯|여섯|일곱|여덟|아홉|영)\s?시(?!간|장|민|대|리즈|스템|즌|도|작|절|험|각|청|군)"
)
_SINO = "[이삼사오]?십[일이삼사오육칠팔구]?|[일이삼사오육칠팔구]"
_MINUTE = rf"(?:\s?(?P<minute>[0-5]?\d|{_SINO})\s?분(?:\s?(?P<before>전))?|\s?(?P<half_hour>반))?"
_SECOND = rf"(?:\s?(?P<second>[0-5]?\d|{_SINO})\s?초)?"
_PARTS = {
    "오전": "TMO",
    "아침": "TMO",
    "새벽": "TMO",
    "오후": "TAF",
    "낮": "TAF",
    "점심": "TAF",
    "저녁": "TEV",
    "밤": "TNI",
    "한밤": "TNI",
    "심야": "TNI",
}


def _clock(match: re.Match[str], anchor: Anchor) -> Reading | None:
    groups = match.groupdict()
    hour = 0 if match["hour"] == "영" else whole_number(match["hour"])
    minute = 30 if groups.get("half_hour") else whole_number(match["minute"]) if match["minute"] and match["minute"] != "00" else 0
    if match["minute"] in ("0", "00"):
        minute = 0
    second = whole_number(groups["second"] or "0") if groups.get("second") else None
    if match["hour"] in ("0", "00"):
        hour = 0
    if hour is None or minute is None:
        return None
    hour = _of_day(hour, (groups.get("noon") or groups.get("after") or "").lower())
    if groups.get("before"):
        hour, minute = (hour - 1, 60 - minute) if minute else (hour, minute)
    if not 0 <= hour <= 24 or not 0 <= minute <= 59:
        return None
    clock = f"T{hour:02}:{minute:02}" + (f":{second:02}" if second else "")
    base = anchor.last or anchor.published
    return "TIME", f"{base.isoformat()}{clock}" if base else clock


def _of_day(hour: int, noon: str) -> int:
    if noon in ("오후", "저녁", "pm", "p"):
        return hour + 12 if hour < 12 else hour
    if noon == "밤":
        return 0 if hour == 12 else hour + 12 if 5 <= hour < 12 else hour
    if noon in ("낮", "한낮"):
        return hour + 12 if hour < 8 else hour
    return 0 if noon in ("오전", "새벽", "am", "a", "자정") and hour == 12 else hour


def _noon(match: re.Match[str], anchor: Anchor) -> Reading | None:
    base = anchor.last or anchor.published
    clock = "T00:00" if match["word"] == "자정" else "T12:00"
    return "TIME", f"{base.isoformat()}{clock}" if base else clock


def _part_of_day(match: re.Match[str], anchor: Anchor) -> Reading | None:
    part = _PARTS[match["part"]]
    base = anchor.last or anchor.published
    return "TIME", f"{base.isoformat()}{part}" if base else part


def _last_night(match: re.Match[str], anchor: Anchor) -> Reading | None:
    from datetime import timedelta

    day = anchor.published
    return "TIME", f"{(day - timedelta(days=1)).isoformat()}TNI" if day else "TNI"


RULES = (
    rule("clock", rf"(?:{_NOON}\s?)?{_HOUR}{_MINUTE}{_SECOND}(?:\s정각)?", _clock),
    rule("digital clock", r"(?:(?P<noon>오전|오후|새벽|아침|저녁|밤|낮|AM|PM)\s?)?(?P<hour>2[0-3]|1\d|0?\d):(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d))?\s?(?P<after>[aApP][mM]?(?![a-zA-Z]))?(?![\d:])", _clock),
    rule("hour with am or pm", r"(?P<hour>1[0-2]|0?[1-9])(?P<minute>)\s?(?P<after>[aApP][mM])(?![a-zA-Z])", _clock),
    rule("noon and midnight", r"(?P<word>자정|정오)", _noon),
    rule("last night", r"어젯밤|지난\s?밤|간밤", _last_night),
    rule("part of the day", r"(?:(?:이른|늦은)\s)?(?P<part>오전|오후|새벽|아침|점심|저녁|밤|낮|한밤|심야)(?=[에부까은는이의엔\s,)마]|$)", _part_of_day),
)  # fmt: skip
