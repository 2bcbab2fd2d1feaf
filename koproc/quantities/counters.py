"""Which unit a number has, and whether what follows lets it be one: 3개 yes, 3대비 no; 3대 통신사 counts 통신사."""

from __future__ import annotations

import re
from decimal import Decimal

from ..document import Token
from .evidence import Evidence
from .numbers import Number
from .units import Unit, scan_unit

_PARTICLE = re.compile(
    r"(?:은|는|이|가|을|를|의|에|로|으로|와|과|도|만|씩|당|까지|부터|보다|나|이나|라|이라|인|일|였|이었|다|이다|입|짜리|째|간|여|대|정도|이상|이하|미만|초과|안팎|"
    r"가량|쯤|내외|남짓|규모|수준|어치|분|꼴|마다|에서|에게|뿐|든|란|이란|이며|며|고|이고|하|할|한|선|급|형|용|들|쪽|밖|조차|처럼|만큼|권|반|임|때|동안|내|배기|넘)"
)
_AGE = re.compile(
    r"(?:\s?(?:초반|중반|후반|이상|이하)|\s(?:남성|여성|청소년|청년|직장인|남녀|소비자|고객|이용자|남자|여자|A|B))|(?:와|과|가|는|에서|의)\s|,\s?\d0대|·\d0대"
)
_NOT_HEADS = frozenset(
    ["이상", "이하", "미만", "정도", "가량", "규모", "수준", "등", "중", "중에", "분량", "한정", "판매", "안팎", "내외", "가운데", "추가"]
)
_ORDINAL_HEADS = re.compile(r"\s(?:대통령|대선|총선|국회|의회|회장|총장|사장|행장|장관|위원장|교황|국왕|왕)")
_SHARES = re.compile(r"株|주식|지분|보통주|우선주|자사주|발행|매수|매도|배정|공모|상장")
# counters that 제 goes with; 제3자, 제3국, 제28조, 제2금융권 count nothing
_AFTER_ORDER = frozenset(
    ["차", "회", "번", "번째", "호", "기", "대", "위", "세대", "분기", "권", "편", "장", "막", "부", "회차", "호기", "강"]
)
# one-syllable counters that Sino-Korean syllables make other words with: 일분, 이초, 삼인
_EASILY_WORDS = frozenset("분일초인동조점단기줄발통사루면판부화심강급차류정절팔행실칸구국등자")
_ONE_LETTER = frozenset("사루면판부화심강급차류정절팔행실칸구국등자무패승골타선")
_RANK_IN_WORDS = re.compile(r"(?:은|는|이|을|를|으로|에|의|입니다|[^가-힣]|$)|\s?보다")
# what makes a count or a degree of something else of the counter: 11번 출구, 4차 산업혁명, 502호
_OTHER_AFTER = {
    "번": re.compile(r"\s(?:출구|버스|국도|게이트|타자|홀|트랙|선수|승강장|플랫폼)"),
    "차": re.compile(r"\s?(?:산업혁명|전지|세계대전|대전)"),
    "호": re.compile(r"\s?(?:선|기|점|차)"),
    "대": re.compile(r"\s?\d"),
}
_ROOM = re.compile(r"\d+동\s?$")
_SPELLED = {"K": 10**3, "M": 10**6, "B": 10**9, "T": 10**12}
_SUFFIXED = re.compile(r"(?P<suffix>[KMBT])\s?(?P<unit>토큰|파라미터|매개변수|모델|개)")


def unit_after(evidence: Evidence, number: Number) -> tuple[Unit, int] | None:
    """The unit right after a number (one space allowed) that fits it, and where it ends."""
    text = evidence.text
    for at in (number.end, number.end + 1):
        if at > number.end and text[number.end : at] != " ":
            return None
        found = scan_unit(text, at)
        if found is not None and found[1] - at > 1:
            found = _without_particle(evidence, at, found)
        if found is not None and _fits(evidence, number, found[0], at, found[1]):
            return found
    return None


def _without_particle(evidence: Evidence, at: int, found: tuple[Unit, int]) -> tuple[Unit, int]:
    """기 and not 기가 (giga) where Kiwi reads a particle: 발전기 175기가."""
    last = evidence.tokens.get(found[1] - 1)
    if last is None or last.tag[0] != "J" or evidence.text[found[1] - 1] not in "가이은는을를도만":
        return found
    shorter = scan_unit(evidence.text[at : found[1] - 1], 0)
    return (shorter[0], found[1] - 1) if shorter is not None and at + shorter[1] == found[1] - 1 else found


def suffixed(text: str, number: Number) -> tuple[Number, str, int] | None:
    """128K 토큰, 70B 파라미터: the letter is a scale before what models are counted in. The number, the unit and where it ends."""
    match = _SUFFIXED.match(text, number.end)
    if match is None or not number.digits or number.nominal is None:
        return None
    scale = Decimal(_SPELLED[match["suffix"]])
    scaled = Number(
        number.start,
        match.end("suffix"),
        number.low * scale,
        number.high * scale,
        number.nominal * scale,
        True,
        number.place * scale,
        False,
        True,
    )
    if match["unit"] == "모델":
        return scaled, "파라미터", match.end("suffix")
    return scaled, "파라미터" if match["unit"] == "매개변수" else match["unit"], match.end()


def _fits(evidence: Evidence, number: Number, unit: Unit, begin: int, at: int) -> bool:
    text = evidence.text
    form, spaced, rest = text[begin:at], begin > number.end, text[at : at + 1]
    if number.ordinal and form not in _AFTER_ORDER:
        return False
    if (other := _OTHER_AFTER.get(form)) and other.match(text, at):
        return False
    if form == "호" and _ROOM.search(text, max(0, number.start - 6), number.start):
        return False
    if form == "포트" and number.high > 512:
        return False
    if not number.digits and not _fits_words(evidence, number, unit, form, spaced, at):
        return False
    if form == "A" and not re.search(r"전류|충전|배터리|퓨즈|암페어|전원", text[max(0, number.start - 30) : at + 10]):
        return False  # 18A is a process name
    if form in ("도", "°"):
        return _is_degree(evidence, number, begin, at)
    if unit.dimension == "time" and not _is_length(evidence, number, form, at):
        return False
    if form in ("년", "분기", "형") and number.nominal is not None and 1900 <= number.nominal <= 2100:
        return False
    if form == "인" and number.digits and not spaced and number.nominal is not None and number.nominal > 100_000:
        return False  # 의안번호 2203456인: the copula
    if spaced and len(form) == 1:
        if form.isascii():
            return form in "%tgmWV" or (form.isupper() and number.digits)
        if form in _ONE_LETTER and not (form == "등" and _RANK_IN_WORDS.match(text, at)):
            return False
    if rest and "가" <= rest <= "힣":
        return bool(_PARTICLE.match(text, at)) and not _swallowed(form, text, at, evidence.tokens)
    return True


def _fits_words(evidence: Evidence, number: Number, unit: Unit, form: str, spaced: bool, at: int) -> bool:
    """Whether a numeral in words goes with the unit: 두 개, 이십 명, but not 일대, 이회, 삼장, 두 노트, 이 불."""
    text = evidence.text
    if evidence.is_whole(number.start, at):
        return True
    measured = unit.dimension in (
        "count",
        "multiple",
        "time",
        "rank",
        "ordinal",
        "age",
        "money",
        "percent",
        "percentage point",
        "temperature",
    )
    if not measured and (len(form) < 2 or form.isascii() or form == "노트"):
        return False
    one_syllable = number.end - number.start == 1 and not number.native and text[number.start] in "영공일이삼사오육칠팔구"
    if form == "등" and not number.native:
        return _RANK_IN_WORDS.match(text, at) is not None
    if one_syllable and form == "불":
        return False
    return not (len(form) == 1 and not spaced and (one_syllable or form in _EASILY_WORDS))


def _is_degree(evidence: Evidence, number: Number, begin: int, at: int) -> bool:
    """Degrees of temperature: after 영하, 섭씨, 기온, or as the whole text; 79도 of an angle is none."""
    text = evidence.text
    signed = re.search(r"영[하상]", text[max(0, number.start - 4) : begin]) is not None
    warm = re.search(r"기온|온도|섭씨|화씨|체온|폭염|더위|추위|최저|최고|아침|낮", text[max(0, number.start - 30) : begin])
    named = re.search(r"[섭화]씨(?:\s?마이너스)?\s?$", text[max(0, number.start - 8) : number.start])
    bounded = not "가" <= text[at : at + 1] <= "힣" or _PARTICLE.match(text, at) is not None
    return (signed or warm is not None or named is not None or evidence.is_whole(number.start, at)) and bounded


_LENGTH_AFTER = re.compile(
    r"\s?(?:간|동안|이내|이상|이하|만에|만|째|넘게|연속|정도|가량|안팎|내외|치|이?나|짜리|[이을를가]\s|마다|안에|내에)"
)


def _is_length(evidence: Evidence, number: Number, form: str, at: int) -> bool:
    """Whether a unit of time measures a length: the times stage says so, or what follows; 20일 alone is a day of the month."""
    if form in ("해", "시"):
        return False
    if form != "일" or number.start in evidence.lengths:
        return True
    return number.nominal is None or number.nominal > 31 or (not evidence.tokens) or _LENGTH_AFTER.match(evidence.text, at) is not None


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
    return not _SHARES.search(text, max(0, number.start - 30), number.end + 5) and number.high < 200


def great_or_age(text: str, number: Number, tokens: dict[int, Token]) -> str | None:
    """What 대 counts: the noun after it (5대 은행 → 은행), "age" (30대 여성), or None for vehicles and machines."""
    value = number.nominal if number.nominal is not None else number.high
    if not number.digits:
        return None
    if value % 10 == 0 and 10 <= value <= 90 and _AGE.match(text[number.end : number.end + 6]):
        return "age"
    if number.nominal is None or value > 500 or value != value.to_integral_value() or text[number.end : number.end + 1] != " ":
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


def is_two_of(evidence: Evidence, number: Number) -> str | None:
    """두 회사, 세 배우: the noun that an attributive numeral counts without a counter; 한 is left out (한 관계자)."""
    token = evidence.tokens.get(number.start)
    if token is None or token.tag not in ("MM", "NR", "IC") or not number.native or number.low < Decimal(2):
        return None
    if evidence.text[number.end : number.end + 1] != " ":
        return None
    return counted_noun(evidence.text, number.end + 1, evidence.tokens)
