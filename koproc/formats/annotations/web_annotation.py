"""W3C Web Annotation (https://www.w3.org/TR/annotation-model/) as JSON-LD: one collection with one page. Offsets count code points.

Names, quantities, times and terms are classified, and described in English; claims and events are described. Each target is found by its
position or by its words with what stands around them. The source is the document's id, as an IRI relative to where the file lies unless it
is one by itself. The context is named, never loaded.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5

from ...document import Document
from ..json_lines import line_of
from ..phrases import interval
from .files import SURROGATES
from .standoff import Annotation, Warn, annotations_of

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_AROUND = 32  # characters before and after a quote, enough to tell it from its likes
_IRI = re.compile(r"(?:https?|urn|file|tag|info):\S+")
_CLASSES = {"quantity": "QUANTITY", "claim": "", "event": "", "term": "TERM"}


def write(documents: Iterable[Document], stream: BinaryIO, *, warn: Warn) -> None:
    """Write each annotation as soon as it comes.

    >>> import io, json
    >>> write([], stream := io.BytesIO(), warn=print)
    >>> json.loads(stream.getvalue())["total"]
    0
    """
    head = {"@context": CONTEXT, "id": "#collection", "type": "AnnotationCollection", "generator": _generator()}
    page = {"id": "#page", "type": "AnnotationPage", "startIndex": 0}
    stream.write(f'{line_of(head)[:-1]}, "first": {line_of(page)[:-1]}, "items": ['.encode())
    total = 0
    for document in documents:
        for item in _items(document):
            stream.write((",\n" if total else "\n").encode() + line_of(item).encode())
            total += 1
    stream.write(f'\n]}}, "total": {total}}}\n'.encode())


def _generator() -> dict[str, str]:
    return {"type": "Software", "name": "koproc"}


def _items(document: Document) -> Iterator[dict[str, Any]]:
    source = document.id if _IRI.fullmatch(document.id) else quote(SURROGATES.sub("\N{REPLACEMENT CHARACTER}", document.id))
    described = {quantity.id: interval(quantity) for quantity in document.quantities}
    described |= {time.id: time.value for time in document.times if time.value}
    for annotation in annotations_of(document):
        bodies = list(_bodies(annotation, described.get(annotation.id)))
        if bodies:
            yield {
                "id": f"urn:uuid:{uuid5(NAMESPACE_URL, f'{source}#{annotation.id}')}",
                "type": "Annotation",
                "motivation": bodies[0]["purpose"],
                "body": bodies,
                "target": {"source": source, "selector": _selectors(document.text, annotation.start, annotation.end)},
            }


def _bodies(annotation: Annotation, described: str | None) -> Iterator[dict[str, str]]:
    features = annotation.features
    label = features.get("label") or features.get("type") or _CLASSES.get(annotation.kind)
    if annotation.kind in ("part", "gloss"):
        return
    if label:
        yield {"type": "TextualBody", "purpose": "classifying", "value": str(label)}
    if features.get("en"):
        yield {"type": "TextualBody", "purpose": "describing", "value": str(features["en"]), "language": "en", "format": "text/plain"}
    if described:
        yield {"type": "TextualBody", "purpose": "describing", "value": described, "format": "text/plain"}


def _selectors(text: str, start: int, end: int) -> list[dict[str, Any]]:
    before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    return [
        {"type": "TextPositionSelector", "start": start, "end": end},
        {"type": "TextQuoteSelector", "exact": text[start:end], "prefix": before, "suffix": after},
    ]
