"""Hangul as the units that a speller of foreign names thinks in: an onset, a vowel with or without one, a coda."""

from __future__ import annotations

from functools import cache

_FIRST, _LAST = ord("가"), ord("힣")
_SILENT = 11  # ㅇ as an onset is no sound: the vowel after it is a unit of another kind
TOKENS = 88  # 19 onsets, 21 vowels after an onset, 21 vowels alone, 27 codas


def tokens(word: str) -> tuple[int, ...]:
    """Units of a Hangul word; what is no syllable gives none.

    >>> tokens("캠"), tokens("이")
    ((15, 20, 76), (60,))
    """
    return tuple(unit for syllable in word for unit in _units(syllable))


def syllable_starts(word: str) -> frozenset[int]:
    """At which units a syllable begins.

    >>> sorted(syllable_starts("캠브"))
    [0, 3]
    """
    starts, at = set(), 0
    for syllable in word:
        starts.add(at)
        at += len(_units(syllable))
    return frozenset(starts)


@cache
def _units(syllable: str) -> tuple[int, ...]:
    if len(syllable) != 1 or not _FIRST <= ord(syllable) <= _LAST:
        return ()
    number = ord(syllable) - _FIRST
    onset, vowel, coda = number // 588, number // 28 % 21, number % 28
    sound = (40 + vowel,) if onset == _SILENT else (onset, 19 + vowel)
    return (*sound, 60 + coda) if coda else sound


def spelled(units: tuple[int, ...]) -> str | None:
    """The Hangul of units, or None where they are no syllables.

    >>> spelled((15, 20, 76)), spelled((15, 76))
    ('캠', None)
    """
    word, at = "", 0
    while at < len(units):
        unit = units[at]
        if unit < 19 and at + 1 < len(units) and 19 <= units[at + 1] < 40:
            number, at = unit * 588 + (units[at + 1] - 19) * 28, at + 2
        elif 40 <= unit < 61:
            number, at = _SILENT * 588 + (unit - 40) * 28, at + 1
        else:
            return None
        if at < len(units) and units[at] > 60:
            number, at = number + units[at] - 60, at + 1
        word += chr(_FIRST + number)
    return word
