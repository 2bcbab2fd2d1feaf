"""Which unit a number has, and whether what follows lets it be one: 3개 yes, 3대비 no; 3대 통신사 counts 통신사."""

from __future__ import annotations

import re
from decimal import Decimal

from ..document import Token
from .numbers import Number
from .units import Unit, scan_unit

_PARTICLE = re.compile(
    r"(?:은|는|이|가|을|를|의|에|로|으로|와|과|도|만|씩|당|까지|부터|보다|나|이나|라|이라|인|일|였|이었|다|이다|입|짜리|째|간|여|대|정도|이상|이하|미만|초과|안팎|"
    r"가량|쯤|내외|남짓|규모|수준|어치|분|꼴|마다|에서|에게|뿐|든|란|이란|이며|며|고|이고|하|할|한|선|급|형|용|들|쪽|밖|조차|처럼|만큼|권|반|임|때|동안|내)"
)
_AGE = re.compile(
    r"(?:\s?(?:초반|중반|후반|이상|이하)|\s(?:남성|여성|청소년|청년|직장인|남녀|소비자|고객|이용자|남자|여자|A|B))|(?:와|과|가|는|에서|의)\s|,\s?\d0대|·\d0대"
)
_NOT_HEADS = frozenset(
    ["이상", "이하", "미만", "정도", "가량", "규모", "수준", "등", "중", "중에", "분량", "한정", "판매", "안팎", "내외", "가운데", "추가"]
)
_ORDINAL_HEADS = re.compile(r"\s(?:대통령|대선|총선|국회|의회|회장|총장|사장|행장|장관|위원장|교황|국왕|왕)")
_SHARES = re.compile(r"주식|지분|보통주|우선주|자사주|발행|매수|매도|배정|공모|상장")


def unit_after(text: str, number: Number, tokens: dict[int, Token]) -> tuple[Unit, int] | None:
    """The unit right after a number (one space allowed) that fits it, and where it ends."""
    for at in (number.end, number.end + 1):
        if at > number.end and text[number.end : at] != " ":
            return None
        found = scan_unit(text, at)
        if found is not None and _fits(text, number, found[0], at, found[1], tokens):
            return found
    return None


def _fits(text: str, number: Number, unit: Unit, begin: int, at: int, tokens: dict[int, Token]) -> bool:
    form, spaced = text[begin:at], begin > number.end
    rest = text[at : at + 1]
    if form == "호" and rest in ("점", "기"):
        return False
    if not number.digits:
        measured = unit.dimension in ("count", "multiple", "time", "rank", "ordinal", "age", "money", "percent", "temperature")
        if not measured and (len(form) < 2 or form.isascii()):
            return False
        one_syllable = begin - number.start == 1 and not number.native and text[number.start] in "영공일이삼사오육칠팔구"
        if len(form) == 1 and not spaced and (one_syllable or form in "분일초인동조점단기줄발통사루면판부화심강급차류정절팀행실칸구국등자"):
            return False  # 일대, 이회, 삼장 are other words
    if form == "A" and not re.search(r"전류|충전|배터리|퓨즈|암페어|전원", text[max(0, number.start - 30) : at + 10]):
        return False  # 18A is a process name
    if form == "도":
        signed = "영하" in text[max(0, number.start - 4) : begin] or "영상" in text[max(0, number.start - 4) : begin]
        warm = re.search(r"기온|온도|섭씨|화씨|체온|폭염|더위|추위|최저|최고|아침|낮", text[max(0, number.start - 30) : begin])
        named = re.search(r"[섭화]씨(?:\s?마이너스)?\s?$", text[max(0, number.start - 8) : number.start])
        bounded = not "가" <= rest <= "힣" or _PARTICLE.match(text, at) is not None
        return (signed or warm is not None or named is not None or text.strip() == text[number.start : at].strip()) and bounded
    if form in ("해", "일", "시") and unit.dimension == "time":
        return False
    if form in ("년", "분기", "형") and number.nominal is not None and 1900 <= number.nominal <= 2100:
        return False
    if spaced and len(form) == 1:
        if form.isascii():
            return form == "%" or (form.isupper() and number.digits)
        if form in "사루면판부화심강급차류정절팀행실칸구국등자무패승골타선":
            return False
    if rest and "가" <= rest <= "힣":
        return bool(_PARTICLE.match(text, at)) and not _swallowed(form, text, at, tokens)
    return True


def _swallowed(form: str, text: str, at: int, tokens: dict[int, Token]) -> bool:
    """Whether the counter's last syllable is really the first of a longer word: 대비, 대표, 대학, 원장, 개발, 인공."""
    word = tokens.get(at - len(form))
    if word is None or word.end <= at:
        following = tokens.get(at)
        return following is not None and following.tag in ("NNP",) and following.end - at > 1
    return word.tag in ("NNG", "NNP", "VV", "VA", "MAG") and word.end > at


def is_rank_or_ratio(text: str, at: int) -> bool:
    """18대 대통령 is a rank, 422 대 1 a ratio: no vehicles."""
    return bool(_ORDINAL_HEADS.match(text, at) or re.match(r"\s?\d", text[at : at + 2]))


def is_week(text: str, number: Number) -> bool:
    """5주 is five weeks, unless shares are spoken of."""
    return not _SHARES.search(text, max(0, number.start - 30), number.start) and number.high < 200


def great_or_age(text: str, number: Number, tokens: dict[int, Token]) -> str | None:
    """What 대 counts: the noun after it (5대 은행 → 은행), "age" (30대 여성), or None for vehicles and machines."""
    value = number.nominal
    if value is None or not number.digits:
        return None
    if value % 10 == 0 and 10 <= value <= 90 and _AGE.match(text[number.end : number.end + 6]):
        return "age"
    if value > 500 or value != value.to_integral_value() or text[number.end : number.end + 1] != " ":
        return None
    return counted_noun(text, number.end + 1, tokens)


def counted_noun(text: str, at: int, tokens: dict[int, Token]) -> str | None:
    """The noun run that begins at `at`, if it can be counted: 은행, 남녀배우."""
    head = tokens.get(at)
    if head is None or head.tag not in ("NNG", "NNP", "SL") or text[head.start : head.end] in _NOT_HEADS:
        return None
    end = head.end
    while (following := tokens.get(end)) is not None and following.tag in ("NNG", "XSN") and following.end > end:
        end = following.end
    return text[at:end]


_BARE_AFTER = re.compile(
    r"(?:시즌|평점|별점|점수|스코어|득점|골득실|확률|배율|넘버|지수|승점|타율|평균자책점|방어율|시청률|득표수|숫자|수|값|답|정답|범위|신장|키|나이)(?:는|은|가|이|의|를|을)?\s?$"
)
_COMPARED = re.compile(
    r"\s?(?:보다\s?(?:크|작|높|낮|많|적)|(?:과|와)\s?같|이\s?(?:넘|다$|다\.)|[을를]\s?(?:초과|넘)|초과|미만|이상|이하|에\s달하|혹은\s그|또는\s그|이?거나\s그)"
)
_PARENTHESISED = re.compile(r"\d{1,3}(?=[)·,/]|\)\))")
_LONE = ("하나", "둘", "셋", "넷", "다섯", "여섯", "일곱", "여덟", "아홉", "열")


def bare_dimension(text: str, number: Number, tokens: dict[int, Token]) -> tuple[str, str] | None:
    """(unit, dimension) of a number without a unit that is one all the same, or None: 김대희(42), 시즌 2, 1000만, 하나."""
    following = text[number.end : number.end + 1]
    if number.digits:
        opened = number.start and text[number.start - 1] == "(" and number.start > 1 and "가" <= text[number.start - 2] <= "힣"
        if opened and number.nominal is not None and 0 < number.nominal < 120 and _PARENTHESISED.match(text, number.start):
            return "살", "age"
        if following.isascii() and following.isalnum():
            return None
        if _BARE_AFTER.search(text, max(0, number.start - 8), number.start) or _is_all(text, number):
            return "", "number"
        free = number.start == 0 or not text[number.start - 1].isalnum()
        if (
            free
            and _COMPARED.match(text, number.end)
            and not re.search(r"[A-Za-z가-힣]\s?$", text[max(0, number.start - 2) : number.start])
        ):
            return "", "number"
        scaled = text[number.end - 1] in "만억조"
        if scaled and not re.match(r"\s?[가-힣]", text[number.end : number.end + 2]):
            return "", "number"
        return ("", "number") if scaled and _PARTICLE.match(text, number.end) else None
    if _is_all(text, number) or (_COMPARED.match(text, number.end) and number.end - number.start > 1):
        return "", "number"
    token = tokens.get(number.start)
    if token is None or token.tag != "NR":
        return None
    if "가" <= following <= "힣" and not _PARTICLE.match(text, number.end):
        return None
    surface = text[number.start : number.end]
    fraction = "분의" in surface or "점" in surface
    written_out = len(surface) > 2 and not number.native
    named = _BARE_AFTER.search(text, max(0, number.start - 8), number.start) is not None
    return ("", "number") if surface in _LONE or fraction or written_out or named else None


def _is_all(text: str, number: Number) -> bool:
    """Whether the number is the whole text: somebody asks what it is."""
    return text[: number.start].strip(" \n-−") in ("", "마이너스", "음수") and text[number.end :].strip(" \n.") == ""


def is_two_of(text: str, number: Number, tokens: dict[int, Token]) -> str | None:
    """두 회사, 세 배우: the noun that an attributive numeral counts without a counter; 한 is left out (한 관계자)."""
    token = tokens.get(number.start)
    if token is None or token.tag not in ("MM", "NR") or not number.native or number.low < Decimal(2):
        return None
    if text[number.end : number.end + 1] != " ":
        return None
    return counted_noun(text, number.end + 1, tokens)
