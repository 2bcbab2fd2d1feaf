"""Text → the length of time that begins at a place, and what it measures: how long, how long ago, within what, how often.

length := amount unit 반? (gap amount unit)* (간 | 동안)?       1년 6개월, 두 시간 반, 사흘, 몇 달
phrase := direction length | length (전|뒤|후) weekday? | length (안에|내|이내) | length 마다 | length | 매주 월요일
"""

from __future__ import annotations

import re
from decimal import Decimal

from .clocks import clock_at
from .meaning import Length, Meaning, Now, Offset, Repeated, Stretch, Unit, Within
from .numbers import amount_at
from .resolution import duration_value
from .words import WEEKDAYS, words_at

_UNITS: dict[str, Unit] = {"개년": "년", "년": "년", "해": "년", "개월": "개월", "달": "개월", "주일": "주", "주": "주", "일": "일"}
_UNITS |= {"분기": "분기", "시간": "시간", "분": "분", "초": "초"}
_ORDER: tuple[Unit, ...] = ("년", "분기", "개월", "주", "일", "시간", "분", "초")
_LETTERS = {"Y": "년", "M": "개월", "W": "주", "D": "일", "H": "시간"}
_UNIT = re.compile(r"\s?(?P<unit>개년|개월|주일|시간|분기|년|해|달|주|일|분|초)")
_HALF = re.compile(r"\s?반(?!환|복|기|영|면|응|대|도|값|품|도체|발|장|납|려|경|드|경|성|칙|전|사|란|격|등|짝)")
_NEXT = re.compile(r"\s그리고\s|,\s|\s?")
_LASTING = re.compile(r"\s?간(?=[의에은을도이,.)\s]|$)|\s?동안|째(?=[^가-힣]|$|[를의이로인에])")
_WHERE = re.compile(
    r"\s?(?:여\s)?(?P<where>전|뒤|이후|후|있다가?)(?=보다|에|과|와|의|부터|까지|인|이[었다]|만|로|쯤|엔|[^가-힣]|$)(?!에너)"
)
_WITHIN = re.compile(r"\s?(?:(?P<until>이내)|(?P<deadline>안|내))(?=에|로|의|[^가-힣]|$)")
_EVERY = re.compile(r"마다|에\s한\s?(?:번|차례)(?:씩)?")
_MORE = re.compile(r"\s?여(?=\s|간|년|만|[^가-힣]|$)")
_SINCE = re.compile(r"(?P<amount>\d+(?:\.\d+)?)\s?[~∼〜～–-]\s?(?=\d)")
_NIGHTS = re.compile(r"(?P<nights>\d{1,2}|한|두|세)박\s?(?P<days>\d{1,2}|이|삼|사)일")
_FROM_NOW = re.compile(r"(?:지금|오늘|이제)(?:으로부터|로부터|부터)\s")
_AFTER_DAYS = re.compile(
    r"\s?(?:째|만에|연속|넘게|가까이|여|치(?![가-힣])|이\s?(?:걸리|걸린|걸렸|소요|지나|지났|필요)|이면)|\s?만(?=[에의인,.\s]|$)"
)
_PERSONS = re.compile(r"(?:한|두|세|네|다섯|여섯|일곱|여덟|아홉|열[한두세네]?|스무|몇|여러)\s?분$")
_NO_MINUTES = re.compile(r"의\s?\d|의\s[일이삼사오육칠팔구십]|기(?!간)|야|위|류|담|포|배|할|석|쟁")
_IN_A_ROW = re.compile(r"\s?(?:연속|째|만에)")
_SHARES = re.compile(r"株|주식|지분|보통주|우선주|자사주|발행|매수|매도|배정|공모|상장|증자")
_WEEKDAY = re.compile(r"\s(?P<weekday>[월화수목금토일])요일")
_LIMITS: dict[Unit, int] = {"개월": 12, "주": 5, "일": 31, "시간": 24, "분": 60, "초": 60}  # of what a larger unit stands before


def length_phrase_at(text: str, at: int) -> tuple[Meaning, int] | None:
    """What a length that begins at `at` says, and where the phrase ends, or None.

    >>> length_phrase_at("3년 전", 0)
    (Offset(length=Length(parts=(('년', Decimal('3')),), since=None), sign=-1, weekday=None), 4)
    """
    base = _FROM_NOW.match(text, at)
    if base is not None:
        found = _measured(text, base.end(), directed=True)
        return found if found is not None and isinstance(found[0], Offset | Stretch) else None
    for word, end in words_at(text, at):
        if word.kind == "direction":
            gap = end + 1 if text[end : end + 1] == " " else end
            if found := _directed(text, gap, word.value):
                return found
        elif word.kind == "set":
            return _repeated(text, at, end, word.value)
        elif word.kind in ("now", "rest of day"):
            return Now(rest=word.kind == "rest of day"), end
        elif word.kind == "weekday" and text.startswith("마다", end):
            return Repeated(f"XXXX-WXX-{int(word.value) + 1}"), end + 2
    return _measured(text, at, directed=False)


def _directed(text: str, at: int, direction: str) -> tuple[Meaning, int] | None:
    """지난 3년간, 최근 석 달, 앞으로 2주, 다음 10년."""
    if direction == "this":
        return None
    found = length_at(text, at, directed=True)
    if found is None or _WHERE.match(text, found[1]):
        return None
    return Stretch(found[0], -1 if direction in ("past", "recent") else 1), found[1]


def _measured(text: str, at: int, *, directed: bool) -> tuple[Meaning, int] | None:
    found = length_at(text, at, directed=directed)
    if found is None:
        return None
    length, end = found
    if where := _WHERE.match(text, end):
        sign = -1 if where["where"] == "전" else 1
        weekday = _WEEKDAY.match(text, where.end())
        if weekday:
            return Offset(length, sign, WEEKDAYS.index(weekday["weekday"])), weekday.end()
        return Offset(length, sign), where.end()
    if directed:
        return Stretch(length, 1), end
    if within := _WITHIN.match(text, end):
        return Within(length, within["deadline"] is not None), end
    if (every := _EVERY.match(text, end)) and length.parts[0][1] is not None:
        return Repeated(duration_value(length)), every.end()
    return length, end


def length_at(text: str, at: int, *, directed: bool = False) -> tuple[Length, int] | None:
    """The length that begins at `at`: amounts and units from the larger to the smaller. `directed`: 지난, 앞으로 stands before.

    >>> length_at("1년 6개월", 0), length_at("두 시간 반", 0)
    ((Length(parts=(('년', Decimal('1')), ('개월', Decimal('6'))), since=None), 6), (Length(parts=(('시간', Decimal('2.5')),), since=None), 6))
    """
    if nights := _NIGHTS.match(text, at):
        days = {"이": 2, "삼": 3, "사": 4}.get(nights["days"]) or int(nights["days"])
        return Length((("일", Decimal(days)),)), nights.end()
    since = _SINCE.match(text, at)
    parts: list[tuple[Unit, Decimal | None]] = []
    end = position = since.end() if since else at
    while piece := _piece(text, position):
        unit, amount, finish = piece
        if parts and _ORDER.index(unit) <= _ORDER.index(parts[-1][0]):
            break
        if parts and ((unit == "주" and text[finish - 2 : finish] != "주일") or (amount is not None and amount > _LIMITS.get(unit, 0))):
            break
        parts.append((unit, amount))
        end = finish
        gap = _NEXT.match(text, end)
        position = gap.end() if gap else end
        if amount is None or amount != amount.to_integral_value() or position == len(text):
            break
    if not parts:
        return None
    lasting = _LASTING.match(text, end)
    if len(parts) == 1 and not _stands_alone(text, at, end, parts[0], lasting is not None, directed):
        return None
    return Length(tuple(parts), Decimal(since["amount"]) if since else None), lasting.end() if lasting else end


def _piece(text: str, at: int) -> tuple[Unit, Decimal | None, int] | None:
    """One amount with its unit: 3년, 두 시간 반, 사흘, 몇 달, 10여 년."""
    for word, end in words_at(text, at):
        if word.kind == "length":
            unit, amount = _LETTERS[word.value[-1]], word.value.removeprefix("P").removeprefix("T")[:-1]
            half = _HALF.match(text, end)
            value = None if amount == "X" else Decimal(amount) + (Decimal("0.5") if half else 0)
            return unit, value, half.end() if half else end  # type: ignore[return-value]
    amount_found = amount_at(text, at)
    if amount_found is None:
        return None
    amount_value, end = amount_found
    if text.startswith("여", end):
        end += 1
    unit_found = _UNIT.match(text, end)
    if unit_found is None:
        return None
    end = unit_found.end()
    if more := _MORE.match(text, end):
        end = more.end() if text[end] == "여" else end
    half = _HALF.match(text, end) if amount_value is not None else None
    if half and amount_value is not None:
        amount_value, end = amount_value + Decimal("0.5"), half.end()
    return _UNITS[unit_found["unit"]], amount_value, end


def _stands_alone(text: str, at: int, end: int, part: tuple[Unit, Decimal | None], lasting: bool, directed: bool) -> bool:
    """Whether one amount with one unit is a length here, and not a day (20일), a year, people (두 분), a share (5분의 1), stocks."""
    unit, amount = part
    spelled = text[at].isdecimal()
    sign = lasting or directed or _WHERE.match(text, end) is not None or _WITHIN.match(text, end) is not None
    written = text[at:end]
    if unit == "년" and amount is not None and 1000 <= amount <= 2999 and spelled and "," not in written:
        return lasting
    if unit == "년" and written.endswith("해") and text[at] not in "한두세네몇여":
        return False
    if unit == "일" and amount is not None and written.endswith("일"):
        return sign or amount > 31 or _AFTER_DAYS.match(text, end) is not None or _EVERY.match(text, end) is not None
    if unit == "분기":
        return _IN_A_ROW.match(text, end) is not None
    if unit in ("분", "초") and (_NO_MINUTES.match(text, end) or (not spelled and not sign and len(written.rstrip("분초 ")) < 2)):
        return False
    if unit == "분" and not directed and _PERSONS.fullmatch(text, at, end):
        return False
    if unit == "주" and written.endswith("주"):
        bounded = not "가" <= text[end : end + 1] <= "힣" or text.startswith(
            ("간", "에", "가", "를", "의", "는", "로", "만", "차", "째", "동안", "일"), end
        )
        few = amount is None or amount <= 100
        return (spelled or sign) and few and (bounded or sign) and not _SHARES.search(text, max(0, at - 30), end + 10)
    if unit == "초" and text.startswith(("반", "고", "대", "중"), end):
        return False
    return not (unit == "개월" and written.endswith("달") and (spelled or text[at] in "이삼사오육칠팔구십백천"))


def _repeated(text: str, at: int, end: int, value: str) -> tuple[Meaning, int]:
    """매주 월요일(마다), 매일 밤 9시."""
    if value == "P1W" and (weekday := _WEEKDAY.match(text, end)):
        stop = weekday.end() + (2 if text.startswith("마다", weekday.end()) else 0)
        return Repeated(f"XXXX-WXX-{WEEKDAYS.index(weekday['weekday']) + 1}"), stop
    if value == "P1D" and text[end : end + 1] == " " and (clock := clock_at(text, end + 1, {})):
        return Repeated(value, clock[0]), clock[1]
    return Repeated(value), end
