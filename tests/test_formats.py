"""Formats: the JSON contract and its schema, a loss-free round trip, the page in a real browser, safe cells."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
from pathlib import Path

import jsonschema
import pytest

import koproc
from koproc.formats import dumps, html_page, json_schema, loads, terminal, to_record
from koproc.formats.glossaries import write_glossary

ARTICLES = Path(__file__).resolve().parent.parent / "seeds" / "articles"
AWKWARD = "네이버가 <script>document.title='XSS'</script> & \"따옴표\"를 썼다. 👩‍👩‍👧 값은 3조 원이다.\x07 [red]카카오[/red]는 \x1b[31m빨강\x1b[0m이다."


@pytest.fixture(scope="module")
def documents(nlp: koproc.Pipeline) -> list[koproc.Document]:
    articles = [item for item in koproc.read_articles([ARTICLES]) if isinstance(item, koproc.Article)]
    return [*nlp.pipe(articles), nlp(AWKWARD, published="2026-01-21")]


def test_records_match_the_schema(documents: list[koproc.Document]) -> None:
    """What is written is what the schema, generated from the dataclasses, says; with and without tokens."""
    validator = jsonschema.Draft202012Validator(json_schema())
    for document in documents:
        for tokens in (False, True):
            validator.validate(json.loads(dumps(document, tokens=tokens)))


def test_contract_fields(documents: list[koproc.Document]) -> None:
    """The fields that DESIGN.md promises are there under their names."""
    record = to_record(documents[0], tokens=True)
    promised = "schema id text title byline published sentences tokens mentions quantities times claims events terms"
    assert set(promised.split()) <= set(record)
    claim = to_record(next(d for d in documents if d.claims))["claims"][0]  # type: ignore[index]
    assert {"quantity", "subject", "property", "baseline", "direction", "change", "from", "time", "attribution", "modality", "en"} <= set(
        claim
    )


def test_round_trip(documents: list[koproc.Document]) -> None:
    """Reading back what was written gives an equal record."""
    for document in documents:
        line = dumps(document, tokens=True)
        assert "\n" not in line
        assert dumps(loads(line), tokens=True) == line


def test_reading_back_nonsense_is_a_clear_error() -> None:
    """A line that is no annotation is an InputError, not a traceback."""
    for line in ("", "{}", "[1]", '{"schema": "koproc/9"}', "nonsense"):
        with pytest.raises(koproc.InputError):
            loads(line)


def test_terminal_text_is_harmless(documents: list[koproc.Document]) -> None:
    """Control characters of an article do not reach the terminal, and its brackets are not markup."""
    stream = io.StringIO()
    terminal.write([documents[-1]], stream, color=False, width=80)
    assert "\x1b" not in stream.getvalue()
    assert "\x07" not in stream.getvalue()
    assert "[red]" in stream.getvalue()


def test_terminal_colours_only_when_asked(documents: list[koproc.Document]) -> None:
    """Colour is an argument; without it there is no escape code, with it there is."""
    plain, coloured = io.StringIO(), io.StringIO()
    terminal.write(documents[:1], plain, color=False, width=100)
    terminal.write(documents[:1], coloured, color=True, width=100)
    assert "\x1b[" not in plain.getvalue()
    assert "\x1b[" in coloured.getvalue()


def test_glossary_cells_are_safe() -> None:
    """Cells that a spreadsheet would run as a formula are neutralized; tabs and newlines do not break the table."""
    row = koproc.GlossaryRow("=HYPERLINK(1)", "+cmd", "TERM", None, 2, 1, "첫\t줄\n둘째", "lexicon")
    stream = io.BytesIO()
    write_glossary([row], stream, "tsv")
    header, cells = csv.reader(io.StringIO(stream.getvalue().decode()), delimiter="\t", quoting=csv.QUOTE_NONE)
    record = dict(zip(header, cells, strict=True))
    assert record["ko"] == "'=HYPERLINK(1)"
    assert record["en"] == "'+cmd"
    assert record["count"] == "2"
    assert record["sentence"] == "첫 줄 둘째"


@pytest.fixture(scope="module")
def page(documents: list[koproc.Document], tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "page.html"
    with path.open("w", encoding="utf-8") as stream:
        html_page.write(documents, koproc.build_glossary(documents), stream, title="koproc")
    return path


def test_page_is_self_contained(page: Path) -> None:
    """No script, no network: a content security policy, and no reference to anything outside."""
    text = page.read_text(encoding="utf-8")
    assert "Content-Security-Policy" in text
    assert "<script" not in text
    assert "&lt;script&gt;" in text
    assert "http://" not in text.replace("http://www.w3.org", "")
    assert "src=" not in text


def test_page_in_a_browser(page: Path, tmp_path: Path) -> None:
    """Headless Chromium renders the page: names are marked, nothing of the article runs, a picture is taken."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        pytest.skip("no chromium on this machine; scripts/test installs it where it may")
    options = [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", f"--user-data-dir={tmp_path / 'profile'}",
    ]  # fmt: skip
    dom = subprocess.run([chromium, *options, "--dump-dom", page.as_uri()], capture_output=True, text=True, timeout=120, check=True).stdout
    assert "<title>koproc</title>" in dom
    assert dom.count("<mark") > 50
    picture = tmp_path / "page.png"
    subprocess.run(
        [chromium, *options, f"--screenshot={picture}", "--window-size=1200,1600", page.as_uri()], capture_output=True, timeout=120, check=True
    )  # fmt: skip
    assert picture.stat().st_size > 20_000


def test_a_moment_of_publication_comes_back(nlp: koproc.Pipeline) -> None:
    """A publication date with its clock survives JSON Lines, in values and in the field itself."""
    document = nlp("두 시간 뒤 발표한다.", published="2026-01-21T16:07")
    assert [time.value for time in document.times] == ["2026-01-21T18:07"]
    assert '"published": "2026-01-21T16:07:00"' in dumps(document)
    assert loads(dumps(document)).published == document.published
