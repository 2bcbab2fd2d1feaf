"""What the tables say in words: intervals, Korean phrases of claims, and text made safe for a terminal.

A claim and an event become the same `Statement`, so that each format lays out one kind of row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from ..document import Claim, ClaimTime, Document, EnglishSource, Event, Mention, Modality, Quantity, Reference

# English that was made from the sound or the parts of the Korean: a guess that a person should check.
_GUESSED: frozenset[EnglishSource] = frozenset({"romanization", "transliteration", "composition", "mt"})
_SPACE = re.compile("[\t\n\v\f\r\x1c-\x1f\x85\u2028\u2029]+")
# Control pictures for C0 and DEL; replacement characters for C1, lone surrogates and the controls that reorder text.
_VISIBLE = {
    **{code: 0x2400 + code for code in range(32)},
    0x7F: 0x2421,
    **dict.fromkeys((*range(0x80, 0xA0), *range(0xD800, 0xE000), *range(0x202A, 0x202F), *range(0x2066, 0x206A)), 0xFFFD),
}


@dataclass(frozen=True, slots=True)
class Statement:
    """A claim or an event as a row: its phrases, and the record that it came from."""

    id: str
    ko: str
    en: str
    quantity: Quantity | None
    time: ClaimTime | None
    attribution: Mention | Reference | None
    modality: Modality
    record: Claim | Event


def statements(document: Document) -> Iterator[Statement]:
    """Claims, then events, of a document, as rows.

    >>> list(statements(Document(id="a", text="")))
    []
    """
    records: tuple[Claim | Event, ...] = (*document.claims, *document.events)
    for record in records:
        quantity = document.quantity(record.quantity) if isinstance(record, Claim) else None
        ko = _claim_phrase(document, record) if isinstance(record, Claim) else _event_phrase(document, record)
        attribution = document.referent(record.attribution)
        yield Statement(record.id, ko, record.en, quantity, record.time, attribution, record.modality, record)


def _claim_phrase(document: Document, claim: Claim) -> str:
    amount = full_text(document, document.quantity(claim.quantity))
    if claim.from_ is not None:
        amount = f"{full_text(document, document.quantity(claim.from_))} → {amount}"
    if claim.direction is not None:
        amount += " ↑" if claim.direction == "up" else " ↓"
    baseline = surface(document, claim.baseline)
    if baseline and not baseline.endswith(("대비", "보다")):
        baseline += " 대비"
    return _joined(surface(document, claim.subject), surface(document, claim.property), amount, baseline, claim.time)


def _event_phrase(document: Document, event: Event) -> str:
    return _joined(surface(document, event.subject), surface(document, event.object), event.action.text, "", event.time)


def _joined(*parts: str | ClaimTime | None) -> str:
    texts = (part.text if isinstance(part, ClaimTime) else part for part in parts)
    return " · ".join(one_line(text) for text in texts if text)


def surface(document: Document, reference: str | Reference | None) -> str:
    """The Korean of a claim's part; empty for none.

    >>> surface(Document(id="a", text=""), None)
    ''
    """
    found = document.referent(reference)
    return found.text if found is not None else ""


def full_text(document: Document, quantity: Quantity) -> str:
    """A quantity as the text has it, with 약, 이상 and the like."""
    return one_line(document.text[quantity.full_start : quantity.full_end])


def interval(quantity: Quantity) -> str:
    """A quantity's interval in mathematical signs.

    >>> from koproc.document import Quantity
    >>> interval(Quantity("q1", 0, 2, "3배", 0, 5, Decimal(3), None, True, False, Decimal(3), None, "배", "multiple"))
    '≥ 3 배'
    """
    low, high = quantity.low, quantity.high
    if low is not None and low == high:
        number = ("≈ " if quantity.approximate == "about" else "") + digits(low, grouped=True)
    elif low is not None and high is not None and quantity.low_inclusive and quantity.high_inclusive:
        number = f"{digits(low, grouped=True)} – {digits(high, grouped=True)}"
    elif low is not None and high is not None:
        signs = ("≤" if quantity.low_inclusive else "<", "≤" if quantity.high_inclusive else "<")
        number = f"{digits(low, grouped=True)} {signs[0]} x {signs[1]} {digits(high, grouped=True)}"
    elif low is not None:
        number = ("≥ " if quantity.low_inclusive else "> ") + digits(low, grouped=True)
    elif high is not None:
        number = ("≤ " if quantity.high_inclusive else "< ") + digits(high, grouped=True)
    else:
        number = "?"
    unit = f" {quantity.unit}" if quantity.unit else ""
    return number + unit + (f" / {quantity.per}" if quantity.per else "")


def digits(value: Decimal, *, grouped: bool = False) -> str:
    """A number in plain digits, without zeros that say nothing.

    >>> digits(Decimal("1250.50"), grouped=True), digits(Decimal("1E+3"))
    ('1,250.5', '1000')
    """
    text = f"{value:,f}" if grouped else f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def guessed(en_source: EnglishSource) -> bool:
    """Whether English from this source is a guess, marked with `?`.

    >>> guessed("romanization"), guessed("lexicon")
    (True, False)
    """
    return en_source in _GUESSED


def one_line(text: str) -> str:
    r"""Text without line breaks and tabs.

    >>> one_line("삼성\r\n전자")
    '삼성 전자'
    """
    return _SPACE.sub(" ", text)


def visible(text: str) -> str:
    r"""Text on one line in which no character can drive a terminal: ESC becomes a sign that looks like one.

    >>> visible("\x1b[31m빨강")
    '␛[31m빨강'
    """
    return one_line(text).translate(_VISIBLE)
