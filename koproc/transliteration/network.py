"""The speller: for each Hangul unit, in order, the letters that it stands for, given the whole word and the letters so far.

A recurrent network that reads the word both ways and writes one chunk of letters (none to four) a unit; trained with torch by
scripts/build_transliteration, run here with numpy. Sizes: d letters of state, h of reading, u kinds of chunks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from .vocabulary import number_of

Floats = npt.NDArray[np.float32]


class Speller:
    """Weights laid out for one word at a time."""

    def __init__(self, weights: Mapping[str, Floats], chunks: Sequence[str], choices: Sequence[Sequence[int]]) -> None:
        self.chunks = tuple(chunks)
        self.lengths = np.array([len(chunk) for chunk in chunks], dtype=np.int64)
        self.numbers = np.array([number_of(chunk) for chunk in chunks], dtype=np.uint64)
        self.choices = [np.array(choice, dtype=np.int64) for choice in choices]
        w = weights
        units, chunk_vectors = w["te.weight"], w["ue.weight"]
        self._read = [
            (
                units @ w[f"enc.weight_ih_l0{way}"].T + w[f"enc.bias_ih_l0{way}"],
                w[f"enc.weight_hh_l0{way}"].T.copy(),
                w[f"enc.bias_hh_l0{way}"],
            )
            for way in ("", "_reverse")
        ]
        size = chunk_vectors.shape[1]
        self._written = chunk_vectors @ w["dec.weight_ih_l0"][:, :size].T + w["dec.bias_ih_l0"]
        self._context = w["dec.weight_ih_l0"][:, size:].T.copy()
        self._turn, self._bias = w["dec.weight_hh_l0"].T.copy(), w["dec.bias_hh_l0"]
        self.state_size = self._turn.shape[0]
        outer, bias = w["out.weight"], w["out.bias"]
        self._out = [np.ascontiguousarray(outer[choice, : self.state_size].T) for choice in self.choices]
        self._seen = [(outer[choice, self.state_size :], bias[choice]) for choice in self.choices]

    def read(self, units: Sequence[int]) -> Floats:
        """What the word is at each unit. Shape: (units, 2h)."""
        ways = []
        for (table, turn, bias), backward in zip(self._read, (False, True), strict=True):
            state = np.zeros(turn.shape[0], dtype=np.float32)
            states = []
            for unit in reversed(units) if backward else units:
                state = _gated(table[unit], state @ turn + bias, state)
                states.append(state)
            ways.append(np.stack(states[::-1] if backward else states))
        return np.concatenate(ways, axis=1)

    def contexts(self, word: Floats) -> Floats:
        """What the word adds to each step of writing. Shape: (units, 3d)."""
        return np.asarray(word @ self._context)

    def write(self, unit: int, word: Floats, context: Floats, previous: npt.NDArray[np.int64], state: Floats) -> tuple[Floats, Floats]:
        """Log probability of each choice for a unit, and the new state, of every hypothesis. Shapes: (n, choices), (n, d)."""
        state = _gated(self._written[previous] + context, state @ self._turn + self._bias, state)
        outer, bias = self._seen[unit]
        scores = state @ self._out[unit] + (outer @ word + bias)
        scores -= scores.max(axis=1, keepdims=True)
        scores -= np.log(np.exp(scores).sum(axis=1, keepdims=True))
        return scores, state


def _gated(given: Floats, turned: Floats, state: Floats) -> Floats:
    """One step of a gated recurrent unit, in torch's order of gates."""
    size = state.shape[-1]
    gates = 1 / (1 + np.exp(-(given[..., : 2 * size] + turned[..., : 2 * size])))
    fresh = np.tanh(given[..., 2 * size :] + gates[..., :size] * turned[..., 2 * size :])
    result: Floats = fresh + gates[..., size:] * (state - fresh)
    return result
