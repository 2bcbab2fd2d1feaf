"""What a merge tells of single rows, and the contradictions among the rows of a glossary."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from ..document import GlossaryRow
from ..lexicon.keys import name_key

What = Literal["contradiction", "overruled", "changed", "new", "gone", "decided"]
_ORDER: tuple[What, ...] = get_args(What)


@dataclass(frozen=True, slots=True)
class Remark:
    """What a person may want to know of a row: that it is new, what changed, what contradicts it, which file decided it.

    >>> Remark("너울", "Neoul", "overruled", "client.tsv has Noul, approved; house.tsv stands").what
    'overruled'
    """

    ko: str
    en: str
    what: What
    detail: str


def in_order_told(remarks: Iterable[Remark]) -> list[Remark]:
    """What matters most first."""
    return sorted(remarks, key=lambda remark: (_ORDER.index(remark.what), remark.ko, remark.en))


def contradictions(rows: Sequence[GlossaryRow]) -> Iterator[Remark]:
    """Rows that cannot both be right, or that a reader could not tell apart: each group once, with its first row."""
    korean: dict[tuple[str, str], list[GlossaryRow]] = defaultdict(list)
    english: dict[tuple[str, str], list[GlossaryRow]] = defaultdict(list)
    for row in rows:
        korean[name_key(row.ko), row.kind].append(row)
        if row.en and row.status != "rejected":
            english[row.en.casefold(), row.kind].append(row)
    for group in korean.values():
        usable = {row.en.casefold(): row for row in reversed(group) if row.en and row.status != "rejected"}
        first, *others = reversed(usable.values()) if usable else (group[0],)
        if others:
            yield Remark(first.ko, first.en, "contradiction", f"two English for one term: also {_listed(others, 'en')}")
        for row in group:
            if row.status == "rejected" and (other := usable.get(row.en.casefold())) and other.status == "approved":
                yield Remark(row.ko, row.en, "contradiction", f"both approved{_where(other)} and rejected{_where(row)}")
    for group in english.values():
        distinct = {name_key(row.ko): row for row in reversed(group)}
        first, *others = reversed(distinct.values())
        if others:
            yield Remark(first.ko, first.en, "contradiction", f"one English for two terms: also {_listed(others, 'ko')}")


def _listed(rows: Iterable[GlossaryRow], field: Literal["ko", "en"]) -> str:
    return ", ".join(f"{getattr(row, field)}{_where(row)}" for row in rows)


def _where(row: GlossaryRow) -> str:
    return f" ({row.layer})" if row.layer else ""
