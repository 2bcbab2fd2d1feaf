"""The grammar of Korean quantities over raw text, with tokens as evidence: Document → Document with quantities.

    quantity := before? sign? currency? number fused? (range number)? unit fused? after?

Candidates begin at digits and, where Kiwi says that a numeral begins, at Hangul numerals. What an earlier stage found
(times, mentions) is not a quantity: 2027년, A100, 어센드910B.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from ..document import Approximation, Document, Quantity, Token
from .numerals import Numeral, scan_numeral
from .units import Unit, scan_unit, units

_START = re.compile(r"\d|[영일이삼사오육칠팔구십백천만억조수몇하한둘두셋세석넷네넉다여일아열스서마쉰예절반]")
_HANGUL_START_TAGS = frozenset({"NR", "MM", "SN", "XPN"})
_BEFORE = re.compile(
    r"(?:(?P<about>약|대략|어림잡아|줄잡아|거의)|(?P<low>최소|적어도|최저)|(?P<high>최대|최고|많게는)|(?P<exact>총|무려|불과|고작|연|모두))\s?$"
)
_SIGN = re.compile(r"(?:[-−–](?<![\w)][-−–])|마이너스\s?|영하\s?)$")
_CURRENCY = re.compile(r"(?:US\$|NT\$|HK\$|\$|₩|€|£|¥)\s?$")
_RANGE = re.compile(r"\s?[~∼〜～]\s?|(?<=[\d만억조천백%])\s?[-–](?=\d)|\s?내지\s")
_AFTER = re.compile(
    r"""\s?(?:
      (?P<at_least>이상)
    | (?P<more>초과|(?:[을를]\s|이\s)?(?:넘[는게어긴을]|웃도는|웃돌|상회|돌파|뛰어넘))
    | (?P<at_most>이하|이내)
    | (?P<less>미만|(?:[을를에]\s)?(?:밑도는|밑돌|하회|못\s?미치))
    | (?P<under>(?:에\s)?육박|가까이|(?:에\s)?근접)
    | (?P<about>안팎|내외|정도|가량|쯤|전후|수준|남짓)
    | (?P<level>까지)
    )""",
    re.VERBOSE,
)
_PARTICLE = re.compile(
    r"(?:은|는|이|가|을|를|의|에|로|으로|와|과|도|만|씩|당|까지|부터|보다|나|이나|라|이라|인|일|였|이었|다|이다|입|짜리|째|간|여|대|정도|이상|이하|미만|초과|안팎|"
    r"가량|쯤|내외|남짓|규모|수준|어치|분|꼴|마다|에서|에게|뿐|든|란|이란|이며|며|고|이고|하|할|한|선|급|형|용|들|쪽|밖|조차|처럼|만큼)"
)
_PER = re.compile(
    r"(?P<per>초|분|시간|1인|1명|대|장|주|톤|개|㎾h|kWh)당\s?$|(?P<month>월|매월|매달)\s$|(?P<year>연간|연|매년)\s$|(?P<day>하루|일일)\s$"
)
_PER_UNIT = {"1인": "인", "1명": "명"}
# 대 as vehicle counter is far from 대 as 大 (5대 은행, 4대 분야) and from 代 (30대).
_AGE = re.compile(
    r"(?:\s?(?:초반|중반|후반|이상|이하)|\s(?:남성|여성|청소년|청년|직장인|남녀|소비자|고객|이용자|A|B))|(?:와|과|가|는|에서|의)\s|,\s?\d0대|·\d0대"
)
_GENERATIVE = re.compile(r"\s(?=[가-힣A-Za-z])")
_NOT_HEADS = frozenset(
    {"이상", "이하", "미만", "정도", "가량", "규모", "수준", "등", "중", "중에", "분량", "한정", "판매", "안팎", "내외", "가운데", "추가"}
)
_SHARES = re.compile(r"주식|지분|보통주|우선주|자사주|발행|매수|매도|배정|공모|상장")
_MONEY_WORD = re.compile(
    r"매출|이익|손실|적자|흑자|투자|규모|시총|시가총액|거래액|수출|수주|예산|기업가치|유치|인수|자금|매각|과징금|보조금"
)
_MYRIAD = {"만": 10**4, "억": 10**8, "조": 10**12}
_ORDINAL_HEADS = re.compile(r"\s(?:대통령|대선|총선|국회|의회|회장|총장|사장|행장|장관|위원장|교황|국왕|왕)")
_MODEL_NUMBER = re.compile(r"[A-Za-z]-?$")


@dataclass(frozen=True, slots=True)
class _Number:
    """A number or range before its unit."""

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


def find_quantities(document: Document) -> Document:
    """Add every quantity of the text, in order, ids q1, q2, …

    >>> from koproc.document import Document
    >>> found = find_quantities(Document(id="a", text="매출은 3조 5천억 원으로 15~20% 늘었다.")).quantities
    >>> [(quantity.text, str(quantity.low), str(quantity.high), quantity.unit) for quantity in found]
    [('3조 5천억 원', '3500000000000', '3500000000000', 'KRW'), ('15~20%', '15', '20', '%')]
    """
    blocked = bytearray(len(document.text))
    for start, end in [*((t.start, t.end) for t in document.times if t.type != "DURATION"), *((m.start, m.end) for m in document.mentions)]:
        blocked[start:end] = b"\1" * (end - start)
    found = tuple(_scan(document.text, {token.start: token for token in document.tokens}, blocked))
    return replace(document, quantities=tuple(replace(q, id=f"q{n}") for n, q in enumerate(found, 1)))


def _scan(text: str, tokens: dict[int, Token], blocked: bytearray) -> Iterator[Quantity]:
    at = 0
    while match := _START.search(text, at):
        at = match.start()
        quantity = None if blocked[at] else _quantity_at(text, at, tokens, blocked)
        if quantity is None:
            # a run of digits that is no quantity is passed as a whole: A100 is not 00
            run = re.compile(r"[\d,.]*\d|.").match(text, at)
            at = run.end() if run else at + 1
        else:
            yield quantity
            at = max(quantity.end, quantity.full_end if not blocked[quantity.full_end - 1] else quantity.end)


def _quantity_at(text: str, at: int, tokens: dict[int, Token], blocked: bytearray) -> Quantity | None:
    number = _number(text, at, tokens)
    if number is None or any(blocked[number.start : number.end]):
        return None
    return _with_unit(text, number, tokens, blocked)


def _number(text: str, at: int, tokens: dict[int, Token]) -> _Number | None:
    digits = text[at].isdecimal()
    before = text[at - 1] if at else " "
    if digits:
        if before == "제":
            return None  # 제11기, 제3조: ordinals
        if _MODEL_NUMBER.search(text, max(0, at - 2), at) or (before in ".,:/" and at > 1 and text[at - 2].isdecimal()):
            return None
        if "가" <= before <= "힣" and tokens and not _may_touch(text, at, tokens):
            return None
    elif tokens:
        token = tokens.get(at)
        if token is None or (
            token.tag not in _HANGUL_START_TAGS and token.form not in ("절반", "몇", "수십", "수백", "수천", "수만", "수억", "수조")
        ):
            return None
    elif "가" <= before <= "힣":
        return None
    if text.startswith("절반", at) or text.startswith("반토막", at):
        half = Decimal("0.5")
        return _Number(at, at + (2 if text[at] == "절" else 3), half, half, half, True, half, True, False)
    first = scan_numeral(text, at)
    if first is None:
        return None
    number = _Number(
        at, first.end, first.low, first.high, first.nominal if first.low == first.high else None,
        not first.open_end, first.place, first.native, digits,
    )  # fmt: skip
    number = _fused(text, number)
    return _range(text, number, first)


def _may_touch(text: str, at: int, tokens: dict[int, Token]) -> bool:
    """Whether a digit right after Hangul begins a number (약3배, 매출은2조) rather than going on with a name (무리4)."""
    if _BEFORE.search(text, max(0, at - 5), at):
        return True
    for start in range(at - 1, max(-1, at - 8), -1):
        token = tokens.get(start)
        if token is not None and token.end == at:
            return token.tag[0] in "JEM" or token.tag in ("NNB", "XPN", "SP", "NR") or text[start:at] in ("당", "만", "매월", "월")
    return False


def _fused(text: str, number: _Number) -> _Number:
    """여 and 남짓 fused to a number: the value lies between it and the next step of its last place."""
    if text.startswith("여", number.end) and number.nominal is not None:
        myriad = _MYRIAD.get(text[number.end + 1 : number.end + 2])
        if myriad is not None:  # 120여만 가구
            low, place = number.nominal * myriad, number.place * myriad
            return replace(
                number, end=number.end + 2, low=low, high=low + place, nominal=low, place=place, high_inclusive=False, approximate="over"
            )  # fmt: skip
        return replace(
            number, end=number.end + 1, high=number.nominal + number.place, high_inclusive=False, approximate="over"
        )  # fmt: skip
    return number


def _range(text: str, number: _Number, first: Numeral) -> _Number:
    end = number.end
    unit_between = scan_unit(text, end + 1 if text[end : end + 1] == " " else end)
    joint = _RANGE.match(text, end)
    if joint is None and unit_between:
        joint = _RANGE.match(text, unit_between[1])
        if joint is None:
            return number
    if joint is None:
        return number
    second = scan_numeral(text, joint.end())
    if second is None or second.nominal is None or number.nominal is None:
        return number
    low, high = number.nominal, second.nominal
    if first.scale < second.scale and low * second.scale <= high:
        low *= second.scale
    if unit_between and joint.start() >= unit_between[1]:
        # 31%~24%, 1억 원~2억 원: both ends must carry the same unit
        after = scan_unit(text, second.end + 1 if text[second.end : second.end + 1] == " " else second.end)
        if after is None or after[0].symbol != unit_between[0].symbol:
            return number
    if low > high:
        return number
    return replace(number, end=second.end, low=low, high=high, nominal=None, place=second.place)


def _with_unit(text: str, number: _Number, tokens: dict[int, Token], blocked: bytearray) -> Quantity | None:
    start, end = number.start, number.end
    currency = _CURRENCY.search(text, max(0, start - 4), start)
    sign = _SIGN.search(text, max(0, start - 6), start) if currency is None else None
    if sign and sign.group() in "-–" and start - len(sign.group()) > 0 and text[sign.start() - 1].isalnum():
        sign = None
    unit: Unit | None = None
    at = end
    if currency:
        unit = units()[currency.group().strip()]
        suffix = scan_unit(text, at + 1 if text[at : at + 1] == " " else at)
        if suffix and suffix[0].symbol == unit.symbol:
            at = suffix[1]
        start = currency.start()
    elif text[start:end] in ("절반", "반토막"):
        unit = units()["배"]
    else:
        found = scan_unit(text, end) or (scan_unit(text, end + 1) if text[end : end + 1] == " " else None)
        if found is None:
            found = (units()["원"], end) if _is_bare_won(text, number) else None
        if found is None:
            return None
        unit, at = found
        if (at > end and not _unit_fits(text, number, unit, end, at, tokens)) or any(blocked[end:at]):
            return None
    symbol, dimension = unit.symbol, unit.dimension
    if symbol == "주" and not _SHARES.search(text, max(0, start - 30), start) and number.high < 200:
        symbol, dimension = "주일", "time"
    number = replace(number, end=at)
    if unit.symbol == "대" and (_ORDINAL_HEADS.match(text, at) or re.match(r"\s?\d", text[at : at + 2])):
        return None  # 18대 대통령 is a rank, 422 대 1 a ratio
    if unit.symbol == "대":
        kind = _great_or_age(text, number, tokens)
        if kind == "age":
            low = number.low
            number = replace(number, high=low + 10, high_inclusive=False, nominal=None)
            symbol, dimension = "살", "age"
        elif kind:
            symbol = f"개 {kind}"
    elif (
        text.startswith("대", at)
        and unit.dimension in ("percent", "money", "percentage point", "length", "count", "time")
        and _band(text, at)
    ):
        base = number.nominal if number.nominal is not None else number.high
        number = replace(number, end=at + 1, high=base + number.place, high_inclusive=False, nominal=None)
    elif text.startswith("여", at) and number.nominal is not None and text[at + 1 : at + 2] in (" ", ""):
        number = replace(number, end=at + 1, high=number.nominal + number.place, high_inclusive=False, approximate="over")
    if sign:
        number = replace(
            number, low=-number.high, high=-number.low, nominal=-number.nominal if number.nominal is not None else None
        )  # fmt: skip
        start = sign.start()
    return _bounded(text, replace(number, start=start), symbol, dimension, blocked)


def _is_bare_won(text: str, number: _Number) -> bool:
    """매출 3124억…: headlines leave 원 out after 억 and 조 where a word of money stands before."""
    closes = number.digits and text[number.end - 1] in "억조" and not re.match(r"\s?[가-힣A-Za-z]", text[number.end : number.end + 2])
    return closes and _MONEY_WORD.search(text, max(0, number.start - 16), number.start) is not None


def _band(text: str, at: int) -> bool:
    """30%대, 3만 원대: 대 right after the unit and then no more of a noun."""
    rest = text[at + 1 : at + 3]
    return not rest or not "가" <= rest[0] <= "힣" or rest[0] in "의로에를가는이다까초중후"


def _great_or_age(text: str, number: _Number, tokens: dict[int, Token]) -> str | None:
    """What 대 counts: the noun after it (5대 은행 → 은행), "age" (30대 여성), or None for vehicles and machines."""
    value = number.nominal
    if value is None or not number.digits:
        return None
    after = text[number.end : number.end + 6]
    if value % 10 == 0 and 10 <= value <= 90 and _AGE.match(after):
        return "age"
    gap = _GENERATIVE.match(text, number.end)
    if gap is None or value > 500 or value != value.to_integral_value():
        return None
    head = tokens.get(gap.end())
    if head is None or head.tag not in ("NNG", "NNP", "SL") or text[head.start : head.end] in _NOT_HEADS:
        return None
    end = head.end
    while (following := tokens.get(end)) is not None and following.tag in ("NNG", "XSN") and following.end > end:
        end = following.end
    return text[head.start : end]


def _unit_fits(text: str, number: _Number, unit: Unit, end: int, at: int, tokens: dict[int, Token]) -> bool:
    """Whether what follows lets the counter be one: 3개 yes, 3대비 no, 두 시 no (times have that)."""
    form = text[end:at].strip()
    rest = text[at : at + 1]
    if (form == "호" and rest in ("선", "점", "기")) or text[number.start : at] == "한번":
        return False
    if not number.digits and unit.dimension not in ("count", "multiple", "time", "rank", "age", "money", "percent"):
        return False
    if (
        not number.digits
        and len(form) == 1
        and not text[end:at].startswith(" ")
        and ((end - number.start == 1 and not number.native) or form in "분일초인동조점단기줄발통")
    ):
        return False  # 일대, 이회, 삼장 are other words
    if form == "도" or (form == "해" and number.digits) or (form in ("일", "시") and unit.dimension == "time"):
        return form == "도" and bool(re.match(r"[ ,.로를에]|까지|씨", text[at : at + 2])) and "영하" in text[max(0, number.start - 4) : end]
    if form == "년" or form == "분기" or (form == "형" and rest.strip()):
        return not (number.nominal is not None and 1900 <= number.nominal <= 2100)
    if text[end : end + 1] == " " and len(form) == 1 and number.digits and form.isascii():
        return form == "%" or form.isupper()
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


def _bounded(text: str, number: _Number, symbol: str, dimension: str, blocked: bytearray) -> Quantity:
    """Words before and after the number → bounds, approximation and the full span."""
    low: Decimal | None = number.low
    high: Decimal | None = number.high
    low_inclusive, high_inclusive = True, number.high_inclusive
    approximate = number.approximate
    full_start, full_end = number.start, number.end
    per = _PER.search(text, max(0, number.start - 5), number.start)
    if before := _BEFORE.search(text, max(0, number.start - 6), number.start):
        glued = before.start() and "가" <= text[before.start() - 1] <= "힣"
        if not glued and not blocked[before.start()] and before.lastgroup != "exact":
            full_start = before.start()
            if before["about"]:
                approximate = approximate or "about"
            elif before["low"]:
                high, high_inclusive = None, False
            elif before["high"] and number.low == number.high:
                low, low_inclusive = None, False
    if after := _AFTER.match(text, number.end):
        full_end = after.end()
        kind = after.lastgroup
        point = number.nominal if number.nominal is not None else number.low
        if kind in ("at_least", "more"):
            low, low_inclusive, high, high_inclusive = point, kind == "at_least", None, False
        elif kind in ("at_most", "less"):
            low, low_inclusive, high, high_inclusive = None, False, number.high, kind == "at_most"
        elif kind == "under":
            approximate = "under"
        elif kind == "about":
            approximate = "over" if "남짓" in after.group() else approximate or "about"
        if kind in ("more", "less", "under") and re.search(r"\s", after.group().strip()):
            full_end = number.end  # 3배를 넘는: the verb is evidence, the span stays on the number
    per_unit = None
    if per:
        kind = per.lastgroup or ""
        per_unit = {"month": "월", "year": "년", "day": "일"}.get(kind) or _PER_UNIT.get(per.group(kind), per.group(kind))
        full_start = min(full_start, per.start())
    return Quantity(
        id="",
        start=number.start,
        end=number.end,
        text=text[number.start : number.end],
        full_start=full_start,
        full_end=full_end,
        low=low,
        high=high,
        low_inclusive=low_inclusive and low is not None,
        high_inclusive=high_inclusive and high is not None,
        nominal=number.nominal,
        approximate=approximate,
        unit=symbol,
        dimension=dimension,
        per=per_unit,
    )
