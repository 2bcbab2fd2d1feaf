"""The grammar of Korean time expressions: named rules over the text, each with its reading; Document → Document with times.

Every rule gives spans; where they overlap the longest wins, then the earlier rule. A date and a clock time beside it are two
expressions (as KLUE annotates), and the clock time takes the date: 2026-01-21 오후 4:07 → 2026-01-21, 2026-01-21T16:07.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from ..document import Document, Time, TimeType
from . import calendar
from .calendar import Anchor

Reading = tuple[TimeType, str | None]

_YEARS = {"올해": 0, "올": 0, "금년": 0, "지난해": -1, "작년": -1, "재작년": -2, "지지난해": -2, "내년": 1, "내후년": 2, "전년": -1}
_DAYS = {"오늘": 0, "어제": -1, "그제": -2, "그저께": -2, "엊그제": -2, "내일": 1, "모레": 2, "글피": 3}
_WEEKDAYS = "월화수목금토일"
_NATIVE_DAYS = {
    "하루": 1,
    "이틀": 2,
    "사흘": 3,
    "나흘": 4,
    "닷새": 5,
    "엿새": 6,
    "이레": 7,
    "여드레": 8,
    "아흐레": 9,
    "열흘": 10,
    "보름": 15,
}
_NATIVE = {
    "한": 1,
    "두": 2,
    "세": 3,
    "석": 3,
    "네": 4,
    "넉": 4,
    "다섯": 5,
    "여섯": 6,
    "일곱": 7,
    "여덟": 8,
    "아홉": 9,
    "열": 10,
    "스무": 20,
    "서른": 30,
}
_DIGITS = {digit: value for value, digit in enumerate("일이삼사오육칠팔구", 1)}
_PLACES = {"십": 10, "백": 100, "천": 1000}
_UNITS = {"년": "Y", "해": "Y", "개년": "Y", "개월": "M", "달": "M", "주": "W", "주일": "W", "일": "D", "시간": "H", "분": "M", "초": "S"}
_AHEAD = re.compile(r"예정|계획|방침|목표|전망|예상|[할될올갈] 것|기로 했|[할될] 수|하겠|되겠|앞두|추진")

_YEAR = (
    r"(?:(?P<year>(?:19|20)\d\d)\s?년|['‘’](?P<short>\d\d)\s?년|(?P<relative>올해|올|금년|지난해|작년|재작년|지지난해|내년|내후년|전년))"
)
_MONTH = r"(?P<month>1[0-2]|0?[1-9])\s?월(?!\s?(?:간|째))"
_DAY = r"(?P<day>3[01]|[12]\d|0?[1-9])\s?일(?!\s?(?:간|동안|만에|째|차|연속|이내|치|(?:여\s?)?(?:전|뒤|후)(?![가-힣]{2})))"
_PART = r"(?P<part>초순|초(?!반|기|점|과|대)|중순|하순|말(?![가-힣])|말(?=[에까부의로이께]))"
_QUARTER = r"(?P<quarter>[1-4])\s?(?:/\s?4\s?)?분기"
_HALF = r"(?P<half>상|하)반기"
_DIRECTION = r"(?P<direction>지난|오는|다가오는|이번|올)\s?"
_NUMBER = (
    r"(?P<number>(?:\d{1,3}(?:,\d{3})+|\d{1,4})(?:\.\d+)?|몇|수십|수백|한두|두세|두어|서너|너댓|대여섯|[일이삼사오육칠팔구]?[십백천](?:[일이삼사오육칠팔구]?십)?[일이삼사오육칠팔구]?|"
    r"한|두|세|석|네|넉|다섯|여섯|일곱|여덟|아홉|열|스무|서른|[일이삼사오육칠팔구](?=\s?(?:년|개월|주일)))(?P<more>여)?"
)


@dataclass(frozen=True, slots=True)
class _Rule:
    name: str
    pattern: re.Pattern[str]
    read: Callable[[re.Match[str], Anchor], Reading | None]


def _year_in(match: re.Match[str], anchor: Anchor) -> int | None:
    if match["year"]:
        return int(match["year"])
    if match["short"]:
        return 2000 + int(match["short"])
    return anchor.published.year + _YEARS[match["relative"]] if anchor.published else None


def _with_year(match: re.Match[str], anchor: Anchor) -> Reading | None:
    year = _year_in(match, anchor)
    groups = match.groupdict()
    if groups.get("relative") == "올" and not any(groups.get(g) for g in ("month", "quarter", "half", "season")):
        return None
    if year is None:
        return "DATE", None
    if groups.get("month"):
        return "DATE", _month_value(year, int(match["month"]), groups)
    if groups.get("quarter"):
        return "DATE", f"{year}-Q{match['quarter']}"
    if groups.get("half"):
        return "DATE", f"{year}-H{1 if match['half'] == '상' else 2}"
    if groups.get("season"):
        return "DATE", f"{year}-{ {'봄': 'SP', '여름': 'SU', '가을': 'FA', '겨울': 'WI'}[match['season']] }"
    if groups.get("yearpart"):
        return "DATE", f"{year}-{ {'초': '01', '말': '12'}[match['yearpart'][-1]] }"
    return "DATE", str(year)


def _month_value(year: int, month: int, groups: dict[str, str | None]) -> str | None:
    if groups.get("day"):
        return calendar.day_value(year, month, int(groups["day"] or 0))
    if groups.get("part"):
        return calendar.part_of_month(year, month, groups["part"] or "")
    return f"{year}-{month:02}"


def _numeric_date(match: re.Match[str], anchor: Anchor) -> Reading | None:
    value = calendar.day_value(int(match["year"]), int(match["month"]), int(match["day"]))
    return ("DATE", value) if value else None


def _direction(match: re.Match[str]) -> str | None:
    return {"지난": "past", "오는": "future", "다가오는": "future"}.get(match.groupdict().get("direction") or "")


def _bare_month(match: re.Match[str], anchor: Anchor) -> Reading | None:
    month = int(match["month"])
    year = calendar.year_of_month(month, anchor, _direction(match))
    return "DATE", None if year is None else _month_value(year, month, match.groupdict())


def _bare_quarter(match: re.Match[str], anchor: Anchor) -> Reading | None:
    year = calendar.quarter_year(int(match["quarter"]), anchor, _direction(match))
    return "DATE", None if year is None else f"{year}-Q{match['quarter']}"


def _bare_half(match: re.Match[str], anchor: Anchor) -> Reading | None:
    half = 1 if match["half"] == "상" else 2
    year = calendar.half_year(half, anchor, _direction(match))
    return "DATE", None if year is None else f"{year}-H{half}"


def _relative_month(match: re.Match[str], anchor: Anchor) -> Reading | None:
    if anchor.published is None:
        return "DATE", None
    word = match["which"].replace(" ", "")
    by = -1 if word in ("지난달", "전월", "전달") else 1 if word in ("다음달", "내달") else 0
    year, month = calendar.shift_month(anchor.published.year, anchor.published.month, by)
    return "DATE", _month_value(year, month, match.groupdict())


def _bare_day(match: re.Match[str], anchor: Anchor) -> Reading | None:
    day = int(match["day"])
    found = calendar.month_of_day(day, anchor, _direction(match))
    return "DATE", None if found is None else calendar.day_value(*found, day)


def _named_day(match: re.Match[str], anchor: Anchor) -> Reading | None:
    if anchor.published is None:
        return "DATE", None
    return "DATE", (anchor.published + timedelta(days=_DAYS[match["word"]])).isoformat()


def _told_day(match: re.Match[str], anchor: Anchor) -> Reading | None:
    base = anchor.last or anchor.published
    if base is None:
        return "DATE", None
    by = -1 if match["word"] == "전날" else 1 if match["word"] in ("이튿날", "다음날", "다음 날") else 0
    return "DATE", (base + timedelta(days=by)).isoformat()


def _week(match: re.Match[str], anchor: Anchor) -> Reading | None:
    if anchor.published is None:
        return "DATE", None
    weeks = {"지난": -1, "이번": 0, "다음": 1}[match["which"]]
    weekday = _WEEKDAYS.index(match["weekday"]) if match["weekday"] else None
    return "DATE", calendar.week_value(anchor.published, weeks, weekday)


def _end_of_year(match: re.Match[str], anchor: Anchor) -> Reading | None:
    if anchor.published is None:
        return "DATE", None
    year = anchor.published.year
    return "DATE", {"연말": f"{year}-12", "연초": f"{year}-01"}.get(match["word"], str(year))


def _number(match: re.Match[str]) -> str | None:
    """The number of a duration as TIMEX writes it (3, 2.5), or None for vague ones (몇, 수십)."""
    written = match["number"].replace(",", "")
    if written[0].isdecimal():
        return written
    if written in _NATIVE:
        return str(_NATIVE[written])
    total, current = 0, 0
    for character in written:
        if character in _DIGITS:
            current = _DIGITS[character]
        elif character in _PLACES:
            total, current = total + (current or 1) * _PLACES[character], 0
        else:
            return None
    return str(total + current)


def _away(match: re.Match[str], anchor: Anchor) -> Reading | None:
    unit = {"해": "년", "달": "개월", "주일": "주"}.get(match["unit"], match["unit"])
    if anchor.published is None:
        return "DATE", None
    number = _number(match)
    if number is None or "." in number:
        return "DATE", None
    return "DATE", calendar.shifted(anchor.published, int(number) * (-1 if match["where"] == "전" else 1), unit)


def _duration(match: re.Match[str], anchor: Anchor) -> Reading | None:
    number, unit = _number(match), match["unit"]
    if unit in ("년", "해") and number and 1900 <= float(number) <= 2100:
        return None
    if unit == "일" and not match.groupdict().get("lasting") and number and float(number) <= 31:
        return None  # 20일 is a day of the month
    clock = "T" if unit in ("시간", "분", "초") else ""
    letter = _UNITS[unit]
    if match.groupdict().get("half_more") and number:
        number = f"{number}.5"
    return "DURATION", f"P{clock}{number or 'X'}{letter}"


def _native_duration(match: re.Match[str], anchor: Anchor) -> Reading | None:
    return "DURATION", "P6M" if match["word"] == "반년" else f"P{_NATIVE_DAYS[match['word']]}D"


def _clock(match: re.Match[str], anchor: Anchor) -> Reading | None:
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    if match["minute"] is None and match.groupdict().get("half_hour"):
        minute = 30
    noon = match["noon"]
    if noon in ("오후", "저녁", "밤", "낮") and hour < 12 and not (noon == "낮" and hour >= 10) and not (noon == "밤" and hour < 5):
        hour += 12
    elif noon in ("오전", "새벽") and hour == 12:
        hour = 0
    if hour > 24 or minute > 59:
        return None
    clock = f"T{hour:02}:{minute:02}"
    base = anchor.last or anchor.published
    return "TIME", f"{base.isoformat()}{clock}" if base else clock


def _set(match: re.Match[str], anchor: Anchor) -> Reading | None:
    word = match.group()
    unit = (
        "Y"
        if "년" in word or "해" in word
        else "M"
        if "월" in word or "달" in word
        else "W"
        if "주" in word
        else "3M"
        if "분기" in word
        else "D"
    )
    return "SET", f"P{unit if unit[0].isdigit() else '1' + unit}"


def _decade(match: re.Match[str], anchor: Anchor) -> Reading | None:
    decade = match["decade"] if len(match["decade"]) == 4 else ("19" if int(match["decade"]) >= 30 else "20") + match["decade"]
    return "DATE", decade[:3]


def _weekday(match: re.Match[str], anchor: Anchor) -> Reading | None:
    if anchor.published is None:
        return "DATE", f"XXXX-WXX-{_WEEKDAYS.index(match['weekday']) + 1}"
    away = (_WEEKDAYS.index(match["weekday"]) - anchor.published.weekday()) % 7
    return "DATE", (anchor.published + timedelta(days=away if anchor.ahead or away == 0 else away - 7)).isoformat()


def _told_year(match: re.Match[str], anchor: Anchor) -> Reading | None:
    base = anchor.last or anchor.published
    return "DATE", str(base.year + (0 if match.group() == "그해" else 1)) if base else None


def _part_of_day(match: re.Match[str], anchor: Anchor) -> Reading | None:
    part = {"오전": "TMO", "아침": "TMO", "새벽": "TMO", "오후": "TAF", "낮": "TAF", "저녁": "TEV"}.get(match["part"], "TNI")
    base = anchor.last or anchor.published
    return "TIME", f"{base.isoformat()}{part}" if base else part


def _season(match: re.Match[str], anchor: Anchor) -> Reading | None:
    season = {"봄": "SP", "여름": "SU", "가을": "FA", "겨울": "WI"}[match["season"]]
    return "DATE", f"{anchor.published.year if anchor.published else 'XXXX'}-{season}"


def _weekend(match: re.Match[str], anchor: Anchor) -> Reading | None:
    if match["which"] != "주말" or anchor.published is None:
        return "DATE", None
    weeks = -1 if match.group().startswith("지난") else 1 if match.group().startswith("다음") else 0
    return "DATE", f"{calendar.week_value(anchor.published, weeks, None)}-WE"


_FIXED_HOLIDAYS = {"신정": "01-01", "새해": "01-01", "삼일절": "03-01", "3·1절": "03-01", "어린이날": "05-05", "어버이날": "05-08"}
_FIXED_HOLIDAYS |= {"현충일": "06-06", "광복절": "08-15", "개천절": "10-03", "한글날": "10-09", "핼러윈": "10-31", "할로윈": "10-31"}
_FIXED_HOLIDAYS |= {"크리스마스": "12-25", "크리스마스 이브": "12-24", "성탄절": "12-25", "발렌타인데이": "02-14"}


def _holiday(match: re.Match[str], anchor: Anchor) -> Reading | None:
    day = _FIXED_HOLIDAYS.get(match["holiday"])  # the others follow the moon: a library for them comes with the full grammar
    year = anchor.published.year if anchor.published else "XXXX"
    return "DATE", f"{year}-{day}" if day else None


def _same_period(match: re.Match[str], anchor: Anchor) -> Reading | None:
    return "DATE", str(anchor.published.year - 1) if anchor.published else None


def _rule(name: str, pattern: str, read: Callable[[re.Match[str], Anchor], Reading | None]) -> _Rule:
    return _Rule(name, re.compile(pattern), read)


# Each rule's span may begin only where a word does; see _free.
_RULES = (
    _rule("numeric date", r"(?P<year>(?:19|20)\d\d)(?P<sep>[-./]\s?)(?P<month>1[0-2]|0?[1-9])(?P=sep)(?P<day>3[01]|[12]\d|0?[1-9])(?!\d)", _numeric_date),
    _rule("year and month", rf"{_YEAR}\s?{_MONTH}(?:\s?{_DAY}|\s?{_PART})?", _with_year),
    _rule("year and quarter", rf"{_YEAR}\s?{_QUARTER}", _with_year),
    _rule("year and half", rf"{_YEAR}\s?{_HALF}", _with_year),
    _rule("year and season", rf"{_YEAR}\s?(?P<season>봄|여름|가을|겨울)(?![가-힣]{{2}})", _with_year),
    _rule("year and part", rf"{_YEAR}\s?(?P<yearpart>연말|연초|초(?!반|기)|말)(?=까지|부터|보다|과|와|에|의|이|께|쯤|[^가-힣]|$)", _with_year),
    _rule("year", rf"{_YEAR}(?!\s?(?:간|동안|만에|째|차|산|형|식|도(?:별)?\s?[가-힣]?$))", _with_year),
    _rule("same period", r"전년\s?(?:동기|동월|같은\s?(?:기간|분기|달))|(?:지난해|작년)\s?(?:같은\s?(?:기간|분기|달)|동기)", _same_period),
    _rule("relative month", rf"(?P<which>이달|이번\s?달|지난\s?달|전달(?=보다|에\s비|\s대비)|전월|다음\s?달|내달)(?:\s?{_DAY}|\s?{_PART})?", _relative_month),
    _rule("directed month", rf"{_DIRECTION}{_MONTH}(?:\s?{_DAY}|\s?{_PART})?", _bare_month),
    _rule("month", rf"{_MONTH}(?:\s?{_DAY}|\s?{_PART})?", _bare_month),
    _rule("directed quarter", rf"{_DIRECTION}{_QUARTER}", _bare_quarter),
    _rule("quarter", _QUARTER, _bare_quarter),
    _rule("directed half", rf"{_DIRECTION}{_HALF}", _bare_half),
    _rule("half", _HALF, _bare_half),
    _rule("directed day", rf"{_DIRECTION}{_DAY}", _bare_day),
    _rule("day", _DAY, _bare_day),
    _rule("named day", r"(?P<word>오늘|어제|그제|그저께|엊그제|내일|모레|글피)", _named_day),
    _rule("told day", r"(?P<word>이날|전날|당일|이튿날|다음\s?날)", _told_day),
    _rule("week", r"(?P<which>지난|이번|다음)\s?주(?:\s?(?P<weekday>[월화수목금토일])요일)?(?![가-힣]{2})", _week),
    _rule("part of this year", r"(?P<word>연말|연초|연내|올해\s?안)", _end_of_year),
    _rule("away", rf"{_NUMBER}\s?(?P<unit>년|개월|달|주일|주|일)\s?(?:여\s)?(?P<where>전|뒤|후)(?=보다|에|과|와|의|부터|까지|인|이|만|[^가-힣]|$)(?!에너)", _away),
    _rule("duration", rf"{_NUMBER}\s?(?P<unit>개년|개월|달|주일|주|시간|년|해|일|분|초)(?P<half_more>\s?반(?!환|복|기|영|면|응|대|도|값))?(?P<lasting>간(?![가-힣])|\s?동안)?", _duration),
    _rule("native duration", r"(?P<word>하루|이틀|사흘|나흘|닷새|엿새|열흘|보름|반년)(?:간|\s?동안)?(?!빨리|아침|종일)", _native_duration),
    _rule("clock", r"(?:(?P<noon>오전|오후|새벽|저녁|밤|낮)\s?)?(?P<hour>2[0-4]|1\d|0?\d)\s?시(?!간|장|민|대|리즈|스템|즌|도|작)(?:\s?(?P<minute>[0-5]?\d)\s?분|\s?(?P<half_hour>반))?", _clock),
    _rule("digital clock", r"(?:(?P<noon>오전|오후|새벽|저녁|밤|낮|AM|PM)\s?)?(?P<hour>2[0-3]|1\d|0?\d):(?P<minute>[0-5]\d)(?::[0-5]\d)?(?![\d:])", _clock),
    _rule("decade", r"(?P<decade>(?:19|20)?\d0)년대(?:\s?(?P<part>초반|중반|후반|초|말))?", _decade),
    _rule("weekday", r"(?P<weekday>[월화수목금토일])요일", _weekday),
    _rule("next year told", r"이듬해|다음\s?해|그해", _told_year),
    _rule("part of the day", r"(?:이날\s)?(?P<part>오전|오후|새벽|아침|저녁|밤|낮|한밤|심야)(?=[에부까은는이의엔\s,)]|$)", _part_of_day),
    _rule("season", r"(?:초|늦)?(?P<season>봄|여름|가을|겨울)(?=철|[에부까은는이의엔과와도\s,)]|$)", _season),
    _rule("weekend", r"(?:지난|이번|다음)?\s?(?P<which>주말|평일|휴일|연휴)", _weekend),
    _rule("holiday", r"(?P<holiday>설날|설\s?연휴|설(?=[과을\s])|추석(?:\s?연휴)?|한가위|크리스마스(?:\s?이브)?|성탄절|광복절|삼일절|3·1절|개천절|한글날|현충일|어린이날|어버이날|석가탄신일|부처님오신날|신정|새해|정월대보름|발렌타인데이|핼러윈|할로윈|추수감사절|부활절)", _holiday),
    _rule("set", r"매년|매달|매월|매주|매일|해마다|(?:매\s?)?분기마다|매\s?분기|달마다|날마다", _set),
)  # fmt: skip
_RANGE = re.compile(r"\s?[~∼〜–]\s?|(?:부터|에서)\s")
_SHORT_RANGE = re.compile(r"(?<!\d)(?P<from>(?:19|20)\d\d|\d{1,2})\s?[~∼〜–-]\s?$")


def find_times(document: Document) -> Document:
    """Add every time expression of the text, in order, ids t1, t2, …

    >>> from datetime import date
    >>> found = find_times(Document(id="a", text="지난해 9월 20일에 이어 내년까지", published=date(2026, 1, 21))).times
    >>> [(time.text, time.value) for time in found]
    [('지난해 9월 20일', '2025-09-20'), ('내년', '2027')]
    """
    text = document.text
    starts = {token.start for token in document.tokens}
    verbs = {token.start for token in document.tokens if token.tag[0] in "VM" and token.end - token.start > 1 and token.tag[:2] != "MA"}
    names = [(mention.start, mention.end) for mention in document.mentions]
    matches = sorted(
        ((match, order) for order, rule in enumerate(_RULES) for match in rule.pattern.finditer(text)),
        key=lambda pair: (pair[0].start(), -pair[0].end(), pair[1]),
    )
    ahead = _sentences_ahead(document)
    found: list[Time] = []
    last: date | None = None
    end = 0
    for match, order in matches:
        if (
            match.start() < end
            or not _free(text, match, starts)
            or (match.start() in verbs and not match.group().startswith(("지난", "오는", "다가오")))
            or _in_name(match, names)
        ):
            continue
        anchor = Anchor(document.published, last, ahead(match.start()))
        reading = _RULES[order].read(match, anchor)
        if reading is None:
            continue
        kind, value = reading
        found.append(Time("", match.start(), match.end(), match.group(), kind, value))
        end = match.end()
        if kind == "DATE" and value and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
            last = date.fromisoformat(value)
    joined = list(_join_ranges(text, found))
    return replace(document, times=tuple(replace(time, id=f"t{n}") for n, time in enumerate(joined, 1)))


def _in_name(match: re.Match[str], names: list[tuple[int, int]]) -> bool:
    """매일 in 매일경제 is no time."""
    index = bisect_right(names, (match.start(), len(match.string) + 1)) - 1
    return index >= 0 and match.start() < names[index][1]


def _sentences_ahead(document: Document) -> Callable[[int], bool]:
    """A function of an offset: whether its sentence speaks of what is to come."""
    bounds = [sentence.start for sentence in document.sentences]
    flags = [bool(_AHEAD.search(document.text, s.start, s.end)) for s in document.sentences]

    def ahead(offset: int) -> bool:
        index = bisect_right(bounds, offset) - 1
        return flags[index] if index >= 0 else bool(_AHEAD.search(document.text)) if not bounds else False

    return ahead


def _free(text: str, match: re.Match[str], starts: set[int]) -> bool:
    """Whether a match begins and ends where a word does: not in 제10월, 만났다, 5개월, 학년말."""
    start, end = match.span()
    before = text[start - 1] if start else " "
    if match.group()[0].isdecimal():
        if (
            before.isdecimal()
            or (before.isascii() and before.isalpha())
            or (before in ".,:-/" and text[max(0, start - 2) : start - 1].isdecimal())
        ):
            return False
        if "가" <= before <= "힣" and starts and start not in starts:
            return False
    elif "가" <= before <= "힣":
        return start in starts and text[max(0, start - 2) : start] not in ("요일",) and match.group()[0] in "올지작내재이다오매연전"
    following = text[end : end + 1]
    last = text[end - 1]
    if last.isdecimal() and (following.isascii() and following.isalnum()):
        return False
    return not ("가" <= last <= "힣" and "가" <= following <= "힣" and starts and end not in starts and not _ends_word(text, end))


def _ends_word(text: str, end: int) -> bool:
    return bool(re.compile(r"(?:은|는|이|가|을|를|의|에|에는|에도|에서|까지|부터|보다|과|와|도|로|으로|만|간|께|쯤|경|이후|이전|중|째|였|이다|였다|입니다|형|산|식|말|초|분|치|내|안|대비)")
                .match(text, end))  # fmt: skip


def _join_ranges(text: str, times: list[Time]) -> Iterator[Time]:
    """A부터 B까지, A~B: one expression with an interval. 7~9월 and 2024~2026년 take their unit from the right."""
    index = 0
    while index < len(times):
        time = times[index]
        following = times[index + 1] if index + 1 < len(times) else None
        joint = _RANGE.match(text, time.end)
        if (
            following
            and joint
            and joint.end() == following.start
            and time.type == following.type == "DATE"
            and time.value
            and following.value
        ):
            if "부터" not in joint.group() and "에서" in joint.group() and not text.startswith("까지", following.end):
                yield time
                index += 1
                continue
            begin, finish = time.value.split("/")[0], following.value.split("/")[-1]
            yield replace(time, end=following.end, text=text[time.start : following.end], value=f"{begin}/{finish}")
            index += 2
            continue
        short = _SHORT_RANGE.search(text, max(0, time.start - 8), time.start)
        if short and time.type == "DATE" and time.value and not (short.start() and text[short.start() - 1].isalnum()):
            yield replace(time, start=short.start(), text=text[short.start() : time.end], value=_short_range(short["from"], time.value))
        else:
            yield time
        index += 1


def _short_range(first: str, value: str) -> str:
    if len(first) == 4:
        return f"{first}/{value}"
    head, sep, tail = value.rpartition("-")
    if tail.startswith("Q"):
        return f"{head}{sep}Q{int(first)}/{value}"
    return f"{head}{sep}{int(first):02}/{value}" if sep else value
