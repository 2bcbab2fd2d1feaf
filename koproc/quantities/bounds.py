"""Words before and after a number and its unit → bounds, approximation, sign and the full span: 약, 최대, 이상, 안팎, 당."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from ..document import Quantity
from .numbers import Number

BEFORE = re.compile(
    r"(?:(?P<about>약|대략|어림잡아|줄잡아|거의|한(?=\s\d))|(?P<low>최소|적어도|최저)|(?P<high>최대|최고|많게는)|(?P<exact>총|무려|불과|고작|연|모두|단))\s?$"
)
_AFTER = re.compile(
    r"""\s?(?:
      (?P<or_more>(?:혹은|또는|이거나|거나)\s그\s?(?:이상|초과|보다\s?(?:크|많|높))|보다\s?(?:크|많|높)거나\s?같)
    | (?P<or_less>(?:혹은|또는|이거나|거나)\s그\s?(?:이하|미만|보다\s?(?:작|적|낮))|보다\s?(?:작|적|낮)거나\s?같)
    | (?P<greater>보다\s?(?:크|큰|많|높))
    | (?P<smaller>보다\s?(?:작|적|낮)|\s?아래(?=[의로에이인\s.]|$))
    | (?P<at_least>이상)
    | (?P<more>초과|(?:[을를]\s|이\s)?(?:넘[는게어긴을]|웃도는|웃돌|상회|돌파|뛰어넘))
    | (?P<at_most>이하|이내)
    | (?P<less>미만|(?:[을를에]\s)?(?:밑도는|밑돌|하회|못\s?미치))
    | (?P<under>(?:에\s)?육박|가까이|(?:에\s)?근접)
    | (?P<about>안팎|내외|정도|가량|쯤|전후|수준|남짓)
    | (?P<level>까지)
    )""",
    re.VERBOSE,
)
_TOGETHER = re.compile(r",?\s|보다\s?(?:크|많|높|작|적|낮)(?:고|지만|으며|으나)\s")
_PER = re.compile(
    r"(?P<per>초|분|시간|1인|1명|대|장|주|톤|개|㎾h|kWh)당\s?$|(?P<month>월|매월|매달)\s$|(?P<year>연간|연|매년)\s$|(?P<day>하루|일일)\s$"
)
_PER_UNIT = {"1인": "인", "1명": "명"}


def within(text: str, first: Quantity, second: Quantity) -> Quantity | None:
    """One interval of a lower and an upper bound that stand together: 30명 이상 50명 미만, 1000보다 크고 1500보다 작다."""
    if first.unit != second.unit or first.dimension != second.dimension or not _TOGETHER.fullmatch(text, first.full_end, second.full_start):
        return None
    lower, upper = (first, second) if first.high is None else (second, first)
    if lower.high is not None or upper.low is not None or lower.low is None or upper.high is None or lower.low >= upper.high:
        return None
    return replace(
        first,
        end=second.end,
        text=text[first.start : second.end],
        full_end=second.full_end,
        low=lower.low,
        high=upper.high,
        low_inclusive=lower.low_inclusive,
        high_inclusive=upper.high_inclusive,
        nominal=None,
    )


def bounded(text: str, number: Number, symbol: str, dimension: str, blocked: bytearray) -> Quantity:
    """The quantity that a number with its unit states, with what stands around it. Ids are given later."""
    low: Decimal | None = number.low
    high: Decimal | None = number.high
    low_inclusive, high_inclusive = True, number.high_inclusive
    approximate = number.approximate
    full_start, full_end = number.start, number.end
    per = _PER.search(text, max(0, number.start - 5), number.start)
    if before := BEFORE.search(text, max(0, number.start - 6), number.start):
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
        if kind in ("at_least", "more", "or_more", "greater"):
            low, low_inclusive, high, high_inclusive = point, kind in ("at_least", "or_more"), None, False
        elif kind in ("at_most", "less", "or_less", "smaller"):
            low, low_inclusive, high, high_inclusive = None, False, number.high, kind in ("at_most", "or_less")
        elif kind == "under":
            approximate = "under"
        elif kind == "about":
            approximate = "over" if "남짓" in after.group() else approximate or "about"
        if kind in ("greater", "smaller", "or_more", "or_less") or (
            kind in ("more", "less", "under") and re.search(r"\s", after.group().strip())
        ):
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
