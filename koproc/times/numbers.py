"""Whole and broken numbers where a unit of time follows: 2026, 이십사, 스물네, 2.5, 몇."""

from __future__ import annotations

import re
from decimal import Decimal

from ..numerals import scan_numeral

_DIGITS = re.compile(r"\d{1,3}(?:,\d{3})+(?![\d,])|\d+")
_DECIMAL = re.compile(r"\d+\.\d+")
_VAGUE = re.compile(r"몇|수(?:십|백|천|만|억)?|한두|두세|두어|서너|너댓|네댓|대여섯|예닐곱|여러")


def whole_number_at(text: str, at: int) -> tuple[int | None, int] | None:
    """The whole number at `at` and where it ends; the value is None for vague ones.

    >>> whole_number_at("이십사일", 0), whole_number_at("1,200년", 0), whole_number_at("시간", 0)
    ((24, 3), (1200, 5), None)
    """
    digits = _DIGITS.match(text, at)
    if digits is not None:
        return (int(digits.group().replace(",", "")), digits.end()) if len(digits.group()) < 12 else None
    numeral = scan_numeral(text, at) if "가" <= text[at : at + 1] <= "힣" else None
    if numeral is None or numeral.nominal is None or numeral.nominal != numeral.nominal.to_integral_value() or numeral.nominal > 10**12:
        return None
    return int(numeral.nominal), numeral.end


def amount_at(text: str, at: int) -> tuple[Decimal | None, int] | None:
    """The amount of a length at `at` and where it ends; None for vague ones (몇 년).

    >>> amount_at("2.5시간", 0), amount_at("몇 달", 0), amount_at("45억 년", 0)
    ((Decimal('2.5'), 3), (None, 1), (Decimal('4500000000'), 3))
    """
    if decimal := _DECIMAL.match(text, at):
        return Decimal(decimal.group()), decimal.end()
    if vague := _VAGUE.match(text, at):
        return None, vague.end()
    if not text[at : at + 1].isdecimal():
        whole = whole_number_at(text, at)
        return None if whole is None or whole[0] is None else (Decimal(whole[0]), whole[1])
    numeral = scan_numeral(text, at)
    if numeral is None or numeral.nominal is None:
        return None
    return numeral.nominal, numeral.end
