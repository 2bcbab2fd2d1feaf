"""A linear-chain conditional random field for inference alone: weights in, label scores and the best label sequence out.

Trained by CRFsuite (`training.py`), read here with numpy: no other library at run time. What a word contributes is summed once a word and
kept; what a place contributes is one search and one gather a template. Sentences of a document go through Viterbi and forward-backward side by side.
Lafferty, McCallum and Pereira (2001), Conditional random fields.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import repeat
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from .features import OFFSETS, Part, WordVectors, all_word_features, edges, template_parts

Answer = TypeVar("Answer")
Floats = npt.NDArray[np.float32]
Place = tuple[tuple[Part, ...], npt.NDArray[np.int64], npt.NDArray[np.int64]]  # a template, its values as sorted numbers, their rows
_KEPT_WORDS = 60_000
_NUMBERS = 64  # the longest vector of numbers that a word can have
_NONE: dict[str, int] = {}
_PADDED = 50_000  # units that may be padded side by side; an article of a hundred sentences has less than ten thousand
_MARGIN = 3  # units between sentences: one after the end of a sentence, two before the next
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
        self.rows: dict[str, dict[str, int]] = {}
        places: dict[str, list[tuple[list[str], int]]] = {}
        for row, feature in enumerate(features, 1):
            template, _, value = feature.partition("=")
            if template[-1] == "]" or not value:  # of words, where the template names the offset, and of numbers
                self.rows.setdefault(template, {})[value] = row
            else:
                places.setdefault(template, []).append((value.split("|"), row))
        self._symbols: dict[str, int] = {}
        self._places = self._coded(places)
        numeric = [self.rows.get(f"v{number}[0]", _NONE).get("", 0) for number in range(_NUMBERS)]
        self._numeric = self.matrix[numeric]
        self._words: dict[tuple[str, str], int] = {}
        self._cache = np.zeros((256, len(OFFSETS), len(labels)), np.float32)

    def _coded(self, places: Mapping[str, Sequence[tuple[list[str], int]]]) -> list[Place]:
        """Templates with each value as one number: its parts as digits to the base of how many different parts there are."""
        symbols = self._symbols
        for values in places.values():
            for parts, _ in values:
                for part in parts:
                    symbols.setdefault(part, len(symbols) + 1)  # 0 is for unknown ones
        coded = []
        for template, values in places.items():
            wanted = template_parts(template)
            fitting = [(self._code([symbols[part] for part in parts]), row) for parts, row in values if len(parts) == len(wanted)]
            fitting.sort()
            codes, rows = np.array([code for code, _ in fitting], np.int64), np.array([row for _, row in fitting], np.int64)
            if len(fitting):
                coded.append((wanted, codes, rows))
        return coded

    def _code(self, parts: Sequence[Any]) -> Any:
        """One number for several, which may be arrays."""
        code = parts[0]
        for part in parts[1:]:
            code = code * (len(self._symbols) + 1) + part
        return code

    def emissions(
        self, sentences: Sequence[tuple[Sequence[tuple[str, str]], Mapping[str, Sequence[str]]]], context: Sequence[Floats] = ()
    ) -> list[Floats]:
        """Label scores [unit, label] of each sentence, given its words (form, tag) and its `place_columns`, and what an encoder says of it in
        numbers, if one does.
        """
        if not sentences:
            return []
        if len(self._words) >= _KEPT_WORDS:
            self._words.clear()
        sizes = [len(words) for words, _ in sentences]
        starts = np.cumsum([_MARGIN, *(size + _MARGIN for size in sizes[:-1])])
        positions = np.concatenate([np.arange(start, start + size) for start, size in zip(starts, sizes, strict=True)])
        margin = [self._word(*_EDGE)] * _MARGIN
        ids = [*margin]
        for words, _ in sentences:
            ids += [self._word(*word) for word in words]
            ids += margin
        numbers = np.array(ids)
        scores = np.zeros((len(positions), len(self.labels)), np.float32)
        for index, offset in enumerate(OFFSETS):
            scores += self._cache[numbers[positions + offset], index]
        columns: dict[str, npt.NDArray[np.int64]] = {}
        for parts, codes, rows in self._places:
            for name, _ in parts:
                if name not in columns:
                    columns[name] = self._column(name, sentences)
            wanted = self._code([columns[name][positions + offset] for name, offset in parts])
            found = np.searchsorted(codes, wanted)
            found[found == len(codes)] = 0
            scores += self.matrix[np.where(codes[found] == wanted, rows[found], 0)]
        if context:
            numeric = [self.rows.get(f"x{number}", _NONE).get("", 0) for number in range(context[0].shape[1])]
            scores += np.concatenate(context) @ self.matrix[numeric]
        return list(np.split(scores, np.cumsum(sizes)[:-1]))

    def _column(
        self, name: str, sentences: Sequence[tuple[Sequence[tuple[str, str]], Mapping[str, Sequence[str]]]]
    ) -> npt.NDArray[np.int64]:
        """A column of all sentences as numbers, with what stands at the edges in the margins between them."""
        known = self._symbols.get
        before, after = (known(edge, 0) for edge in edges(name))
        numbers = [before] * _MARGIN
        for words, columns in sentences:
            values = columns.get(name)
            numbers += map(known, values, repeat(0)) if values is not None else repeat(known("", 0), len(words))
            numbers += [after, *[before] * (_MARGIN - 1)]
        return np.array(numbers, np.int64)

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
        return _alike_together(emissions, self._best_labels)

    def _best_labels(self, emissions: Sequence[Floats]) -> list[list[int]]:
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
        label = score.argmax(1)
        best = np.empty(padded.shape[:2], np.int32)  # [unit, sentence]
        places = np.arange(len(order))
        for at in range(length - 1, -1, -1):
            many = active[at]  # a sentence joins at its last unit
            best[at, :many] = label[:many]
            label[:many] = back[at, places[:many], label[:many]]
        for place, number in enumerate(order):
            paths[number] = best[: len(emissions[number]), place].tolist()
        return paths

    def marginals(self, emissions: Sequence[Floats]) -> list[Floats]:
        """The probability of each label at each unit, given the whole sentence (forward-backward)."""
        return _alike_together(emissions, self._marginals)

    def _marginals(self, emissions: Sequence[Floats]) -> list[Floats]:
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


def _alike_together(emissions: Sequence[Floats], solve: Callable[[Sequence[Floats]], list[Answer]]) -> list[Answer]:
    """The answer for each sentence. Where there are many, those of about the same length are solved together: beside one endless
    sentence all others would be padded to its length."""
    longest = max(map(len, emissions), default=0)
    if longest * len(emissions) <= _PADDED:
        return solve(emissions)
    alike: dict[int, list[int]] = {}
    for number, sentence in enumerate(emissions):
        alike.setdefault(len(sentence).bit_length(), []).append(number)
    answers = {number: answer for some in alike.values() for number, answer in zip(some, solve([emissions[n] for n in some]), strict=True)}
    return [answers[number] for number in range(len(emissions))]


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
