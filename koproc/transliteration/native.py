"""Whether a Hangul word is a loanword, by its syllables: 삼성 and 한화 are not spelled back, 네이버 is.

Logistic regression over syllables and pairs of them; the weights are part of the model.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping


def syllable_features(word: str) -> Iterator[str]:
    """Syllables, pairs and edges of a word.

    >>> list(syllable_features("구글"))
    ['구', '글', '^구', '구글', '글$', '#2']
    """
    yield from word
    bounded = f"^{word}$"
    for at in range(len(bounded) - 1):
        yield bounded[at : at + 2]
    yield f"#{min(len(word), 5)}"


def loan_probability(word: str, weights: Mapping[str, float]) -> float:
    """How likely a word is foreign. An unknown syllable says nothing."""
    total = weights.get("", 0.0) + sum(weights.get(feature, 0.0) for feature in syllable_features(word))
    return 1 / (1 + math.exp(-max(min(total, 30.0), -30.0)))
