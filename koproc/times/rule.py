"""What a rule of the time grammar is, and the number words that its patterns share."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from ..document import TimeType
from .calendar import Anchor

Reading = tuple[TimeType, str | None]
Reader = Callable[[re.Match[str], Anchor], Reading | None]

WEEKDAYS = "월화수목금토일"
NATIVE_DAYS = dict(zip(["하루", "이틀", "사흘", "나흘", "닷새", "엿새", "이레", "여드레", "아흐레", "열흘"], range(1, 11), strict=True)) | {
    "보름": 15
}
NATIVE = dict(zip(["한", "두", "세", "네", "다섯", "여섯", "일곱", "여덟", "아홉", "열", "열한", "열두"], range(1, 13), strict=True))
NATIVE |= {"석": 3, "넉": 4, "스무": 20, "스물네": 24, "서른": 30}
_DIGITS = {digit: value for value, digit in enumerate("일이삼사오육칠팔구", 1)}
_PLACES = {"십": 10, "백": 100, "천": 1000}
# A number of a duration: digits, vague words, Sino-Korean, native. A lone Sino syllable counts only where nothing else is meant.
NUMBER = (
    r"(?P<number>(?:\d{1,3}(?:,\d{3})+|\d{1,4})(?:\.\d+)?|몇|수십|수백|한두|두세|두어|서너|너댓|대여섯|"
    r"[일이삼사오육칠팔구]?[십백천](?:[일이삼사오육칠팔구]?십)?[일이삼사오육칠팔구]?|스물네|열한|열두|"
    r"한|두|세|석|네|넉|다섯|여섯|일곱|여덟|아홉|열|스무|서른|[일이삼사오육칠팔구](?=\s?(?:년|개월|주일)))(?P<more>여)?"
)


@dataclass(frozen=True, slots=True)
class Rule:
    """A named pattern and the function that reads its match; None means that it is no time after all."""

    name: str
    pattern: re.Pattern[str]
    read: Reader


def rule(name: str, pattern: str, read: Reader) -> Rule:
    return Rule(name, re.compile(pattern), read)


def whole_number(written: str) -> int | None:
    """The value of a whole number in digits or words, None for vague words.

    >>> whole_number("이십사"), whole_number("열두"), whole_number("1,200"), whole_number("몇")
    (24, 12, 1200, None)
    """
    written = written.replace(",", "")
    if written.isdecimal():
        return int(written)
    if written in NATIVE:
        return NATIVE[written]
    total, current = 0, 0
    for character in written:
        if character in _DIGITS:
            current = _DIGITS[character]
        elif character in _PLACES:
            total, current = total + (current or 1) * _PLACES[character], 0
        else:
            return None
    return total + current or None
