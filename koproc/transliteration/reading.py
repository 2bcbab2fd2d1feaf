"""The reader: how likely English letters are to be written in Hangul as they were, so that a spelling can be checked against its source.

For each letter in order a small network sees the letters around it and the last three outputs, and gives the Hangul units written for it
(none for a silent letter). Trained with torch by scripts/build_transliteration, run here with numpy on all spellings at once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
REACH = 5  # letters seen on each side
_EDGE, _UNKNOWN = 27, -6.0  # the mark before and after a word; log probability of a unit in an output that was never seen


def outputs(units: Sequence[int], chunks: Sequence[str]) -> list[tuple[int, ...]]:
    """What each letter is written as, from the letters of each unit: a chunk's first letter takes its unit, a unit without letters follows.

    >>> outputs((15, 20, 76, 7, 37), ("c", "a", "m", "b", ""))
    [(15,), (20,), (76,), (7, 37)]
    """
    written: list[tuple[int, ...]] = []
    waiting: tuple[int, ...] = ()
    last = 0
    for unit, chunk in zip(units, chunks, strict=True):
        if chunk:
            last = len(written)
            written.append((*waiting, unit))
            written.extend([()] * (len(chunk) - 1))
            waiting = ()
        elif written:
            written[last] = (*written[last], unit)
        else:
            waiting = (*waiting, unit)
    return written


class Reader:
    """Weights, folded so that each letter and output at each place is one row of a table."""

    def __init__(self, weights: Mapping[str, Floats], classes: Sequence[Sequence[int]]) -> None:
        self._class = {tuple(units): number for number, units in enumerate(classes)}
        letters, given, first = weights["le.weight"], weights["ue.weight"], weights["a.weight"]
        width, size = letters.shape[1], given.shape[1]
        window = 2 * REACH + 1
        self._letters = [letters @ first[:, place * width : (place + 1) * width].T for place in range(window)]
        offset = window * width
        self._given = [given @ first[:, offset + place * size : offset + (place + 1) * size].T for place in range(3)]
        self._bias = weights["a.bias"]
        self._middle, self._middle_bias = weights["b.weight"].T.copy(), weights["b.bias"]
        self._out, self._out_bias = weights["c.weight"].T.copy(), weights["c.bias"]
        self._none = len(classes)  # the output before the first

    def log_probabilities(self, units: Sequence[int], spellings: Sequence[Sequence[str]]) -> Floats:
        """Of the Hangul units, given the letters of each spelling, chunk by chunk. Shape: (n,) float32."""
        windows, before, wanted, unknown, owner = [], [], [], [], []
        for number, chunks in enumerate(spellings):
            letters = "".join(chunks)
            padded = [0] * REACH + [_EDGE] + [ord(letter) - 96 for letter in letters] + [_EDGE] + [0] * REACH
            last = (self._none,) * 3
            for at, output in enumerate(outputs(units, chunks)):
                place = self._class.get(output, -1)
                windows.append(padded[at + 1 : at + 2 + 2 * REACH])
                before.append(last)
                wanted.append(place)
                unknown.append(_UNKNOWN * len(output))
                owner.append(number)
                last = (last[1], last[2], max(place, 0))
        total = np.zeros(len(spellings), dtype=np.float32)
        if not owner:
            return total
        seen, given, places = np.array(windows), np.array(before), np.array(wanted)
        hidden = self._bias + sum(table[seen[:, n]] for n, table in enumerate(self._letters))
        hidden = np.maximum(hidden + sum(table[given[:, n]] for n, table in enumerate(self._given)), 0)
        hidden = hidden + np.maximum(hidden @ self._middle + self._middle_bias, 0)
        scores = hidden @ self._out + self._out_bias
        top = scores.max(axis=1)
        chosen = scores[np.arange(len(places)), np.maximum(places, 0)] - top - np.log(np.exp(scores - top[:, None]).sum(axis=1))
        np.add.at(total, np.array(owner), np.where(places < 0, np.array(unknown), chosen).astype(np.float32))
        return total
