"""Arrow record batches in, Arrow record batches out: the one function behind Spark, DuckDB, Polars and pandas.

Wants `pip install 'koproc[arrow]'`. The columns that are added, type by type: `arrow_schema.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from ..document import Article, Document
from ..errors import InputError, KoprocError
from ..moments import day_or_moment
from ..pipeline import Pipeline
from ..reading import article_from_text
from .arrow_schema import annotation_schema, annotation_values
from .shared import shared_pipeline

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["annotate_batches", "annotation_schema"]

ROWS = 256  # annotations of at most so many rows are held as Python objects at a time, whatever the size of a batch


class ArrowStream(Protocol):
    """What hands out record batches by Arrow's C stream interface: tables, readers, data frames, relations."""

    def __arrow_c_stream__(self, requested_schema: object = None) -> object: ...


def annotate_batches(
    batches: Iterable[pa.RecordBatch] | ArrowStream,
    *,
    text: str = "text",
    published: str | None = None,
    tokens: bool = False,
    lexicon: Iterable[str | Path] = (),
    model: str | Path | None = None,
    min_score: float = 0.0,
    threads: int | None = None,
) -> pa.RecordBatchReader:
    """Annotate the column `text`: every row in, with all of its columns, comes out in its place, with those of `annotation_schema` added.

    `batches` is an iterable of record batches of one schema, or anything with Arrow's stream interface (a pyarrow Table or reader, a
    Polars or pandas data frame, a DuckDB relation). The result is an iterator of record batches, and a stream of the same kind: give it to
    `polars.DataFrame`, to DuckDB, or call `.read_pandas()`. Nothing is read or annotated before it is asked for, but for the first batch.

    `published` names a column of dates, timestamps or ISO strings; a timestamp with a time zone counts as the clock time there.
    `lexicon`, `model`, `min_score` and `threads` are those of `koproc.load`; a process loads one pipeline for them and keeps it.
    A row that cannot be annotated (text null or not UTF-8, a date that is none) has null annotations and the reason in `error`.

    Raises:
        KoprocError: no such column, one of a type that holds no text or date, or one with the name of a column that is added.
        ResourceError: a lexicon file or the model is missing or broken.

    >>> import pyarrow as pa
    >>> table = pa.table({"text": ["카카오는 ‘무리-4’를 공개했다.", None]})
    >>> annotated = annotate_batches(table).read_all()
    >>> [mention["en"] for mention in annotated["mentions"][0].as_py()]
    ['Kakao', 'Muri-4']
    >>> annotated["error"].to_pylist()
    [None, 'the text is null']
    """
    import pyarrow as pa

    nlp = shared_pipeline(lexicon=lexicon, model=model, min_score=min_score, threads=threads)
    added = annotation_schema(tokens=tokens)
    given, stream = _opened(batches)
    if given is None:
        return pa.RecordBatchReader.from_batches(added, [])
    check_names(given.names, text=text, published=published, tokens=tokens)
    _check_types(given, text, published)
    return pa.RecordBatchReader.from_batches(_joined(given, added), _annotated(stream, given, added, nlp, text, published))


def _opened(batches: Any) -> tuple[pa.Schema | None, Iterator[pa.RecordBatch]]:
    """The schema (None if there are no batches to tell it) and the batches."""
    import pyarrow as pa

    if hasattr(batches, "__arrow_c_stream__"):
        reader = pa.RecordBatchReader.from_stream(batches)
        return reader.schema, reader
    rest = iter(batches)
    first = next(rest, None)
    if first is None:
        return None, rest
    if not isinstance(first, pa.RecordBatch):
        raise KoprocError(f"annotate_batches takes record batches, not {type(first).__name__}; pass the table or data frame itself")
    return first.schema, _chained(first, rest)


def _chained(first: pa.RecordBatch, rest: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    yield first
    del first  # the generator must not hold it while the others come
    yield from rest


def check_names(given: Sequence[str], *, text: str, published: str | None, tokens: bool) -> None:
    """Raise KoprocError where a column is missing, or has a name that `annotate_batches` gives to one of its own."""
    for name in (text, published):
        if name is not None and given.count(name) != 1:
            problem = "more than one column" if name in given else "no column"
            raise KoprocError(f"there is {problem} {name!r} (the columns are {', '.join(given)}); name another")
    ours = {*annotation_schema(tokens=tokens).names}
    taken = [name for name in given if name.lower() in ours]  # SQL does not tell Error from error
    if taken:
        raise KoprocError(f"a column {taken[0].lower()!r} would be added, and there is {taken[0]!r} already; rename or drop it first")


def _check_types(given: pa.Schema, text: str, published: str | None) -> None:
    from pyarrow.types import is_date, is_timestamp

    type = given.field(text).type
    if not _holds_text(type):
        raise KoprocError(f"column {text!r} holds {type}, not text; cast it to a string")
    if published is not None:
        type = given.field(published).type
        if not (_holds_text(type) or is_date(type) or is_timestamp(type)):
            raise KoprocError(f"column {published!r} holds {type}, not dates; cast it to a date, a timestamp or a string")


def _holds_text(type: pa.DataType) -> bool:
    from pyarrow.types import is_dictionary, is_large_string, is_null, is_string, is_string_view

    if is_dictionary(type):
        return _holds_text(type.value_type)
    return any(holds(type) for holds in (is_string, is_large_string, is_string_view, is_null))


def _annotated(
    batches: Iterator[pa.RecordBatch], given: pa.Schema, added: pa.Schema, nlp: Pipeline, text: str, published: str | None
) -> Iterator[pa.RecordBatch]:
    import pyarrow as pa

    schema = _joined(given, added)
    for batch in batches:
        if not batch.schema.equals(given):
            raise KoprocError(f"a batch has the schema {batch.schema}, unlike the first ({given}); batches must share one")
        for offset in range(0, batch.num_rows, ROWS):
            rows = batch.slice(offset, ROWS)
            dates = [None] * rows.num_rows if published is None else rows.column(published)
            results = list(nlp.pipe_articles(map(_article, rows.column(text), dates)))
            yield pa.RecordBatch.from_arrays([*rows.columns, *_columns(results, added)], schema=schema)


def _article(text: Any, published: Any) -> Article | InputError:
    try:
        string = text.as_py()
    except UnicodeDecodeError as err:
        return InputError("row", f"the text is not UTF-8 ({err.reason} at byte {err.start})")
    if string is None:
        return InputError("row", "the text is null")
    try:
        day = None if published is None else _date(published)
    except (ValueError, OverflowError) as err:
        return InputError("row", f"not a date: {err}; give YYYY-MM-DD or YYYY-MM-DDTHH:MM")
    return article_from_text(string, id="row", published=day)


def _date(published: Any) -> date | None:
    import pyarrow as pa

    if pa.types.is_timestamp(published.type):
        published = published.cast(pa.timestamp("us", published.type.tz), safe=False)  # Python has no nanoseconds
    value = published.as_py()
    if isinstance(value, str):
        return day_or_moment(value)
    return value.replace(tzinfo=None) if isinstance(value, datetime) else value


def _columns(results: list[Document | InputError], added: pa.Schema) -> list[pa.Array]:
    import pyarrow as pa

    columns = []
    for field in added:
        values: list[Any]
        if field.name == "error":
            values = [result.reason if isinstance(result, InputError) else None for result in results]
        else:
            values = [annotation_values(result, field.name) if isinstance(result, Document) else None for result in results]
        columns.append(pa.array(values, type=field.type))
    return columns


def _joined(given: pa.Schema, added: pa.Schema) -> pa.Schema:
    import pyarrow as pa

    return pa.schema([*given, *added], metadata=given.metadata)
