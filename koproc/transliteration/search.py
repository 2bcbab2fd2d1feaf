"""Two beams over one speller: spellings of any letters, and spellings whose words are all listed, cut where a syllable begins."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .jamo import syllable_starts, tokens
from .network import Speller
from .vocabulary import WIDTH, Vocabulary

_TRUST = 0.5  # what a nat of word frequency counts beside a nat of the speller
_CUT, _SHORT, _SHORTEST = -5.0, -5.0, 2  # what a cut costs, and a piece of so few letters
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Effort:
    """Hypotheses of the beam of any letters and of that of listed words, continuations looked up in the vocabulary at each unit, and spellings
    that are read back.
    """

    open: int
    listed: int
    tried: int
    read: int


WIDE = Effort(8, 48, 320, 48)  # for candidates
NARROW = Effort(6, 16, 96, 16)  # for one answer: half the time, one name in 200 worse


@dataclass(frozen=True, slots=True)
class Spelling:
    """Letters with a space at each cut; `chunks` are the speller's, `frequency` the sum over words or None where one is not listed."""

    text: str
    chunks: tuple[int, ...]
    log_probability: float
    frequency: float | None


@dataclass(slots=True)
class _Beam:
    """Hypotheses side by side; `listed` says of which beam, the rest is of use to listed ones only."""

    score: npt.NDArray[np.float64]
    chunks: Ints
    cuts: npt.NDArray[np.bool_]
    state: npt.NDArray[np.float32]
    listed: npt.NDArray[np.bool_]
    number: npt.NDArray[np.uint64]
    length: Ints
    frequency: npt.NDArray[np.float64]


def spellings(word: str, speller: Speller, vocabulary: Vocabulary, effort: Effort = WIDE) -> list[Spelling]:
    """Spellings of a Hangul word in no order, none twice; time and memory grow as its length does."""
    units = tokens(word)
    if not units or any(not len(speller.choices[unit]) for unit in units):
        return []
    starts = syllable_starts(word)
    seen = speller.read(units)
    contexts = speller.contexts(seen)
    beam = _Beam(
        np.zeros(2),
        np.zeros((2, 0), dtype=np.int64),
        np.zeros((2, 0), dtype=np.bool_),
        np.zeros((2, speller.state_size), dtype=np.float32),
        np.array([False, True]),
        np.zeros(2, dtype=np.uint64),
        np.zeros(2, dtype=np.int64),
        np.zeros(2),
    )
    for at, unit in enumerate(units):
        previous = beam.chunks[:, -1] if at else np.zeros(2, dtype=np.int64)
        scores, beam.state = speller.write(unit, seen[at], contexts[at], previous, beam.state)
        beam = _advanced(beam, beam.score[:, None] + scores, speller, unit, vocabulary, effort, cut=at > 0 and at in starts)
    return _finished(beam, speller, vocabulary)


def _advanced(
    beam: _Beam, scores: npt.NDArray[np.float64], speller: Speller, unit: int, vocabulary: Vocabulary, effort: Effort, *, cut: bool
) -> _Beam:
    choices = speller.choices[unit]
    width = len(choices)
    free = np.flatnonzero(~beam.listed)
    flat = scores[free].ravel()
    best = _top(flat, effort.open)
    parents, picks, totals = free[best // width], best % width, flat[best]
    none = len(best)
    # listed: each goes on, and where its word is complete also begins another
    source = np.flatnonzero(beam.listed)
    number, length, frequency = beam.number[source], beam.length[source], beam.frequency[source]
    begins = np.zeros(len(source), dtype=np.bool_)
    if cut and len(source):
        complete = vocabulary.log_frequency(number, length)
        done = np.flatnonzero(np.isfinite(complete) & (length > 0))
        spent = frequency[done] + complete[done] + _CUT + np.where(length[done] <= _SHORTEST, _SHORT, 0.0)
        source = np.concatenate([source, source[done]])
        number = np.concatenate([number, np.zeros(len(done), dtype=np.uint64)])
        length = np.concatenate([length, np.zeros(len(done), dtype=np.int64)])
        frequency = np.concatenate([frequency, spent])
        begins = np.concatenate([begins, np.ones(len(done), dtype=np.bool_)])
    tried = _top((scores[source] + _TRUST * frequency[:, None]).ravel(), effort.tried)
    rows, columns = tried // width, tried % width
    chunk = choices[columns]
    longer = length[rows] + speller.lengths[chunk]
    fits = longer <= WIDTH
    rows, columns, chunk, longer = rows[fits], columns[fits], chunk[fits], longer[fits]
    powers = np.uint64(27) ** speller.lengths[chunk].astype(np.uint64)
    numbers = number[rows] * powers + speller.numbers[chunk]
    low, high = vocabulary.ranges(numbers, longer)
    alive = np.flatnonzero(high > low)
    rows, columns, longer, numbers = rows[alive], columns[alive], longer[alive], numbers[alive]
    outlook = vocabulary.commonest(low[alive], high[alive])
    reached = scores[source[rows], columns]
    kept = _top(reached + _TRUST * (frequency[rows] + outlook), effort.listed)
    rows = rows[kept]
    all_parents = np.concatenate([parents, source[rows]])
    all_chunks = choices[np.concatenate([picks, columns[kept]])]
    zeros = np.zeros(none, dtype=np.int64)
    return _Beam(
        np.concatenate([totals, reached[kept]]),
        np.concatenate([beam.chunks[all_parents], all_chunks[:, None]], axis=1),
        np.concatenate([beam.cuts[all_parents], np.concatenate([zeros.astype(np.bool_), begins[rows]])[:, None]], axis=1),
        beam.state[all_parents],
        np.concatenate([zeros.astype(np.bool_), np.ones(len(kept), dtype=np.bool_)]),
        np.concatenate([zeros.astype(np.uint64), numbers[kept]]),
        np.concatenate([zeros, longer[kept]]),
        np.concatenate([zeros.astype(np.float64), frequency[rows]]),
    )


def _top(values: npt.NDArray[np.float64], size: int) -> Ints:
    """Places of the greatest values, in no order."""
    if len(values) <= size:
        return np.arange(len(values))
    return np.argpartition(-values, size - 1)[:size]


def _finished(beam: _Beam, speller: Speller, vocabulary: Vocabulary) -> list[Spelling]:
    complete = vocabulary.log_frequency(beam.number, beam.length)
    found: dict[str, Spelling] = {}
    for at in range(len(beam.score)):
        listed = bool(beam.listed[at])
        if listed and (not np.isfinite(complete[at]) or not beam.length[at]):
            continue
        parts = ((" " if cut else "") + speller.chunks[chunk] for chunk, cut in zip(beam.chunks[at], beam.cuts[at], strict=True))
        text = "".join(parts)
        if not text.strip():
            continue
        total = float(beam.frequency[at] + complete[at]) if listed else None
        score = float(beam.score[at])
        before = found.get(text)
        if before is not None and before.frequency is None and listed:
            before = None
        if before is None:
            found[text] = Spelling(text, tuple(map(int, beam.chunks[at])), score, total)
        elif not (listed is False and before.frequency is not None):
            best = before if before.log_probability >= score else Spelling(text, tuple(map(int, beam.chunks[at])), score, total)
            found[text] = Spelling(text, best.chunks, float(np.logaddexp(before.log_probability, score)), total)
    return list(found.values())
