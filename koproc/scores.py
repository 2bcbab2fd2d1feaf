"""How good a tagger is: the records that `evaluation` makes and `formats` writes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

Span = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Score:
    """Exact-span figures: `right` of `found` mentions against `wanted` ones.

    >>> Score(right=8, found=10, wanted=16).f1
    0.6153846153846154
    """

    right: int
    found: int
    wanted: int

    @property
    def precision(self) -> float:
        """Share of what was found that is right; 0 if nothing was found."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Share of what is there that was found; 0 if nothing is there."""
        return self.right / self.wanted if self.wanted else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * self.right / (self.found + self.wanted) if self.found + self.wanted else 0.0


def span_scores(pairs: Iterable[tuple[Iterable[Span], Iterable[Span]]]) -> tuple[dict[str, Score], Score]:
    """Scores by label and over all, from (wanted, found) spans of each text.

    >>> labels, micro = span_scores([([(0, 3, "ORG")], [(0, 3, "ORG"), (5, 7, "LOC")])])
    >>> labels["ORG"].f1, micro.precision
    (1.0, 0.5)
    """
    right, found, wanted = Counter[str](), Counter[str](), Counter[str]()
    for gold, ours in pairs:
        known, told = set(gold), set(ours)
        wanted.update(label for _, _, label in known)
        found.update(label for _, _, label in told)
        right.update(label for _, _, label in known & told)
    labels = {label: Score(right[label], found[label], wanted[label]) for label in sorted(wanted | found)}
    return labels, Score(right.total(), found.total(), wanted.total())


@dataclass(frozen=True, slots=True)
class SpanError:
    """One wrong or missing mention. `got` is None for a missing one, `wanted` for one that is not there; both overlap otherwise."""

    text: str
    wanted: Span | None
    got: Span | None
    score: float
    source: str
    line: int | None


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Scores by label and over all, (wanted, got) label counts of overlapping spans (`O` for none), errors with the surest first."""

    labels: dict[str, Score]
    micro: Score
    confusion: Counter[tuple[str, str]]
    errors: list[SpanError]
