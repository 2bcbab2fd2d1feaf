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
    baseline: Mention | Reference | None
    time: ClaimTime | None
    attribution: Mention | Reference | None
    modality: Modality
    quoted: bool
    start: int
    end: int
    sentence: str
    qualifier: Reference | None = None
    quantity: Quantity | None = None
    amount: str = ""
    former: Quantity | None = None
    former_amount: str = ""
    direction: Direction | None = None
    change: str | None = None


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
        document=document.id,
        published=document.published,
        id=claim.id,
        is_event=False,
        en=claim.en,
        subject=document.referent(claim.subject),
        property=claim.property,
        qualifier=claim.qualifier,
        quantity=quantity,
        amount=document.text[quantity.full_start : quantity.full_end],
        former=former,
        former_amount=document.text[former.full_start : former.full_end] if former else "",
        baseline=document.referent(claim.baseline),
        direction=claim.direction,
        change=claim.change,
        time=claim.time,
        attribution=document.referent(claim.attribution),
        modality=claim.modality,
        quoted=claim.quoted,
        start=claim.start,
        end=claim.end,
        sentence=document.text[claim.start : claim.end],
    )


def _of_event(document: Document, event: Event) -> Statement:
    return Statement(
        document=document.id,
        published=document.published,
        id=event.id,
        is_event=True,
        en=event.en,
        subject=document.referent(event.subject),
        property=event.action,
        baseline=document.referent(event.object),
        time=event.time,
        attribution=document.referent(event.attribution),
        modality=event.modality,
        quoted=event.quoted,
        start=event.start,
        end=event.end,
        sentence=document.text[event.start : event.end],
    )
