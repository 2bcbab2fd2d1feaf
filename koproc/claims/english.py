"""English for claims and events, made from their fields by templates: one sentence each."""

from __future__ import annotations

import re
from calendar import month_name
from decimal import Decimal
from typing import overload

from ..document import Claim, ClaimTime, Document, Event, Quantity, Reference
from ..lexicon import Lexicon
from ..lexicon.nouns import modifiers, nouns
from ..lexicon.romanization import romanize
from ..transliteration import decide
from .vocabulary import properties, unit_names

_PER = {
    "초": "second",
    "분": "minute",
    "시간": "hour",
    "인": "person",
    "명": "person",
    "일": "day",
    "월": "month",
    "년": "year",
    "주": "share",
}
_SCALES = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"))
_TIMES = {"전년 동기": "the same period a year earlier", "전년": "the previous year", "작년": "last year", "지난해": "last year"}


def noun(surface: str, lexicon: Lexicon) -> str:
    """English of a noun or noun run: known property, lexicon entry, its parts, and romanization for what nobody knows.

    >>> noun("점유율", Lexicon(()))
    'market share'
    """
    known = _known(surface, lexicon)
    if known is not None:
        return known
    for size in range(len(surface) - 1, 1, -1):  # a known head: AI 칩 생산량
        head = _common(surface[-size:].lstrip(), lexicon)
        if head is not None:
            rest = surface[:-size].strip(" ·()‘’“”")
            return f"{noun(rest, lexicon)} {head}" if rest else head
    return " ".join(_word(word, lexicon) for word in re.split(r"[\s·]+", surface) if word)


def as_reference(text: str, start: int, end: int, lexicon: Lexicon) -> Reference:
    """A span as a part of a claim, with its English."""
    surface = text[start:end]
    return Reference(start, end, surface, noun(surface, lexicon))


@overload
def translated(reference: Reference | None, lexicon: Lexicon) -> Reference | None: ...
@overload
def translated(reference: str | Reference | None, lexicon: Lexicon) -> str | Reference | None: ...
def translated(reference: str | Reference | None, lexicon: Lexicon) -> str | Reference | None:
    """A part of a claim with its English; a mention has its own."""
    if not isinstance(reference, Reference) or reference.en is not None:
        return reference
    return Reference(reference.start, reference.end, reference.text, noun(reference.text, lexicon))


def _known(surface: str, lexicon: Lexicon) -> str | None:
    if (known := properties().get(surface)) is not None:
        return known
    entry = lexicon.get(surface)
    return entry.en if entry is not None and entry.kind != "TERM" else _common(surface, lexicon)


def _common(surface: str, lexicon: Lexicon) -> str | None:
    """A part of a compound is a common noun, never a name: 전세가 does not hold SEGA."""
    if known := properties().get(surface) or nouns().get(surface) or modifiers().get(surface):
        return known
    entry = lexicon.get(surface)
    return entry.en if entry is not None and entry.kind == "TERM" else None


def _word(word: str, lexicon: Lexicon) -> str:
    return _known(word, lexicon) or (word if word.isascii() else decide(word).text.lower())


def quantity_phrase(quantity: Quantity, noun_of_unit: str | None = None) -> str:
    """A quantity in English: KRW 3.5 trillion, 15–20%, at least 3 times, about 40 people."""
    low, high = quantity.low, quantity.high
    if low is not None and high is not None and low != high and quantity.high_inclusive:
        phrase = _with_unit(f"{_number(low, quantity)}–{_number(high, quantity)}", quantity, noun_of_unit)
    elif low is not None and high is not None and low != high:
        if quantity.approximate == "over":
            phrase = "more than " + _with_unit(_number(low, quantity), quantity, noun_of_unit)
        else:
            phrase = _with_unit(f"{_number(low, quantity)}–{_number(high, quantity)}", quantity, noun_of_unit)
    elif low is None and high is not None:
        phrase = ("at most " if quantity.high_inclusive else "less than ") + _with_unit(_number(high, quantity), quantity, noun_of_unit)
    elif high is None and low is not None:
        phrase = ("at least " if quantity.low_inclusive else "more than ") + _with_unit(_number(low, quantity), quantity, noun_of_unit)
    else:
        phrase = _with_unit(_number(low or Decimal(0), quantity), quantity, noun_of_unit)
    if quantity.approximate in ("about", "under") and low == high:
        phrase = ("about " if quantity.approximate == "about" else "nearly ") + phrase
    return f"{phrase} per {_PER.get(quantity.per, 'unit')}" if quantity.per else phrase


def _number(value: Decimal, quantity: Quantity) -> str:
    for scale, word in _SCALES:
        if abs(value) >= scale and quantity.dimension in ("money", "count"):
            return f"{_plain(value / scale)} {word}"
    return _plain(value)


def _plain(value: Decimal) -> str:
    text = f"{value.normalize():,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _with_unit(number: str, quantity: Quantity, noun_of_unit: str | None) -> str:
    unit = quantity.unit
    if quantity.dimension == "money":
        return f"{unit} {number}"
    if unit == "%":
        return f"{number}%"
    if unit.startswith("개 "):
        return f"{number} {noun_of_unit or 'items'}"
    if quantity.dimension == "rank":
        return f"No. {number}"
    if quantity.dimension == "ordinal" and number.isdecimal():
        return _ordinal(int(number))
    if quantity.dimension == "multiple" and quantity.low == quantity.high and quantity.low in _PARTS:
        return _PARTS[quantity.low]
    name = unit_names().get(unit, unit)
    return f"{number} {_singular(name) if number == '1' else name}"


_PARTS = {
    Decimal("0.5"): "half",
    Decimal("0.25"): "a quarter",
    Decimal("0.2"): "a fifth",
    Decimal("0.75"): "three quarters",
    Decimal("0.1"): "a tenth",
}
_IRREGULAR = {
    "people": "person",
    "households": "household",
    "copies": "copy",
    "countries": "country",
    "companies": "company",
    "cases": "case",
}


def _singular(name: str) -> str:
    """The singular of the name of a unit: days → day."""
    if name in _IRREGULAR:
        return _IRREGULAR[name]
    if name.endswith("ies"):
        return f"{name[:-3]}y"
    if name.endswith(("ches", "shes", "xes", "sses")):
        return name[:-2]
    return name[:-1] if name.endswith("s") and not name.endswith("ss") and len(name) > 3 else name


def _ordinal(number: int) -> str:
    """1st, 2nd, 3rd, 11th."""
    suffix = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{suffix}"


def time_phrase(text: str, value: str | None) -> str:
    """A time in English: its resolved value, or the usual phrase for a comparison period."""
    comparing = "동기" in text or "같은" in text
    for korean, en in _TIMES.items():
        if text == korean or (comparing and text.replace(" ", "").startswith(korean.replace(" ", ""))):
            return _TIMES["전년 동기"] if comparing else en
    if value is not None:
        return value
    if match := re.fullmatch(r"(?:(?P<year>\S+)\s)?(?P<quarter>[1-4])분기", text):
        year = nouns().get(match["year"] or "", "")
        return f"Q{match['quarter']} {year}".strip()
    if match := re.fullmatch(r"(?P<month>\d{1,2})월", text):
        return month_name[int(match["month"])] if int(match["month"]) <= 12 else ""
    return " ".join(known for word in text.split() if (known := nouns().get(word)))


def _reference_en(document: Document, reference: str | Reference | None) -> str | None:
    if reference is None:
        return None
    if isinstance(reference, str):
        return document.mention(reference).en
    return reference.en or romanize(reference.text)


def claim_sentence(document: Document, claim: Claim) -> str:
    """One English sentence of a claim, as in `LX-400: performance 70–75% of H200 (reported)`."""
    quantity = document.quantity(claim.quantity)
    unit_noun = claim.property.en if claim.property and quantity.unit.startswith("개 ") else None
    amount = quantity_phrase(quantity, unit_noun)
    subject = _reference_en(document, claim.subject)
    prop = None if unit_noun else (claim.property.en if claim.property else None)
    baseline = _reference_en(document, claim.baseline)
    words: list[str] = []
    if prop and prop != unit_names().get(quantity.unit):
        words.append(prop)
    if baseline and _is_comparison(claim):
        words.append(f"{amount} {'higher' if claim.direction == 'up' else 'lower'} than {baseline}")
        baseline = None
    else:
        words.extend(_movement(document, claim, amount))
    if baseline:
        if quantity.dimension in ("percent", "multiple") and claim.direction is None:
            words.append(f"{'of' if quantity.dimension == 'percent' else 'that of'} {baseline}")
        elif quantity.dimension == "multiple" and claim.change == "to":
            words.append(f"that of {baseline}")
        else:
            words.append(f"compared with {baseline}")
    body = " ".join(words)
    return (f"{subject}: {body}" if subject else body[:1].upper() + body[1:]) + _frame(
        document, claim.modality, claim.time, claim.attribution
    )


_PAST = re.compile(r"전년|작년|지난|동기|분기|전월|전날|[년월일]$|[년월]\s?[말초]$|예상|전망|계획|\d일?\s전$")


def _is_comparison(claim: Claim) -> bool:
    """30% higher than H200: a difference to a thing, not a change since a time."""
    past = isinstance(claim.baseline, Reference) and _PAST.search(claim.baseline.text) is not None
    return claim.direction is not None and claim.change == "by" and claim.from_ is None and not past


def _movement(document: Document, claim: Claim, amount: str) -> list[str]:
    origin = quantity_phrase(document.quantity(claim.from_)) if claim.from_ is not None else None
    if claim.direction is None:
        return [amount] if origin is None else [f"from {origin} to {amount}"]
    future = claim.modality in ("planned", "estimated")
    verb = {"up": "to rise" if future else "rose", "down": "to fall" if future else "fell"}[claim.direction]
    return [f"{verb} from {origin} to {amount}" if origin else f"{verb} {claim.change or 'by'} {amount}"]


def event_sentence(document: Document, event: Event) -> str:
    """One English sentence of an event, as in `Gaon Nano: launch of LX-400 (planned, 2027)`."""
    subject = _reference_en(document, event.subject)
    obj = _reference_en(document, event.object)
    action = event.action.en or romanize(event.action.text)
    body = f"{action} of {obj}" if obj else action
    return (f"{subject}: {body}" if subject else body[:1].upper() + body[1:]) + _frame(
        document, event.modality, event.time, event.attribution
    )


def _frame(document: Document, modality: str, time: ClaimTime | None, attribution: str | Reference | None) -> str:
    parts = [modality] if modality != "asserted" else []
    if time is not None:
        parts.append(time.value or time_phrase(time.text, None))
    source = _reference_en(document, attribution)
    if source:
        parts.append(f"according to {source}")
    parts = [part for part in parts if part]
    return f" ({', '.join(parts)})" if parts else ""
