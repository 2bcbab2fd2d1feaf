"""A Spark data frame in, the same rows with annotations out: `annotate_batches` through `DataFrame.mapInArrow`.

Wants `pip install 'koproc[spark]'` where the driver and the workers run, and a Java runtime for Spark itself. `PYSPARK_PYTHON` must name
the interpreter of that environment before the session starts (locally `os.environ["PYSPARK_PYTHON"] = sys.executable`).
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from .arrow import annotate_batches, annotation_schema, check_names

if TYPE_CHECKING:
    from pyspark.sql import DataFrame


def annotate_dataframe(
    frame: DataFrame,
    *,
    text: str = "text",
    published: str | None = None,
    tokens: bool = False,
    lexicon: Iterable[str | Path] = (),
    model: str | Path | None = None,
    min_score: float = 0.0,
) -> DataFrame:
    """Annotate the column `text` of a Spark data frame; options, columns and errors are those of `annotate_batches`.

    Every Python worker of Spark loads one pipeline, with one thread, and keeps it from task to task. `lexicon` and `model` are paths
    where the workers run. A row that cannot be annotated says why in `error`; a worker that dies loses nothing, as Spark runs its task again.

    Raises:
        KoprocError: no such column, or one that has the name of a column that is added; wrong types and missing files fail the job.
    """
    from pyspark.sql.pandas.types import from_arrow_schema
    from pyspark.sql.types import StructType

    check_names(frame.columns, text=text, published=published, tokens=tokens)
    annotate = partial(
        annotate_batches,
        text=text,
        published=published,
        tokens=tokens,
        lexicon=[str(path) for path in lexicon],
        model=model,
        min_score=min_score,
        threads=1,
    )
    added = from_arrow_schema(annotation_schema(tokens=tokens))
    return frame.mapInArrow(annotate, StructType([*frame.schema.fields, *added.fields]))
