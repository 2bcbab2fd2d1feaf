"""Numbers written in every supported style come back equal, alone and inside a sentence; ranges and bounds keep their order."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

import koproc

MYRIADS = ((10**16, "경"), (10**12, "조"), (10**8, "억"), (10**4, "만"), (1, ""))
SUBUNITS = ((1000, "천"), (100, "백"), (10, "십"), (1, ""))
SINO = " 일이삼사오육칠팔구"
TENS = ("", "열", "스물", "서른", "마흔", "쉰", "예순", "일흔", "여든", "아흔")
ONES = ("", "하나", "둘", "셋", "넷", "다섯", "여섯", "일곱", "여덟", "아홉")
WHOLE = st.one_of(st.integers(0, 10**16), st.integers(0, 100_000), st.integers(1, 16).map(lambda power: 10**power))
common = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def _groups(number: int) -> list[tuple[int, str]]:
    groups = []
    for value, name in MYRIADS:
        if number >= value:
            groups.append((number // value, name))
            number %= value
    return [(count, name) for count, name in groups if count] or [(0, "")]


def _sino(count: int, *, leading_one: bool) -> str:
    """이천칠백삼십오; with `leading_one` 일천, 일백, 일십 too."""
    words = ""
    for value, name in SUBUNITS:
        digit, count = divmod(count, value)
        if digit:
            words += ("" if digit == 1 and name and not leading_one else SINO[digit]) + name
    return words


def _mixed(count: int) -> str:
    """3천5백: digits with 천 and 백, the rest in digits (3천520)."""
    words = ""
    for value, name in SUBUNITS[:2]:
        digit, count = divmod(count, value)
        words += f"{digit}{name}" if digit else ""
    return words + (str(count) if count else "")


def written(number: int, style: str) -> str:
    """A whole number in a style.

    >>> written(123500, "myriads"), written(123500, "mixed"), written(2735, "words")
    ('12만3500', '12만3천5백', '이천칠백삼십오')
    """
    if number == 0:
        return "영" if style in ("words", "words with 일", "spaced words") else "0"
    if style in ("digits", "commas"):
        return str(number) if style == "digits" else f"{number:,}"
    groups = _groups(number)
    if style == "myriads":
        return "".join(f"{count}{name}" for count, name in groups)
    if style == "spaced":
        return " ".join(f"{count:,}{name}" for count, name in groups)
    if style == "mixed":
        return "".join(f"{_mixed(count)}{name}" for count, name in groups)
    if style == "spaced mixed":
        return " ".join(f"{_mixed(count)}{name}" for count, name in groups)
    parts = [_sino(count, leading_one=style == "words with 일") + name for count, name in groups]
    if style != "words with 일" and parts[0] == "일만":
        parts[0] = "만"
    return (" " if style == "spaced words" else "").join(parts)


STYLES = ("digits", "commas", "myriads", "spaced", "mixed", "spaced mixed", "words", "words with 일", "spaced words")


@pytest.mark.parametrize("style", STYLES)
@common
@given(number=WHOLE)
def test_whole_numbers_come_back(style: str, number: int) -> None:
    """Any number from 0 to 10^16 in any style is read with its value."""
    assert koproc.parse_number(written(number, style)) == number


@pytest.mark.parametrize("style", ["digits", "commas", "myriads", "spaced", "mixed", "words", "spaced words"])
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(number=st.one_of(st.integers(11, 10**16), st.integers(11, 100_000)))
def test_numbers_in_a_sentence_come_back(nlp: koproc.Pipeline, style: str, number: int) -> None:
    """The same numbers as sums of money in a sentence: one quantity, with its exact span."""
    figure = f"{written(number, style)} 원"
    document = nlp(f"이 회사의 매출은 {figure}이다.")
    assert [(quantity.text, quantity.low, quantity.high, quantity.unit) for quantity in document.quantities] == [
        (figure, number, number, "KRW")
    ]


@common
@given(number=st.decimals(min_value=0, max_value=10**9, places=4).filter(lambda value: value >= 0))
def test_decimals_and_signs_come_back(number: Decimal) -> None:
    """Decimals, with commas and with either sign of minus."""
    assert koproc.parse_number(f"{number:f}") == number
    assert koproc.parse_number(f"{number:,f}") == number
    for sign in ("-", "−", "마이너스 "):
        assert koproc.parse_number(f"{sign}{number:f}") == -number


@common
@given(number=st.integers(1, 99))
def test_native_numbers_come_back(number: int) -> None:
    """하나 to 아흔아홉."""
    assert koproc.parse_number(TENS[number // 10] + ONES[number % 10]) == number


@common
@given(whole=st.integers(0, 99), digits=st.text("영일이삼사오육칠팔구", min_size=1, max_size=6))
def test_decimals_in_words_come_back(whole: int, digits: str) -> None:
    """일점이삼 is 1.23."""
    value = Decimal(f"{whole}." + "".join(str("영일이삼사오육칠팔구".index(digit)) for digit in digits))
    assert koproc.parse_number(f"{written(whole, 'words')}점{digits}") == value


@common
@given(top=st.integers(1, 500), bottom=st.integers(2, 1000))
def test_fractions_come_back(top: int, bottom: int) -> None:
    """4분의 1 and 사분의 일."""
    value = Decimal(top) / Decimal(bottom)
    assert koproc.parse_number(f"{bottom}분의 {top}") == value
    assert koproc.parse_number(f"{written(bottom, 'words')}분의 {written(top, 'words')}") == value


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(low=st.integers(1, 10**9), high=st.integers(1, 10**9), tilde=st.sampled_from("~∼〜"))
def test_ranges_come_back(nlp: koproc.Pipeline, low: int, high: int, tilde: str) -> None:
    """A~B is one interval with both ends."""
    assume(low < high)
    figure = f"{low:,}{tilde}{high:,}대"
    found = nlp(f"판매량은 {figure}로 추산된다.").quantities
    assert [(quantity.text, quantity.low, quantity.high) for quantity in found] == [(figure, low, high)]


@pytest.mark.parametrize(
    ("words", "low", "high"),
    [
        ("이상", 7, None),
        ("초과", 7, None),
        ("이하", None, 7),
        ("미만", None, 7),
        ("을 넘는", 7, None),
        ("을 밑도는", None, 7),
        ("가량", 7, 7),
    ],
)
def test_bounds(nlp: koproc.Pipeline, words: str, low: int | None, high: int | None) -> None:
    """Words after a number open or close its interval; 이상 and 이하 take the number in, 초과 and 미만 leave it out."""
    (quantity,) = nlp(f"응모작은 7명{words} 수준이다.").quantities
    assert (quantity.low, quantity.high) == (low, high)
    assert quantity.low_inclusive == (low is not None and words not in ("초과", "을 넘는"))
    assert quantity.high_inclusive == (high is not None and words not in ("미만", "을 밑도는"))
