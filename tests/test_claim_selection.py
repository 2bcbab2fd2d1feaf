"""Claims of many articles: conditions, merging, contradictions, and every format of `koproc claims`, read back."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pyarrow.parquet
import pytest
from click.testing import CliRunner, Result

import koproc
from koproc.claims.conditions import ConditionError, parse_condition, select
from koproc.claims.merging import contradictions, merge
from koproc.cli import main
from koproc.formats import claim_tables
from koproc.moments import day_span
from koproc.statements import Statement, statements

ARTICLES = {
    "a.txt": ("2026-05-11", "네이버의 1분기 매출은 2조 9,350억 원으로 전년 동기보다 12% 늘었다. 네이버는 내년 ‘무리-4’를 출시할 계획이다."),
    "b.txt": ("2026-05-12", "네이버의 1분기 매출이 2조9천억 원이라고 업계는 추정했다. 네이버는 2028년 ‘무리-4’를 출시할 예정이다."),
    "c.txt": ("2026-05-13", "네이버 1분기 매출은 2조 5,000억 원으로 집계됐다. 국내 직원은 4,600명이다."),
}


@pytest.fixture(scope="module")
def documents(nlp: koproc.Pipeline) -> list[koproc.Document]:
    return [nlp(text, id=name, published=published) for name, (published, text) in ARTICLES.items()]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("news")
    for name, (published, text) in ARTICLES.items():
        (path / name).write_text(f"네이버 소식\n\n{published} 09:00:00\n\n{text}\n", encoding="utf-8")
    return path


def _rows(documents: list[koproc.Document]) -> list[Statement]:
    return [row for document in documents for row in statements(document)]


@pytest.mark.parametrize(
    ("condition", "amounts"),
    [
        ("unit=KRW", ["2조 9,350억 원", "2조9천억 원", "2조 5,000억 원"]),
        ("unit=KRW and low>=2.6e12", ["2조 9,350억 원", "2조9천억 원"]),
        ("low > 2조 9천억", ["2조 9,350억 원"]),
        ("value=2조9천억", ["2조9천억 원"]),
        ("unit=KRW and not modality=estimated", ["2조 9,350억 원", "2조 5,000억 원"]),
        ("(modality=estimated or unit=%) and subject=NAVER", ["12%", "2조9천억 원"]),
        ("subject~naver and property=revenue and time=2026-Q1 and unit!=%", ["2조 9,350억 원", "2조9천억 원", "2조 5,000억 원"]),
        ("time<2026 and kind=claim", []),
        ("direction=up and change=by", ["12%"]),
        ("baseline~전년", ["12%"]),
        ("baseline=none and kind=claim and property='매출' and published>=2026-05-13", ["2조 5,000억 원"]),
        ("attribution=업계", ["2조9천억 원"]),
        ("property !~ rev and kind=claim", ["4,600명"]),
        ("document=c.txt and dimension=count", ["4,600명"]),
    ],
)
def test_conditions(documents: list[koproc.Document], condition: str, amounts: list[str]) -> None:
    """Every field and operator, alone and joined."""
    kept = list(select(documents, parse_condition(condition)))
    assert [row.amount for row in _rows(kept) if not row.is_event] == amounts


def test_events_can_be_selected(documents: list[koproc.Document]) -> None:
    kept = _rows(list(select(documents, parse_condition("kind=event and time=2027"))))
    assert [(row.document, row.property.text if row.property else "") for row in kept] == [("a.txt", "출시")]


@pytest.mark.parametrize(
    ("condition", "hint"),
    [
        ("", "a field name must stand at the beginning"),
        ("colour=red", "no field 'colour'; there are subject,"),
        ("unit KRW", "an operator"),
        ("unit=", "a value must stand after 'unit='"),
        ("unit=KRW low>3", "and, or, or the end must stand after 'unit=KRW'"),
        ("(unit=KRW", "a closing bracket"),
        ("low>many", "'many' is not a number; write 1000000000000, 1e12 or 1조"),
        ("time=yesterday", "is not a time; write 2026"),
        ("unit<KRW", "unit is a word"),
        ("subject='삼성", "close the quotation mark"),
        ("(" * 100_000, "too many brackets"),
    ],
)
def test_conditions_that_cannot_be_read(condition: str, hint: str) -> None:
    """The message says where and what to do."""
    with pytest.raises(ConditionError) as caught:
        parse_condition(condition)
    assert hint in str(caught.value)


def test_merging(documents: list[koproc.Document]) -> None:
    """2조 9,350억 and 2조9천억 agree to the digits stated; 2조 5천억 and the two years of release contradict."""
    agreements = merge(_rows(documents))
    revenue = next(one for one in agreements if one.statements[0].amount == "2조 9,350억 원")
    assert revenue.documents == ("a.txt", "b.txt")
    found = [[(one.best.amount, one.documents) for one in group] for group in contradictions(agreements)]
    assert [("2조 9,350억 원", ("a.txt", "b.txt")), ("2조 5,000억 원", ("c.txt",))] in found
    assert [("", ("a.txt",)), ("", ("b.txt",))] in found
    assert sum(len(one.statements) for one in agreements) == len(_rows(documents))


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2026", "2026-01-01", "2026-12-31"),
        ("2026-H2", "2026-07-01", "2026-12-31"),
        ("2026-W04", "2026-01-19", "2026-01-25"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2026-01-21T16:07", "2026-01-21", "2026-01-21"),
        ("2027-08/2030-07", "2027-08-01", "2030-07-31"),
        ("2027/..", "2027-01-01", "9999-12-31"),
        ("202", "2020-01-01", "2029-12-31"),
    ],
)
def test_day_span(value: str, first: str, last: str) -> None:
    span = day_span(value)
    assert span is not None
    assert [day.isoformat() for day in span] == [first, last]


@pytest.mark.parametrize("value", ["P3Y", "XXXX-05", "2026-13", "2026-02-30", "", "2027/2026", "PXD"])
def test_no_day_span(value: str) -> None:
    assert day_span(value) is None


def _run(*arguments: str | Path) -> Result:
    result = CliRunner().invoke(main, ["claims", *map(str, arguments)])
    assert result.exit_code == 0, result.output
    return result


def test_formats_agree(folder: Path, tmp_path: Path) -> None:
    """TSV, CSV, Parquet and Markdown hold the same rows."""
    tsv = list(csv.DictReader(io.StringIO(_run(folder, "--format", "tsv").stdout), delimiter="\t"))
    table = list(csv.DictReader(io.StringIO(_run(folder, "--format", "csv").stdout)))
    assert tsv == table
    assert len(tsv) == 7
    assert tuple(tsv[0]) == claim_tables.CLAIM_COLUMNS
    file = tmp_path / "claims.parquet"
    _run(folder, "--format", "parquet", "-o", file)
    rows = pyarrow.parquet.read_table(file).to_pylist()
    assert [row["en"] for row in rows] == [row["en"] for row in tsv]
    assert rows[0]["low"] == 2935000000000.0
    assert rows[0]["quoted"] is False
    markdown = _run(folder, "--format", "md", "--lang", "en").stdout.splitlines()
    assert len(markdown) == len(rows) + 2
    assert {line.count(" | ") for line in markdown if "---" not in line} == {6}


def test_options_are_conditions(folder: Path) -> None:
    """Plain options: twice means either, different ones must all hold; documents without a hit are left out."""
    lines = _run(
        folder, "--property", "매출", "--modality", "asserted", "--modality", "estimated", "--unit", "KRW", "--format", "json"
    ).stdout
    records = [json.loads(line) for line in lines.splitlines()]
    assert [len(record["claims"]) for record in records] == [1, 1, 1]
    assert not any(record["events"] for record in records)
    assert "no claims" not in _run(folder, "--subject", "NAVER", "--time", "2028").stdout


def test_merge_and_contradictions(folder: Path, tmp_path: Path) -> None:
    """One row a fact with its sources, in every format."""
    rows = [json.loads(line) for line in _run(folder, "--contradictions", "--where", "unit=KRW", "--format", "json").stdout.splitlines()]
    assert [row["fact"] for row in rows] == [1, 1]
    assert [row["articles"] for row in rows] == [2, 1]
    assert {"a.txt", "b.txt"} == {Path(source).name for source in rows[0]["sources"]}
    merged = _run(folder, "--merge", "--format", "csv").stdout
    assert len(list(csv.DictReader(io.StringIO(merged)))) == 6
    assert "KRW 2.5 trillion" in _run(folder, "--contradictions", "--lang", "en").stdout
    _run(folder, "--merge", "--format", "parquet", "-o", tmp_path / "merged.parquet")
    assert pyarrow.parquet.read_table(tmp_path / "merged.parquet").num_rows == 6
    assert "| fact | English |" in _run(folder, "--merge", "--format", "md", "--lang", "en").stdout


def test_a_wrong_condition_is_one_line(folder: Path) -> None:
    """No traceback, exit code 2, and nothing is read before the condition is."""
    result = CliRunner().invoke(main, ["claims", str(folder), "--where", "unit KRW"])
    assert result.exit_code == 2
    assert "an operator (= != < <= > >= ~ !~) must stand after 'unit'" in result.output


def test_cells_cannot_be_formulas_or_markup(nlp: koproc.Pipeline) -> None:
    """What the text says stays text in CSV and Markdown."""
    document = nlp("‘=cmd|x’사의 매출은 2조 원으로 **전년**보다 12% 늘었다.", id="=1+1")
    stream = io.StringIO()
    claim_tables.write_claims_csv(statements(document), stream)
    rows = list(csv.reader(io.StringIO(stream.getvalue())))
    assert rows[1][0] == "'=1+1"
    assert not any(cell.startswith(("=", "+", "@")) for row in rows[1:] for cell in row)
    stream = io.StringIO()
    claim_tables.write_claims_markdown(statements(document), stream)
    assert stream.getvalue().count("\n") == len(rows) + 1
    assert "**" not in stream.getvalue()
