"""The grammar of Korean time expressions: named rules over the text, each with its reading; Document → Document with times.

Every rule gives spans; where they overlap the longest wins, then the earlier rule. A date and a clock time beside it are two
expressions (as KLUE annotates), and the clock time takes the date: 2026-01-21 오후 4:07 → 2026-01-21, 2026-01-21T16:07.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from ..document import Document, Time
from . import clocks, dates, durations
from .calendar import Anchor
from .ranges import join_ranges

_RULES = (*dates.RULES, *clocks.RULES, *durations.RULES)
_AHEAD = re.compile(
    r"예정|계획|방침|목표|전망|예상|[할될올갈날] [것거]|기로 했|[할될] 수|하겠|되겠|앞두|추진|[ㄹ할될갈올] 거야|ㄹ게|할게|을게|갈게"
)
_PAST = re.compile(r"[았었했됐렸졌였쳤냈갔왔샀봤났]다|[았었했됐렸졌였쳤냈갔왔샀봤났]습니다|[았었했갔왔]어|[밝전말]")
_ENDS = re.compile(
    r"(?:은|는|이|가|을|를|의|에|에는|에도|에서|까지|부터|보다|과|와|도|로|으로|만|간|께|쯤|경|이후|이전|중|째|였|이다|였다|입니다|형|산|식|말|초|분|치|내|안|대비|마다)"
)
_DAY_VALUE = re.compile(r"\d{4}-\d\d-\d\d")


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
        ((match, order) for order, rule in enumerate(_RULES) for match in rule.pattern.finditer(text) if match.end() > match.start()),
        key=lambda pair: (pair[0].start(), -pair[0].end(), pair[1]),
    )
    tense = _tenses(document)
    found: list[Time] = []
    last: date | None = None
    last_end = end = 0
    for match, order in matches:
        if match.start() < end or not _free(text, match, starts) or _in_name(match, names):
            continue
        if match.start() in verbs and not match.group().startswith(("지난", "오는", "다가오", "다다음", "이른", "늦은")):
            continue
        ahead, past = tense(match.start())
        # a clock time goes with the date beside it, not with any date before
        near = last if last is not None and match.start() - last_end <= 12 else None
        anchor = Anchor(document.published, near if _RULES[order] in clocks.RULES else last, ahead, past)
        reading = _RULES[order].read(match, anchor)
        if reading is None:
            continue
        kind, value = reading
        found.append(Time("", match.start(), match.end(), match.group(), kind, value))
        end = match.end()
        if kind == "DATE" and value and _DAY_VALUE.fullmatch(value):
            last, last_end = date.fromisoformat(value), end
        elif kind == "TIME" and last is not None:
            last_end = end
    joined = list(join_ranges(text, found))
    return replace(document, times=tuple(replace(time, id=f"t{n}") for n, time in enumerate(joined, 1)))


def _in_name(match: re.Match[str], names: list[tuple[int, int]]) -> bool:
    """매일 in 매일경제 is no time."""
    index = bisect_right(names, (match.start(), len(match.string) + 1)) - 1
    return index >= 0 and match.start() < names[index][1]


def _tenses(document: Document) -> Callable[[int], tuple[bool, bool]]:
    """A function of an offset: whether its sentence speaks of what is to come, and whether of what has been."""
    text = document.text
    spans = [(s.start, s.end) for s in document.sentences] or [(0, len(text))]
    bounds = [start for start, _ in spans]
    flags = [(bool(_AHEAD.search(text, *span)), bool(_PAST.search(text, *span))) for span in spans]

    def tense(offset: int) -> tuple[bool, bool]:
        index = bisect_right(bounds, offset) - 1
        return flags[index] if index >= 0 else (False, False)

    return tense


def _free(text: str, match: re.Match[str], starts: set[int]) -> bool:
    """Whether a match begins and ends where a word does: not in 제10월, 만났다, 5개월, 학년말."""
    start, end = match.span()
    before = text[start - 1] if start else " "
    if match.group()[0].isdecimal():
        if before.isdecimal() or (before.isascii() and before.isalpha()):
            return False
        if before in ".,:-/" and text[max(0, start - 2) : start - 1].isdecimal():
            return False
        if "가" <= before <= "힣" and starts and start not in starts:
            return False
    elif "가" <= before <= "힣":
        return start in starts and text[max(0, start - 2) : start] != "요일" and match.group()[0] in "올지작내재이다오매연전"
    following, last = text[end : end + 1], text[end - 1]
    if last.isdecimal() and following.isascii() and following.isalnum():
        return False
    inside_word = "가" <= last <= "힣" and "가" <= following <= "힣" and starts and end not in starts
    return not (inside_word and not _ENDS.match(text, end))
