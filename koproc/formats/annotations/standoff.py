"""A document as a flat row of annotations, each a span with features and links: the shape that annotation tools share.

Names, quantities, times, claims, events, glosses and terms are annotations of that kind; a piece of text that plays a part in a claim
without being any of them is a `part`. A claim or event links to what takes part in it: `links={"subject": "m1", "quantity": "q1"}`.

What comes back may have passed through a person's hands: spans moved, labels changed, annotations added without a thing that koproc
knows of them, or deleted although a claim names them. `to_document` takes all of that: what is missing gets the plainest value, a
claim loses the part that is gone, and goes with its quantity; each loss is one warning.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import count
from typing import Any, Literal

from ...document import SCHEMA, Claim, Document, Event, Gloss, Mention, Quantity, Term, Time
from ...errors import InputError
from ..json_lines import from_record, to_record, written_fields

Kind = Literal["mention", "quantity", "time", "claim", "event", "gloss", "term", "part"]
Scalar = str | int | float | bool | None
Warn = Callable[[str], None]

LAYERS: dict[Kind, tuple[str, type]] = {
    "mention": ("mentions", Mention),
    "quantity": ("quantities", Quantity),
    "time": ("times", Time),
    "claim": ("claims", Claim),
    "event": ("events", Event),
    "gloss": ("glosses", Gloss),
    "term": ("terms", Term),
}
_HEAD = ("id", "title", "byline", "subheads", "agency", "published", "sentences")
_PREFIXES = {"mention": "m", "quantity": "q", "time": "t", "claim": "c", "event": "e", "gloss": "g", "term": "x", "part": "p"}
ROLES: dict[Kind, tuple[str, ...]] = {
    "claim": ("quantity", "from", "subject", "property", "qualifier", "baseline", "time", "attribution"),
    "event": ("subject", "action", "object", "time", "attribution"),
}
_AMOUNTS = ("quantity", "from")  # roles that only a quantity can play
_NAMED = ("subject", "baseline", "object", "attribution")  # roles that a mention plays by its id
_REQUIRED: dict[Kind, str] = {"claim": "quantity", "event": "action"}
_PLAIN: dict[Kind, dict[str, Scalar]] = {
    "mention": {"en": "", "score": 1.0, "source": "rule", "evidence": "annotator"},
    "quantity": {
        **dict.fromkeys(("low", "high", "nominal", "approximate", "per")),
        "low_inclusive": True,
        "high_inclusive": True,
        "unit": "",
        "dimension": "",
    },
    "time": {"type": "DATE", "value": None},
    "claim": {"direction": None, "change": None, "modality": "asserted", "en": "", "quoted": False},
    "event": {"modality": "asserted", "en": "", "quoted": False},
    "gloss": {"gloss": ""},
    "term": {"en": "", "en_source": "same"},
}


@dataclass(frozen=True, slots=True)
class Annotation:
    """A span of the text: its kind, its id, its features, and the ids that it links to, by role.

    >>> Annotation("mention", "m1", 0, 3, {"label": "ORG", "en": "NAVER"}).features["en"]
    'NAVER'
    """

    kind: Kind
    id: str
    start: int
    end: int
    features: dict[str, Scalar]
    links: dict[str, str] | None = None


def head_of(document: Document) -> dict[str, Any]:
    """What a document says of itself: id, title, date and the like, and its sentences.

    >>> head_of(Document(id="a", text="칩"))["id"]
    'a'
    """
    record = to_record(document)
    return {key: record[key] for key in _HEAD}


def annotations_of(document: Document) -> list[Annotation]:
    """Every annotation of a document; the parts of a claim come before it.

    >>> from koproc.document import Time
    >>> annotations_of(Document(id="a", text="내년", times=(Time("t1", 0, 2, "내년", "DATE", "2027"),)))
    [Annotation(kind='time', id='t1', start=0, end=2, features={'type': 'DATE', 'value': '2027'}, links={})]
    """
    record: dict[str, Any] = to_record(document)
    return [
        annotation
        for kind, (layer, _) in LAYERS.items()
        for number, item in enumerate(record[layer], 1)
        for annotation in _taken_apart(kind, item.get("id", f"{_PREFIXES[kind]}{number}"), item)
    ]


def _taken_apart(kind: Kind, id: str, item: dict[str, Any]) -> Iterator[Annotation]:
    features, links = {}, {}
    for key, value in item.items():
        if isinstance(value, dict):
            links[key] = f"{id}.{key}"
            rest = {name: part for name, part in value.items() if name not in ("start", "end", "text")}
            yield Annotation("part", links[key], value["start"], value["end"], rest, {})
        elif key in ROLES.get(kind, ()):
            if value is not None:
                links[key] = value
        elif key not in ("id", "start", "end", "text"):
            features[key] = value
    yield Annotation(kind, id, item["start"], item["end"], features, links)


def to_document(text: str, head: dict[str, Any], annotations: Iterable[Annotation], *, source: str, warn: Warn) -> Document:
    """The document that annotations make of a text.

    Raises:
        InputError: a span or a value does not fit.

    >>> document = to_document("네이버", {"id": "a"}, [Annotation("mention", "", 0, 3, {"label": "ORG"})], source="-", warn=print)
    >>> document.mentions[0].id, document.mentions[0].en, document.mentions[0].entity
    ('m1', '', '네이버')
    """
    held = list(annotations)
    linked = (target for annotation in held for target in (annotation.links or {}).values())
    ids = unique_ids(((annotation.kind, annotation.id) for annotation in held), linked=linked)
    found = {id: replace(annotation, id=id) for id, annotation in zip(ids, held, strict=True)}
    try:
        record = {"schema": SCHEMA, **{key: head.get(key) for key in ("title", "byline", "agency", "published")}, **head, "text": text}
        record |= {key: record.get(key) or [] for key in ("subheads", "sentences")}
        record |= {layer: list(_items(kind, found, text, warn)) for kind, (layer, _) in LAYERS.items()}
        return replace(from_record(record), source=source)
    except (InputError, TypeError, AttributeError) as err:
        raise InputError(source, err.reason if isinstance(err, InputError) else f"an annotation has a wrong form ({err})") from err


def unique_ids(bearers: Iterable[tuple[Kind, str]], *, linked: Iterable[str] = ()) -> list[str]:
    """The id of each annotation; one without an id, or with one that came before, gets the next free one of its kind, but none that
    is `linked`: the link is to what was deleted.

    >>> unique_ids([("mention", "m1"), ("mention", ""), ("mention", "m1")])
    ['m1', 'm2', 'm3']
    """
    held = list(bearers)
    wanted = {id for _, id in held}.union(linked)
    used: dict[str, None] = {}
    for kind, id in held:
        if not id or id in used:
            id = next(name for number in count(1) if (name := f"{_PREFIXES[kind]}{number}") not in wanted and name not in used)
        used[id] = None
    return list(used)


def telling(annotation: Annotation) -> dict[str, Scalar]:
    """The features that say more than what `to_document` would assume without them.

    >>> telling(Annotation("time", "t1", 0, 2, {"type": "DATE", "value": "2027"}))
    {'value': '2027'}
    """
    plain = _PLAIN.get(annotation.kind, {})
    return {key: value for key, value in annotation.features.items() if value is not None and (key not in plain or value != plain[key])}


def _items(kind: Kind, found: dict[str, Annotation], text: str, warn: Warn) -> Iterator[dict[str, Any]]:
    annotations = [annotation for annotation in found.values() if annotation.kind == kind]
    if kind not in ROLES:
        annotations.sort(key=lambda annotation: (annotation.start, annotation.end))
    names = [field.key for field in written_fields(LAYERS[kind][1])]
    for annotation in annotations:
        item: dict[str, Any] = {
            "id": annotation.id,
            "start": annotation.start,
            "end": annotation.end,
            "text": text[annotation.start : annotation.end],
        }
        item |= _PLAIN[kind] | {key: value for key, value in annotation.features.items() if key in names}
        if kind in ROLES:
            roles = dict(_roles(annotation, found, text, warn))
            required = _REQUIRED[kind]
            if roles[required] is None:
                warn(f"{kind} {annotation.id} ({item['en'] or item['text']}) is left out, because its {required} is gone")
                continue
            item |= roles
        elif kind == "mention":
            item["entity"] = item.get("entity") or item["en"] or item["text"]
            item.setdefault("en_source", "lexicon" if item["en"] not in ("", item["text"]) else "same")
            item["label"] = item.get("label") or "NAME"
        elif kind == "quantity":
            item["full_start"] = min(item.get("full_start", annotation.start), annotation.start)
            item["full_end"] = max(item.get("full_end", annotation.end), annotation.end)
        elif kind == "gloss":
            item = {"gloss_start": annotation.end, "gloss_end": annotation.end} | item
        yield {key: item[key] for key in names if key in item}


def _roles(annotation: Annotation, found: dict[str, Annotation], text: str, warn: Warn) -> Iterator[tuple[str, Any]]:
    links = annotation.links or {}
    for role in ROLES[annotation.kind]:
        target = found.get(links.get(role, ""))
        if role in links and (target is None or (role in _AMOUNTS and target.kind != "quantity")):
            warn(f"{annotation.kind} {annotation.id} loses its {role}, because {links[role]} is gone")
            target = None
        if target is None:
            yield role, None
        elif role in _AMOUNTS or (role in _NAMED and target.kind == "mention"):
            yield role, target.id
        else:
            key = "value" if role == "time" else "en"
            place = {"start": target.start, "end": target.end, "text": text[target.start : target.end]}
            yield role, place | {key: target.features.get(key)}
