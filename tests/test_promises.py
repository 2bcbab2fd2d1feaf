"""What koproc promises of every text: spans inside it, surfaces equal to slices, sentences that cover it, one result whatever the way."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from strategies import texts

import koproc
from koproc.formats import dumps, loads
from koproc.reading import article_from_text

common = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
EXTREMES = {
    "a word of 100,000 syllables": "가" * 100_000,
    "a word of 100,000 unlike syllables": "".join(chr(0xAC00 + n * 37 % 11172) for n in range(100_000)),
    "a Latin word of 100,000 letters": "Ab" * 50_000,
    "a million digits": "1234567890" * 100_000,
    "300,000 digits with commas": "123," * 75_000,
    "a number of 100,000 numerals": "십백천만억조" * 16_667,
    "10,000 brackets": "(" * 5_000 + "칩" + ")" * 5_000,
    "10,000 quotation marks": "‘“" * 2_500 + "칩" + "”’" * 2_500,
    "100,000 combining marks": "e" + "\u0301\u0323" * 50_000,
    "100,000 leading consonants": "\u1100" * 100_000,
    "100,000 zero-width spaces": "가" + "\u200b" * 100_000 + "나",
    "100,000 line breaks": "가" + "\r\n" * 50_000 + "나",
    "nothing": "",
    "only white space": " \t\r\n\u3000",
    "only a zero-width space": "\u200b",
    "only a lone surrogate": "\ud800",
    "only NUL": "\x00",
}


def spans(record: Any) -> Iterator[Any]:
    """Every record inside a record that has a start and an end, itself too."""
    if hasattr(record, "start"):
        yield record
    for field in fields(record):
        value = getattr(record, field.name)
        for item in value if isinstance(value, tuple) else (value,):
            if is_dataclass(item):
                yield from spans(item)


def check_spans(document: koproc.Document, text: str) -> None:
    """Every span lies inside the text; every stored surface is its slice; mentions are in order and do not overlap; ids are unique."""
    assert document.text == text
    for span in spans(document):
        for start, end, surface in (("start", "end", "text"), ("full_start", "full_end", ""), ("gloss_start", "gloss_end", "gloss")):
            if hasattr(span, start):
                begin, stop = getattr(span, start), getattr(span, end)
                assert 0 <= begin <= stop <= len(text), span
                assert not hasattr(span, surface) or getattr(span, surface) == text[begin:stop], span
    assert all(before.end <= after.start for before, after in pairwise(document.mentions))
    ids = [item.id for item in (*document.mentions, *document.quantities, *document.times, *document.claims, *document.events)]
    assert len(ids) == len(set(ids))


def check_sentences(document: koproc.Document) -> None:
    """Sentences are in order, do not overlap, and leave out nothing but white space."""
    at = 0
    for sentence in document.sentences:
        assert sentence.start >= at, sentence
        assert not document.text[at : sentence.start].strip(), (at, sentence)
        at = sentence.end
    assert not document.text[at:].strip(), at


@common
@given(text=texts())
def test_any_text(nlp: koproc.Pipeline, text: str) -> None:
    """Spans, sentences, and a JSON line in UTF-8 that reads back."""
    document = nlp(text, published="2026-01-21")
    check_spans(document, text)
    check_sentences(document)
    line = dumps(document, tokens=True)
    assert dumps(loads(line.encode("utf-8").decode("utf-8")), tokens=True) == line


@pytest.mark.parametrize("text", EXTREMES.values(), ids=EXTREMES.keys())
def test_extremes(nlp: koproc.Pipeline, text: str) -> None:
    """The same at the ends of what a text can be; nothing is cut off."""
    document = nlp(text)
    check_spans(document, text)
    check_sentences(document)


@settings(common, max_examples=30)
@given(found=st.lists(texts(12), max_size=40), chance=st.randoms(use_true_random=False))
def test_same_in_any_batch(nlp: koproc.Pipeline, found: list[str], chance: random.Random) -> None:
    """One call, `pipe` and `pipe_articles` give the same, whatever stands beside a text."""
    alone = [dumps(nlp(text), tokens=True) for text in found]
    order = list(range(len(found)))
    chance.shuffle(order)
    articles = [article_from_text(found[n], id="text") for n in order]
    batch = [dumps(document, tokens=True) for document in nlp.pipe(articles)]
    again = [dumps(document, tokens=True) for document in nlp.pipe_articles(articles) if isinstance(document, koproc.Document)]
    assert batch == again == [alone[n] for n in order]
