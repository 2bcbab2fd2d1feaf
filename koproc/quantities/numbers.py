"""A number at a place in a document: numeral, fused 여, range; with evidence that a number begins there at all."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from ..document import Approximation
from ..numerals import Numeral, scan_numeral
from .evidence import Evidence
from .units import scan_unit

_HANGUL_START_TAGS = frozenset({"NR", "MM", "SN", "XPN", "IC"})
_VAGUE_FORMS = frozenset({"몇", "수십", "수백", "수천", "수만", "수억", "수조", "첫", "첫째", "둘째", "셋째", "넷째", "십수", "수"})
_ADVERBS = ("한층", "한편", "한때", "한창", "한참", "한동안", "한결", "한몫")
_RANGE = re.compile(r"\s?[~∼〜～]\s?|(?<=[\d만억조천백%])\s?[-–](?=\d)|\s?내지\s")
_SPACED_RANGE = re.compile(r"\s[-–]\s")
_BETWEEN = re.compile(r"에서\s|부터\s|[와과]\s")
_CLOSING = re.compile(r"\s?(?:의\s)?사이")
_RANKED = re.compile(r"등(?:은|는|을|으로|에|입니다)")
_MODEL_NUMBER = re.compile(r"[A-Za-z]-?$")
_TOUCHING = re.compile(r"(?:약|총|최대|최소|무려|불과|연|단|각|시즌|만|영하|영상|마이너스|음수|평점|점수|중|고|섭씨|화씨|시속|초속)$")
_IDENTIFIER = re.compile(r"(?:번호|코드|비밀번호|특허|의안|사건|차량|계좌)(?:는|은|가|이)?\s?(?:제)?[\d가-힣-]{0,6}$")
_STRONG = re.compile(r"[만억조천백십\d]*\s?(?:원|달러|위안|엔|유로|%|퍼센트|배|명|개|억|조|만)")
_VALUES = {"절반": Decimal("0.5"), "반토막": Decimal("0.5"), "갑절": Decimal(2), "곱절": Decimal(2)}  # all of them multiples
_FIXED = re.compile("|".join(_VALUES))
_HALVED = re.compile(r"반으로\s?(?:줄|깎|나[눠누뉘]|접|쪼|뚝|감소|축소|떨어)")
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


def may_begin(evidence: Evidence, at: int) -> bool:
    """Whether a number may begin at `at` at all: a quick look, so that most syllables of a text need no more."""
    text = evidence.text
    if text[at].isdecimal() or not evidence.tokens:
        return True
    token = evidence.tokens.get(at)
    if token is not None and (token.tag in _HANGUL_START_TAGS or token.form in _VAGUE_FORMS):
        return True
    if token is not None and text[at] in "절반갑곱" and (_FIXED.match(text, at) or _HALVED.match(text, at)):
        return True
    if at in evidence.lengths or at <= evidence.first or (at < 8 and text.startswith(("마이너스", "음수"), evidence.first)):
        return True
    if at and "가" <= text[at - 1] <= "힣":
        return False
    head = text[at : at + 9]
    return "분의" in head or "점" in head[1:5] or _goes_on(evidence, at) or evidence.about_numbers(at)


def number_at(evidence: Evidence, at: int) -> Number | None:
    """The number that begins at `at`, or None where the digits or syllables belong to something else (A100, 만났다)."""
    text = evidence.text
    if (fixed := _FIXED.match(text, at)) is not None:
        value = _VALUES[fixed.group()]
        return Number(at, fixed.end(), value, value, value, True, value, True, False)
    if text[at] == "반" and (evidence.is_whole(at, at + 1 + text.startswith("반의", at)) or _HALVED.match(text, at)):
        half = Decimal("0.5")
        return Number(at, at + 1, half, half, half, True, half, True, False)
    digits = text[at].isdecimal()
    if text.startswith(_ADVERBS, at) or (digits and not _digits_begin(evidence, at)):
        return None
    first = _without_copula(evidence, at)
    if first is None:
        return None
    nominal = first.nominal if first.low == first.high else None
    number = Number(at, first.end, first.low, first.high, nominal, not first.open_end, first.place, first.native, digits)
    if digits and at and text[at - 1] == "." and text[at : first.end].isdecimal() and nominal is not None:
        value = Decimal(f"0.{text[at : first.end]}")  # .25
        return replace(number, start=at - 1, low=value, high=value, nominal=value)
    single = _fused(text, number)
    number = _range(evidence, single, first)
    if not digits and number.end == single.end and not _words_begin(evidence, at, first):
        return None
    if at and text[at - 1] == "제" and (at < 2 or not "가" <= text[at - 2] <= "힣"):
        number = replace(number, start=at - 1, ordinal=True)
    return number


def is_multiple_word(text: str, number: Number) -> bool:
    """절반, 갑절, and 반 in 반으로 줄었다: multiples without 배."""
    surface = text[number.start : number.end]
    return surface in _VALUES or (surface == "반" and _HALVED.match(text, number.start) is not None)


def _digits_begin(evidence: Evidence, at: int) -> bool:
    """Whether a digit begins a number, rather than going on with a name, a date, a decimal or an identifier."""
    text, before = evidence.text, evidence.text[at - 1] if at else " "
    if _MODEL_NUMBER.search(text, max(0, at - 2), at):
        return False
    if before in ".,:/^" and at > 1 and (text[at - 2].isdecimal() or (before == "." and text[at - 2].isalnum() and text[at - 2].isascii())):
        return False
    if before == "제" or "번호" in text[max(0, at - 10) : at] or "특허" in text[max(0, at - 8) : at]:
        return not _IDENTIFIER.search(text, max(0, at - 14), at)
    return not ("가" <= before <= "힣" and evidence.tokens and not _may_touch(evidence, at))


def _may_touch(evidence: Evidence, at: int) -> bool:
    """Whether a digit right after Hangul begins a number (약3배, 매출은2조, 매출3조원) rather than going on with a name (무리4)."""
    text = evidence.text
    if _TOUCHING.search(text, max(0, at - 5), at):
        return True
    token = evidence.before.get(at)
    if token is not None and (token.tag[0] in "JEM" or token.tag in ("NNB", "XPN", "SP", "NR") or text[token.start : at] in ("당", "월")):
        return True
    match = _STRONG.match(text, at)
    return match is not None and (token is None or token.tag == "NNG")


def _words_begin(evidence: Evidence, at: int, numeral: Numeral) -> bool:
    """Whether syllables that read as a numeral are one: a fraction, a numeral by its tag, or the subject of a sentence about numbers."""
    text, tokens = evidence.text, evidence.tokens
    before = text[at - 1] if at else " "
    if not tokens:
        return not "가" <= before <= "힣"
    if evidence.is_whole(at, numeral.end) or at in evidence.lengths:
        return True
    surface = text[at : numeral.end]
    token = tokens.get(at)
    if token is not None and token.tag == "NP":  # 네 편 내 편: your side
        return False
    if not "가" <= before <= "힣" and ("분의" in surface or (len(surface) > 2 and "점" in surface[1:-1])):
        return True
    if token is None or (token.tag not in _HANGUL_START_TAGS and token.form not in _VAGUE_FORMS):
        opens = not "가" <= before <= "힣" and (_goes_on(evidence, at) or evidence.about_numbers(at))
        return opens and _stands_free(evidence, numeral.end) and (token is None or token.tag[0] not in "VJEM")
    if token.tag == "MM" and text[at] in "이일사오구":
        ranked = _RANKED.match(text, numeral.end) is not None
        return ranked or (evidence.about_numbers(at) and len(surface) > 1)  # 이 회사: this company
    longer = token.end > numeral.end and token.tag in ("NNG", "NNP", "MAG", "VV", "VA")
    return not longer  # 일자리, 조건, 천막: the syllable belongs to a longer word


def _goes_on(evidence: Evidence, at: int) -> bool:
    """Whether a syllable that was taken for a word opens a numeral whose rest was not: 일 in 일천구백, 삼 in 삼십오."""
    text = evidence.text
    if text[at] not in "일이삼사오육칠팔구백천":
        return False
    following = evidence.tokens.get(at + 1)
    return following is not None and following.tag == "NR" and text[at + 1] in ("백천만억조오" if text[at] in "백천" else "십백천만억조")


def _stands_free(evidence: Evidence, end: int) -> bool:
    """Whether a numeral in words ends where a word does: before a particle, a space or a sign."""
    following = evidence.text[end : end + 1]
    token = evidence.tokens.get(end)
    return (
        not "가" <= following <= "힣"
        or (token is not None and token.tag[0] in "JVE")
        or evidence.text.startswith(("은", "는", "을", "를"), end)
    )


def _without_copula(evidence: Evidence, at: int) -> Numeral | None:
    """The numeral at `at` without the 이 of a copula or particle at its end: 천오백이다 is 1500."""
    text = evidence.text
    numeral = scan_numeral(text, at)
    if numeral is None or numeral.end - at < 2 or text[numeral.end - 1] != "이" or evidence.is_whole(at, numeral.end):
        return numeral
    last = evidence.tokens.get(numeral.end - 1)
    if last is None or last.tag not in ("VCP", "JKS", "JKC"):
        return numeral
    shorter = scan_numeral(text[at : numeral.end - 1], 0)
    return None if shorter is None else replace(shorter, end=at + shorter.end)


def _fused(text: str, number: Number) -> Number:
    """여 fused to a number: the value lies between it and the next step of its last place. 120여만 is 120만여."""
    if not text.startswith("여", number.end):
        return number
    if number.nominal is None:  # 수십여 발: the interval stays
        return replace(number, end=number.end + 1) if not number.high_inclusive else number
    myriad = _MYRIAD.get(text[number.end + 1 : number.end + 2], 1)
    low, place = number.nominal * myriad, number.place * myriad
    end = number.end + (1 if myriad == 1 else 2)
    return replace(number, end=end, low=low, high=low + place, nominal=low, place=place, high_inclusive=False, approximate="over")


def _range(evidence: Evidence, number: Number, first: Numeral) -> Number:
    """A~B: the second end may lend its scale to the first (2~3억); ends with units of their own must agree (31%~33%)."""
    text, end = evidence.text, number.end
    unit_between = scan_unit(text, end + 1 if text[end : end + 1] == " " else end)
    stops = [end] + ([unit_between[1]] if unit_between else [])
    joint = next((match for stop in stops if (match := _RANGE.match(text, stop) or _SPACED_RANGE.match(text, stop))), None)
    loose = None if joint else _BETWEEN.match(text, stops[-1])
    joint = joint or loose
    if joint is None:
        return number
    sign = -1 if loose and text[joint.end() : joint.end() + 1] in ("-", "−") else 1
    second = _without_copula(evidence, joint.end() + (sign < 0))
    if loose and second is not None and not _is_closed(text, number.start, second.end):
        return number
    if second is None or second.nominal is None or number.nominal is None:
        return number
    low, high = number.nominal, second.nominal * sign
    if loose and re.search(r"(?:마이너스|영하)\s?$", text[max(0, number.start - 6) : number.start]):
        return replace(number, end=second.end, low=-high, high=low, nominal=None, place=second.place)  # the sign turns it round
    if first.scale < second.scale and low * second.scale <= high:
        low *= second.scale
    after = scan_unit(text, second.end + 1 if text[second.end : second.end + 1] == " " else second.end)
    if unit_between and joint.start() >= unit_between[1] and (after is None or after[0].symbol != unit_between[0].symbol):
        return number
    if joint.re is _SPACED_RANGE and after is None:
        return number
    return replace(number, end=second.end, low=low, high=high, nominal=None, place=second.place) if low <= high else number


def _is_closed(text: str, start: int, at: int) -> bool:
    """20에서 100 사이, 1위와 5위 사이, 범위는 20에서 100: what closes a range that 에서 or 와 opens; 31%에서 24%로 is none."""
    unit = scan_unit(text, at + 1 if text[at : at + 1] == " " else at)
    if _CLOSING.match(text, unit[1] if unit else at):
        return True
    return re.search(r"범위[는은가이]?\s(?:\S{1,4}\s)?$", text[max(0, start - 10) : start]) is not None
