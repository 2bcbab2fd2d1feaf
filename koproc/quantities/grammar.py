"""The grammar of Korean quantities over raw text, with tokens as evidence: Document → Document with quantities.

    quantity := before? sign? currency? number fused? (range number)? unit half? band? after?
              | number 대 number | day word | 열에 아홉

Candidates begin at digits and, where there is evidence that a numeral begins, at Hangul numerals. What an earlier stage found
(times, mentions) is not a quantity: 2027년, A100, 어센드910B.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, replace
from decimal import Decimal
from operator import attrgetter

from ..document import Document, Quantity
from ..numerals import scan_numeral
from .bare import bare_dimension
from .bounds import bounded, within
from .counters import great_or_age, is_rank_or_ratio, is_two_of, is_week, suffixed, unit_after
from .evidence import Evidence, gather
from .numbers import Number, is_multiple_word, may_begin, number_at
from .units import Unit, scan_unit, units

_START = re.compile(r"\d|[영일이삼사오육칠팔구십백천만억조수몇하한둘두셋세석넷네넉다여일아열스서마쉰예절반첫대너사나닷엿보며반갑곱]")
_RUN = re.compile(r"[\d,.]*\d(?:[만억조천백십][\d,.]*)*")
_SIGN = re.compile(r"(?:[-−–](?<![\w)][-−–])|±\s?|마이너스\s?|음수\s?|영하\s?)$")
_CURRENCY = re.compile(r"(?:US\$|NT\$|HK\$|A\$|C\$|S\$|\$|₩|€|£|¥)\s?$")
_SIGNS = {"A$": "AUD", "C$": "CAD", "S$": "SGD"}
_CENTS = re.compile(r"\s?(?P<cents>\d{1,2}|[이삼사오육칠팔구]?십?[일이삼사오육칠팔구]?)\s?센트")
_FAHRENHEIT = re.compile(r"화씨(?:\s?마이너스)?\s?$")
_HALF = re.compile(r"\s?반(?=[을이의에으에]|\s|[^가-힣]|$|만에|동안|간)")
_HALVED = frozenset({"년", "배", "시간", "개월", "주일", "일", "달", "분", "바퀴"})
_MONEY_WORD = re.compile(
    r"매출|이익|손실|적자|흑자|투자|규모|시총|시가총액|거래액|수출|수주|예산|기업가치|유치|인수|자금|매각|과징금|보조금"
)
_BANDED = frozenset({"percent", "money", "percentage point", "length", "count", "time"})
_DAYS = dict(zip(["하루", "이틀", "사흘", "나흘", "닷새", "엿새", "열흘", "보름"], [1, 2, 3, 4, 5, 6, 10, 15], strict=True))
_DAY_WORD = re.compile("|".join([*_DAYS, "반년", "며칠"]))
_RATE_PER_DAY = re.compile(r"하루\s(?:평균\s|최대\s|약\s)?[\d수몇한두세네]")
_TO = re.compile(r"\s?대\s?(?P<second>\d{1,3})(?![\d.,년월만억조]|\s?(?:개|명|%))")
_IN_TEN = re.compile(r"(?:에|\s중|\s중에|\s가운데)\s(?=[하둘셋넷다여일아])")
_DENOMINATOR = re.compile(r"당\s?(?:\S{1,6}\s)?(?:약\s?|최대\s|평균\s)?\$?\d")
_QUOTES = {"‘": "’", "'": "'", "“": "”", '"': '"'}


def find_quantities(document: Document) -> Document:
    """Add every quantity of the text, in order, ids q1, q2, …

    >>> from koproc.document import Document
    >>> found = find_quantities(Document(id="a", text="매출은 3조 5천억 원으로 15~20% 늘었다.")).quantities
    >>> [(quantity.text, str(quantity.low), str(quantity.high), quantity.unit) for quantity in found]
    [('3조 5천억 원', '3500000000000', '3500000000000', 'KRW'), ('15~20%', '15', '20', '%')]
    """
    found: list[Quantity] = []
    for quantity in _scan(gather(document)):
        joined = within(document.text, found[-1], quantity) if found else None
        if joined is not None:
            found[-1] = joined
        else:
            found.append(quantity)
    return replace(document, quantities=tuple([Quantity(f"q{n}", *_BUT_ID(quantity)) for n, quantity in enumerate(found, 1)]))


_BUT_ID = attrgetter(*[field.name for field in fields(Quantity) if field.name != "id"])


def _scan(evidence: Evidence) -> Iterator[Quantity]:
    text, at = evidence.text, 0
    while match := _START.search(text, at):
        at = match.start()
        quantity = None if evidence.blocked[at] or not may_begin(evidence, at) else _quantity_at(evidence, at)
        if quantity is None:
            # a run of digits that is no quantity is passed as a whole: A100 is not 00, 211만8525 조회 not 만8525
            run = _RUN.match(text, at) if text[at].isdecimal() else None
            at = run.end() if run else at + 1
        else:
            yield quantity
            at = max(quantity.end, quantity.full_end if not evidence.blocked[quantity.full_end - 1] else quantity.end)


def _quantity_at(evidence: Evidence, at: int) -> Quantity | None:
    text, blocked = evidence.text, evidence.blocked
    if (day := _days_at(evidence, at)) is not None:
        return day
    number = number_at(evidence, at)
    if number is None or not evidence.is_free(number.start, number.end):
        return None
    sign = text[max(0, number.start - 3) : number.start].rstrip()[-1:] or " "
    if sign in "$₩€£¥" and (currency := _CURRENCY.search(text, max(0, number.start - 4), number.start)):
        return _with_currency_sign(text, number, currency, blocked)
    if (ratio := _ratio(evidence, number)) is not None:
        return ratio
    number = _signed(text, number) if sign in "-−–±스수하" else number
    if is_multiple_word(text, number):
        return bounded(text, number, "배", "multiple", blocked)
    if (scaled := suffixed(text, number)) is not None:
        return bounded(text, replace(scaled[0], end=scaled[2]), scaled[1], "count", blocked)
    found = unit_after(evidence, number)
    if found is None and _is_bare_won(text, number):
        found = units()["원"], number.end
    if found is None and _is_dong(text, number):
        found = units()["베트남동"], text.index("동", number.end) + 1
    if found is not None and evidence.is_free(number.end, found[1]):
        return _with_unit(evidence, number, *found)
    if number.ordinal:
        return None
    if (noun := is_two_of(evidence, number)) is not None and evidence.is_free(number.end, number.end + 1 + len(noun)):
        counted = "time" if noun == "분기" else "count"
        return bounded(text, replace(number, end=number.end + 1 + len(noun)), noun, counted, blocked)
    bare = bare_dimension(evidence, number)
    return bounded(text, number, *bare, blocked) if bare is not None else None


def _days_at(evidence: Evidence, at: int) -> Quantity | None:
    """나흘, 보름, 반년: a length in one word; where the times stage has seen the text, it says whether it is one."""
    match = _DAY_WORD.match(evidence.text, at)
    if match is None or not evidence.is_free(at, match.end()) or (evidence.tokens and at not in evidence.lengths):
        return None
    if _RATE_PER_DAY.match(evidence.text, at):
        return None  # 하루 200건: per day
    word = match.group()
    low, high = (Decimal("0.5"),) * 2 if word == "반년" else (Decimal(2), Decimal(10)) if word == "며칠" else (Decimal(_DAYS[word]),) * 2
    nominal = None if word == "며칠" else low
    number = Number(at, match.end(), low, high, nominal, word != "며칠", Decimal(1), True, False)
    half = _HALF.match(evidence.text, match.end()) if nominal is not None and word != "반년" else None
    number = _plus_half(number, half.end()) if half else number
    return bounded(evidence.text, number, "년" if word == "반년" else "일", "time", evidence.blocked)


def _plus_half(number: Number, end: int) -> Number:
    half = Decimal("0.5")
    nominal = None if number.nominal is None else number.nominal + half
    return replace(number, end=end, low=number.low + half, high=number.high + half, nominal=nominal)


def _ratio(evidence: Evidence, number: Number) -> Quantity | None:
    """128 대 1, 51 대 49: the first to the second, in the unit 대1, 대49; 열에 아홉, 셋 중 하나: a share."""
    text = evidence.text
    if number.nominal is None:
        return None
    if number.digits and (to := _TO.match(text, number.end)) and evidence.is_free(number.start, to.end()):
        if text[to.end() : to.end() + 1].isalpha() and not text.startswith(
            ("로", "의", "에", "을", "를", "이", "가", "은", "는", "으", "인", "까", "수"), to.end()
        ):
            return None
        return bounded(text, replace(number, end=to.end()), f"대{to['second']}", "ratio", evidence.blocked)
    joint = _IN_TEN.match(text, number.end) if number.native else None
    part = scan_numeral(text, joint.end()) if joint else None
    if part is None or part.nominal is None or not part.native or part.nominal > number.nominal or number.nominal < 2:
        return None
    share = part.nominal / number.nominal
    shared = replace(number, end=part.end, low=share, high=share, nominal=share, place=Decimal(1))
    return bounded(text, shared, "", "number", evidence.blocked)


def _with_currency_sign(text: str, number: Number, currency: re.Match[str], blocked: bytearray) -> Quantity:
    sign = currency.group().strip()
    unit = units()[_SIGNS.get(sign, sign)]
    end = number.end
    suffix = scan_unit(text, end + 1 if text[end : end + 1] == " " else end)
    if suffix and suffix[0].symbol == unit.symbol:
        end = suffix[1]
    return bounded(text, replace(number, start=currency.start(), end=end), unit.symbol, unit.dimension, blocked)


def _signed(text: str, number: Number) -> Number:
    sign = _SIGN.search(text, max(0, number.start - 6), number.start)
    if sign is None or (sign.group() in "-–" and sign.start() > 0 and text[sign.start() - 1].isalnum()):
        return number
    if sign.group().startswith("±"):
        return replace(number, start=sign.start(), low=-number.high)
    nominal = None if number.nominal is None else -number.nominal
    return replace(number, start=sign.start(), low=-number.high, high=-number.low, nominal=nominal)


def _with_unit(evidence: Evidence, number: Number, unit: Unit, at: int) -> Quantity | None:
    text, blocked = evidence.text, evidence.blocked
    symbol, dimension = unit.symbol, unit.dimension
    if symbol == "°C" and _FAHRENHEIT.search(text, max(0, number.start - 8), number.start):
        symbol = "°F"
    if symbol == "주" and is_week(text, number):
        symbol, dimension = "주일", "time"
    if _is_quoted(text, number.start, at):
        return None  # ‘1박2일’: the name of a show
    if dimension == "time" and text[at - 1] == "간" and at - number.end > 1 and text[at - 2] != "시":
        at -= 1  # 10일간: the length is 10일
    if text.startswith("당", at) and _DENOMINATOR.match(text, at):
        return None  # 1인당 30만 원, 100만 개당 3개: what the next quantity is counted per
    number = replace(number, end=at)
    if number.ordinal:
        dimension = "ordinal"
    elif unit.symbol == "대":
        if is_rank_or_ratio(text, at):
            return None
        kind = great_or_age(text, number, evidence.tokens)
        if kind == "age":
            number = replace(number, high=number.high + 10, high_inclusive=False, nominal=None)
            symbol, dimension = "살", "age"
        elif kind:
            symbol = f"개 {kind}"
    elif symbol in _HALVED and (half := _HALF.match(text, at)):
        number = _plus_half(number, half.end())
    elif text.startswith("대", at) and unit.dimension in _BANDED and _is_band(text, at):
        base = number.nominal if number.nominal is not None else number.high
        number = replace(number, end=at + 1, high=base + number.place, high_inclusive=False, nominal=None)
    elif symbol in ("USD", "EUR", "AUD", "CAD") and number.nominal is not None and (cents := _cents(text, at)):
        value = number.nominal + cents[0] / 100
        number = replace(number, end=cents[1], low=value, high=value, nominal=value)
    elif text.startswith("여", at) and number.nominal is not None and text[at + 1 : at + 2] in (" ", ""):
        number = replace(number, end=at + 1, high=number.nominal + number.place, high_inclusive=False, approximate="over")
    return bounded(text, number, symbol, dimension, blocked)


def _cents(text: str, at: int) -> tuple[Decimal, int] | None:
    """50센트 after 3달러: how many and where they end."""
    match = _CENTS.match(text, at)
    numeral = scan_numeral(match["cents"], 0) if match and match["cents"] else None
    return (numeral.nominal, match.end()) if match and numeral and numeral.nominal is not None else None


def _is_quoted(text: str, start: int, end: int) -> bool:
    closing = _QUOTES.get(text[start - 1 : start] if start else "")
    if closing is None:
        return False
    return closing in text[end : end + 3] and re.search(r"[\w]*박$", text[start:end]) is not None


def _is_bare_won(text: str, number: Number) -> bool:
    """매출 3124억…: headlines leave 원 out after 억 and 조 where a word of money stands before."""
    closes = number.digits and text[number.end - 1] in "억조" and not re.match(r"\s?[가-힣A-Za-z]", text[number.end : number.end + 2])
    return closes and _MONEY_WORD.search(text, max(0, number.start - 16), number.start) is not None


def _is_dong(text: str, number: Number) -> bool:
    """480만 동: money where Vietnam is spoken of, else blocks of flats and quarters of towns."""
    large = (
        number.digits
        and text[number.end - 1] in "만억조"
        and re.match(r"\s?동(?:으로|을|이|의|에|짜리|\s|[.,)]|$)", text[number.end : number.end + 5])
    )
    return bool(large) and re.search(r"베트남|하노이|호찌민|호치민", text[max(0, number.start - 200) : number.end + 60]) is not None


def _is_band(text: str, at: int) -> bool:
    """30%대, 3만 원대: 대 right after the unit and then no more of a noun."""
    rest = text[at + 1 : at + 3]
    return not rest or not "가" <= rest[0] <= "힣" or rest[0] in "의로에를가는이다까초중후"
