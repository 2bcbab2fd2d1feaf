"""The Spark job of the tests and of `scripts/bench_spark`: articles, some of them null, annotated while one worker is killed."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from invented_articles import invented_articles

from koproc.integrations.spark import annotate_dataframe

NULL_EVERY = 100  # each hundredth article is null, as a row that cannot be annotated


def session(workers: int = 2, *, batch: int = 50) -> Any:
    """A local session in which a task may fail three times; `batch` is the rows of an Arrow batch."""
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = sys.executable
    builder = SparkSession.builder.master(f"local[{workers},4]")
    for key, value in {
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.sql.execution.arrow.maxRecordsPerBatch": str(batch),
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
    }.items():
        builder = builder.config(key, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("OFF")
    return session


def articles(count: int) -> list[tuple[int, str | None]]:
    """Numbered articles."""
    return [(n, None if n % NULL_EVERY == NULL_EVERY - 1 else text) for n, text in enumerate(invented_articles(count))]


def annotate_and_die_once(frame: Any, marker: str) -> Any:
    """The annotated frame, with the process, its count of loaded pipelines, its processor time and the attempt that made a row.

    The first worker that has a batch done creates the file `marker` and kills itself before it hands the batch on.
    """
    from pyspark.sql.types import DoubleType, IntegerType, StructType

    def annotate(batches: Iterator[Any]) -> Iterator[Any]:
        import pyarrow as pa
        from pyspark import TaskContext

        from koproc.integrations.arrow import annotate_batches
        from koproc.integrations.shared import _loaded

        for annotated in annotate_batches(batches, threads=1):
            with suppress(FileExistsError):
                os.close(os.open(marker, os.O_CREAT | os.O_EXCL))
                os.kill(os.getpid(), signal.SIGKILL)
            context = TaskContext.get()
            numbers = {"pid": os.getpid(), "loads": _loaded.cache_info().misses, "attempt": context.attemptNumber() if context else 0}
            for name, number in numbers.items():
                annotated = annotated.append_column(name, pa.array([number] * annotated.num_rows, pa.int32()))
            yield annotated.append_column("cpu", pa.array([time.process_time()] * annotated.num_rows, pa.float64()))

    schema = StructType(annotate_dataframe(frame).schema.fields)
    for name in ("pid", "loads", "attempt"):
        schema = schema.add(name, IntegerType())
    return frame.mapInArrow(annotate, schema.add("cpu", DoubleType()))
