"""Words before and after a number and its unit → bounds, approximation and the full span: 약, 최대, 이상, 안팎, 당."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from ..document import Quantity
from .numbers import Number

_BEFORE = re.compile(
    r"(?:(?P<about>약|대략|어림잡아|줄잡아|거의|(?<![가-힣])한\s)"
    r"|(?P<low>최소|적어도|최저|≥|>=)|(?P<above>>)|(?P<high>최대|최고|많게는|≤|<=)|(?P<below><)"
    r"|(?P<exact>총|무려|불과|고작|연|모두|단))\s?$"
)
_ENDS_BEFORE = frozenset("약략아의한소도저≥=>대고는≤<총려과작연두단")  # the characters in which these words end
# A bound stands right after the number (3배 이상), or is a verb of which the number is the object or subject (3배를 넘었다).
_AFTER = re.compile(
    r"""\s?(?:
      (?P<or_more>(?:혹은|또는|이거나|거나)\s그\s?(?:이상|초과|보다\s?(?:크|많|높))|보다\s?(?:크|많|높)거나\s?같)
    | (?P<or_less>(?:혹은|또는|이거나|거나)\s그\s?(?:이하|미만|보다\s?(?:작|적|낮))|보다\s?(?:작|적|낮)거나\s?같)
    | (?P<greater>보다\s?(?:더\s)?(?:크|큰|많|높))
    | (?P<smaller>보다\s?(?:더\s)?(?:작|적|낮)|\s?아래(?=[의로에이인\s.]|$))
    | (?P<at_least>이상|>=|≥)
    | (?P<more>초과|넘게|[을를이가도]\s?(?:훌쩍\s|크게\s)?(?:넘[는게어었긴을던겼으]|뛰어넘|웃도[는]|웃돌|상회|초과|돌파)|돌파)
    | (?P<at_most>이하|이내|<=|≤)
    | (?P<less>미만|[을를도에이가](?:도|는|조차)?\s?(?:밑도는|밑돌|하회|못\s?미치|미치지\s?못|못\s?미[쳐친칠]|안\s?되[는던]|안\s?[돼된될]|채\s?안\s?되))
    | (?P<under>(?:에\s)?육박|가까이|에\s?가까운|(?:에\s)?근접)
    | (?P<over>남짓)
    | (?P<about>안팎|내외|정도|가량|쯤|전후|수준|선(?=[에을까으이의\s.,]|$))
    | (?P<level>까지)
    )""",
    re.VERBOSE,
)
_EVIDENCE_ONLY = frozenset({"greater", "smaller", "or_more", "or_less"})  # the span stays on the number
_TOGETHER = re.compile(r",?\s|에서\s|\s?보다\s?(?:크|많|높|작|적|낮)(?:고|지만|으며|으나|거나)\s")
_PER = re.compile(
    r"(?P<per>(?:(?<![\d.,])\d[\d,.]*[십백천만억조]*\s?)?(?:초|분|시간|인|명|대|장|주|톤|개|건|가구|㎾h|kWh|㎏|kg|ℓ|㎡|배럴|회))당\s?$"
    r"|(?P<month>월|매월|매달|월평균)\s$|(?P<year>연간|연|매년|연평균)\s$"
    r"|(?P<day>하루|일일|하루\s평균|일평균)\s$|(?P<hour>시속)\s?$|(?P<second>초속)\s?$"
)
_ENDS_PER = frozenset("당월달균간연년루일속")
_ONE = re.compile(r"^1(?=\D)")
_PER_SYMBOL = {"㎾h": "kWh", "㎏": "kg", "ℓ": "L", "㎡": "m²", "톤": "t", "배럴": "bbl"}
_PER_PERIOD = {"month": "월", "year": "년", "day": "일", "hour": "시간", "second": "초"}


def within(text: str, first: Quantity, second: Quantity) -> Quantity | None:
    """One interval of a lower and an upper bound that stand together: 30명 이상 50명 미만, 1000보다 크고 1500보다 작다."""
    if first.unit != second.unit or first.dimension != second.dimension:
        return None
    if not _TOGETHER.fullmatch(text, first.full_end, second.full_start) and not _TOGETHER.fullmatch(text, first.end, second.start):
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
    word = text[max(0, number.start - 3) : number.start].rstrip()[-1:]
    if word in _ENDS_BEFORE and (before := _BEFORE.search(text, max(0, number.start - 6), number.start)):
        glued = before.start() and "가" <= text[before.start() - 1] <= "힣"
        kind = before.lastgroup or ""
        if not glued and not blocked[before.start()] and kind != "exact":
            full_start = before.start()
            if kind == "about" and (text[before.start()] != "한" or number.digits):
                approximate = approximate or "about"
            elif kind in ("low", "above"):
                high, high_inclusive, low_inclusive = None, False, kind == "low"
            elif number.low == number.high:
                low, low_inclusive, high_inclusive = None, False, kind == "high"
    if (after := _AFTER.match(text, number.end)) and not (after.lastgroup == "more" and _is_amount_of_change(text, number, after)):
        kind = after.lastgroup or ""
        point = number.nominal if number.nominal is not None else number.low
        if kind in ("at_least", "more", "or_more", "greater"):
            low, low_inclusive, high, high_inclusive = point, kind in ("at_least", "or_more"), None, False
        elif kind in ("at_most", "less", "or_less", "smaller"):
            low, low_inclusive, high, high_inclusive = None, False, number.high, kind in ("at_most", "or_less")
        elif kind in ("under", "over"):
            approximate = "under" if kind == "under" else "over"
        elif kind == "about":
            approximate = approximate or "about"
        verb = kind in ("more", "less", "under") and re.search(r"^[을를이가도에]|\s", after.group().strip()) is not None
        full_end = number.end if kind in _EVIDENCE_ONLY or verb else after.end()
    per_unit = None
    per = _PER.search(text, max(0, number.start - 14), number.start) if word in _ENDS_PER else None
    if per is None and full_start < number.start:
        per = _PER.search(text, max(0, full_start - 14), full_start)
    if per is not None:
        kind = per.lastgroup or ""
        counted = _ONE.sub("", per.group(kind)).strip()
        per_unit = _PER_PERIOD.get(kind) or _PER_SYMBOL.get(counted, counted)
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


def _is_amount_of_change(text: str, number: Number, after: re.Match[str]) -> bool:
    """X를 22.5% 웃도는: by how much, not more than so much; the number is no object of the verb."""
    return (
        after.group().strip().startswith(("웃도", "웃돌", "상회"))
        and re.search(r"[을를]\s$", text[max(0, number.start - 2) : number.start]) is not None
    )
