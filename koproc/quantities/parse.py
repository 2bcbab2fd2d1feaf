"""One string → one number or quantity, for callers who have the string already. Nonsense raises ParseError."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from ..document import Document, Quantity
from ..errors import ParseError
from ..numerals import scan_numeral
from .grammar import find_quantities


def parse_number(text: str) -> Decimal:
    """The exact value of a Korean numeral.

    Raises:
        ParseError: the string is not one numeral from its first character to its last.

    >>> parse_number("3조 5천억"), parse_number("스물다섯")
    (Decimal('3500000000000'), Decimal('25'))
    """
    string = text.strip()
    negative = string.startswith(("-", "−", "마이너스"))
    body = string.removeprefix("마이너스").lstrip("-−").strip() if negative else string
    numeral = scan_numeral(body, 0) if body else None
    if numeral is None or numeral.end != len(body):
        raise ParseError(f"{text!r} is not a Korean number; write it like 3조 5천억, 12만3천500, 스물다섯 or 1,234.5")
    if numeral.nominal is None or numeral.low != numeral.high:
        raise ParseError(f"{text!r} names no single number; use parse_quantity with a unit for vague ones (수십 명)")
    return -numeral.nominal if negative else numeral.nominal


def parse_quantity(text: str) -> Quantity:
    """The quantity that a string states: number, unit, bounds; its offsets count from the string's beginning, white space included.

    Raises:
        ParseError: the string is not one quantity from its first character to its last.

    >>> quantity = parse_quantity("약 40% 이상")
    >>> quantity.low, quantity.high, quantity.unit
    (Decimal('40'), None, '%')
    """
    string = text.strip()
    found = find_quantities(Document(id="quantity", text=string)).quantities
    if len(found) != 1 or found[0].full_start != 0 or found[0].full_end != len(string):
        raise ParseError(f"{text!r} is not one Korean quantity; write a number and a unit, like 3조 5천억 원 or 15~20%")
    at, only = text.index(string), found[0]
    return replace(only, start=at + only.start, end=at + only.end, full_start=at + only.full_start, full_end=at + only.full_end)
