"""A linear-chain conditional random field for inference alone: weights in, label scores and the best label sequence out.

Trained by CRFsuite (`training.py`), read here with numpy: no other library at run time. What a word contributes is summed once a word and
kept; what a place contributes is one gather a template. Sentences of a document go through Viterbi and forward-backward side by side.
Lafferty, McCallum and Pereira (2001), Conditional random fields.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from .features import OFFSETS, WordVectors, word_values

Floats = npt.NDArray[np.float32]
_KEPT_WORDS = 60_000
_EDGE = ("", "EDGE")  # stands beyond the ends of a sentence


class SequenceModel:
    """Weights of features by label. `matrix` has a row for each feature (row 0 is for unknown ones), `transitions` is [from, to]."""

    def __init__(
        self,
        labels: Sequence[str],
        features: Sequence[str],
        matrix: Floats,
        transitions: Floats,
        vectors: WordVectors | None = None,
    ) -> None:
        self.labels = tuple(labels)
        self.matrix = np.vstack([np.zeros((1, len(labels)), np.float32), matrix])
        self.transitions = transitions
        self.vectors = vectors
        self.rows: dict[str, dict[str, int]] = {}
        for row, feature in enumerate(features, 1):
            template, _, value = feature.partition("=")
            self.rows.setdefault(template, {})[value] = row
        self._words: dict[tuple[str, str], int] = {}
        self._cache = np.zeros((256, len(OFFSETS), len(labels)), np.float32)

    def emissions(self, sentences: Sequence[tuple[Sequence[tuple[str, str]], Mapping[str, Sequence[str]]]]) -> list[Floats]:
        """Label scores [unit, label] of each sentence, given its words (form, tag) and its `place_features`."""
        if len(self._words) >= _KEPT_WORDS:
            self._words.clear()
        ids: list[int] = []
        columns: dict[str, list[int]] = {}
        bounds: list[tuple[int, int]] = []
        margin = [self._word(*_EDGE)] * max(OFFSETS)
        total = sum(len(words) for words, _ in sentences)
        ids.extend(margin)
        at = 0
        for words, places in sentences:
            bounds.append((len(ids), len(words)))
            ids.extend(self._word(*word) for word in words)
            ids.extend(margin)
            for template, values in places.items():
                known = self.rows.get(template)
                if known is not None:
                    column = columns.setdefault(template, [])
                    column.extend([0] * (at - len(column)))
                    column.extend([known.get(value, 0) for value in values])
            at += len(words)
        numbers = np.array(ids)
        positions = np.concatenate([np.arange(start, start + size) for start, size in bounds]) if bounds else np.zeros(0, int)
        scores = np.zeros((total, len(self.labels)), np.float32)
        for column_index, offset in enumerate(OFFSETS):
            scores += self._cache[numbers[positions + offset], column_index]
        for column in columns.values():
            column.extend([0] * (total - len(column)))
            scores += self.matrix[column]
        ends = np.cumsum([size for _, size in bounds])
        return list(np.split(scores, ends[:-1])) if bounds else []

    def _word(self, form: str, tag: str) -> int:
        number = self._words.get((form, tag))
        if number is not None:
            return number
        number = len(self._words)
        self._words[form, tag] = number
        if number >= len(self._cache):
            self._cache = np.concatenate([self._cache, np.zeros_like(self._cache)])
        values = [("w=EDGE", True, 1.0)] if (form, tag) == _EDGE else word_values(form, tag, self.vectors)
        for index, offset in enumerate(OFFSETS):
            sums = np.zeros(len(self.labels), np.float32)
            for name, shared, value in values:
                if offset and not shared:
                    continue
                template, _, rest = name.partition("=")
                row = self.rows.get(f"{template}[{offset}]", {}).get(rest, 0)
                if row:
                    sums += value * self.matrix[row]
            self._cache[number, index] = sums
        return number

    def best_labels(self, emissions: Sequence[Floats]) -> list[list[int]]:
        """The best label sequence of each sentence (Viterbi)."""
        padded, sizes = _padded(emissions)
        if padded.size == 0:
            return [[] for _ in emissions]
        count, length, labels = padded.shape
        score = padded[:, 0]
        back = np.zeros((count, length, labels), np.int32)
        for at in range(1, length):
            through = score[:, :, None] + self.transitions[None]
            back[:, at] = through.argmax(1)
            score = np.where((at < sizes)[:, None], through.max(1) + padded[:, at], score)
        best = score.argmax(1)
        paths: list[list[int]] = []
        for number, size in enumerate(sizes):
            label = int(best[number])
            path = [label] if size else []
            for at in range(int(size) - 1, 0, -1):
                label = int(back[number, at, label])
                path.append(label)
            paths.append(path[::-1])
        return paths

    def marginals(self, emissions: Sequence[Floats]) -> list[Floats]:
        """The probability of each label at each unit, given the whole sentence (forward-backward)."""
        padded, sizes = _padded(emissions)
        if padded.size == 0:
            return [np.zeros((0, len(self.labels)), np.float32) for _ in emissions]
        _, length, _ = padded.shape
        highest = float(self.transitions.max())
        moves = np.exp(self.transitions - highest).astype(np.float64)
        peaks = padded.max(2, keepdims=True)
        local = np.exp((padded - peaks).astype(np.float64))
        forward = np.zeros(padded.shape)
        backward = np.ones(padded.shape)
        forward[:, 0] = local[:, 0] / local[:, 0].sum(1, keepdims=True)
        for at in range(1, length):
            step = (forward[:, at - 1] @ moves) * local[:, at]
            forward[:, at] = step / step.sum(1, keepdims=True)
        for at in range(length - 2, -1, -1):
            step = (backward[:, at + 1] * local[:, at + 1]) @ moves.T
            step = step / step.sum(1, keepdims=True)
            backward[:, at] = np.where((at + 1 < sizes)[:, None], step, 1.0)
        product = forward * backward
        product /= product.sum(2, keepdims=True)
        return [product[number, :size].astype(np.float32) for number, size in enumerate(sizes)]


def _padded(emissions: Sequence[Floats]) -> tuple[Floats, npt.NDArray[np.int64]]:
    sizes = np.array([len(sentence) for sentence in emissions], np.int64)
    width = emissions[0].shape[1] if emissions else 0
    padded = np.zeros((len(emissions), int(sizes.max(initial=0)), width), np.float32)
    for number, sentence in enumerate(emissions):
        padded[number, : len(sentence)] = sentence
    return padded, sizes
