"""Spans from a tool that keeps only spans + what koproc had found → the annotations after a person's corrections.

doccano and Label Studio give back spans and labels; the rest of a document travels beside, as a record that they do not touch. A span
belongs to the annotation with its id, else to the one that it covers exactly, else to one that it overlaps and nobody else claims: that
was moved. What belongs to none was added; an annotation that no span belongs to was deleted.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ...document import Document
from ...errors import InputError
from ..json_lines import from_record, to_record
from ..offsets import Offsets, OffsetUnit, in_unit
from .standoff import Annotation, Kind, Scalar, Warn, annotations_of, head_of

_NEAR = 8  # how many annotations before the end of a span are looked at for one that it overlaps
_OF_THE_NAME = ("en", "en_source", "entity")  # no longer true when a name is moved to other characters


@dataclass(frozen=True, slots=True)
class Found:
    """A span that a tool gives back, with what the tool says of it."""

    start: int
    end: int
    features: dict[str, Scalar]
    kind: Kind = "mention"
    id: str = ""


def carried(document: Document, unit: OffsetUnit = "codepoint") -> dict[str, Any]:
    """The record of a document without its text, to travel beside it.

    >>> carried(Document(id="a", text="칩"), "utf16")["offset_unit"]
    'utf16'
    """
    record = in_unit(to_record(document), Offsets(document.text, unit))
    del record["text"]
    return {"schema": record.pop("schema"), "offset_unit": unit, **record}


def known(record: Any, text: str, *, source: str, warn: Warn) -> tuple[dict[str, Any], list[Annotation]]:
    """Head and annotations of a record that `carried` made; without one, or with one that does not fit the text, there are none.

    >>> known(None, "칩", source="a", warn=print)
    ({}, [])
    """
    if record is None:
        return {}, []
    try:
        document = from_record(record | {"text": text})
    except (InputError, TypeError) as err:
        reason = err.reason if isinstance(err, InputError) else "it is no record"
        warn(f"{source}: what koproc had found does not fit the text ({reason}); only spans and labels are read")
        return {}, []
    return head_of(document), annotations_of(document)


def corrected(known: Sequence[Annotation], found: Iterable[Found], kinds: Collection[Kind]) -> list[Annotation]:
    """Known annotations of `kinds` as the spans say, in the order of the spans; those of other kinds unchanged.

    A name that was moved to other characters loses its English, unless the tool says what it is.

    >>> known = [Annotation("mention", "m1", 0, 2, {"label": "ORG", "en": "Samsung"})]
    >>> moved = corrected(known, [Found(0, 4, {"label": "ORG"})], ["mention"])
    >>> [(annotation.id, annotation.end, annotation.features) for annotation in moved]
    [('m1', 4, {'label': 'ORG'})]
    """
    spans = list(found)
    free = {annotation.id: annotation for annotation in known if annotation.kind in kinds}
    owners: list[Annotation | None] = [free.pop(span.id) if _is(free.get(span.id), span) else None for span in spans]
    places = {(annotation.kind, annotation.start, annotation.end): id for id, annotation in free.items()}
    for at, span in enumerate(spans):
        if owners[at] is None and (id := places.pop((span.kind, span.start, span.end), "")):
            owners[at] = free.pop(id)
    rest = sorted(free.values(), key=lambda annotation: annotation.start)
    starts = [annotation.start for annotation in rest]
    for at, span in enumerate(spans):
        if owners[at] is None:
            end = bisect_left(starts, span.end)
            before = rest[max(0, end - _NEAR) : end]
            touched = (a.id for a in before if a.id in free and a.kind == span.kind and span.start < a.end)
            owners[at] = free.pop(next(touched, ""), None)
    kept = [annotation for annotation in known if annotation.kind not in kinds]
    return [_after(span, owner) for span, owner in zip(spans, owners, strict=True)] + kept


def _is(annotation: Annotation | None, span: Found) -> bool:
    return annotation is not None and annotation.kind == span.kind


def _after(span: Found, owner: Annotation | None) -> Annotation:
    if owner is None:
        return Annotation(span.kind, "", span.start, span.end, span.features, {})
    features = owner.features
    moved = (span.start, span.end) != (owner.start, owner.end)
    if span.kind == "mention" and (moved or span.features.get("en", features.get("en")) != features.get("en")):
        features = {key: value for key, value in features.items() if key not in _OF_THE_NAME}
    return replace(owner, start=span.start, end=span.end, features=features | span.features)
