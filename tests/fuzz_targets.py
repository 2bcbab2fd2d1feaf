"""What may be fed with any bytes: each target takes them and raises where a promise is broken; errors of koproc's own are an answer.

`scripts/fuzz` drives the targets; `tests/test_fuzz_cases.py` runs what it found (`tests/cases/fuzz/TARGET/`).
"""

from __future__ import annotations

import io
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import cache
from pathlib import Path

from test_promises import check_sentences, check_spans

import koproc
from koproc.formats import dumps, loads
from koproc.formats.annotations import READABLE, read_annotations, write_annotations
from koproc.formats.glossaries import FORMATS, write_glossary
from koproc.lexicon import read_glossary
from koproc.mentions.corpora import read_corpus
from koproc.mentions.markup import parse_markup, to_markup
from koproc.reading import article_from_text


@contextmanager
def written(data: bytes, name: str) -> Iterator[Path]:
    """A file with these bytes, in a folder of its own."""
    with tempfile.TemporaryDirectory(dir="/dev/shm" if Path("/dev/shm").is_dir() else None) as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        yield path


def text_of(data: bytes) -> str:
    """Any bytes as text in which anything may stand, lone surrogates too."""
    return data.decode("utf-8", "surrogateescape")


def reading(data: bytes) -> None:
    """Any file is articles and errors; blocks cover the text."""
    suffix = (".txt", ".html", ".jsonl", "")[data[0] % 4] if data else ""
    with written(data[1:], f"a{suffix}") as path:
        for item in koproc.read_articles([path]):
            if isinstance(item, koproc.Article):
                at = 0
                for block in item.blocks:
                    assert not item.text[at : block.start].strip()
                    at = block.end
                assert not item.text[at:].strip()


def numbers(data: bytes) -> None:
    """A number, a quantity or a time, or a ParseError; low is not above high, and the span is the text."""
    text = text_of(data)
    with suppress(koproc.ParseError):
        assert koproc.parse_number(text) is not None
    with suppress(koproc.ParseError):
        quantity = koproc.parse_quantity(text)
        assert quantity.low is None or quantity.high is None or quantity.low <= quantity.high
        assert text[quantity.start : quantity.end] == quantity.text
    with suppress(koproc.ParseError):
        time = koproc.parse_time(text, reference="2026-01-21")
        assert text[time.start : time.end] == time.text


def glossaries(data: bytes) -> None:
    """Any file of names is rows that every format can write and read again, or an error."""
    suffix = (".tbx", ".tsv", ".csv", ".xlsx", ".utf8", ".txt")[data[0] % 6] if data else ".tbx"
    with written(data[1:], f"a{suffix}") as path, suppress(koproc.KoprocError):
        rows = read_glossary(path)
        for form in FORMATS:
            write_glossary(rows, io.BytesIO(), form)
        write_glossary(rows, stream := io.BytesIO(), "tsv")
        again = path.with_name("again.tsv")
        again.write_bytes(stream.getvalue())
        assert len(read_glossary(again)) <= len(rows)


def markup(data: bytes) -> None:
    """Labelled sentences in any format of training data, or an error; inline markup comes back as it went."""
    text = text_of(data)
    with suppress(koproc.InputError):
        line = to_markup(parse_markup(text))
        assert to_markup(parse_markup(line)) == line
    for suffix in (".txt", ".jsonl", ".conll"):
        with written(data, f"a{suffix}") as path, suppress(koproc.InputError):
            for found in read_corpus(path):
                assert all(0 <= start <= end <= len(found.text) for start, end, _ in found.spans)


def annotations(data: bytes) -> None:
    """A file of any annotation tool is documents that hold, and that can be written in koproc's format and read again, or errors."""
    form = READABLE[data[0] % len(READABLE)] if data else "json"
    suffix = {"brat": ".ann", "xmi": ".xmi", "cas-json": ".json", "label-studio": ".json", "docbin": ".spacy"}.get(form, ".jsonl")
    with written(data[1:], f"a{suffix}") as path, suppress(koproc.KoprocError):
        path.with_suffix(".txt").write_text("네이버는 내년 매출을 3조 원으로 늘린다.\n👍 카카오", encoding="utf-8")
        for item in read_annotations(path, form, warn=lambda reason: None):
            if isinstance(item, koproc.Document):
                item.check()
                assert loads(dumps(item)) == replace(item, source="-")
                for other in ("doccano", "label-studio", "conllu", "web-annotation", "mentions-tsv"):
                    write_annotations([item], other, io.BytesIO(), warn=lambda reason: None)
                write_annotations([item], "brat", lambda name, content: None, warn=lambda reason: None)


def documents(data: bytes) -> None:
    """The JSON contract: a line is a document that is written as the same line, or an error."""
    with suppress(koproc.InputError):
        document = loads(text_of(data))
        assert dumps(loads(dumps(document, tokens=True)), tokens=True) == dumps(document, tokens=True)


@cache
def pipeline() -> koproc.Pipeline:
    return koproc.load(threads=1)


def texts(data: bytes) -> None:
    """Any text through the whole pipeline: spans, sentences, JSON."""
    text = text_of(data)
    document = pipeline().annotate(article_from_text(text, id="a"))
    check_spans(document, text)
    check_sentences(document)
    assert dumps(loads(dumps(document, tokens=True)), tokens=True) == dumps(document, tokens=True)


TARGETS: dict[str, Callable[[bytes], None]] = {
    target.__name__: target for target in (reading, numbers, glossaries, markup, annotations, documents, texts)
}
