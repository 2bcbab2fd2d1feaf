"""A linear-chain conditional random field for inference alone: weights in, label scores and the best label sequence out.

Trained by CRFsuite (`training.py`), read here with numpy: no other library at run time. What a word contributes is summed once a word and
kept; what a place contributes is one gather a template. Sentences of a document go through Viterbi and forward-backward side by side.
Lafferty, McCallum and Pereira (2001), Conditional random fields.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import repeat
from typing import cast

import numpy as np
import numpy.typing as npt

from .features import OFFSETS, Value, WordVectors, all_word_features

Floats = npt.NDArray[np.float32]
_KEPT_WORDS = 60_000
_NUMBERS = 64  # the longest vector of numbers that a word can have
_NONE: dict[Value, int] = {}
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
        self.names = tuple(features)
        self.rows: dict[str, dict[Value, int]] = {}
        for row, feature in enumerate(features, 1):
            template, _, value = feature.partition("=")
            self.rows.setdefault(template, {})[tuple(value.split("|")) if "," in template else value] = row
        numeric = [self.rows.get(f"v{number}[0]", _NONE).get("", 0) for number in range(_NUMBERS)]
        self._numeric = self.matrix[numeric]
        self._words: dict[tuple[str, str], int] = {}
        self._cache = np.zeros((256, len(OFFSETS), len(labels)), np.float32)

    def emissions(
        self, sentences: Sequence[tuple[Sequence[tuple[str, str]], Mapping[str, Sequence[Value]]]], context: Sequence[Floats] = ()
    ) -> list[Floats]:
        """Label scores [unit, label] of each sentence, given its words (form, tag) and its `place_features`, and what an encoder says of it in
        numbers, if one does.
        """
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
                    column.extend(map(known.get, values, repeat(0)))
            at += len(words)
        numbers = np.array(ids)
        positions = np.concatenate([np.arange(start, start + size) for start, size in bounds]) if bounds else np.zeros(0, int)
        scores = np.zeros((total, len(self.labels)), np.float32)
        for column_index, offset in enumerate(OFFSETS):
            scores += self._cache[numbers[positions + offset], column_index]
        for column in columns.values():
            column.extend([0] * (total - len(column)))
            scores += self.matrix[column]
        if context:
            rows = [self.rows.get(f"x{number}", _NONE).get("", 0) for number in range(context[0].shape[1])]
            scores += np.concatenate(context) @ self.matrix[rows]
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
        edge = (form, tag) == _EDGE
        features = [("w=EDGE", True)] if edge else all_word_features(form, tag, self.vectors)
        named = [(*name.partition("=")[::2], shared) for name, shared in features]
        for index, offset in enumerate(OFFSETS):
            tables = [(self.rows.get(f"{template}[{offset}]"), value) for template, value, shared in named if offset == 0 or shared]
            rows = [row for table, value in tables if table is not None and (row := table.get(value, 0))]
            self._cache[number, index] = self.matrix[rows].sum(0)
        numbers = None if edge or self.vectors is None else self.vectors.numbers(form, tag)
        if numbers is not None:
            self._cache[number, OFFSETS.index(0)] += numbers @ self._numeric[: len(numbers)]
        return number

    def best_labels(self, emissions: Sequence[Floats]) -> list[list[int]]:
        """The best label sequence of each sentence (Viterbi)."""
        padded, order, active = _padded(emissions)
        paths: list[list[int]] = [[] for _ in emissions]
        if padded.size == 0:
            return paths
        length = len(padded)
        score = padded[0].copy()
        back = np.zeros(padded.shape, np.int32)
        rows = self.transitions.T[None]  # [1, to, from]
        for at in range(1, length):
            many = active[at]
            through = score[:many, None, :] + rows
            back[at, :many] = through.argmax(2)
            score[:many] = through.max(2) + padded[at, :many]
        best = score.argmax(1)
        pointers = cast("list[list[list[int]]]", back.tolist())
        for place, number in enumerate(order):
            size = len(emissions[number])
            label = int(best[place])
            path = [label] if size else []
            for at in range(size - 1, 0, -1):
                label = pointers[at][place][label]
                path.append(label)
            paths[number] = path[::-1]
        return paths

    def marginals(self, emissions: Sequence[Floats]) -> list[Floats]:
        """The probability of each label at each unit, given the whole sentence (forward-backward)."""
        padded, order, active = _padded(emissions)
        results: list[Floats] = [np.zeros((len(sentence), len(self.labels)), np.float32) for sentence in emissions]
        if padded.size == 0:
            return results
        length = len(padded)
        moves = np.exp(self.transitions - self.transitions.max()).astype(np.float64)
        local = np.exp((padded - padded.max(2, keepdims=True)).astype(np.float64))
        forward = np.zeros(padded.shape)
        backward = np.ones(padded.shape)
        forward[0] = local[0] / local[0].sum(1, keepdims=True)
        for at in range(1, length):
            many = active[at]
            step = (forward[at - 1, :many] @ moves) * local[at, :many]
            forward[at, :many] = step / step.sum(1, keepdims=True)
        for at in range(length - 2, -1, -1):
            many = active[at + 1]
            step = (backward[at + 1, :many] * local[at + 1, :many]) @ moves.T
            backward[at, :many] = step / step.sum(1, keepdims=True)
        product = forward * backward
        for place, number in enumerate(order):
            odds = product[: len(emissions[number]), place]
            results[number] = (odds / odds.sum(1, keepdims=True)).astype(np.float32)
        return results


def _padded(emissions: Sequence[Floats]) -> tuple[Floats, list[int], list[int]]:
    """Scores as [unit, sentence, label] with the longest sentence first, the order of the sentences, and how many go on at each unit."""
    order = sorted(range(len(emissions)), key=lambda number: -len(emissions[number]))
    longest = len(emissions[order[0]]) if order else 0
    padded = np.zeros((longest, len(order), emissions[0].shape[1] if order else 0), np.float32)
    for place, number in enumerate(order):
        padded[: len(emissions[number]), place] = emissions[number]
    active = [0] * longest
    for sentence in emissions:
        for at in range(len(sentence)):
            active[at] += 1
    return padded, order, active
