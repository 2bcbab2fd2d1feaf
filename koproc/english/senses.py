"""Which English a noun of several senses has in a compound: in come the noun and the words beside it, out comes one English.

Each sense in `seeds/senses.tsv` names words that are typical beside it; the words of the compound are compared with those in the static
embedding. The first sense of a noun is its usual one, which another has to be clearly nearer to displace:

    발전<TAB>power generation<TAB>태양광 풍력 화력 …
    발전<TAB>development<TAB>균형 지역 경제 …
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from ..resources import read_table, resource

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

# Chosen on tests/cases/senses/dev.jsonl: one near word is chance, all of them blur a sense that is used in several fields.
_NEAREST = 4
_MARGIN = 0.05  # how much nearer another sense must be than the usual one
_HANGUL = re.compile("[가-힣]+")
_LONGEST = 6  # syllables of a word that the embedding knows
_AROUND = 0.5  # what the nouns of the sentence weigh against those of the compound


def sense(word: str, beside: Sequence[str], around: Sequence[str] = ()) -> str | None:
    """The English of a noun among the other words of its compound; None for a noun with one sense, for which any dictionary will do.

    `around` are further nouns of its sentence, which weigh less. Words that the embedding does not know say nothing.

    >>> sense("발전", ["태양광", "설비"]), sense("발전", ["지역", "균형"]), sense("반도체", ["장비"])
    ('power generation', 'development', None)
    >>> sense("발전", [])
    'power generation'
    """
    english = _senses().get(word)
    if english is None:
        return None
    near = [x + _AROUND * y for x, y in zip(_mean(word, beside), _mean(word, around), strict=True)]
    near[0] += _MARGIN
    return english[near.index(max(near))][0]


def known_words(sentences: Iterable[str]) -> list[str]:
    """The words of sentences that the embedding knows, without what follows them in their eojeol (설비는).

    >>> known_words(["태양광 설비의 발전량"])
    ['태양광', '설비', '발전량']
    """
    from ..embedding import shipped_embedding

    known = shipped_embedding().words
    found = []
    for eojeol in _HANGUL.findall(" ".join(sentences)):
        size = next((size for size in range(min(len(eojeol), _LONGEST), 1, -1) if eojeol[:size] in known), None)
        if size is not None:
            found.append(eojeol[:size])
    return found


def _mean(word: str, others: Iterable[str]) -> list[float]:
    """How near words are on average to each sense of a noun, zeros where nothing is known."""
    known = [found for other in others for part in other.split() if (found := _nearness(word, part)) is not None]
    return [sum(column) / len(known) for column in zip(*known, strict=True)] if known else [0.0] * len(_senses()[word])


@lru_cache(maxsize=100_000)
def _nearness(word: str, other: str) -> tuple[float, ...] | None:
    """Mean cosine similarity of a word and the nearest typical neighbours of each sense; None if the embedding does not know it."""
    vector = _direction(other)
    if vector is None:
        return None
    matrix, ends = _neighbours(word)
    cosines: list[float] = (matrix @ vector).tolist()
    nearest = [sorted(cosines[start:end])[-_NEAREST:] for start, end in zip([0, *ends], ends, strict=False)]
    return tuple(sum(best) / len(best) for best in nearest)


@cache
def _neighbours(word: str) -> tuple[npt.NDArray[np.float32], list[int]]:
    """Directions of the typical neighbours of all senses of a noun, [neighbour, dimension], and where each sense ends."""
    import numpy as np

    vectors = [[_direction(neighbour) for neighbour in near] for _, near in _senses()[word]]
    known = [[vector for vector in group if vector is not None] for group in vectors]
    ends = np.cumsum([len(group) for group in known]).tolist()
    return np.stack([vector for group in known for vector in group]), ends


def _direction(word: str) -> npt.NDArray[np.float32] | None:
    """The vector of a word with length 1, None if the embedding does not know it."""
    from ..embedding import shipped_embedding  # numpy, and 20 MB mapped

    vector = shipped_embedding().vector(word)
    length = float(vector @ vector) ** 0.5
    return vector / length if length else None


@cache
def _senses() -> dict[str, list[tuple[str, tuple[str, ...]]]]:
    """English and typical neighbours of each sense, by noun."""
    senses: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for ko, en, near in read_table(resource("seeds", "senses.tsv"), ("ko", "en", "near")):
        senses.setdefault(ko, []).append((en, tuple(near.split())))
    return senses
