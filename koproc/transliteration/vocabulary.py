"""English words as sorted numbers, base 27: a prefix is a range, so a search can ask whether a word still goes on, and how common it can get.

Thirteen letters fit in 64 bits; "ab" is 1·27¹² + 2·27¹¹. Frequencies are steps of a tenth of a nat below the most common word.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

WIDTH = 13
STEP = 0.1
Numbers = npt.NDArray[np.uint64]
Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]
_POWERS = np.array([27**n for n in range(WIDTH + 1)], dtype=np.uint64)


def number_of(letters: str) -> int:
    """Lower-case letters as a number.

    >>> number_of("ab")
    29
    """
    value = 0
    for letter in letters:
        value = value * 27 + ord(letter) - 96
    return value


@dataclass(frozen=True)
class Vocabulary:
    """Sorted words and their frequencies. Shapes: (n,) uint64; (n,) uint8 steps."""

    words: Numbers
    rareness: npt.NDArray[np.uint8]

    def ranges(self, numbers: Numbers, lengths: Ints) -> tuple[Ints, Ints]:
        """First and last + 1 of the words that begin with each prefix."""
        scale = _POWERS[WIDTH - lengths]
        low = np.searchsorted(self.words, numbers * scale)
        high = np.searchsorted(self.words, (numbers + np.uint64(1)) * scale)
        return low, high

    def commonest(self, low: Ints, high: Ints) -> Floats:
        """Log frequency of the commonest word of each range, none of them empty."""
        level = np.frexp((high - low).astype(np.float64))[1] - 1
        least = np.minimum(self._ladder[level, low], self._ladder[level, high - (1 << level)])
        return np.asarray(-STEP * least, dtype=np.float32)

    def log_frequency(self, numbers: Numbers, lengths: Ints) -> Floats:
        """Log frequency of each word, -inf where it is not listed."""
        wanted = numbers * _POWERS[WIDTH - lengths]
        at = np.minimum(np.searchsorted(self.words, wanted), len(self.words) - 1)
        return np.where(self.words[at] == wanted, -STEP * self.rareness[at], -np.inf).astype(np.float32)

    def word(self, letters: str) -> float:
        """Log frequency of one word, -inf where it is not listed."""
        if not 0 < len(letters) <= WIDTH or not (letters.isascii() and letters.isalpha() and letters.islower()):
            return float("-inf")
        return float(self.log_frequency(np.array([number_of(letters)], dtype=np.uint64), np.array([len(letters)]))[0])

    @cached_property
    def _ladder(self) -> npt.NDArray[np.uint8]:
        """Least rareness of 2**level words from each place on. Shape: (levels, n)."""
        levels = max(len(self.words), 1).bit_length()
        ladder = np.full((levels, len(self.words)), 255, dtype=np.uint8)
        ladder[0] = self.rareness
        for level in range(1, levels):
            half = 1 << (level - 1)
            size = len(self.words) - 2 * half + 1
            if size > 0:
                np.minimum(ladder[level - 1, :size], ladder[level - 1, half : half + size], out=ladder[level, :size])
        return ladder
