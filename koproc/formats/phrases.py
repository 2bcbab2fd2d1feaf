"""What the tables say in words: intervals, Korean phrases of claims, and text made safe for a terminal."""

from __future__ import annotations

import re
from decimal import Decimal

from ..document import ClaimTime, Mention, Quantity, Reference
from ..statements import Statement

_SPACE = re.compile("[\t\n\v\f\r\x1c-\x1f\x85\u2028\u2029]+")
# Control pictures for C0 and DEL; replacement characters for C1, lone surrogates and the controls that reorder text.
_VISIBLE = {
    **{code: 0x2400 + code for code in range(32)},
    0x7F: 0x2421,
    **dict.fromkeys((*range(0x80, 0xA0), *range(0xD800, 0xE000), *range(0x202A, 0x202F), *range(0x2066, 0x206A)), 0xFFFD),
}


def korean_phrase(row: Statement) -> str:
    """A claim or event in Korean, its parts between middle dots: subject · property · amount · baseline · time."""
    if row.is_event:
        return _joined(row.subject, row.baseline, row.property, "", row.time)
    amount = f"{row.former_amount} → {row.amount}" if row.former_amount else row.amount
    if row.direction is not None:
        amount += " ↑" if row.direction == "up" else " ↓"
    baseline = row.baseline.text if row.baseline else ""
    if baseline and not baseline.endswith(("대비", "보다")):
        baseline += " 대비"
    return _joined(row.subject, row.property, amount, baseline, row.time)


def _joined(*parts: str | ClaimTime | Mention | Reference | None) -> str:
    texts = (part if isinstance(part, str) else part.text for part in parts if part is not None)
    return " · ".join(one_line(text) for text in texts if text)


def interval(quantity: Quantity) -> str:
    """A quantity's interval in mathematical signs.

    >>> from koproc.document import Quantity
    >>> interval(Quantity("q1", 0, 2, "3배", 0, 5, Decimal(3), None, True, False, Decimal(3), None, "배", "multiple"))
    '≥ 3 배'
    """
    low, high = quantity.low, quantity.high
    if low is not None and low == high:
        number = ("≈ " if quantity.approximate == "about" else "") + digits(low, grouped=True)
    elif low is not None and high is not None and quantity.low_inclusive and quantity.high_inclusive:
        number = f"{digits(low, grouped=True)} – {digits(high, grouped=True)}"
    elif low is not None and high is not None:
        signs = ("≤" if quantity.low_inclusive else "<", "≤" if quantity.high_inclusive else "<")
        number = f"{digits(low, grouped=True)} {signs[0]} x {signs[1]} {digits(high, grouped=True)}"
    elif low is not None:
        number = ("≥ " if quantity.low_inclusive else "> ") + digits(low, grouped=True)
    elif high is not None:
        number = ("≤ " if quantity.high_inclusive else "< ") + digits(high, grouped=True)
    else:
        number = "?"
    unit = f" {quantity.unit}" if quantity.unit else ""
    return number + unit + (f" / {quantity.per}" if quantity.per else "")


def digits(value: Decimal, *, grouped: bool = False) -> str:
    """A number in plain digits, without zeros that say nothing.

    >>> digits(Decimal("1250.50"), grouped=True), digits(Decimal("1E+3"))
    ('1,250.5', '1000')
    """
    text = f"{value:,f}" if grouped else f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def one_line(text: str) -> str:
    r"""Text without line breaks and tabs.

    >>> one_line("삼성\r\n전자")
    '삼성 전자'
    """
    return _SPACE.sub(" ", text)


def visible(text: str) -> str:
    r"""Text on one line in which no character can drive a terminal: ESC becomes a sign that looks like one.

    >>> visible("\x1b[31m빨강")
    '␛[31m빨강'
    """
    return one_line(text).translate(_VISIBLE)
