"""Arrow batches in and out: every row in its place, columns as documented, bad rows in a column; DuckDB, Polars and pandas."""

from __future__ import annotations

from datetime import date, datetime, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import koproc
from koproc.document import ClaimTime, Document, Quantity, Reference
from koproc.errors import KoprocError
from koproc.formats.json_lines import to_record

pa = pytest.importorskip("pyarrow", reason="needs koproc[arrow]")

from koproc.integrations.arrow import ROWS, annotate_batches, annotation_schema  # noqa: E402
from koproc.integrations.arrow_schema import annotation_columns, annotation_values  # noqa: E402
from koproc.integrations.shared import shared_pipeline  # noqa: E402

ARTICLE = "가온나노는 내년 상반기 AI 칩 ‘LX-400’을 내놓을 예정이다. LX-400의 연산 성능은 H200보다 약 30% 높다고 회사는 밝혔다."
TEXTS = [ARTICLE, "", "😀 네이버는\r\n매출이 1조 2,345억 원이라고 했다.", "카카오는 지난해 9월 직원이 3배 이상 늘었다.", "내일"]
REFERENTS = {"subject", "baseline", "object", "attribution"}


def table(texts: list[str | None] = TEXTS, type: Any = None, **columns: Any) -> Any:
    return pa.table({"n": list(range(len(texts))), "text": pa.array(texts, type=type or pa.string()), **columns})


def as_json(value: Any, key: str = "") -> Any:
    """An Arrow value as JSON Lines has it: a mention that plays a part is its id, a whole number an integer."""
    if isinstance(value, list):
        return [as_json(item) for item in value]
    if isinstance(value, dict) and key in REFERENTS and "mention" in value:
        return value["mention"] or {name: item for name, item in value.items() if name != "mention"}
    if isinstance(value, dict):
        return {name: as_json(item, name) for name, item in value.items()}
    return int(value) if isinstance(value, float) and value.is_integer() else value


def test_rows_are_the_json_records(nlp: koproc.Pipeline) -> None:
    """Annotations are those of `koproc annotate --format json --tokens`, key by key and in the same order."""
    rows = annotate_batches(table(published=[date(2026, 1, 21)] * len(TEXTS)), published="published", tokens=True).read_all().to_pylist()
    assert [(row["n"], row["text"]) for row in rows] == list(enumerate(TEXTS))
    for row in rows:
        record = to_record(nlp(row["text"], published="2026-01-21"), tokens=True)
        for name in ["tokens", *(column.name for column in annotation_columns())]:
            assert as_json(row[name]) == as_json(record[name]), name
            assert [list(item) for item in row[name]] == [list(item) for item in record[name]]  # type: ignore[attr-defined]
        assert row["error"] is None
    assert rows[0]["claims"][0]["subject"]["mention"] == "m3"
    assert rows[0]["claims"][0]["subject"]["text"] == "LX-400"


def test_schema_has_every_column_of_the_json_schema() -> None:
    """Names, order and null-ability of all fields are those of the JSON Schema; what is not a list of records is left out."""
    from koproc.formats.schema import json_schema

    schema: Any = json_schema()

    def check(struct: Any, definition: dict[str, Any], path: str) -> None:
        assert [field.name for field in struct] == list(definition["properties"]), path
        for field in struct:
            allowed = definition["properties"][field.name]
            options = allowed.get("anyOf", [allowed])
            nullable = any(option.get("type") == "null" for option in options)
            assert field.nullable == nullable, f"{path}.{field.name}"
            references = [option["$ref"].split("/")[-1] for option in options if "$ref" in option]
            if references and field.name in REFERENTS:
                assert field.type.field(0).name == "mention"
                assert references == ["Reference"]
            elif references:
                check(field.type, schema["$defs"][references[0]], f"{path}.{field.name}")

    lists = {
        name: value["items"]["$ref"].split("/")[-1] for name, value in schema["properties"].items() if "$ref" in value.get("items", {})
    }
    assert annotation_schema(tokens=True).names == [*lists, "error"]
    for name, record in lists.items():
        check(annotation_schema(tokens=True).field(name).type.value_type, schema["$defs"][record], name)


@pytest.mark.parametrize(
    "type",
    [pa.string(), pa.large_string(), pa.string_view(), pa.dictionary(pa.int16(), pa.string()), pa.dictionary(pa.int8(), pa.large_string())],
    ids=str,
)
def test_every_type_of_text(type: Any) -> None:
    """Whatever Arrow calls a string is text; the column comes out as it came in."""
    given = pa.table({"text": pa.array(TEXTS).cast(type) if pa.types.is_dictionary(type) else pa.array(TEXTS, type=type)})
    annotated = annotate_batches(given).read_all()
    assert annotated["text"].equals(given["text"])
    assert [len(mentions) for mentions in annotated["mentions"].to_pylist()] == [4, 0, 1, 1, 0]


def test_output_does_not_depend_on_batches() -> None:
    """One batch, many, batches larger than what is held at a time, a slice with an offset: the same rows, in order, none lost."""
    texts = [f"{TEXTS[n % len(TEXTS)]} {n}" for n in range(ROWS + 40)]
    whole = annotate_batches(table(texts)).read_all()
    assert whole.num_rows == len(texts)
    parts = annotate_batches(table(texts).to_batches(max_chunksize=7)).read_all()
    assert parts.combine_chunks().equals(whole.combine_chunks())
    chunked = pa.chunked_array([["머리말"], [], texts[:5], texts[5:]]).slice(1)
    assert annotate_batches(pa.table({"n": range(len(texts)), "text": chunked})).read_all().combine_chunks().equals(whole.combine_chunks())


def test_one_batch_is_held_at_a_time() -> None:
    """A batch is read when the rows before it are done."""
    read = 0

    def batches() -> Any:
        nonlocal read
        for batch in table(["가온나노", "나래전자", "다솔"]).to_batches(max_chunksize=1):
            read += 1
            yield batch

    annotated = annotate_batches(batches())
    assert read == 1
    next(annotated)
    assert read == 1
    next(annotated)
    assert read == 2


def test_bad_rows_are_an_error_column() -> None:
    """A null text, bytes that are not UTF-8 and a date that is none spoil their own row and no other."""
    surrogate, no_utf8 = b"\xed\xa0\x80", b"\xff"
    data = pa.array(["네".encode(), surrogate, no_utf8, b"", None], pa.binary())
    texts = pa.Array.from_buffers(pa.string(), len(data), data.buffers())
    rows = annotate_batches(pa.table({"text": texts, "n": range(5)})).read_all().drop_columns("text").to_pylist()
    assert [row["n"] for row in rows] == [0, 1, 2, 3, 4]
    assert [row["error"] and row["error"].split(" (")[0] for row in rows] == [
        None,
        "the text is not UTF-8",
        "the text is not UTF-8",
        None,
        "the text is null",
    ]
    assert [row["mentions"] for row in rows] == [[], None, None, [], None]
    days = ["2026-01-21", "2026-13-41", "어제", None, ""]
    rows = annotate_batches(table(["지난해"] * 5, day=days), published="day").read_all().to_pylist()
    assert [row["times"] and row["times"][0]["value"] for row in rows] == ["2025", None, None, None, None]
    assert [bool(row["error"]) for row in rows] == [False, True, True, False, True]
    assert rows[2]["error"].startswith("not a date: Invalid isoformat string: '어제'")
    broken = pa.Array.from_buffers(pa.string(), 1, pa.array([b"\xff"], pa.binary()).buffers())
    assert "not a date" in annotate_batches(table(["지난해"], day=broken), published="day").read_all()["error"][0].as_py()


def test_a_fault_of_the_analysis_is_an_error_column(monkeypatch: pytest.MonkeyPatch) -> None:
    """An article on which a stage fails has the reason in its row; the others are annotated."""
    nlp = shared_pipeline(threads=1)

    def fail(document: Document) -> Document:
        if "카카오" in document.text:
            raise ValueError("invented fault")
        return document

    monkeypatch.setattr(nlp, "stages", (*nlp.stages, fail))
    rows = annotate_batches(table(), threads=1).read_all().to_pylist()
    assert [row["n"] for row in rows if row["error"]] == [3]
    assert "invented fault" in rows[3]["error"]
    assert len(rows[0]["mentions"]) == 4


@pytest.mark.parametrize(
    ("column", "value"),
    [
        (pa.array([date(2026, 1, 21)]), "2026-01-20"),
        (pa.array([date(2026, 1, 21)], pa.date64()), "2026-01-20"),
        (pa.array([datetime(2026, 1, 21, 9)], pa.timestamp("ns")), "2026-01-20"),
        (pa.array([1768953600_000_000_001], pa.timestamp("ns")), "2026-01-20"),
        (pa.array([datetime(2026, 1, 20, 23, tzinfo=timezone.utc)], pa.timestamp("us", "Asia/Seoul")), "2026-01-20"),
        (pa.array(["2026-01-21T09:00+09:00"]), "2026-01-20"),
        (pa.array(["2026-01-21"]).dictionary_encode(), "2026-01-20"),
        (pa.nulls(1), None),
    ],
    ids=lambda value: str(value.type) if isinstance(value, pa.Array) else str(value),
)
def test_every_type_of_date(column: Any, value: str | None) -> None:
    """Dates, moments and strings; a moment with a time zone is the clock time there."""
    (row,) = annotate_batches(table(["어제 나왔다."], day=column), published="day").read_all().to_pylist()
    assert (row["times"][0]["value"], row["error"]) == (value, None)


@pytest.mark.parametrize(
    ("given", "options", "message"),
    [
        (pa.table({"body": ["가"]}), {}, "no column 'text' (the columns are body)"),
        (pa.table([["가"], ["나"]], ["text", "text"]), {}, "more than one column 'text'"),
        (pa.table({"text": [1]}), {}, "column 'text' holds int64, not text"),
        (pa.table({"text": [b"x"]}), {}, "column 'text' holds binary, not text"),
        (pa.table({"text": ["가"]}), {"published": "day"}, "no column 'day'"),
        (pa.table({"text": ["가"], "day": [1.5]}), {"published": "day"}, "column 'day' holds double, not dates"),
        (pa.table({"text": ["가"], "mentions": [1]}), {}, "a column 'mentions' would be added"),
        (pa.table({"text": ["가"], "Error": [1]}), {}, "there is 'Error' already"),
        (pa.table({"text": ["가"], "tokens": [1]}), {"tokens": True}, "a column 'tokens' would be added"),
        ([pa.table({"text": ["가"]})], {}, "takes record batches, not Table"),
        ([{"text": "가"}], {}, "takes record batches, not dict"),
    ],
)
def test_wrong_tables_fail_at_the_call(given: Any, options: dict[str, Any], message: str) -> None:
    """What no row of a table can heal is an error at once, and says which column."""
    with pytest.raises(KoprocError) as error:
        annotate_batches(given, **options)
    assert message in str(error.value)


def test_batches_must_share_a_schema() -> None:
    """A batch unlike the first is an error where it comes; the rows before it are out."""
    other = pa.record_batch({"text": ["나"], "more": [1]})
    annotated = annotate_batches([pa.record_batch({"text": ["가"]}), other])
    assert next(annotated).num_rows == 1
    with pytest.raises(KoprocError, match="batches must share one"):
        next(annotated)


def test_no_rows() -> None:
    """Without rows the columns are there all the same; without batches only ours, as nobody says which others."""
    empty = annotate_batches(table([])).read_all()
    assert (empty.num_rows, empty.column_names) == (0, ["n", "text", *annotation_schema().names])
    assert annotate_batches([]).read_all().schema.equals(annotation_schema())
    assert annotate_batches(table(TEXTS, tokens=[0] * 5)).read_all()["tokens"].to_pylist() == [0] * 5


def test_metadata_and_other_columns_stay() -> None:
    """Columns of any type and the schema's metadata pass through."""
    given = table(["가온나노"], nested=[{"a": [1, None]}], when=[datetime(2026, 1, 1)]).replace_schema_metadata({"from": "desk"})
    annotated = annotate_batches(given).read_all()
    assert annotated.select(given.column_names).equals(given)
    assert annotated.schema.metadata == {b"from": b"desk"}


def test_numbers_beyond_float() -> None:
    """Numbers are the nearest float64; one that is too large is infinite, and not null, which means unbounded."""
    quantity = Quantity("q1", 0, 2, "수조", 0, 2, Decimal("12345000000000001"), None, True, False, Decimal("1e400"), None, "KRW", "money")
    (item,) = annotation_values(Document(id="a", text="수조", quantities=(quantity,)), "quantities")
    assert (item["low"], item["high"], item["nominal"]) == (12345000000000001.0, None, float("inf"))
    assert pa.array([[item]], type=annotation_schema().field("quantities").type).to_pylist() == [[item]]


def test_a_part_that_is_no_mention() -> None:
    """A piece of text that plays a part has no mention id; a time has its own fields."""
    from koproc.document import Claim

    subject, time = Reference(0, 2, "매출", "sales"), ClaimTime("내년", "2027", 3, 5)
    claim = Claim("c1", 0, 5, "q1", subject, None, None, "up", None, None, time, None, "asserted", "…")
    (item,) = annotation_values(Document(id="a", text="매출 내년", claims=(claim,)), "claims")
    assert item["subject"] == {"mention": None, "start": 0, "end": 2, "text": "매출", "en": "sales"}
    assert item["time"] == {"text": "내년", "value": "2027", "start": 3, "end": 5}
    assert (item["baseline"], item["from"]) == (None, None)


def test_options_are_those_of_load(tmp_path: Path) -> None:
    """A lexicon and a least score are used; a file that is missing fails at the call; equal options share one pipeline."""
    lexicon = tmp_path / "mine.tsv"
    lexicon.write_text("ko\ten\tkind\n돌고래소프트\tDolphinSoft\tORG\n", encoding="utf-8")
    given = table(["돌고래소프트는 네이버와 손잡았다."])
    rows = annotate_batches(given, lexicon=lexicon).read_all().to_pylist()
    assert [mention["en"] for mention in rows[0]["mentions"]] == ["DolphinSoft", "NAVER"]
    assert annotate_batches(given, min_score=1.01).read_all()["mentions"].to_pylist() == [[]]
    with pytest.raises(koproc.ResourceError):
        annotate_batches(given, lexicon=[tmp_path / "none.tsv"])
    assert shared_pipeline(lexicon=[str(lexicon)]) is shared_pipeline(lexicon=(lexicon,))


def test_duckdb() -> None:
    """Articles from SQL, annotations back to SQL: a relation goes in as it is."""
    duckdb = pytest.importorskip("duckdb", reason="needs duckdb")
    with duckdb.connect() as connection:
        articles = connection.sql(
            "SELECT * FROM (VALUES (1, '네이버는 칩을 공개했다.'), (2, '카카오와 네이버'), (3, NULL)) AS articles(n, text)"
        )
        annotated = annotate_batches(articles).read_all()
        assert annotated.num_rows == 3
        names = connection.sql(
            "SELECT m.en, count(*) FROM (SELECT unnest(mentions) AS m FROM annotated) GROUP BY ALL ORDER BY ALL"
        ).fetchall()
        assert names == [("Kakao", 1), ("NAVER", 2)]
        assert connection.sql("SELECT n, error FROM annotated WHERE error IS NOT NULL").fetchall() == [(3, "the text is null")]
        streamed = connection.from_arrow(annotate_batches(table()))  # read and annotated while the query runs
        assert streamed.project("n, len(mentions)").order("n").fetchall() == [(0, 4), (1, 0), (2, 1), (3, 1), (4, 0)]


def test_polars() -> None:
    """A Polars frame goes in as it is, and one comes out."""
    polars = pytest.importorskip("polars", reason="needs polars")
    frame = polars.DataFrame({"n": [1, 2], "text": ["네이버는 칩을 공개했다.", "카카오와 네이버"]})
    annotated = polars.DataFrame(annotate_batches(frame))
    assert annotated.select("n", "text").equals(frame)
    names = annotated.explode("mentions").select(polars.col("mentions").struct.field("en"))["en"].to_list()
    assert names == ["NAVER", "Kakao", "NAVER"]


def test_pandas() -> None:
    """A pandas frame goes in as it is, and one comes out, with its index."""
    pandas = pytest.importorskip("pandas", reason="needs pandas")
    frame = pandas.DataFrame({"text": ["네이버는 칩을 공개했다.", "카카오와 네이버", None]}, index=[7, 8, 9])
    annotated = annotate_batches(frame).read_pandas()
    assert list(annotated.index) == [7, 8, 9]
    assert [len(mentions) for mentions in annotated["mentions"][:2]] == [1, 2]
    assert annotated["error"][9] == "the text is null"


def test_one_pipeline_a_process() -> None:
    """Annotating again with the same options loads no second Kiwi."""
    kiwi = shared_pipeline().analyzer.kiwi()
    annotate_batches(table()).read_all()
    assert shared_pipeline().analyzer.kiwi() is kiwi
