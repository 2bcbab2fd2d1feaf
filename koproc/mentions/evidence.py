"""Candidates of the rules and the lexicon → columns beside the units: what each unit is, according to them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from .units import Unit
from .view import Candidate


def evidence_columns(
    units: Sequence[Unit], candidates: Iterable[Candidate], names: Iterable[Candidate], amounts: Iterable[Candidate] = ()
) -> dict[str, list[str]]:
    """`rule`: label, edge and kind of evidence of the chosen candidates; `name`: labels that the lexicon knows there, chosen or not;
    `amount`: quantities and times.

    >>> evidence_columns([Unit(0, 3, "화웨이", "NNP", True)], [Candidate(0, 3, "ORG", 0.97, "lexicon", "name")], [])["rule"]
    ['B-ORG:lexicon']
    """
    rule, kind, name, amount = ([""] * len(units) for _ in range(4))
    starts = {unit.start: number for number, unit in enumerate(units)}
    for candidate in candidates:
        for number, prefix in _covered(units, starts, candidate):
            rule[number] = f"{prefix}-{candidate.label}:{candidate.source}"
            kind[number] = f"{prefix}-{candidate.label}:{_kind(candidate.evidence)}"
    for candidate in names:
        for number, prefix in _covered(units, starts, candidate):
            name[number] += f"{prefix}-{candidate.label} "
    for candidate in amounts:
        for number, prefix in _covered(units, starts, candidate):
            amount[number] = f"{prefix}-{candidate.label}"
    columns = {"rule": rule, "evidence": kind, "name": name}
    return columns | {"amount": amount} if amounts else columns


def _kind(evidence: str) -> str:
    """The evidence without the words that it quotes: before 대표 → before."""
    return " ".join(word for word in evidence.split() if word.isascii())[:24]


def _covered(units: Sequence[Unit], starts: dict[int, int], candidate: Candidate) -> Iterable[tuple[int, str]]:
    first = starts.get(candidate.start)
    if first is None:
        return
    number = first
    while number < len(units) and units[number].start < candidate.end:
        yield number, "B" if number == first else "I"
        number += 1
