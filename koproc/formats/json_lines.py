"""JSON Lines, one article a line: the contract that other programs rely on, written and read.

Keys, order and values follow from the dataclass fields of `document.py`; nothing is mirrored by hand. `from_` is written
`from`; `source` and the morpheme flag `oov` are not written; an exact number is an integer where it is one, else a float.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, NamedTuple, NoReturn, TextIO, Union, cast, get_args, get_origin, get_type_hints

from ..document import SCHEMA, Claim, Document, Event, Token
from ..errors import InputError
from ..moments import day_or_moment
from .offsets import OFFSET_UNITS, Offsets, OffsetUnit, in_codepoints, in_unit

_HEAD = ("id", "text", "title", "byline", "subheads", "agency", "published")
_CLAIM_KEYS = ("schema", "id", "title", "published", "mentions", "quantities", "claims", "events")
_SCALARS = {str, int, float, bool, NoneType}
_UNWRITTEN = {(Document, "source"), (Token, "oov")}
# Lone surrogates cannot be encoded, DEL and C1 can drive a terminal, and many readers split lines at the other three.
_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff]")


class Field(NamedTuple):
    """How a dataclass field is written: its JSON key, its name, its type, and whether `loads` must find it."""

    key: str
    name: str
    hint: Any
    required: bool


@cache
def written_fields(record: type) -> tuple[Field, ...]:
    """The fields of a dataclass that are written, in the order in which they are written.

    >>> from koproc.document import Time
    >>> [field.key for field in written_fields(Time)]
    ['id', 'start', 'end', 'text', 'type', 'value']
    """
    hints = get_type_hints(record)
    written = [
        Field(field.name.rstrip("_"), field.name, hints[field.name], field.default is MISSING)
        for field in fields(record)
        if (record, field.name) not in _UNWRITTEN
    ]
    if record is Document:
        written.sort(key=lambda field: _HEAD.index(field.key) if field.key in _HEAD else len(_HEAD))
    return tuple(written)


def to_record(document: Document, *, tokens: bool = False) -> dict[str, object]:
    """The document as plain dicts, lists, strings and numbers; morphemes only with `tokens`.

    A number with more than 17 significant digits that is not an integer becomes the nearest float.

    >>> to_record(Document(id="a", text="네이버"))["schema"]
    'koproc/1'
    """
    record: dict[str, object] = {"schema": SCHEMA, **_plain(document)}
    if not tokens:
        del record["tokens"]
    return record


def _plain(value: Any) -> Any:
    if type(value) in _SCALARS:
        return value
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Decimal):
        return number_of(value)
    if isinstance(value, date):
        return value.isoformat()
    if is_dataclass(value):
        return {field.key: _plain(getattr(value, field.name)) for field in written_fields(cast(type, type(value)))}
    return value


def number_of(value: Decimal) -> int | float:
    """An exact number as JSON has it: an integer where it is one, else the nearest float.

    >>> number_of(Decimal("3.0")), number_of(Decimal("2.5"))
    (3, 2.5)
    """
    if value == value.to_integral_value() or abs(value) >= 2**53:  # beyond that a float has no fraction, and 1e309 no float
        return int(value.to_integral_value())
    return float(value)


def dumps(document: Document, *, tokens: bool = False, unit: OffsetUnit = "codepoint") -> str:
    """One line of JSON, without the line break; it can always be encoded as UTF-8. Offsets in another `unit` than code points are
    said to be, under `offset_unit`.

    >>> dumps(Document(id="a", text="네이버"))[:43]
    '{"schema": "koproc/1", "id": "a", "text": "'
    """
    record = to_record(document, tokens=tokens)
    if unit != "codepoint":
        record = {"schema": SCHEMA, "offset_unit": unit, **in_unit(record, Offsets(document.text, unit))}
    return line_of(record)


def line_of(value: object, *, indent: int | None = None) -> str:
    r"""Any plain value as JSON in UTF-8, escaping the few characters that break lines, terminals or the encoding.

    >>> print(line_of(["네이버", "\ud800"]))
    ["네이버", "\ud800"]
    """
    line = json.dumps(value, ensure_ascii=False, allow_nan=False, indent=indent)
    return _ESCAPED.sub(lambda match: f"\\u{ord(match[0]):04x}", line)


def write(documents: Iterable[Document], stream: TextIO, *, tokens: bool = False, unit: OffsetUnit = "codepoint") -> None:
    """Write each document as soon as it comes.

    >>> import sys
    >>> write([], sys.stdout)
    """
    for document in documents:
        stream.write(dumps(document, tokens=tokens, unit=unit) + "\n")


def write_claims(documents: Iterable[Document], stream: TextIO) -> None:
    """Write only claims and events, with the mentions and quantities that they name; a line per document.

    >>> import sys
    >>> write_claims([], sys.stdout)
    """
    for document in documents:
        record = to_record(document)
        stream.write(line_of({key: record[key] for key in _CLAIM_KEYS}) + "\n")


def loads(line: str) -> Document:
    """The document that `dumps` wrote.

    Raises:
        InputError: not JSON, not a koproc record, or one whose spans or ids do not fit its text.

    >>> document = Document(id="a", text="네이버")
    >>> loads(dumps(document)) == document
    True
    """
    try:
        record = json.loads(line, parse_float=Decimal, parse_constant=_no_constant)
    except (ValueError, RecursionError) as err:
        raise InputError("-", f"not a line of JSON ({err}); give one that `koproc annotate --format json` wrote") from err
    if not isinstance(record, dict):
        raise InputError("-", f'not a record of schema "{SCHEMA}"; write it again with `koproc annotate --format json`')
    return from_record(record)


def from_record(record: dict[str, Any]) -> Document:
    """The document of a plain record, in whichever unit its offsets are.

    Raises:
        InputError: it is no koproc record, or one whose spans or ids do not fit its text.

    >>> from_record(to_record(Document(id="a", text="네이버"))).text
    '네이버'
    """
    record = dict(record)
    if record.pop("schema", None) != SCHEMA:
        raise InputError("-", f'not a record of schema "{SCHEMA}"; write it again with `koproc annotate --format json`')
    try:
        unit = record.pop("offset_unit", "codepoint")
        if unit not in OFFSET_UNITS:
            raise ValueError(f"record.offset_unit: {unit!r:.60} is not one of {', '.join(OFFSET_UNITS)}")
        if unit != "codepoint" and isinstance(record.get("text"), str):
            record = in_codepoints(record, Offsets(record["text"], unit))
        document = cast(Document, _built(Document, record, "record"))
        document.check()
        _check_ids(document)
    except ValueError as err:
        raise InputError("-", str(err)) from err
    return document


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a number")


def _built(hint: Any, value: Any, path: str) -> Any:
    """`value` as the type that `hint` names. Raises ValueError with the path to what does not fit."""
    if hint in (int, str) and type(value) is hint:
        return value
    if is_dataclass(hint) and isinstance(value, dict):
        return _record(cast(type, hint), value, path)
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        return _member(arguments, value, path)
    if origin is tuple and isinstance(value, list):
        return tuple(_built(arguments[0], item, f"{path}[{index}]") for index, item in enumerate(value))
    if origin is Literal and value in arguments:
        return value
    if hint is bool and isinstance(value, bool):
        return value
    if hint in (float, Decimal) and type(value) in (int, float, Decimal):
        number = hint(str(value))
        if number.is_finite() if hint is Decimal else math.isfinite(number):  # JSON knows no others
            return number
    if hint is date and isinstance(value, str):
        with suppress(ValueError):
            return day_or_moment(value)
    raise ValueError(f"{path}: {value!r:.60} does not fit {getattr(hint, '__name__', hint)}")


def _member(hints: tuple[Any, ...], value: Any, path: str) -> Any:
    """`X | Y | None`: no two of our members share a JSON type, so the value picks the member."""
    if value is None and NoneType in hints:
        return None
    wanted = [hint for hint in hints if hint is not NoneType]
    chosen = next((hint for hint in wanted if is_dataclass(hint) == isinstance(value, dict)), wanted[0])
    return _built(chosen, value, path)


def _record(record: type, value: dict[str, Any], path: str) -> Any:
    known = {field.key: field for field in written_fields(record)}
    unknown = sorted(value.keys() - known.keys())
    missing = [key for key, field in known.items() if field.required and key not in value]
    if unknown or missing:
        raise ValueError(f"{path}: " + (f"unknown key {unknown[0]!r}" if unknown else f"{missing[0]!r} is missing"))
    return record(**{known[key].name: _built(known[key].hint, item, f"{path}.{key}") for key, item in value.items()})


def _check_ids(document: Document) -> None:
    """Raise ValueError where a claim or event names a mention or quantity that the record does not hold."""
    mentions = {mention.id for mention in document.mentions}
    quantities = {quantity.id for quantity in document.quantities}
    records: tuple[Claim | Event, ...] = (*document.claims, *document.events)
    for statement in records:
        parts = [(name, getattr(statement, name, None)) for name in ("subject", "baseline", "object", "attribution")]
        dangling = [f"{name} {part!r}" for name, part in parts if isinstance(part, str) and part not in mentions]
        parts = [(name, getattr(statement, name, None)) for name in ("quantity", "from_")]
        dangling += [f"{name.rstrip('_')} {part!r}" for name, part in parts if isinstance(part, str) and part not in quantities]
        if dangling:
            raise ValueError(f"record: {statement.id} names {dangling[0]}, which the record does not hold")
