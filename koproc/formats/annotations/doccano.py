r"""doccano's JSON Lines (https://doccano.github.io/doccano/), a document a line. Offsets count UTF-16 units, as JavaScript does.

    {"text": "😀 네이버", "label": [[3, 6, "ORG"]], "koproc": {…}}

Import it into a project for sequence labelling as "JSONL" with `text` and `label` as the columns, and without "Count grapheme clusters
as one character". The rest of a record travels under `koproc`, which doccano keeps as metadata and gives back. Read are
exports as "JSONL" (`label`), those with relations (`entities` with `start_offset`), and `labels` of older versions.

doccano shows names alone: quantities, times and claims come back as they were, without the names that a person deleted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

from ...document import Document
from ...errors import InputError
from ..json_lines import line_of
from ..offsets import Offsets
from .corrections import Found, carried, corrected, known
from .files import json_lines
from .standoff import Warn, to_document

_KEYS = ("label", "entities", "labels")


def write(documents: Iterable[Document], stream: BinaryIO, *, warn: Warn) -> None:
    """Write each document as soon as it comes.

    >>> import io
    >>> write([Document(id="a", text="")], io.BytesIO(), warn=print)
    a: doccano refuses a text that is empty
    """
    for document in documents:
        if not document.text:
            warn(f"{document.id}: doccano refuses a text that is empty")
        offsets = Offsets(document.text, "utf16")
        label = [[offsets.to_unit(m.start), offsets.to_unit(m.end), m.label] for m in document.mentions]
        line = line_of({"text": document.text, "label": label, "koproc": carried(document, "utf16")})
        stream.write((line + "\n").encode())


def read(path: Path, *, warn: Warn) -> Iterator[Document | InputError]:
    """A document for each line; one that cannot be read is an error in its place."""
    for number, record in json_lines(path):
        try:
            yield record if isinstance(record, InputError) else _document(record, f"{path}:{number}", warn)
        except (KeyError, TypeError, ValueError, AttributeError) as err:
            yield InputError(str(path), f'not {{"text", "label": [[start, end, label]]}} ({type(err).__name__}: {err})', line=number)
        except InputError as err:
            yield err


def _document(record: dict[str, Any], source: str, warn: Warn) -> Document:
    text = record["text"]
    offsets = Offsets(text, "utf16")
    head, annotations = known(record.get("koproc"), text, source=source, warn=warn)
    spans = next((record[key] for key in _KEYS if key in record), None)
    if spans is None:
        raise ValueError(f"none of {', '.join(_KEYS)} is there")
    found = [
        Found(offsets.to_codepoint(start), offsets.to_codepoint(end), {"label": str(label)}) for start, end, label in map(_triple, spans)
    ]
    return to_document(text, {"id": source} | head, corrected(annotations, found, ["mention"]), source=source, warn=warn)


def _triple(span: Any) -> tuple[int, int, str]:
    if isinstance(span, dict):
        return span["start_offset"], span["end_offset"], span["label"]
    start, end, label = span
    return start, end, label
