"""Spellings by table rather than by ear: letters called by name (에스케이), Chinese syllables (샤오미), Japanese moras (도요타)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from itertools import islice

from ..resources import read_table, resource

_LETTERS = {
    "a": "에이", "b": "비", "c": "시 씨", "d": "디", "e": "이", "f": "에프", "g": "지", "h": "에이치", "i": "아이", "j": "제이",
    "k": "케이", "l": "엘", "m": "엠", "n": "엔", "o": "오", "p": "피", "q": "큐", "r": "아르 알", "s": "에스", "t": "티", "u": "유",
    "v": "브이", "w": "더블유 더블류", "x": "엑스", "y": "와이", "z": "제트 지",
}  # fmt: skip
_NAMES = {name: letter for letter, names in reversed(_LETTERS.items()) for name in names.split()}  # 지 is G more often than Z
_LONGEST = 4
_READINGS = 6  # of one table; more say that the table fits by chance
_GIVEN = 6  # syllables of Hangul that two of Chinese can fill
_DOUBLING = 19  # ㅅ as a coda
_TABLE_WORD = 12  # syllables; longer names are not of one word


def letters_of(word: str) -> str | None:
    """The letters that a word calls by name, at least two; None where it does not.

    >>> letters_of("에스케이"), letters_of("에스케이프")
    ('sk', None)
    """
    best: list[str | None] = ["", *[None] * len(word)]
    for end in range(1, len(word) + 1):
        for size in range(min(_LONGEST, end), 0, -1):
            letter, before = _NAMES.get(word[end - size : end]), best[end - size]
            if letter is not None and before is not None:
                best[end] = before + letter
                break
    return best[-1] if len(best[-1] or "") >= 2 else None


def with_letters(word: str) -> list[tuple[str, str, str]]:
    """Ways to see a run of letter names before or after a word, as (letters before, word, letters after).

    >>> with_letters("제이피모건"), with_letters("챗지피티")
    ([('jp', '모건', '')], [('', '챗', 'gpt')])
    """
    found: list[tuple[str, str, str]] = []
    for size in range(min(len(word) - 1, 12), 1, -1):
        before, after = letters_of(word[:size]), letters_of(word[-size:])
        if before and size >= 3 and len(word) - size >= 2 and not any(a for a, _, _ in found):
            found.append((before, word[size:], ""))
        if after and size >= 3 and not any(c for _, _, c in found):
            found.append(("", word[:-size], after))
    return found


def table_readings(word: str) -> dict[str, str]:
    """Pinyin and romaji that a word spells as a whole, with the table that says so; a few at most.

    >>> table_readings("샤오미")["xiaomi"], table_readings("도요타")["toyota"]
    ('pinyin', 'kana')
    """
    if not 2 <= len(word) <= _TABLE_WORD:
        return {}
    found = dict.fromkeys(islice(_pinyin_readings(word), _READINGS), "pinyin")
    for reading in islice(kana_readings(word), _READINGS):
        found.setdefault(reading, "kana")
    return found


def chinese_names(word: str) -> list[tuple[str, str]]:
    """Family and given name, in pinyin, that a word can be; a given name has one or two syllables.

    >>> chinese_names("마오쩌둥"), chinese_names("마이클")
    ([('mao', 'zedong')], [])
    """
    found: list[tuple[str, str]] = []
    table = _pinyin()
    for size in (3, 2, 1):
        given = word[size:]
        if word[:size] in table and given and len(given) <= _GIVEN:
            one = table.get(given, ())
            two = [a + b for n in (1, 2, 3) for a in table.get(given[:n], ()) for b in table.get(given[n:], ())]
            found.extend((family, name) for family in table[word[:size]] for name in dict.fromkeys((*one, *two)))
    return found


def _pinyin_readings(word: str) -> Iterator[str]:
    table = _pinyin()
    fits = _ends([word[at : at + size] in table for at in range(len(word)) for size in (1, 2, 3)], len(word))
    return _walk(word, 0, fits, lambda at, part: table.get(part, ()), "")


def kana_readings(word: str) -> Iterator[str]:
    """Romaji that a word spells as a whole.

    >>> list(kana_readings("가토")), list(kana_readings("마이클"))
    (['gato', 'kato'], [])
    """
    first, later = _kana()

    def moras(at: int, part: str) -> tuple[str, ...]:
        if at == 0:
            return first.get(part, ())
        doubled = (ord(word[at - 1]) - ord("가")) % 28 == _DOUBLING
        return (
            tuple(f"t{mora}" if mora.startswith("ch") else mora[0] + mora for mora in later.get(part, ()))
            if doubled
            else later.get(part, ())
        )

    fits = _ends([bool(moras(at, word[at : at + size])) for at in range(len(word)) for size in (1, 2, 3)], len(word))
    return _walk(word, 0, fits, moras, "")


def _ends(known: list[bool], length: int) -> list[bool]:
    """From which places the rest of the word can be read."""
    fits = [False] * length + [True]
    for at in range(length - 1, -1, -1):
        fits[at] = any(known[3 * at + size - 1] and at + size <= length and fits[at + size] for size in (1, 2, 3))
    return fits


def _walk(word: str, at: int, fits: list[bool], parts: Callable[[int, str], tuple[str, ...]], done: str) -> Iterator[str]:
    if at == len(word):
        yield done
        return
    for size in (3, 2, 1):
        if at + size <= len(word) and fits[at + size]:
            for reading in parts(at, word[at : at + size]):
                yield from _walk(word, at + size, fits, parts, done + reading)


@cache
def _pinyin() -> dict[str, tuple[str, ...]]:
    table: dict[str, tuple[str, ...]] = {}
    for ko, pinyin in read_table(resource("seeds", "pinyin.tsv"), ("ko", "pinyin")):
        table[ko] = (*table.get(ko, ()), pinyin)
    return table


@cache
def _kana() -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    """Moras that begin a word and those that do not, with the nasal and the doubled consonant of a coda."""
    first: dict[str, tuple[str, ...]] = {}
    later: dict[str, tuple[str, ...]] = {}
    for ko, place, romaji in read_table(resource("seeds", "kana.tsv"), ("ko", "place", "romaji")):
        table = first if place == "first" else later
        table[ko] = (*table.get(ko, ()), romaji)
        for coda, letter in ((4, "n"), (_DOUBLING, "")):  # 혼 and 닛, which doubles the consonant after it
            closed = chr(ord(ko) + coda)
            table[closed] = (*table.get(closed, ()), f"{romaji}{letter}")
    return first, later
