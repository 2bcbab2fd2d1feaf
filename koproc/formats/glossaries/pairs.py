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
    ([('너울', 'Neoul'), ('너울社', 'Neoul')], 'no English')
    """
    pairs: dict[tuple[str, str], GlossaryRow] = {}
    changes = []
    for row in rows:
        made, changed = plain(row)
        new = {(ko, en): owner for ko, en, owner in expanded([made]) if (ko, en) not in pairs}
        reason = _why_not(made) or ("" if new else "the same Korean and English as a row before it")
        if reason:
            changes.append(Change(row.ko, row.en, "left out", reason))
        else:
            pairs.update(new)
            changes.extend(changed)
    return [(ko, en, row) for (ko, en), row in pairs.items()], changes


def _why_not(row: GlossaryRow) -> str:
    if row.status == "rejected":
        return "rejected"
    if not row.ko:
        return "no Korean"
    return "" if row.en else "no English"
