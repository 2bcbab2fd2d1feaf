"""Hangul syllables by how they end, for patterns: the table is computed from the Unicode block (three jamo a syllable, 28 finals)."""

from __future__ import annotations

_FIRST, _SYLLABLES, _FINALS, _NIEUN = 0xAC00, 399, 28, 4

# a character class: the last syllable before 다 of a verb in the present (한다, 늘린다, 짓는다)
PRESENT = "[" + "".join(chr(_FIRST + _FINALS * index + _NIEUN) for index in range(_SYLLABLES)) + "는]"
