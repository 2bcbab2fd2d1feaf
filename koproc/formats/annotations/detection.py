"""Which annotation format a file or folder is in, by its suffix where that settles it, else by how it begins."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ...document import SCHEMA
from ...errors import InputError
from .files import json_lines, read_json

_XMI = b"http://www.omg.org/XMI"


def detect(path: Path) -> Iterator[tuple[Path, str]]:
    """A file and its format, or a folder: itself where one format owns it, else its files.

    Raises:
        InputError: there is nothing that koproc can tell.
    """
    if path.is_dir():
        owner = folder_of(path)
        if owner:
            yield path, owner
            return
        known = [(file, form) for file in sorted(path.rglob("*")) if file.is_file() and (form := form_of(file))]
        if not known:
            raise InputError(str(path), "holds no file in a format that koproc reads; say which one with --from")
        yield from known
        return
    if not path.is_file():
        raise InputError(str(path), "no such file or folder")
    form = form_of(path)
    if form is None:
        raise InputError(str(path), "its format cannot be told; say which one it is with --from")
    yield path, form


def folder_of(path: Path) -> str | None:
    """The format that owns a folder as a whole.

    >>> folder_of(Path("a.txt"))
    """
    return next((form for suffix, form in ((".ann", "brat"), (".xmi", "xmi")) if path.is_dir() and any(path.rglob(f"*{suffix}"))), None)


def form_of(file: Path) -> str | None:
    """The format of a file, if it is one that can be read.

    >>> form_of(Path("a.spacy")), form_of(Path("a.docx"))
    ('docbin', None)
    """
    suffix = "" if file.is_dir() else file.suffix.lower()
    if suffix == ".ann" or (suffix == ".txt" and file.with_suffix(".ann").is_file()):
        return "brat"
    if suffix == ".spacy":
        return "docbin"
    if suffix == ".xmi" or (suffix == ".xml" and _XMI in file.read_bytes()[:2000]):
        return "xmi"
    try:
        if suffix == ".json":
            return _of_json(read_json(file))
        if suffix in (".jsonl", ".ndjson"):
            _, first = next(json_lines(file), (0, None))
            return _of_record(first)
    except InputError:  # the reader of whatever format will say what is wrong
        return None
    return None


def _of_json(value: Any) -> str | None:
    if isinstance(value, dict) and "%FEATURE_STRUCTURES" in value:
        return "cas-json"
    return _of_record(value[0]) if isinstance(value, list) and value else _of_record(value)


def _of_record(record: Any) -> str | None:
    if not isinstance(record, dict):
        return None
    if record.get("schema") == SCHEMA:
        return "json"
    if isinstance(record.get("data"), dict):
        return "label-studio"
    spans = record.get("label", record.get("labels", record.get("entities")))
    if isinstance(record.get("text"), str) and isinstance(spans, list) and all(map(_is_doccanos, spans)):
        return "doccano" if "label" in record or "labels" in record or spans or "Comments" in record or "relations" in record else None
    return None


def _is_doccanos(span: Any) -> bool:
    return (isinstance(span, list) and len(span) == 3) or (isinstance(span, dict) and "start_offset" in span)
