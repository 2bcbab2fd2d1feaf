"""Claims of many articles → what they agree on, and where they contradict each other: a fold over statements.

Two statements are about one fact if subject, property, qualifier, unit and the kind of change are the same and their times are equal.
They agree if their values are equal to the digits that the coarser of them states (2조 9천억 and 2조 9,350억), and contradict each other
if not. Only different articles are set against each other: within one, two values are mostly two facts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from ..document import Mention, Quantity, Reference
from ..moments import day_span
from ..statements import Statement

Fact = tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Agreement:
    """Statements that say the same, in the order in which they were read."""

    statements: tuple[Statement, ...]

    @property
    def best(self) -> Statement:
        """The statement that stands for all: with the most digits, then with the most parts."""
        return max(self.statements, key=_precision)

    @property
    def documents(self) -> tuple[str, ...]:
        """The ids of the documents that say it, each once."""
        return tuple(dict.fromkeys(row.document for row in self.statements))


def merge(rows: Iterable[Statement]) -> list[Agreement]:
    """Each distinct claim or event once, with every statement of it. A statement without a subject stays alone.

    >>> merge([])
    []
    """
    groups: dict[Fact, list[list[Statement]]] = {}
    ordered: list[list[Statement]] = []
    for row in rows:
        fact = _fact(row)
        known = groups.setdefault(fact, []) if fact is not None else []
        same = next((group for group in known if _agree(group[0], row)), None)
        if same is not None:
            same.append(row)
            continue
        group = [row]
        known.append(group)
        ordered.append(group)
    return [Agreement(tuple(group)) for group in ordered]


def contradictions(agreements: Iterable[Agreement]) -> Iterator[tuple[Agreement, ...]]:
    """Groups of claims on the same fact with different values, from different articles.

    >>> list(contradictions([]))
    []
    """
    facts: dict[Fact, list[Agreement]] = {}
    for agreement in agreements:
        fact = _fact(agreement.statements[0])
        if fact is not None:
            facts.setdefault(fact, []).append(agreement)
    for group in facts.values():
        against = [one for one in group if any(_set_against(one, other) for other in group if other is not one)]
        if len(against) > 1:
            yield tuple(against)


def _set_against(one: Agreement, other: Agreement) -> bool:
    return not set(one.documents) & set(other.documents)


def _fact(row: Statement) -> Fact | None:
    """What a statement is about, apart from its value; None where that cannot be told."""
    if row.subject is None or row.property is None:
        return None
    what = (_name(row.subject), _name(row.property), _name(row.qualifier))
    if row.quantity is None:
        return ("event", *what, _name(row.baseline)) if row.baseline is not None else None
    time = row.time.value if row.time and row.time.value else None
    compared = _name(row.baseline) if row.change == "by" or row.quantity.dimension in ("multiple", "percent") else None
    return ("claim", *what, row.quantity.unit, row.quantity.per, row.change if row.change == "by" else "is", time, compared)


def _name(part: Mention | Reference | None) -> str | None:
    if part is None:
        return None
    return part.entity.casefold() if isinstance(part, Mention) else "".join(part.text.split()).casefold()


def _agree(one: Statement, other: Statement) -> bool:
    if one.quantity is None or other.quantity is None:
        return one.quantity is other.quantity and _same_time(one, other)
    if one.direction and other.direction and one.direction != other.direction:
        return False
    return _same_value(one.quantity, other.quantity)


def _same_time(one: Statement, other: Statement) -> bool:
    """Times of an event agree if one holds the other: 2027 and 2027-Q1."""
    first = day_span(one.time.value) if one.time and one.time.value else None
    second = day_span(other.time.value) if other.time and other.time.value else None
    if first is None or second is None:
        return True
    return (first[0] <= second[0] and second[1] <= first[1]) or (second[0] <= first[0] and first[1] <= second[1])


def _same_value(one: Quantity, other: Quantity) -> bool:
    if one.nominal is not None and other.nominal is not None and _rounded_alike(one.nominal, other.nominal):
        return True
    lows, highs = (one.low, other.low), (one.high, other.high)
    if None not in lows and None not in highs and one.low == one.high and other.low == other.high:
        return one.low == other.low
    below = one.high is not None and other.low is not None and one.high < other.low
    above = other.high is not None and one.low is not None and other.high < one.low
    return not (below or above)


def _rounded_alike(one: Decimal, other: Decimal) -> bool:
    """Whether two numbers are the same to the digits of the coarser one."""
    if one == other:
        return True
    step = max(_last_place(one), _last_place(other))
    return abs(one - other) < step and one.quantize(step) == other.quantize(step) if step < max(abs(one), abs(other)) else False


def _last_place(value: Decimal) -> Decimal:
    """The place of the last digit that is not zero: 0.01 of 2.35, 1000 of 12000."""
    _, digits, exponent = value.normalize().as_tuple()
    return Decimal(1).scaleb(int(exponent)) if any(digits) else Decimal(0)


def _precision(row: Statement) -> tuple[int, int]:
    nominal = row.quantity.nominal if row.quantity else None
    parts = (row.subject, row.property, row.qualifier, row.baseline, row.time, row.attribution, row.former)
    return len(nominal.normalize().as_tuple().digits) if nominal is not None else 0, sum(part is not None for part in parts)
