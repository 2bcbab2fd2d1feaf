"""The grammar of Korean time expressions over a text: Document → Document with times.

At each place where a word begins, the longest phrase is read (dates.py, clocks.py, lengths.py); phrases that form a range are
joined (ranges.py); then each is resolved in order, against the publication date, the dates named before it and the tense of its
sentence (resolution.py). A date and a clock time beside it are two expressions, as KLUE annotates, and the clock takes the date.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

from ..document import Document, Time
from ..hangul import PRESENT
from .calendar import Anchor
from .clocks import clock_at, part_of_day_at
from .dates import date_at
from .lengths import length_phrase_at
from .meaning import Calendar, Clock, Meaning, Now, PartOfDay, Phrase
from .ranges import join_ranges, read_phrase
from .words import Tokens, begins_word, opening_syllables

_NUMERALS = "영일이삼사오육칠팔구십백천만억몇수한두세석네넉다섯여덟곱아홉열스물서른너대예"
_INSIDE = rf"{_NUMERALS}\d,.~∼〜～–\-·\s"
_UNITS = "년월일시분초주개달해박"
# a number is part of a time only if a unit or a sign of dates follows before anything else does
_NUMBERED = re.compile(rf"['‘’]?[{_NUMERALS}\d][{_INSIDE}]{{0,14}}?(?:[{_UNITS}]|세기|[:/]\s?\d|[-.~]\s?\d|부터)|\d{{1,2}}\s?[aApP]")
_ALONE, _FIRST, _SECOND = map(re.escape, opening_syllables())
_START = re.compile(rf"[\daApP{_ALONE}]|['‘’](?=\d\d\s?년)|[{_NUMERALS}{_FIRST}](?=[{_INSIDE}{_UNITS}세부:/{_SECOND}])")
# what is to come: plans and forecasts (but not 예상보다, 목표치), 할 것
_PLANNED = re.compile(
    r"예정|계획|방침|목표(?!치|가|보다|를 (?:달성|넘))|전망(?!치)|예상(?!보다|치|을 (?:웃|밑|뛰|넘))|[할될올갈날릴설칠낼] [것거겁]|기로 했|[할될] 수|하겠|되겠|앞두|추진"
    r"|[ㄹ할될갈올] 거야|ㄹ게|할게|을게|갈게|올게|앞으로|향후"
)
# the present of a verb speaks of a day to come too: 상장한다, 열린다
_PRESENT = re.compile(rf"{PRESENT}다(?=[.\s”’\"']|$)")
# what has been, where it is not only somebody's saying so (할 계획이라고 밝혔다)
_TOLD = r"(?<!밝혔)(?<!말했)(?<!전했)(?<!설명했)(?<!강조했)(?<!덧붙였)(?<!발표했)(?<!내다봤)(?<!전망했)(?<!예상했)(?<!기로 했)"
_PAST = re.compile(rf"[았었했됐렸졌였쳤냈갔왔샀봤났컸폈섰꼈켰]{_TOLD}다|[았었했됐렸졌였쳤냈갔왔샀봤났컸섰]습니다|[았었했갔왔]어|[밝전말]")
_ENDS = re.compile(
    r"(?:은|는|이|가|을|를|의|에|에는|에도|에서|까지|부터|보다|과|와|도|로|으로|만|간|께|쯤|경|이후|이전|중|째|였|이다|였다|입니다|형|산|식|말|초|분|치|내|안|대비|마다|엔|인|이나|나|동안|자(?![가-힣]{3}))"
)
_QUERY = re.compile(r"(?:[\s,.?!~∼–\-()]|에서|에는|에|까지|부터|이후|이전|이내|안에|내에|안|내|사이|약|[A-Z]{3}|gmt|est|cet|utc)*")
_QUERY_LENGTH = 40  # characters: longer texts are no queries, and need not be compared with what is left of them
_BESIDE = 12  # characters between a date and the clock time that goes with it
_PREFIXES_OF_VERBS = ("지난", "오는", "다가오", "다다음", "이른", "늦은")


def find_times(document: Document) -> Document:
    """Add every time expression of the text, in order, ids t1, t2, …

    >>> from datetime import date
    >>> found = find_times(Document(id="a", text="지난해 9월 20일에 이어 내년까지", published=date(2026, 1, 21))).times
    >>> [(time.text, time.value) for time in found]
    [('지난해 9월 20일', '2025-09-20'), ('내년', '2027')]
    """
    text = document.text
    phrases = join_ranges(text, list(_phrases(document)))
    query = _is_query(text, phrases)
    tense = _tenses(document)
    times: list[Time] = []
    last: date | None = None
    period: str | None = None
    last_end = 0
    for phrase in phrases:
        if isinstance(phrase.meaning, Now) and not (query or phrase.meaning.rest):
            continue
        planned, present, past, sentence = tense(phrase.start)
        if last_end <= sentence:
            period = None
        near = last if phrase.start - last_end <= _BESIDE else None
        of_day = isinstance(phrase.meaning, Clock | PartOfDay)
        anchor = Anchor(document.published, near if of_day else last, period, planned or present, planned, past, query)
        kind, value = read_phrase(phrase, _enumerated(text, phrase, anchor, last_end))
        if value is None and _is_no_date(phrase):
            continue
        times.append(Time(f"t{len(times) + 1}", phrase.start, phrase.end, text[phrase.start : phrase.end], kind, value))
        if kind == "DATE" and value and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
            last = date.fromisoformat(value)
        if kind == "DATE" and value and re.match(r"\d{4}", value):
            period = value
        if kind in ("DATE", "TIME"):
            last_end = phrase.end
    return replace(document, times=tuple(times))


def _phrases(document: Document) -> Iterator[Phrase]:
    """The longest phrase at each place where one may begin."""
    text = document.text
    tokens: Tokens = {token.start: token for token in reversed(document.tokens)}
    verbs = {token.start for token in document.tokens if token.tag[0] == "V" and token.end - token.start > 1}
    names = [(mention.start, mention.end) for mention in document.mentions]
    end = 0
    for match in _START.finditer(text):
        at = match.start()
        if at < end or not (begins_word(text, at) or _NUMBERED.match(text, at)):
            continue
        if not (_beside(text, at, end) or _may_begin(text, at, tokens)):
            continue
        best = _longest(text, at, tokens)
        if best is None or not _may_end(text, best[1], tokens) or _in_name(at, best[1], names):
            continue
        if at in verbs and not text.startswith(_PREFIXES_OF_VERBS, at):
            continue
        yield Phrase(at, best[1], best[0])
        end = best[1]


def _beside(text: str, at: int, end: int) -> bool:
    """Whether another time ends right before: 내일저녁, 11:30-1:30."""
    return 0 < end == at or (end == at - 1 > 0 and text[end] in "-–~∼")


def _longest(text: str, at: int, tokens: Tokens) -> tuple[Meaning, int] | None:
    readings = (date_at(text, at, tokens), clock_at(text, at, tokens), part_of_day_at(text, at, tokens), length_phrase_at(text, at))
    return max((reading for reading in readings if reading is not None), key=lambda reading: reading[1], default=None)


def _enumerated(text: str, phrase: Phrase, anchor: Anchor, last_end: int) -> Anchor:
    """1월 12일과 15일: a day that follows a date directly lies in the same month."""
    said = phrase.meaning
    if not isinstance(said, Calendar) or not isinstance(said.day, int) or said.month is not None or said.direction or anchor.last is None:
        return anchor
    if re.fullmatch(r"(?:과|와|,|·|및|\s|에 이어|에서)+", text[last_end : phrase.start]) and said.day > anchor.last.day:
        return replace(anchor, published=anchor.last.replace(day=1), ahead=True, query=False)
    return anchor


def _is_no_date(phrase: Phrase) -> bool:
    """A day that no calendar has (2월 30일) is no time; a date that cannot be told is one without a value."""
    said = phrase.meaning
    return isinstance(said, Calendar) and isinstance(said.day, int) and isinstance(said.month, int) and isinstance(said.year, int)


def _in_name(start: int, end: int, names: list[tuple[int, int]]) -> bool:
    """매일 in 매일경제 is no time."""
    index = bisect_right(names, (start, end + 1_000_000_000)) - 1
    return index >= 0 and start < names[index][1]


def _is_query(text: str, phrases: list[Phrase]) -> bool:
    """Whether the text is nothing but a time expression, with particles."""
    if not phrases or len(text) > _QUERY_LENGTH:
        return False
    rest, at = "", 0
    for phrase in phrases:
        rest += text[at : phrase.start]
        at = phrase.end
    return _QUERY.fullmatch(rest + text[at:]) is not None


def _tenses(document: Document) -> Callable[[int], tuple[bool, bool, bool, int]]:
    """A function of an offset: whether its sentence speaks of what is planned, of the present, of the past, and where it begins."""
    text = document.text
    spans = [(s.start, s.end) for s in document.sentences] or [(0, len(text))]
    bounds = [start for start, _ in spans]
    cues = (_PLANNED, _PRESENT, _PAST)
    flags: list[tuple[bool, bool, bool] | None] = [None] * len(spans)

    def tense(offset: int) -> tuple[bool, bool, bool, int]:
        index = bisect_right(bounds, offset) - 1
        if index < 0:
            return False, False, False, 0
        found = flags[index]
        if found is None:
            planned, present, past = (cue.search(text, *spans[index]) is not None for cue in cues)
            flags[index] = found = planned, present, past
        return *found, bounds[index]

    return tense


def _may_begin(text: str, start: int, tokens: Tokens) -> bool:
    """Whether a time may begin here, where a word does: not in 제10월, 만났다, 5개월."""
    if start == 0:
        return True
    before, first = text[start - 1], text[start]
    if first.isdecimal():
        if before.isdecimal() or (before.isascii() and before.isalpha()):
            return False
        if before in ".,:-/" and text[max(0, start - 2) : start - 1].isdecimal():
            return False
        return not ("가" <= before <= "힣" and tokens and start not in tokens)
    if "가" <= before <= "힣":
        return (
            start in tokens
            and tokens[start].tag[0] != "J"
            and text[max(0, start - 2) : start] != "요일"
            and first in "올지작내재이다오매연전"
        )
    return not (before.isascii() and before.isalnum() and first in "aApP")


def _may_end(text: str, end: int, tokens: Tokens) -> bool:
    """Whether a time may end here, where a word does or a particle follows: not in 학년말, 일본."""
    last, following = text[end - 1], text[end : end + 1]
    if last.isdecimal() and following.isascii() and following.isalnum():
        return False
    inside_word = "가" <= last <= "힣" and "가" <= following <= "힣" and bool(tokens) and end not in tokens
    return not (inside_word and not _ENDS.match(text, end))
