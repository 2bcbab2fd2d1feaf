"""The pairs that a machine may load: what no person has rejected and what has English, each form of a name once.

In: rows. Out: pairs with their rows made plain, and what was left out or changed.
"""

from __future__ import annotations

from collections.abc import Iterable

from ...document import GlossaryRow
from .changes import Change
from .plain import plain
from .variants import expanded


def loadable(rows: Iterable[GlossaryRow]) -> tuple[list[tuple[str, str, GlossaryRow]], list[Change]]:
    """Pairs of Korean and English with the row of each, and the changes in the order of the rows.

    >>> pairs, changes = loadable([GlossaryRow("너울", "Neoul", "ORG", variants=("너울社",)), GlossaryRow("칩", "", "TERM")])
    >>> [(ko, en) for ko, en, _ in pairs], changes[0].reason
    ([('너울', 'Neoul'), ('너울社', 'Neoul')], 'it has no English')
    """
    usable, changes = loadable_rows(rows)
    return list(expanded(usable)), changes


def loadable_rows(rows: Iterable[GlossaryRow]) -> tuple[list[GlossaryRow], list[Change]]:
    """The rows that give a pair which no row before them gives, made plain, and the changes in the order of the rows.

    >>> usable, changes = loadable_rows([GlossaryRow("너울", "Neoul", "ORG")] * 2)
    >>> len(usable), changes[0].reason
    (1, 'the same Korean and English as a row before it')
    """
    usable, changes = [], []
    pairs: set[tuple[str, str]] = set()
    for row in rows:
        made, changed = plain(row)
        new = {(ko, en) for ko, en, _ in expanded([made])} - pairs
        reason = _why_not(made) or ("" if new else "the same Korean and English as a row before it")
        if reason:
            changes.append(Change(row.ko, row.en, "left out", reason))
        else:
            pairs |= new
            usable.append(made)
            changes.extend(changed)
    return usable, changes


def _why_not(row: GlossaryRow) -> str:
    if row.status == "rejected":
        return "a person has rejected it"
    if not row.ko:
        return "it has no Korean"
    return "" if row.en else "it has no English"
