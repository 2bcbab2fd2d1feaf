"""Numbers that stand without a unit and are numbers all the same: ages in parentheses, seasons, what is compared, 하나, 1000만."""

from __future__ import annotations

import re

from .evidence import Evidence
from .numbers import Number

_NAMED = re.compile(
    r"(?:시즌|평점|별점|점수|스코어|득점|골득실|확률|배율|넘버|지수|승점|타율|평균자책점|방어율|시청률|득표수|숫자|수|값|답|정답|범위|신장|키|나이|규모)(?:는|은|가|이|의|를|을)?\s?$"
)
_COMPARED = re.compile(
    r"\s?(?:보다\s?(?:크|큰|작|높|낮|많|적)|(?:과|와)\s?같|이\s?(?:넘|다$|다\.)|[을를]\s?(?:초과|넘)|초과|미만|이상|이하|에\s달하|혹은\s|또는\s|이?거나\s|[<>=≤≥])"
)
_COMPARING = re.compile(r"(?:[<>=≤≥]=?|최소|최대|적어도)\s?[-−]?$")
_PARENTHESISED = re.compile(r"\d{1,3}(?=[)·,/]|\)\))")
_NAME_BEFORE = re.compile(r"[A-Za-z]\s?$")
_AFTER_FRACTION = re.compile(r"(?:을|를|의|이|가|로|으로|에|만|은|는|정도|\s[가-힣])")
_LONE = ("하나", "둘", "셋", "넷", "다섯", "여섯", "일곱", "여덟", "아홉", "열")
_AFTER_SCALE = re.compile(
    r"(?:은|는|이|가|을|를|의|에|로|으로|와|과|도|만|까지|부터|보다|이나|이라|인|이다|입|대|정도|이상|이하|미만|초과|안팎|가량|내외|남짓|규모|수준)"
)


def bare_dimension(evidence: Evidence, number: Number) -> tuple[str, str] | None:
    """(unit, dimension) of a number without a unit that is one all the same, or None: 김대희(42), 시즌 2, 1000만, 하나, 4분의 1."""
    text = evidence.text
    if (
        evidence.is_whole(number.start, number.end)
        or text[number.start : number.end] == "반"
        or _is_named(evidence, number)
        or _is_compared(evidence, number)
    ):
        return "", "number"
    surface = text[number.start : number.end]
    if number.digits:
        if _is_age(text, number):
            return "살", "age"
        following = text[number.end : number.end + 1]
        if following.isascii() and following.isalnum():
            return None
        if "분의" in surface or ("/" in surface and _is_fraction_here(text, number)) or "^" in surface or "승" in surface:
            return "", "number"
        if surface[-1] in "만억조":
            attached = re.match(r"\s?[가-힣]", text[number.end : number.end + 2]) is not None
            return ("", "number") if not attached or _AFTER_SCALE.match(text, number.end) else None
        return ("", "number") if evidence.about_numbers(number.start) and _is_alone(evidence, number) else None
    if "분의" in surface or "점" in surface[1:-1]:
        return "", "number"
    if evidence.about_numbers(number.start) and (number.native or len(surface) > 1 or _is_alone(evidence, number)):
        return "", "number"
    token = evidence.tokens.get(number.start)
    if token is None or token.tag != "NR":
        return None
    if "가" <= text[number.end : number.end + 1] <= "힣" and not _ends_here(evidence, number.end):
        return None
    return ("", "number") if surface in _LONE or (len(surface) > 2 and not number.native) else None


def _is_named(evidence: Evidence, number: Number) -> bool:
    following = evidence.text[number.end : number.end + 1]
    if (following.isascii() and following.isalnum()) or ("가" <= following <= "힣" and not _ends_here(evidence, number.end)):
        return False
    return _NAMED.search(evidence.text, max(0, number.start - 8), number.start) is not None


def _is_compared(evidence: Evidence, number: Number) -> bool:
    """1000 초과, 5000과 같거나, ≤ 30; but not iOS 18 이상, 갤럭시 24보다 큰, where a name stands before."""
    text, start = evidence.text, number.start
    if _COMPARING.search(text, max(0, start - 5), start):
        return True
    if not _COMPARED.match(text, number.end) or _NAME_BEFORE.search(text, max(0, start - 2), start):
        return False
    if number.end - start == 1 and not number.digits:
        return False
    token = evidence.before.get(start - 1 if start and text[start - 1] == " " else start)
    if token is None or not "가" <= text[token.end - 1] <= "힣":
        return start == 0 or not text[start - 1].isalnum()
    return token.tag[0] in "JEMV" or token.tag in ("NNB", "XSN") or text[token.start : token.end] in ("이상", "이하", "초과", "미만")


def _is_age(text: str, number: Number) -> bool:
    """김대희(42), but not (005930)."""
    start = number.start
    opened = start > 1 and text[start - 1] == "(" and ("가" <= text[start - 2] <= "힣" or text[start - 2] in "ABC")
    return opened and number.nominal is not None and 0 < number.nominal < 120 and _PARENTHESISED.match(text, start) is not None


def _is_fraction_here(text: str, number: Number) -> bool:
    """2 1/4 조각, 3/4를: a proper fraction before a particle or noun, and not 1/4분기."""
    return _AFTER_FRACTION.match(text, number.end) is not None


def _is_alone(evidence: Evidence, number: Number) -> bool:
    """Whether the number touches neither letters nor a noun."""
    text = evidence.text
    before = text[number.start - 1 : number.start]
    if before.isalnum() and not (evidence.before.get(number.start) is not None and evidence.before[number.start].tag[0] in "JE"):
        return False
    following = text[number.end : number.end + 1]
    return not following.isalnum() or ("가" <= following <= "힣" and _ends_here(evidence, number.end))


def _ends_here(evidence: Evidence, end: int) -> bool:
    """Whether a particle, the copula or an ending begins at `end`."""
    token = evidence.tokens.get(end)
    if token is not None:
        return token.tag[0] in "JE" or token.tag in ("VCP", "XSN")
    return _AFTER_SCALE.match(evidence.text, end) is not None
