"""Candidates of the rules and the lexicon → columns beside the units: what each unit is, according to them. Linear in the text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from ..document import Document
from .units import Unit, sentence_units
from .view import Candidate


def evidenced_sentences(
    document: Document, candidates: Iterable[Candidate], names: Iterable[Candidate], amounts: Iterable[Candidate] = ()
) -> list[tuple[list[Unit], dict[str, list[str]]]]:
    """The units of each sentence with the columns of the candidates that begin in it."""
    sentences = list(sentence_units(document))
    starts = [units[0].start for units in sentences]
    parts = [_by_sentence(starts, kind) for kind in (candidates, names, amounts)]
    return [(units, evidence_columns(units, *(part[number] for part in parts))) for number, units in enumerate(sentences)]


def _by_sentence(starts: list[int], candidates: Iterable[Candidate]) -> list[list[Candidate]]:
    parts: list[list[Candidate]] = [[] for _ in starts]
    for candidate in candidates:
        if (number := bisect_right(starts, candidate.start) - 1) >= 0:
            parts[number].append(candidate)
    return parts


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
