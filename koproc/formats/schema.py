"""The JSON Schema of a `koproc/1` record, made from the type hints of `document.py`, so that the two cannot disagree."""

from __future__ import annotations

from dataclasses import is_dataclass
from datetime import date
from decimal import Decimal
from types import NoneType, UnionType
from typing import Any, Literal, Union, cast, get_args, get_origin

from ..document import SCHEMA, Document
from .json_lines import written_fields
from .offsets import OFFSET_UNITS

_PLAIN: dict[Any, dict[str, object]] = {
    str: {"type": "string"},
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    float: {"type": "number"},
    Decimal: {"type": "number"},
    date: {"type": "string", "anyOf": [{"format": "date"}, {"format": "date-time"}]},
    NoneType: {"type": "null"},
}


def json_schema() -> dict[str, object]:
    """The schema (draft 2020-12) of one line of `koproc annotate --format json`.

    >>> sorted(json_schema()["$defs"])[:3]
    ['Claim', 'ClaimTime', 'Event']
    """
    definitions: dict[str, object] = {}
    body = _object(Document, definitions)
    units = {"enum": list(OFFSET_UNITS), "description": "What offsets count, if not code points."}
    properties = {"schema": {"const": SCHEMA}, "offset_unit": units, **cast(dict[str, object], body["properties"])}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": SCHEMA,
        "description": "One Korean news article with its names, quantities, times, claims and terms. Offsets count Unicode code points of "
        "`text`, half-open, unless `offset_unit` says otherwise.",
        "type": "object",
        "properties": properties,
        "required": [key for key in properties if key not in ("tokens", "offset_unit")],
        "additionalProperties": False,
        "$defs": dict(sorted(definitions.items())),
    }


def _object(record: type, definitions: dict[str, object]) -> dict[str, object]:
    properties = {field.key: _schema(field.hint, definitions) for field in written_fields(record)}
    for key in ("start", "end", "full_start", "full_end", "gloss_start", "gloss_end"):
        if key in properties:
            properties[key] = {"type": "integer", "minimum": 0}
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def _schema(hint: Any, definitions: dict[str, object]) -> dict[str, object]:
    if hint in _PLAIN:
        return dict(_PLAIN[hint])
    if is_dataclass(hint):
        record = cast(type, hint)
        if record.__name__ not in definitions:
            definitions[record.__name__] = {}  # held before it is filled, should a record ever hold itself
            definitions[record.__name__] = {"description": _summary(record), **_object(record, definitions)}
        return {"$ref": f"#/$defs/{record.__name__}"}
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Literal:
        return {"enum": list(arguments)}
    if origin is tuple:
        return {"type": "array", "items": _schema(arguments[0], definitions)}
    if origin in (Union, UnionType):
        return {"anyOf": [_schema(argument, definitions) for argument in arguments]}
    raise TypeError(f"no JSON Schema for {hint!r}; add it to formats/schema.py")


def _summary(record: type) -> str:
    """The first paragraph of a docstring on one line; empty under `python -OO`."""
    return " ".join((record.__doc__ or "").split("\n\n")[0].split())
