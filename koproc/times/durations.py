"""Durations, what lies so long ago or ahead, and what repeats."""

from __future__ import annotations

import re

from . import calendar
from .calendar import Anchor
from .rule import NATIVE_DAYS, NUMBER, WEEKDAYS, Reading, rule, whole_number

_UNITS = {"년": "Y", "해": "Y", "개년": "Y", "개월": "M", "달": "M", "주": "W", "주일": "W", "일": "D", "시간": "H", "분": "M", "초": "S"}
_PLAIN = {"해": "년", "개년": "년", "달": "개월", "주일": "주"}


def _number(match: re.Match[str]) -> str | None:
    """The number as TIMEX writes it (3, 2.5), or None for vague ones (몇, 수십)."""
    written = match["number"].replace(",", "")
    if re.fullmatch(r"\d+\.\d+", written):
        return written
    value = whole_number(written)
    return None if value is None else str(value)


def _away(match: re.Match[str], anchor: Anchor) -> Reading | None:
    number = _number(match)
    if anchor.published is None or number is None or "." in number:
        return "DATE", None
    unit = _PLAIN.get(match["unit"], match["unit"])
    return "DATE", calendar.shifted(anchor.published, int(number) * (-1 if match["where"] == "전" else 1), unit)


def _native_away(match: re.Match[str], anchor: Anchor) -> Reading | None:
    days = NATIVE_DAYS[match["word"]] * (-1 if match["where"] == "전" else 1)
    return "DATE", calendar.shifted(anchor.published, days, "일") if anchor.published else None


def _stretch(match: re.Match[str], anchor: Anchor) -> Reading | None:
    """지난 3개월, 앞으로 2년: the interval that ends or begins today."""
    number, unit = _number(match), _PLAIN.get(match["unit"], match["unit"])
    if number is None or "." in number or anchor.published is None or unit not in ("년", "개월", "주", "일"):
        return _duration(match, anchor)
    past = match["which"] in ("지난", "최근", "과거")
    day = calendar.same_day(anchor.published, int(number) * (-1 if past else 1), unit)
    if day is None:
        return None
    first, last = (day, anchor.published) if past else (anchor.published, day)
    return "DURATION" if match["which"] == "최근" else "DATE", f"{first.isoformat()}/{last.isoformat()}"


def _duration(match: re.Match[str], anchor: Anchor) -> Reading | None:
    number, unit = _number(match), match["unit"]
    if unit in ("년", "해") and number and 1900 <= float(number) <= 2100:
        return None
    if unit == "일" and not match.groupdict().get("lasting") and number and float(number) <= 31:
        return None  # 20일 is a day of the month
    clock = "T" if unit in ("시간", "분", "초") else ""
    if match.groupdict().get("half_more") and number:
        number = f"{number}.5"
    return "DURATION", f"P{clock}{number or 'X'}{_UNITS[unit]}"


def _native_duration(match: re.Match[str], anchor: Anchor) -> Reading | None:
    return "DURATION", "P6M" if match["word"] == "반년" else "PXD" if match["word"] == "며칠" else f"P{NATIVE_DAYS[match['word']]}D"


_SETS = {"해마다": "P1Y", "달마다": "P1M", "날마다": "P1D", "격주": "P2W", "격일": "P2D", "격년": "P2Y", "격월": "P2M"}


def _set(match: re.Match[str], anchor: Anchor) -> Reading | None:
    word = match.group().replace(" ", "")
    if match["weekday"]:
        return "SET", f"XXXX-WXX-{WEEKDAYS.index(match['weekday']) + 1}"
    for form, value in _SETS.items():
        if word.startswith(form):
            return "SET", value
    unit = "3M" if "분기" in word else "1Y" if "년" in word else "1M" if "월" in word or "달" in word else "1W" if "주" in word else "1D"
    return "SET", f"P{unit}"


def _every(match: re.Match[str], anchor: Anchor) -> Reading | None:
    number = _number(match)
    clock = "T" if match["unit"] in ("시간", "분", "초") else ""
    return "SET", f"P{clock}{number or 'X'}{_UNITS[match['unit']]}"


_UNIT = "(?P<unit>개년|개월|달|주일|주|시간|년|해|일|분|초)"
RULES = (
    rule("every so often", rf"{NUMBER}\s?{_UNIT}에\s?한\s?(?:번|차례)(?:씩)?|{NUMBER.replace('number', 'each').replace('more', 'more2')}\s?(?P<unit2>개월|주일|주|일|년|시간)마다", lambda match, anchor: _every(match, anchor) if match["number"] else None),
    rule("stretch", rf"(?P<which>지난|최근|과거|향후|앞으로|다음|다가오는)\s{NUMBER}\s?{_UNIT}(?P<half_more>\s?반(?=간|\s|$))?(?P<lasting>\s?간(?![가-힣])|\s?동안)?(?![가-힣]*\s?(?:전|뒤|후)(?![가-힣]))", _stretch),
    rule("away", rf"{NUMBER}\s?(?P<unit>년|개월|달|주일|주|일)\s?(?:여\s)?(?P<where>전|뒤|후)(?=보다|에|과|와|의|부터|까지|인|이|만|[^가-힣]|$)(?!에너)", _away),
    rule("native away", r"(?P<word>하루|이틀|사흘|나흘|닷새|엿새|열흘|보름)\s?(?P<where>전|뒤|후)(?=[에인의부까\s,]|$)", _native_away),
    rule("duration", rf"{NUMBER}\s?{_UNIT}(?P<half_more>\s?반(?!환|복|기|영|면|응|대|도|값))?(?P<lasting>간(?![가-힣])|\s?동안)?", _duration),
    rule("native duration", r"(?P<word>하루|이틀|사흘|나흘|닷새|엿새|열흘|보름|반년|며칠)(?:간|\s?동안|\s?종일)?(?!빨리|아침|종일)", _native_duration),
    rule("set", r"매년|매달|매월|매주(?:\s(?P<weekday>[월화수목금토일])요일(?:마다)?)?|매일|해마다|(?:매\s?)?분기마다|매\s?분기|달마다|날마다|격주|격일|격월|격년", _set),
    rule("every weekday", r"(?P<weekday>[월화수목금토일])요일마다", _set),
)  # fmt: skip
