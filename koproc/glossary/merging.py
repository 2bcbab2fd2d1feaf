"""A person's decisions last: glossaries that people have reviewed, and a new one from the texts → one glossary, and what is different.

In: layers of reviewed rows, the first on top, and new rows. Out: every row once.

- A reviewed row *follows* the new row of its name if nobody has touched it: it still needs review, has no note, and its English is what
  koproc itself makes of the Korean where no text says more.
- Every other row *stands*: it keeps its Korean, English, kind, status, note, acronym and definition, and the new texts give it counts,
  sentences and further variants. Where they agree with English that needs review, the review is done.

A new row belongs to the row of the same name (`name_key`: spaces, hyphens, case and legal forms aside), else to the decided row that
has its name among its variants, else to one with the same English whose name is among its own variants. The kind must agree, except
where the new rows have that name in another kind only: then a person may have corrected it (persons and places must then agree in
English). What belongs to a rejected row is not proposed again. Rows that the new texts do not have are kept, with a count of 0.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ..document import GlossaryRow
from ..english import english_of_name, english_of_term
from ..lexicon import Lexicon
from ..lexicon.keys import name_key
from .layering import same_english, stacked
from .order import in_order
from .remarks import Remark, contradictions, in_order_told


@dataclass(frozen=True, slots=True)
class Merged:
    """The rows, in the order of every glossary, and the remarks, in the order of `What` and of the rows."""

    rows: tuple[GlossaryRow, ...]
    remarks: tuple[Remark, ...]


def merge(
    layers: Sequence[Sequence[GlossaryRow]],
    new: Sequence[GlossaryRow],
    *,
    lexicon: Lexicon | None = None,
    prune: bool = False,
) -> Merged:
    """Merge reviewed rows, the first layer on top, with the rows of new texts.

    A decision goes above what nobody decided, then the upper layer above the lower one. Within one layer nothing is taken away: two
    decisions that contradict each other both stay, with a remark. `lexicon`, the shipped one, says what koproc itself makes of a row's
    Korean; without it all English counts as a person's. `prune` drops rows that nobody decided or noted and that `new` does not have.

    >>> old = [GlossaryRow("너울AI", "Neoul AI", "ORG", status="approved", note="their own spelling")]
    >>> merged = merge([old], [GlossaryRow("너울 AI", "Noul AI", "ORG", count=4, en_source="gloss")])
    >>> [(row.ko, row.en, row.count, row.note, row.variants) for row in merged.rows]
    [('너울AI', 'Neoul AI', 4, 'their own spelling', ('너울 AI',))]
    >>> [remark.detail for remark in merged.remarks if remark.what == "changed"]
    ['the new texts give Noul AI (gloss); also written 너울 AI']
    """
    remarks: list[Remark] = []
    fresh = stacked([new], [])
    rows_above = stacked([*layers, [row for row in fresh if row.decided or row.note]], remarks)
    names = _by_name(fresh)
    followers = {id(row) for row in rows_above if _follows(row, names.get(name_key(row.ko), ()), lexicon)}
    standing = _Standing([row for row in rows_above if id(row) not in followers], fresh)
    led: dict[int, list[GlossaryRow]] = defaultdict(list)  # by the new row that they follow
    for row in rows_above:
        if id(row) in followers:
            led[id(_leader(row, names[name_key(row.ko)]))].append(row)
    rows: list[GlossaryRow] = []
    found: list[list[GlossaryRow]] = [[] for _ in standing.rows]
    for row in fresh:
        owners = standing.owners(row)
        for owner in owners:
            found[owner].append(row)
        if not owners:
            rows.append(_proposed(row, led[id(row)], standing, remarks))
    for owner, row in enumerate(standing.rows):
        if found[owner]:
            rows.append(_with_evidence(row, found[owner], standing, remarks))
        elif not prune or row.decided or row.note:
            rows.append(replace(row, count=0, documents=0, certainty=_certainty(row)))
            if row.status != "rejected":
                remarks.append(Remark(row.ko, row.en, "gone", "not in the new texts"))
    ordered = in_order(rows)
    remarks.extend(contradictions(ordered))
    return Merged(tuple(ordered), tuple(in_order_told(remarks)))


_CONFUSED = frozenset({"ORG", "PRODUCT", "TERM"})  # kinds that taggers take for each other


def _by_name(rows: Iterable[GlossaryRow]) -> dict[str, list[GlossaryRow]]:
    named: dict[str, list[GlossaryRow]] = defaultdict(list)
    for row in rows:
        named[name_key(row.ko)].append(row)
    return named


def _certainty(row: GlossaryRow) -> float:
    return 1.0 if row.status == "approved" else row.certainty


def _follows(row: GlossaryRow, same_name: Sequence[GlossaryRow], lexicon: Lexicon | None) -> bool:
    """Whether nobody has touched a row, and the new texts have it with other English."""
    if row.status != "needs review" or row.note or not same_name or any(same_english(row, other) for other in same_name):
        return False
    return lexicon is not None and _guess(row, lexicon) == row.en


def _guess(row: GlossaryRow, lexicon: Lexicon) -> str:
    """The English that a run gives where no text gives any."""
    return (english_of_term(row.ko, lexicon) if row.kind == "TERM" else english_of_name(row.ko, row.kind, lexicon)).text


def _leader(row: GlossaryRow, same_name: Sequence[GlossaryRow]) -> GlossaryRow:
    return next((other for other in same_name if other.kind == row.kind), same_name[0])


class _Standing:
    """The rows that stand, and which of them a new row belongs to."""

    def __init__(self, rows: list[GlossaryRow], new: Sequence[GlossaryRow]) -> None:
        self.rows = rows
        self._names: dict[str, list[int]] = defaultdict(list)
        self._variants: dict[str, list[int]] = defaultdict(list)
        for number, row in enumerate(rows):
            self._names[name_key(row.ko)].append(number)
            for key in {name_key(variant) for variant in row.variants}:
                self._variants[key].append(number)
        self._new = {(name_key(row.ko), row.kind) for row in new}
        self._new_names = frozenset(key for key, _ in self._new)
        self._taken = self._names.keys() | self._new_names

    def owners(self, new: GlossaryRow) -> list[int]:
        """The numbers of the rows that a new row belongs to; several where a person's rows share a name."""
        key = name_key(new.ko)
        named, called = self._names.get(key, []), self._variants.get(key, [])
        for candidates in (
            [number for number in named if self.rows[number].decided or same_english(self.rows[number], new)],
            [number for number in called if (self.rows[number].decided and not named) or self._gives(number, new.en)],
            named,
            [
                number
                for name in dict.fromkeys(map(name_key, new.variants))
                for number in self._names.get(name, [])
                if self._gives(number, new.en)
            ],
        ):
            fitting = [number for number in candidates if self.rows[number].kind == new.kind] or [
                number for number in candidates if self._corrected(self.rows[number], new)
            ]
            if fitting:
                return fitting
        return []

    def _corrected(self, row: GlossaryRow, new: GlossaryRow) -> bool:
        """Whether a person may have corrected the kind that the texts still give; a firm is not called a person but for its English."""
        found_as_it_is = (name_key(row.ko), row.kind) in self._new
        return not found_as_it_is and ({row.kind, new.kind} <= _CONFUSED or same_english(row, new))

    def _gives(self, number: int, en: str) -> bool:
        return self.rows[number].en.casefold() == en.casefold() != ""

    def names_of(self, row: GlossaryRow, more: Iterable[GlossaryRow]) -> tuple[str, ...]:
        """The variants of a row with those that other rows bring, except names that have a row of their own."""
        own = {name_key(name) for name in (row.ko, *row.variants)}
        names = dict.fromkeys(name for name in row.variants if name != row.ko)
        for other in more:
            for name in (other.ko, *other.variants):
                key = name_key(name)
                free = key not in self._names and (key == name_key(other.ko) or key not in self._new_names)
                if name != row.ko and (key in own or free):
                    names[name] = None
        return tuple(names)

    def without_taken(self, row: GlossaryRow) -> GlossaryRow:
        """A new row without the variants that are the name of another row."""
        own = name_key(row.ko)

        def free(name: str) -> bool:
            return name != row.ko and ((key := name_key(name)) == own or key not in self._taken)

        return replace(row, variants=tuple(filter(free, row.variants)))


def _proposed(row: GlossaryRow, followers: Sequence[GlossaryRow], standing: _Standing, remarks: list[Remark]) -> GlossaryRow:
    row = standing.without_taken(row)
    if not followers:
        remarks.append(Remark(row.ko, row.en, "new", f"{row.en_source}, {row.status}" if row.status else row.en_source))
        return row
    if former := ", ".join(dict.fromkeys(other.en for other in followers if other.en)):
        remarks.append(Remark(row.ko, row.en, "changed", f"was {former}, a guess; the new texts give {row.en} ({row.en_source})"))
    return replace(row, variants=standing.names_of(row, followers))


def _with_evidence(row: GlossaryRow, found: Sequence[GlossaryRow], standing: _Standing, remarks: list[Remark]) -> GlossaryRow:
    best = max(found, key=lambda other: (same_english(row, other), name_key(other.ko) == name_key(row.ko), other.status != "needs review"))
    merged = replace(
        row,
        count=sum(other.count for other in found),
        documents=max(other.documents for other in found),
        sentence=best.sentence or row.sentence,
        sentences=best.sentences or row.sentences,
        variants=standing.names_of(row, found),
        acronym=row.acronym or best.acronym,
        definition=row.definition or best.definition,
        certainty=_certainty(row),
    )
    if row.status == "needs review" and (not row.en or (best.status == "" and same_english(row, best))):
        status = row.status if row.note else best.status
        merged = replace(merged, en=row.en or best.en, en_source=best.en_source, certainty=best.certainty, status=status)
    if changes := "; ".join(_changes(row, merged, found)):
        remarks.append(Remark(merged.ko, merged.en, "changed", changes))
    if row.decided:
        remarks.append(Remark(row.ko, row.en, "decided", f"{row.status} in {row.layer}" if row.layer else row.status))
    return merged


def _changes(row: GlossaryRow, merged: GlossaryRow, found: Sequence[GlossaryRow]) -> Iterator[str]:
    """What the new texts have otherwise: English that is no guess, a definition, spellings."""
    known = [other for other in found if not other.decided and other.status != "needs review" and not same_english(merged, other)]
    for en, source in dict.fromkeys((other.en, other.en_source) for other in known):
        yield f"the new texts give {en} ({source})"
    if row.status == "needs review" and merged.status == "":
        yield f"the new texts have the same English ({merged.en_source})"
    for other in found:
        if row.status != "rejected" and other.definition and row.definition not in (None, other.definition):
            yield f"the new texts define it: {other.definition}"
    if row.status != "rejected" and (names := merged.variants[len(row.variants) :]):
        yield f"also written {', '.join(names)}"
