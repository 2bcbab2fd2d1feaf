"""A number at a place in a document: numeral, fused 여, range; with tokens as evidence that a number begins there at all."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from ..document import Approximation, Token
from ..numerals import Numeral, scan_numeral
from .units import scan_unit

_HANGUL_START_TAGS = frozenset({"NR", "MM", "SN", "XPN"})
_VAGUE_FORMS = ("절반", "반토막", "몇", "수십", "수백", "수천", "수만", "수억", "수조", "첫", "첫째", "둘째", "셋째", "넷째")
_ADVERBS = ("한층", "한편", "한때", "한창", "한참", "한동안", "한결")
_RANGE = re.compile(r"\s?[~∼〜～]\s?|(?<=[\d만억조천백%])\s?[-–](?=\d)|\s?내지\s")
_BETWEEN = re.compile(r"에서\s|[와과]\s")
_MODEL_NUMBER = re.compile(r"[A-Za-z]-?$")
_TOUCHING = re.compile(r"(?:약|총|최대|최소|무려|불과|연|단|각|제|시즌|만|영하|영상|마이너스|평점|점수|중|고)$")
_MYRIAD = {"만": 10**4, "억": 10**8, "조": 10**12}


@dataclass(frozen=True, slots=True)
class Number:
    """A number or range before its unit. `digits`: it begins with an Arabic digit; `ordinal`: 제 stands before it."""

    start: int
    end: int
    low: Decimal
    high: Decimal
    nominal: Decimal | None
    high_inclusive: bool
    place: Decimal
    native: bool
    digits: bool
    approximate: Approximation | None = None
    ordinal: bool = False


def number_at(text: str, at: int, tokens: dict[int, Token]) -> Number | None:
    """The number that begins at `at`, or None where the digits or syllables belong to something else (A100, 만났다)."""
    digits = text[at].isdecimal()
    before = text[at - 1] if at else " "
    if digits:
        if _MODEL_NUMBER.search(text, max(0, at - 2), at) or (before in ".,:/" and at > 1 and text[at - 2].isdecimal()):
            return None
        if "가" <= before <= "힣" and tokens and not _may_touch(text, at, tokens):
            return None
    elif tokens:
        token = tokens.get(at)
        if not text[:at].strip(" -−"):
            pass  # a text that begins with a numeral may be nothing else
        elif token is None or (token.tag not in _HANGUL_START_TAGS and token.form not in _VAGUE_FORMS and not _leads(text, at, tokens)):
            return None
        if token is not None and token.tag == "MM" and text[at] in "이일사오구":
            return None  # 이 회사: this company
    elif "가" <= before <= "힣":
        return None
    if text.startswith(("절반", "반토막"), at):
        half = Decimal("0.5")
        return Number(at, at + (2 if text[at] == "절" else 3), half, half, half, True, half, True, False)
    first = _scan(text, at, tokens)
    if first is None or text.startswith(_ADVERBS, at):
        return None
    word = tokens.get(at)
    if not digits and word is not None and word.end > first.end and word.tag in ("NNG", "NNP", "MAG", "VV", "VA"):
        return None  # 일자리, 조건, 천막: the syllable belongs to a longer word
    nominal = first.nominal if first.low == first.high else None
    number = Number(at, first.end, first.low, first.high, nominal, not first.open_end, first.place, first.native, digits)
    number = _range(text, _fused(text, number), first)
    if before == "제" and (at < 2 or not "가" <= text[at - 2] <= "힣"):
        number = replace(number, start=at - 1, ordinal=True)
    return number


def _leads(text: str, at: int, tokens: dict[int, Token]) -> bool:
    """Whether a syllable that was taken for a word opens a numeral whose rest was not: 일 in 일천구백, 삼 in 삼십오분의 일."""
    if text[at - 1] != " " or text[at] not in "일이삼사오육칠팔구백천":
        return False
    following = tokens.get(at + 1)
    return following is not None and following.tag == "NR" and text[at + 1] in ("백천만억조오" if text[at] in "백천" else "십백천만억조")


def _scan(text: str, at: int, tokens: dict[int, Token]) -> Numeral | None:
    """The numeral at `at` without the 이 of a copula or particle at its end: 천오백이다 is 1500."""
    numeral = scan_numeral(text, at)
    if numeral is None or numeral.end - at < 2 or text[numeral.end - 1] != "이":
        return numeral
    last = tokens.get(numeral.end - 1)
    if last is None or last.tag not in ("VCP", "JKS", "JKC"):
        return numeral
    return scan_numeral(text[: numeral.end - 1], at)


def _ends_between(text: str, at: int) -> bool:
    """20에서 100 사이, 1위와 5위 사이: what closes a range that 에서 or 와 opens; 31%에서 24%로 is none."""
    unit = scan_unit(text, at + 1 if text[at : at + 1] == " " else at)
    return re.compile(r"\s?(?:의\s)?사이").match(text, unit[1] if unit else at) is not None


def _may_touch(text: str, at: int, tokens: dict[int, Token]) -> bool:
    """Whether a digit right after Hangul begins a number (약3배, 매출은2조) rather than going on with a name (무리4)."""
    if _TOUCHING.search(text, max(0, at - 5), at):
        return True
    for start in range(at - 1, max(-1, at - 8), -1):
        token = tokens.get(start)
        if token is not None and token.end == at:
            return token.tag[0] in "JEM" or token.tag in ("NNB", "XPN", "SP", "NR") or text[start:at] in ("당", "매월", "월")
    return False


def _fused(text: str, number: Number) -> Number:
    """여 fused to a number: the value lies between it and the next step of its last place. 120여만 is 120만여."""
    if not text.startswith("여", number.end) or number.nominal is None:
        return number
    myriad = _MYRIAD.get(text[number.end + 1 : number.end + 2], 1)
    low, place = number.nominal * myriad, number.place * myriad
    end = number.end + (1 if myriad == 1 else 2)
    return replace(number, end=end, low=low, high=low + place, nominal=low, place=place, high_inclusive=False, approximate="over")


def _range(text: str, number: Number, first: Numeral) -> Number:
    """A~B: the second end may lend its scale to the first (2~3억); ends with units of their own must agree (31%~33%)."""
    end = number.end
    unit_between = scan_unit(text, end + 1 if text[end : end + 1] == " " else end)
    joint = _RANGE.match(text, end) or (_RANGE.match(text, unit_between[1]) if unit_between else None)
    loose = None if joint else _BETWEEN.match(text, unit_between[1] if unit_between else end)
    joint = joint or loose
    if joint is None:
        return number
    second = scan_numeral(text, joint.end())
    if loose and second is not None and not _ends_between(text, second.end):
        return number
    if second is None or second.nominal is None or number.nominal is None:
        return number
    low, high = number.nominal, second.nominal
    if first.scale < second.scale and low * second.scale <= high:
        low *= second.scale
    if unit_between and joint.start() >= unit_between[1]:
        after = scan_unit(text, second.end + 1 if text[second.end : second.end + 1] == " " else second.end)
        if after is None or after[0].symbol != unit_between[0].symbol:
            return number
    if low > high:
        return number
    return replace(number, end=second.end, low=low, high=high, nominal=None, place=second.place)
