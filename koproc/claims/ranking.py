"""Which of several candidates is meant: a linear model over their features, trained on labelled articles.

The weights come from `models/claims/` (JSON), made by `scripts/train_claims` with scikit-learn; scoring is a sum over a dict, so nothing
heavy is imported here.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Generic, Protocol, TypeVar

from ..errors import ResourceError
from ..resources import resource

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Candidate(Generic[Answer]):
    """One possible answer, and what speaks for and against it."""

    answer: Answer
    features: tuple[str, ...]


class Chooser(Protocol):
    """Picks one of several candidates for a field (subject, property, time) of the claim on the number at `start`."""

    def choose(self, field: str, start: int, candidates: Sequence[Candidate[Answer]]) -> Answer:
        """The answer of the best candidate."""


class Ranker:
    """A chooser with weights by field and feature.

    >>> Ranker({"subject": {"topic": 1.0}}).choose("subject", 0, [Candidate(None, ("none",)), Candidate("m1", ("topic",))])
    'm1'
    """

    def __init__(self, weights: Mapping[str, Mapping[str, float]]) -> None:
        self.weights = weights

    def choose(self, field: str, start: int, candidates: Sequence[Candidate[Answer]]) -> Answer:
        """The candidate with the highest sum of weights; the first of equals."""
        weight = self.weights[field].get
        best, highest = candidates[0], float("-inf")
        for candidate in candidates:
            score = 0.0
            for feature in candidate.features:
                score += weight(feature, 0.0)
            if score > highest:
                best, highest = candidate, score
        return best.answer


@cache
def shipped_ranker() -> Ranker:
    """The ranker with the weights in `models/claims/`."""
    path = resource("models", "claims", "weights.json")
    try:
        return Ranker(json.loads(path.read_text(encoding="utf-8")))
    except ValueError as err:
        raise ResourceError(f"{path}: not JSON ({err}); make it again with scripts/train_claims") from err
