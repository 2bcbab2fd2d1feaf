"""The grammar of Korean quantities over raw text, with tokens as evidence: Document → Document with quantities.

    quantity := before? sign? currency? number fused? (range number)? unit fused? after?

Candidates begin at digits and, where Kiwi says that a numeral begins, at Hangul numerals. What an earlier stage found
(times, mentions) is not a quantity: 2027년, A100, 어센드910B.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from ..document import Document, Quantity, Token
from .bounds import bounded, within
from .counters import bare_dimension, great_or_age, is_rank_or_ratio, is_two_of, is_week, unit_after
from .numbers import Number, number_at
from .units import Unit, scan_unit, units

_START = re.compile(r"\d|[영일이삼사오육칠팔구십백천만억조수몇하한둘두셋세석넷네넉다여일아열스서마쉰예절반첫]")
_RUN = re.compile(r"[\d,.]*\d|.", re.DOTALL)
_SIGN = re.compile(r"(?:[-−–](?<![\w)][-−–])|마이너스\s?|음수\s?|영하\s?)$")
_CURRENCY = re.compile(r"(?:US\$|NT\$|HK\$|\$|₩|€|£|¥)\s?$")
_CENTS = re.compile(r"\s?(?P<cents>\d{1,2})\s?센트")
_FAHRENHEIT = re.compile(r"화씨\s?$")
_MONEY_WORD = re.compile(
    r"매출|이익|손실|적자|흑자|투자|규모|시총|시가총액|거래액|수출|수주|예산|기업가치|유치|인수|자금|매각|과징금|보조금"
)
_BANDED = frozenset({"percent", "money", "percentage point", "length", "count", "time"})


def find_quantities(document: Document) -> Document:
    """Add every quantity of the text, in order, ids q1, q2, …

    >>> from koproc.document import Document
    >>> found = find_quantities(Document(id="a", text="매출은 3조 5천억 원으로 15~20% 늘었다.")).quantities
    >>> [(quantity.text, str(quantity.low), str(quantity.high), quantity.unit) for quantity in found]
    [('3조 5천억 원', '3500000000000', '3500000000000', 'KRW'), ('15~20%', '15', '20', '%')]
    """
    blocked = bytearray(len(document.text))
    taken = [(t.start, t.end) for t in document.times if t.type != "DURATION"]
    taken += [(m.start, m.end) for m in document.mentions if m.label != "LOC"]  # 3억 캐나다 달러
    for start, end in taken:
        blocked[start:end] = b"\1" * (end - start)
    found: list[Quantity] = []
    for quantity in _scan(document.text, {token.start: token for token in reversed(document.tokens)}, blocked):
        joined = within(document.text, found[-1], quantity) if found else None
        if joined is not None:
            found[-1] = joined
        else:
            found.append(quantity)
    return replace(document, quantities=tuple(replace(q, id=f"q{n}") for n, q in enumerate(found, 1)))


def _scan(text: str, tokens: dict[int, Token], blocked: bytearray) -> Iterator[Quantity]:
    at = 0
    while match := _START.search(text, at):
        at = match.start()
        quantity = None if blocked[at] else _quantity_at(text, at, tokens, blocked)
        if quantity is None:
            # a run of digits that is no quantity is passed as a whole: A100 is not 00
            run = _RUN.match(text, at)
            at = run.end() if run else at + 1
        else:
            yield quantity
            at = max(quantity.end, quantity.full_end if not blocked[quantity.full_end - 1] else quantity.end)


def _quantity_at(text: str, at: int, tokens: dict[int, Token], blocked: bytearray) -> Quantity | None:
    number = number_at(text, at, tokens)
    if number is None or any(blocked[number.start : number.end]):
        return None
    currency = _CURRENCY.search(text, max(0, number.start - 4), number.start)
    if currency:
        return _with_currency_sign(text, number, currency, blocked)
    number = _signed(text, number)
    if text[number.start : number.end] in ("절반", "반토막"):
        return bounded(text, number, "배", "multiple", blocked)
    found = unit_after(text, number, tokens)
    if found is None and _is_bare_won(text, number):
        found = units()["원"], number.end
    if found is not None and not any(blocked[number.end : found[1]]):
        return _with_unit(text, number, *found, tokens, blocked)
    if (noun := is_two_of(text, number, tokens)) is not None and not any(blocked[number.end : number.end + 1 + len(noun)]):
        return bounded(text, replace(number, end=number.end + 1 + len(noun)), noun, "count", blocked)
    bare = bare_dimension(text, number, tokens)
    return bounded(text, number, *bare, blocked) if bare is not None else None


def _with_currency_sign(text: str, number: Number, currency: re.Match[str], blocked: bytearray) -> Quantity:
    unit = units()[currency.group().strip()]
    end = number.end
    suffix = scan_unit(text, end + 1 if text[end : end + 1] == " " else end)
    if suffix and suffix[0].symbol == unit.symbol:
        end = suffix[1]
    return bounded(text, replace(number, start=currency.start(), end=end), unit.symbol, unit.dimension, blocked)


def _signed(text: str, number: Number) -> Number:
    sign = _SIGN.search(text, max(0, number.start - 6), number.start)
    if sign is None or (sign.group() in "-–" and sign.start() > 0 and text[sign.start() - 1].isalnum()):
        return number
    nominal = None if number.nominal is None else -number.nominal
    return replace(number, start=sign.start(), low=-number.high, high=-number.low, nominal=nominal)


def _with_unit(text: str, number: Number, unit: Unit, at: int, tokens: dict[int, Token], blocked: bytearray) -> Quantity | None:
    symbol, dimension = unit.symbol, unit.dimension
    if symbol == "°C" and _FAHRENHEIT.search(text, max(0, number.start - 4), number.start):
        symbol = "°F"
    if symbol == "주" and is_week(text, number):
        symbol, dimension = "주일", "time"
    number = replace(number, end=at)
    if number.ordinal:
        dimension = "ordinal"
    elif unit.symbol == "대":
        if is_rank_or_ratio(text, at):
            return None
        kind = great_or_age(text, number, tokens)
        if kind == "age":
            number = replace(number, high=number.low + 10, high_inclusive=False, nominal=None)
            symbol, dimension = "살", "age"
        elif kind:
            symbol = f"개 {kind}"
    elif text.startswith("대", at) and unit.dimension in _BANDED and _is_band(text, at):
        base = number.nominal if number.nominal is not None else number.high
        number = replace(number, end=at + 1, high=base + number.place, high_inclusive=False, nominal=None)
    elif symbol in ("USD", "EUR", "AUD", "CAD") and (cents := _CENTS.match(text, at)) and number.nominal is not None:
        value = number.nominal + Decimal(int(cents["cents"])) / 100
        number = replace(number, end=cents.end(), low=value, high=value, nominal=value)
    elif text.startswith("여", at) and number.nominal is not None and text[at + 1 : at + 2] in (" ", ""):
        number = replace(number, end=at + 1, high=number.nominal + number.place, high_inclusive=False, approximate="over")
    return bounded(text, number, symbol, dimension, blocked)


def _is_bare_won(text: str, number: Number) -> bool:
    """매출 3124억…: headlines leave 원 out after 억 and 조 where a word of money stands before."""
    closes = number.digits and text[number.end - 1] in "억조" and not re.match(r"\s?[가-힣A-Za-z]", text[number.end : number.end + 2])
    return closes and _MONEY_WORD.search(text, max(0, number.start - 16), number.start) is not None


def _is_band(text: str, at: int) -> bool:
    """30%대, 3만 원대: 대 right after the unit and then no more of a noun."""
    rest = text[at + 1 : at + 3]
    return not rest or not "가" <= rest[0] <= "힣" or rest[0] in "의로에를가는이다까초중후"
