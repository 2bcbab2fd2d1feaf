"""The word table of time expressions (`seeds/time_words.tsv`): every spelling → what it says (지난해 → year -1)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from ..document import Token
from ..resources import read_table, resource

WEEKDAYS = "월화수목금토일"
Tokens = dict[int, Token]  # the first token that begins at an offset

# particles, and nouns that are written together with a season, holiday or part of the day
_PARTICLES = (
    "은",
    "는",
    "이",
    "가",
    "을",
    "를",
    "의",
    "에",
    "과",
    "와",
    "도",
    "부터",
    "까지",
    "마다",
    "엔",
    "로",
    "만",
    "보다",
    "쯤",
    "께",
    "처럼",
)
_COPULA = ("인", "이라", "라")
_NOUNS_BEHIND = (
    "새",
    "사이",
    "식사",
    "기온",
    "올림픽",
    "맞이",
    "공기",
    "바람",
    "세일",
    "철",
    "방학",
    "휴가",
    "연휴",
    "시즌",
    "시간",
    "하늘",
)
_OTHERS = (
    "늦게",
    "내내",
    "때",
    "동안",
    "경",
    "이후",
    "이전",
    "한",
    "열",
    "여",
    "두",
    "세",
    "네",
    "다",
    "일",
    "아",
    "마",
)  # 밤 한 시, 아침마다
_ATTACHED = (*_PARTICLES, *_COPULA, *_NOUNS_BEHIND, *_OTHERS)
_NOUNS = frozenset({"season", "part of day", "holiday", "clock time"})


@dataclass(frozen=True, slots=True)
class Word:
    """A word of time. `kind` says what `value` means: a shift ("year", "-1"), a number ("weekday", "0"), a rule ("holiday", "설날")."""

    kind: str
    value: str


@lru_cache(maxsize=1)
def words() -> dict[str, Word]:
    """Word by spelling; a space in the table may be left out in the text (이번 주, 이번주).

    >>> words()["이번주"], words()["지난해"].value
    (Word(kind='week', value='0'), '-1')
    """
    table: dict[str, Word] = {}
    for form, kind, value in read_table(resource("seeds", "time_words.tsv"), ("form", "kind", "value")):
        parts = form.split(" ")
        for gaps in product(("", " "), repeat=len(parts) - 1):
            spelling = parts[0] + "".join(gap + part for gap, part in zip(gaps, parts[1:], strict=True))
            table[spelling] = Word(kind, value)
    return table


@lru_cache(maxsize=1)
def _by_opening() -> tuple[dict[str, list[tuple[str, Word]]], dict[str, Word]]:
    """The words by their first two syllables, the longest first, and those of one syllable."""
    longer: dict[str, list[tuple[str, Word]]] = {}
    for form, word in sorted(words().items(), key=lambda item: -len(item[0])):
        longer.setdefault(form[:2], []).append((form, word))
    return longer, {form: word for form, word in words().items() if len(form) == 1}


def words_at(text: str, at: int) -> list[tuple[Word, int]]:
    """Every word that begins at `at` and where it ends, the longest first.

    >>> [(word.kind, end) for word, end in words_at("이번 주말에", 0)]
    [('week', 4), ('direction', 2)]
    """
    longer, alone = _by_opening()
    forms, syllable = longer.get(text[at : at + 2]), text[at : at + 1]
    found = [(word, at + len(form)) for form, word in forms if text.startswith(form, at)] if forms else []
    if syllable in alone and (not found or found[-1][1] > at + 1):
        found.append((alone[syllable], at + 1))
    return found


def begins_word(text: str, at: int) -> bool:
    """Whether a word of time begins at `at`, or AM or PM."""
    longer, alone = _by_opening()
    if text[at] in alone or text[at] in "aApP":
        return True
    forms = longer.get(text[at : at + 2])
    return forms is not None and any(text.startswith(form, at) for form, _ in forms)


def opening_syllables() -> tuple[str, str, str]:
    """The syllables that are words of time, with which longer ones begin, and which come second in these."""
    alone, longer = (sorted(form for form in words() if (len(form) == 1) is one) for one in (True, False))
    return "".join(alone), "".join(sorted({form[0] for form in longer})), "".join(sorted({form[1] for form in longer}))


def is_whole_word(text: str, at: int, end: int, word: Word, tokens: Tokens) -> bool:
    """Whether a word stands for itself: 설 in 설 연휴, not in 설치; 봄 the season, not 보았음; 겨울 not in 겨울왕국; 정오 not in 정오표."""
    token = tokens.get(at)
    following = text[end : end + 1]
    attached = "가" <= following <= "힣"
    if word.kind in _NOUNS and attached and not text.startswith(_ATTACHED, end):
        return False
    if end - at > 1:
        return True
    if token is not None and not (token.tag[0] in "NM" and token.end == end):
        return False
    return not attached or text.startswith(_ATTACHED, end)
