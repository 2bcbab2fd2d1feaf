"""Times that stand together: A부터 B까지, A에서 B 사이, 7~9월, 1년 6개월; and a date that a clock time goes with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ..document import Time

_JOINT = re.compile(r"\s?[~∼〜–]\s?|\s-\s|-(?=\d)|\s?부터\s+|\s?에서\s+|[와과]\s")
_CLOSED = re.compile(r"\s?(?:까지|사이)")
_SHORT = re.compile(r"(?<!\d)(?P<from>(?:19|20)\d\d|\d{1,2})\s?[~∼〜–-]\s?$")
_COMPOUND = re.compile(r"\s(?:그리고\s)?|")


def join_ranges(text: str, times: list[Time]) -> Iterator[Time]:
    """The same times, those that form a range or a compound duration joined into one."""
    index = 0
    while index < len(times):
        time = times[index]
        following = times[index + 1] if index + 1 < len(times) else None
        if following is not None and (value := _range_value(text, time, following)) is not None:
            yield replace(time, end=following.end, text=text[time.start : following.end], value=value)
            index += 2
            continue
        while following is not None and (value := _compound_value(text, time, following)) is not None:
            time = replace(time, end=following.end, text=text[time.start : following.end], value=value)
            index += 1
            following = times[index + 1] if index + 1 < len(times) else None
        short = _SHORT.search(text, max(0, time.start - 8), time.start)
        if short and time.type == "DATE" and time.value and not (short.start() and text[short.start() - 1].isalnum()):
            yield replace(time, start=short.start(), text=text[short.start() : time.end], value=_short_value(short["from"], time.value))
        else:
            yield time
        index += 1


def _range_value(text: str, first: Time, second: Time) -> str | None:
    joint = _JOINT.match(text, first.end)
    if joint is None or joint.end() != second.start or first.type != second.type or first.type not in ("DATE", "TIME"):
        return None
    if not first.value or not second.value or ("/" in first.value + second.value and first.type == "TIME"):
        return None
    loose = joint.group().strip() in ("에서", "와", "과") or joint.group() in ("와 ", "과 ")
    if loose and not _CLOSED.match(text, second.end):
        return None
    if first.type == "TIME":
        return _clock_range(text, first, second)
    begin, finish = first.value.split("/")[0], second.value.split("/")[-1]
    if re.fullmatch(r"\d{4}-\d\d-\d\d", begin) and re.fullmatch(r"\d{1,2}\s?일", second.text):
        finish = begin[:8] + f"{int(re.sub('[^0-9]', '', second.text)):02}"  # 9월 3일부터 12일까지: the same month
    elif begin > finish and re.match(r"\d{4}", finish) and not re.match(r"(?:19|20)\d\d", second.text):
        finish = f"{int(finish[:4]) + 1}{finish[4:]}"  # 11월부터 3월까지
    return f"{begin}/{finish}"


def _clock_range(text: str, first: Time, second: Time) -> str | None:
    """오후 5시부터 6시까지: the part of the day holds for both; a later start lends the next half day."""
    if not re.search(r"T\d\d:\d\d", first.value or "") or not re.search(r"T\d\d:\d\d", second.value or ""):
        return None
    (date_one, begin), (date_two, finish) = ((value or "").split("T") for value in (first.value, second.value))
    named = re.compile("오전|오후|새벽|아침|저녁|밤|낮|[aApP][mM]")
    early, late = int(begin[:2]), int(finish[:2])
    if named.search(first.text) and not named.search(second.text) and late <= 12 and finish <= begin and late + 12 <= 24:
        late += 12 if early < 23 else 0
    elif named.search(second.text) and not named.search(first.text) and late > 12 and early < 12 and early + 12 < late:
        early += 12
    elif not named.search(first.text + second.text) and finish <= begin and late < 12:
        late += 12
    begin, finish = f"{early % 24:02}{begin[2:]}", f"{late % 24:02}{finish[2:]}"
    return f"{date_one}T{begin}/{date_two}T{finish}"


def _compound_value(text: str, first: Time, second: Time) -> str | None:
    """1년 6개월, 2일 1시간 5분: durations from the larger to the smaller unit are one."""
    if first.type != "DURATION" or second.type != "DURATION" or not first.value or not second.value or "/" in first.value + second.value:
        return None
    gap = _COMPOUND.match(text, first.end)
    if gap is None or gap.end() != second.start or re.search(r"간$|동안$", first.text):
        return None
    order = "YMWD" if "T" not in first.value else "HMS"
    if "T" in first.value and "T" not in second.value:
        return None
    if ("T" in first.value) == ("T" in second.value) and order.index(first.value[-1]) >= order.index(second.value[-1]):
        return None
    tail = second.value.removeprefix("P")
    return first.value + (tail.removeprefix("T") if "T" in first.value else tail)


def _short_value(first: str, value: str) -> str:
    if len(first) == 4:
        return f"{first}/{value}"
    head, sep, tail = value.rpartition("-")
    if tail.startswith("Q"):
        return f"{head}{sep}Q{int(first)}/{value}"
    return f"{head}{sep}{int(first):02}/{value}" if sep else value
