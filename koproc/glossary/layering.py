"""Several glossaries on top of each other → one row for each thing that is said of a name, and who overruled whom.

A decision goes above what nobody decided, a note above none, and then the upper layer above the lower one. Within one layer no decision is
taken away, so that two that contradict each other both come out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from ..document import GlossaryRow
from ..lexicon.keys import name_key
from .remarks import Remark


def same_english(first: GlossaryRow, second: GlossaryRow) -> bool:
    """Whether the English agrees; a row that has none yet agrees with any."""
    return not first.en or not second.en or first.en.casefold() == second.en.casefold()


def stacked(layers: Sequence[Sequence[GlossaryRow]], remarks: list[Remark]) -> list[GlossaryRow]:
    """The rows of all layers, the first on top, without those for which another answers; `remarks` takes in who overruled whom.

    >>> house, client = (GlossaryRow("너울", en, "ORG", status="approved", layer=layer) for en, layer in (("Neoul", "a.tsv"), ("Noul", "b.tsv")))
    >>> remarks: list[Remark] = []
    >>> [row.en for row in stacked([[house], [client]], remarks)], remarks[0].detail
    (['Neoul'], 'b.tsv has Noul, approved; a.tsv stands (approved)')
    """
    ranked = [(_weight(row), number, row) for number, layer in enumerate(layers) for row in layer]
    ranked.sort(key=lambda item: (*item[:2], item[2].ko, item[2].en, item[2].status, item[2].note))  # not the order of a file
    kept: dict[tuple[str, str], list[tuple[int, GlossaryRow]]] = defaultdict(list)
    for _, number, row in ranked:
        group = kept[name_key(row.ko), row.kind]
        place = _answer(row, number, group)
        if place is None:
            group.append((number, row))
            continue
        upper, winner = group[place]
        group[place] = (upper, _folded(winner, row, same_layer=upper == number))
        if upper != number and (lost := _lost(row, winner)):
            remarks.append(Remark(winner.ko, winner.en, "overruled", lost))
    return [row for group in kept.values() for _, row in group]


def _weight(row: GlossaryRow) -> int:
    return 0 if row.decided else 1 if row.note else 2 if row.status != "needs review" else 3


def _answer(row: GlossaryRow, number: int, group: Sequence[tuple[int, GlossaryRow]]) -> int | None:
    """Which of the rows above makes a row of the layer `number` superfluous."""
    for answers in (_says, _takes_in, _overrules):
        for place, (upper, winner) in enumerate(group):
            if answers(winner, row) and (answers is not _overrules or upper != number):
                return place
    return None


def _says(winner: GlossaryRow, row: GlossaryRow) -> bool:
    """Whether a row above says all that another does."""
    if row.decided:
        return (row.ko, row.en, row.status, row.note) == (winner.ko, winner.en, winner.status, winner.note)
    return same_english(row, winner) and row.note in ("", winner.note)


def _takes_in(winner: GlossaryRow, row: GlossaryRow) -> bool:
    """Whether a row above lacks only the note of another that nobody decided."""
    return not row.decided and same_english(row, winner) and not winner.note


def _overrules(winner: GlossaryRow, row: GlossaryRow) -> bool:
    """Whether a row above leaves no room for another: a rejected English says nothing about another English."""
    return same_english(row, winner) or "rejected" not in (row.status, winner.status)


def _folded(winner: GlossaryRow, row: GlossaryRow, *, same_layer: bool) -> GlossaryRow:
    """A row with what another adds that agrees with it."""
    if not same_english(winner, row) or (row.decided and row.status != winner.status):
        return winner
    return replace(
        winner,
        variants=tuple(dict.fromkeys(name for name in (*winner.variants, row.ko, *row.variants) if name != winner.ko)),
        acronym=winner.acronym or row.acronym,
        definition=winner.definition or row.definition,
        note=winner.note or row.note,
        count=winner.count + row.count if same_layer else winner.count,
        documents=max(winner.documents, row.documents) if same_layer else winner.documents,
    )


def _lost(row: GlossaryRow, winner: GlossaryRow) -> str:
    """What a row of a lower layer said that does not hold, or nothing."""
    if row.en == winner.en and not (row.decided and row.status != winner.status) and row.note in ("", winner.note):
        return ""
    said = ", ".join(filter(None, (row.en, row.status, f"note: {row.note}" if row.note not in ("", winner.note) else "")))
    return f"{row.layer or 'a lower layer'} has {said}; {winner.layer or 'the upper layer'} stands" + (
        f" ({winner.status})" if winner.decided else ""
    )
