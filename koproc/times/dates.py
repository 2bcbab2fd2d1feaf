"""Days, weeks, months, quarters, years: the rules and how each is read."""

from __future__ import annotations

import re
from datetime import timedelta

from . import calendar
from .calendar import Anchor
from .rule import WEEKDAYS, Reading, rule, whole_number

_YEARS = {"올해": 0, "올": 0, "금년": 0, "지난해": -1, "작년": -1, "재작년": -2, "지지난해": -2, "내년": 1, "내후년": 2, "전년": -1}
_DAYS = {"오늘": 0, "어제": -1, "그제": -2, "그저께": -2, "엊그제": -2, "그끄저께": -3, "내일": 1, "내일모레": 2, "모레": 2, "글피": 3}
_WEEKS = {
    "지지난": -2,
    "저저번": -2,
    "지난": -1,
    "저번": -1,
    "전": -1,
    "이번": 0,
    "금": 0,
    "다음": 1,
    "다다음": 2,
    "다가오는": 1,
    "오는": 1,
}
_ORDER = {
    "첫": 1,
    "첫째": 1,
    "첫번째": 1,
    "둘째": 2,
    "두번째": 2,
    "셋째": 3,
    "세번째": 3,
    "넷째": 4,
    "네번째": 4,
    "다섯째": 5,
    "마지막": -1,
}
_SEASONS = {"봄": "SP", "여름": "SU", "가을": "FA", "겨울": "WI"}
_HOLIDAYS = {
    "신정": "01-01",
    "새해": "01-01",
    "삼일절": "03-01",
    "3·1절": "03-01",
    "어린이날": "05-05",
    "어버이날": "05-08",
    "현충일": "06-06",
}
_HOLIDAYS |= {
    "제헌절": "07-17",
    "광복절": "08-15",
    "개천절": "10-03",
    "한글날": "10-09",
    "핼러윈": "10-31",
    "할로윈": "10-31",
    "성탄절": "12-25",
}
_HOLIDAYS |= {
    "크리스마스": "12-25",
    "크리스마스이브": "12-24",
    "발렌타인데이": "02-14",
    "만우절": "04-01",
    "메이데이": "05-01",
    "노동절": "05-01",
}
_LUNAR = {"설": "설날", "추석": "추석", "한가위": "추석", "석가탄신일": "부처님오신날", "부처님오신날": "부처님오신날"}
_FLOATING = "설날|설\\s?연휴|설(?=[과을\\s])|추석(?:\\s?연휴)?|한가위|석가탄신일|부처님오신날|정월대보름|추수감사절|부활절|대보름"

_SINO_YEAR = "이천[일이삼사오육칠팔구십]*|천구백[일이삼사오육칠팔구십]*"
_YEAR = rf"(?:(?P<year>(?:19|20)\d\d|{_SINO_YEAR})\s?년|['‘’](?P<short>\d\d)\s?년|(?P<relative>올해|올|금년|지난\s?해|작년|재작년|지지난해|내년|내후년|전년))"
_SINO_MONTH = "십이|십일|시|십|유|[일이삼사오칠팔구]"
_MONTH = rf"(?P<month>1[0-2]|0?[1-9]|{_SINO_MONTH})\s?월(?!\s?(?:간|째|요일))"
_SINO_DAY = "이십[일이삼사오육칠팔구]?|삼십일?|십[일이삼사오육칠팔구]?|[일이삼사오육칠팔구]"
_NO_DAY = r"(?!\s?(?:간|동안|만에|째|차|연속|이내|치|(?:여\s?)?(?:전|뒤|후)(?![가-힣]{2})))"
_DAY = rf"(?P<day>3[01]|[12]\d|0?[1-9])\s?일{_NO_DAY}"
_MONTH_DAY = rf"(?P<day>3[01]|[12]\d|0?[1-9]|{_SINO_DAY})\s?일{_NO_DAY}"
_PART = r"(?P<part>초순|초(?!반|기|점|과|대)|중순|하순|말(?![가-힣])|말(?=[에까부의로이께]))"
_IN_MONTH = rf"(?:\s?{_MONTH_DAY}(?:\s?\(?[월화수목금토일]요일\)?)?|\s?{_PART}|(?:의|\s)?\s?(?P<order>첫째|첫\s?번째|둘째|두\s?번째|셋째|세\s?번째|넷째|네\s?번째|다섯째|마지막)\s?(?P<inner>주(?:\s?(?P<weekday>[월화수목금토일])요일)?|(?P<only>[월화수목금토일])요일|날))?"
_QUARTER = r"(?P<quarter>[1-4일이삼사])\s?(?:/\s?4\s?|사)?분기"
_HALF = r"(?P<half>상|하)반기"
_DIRECTION = r"(?P<direction>지난|오는|다가오는|이번|올)\s?"
_QUARTERS = {"일": "1", "이": "2", "삼": "3", "사": "4"}


def _year_in(match: re.Match[str], anchor: Anchor) -> int | None:
    if match["year"]:
        return whole_number(match["year"])
    if match["short"]:
        return 2000 + int(match["short"])
    return anchor.published.year + _YEARS[match["relative"].replace(" ", "")] if anchor.published else None


def _with_year(match: re.Match[str], anchor: Anchor) -> Reading | None:
    year = _year_in(match, anchor)
    groups = match.groupdict()
    if groups.get("relative") == "올" and not any(groups.get(g) for g in ("month", "quarter", "half", "season")):
        return None
    if year is None:
        return "DATE", None
    if groups.get("month"):
        return "DATE", _in_month(year, _month(match), match)
    if groups.get("quarter"):
        return "DATE", f"{year}-Q{_QUARTERS.get(match['quarter'], match['quarter'])}"
    if groups.get("half"):
        return "DATE", f"{year}-H{1 if match['half'] == '상' else 2}"
    if groups.get("season"):
        return "DATE", f"{year}-{_SEASONS[match['season']]}"
    if groups.get("yearpart"):
        part = match["yearpart"]
        return (
            "DATE",
            f"{year}-H2" if part == "후반" else f"{year}-H1" if part == "전반" else f"{year}-{'01' if part[-1] == '초' else '12'}",
        )
    if groups.get("lastweek"):
        return "DATE", f"{year}-W52"
    return "DATE", str(year)


def _month(match: re.Match[str]) -> int:
    written = {"시": "십", "유": "육"}.get(match["month"], match["month"])
    return whole_number(written) or 1


def _in_month(year: int, month: int, match: re.Match[str]) -> str | None:
    groups = match.groupdict()
    if groups.get("day"):
        return calendar.day_value(year, month, whole_number(match["day"]) or 0)
    if groups.get("part"):
        return calendar.part_of_month(year, month, match["part"])
    if groups.get("order"):
        order = _ORDER[match["order"].replace(" ", "")]
        weekday = groups.get("weekday") or groups.get("only")
        if weekday:
            return calendar.weekday_of_month(year, month, order, WEEKDAYS.index(weekday))
        return calendar.last_day(year, month) if match["inner"] == "날" else calendar.week_of_month(year, month, order)
    return f"{year}-{month:02}"


def _numeric_date(match: re.Match[str], anchor: Anchor) -> Reading | None:
    value = calendar.day_value(int(match["year"]), int(match["month"]), int(match["day"]))
    return ("DATE", value) if value else None


def _slashed(match: re.Match[str], anchor: Anchor) -> Reading | None:
    """10/2, 02/22/2016, 21/04/16: month first unless that makes no date."""
    first, second, third = int(match["first"]), int(match["second"]), match["third"]
    if third is None:
        year = anchor.published.year if anchor.published else None
        value = calendar.day_value(year, first, second) if year else None
        return ("DATE", value) if value else None
    year = int(third) if len(third) == 4 else 2000 + int(third)
    value = calendar.day_value(year, first, second) or calendar.day_value(year, second, first)
    return ("DATE", value) if value else None


def _direction(match: re.Match[str]) -> str | None:
    return {"지난": "past", "오는": "future", "다가오는": "future"}.get(match.groupdict().get("direction") or "")


def _bare_month(match: re.Match[str], anchor: Anchor) -> Reading | None:
    month = _month(match)
    year = calendar.year_of_month(month, anchor, _direction(match))
    return "DATE", None if year is None else _in_month(year, month, match)


def _bare_quarter(match: re.Match[str], anchor: Anchor) -> Reading | None:
    quarter = int(_QUARTERS.get(match["quarter"], match["quarter"]))
    year = calendar.quarter_year(quarter, anchor, _direction(match))
    return "DATE", None if year is None else f"{year}-Q{quarter}"


def _bare_half(match: re.Match[str], anchor: Anchor) -> Reading | None:
    half = 1 if match["half"] == "상" else 2
    year = calendar.half_year(half, anchor, _direction(match))
    return "DATE", None if year is None else f"{year}-H{half}"


def _this_quarter(match: re.Match[str], anchor: Anchor) -> Reading | None:
    if anchor.published is None:
        return "DATE", None
    by = {"이번": 0, "지난": -1, "전": -1, "직전": -1, "다음": 1}[match["which"]]
    index = anchor.published.year * 4 + (anchor.published.month - 1) // 3 + by
    return "DATE", f"{index // 4}-Q{index % 4 + 1}"


def _relative_month(match: re.Match[str], anchor: Anchor) -> Reading | None:
    if anchor.published is None:
        return "DATE", None
    word = match["which"].replace(" ", "")
    by = -1 if word in ("지난달", "전월", "전달", "저번달") else 1 if word in ("다음달", "내달", "다가오는달") else 0
    year, month = calendar.shift_month(anchor.published.year, anchor.published.month, by)
    return "DATE", _in_month(year, month, match)


def _bare_day(match: re.Match[str], anchor: Anchor) -> Reading | None:
    day = int(match["day"])
    found = calendar.month_of_day(day, anchor, _direction(match))
    return "DATE", None if found is None else calendar.day_value(*found, day)


def _named_day(match: re.Match[str], anchor: Anchor) -> Reading | None:
    if anchor.published is None:
        return "DATE", None
    return "DATE", (anchor.published + timedelta(days=_DAYS[match["word"].replace(" ", "")])).isoformat()


def _told_day(match: re.Match[str], anchor: Anchor) -> Reading | None:
    base = anchor.last or anchor.published
    if base is None:
        return "DATE", None
    word = match["word"].replace(" ", "")
    by = -1 if word in ("전날", "지난날") else 1 if word in ("이튿날", "다음날", "그다음날") else 0
    return "DATE", (base + timedelta(days=by)).isoformat()


def _week(match: re.Match[str], anchor: Anchor) -> Reading | None:
    if anchor.published is None:
        return "DATE", None
    weekday = WEEKDAYS.index(match["weekday"]) if match["weekday"] else None
    return "DATE", calendar.week_value(anchor.published, _WEEKS[match["which"]], weekday)


def _weekday(match: re.Match[str], anchor: Anchor) -> Reading | None:
    """A weekday: 지난 the last one, 이번 this week's, 다음 next week's, none what the sentence suggests."""
    index = WEEKDAYS.index(match["weekday"])
    if anchor.published is None:
        return "DATE", f"XXXX-WXX-{index + 1}"
    which = match["which"]
    if which in ("이번", "다음"):
        return "DATE", calendar.week_value(anchor.published, 0 if which == "이번" else 1, index)
    ahead = (index - anchor.published.weekday()) % 7
    if which in ("오는", "다가오는"):
        return "DATE", (anchor.published + timedelta(days=ahead or 7)).isoformat()
    past = which in ("지난", "저번") or (which is None and anchor.past)
    days = ahead - 7 if past and (ahead or which) else ahead
    return "DATE", (anchor.published + timedelta(days=days)).isoformat()


def _end_of_year(match: re.Match[str], anchor: Anchor) -> Reading | None:
    if anchor.published is None:
        return "DATE", None
    year = anchor.published.year
    return "DATE", {"연말": f"{year}-12", "연초": f"{year}-01"}.get(match["word"], str(year))


def _end_of_month(match: re.Match[str], anchor: Anchor) -> Reading | None:
    day = anchor.published
    return "DATE", calendar.part_of_month(day.year, day.month, match["word"][1:]) if day else None


def _decade(match: re.Match[str], anchor: Anchor) -> Reading | None:
    decade = match["decade"] if len(match["decade"]) == 4 else ("19" if int(match["decade"]) >= 30 else "20") + match["decade"]
    return "DATE", decade[:3]


def _century(match: re.Match[str], anchor: Anchor) -> Reading | None:
    return "DATE", f"{int(match['number']) - 1:02}"


def _told_year(match: re.Match[str], anchor: Anchor) -> Reading | None:
    base = anchor.last or anchor.published
    return "DATE", str(base.year + (0 if match.group().startswith("그해") else 1)) if base else None


def _season(match: re.Match[str], anchor: Anchor) -> Reading | None:
    return "DATE", f"{anchor.published.year if anchor.published else 'XXXX'}-{_SEASONS[match['season']]}"


def _weekend(match: re.Match[str], anchor: Anchor) -> Reading | None:
    if match["which"] != "주말" or anchor.published is None:
        return "DATE", None
    weeks = -1 if match.group().startswith(("지난", "저번")) else 1 if match.group().startswith("다음") else 0
    return "DATE", f"{calendar.week_value(anchor.published, weeks, None)}-WE"


def _holiday(match: re.Match[str], anchor: Anchor) -> Reading | None:
    name = match["holiday"].replace(" ", "")
    day = _HOLIDAYS.get(name)
    if day is not None:
        return "DATE", f"{anchor.published.year if anchor.published else 'XXXX'}-{day}"
    lunar = next((official for word, official in _LUNAR.items() if name.startswith(word)), None)
    return "DATE", calendar.lunar_holiday(anchor.published.year, lunar) if lunar and anchor.published else None


def _same_period(match: re.Match[str], anchor: Anchor) -> Reading | None:
    return "DATE", str(anchor.published.year - 1) if anchor.published else None


_END = r"(?=까지|부터|보다|과|와|에|의|이|께|쯤|[^가-힣]|$)"
RULES = (
    rule("numeric date", r"(?P<year>(?:19|20)\d\d)(?P<sep>[-./]\s?)(?P<month>1[0-2]|0?[1-9])(?P=sep)(?P<day>3[01]|[12]\d|0?[1-9])(?!\d)", _numeric_date),
    rule("slashed date", r"(?P<first>\d{1,2})/(?P<second>\d{1,2})(?:/(?P<third>\d{4}|\d\d))?(?=에|일|까지|부터|\s?\([월화수목금토일]|$)(?!\d)", _slashed),
    rule("year and month", rf"{_YEAR}\s?{_MONTH}{_IN_MONTH}", _with_year),
    rule("year and quarter", rf"{_YEAR}\s?{_QUARTER}", _with_year),
    rule("year and half", rf"{_YEAR}\s?{_HALF}", _with_year),
    rule("year and season", rf"{_YEAR}\s?(?P<season>봄|여름|가을|겨울)(?![가-힣]{{2}})", _with_year),
    rule("year and part", rf"{_YEAR}\s?(?P<yearpart>연말|연초|전반|후반|초(?!반|기)|말){_END}", _with_year),
    rule("last week of a year", rf"{_YEAR}\s(?P<lastweek>마지막\s?주)", _with_year),
    rule("year", rf"{_YEAR}(?!\s?(?:간|동안|만에|째|차|산|형|식|도(?:별)?\s?[가-힣]?$))", _with_year),
    rule("same period", r"전년\s?(?:동기|동월|같은\s?(?:기간|분기|달))|(?:지난해|작년)\s?(?:같은\s?(?:기간|분기|달)|동기)", _same_period),
    rule("relative month", rf"(?P<which>이\s?달|이번\s?달|지난\s?달|저번\s?달|전달(?=보다|에\s비|\s대비)|전월|다음\s?달|다가오는\s달|내달){_IN_MONTH}", _relative_month),
    rule("directed month", rf"{_DIRECTION}{_MONTH}{_IN_MONTH}", _bare_month),
    rule("month", rf"{_MONTH}{_IN_MONTH}", _bare_month),
    rule("this quarter", r"(?P<which>이번|지난|직전|전|다음)\s?분기", _this_quarter),
    rule("directed quarter", rf"{_DIRECTION}{_QUARTER}", _bare_quarter),
    rule("quarter", _QUARTER, _bare_quarter),
    rule("directed half", rf"{_DIRECTION}{_HALF}", _bare_half),
    rule("half", _HALF, _bare_half),
    rule("directed day", rf"{_DIRECTION}{_DAY}", _bare_day),
    rule("day", rf"{_DAY}(?:\s[월화수목금토일]요일)?", _bare_day),
    rule("named day", r"(?P<word>오늘|어제|그제|그저께|엊그제|그끄저께|내일\s?모레|내일|모레|글피)", _named_day),
    rule("told day", r"(?P<word>이\s?날|그\s?날|지난\s날|전날|당일|이튿날|그\s?다음\s?날|다음\s?날)(?=[은엔에의도\s,이까부]|$)", _told_day),
    rule("week", r"(?P<which>지지난|지난|저번|이번|다다음|다음|전|금)\s?주(?!가|식|요|장|택)(?:\s?(?P<weekday>[월화수목금토일])요일)?(?![가-힣]{2})", _week),
    rule("weekday", r"(?:(?P<which>지난|저번|이번|다음|오는|다가오는)\s)?(?P<weekday>[월화수목금토일])요일", _weekday),
    rule("part of this year", r"(?P<word>연말|연초|연내|올해\s?안)", _end_of_year),
    rule("part of this month", r"(?P<word>월말|월초)(?=에|까지|부터|\s|$)", _end_of_month),
    rule("decade", r"(?P<decade>(?:19|20)?\d0)년대(?:\s?(?P<part>초반|중반|후반|초|말))?", _decade),
    rule("century", r"(?P<number>\d{1,2})세기(?:\s?(?P<part>초반|중반|후반|초|말))?", _century),
    rule("next year told", r"이듬해|다음\s?해|그해(?:\s말)?", _told_year),
    rule("season", r"(?:이번\s?|초|늦)?(?P<season>봄|여름|가을|겨울)(?=철|[에부까은는이의엔과와도\s,)]|$)", _season),
    rule("weekend", r"(?:(?:지난|저번|이번|다음)\s?)?(?P<which>주말|평일|휴일|연휴)", _weekend),
    rule("holiday", rf"(?P<holiday>{_FLOATING}|크리스마스\s?이브|{'|'.join(sorted(_HOLIDAYS, key=len, reverse=True))})", _holiday),
)  # fmt: skip
