"""Offsets in code points ↔ in UTF-16 units ↔ in UTF-8 bytes of one text.

Python, brat, Label Studio and the W3C count code points; Java, JavaScript and what is built on them (UIMA, doccano) count UTF-16
units, two for a character beyond U+FFFF; Go, Rust and C count bytes. A lone surrogate is one unit of UTF-16 and three bytes, which
is also what U+FFFD takes that many programs put in its place.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from itertools import accumulate
from typing import Any, Literal, get_args

OffsetUnit = Literal["codepoint", "utf16", "utf8"]
OFFSET_UNITS: tuple[OffsetUnit, ...] = get_args(OffsetUnit)
_KEYS = frozenset(("start", "end", "full_start", "full_end", "gloss_start", "gloss_end"))


class Offsets:
    """The offsets of one text in a unit; made in one pass, each question is then one look-up or one binary search.

    >>> offsets = Offsets("칩 😀 값", "utf16")
    >>> offsets.to_unit(3), offsets.to_codepoint(4)
    (4, 3)
    """

    def __init__(self, text: str, unit: OffsetUnit) -> None:
        self.text, self.unit = text, unit
        same = unit == "codepoint" or text.isascii() or (unit == "utf16" and max(text) <= "\uffff")
        self._starts = None if same else array("Q", accumulate(map(_WIDTH[unit], text), initial=0))

    def to_unit(self, offset: int) -> int:
        """Code points → units. Raises ValueError outside of the text."""
        if not 0 <= offset <= len(self.text):
            raise ValueError(f"offset {offset} lies outside a text of {len(self.text)} characters")
        return offset if self._starts is None else self._starts[offset]

    def to_codepoint(self, offset: int) -> int:
        """Units → code points. Raises ValueError outside of the text and inside of a character.

        >>> Offsets("😀", "utf16").to_codepoint(1)
        Traceback (most recent call last):
            ...
        ValueError: offset 1 (utf16) lies inside of the character '😀'
        """
        size = len(self.text) if self._starts is None else self._starts[-1]
        if not 0 <= offset <= size:
            raise ValueError(f"offset {offset} lies outside a text of {size} ({self.unit})")
        if self._starts is None:
            return offset
        at = bisect_left(self._starts, offset)
        if self._starts[at] != offset:
            raise ValueError(f"offset {offset} ({self.unit}) lies inside of the character {self.text[at - 1]!r}")
        return at


def _utf16_width(character: str) -> int:
    return 2 if character > "\uffff" else 1


def _utf8_width(character: str) -> int:
    return 1 if character < "\x80" else 2 if character < "\u0800" else 3 if character <= "\uffff" else 4


_WIDTH = {"utf16": _utf16_width, "utf8": _utf8_width}


def in_unit(record: Any, offsets: Offsets) -> Any:
    """A plain record (`to_record`) with every offset in it in a unit.

    >>> in_unit({"times": [{"start": 1, "end": 3}]}, Offsets("😀내년", "utf16"))
    {'times': [{'start': 2, 'end': 4}]}
    """
    return _mapped(record, offsets.to_unit)


def in_codepoints(record: Any, offsets: Offsets) -> Any:
    """A plain record whose offsets are in a unit, with every offset in code points. Raises ValueError as `to_codepoint`."""
    return _mapped(record, offsets.to_codepoint)


def _mapped(value: Any, convert: Any) -> Any:
    if isinstance(value, list):
        return [_mapped(item, convert) for item in value]
    if isinstance(value, dict):
        return {key: convert(item) if key in _KEYS and type(item) is int else _mapped(item, convert) for key, item in value.items()}
    return value
