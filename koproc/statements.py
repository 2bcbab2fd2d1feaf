"""Claims and events of a document as rows of one kind, each with its parts in place of ids: what tables, filters and merging read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from .document import Claim, ClaimTime, Direction, Document, Event, Mention, Modality, Quantity, Reference


@dataclass(frozen=True, slots=True)
class Statement:
    """A claim or an event as a row.

    `is_event`: it tells a dated act rather than a number; then `property` is the action, and `baseline` the object. `amount` and
    `former_amount` are the words of the text for `quantity` and for the one that it comes from; `sentence` is the clause that says it.
    """

    document: str
    published: date | None
    id: str
    is_event: bool
    en: str
    subject: Mention | Reference | None
    property: Reference | None
    qualifier: Reference | None
    quantity: Quantity | None
    amount: str
    former: Quantity | None
    former_amount: str
    baseline: Mention | Reference | None
    direction: Direction | None
    change: str | None
    time: ClaimTime | None
    attribution: Mention | Reference | None
    modality: Modality
    quoted: bool
    start: int
    end: int
    sentence: str


def statements(document: Document) -> Iterator[Statement]:
    """The claims, then the events, of a document, as rows.

    >>> list(statements(Document(id="a", text="")))
    []
    """
    for claim in document.claims:
        yield _of_claim(document, claim)
    for event in document.events:
        yield _of_event(document, event)


def _of_claim(document: Document, claim: Claim) -> Statement:
    quantity = document.quantity(claim.quantity)
    former = document.quantity(claim.from_) if claim.from_ is not None else None
    return Statement(
        document.id,
        document.published,
        claim.id,
        False,
        claim.en,
        document.referent(claim.subject),
        claim.property,
        claim.qualifier,
        quantity,
        document.text[quantity.full_start : quantity.full_end],
        former,
        document.text[former.full_start : former.full_end] if former else "",
        document.referent(claim.baseline),
        claim.direction,
        claim.change,
        claim.time,
        document.referent(claim.attribution),
        claim.modality,
        claim.quoted,
        claim.start,
        claim.end,
        document.text[claim.start : claim.end],
    )


def _of_event(document: Document, event: Event) -> Statement:
    return Statement(
        document.id,
        document.published,
        event.id,
        True,
        event.en,
        document.referent(event.subject),
        event.action,
        None,
        None,
        "",
        None,
        "",
        document.referent(event.object),
        None,
        None,
        event.time,
        document.referent(event.attribution),
        event.modality,
        event.quoted,
        event.start,
        event.end,
        document.text[event.start : event.end],
    )
