"""Documents in the formats of annotation tools: one file a format, each `write(documents, …)` and, where people correct in it, `read(path)`.

In: documents of the pipeline, or what a tool exported. Out: the file or files exactly as the tool demands, or documents again. Every
format has its own unit of offsets; ours are code points, and the formats convert. `ANNOTATION_FORMATS` is the whole list; to add a
format, write its module and its line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO

from ...document import Document
from ...errors import InputError
from ..offsets import OffsetUnit
from .detection import detect
from .files import Save
from .standoff import Warn


@dataclass(frozen=True, slots=True)
class AnnotationFormat:
    """What it is, in a line; `module:function` here that writes and that reads it; what its offsets count; whether it is a folder of
    files; whether its bytes are no text; and, for a table, what its rows are."""

    about: str
    writer: str
    reader: str | None = None
    unit: OffsetUnit = "codepoint"
    many: bool = False
    binary: bool = False
    layer: str | None = None


ANNOTATION_FORMATS = {
    "json": AnnotationFormat("koproc's JSON Lines, an article a line", "koproc_json:write", "koproc_json:read"),
    "brat": AnnotationFormat("brat standoff, .txt and .ann", "brat:write", "brat:read", many=True),
    "xmi": AnnotationFormat("UIMA CAS XMI (INCEpTION)", "cas:write_xmi", "cas:read_xmi", "utf16", many=True),
    "cas-json": AnnotationFormat("UIMA CAS JSON 0.4 (INCEpTION)", "cas:write_json", "cas:read_json", "utf16", many=True),
    "doccano": AnnotationFormat("doccano JSON Lines", "doccano:write", "doccano:read", "utf16"),
    "label-studio": AnnotationFormat("Label Studio tasks with predictions", "label_studio:write", "label_studio:read"),
    "docbin": AnnotationFormat("spaCy DocBin", "docbin:write", "docbin:read", binary=True),
    "conllu": AnnotationFormat("CoNLL-U, morphemes with names in MISC", "conllu:write"),
    "web-annotation": AnnotationFormat("W3C Web Annotation, JSON-LD", "web_annotation:write"),
    **{
        f"{layer}-{form}": AnnotationFormat(f"a row for each {row}", f"rows:write_{form}_rows", binary=form == "parquet", layer=layer)
        for layer, row in (("mentions", "name"), ("quantities", "quantity"), ("claims", "claim and event"))
        for form in ("tsv", "csv", "parquet")
    },
}
READABLE = tuple(name for name, form in ANNOTATION_FORMATS.items() if form.reader)


def write_annotations(documents: Iterable[Document], form: str, target: BinaryIO | Save, *, warn: Warn) -> None:
    """Write documents in a format: to a stream, or, where the format has `many` files, with a function that saves each.

    What a format cannot hold is told to `warn`, a line each.

    >>> import io
    >>> write_annotations([Document(id="a", text="칩")], "doccano", stream := io.BytesIO(), warn=print)
    >>> stream.getvalue().decode()[:26]
    '{"text": "칩", "label": [],'
    """
    chosen = ANNOTATION_FORMATS[form]
    options = {"layer": chosen.layer} if chosen.layer else {}
    _function(chosen.writer)(documents, target, warn=warn, **options)


def read_annotations(path: Path, form: str | None = None, *, warn: Warn) -> Iterator[Document | InputError]:
    """The documents of a file or folder; one that cannot be read is an error in its place. The format is detected by default.

    Raises:
        InputError: the format cannot be told, or the file as a whole cannot be read.

    >>> read_annotations(Path("missing.spacy"), warn=print)
    Traceback (most recent call last):
        ...
    koproc.errors.InputError: missing.spacy: no such file or folder
    """
    found = [(path, form)] if form is not None else list(detect(path))
    for file, name in found:
        if name not in READABLE:
            raise InputError(str(file), f"koproc does not read {name}; it reads {', '.join(READABLE)}")
    return (item for file, name in found for item in _function(str(ANNOTATION_FORMATS[name].reader))(file, warn=warn))


def _function(name: str) -> Callable[..., Any]:
    module, _, function = name.partition(":")
    found: Callable[..., Any] = getattr(import_module(f".{module}", __name__), function)
    return found


__all__ = ["ANNOTATION_FORMATS", "READABLE", "AnnotationFormat", "read_annotations", "write_annotations"]
