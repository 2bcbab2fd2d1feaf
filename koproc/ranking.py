"""Which of several candidates is meant: a linear model over their features, trained on labelled articles.

The weights come from `models/*/weights.json`, made by `scripts/train_claims` and `scripts/train_glosses` with scikit-learn; scoring is a sum
over a dict, so nothing heavy is imported here. Facts come in groups, which recur: a group is spelled out as features, and their weights summed, once.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from typing import Any, Generic, Protocol, TypeVar

from .errors import ResourceError
from .resources import resource

Answer = TypeVar("Answer")
Group = tuple[Any, ...]  # a function that spells facts out as features, and the facts
_KEPT = 50_000


@dataclass(slots=True)  # not frozen: dozens are made for each number of a text, and freezing triples what one costs
class Candidate(Generic[Answer]):
    """One possible answer, and groups of facts that speak for and against it."""

    answer: Answer
    groups: tuple[Group, ...]

    @property
    def features(self) -> tuple[str, ...]:
        """All features of all groups, each once."""
        return tuple(dict.fromkeys(feature for spell, *facts in self.groups for feature in spell(*facts)))


class Chooser(Protocol):
    """Picks one of several candidates for a field (subject, boundary …) of what stands at `start`."""

    def choose(self, field: str, start: int, candidates: Sequence[Candidate[Answer]]) -> Answer:
        """The answer of the best candidate."""


class Ranker:
    """A chooser with weights by field and feature.

    >>> topic, nothing = Candidate("m1", ((pairs, "topic"),)), Candidate(None, ((pairs, "none"),))
    >>> Ranker({"subject": {"topic": 1.0}}).choose("subject", 0, [nothing, topic])
    'm1'
    """

    def __init__(self, weights: Mapping[str, Mapping[str, float]]) -> None:
        self.weights = weights
        self._sums: dict[str, dict[Group, float]] = {field: {} for field in weights}

    def choose(self, field: str, start: int, candidates: Sequence[Candidate[Answer]]) -> Answer:
        """The candidate with the highest sum of weights; the first of equals."""
        sums = self._sums[field]
        if len(sums) > _KEPT:
            sums.clear()
        best, highest = candidates[0], float("-inf")
        for candidate in candidates:
            score = 0.0
            for group in candidate.groups:
                try:
                    score += sums[group]
                except KeyError:
                    score += self._sum(field, group)
            if score > highest:
                best, highest = candidate, score
        return best.answer

    def _sum(self, field: str, group: Group) -> float:
        weight = self.weights[field].get
        spell, *facts = group
        self._sums[field][group] = total = sum([weight(feature, 0.0) for feature in spell(*facts)])
        return total


def told(*facts: str) -> tuple[str, ...]:
    """Facts as features, each as it is.

    >>> told("before", "topic")
    ('before', 'topic')
    """
    return facts


def pairs(*facts: str) -> list[str]:
    """Facts as features, alone and two by two; empty ones say nothing.

    >>> pairs("before", "", "topic")
    ['before', 'topic', 'before&topic']
    """
    told = list(filter(None, facts))
    return told + list(map("&".join, combinations(told, 2)))


@cache
def shipped_ranker(name: str) -> Ranker:
    """The ranker with the weights in `models/NAME/`."""
    path = resource("models", name, "weights.json")
    try:
        return Ranker(json.loads(path.read_text(encoding="utf-8")))
    except ValueError as err:
        raise ResourceError(f"{path}: not JSON ({err}); make it again with scripts/train_{name}") from err
