"""Files that are broken, huge, binary or hostile: each is reported once with its reason, and everything else is complete."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from test_cli import run

import koproc
from koproc import Article, InputError, read_articles
from koproc.cli import main
from koproc.formats.annotations import ANNOTATION_FORMATS
from koproc.formats.glossaries import FORMATS

GOOD = "네이버는 내년 매출을 2조 원으로 늘릴 계획이다. 카카오는 ‘무리-4’를 공개했다.\n"
SCRIPT = "<script>alert(1)</script>"
PAGE = f"<html><head><title>{SCRIPT}새 칩</title>{SCRIPT}</head><body onload=alert(1)><p>{GOOD}</p><!-- 주석 --><iframe>틀</iframe></body></html>"
BROKEN = {
    "truncated.txt": (GOOD.encode()[:-4], "damaged UTF-8 at byte 106"),
    "mixed.txt": (GOOD.encode() + "카카오도 늘린다.\n".encode("cp949") + GOOD.encode(), "damaged UTF-8 at byte 115"),
    "latin.txt": ("Café déjà vu à Séoul".encode("latin-1"), "encoding not recognized"),
    "tail.txt": (GOOD.encode("cp949") + b"\xff", "encoding not recognized"),
    "half.txt": (GOOD.encode("utf-16")[:-1], "starts as utf-16 but is broken at byte 94"),
    "noise.txt": (random.Random(1).randbytes(5000), "binary"),
    "noise-without-nul.txt": (random.Random(1).randbytes(5000).replace(b"\0", b""), "encoding not recognized"),
    "zeros.txt": (bytes(1000), "binary"),
    "archive.txt": (gzip.compress(GOOD.encode(), mtime=0), "binary"),
    "empty.txt": (b"", "the file is empty"),
    "blank.html": (b" \r\n\t", "the file is empty"),
    "mark.jsonl": (b"\xef\xbb\xbf", "not JSON"),
    "nothing.jsonl": (b"\n\n", "the file is empty"),
    "scripts.html": (f"<html>{SCRIPT}</html>".encode(), "no visible text"),
}
LINES = [
    (json.dumps({"id": "first", "text": GOOD}).encode(), "first"),
    (b"{broken", "not JSON"),
    (b"", None),
    (b'["a"]', '"text" is expected'),
    (b'{"text": 3}', '"text" is expected'),
    (b'{"text": "a", "title": []}', '"title" must be a string'),
    (b'{"text": "a", "published": "2026-13-01"}', '"published" must be'),
    (b"[" * 3_900, "nested too deeply"),
    (b"\x00", "binary"),
    ('{"id": "cp949", "text": "네이버"}'.encode("cp949"), "cp949"),
    ('{"text": "네이버는 카카오와 '.encode()[:-2], "damaged UTF-8"),
    (b'{"id": "long", "text": "' + b"a" * 5000 + b'"}', "larger than 0.004 MB"),
    (b'{"id": "half", "text": "\\ud800"}\r', "half"),
    (json.dumps({"id": "last", "text": GOOD}).encode(), "last"),
]


@pytest.fixture
def invoke(nlp: koproc.Pipeline, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """The command line in this process, with the pipeline that is loaded already."""
    monkeypatch.setattr("koproc.pipeline.load", lambda **options: nlp)
    return lambda *arguments: CliRunner().invoke(main, [str(argument) for argument in arguments])


def test_a_batch_of_broken_files(invoke: Callable[..., Result], tmp_path: Path) -> None:
    """Each is named once with its reason; the good ones around them are all there; the exit code is 1."""
    for name, (content, _) in BROKEN.items():
        (tmp_path / name).write_bytes(content)
    for name in ("a.txt", "n.txt", "z.txt"):
        (tmp_path / name).write_text(GOOD, encoding="utf-8")
    (tmp_path / "folder.txt").mkdir()
    result = invoke("annotate", tmp_path, tmp_path / "folder.txt", tmp_path / "none.txt", "/proc/self/mem", "가" * 5000, "--format", "json")
    assert result.exit_code == 1
    assert [Path(json.loads(line)["id"]).name for line in result.stdout.splitlines()] == ["a.txt", "n.txt", "z.txt"]
    errors = result.stderr.splitlines()
    for name, (_, reason) in BROKEN.items():
        (line,) = [line for line in errors if line.startswith(f"koproc: {tmp_path / name}:")]
        assert reason in line
    others = [line for line in errors if str(tmp_path / "") not in line or "folder.txt" in line or "none.txt" in line]
    reasons = ("no article in this folder", "no such file", "cannot be read", "is no path")
    assert len(errors) == len(BROKEN) + 4
    assert all(reason in line for reason, line in zip(reasons, others, strict=True))


def test_json_lines_of_every_kind(tmp_path: Path) -> None:
    """What is wrong with a line costs that line alone, and is told with its number."""
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"\n".join(line for line, _ in LINES))
    found = {}
    for item in read_articles([path], max_size=4000):
        number = item.line if isinstance(item, InputError) else int(item.source.rpartition(":")[2])
        assert number not in found
        found[number] = item
    assert sorted(found) == [number for number, (_, expected) in enumerate(LINES, 1) if expected is not None]
    for number, item in found.items():
        expected = LINES[number - 1][1]
        assert expected is not None
        assert expected in (str(item) if isinstance(item, InputError) else item.id), item


def test_large_files(invoke: Callable[..., Result], tmp_path: Path) -> None:
    """A file above the limit is refused without being read, the option that raises it is named; JSON Lines are limited line by line."""
    large, lines = tmp_path / "large.txt", tmp_path / "lines.jsonl"
    with large.open("wb") as file:
        file.truncate(3_000_000_000)  # a hole, which takes no room
    lines.write_text((json.dumps({"text": GOOD}) + "\n") * 20, encoding="utf-8")
    result = invoke("tokenize", large, lines, "--max-size", "0.001")
    assert result.exit_code == 1
    assert (
        result.stderr
        == f"koproc: {large}: larger than 0.001 MB; raise the limit with --max-size, or make it JSON Lines, an article a line\n"
    )
    assert result.stdout.count("네이버/NNP") == 20
    small = tmp_path / "small.txt"
    small.write_text(GOOD * 20, encoding="utf-8")
    assert invoke("tokenize", small, "--max-size", "0.001").exit_code == 1
    assert invoke("tokenize", small, "--max-size", "0.01").exit_code == 0
    assert "larger than 20 MB" in invoke("tokenize", large).stderr


def test_html_with_scripts(tmp_path: Path) -> None:
    """What a page runs or hides is no text of the article."""
    path = tmp_path / "a.html"
    path.write_text(PAGE, encoding="utf-8")
    (article,) = read_articles([path])
    assert isinstance(article, Article)
    assert article.text == GOOD.strip()


@pytest.mark.parametrize(
    "markup", ["<b>" * 50_000, "<a " * 50_000, "<!--" * 50_000, "</" * 50_000, '<a b="' * 20_000, "&#x" * 50_000, "<![CDATA[" * 20_000]
)
def test_hostile_markup(tmp_path: Path, markup: str) -> None:
    """Markup that nests or never ends is read, and the text beside it is kept."""
    path = tmp_path / "a.html"
    path.write_text(f"<html><body><p>새 칩이 나온다.</p>{markup}", encoding="utf-8")
    (article,) = read_articles([path])
    assert isinstance(article, Article)
    assert article.text.startswith("새 칩이 나온다.")


def test_a_document_that_cannot_be_annotated(nlp: koproc.Pipeline, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault of ours in one document is an error in its place; the others come in order, each once, as soon as they are done."""

    def stage(document: koproc.Document) -> koproc.Document:
        if "터진다" in document.text:
            raise RecursionError("a fault")
        return document

    monkeypatch.setattr(nlp, "stages", (*nlp.stages, stage))
    articles = [koproc.reading.article_from_text("터진다." if n % 7 == 3 else GOOD, id=str(n)) for n in range(40)]
    found = list(nlp.pipe_articles(articles))
    assert [isinstance(item, InputError) for item in found] == [n % 7 == 3 for n in range(40)]
    assert [item.id for item in found if isinstance(item, koproc.Document)] == [str(n) for n in range(40) if n % 7 != 3]


FORMS = [
    *(["annotate", "--format", form] for form in ("text", "html", *ANNOTATION_FORMATS)),
    *(["claims", "--format", form] for form in ("table", "json", "tsv", "csv", "md", "parquet")),
    *(["glossary", "--format", form] for form in ("table", *FORMATS)),
    *(["tokenize", "--format", form] for form in ("text", "json")),
    ["claims", "--merge"],
    ["annotate", "--explain"],
]


@pytest.mark.parametrize("form", FORMS, ids=[" ".join(form) for form in FORMS])
def test_every_format_takes_every_text(invoke: Callable[..., Result], tmp_path: Path, form: list[str]) -> None:
    """Lone surrogates, controls, markup and formulas in text, title and id: every format writes a file, whole, with nothing raw in it."""
    texts = [
        "\ud800 네이버는 \x00 내년 매출을 3조 원으로 늘릴 계획이다.\u2028\x1b[31m=1+1 " + SCRIPT,
        "",
        "\u200b",
        "매출은 9" + "9" * 400 + "원이다.",
        "\udfff",
    ]
    records = [{"id": f"\udcff\x1b{n}{SCRIPT}", "title": "\ud800\x1b<b>", "text": text} for n, text in enumerate(texts)]
    batch, output = tmp_path / "a.jsonl", tmp_path / "out"
    batch.write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    result = invoke(*form, batch, "-o", output)
    assert result.exit_code == 0, result.stderr
    files = [output] if output.is_file() else sorted(path for path in output.rglob("*") if path.is_file())
    assert files
    assert {path.name for path in tmp_path.iterdir()} == {"a.jsonl", "out"}
    if form[-1] in ("text", "html", "json", "table", "md", "tsv", "csv", "--merge", "--explain"):
        assert b"\x1b" not in output.read_bytes()


@pytest.mark.parametrize(("name", "content", "reason"), [
    ("a.tsv", b"ko\ten\n\xea\xb0", "a.tsv"),
    ("a.tbx", b"<martif><text>", "a.tbx:1: not well-formed XML"),
    ("a.xlsx", b"PK\x03\x04nothing", "a.xlsx: not an Excel workbook"),
    ("a.tbx", b'<!DOCTYPE martif [<!ENTITY a SYSTEM "file:///etc/passwd">]><martif>&a;</martif>', "a.tbx:1: declares entities"),
])  # fmt: skip
def test_broken_lexicons(tmp_path: Path, name: str, content: bytes, reason: str) -> None:
    """A broken file of names ends the command with its file, line and reason, before any article is read."""
    article = tmp_path / "article.txt"
    article.write_text(GOOD, encoding="utf-8")
    (tmp_path / name).write_bytes(content)
    result = run("annotate", article, "--lexicon", tmp_path / name)
    assert (result.returncode, result.stdout) == (2, b"")
    (line,) = result.stderr.decode().splitlines()
    assert reason in line
