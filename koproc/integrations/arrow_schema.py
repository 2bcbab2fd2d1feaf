"""A document as Arrow columns: types and values both follow from the dataclass fields of `document.py`, as the JSON Lines do.

One column for each kind of annotation, each a list of structs with the keys of `koproc annotate --format json`. What differs from JSON:

- Numbers (`low`, `high`, `nominal`) are float64, exact up to 2**53 and for the round sums of newspapers far beyond
  (1경 2,345조 has more zeros than a float drops); the number as written is in `text`. Infinity is one that no float64 holds, null is unbounded.
- Who or what plays a part (`subject`, `baseline`, `object`, `attribution`) is always a struct, as Arrow has no unions that engines read:
  `mention` is the id of the mention if it is one, and span, text and English are filled in either way.
- Offsets are int32 and count Unicode code points, as everywhere.

What the fields mean is said in `document.py`, record by record:

>>> for column in annotation_schema(tokens=True):
...     if column.name != "error":
...         print(f"{column.name}:", *(field.name for field in column.type.value_type))
sentences: start end kind
tokens: start end form tag lemma
mentions: id start end text label en en_source entity score source evidence en_score
quantities: id start end text full_start full_end low high low_inclusive high_inclusive nominal approximate unit dimension per
times: id start end text type value
claims: id start end quantity subject property baseline direction change from time attribution modality en qualifier quoted
events: id start end subject action object time attribution modality en quoted
glosses: start end text gloss gloss_start gloss_end evidence
terms: start end text en en_source acronym en_score
>>> claim = annotation_schema().field("claims").type.value_type
>>> for part in ("subject", "property", "time"):
...     print(f"{part}:", *(field.name for field in claim.field(part).type))
subject: mention start end text en
property: start end text en
time: text value start end
"""

from __future__ import annotations

from dataclasses import is_dataclass
from decimal import Decimal
from functools import cache
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Union, cast, get_args, get_origin

from ..document import Document, Mention, Reference
from ..formats.json_lines import written_fields

if TYPE_CHECKING:
    import pyarrow as pa

_REFERENT = str | Reference | None


class Column(NamedTuple):
    """A column of annotations: its name and the dataclass of its items."""

    name: str
    record: type


def annotation_columns(*, tokens: bool = False) -> list[Column]:
    """The columns in their order; morphemes only with `tokens`.

    >>> [column.name for column in annotation_columns()]
    ['sentences', 'mentions', 'quantities', 'times', 'claims', 'events', 'glosses', 'terms']
    """
    lists = [field for field in written_fields(Document) if get_origin(field.hint) is tuple and is_dataclass(get_args(field.hint)[0])]
    return [Column(field.key, get_args(field.hint)[0]) for field in lists if tokens or field.key != "tokens"]


def annotation_schema(*, tokens: bool = False) -> pa.Schema:
    """The columns that `annotate_batches` adds: annotations, and `error`, which says why they are null.

    >>> schema = annotation_schema()
    >>> print(schema.field("times").type)
    list<item: struct<id: string not null, start: int32 not null, end: int32 not null, text: string not null, type: string not null, value: string> not null>
    >>> schema.names[-1]
    'error'
    """
    import pyarrow as pa

    columns = [pa.field(column.name, _list(_struct(column.record))) for column in annotation_columns(tokens=tokens)]
    return pa.schema([*columns, pa.field("error", pa.string())])


def _struct(record: type) -> pa.DataType:
    import pyarrow as pa

    return pa.struct([pa.field(field.key, *_type(field.hint)) for field in written_fields(record)])


def _list(item: pa.DataType) -> pa.DataType:
    import pyarrow as pa

    return pa.list_(pa.field("item", item, nullable=False))


def _type(hint: Any) -> tuple[pa.DataType, bool]:
    """The Arrow type of a type hint, and whether it may be null."""
    import pyarrow as pa

    plain = {str: pa.string(), int: pa.int32(), float: pa.float64(), Decimal: pa.float64(), bool: pa.bool_()}
    if hint in plain:
        return plain[hint], False
    if hint == _REFERENT:
        return pa.struct([pa.field("mention", pa.string()), *_struct(Reference)]), True
    if is_dataclass(hint):
        return _struct(cast(type, hint)), False
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Literal:
        return pa.string(), False
    if origin in (Union, UnionType) and len(arguments) == 2 and NoneType in arguments:
        (wanted,) = (argument for argument in arguments if argument is not NoneType)
        return _type(wanted)[0], True
    raise TypeError(f"no Arrow type for {hint!r}; add it to integrations/arrow_schema.py")


def annotation_values(document: Document, column: str) -> list[dict[str, object]]:
    """The items of one column as `pyarrow.array` takes them.

    >>> annotation_values(Document(id="a", text="네이버"), "mentions")
    []
    """
    return [_values(item, document) for item in getattr(document, column)]


def _values(record: Any, document: Document) -> dict[str, object]:
    return {key: _value(getattr(record, name), document, refers) for key, name, refers in _keys(cast(type, type(record)))}


@cache
def _keys(record: type) -> tuple[tuple[str, str, bool], ...]:
    """Key and name of each field, and whether it says who or what plays a part."""
    return tuple((field.key, field.name, field.hint == _REFERENT) for field in written_fields(record))


def _value(value: Any, document: Document, refers: bool) -> object:
    if refers:
        referent = document.referent(value)
        if referent is None:
            return None
        mention = referent.id if isinstance(referent, Mention) else None
        return {"mention": mention, "start": referent.start, "end": referent.end, "text": referent.text, "en": referent.en}
    if isinstance(value, Decimal):
        return float(value)
    return _values(value, document) if is_dataclass(value) else value
