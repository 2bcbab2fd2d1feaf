"""A real local Spark job: rows in = rows out, one Kiwi a worker, a killed worker loses nothing, bad rows are a column."""

from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import spark_job
from invented_articles import invented_articles

import koproc
from koproc.errors import KoprocError

pytest.importorskip("pyspark", reason="needs koproc[spark]")
if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
    pytest.skip("Spark needs a Java runtime (Debian: openjdk-17-jre-headless)", allow_module_level=True)

from koproc.integrations.spark import annotate_dataframe

ROWS = 400


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    session = spark_job.session()
    yield session
    session.stop()


def test_killed_worker_loses_nothing(spark: Any, tmp_path: Path) -> None:
    """Every row comes out once although a worker dies in the middle of its task; each worker loads one pipeline; null texts are errors."""
    articles = spark_job.articles(ROWS)
    frame = spark.createDataFrame(articles, "n int, text string").repartition(6)
    result = spark_job.annotate_and_die_once(frame, str(tmp_path / "killed"))
    rows = result.select("n", "text", "mentions", "error", "pid", "loads", "attempt").collect()
    assert (tmp_path / "killed").exists()
    assert sorted((row.n, row.text) for row in rows) == articles
    assert {row.error for row in rows if row.text is None} == {"the text is null"}
    assert {row.error for row in rows if row.text is not None} == {None}
    assert {row.loads for row in rows} == {1}
    assert len({row.pid for row in rows}) <= 3  # two workers at a time, and the one in the place of the dead
    assert {row.attempt for row in rows} == {0, 1}
    assert sum(len(row.mentions or ()) for row in rows) > 2 * ROWS


def test_annotations_in_sql(spark: Any, nlp: koproc.Pipeline) -> None:
    """The wrapper gives what the pipeline gives, to be asked for by name; other columns stay, bad rows say why they are bad."""
    texts = [*invented_articles(40), None, ""]
    days = [date(2026, 1, 21)] * 41 + [None]
    frame = spark.createDataFrame(list(zip(range(42), texts, days, strict=True)), "n int, text string, day date")
    annotated = annotate_dataframe(frame, published="day").cache()
    assert annotated.columns[:3] == ["n", "text", "day"]
    assert [(row.n, row.error) for row in annotated.where("error is not null").collect()] == [(40, "the text is null")]
    claims = annotated.selectExpr("n", "explode(claims) AS claim").selectExpr("n", "claim.en", "claim.subject.text AS subject").collect()
    expected = Counter((n, claim.en) for n, text in enumerate(texts[:40]) for claim in nlp(text or "", published="2026-01-21").claims)
    assert Counter((row.n, row.en) for row in claims) == expected
    assert any(row.subject for row in claims)
    assert annotated.where("n = 41").select("mentions", "error").first() == ([], None)


def test_tokens_and_lexicon(spark: Any, tmp_path: Path) -> None:
    """Options go to the workers."""
    lexicon = tmp_path / "mine.tsv"
    lexicon.write_text("ko\ten\tkind\n돌고래소프트\tDolphinSoft\tORG\n", encoding="utf-8")
    frame = spark.createDataFrame([("돌고래소프트는 칩을 공개했다.",)], "text string")
    (row,) = annotate_dataframe(frame, tokens=True, lexicon=[lexicon]).collect()
    assert row.mentions[0].en == "DolphinSoft"
    assert [token.tag for token in row.tokens][:2] == ["NNP", "JX"]


def test_wrong_columns(spark: Any) -> None:
    """A missing or taken name is an error before any job; a type that holds no text fails the job with our message."""
    with pytest.raises(KoprocError, match="no column 'text'"):
        annotate_dataframe(spark.createDataFrame([("가",)], "body string"))
    with pytest.raises(KoprocError, match="a column 'claims' would be added"):
        annotate_dataframe(spark.createDataFrame([("가", 1)], "text string, claims int"))
    with pytest.raises(Exception, match="holds int32, not text"):
        annotate_dataframe(spark.createDataFrame([(1,)], "text int")).collect()
