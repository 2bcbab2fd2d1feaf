"""UIMA CAS, as INCEpTION reads and writes it: XMI with its type system beside (`TypeSystem.xml`), and CAS JSON 0.4, one file a document.

Offsets count UTF-16 units in the files; dkpro-cassis, which reads and writes them here, converts. Names are DKPro's `NamedEntity`
(label in `value`, English in `en`); quantities, times, claims, events, terms and glosses are span layers of koproc's under
`webanno.custom`, and a claim links to its parts by role. `KoprocDocument`, an empty span at the start, holds what has no place of its
own: id, title, date, and the names once more.

INCEpTION keeps the layers and features that its project has: import `TypeSystem.xml` under Layers first, and add the text feature `en`
to the layer Named Entity if the English is to be seen and corrected. Without it the English comes back all the same, for each name
whose characters nobody changed.

XML cannot hold control characters and lone surrogates, JSON in UTF-8 no lone surrogates: U+FFFD takes their place, so that no offset
moves; each is reported, and put back on reading.
"""

from __future__ import annotations

import json
import re
import warnings
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cache, partial
from keyword import iskeyword
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from ...document import Document
from ...errors import InputError, KoprocError
from ..json_lines import line_of, written_fields
from ..offsets import Offsets
from ..partition import WHITE_SPACE_TAG, partition
from .corrections import Found, corrected
from .files import SURROGATES, FileNames, Save, files_of, held, parsed_json, restored
from .standoff import LAYERS, ROLES, Annotation, Kind, Scalar, Warn, annotations_of, head_of, to_document, unique_ids

if TYPE_CHECKING:
    from cassis import Cas, TypeSystem

ILLEGAL_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, production 2
_SEGMENTATION = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type."
_DOCUMENT = "webanno.custom.KoprocDocument"
_NAMES: dict[Kind, str] = {
    "mention": "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity",
    "part": "webanno.custom.KoprocPart",
    **{kind: f"webanno.custom.Koproc{kind.capitalize()}" for kind in LAYERS if kind != "mention"},
}
# NamedEntity's own name for a label; `type` is a property of every annotation in cassis
_RENAMED: dict[Kind, tuple[str, str]] = {"mention": ("label", "value"), "time": ("type", "timex_type")}
_OFFSETS = ("full_start", "full_end", "gloss_start", "gloss_end")


@cache
def _features(kind: Kind) -> dict[str, str]:
    """The features of a layer and their UIMA types; exact numbers are strings, since INCEpTION has no double."""
    if kind == "part":
        return {"id": "uima.cas.String", "en": "uima.cas.String", "value": "uima.cas.String"}
    types = {bool: "Boolean", int: "Integer", float: "Float"}
    left_out = ("start", "end", "text", *ROLES.get(kind, ()))
    fields = {field.key: types.get(field.hint, "String") for field in written_fields(LAYERS[kind][1]) if field.key not in left_out}
    return {"id": "uima.cas.String"} | {_written_name(kind, key): f"uima.cas.{type}" for key, type in fields.items()}


def _written_name(kind: Kind, key: str) -> str:
    ours, theirs = _RENAMED.get(kind, ("", ""))
    return theirs if key == ours else key


def _read_name(kind: Kind, feature: str) -> str:
    ours, theirs = _RENAMED.get(kind, ("", ""))
    return ours if feature == theirs else feature


@cache
def _exact(kind: Kind) -> frozenset[str]:
    """The features of a layer that are exact numbers."""
    return (
        frozenset(field.key for field in written_fields(LAYERS[kind][1]) if Decimal in get_args(field.hint))
        if kind in LAYERS
        else frozenset()
    )


def type_system() -> TypeSystem:
    """The types that koproc writes. Raises KoprocError without dkpro-cassis."""
    try:
        from cassis import TypeSystem
    except ImportError as err:
        raise KoprocError("UIMA CAS needs dkpro-cassis; install it with: pip install 'koproc[cas]'") from err
    types = TypeSystem()
    for name in ("Sentence", "Token"):
        types.create_type(_SEGMENTATION + name, "uima.tcas.Annotation")
    for kind, name in _NAMES.items():
        layer = types.create_type(name, "uima.tcas.Annotation")
        for feature, range in _features(kind).items():
            types.create_feature(layer, feature, range)
        if kind in ROLES:
            link = types.create_type(f"{name}PartsLink", "uima.cas.TOP")
            types.create_feature(link, "role", "uima.cas.String")
            types.create_feature(link, "target", "uima.tcas.Annotation")
            types.create_feature(layer, "parts", "uima.cas.FSArray", elementType=link)
    types.create_feature(types.get_type(_NAMES["mention"]), "identifier", "uima.cas.String")
    types.create_feature(types.create_type(_DOCUMENT, "uima.tcas.Annotation"), "record", "uima.cas.String")
    return types


def write_xmi(documents: Iterable[Document], save: Save, *, warn: Warn) -> None:
    """Save the type system, then an `.xmi` for each document as soon as it comes. Raises KoprocError without dkpro-cassis."""
    types = type_system()
    save("TypeSystem.xml", str(types.to_xml()).encode())
    _write(documents, save, ILLEGAL_IN_XML, ".xmi", lambda cas: str(cas.to_xmi(pretty_print=True)), warn, types)


def write_json(documents: Iterable[Document], save: Save, *, warn: Warn) -> None:
    """Save a `.json` with the types that it uses for each document as soon as it comes. Raises KoprocError without dkpro-cassis."""
    types = type_system()
    from cassis.typesystem import TypeSystemMode

    _write(documents, save, SURROGATES, ".json", lambda cas: str(cas.to_json(type_system_mode=TypeSystemMode.MINIMAL)), warn, types)


def _write(
    documents: Iterable[Document],
    save: Save,
    unwanted: re.Pattern[str],
    suffix: str,
    dumps: Callable[[Cas], str],
    warn: Warn,
    types: TypeSystem,
) -> None:
    names = FileNames()
    for document in documents:
        text, replaced = held(document.text, unwanted, document.id, warn)
        cas = _cas(document, text, replaced, types, lambda value: unwanted.sub("\N{REPLACEMENT CHARACTER}", value))
        save(names(document.id) + suffix, dumps(cas).encode())


def _cas(document: Document, text: str, replaced: list[tuple[int, str]], types: TypeSystem, clean: Callable[[str], str]) -> Cas:
    from cassis import Cas

    cas = Cas(typesystem=types)
    cas.sofa_string, cas.sofa_mime = text, "text/plain"
    offsets = Offsets(document.text, "utf16")
    annotations = annotations_of(document)
    head = head_of(document) | ({"replaced": replaced} if replaced else {})
    head["names"] = [
        {"id": a.id, "start": offsets.to_unit(a.start), "end": offsets.to_unit(a.end), **a.features}
        for a in annotations
        if a.kind == "mention"
    ]
    cas.add(types.get_type(_DOCUMENT)(begin=0, end=0, record=json.dumps(head)))
    sentences = [(sentence.start, sentence.end) for sentence in document.sentences] or ([(0, len(text))] if text.strip() else [])
    for start, end in sentences:
        cas.add(types.get_type(_SEGMENTATION + "Sentence")(begin=start, end=end))
    for piece in partition(document):
        if piece.tag != WHITE_SPACE_TAG:
            cas.add(types.get_type(_SEGMENTATION + "Token")(begin=piece.start, end=piece.end))
    written = {a.id: types.get_type(_NAMES[a.kind])(begin=a.start, end=a.end, **_written(a, offsets, clean)) for a in annotations}
    array = types.get_type("uima.cas.FSArray")
    for annotation in annotations:
        if annotation.links:
            link = types.get_type(f"{_NAMES[annotation.kind]}PartsLink")
            parts = [link(role=role, target=written[target]) for role, target in annotation.links.items()]
            written[annotation.id].parts = array(elements=parts)
        cas.add(written[annotation.id])
    return cas


def _written(annotation: Annotation, offsets: Offsets, clean: Callable[[str], str]) -> dict[str, Any]:
    values: dict[str, Any] = {"id": annotation.id}
    for key, value in annotation.features.items():
        if key in _OFFSETS and isinstance(value, int):
            value = offsets.to_unit(value)
        elif key in _exact(annotation.kind) and value is not None:
            value = line_of(value)
        values[_written_name(annotation.kind, key)] = clean(value) if isinstance(value, str) else value
    return values


def read_xmi(path: Path, *, warn: Warn) -> Iterator[Document | InputError]:
    """The documents of an `.xmi`, or of a folder of them, each with the `TypeSystem.xml` beside it, if there is one."""
    types = type_system()
    for file in files_of(path, ".xmi"):
        yield _read(file, warn, partial(_from_xmi, types=types))


def _from_xmi(file: Path, types: TypeSystem) -> Cas:
    from io import BytesIO

    from cassis import load_cas_from_xmi, load_typesystem

    beside = file.parent / "TypeSystem.xml"
    known = load_typesystem(BytesIO(_harmless(beside))) if beside.is_file() else types
    _check_features((feature.name for found in known.get_types() for feature in found.features), beside)
    return load_cas_from_xmi(BytesIO(_harmless(file)), typesystem=known, lenient=True)


def _harmless(file: Path) -> bytes:
    """The bytes of an XML file that declares nothing of its own. Raises InputError."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False)
    try:
        content = file.read_bytes()
        root = etree.fromstring(content, parser)
    except OSError as err:
        raise InputError(str(file), f"cannot be read ({err})") from err
    except etree.XMLSyntaxError as err:
        raise InputError(str(file), f"not well-formed XML ({err.msg}); export the file again", line=err.lineno or 1) from err
    if root.getroottree().docinfo.internalDTD is not None:
        raise InputError(str(file), "has a <!DOCTYPE …>, which no CAS has need of; remove it")
    return content


def read_json(path: Path, *, warn: Warn) -> Iterator[Document | InputError]:
    """The documents of a `.json`, or of a folder of them."""
    type_system()
    for file in files_of(path, ".json"):
        yield _read(file, warn, _from_json)


def _from_json(file: Path) -> Cas:
    from cassis import load_cas_from_json

    content = file.read_bytes().decode("utf-8-sig")
    types = parsed_json(content, str(file)).get("%TYPES") or {}
    features = [(key, feature.get("%NAME", key)) for found in types.values() for key, feature in found.items() if key[:1] != "%"]
    _check_features((str(name) for names in features for name in names), file)
    return load_cas_from_json(content, lenient=True)


def _check_features(names: Iterable[str], file: Path) -> None:
    """Refuse a feature whose name is no name: cassis (through attrs) writes it into the Python code of a class. Raises InputError."""
    for name in names:
        if not name.isidentifier() or iskeyword(name):
            raise InputError(str(file), f"{name!r:.60} is no name for a feature; use letters, digits and _")


def _read(file: Path, warn: Warn, load: Callable[[Path], Cas]) -> Document | InputError:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # cassis only warns of an offset that lies outside of the text or inside of a character
            cas = load(file)
        return _document(cas, file, warn)
    except InputError as err:
        return err
    except Exception as err:  # cassis takes a broken file for what it should be; anything may come of it
        return InputError(str(file), f"not a UIMA CAS that can be read ({type(err).__name__}: {err})")


def _document(cas: Cas, file: Path, warn: Warn) -> Document:
    source = str(file)
    written, head = cas.sofa_string or "", {}
    for found in _select(cas, _DOCUMENT):
        head = parsed_json(found.record or "{}", source)
    if not isinstance(head, dict):
        raise InputError(source, f"what {_DOCUMENT} holds is not what koproc writes; delete the annotation")
    text = restored(written, head.pop("replaced", None))
    if "sentences" not in head:
        sentences = sorted((found.begin, found.end) for found in _select(cas, _SEGMENTATION + "Sentence"))
        head["sentences"] = [{"start": start, "end": end} for start, end in sentences]
    offsets = Offsets(text, "utf16")
    layers = [(kind, found) for kind, name in _NAMES.items() for found in _select(cas, name)]
    read = [Annotation(k, str(_value(f, "id") or ""), f.begin, f.end, _read_features(k, f, offsets)) for k, f in layers]
    read = _named_again(read, head.pop("names", []), offsets)
    linked = (str(_value(part.target, "id")) for _, found in layers for part in _parts(found))
    ids = unique_ids(((annotation.kind, annotation.id) for annotation in read), linked=linked)
    names = {found.xmiID: id for (_, found), id in zip(layers, ids, strict=True)}
    annotations = [
        replace(annotation, id=names[found.xmiID], links=_links(found, names)) for (_, found), annotation in zip(layers, read, strict=True)
    ]
    return to_document(text, {"id": file.stem} | head, annotations, source=source, warn=lambda reason: warn(f"{source}: {reason}"))


def _named_again(read: list[Annotation], written: list[dict[str, Any]], offsets: Offsets) -> list[Annotation]:
    """Names with the English that they had: INCEpTION keeps features of ours in its own layer only where its project defines them."""
    held = {annotation.id for annotation in read}
    known = []
    for name in written:
        rest = {key: value for key, value in name.items() if key not in ("id", "start", "end")}
        if name["id"] not in held:
            known.append(Annotation("mention", name["id"], offsets.to_codepoint(name["start"]), offsets.to_codepoint(name["end"]), rest))
    bare = [at for at, annotation in enumerate(read) if annotation.kind == "mention" and not annotation.id]
    again = corrected(known, (Found(read[at].start, read[at].end, read[at].features) for at in bare), ["mention"])
    named = dict(zip(bare, again, strict=True))
    return [named.get(at, annotation) for at, annotation in enumerate(read)]


def _select(cas: Cas, name: str) -> Iterator[Any]:
    """The annotations of exactly this type; a type that the file does not know has none."""
    if cas.typesystem.contains_type(name):
        yield from (found for found in cas.select(name) if found.type.name == name)


def _value(found: Any, feature: str) -> Any:
    return getattr(found, feature, None)


def _read_features(kind: Kind, found: Any, offsets: Offsets) -> dict[str, Scalar]:
    features: dict[str, Scalar] = {}
    for feature in _features(kind):
        key, value = _read_name(kind, feature), _value(found, feature)
        if key == "id" or value is None:
            continue
        if key in _OFFSETS:
            value = offsets.to_codepoint(value)
        elif key in _exact(kind):
            value = parsed_json(value, kind)
        features[key] = value
    return features


def _parts(found: Any) -> list[Any]:
    parts = getattr(_value(found, "parts"), "elements", None) or []
    return [part for part in parts if part is not None and part.target is not None]


def _links(found: Any, names: dict[int, str]) -> dict[str, str]:
    return {str(part.role): names.get(part.target.xmiID, str(_value(part.target, "id"))) for part in _parts(found)}
