"""Hangul syllables by how they end, for patterns: the table is computed from the Unicode block (three jamo a syllable, 28 finals)."""

from __future__ import annotations

_FIRST, _SYLLABLES, _FINALS, _NIEUN = 0xAC00, 399, 28, 4


def in_order(short: str, full: str) -> bool:
    """Whether the characters of `short` come in this order in `full`.

    >>> in_order("과기정통부", "과학기술정보통신부"), in_order("통기부", "과학기술정보통신부")
    (True, False)
    """
    rest = iter(full)
    return all(character in rest for character in short)


# a character class: the last syllable before 다 of a verb in the present (한다, 늘린다, 짓는다)
PRESENT = "[" + "".join(chr(_FIRST + _FINALS * index + _NIEUN) for index in range(_SYLLABLES)) + "는]"
