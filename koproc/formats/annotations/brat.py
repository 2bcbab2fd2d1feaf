r"""brat standoff (https://brat.nlplab.org/standoff.html): a `.txt` and an `.ann` for each document. Offsets count code points.

    T1⇥ORG 0 4⇥삼성전자                             a name; its label is the type
    #1⇥AnnotatorNotes T1⇥Samsung Electronics        its English, which a person edits in brat
    #2⇥koproc T1⇥{"id": "m1", "score": 0.98}        what else koproc knows of it
    E1⇥Claim:T7 Quantity:T2 Subject:T1              a claim hangs on its number, an event on its action
    A1⇥Modality E1 planned

`annotation.conf` and `visual.conf` are written beside, and a `.json` with what brat has no place for: id, title, date, sentences.

brat's text column cannot hold a line break or a tab, so a span across one is written as fragments, as brat itself does, and read back
as one span. Other discontinuous spans are refused: koproc has none. Relations (R, *) that others drew are not read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

from ...document import Document
from ...errors import InputError
from ..json_lines import line_of
from ..phrases import one_line
from .files import SURROGATES, FileNames, Save, files_of, held, read_json, read_text, restored
from .standoff import Annotation, Kind, Scalar, Warn, annotations_of, head_of, telling, to_document, unique_ids

_BREAKS = re.compile("[\t\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_TYPE = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_KINDS: dict[str, Kind] = {
    "Name": "mention",  # a mention whose label brat could not hold
    "Quantity": "quantity",
    "Time": "time",
    "Claim": "claim",
    "Event": "event",
    "Gloss": "gloss",
    "Term": "term",
    "Part": "part",
}
_TYPES = {kind: name for name, kind in _KINDS.items()}
_ANCHORS: dict[Kind, str] = {"claim": "quantity", "event": "action"}
_ATTRIBUTES = {
    "modality": ("Modality", "<EVENT>", "asserted|reported|planned|estimated|denied"),
    "quoted": ("Quoted", "<EVENT>", ""),
    "direction": ("Direction", "<EVENT>", "up|down"),
    "change": ("Change", "<EVENT>", "by|to"),
    "approximate": ("Approximate", "Quantity", "about|over|under"),
    "type": ("TimeType", "Time", "DATE|TIME|DURATION|SET"),
    "en_source": ("EnglishSource", "<ENTITY>", "lexicon|gloss|transliteration|romanization|composition|mt|same"),
    "source": ("Source", "<ENTITY>", "lexicon|rule|model"),
}
_FEATURES = {name: key for key, (name, _, _) in _ATTRIBUTES.items()}
_LABELS = ("ORG", "PRODUCT", "PERSON", "LOC")
_COLOURS = {"ORG": "#9fd8ef", "PRODUCT": "#e8b7e3", "PERSON": "#b5e3a8", "LOC": "#f3e08c", "Quantity": "#ffc89e", "Time": "#d7d7d7"}


def write(documents: Iterable[Document], save: Save, *, warn: Warn) -> None:
    """Save the files of each document as soon as it comes, at last the configuration.

    >>> write([], lambda name, content: print(name), warn=print)
    annotation.conf
    visual.conf
    """
    names, labels = FileNames(), dict.fromkeys(_LABELS)
    for document in documents:
        name = names(document.id)
        text, replaced = held(document.text, SURROGATES, document.id, warn)
        head = head_of(document) | ({"replaced": replaced} if replaced else {})
        annotations = annotations_of(document)
        labels |= {type: None for a in annotations if a.kind == "mention" and (type := _type(a)) != "Name"}
        save(f"{name}.txt", text.encode())
        save(f"{name}.json", (line_of(head) + "\n").encode())
        save(f"{name}.ann", "".join(f"{line}\n" for line in _lines(text, annotations, document.id, warn)).encode())
    save("annotation.conf", annotation_conf(labels).encode())
    save("visual.conf", _visual_conf(labels).encode())


def _type(annotation: Annotation) -> str:
    if annotation.kind != "mention":
        return _TYPES[annotation.kind]
    label = str(annotation.features.get("label"))
    return label if _TYPE.fullmatch(label) and label not in _KINDS else "Name"


def _lines(text: str, annotations: list[Annotation], id: str, warn: Warn) -> Iterator[str]:
    by_id = {annotation.id: annotation for annotation in annotations}
    names = {a.id: f"{'E' if a.kind in _ANCHORS else 'T'}{number}" for number, a in enumerate(annotations, 1)}
    notes = attributes = 0
    for annotation in annotations:
        name, links = names[annotation.id], annotation.links or {}
        anchor = by_id[links[_ANCHORS[annotation.kind]]] if annotation.kind in _ANCHORS else annotation
        fragments = list(_fragments(text, anchor.start, anchor.end))
        if not fragments:
            warn(f"{id}: {annotation.kind} {annotation.id} holds nothing that brat can mark, and is left out")
            continue
        places = ";".join(f"{start} {end}" for start, end in fragments)
        surface = " ".join(text[start:end] for start, end in fragments)
        yield f"T{name[1:]}\t{_type(annotation)} {places}\t{surface}"
        rest: dict[str, Any] = {"id": annotation.id} | telling(annotation)
        if annotation.kind in _ANCHORS:
            arguments = "".join(f" {role.capitalize()}:{names[target]}" for role, target in links.items())
            yield f"{name}\t{_type(annotation)}:T{name[1:]}{arguments}"
            rest |= {"start": annotation.start, "end": annotation.end}
        if annotation.kind == "mention" and _type(annotation) != "Name":
            del rest["label"]
        for key in [key for key in rest if key in _ATTRIBUTES]:
            attributes += 1
            value = rest.pop(key)
            yield f"A{attributes}\t{_ATTRIBUTES[key][0]} {name}" + ("" if value is True else f" {value}")
        en = one_line(str(rest.pop("en", ""))).strip()
        for type, content in (("AnnotatorNotes", en), ("koproc", line_of(rest))):
            if content:
                notes += 1
                yield f"#{notes}\t{type} {name}\t{SURROGATES.sub(chr(0xFFFD), content)}"


def _fragments(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for gap in _BREAKS.finditer(text, start, end):
        if start < gap.start():
            yield start, gap.start()
        start = gap.end()
    if start < end:
        yield start, end


def annotation_conf(labels: Iterable[str]) -> str:
    """The configuration of a brat collection with these labels for names.

    >>> annotation_conf(["ORG"]).splitlines()[:2]
    ['[entities]', 'ORG']
    """
    entities = [*labels, *(type for kind, type in _TYPES.items() if kind not in _ANCHORS)]
    parts = ("Subject", "Property", "Qualifier", "Baseline", "Time", "Attribution")
    claim = ", ".join(["Quantity:Quantity", "From?:Quantity", *(f"{role}?:<ENTITY>" for role in parts)])
    event = ", ".join(f"{role}:<ENTITY>" for role in ("Action", "Subject?", "Object?", "Time?", "Attribution?"))
    attributes = [f"{name}\tArg:{bearer}" + (f", Value:{values}" if values else "") for name, bearer, values in _ATTRIBUTES.values()]
    relations = ["<OVERLAP>\tArg1:<ANY>, Arg2:<ANY>, <OVL-TYPE>:<ANY>"]
    sections = (
        ("entities", entities),
        ("relations", relations),
        ("events", [f"Claim\t{claim}", f"Event\t{event}"]),
        ("attributes", attributes),
    )
    return "\n".join("\n".join([f"[{name}]", *lines, ""]) for name, lines in sections)


def _visual_conf(labels: Iterable[str]) -> str:
    labelled = [f"{label} | {label}" for label in labels]
    colours = [f"{type}\tbgColor:{colour}" for type, colour in _COLOURS.items()]
    return "\n".join(
        ["[labels]", *labelled, "", "[drawing]", "SPAN_DEFAULT\tfgColor:black, bgColor:#eeeeee, borderColor:darken", *colours, ""]
    )


@dataclass(slots=True)
class _Held:
    """What an `.ann` says, by the id that it gives."""

    spans: dict[str, tuple[str, int, int]] = field(default_factory=dict)
    events: dict[str, tuple[str, str, dict[str, str]]] = field(default_factory=dict)
    features: dict[str, dict[str, Scalar]] = field(default_factory=dict)


def read(path: Path, *, warn: Warn) -> Iterator[Document | InputError]:
    """The documents of a folder of pairs, or of one pair, in the order of their names; one that cannot be read is an error in its place."""
    for file in files_of(path, ".ann"):
        try:
            yield _read_pair(file.with_suffix(".txt"), file.with_suffix(".ann"), warn)
        except InputError as err:
            yield err


def _read_pair(text_file: Path, file: Path, warn: Warn) -> Document:
    text = read_text(text_file)
    beside = file.with_suffix(".json")
    head = read_json(beside) if beside.is_file() else {}
    if not isinstance(head, dict):
        raise InputError(str(beside), "is not what koproc writes beside a brat document; delete it to read the document without")
    said = _Held()
    for number, line in enumerate(read_text(file).split("\n"), 1):
        if line.strip():
            try:
                unread = _take(line.rstrip("\r"), text, said)
            except ValueError as err:
                raise InputError(str(file), str(err), line=number) from err
            if unread:
                warn(f"{file}:{number}: {unread}")
    replaced = head.pop("replaced", None)
    text = restored(text, replaced)
    return to_document(
        text, {"id": file.stem} | head, _annotations(said, file, warn), source=str(file), warn=lambda w: warn(f"{file}: {w}")
    )


def _take(line: str, text: str, said: _Held) -> str | None:
    """Hold what a line says, or return why not. Raises ValueError where it is not brat's."""
    id, _, rest = line.partition("\t")
    body, _, tail = rest.partition("\t")
    type, _, arguments = body.partition(" ")
    if not id:
        raise ValueError(f"{line!r:.60} is not brat standoff")
    if id[0] == "T":
        start, end = _span(arguments, tail, text)
        said.spans[id] = (type, start, end)
    elif id[0] == "E":
        name, _, trigger = type.partition(":")
        roles = dict(pair.split(":", 1) for pair in arguments.split())
        said.events[id] = (name, trigger, {role.rstrip("0123456789").lower(): target for role, target in roles.items()})
    elif id[0] in "AM":
        bearer, _, value = arguments.partition(" ")
        if type in _FEATURES:
            said.features.setdefault(bearer, {})[_FEATURES[type]] = value or True
    elif id[0] == "N":
        said.features.setdefault(arguments.split(" ")[0], {}).setdefault("en", tail)
    elif id[0] == "#" and type == "AnnotatorNotes":
        said.features.setdefault(arguments, {})["en"] = tail
    elif id[0] == "#" and type == "koproc":
        known = json.loads(tail)
        if not isinstance(known, dict):
            raise ValueError(f"{tail!r:.60} is not what koproc writes in its notes")
        said.features.setdefault(arguments, {}).update(known)
    elif id[0] in "R*":
        return f"relation {body!r:.60} is not read; claims and events are E lines"
    elif id[0] != "#":
        raise ValueError(f"{line!r:.60} is not brat standoff")
    return None


def _span(places: str, surface: str, text: str) -> tuple[int, int]:
    fragments = [tuple(map(int, place.split())) for place in places.split(";")]
    if any(len(fragment) != 2 or not 0 <= fragment[0] <= fragment[1] <= len(text) for fragment in fragments):
        raise ValueError(f"span {places!r} does not lie inside the text of {len(text)} characters")
    for (_, before), (after, _) in pairwise(fragments):
        if text[before:after].strip():
            raise ValueError(f"the span {places!r} is discontinuous, and koproc has no such spans; mark {surface!r} as one span or as two")
    written = " ".join(text[start:end] for start, end in fragments)
    if written != surface:
        raise ValueError(f"says {surface!r} where the text has {written!r}; the text was changed, or offsets are not code points")
    return fragments[0][0], fragments[-1][1]


def _annotations(said: _Held, file: Path, warn: Warn) -> list[Annotation]:
    triggers = {trigger for _, trigger, _ in said.events.values()}
    bearers: dict[str, tuple[Kind, int, int, dict[str, str]]] = {}
    for id, (type, start, end) in said.spans.items():
        kind = _KINDS.get(type, "mention")
        if kind == "mention" and type != "Name":
            said.features.setdefault(id, {})["label"] = type
        if kind not in _ANCHORS:
            bearers[id] = (kind, start, end, {})
        elif id not in triggers:
            warn(f"{file}: {id} is a {type} without an E line, and is left out")
    for id, (type, trigger, roles) in said.events.items():
        kind = _KINDS.get(type, "mention")
        if kind not in _ANCHORS or trigger not in said.spans:
            warn(f"{file}: {id} ({type}) is no claim or event of koproc's, and is left out")
            continue
        _, start, end = said.spans[trigger]
        bearers[id] = (kind, start, end, roles)
    known = ((kind, str(said.features.get(id, {}).pop("id", ""))) for id, (kind, *_) in bearers.items())
    names = dict(zip(bearers, unique_ids(known), strict=True))
    return [
        Annotation(kind, names[id], *_clause(start, end, said.features.get(id, {})), said.features.get(id, {}), _named(roles, names))
        for id, (kind, start, end, roles) in bearers.items()
    ]


def _clause(start: int, end: int, features: dict[str, Scalar]) -> tuple[int, int]:
    """The clause of a claim, which is longer than the span that it hangs on."""
    first, last = features.pop("start", start), features.pop("end", end)
    return (first, last) if isinstance(first, int) and isinstance(last, int) else (start, end)


def _named(roles: dict[str, str], names: dict[str, str]) -> dict[str, str]:
    return {role: names.get(target, target) for role, target in roles.items()}
